"""An edition to one self-contained HTML file: styles, typefaces and images inside, no script, no request.

Identifiers of the page itself have an underscore, which no anchor of a heading can have.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable

from markupsafe import Markup as Safe
from markupsafe import escape

from kzpub.edition import Edition, File
from kzpub.fonts import Face, features, woff2
from kzpub.inlines import Inlines
from kzpub.projects import FORMATS
from kzpub.writers.markup import Markup, language_attribute
from kzpub.writers.pages import render
from kzpub.writers.plots import Plot, palette

_WORD_BREAK = '<span class="break"></span>'
"""The stylesheet fills it with a soft hyphen, which is thus shown, but neither copied nor searched nor read out."""


def write(edition: Edition) -> File:
    """The HTML file, in UTF-8."""
    markup = Markup(edition, _note_call(edition), _drawing(edition), _beside(edition), _WORD_BREAK)
    offered = [format for format in FORMATS if edition.language in edition.languages(format)]
    formats = [format for format in offered if format != "html"]
    parts = markup.page() | {"notes": Safe(_notes(markup)), "formats": formats, "language_of": _language_of}

    def page(fonts: str) -> str:
        return render(edition.templates, "web.html", fonts=Safe(fonts), **parts)

    bare = page("")
    characters, asked = frozenset(map(ord, bare)), features(bare)
    return File(page("".join(_font_face(face, characters, asked) for face in edition.faces)).encode())


def _language_of(text: Inlines) -> Safe:
    return Safe(language_attribute(text))


def _font_face(face: Face, characters: frozenset[int], asked: frozenset[str]) -> str:
    source = b64encode(woff2(face, characters & face.characters, asked)).decode()
    weight, style = ("bold" if face.bold else "normal"), ("italic" if face.italic else "normal")
    return (
        f'@font-face{{font-family:"{face.family}";font-weight:{weight};font-style:{style};font-display:swap;'
        f"src:url(data:font/woff2;base64,{source})}}\n"
    )


def _note_call(edition: Edition) -> Callable[[str], str]:
    notes = edition.notes

    def call(label: str) -> str:
        number, _ = notes[label]
        name = escape(edition.label("note", number=number))
        return f'<sup class="call"><a id="call_{number}" href="#note_{number}" aria-label="{name}">{number}</a></sup>'

    return call


def _drawing(edition: Edition) -> Callable[[Plot], str]:
    """Both drawings of a chart; the stylesheet shows one and sets their colours."""

    def drawn(plot: Plot) -> str:
        from kzpub.writers.drawings import WIDTHS, in_variables, svg  # not before there is a chart

        colours = palette(edition.templates)
        both = (svg(plot, layout, colours, edition.templates / "fonts") for layout in WIDTHS)
        return in_variables("".join(both), colours)

    return drawn


def _notes(markup: Markup) -> str:
    back = escape(markup.edition.label("back_to_text"))
    items = (
        f'<li id="note_{number}">{markup.inlines(text)}'
        f' <a class="back" href="#call_{number}" aria-label="{back}">↑</a></li>'
        for number, text in markup.edition.notes.values()
    )
    return "".join(items)


def _beside(edition: Edition) -> Callable[[str], str]:
    """Links beside a heading to the same heading in the other languages."""
    name = escape(edition.label("same_place"))
    others = [language for language in edition.languages("html") if language != edition.language]

    def links(anchor: str) -> str:
        each = (
            f'<a href="{escape(edition.file_name("html", language))}#{anchor}" hreflang="{language.tag}"'
            f' lang="{language.tag}" title="{escape(language.name)}">{language.tag.upper()}</a>'
            for language in others
        )
        return f'<span class="same-place" role="group" aria-label="{name}">{" ".join(each)}</span>' if others else ""

    return links
