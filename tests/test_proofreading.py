"""A finished file that does not say what it should is found out before it is published."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from kzpub.builds.editing import WRITERS, editions
from kzpub.edition import Edition
from kzpub.inlines import Inline, Inlines, Text, Value, map_inlines
from kzpub.model import Document, Paragraph
from kzpub.projects import Request
from kzpub.proofreading import file_problems
from kzpub.traversal import map_texts
from tests.conftest import FORMATS, LANGUAGES, Built

Damage = Callable[[Edition], Edition]


def found(edition: Edition, format: str, damage: Damage = lambda edition: edition) -> set[str]:
    """Codes of what is wrong with a file that was written from a damaged edition."""
    file = import_module(WRITERS[format]).write(damage(edition))
    return {problem.code for problem in file_problems(edition, file, format, f"a.{format}")}


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_clean_file_has_no_findings(built: Built, language: str, format: str) -> None:
    assert found(built.editions[language], format) == set()


# -- Damages ---------------------------------------------------------------------------------------------------------


def value(name: str, old: str, new: str) -> Damage:
    """A figure printed otherwise, in the text and the tables alike."""

    def change(inline: Inline) -> Inline:
        match inline:
            case Value(id, text) if id == name:
                assert old in text
                return Value(id, text.replace(old, new))
            case _:
                return inline

    return lambda edition: replace(edition, document=_changed(edition, change))


def words(old: str, new: str) -> Damage:
    """Plain words of the text changed."""

    def change(inline: Inline) -> Inline:
        match inline:
            case Text(text):
                return Text(text.replace(old, new))
            case _:
                return inline

    return lambda edition: replace(edition, document=_changed(edition, change))


def _changed(edition: Edition, change: Callable[[Inline], Inline]) -> Document[tuple[Inline, ...]]:
    return map_texts(edition.document, lambda inlines: map_inlines(inlines, change))


def tile(old: str, new: str) -> Damage:
    """A tile of the first page changed."""

    def damaged(edition: Edition) -> Edition:
        def change(inline: Inline) -> Inline:
            return Value(inline.name, inline.text.replace(old, new)) if isinstance(inline, Value) else inline

        tiles = tuple(replace(each, value=map_inlines(each.value, change)) for each in edition.key_figures)
        assert tiles != edition.key_figures
        return replace(edition, key_figures=tiles)

    return damaged


def drawn(id: str, text: str) -> Damage:
    """A value drawn in a chart changed."""
    return lambda edition: replace(edition, figures={**edition.figures, id: text})


DAMAGES = {
    "a digit changed": value("crisis_centres", "46", "47"),
    "two digits changed places": value("crisis_centres", "46", "64"),
    "a digit added": value("crisis_centres", "46", "460"),
    "a digit added in front": value("crisis_centres", "46", "146"),
    "a digit lost": value("unannounced_visits", "800", "80"),
    "a group lost": value("registered_ngos", "22\u00a0000", "22"),
    "a sign of per cent lost": value("party_quota", "%", ""),
    "a decimal added": value("automated_services", "92", "9,2"),
    "a minus added": value("local_deputies", "71", "-71"),
    "a currency added": value("local_deputies", "71", "$71"),
    "the end of a range changed": value("council_membership", "2024", "2025"),
    "a range made a year": value("council_membership", "2022–2024", "2022"),
    "a year changed": value("reform_start", "2019", "2018"),
    "a number added to the words": words("Конституциялық Сот", "1999 Конституциялық Сот"),
    "a tile with a digit more": tile("46", "9460"),
    "a tile with a digit less": tile("22\u00a0000", "2\u00a0000"),
    "a chart with another value": drawn("assets_from_abroad", "75 млн АҚШ доллары"),
    "the date of the edition changed": lambda edition: replace(edition, date="2026 жылғы 24 қараша"),
}


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_file_is_found_out(factsheet: Built, damage: Damage, format: str) -> None:
    assert found(factsheet.editions["kk"], format, damage) == {"file-differs"}


# -- What is no damage -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", FORMATS)
def test_a_number_that_a_line_ends_inside_is_whole(sampler: Built, format: str) -> None:
    address = "https://example.org/" + "2024031598765432" * 14
    assert found(said(sampler.editions["en"], f"See {address} there."), format) == set()


def said(edition: Edition, words: str) -> Edition:
    """An edition with a paragraph more."""
    more: Paragraph[Inlines] = Paragraph((Text(words),))
    return replace(edition, document=replace(edition.document, blocks=(*edition.document.blocks, more)))


@pytest.mark.parametrize(
    ("format", "path", "old", "new"),
    [
        ("pdf", "print.html", "</main>", "<p>Astana, 010000</p></main>"),
        ("html", "web.html", "</main>", "<p>Astana, 010000</p></main>"),
    ],
)
def test_a_number_of_the_templates_is_no_stranger(project: Path, format: str, path: str, old: str, new: str) -> None:
    template = project / "templates" / path
    template.write_text(template.read_text("utf-8").replace(old, new), "utf-8")
    (edition,) = editions(project, Request(languages=("en",)))
    assert found(edition, format) == set()
