"""What is printed is seen: nothing acts on a terminal, hides in a line or turns its order."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzpub.characters import visible
from kzpub.console import print_columns, say, tell
from kzpub.errors import Place, Problem

MEAN = "a\x1b[2J\u202eb\u2066\x9b\u200b\udcff\U000e0041"
PLAIN = "a\\x1b[2J\\u202eb\\u2066\\x9b\\u200b\\udcff\\U000e0041"


def test_what_acts_or_hides_is_written_as_its_code() -> None:
    assert visible(MEAN) == PLAIN
    assert visible("22\u00a0000 құқық — «мәтін»") == "22\u00a0000 құқық — «мәтін»"


@given(st.text(st.characters(), max_size=50))
def test_a_line_that_is_shown_holds_what_is_seen_and_the_spaces_of_texts(text: str) -> None:
    shown = visible(text)
    assert all(each.isprintable() or each in "\t\u00a0\u2009\u202f" for each in shown)
    assert visible(shown) == shown
    assert shown == text or any(not each.isprintable() for each in text)


def test_all_that_prints_shows_it_so(capsys: pytest.CaptureFixture[str]) -> None:
    tell(MEAN)
    say(MEAN)
    print_columns([(MEAN, "b"), ("a", MEAN)])
    sys.stdout.write(f"{Problem('code', MEAN, Place(MEAN), MEAN)}\n")
    output = capsys.readouterr()
    printed = output.out + output.err
    assert printed.count(PLAIN) == 7
    assert all(line.isprintable() for line in printed.splitlines())
