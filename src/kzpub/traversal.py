"""The one traversal of the document tree that every stage uses; ``map_texts(x, identity) == x``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar, assert_never

from kzpub.model import (
    Block,
    Chart,
    CodeBlock,
    Document,
    Figure,
    Heading,
    List,
    Note,
    Paragraph,
    Picture,
    Quote,
    Series,
    Table,
)

A = TypeVar("A")
B = TypeVar("B")


def map_block(block: Block[A], change: Callable[[A], B]) -> Block[B]:
    """The same block with every text leaf changed, in reading order."""

    def optional(leaf: A | None) -> B | None:
        return None if leaf is None else change(leaf)

    def several(leaves: tuple[A, ...]) -> tuple[B, ...]:
        return tuple(map(change, leaves))

    match block:
        case Heading(level, anchor, text):
            return Heading(level, anchor, change(text))
        case Paragraph(text):
            return Paragraph(change(text))
        case List(items, start):
            return List(tuple(map_blocks(item, change) for item in items), start)
        case Table(number, caption, alignments, header, rows, widths):
            return Table(number, optional(caption), alignments, several(header), tuple(map(several, rows)), widths)
        case Picture(number, image, alt, caption):
            return Picture(number, image, change(alt), optional(caption))
        case Chart():
            return _map_chart(block, change)
        case Quote(blocks):
            return Quote(map_blocks(blocks, change))
        case CodeBlock():
            return block
        case _:
            assert_never(block)


def _map_chart(chart: Chart[A], change: Callable[[A], B]) -> Chart[B]:
    return Chart(
        number=chart.number,
        name=chart.name,
        kind=chart.kind,
        alt=change(chart.alt),
        caption=None if chart.caption is None else change(chart.caption),
        categories=tuple(map(change, chart.categories)),
        series=tuple(Series(change(series.name), series.figures) for series in chart.series),
        category_axis=None if chart.category_axis is None else change(chart.category_axis),
        value_axis=change(chart.value_axis),
        source=change(chart.source),
        place=chart.place,
    )


def _map_figure(figure: Figure[A], change: Callable[[A], B]) -> Figure[B]:
    return Figure(
        id=figure.id,
        kind=figure.kind,
        values=figure.values,
        label=change(figure.label),
        source=figure.source,
        place=figure.place,
        as_of=figure.as_of,
        qualifier=figure.qualifier,
        currency=figure.currency,
        alone=None if figure.alone is None else change(figure.alone),
        note=None if figure.note is None else change(figure.note),
        independent=None if figure.independent is None else change(figure.independent),
        derived=figure.derived,
    )


def map_blocks(blocks: tuple[Block[A], ...], change: Callable[[A], B]) -> tuple[Block[B], ...]:
    """The same blocks with every text leaf changed."""
    return tuple(map_block(block, change) for block in blocks)


def map_texts(document: Document[A], change: Callable[[A], B]) -> Document[B]:
    """The same document with every text leaf changed; ``map_texts(x, identity) == x``."""
    return Document(
        id=document.id,
        languages=document.languages,
        date=document.date,
        period=document.period,
        title=change(document.title),
        subtitle=change(document.subtitle),
        description=change(document.description),
        source_note=change(document.source_note),
        keywords=tuple(map(change, document.keywords)),
        blocks=map_blocks(document.blocks, change),
        notes=tuple(Note(note.label, change(note.text), note.place) for note in document.notes),
        figures=tuple(_map_figure(figure, change) for figure in document.figures),
        key_figures=document.key_figures,
        waivers=document.waivers,
        terms=document.terms,
        warnings=document.warnings,
        images=document.images,
        policy=document.policy,
    )


def texts(document: Document[A]) -> Iterator[A]:
    """Every text leaf of a document, in reading order."""
    found: list[A] = []
    map_texts(document, found.append)
    return iter(found)


def block_texts(blocks: tuple[Block[A], ...]) -> Iterator[A]:
    """Every text leaf of some blocks, in reading order."""
    found: list[A] = []
    map_blocks(blocks, found.append)
    return iter(found)


def figure_texts(figure: Figure[A]) -> Iterator[A]:
    """Every text leaf of a figure."""
    found: list[A] = []
    _map_figure(figure, found.append)
    return iter(found)


def walk(blocks: tuple[Block[A], ...]) -> Iterator[Block[A]]:
    """Every block in reading order, those inside lists and quotes too."""
    for block in blocks:
        yield block
        match block:
            case List(items):
                for item in items:
                    yield from walk(item)
            case Quote(inner):
                yield from walk(inner)


def headings(document: Document[A]) -> tuple[Heading[A], ...]:
    """All headings, in reading order."""
    return tuple(block for block in walk(document.blocks) if isinstance(block, Heading))
