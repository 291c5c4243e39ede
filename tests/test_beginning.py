"""A language begun: what is made, what is refused, and a list of needs that is true."""

from __future__ import annotations

import importlib
import os
import pkgutil
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyphen
import pytest

import kzpub
from kzpub import figures, hyphenation
from kzpub.beginning import TABLES, begin_language, needs
from kzpub.errors import KzpubError
from kzpub.extraction import update_catalogues
from kzpub.languages import LANGUAGES
from kzpub.po.catalogues import load
from kzpub.po.provisional import language_of
from kzpub.projects import LABELS_DOMAIN, publications
from tests.conftest import ROOT, tool

PUBLICATIONS = publications(ROOT)


def made(project: Path, tag: str, *publications: str) -> list[str]:
    paths, _ = begin_language(project, tag, publications or ("sampler",))
    return [path.relative_to(project).as_posix() for path in paths]


def files_of(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# -- What is made ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", ["uz", "uz-Cyrl", "tg", "pt-BR", "lv", "ar", "ja"])
def test_a_new_language_has_a_catalogue_of_each_domain_that_gettext_accepts(tag: str, project: Path) -> None:
    paths = made(project, tag)
    assert paths == [f"locales/{tag}/LC_MESSAGES/{domain}.po" for domain in ("sampler", LABELS_DOMAIN)]
    for path in paths:
        command = [tool("msgfmt"), "-c", "-o", os.devnull, str(project / path)]
        assert subprocess.run(command, check=False, capture_output=True).returncode == 0
        assert f'"Language: {tag}\\n"' in (project / path).read_text("utf-8")
    for domain in ("sampler", LABELS_DOMAIN):
        assert load(project, domain, language_of(tag)).entries


def test_the_header_names_the_language_and_its_plural_rule(project: Path) -> None:
    made(project, "uz")
    text = (project / "locales/uz/LC_MESSAGES/sampler.po").read_text("utf-8")
    assert '"Language-Team: o‘zbek <' in text
    assert '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"' in text


@pytest.mark.parametrize("tag", ["uz", "uz-Cyrl", "pt-BR", "lv"])
def test_an_update_keeps_a_begun_language_and_changes_nothing_in_it(tag: str, project: Path) -> None:
    update_catalogues(project)
    made(project, tag)
    before = files_of(project / "locales")
    assert update_catalogues(project) == []
    assert files_of(project / "locales") == before


def test_a_language_of_kzpub_is_begun_as_an_update_makes_it(project: Path) -> None:
    shutil.rmtree(project / "locales/ru")
    made(project, "ru")
    begun = files_of(project / "locales/ru")
    assert len(begun) == 2
    for path in begun:
        path.unlink()
    update_catalogues(project)
    assert {path: without_dates(data) for path, data in files_of(project / "locales/ru").items()} == {
        path: without_dates(data) for path, data in begun.items()
    }


def without_dates(data: bytes) -> list[bytes]:
    return [line for line in data.split(b"\n") if b"-Date:" not in line]


# -- What is refused -------------------------------------------------------------------------------------------------


def test_a_catalogue_that_is_there_is_named_and_nothing_is_written(project: Path) -> None:
    shutil.copytree(project / "content/sampler", project / "content/second")
    made(project, "uz", "second")
    before = files_of(project)
    with pytest.raises(KzpubError) as caught:
        begin_language(project, "uz", ("sampler", "second"))
    assert [(problem.code, str(problem.place)) for problem in caught.value.problems] == [
        ("catalogue-exists", "locales/uz/LC_MESSAGES/second.po")
    ]
    assert files_of(project) == before


def test_a_second_publication_leaves_the_words_of_the_templates_as_they_are(project: Path) -> None:
    shutil.copytree(project / "content/sampler", project / "content/second")
    made(project, "uz", "second")
    words = project / "locales/uz/LC_MESSAGES/kzpub.po"
    words.write_bytes(words.read_bytes().replace(b'msgstr ""\n\n', b'msgstr "x"\n\n'))
    translated = words.read_bytes()
    assert begin_language(project, "uz", ("sampler",)) == ([words.with_name("sampler.po")], words)
    assert words.read_bytes() == translated


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        pytest.param("xx", "unknown language “xx”", id="no language"),
        pytest.param("uzz", "near it: uz", id="misspelt"),
        pytest.param("uzbek", "uzbek is uz", id="its name"),
        pytest.param("uz_Cyrl", "near it: uz-Cyrl", id="an underscore"),
        pytest.param("../kk", "unknown language", id="a path"),
        pytest.param("", "unknown language", id="nothing"),
        pytest.param("en", "English is the language of the content", id="the source"),
    ],
)
def test_what_is_no_language_to_translate_into_is_refused(tag: str, said: str, project: Path) -> None:
    before = files_of(project)
    with pytest.raises(KzpubError) as caught:
        begin_language(project, tag, ("sampler",))
    assert [problem.code for problem in caught.value.problems] == ["usage"]
    assert said in str(caught.value)
    assert files_of(project) == before


# -- What else it needs ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_language_that_is_published_needs_nothing(tag: str) -> None:
    assert list(needs(ROOT, tag, PUBLICATIONS)) == []


@pytest.mark.parametrize("name", TABLES)
def test_a_row_that_is_missing_from_a_table_is_asked_for(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    table: Any = TABLES[name][0]
    kazakh = dict(table)
    monkeypatch.delitem(table, "ru")
    lines = [] if name == "languages.LANGUAGES" else list(needs(ROOT, "ru", ()))
    assert kazakh.keys() - table.keys() == {"ru"}
    assert name == "languages.LANGUAGES" or [line.partition(":")[0] for line in lines] == [name]


def test_a_language_without_a_record_needs_one() -> None:
    lines = [line.partition(":")[0] for line in needs(ROOT, "uz", PUBLICATIONS)]
    assert lines == [
        *TABLES,
        "figures.CURRENCIES",
        "hyphenation.PATTERNS",
        *(f"content/{id}/publication.yaml" for id in PUBLICATIONS),
    ]


def test_money_hyphenation_letters_and_publications_are_asked_for(
    monkeypatch: pytest.MonkeyPatch, project: Path
) -> None:
    text = (project / "content/sampler/publication.yaml").read_text("utf-8")
    (project / "content/sampler/publication.yaml").write_text(text.replace("[en, kk, ru]", "[en, ru]"), "utf-8")
    monkeypatch.setattr(hyphenation, "PATTERNS", {})
    monkeypatch.delitem(pyphen.LANGUAGES_LOWERCASE, "kk", raising=False)  # taught by a PDF that was made before
    monkeypatch.delitem(pyphen.LANGUAGES, "kk", raising=False)
    monkeypatch.setattr(figures, "CURRENCIES", {"USD": {"en": "$"}})
    assert [line.partition(":")[0] for line in needs(project, "kk", ("sampler",))] == [
        "figures.CURRENCIES",
        "hyphenation.PATTERNS",
        "content/sampler/publication.yaml",
    ]


def test_letters_that_the_typefaces_lack_are_named() -> None:
    (line,) = [line for line in needs(ROOT, "ka", ()) if line.startswith("templates/fonts")]
    assert "ა ბ გ" in line
    assert not [line for line in needs(ROOT, "uz", ()) if line.startswith("templates/fonts")]


def test_every_table_by_language_is_among_those_that_are_asked_for() -> None:
    """A new table with rows for Kazakh and Russian must be named here, or a new language would be begun without it."""
    known = {id(table) for table, _ in TABLES.values()}
    modules = [importlib.import_module(name) for _, name, _ in pkgutil.walk_packages(kzpub.__path__, "kzpub.")]
    found = {
        f"{module.__name__}.{name}"
        for module in modules
        if not module.__name__.endswith("__main__")
        for name, table in vars(module).items()
        if isinstance(table, Mapping) and {"kk", "ru"} <= table.keys() and id(table) not in known
    }
    assert found == set()


def test_the_recipe_is_where_it_is_said_to_be() -> None:
    assert "**A language.** `kzpub catalogue init" in (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert [name for name in TABLES if f"`{name}`" not in (ROOT / "CONTRIBUTING.md").read_text("utf-8")] == []
