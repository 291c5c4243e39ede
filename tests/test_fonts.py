"""Typefaces that have every letter of our languages, and subsets that have no more than they need."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from kzpub.errors import KzpubError
from kzpub.fonts import Face, faces, subset, woff2
from kzpub.languages import LANGUAGES
from tests.conftest import ROOT

FACES = faces(ROOT / "templates" / "fonts")
LETTERS = {
    "en": "abcdefghijklmnopqrstuvwxyz",
    "kk": "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
}
SIGNS = "0123456789.,:;!?()[]–—-…№§%$€₸«»“”„‘’/&*@\u00a0"


def characters(data: bytes) -> set[int]:
    """The code points of a font file, as fontTools reads them."""
    return set(TTFont(io.BytesIO(data)).getBestCmap() or {})


def test_there_are_a_serif_and_a_sans_in_four_styles() -> None:
    styles = {(face.family, face.bold, face.italic) for face in FACES}
    assert len(FACES) == len(styles) == 8
    assert {family for family, _, _ in styles} == {"Source Sans 3", "Source Serif 4"}


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.path.stem)
@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_face_has_every_letter_of_a_language(tag: str, face: Face) -> None:
    wanted = LETTERS[tag] + LETTERS[tag].upper() + SIGNS + "".join(LANGUAGES[tag].quotes)
    assert [letter for letter in wanted if ord(letter) not in face.characters] == []


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.path.stem)
def test_the_characters_of_a_face_are_those_of_its_file(face: Face) -> None:
    assert face.characters == characters(face.path.read_bytes())


def test_a_folder_without_fonts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KzpubError) as caught:
        faces(tmp_path)
    assert [problem.code for problem in caught.value.problems] == ["fonts-missing"]
    assert str(caught.value.problems[0].place) == "templates/fonts"


@given(st.sets(st.sampled_from(LETTERS["kk"] + LETTERS["en"] + "漢"), min_size=1), st.sampled_from(FACES))
def test_a_subset_has_the_characters_asked_for_and_no_others(wanted: set[str], face: Face) -> None:
    points = set(map(ord, wanted))
    assert characters(subset(face, points)) == points & face.characters


def test_a_subset_without_hints_is_smaller() -> None:
    wanted = set(map(ord, LETTERS["kk"]))
    with_hints, without = subset(FACES[0], wanted), subset(FACES[0], wanted, hinting=False)
    assert len(without) < len(with_hints) < FACES[0].path.stat().st_size
    assert characters(without) == characters(with_hints) == wanted


def test_a_web_font_is_small_and_the_same_each_time() -> None:
    wanted = frozenset(map(ord, LETTERS["kk"]))
    data = woff2(FACES[0], wanted)
    woff2.cache_clear()
    assert woff2(FACES[0], wanted) == data
    assert data.startswith(b"wOF2")
    assert characters(data) == wanted
    assert len(data) < len(subset(FACES[0], wanted, hinting=False))
