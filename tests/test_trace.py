"""From a printed number back to the register, by identifier or by the number itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kzpub.cli import main
from kzpub.errors import KzpubError
from kzpub.trace import Traced, asked_for, figure_pages, trace
from tests.conftest import LANGUAGES, ROOT, Built
from tests.readback import tidy

FACTSHEET = "human-rights-factsheet"


@pytest.fixture(scope="module")
def traced() -> tuple[Traced, ...]:
    return trace(ROOT, FACTSHEET)


def line_with(path: str, words: str) -> int:
    lines = (ROOT / path).read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)


def test_a_figure_knows_its_entry_its_values_and_its_uses(traced: tuple[Traced, ...]) -> None:
    (found,) = asked_for(traced, "registered_ngos")
    settings = f"content/{FACTSHEET}/publication.yaml"
    register, chapter = f"content/{FACTSHEET}/figures.yaml", f"content/{FACTSHEET}/04-civil-society.md"
    assert str(found.figure.place) == f"{register}:{line_with(register, 'registered_ngos:')}"
    assert {tag: tidy(text) for tag, text in found.printed.items()} == {"en": "22,000", "kk": "22 000", "ru": "22 000"}
    assert [str(use.place) for use in found.uses] == [
        f"{chapter}:{line_with(chapter, '{registered_ngos}')}",
        f"{settings}:{line_with(settings, 'registered_ngos')}",
    ]
    assert found.uses[0].where == "civil-society/association"


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("22 000", ["registered_ngos"]),
        ("22,000", ["registered_ngos"]),
        ("4 млрд долларов США", ["assets_recovered"]),
        ("$4 billion", ["assets_recovered"]),
        ("30%", ["party_quota", "torture_fall"]),
        ("10 миллион", ["egov_users"]),
        ("2022–2024", ["council_membership"]),
    ],
)
def test_a_printed_number_leads_to_its_figures(traced: tuple[Traced, ...], question: str, ids: list[str]) -> None:
    assert [each.figure.id for each in asked_for(traced, question)] == ids


def test_a_number_that_nobody_printed_is_said_to_be_none(traced: tuple[Traced, ...]) -> None:
    with pytest.raises(KzpubError) as caught:
        asked_for(traced, "22 001")
    assert [problem.code for problem in caught.value.problems] == ["figure-unknown"]


def test_every_figure_is_used_somewhere(traced: tuple[Traced, ...]) -> None:
    assert [each.figure.id for each in traced if not each.uses] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_that_is_named_shows_the_figure_and_no_other_page_does(factsheet: Built, language: str) -> None:
    import io

    import pdfplumber

    pages = figure_pages([factsheet.editions[language]])[language]
    with pdfplumber.open(io.BytesIO(factsheet.data(language, "pdf"))) as file:
        words = [re.sub(r"\s", "", page.extract_text()) for page in file.pages]
    for id, text in {"registered_ngos": r"22[,]?000", "assets_from_abroad": "750"}.items():
        assert [number for number, page in enumerate(words, 1) if re.search(text, page)] == list(pages[id])


def test_the_command_prints_a_table_of_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["figures", "--no-pages", "--publication", FACTSHEET], ROOT) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["figure", "en", "kk", "ru", "p.en", "p.kk", "p.ru", "used", "in"]
    assert len(lines) == 1 + len(trace(ROOT, FACTSHEET))
    assert any(line.startswith("crisis_centres") and "03-vulnerable-groups.md:" in line for line in lines)


def test_the_command_tells_the_story_of_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["figures", "torture_index", "--no-pages"], ROOT) == 0
    story = capsys.readouterr().out
    assert "derived     torture_index_before * ( 1 - torture_fall )" in story
    assert "section 3.4" in story
    assert "chart torture" in story


def test_an_unknown_figure_is_one_line_and_an_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["figures", "no_such", "--no-pages"], ROOT) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_pages_are_left_out_where_a_translation_is_not_in_order(
    project: Path, edit: Callable[[str, str, str], None], capsys: pytest.CaptureFixture[str]
) -> None:
    edit("locales/kk/LC_MESSAGES/sampler.po", "22 000 адам", "23 000 адам")
    assert main(["figures", "women_astana"], project) == 0
    told = capsys.readouterr()
    assert "printed kk  13,5%" in told.out
    assert told.err.startswith("pages are not known: the build finds 1 problems, first locales/kk/")
