"""Where pages break: headings, captions, notes and single lines stay with what they belong to, and pages are filled."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from kzpub.audit.pdfs.geometry import Found
from kzpub.audit.pdfs.lines import Element, Layout, Page

FILLED = 0.4
"""The part of a page that is filled at least, if no part of the publication ends on it."""
ALONE = 2
"""So many lines of a paragraph stand on a page, and so many under a heading, at least."""
HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")


def headings_at_feet(layout: Layout) -> Iterator[Found]:
    """Headings without two lines of what they head below them."""
    flow = [each for each in layout.elements() if each.role not in ("Lbl", "Note")]
    for position, heading in enumerate(flow):
        if heading.role in HEADINGS and heading.role != "H1":
            page = heading.lines[-1].page
            pages = list(_headed(flow[position + 1 :], heading.role))
            if pages[:ALONE] != [page] * len(pages[:ALONE]):
                yield page, f"the heading “{heading.text}” stands at the foot of the page"


def _headed(following: Iterable[Element], role: str) -> Iterator[int]:
    """The page of each line under a heading."""
    for element in following:
        if element.role in HEADINGS and element.role <= role:
            return
        if element.role not in HEADINGS:
            yield from element.pages() if element.role == "Figure" else (line.page for line in element.lines)


def captions_parted(layout: Layout) -> Iterator[Found]:
    """Captions that are not on the page of their figure, or of the first rows of their table."""
    for caption in layout.elements("Caption"):
        around = caption.parent
        if around is None:
            continue
        if around.role == "Table":
            rows = [row.pages() for row in around.walk() if row.role == "TR"][:ALONE]
        else:
            rows = [each.pages() for each in around.children if each.role == "Figure"]
        pages = caption.pages()
        if any(each != pages for each in rows):
            yield min(pages), f"the caption “{caption.text}” is parted from what it names"


def lines_alone(layout: Layout) -> Iterator[Found]:
    """Paragraphs, items and notes with one line alone on a page."""
    for element in layout.elements():
        counted = Counter(line.page for line in element.lines)
        for page, lines in counted.items():
            if element.role != "Figure" and len(counted) > 1 and lines < ALONE:
                (line,) = (each for each in element.lines if each.page == page)
                yield page, f"the line “{line.text}” stands alone on its page"


def notes_parted(layout: Layout) -> Iterator[Found]:
    """Notes that are not, whole, on the page of their call."""
    for note in layout.elements("Note"):
        around = note.parent.children if note.parent else []
        before = around[: around.index(note)]
        call = next((each for each in reversed(before) if each.role == "Reference"), None)
        pages = {line.page for line in note.lines}
        called = call.pages() if call else set()
        if not pages or pages != called:
            yield min(pages | called, default=1), f"the note “{note.text}” is not on the page of its call"


def pages_unfilled(layout: Layout) -> Iterator[Found]:
    """Pages that are hardly filled although the text goes on."""
    for page in goes_on(layout):
        if (part := filled(layout, page.number)) < FILLED:
            yield page.number, f"{part:.0%} of the page is filled, and the text goes on"


def goes_on(layout: Layout) -> Iterator[Page]:
    """The pages on which no part of a publication ends."""
    begins = _first_of_each_page(layout)
    for page, following in pairwise(layout.pages):
        first = begins.get(following.number)
        if first is not None and first.role not in ("H1", "H2") and first.within("Part") is not None:
            yield page


def _first_of_each_page(layout: Layout) -> dict[int, Element]:
    first: dict[int, Element] = {}
    for element in layout.elements():
        for page in element.pages() if element.role != "Note" else ():
            first.setdefault(page, element)
    return first


def filled(layout: Layout, number: int) -> float:
    """The part of a page's area down to the last line of the text, with what its notes take."""
    area = layout.pages[number - 1].area
    depths: dict[bool, list[float]] = defaultdict(list)
    for element in layout.elements():
        depths[element.role == "Note"] += [line.base for line in element.lines if line.page == number]
    depths[False] += [box.bottom for box in layout.pages[number - 1].figures]
    notes = area.bottom - min(depths[True], default=area.bottom)
    return (max(depths[False], default=area.top) - area.top + notes) / (area.bottom - area.top)
