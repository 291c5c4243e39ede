"""An edition to PDF: HTML for print, laid out by WeasyPrint."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from markupsafe import Markup as Safe

from kzpub.edition import Edition, File
from kzpub.errors import KzpubError, Place, fail
from kzpub.writers.markup import Markup
from kzpub.writers.pages import render
from kzpub.writers.renderer import load


def write(edition: Edition) -> File:
    """The PDF file. Raises ``KzpubError`` if a system library is missing or the renderer warns of anything."""
    weasyprint = load(edition.templates / "fonts")
    only_data = weasyprint.urls.URLFetcher(allowed_protocols=["data"])  # a document opens no file and no connection
    with _warnings_are_errors():
        source = weasyprint.HTML(string=print_html(edition), base_url="kzpub:", url_fetcher=only_data)
        document = source.render(presentational_hints=True)
        _assert_every_note_is_on_its_page(document, edition)
        _assert_all_text_is_inside(document)
        return File(document.write_pdf(pdf_tags=True), len(document.pages))


def print_html(edition: Edition) -> str:
    """The HTML that is laid out, with notes at the place of their calls."""
    notes = edition.notes

    def note(label: str) -> str:
        return f'<span class="footnote">{markup.inlines(notes[label][1])}</span>'

    markup = Markup(edition, note)
    page_of = Safe(css_content(edition.label_parts("page_of")))
    return render(edition.templates, "print.html", page_of=page_of, **markup.page())


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
            yield
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate
    if records:
        raise _renderer_error(records)


def _renderer_error(records: list[logging.LogRecord]) -> KzpubError:
    cause = "; ".join(dict.fromkeys(record.getMessage() for record in records))
    hint = "look for what it names in the texts and in templates/print.html and print.css"
    return fail("renderer-warning", f"WeasyPrint: {cause}", Place("templates/print.html"), hint)


def _assert_every_note_is_on_its_page(document: Any, edition: Edition) -> None:
    """WeasyPrint 70 can move a note to another page or lose it; such a file is never published."""
    calls: dict[int, list[int]] = {}
    bodies: dict[int, list[int]] = {}
    for number, page in enumerate(document.pages, 1):
        for box in page._page_box.descendants():
            if box.element is not None and box.element.get("class") == "footnote":
                if box.element_tag == "span::footnote-call":
                    calls.setdefault(id(box.element), []).append(number)
                elif box.element_tag == "span":
                    bodies.setdefault(id(box.element), []).append(number)
    kept = [element for element, pages in calls.items() if set(pages) == set(bodies.get(element, ()))]
    if len(kept) != len(edition.notes):
        cause = f"{len(edition.notes) - len(kept)} of {len(edition.notes)} notes left the page of their call"
        raise fail("note-lost", cause, Place("templates/print.css"), "shorten the note or move its call by a sentence")


def _assert_all_text_is_inside(document: Any) -> None:
    """A word or table that is too wide would run off the paper; such a file is never published."""
    for number, page in enumerate(document.pages, 1):
        edge = page._page_box.content_box_x() + page._page_box.width + 1  # a pixel for what overhangs in a typeface
        for box in page._page_box.descendants():
            if getattr(box, "text", "").strip() and box.position_x + box.width > edge:
                cause = f"“{box.text.strip()[:60]}” runs off page {number}"
                raise fail("text-overflow", cause, Place("templates/print.css"), "shorten the word or the table")
