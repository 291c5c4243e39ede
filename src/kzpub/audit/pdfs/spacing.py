"""How evenly lines fill their column: not stretched, and not short where more would have fitted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from kzpub.audit.pdfs.geometry import Found
from kzpub.audit.pdfs.lineends import cut_pair, undividable
from kzpub.audit.pdfs.lines import WORD_GAP, Element, Layout, Line

WORD_SPACE = 0.4
"""The widest space between words of a line, in sizes of its typeface."""
SHORT = 0.2
"""The part of its column by which a line may end short although the next word would have fitted."""
RAGGED = 0.12
"""The part of the column by which the lines of a paragraph may end short in the mean, from the third line on."""
_LONG_WORD = 10
"""A word of so many letters can be divided at or before its half in all our languages."""


def lines_stretched(layout: Layout) -> Iterator[Found]:
    """Lines with spaces between words that are too wide, as justification makes them."""
    for element in layout.elements("P", "LBody", "Note", "Caption", "TD", "TH"):
        for line in element.lines if element.within("Part") else ():
            if len(widths := word_spaces(line)) > 1 and min(widths) > WORD_SPACE:
                yield line.page, f"the words of “{line.text}” stand {min(widths):.2f} of their size apart"


def word_spaces(line: Line) -> list[float]:
    """The spaces between the words of a line, in sizes of its typeface."""
    shown = [each for each in line.characters if not each.text.isspace()]
    gaps = ((after.x0 - before.x1) / line.size for before, after in pairwise(shown))
    return [gap for gap in gaps if gap > WORD_GAP]


def lines_short(layout: Layout, language: str) -> Iterator[Found]:
    """Lines that end far from the edge of their column although more would have fitted."""
    for element, line, following, gap, column in ends_of_lines(layout):
        fits = gap > SHORT * column and _fits(language, line, following, gap)
        if fits and not _better_short(element, element.lines.index(line)):
            yield line.page, f"the line “{line.text}” ends {gap / column:.0%} short of its column"


def paragraphs_ragged(layout: Layout) -> Iterator[Found]:
    """Paragraphs whose lines end short in the mean."""
    gaps: dict[Element, list[float]] = defaultdict(list)
    for element, _, _, gap, column in ends_of_lines(layout):
        gaps[element].append(gap / column)
    for element, parts in gaps.items():
        if len(parts) > 2 and (mean := sum(parts) / len(parts)) > RAGGED:
            yield element.lines[0].page, f"the lines of “{element.text[:60]}…” end {mean:.0%} short in the mean"


def ends_of_lines(layout: Layout) -> Iterator[tuple[Element, Line, Line, float, float]]:
    """Each line of running text that another one follows: its element, both lines, its gap and its column's width.

    The edge of a column is where the widest of all lines ends that begin at the same place in the same size.
    """
    running = [each for each in layout.elements("P", "LBody", "Note") if _is_running(each)]
    edges: dict[tuple[int, int], float] = defaultdict(float)
    for line in (line for element in running for line in element.lines):
        edges[_column(line)] = max(edges[_column(line)], line.x1)
    for element in running:
        for line, following in pairwise(element.lines):
            edge = edges[_column(line)]
            if not line.forced:
                yield element, line, following, edge - line.x1, edge - line.x0


def _is_running(element: Element) -> bool:
    """Whether an element is text between headings; lines of a cover end where its designer wants them."""
    return element.within("Part") is not None and element.within("Caption", "Table", "Figure") is None


def _column(line: Line) -> tuple[int, int]:
    return round(line.x0), round(2 * line.size)


def _fits(language: str, line: Line, following: Line, gap: float) -> bool:
    """Whether the next word, or half of a long one, would have fitted at a line's end.

    A figure may be kept with all that belongs to it; where one begins the next line, nobody can tell.
    """
    words = following.text.split()
    if any(map(str.isdigit, words[0])):
        return False
    kept = 1
    while kept < len(words) and cut_pair(language, " ".join(words[:kept]), " ".join(words[kept:])):
        kept += 1
    first = " ".join(words[:kept])
    room = gap / line.size - WORD_SPACE
    half = kept == 1 and len(first) >= _LONG_WORD and first.isalpha() and not first.isupper()
    return _width(following, (len(first) + 1) // 2 + 1 if half else len(first)) < room


def _width(line: Line, characters: int) -> float:
    """The width of a line's first characters, in sizes of its typeface."""
    shown = line.characters[:characters]
    return (shown[-1].x1 - shown[0].x0) / line.size


def _better_short(element: Element, position: int) -> bool:
    """Whether a hyphen at the end of this line would have been one that is not wanted."""
    ends = [(line.page, line.text) for line in element.lines]
    divided = [*ends[:position], (ends[position][0], "a-"), *ends[position + 1 :]]
    return list(undividable(divided)) != list(undividable(ends))
