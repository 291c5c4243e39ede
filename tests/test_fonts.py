"""Typefaces that have every letter of our languages, and subsets that have no more than they need."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import uharfbuzz
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from kzpub import pieces
from kzpub.errors import KzpubError
from kzpub.fonts import Face, faces, features, subset, woff2
from kzpub.languages import LANGUAGES
from tests.conftest import ROOT

FACES = faces(ROOT / "templates" / "fonts")
LETTERS = {
    "en": "abcdefghijklmnopqrstuvwxyz",
    "kk": "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
}
NONE = frozenset[str]()
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


# -- For browsers ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.path.stem)
def test_a_web_font_is_small_the_same_each_time_and_has_the_glyphs_of_its_face(face: Face) -> None:
    wanted = frozenset(map(ord, LETTERS["kk"]))
    data = woff2(face, wanted, NONE)
    pieces.lend({})
    assert woff2(face, wanted, NONE) == data
    assert data.startswith(b"wOF2")
    assert len(data) < len(subset(face, wanted)) < face.path.stat().st_size
    assert int.from_bytes(data[8:12], "big") == len(data)
    assert characters(data) == wanted
    whole, small = TTFont(face.path), TTFont(io.BytesIO(data))
    assert small.reader.flavor == "woff2"
    for point in sorted(wanted):
        assert outline(small, point) == outline(whole, point)


def outline(font: TTFont, point: int) -> tuple[int, list[tuple[str, object]]]:
    """The width of a character's glyph, and how it is drawn."""
    name, pen = font.getBestCmap()[point], DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()[name].draw(pen)
    return font["hmtx"][name][0], pen.value


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.path.stem)
@pytest.mark.parametrize("asked", ["", "tnum"])
@pytest.mark.parametrize("text", ["AV To. office №5", "Құқық туралы", "ТАУ 1 234 567,50 ₸", "1⁄2"])
def test_a_web_font_sets_a_text_as_its_face_does(text: str, asked: str, face: Face) -> None:
    data = woff2(face, frozenset(map(ord, text)), frozenset(filter(None, [asked])))
    whole, small = face.path.read_bytes(), unpacked(data)
    assert positions(small, text, asked) == positions(whole, text, asked)


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.path.stem)
@pytest.mark.parametrize("asked", ["", "tnum", "smcp"])
def test_a_font_in_a_word_file_sets_a_text_as_its_face_does(asked: str, face: Face) -> None:
    text = "AV To. office №5 Құқық ТАУ 1 234 567,50 ₸ 1⁄2"
    assert positions(subset(face, map(ord, text)), text, asked) == positions(face.path.read_bytes(), text, asked)


def unpacked(data: bytes) -> bytes:
    """A WOFF2 file as TrueType, by fontTools."""
    font, buffer = TTFont(io.BytesIO(data)), io.BytesIO()
    font.flavor = None
    font.save(buffer)
    return buffer.getvalue()


def positions(font: bytes, text: str, asked: str) -> list[tuple[int, int, int, int]]:
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(uharfbuzz.Font(uharfbuzz.Face(font)), buffer, {asked: True} if asked else {})
    found = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    return [(glyph.cluster, at.x_advance, at.x_offset, at.y_offset) for glyph, at in found]


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        pytest.param("p { font-variant-numeric: oldstyle-nums proportional-nums }", {"onum", "pnum"}, id="two words"),
        pytest.param("p{font:small-caps 1rem serif}", {"smcp"}, id="in a short form"),
        pytest.param("p{font-feature-settings:'smcp' on,\"zero\"}", {"smcp", "zero"}, id="by tag"),
        pytest.param("p{content:'smcp';color:red}", set(), id="a word of four letters elsewhere"),
    ],
)
def test_a_web_font_has_the_features_that_its_style_sheet_asks_for(style: str, expected: set[str]) -> None:
    assert features(style) == expected
    face = next(face for face in FACES if face.path.stem == "SourceSerif4-Regular")
    font = TTFont(io.BytesIO(woff2(face, frozenset(map(ord, "abc 1230")), features(style))))
    kept = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
    assert kept - {"ccmp", "liga", "locl"} == expected
