"""Lay out, look, forbid what should not be there, lay out again: for what no stylesheet can say before pages are made.

A look takes a document on its pages and yields changes for the next pass. Each change is a function that makes it and
says whether that is new.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, TypeAlias

from kzpub.audit.pdfs.lineends import divided, fragments, hyphens_at_page_ends, hyphens_in_a_row

Change: TypeAlias = Callable[[], bool]
Look: TypeAlias = Callable[[Any], Iterable[Change]]

PASSES = 9
"""After so many, what is still there stays; ``kzpub verify`` names it."""


def laid_out(source: Any, looks: Iterable[Look]) -> Any:
    """The last of the layouts of a ``weasyprint.HTML``."""
    for _ in range(PASSES):
        document = source.render(presentational_hints=True)
        if not sum([change() for look in looks for change in look(document)]):
            break
    return document


# -- Ends of lines ---------------------------------------------------------------------------------------------------


def divided_words(forbidden: set[str], document: Any) -> Iterator[Change]:
    """Words that are not to be divided where they are: what their lines show is ``forbidden`` as a line from now on."""
    for element, boxes in _paragraphs(document).items():
        lines = [(page, _text(box)) for page, box in boxes]
        for position in _unwanted(element.tag, lines):
            yield partial(_forbid, forbidden, boxes[position][1])


def _unwanted(tag: str, lines: list[tuple[int, str]]) -> set[int]:
    """The lines that end within a word and should not: in a heading, all that do."""
    if re.fullmatch(r"h\d", tag):
        return {position for position, (_, text) in enumerate(lines[:-1]) if divided(text)}
    scraps = () if tag in ("td", "th") else fragments(lines)
    return {*hyphens_in_a_row(lines), *hyphens_at_page_ends(lines), *scraps}


def _paragraphs(document: Any) -> dict[Any, list[tuple[int, Any]]]:
    """The lines of each element that has any, with their pages."""
    found: dict[Any, list[tuple[int, Any]]] = defaultdict(list)
    for number, page in enumerate(document.pages):
        for box in page._page_box.descendants():
            if type(box).__name__ == "LineBox" and re.fullmatch(r"\w+", box.element_tag or ""):
                found[box.element].append((number, box))
    return found


def _text(line: Any) -> str:
    """What a line shows, without calls of notes."""
    return "".join(box.text for box in _texts(line) if "::" not in box.element_tag).strip()


def _texts(line: Any) -> Iterator[Any]:
    return (box for box in line.descendants() if type(box).__name__ == "TextBox")


def _forbid(forbidden: set[str], line: Any) -> bool:
    *_, last = _texts(line)
    known = len(forbidden)
    forbidden |= {last.text, last.text.removesuffix("-")}  # the hyphen is the word's own, or it is not
    return len(forbidden) > known
