"""What differs between a finished file and what it should say, as sentences; none means that they agree."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import zip_longest

from tests.readback import Reading, Row

_NUMBER = {
    "en": re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"),
    "kk": re.compile(r"\d{1,3}(?: \d{3})+(?:,\d+)?|\d+(?:,\d+)?"),
}
_NUMBER["ru"] = _NUMBER["kk"]


def differences(reading: Reading, wanted: Reading) -> list[str]:
    """Where a file departs from the tree it was made from, in language, title, order, words, links, images, tables."""
    found = [
        f"{what}: {got!r} instead of {should!r}"
        for what, got, should in (
            ("language", reading.language, wanted.language),
            ("title", reading.title, wanted.title),
        )
        if got != should
    ]
    return found + _rows_that_differ(reading.rows, wanted.rows)


def skeleton_differences(reading: Reading, other: Reading) -> list[str]:
    """Where two languages of a format differ in anything but words."""
    first, second = (tuple(row.skeleton() for row in each.rows) for each in (reading, other))
    return _rows_that_differ(_sorted_links(first), _sorted_links(second))


def number_differences(reading: Reading, source: Reading) -> list[str]:
    """Rows whose numbers are not those of the source language, by value."""
    return [
        f"row {position}: numbers {dict(got)} instead of {dict(wanted)} in {row.text!r}"
        for position, (row, original) in enumerate(zip_longest(reading.rows, source.rows, fillvalue=Row("none")))
        if (got := numbers(row.text, reading.language)) != (wanted := numbers(original.text, source.language))
    ]


def numbers(text: str, language: str) -> Counter[str]:
    """The numbers of a text in plain notation, each as often as it stands there."""
    group, point = (",", ".") if language == "en" else (" ", ",")
    return Counter(number.replace(group, "").replace(point, ".") for number in _NUMBER[language].findall(text))


def _rows_that_differ(rows: tuple[Row, ...], wanted: tuple[Row, ...]) -> list[str]:
    return [
        f"row {position}: {got} instead of {should}"
        for position, (got, should) in enumerate(zip_longest(rows, wanted))
        if got != should
    ]


def _sorted_links(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """A translator may put links in another order."""
    return tuple(replace(row, links=tuple(sorted(row.links))) for row in rows)
