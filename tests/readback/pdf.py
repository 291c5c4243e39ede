"""A finished PDF to rows, by its structure tree; a row's text keeps its line ends as ``\\n``.

Where a line ends with a hyphen one cannot know whether it belongs to the word: texts are compared by ``prints``.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pdfplumber
from pdfminer.pdftypes import resolve1
from pdfminer.utils import decode_text

from tests.readback import Reading, Row, tidy


@dataclass(slots=True)
class Pages:
    """The characters and links of a file by page and marked content."""

    characters: dict[tuple[int, int], list[dict[str, Any]]]
    links: dict[int, list[tuple[tuple[float, float, float, float], str]]]


def read(data: bytes) -> Reading:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        pages = _pages(pdf)
        document = structure(pdf)
        language = pdf.doc.catalog["Lang"].decode()
        title = pdf.metadata["Title"]
        rows = list(_rows(document, pages, 0, "paragraph"))
    body = _after_cover(rows)
    notes = [row for row in rows if row.role == "note"]
    return Reading(language, tidy(title), (*(row for row in body if row.role != "note"), *notes))


def _pages(pdf: Any) -> Pages:
    characters: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    links: dict[int, list[tuple[tuple[float, float, float, float], str]]] = defaultdict(list)
    for page in pdf.pages:
        for character in page.chars:
            if character["mcid"] is not None:
                characters[page.page_number, character["mcid"]].append(character)
        for link in page.annots:
            links[page.page_number].append(((link["x0"], link["top"], link["x1"], link["bottom"]), _target(link)))
    return Pages(characters, links)


def _target(link: dict[str, Any]) -> str:
    if link["uri"]:
        return str(link["uri"])
    destination = link["data"].get("Dest") or link["data"]["A"]["D"]
    return "#" + (destination.decode() if isinstance(destination, bytes) else str(destination))


# -- The structure tree ----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Element:
    """An element of the tree; ``kids`` are elements, and places of marked content: page from 1, number."""

    type: str
    alt_text: str
    kids: list[Element | tuple[int, int]]

    @property
    def children(self) -> list[Element]:
        return [kid for kid in self.kids if isinstance(kid, Element)]


def structure(pdf: Any) -> Element:
    """The tree of a file, its document element."""
    pages = {page.page_obj.pageid: page.page_number for page in pdf.pages}
    (document,) = _list(resolve1(resolve1(pdf.doc.catalog["StructTreeRoot"])["K"]))
    return _element(resolve1(document), pages)


def _element(found: dict[str, Any], pages: dict[int, int]) -> Element:
    kids: list[Element | tuple[int, int]] = []
    for given in _list(resolve1(found.get("K", []))):
        kid = resolve1(given)
        if isinstance(kid, int):
            kids.append((pages[found["Pg"].objid], kid))
        elif "MCID" in kid:
            kids.append((pages[kid["Pg"].objid], kid["MCID"]))
        elif "Obj" not in kid:
            kids.append(_element(kid, pages))
    return Element(found["S"].name, decode_text(found["Alt"]) if "Alt" in found else "", kids)


def _list(given: Any) -> list[Any]:
    return given if isinstance(given, list) else [given]


def _rows(element: Element, pages: Pages, depth: int, role: str) -> Iterator[Row]:
    for child in element.children:
        match child.type:
            case "H2" | "H3" | "H4" | "H5":
                yield _row("heading", int(child.type[1]) - 1, child, pages)
            case "H1":
                yield _row("title", 0, child, pages)
            case "P":
                code = [each.type for each in child.children] == ["Code"] and len(child.kids) == 1
                yield _row("code" if code else role, 0 if code else depth, child, pages)
                yield from (_note(note, pages) for note in child.children if note.type == "Note")
            case "L":
                yield from _rows(child, pages, depth + 1, role)
            case "LI":
                yield from _item(child, pages, depth)
            case "Table":
                yield from _table(child, pages)
            case "Figure":
                yield Row("image", alt=tidy(child.alt_text))
            case "Caption":
                own = [each for each in child.kids if not isinstance(each, Element) or each.type != "P"]
                yield from [_row("caption", 0, child, pages, own)] * bool(own)
                yield from (_row("caption", 0, each, pages) for each in child.children if each.type == "P")
            case "BlockQuote":
                yield from _rows(child, pages, depth, "quote")
            case "Div" if any(each.type == "Figure" for each in child.children):
                yield from _rows(child, pages, depth, "caption")  # its source too
            case _:
                yield from _rows(child, pages, depth, role)


def _note(element: Element, pages: Pages) -> Row:
    row = _row("note", 0, element, pages)
    number, _, text = row.text.partition(".")
    return replace(row, level=int(number), text=text.strip())


def _item(element: Element, pages: Pages, depth: int) -> Iterator[Row]:
    """An item's own words stand in its ``LBody``; paragraphs and lists may stand there too."""
    label = "".join(_row("", 0, child, pages).text for child in element.children if child.type == "Lbl")
    number = re.match(r"\d+", label)
    role = "number" if number else "bullet" if label else "continued"
    for body in (child for child in element.children if child.type == "LBody"):
        own = [kid for kid in body.kids if not isinstance(kid, Element) or not _is_block(kid)]
        yield _row(role, int(number[0]) if number else depth, body, pages, own)
        yield from (_note(note, pages) for note in body.children if note.type == "Note")
        yield from (row for child in body.children if _is_block(child) for row in _inner(child, pages, depth))


def _is_block(element: Element) -> bool:
    return element.type in ("P", "L") or any(_all(element, "Figure"))


def _inner(element: Element, pages: Pages, depth: int) -> Iterator[Row]:
    if element.type == "P":
        yield _row("paragraph", depth, element, pages)
    elif element.type == "L":
        yield from _rows(element, pages, depth + 1, "paragraph")
    else:  # a figure and what is beside it
        yield from _rows(element, pages, 0, "caption")


def _table(element: Element, pages: Pages) -> Iterator[Row]:
    rows = list(_all(element, "TR"))
    yield Row("table", shape=(len(rows), len(rows[0].children) if rows else 0))
    yield from (_row("caption", 0, caption, pages) for caption in _all(element, "Caption"))
    yield from (_row("header", 0, cell, pages) for cell in _all(element, "TH"))
    yield from (_row("cell", 0, cell, pages) for cell in _all(element, "TD"))


def _all(element: Element, kind: str) -> Iterator[Element]:
    for child in element.children:
        if child.type == kind:
            yield child
        yield from _all(child, kind)


def _row(
    role: str, level: int, element: Element, pages: Pages, kids: list[Element | tuple[int, int]] | None = None
) -> Row:
    characters: list[dict[str, Any]] = []
    for page, number in _contents(element.kids if kids is None else kids):
        characters += [{**character, "page": page} for character in pages.characters[page, number]]
    if role not in ("", "note"):  # the raised numbers that call notes
        characters = [each for each in characters if each["size"] > 0.75 * max(c["size"] for c in characters)]
    return Row(role, level, _text(characters), _links(characters, pages))


def _contents(kids: list[Element | tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Marked content in reading order, without that of notes."""
    for kid in kids:
        if not isinstance(kid, Element):
            yield kid
        elif kid.type != "Note":
            yield from _contents(kid.kids)


def _text(characters: list[dict[str, Any]]) -> str:
    lines: list[str] = []
    last: dict[str, Any] | None = None
    for character in characters:
        same_line = last and last["page"] == character["page"] and abs(last["bottom"] - character["bottom"]) < 4
        if not same_line:
            lines.append("")
        elif last and character["x0"] - last["x1"] > 0.15 * character["size"]:
            lines[-1] += " "
        lines[-1] += character["text"]
        last = character
    return "\n".join(map(tidy, lines))


def _links(characters: list[dict[str, Any]], pages: Pages) -> tuple[str, ...]:
    found: list[str] = []
    for character in characters:
        x, y = (character["x0"] + character["x1"]) / 2, (character["top"] + character["bottom"]) / 2
        for (x0, top, x1, bottom), target in pages.links[character["page"]]:
            if x0 <= x <= x1 and top <= y <= bottom and (not found or found[-1] != target):
                found.append(target)
    return tuple(found)


def _after_cover(rows: list[Row]) -> list[Row]:
    """What follows the contents: the rows from the first heading on."""
    first = next(position for position, row in enumerate(rows) if row.role == "heading")
    return rows[first:]


# -- Comparing -------------------------------------------------------------------------------------------------------


def prints(printed: str, text: str) -> bool:
    """Whether printed lines are this text: a hyphen at a line's end may or may not belong to the word."""
    pattern = ""
    lines = printed.split("\n")
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        if following is None:
            pattern += re.escape(line)
        elif line.endswith("-"):
            pattern += re.escape(line[:-1]) + "-?"
        else:
            pattern += re.escape(line) + " ?"
    return re.fullmatch(pattern, text) is not None


def read_against(data: bytes, wanted: Reading) -> Reading:
    """Read a file that should print what is wanted."""
    reading = read(data)
    return replace(reading, rows=joined(reading.rows, wanted.rows))


def joined(rows: tuple[Row, ...], expected: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows with those that cross a page put together, and each text that prints the expected one replaced by it."""
    result: list[Row] = []
    waiting = list(rows)
    for wanted in expected:
        if not waiting:
            break
        row = waiting.pop(0)
        while waiting and not prints(row.text, wanted.text) and _continues(waiting[0], row, wanted):
            more = waiting.pop(0)
            row = replace(row, text=f"{row.text}\n{more.text}", links=_union(row.links, more.links))
        result.append(replace(row, text=wanted.text if prints(row.text, wanted.text) else row.text))
    return (*result, *waiting)


def _continues(row: Row, before: Row, wanted: Row) -> bool:
    return row.role in ("continued", before.role) and len(before.text) < len(wanted.text)


def _union(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return first + (second[1:] if first[-1:] == second[:1] else second)
