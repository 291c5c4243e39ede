"""What holds of the pages and lines of a well-set PDF, measured on the finished file alone.

The bounds are explained, with what was measured, in docs/designers.md under “Typesetting”.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from kzpub.audit.checking import Check, Finished
from kzpub.audit.pdfs import breaks, geometry, spacing
from kzpub.audit.pdfs.geometry import Found
from kzpub.audit.pdfs.lineends import cut_pair, divided, fragments, hyphens_at_page_ends, hyphens_in_a_row, runts
from kzpub.audit.pdfs.lines import Element, Layout, Line, layout
from kzpub.errors import Place, Problem

# -- Ends of lines ---------------------------------------------------------------------------------------------------


def pairs_cut(layout: Layout, language: str) -> Iterator[Found]:
    """Lines that end between two things that belong together."""
    for element in layout.elements():
        for line, following in pairwise(element.lines if element.role != "Figure" else ()):
            one_text = abs(line.size - following.size) < 1  # a figure of a tile stands over its words
            if one_text and (what := cut_pair(language, line.text, following.text)):
                yield line.page, f"a line ends between {what}: “{_join(line, following)}”"


def runts_left(layout: Layout) -> Iterator[Found]:
    """Last lines of a paragraph that hold the rest of a word, or hardly anything."""
    for element in layout.elements("P", "LBody", "Note", "Caption"):
        ends = _ends(element)
        for position in sorted({*fragments(ends), *runts(ends)}):
            line, last = element.lines[position : position + 2]
            yield last.page, f"the last line of a paragraph is a scrap: “{_join(line, last)}”"


def hyphens_stacked(layout: Layout) -> Iterator[Found]:
    """Runs of lines that end with hyphens."""
    for element in layout.elements():
        for position in hyphens_in_a_row(_ends(element)):
            line = element.lines[position]
            yield line.page, f"three lines in a row end with a hyphen, the last of them “{line.text}”"


def hyphens_at_ends_of_pages(layout: Layout) -> Iterator[Found]:
    """Words that begin on one page and end on the next."""
    for element in layout.elements():
        for position in hyphens_at_page_ends(_ends(element)):
            line, following = element.lines[position : position + 2]
            yield line.page, f"the page ends within a word: “{_join(line, following)}”"


def names_divided(layout: Layout) -> Iterator[Found]:
    """Headings with words that are divided, and names in capitals that are."""
    for element in layout.elements():
        for line, following in pairwise(element.lines if element.role != "Figure" else ()):
            capitals = re.search(r"[^\W\d_a-zа-яёәғқңөұүһі]{2}-$", line.text) and following.text[:1].isupper()
            if (element.role in breaks.HEADINGS and divided(line.text)) or capitals:
                yield line.page, f"a heading or a name in capitals is divided: “{_join(line, following)}”"


def _ends(element: Element) -> list[tuple[int, str]]:
    return [(line.page, line.text) for line in element.lines] if element.role != "Figure" else []


def _join(line: Line, following: Line) -> str:
    return f"{line.text[-30:].strip()} | {following.text[:30].strip()}"


# -- The checks ------------------------------------------------------------------------------------------------------


def _check(code: str, says: str, hint: str, find: Callable[[Layout, str], Iterable[Found]]) -> Check:
    """A check of PDFs from what finds faults in a layout and its language."""

    def run(finished: Finished) -> Iterator[Problem]:
        found = find(layout(finished.data), finished.language) if finished.format == "pdf" else ()
        place = Place(finished.path.name)
        return (Problem(code, f"page {page}: {cause}", place, hint) for page, cause in found)

    return Check(code, says, "own rule: docs/designers.md, Typesetting", run)


def _any_language(find: Callable[[Layout], Iterable[Found]]) -> Callable[[Layout, str], Iterable[Found]]:
    return lambda layout, _language: find(layout)


_LAYOUT = "look at the rule in templates/print.css, or say it in fewer or other words"
_REPORT = "report this: the writer should have prevented it"

CHECKS = (
    _check(
        "text-outside",
        "All text stands inside the text area of its page, or inside its cell.",
        "shorten the word or the table, or give it more room in templates/print.css",
        _any_language(geometry.outside),
    ),
    _check(
        "text-overlap",
        "No text stands over other text.",
        "look at margins, positions and line heights in templates/print.css",
        _any_language(geometry.overlapping),
    ),
    _check(
        "text-on-rule",
        "No rule goes through a line of text.",
        "look at margins and positions in templates/print.css",
        _any_language(geometry.on_rules),
    ),
    _check(
        "text-off-ground",
        "A line that stands on a ground of colour stands on it whole.",
        "shorten the text, or give the ground more room in templates/print.css",
        _any_language(geometry.off_grounds),
    ),
    _check(
        "heading-at-foot",
        "Two lines at least follow a heading on its page.",
        _LAYOUT,
        _any_language(breaks.headings_at_feet),
    ),
    _check(
        "caption-parted",
        "A caption is on the page of its figure, or of the first rows of its table.",
        _LAYOUT,
        _any_language(breaks.captions_parted),
    ),
    _check(
        "line-alone",
        "No line of a paragraph stands alone on a page.",
        _LAYOUT,
        _any_language(breaks.lines_alone),
    ),
    _check(
        "note-parted",
        "Each note is, whole, on the page of its call.",
        "shorten the note or move its call by a sentence",
        _any_language(breaks.notes_parted),
    ),
    _check(
        "page-unfilled",
        "Every page is filled, but where a part ends.",
        "move or shorten what did not fit on it, or let it stand",
        _any_language(breaks.pages_unfilled),
    ),
    _check(
        "line-cut-pair",
        "No line ends between a number and its unit, initials and a name, or others that belong together.",
        "join them in typography.py, or with a no-break space in the text",
        pairs_cut,
    ),
    _check(
        "line-scrap",
        "No paragraph ends with a line of three letters or the rest of a word.",
        _REPORT,
        _any_language(runts_left),
    ),
    _check(
        "hyphens-stacked",
        "No three lines in a row end with a hyphen.",
        _REPORT,
        _any_language(hyphens_stacked),
    ),
    _check(
        "hyphen-at-page-end",
        "No word begins on one page and ends on the next.",
        _REPORT,
        _any_language(hyphens_at_ends_of_pages),
    ),
    _check(
        "name-divided",
        "No word of a heading is divided, and no name in capitals.",
        "set “hyphens: none” for it in templates/print.css",
        _any_language(names_divided),
    ),
    _check(
        "line-stretched",
        f"The words of a line stand {spacing.WORD_SPACE} of their size apart at most.",
        "do not justify narrow columns",
        _any_language(spacing.lines_stretched),
    ),
    _check(
        "line-short",
        f"No line ends {spacing.SHORT:.0%} short of its column where more would have fitted.",
        _LAYOUT,
        spacing.lines_short,
    ),
    _check(
        "paragraph-ragged",
        f"The lines of a paragraph end {spacing.RAGGED:.0%} short in the mean, at most.",
        "allow hyphens, or widen the column in templates/print.css",
        _any_language(spacing.paragraphs_ragged),
    ),
)
"""What is measured in each PDF."""
