"""Kazakh words divided as a school divides them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pyphen
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzpub.hyphenation import divided
from kzpub.kazakh import EXCEPTIONS, hyphenation_patterns
from tests import golden

VOWELS = "аәеёиоөұүыіэюяу"
CONSONANTS = "бвгғджзйкқлмнңпрстфхһцчшщ"
HUNSPELL = Path("/usr/share/hunspell/kk_KZ.dic")
DEBRIS = {"бснде", "бсты", "жсқызмет", "жқмыс", "йттыңыз", "кндіктеу", "нкция", "нттері", "трда"}
"""Entries of Hunspell's dictionary that are no words: tails of words, an abbreviation with its ending."""


def hand_divided(name: str) -> list[str]:
    """The words of a golden file, each with its breaks (-), its other syllables (·), its own hyphens (=)."""
    words = golden.text(name).partition("\n## ")[2]
    return re.findall(r"^(\w[\w·=-]*)(?:  \(.*\))?$", words, re.MULTILINE)


def breaks(hand: str) -> set[int]:
    """After how many letters a line may end in a word that was divided by hand."""
    pieces = re.sub("[·=]", "", hand).split("-")
    return {sum(map(len, pieces[:n])) for n in range(1, len(pieces))}


def whole(hand: str) -> str:
    return re.sub("[·-]", "", hand).replace("=", "-")


TUNED, UNSEEN = map(hand_divided, ("hyphenation-kk.txt", "hyphenation-kk-unseen.txt"))


@pytest.fixture(scope="module")
def dictionary(tmp_path_factory: pytest.TempPathFactory) -> pyphen.Pyphen:
    """The patterns as Pyphen reads them from a file, two letters being enough for a line."""
    path = tmp_path_factory.mktemp("hyphenation") / "hyph_kk.dic"
    path.write_text("\n".join(["UTF-8", *hyphenation_patterns()]), "utf-8")
    return pyphen.Pyphen(filename=path, left=2, right=2)


# -- Words divided by hand -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("hand", TUNED)
def test_a_word_is_divided_as_by_hand(hand: str, dictionary: pyphen.Pyphen) -> None:
    assert set(dictionary.positions(whole(hand))) == breaks(hand)


def test_words_that_no_rule_was_tuned_on_are_divided_as_by_hand() -> None:
    found = {hand: points(divided(whole(hand), "kk", 2, 2, 2), whole(hand)) for hand in UNSEEN}
    right = sum(len(points & breaks(hand)) for hand, points in found.items())
    made, wanted = (sum(map(len, each)) for each in (found.values(), map(breaks, UNSEEN)))
    print(f"precision {right / made:.4f}, recall {right / wanted:.4f} of {wanted} breaks in {len(UNSEEN)} words")  # noqa: T201
    print(*(hand for hand, points in found.items() if points != breaks(hand)), sep="\n")  # noqa: T201
    assert len(set(map(whole, UNSEEN)) - set(map(whole, TUNED))) == len(UNSEEN) >= 300
    assert right / made >= 0.99
    assert right / wanted >= 0.95


def points(pieces: Iterable[str], word: str) -> set[int]:
    """The same as ``breaks``, of a word that the program divided."""
    letters = [piece.replace("-", "") for piece in pieces]
    assert "".join(letters) == word.replace("-", "")
    return {sum(map(len, letters[:n])) for n in range(1, len(letters))}


def test_the_hand_gave_every_syllable_a_vowel_and_no_line_a_single_letter() -> None:
    for hand in (*TUNED, *UNSEEN):
        for part in hand.split("="):
            assert not re.search(r"^\w-|-\w$", part), hand
            assert "-" not in part or all(re.search(f"[{VOWELS}]", p) for p in re.split("[·-]", part.lower())), hand


@pytest.mark.parametrize("word", ["Құқықтары", "ҚҰҚЫҚТАРЫ", "құқықтары"])
def test_capitals_make_no_difference(word: str, dictionary: pyphen.Pyphen) -> None:
    assert dictionary.positions(word) == [2, 5, 7]


@pytest.mark.parametrize("exception", EXCEPTIONS)
def test_an_exception_is_needed_and_holds_with_any_ending(exception: str, dictionary: pyphen.Pyphen) -> None:
    word = exception.replace("-", "")
    assert len(word) >= 6, "so short a part could stand in another word"
    assert dictionary.inserted(word) == exception != "-".join(by_rule(word))
    assert dictionary.inserted(f"{word}дағы") == f"{exception}-да-ғы"
    assert EXCEPTIONS[exception]


# -- Any word --------------------------------------------------------------------------------------------------------

SYLLABLE = st.from_regex(f"[{CONSONANTS}]?[{VOWELS}][{CONSONANTS}]{{0,2}}", fullmatch=True)
KAZAKH = st.lists(SYLLABLE, min_size=1, max_size=6).map("".join)


_KINDS = str.maketrans({**dict.fromkeys(VOWELS, "v"), **dict.fromkeys(CONSONANTS, "c"), "и": "i", "й": "j", "у": "u"})
_SOUNDS = (  # «у» as it is spoken, then every vowel alike
    (re.compile("^u(?=[vi])|(?<=i)u(?=[vi])|(?<=[vj])u"), "c"),
    (re.compile("[ui]"), "v"),
    (re.compile("j"), "c"),
)


def by_rule(word: str) -> list[str]:
    """The rules a second time, over the whole word: its sounds, then a break before each vowel but the first."""
    kinds = word.lower().translate(_KINDS)
    for sound, kind in _SOUNDS:
        kinds = sound.sub(kind, kinds)
    begins = [syllable.start() for syllable in re.finditer("cьv|cv|v", kinds)]
    cuts = [cut for cut in begins if 2 <= cut <= len(word) - 2 and "v" in kinds[:cut]]
    return [word[start:end] for start, end in zip([0, *cuts], [*cuts, len(word)], strict=True)]


@pytest.mark.skipif(not HUNSPELL.is_file(), reason="hunspell-kk is not installed")
def test_the_words_of_a_whole_dictionary_have_no_piece_without_a_vowel(dictionary: pyphen.Pyphen) -> None:
    entries = {entry.partition("/")[0] for entry in HUNSPELL.read_text("utf-8-sig").splitlines()[1:]}
    words = sorted(word for word in entries if re.fullmatch(f"[{VOWELS}{CONSONANTS}ьъ]{{4,}}", word))
    assert len(words) > 50_000
    differing = {}
    for word in set(words) - DEBRIS:
        pieces = dictionary.inserted(word).split("-")
        assert len(pieces) == 1 or all(re.search(f"[{VOWELS}]", piece) for piece in pieces), pieces
        assert len(pieces) == 1 or len(pieces[0]) > 1 < len(pieces[-1]), pieces
        if pieces != by_rule(word):
            differing[word] = pieces
    print(f"{len(differing)} of {len(words)} differ:", *("-".join(pieces) for pieces in differing.values()))  # noqa: T201
    assert len(differing) / len(words) < 0.001


@given(KAZAKH)
def test_every_piece_has_a_vowel_and_no_letter_stands_alone(dictionary: pyphen.Pyphen, word: str) -> None:
    pieces = dictionary.inserted(word).split("-")
    assert "".join(pieces) == word
    if len(pieces) > 1:
        assert len(pieces[0]) > 1 < len(pieces[-1])
        assert all(re.search(f"[{VOWELS}]", piece) for piece in pieces)


@given(KAZAKH)
def test_a_piece_begins_with_one_consonant_at_most(dictionary: pyphen.Pyphen, word: str) -> None:
    for piece in dictionary.inserted(word).split("-")[1:]:
        assert re.match(f"[{CONSONANTS}у]?[{VOWELS}]|стан", piece)


def test_no_two_patterns_have_the_same_letters() -> None:
    letters = Counter(re.sub(r"\d", "", pattern) for pattern in hyphenation_patterns())
    assert [pattern for pattern, times in letters.items() if times > 1] == []  # Pyphen would keep one of them
