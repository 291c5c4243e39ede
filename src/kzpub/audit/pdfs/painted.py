"""How a finished PDF looks on its pages and what it carries: each function says what is wrong with one part."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pypdfium2
from pdfminer.pdftypes import resolve1
from pypdfium2 import raw

from kzpub.audit.checking import Finished
from kzpub.audit.pdfs.portable import Glyph, Portable, listed
from kzpub.audit.pdfs.tagged import quoted

Colour = tuple[int, ...]
Raster = tuple[bytes, int, int, int, int]
"""A page in pixels: bytes, bytes in a row, bytes in a pixel, width and height."""

# -- Typefaces -------------------------------------------------------------------------------------------------------


def fonts_are_in_the_file(pdf: Portable, file: Finished) -> Iterator[str]:  # noqa: ARG001
    for font in pdf.objects:
        if _name(font.get("Type")) != "Font" or _name(font.get("Subtype")).startswith("CIDFont"):
            continue
        name = _name(font.get("BaseFont")) or "without a name"
        inner = resolve1(listed(font["DescendantFonts"])[0]) if "DescendantFonts" in font else font
        descriptor = resolve1(inner.get("FontDescriptor")) or {}
        if not any(str(key).startswith("FontFile") for key in descriptor) and _name(font.get("Subtype")) != "Type3":
            yield f"the typeface {name} is not embedded"
        if "ToUnicode" not in font:
            yield f"the typeface {name} does not say which characters its glyphs are"


def every_glyph_is_a_character(pdf: Portable, file: Finished) -> Iterator[str]:  # noqa: ARG001
    for number, page in enumerate(pdf.pages, 1):
        for n, glyph in enumerate(page.glyphs):
            if glyph.glyph == 0 or glyph.text.startswith("(cid:") or "\ufffd" in glyph.text:
                beside = "".join(each.text for each in page.glyphs[max(0, n - 12) : n])
                yield f"page {number}: a character is drawn as an empty box or has no meaning, after {quoted(beside)}"
                break


def _name(given: Any) -> str:
    found = resolve1(given)
    return str(getattr(found, "name", found or ""))


# -- Contrast --------------------------------------------------------------------------------------------------------


def text_stands_out(pdf: Portable, file: Finished) -> Iterator[str]:
    """WCAG 2.2, 1.4.3, by what is really behind each character: the pages are painted once more without their text."""
    with pypdfium2.PdfDocument(file.data) as painted:
        for number, page in enumerate(pdf.pages, 1):
            whole = _painted(painted[number - 1])
            ground = _ground(painted[number - 1])
            drawn = (glyph for glyph in page.glyphs if glyph.text.strip())
            if unseen := [glyph.text for glyph in drawn if not _is_seen(glyph, whole, ground)]:
                yield f"page {number}: {quoted(''.join(unseen))} is not to be seen"
            weak = [(ratio, glyph) for glyph in page.glyphs if (ratio := _ratio(glyph, ground)) < _needed(glyph)]
            if weak:
                words = quoted("".join(glyph.text for _, glyph in weak))
                least = min(ratio for ratio, _ in weak)
                yield f"page {number}: {words} has a contrast of {least:.1f} to 1"


def _needed(glyph: Glyph) -> float:
    large = glyph.size >= 18 or (glyph.size >= 14 and "bold" in glyph.font.lower())
    return 3 if large else 4.5


def _ratio(glyph: Glyph, ground: Raster) -> float:
    """The least contrast of a character at its left, in its middle and at its right; of a space, any."""
    if not glyph.text.strip():
        return 21
    x0, y0, x1, y1 = glyph.box
    places = ((x0 + (x1 - x0) * part, (y0 + y1) / 2) for part in (0.25, 0.5, 0.75))
    return min(contrast(_rgb(glyph.colour), _pixel(ground, x, y)) for x, y in places)


def _ground(page: Any) -> Raster:
    """A page without its text."""
    for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        raw.FPDFTextObj_SetTextRenderMode(each, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
    return _painted(page)


def _painted(page: Any) -> Raster:
    bitmap = page.render(scale=1, rev_byteorder=True)
    return bytes(bitmap.buffer), bitmap.stride, bitmap.n_channels, bitmap.width, bitmap.height


def _is_seen(glyph: Glyph, whole: Raster, ground: Raster) -> bool:
    """Whether any pixel of a character’s place is another one without the text; one off the page is not asked about."""
    data, stride, size, width, height = whole
    x0, y0, x1, y1 = glyph.box
    left, right = (min(max(int(x), 0), width) * size for x in (x0, x1 + 1))
    rows = range(max(int(height - y1), 0), min(int(height - y0) + 1, height))
    spans = ((row * stride + left, row * stride + right) for row in rows)
    return any(data[start:end] != ground[0][start:end] for start, end in spans)


def _pixel(ground: Raster, x: float, y: float) -> Colour:
    data, stride, size, width, height = ground
    column, row = min(max(int(x), 0), width - 1), min(max(int(height - y), 0), height - 1)
    start = row * stride + column * size
    return tuple(data[start : start + 3])


def _rgb(colour: tuple[float, ...]) -> Colour:
    """A colour of one, three or four parts in parts of 255."""
    if len(colour) == 4:
        *inks, black = colour
        colour = tuple((1 - ink) * (1 - black) for ink in inks)
    return tuple(round(255 * part) for part in (colour * 3 if len(colour) == 1 else colour))


@cache
def contrast(one: Colour, other: Colour) -> float:
    """The contrast of two colours, 1 to 21, as WCAG 2.2 reckons it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    parts = [part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


# -- The file as a whole ---------------------------------------------------------------------------------------------

_A4 = (595.28, 841.89)
_SAID = {"Title", "Subject", "Keywords", "Producer", "CreationDate", "ModDate", "Trapped"}
_ACTIVE = {"JavaScript", "JS", "EmbeddedFiles", "EmbeddedFile", "AF", "AA", "Launch", "XFA", "RichMedia", "SubmitForm"}


def pages_are_a4(pdf: Portable, file: Finished) -> Iterator[str]:  # noqa: ARG001
    for number, page in enumerate(pdf.pages, 1):
        if any(abs(side - wanted) > 1 for side, wanted in zip(page.size, _A4, strict=True)):
            yield f"page {number} is {page.size[0]:.0f} × {page.size[1]:.0f} points"
        if page.turned:
            yield f"page {number} is turned by {page.turned} degrees"


def nothing_acts(pdf: Portable, file: Finished) -> Iterator[str]:  # noqa: ARG001
    found = {str(key) for each in pdf.objects for key in each} | {_name(each.get("S")) for each in pdf.objects}
    if acting := sorted(found & _ACTIVE):
        yield f"the file carries {', '.join(acting)}"
    opening = resolve1(pdf.catalog.get("OpenAction"))
    if isinstance(opening, dict) and _name(opening.get("S")) != "GoTo":
        yield "the file does something when it is opened"
    others = {link.kind for page in pdf.pages for link in page.links} - {"Link", "Link URI", "Link GoTo"}
    if others:
        yield f"the file has annotations of the kind {', '.join(sorted(others))}"


def nobody_is_named(pdf: Portable, file: Finished) -> Iterator[str]:  # noqa: ARG001
    for key in sorted(pdf.information.keys() - _SAID):
        yield f"the file’s properties say “{key}”: {quoted(pdf.information[key])}"
