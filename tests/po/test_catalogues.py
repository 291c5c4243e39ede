"""Catalogues read strictly."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kzpub.errors import KzpubError, Place
from kzpub.languages import LANGUAGES
from kzpub.model import Message
from kzpub.po.catalogues import Entry, load

KAZAKH, RUSSIAN = LANGUAGES["kk"], LANGUAGES["ru"]
CATALOGUE = "locales/kk/LC_MESSAGES/sampler.po"
ENTRY = 'msgid "Blocks"\nmsgstr "Бөліктер"\n'
Edit = Callable[[str, str, str], None]


def message(text: str, context: str = "a", comment: str = "") -> Message:
    return Message(text, context, Place("content/x/01.md", 5), comment)


# -- Reading ---------------------------------------------------------------------------------------------------------


def test_an_entry_is_found_by_context_and_text(project: Path) -> None:
    catalogue = load(project, "sampler", KAZAKH)
    assert catalogue.path == CATALOGUE
    assert catalogue.find(message("Blocks", "blocks")) == Entry(("Бөліктер",), Place(CATALOGUE, 81), fuzzy=False)
    assert catalogue.find(message("Blocks", "elsewhere")) is None
    assert catalogue.find(message("", "")) is None


def test_a_mark_for_review_is_seen(project: Path, edit: Edit) -> None:
    edit(CATALOGUE, 'msgctxt "blocks"\nmsgid "Blocks"', '#, fuzzy\nmsgctxt "blocks"\nmsgid "Blocks"')
    entry = load(project, "sampler", KAZAKH).find(message("Blocks", "blocks"))
    assert entry is not None
    assert entry.fuzzy


def test_a_byte_order_mark_is_refused(project: Path) -> None:
    path = project / CATALOGUE
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    with pytest.raises(KzpubError) as caught:
        load(project, "sampler", KAZAKH)
    assert [(problem.code, problem.place) for problem in caught.value.problems] == [
        ("catalogue-bom", Place(CATALOGUE, 1))
    ]


def test_windows_line_ends_change_nothing(project: Path) -> None:
    clean = load(project, "sampler", KAZAKH)
    path = project / CATALOGUE
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load(project, "sampler", KAZAKH) == clean


def test_an_obsolete_entry_is_not_found(project: Path, edit: Edit) -> None:
    edit(CATALOGUE, f'msgctxt "blocks"\n{ENTRY}', '#~ msgctxt "blocks"\n#~ msgid "Blocks"\n#~ msgstr "Бөліктер"\n')
    assert load(project, "sampler", KAZAKH).find(message("Blocks", "blocks")) is None


def test_a_catalogue_that_is_not_there_is_refused(project: Path) -> None:
    (project / CATALOGUE).unlink()
    with pytest.raises(KzpubError) as caught:
        load(project, "sampler", KAZAKH)
    assert [(problem.code, str(problem.place)) for problem in caught.value.problems] == [
        ("catalogue-missing", CATALOGUE)
    ]


@pytest.mark.parametrize(
    ("damaged", "line"),
    [
        pytest.param(f"garbage\n{ENTRY}", 81, id="words outside of strings"),
        pytest.param(ENTRY.replace('ер"', "ер"), 82, id="a string that never ends"),
        pytest.param(ENTRY.replace('"Бөл', "Бөл"), 82, id="a string that never begins"),
    ],
)
def test_a_damaged_catalogue_is_refused(damaged: str, line: int, project: Path, edit: Edit) -> None:
    edit(CATALOGUE, ENTRY, damaged)
    with pytest.raises(KzpubError) as caught:
        load(project, "sampler", KAZAKH)
    assert [(problem.code, problem.place) for problem in caught.value.problems] == [
        ("catalogue-syntax", Place(CATALOGUE, line))
    ]


def test_a_catalogue_in_another_encoding_is_refused(project: Path) -> None:
    path = project / CATALOGUE
    path.write_bytes(path.read_text("utf-8").encode("utf-16"))
    with pytest.raises(KzpubError) as caught:
        load(project, "sampler", KAZAKH)
    assert [(problem.code, str(problem.place)) for problem in caught.value.problems] == [
        ("catalogue-encoding", f"{CATALOGUE}:1")
    ]


@pytest.mark.parametrize("other", ["Бөліктер", "Басқа"], ids=["the same", "another"])
def test_a_second_translation_of_a_message_is_refused(project: Path, edit: Edit, other: str) -> None:
    edit(CATALOGUE, ENTRY, f'{ENTRY}\nmsgctxt "blocks"\n{ENTRY.replace("Бөліктер", other)}')
    with pytest.raises(KzpubError) as caught:
        load(project, "sampler", KAZAKH)
    assert [(problem.code, problem.place) for problem in caught.value.problems] == [
        ("catalogue-duplicate", Place(CATALOGUE, 85))
    ]
