"""The writer looks at its pages and lays out again; what no stylesheet prevents is then gone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from kzpub.writers.passes import PASSES, Change, divided_words, laid_out
from kzpub.writers.renderer import load, no_line_is, renderer
from tests.audit.pdfs.pages import SHEET
from tests.conftest import ROOT

RUSSIAN = "Государственные учреждения обеспечивают правозащитников необходимыми информационными материалами. "


@pytest.fixture(autouse=True)
def _typefaces() -> Iterator[None]:
    with renderer(ROOT / "templates" / "fonts"):
        yield


def source(body: str, language: str = "ru") -> Any:
    page = f'<html lang="{language}"><style>{SHEET} body {{ hyphens: auto }}</style>{body}</html>'
    return load().HTML(string=page)


def lines(document: Any) -> list[tuple[int, str]]:
    """The page and the text of each line."""
    return [
        (number, "".join(each.text for each in box.descendants() if type(each).__name__ == "TextBox"))
        for number, page in enumerate(document.pages, 1)
        for box in page._page_box.descendants()
        if type(box).__name__ == "LineBox"
    ]


def mended(body: str, language: str = "ru") -> list[tuple[int, str]]:
    forbidden: set[str] = set()
    with no_line_is(forbidden):
        return lines(laid_out(source(body, language), [lambda document: divided_words(forbidden, document)]))


def hyphens(found: list[tuple[int, str]]) -> str:
    return "".join("-" if text.endswith("-") else " " for _, text in found)


def test_no_three_lines_in_a_row_end_with_a_hyphen() -> None:
    body = f'<p style="width: 22mm">{RUSSIAN}</p>'
    assert "---" in hyphens(lines(source(body).render()))
    assert "---" not in hyphens(mended(body))
    assert "-" in hyphens(mended(body))


@pytest.mark.parametrize(
    ("body", "before", "after"),
    [
        pytest.param(
            '<p style="width: 37mm">Обращения организаций.</p>',
            ["Обращения организа-", "ций."],
            ["Обращения", "организаций."],
            id="the rest of a word alone",
        ),
        pytest.param(
            '<h3 style="width: 54mm">Защита от зорлық-зомбылық</h3>',
            ["Защита от зорлық-", "зомбылық"],
            ["Защита от", "зорлық-зомбылық"],
            id="a heading at a hyphen of its own",
        ),
        pytest.param(
            '<p style="width: 37mm">На слушаниях <b>46</b>&nbsp;организаций.</p>',
            ["На слушаниях 46\xa0ор-", "ганизаций."],
            ["На слушаниях", "46\xa0организаций."],
            id="a word that a figure must not leave",
        ),
    ],
)
def test_a_word_that_should_not_be_divided_goes_to_the_next_line(
    body: str, before: list[str], after: list[str]
) -> None:
    assert [text.strip() for _, text in lines(source(body).render())] == before
    assert [text.strip() for _, text in mended(body)] == after


def test_a_word_that_fits_on_no_line_is_divided_all_the_same() -> None:
    body = '<p style="width: 20mm">Правозащитников</p>'
    assert mended(body) == lines(source(body).render())


def test_no_page_ends_within_a_word() -> None:
    body = f'<div style="height: 28mm"></div><p>Там все учреждения обеспечивают правозащитников. {RUSSIAN * 2}</p>'
    ends = [[text for page, text in found if page == 1][-1] for found in (lines(source(body).render()), mended(body))]
    assert [end.endswith("-") for end in ends] == [True, False]


def test_what_is_forbidden_here_is_allowed_in_the_next_document() -> None:
    body = f'<p style="width: 22mm">{RUSSIAN}</p>'
    before = lines(source(body).render())
    mended(body)
    assert lines(source(body).render()) == before


def test_a_look_that_is_never_content_ends_after_some_passes() -> None:
    seen = []

    def never_content(document: Any) -> Iterator[Change]:
        seen.append(document)
        yield lambda: True

    assert laid_out(source("<p>Text.</p>"), [never_content]) is seen[-1]
    assert len(seen) == PASSES


def test_a_look_that_finds_nothing_new_ends_the_passes() -> None:
    seen = []

    def content(document: Any) -> Iterator[Change]:
        seen.append(document)
        yield lambda: False

    laid_out(source("<p>Text.</p>"), [content])
    assert len(seen) == 1


def test_a_text_that_just_fits_before_a_no_break_space_is_not_broken_at_its_first_word() -> None:
    """Once a line of “этому” alone in the factsheet."""
    text = "этому отдельные лица могут подавать жалобы в договорные органы\xa0"
    for width in range(92, 101):
        found = [shown for _, shown in mended(f'<p style="font-size: 8pt; width: {width}mm">{text}<b>ООН.</b></p>')]
        assert len(found[0]) > 30
