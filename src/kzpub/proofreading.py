"""A finished file against what it should say: each number beside its words, and no number that nobody wrote.

Both are reduced to letters and numbers, since hyphens and spaces depend on where lines end. A number keeps its decimal
mark, sign, unit and the other end of its range, and is compared whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from kzpub import readback
from kzpub.edition import Edition, File
from kzpub.errors import Problem
from kzpub.inlines import Inlines, plain
from kzpub.model import Block, Chart, CodeBlock, List, Picture, Table
from kzpub.traversal import block_texts, walk

_BESIDE = 12
_TEMPLATES = {"pdf": "print.html", "docx": "word.docx", "html": "web.html"}
_FILLED = re.compile(rb"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)  # what is in its place is checked elsewhere
_GROUPED = re.compile(r"(?<!\d)\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?!\d)")
_SPACES = re.compile(r"\s")
_BRACKETS = dict.fromkeys(map(ord, "⟨⟩"))
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u2060\ufffe\u200b\ufeff\x02"))
_ITEM = re.compile(r"(?:(?<![^\W_])[-−])?[$€₸£]?\d+(?:[.,:]\d+|[–-]\d+)*(?:[ \u00a0]?%)?|[^\W\d_]")


def file_problems(edition: Edition, file: File, format: str, name: str) -> Iterator[Problem]:
    """Numbers that a finished file does not show where its edition has them, and those that the edition has not."""
    shown = [_items(text) for text in _texts(edition)]
    page = _items(readback.text(file.data, format))
    whole = "".join(page)
    cut = whole.translate(_BRACKETS)
    for number, left, right in _in_context(shown):
        beside = (left and left + number in whole) or (right and number + right in whole)  # a page may end there
        if not beside and not (left and right and (left + number + right).translate(_BRACKETS) in cut):
            yield _problem(f"{name} does not show “{left}{number}{right}”")
    drawn = {item for text in _drawn(edition) for item in filter(_is_number, _items(text))}
    for number in sorted(drawn - set(page)):
        yield _problem(f"{name} has no {number[1:-1]} in its charts")
    known = {item for items in shown for item in items} | drawn | _structure(edition, file)
    known |= {item for text in _own_words(edition, format) for item in _items(text)}
    for stranger in dict.fromkeys(_strangers(page, known)):
        yield _problem(f"{name} shows the number {stranger[1:-1]}, which no text has")


def _strangers(page: list[str], known: set[str]) -> Iterator[str]:
    """Numbers of a page that are not known; the parts of one that a line ends inside, as in a long address, are."""
    for numbers, run in groupby(page, _is_number):
        parts = list(run)
        if numbers and f"⟨{''.join(parts).translate(_BRACKETS)}⟩" not in known:
            yield from (part for part in parts if part not in known)


def _problem(cause: str) -> Problem:
    return Problem("file-differs", cause, None, "report this: the file is not what the texts say")


def _in_context(shown: list[list[str]]) -> Iterator[tuple[str, str, str]]:
    """Each number with what stands left and right of it in its text; one that is alone has its neighbours' words."""
    stream = [item for items in shown for item in items]
    start = 0
    for items in shown:
        for n, item in enumerate(items):
            if _is_number(item):
                around, at = (stream, start) if len(items) == 1 else (items, n)
                before, after = around[max(at - _BESIDE, 0) : at], around[at + 1 : at + 1 + _BESIDE]
                yield item, "".join(before), "".join(after)
        start += len(items)


def _items(text: str) -> list[str]:
    """The letters of a text, and its numbers as items of their own, in brackets."""
    joined = _GROUPED.sub(lambda number: _SPACES.sub("", number[0]), text.translate(_UNSEEN).replace("\u2011", "-"))
    return [item if item.isalpha() else _bracketed(item) for item in _ITEM.findall(joined)]


def _bracketed(number: str) -> str:
    return "⟨" + _SPACES.sub("", number).replace("-", "–") + "⟩"


def _is_number(item: str) -> bool:
    return len(item) > 1


def _texts(edition: Edition) -> Iterator[str]:
    """What stands on the pages of an edition, in the order of the source."""
    document = edition.document
    elsewhere = {id(leaf) for block in walk(document.blocks) for leaf in _not_in_line(block)}
    leaves: list[Inlines] = [document.title, document.subtitle]
    leaves += [part for tile in edition.key_figures for part in (tile.value, tile.label)]
    leaves += [document.source_note, *block_texts(document.blocks), *(note.text for note in document.notes)]
    yield from (plain(leaf) for leaf in leaves if id(leaf) not in elsewhere)
    yield edition.label("edition", date=edition.date)
    yield edition.position
    yield edition.notice
    yield from (block.text for block in walk(document.blocks) if isinstance(block, CodeBlock))


def _not_in_line(block: Block[Inlines]) -> Iterator[Inlines]:
    """Alternative texts, and what is drawn: it stands in no order."""
    match block:
        case Picture(alt=alt):
            yield alt
        case Chart(caption=caption, source=source):
            yield from (leaf for leaf in block_texts((block,)) if leaf is not caption and leaf is not source)


def _drawn(edition: Edition) -> Iterator[str]:
    for chart in (block for block in walk(edition.document.blocks) if isinstance(block, Chart)):
        yield from (edition.figures[id] for series in chart.series for id in series.figures)
        yield from (plain(leaf) for leaf in block_texts((chart,)) if leaf is not chart.alt)


def _own_words(edition: Edition, format: str) -> Iterator[str]:
    """What the templates say themselves, such as an address in the colophon."""
    yield from edition.labels.values()
    template = edition.templates / _TEMPLATES[format]
    data = template.read_bytes()
    yield readback.text(data, "docx") if template.suffix == ".docx" else readback.text(_FILLED.sub(b"", data), "html")


def _structure(edition: Edition, file: File) -> set[str]:
    """Numbers that the page itself has: of pages, tables, pictures, notes and items."""
    blocks = tuple(walk(edition.document.blocks))
    items = (block.start + len(block.items) for block in blocks if isinstance(block, List) and block.start is not None)
    numbered = sum(isinstance(block, Table | Picture | Chart) for block in blocks)
    highest = max(file.pages or 1, numbered, len(edition.document.notes), *items, 1)
    return {f"⟨{number}⟩" for number in range(1, highest + 1)}
