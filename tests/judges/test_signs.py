"""What tells languages apart: each sign is of one language, and of no other."""

from __future__ import annotations

import re
import subprocess

import pytest

from kzpub.judges.signs import ALPHABETS, KEPT, LETTERS_LOST, LOOKS_CYRILLIC, LOOKS_LATIN, NAMES_OF, SIGNS
from kzpub.judges.spelling import DICTIONARIES, available
from kzpub.languages import LANGUAGES
from tests.conftest import tool
from tests.pairs import own_pairs

SHARED = {"закон", "на"}  # which a Kazakh dictionary has, and a Kazakh text of today has not


def others(tag: str) -> list[str]:
    return [other for other in SIGNS if other != tag]


@pytest.mark.parametrize("tag", SIGNS)
def test_a_language_is_told_by_words_of_its_own_letters(tag: str) -> None:
    words, _ = SIGNS[tag]
    assert set("".join(words)) <= set(ALPHABETS[tag])
    assert not any(words & SIGNS[other][0] for other in others(tag))
    assert tag in NAMES_OF


@pytest.mark.parametrize("tag", SIGNS)
def test_no_telling_word_is_in_the_dictionary_of_another_language(tag: str) -> None:
    hunspell = tool("hunspell")
    for other in others(tag):
        if not available(LANGUAGES[other]):
            pytest.skip(f"hunspell has no dictionary of {other}")
        text = "\n".join(sorted(SIGNS[tag][0] - SHARED))
        command = [hunspell, "-d", DICTIONARIES[other], "-i", "utf-8", "-l"]
        unknown = subprocess.run(command, input=text.encode(), capture_output=True, check=True).stdout.decode().split()
        assert sorted(SIGNS[tag][0] - SHARED - set(unknown)) == []


@pytest.mark.parametrize("tag", SIGNS)
def test_no_telling_ending_is_in_our_texts_of_another_language(tag: str) -> None:
    said = {
        word for other in others(tag) for _, text, _ in own_pairs(other) for word in re.findall(r"[^\W\d_]{5,}", text)
    }
    assert len(said) > 500
    assert [word for word in said if SIGNS[tag][1].fullmatch(word)] == []
    assert any(SIGNS[tag][1].fullmatch(word) for _, text, _ in own_pairs(tag) for word in text.split())


@pytest.mark.parametrize(
    "names",
    ["Казахстан Узбекистан Пакистан Павлодар Айдар Лидер Тендер Мастер", "ресурсы аренда команда удары гектары"],
)
def test_names_and_loans_of_russian_are_not_told_for_kazakh(names: str) -> None:
    assert [name for name in names.split() if SIGNS["kk"][1].fullmatch(name)] == []


@pytest.mark.parametrize("word", ["казакстанда", "Кукыктары", "жане", "депутаттардын", "органдарынын"])
def test_kazakh_on_a_russian_keyboard_is_known(word: str) -> None:
    assert LETTERS_LOST.fullmatch(word)


def test_our_own_kazakh_has_all_its_letters() -> None:
    said = {word for _, text, _ in own_pairs("kk") for word in re.findall(r"[^\W\d_]+", text)}
    assert [word for word in said if LETTERS_LOST.fullmatch(word)] == []


def test_look_alikes_lead_there_and_back() -> None:
    assert {letter: LOOKS_LATIN[LOOKS_CYRILLIC[letter]] for letter in "aeopcyxiABEKMHOPCTXI"} == {
        letter: letter for letter in "aeopcyxiABEKMHOPCTXI"
    }


def test_what_stays_in_latin_letters_is_listed_once() -> None:
    assert len(set(KEPT)) == len(KEPT)
    assert all(name.isascii() for name in KEPT)
