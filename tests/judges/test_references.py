"""A link that names a section says what its heading says, in every language."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kzpub import content
from kzpub.languages import LANGUAGES
from kzpub.localise import localise
from kzpub.po.catalogues import load

Edit = Callable[[str, str, str], None]
SOURCE = "[link to blocks](#blocks)"
LINKS = {"kk": "[бөлікке сілтемесі](#blocks)", "ru": "[ссылка на блоки](#blocks)"}


@pytest.mark.parametrize(
    ("tag", "source", "said", "code"),
    [
        pytest.param("kk", "Blocks", "Бөліктер", "", id="kk: as the heading"),
        pytest.param("kk", "Blocks", "«Бөліктерді»", "", id="kk: inflected and quoted"),
        pytest.param("kk", "Blocks", "Тізімдер", "link-text", id="kk: another section"),
        pytest.param("kk", "link to blocks", "тізімдерге сілтеме", "", id="kk: no name of a section in the source"),
        pytest.param("ru", "Blocks", "Блоки", "", id="ru: as the heading"),
        pytest.param("ru", "Blocks", "«Блоках»", "", id="ru: inflected and quoted"),
        pytest.param("ru", "Blocks", "Списки", "link-text", id="ru: another section"),
    ],
)
def test_a_link_names_the_section_that_it_leads_to(  # noqa: PLR0917
    tag: str, source: str, said: str, code: str, project: Path, edit: Edit
) -> None:
    catalogue = f"locales/{tag}/LC_MESSAGES/sampler.po"
    for path, old, new in (
        ("content/sampler/01-text.md", SOURCE, f"[{source}](#blocks)"),
        (catalogue, SOURCE, f"[{source}](#blocks)"),
        (catalogue, LINKS[tag], f"[{said}](#blocks)"),
    ):
        edit(path, old, new)
    document, language = content.read(project / "content/sampler", project), LANGUAGES[tag]
    found = localise(document, load(project, "sampler", language), language)[1]
    assert {problem.code for problem in found} == ({code} if code else set())
    assert all(problem.place and problem.place.path == catalogue and problem.place.line for problem in found)
