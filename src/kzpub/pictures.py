"""A picture file: a PNG or JPEG that is whole, within a budget of pixels and bytes, and tells of nobody.

Its bytes are published as they are; so it has nothing behind its end, where another file could lie, and nothing beside
its pixels that names a person, a place or a camera.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kzpub import inputs
from kzpub.errors import KzpubError, Place, Problem, fail
from kzpub.model import Image

PIXELS, SIDE = 50_000_000, 20_000
"""What a picture may have: of a telephone's largest photograph, and more than a sheet of A3 can show."""

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_PNG_CHUNKS = b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB bKGD hIST pHYs sPLT cICP tIME".split()
_PNG_TELLING = b"tEXt zTXt iTXt eXIf".split()
_JPEG_PLAIN = (0xE0, 0xE2, 0xEE)  # JFIF, a colour profile, how colours are stored
_JPEG_TELLING = (*range(0xE1, 0xF0), 0xFE)
_EXIF = {0x010E: "a description", 0x013B: "an author", 0x8298: "an owner", 0x8825: "a place", 0xA430: "an owner"}
_EXIF |= {0x9C9B: "a title", 0x9C9C: "a comment", 0x9C9D: "an author", 0x927C: "a camera’s notes", 0x9286: "a comment"}
_CLEAN = "export it without such data: “exiftool -all= FILE” takes them out"


def read(path: Path, root: Path, name: str, place: Place) -> Image:
    """The picture that a text names at a place. Raises ``KzpubError`` if it is none, or may not be published."""
    data = inputs.read(path, root)
    if data.startswith(_PNG):
        parts, media_type = _png_parts, "image/png"
    elif data.startswith(_JPEG) and data[6:10] in (b"JFIF", b"Exif"):
        parts, media_type = _jpeg_parts, "image/jpeg"
    else:
        raise fail("image-format", f"“{name}” is neither PNG nor JPEG (JFIF or Exif)", place, "convert it")
    try:
        for problem in parts(data, name, place):
            raise KzpubError(problem)
        _require_whole(data, media_type, name, place)
    except (struct.error, IndexError):
        raise _damaged(name, "it ends too early", place) from None
    return Image(data, media_type)


def _damaged(name: str, why: str, place: Place) -> KzpubError:
    return fail("image-damaged", f"“{name}” cannot be read: {why}", place, "save the picture anew")


# -- Its parts --------------------------------------------------------------------------------------------------------


def _png_parts(data: bytes, name: str, place: Place) -> Iterator[Problem]:
    """What may not be published among the chunks of a PNG (ISO/IEC 15948, 5.3)."""
    start, kind = len(_PNG), b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", data, start)
        if kind in _PNG_TELLING:
            yield _telling(f"“{name}” has a text beside its pixels", place)
        elif kind not in _PNG_CHUNKS:
            cause = f"“{name}” has a part that is not known here: {kind.decode('ascii', 'replace')}"
            yield Problem("image-format", cause, place, "save it as a plain PNG")
        start += length + 12
    if start != len(data):
        raise _damaged(name, "something stands behind its end, or it ends too early", place)


def _jpeg_parts(data: bytes, name: str, place: Place) -> Iterator[Problem]:
    """What may not be published among the segments of a JPEG (ISO/IEC 10918-1, B.1)."""
    start = 2
    while data[start + 1] != 0xDA:
        mark, kind, length = struct.unpack_from(">BBH", data, start)
        if mark != 0xFF:
            raise _damaged(name, "its parts do not follow each other", place)
        exif = kind == 0xE1 and data[start + 4 : start + 8] == b"Exif"
        if kind in _JPEG_TELLING and kind not in _JPEG_PLAIN and not exif:
            yield _telling(f"“{name}” has a text beside its pixels", place)
        start += length + 2
    if not data.endswith(b"\xff\xd9") or data.count(b"\xff\xd9", start) != 1:
        raise _damaged(name, "something stands behind its end, or it ends too early", place)


def _telling(cause: str, place: Place) -> Problem:
    return Problem("image-private", cause, place, _CLEAN)


# -- Its pixels -------------------------------------------------------------------------------------------------------


def _require_whole(data: bytes, media_type: str, name: str, place: Place) -> None:
    """A browser shows half a picture without a word; a decoder takes what memory the header asks for."""
    from PIL import Image as Photo  # not before there is one

    try:
        format = media_type.removeprefix("image/").upper()
        with _strictly(), Photo.open(io.BytesIO(data), formats=[format]) as picture:
            _require_small(picture.size, name, place)
            _require_nameless(picture, name, place)
            picture.load()
    except Photo.DecompressionBombError:
        raise _too_large(name, "its pixels are too many", place) from None
    except (OSError, SyntaxError, ValueError) as error:
        known = "cannot identify" not in str(error)  # else it names an object of Python's
        raise _damaged(name, str(error) if known else "its header is damaged", place) from None


@contextmanager
def _strictly() -> Iterator[None]:
    """Pillow takes no half of a picture for a whole, as WeasyPrint asks of it; its size is judged here."""
    from PIL import Image as Photo
    from PIL import ImageFile

    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Photo.DecompressionBombWarning)
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _require_small(size: tuple[int, int], name: str, place: Place) -> None:
    width, height = size
    if width * height > PIXELS or max(size) > SIDE:
        raise _too_large(name, f"it has {width:,} × {height:,} pixels", place)


def _too_large(name: str, why: str, place: Place) -> KzpubError:
    hint = f"make it smaller: {PIXELS:,} pixels in all, and {SIDE:,} on a side, at most"
    return fail("image-size", f"“{name}” is too large: {why}", place, hint)


def _require_nameless(picture: Any, name: str, place: Place) -> None:
    told = picture.getexif()
    inner = told.get_ifd(0x8769) if told else {}
    for tag, what in _EXIF.items():
        if told.get(tag) or inner.get(tag):
            raise KzpubError(_telling(f"“{name}” tells {what}", place))
