"""Editing with what was judged before finds what editing without it finds, and compares only what is new."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from kzpub import consistency, localise
from kzpub.builds import tasks
from kzpub.builds.tasks import Editing
from kzpub.errors import Problem
from kzpub.judges.comparison import fact_problems
from tests.conftest import ROOT

NAME = "human-rights-factsheet"
TEXTS, WORDS = f"locales/kk/LC_MESSAGES/{NAME}.po", "locales/kk/LC_MESSAGES/kzpub.po"
CHAPTER, BASE = f"content/{NAME}/01-political-reforms.md", f"content/{NAME}/terms.yaml"
REGISTER = f"content/{NAME}/figures.yaml"
CHANGES = {
    "another number in a translation": (TEXTS, "бір мандатты", "екі мандатты", ("fact-differs",)),
    "another language": (TEXTS, "ықпалы артты.", "влияние на бюджет возросло.", ("language-",)),
    "a name in another form": (TEXTS, "«Инклюзивті Парламент»", "«Инклюзивті палата»", ("name-differs",)),
    "a name of the term base": (BASE, "kk: [Парламент]", "kk: [Жоғары палата]", ("name-differs",)),
    "a word of the templates": (WORDS, '"Мазмұны"', '"Мазмұны 7"', ("fact-differs",)),
    "a figure typed by hand": (CHAPTER, "From {reform_start} onwards", "From 2019 onwards", ("figure-typed",)),
    "a figure": (REGISTER, "value: 1\n", "value: 3\n", ()),
    "a text that means the same": (TEXTS, "ықпалы артты.", "әсері артты.", ()),
}
"""The file, what stands there, what comes instead, and what begins a code that is found then."""


def project(folder: Path, path: str = "", old: str = "", new: str = "") -> Path:
    for name in ("content", "locales", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    if path:
        text = (folder / path).read_text("utf-8")
        assert old in text
        (folder / path).write_text(text.replace(old, new, 1), "utf-8")
    return folder


def apart(editing: Editing) -> tuple[object, ...]:
    """All that an edit tells but what was judged."""
    return editing.digest, editing.findings, editing.words, editing.names, editing.title, editing.headings


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    done = tasks.edit(project(tmp_path_factory.mktemp("clean") / "project"), NAME, "kk", {})
    assert done.digest
    assert not done.findings
    return done.pieces


@pytest.mark.parametrize("change", CHANGES)
def test_what_was_judged_before_hides_nothing(tmp_path: Path, judged: Mapping[str, bytes], change: str) -> None:
    path, old, new, codes = CHANGES[change]
    without = tasks.edit(project(tmp_path / "without", path, old, new), NAME, "kk", {})
    folder = project(tmp_path / "with", path, old, new)
    assert apart(tasks.edit(folder, NAME, "kk", judged)) == apart(without)
    found = [problem.code for problem in (*without.findings, *without.words)]
    assert all(any(code.startswith(start) for code in found) for start in codes), found
    assert bool(found) == bool(codes)


def test_only_what_is_new_is_compared(
    tmp_path: Path, judged: Mapping[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []

    def noted(*given: Any) -> Iterator[Problem]:
        compared.append(str(given[1]))
        return fact_problems(*given)

    monkeypatch.setattr(localise, "fact_problems", noted)
    monkeypatch.setattr(consistency, "fact_problems", noted)
    path, old, new, _ = CHANGES["a text that means the same"]
    done = tasks.edit(project(tmp_path / "project", path, old, new), NAME, "kk", judged)
    assert len(compared) == 1
    assert new.removesuffix(".") in compared[0]
    assert done.pieces.keys() - judged.keys(), "it is known next time"
    assert len(done.pieces) == len(judged), "what it replaces is forgotten"
