"""A finished Word file to rows, by its XML: styles, numbering, hyperlinks, notes."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from tests.readback import Reading, Row, tidy

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "dc": "http://purl.org/dc/elements/1.1/",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
}
Element = etree._Element
_ITEM = re.compile(r"List (Bullet|Number)(?: (\d))?")
_ROLES = {"Quote": "quote", "Code Block": "code", "caption": "caption", "Figure Caption": "caption"}


def find(element: Element, path: str) -> list[Element]:
    found = element.xpath(path, namespaces=NAMESPACES)
    assert isinstance(found, list)
    return [each for each in found if isinstance(each, Element)]


def value(element: Element, path: str, attribute: str = "w:val") -> str:
    """An attribute of the first element at a path, or nothing."""
    prefix, name = attribute.split(":")
    found = find(element, path)
    return (found[0].get(f"{{{NAMESPACES[prefix]}}}{name}") or "") if found else ""


@dataclass
class Package:
    """The parts of a Word file that a reading needs."""

    data: bytes
    numbers: Counter[tuple[str, str]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.archive = zipfile.ZipFile(io.BytesIO(self.data))
        self.document = self.part("word/document.xml")
        self.styles = {
            value(style, ".", "w:styleId"): value(style, "w:name")
            for style in find(self.part("word/styles.xml"), "w:style")
        }
        self.anchors = {
            value(start, ".", "w:name"): value(start, ".", "w:name").replace("_", "-")
            for start in find(self.document, "//w:bookmarkStart")
        }

    def part(self, name: str) -> Element:
        return etree.fromstring(self.archive.read(name))

    def targets(self, part: str) -> dict[str, str]:
        name = f"word/_rels/{part}.xml.rels"
        if name not in self.archive.namelist():
            return {}
        return {rel.get("Id", ""): rel.get("Target", "") for rel in find(self.part(name), "rel:Relationship")}

    def start(self, number: str, level: str) -> int:
        """Where a numbering instance begins on a level."""
        numbering = self.part("word/numbering.xml")
        override = f"w:num[@w:numId='{number}']/w:lvlOverride[@w:ilvl='{level}']/w:startOverride"
        return int(value(numbering, override) or "1")


def read(data: bytes) -> Reading:
    package = Package(data)
    rows = [row for element in find(package.document, "w:body/*") for row in _rows(element, package)]
    language = value(package.part("word/styles.xml"), "w:docDefaults//w:lang")
    title = find(package.part("docProps/core.xml"), "dc:title")[0].text or ""
    return Reading(language.split("-")[0], tidy(title), captions_first((*rows, *_notes(package))))


def _rows(element: Element, package: Package) -> Iterator[Row]:
    kind = etree.QName(element).localname
    if kind == "tbl" and value(element, "w:tblPr/w:tblStyle") == "PublicationTable":  # not the cover and its tiles
        yield from _table(element, package)
    elif kind == "p":
        yield from _paragraph(element, package)


def _paragraph(element: Element, package: Package) -> Iterator[Row]:
    style = package.styles[value(element, "w:pPr/w:pStyle")]
    heading, item = re.fullmatch(r"heading (\d)", style), _ITEM.fullmatch(style)
    if image := find(element, ".//wp:docPr"):
        yield Row("image", alt=tidy(image[0].get("descr", "")))
    elif heading:
        assert find(element, "w:bookmarkStart"), "a heading without a bookmark"
        yield _text_row("heading", int(heading[1]), element, package)
    elif item and item[1] == "Bullet":
        yield _text_row("bullet", int(item[2] or 1), element, package)
    elif item:
        yield _text_row("number", _next_number(element, package), element, package)
    elif continued := re.fullmatch(r"List Continue(?: (\d))?", style):
        yield _text_row("paragraph", int(continued[1] or 1), element, package)
    elif style in ("Normal", "Lead", "After Table"):
        yield _text_row("paragraph", 0, element, package)
    elif style in _ROLES:
        yield _text_row(_ROLES[style], 0, element, package)


def _next_number(element: Element, package: Package) -> int:
    number, level = value(element, "w:pPr/w:numPr/w:numId"), value(element, "w:pPr/w:numPr/w:ilvl")
    package.numbers[number, level] += 1
    return package.start(number, level) + package.numbers[number, level] - 1


def _table(element: Element, package: Package) -> Iterator[Row]:
    rows = find(element, "w:tr")
    yield Row("table", shape=(len(rows), len(find(rows[0], "w:tc"))))
    for row in rows:
        role = "header" if find(row, "w:trPr/w:tblHeader") else "cell"
        for cell in find(row, "w:tc"):
            yield _text_row(role, 0, cell, package)


def _notes(package: Package) -> Iterator[Row]:
    notes = {value(note, ".", "w:id"): note for note in find(package.part("word/footnotes.xml"), "w:footnote")}
    for position, call in enumerate(find(package.document, "//w:footnoteReference"), 1):
        yield _text_row("note", position, notes[value(call, ".", "w:id")], package, "footnotes")


def _text_row(role: str, level: int, element: Element, package: Package, part: str = "document") -> Row:
    targets = package.targets(part)
    links = tuple(
        f"#{package.anchors[anchor]}" if (anchor := value(link, ".", "w:anchor")) else targets[value(link, ".", "r:id")]
        for link in find(element, ".//w:hyperlink")
    )
    pieces = find(element, ".//w:t | .//w:br | .//w:noBreakHyphen")
    characters = "".join(_SHOWN.get(etree.QName(piece).localname) or piece.text or "" for piece in pieces)
    return Row(role, level, tidy(characters.replace("\u2060", "")), links)


_SHOWN = {"br": " ", "noBreakHyphen": "-"}


def captions_first(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Word writes a table's caption before it; in the other formats it stands inside."""
    ordered = list(rows)
    for position in range(len(ordered) - 1):
        if ordered[position].role == "caption" and ordered[position + 1].role == "table":
            ordered[position : position + 2] = [ordered[position + 1], ordered[position]]
    return tuple(ordered)
