"""The source tree to rows."""

from __future__ import annotations

from collections.abc import Iterator

from kzpub.edition import Edition
from kzpub.inlines import Inlines, Link, flatten, plain
from kzpub.model import Block, Chart, CodeBlock, Heading, List, Paragraph, Picture, Quote, Table
from tests.readback import Reading, Row, tidy


def read(edition: Edition) -> Reading:
    rows = [row for block in edition.document.blocks for row in block_rows(block, edition)]
    notes = [text_row("note", number, text) for number, text in edition.notes.values()]
    return Reading(edition.language.tag, tidy(edition.title), (*rows, *notes))


def text_row(role: str, level: int, inlines: Inlines, before: str = "") -> Row:
    links = tuple(inline.target for inline in flatten(inlines) if isinstance(inline, Link))
    return Row(role, level, tidy(before + plain(inlines)), links)


def block_rows(block: Block[Inlines], edition: Edition, depth: int = 0, role: str = "paragraph") -> Iterator[Row]:
    match block:
        case Heading(level, _, text):
            yield text_row("heading", level, text)
        case Paragraph(text):
            yield text_row(role, depth, text)
        case List():
            yield from list_rows(block, edition, depth + 1)
        case Table(number, caption, _, header, rows):
            yield Row("table", shape=(len(rows) + 1, len(header)))
            if caption is not None:
                yield text_row("caption", 0, caption, edition.label("table", number=number) + ". ")
            yield from (text_row("header", 0, cell) for cell in header)
            yield from (text_row("cell", 0, cell) for cells in rows for cell in cells)
        case Picture(number, _, alt, caption):
            yield Row("image", alt=tidy(plain(alt)))
            if caption is not None:
                yield text_row("caption", 0, caption, edition.label("figure", number=number) + ". ")
        case Chart(number=number, alt=alt, caption=caption, source=source):
            if caption is not None:
                yield text_row("caption", 0, caption, edition.label("figure", number=number) + ". ")
            yield Row("image", alt=tidy(plain(alt)))
            yield text_row("caption", 0, source)
        case Quote(blocks):
            for inner in blocks:
                yield from block_rows(inner, edition, depth, "quote")
        case CodeBlock(text=text):
            yield Row("code", text=tidy(text))


def list_rows(block: List[Inlines], edition: Edition, depth: int) -> Iterator[Row]:
    for position, item in enumerate(block.items):
        first, *rest = item
        assert isinstance(first, Paragraph)
        role, level = ("bullet", depth) if block.start is None else ("number", block.start + position)
        yield text_row(role, level, first.text)
        for inner in rest:
            yield from block_rows(inner, edition, depth)
