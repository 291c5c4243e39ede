"""On which page the sections of a publication stand in each language, and how far its languages differ in length.

Sections are matched by their order and level: a finished PDF has no more in common with one in another language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from kzpub.audit.checking import Finished
from kzpub.audit.pdfs.lines import Element, Layout, layout
from kzpub.errors import Place, Problem

_SECTIONS = {"H2": 1, "H3": 2}
_BLOCKS = {"P": "paragraph", "L": "list", "Table": "table", "Figure": "figure", "H4": "heading", "H5": "heading"}
_WITHIN = (*_BLOCKS, "Caption", "Note", "BlockQuote")
_APART = 1
"""So many pages more than another a language has at most."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands on a page in every language.

    Attributes:
        kind: ``section``, or what is below one: ``paragraph``, ``list``, ``table``, ``figure``, ``heading``.
        number: of a section as in “3.2”, of the others counted by kind below their section.
        title: of a section, in the first of the languages.
        pages: the page on which it begins, by language.

    """

    kind: str
    number: str
    title: str
    pages: dict[str, int]

    @property
    def shift(self) -> tuple[int, ...]:
        """How many pages later than in the first language."""
        first, *others = self.pages.values()
        return tuple(page - first for page in others)

    def __str__(self) -> str:
        title = f" “{self.title}”" if self.title else ""
        return f"{self.kind} {self.number}{title}: {', '.join(f'{tag} p. {page}' for tag, page in self.pages.items())}"


@dataclass(frozen=True, slots=True)
class PageMap:
    """The pages of one publication: its entries, and why there are none where its languages cannot be matched."""

    publication: str
    entries: tuple[Entry, ...]
    unmatched: str = ""

    def lines(self) -> Iterator[str]:
        """A line for each section, and for each block at which the languages drift apart or together."""
        yield from [self.unmatched] * bool(self.unmatched)
        for before, entry in zip((None, *self.entries), self.entries, strict=False):
            if entry.kind == "section":
                yield str(entry)
            elif before and entry.shift != before.shift:
                yield f"  {entry}"

    def rows(self) -> list[dict[str, object]]:
        """Every entry as JSON has it."""
        return [
            {"kind": each.kind, "number": each.number, "title": each.title, "pages": each.pages}
            for each in self.entries
        ]


def page_map(files: Iterable[Finished]) -> PageMap:
    """The map of the PDFs of one publication; files of other formats are left out."""
    pdfs = [each for each in files if each.format == "pdf"]
    outlines = {each.language: _outline(layout(each.data)) for each in pdfs}
    publication = pdfs[0].publication if pdfs else ""
    kinds = {tag: [(each.kind, each.level) for each in outline] for tag, outline in outlines.items()}
    if len({tuple(each) for each in kinds.values()}) > 1:
        return PageMap(publication, (), _unmatched(kinds))
    return PageMap(publication, tuple(_entries(outlines)))


def page_count_problems(files: Iterable[Finished]) -> Iterator[Problem]:
    """Publications with PDFs of which one is longer than another by more than a page."""
    pdfs = sorted((each for each in files if each.format == "pdf"), key=lambda each: each.publication)
    for publication, group in groupby(pdfs, key=lambda each: each.publication):
        counts = {each.path.name: len(layout(each.data).pages) for each in group}
        if max(counts.values()) - min(counts.values()) > _APART:
            cause = f"the languages of {publication} differ in length by more than a page: {_listed(counts)}"
            hint = "shorten the longest, or see “kzpub verify” for the section where pages begin to differ"
            yield Problem("page-counts", cause, Place(max(counts, key=lambda name: counts[name])), hint)


# -- One language ----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Part:
    """A section or a block of one language."""

    kind: str
    level: int
    title: str
    page: int
    number: str


def _outline(layout: Layout) -> list[_Part]:
    """Sections and, below them, their blocks in reading order, with their numbers."""
    parts: list[_Part] = []
    counted: list[int] = [0, 0]
    below: dict[str, int] = {}
    for element in layout.root.walk():
        if level := _SECTIONS.get(element.role):
            counted = [counted[0] + 1, 0] if level == 1 else [counted[0], counted[1] + 1]
            below = {}
            parts.append(_Part("section", level, element.text, _page(element), ".".join(map(str, counted[:level]))))
        elif parts and (kind := _block(element)):
            below[kind] = below.get(kind, 0) + 1
            parts.append(_Part(kind, 0, "", _page(element), str(below[kind])))
    return parts


def _block(element: Element) -> str:
    """What kind of block an element is; empty for a part of one."""
    shown = element.role in _BLOCKS and element.pages() and not element.within(*_WITHIN)
    return _BLOCKS[element.role] if shown else ""


def _page(element: Element) -> int:
    return min(element.pages())


# -- All languages ---------------------------------------------------------------------------------------------------


def _entries(outlines: dict[str, list[_Part]]) -> Iterator[Entry]:
    for parts in zip(*outlines.values(), strict=True):
        pages = {tag: part.page for tag, part in zip(outlines, parts, strict=True)}
        yield Entry(parts[0].kind, parts[0].number, parts[0].title, pages)


def _unmatched(kinds: dict[str, list[tuple[str, int]]]) -> str:
    sections = {tag: sum(kind == "section" for kind, _ in each) for tag, each in kinds.items()}
    blocks = {tag: len(each) - sections[tag] for tag, each in kinds.items()}
    return f"the languages have not the same parts: sections {_listed(sections)}; blocks {_listed(blocks)}"


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items())
