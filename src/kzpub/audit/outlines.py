"""What a finished file of any format holds, counted: what must be the same in its siblings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from lxml import etree, html

from kzpub import packages
from kzpub.audit.checking import Finished
from kzpub.audit.pdfs import structure
from kzpub.audit.pdfs.portable import Element, Portable, decoded
from kzpub.errors import KzpubError, Place, fail

Node: TypeAlias = Any  # lxml's stubs do not tell HTML elements from others


@dataclass(frozen=True, slots=True)
class Outline:
    """What is counted in a file, without its cover and its contents.

    Attributes:
        language: as the file itself says.
        title: as the file itself says.
        pages: how many, where that is fixed.
        headings: level from 1, and text.
        tables: rows, columns, and cells of the header row.
        figures: pictures and charts.
        notes: their number.
        links: how many lead to each address; those inside the file, and to each other, are “#”.
        items: how many items of lists stand on each level, from 1.
        paragraphs: how many there are as the format counts them, its cover too.
        draft: whether it has the notice of a draft.

    """

    language: str
    title: str
    pages: int | None
    headings: tuple[tuple[int, str], ...]
    tables: tuple[tuple[int, int, int], ...]
    figures: int
    notes: int
    links: tuple[tuple[str, int], ...]
    items: tuple[tuple[int, int], ...]
    paragraphs: int
    draft: bool


@lru_cache(maxsize=64)
def _outline(data: bytes, format: str, name: str) -> Outline:
    try:
        return _READERS[format](data, name)
    except KzpubError:
        raise
    except Exception as error:  # a damaged file can run a reader into anything
        cause = f"{name}: it cannot be read: {type(error).__name__}: {error}"
        raise fail("file-unreadable", cause, Place(name), "make it anew, or copy it again") from None


def outline(file: Finished) -> Outline:
    """What a finished file holds. Raises ``KzpubError`` for one that cannot be read."""
    return _outline(file.data, file.format, file.path.name)


def _counted(things: Iterator[Any]) -> tuple[tuple[Any, int], ...]:
    return tuple(sorted(Counter(things).items()))


def _tidy(text: str) -> str:
    return " ".join(text.replace("\u00ad", "").replace("\u2060", "").split())


# -- PDF -------------------------------------------------------------------------------------------------------------


def _pdf(data: bytes, name: str) -> Outline:
    pdf = structure.read(data, name)
    tree = pdf.document
    return Outline(
        language=tree.language,
        title=pdf.information.get("Title", ""),
        pages=len(pdf.pages),
        headings=tuple((int(each.role[1]) - 1, pdf.text(each)) for each in tree.every("H2", "H3", "H4", "H5", "H6")),
        tables=tuple(_pdf_table(each) for each in tree.every("Table")),
        figures=sum(1 for _ in tree.every("Figure")),
        notes=sum(1 for _ in tree.every("Note")),
        links=_counted(each.links[0].address or "#" for each in _text_links(pdf)),
        items=_counted(item for part in tree.every("Part") for item in _pdf_items(part, 0)),
        paragraphs=sum(1 for _ in tree.every("P")),
        draft=any(decoded(each.said.get("ID")) == "draft" for each in tree.every("P")),
    )


def _pdf_table(table: Element) -> tuple[int, int, int]:
    rows = [[cell.role for cell in row.children] for row in table.every("TR")]
    return len(rows), max(map(len, rows), default=0), rows[0].count("TH") if rows else 0


def _text_links(pdf: Portable) -> Iterator[Element]:
    contents = {id(link) for entry in pdf.document.every("TOC") for link in entry.every("Link")}
    return (each for each in pdf.document.every("Link") if id(each) not in contents and each.links)


def _pdf_items(element: Element, depth: int) -> Iterator[int]:
    """The level of each item in the text; the tiles of the cover, which are items too, are not in it."""
    for child in element.children:
        if child.role == "LI":
            yield depth
        yield from _pdf_items(child, depth + (child.role == "L"))


# -- HTML ------------------------------------------------------------------------------------------------------------

_BESIDE = "not(ancestor::nav) and not(@class='back') and not(@class='skip') and not(ancestor::*[@class='same-place'])"


def _html(data: bytes, name: str) -> Outline:
    text = data.decode("utf-8")
    if not text.rstrip().endswith("</html>"):
        raise fail("file-unreadable", f"{name}: the end of the page is missing", Place(name), "make it anew")
    root: Node = html.document_fromstring(text)
    article = root.find(".//main/article")
    article = root if article is None else article
    links = root.xpath(f"//a[@href and {_BESIDE} and not(ancestor::sup)]/@href")
    return Outline(
        language=root.get("lang", ""),
        title=_tidy(root.findtext(".//title") or ""),
        pages=None,
        headings=tuple((int(each.tag[1]) - 1, _tidy(each.text_content())) for each in article.xpath(_HEADINGS)),
        tables=tuple(_html_table(each) for each in article.iter("table")),
        figures=sum(
            each.find(".//img") is not None or each.find(".//svg") is not None for each in article.iter("figure")
        ),
        notes=len(root.xpath("//section[@class='notes']/ol/li")),
        links=_counted("#" if link.startswith("#") else str(link) for link in links),
        items=_counted(len(each.xpath("ancestor::ul | ancestor::ol")) for each in article.iter("li")),
        paragraphs=sum(1 for _ in root.iter("p")),
        draft=bool(root.xpath("//p[@class='draft']")),
    )


_HEADINGS = ".//*[self::h2 or self::h3 or self::h4 or self::h5 or self::h6]"


def _html_table(table: Node) -> tuple[int, int, int]:
    rows = [[cell.tag for cell in row.xpath("th | td")] for row in table.iter("tr")]
    return len(rows), max(map(len, rows), default=0), rows[0].count("th") if rows else 0


# -- Word ------------------------------------------------------------------------------------------------------------

_WORD = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "d": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "dc": "http://purl.org/dc/elements/1.1/",
    "p": "http://schemas.openxmlformats.org/package/2006/relationships",
}
_LIST = re.compile(r"List (?:Bullet|Number)(?: (\d))?")


def _docx(data: bytes, name: str) -> Outline:  # noqa: ARG001
    parts = {part: data for part, data in packages.unpacked(data)[1].items() if part.endswith((".xml", ".rels"))}
    body, styles = etree.fromstring(parts["word/document.xml"]), etree.fromstring(parts["word/styles.xml"])
    names = {_value(each, "."): _value(each, "w:name") for each in _found(styles, "w:style")}
    named = [(names.get(_value(each, "w:pPr/w:pStyle"), ""), each) for each in _found(body, "w:body//w:p")]
    text = _after_contents(body, names)
    inside = [(names.get(_value(each, "w:pPr/w:pStyle"), ""), each) for each in _within(text, "w:p")]
    levels = ((re.fullmatch(r"heading (\d)", style, re.IGNORECASE), each) for style, each in inside)
    core = etree.fromstring(parts["docProps/core.xml"])
    return Outline(
        language=_value(styles, "w:docDefaults//w:lang").partition("-")[0],
        title=_tidy("".join(each.text or "" for each in _found(core, "dc:title"))),
        pages=None,
        headings=tuple((int(match[1]), _text(each)) for match, each in levels if match),
        tables=tuple(_word_table(each) for each in text if each.tag.endswith("}tbl")),
        figures=len([each for each in _within(text, "wp:docPr") if not _found(each, ".//d:decorative[@val='1']")]),
        notes=len(_found(body, ".//w:footnoteReference")),
        links=_counted(_word_links(named, parts)),
        items=_counted(int(item[1] or 1) for style, _ in inside if (item := _LIST.fullmatch(style))),
        paragraphs=len(named),
        draft=any(style == "Draft Notice" for style, _ in named),
    )


def _after_contents(body: Node, names: dict[str, str]) -> list[Node]:
    """What follows the contents: before them is the cover, with pictures and tables of its own."""
    whole = _found(body, "w:body/*")
    lines = [n for n, each in enumerate(whole) if names.get(_value(each, "w:pPr/w:pStyle"), "").startswith("toc ")]
    return whole[max(lines, default=-1) + 1 :]


def _within(nodes: list[Node], name: str) -> list[Node]:
    return [each for node in nodes for each in _found(node, f"descendant-or-self::{name}")]


def _found(element: Node, path: str) -> list[Node]:
    return list(element.xpath(path, namespaces=_WORD))


def _value(element: Node, path: str) -> str:
    """The value of the first element at a path; of a style itself, its identifier."""
    for each in _found(element, path):
        return each.get(f"{{{_WORD['w']}}}{'styleId' if path == '.' else 'val'}") or ""
    return ""


def _text(element: Node) -> str:
    shown = (each.text if each.tag.endswith("}t") else "-" for each in _found(element, ".//w:t | .//w:noBreakHyphen"))
    return _tidy("".join(part or "" for part in shown))


def _word_table(table: Node) -> tuple[int, int, int]:
    rows = [len(_found(row, "w:tc")) for row in _found(table, "w:tr")]
    heads = len(_found(table, "w:tr[w:trPr/w:tblHeader]/w:tc"))
    return len(rows), max(rows, default=0), heads


def _word_links(named: list[tuple[str, Node]], parts: dict[str, bytes]) -> Iterator[str]:
    """Where the links of the text and of the notes lead; those of the contents are not counted."""
    texts = (each for style, each in named if not style.lower().startswith("toc"))
    yield from _targets([link for each in texts for link in _found(each, ".//w:hyperlink")], "document", parts)
    if "word/footnotes.xml" in parts:
        yield from _targets(_found(etree.fromstring(parts["word/footnotes.xml"]), ".//w:hyperlink"), "footnotes", parts)


def _targets(links: list[Node], part: str, parts: dict[str, bytes]) -> Iterator[str]:
    related = parts.get(f"word/_rels/{part}.xml.rels", b"<none/>")
    goals = {each.get("Id"): each.get("Target") for each in _found(etree.fromstring(related), "p:Relationship")}
    for link in links:
        yield str(goals.get(link.get(f"{{{_WORD['r']}}}id")) or "#")


_READERS: dict[str, Callable[[bytes, str], Outline]] = {"pdf": _pdf, "html": _html, "docx": _docx}
