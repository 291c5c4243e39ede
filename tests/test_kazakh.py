"""Kazakh words divided as a school divides them."""

from __future__ import annotations

import re
from collections import Counter

import pyphen
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzpub.kazakh import hyphenation_patterns
from tests import golden

WORDS = re.findall(r"^\w[\w·-]*$", golden.text("hyphenation-kk.txt"), re.MULTILINE)
VOWELS = "аәеёиоөұүыіэюяу"
CONSONANTS = "бвгғджзйкқлмнңпрстфхһцчшщ"


@pytest.fixture(scope="module")
def dictionary(tmp_path_factory: pytest.TempPathFactory) -> pyphen.Pyphen:
    """The patterns as Pyphen reads them from a file, with WeasyPrint's limits."""
    path = tmp_path_factory.mktemp("hyphenation") / "hyph_kk.dic"
    path.write_text("\n".join(["UTF-8", *hyphenation_patterns()]), "utf-8")
    return pyphen.Pyphen(filename=path, left=2, right=2)


@pytest.mark.parametrize("divided", WORDS)
def test_a_word_is_divided_as_by_hand(divided: str, dictionary: pyphen.Pyphen) -> None:
    word = re.sub(r"[·-]", "", divided)
    assert dictionary.inserted(word) == divided.replace("·", "")


def test_the_words_are_many_and_each_has_its_syllables() -> None:
    assert len(set(WORDS)) == len(WORDS) >= 60
    for word in WORDS:
        assert all(re.search(f"[{VOWELS}]", syllable) for syllable in re.split(r"[·-]", word.lower()))


@pytest.mark.parametrize("word", ["Құқықтары", "ҚҰҚЫҚТАРЫ", "құқықтары"])
def test_capitals_make_no_difference(word: str, dictionary: pyphen.Pyphen) -> None:
    assert dictionary.positions(word) == [2, 5, 7]


SYLLABLE = st.from_regex(f"[{CONSONANTS}]?[{VOWELS}][{CONSONANTS}]{{0,2}}", fullmatch=True)
KAZAKH = st.lists(SYLLABLE, min_size=1, max_size=6).map("".join)


@given(KAZAKH)
def test_every_piece_has_a_vowel_and_no_letter_stands_alone(dictionary: pyphen.Pyphen, word: str) -> None:
    pieces = dictionary.inserted(word).split("-")
    assert "".join(pieces) == word
    if len(pieces) > 1:
        assert all(len(piece) > 1 and re.search(f"[{VOWELS}]", piece) for piece in pieces)


@given(KAZAKH)
def test_a_piece_begins_with_one_consonant_and_a_vowel(dictionary: pyphen.Pyphen, word: str) -> None:
    for piece in dictionary.inserted(word).split("-")[1:]:
        assert re.match(f"[{CONSONANTS}у][{VOWELS}]|стан", piece)


def test_no_two_patterns_have_the_same_letters() -> None:
    letters = Counter(re.sub(r"\d", "", pattern) for pattern in hyphenation_patterns())
    assert [pattern for pattern, times in letters.items() if times > 1] == []  # Pyphen would keep one of them
