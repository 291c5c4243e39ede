"""The typefaces in ``templates/fonts``: what they are called, which characters they have, and their subsets.

Only these files are visible to the PDF renderer and embedded in the other formats, so that every letter of every
language comes from the same typeface on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import uharfbuzz

from kzpub import inputs
from kzpub.errors import KzpubError, Place, fail

_FAMILY, _STYLE = 1, 2  # name identifiers of the OpenType specification, table “name”


@dataclass(frozen=True, slots=True)
class Face:
    """One font file: its family, whether it is bold or italic, and the code points it has a glyph for."""

    path: Path
    family: str
    bold: bool
    italic: bool
    characters: frozenset[int]


@cache
def faces(folder: Path) -> tuple[Face, ...]:
    """All faces of a folder, sorted by file name. Raises ``KzpubError`` if there is none."""
    found = tuple(_face(path) for path in sorted(folder.glob("*.ttf")))
    if not found:
        raise fail(
            "fonts-missing",
            "no font file (*.ttf)",
            Place("templates/fonts"),
            "restore templates/fonts from the repository",
        )
    return found


def _face(path: Path) -> Face:
    face = _load(path)
    if not face.unicodes or not face.get_name(_FAMILY):
        raise _damaged(path)
    style = str(face.get_name(_STYLE))
    return Face(path, str(face.get_name(_FAMILY)), "Bold" in style, "Italic" in style, frozenset(face.unicodes))


def _damaged(path: Path) -> KzpubError:
    return fail("font-damaged", "not a whole TrueType font", Place(f"templates/fonts/{path.name}"), "restore the file")


def _load(path: Path) -> uharfbuzz.Face:
    return uharfbuzz.Face(uharfbuzz.Blob(inputs.read(path, path.parents[2])))


def characters(font: bytes) -> frozenset[int]:
    """The code points that a TrueType file has glyphs for. Raises ``ValueError`` if it is none."""
    found = frozenset(uharfbuzz.Face(uharfbuzz.Blob(font)).unicodes)
    if not found:
        raise ValueError("not a TrueType font")
    return found


def subset(face: Face, characters: Iterable[int], *, hinting: bool = True) -> bytes:
    """The face as a TrueType file with these code points only; hints serve Word, browsers do without."""
    wanted = uharfbuzz.SubsetInput()
    if not hinting:
        wanted.flags |= uharfbuzz.SubsetFlags.NO_HINTING
    wanted.unicode_set.update(set(characters) & face.characters)
    wanted.layout_feature_tag_set.invert()  # keep all features: kerning, tabular figures, locl
    try:
        return bytes(uharfbuzz.subset(_load(face.path), wanted).blob.data or b"")
    except RuntimeError:
        raise _damaged(face.path) from None


@cache
def woff2(face: Face, characters: frozenset[int]) -> bytes:
    """The face as a WOFF2 file with these code points only."""
    import io

    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(subset(face, characters, hinting=False)), recalcTimestamp=False)
    font.flavor = "woff2"
    buffer = io.BytesIO()
    font.save(buffer, reorderTables=False)
    return buffer.getvalue()
