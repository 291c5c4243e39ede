"""Where other programs are told that a line may end in a word."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyphen
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzpub.hyphenation import LEFT, RIGHT, SHORTEST, dictionary, divided
from kzpub.kazakh import hyphenation_patterns
from tests.conftest import ROOT
from tests.test_kazakh import TUNED, UNSEEN, whole


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("құқықтарымыздың", "құқық-та-ры-мыз-дың", id="three letters at each end"),
        pytest.param("Қазақстандықтар құрды", "Қазақ-стан-дық-тар құрды", id="a short word stays whole"),
        pytest.param("«конституциялық»,", "«конс-ти-ту-ци-я-лық»,", id="marks beside a word"),
        pytest.param("әлеуметтік-экономикалық", "әлеу-мет-тік-эко-но-ми-ка-лық", id="both sides of a hyphen"),
    ],
)
def test_a_long_word_is_divided(text: str, expected: str) -> None:
    assert "-".join(divided(text, "kk")) == expected
    assert divided(text, "kk-KZ") == divided(text, "kk")


@pytest.mark.parametrize(
    "word",
    [
        "ҚАЗАҚСТАНДЫҚТАР",
        "БҰҰ-мекемелеріміздің",
        "-мекемелеріміздің",
        "ҚазҰУ-студенттеріміздің",
        "COVID-пандемиясының",
        "2024-жылғыларымыздың",
        "жылғыларымыздың2024",
        "құқықтарымыздың.kz",
        "eGov-порталындағылар",
        "мекемелеріміз@бұл",
    ],
)
def test_what_is_no_plain_word_stays_whole(word: str) -> None:
    assert divided(f"бұл {word}, иә", "kk") == (f"бұл {word}, иә",)


@pytest.mark.parametrize(("text", "tag"), [("правозащитниками", "ru"), ("representatives", "en-GB")])
def test_a_language_that_other_programs_know_is_left_to_them(text: str, tag: str) -> None:
    assert divided(text, tag) == (text,)


@given(st.text("қаоуыіздлмнЖ -.7\u00a0", max_size=60))
def test_nothing_is_added_and_every_piece_of_a_word_is_long_enough(text: str) -> None:
    pieces = divided(text, "kk")
    assert "".join(pieces) == text
    for word in re.findall(r"[^\W\d_]*\x1f[^\W\d_\x1f]*(?:\x1f[^\W\d_\x1f]*)*", "\x1f".join(pieces)):
        first, *_, last = word.split("\x1f")
        assert len(word.replace("\x1f", "")) >= SHORTEST
        assert len(first) >= LEFT
        assert len(last) >= RIGHT


# -- The dictionary --------------------------------------------------------------------------------------------------


def test_the_tool_writes_what_is_used() -> None:
    command = [sys.executable, str(ROOT / "tools" / "hyphenation.py")]
    assert subprocess.run(command, check=True, capture_output=True).stdout.decode() == dictionary("kk")


@pytest.mark.parametrize("library", ["Pyphen", "Hyphen"])
def test_the_file_says_what_the_patterns_say(library: str, tmp_path: Path) -> None:
    (tmp_path / "patterns").write_text("\n".join(("UTF-8", *hyphenation_patterns())), "utf-8")
    (tmp_path / "completed").write_text(dictionary("kk"), "utf-8")
    plain = pyphen.Pyphen(tmp_path / "patterns", left=1, right=1)
    completed = pyphen.Pyphen(tmp_path / "completed", left=1, right=1)
    read = completed.positions if library == "Pyphen" else as_hyphen_walks(dictionary("kk"))
    words = [part for word in map(whole, (*TUNED, *UNSEEN)) for part in word.lower().split("-")]
    assert [word for word in words if read(word) != plain.positions(word)] == []


def as_hyphen_walks(file: str) -> Callable[[str], list[int]]:
    """Hyphen's way: at each letter it has one state, the longest beginning of a pattern that ends there."""
    lines = file.split("\n")[1:-1]
    patterns = {re.sub(r"\d", "", line): [int(digit or 0) for digit in re.split(r"\D", line)] for line in lines}
    states = {letters[:end] for letters in patterns for end in range(len(letters) + 1)}

    def positions(word: str) -> list[int]:
        pointed, state = f".{word}.", ""
        weights = [0] * (len(pointed) + 1)
        for end, letter in enumerate(pointed, 1):
            state = next(each for n in range(len(state) + 2) if (each := (state + letter)[n:]) in states)
            for offset, weight in enumerate(patterns.get(state, ()), end - len(state)):
                weights[offset] = max(weights[offset], weight)
        return [point - 1 for point, weight in enumerate(weights) if weight % 2 and 2 <= point <= len(word)]

    return positions
