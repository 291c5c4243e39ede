"""What stands beside a placeholder: the words that qualify its figure, and what would change its value or its form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kzpub.errors import Place, Problem
from kzpub.figures import COUNTED
from kzpub.inlines import PLACEHOLDER
from kzpub.languages import Language
from kzpub.model import Figure

QUALIFIERS = {
    "en": {
        "at least": r"at least|no (?:fewer|less) than",
        "more than": r"more than|over|above",
        "less than": r"less than|fewer than|under|below",
        "about": r"about|around|approximately|nearly|almost|some",
    },
    "kk": {
        "at least": r"кемінде|кем емес|аз емес",
        "more than": r"астам\w*|артық|асады|асты|аса",
        "less than": r"(?:аз|кем)(?!\w| емес)|толмай\w*",
        "about": r"шамамен|жуық|таяу|дерлік",
    },
    "ru": {
        "at least": r"не менее|не меньше|по (?:меньшей|крайней) мере|как минимум",
        "more than": r"более|свыше|больше",
        "less than": r"менее|меньше",
        "about": r"около|примерно|приблизительно|порядка|почти",
    },
}
"""How a language says, before or after a placeholder, that a value is not exact; the first that fits counts."""

SIGNS = {"en": r"\bminus", "kk": r"\bминус", "ru": r"\bминус"}
MULTIPLIERS = {
    "en": r"hundreds?|dozens?|scores?",
    "kk": r"жүзде\w+|ондаған\w*|жүз|дюжин\w*",
    "ru": r"сотен|сотни|сотня\w*|десятк\w+|дюжин\w*",
}
"""Words that would make another value of a figure, right before it or right after it; scales are compared as facts."""

_BEFORE = r"(?:^|[^\w-])(?:{words})[\s*\"“«]*(?:[^\W\d]+[\s*]+){{0,2}}$"
_AFTER = r"^[*\"”»]*(?:-\w+)?[\s*]*(?:{words})(?!\w)"
_SUFFIX = re.compile(r"[*_]*-(\w+)")
_NO_SHAPE = (
    *("лар", "лер", "дар", "дер", "тар", "тер", "лары", "лері", "дары", "дері", "тары", "тері"),
    *("сыз", "сіз", "нікі", "дікі", "тікі", "ша", "ше", "н"),
)
"""Kazakh endings whose shape is not known to depend on a number here: plural, privative, and their like."""

_GLUED = re.compile(r"[\w½¼¾²³¹‰]$|[−-]$"), re.compile(r"^[*_]*(?:[\w½¼¾²³¹‰]|[–—−\u00ad]\w)")


def problems(text: str, figures: Mapping[str, Figure[Any]], language: Language, place: Place) -> Iterator[Problem]:
    """Words beside the placeholders of a raw text that do not fit their figures, and signs that touch them."""
    for called in PLACEHOLDER.finditer(text):
        before, after = text[: called.start()], text[called.end() :]
        if touched := _changed(before, after, language):
            cause = f"“{touched[0].strip('*_')}” touches {called[0]}"
            hint = "it would read as another value; leave a space, or a plain hyphen before a suffix"
            yield Problem("figure-touched", cause, place, hint)
        if language.tag == "kk" and (suffix := _SUFFIX.match(after)):
            yield from _suffix_problems(suffix[1], called[0], place)
        if (figure := figures.get(called[1])) and figure.kind in COUNTED:
            yield from _qualifier_problems(figure, _qualifier(before, after, language), place)


def _changed(before: str, after: str, language: Language) -> re.Match[str] | None:
    """The sign, letter or word beside a placeholder that would make another value of it."""
    sign = re.search(rf"(?:{SIGNS[language.tag]})[\s*]*$", before, re.IGNORECASE)
    multiplier = re.match(rf"[*_]*(?:-\w+)?[\s*]+(?:{MULTIPLIERS[language.tag]})(?!\w)", after, re.IGNORECASE)
    return _GLUED[0].search(before) or _GLUED[1].search(after) or sign or multiplier


def _suffix_problems(suffix: str, called: str, place: Place) -> Iterator[Problem]:
    if suffix.lower() in _NO_SHAPE or (re.search("[a-z]", suffix, re.I) and re.search("[а-я]", suffix, re.I)):
        cause = f"“-{suffix}” after {called} cannot be given the shape of the number"
        yield Problem(
            "figure-suffix", cause, place, "write a case or a possessive in Cyrillic letters, or another word"
        )


def _qualifier_problems(figure: Figure[Any], said: str, place: Place) -> Iterator[Problem]:
    if said != figure.qualifier:
        cause = f"{{{figure.id}}} is “{figure.qualifier}” in the register and “{said}” here"
        yield Problem("figure-qualifier", cause, place, "say it as the source does, or correct the register")


def _qualifier(before: str, after: str, language: Language) -> str:
    """How the words beside a placeholder qualify it."""
    for name, words in QUALIFIERS[language.tag].items():
        if re.search(_BEFORE.format(words=words), before, re.IGNORECASE):
            return name
        if language.tag == "kk" and re.match(_AFTER.format(words=words), after, re.IGNORECASE):
            return name
    return "exactly"
