"""What each thing is made of: a change of any of it is another key, and a change of anything else is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kzpub.builds import keys, snapshot, toolchain
from kzpub.builds.snapshot import Snapshot, of
from kzpub.projects import Request
from tests.conftest import ROOT

OWN = snapshot.take(ROOT, ["human-rights-factsheet"])
FONTS = {name for name in OWN.files if name.startswith("templates/fonts/")}
CONTENT = {name for name in OWN.files if name.startswith("content/")}


def changed(name: str, taken: Snapshot = OWN) -> Snapshot:
    """The same inputs, one of them longer by a space, or new."""
    return of({**taken.files, name: taken.files.get(name, b"") + b" "})


def moved(key: Callable[[Snapshot], str]) -> set[str]:
    """The inputs of which a change gives another key."""
    before = key(OWN)
    return {name for name in OWN.files if key(changed(name)) != before}


# -- The templates of a format ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("format", "names"),
    [
        ("pdf", "print.html print.css charts.css ornament.svg mark.svg"),
        ("docx", "word.docx charts.css"),
        ("html", "web.html web.css charts.css ornament.svg mark.svg"),
        ("index", "index.html ornament.svg"),
    ],
)
def test_our_own_templates_of_a_format(format: str, names: str) -> None:
    assert keys.templates(OWN, format) == FONTS | {f"templates/{name}" for name in names.split()}


def web(files: dict[str, str]) -> set[str]:
    """The templates of a page that has these."""
    taken = of({f"templates/{name}": text.encode() for name, text in files.items()})
    return {name.removeprefix("templates/") for name in keys.templates(taken, "html")}


@pytest.mark.parametrize(
    "text",
    [
        '{% include "new.html" %}',
        "{%- include 'new.html' ignore missing -%}",
        '{% include "./new.html" %}',
        '{% extends "new.html" %}',
        '{% from "new.html" import part %}',
        '{% import "parts/new.html" as parts without context %}',
        '{% include ["absent.html", "new.html"] %}',
        '{% include "NEW.html" %}',
        "{{ drawing('new.html') }}",
        '{% include "middle.css" %}',
        "/* see new.html */",
    ],
)
def test_a_new_file_belongs_where_its_name_is_said(text: str) -> None:
    files = {"web.html": text, "middle.css": "@import 'new.html'", "new.html": "", "other.html": text}
    assert "new.html" in web(files)


@pytest.mark.parametrize("name", ["part of it.html", "бөлік.html", "part", "a+b.html", "part.j2", "deep/part.html"])
def test_a_file_of_any_name_belongs_where_it_is_said(name: str) -> None:
    assert name in web({"web.html": f'{{% include "{name}" %}}', name: "", "other.html": ""})
    assert "beyond.css" in web({"web.html": f'{{% include "{name}" %}}', name: '"beyond.css"', "beyond.css": ""})


def test_a_file_that_nothing_names_does_not_belong() -> None:
    files = {"web.html": '{% include "web.css" %}', "web.css": "", "new.html": "", "print.html": '"new.html"'}
    assert web(files) == {"web.html", "web.css"}


@pytest.mark.parametrize(
    "text",
    [
        '{% include "new-" ~ edition.language.tag ~ ".html" %}',
        "{% include edition.document.id %}",
        '{% include "new-kk.html" if draft else "web.css" %}',
        "{{ drawing(name) }}",
        "{{ drawing('new-' ~ 'kk.html') }}",
        "{% set d = drawing %}{{ d('new-' ~ 'kk.html') }}",
        r'{% include "\x6eew-kk.html" %}',
        '{%- extends layout -%}{% include "web.css" %}',
    ],
)
def test_where_a_name_is_worked_out_all_belong(text: str) -> None:
    files = {"web.html": text, "web.css": "", "new-kk.html": "", "word.docx": ""}
    assert web(files) == files.keys()


# -- Keys ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["pdf", "docx", "html"])
def test_a_file_is_made_of_its_edition_and_the_templates_of_its_format(format: str) -> None:
    assert moved(lambda taken: keys.file_key(taken, "digest", (), format)) == keys.templates(OWN, format)


@pytest.mark.parametrize("tag", ["en", "kk", "ru"])
def test_an_edition_is_made_of_its_content_its_catalogues_its_words_and_the_typefaces(tag: str) -> None:
    catalogues = {name for name in OWN.files if name.startswith(f"locales/{tag}/")}
    assert len(catalogues) == (0 if tag == "en" else 2)
    words = {"templates/labels.yaml", "templates/terms.yaml"}
    found = moved(lambda taken: keys.edition_key(taken, "human-rights-factsheet", tag))
    assert found == CONTENT | FONTS | words | catalogues


@pytest.mark.parametrize("name", ["templates/waivers.yaml", "content/human-rights-factsheet/new.png"])
def test_an_input_that_was_not_there_belongs_to_an_edition_too(name: str) -> None:
    before, after = (keys.edition_key(taken, "human-rights-factsheet", "kk") for taken in (OWN, changed(name)))
    assert before != after


def test_a_publication_whose_name_begins_alike_is_another() -> None:
    near = changed("content/human-rights-factsheet-2/publication.yaml")
    assert len({keys.edition_key(taken, "human-rights-factsheet", "kk") for taken in (OWN, near)}) == 1


def test_a_request_is_answered_of_everything() -> None:
    assert moved(lambda taken: keys.request_key(taken, ["a"], Request())) == set(OWN.files)


@pytest.mark.parametrize(
    "other",
    [
        Request(languages=("kk",)),
        Request(formats=("pdf",)),
        Request(languages=("kk",), formats=("pdf",)),
        Request(release=True),
    ],
)
def test_another_request_has_another_key(other: Request) -> None:
    assert keys.request_key(OWN, ["a"], Request()) != keys.request_key(OWN, ["a"], other)


def test_a_project_with_another_publication_has_another_key() -> None:
    assert keys.request_key(OWN, ["a"], Request()) != keys.request_key(OWN, ["a", "b"], Request())


def test_what_is_withheld_belongs_to_a_file() -> None:
    withheld = [(), [("kk", "pdf")], [("kk", "docx")], [("ru", "pdf")], [("kk", "pdf"), ("ru", "pdf")]]
    assert len({keys.file_key(OWN, "digest", each, "html") for each in withheld}) == len(withheld)
    assert keys.file_key(OWN, "digest", withheld[-1], "html") == keys.file_key(
        OWN, "digest", withheld[-1][::-1], "html"
    )


def test_the_tools_belong_to_every_key(monkeypatch: pytest.MonkeyPatch) -> None:
    def all_keys() -> list[str]:
        return [
            keys.request_key(OWN, ["a"], Request()),
            keys.edition_key(OWN, "human-rights-factsheet", "kk"),
            keys.file_key(OWN, "digest", (), "pdf"),
        ]

    before = all_keys()
    monkeypatch.setattr(toolchain, "versions", lambda: {"weasyprint": "71.0"})
    assert not set(before) & set(all_keys())


def test_whether_msgfmt_is_there_belongs_to_what_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for there in (True, False):
        monkeypatch.setattr(toolchain, "has", lambda program, there=there: there)
        found.append((keys.request_key(OWN, ["a"], Request()), keys.edition_key(OWN, "human-rights-factsheet", "kk")))
    assert found[0][0] != found[1][0]
    assert found[0][1] != found[1][1]
