"""An edition to PDF: HTML for print, laid out by WeasyPrint with our typefaces only."""

from __future__ import annotations

import ctypes.util
import logging
import os
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from markupsafe import Markup as Safe
from markupsafe import escape

from kzpub.edition import Edition, File
from kzpub.errors import KzpubError, Place, fail
from kzpub.kazakh import hyphenation_patterns
from kzpub.writers.html import data_address
from kzpub.writers.markup import Markup, contents
from kzpub.writers.pages import render

_FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""
_LIBRARIES_HINT = (
    "install Pango: “apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0” on Debian and Ubuntu, "
    "“dnf install pango” on Fedora, “brew install pango” on macOS; README.md says how on Windows"
)


def write(edition: Edition) -> File:
    """The PDF file. Raises ``KzpubError`` if a system library is missing or the renderer warns of anything."""
    weasyprint = _weasyprint(edition.templates / "fonts")
    with _warnings_are_errors():
        document = weasyprint.HTML(string=print_html(edition), base_url="kzpub:", url_fetcher=_fetcher()).render(
            presentational_hints=True
        )
        _assert_every_note_is_on_its_page(document, edition)
        return File(document.write_pdf(pdf_tags=True), len(document.pages))


def print_html(edition: Edition) -> str:
    """The HTML that is laid out, with notes at the place of their calls."""
    notes = edition.notes

    def note(label: str) -> str:
        return f'<span class="footnote">{markup.inlines(notes[label][1])}</span>'

    def image(name: str) -> str:
        return data_address(edition.document.images[name])

    markup = Markup(edition, note, image)
    return render(
        edition.templates,
        "print.html",
        edition=edition,
        source_note=Safe(markup.inlines(edition.document.source_note)),
        title=Safe(markup.inlines(edition.document.title)),
        subtitle=Safe(markup.inlines(edition.document.subtitle)),
        contents=Safe(contents(edition)),
        body=Safe(markup.body()),
        page_of=Safe(css_content(edition.label_parts("page_of"))),
    )


def css_content(parts: tuple[str, ...]) -> str:
    """A page label as a CSS ``content`` value: texts as strings, ``page`` and ``pages`` as counters."""
    return " ".join(
        f"counter({part})" if n % 2 else '"' + part.replace("\\", "\\\\").replace('"', '\\"') + '"'
        for n, part in enumerate(parts)
        if part
    )


# -- The renderer ----------------------------------------------------------------------------------------------------


@cache
def _weasyprint(fonts: Path) -> ModuleType:
    """WeasyPrint, imported once with only our fonts in sight and with Kazakh hyphenation."""
    folder = Path(tempfile.mkdtemp(prefix="kzpub-"))
    configuration = folder / "fonts.conf"
    cache_folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kzpub" / "fontconfig"
    configuration.write_text(_FONTCONFIG.format(fonts=escape(fonts), cache=escape(cache_folder)), "utf-8")
    os.environ["FONTCONFIG_FILE"] = str(configuration)
    try:
        weasyprint = _imported_without_searches()
    except OSError as error:
        cause = f"WeasyPrint cannot load a system library: {str(error).splitlines()[0]}"
        raise fail("library-missing", cause, None, _LIBRARIES_HINT) from None
    _teach_kazakh(folder / "hyph_kk.dic")
    return weasyprint


def _imported_without_searches() -> ModuleType:
    """On Linux WeasyPrint's libraries load by name; the 22 searches for other names would start a compiler each."""
    search = ctypes.util.find_library
    try:
        if sys.platform == "linux":
            ctypes.util.find_library = lambda name: None
        return import_module("weasyprint")
    finally:
        ctypes.util.find_library = search


def _teach_kazakh(dictionary: Path) -> None:
    """Pyphen has no Kazakh; its table of dictionaries is open, and WeasyPrint asks it by language tag."""
    pyphen: Any = import_module("pyphen")
    dictionary.write_text("\n".join(["UTF-8", *hyphenation_patterns()]), "utf-8")
    pyphen.LANGUAGES["kk"] = dictionary
    pyphen.LANGUAGES_LOWERCASE["kk"] = "kk"


def _fetcher() -> Any:
    """A fetcher that reads ``data:`` addresses only: a document never opens a file or a connection."""
    from weasyprint.urls import URLFetcher

    return URLFetcher(allowed_protocols=["data"])


@contextmanager
def _warnings_are_errors() -> Iterator[None]:
    """WeasyPrint logs and goes on (a missing glyph, a rejected rule); here each such line ends the work."""
    records: list[logging.LogRecord] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = records.append  # type: ignore[method-assign]
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
