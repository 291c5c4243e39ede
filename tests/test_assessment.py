"""What all judges find together, and sign-offs, which die with their text."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kzpub import content
from kzpub.assessment import assess, assess_words
from kzpub.builds.editing import editions
from kzpub.errors import KzpubError, Problem
from kzpub.languages import LANGUAGES
from kzpub.projects import Request

Edit = Callable[[str, str, str], None]
TITLE = {"kk": "Бөліктер", "ru": "Блоки"}


def catalogue(tag: str) -> str:
    return f"locales/{tag}/LC_MESSAGES/sampler.po"


def found(project: Path, tag: str) -> list[Problem]:
    document = content.read(project / "content" / "sampler", project)
    labels = content.read_templates(project)
    words = assess_words(project, labels, LANGUAGES[tag])
    return [*assess(project, document, LANGUAGES[tag]).findings, *words.findings]


@pytest.mark.parametrize("tag", TITLE)
def test_a_name_of_the_term_base_stands_in_its_own_letters(tag: str, project: Path, edit: Edit) -> None:
    edit(catalogue(tag), f'msgstr "{TITLE[tag]}"', f'msgstr "{TITLE[tag]} Kazinform"')
    assert [problem.code for problem in found(project, tag)] == [{"kk": "kazakh-latin", "ru": "russian-latin"}[tag]]
    term = "kazinform: {source: Kazinform, kind: name, kk: [Kazinform], ru: [Kazinform]}\n"
    (project / "content/sampler/terms.yaml").write_text(term, "utf-8")
    assert found(project, tag) == []


@pytest.mark.parametrize("tag", TITLE)
def test_a_warning_refuses_a_release_until_it_is_signed_off_for_that_very_text(
    tag: str, project: Path, edit: Edit
) -> None:
    edit(catalogue(tag), f'msgstr "{TITLE[tag]}"', f'msgstr "{TITLE[tag]}!"')
    release = Request(languages=(tag,), release=True)
    with pytest.raises(KzpubError) as caught:
        editions(project, release)
    (problem,) = caught.value.problems
    assert (problem.code, problem.severity) == ("punctuation-final", "warning")
    assert len(editions(project, Request(languages=(tag,)))) == 1
    key = re.search("“([0-9a-f]{10})”", problem.hint)
    assert key
    waiver = f"{key[1]}:\n  finding: punctuation-final\n  language: {tag}\n  reason: the client wants it\n"
    (project / "content/sampler/waivers.yaml").write_text(waiver, "utf-8")
    assert len(editions(project, release)) == 1
    edit(catalogue(tag), f'msgstr "{TITLE[tag]}!"', f'msgstr "{TITLE[tag]}?"')
    assert {"punctuation-final", "waiver-dead"} == {problem.code for problem in found(project, tag)}


@pytest.mark.parametrize(
    ("tag", "said"), [pytest.param("kk", "Соңғы нұсқа", id="kk"), pytest.param("ru", "Окончательный текст", id="ru")]
)
def test_a_draft_cannot_be_called_final(tag: str, said: str, project: Path, edit: Edit) -> None:
    words = f"locales/{tag}/LC_MESSAGES/kzpub.po"
    text = re.search(r'msgid "Draft"\nmsgstr "(.+)"', (project / words).read_text("utf-8"))
    assert text
    edit(words, text[0], text[0].replace(text[1], said))
    assert "name-differs" in {problem.code for problem in found(project, tag)}


def test_words_of_the_templates_are_judged_and_signed_off_beside_them(project: Path, edit: Edit) -> None:
    words = "locales/kk/LC_MESSAGES/kzpub.po"
    text = re.search(r'msgid "Notes"\nmsgstr "(.+)"', (project / words).read_text("utf-8"))
    assert text
    edit(words, text[0], text[0].replace(text[1], f"{text[1]}!"))
    (problem,) = found(project, "kk")
    assert problem.code == "punctuation-final"
    key = re.search("“([0-9a-f]{10})”", problem.hint)
    assert key
    waiver = f"{key[1]}:\n  finding: punctuation-final\n  language: kk\n  reason: a shout\n"
    (project / "templates/waivers.yaml").write_text(waiver, "utf-8")
    assert found(project, "kk") == []
