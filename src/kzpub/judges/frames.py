"""The time that a sentence gives to a placeholder: a unit after it, and from, until or after when it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kzpub.errors import Place, Problem
from kzpub.inlines import PLACEHOLDER
from kzpub.languages import SOURCE, Language
from kzpub.model import Figure

UNITS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "year": "years?", "month": "months?", "week": "weeks?", "day": "days?", "hour": "hours?", "minute": "minutes?",
        "decade": "decades?", "century": "century|centuries",
    },
    "kk": {  # жылқы is a horse, жылдам fast, айыппұл a fine, күнделікті daily
        "year": r"жыл(?!дам|дыр)(?:[ғд]\w+|мен|ы|ын\w+)?", "month": r"ай(?:ға|да|дан|дың|ды|мен|ы|ын\w+|лық\w*)?",
        "week": r"апта(?!п)\w*", "day": r"күн(?:ге|де|нен|нің|ді|мен|і|ін\w+|дік\w*)?|тәулік\w*",
        "hour": r"сағат\w*", "minute": r"минут\w*", "decade": r"онжылдық\w*", "century": r"ғасыр\w*",
    },
    "ru": {  # частный is private, дневник a diary
        "year": r"год(?:а|у|ом|е|ы|ов|ам|ами|ах)?|лет|летн\w+", "month": r"месяц\w*|месячн\w+",
        "week": r"недел\w+", "day": r"день|дн(?:я|ей|ю|ем|и|ям|ями|ях)|дневн\w+|сут(?:ки|ок|ками)",
        "hour": r"час(?:а|ов|ам|ами|ах|ом|у|е)?|часов\w+", "minute": r"минут\w*",
        "decade": r"десятилети\w+", "century": r"век(?:а|ов|у|ам|ами|ах|ом|е)?|столети\w+",
    },
}  # fmt: skip
"""The words of units of time right after a figure."""

_WHEN = r"¤(?:-\w+)?(?: [^\W\d]+){0,2}?"
FRAMES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "in or from": r"(?:in|during|from|since) ¤|¤ onwards?",
        "by": r"(?:in|during|by) ¤",
        "until": r"(?<!according )(?<!compared )(?<!relative )(?:to|until|till|by|through|before) ¤",
        "after": "after ¤",
    },
    "kk": {
        "in or from": rf"{_WHEN}(?<=[дтн][ае]н) (?:бастап|бері)",
        "by": rf"{_WHEN}(?<=[ғгқкн][ае]) қарай",
        "until": rf"{_WHEN}(?<=[ғгқкн][ае]) (?:дейін\w*|шейін\w*|қарай)",
        "after": rf"{_WHEN}(?<=[дтн][ае]н) (?:кейін\w*|соң)",
    },
    "ru": {
        "in or from": "(?:с|со|начиная с) ¤(?! год(?:ом|ами))",
        "by": "(?:к|ко) ¤",
        "until": "(?:до|к|ко|перед) ¤|по ¤ годы?",
        "after": "после ¤",
    },
}
"""What a sentence says of a time, with ¤ for its placeholder; “before” and “until” are one: до, дейін.

What began in a year may be said to be since then: “in” and “from” are one, too; and what stood at a value in a year
had come to it by then (к, қарай).
"""

_TIMES = ("year", "years", "date")


def problems(
    source: str, text: str, figures: Mapping[str, Figure[Any]], language: Language, place: Place
) -> Iterator[Problem]:
    """Placeholders of a raw text that have another unit of time, or another frame, than in its source."""
    for name in dict.fromkeys(PLACEHOLDER.findall(source)):
        timed = name not in figures or figures[name].kind in _TIMES
        read = _frames if timed else _units
        wanted, found = read(_alone(source, name), SOURCE.tag), read(_alone(text, name), language.tag)
        if wanted and found and not wanted & found:
            cause = f"{{{name}}} is “{'/'.join(sorted(wanted))}” in the source and “{'/'.join(sorted(found))}” here"
            yield Problem("figure-frame", cause, place, "say the same time as the source")


def _units(text: str, tag: str) -> set[str]:
    return {unit for unit, words in UNITS[tag].items() if re.search(rf"¤[ -](?:{words})(?!\w)", text, re.IGNORECASE)}


def _frames(text: str, tag: str) -> set[str]:
    return {
        frame for frame, words in FRAMES[tag].items() if re.search(rf"(?<!\w)(?:{words})(?!\w)", text, re.IGNORECASE)
    }


def _alone(text: str, name: str) -> str:
    """A text without its marks, one placeholder as ¤ and all others as another sign."""
    shown = PLACEHOLDER.sub(lambda called: "¤" if called[1] == name else "¦", text)
    return re.sub(r"[\s\u00a0]+", " ", re.sub(r"[*_“”«»\"(]", "", shown))
