"""Spelling, judged by the real Hunspell: it advises, and is silent where it cannot."""

from __future__ import annotations

import pytest

from kzpub.errors import Place, Problem
from kzpub.judges import spelling
from kzpub.languages import LANGUAGES
from tests.conftest import tool

HERE, THERE = Place("x.po", 3), Place("x.po", 9)


def advice(tag: str, *texts: str, allowed: tuple[str, ...] = ()) -> list[Problem]:
    tool("hunspell")
    if not spelling.available(LANGUAGES[tag]):
        pytest.skip(f"hunspell has no dictionary of {tag}")
    places = (HERE, THERE)
    return list(spelling.advice(zip(texts, places, strict=False), LANGUAGES[tag], allowed))


@pytest.mark.parametrize(
    ("tag", "text", "word", "right"),
    [
        pytest.param("ru", "Новая конвенциия принята.", "конвенциия", "конвенция", id="Russian"),
        pytest.param("kk", "Бұл жаңа кітапп.", "кітапп", "кітап", id="Kazakh"),
    ],
)
def test_a_misspelt_word_is_named_with_what_it_may_have_been(tag: str, text: str, word: str, right: str) -> None:
    (found,) = advice(tag, text)
    assert (found.code, found.place) == ("spelling", HERE)
    assert f"“{word}”" in found.cause
    assert right in found.hint
    assert found.hint.count(",") <= 2


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        pytest.param("ru", "Права человека защищены.", id="Russian"),
        pytest.param("kk", "Бұл жаңа кітап.", id="Kazakh"),
        pytest.param("ru", "ЪЫЬ eGov qwrtp 46-ццц", id="capitals, Latin letters and digits"),
        pytest.param("kk", "ҮЕҰҰ-нанн eGov 22 000-наннн", id="suffixes of capitals and numbers"),
    ],
)
def test_what_is_right_or_not_for_a_dictionary_is_let_be(tag: str, text: str) -> None:
    assert advice(tag, text) == []


def test_a_word_is_named_once_where_it_stands_first() -> None:
    assert [found.place for found in advice("ru", "конвенциия", "конвенциия")] == [HERE]


def test_forms_of_allowed_words_are_let_be() -> None:
    assert len(advice("kk", "құқықтарының рәсімдікке")) >= 1
    assert advice("kk", "рәсімдікке", allowed=("рәсімдік",)) == []


def test_a_language_without_a_dictionary_gets_no_advice() -> None:
    assert not spelling.available(LANGUAGES["en"])
    assert list(spelling.advice([("qwrtp", HERE)], LANGUAGES["en"], ())) == []
