"""Content matches: each finished file against the source tree, the formats and the languages against each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from importlib import import_module
from typing import Any

import pytest

from kzpub.builds.editing import WRITERS
from kzpub.edition import Edition
from kzpub.inlines import Inlines, Link, Text, Value, map_inlines, plain
from kzpub.judges.facts import facts
from kzpub.model import List
from kzpub.traversal import map_texts
from tests.conftest import FORMATS, LANGUAGES, Built
from tests.readback import Reading, docx, html, pdf, tidy, tree
from tests.readback.compare import differences, fact_differences, skeleton_differences


def read(data: bytes, format: str, wanted: Reading) -> Reading:
    """A finished file of any format."""
    match format:
        case "pdf":
            return pdf.read_against(data, wanted)
        case "docx":
            return docx.read(data)
        case _:
            return html.read(data)


@cache
def reading(built: Built, language: str, format: str) -> Reading:
    return read(built.data(language, format), format, tree.read(built.editions[language]))


# -- Clean editions --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_finished_file_says_what_its_source_tree_says(built: Built, language: str, format: str) -> None:
    assert differences(reading(built, language, format), tree.read(built.editions[language])) == []


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("language", ["kk", "ru"])
def test_all_languages_of_a_format_have_the_same_skeleton(built: Built, language: str, format: str) -> None:
    assert skeleton_differences(reading(built, language, format), reading(built, "en", format)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_formats_of_a_language_have_the_same_text(built: Built, language: str) -> None:
    in_html, in_pdf, in_docx = (reading(built, language, format) for format in ("html", "pdf", "docx"))
    assert differences(in_pdf, in_html) == differences(in_docx, in_html) == []


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_of_the_source_stands_in_every_file(built: Built, language: str, format: str) -> None:
    source = tree.read(built.editions["en"])
    assert sum(facts(row.text, "en").total() for row in source.rows) > 5
    assert fact_differences(reading(built, language, format), source) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_cover_says_the_same_in_every_format(built: Built, language: str) -> None:
    edition = built.editions[language]
    wanted = [
        plain(edition.document.title),
        plain(edition.document.subtitle),
        plain(edition.document.source_note),
        edition.label("edition", date=edition.date),
        edition.position,
        *(each.name for each in edition.languages("html")),
    ]
    for format in FORMATS:
        cover = COVERS[format](built.data(language, format))
        assert [text for text in wanted if not cover(tidy(text))] == [], format


def _pdf_cover(data: bytes) -> Callable[[str], bool]:
    import io

    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as file:
        page = squeezed(file.pages[0].extract_text())
    return lambda text: squeezed(text) in page


def _docx_cover(data: bytes) -> Callable[[str], bool]:
    paragraphs = docx.find(docx.Package(data).document, "//w:p")
    page = tidy(" ".join("".join(map(str, p.itertext())) for p in paragraphs).replace("\u2060", ""))
    return lambda text: text in page


def _html_cover(data: bytes) -> Callable[[str], bool]:
    page = tidy(data.decode().partition("<body")[2].partition("<main")[0])
    import re

    visible = tidy(re.sub(r"<[^>]+>", "", page)).replace("&amp;", "&").replace("&#39;", "'")
    return lambda text: text in visible


def squeezed(text: str) -> str:
    """Letters and digits only: on a page, hyphens and spaces depend on where lines end."""
    return "".join(filter(str.isalnum, text))


COVERS: dict[str, Callable[[bytes], Callable[[str], bool]]] = {
    "pdf": _pdf_cover,
    "docx": _docx_cover,
    "html": _html_cover,
}

# -- Damaged editions ------------------------------------------------------------------------------------------------


def drop_a_bullet(edition: Edition) -> Edition:
    blocks = list(edition.document.blocks)
    position = next(n for n, block in enumerate(blocks) if isinstance(block, List))
    victim = blocks[position]
    assert isinstance(victim, List)
    blocks[position] = replace(victim, items=victim.items[1:])
    return replace(edition, document=replace(edition.document, blocks=tuple(blocks)))


def _change_leaves(edition: Edition, change: Callable[[Any], Any]) -> Edition:
    def leaf(inlines: Inlines) -> Inlines:
        return map_inlines(inlines, change)

    return replace(edition, document=map_texts(edition.document, leaf))


def swap_a_figure(edition: Edition) -> Edition:
    def change(inline: Any) -> Any:
        swapped = isinstance(inline, Text | Value) and replace(
            inline, text=inline.text.replace("12", "21").replace("46", "64")
        )
        return swapped or inline

    return _change_leaves(edition, change)


def lose_a_link(edition: Edition) -> Edition:
    def without_links(inlines: Inlines) -> Inlines:
        return tuple(part for inline in inlines for part in (inline.content if isinstance(inline, Link) else (inline,)))

    return replace(edition, document=map_texts(edition.document, without_links))


DAMAGES = (drop_a_bullet, swap_a_figure, lose_a_link)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_edition_is_found_out(built: Built, format: str, damage: Callable[[Edition], Edition]) -> None:
    edition = built.editions["ru"]
    wanted = tree.read(edition)
    data = import_module(WRITERS[format]).write(damage(edition)).data
    damaged = read(data, format, wanted)
    english, in_html = reading(built, "en", format), reading(built, "ru", "html")
    assert differences(damaged, wanted), "against the source tree"
    assert differences(damaged, in_html), "against another format"
    if damage is not swap_a_figure:
        assert skeleton_differences(damaged, english), "against another language"
    if damage is not lose_a_link:
        assert fact_differences(damaged, tree.read(built.editions["en"])), "against the source's numbers"
