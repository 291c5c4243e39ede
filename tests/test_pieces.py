"""Pieces are made once for what they are made from, and can be lent to another process."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from kzpub import pieces
from kzpub.edition import Edition
from kzpub.errors import Place, Problem
from kzpub.model import Chart
from kzpub.traversal import walk
from kzpub.writers import docx, html
from kzpub.writers.drawings import svg
from kzpub.writers.plots import Plot, palette, plot
from tests.conftest import Built


@pytest.fixture(autouse=True)
def _nothing_known() -> Iterator[None]:
    pieces.lend({})
    yield
    pieces.lend({})


def test_a_piece_is_made_once_for_the_same_parts() -> None:
    made: list[int] = []

    def make() -> bytes:
        made.append(len(made))
        return b"%d" % len(made)

    assert [pieces.piece(make, *parts) for parts in (("a", 1), ("a", 1), ("a", 2), ("b", 1))] == [
        b"1",
        b"1",
        b"2",
        b"3",
    ]
    assert sorted(pieces.used().values()) == [b"1", b"2", b"3"]


def test_what_was_lent_is_not_made_and_what_nobody_asked_for_is_left_behind() -> None:
    pieces.piece(lambda: b"one", 1)
    one = pieces.used()
    pieces.lend(one | {"another": b"x"})
    assert pieces.piece(lambda: b"made anew", 1) == b"one"
    assert pieces.used() == one


def test_what_fails_is_not_kept() -> None:
    def fail() -> bytes:
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011
        pieces.piece(fail, 1)
    assert pieces.used() == {}
    assert pieces.piece(lambda: b"made", 1) == b"made"


HERE = Problem("an-error", "found", Place("here", 1), "mend it")


def test_what_was_found_clean_is_not_judged_again_and_what_was_not_is() -> None:
    assert pieces.clean(list, "text") == []
    clean = pieces.used()
    pieces.lend(clean)
    assert pieces.clean(lambda: [HERE], "text") == [], "it is known"
    assert pieces.clean(lambda: [HERE], "another") == [HERE]
    assert pieces.used() == clean, "what has a finding is judged each time"
    pieces.lend({})
    assert pieces.clean(lambda: [HERE], "text") == [HERE]


def drawn(edition: Edition) -> tuple[Plot, dict[str, str], Path]:
    chart = next(block for block in walk(edition.document.blocks) if isinstance(block, Chart))
    return plot(chart, edition), palette(edition.templates), edition.templates / "fonts"


def test_a_drawing_is_another_for_all_that_a_reader_sees_and_for_nothing_else(factsheet: Built) -> None:
    shown, colours, fonts = drawn(factsheet.editions["kk"])
    drawing = svg(shown, "wide", colours, fonts)
    for change, count in (
        (replace(shown, place=Place("elsewhere", 7)), 1),
        (replace(shown, alt="Another"), 2),
        (replace(shown, categories=("Another", *shown.categories[1:])), 3),
    ):
        assert (svg(change, "wide", colours, fonts) == drawing) == (count == 1)
        assert len(pieces.used()) == count
    svg(shown, "wide", colours | {"chart-1": "#123456"}, fonts)
    svg(shown, "narrow", colours, fonts)
    assert len(pieces.used()) == 5


_WRITTEN = """
import pickle, sys
from hashlib import sha256
from kzpub import pieces
from kzpub.writers import docx, html
edition, known = pickle.load(sys.stdin.buffer)
pieces.lend(known)
print(*(sha256(writer.write(edition).data).hexdigest() for writer in (docx, html)))
print("matplotlib" in sys.modules, "pptx" in sys.modules, pieces.used() == known)
"""


def test_files_of_lent_pieces_are_the_same_and_take_no_library_for_charts(factsheet: Built) -> None:
    edition = factsheet.editions["kk"]
    digests = [sha256(writer.write(edition).data).hexdigest() for writer in (docx, html)]
    given = pickle.dumps((edition, pieces.used()))
    run = subprocess.run([sys.executable, "-c", _WRITTEN], input=given, capture_output=True, check=True)
    assert run.stdout.decode().split() == [*digests, "False", "False", "True"]
