"""The ending after a placeholder: whether it is one, and whether it makes another thing of the figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from kzpub.errors import Place, Problem
from kzpub.languages import Language
from kzpub.suffixes import SHAPES

_KINDS = {"rank": "order", "ordinal": "order", "year": "time", "years": "time", "date": "time", "": "time"}
"""What the kinds of figures are to their endings; all others are amounts, and a name without a figure is a time."""

_NO_SHAPE = (
    "лар|лер|дар|дер|тар|тер|лары|лері|дары|дері|тары|тері|сыз|сіз|нікі|дікі|тікі|ша|ше|н"
    r"|(?=\w*[a-z])(?=\w*[а-я])\w+"
)
"""Kazakh endings whose shape is not known to depend on a number here: plural, privative, and their like."""

_KNOWN = frozenset(chain.from_iterable(SHAPES.values()))
_SUFFIX = rf"(?:{'|'.join(_KNOWN)})$"
_SHORT = rf"{_NO_SHAPE}|(?!{_SUFFIX}|(?:ай|ел|үй)$)\w{{1,2}}"
MISFITS = {
    "en": {"amount": "st|nd|rd|th"},
    "kk": {
        "amount": rf"{_NO_SHAPE}|{'|'.join(SHAPES['ordinal'])}|(?!{_SUFFIX})\w+",  # 46-орталық is the 46th centre
        "order": _SHORT,
        "time": rf"{_SHORT}|жылдар\w*",
    },
    "ru": {
        "amount": "(?!н)[а-я]{1,3}",  # 30%-ный is an adjective
        "order": "ти|мя|ех|ух",
        "time": "х|е|ые|ых|ми|ыми",
    },
}
"""Endings that would make another thing of a figure: an ordinal of an amount, a decade of a year; and what is none.

A Kazakh noun after a hyphen makes an ordinal, too.
"""

_GOVERNED = {"ablative": r"астам\w*|асады|асатын\w*", "dative": r"дейін\w*|жуық(?! арада)"}
"""The case that a word right after a Kazakh ending demands of it: 46-дан астам, 46-ға дейін."""

_ENDING = re.compile(r"^[*_]*-(\w+)")


def ending_problems(called: str, after: str, kind: str, language: Language, place: Place) -> Iterator[Problem]:
    """What is wrong with the ending after a placeholder, where there is one."""
    if not (found := _ENDING.match(after)):
        return
    ending, rest = found[1].lower(), after[found.end() :]
    misfits = MISFITS[language.tag].get(_KINDS.get(kind, "amount"), "")
    if misfits and re.fullmatch(misfits, ending, re.IGNORECASE):
        cause = f"“-{found[1]}” after {called} is no ending of such a figure, or cannot be given its shape"
        hint = "write a case or a possessive of the number in letters of the language, or another word"
        yield Problem("figure-suffix", cause, place, hint)
    elif language.tag == "kk" and ending in _KNOWN:
        yield from _governed(called, ending, rest, place)


def _governed(called: str, ending: str, rest: str, place: Place) -> Iterator[Problem]:
    for case, words in _GOVERNED.items():
        found = re.match(rf"[\s*_]+({words})(?!\w)", rest, re.IGNORECASE)
        if found and ending not in SHAPES[case] | SHAPES[f"possessive {case}"]:
            cause = f"“{found[1]}” demands the {case}, not {called}-{ending}"
            yield Problem("figure-suffix", cause, place, f"write a suffix of the {case}, in any of its shapes")
