"""Where the lines of a paragraph may not end: what belongs together, as data, and where hyphens are too many.

A paragraph is a list of its lines, each a page and a text. The PDF writer asks the same functions while it lays out, so
that what they name is mended before a file is made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

Ends: TypeAlias = Sequence[tuple[int, str]]
"""The lines of a paragraph: page and text."""

IN_A_ROW = 3
"""So many lines in a row may not end with a hyphen."""
RUNT = 4
"""A last line has so many letters and figures at least."""

_CAPITAL = "[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]"
_YEARS = r"(?:19|20)\d\d(?:[–-](?:19|20)?\d\d)?$"
_NUMBER = rf"(?:^|[\s(«“„])(?!{_YEARS})[$€£₸]?\d(?:[\d.,]*\d)?(?:[–-]\d(?:[\d.,]*\d)?)?$"

_EVERYWHERE = (
    ("the groups of a number", r"(?<![\d.,])\d{1,3}$", r"\d{3}(?!\d)"),
    ("a number and its sign", r"\d$", r"[%‰°$€£₸]"),
    ("a sign and its number", r"[№§$€£₸]$", r"\d"),
    ("a number and what it counts", _NUMBER, r"[^\W\d_]"),
    ("a number and what is joined to it", r"\d[–-]$", r"\w"),
    ("initials and a name", rf"(?:^|[\s(«“„.]){_CAPITAL}\.$", _CAPITAL),
    ("a dash and what stands before it", r"\S$", r"[–—](?:\s|$)"),
)
PAIRS = {
    "en": (
        *_EVERYWHERE,
        ("an abbreviation and its number", r"\b(?:No|Art|Arts|para|paras|p|pp|vol)\.$", r"\d"),
        ("a title and a name", r"\b(?:Mr|Ms|Mrs|Dr|Prof)\.?$", _CAPITAL),
    ),
    "kk": (
        *_EVERYWHERE,
        ("a year and its word", r"\d{4}$", r"жыл|ж\."),
        ("the parts of an abbreviation", r"(?:^|\s)т\.$", r"[бсғ]\."),
    ),
    "ru": (
        *_EVERYWHERE,
        ("a year and its word", r"\d{4}$", r"год|гг?\."),
        ("an abbreviation and its number", r"(?:^|[\s(«])(?:ст|п|пп|ч|рис|табл|стр|гл)\.$", r"\d"),
        ("“см.” and what is to be seen", r"(?:^|[\s(«])[Сс]м\.$", r"\S"),
        ("the parts of an abbreviation", r"(?:^|\s)т\.$", r"[дедпкч]\."),
        ("a word of one letter and the next", r"(?:^|[\s(«„])[авикосуАВИКОСУ]$", r"[«„\w]"),
    ),
}
"""What no line may end between, for each language: what it is, how the line ends, how the next one begins."""


def cut_pair(language: str, line: str, following: str) -> str:
    """What is cut where one line ends and the next begins; empty if nothing is."""
    for what, end, beginning in PAIRS.get(language, _EVERYWHERE):
        if re.search(end, line) and re.match(beginning, following):
            return what
    return ""


def divided(line: str) -> bool:
    """Whether a line ends within a word, at a hyphen of its own or at one that it got."""
    return re.search(r"\w-$", line) is not None


def hyphens_in_a_row(lines: Ends) -> Iterator[int]:
    """The lines that are one too many in a run of lines ending with a hyphen."""
    run = 0
    for position, (_, text) in enumerate(lines):
        run = run + 1 if divided(text) else 0
        if run == IN_A_ROW:
            run = 0
            yield position


def hyphens_at_page_ends(lines: Ends) -> Iterator[int]:
    """The lines that end a page within a word."""
    for position, ((page, text), (following, _)) in enumerate(pairwise(lines)):
        if following != page and divided(text):
            yield position


def fragments(lines: Ends) -> Iterator[int]:
    """The line before a last one that holds nothing but the rest of its word."""
    if len(lines) > 1 and divided(lines[-2][1]) and " " not in lines[-1][1].strip():
        yield len(lines) - 2


def runts(lines: Ends) -> Iterator[int]:
    """The line before a last one of hardly any letters."""
    if len(lines) > 1 and sum(map(str.isalnum, lines[-1][1])) < RUNT:
        yield len(lines) - 2


def undividable(lines: Ends) -> Iterator[int]:
    """All lines whose last word would better not be divided."""
    yield from sorted({*hyphens_in_a_row(lines), *hyphens_at_page_ends(lines), *fragments(lines)})
