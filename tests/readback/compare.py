"""What differs between a finished file and what it should say, as sentences; none means that they agree."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest

from kzpub.judges import facts
from tests.readback import Reading, Row


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


def fact_differences(reading: Reading, source: Reading) -> list[str]:
    """Rows whose facts are not those of the source language, by value."""
    return [
        f"row {position}: loses {lost}, adds {added} in {row.text!r}"
        for position, (row, original) in enumerate(zip_longest(reading.rows, source.rows, fillvalue=Row("none")))
        for lost, added in [facts.differences(original.text, source.language, row.text, reading.language)]
        if lost or added
    ]


def _rows_that_differ(rows: tuple[Row, ...], wanted: tuple[Row, ...]) -> list[str]:
    return [
        f"row {position}: {got} instead of {should}"
        for position, (got, should) in enumerate(zip_longest(rows, wanted))
        if got != should
    ]


def _sorted_links(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """A translator may put links in another order."""
    return tuple(replace(row, links=tuple(sorted(row.links))) for row in rows)
