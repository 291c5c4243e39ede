"""The document tree: blocks that are generic in their text leaf, and the one traversal that every stage uses.

A leaf is a ``Message`` (raw inline Markdown and its place) as read from the source, ``Inlines`` once it is localised.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Generic, Literal, TypeAlias, TypeVar, assert_never

from kzpub.errors import Place

A = TypeVar("A")
B = TypeVar("B")

DEEPEST_LIST = 5
"""Levels of nested lists: Word has built-in styles for five of each kind."""

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
"""A value to be filled in: in texts, in words of the templates, in the Word template."""


@dataclass(frozen=True, slots=True)
class Message:
    """A translatable text: raw inline Markdown.

    Attributes:
        text: the Markdown, soft line breaks turned into spaces (gettext's msgid).
        context: the section it stands in, as a path of anchors (gettext's msgctxt).
        place: where it is written.
        comment: what a translator needs to know (gettext's extracted comment).

    """

    text: str
    context: str
    place: Place
    comment: str = ""


# -- Inlines ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """Plain characters."""

    text: str


@dataclass(frozen=True, slots=True)
class Value:
    """A filled placeholder: its name and the value as printed."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    content: Inlines


@dataclass(frozen=True, slots=True)
class Strong:
    content: Inlines


@dataclass(frozen=True, slots=True)
class Code:
    """Inline code, kept letter by letter."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link to ``#anchor`` in this document, or to a web or mail address."""

    target: str
    content: Inlines


@dataclass(frozen=True, slots=True)
class NoteRef:
    """The call of a note: its label in the source."""

    label: str


@dataclass(frozen=True, slots=True)
class Break:
    """A hard line break."""


Inline: TypeAlias = Text | Value | Emphasis | Strong | Code | Link | NoteRef | Break
Inlines: TypeAlias = tuple[Inline, ...]

# -- Blocks ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Heading(Generic[A]):
    """A heading of level 1 (chapter) to 4; its anchor is the same in all languages."""

    level: int
    anchor: str
    text: A


@dataclass(frozen=True, slots=True)
class Paragraph(Generic[A]):
    text: A


@dataclass(frozen=True, slots=True)
class List(Generic[A]):
    """A bullet list, or a numbered one that begins at ``start``; an item is a sequence of blocks."""

    items: tuple[tuple[Block[A], ...], ...]
    start: int | None = None


Alignment: TypeAlias = Literal["left", "center", "right"] | None


@dataclass(frozen=True, slots=True)
class Table(Generic[A]):
    """A table with one header row; ``alignments`` has an entry for each column, ``number`` is 0 without a caption."""

    number: int
    caption: A | None
    alignments: tuple[Alignment, ...]
    header: tuple[A, ...]
    rows: tuple[tuple[A, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure(Generic[A]):
    """An image that stands alone, with alternative text; ``number`` is 0 without a caption."""

    number: int
    image: str
    alt: A
    caption: A | None


@dataclass(frozen=True, slots=True)
class Quote(Generic[A]):
    blocks: tuple[Block[A], ...]


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Code set off from the text, never translated."""

    text: str
    place: Place


Block: TypeAlias = Heading[A] | Paragraph[A] | List[A] | Table[A] | Figure[A] | Quote[A] | CodeBlock


@dataclass(frozen=True, slots=True)
class Note(Generic[A]):
    """A footnote, called once in the text by its label."""

    label: str
    text: A
    place: Place


@dataclass(frozen=True, slots=True)
class Image:
    """The bytes of an image file and its media type."""

    data: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Document(Generic[A]):
    """One publication.

    Attributes:
        id: its folder's name, from which output names are made.
        languages: tags of the languages it appears in.
        date: the day the edition is released.
        period: first and last year that it describes.

    """

    id: str
    languages: tuple[str, ...]
    date: date
    period: tuple[int, int]
    title: A
    subtitle: A
    description: A
    source_note: A
    keywords: tuple[A, ...]
    blocks: tuple[Block[A], ...]
    notes: tuple[Note[A], ...] = ()
    images: Mapping[str, Image] = field(default_factory=dict)


# -- The traversal ---------------------------------------------------------------------------------------------------


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
        case Table(number, caption, alignments, header, rows):
            return Table(number, optional(caption), alignments, several(header), tuple(map(several, rows)))
        case Figure(number, image, alt, caption):
            return Figure(number, image, change(alt), optional(caption))
        case Quote(blocks):
            return Quote(map_blocks(blocks, change))
        case CodeBlock():
            return block
        case _:
            assert_never(block)


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
        images=document.images,
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


# -- Inlines as text -------------------------------------------------------------------------------------------------


def map_inlines(inlines: Inlines, change: Callable[[Inline], Inline]) -> Inlines:
    """The same inlines with every innermost one changed, in reading order."""

    def one(inline: Inline) -> Inline:
        match inline:
            case Emphasis(content) | Strong(content) | Link(content=content):
                return replace(inline, content=map_inlines(content, change))
            case _:
                return change(inline)

    return tuple(map(one, inlines))


def flatten(inlines: Inlines) -> Iterator[Inline]:
    """Every inline in reading order, a mark before what it holds."""
    for inline in inlines:
        yield inline
        if isinstance(inline, Emphasis | Strong | Link):
            yield from flatten(inline.content)


def plain(inlines: Inlines) -> str:
    """The characters a reader sees, marks and note calls left out, a hard break as a space."""

    def text(inline: Inline) -> str:
        match inline:
            case Text(characters) | Value(text=characters) | Code(characters):
                return characters
            case Break():
                return " "
            case _:
                return ""

    return "".join(map(text, flatten(inlines)))
