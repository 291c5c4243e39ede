"""Which findings refuse what is asked for, and which are said; which editions are asked for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kzpub.builds.editing import editions
from kzpub.builds.requests import refused as refusing
from kzpub.errors import KzpubError, Place, Problem
from kzpub.projects import Request

DONE_NOT, LOOK, WRONG = "translation-empty", "length", "fact-differs"


@pytest.mark.parametrize(
    ("release", "complete", "given", "refused"),
    [
        pytest.param(False, False, {DONE_NOT, LOOK}, set(), id="a draft with something to look at"),
        pytest.param(False, False, {DONE_NOT, WRONG}, {WRONG}, id="an error is never passed over"),
        pytest.param(False, True, {DONE_NOT, LOOK}, {DONE_NOT}, id="what must be complete is no draft"),
        pytest.param(True, False, {DONE_NOT, LOOK, WRONG}, {DONE_NOT, LOOK, WRONG}, id="a release passes nothing over"),
    ],
)
def test_a_finding_refuses_or_is_said(release: bool, complete: bool, given: set[str], refused: set[str]) -> None:
    problems = [Problem(code, "a", Place("a.po"), "b") for code in sorted(given)]
    said: list[str] = []
    found = {each.code for each in refusing(problems, Request(release=release), complete, said.append)}
    assert found == refused
    assert all(any(f"[{code}]" in line for line in said) for code in given - refused)


@pytest.fixture
def two(project: Path) -> Path:
    """A project of two publications, one of them not in Kazakh."""
    shutil.copytree(project / "content/sampler", project / "content/other")
    settings = project / "content/other/publication.yaml"
    settings.write_text(settings.read_text("utf-8").replace("[en, kk, ru]", "[en, ru]"), "utf-8")
    shutil.copy(project / "locales/ru/LC_MESSAGES/sampler.po", project / "locales/ru/LC_MESSAGES/other.po")
    return project


def test_a_publication_without_a_language_is_no_hindrance_to_the_others(two: Path) -> None:
    made = editions(two, Request(languages=("kk", "ru")))
    assert [(each.document.id, each.language.tag) for each in made] == [
        ("other", "ru"),
        ("sampler", "kk"),
        ("sampler", "ru"),
    ]


def test_a_language_in_which_nothing_appears_is_refused(two: Path) -> None:
    with pytest.raises(KzpubError, match=r"content/other/publication.yaml: error: .* \[language-not-listed\]"):
        editions(two, Request(publications=("other",), languages=("kk",)))
