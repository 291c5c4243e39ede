"""Lay out, look, forbid what should not be there, lay out again: for what no stylesheet can say before pages are made.

WeasyPrint goes over its pages until the counters on them are right, and makes only those again that have changed. The
look at them is part of that: it forbids what it finds, and the pages where that stands are made again. Where a page
then ends elsewhere, all is laid out anew: WeasyPrint 70 would leave old page numbers in a text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any, TypeAlias

from kzpub.audit.pdfs.lineends import divided, fragments, hyphens_at_page_ends, hyphens_in_a_row

Look: TypeAlias = Callable[[Sequence[Any]], Collection[int]]
"""Is shown the pages, makes its changes, and gives the positions of the pages that are to be made again."""

PASSES = 9
"""So many times is all laid out anew. What is still there then stays; ``kzpub verify`` names it."""


class _NotAloneError(Exception):
    """Pages cannot be made again without those around them."""


@dataclass(slots=True)
class _Layout:
    """One layout that is looked at between its passes, and where its pages ended when something was found."""

    look: Look
    ends: list[Any] | None = None

    def looked_at(self, context: Any, pages: Iterator[Any]) -> list[Any]:
        """The pages, as they are made, and a word to WeasyPrint about those that are to be made again."""
        made, carried = [], False
        for page in pages:
            made.append(page)
            carried = carried or bool(context.reported_footnotes or context.broken_out_of_flow)  # to the next page
            if carried and self.ends:
                raise _NotAloneError
        ends = [end for end, *_ in context.page_maker]
        if self.ends not in (None, ends):
            raise _NotAloneError
        for position in self.look(made):
            if carried:
                raise _NotAloneError
            self.ends = ends
            context.page_maker[position][-1]["content_changed"] = True
        return made


_layout: ContextVar[_Layout | None] = ContextVar("layout", default=None)


def laid_out(source: Any, look: Look) -> Any:
    """The layout of a ``weasyprint.HTML`` with which a look is content."""
    for _ in range(PASSES - 1):
        token = _layout.set(_Layout(look))
        try:
            return source.render(presentational_hints=True)
        except _NotAloneError:
            continue
        finally:
            _layout.reset(token)
    return source.render(presentational_hints=True)


@cache
def look_between_passes() -> None:
    """Make WeasyPrint show its pages after each pass."""
    module: Any = import_module("weasyprint.layout")
    original = module.make_all_pages

    def make_all_pages(context: Any, root_box: Any, html: Any, pages: Sequence[Any]) -> Iterable[Any]:
        made = original(context, root_box, html, pages)
        layout = _layout.get()
        return layout.looked_at(context, made) if layout else made

    module.make_all_pages = make_all_pages


# -- Ends of lines ---------------------------------------------------------------------------------------------------


def divided_words(forbidden: set[str], pages: Sequence[Any]) -> set[int]:
    """Words that are not to be divided where they are: what their lines show is ``forbidden`` as a line from now on."""
    paragraphs = _paragraphs(pages)
    new: set[str] = set()
    for element, boxes in paragraphs.items():
        lines = [(page, _text(box)) for page, box in boxes]
        for position in _unwanted(element.tag, lines):
            new |= _shown(boxes[position][1])
    new -= forbidden
    forbidden |= new
    if not new:
        return set()
    return {page for boxes in paragraphs.values() for page, box in boxes if not new.isdisjoint(_shown(box))}


def _unwanted(tag: str, lines: list[tuple[int, str]]) -> set[int]:
    """The lines that end within a word and should not: in a heading, all that do."""
    if re.fullmatch(r"h\d", tag):
        return {position for position, (_, text) in enumerate(lines[:-1]) if divided(text)}
    scraps = () if tag in ("td", "th") else fragments(lines)
    return {*hyphens_in_a_row(lines), *hyphens_at_page_ends(lines), *scraps}


def _paragraphs(pages: Sequence[Any]) -> dict[Any, list[tuple[int, Any]]]:
    """The lines of each element that has any, with their pages."""
    found: dict[Any, list[tuple[int, Any]]] = defaultdict(list)
    for number, page in enumerate(pages):
        for box in page.descendants():
            if type(box).__name__ == "LineBox" and (box.element_tag or "").isalnum():
                found[box.element].append((number, box))
    return found


def _text(line: Any) -> str:
    """What a line shows, without calls of notes."""
    return "".join(box.text for box in _texts(line) if "::" not in box.element_tag).strip()


def _texts(line: Any) -> Iterator[Any]:
    return (box for box in line.descendants() if type(box).__name__ == "TextBox")


def _shown(line: Any) -> set[str]:
    """The last text of a line, with the hyphen at its end and without: that is the word's own, or it is not."""
    *_, last = (None, *_texts(line))
    return {last.text, last.text.removesuffix("-")} if last else set()
