"""A finished HTML file to rows, by its DOM."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import html

from tests.readback import Reading, Row, tidy

Element = Any  # lxml’s stubs do not tell HTML elements from others
_BLOCKS = {"ul", "ol", "p", "table", "figure", "blockquote", "pre"}


def read(data: bytes) -> Reading:
    root: Element = html.document_fromstring(data.decode("utf-8"))
    article = root.find(".//main/article")
    notes = root.xpath("//section[@class='notes']/ol/li")
    rows = [*_rows(article, 0, "paragraph"), *(_text_row("note", n, note) for n, note in enumerate(notes, 1))]
    title = root.find(".//title")
    return Reading(root.get("lang", ""), tidy(title.text or ""), tuple(rows))


def _rows(parent: Element, depth: int, role: str) -> Iterator[Row]:
    for element in parent:
        match element.tag:
            case "section":
                yield from _rows(element, depth, role)
            case "h2" | "h3" | "h4" | "h5":
                yield _text_row("heading", int(element.tag[1]) - 1, element)
            case "div" if "heading" in element.get("class", ""):
                yield from _rows(element, depth, role)
            case "span" if element.get("class") == "same-place":
                pass
            case "p":
                yield _text_row(role, depth, element)
            case "ul" | "ol":
                yield from _items(element, depth + 1)
            case "table":
                yield from _table(element)
            case "div" if element.get("class") == "table":
                yield from _table(element[0])
            case "figure":
                yield from _figure(element)
            case "blockquote":
                yield from _rows(element, depth, "quote")
            case "pre":
                yield Row("code", text=tidy(element.text_content()))
            case tag:
                raise AssertionError(f"an element that no reader knows: {tag}")


def _items(element: Element, depth: int) -> Iterator[Row]:
    first = int(element.get("start", "1"))
    for position, item in enumerate(element):
        level = depth if element.tag == "ul" else first + position
        inner = [child for child in item if child.tag in _BLOCKS]
        yield _text_row("bullet" if element.tag == "ul" else "number", level, item)
        for child in inner:
            holder: Element = html.Element("div")
            holder.append(child)
            yield from _rows(holder, depth, "paragraph")


def _table(element: Element) -> Iterator[Row]:
    rows = element.findall(".//tr")
    yield Row("table", shape=(len(rows), len(rows[0])))
    caption = element.find("caption")
    if caption is not None:
        yield _text_row("caption", 0, caption)
    yield from (_text_row("header", 0, cell) for cell in element.iterfind(".//thead//th"))
    yield from (_text_row("cell", 0, cell) for cell in element.iterfind(".//tbody//td"))


def _figure(element: Element) -> Iterator[Row]:
    """A picture with its caption below; a chart, drawn for two widths, between its caption and its source."""
    alts: list[str] = []
    for part in element:
        if part.tag in ("figcaption", "p"):
            yield _text_row("caption", 0, part)
            continue
        if part.tag == "img":
            assert part.get("src", "").startswith("data:image/")
        alt = tidy(part.get("alt") or part.get("aria-label", ""))
        yield from [Row("image", alt=alt)] * (alt not in alts)
        alts.append(alt)


def _text_row(role: str, level: int, element: Element) -> Row:
    """The element's own words: without blocks inside it, calls of notes, and links to other languages."""
    copy: Element = html.fromstring(html.tostring(element, encoding="unicode"))
    for extra in copy.xpath(".//sup | .//a[@class='back']"):
        extra.drop_tree()
    for block in [child for child in copy if child.tag in _BLOCKS]:
        block.drop_tree()
    for line_break in copy.iter("br"):
        line_break.tail = " " + (line_break.tail or "")
    links = tuple(link.get("href", "") for link in copy.iter("a"))
    return Row(role, level, tidy(copy.text_content()), links)
