"""An edition to PDF: HTML for print, laid out by WeasyPrint."""

from __future__ import annotations

import gc
import logging
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from markupsafe import Markup as Safe
from markupsafe import escape

from kzpub.edition import Edition, File
from kzpub.errors import KzpubError, Place, fail
from kzpub.writers.finishing import VARIANT, finish
from kzpub.writers.markup import Markup, data_address
from kzpub.writers.pages import drawing_address, render
from kzpub.writers.passes import divided_words, laid_out
from kzpub.writers.plots import Plot, palette
from kzpub.writers.renderer import no_line_is, only, renderer


def write(edition: Edition) -> File:
    """The PDF file. Raises ``KzpubError`` if a system library is missing or the renderer warns of anything."""
    with _warnings_are_errors(), _rarely_collecting(), renderer(edition.templates / "fonts") as weasyprint:
        document = _laid_out(edition, weasyprint)
        return File(document.write_pdf(pdf_variant=VARIANT, finisher=finish), len(document.pages))


def pages_of_figures(edition: Edition) -> dict[str, tuple[int, ...]]:
    """The pages that show each figure of the register."""
    found: dict[str, set[int]] = {}
    with _warnings_are_errors(), _rarely_collecting(), renderer(edition.templates / "fonts") as weasyprint:
        for number, page in enumerate(_laid_out(edition, weasyprint).pages, 1):
            for box in page._page_box.descendants():
                names = box.element.get("data-figure", "") if box.element is not None else ""
                for name in names.split():
                    found.setdefault(name, set()).add(number)
    return {name: tuple(sorted(pages)) for name, pages in found.items()}


def _laid_out(edition: Edition, weasyprint: Any) -> Any:
    """The document on its pages, every note on that of its call."""
    fetcher = only(weasyprint, _assets(edition))
    source = weasyprint.HTML(string=print_html(edition), base_url="kzpub:", url_fetcher=fetcher)
    forbidden: set[str] = set()
    with no_line_is(forbidden):
        document = laid_out(source, partial(_look, edition, forbidden))
        if _notes_off_their_page(_boxes(document), edition):
            source.etree_element.find("body").set("class", "whole")  # each paragraph is kept on one page
            document = laid_out(source, partial(divided_words, forbidden))
    if lost := _notes_off_their_page(_boxes(document), edition):
        cause = f"the note “{lost[0]}” leaves the page of its call"
        raise fail("note-lost", cause, Place("templates/print.css"), "shorten the note or move its call by a sentence")
    _assert_all_text_is_inside(document)
    return document


def _look(edition: Edition, forbidden: set[str], pages: Sequence[Any]) -> set[int]:
    """The pages to be made again; none where a note is off its page, since then all are."""
    again = divided_words(forbidden, pages)
    return set() if again and _notes_off_their_page(pages, edition) else again


def _boxes(document: Any) -> list[Any]:
    return [page._page_box for page in document.pages]


def _assets(edition: Edition) -> frozenset[str]:
    """The addresses of all that a document shows besides its text: its pictures, the drawings of the templates."""
    drawings = (drawing_address(edition.templates, path.name) for path in edition.templates.glob("*.svg"))
    return frozenset((*map(data_address, edition.document.images.values()), *drawings))


def print_html(edition: Edition) -> str:
    """The HTML that is laid out, with notes at the place of their calls."""
    notes = edition.notes

    def note(label: str) -> str:
        return f'<span class="footnote" data-note="{escape(label)}">{markup.inlines(notes[label][1])}</span>'

    def drawing(plot: Plot) -> str:
        from kzpub.writers.drawings import svg  # not before there is a chart

        return svg(plot, "wide", palette(edition.templates), edition.templates / "fonts")

    markup = Markup(edition, note, drawing)
    page_of = Safe(css_content(edition.label_parts("page_of")))
    mark = Safe(css_content((edition.running_mark,)))
    return render(edition.templates, "print.html", page_of=page_of, mark=mark, **markup.page())


def css_content(parts: tuple[str, ...]) -> str:
    """A page label as a CSS ``content`` value: texts as strings, ``page`` and ``pages`` as counters."""
    return " ".join(f"counter({part})" if n % 2 else f'"{_css_string(part)}"' for n, part in enumerate(parts) if part)


def _css_string(text: str) -> str:
    """Text inside a CSS string inside ``style``: what could end either is written by its code point."""
    return re.sub(r'[\\"<\n]', lambda match: f"\\{ord(match[0]):x} ", text)


# -- The renderer ----------------------------------------------------------------------------------------------------


@contextmanager
def _warnings_are_errors() -> Iterator[None]:
    """WeasyPrint logs and goes on (a missing glyph, a rejected rule); here each such line ends the work."""
    records: list[logging.LogRecord] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = records.append  # type: ignore[assignment,method-assign]
    logger = logging.getLogger("weasyprint")
    logger.addHandler(handler)
    propagate, logger.propagate = logger.propagate, False
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "HarfBuzz-Subset", DeprecationWarning)  # optional: slower without
            warnings.filterwarnings("ignore", r"unclosed file .*sRGB2014\.icc", ResourceWarning)  # left by WeasyPrint
            yield
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate
    if records:
        raise _renderer_error(records)


@contextmanager
def _rarely_collecting() -> Iterator[None]:
    """Few boxes of a layout become garbage: looking for it as often as Python does takes a tenth of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(200_000, 10, 10)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _renderer_error(records: list[logging.LogRecord]) -> KzpubError:
    cause = "; ".join(dict.fromkeys(record.getMessage() for record in records))
    hint = "look for what it names in the texts and in templates/print.html and print.css"
    return fail("renderer-warning", f"WeasyPrint: {cause}", Place("templates/print.html"), hint)


def _notes_off_their_page(pages: Sequence[Any], edition: Edition) -> list[str]:
    """Labels of the notes that are not whole on the page of their call: WeasyPrint 70 can move a note, or lose it.

    To make room for a second line of the paragraph after it, it gives a note to the next page, whatever the policy in
    the stylesheet; where paragraphs are kept whole, there is no second line to make room for.
    """
    found: dict[str, dict[str, set[int]]] = {label: {"call": set(), "body": set()} for label in edition.notes}
    for number, page in enumerate(pages):
        for box in page.descendants():
            label = box.element.get("data-note") if box.element is not None else None
            if label in found and box.element_tag in ("span", "span::footnote-call"):
                found[label]["body" if box.element_tag == "span" else "call"].add(number)
    return [label for label, on in found.items() if not on["call"] or on["call"] != on["body"]]


def _assert_all_text_is_inside(document: Any) -> None:
    """A word or table that is too wide would run off the paper; such a file is never published."""
    for number, page in enumerate(document.pages, 1):
        edge = page._page_box.content_box_x() + page._page_box.width + 1  # a pixel for what overhangs in a typeface
        for box in page._page_box.descendants():
            if getattr(box, "text", "").strip() and box.position_x + box.width > edge:
                cause = f"“{box.text.strip()[:60]}” runs off page {number}"
                raise fail("text-overflow", cause, Place("templates/print.css"), "shorten the word or the table")
