"""The page map, of our publications and of small files that do not fit together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kzpub.audit.checking import Finished
from kzpub.audit.pdfs.pagemap import page_count_problems, page_map
from kzpub.inlines import plain
from kzpub.traversal import headings
from tests.audit.pdfs.pages import finished
from tests.conftest import LANGUAGES, Built

SECTION = "<h2>Rights</h2><p>First.</p><h3>Of groups</h3><ul><li>One<ul><li>Two</li></ul></li></ul>{}<p>Last.</p>"
BREAK = '<div style="break-before: page"></div>'


def pdfs(built: Built) -> list[Finished]:
    paths = {tag: built.path(tag, "pdf") for tag in LANGUAGES}
    return [Finished(path, "ours", tag, "pdf", path.read_bytes()) for tag, path in paths.items()]


def test_every_section_of_a_publication_is_on_the_map(built: Built) -> None:
    sections = [each for each in page_map(pdfs(built)).entries if each.kind == "section"]
    wanted = [each for each in headings(built.editions["en"].document) if each.level <= 2]
    assert [each.title for each in sections] == [" ".join(plain(each.text).split()) for each in wanted]
    assert all(each.pages.keys() == set(LANGUAGES) and min(each.pages.values()) > 2 for each in sections)


def test_our_publications_are_about_as_long_in_every_language(built: Built) -> None:
    assert list(page_count_problems(pdfs(built))) == []


def test_the_map_shows_where_languages_drift_apart() -> None:
    drawn = page_map([finished(SECTION.format(""), "en"), finished(SECTION.format(BREAK), "ru")])
    assert list(drawn.lines()) == [
        "section 1 “Rights”: en p. 1, ru p. 1",
        "section 1.1 “Of groups”: en p. 1, ru p. 1",
        "  paragraph 1: en p. 1, ru p. 2",
    ]


def test_the_rows_are_all_entries_for_json() -> None:
    rows = page_map([finished(SECTION.format(""), "en")]).rows()
    assert [(row["kind"], row["number"]) for row in rows] == [
        ("section", "1"),
        ("paragraph", "1"),
        ("section", "1.1"),
        ("list", "1"),
        ("paragraph", "1"),
    ]
    assert json.loads(json.dumps(rows)) == rows


@pytest.mark.parametrize(
    ("more", "counted"),
    [
        pytest.param("<h3>One more</h3>", "sections en 2, kk 3; blocks en 3, kk 3", id="a section more"),
        pytest.param("<p>One more.</p>", "sections en 2, kk 2; blocks en 3, kk 4", id="a paragraph more"),
    ],
)
def test_languages_that_have_not_the_same_parts_are_not_matched(more: str, counted: str) -> None:
    drawn = page_map([finished(SECTION.format(""), "en"), finished(SECTION.format("") + more, "kk")])
    assert drawn.entries == ()
    assert list(drawn.lines()) == [f"the languages have not the same parts: {counted}"]


def test_a_language_that_is_two_pages_longer_is_found() -> None:
    short, longer, longest = (
        finished("<p>Text.</p>" + f"{BREAK}<p>Text.</p>" * n, tag) for n, tag in enumerate(LANGUAGES)
    )
    assert list(page_count_problems([short, longer])) == []
    (problem,) = page_count_problems([short, longer, longest])
    assert (problem.code, str(problem.place)) == ("page-counts", "small-ru.pdf")
    assert "small-en.pdf 1, small-kk.pdf 2, small-ru.pdf 3" in problem.cause


def test_other_formats_and_nothing_at_all_have_no_pages() -> None:
    page = Finished(Path("a-en.html"), "a", "en", "html", b"")
    assert page_map([page]).entries == page_map([]).entries == ()
    assert list(page_count_problems([page])) == []
