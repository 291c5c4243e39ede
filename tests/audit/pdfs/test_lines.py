"""A finished PDF is read as it was set."""

from __future__ import annotations

from kzpub.audit.pdfs.lines import Element, layout
from tests.audit.pdfs.pages import finished
from tests.conftest import Built
from tests.readback import pdf as reader


def elements(body: str, *roles: str) -> list[Element]:
    return list(layout(finished(body).data).elements(*roles))


def texts(body: str, *roles: str) -> list[list[str]]:
    return [[line.text for line in each.lines] for each in elements(body, *roles)]


def test_a_paragraph_has_its_lines_with_what_is_marked_in_them() -> None:
    body = '<p style="width: 30mm">One <b>strong</b> word and a <a href="#x">link</a>.</p>'
    assert texts(body) == [["One strong word", "and a link."]]


def test_the_call_of_a_note_is_no_part_of_a_lines_text_and_the_note_is_an_element() -> None:
    body = '<p>Called<span class="note">The note.</span> here.</p>'
    assert texts(body, "P", "Note") == [["Called here."], ["1. The note."]]


def test_a_line_that_the_text_breaks_is_known() -> None:
    (paragraph,) = elements("<p>One<br>two three</p>", "P")
    assert [(line.text, line.forced) for line in paragraph.lines] == [("One", True), ("two three", False)]


def test_an_item_has_its_own_lines_and_those_inside_it_theirs() -> None:
    assert texts("<ul><li>One<ul><li>Two</li></ul><p>Three</p></li></ul>", "LBody", "P") == [
        ["One"],
        ["Two"],
        ["Three"],
    ]


def test_a_page_says_where_its_text_stands() -> None:
    (page,) = layout(finished("<p>Text</p>").data).pages
    assert [round(each * 25.4 / 72) for each in page.area] == [10, 10, 90, 50]
    assert [round(each * 25.4 / 72) for each in (page.width, page.height)] == [100, 60]


def test_rules_and_grounds_are_told_apart() -> None:
    ruled = '<table style="border-collapse: collapse"><tr><td style="border-bottom: 1px solid">B</td></tr></table>'
    (page,) = layout(finished(f'<p style="background: #cde; height: 9mm">A</p>{ruled}').data).pages
    assert (len(page.grounds), len(page.rules)) == (1, 1)


def test_a_publication_is_read_whole(sampler: Built) -> None:
    data = sampler.data("kk", "pdf")
    ours = sorted("".join(each.text.split()) for each in layout(data).elements("H2", "H3", "TD", "TH"))
    rows = (row for row in reader.read(data).rows if row.role in ("heading", "cell", "header") and row.level < 3)
    assert ours == sorted("".join(row.text.split()) for row in rows)
