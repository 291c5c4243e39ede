"""What a finished PDF says: its tag tree, what is drawn on its pages, its links, bookmarks and properties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import decode_text


def listed(given: Any) -> list[Any]:
    """What may be one thing or several, as a list."""
    found = resolve1(given)
    return [] if found is None else found if isinstance(found, list) else [found]


def decoded(given: Any) -> str:
    found = resolve1(given)
    if isinstance(found, PSLiteral):
        return str(found.name)
    return decode_text(found) if isinstance(found, bytes) else found if isinstance(found, str) else ""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character on a page: its glyph's number, colour and box in points from the lower left corner."""

    text: str
    glyph: int
    font: str
    size: float
    colour: tuple[float, ...]
    box: tuple[float, float, float, float]
    mark: int | None
    artifact: bool


@dataclass(frozen=True, slots=True)
class Link:
    """A link on a page: what it says, and where it leads: an address, or a page with a height on it."""

    page: int
    kind: str
    says: str
    name: str
    address: str
    target: tuple[int, float] | None


@dataclass(eq=False, slots=True)
class Element:
    """An element of the tag tree; ``kids`` are elements, marked content (page, number) and links."""

    role: str
    language: str
    parent: Element | None
    said: dict[str, Any]
    kids: list[Element | tuple[int, int] | Link] = field(default_factory=list)

    @property
    def children(self) -> list[Element]:
        return [kid for kid in self.kids if isinstance(kid, Element)]

    @property
    def links(self) -> list[Link]:
        return [kid for kid in self.kids if isinstance(kid, Link)]

    def attribute(self, name: str) -> str:
        """An attribute such as ``Scope``, or nothing."""
        found = next((each[name] for each in listed(self.said.get("A")) if name in (resolve1(each) or {})), "")
        return decoded(found) or str(resolve1(found))

    @property
    def alt(self) -> str:
        return decoded(self.said.get("Alt"))

    def every(self, *roles: str) -> Iterator[Element]:
        """All elements below this one that have one of these roles, in the order of reading."""
        for child in self.children:
            if child.role in roles:
                yield child
            yield from child.every(*roles)

    def content(self, without: tuple[str, ...] = ()) -> Iterator[tuple[int, int]]:
        """Marked content in the order of reading, without that of some roles."""
        for kid in self.kids:
            if isinstance(kid, tuple):
                yield kid
            elif isinstance(kid, Element) and kid.role not in without:
                yield from kid.content(without)

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages that this stands on, from 1."""
        return tuple(sorted({page for page, _ in self.content()}))


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A line of the panel beside the pages: its level from 1, and where it leads."""

    level: int
    title: str
    target: tuple[int, float] | None


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its size in points, by how many degrees it is turned, and what is on it.

    Attributes:
        drawn: the marks around drawings that are no artifacts.

    """

    size: tuple[float, float]
    turned: int
    glyphs: tuple[Glyph, ...]
    links: tuple[Link, ...]
    drawn: tuple[int | None, ...]


@dataclass(eq=False, slots=True)
class Portable:
    """All that a finished PDF says. ``metadata`` are the properties of its XMP, ``objects`` all dictionaries."""

    pages: tuple[Page, ...]
    document: Element
    bookmarks: tuple[Bookmark, ...]
    catalog: dict[str, Any]
    information: dict[str, str]
    metadata: dict[str, str]
    objects: list[dict[str, Any]]
    marked: dict[tuple[int, int], list[Glyph]]

    def text(self, element: Element, without: tuple[str, ...] = ("Note", "Reference")) -> str:
        """The words of an element; a hyphen at the end of a line is taken for one that the line put there."""
        return self.words(element.content(without))

    def words(self, content: Iterator[tuple[int, int]]) -> str:
        """The words of some marked content."""
        lines: list[str] = []
        last: tuple[int, float] | None = None
        for page, number in content:
            for glyph in self.marked.get((page, number), ()):
                here = (page, glyph.box[1])
                if last is None or last[0] != page or abs(last[1] - here[1]) > glyph.size / 2:
                    lines.append("")
                lines[-1] += glyph.text
                last = here
        joined = re.sub(r"(?<=\w)[-\u00ad\u2010]\n(?=\w)", "", "\n".join(map(str.strip, lines)))
        return " ".join(joined.replace("\u00ad", "").split())
