"""A finished PDF as a reader sees it: its elements with their lines, and what is drawn on its pages.

Elements come from the tag tree, characters from the pages; marked content leads from one to the other. Lengths are
points, and all of them are counted from the top left corner of the paper.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from statistics import median
from typing import Any, NamedTuple

_INLINE = frozenset(("Span", "Link", "Reference", "Code", "Quote", "Em", "Strong"))
_RULE = 3.5
"""What is drawn and thinner than this, in points, is a rule; what is thicker is a ground that text may stand on."""
_BREAK = -2
WORD_GAP = 0.15
"""A gap wider than this, in sizes of the typeface, is a space between words."""
_CAPITALS = 0.66
"""The height of capitals above the line, in sizes of the typeface: what is inked for certain."""


class Box(NamedTuple):
    """A rectangle."""

    x0: float
    top: float
    x1: float
    bottom: float


class Character(NamedTuple):
    """A character on a page.

    Attributes:
        base: the height of the line that it stands on.
        number: of the marked content that it belongs to, -1 for none.
        artifact: whether it is no part of the text, such as a running head.

    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    font: str
    colour: tuple[float, ...]
    number: int
    artifact: bool

    @property
    def ink(self) -> Box:
        """From the line to the height of capitals."""
        return Box(self.x0, self.base - _CAPITALS * self.size, self.x1, self.base)


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its text area, its characters, its figures, and besides these its rules and its grounds of colour."""

    number: int
    width: float
    height: float
    area: Box
    characters: tuple[Character, ...]
    rules: tuple[Box, ...]
    grounds: tuple[Box, ...]
    figures: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of one element; its text is without the raised numbers that call notes.

    Attributes:
        forced: whether it ends where the text wants it to.

    """

    page: int
    text: str
    characters: tuple[Character, ...]
    forced: bool = False

    @property
    def x0(self) -> float:
        return min(each.x0 for each in self.characters)

    @property
    def x1(self) -> float:
        """Where its last visible character ends."""
        return max(each.x1 for each in self.characters if not each.text.isspace())

    @property
    def base(self) -> float:
        return median(each.base for each in self.characters)

    @property
    def size(self) -> float:
        return median(each.size for each in self.characters)


@dataclass(slots=True, eq=False)
class Element:
    """An element of the tag tree.

    Attributes:
        role: as in the file: ``P``, ``LBody``, ``TD``.
        inline: whether it is part of a line; its contents then belong to the element around it, too.
        contents: its marked content: page from 1, number, whether it calls a note; a number of -2 is a line break.
        lines: those that its contents make.

    """

    role: str
    parent: Element | None
    inline: bool = False
    children: list[Element] = field(default_factory=list)
    contents: list[tuple[int, int, bool]] = field(default_factory=list)
    lines: tuple[Line, ...] = ()

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    def walk(self) -> Iterator[Element]:
        """The element itself and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def within(self, *roles: str) -> Element | None:
        """The nearest element around this one that has such a role."""
        around = self.parent
        while around is not None and around.role not in roles:
            around = around.parent
        return around

    def pages(self) -> set[int]:
        """All pages that show something of it."""
        return {page for each in self.walk() for page, _, _ in each.contents}


@dataclass(frozen=True, slots=True)
class Layout:
    """A file read: its pages, and the root of its tag tree."""

    pages: tuple[Page, ...]
    root: Element

    def elements(self, *roles: str) -> Iterator[Element]:
        """The elements of such roles, in reading order; all blocks that have contents if none is named."""
        return (
            each for each in self.root.walk() if (each.role in roles if roles else each.contents and not each.inline)
        )


@lru_cache(maxsize=12)
def layout(data: bytes) -> Layout:
    """A finished PDF, read once. A file without tags has pages and an empty root."""
    import pdfplumber  # not before there is a file to read

    with pdfplumber.open(io.BytesIO(data)) as pdf:
        root = _tree(pdf)
        drawings = _drawings(root)
        pages = tuple(_page(each, drawings) for each in pdf.pages)
    marked: dict[tuple[int, int], list[Character]] = defaultdict(list)
    for page in pages:
        for character in page.characters:
            marked[page.number, character.number].append(character)
    for element in (each for each in root.walk() if not each.inline):
        element.lines = tuple(_lines(element, marked))
    return Layout(pages, root)


# -- Pages -----------------------------------------------------------------------------------------------------------


def _page(page: Any, drawings: set[tuple[int, int]]) -> Page:
    height = float(page.height)
    shapes = [*page.rects, *page.lines, *page.curves]
    drawn = [each for each in shapes if (page.page_number, each["mcid"]) in drawings]
    others = [each for each in shapes if (page.page_number, each["mcid"]) not in drawings]
    return Page(
        number=page.page_number,
        width=float(page.width),
        height=height,
        area=_area(page, height),
        characters=tuple(_character(each, height) for each in page.chars),
        rules=tuple(box for box in map(_box, others) if _is_rule(box)),
        grounds=tuple(_box(each) for each in others if each["fill"] and not _is_rule(_box(each))),
        figures=tuple(map(_box, (*page.images, *drawn))),
    )


def _area(page: Any, height: float) -> Box:
    """The art box: where the page's maker says that its text stands; the whole page, where nothing is said."""
    x0, bottom, x1, top = map(float, page.page_obj.attrs.get("ArtBox", (0, 0, page.width, height)))
    return Box(x0, height - top, x1, height - bottom)


def _box(shape: dict[str, Any]) -> Box:
    return Box(shape["x0"], shape["top"], shape["x1"], shape["bottom"])


def _is_rule(box: Box) -> bool:
    return min(box.x1 - box.x0, box.bottom - box.top) < _RULE


def _character(given: dict[str, Any], height: float) -> Character:
    number = -1 if given["mcid"] is None else given["mcid"]
    colour = given["non_stroking_color"] or ()
    return Character(
        given["text"],
        given["x0"],
        given["x1"],
        height - given["matrix"][5],
        given["size"],
        given["fontname"],
        tuple(colour) if isinstance(colour, tuple | list) else (colour,),
        number,
        number < 0 or given["tag"] == "Artifact",
    )


# -- The tag tree ----------------------------------------------------------------------------------------------------


def _tree(pdf: Any) -> Element:
    from pdfminer.pdftypes import resolve1

    root = Element("", None)
    numbers = {page.page_obj.pageid: page.page_number for page in pdf.pages}
    tree = resolve1(pdf.doc.catalog.get("StructTreeRoot")) or {}
    for kid in _list(resolve1(tree.get("K"))):
        _grow(root, root, resolve1(kid), numbers, called=False)
    return root


def _grow(parent: Element, holder: Element, found: Any, numbers: dict[int, int], *, called: bool) -> None:
    """Add an element; the contents of an inline one, or of a note's own number, belong to the ``holder`` around it."""
    from pdfminer.pdftypes import resolve1

    role = found["S"].name
    inline = role in _INLINE or (role, parent.role) == ("Lbl", "Note")
    element = Element(role, parent, inline)
    parent.children.append(element)
    holder = holder if inline else element
    called = inline and (called or role == "Reference")
    if found.get("ActualText") == b"\n":
        holder.contents.append((numbers[found["Pg"].objid], _BREAK, False))
    for given in _list(resolve1(found.get("K"))):
        kid = resolve1(given)
        number = kid if isinstance(kid, int) else kid.get("MCID")
        page = found.get("Pg") if isinstance(kid, int) else kid.get("Pg", found.get("Pg"))
        if number is not None:
            for each in {id(each): each for each in (element, holder)}.values():
                each.contents.append((numbers[page.objid], number, called))
        elif "S" in kid:
            _grow(element, holder, kid, numbers, called=called)


def _list(given: Any) -> list[Any]:
    return given if isinstance(given, list) else [] if given is None else [given]


def _drawings(root: Element) -> set[tuple[int, int]]:
    """The marked content of figures."""
    return {(page, number) for each in root.walk() if each.role == "Figure" for page, number, _ in each.contents}


# -- Lines -----------------------------------------------------------------------------------------------------------


def _lines(element: Element, marked: dict[tuple[int, int], list[Character]]) -> Iterator[Line]:
    """An element's characters, cut at a line break, and where the next one is on another page or line."""
    line: list[tuple[Character, bool]] = []
    here = 0
    for page, number, called in element.contents:
        if number == _BREAK:
            yield from _line(here, line, forced=True)
            line = []
        for character in marked[page, number]:
            if line and (page != here or _on_another_line(line, character, raised=called)):
                yield from _line(here, line)
                line = []
            here = page
            line.append((character, called))
    yield from _line(here, line)


def _on_another_line(line: list[tuple[Character, bool]], character: Character, *, raised: bool) -> bool:
    last, was_raised = line[-1]
    if raised or was_raised:
        return character.x0 < last.x0 - last.size or abs(character.base - line[0][0].base) > line[0][0].size
    return abs(character.base - last.base) > last.size / 3 or character.x0 < last.x0 - last.size


def _line(page: int, line: list[tuple[Character, bool]], *, forced: bool = False) -> Iterator[Line]:
    characters = tuple(each for each, _ in line)
    if any(not each.text.isspace() for each in characters):
        yield Line(page, _text([each for each, called in line if not called]), characters, forced)


def _text(characters: list[Character]) -> str:
    parts: list[str] = []
    for last, character in zip([None, *characters], characters, strict=False):
        if last and character.x0 - last.x1 > WORD_GAP * character.size:
            parts.append(" ")
        parts.append(character.text)
    return " ".join("".join(parts).split())
