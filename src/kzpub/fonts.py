"""The typefaces in ``templates/fonts``: what they are called, which characters they have, and their subsets.

Only these files are visible to the PDF renderer and embedded in the other formats, so that every letter of every
language comes from the same typeface on every machine.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import uharfbuzz

from kzpub import inputs
from kzpub.errors import KzpubError, Place, fail
from kzpub.pieces import digest, piece

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


def subset(face: Face, characters: Iterable[int]) -> bytes:
    """The face as a TrueType file with these code points only, with hints and all features: Word has use for them."""
    wanted = _input(face, characters)
    wanted.layout_feature_tag_set.clear()
    wanted.layout_feature_tag_set.invert()
    return _subset(face, wanted)


def _input(face: Face, characters: Iterable[int]) -> uharfbuzz.SubsetInput:
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(set(characters) & face.characters)
    return wanted


def _subset(face: Face, wanted: uharfbuzz.SubsetInput) -> bytes:
    try:
        return bytes(uharfbuzz.subset(_load(face.path), wanted).blob.data or b"")
    except RuntimeError:
        raise _damaged(face.path) from None


# -- For browsers ----------------------------------------------------------------------------------------------------

_FRACTION_SLASH = 0x2044
_FRACTIONS = ("frac", "numr", "dnom")  # set beside a fraction slash, or where a style asks for them
_ASKED_BY = {
    "lining-nums": ("lnum",), "oldstyle-nums": ("onum",), "proportional-nums": ("pnum",), "tabular-nums": ("tnum",),
    "diagonal-fractions": _FRACTIONS, "stacked-fractions": ("afrc",), "slashed-zero": ("zero",), "ordinal": ("ordn",),
    "small-caps": ("smcp",), "all-small-caps": ("smcp", "c2sc"), "petite-caps": ("pcap",), "unicase": ("unic",),
    "all-petite-caps": ("pcap", "c2pc"), "titling-caps": ("titl",), "font-variant-position": ("subs", "sups"),
    "discretionary-ligatures": ("dlig",), "historical-ligatures": ("hlig",), "historical-forms": ("hist",),
}  # fmt: skip
"""The features that words of a style sheet switch on (CSS Fonts, level 4, sections 6 and 7)."""


def features(style: str) -> frozenset[str]:
    """The OpenType features that a style sheet may ask for, by a word or by a tag in quotation marks."""
    by_word = (tag for word in re.findall(r"[a-z-]+", style) for tag in _ASKED_BY.get(word, ()))
    settings = " ".join(re.findall("font-feature-settings:([^;}]*)", style))
    return frozenset((*by_word, *re.findall(r"[\"']([!-~]{4})[\"']", settings)))


def woff2(face: Face, characters: frozenset[int], features: frozenset[str]) -> bytes:
    """The face as a WOFF2 file with these code points, the features that are always on, and these; without hints."""
    parts = digest(face.path), sorted(characters), sorted(features)
    return piece(lambda: _woff2(face, characters, features), "woff2", *parts)


def _woff2(face: Face, characters: frozenset[int], features: frozenset[str]) -> bytes:
    wanted = _input(face, characters)
    wanted.flags |= uharfbuzz.SubsetFlags.NO_HINTING
    kept = wanted.layout_feature_tag_set  # HarfBuzz has put in what is on where nothing is asked for
    for tag in () if _FRACTION_SLASH in characters else _FRACTIONS:
        kept.discard(_number(tag))
    kept.update(map(_number, features))
    return _packed(_subset(face, wanted))


def _number(tag: str) -> int:
    return int.from_bytes(tag.encode(), "big")


_KNOWN = (
    *(b"cmap", b"head", b"hhea", b"hmtx", b"maxp", b"name", b"OS/2", b"post", b"cvt ", b"fpgm", b"glyf", b"loca"),
    *(b"prep", b"CFF ", b"VORG", b"EBDT", b"EBLC", b"gasp", b"hdmx", b"kern", b"LTSH", b"PCLT", b"VDMX", b"vhea"),
    *(b"vmtx", b"BASE", b"GDEF", b"GPOS", b"GSUB"),
)
"""The tables that WOFF2 knows by number (W3C Recommendation, section 4.1); any other has its tag."""

_QUALITY = 7  # of eleven: the best is thirty times as slow and 4 % smaller


def _packed(font: bytes) -> bytes:
    """A TrueType file as WOFF2, its outlines as they are: to transform them would take twenty times as long."""
    import brotli  # not before there is a page

    (count,) = struct.unpack_from(">H", font, 4)
    found = {tag: font[at : at + size] for tag, _, at, size in struct.iter_unpack(">4sLLL", font[12 : 12 + 16 * count])}
    tables = sorted(found.items(), key=lambda table: table[0].replace(b"loca", b"glyf."))  # loca follows glyf
    index = b"".join(_entry(tag, len(data)) for tag, data in tables)
    packed: bytes = brotli.compress(b"".join(data for _, data in tables), brotli.MODE_FONT, _QUALITY)
    unpacked = 12 + sum(16 + len(data) + -len(data) % 4 for _, data in tables)
    length = 48 + len(index) + len(packed)
    padding = bytes(-length % 4)
    sizes = (length + len(padding), count, 0, unpacked, len(packed), 1, 0)
    return struct.pack(">4s4sLHHLLHH20x", b"wOF2", font[:4], *sizes) + index + packed + padding


def _entry(tag: bytes, size: int) -> bytes:
    """A table in the index: its number or tag, that it is not transformed, and its size in groups of seven bits."""
    untransformed = 0xC0 if tag in (b"glyf", b"loca") else 0
    name = bytes([_KNOWN.index(tag) | untransformed]) if tag in _KNOWN else b"\x3f" + tag
    groups = [size & 0x7F]
    while size := size >> 7:
        groups.append(size & 0x7F | 0x80)
    return name + bytes(reversed(groups))
