"""Siblings held to each other: what is lost in one file, in any format, is found without knowing the source."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pikepdf import Name

from kzpub.audit import parity
from kzpub.audit.checking import Finished
from kzpub.audit.outlines import outline
from tests.audit.damage import Change, damaged, every, finished, lost, replaced, role, without
from tests.conftest import FORMATS, LANGUAGES, Built


def nine(built: Built) -> list[Finished]:
    return [finished(built, language, format) for language in LANGUAGES for format in FORMATS]


def test_our_own_files_agree(built: Built) -> None:
    assert list(parity.problems(nine(built))) == []


def test_what_is_compared_is_there(sampler: Built) -> None:
    for file in nine(sampler):
        found = outline(file)
        assert all(of(found) not in ((), (0,)) for of in parity.COUNTED.values()), file.path.name
        assert (found.figures, found.notes, found.tables[0]) == (4, 2, (3, 3, 3))
        assert found.language == file.language


# -- Losses in one of nine files -------------------------------------------------------------------------------------


def pdf(change: Change) -> Callable[[Finished], Finished]:
    return lambda file: damaged(file, change)


def cut(start: str, end: str, after: str = "<article>") -> Callable[[Finished], Finished]:
    return lambda file: without(file, start, end, after)


def changed(old: str, new: str) -> Callable[[Finished], Finished]:
    return lambda file: replaced(file, old, new)


def items_flattened(pdf: Any) -> None:
    next(each for each in every(pdf, "L") if each.P.S == "/LBody").S = Name.Div


LOSSES = [
    ("pdf", "a note with its call", "notes", pdf(lost("Note", "Reference"))),
    ("pdf", "a heading", "headings", pdf(role("H3", "P"))),
    ("pdf", "a row", "tables", pdf(lost("TR", which=2))),
    ("pdf", "headers", "tables", pdf(role("TH", "TD"))),
    ("pdf", "a table", "tables", pdf(lost("Table"))),
    ("pdf", "a picture", "pictures and charts", pdf(lost("Figure"))),
    ("pdf", "a link", "links", pdf(role("Link", "Span", which=-1))),
    ("pdf", "a list inside an item", "items of lists", pdf(items_flattened)),
    ("pdf", "a paragraph", "paragraphs", pdf(lost("P", which=-1))),
    ("html", "a note", "notes", cut('<li id="note_2">', "</li>", "</article>")),
    ("html", "a heading", "headings", cut('<h3 id="second">', "</h3>")),
    ("html", "a heading’s level", "headings", changed('<h4 id="third">', '<h5 id="third">')),
    ("html", "a row", "tables", cut("<tr><td>", "</tr>")),
    ("html", "a header", "tables", cut('<th scope="col">', "</th>")),
    ("html", "a chart", "pictures and charts", cut('<figure data-figure="complaints', "</figure>")),
    ("html", "a link", "links", cut('<a href="https://example.org', ">")),
    ("html", "a link’s address", "links", changed("https://example.org/survey", "https://example.org/else")),
    ("html", "an item", "items of lists", cut("<li>Үш", "</li>")),
    ("html", "a paragraph", "paragraphs", cut("<p>Қайтадан", "</p>")),
    ("docx", "a note’s call", "notes", changed('<w:footnoteReference w:id="1"/>', "")),
    ("docx", "a heading", "headings", changed('<w:pStyle w:val="Heading2"/>', "")),
    ("docx", "a heading’s level", "headings", changed('"Heading3"', '"Heading4"')),
    ("docx", "headers", "tables", changed("<w:tblHeader/>", "")),
    ("docx", "an item", "items of lists", changed('<w:pStyle w:val="ListBullet"/>', "")),
    ("docx", "an item’s level", "items of lists", changed('"ListBullet2"', '"ListBullet"')),
    ("docx", "a picture", "pictures and charts", cut("<w:drawing>", "</w:drawing>", "FigureImage")),
    ("docx", "a link", "links", cut("<w:hyperlink ", "</w:hyperlink>", '"Heading1"')),
    ("docx", "a row", "tables", cut("<w:tr>", "</w:tr>", "Алматы")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("format", "what", "damage"), [pytest.param(f, what, d, id=f"{f}: {id}") for f, id, what, d in LOSSES]
)
def test_what_one_file_lost_is_found(
    sampler: Built, format: str, what: str, damage: Callable[[Finished], Finished]
) -> None:
    files = [damage(file) if (file.language, file.format) == ("kk", format) else file for file in nine(sampler)]
    found = list(parity.problems(files))
    assert any(f"[kk] {what}: " in problem.cause for problem in found), found
    assert {str(problem.place) for problem in found} == {f"sampler-kk.{format}"}


def test_each_thing_that_is_compared_can_be_missed() -> None:
    assert {what for _, _, what, _ in LOSSES} == parity.COUNTED.keys()


def test_the_finding_says_where_two_files_part(sampler: Built) -> None:
    files = [finished(sampler, language, "html") for language in LANGUAGES]
    files[1] = without(files[1], '<h3 id="second">', "</h3>", "<article>")
    (heading, *_) = parity.problems(files)
    assert "[kk] headings: 10, the 2. of level 3 after “Мәтін және белгілер”, against 11 and level 2" in str(heading)


def test_publications_are_not_compared_with_each_other(sampler: Built, factsheet: Built) -> None:
    assert list(parity.problems([finished(sampler, "en", "html"), finished(factsheet, "en", "html")])) == []
