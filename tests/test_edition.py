"""What a writer is given: names, labels and numbered notes of one publication in one language."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kzpub.builds.editing import editions
from kzpub.edition import Edition
from kzpub.errors import KzpubError, Place
from kzpub.inlines import Inlines, NoteRef, Strong, Text
from kzpub.languages import LANGUAGES
from kzpub.model import Block, Note, Paragraph
from kzpub.projects import Request
from tests.conftest import Built


@pytest.fixture
def kazakh(sampler: Built) -> Edition:
    return sampler.editions["kk"]


@pytest.mark.parametrize(
    ("tag", "title", "keywords", "position"),
    [
        (
            "en",
            "Sampler of every kind of block",
            ("sampler", "tests"),
            "Describes the position from 2021 to 2023",
        ),
        (
            "kk",
            "Бөліктің барлық түрінің үлгісі",
            ("үлгі", "сынақтар"),
            "2021–2023 жылдардағы жағдай сипатталады",
        ),
        (
            "ru",
            "Образец всех видов блоков",
            ("образец", "тесты"),
            "Описано положение с 2021 по 2023 год",
        ),
    ],
)
def test_an_edition_speaks_its_language(
    tag: str, title: str, keywords: tuple[str, ...], position: str, sampler: Built
) -> None:
    edition = sampler.editions[tag]
    assert edition.language == LANGUAGES[tag]
    assert edition.title.replace("\u00a0", " ") == title
    assert edition.keywords == keywords
    assert edition.position.replace("\u00a0", " ") == position


def test_a_date_does_not_break_between_day_and_month(sampler: Built) -> None:
    assert sampler.editions["en"].date == "5\u00a0March 2026"
    assert sampler.editions["kk"].date == "2026\u00a0жылғы 5\u00a0наурыз"
    assert sampler.editions["ru"].date == "5\u00a0марта 2026\u00a0года"


def test_files_are_named_after_publication_language_and_format(kazakh: Edition) -> None:
    assert kazakh.file_name("pdf") == "sampler-kk.pdf"
    assert kazakh.file_name("html", LANGUAGES["ru"]) == "sampler-ru.html"


def test_an_edition_knows_its_languages_and_faces(kazakh: Edition) -> None:
    assert [language.tag for language in kazakh.languages("html")] == ["en", "kk", "ru"]
    assert len(kazakh.faces) == 8


@pytest.mark.parametrize(
    ("tag", "filled"), [("en", "Page 2 of 9"), ("kk", "9 беттің 2-беті"), ("ru", "Страница 2 из 9")]
)
def test_a_label_is_filled_wherever_its_language_puts_the_values(tag: str, filled: str, sampler: Built) -> None:
    assert sampler.editions[tag].label("page_of", page=2, pages=9) == filled


def test_a_label_is_cut_at_its_placeholders(kazakh: Edition) -> None:
    edition = replace(kazakh, labels={"page_of": "{pages} беттің {page}-беті"})
    assert edition.label_parts("page_of") == ("", "pages", " беттің ", "page", "-беті")


def calling(edition: Edition, *labels: str) -> Edition:
    """The edition with paragraphs that call notes, and the notes in alphabetical order."""
    blocks: tuple[Block[Inlines], ...] = tuple(Paragraph((Strong((NoteRef(label),)),)) for label in labels)
    notes: tuple[Note[Inlines], ...] = tuple(
        Note(label, (Text(f"Note {label}"),), Place("a.md", 1)) for label in sorted(labels)
    )
    return replace(edition, document=replace(edition.document, blocks=blocks, notes=notes))


def test_notes_are_numbered_in_the_order_in_which_a_language_calls_them(kazakh: Edition) -> None:
    assert calling(kazakh, "b", "c", "a").notes == {
        "b": (1, (Text("Note b"),)),
        "c": (2, (Text("Note c"),)),
        "a": (3, (Text("Note a"),)),
    }


def test_notes_on_the_cover_come_first(kazakh: Edition) -> None:
    edition = calling(kazakh, "a", "b")
    edition = replace(
        edition, document=replace(edition.document, title=(NoteRef("b"),), blocks=edition.document.blocks[:1])
    )
    assert {label: number for label, (number, _) in edition.notes.items()} == {"b": 1, "a": 2}


def test_a_language_that_the_publication_does_not_list_is_refused(
    project: Path, edit: Callable[[str, str, str], None]
) -> None:
    edit("content/sampler/publication.yaml", "[en, kk, ru]", "[en, kk]")
    with pytest.raises(KzpubError) as caught:
        editions(project, Request(languages=("ru",)))
    assert [(problem.code, str(problem.place)) for problem in caught.value.problems] == [
        ("language-not-listed", "content/sampler/publication.yaml")
    ]
