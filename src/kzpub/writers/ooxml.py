"""The pieces of WordprocessingML that python-docx has no call for: fields, notes, hyperlinks, fonts, a fixed package.

Section numbers are those of ECMA-376, part 1.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from copy import deepcopy
from functools import cache
from typing import Any, cast
from uuid import NAMESPACE_URL, uuid5

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.opc.pkgwriter import PackageWriter
from docx.oxml.ns import nsmap, qn
from docx.oxml.parser import oxml_parser, parse_xml
from lxml import etree

from kzpub.fonts import Face, subset
from kzpub.hyphenation import SOFT_HYPHEN
from kzpub.typography import KEPT_WHOLE

Element = etree._Element

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OBFUSCATED_FONT = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_FONT_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
WORD_JOINER = "\u2060"
_BAR = "E37637"  # stands out by 3:1 from paper and from the cover
_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_CHART_NAMESPACE = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP archive can name

_EMBEDDED = frozenset(
    (*range(0x20, 0x250), *range(0x400, 0x530), *range(0x2010, 0x2060), *range(0x20A0, 0x20C0), 0x2116)
)
"""What an editor may type in Word: Latin, Cyrillic, punctuation, currency signs and №."""


_WORD_PREFIX = {"w": nsmap["w"]}


@cache
def _name(name: str) -> str:
    """A name of WordprocessingML with its namespace."""
    return qn(f"w:{name}")


def w(tag: str, *children: Element | None, **attributes: object) -> Element:
    """An element of WordprocessingML, its attributes in the same namespace; ``None`` children are left out."""
    given = {_name(name): str(value) for name, value in attributes.items()}
    element: Element = oxml_parser.makeelement(_name(tag), given, _WORD_PREFIX)
    element.extend(child for child in children if child is not None)
    return element


def text(characters: str) -> list[Element]:
    """Characters as the content of a run: ``w:t`` that keep their spaces; no line ends inside what is kept whole.

    A hyphen there is a ``w:noBreakHyphen`` (§17.3.3.18); after an en dash a word joiner forbids the break (UAX #14).
    """
    content: list[Element] = []
    end = 0
    for kept in KEPT_WHOLE.finditer(characters):
        first, *joined = kept[0].replace("–", f"–{WORD_JOINER}").split("-")
        content += verbatim(characters[end : kept.start()] + first)
        for part in joined:
            content += [w("noBreakHyphen"), *verbatim(part)]
        end = kept.end()
    return [*content, *verbatim(characters[end:])]


def verbatim(characters: str) -> list[Element]:
    """Characters as they are, such as code; none at all need no element, a soft hyphen has its own (§17.3.3.29)."""
    content: list[Element] = []
    for position, piece in enumerate(characters.split(SOFT_HYPHEN) if characters else ()):
        element = w("t")
        element.text = piece
        element.set(qn("xml:space"), "preserve")
        content += [w("softHyphen"), element] if position else [element]
    return content


def run(content: Element | list[Element], language: str, *styles: Element) -> Element:
    """A run in a language; ``styles`` are run properties in the order of §17.3.2.28."""
    pieces = content if isinstance(content, list) else [content]
    return w("r", w("rPr", *styles, w("lang", val=language)), *pieces)


def paragraph(style: str, *content: Element, properties: Iterable[Element] = ()) -> Element:
    """A paragraph of a style; ``properties`` follow the style in the order of §17.3.1.26."""
    return w("p", w("pPr", w("pStyle", val=style), *properties), *content)


_AFTER_BORDERS = (
    "shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi"
    " adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection"
    " textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
)


def put_bar(paragraph: Element) -> None:
    """A bar beside a paragraph, in the order of §17.3.1.26; nothing where one stands already."""
    properties: Any = paragraph[0]
    if properties.find(qn("w:pBdr")) is not None:
        return
    after = [f"w:{tag}" for tag in _AFTER_BORDERS.split()]
    bar = w("pBdr", w("left", val="dashed", sz=24, space=4, color=_BAR))
    properties.insert_element_before(bar, *after)
    if next(paragraph.iterancestors(qn("w:tc")), None) is not None:  # a cell has no margin that LibreOffice draws in
        properties.insert_element_before(w("ind", left=160), *after[after.index("w:ind") + 1 :])


def begin_page(paragraph: Element) -> None:
    """Let a paragraph begin a page, where the space above it would be lost."""
    properties: Any = paragraph[0]
    properties.insert(1, w("pageBreakBefore"))
    after = [f"w:{tag}" for tag in _AFTER_BORDERS.split()]
    properties.insert_element_before(w("spacing", before=0), *after[after.index("w:ind") :])


def field(instruction: str, result: Iterable[Element], language: str, style: Element | None = None) -> list[Element]:
    """A complex field (§17.16.18) with the result that is shown until Word updates it."""
    code = w("instrText")
    code.text = f" {instruction} "
    code.set(qn("xml:space"), "preserve")

    def part(content: Element) -> Element:
        return run(content, language, *([] if style is None else [deepcopy(style)]))

    marks = {kind: part(w("fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end")}
    return [marks["begin"], part(code), marks["separate"], *result, marks["end"]]


def hyperlink(part: Part, target: str, content: Iterable[Element]) -> Element:
    """A link to a web address, or to a bookmark where the target begins with ``#``."""
    if target.startswith("#"):
        return w("hyperlink", *content, anchor=bookmark_name(target[1:]), history=1)
    link = w("hyperlink", *content, history=1)
    link.set(qn("r:id"), part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    return link


def remove(element: Element) -> None:
    """Take an element out of its parent."""
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def bookmark_name(anchor: str) -> str:
    """A bookmark's name: Word allows letters, digits and underscores, 40 at most."""
    return anchor.replace("-", "_")


def restarted_list(numbering: Element, abstract: int, level: int, start: int) -> int:
    """A new numbering instance (§17.9.15) whose ``level`` begins at ``start``; returns its identifier."""
    number = 1 + max(int(each.get(qn("w:numId"), "0")) for each in numbering.iterchildren(qn("w:num")))
    levels = (w("lvlOverride", w("startOverride", val=start if each == level else 1), ilvl=each) for each in range(9))
    numbering.append(w("num", w("abstractNumId", val=abstract), *levels, numId=number))
    return number


# -- Parts -----------------------------------------------------------------------------------------------------------


def replace_part(document: Part, relation: str, name: str, kind: str) -> Part:
    """A new, empty part of a document in the place of the one that the template had."""
    for identifier, related in list(document.rels.items()):
        if related.reltype == relation:
            del document.rels[identifier]
    assert document.package is not None
    part = Part(PackURI(f"/word/{name}.xml"), f"{_WORD}.{kind}+xml", b"", document.package)
    document.relate_to(part, relation)
    return part


def fill_part(part: Part, root: Element) -> None:
    """Give a part its XML."""
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def footnotes_root() -> Element:
    """The root of a notes part with the two separators that Word asks for (§17.11.9, §17.11.23)."""

    def separator(kind: str, identifier: int) -> Element:
        spacing = w("pPr", w("spacing", after=0, line=240, lineRule="auto"))
        return w("footnote", w("p", spacing, w("r", w(kind))), type=kind, id=identifier)

    root: Element = parse_xml(f'<w:footnotes xmlns:w="{nsmap["w"]}" xmlns:r="{nsmap["r"]}"/>')
    root.extend((separator("separator", -1), separator("continuationSeparator", 0)))
    return root


def add_chart(document: Part, number: int, xml: bytes, workbook: bytes) -> str:
    """Put a chart (§21.2) and its workbook into the package; returns the relationship to refer to it by."""
    assert document.package is not None
    sheet = Part(PackURI(f"/word/embeddings/chart{number}.xlsx"), _WORKBOOK, workbook, document.package)
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART, b"", document.package)
    root: Element = parse_xml(xml)
    data = etree.SubElement(root, f"{{{_CHART_NAMESPACE}}}externalData")
    data.set(qn("r:id"), part.relate_to(sheet, RELATIONSHIP_TYPE.PACKAGE))
    etree.SubElement(data, f"{{{_CHART_NAMESPACE}}}autoUpdate").set("val", "0")
    fill_part(part, root)
    return document.relate_to(part, RELATIONSHIP_TYPE.CHART)


def chart_drawing(relation: str, identifier: int, size: tuple[int, int], name: str, alt: str) -> Element:
    """A chart in a line of text (§20.4.2.8)."""
    width, height = size
    inline: Element = parse_xml(
        f'<wp:inline xmlns:wp="{nsmap["wp"]}" xmlns:a="{nsmap["a"]}" xmlns:c="{_CHART_NAMESPACE}"'
        f' xmlns:r="{nsmap["r"]}" distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{identifier}" name=""/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData'
        f' uri="{_CHART_NAMESPACE}"><c:chart r:id="{relation}"/></a:graphicData></a:graphic></wp:inline>'
    )
    properties = inline.find(qn("wp:docPr"))
    assert properties is not None
    properties.set("name", name)
    properties.set("descr", alt)
    return w("drawing", inline)


def embed_fonts(document: Part, faces: Iterable[Face], characters: frozenset[int]) -> None:
    """Put the typefaces into the file (§17.8.1), so that it looks the same where they are not installed."""
    old = document.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    table: Element = parse_xml(old.blob)
    part = replace_part(document, RELATIONSHIP_TYPE.FONT_TABLE, "fontTable", "fontTable")
    fonts = {font.get(qn("w:name")): font for font in table.iterchildren(qn("w:font"))}
    for face in sorted(faces, key=lambda face: (face.italic, face.bold)):  # regular, bold, italic, bold italic
        if face.family in fonts:
            fonts[face.family].append(_embedded(part, face, characters))
    fill_part(part, table)


def _embedded(table: Part, face: Face, characters: frozenset[int]) -> Element:
    style = {(False, False): "Regular", (True, False): "Bold", (False, True): "Italic", (True, True): "BoldItalic"}
    key = uuid5(NAMESPACE_URL, face.path.name)
    assert table.package is not None
    name = PackURI(f"/word/fonts/{face.path.stem}.odttf")
    font = Part(name, _OBFUSCATED_FONT, _obfuscated(subset(face, _EMBEDDED | characters), key.bytes), table.package)
    element = w(f"embed{style[face.bold, face.italic]}", fontKey=f"{{{str(key).upper()}}}")
    element.set(qn("r:id"), table.relate_to(font, _FONT_RELATION))
    return element


def _obfuscated(font: bytes, key: bytes) -> bytes:
    """§17.8.1: the first 32 bytes are combined with the key, last byte first."""
    mask = key[::-1] * 2
    return bytes(a ^ b for a, b in zip(font[:32], mask, strict=True)) + font[32:]


# -- Packages --------------------------------------------------------------------------------------------------------


class _Members(dict[str, bytes]):
    """The parts of a package by name, for python-docx to write to: compressing them is left to us."""

    def write(self, uri: PackURI, blob: bytes) -> None:
        self[uri.membername] = blob


def saved(word: Document) -> bytes:
    """An open Word file as a package."""
    package, members, writer = word.part.package, _Members(), cast("Any", PackageWriter)
    assert package is not None
    for part in package.parts:
        part.before_marshal()
    writer._write_content_types_stream(members, package.parts)
    writer._write_pkg_rels(members, package.rels)
    writer._write_parts(members, package.parts)
    return _zipped(members)


def normalised(package: bytes, without: bytes = b"") -> bytes:
    """A package of other programs as we write them; ``without`` is a piece of XML that no part keeps."""
    with zipfile.ZipFile(io.BytesIO(package)) as old:
        return _zipped({name: old.read(name).replace(without, b"") for name in old.namelist()})


def _zipped(members: Mapping[str, bytes]) -> bytes:
    """Parts in a fixed order and without times, so that equal content is equal bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name in sorted(
            members, key=lambda name: (name != "[Content_Types].xml", not name.startswith("_rels"), name)
        ):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, members[name], compresslevel=6)
    return buffer.getvalue()
