"""Finished files read back and reduced to rows, so that editions and formats can be compared.

A ``Row`` is what a reader meets: a heading, an item, a cell. ``tree`` makes rows from the source tree, the other
modules from a finished file of their format, each without knowing how it was written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Row:
    """One thing on the page.

    Attributes:
        role: heading, paragraph, bullet, number, quote, code, caption, table, header, cell, image, note.
        level: rank of a heading, depth of an item, printed number of a numbered item or note.
        text: its text with plain spaces; empty for a table or an image.
        links: targets in order, an internal one as ``#anchor``.
        alt: alternative text of an image.
        shape: rows and columns of a table, header row included.
    """

    role: str
    level: int = 0
    text: str = ""
    links: tuple[str, ...] = ()
    alt: str = ""
    shape: tuple[int, int] = (0, 0)

    def skeleton(self) -> Row:
        """What is the same in all languages: all but the words."""
        return replace(self, text="", alt="x" if self.alt else "")


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole file: language and title as the file declares them, and its rows, notes last."""

    language: str
    title: str
    rows: tuple[Row, ...]


def tidy(text: str) -> str:
    """Text with every run of white space, no-break ones too, as one plain space."""
    return re.sub(r"\s+", " ", text.replace("\u00ad", "")).strip()
