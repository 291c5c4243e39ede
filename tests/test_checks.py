"""Characters that our typefaces lack, found where they are written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kzpub import checks, content
from kzpub.fonts import faces
from kzpub.languages import LANGUAGES
from kzpub.localise import localise, localise_labels
from kzpub.po.catalogues import load
from kzpub.projects import LABELS_DOMAIN
from tests.conftest import ROOT

FOLDER = "content/sampler"
CATALOGUE, LABELS = "locales/kk/LC_MESSAGES/sampler.po", "locales/kk/LC_MESSAGES/kzpub.po"
FACES = faces(ROOT / "templates" / "fonts")
Edit = Callable[[str, str, str], None]


def findings(project: Path, tag: str) -> list[tuple[str, str, str]]:
    """Code, place and cause of every character that is lacking in the texts of a language or in its labels."""
    language, source = LANGUAGES[tag], content.read(project / FOLDER, project)
    catalogue = load(project, "sampler", language) if tag != "en" else None
    words = load(project, LABELS_DOMAIN, language) if tag != "en" else None
    labels = content.read_templates(project)
    problems = [
        *checks.glyph_problems(source, localise(source, catalogue, language)[0], catalogue, FACES),
        *checks.code_glyph_problems(source, FACES),
        *checks.label_glyph_problems(labels, localise_labels(labels, words, language)[0], words, FACES),
    ]
    return [(problem.code, str(problem.place), problem.cause) for problem in problems]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_character_of_the_sampler_has_a_glyph(tag: str, project: Path) -> None:
    assert findings(project, tag) == []


@pytest.mark.parametrize(
    ("tag", "change", "place"),
    [
        pytest.param(
            "en", (f"{FOLDER}/02-blocks.md", "The last", "The 漢 last"), f"{FOLDER}/02-blocks.md:62", id="text"
        ),
        pytest.param(
            "en", (f"{FOLDER}/02-blocks.md", "820", "**漢**"), f"{FOLDER}/02-blocks.md:34", id="bold in a cell"
        ),
        pytest.param(
            "en", (f"{FOLDER}/02-blocks.md", "A blue", "漢"), f"{FOLDER}/02-blocks.md:39", id="alternative text"
        ),
        pytest.param(
            "en", (f"{FOLDER}/01-text.md", "[^second]: The", "[^second]: 漢"), f"{FOLDER}/01-text.md:21", id="note"
        ),
        pytest.param("en", (f"{FOLDER}/01-text.md", "`code_span`", "`漢`"), f"{FOLDER}/01-text.md:3", id="inline code"),
        pytest.param("en", (f"{FOLDER}/publication.yaml", "Sampler", "漢"), f"{FOLDER}/publication.yaml:1", id="title"),
        pytest.param("kk", (CATALOGUE, '"Бөліктер"', '"Бөліктер 漢"'), f"{CATALOGUE}:81", id="translation"),
        pytest.param(
            "en", ("templates/labels.yaml", "text: Contents", "text: 漢"), "templates/labels.yaml:4", id="label"
        ),
        pytest.param("kk", (LABELS, '"Мазмұны"', '"Мазмұны 漢"'), f"{LABELS}:20", id="label translated"),
    ],
)
def test_a_character_without_a_glyph_is_found_with_its_line(
    tag: str, change: tuple[str, str, str], place: str, project: Path, edit: Edit
) -> None:
    edit(*change)
    assert [(code, where) for code, where, _ in findings(project, tag)] == [("glyph-missing", place)]


def test_a_character_without_a_glyph_is_found_in_a_block_of_code(project: Path, edit: Edit) -> None:
    edit(f"{FOLDER}/02-blocks.md", "never", "漢")
    assert [code for code, _, _ in findings(project, "en")] == ["glyph-missing"]


@pytest.mark.parametrize(
    ("character", "name"),
    [("漢", "U+6F22 CJK UNIFIED IDEOGRAPH-6F22"), ("😀", "U+1F600 GRINNING FACE")],
)
def test_the_character_and_the_faces_that_lack_it_are_named(
    character: str, name: str, project: Path, edit: Edit
) -> None:
    edit(f"{FOLDER}/02-blocks.md", "The last", f"{character}{character} last")
    ((_, _, cause),) = findings(project, "en")
    assert cause.startswith(f"no glyph for {name} in SourceSans3-Bold.ttf, ")
    assert cause.count(".ttf") == len(FACES)
