"""Where text may stand on a page: inside its area and its cell, on its ground, off rules and off other text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from kzpub.audit.pdfs.lines import Box, Character, Element, Layout, Line, Page

Found = tuple[int, str]
"""A page and what is wrong there."""

_OVERHANG = 1.5
"""Points that a letter may hang over its area: italics and quotation marks do."""
_EDGE = 8.5
"""Points between any text and the edge of the paper: 3 mm, what a printer does not reach."""
_OVERLAP = 0.12
"""The part of the size by which the ink of two characters may meet, in width and in height: kerning and accents."""


def outside(layout: Layout) -> Iterator[Found]:
    """Text beyond its page's area or its cell, and anything too near to the edge of the paper."""
    for element in layout.elements():
        for line in element.lines if element.role != "Lbl" else ():  # bullets may hang in the margin
            if _beyond(_shown(line), layout.pages[line.page - 1].area):
                yield line.page, f"“{line.text}” leaves the text area"
    for page in layout.pages:
        paper = Box(_EDGE, _EDGE, page.width - _EDGE, page.height - _EDGE)
        if _beyond(list(_visible(page.characters)), paper):
            yield page.number, "something stands too near to the edge of the paper"
    for row in layout.elements("TR"):
        yield from _beyond_cells(row)


def _beyond(characters: list[Character], area: Box) -> bool:
    inks = [each.ink for each in characters]
    return bool(inks) and (
        min(each.x0 for each in inks) < area.x0 - _OVERHANG
        or min(each.top for each in inks) < area.top - _OVERHANG
        or max(each.x1 for each in inks) > area.x1 + _OVERHANG
        or max(each.bottom for each in inks) > area.bottom + _OVERHANG
    )


def _beyond_cells(row: Element) -> Iterator[Found]:
    """Cells of a row that reach into the next one."""
    cells = [[line for each in cell.walk() for line in each.lines] for cell in row.children]
    for cell, following in pairwise(lines for lines in cells if lines):
        if max(line.x1 for line in cell) > min(line.x0 for line in following):
            yield cell[0].page, f"“{cell[0].text}” reaches into the next cell, “{following[0].text}”"


def overlapping(layout: Layout) -> Iterator[Found]:
    """Characters over others."""
    for page in layout.pages:
        rows: dict[int, list[Character]] = defaultdict(list)
        for each in _visible(page.characters):
            for row in range(int(each.ink.top // 8), int(each.base // 8) + 1):
                rows[row].append(each)
        hit = next((pair for row in rows.values() for pair in _hits(sorted(row, key=lambda each: each.x0))), None)
        if hit:
            yield page.number, f"“{_around(hit[0], page)}” and “{_around(hit[1], page)}” stand over each other"


def _hits(row: list[Character]) -> Iterator[tuple[Character, Character]]:
    for position, one in enumerate(row):
        for other in row[position + 1 :]:
            if other.x0 >= one.x1 - _OVERLAP * one.size:
                break
            if (one.number, one.base) != (other.number, other.base) and _meet(one, other):  # else they are kerned
                yield one, other


def _meet(one: Character, other: Character) -> bool:
    least = _OVERLAP * min(one.size, other.size)
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.base, other.base) - max(one.ink.top, other.ink.top)
    return wide > least and high > least


def _around(character: Character, page: Page) -> str:
    """The text that a character is part of."""
    beside = (each for each in page.characters if (each.number, each.base) == (character.number, character.base))
    return "".join(each.text for each in beside).strip()[:60]


def on_rules(layout: Layout) -> Iterator[Found]:
    """Lines that a rule goes through."""
    for element in layout.elements():
        for line in (each for each in element.lines if element.role != "Figure"):
            rules = layout.pages[line.page - 1].rules
            if any(_strikes(rule, each) for rule in _near(rules, line) for each in _shown(line)):
                yield line.page, f"a rule goes through “{line.text}”"


def _near(rules: tuple[Box, ...], line: Line) -> list[Box]:
    top = line.base - line.size
    return [each for each in rules if each.top < line.base and each.bottom > top]


def _strikes(rule: Box, character: Character) -> bool:
    """Whether a rule goes through the middle of a character; what lies at its foot underlines it."""
    x0, top, x1, base = character.ink
    wide, high = (x1 - x0) / 5, (base - top) / 5
    return rule.x0 < x1 - wide and rule.x1 > x0 + wide and rule.top < base - high and rule.bottom > top + high


def off_grounds(layout: Layout) -> Iterator[Found]:
    """Lines that stand on a ground of colour in part only."""
    for element in layout.elements():
        for line in (each for each in element.lines if element.role != "Figure"):
            for ground in layout.pages[line.page - 1].grounds:
                on = [_stands_on(ground, each) for each in _shown(line)]
                if any(on) and not all(on) and _as_high(ground, line):
                    yield line.page, f"“{line.text}” runs off the colour behind it"
                    break


def _stands_on(ground: Box, character: Character) -> bool:
    x0, top, x1, base = character.ink
    return ground.x0 <= (x0 + x1) / 2 <= ground.x1 and ground.top <= (top + base) / 2 <= ground.bottom


def _as_high(ground: Box, line: Line) -> bool:
    """Whether a ground is more than the mark behind a word of the line."""
    return ground.bottom - ground.top > 2 * line.size


def _shown(line: Line) -> list[Character]:
    return list(_visible(line.characters))


def _visible(characters: tuple[Character, ...]) -> Iterator[Character]:
    return (each for each in characters if not each.text.isspace())
