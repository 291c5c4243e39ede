"""The writer looks at its pages and lays out again; what no stylesheet prevents is then gone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import partial
from typing import Any

import pytest

from kzpub.writers.passes import PASSES, divided_words, laid_out
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


def boxes(document: Any) -> list[Any]:
    return [page._page_box for page in document.pages]


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
        return lines(laid_out(source(body, language), partial(divided_words, forbidden)))


def mended_from_the_start(body: str, language: str = "ru") -> list[tuple[int, str]]:
    """The same by laying out all of it again, as long as anything is found."""
    forbidden: set[str] = set()
    with no_line_is(forbidden):
        while True:
            made = source(body, language).render()
            if not divided_words(forbidden, boxes(made)):
                return lines(made)


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


@pytest.mark.parametrize("width", [24, 37, 60])
def test_making_some_pages_again_comes_to_the_same_as_making_all(width: int) -> None:
    """Where the change moves what follows to other pages, too, and where the text names pages."""
    target = "p::after { content: ' ' target-counter('#end', page) }"
    body = f'<style>{target}</style>{f"""<p style="width: {width}mm">{RUSSIAN * 3}</p>""" * 6}<p id="end">Конец.</p>'
    found = mended(body)
    assert found == mended_from_the_start(body)
    assert found != lines(source(body).render())
    assert found[-1][0] > 2


def test_a_look_that_is_never_content_ends_after_some_passes() -> None:
    seen: list[Sequence[Any]] = []

    def never_content(pages: Sequence[Any]) -> Collection[int]:
        seen.append(pages)
        return [0]

    assert boxes(laid_out(source("<p>Text.</p>"), never_content)) == seen[-1]
    assert 1 < len(seen) <= PASSES


def test_a_look_that_finds_nothing_ends_the_passes() -> None:
    seen: list[Sequence[Any]] = []

    def content(pages: Sequence[Any]) -> Collection[int]:
        seen.append(pages)
        return ()

    laid_out(source("<p>Text.</p>"), content)
    assert len(seen) == 1


def test_only_the_pages_that_a_look_names_are_made_again() -> None:
    seen: list[Sequence[Any]] = []

    def second_page(pages: Sequence[Any]) -> Collection[int]:
        seen.append(pages)
        return [1] if len(seen) == 1 else ()

    body = '<p>One.</p><p style="break-before: page">Two.</p><p style="break-before: page">Three.</p>'
    laid_out(source(body), second_page)
    before, after = seen
    assert [one is other for one, other in zip(before, after, strict=True)] == [True, False, True]


def test_a_text_that_just_fits_before_a_no_break_space_is_not_broken_at_its_first_word() -> None:
    """Once a line of “этому” alone in the factsheet."""
    text = "этому отдельные лица могут подавать жалобы в договорные органы\xa0"
    for width in range(92, 101):
        found = [shown for _, shown in mended(f'<p style="font-size: 8pt; width: {width}mm">{text}<b>ООН.</b></p>')]
        assert len(found[0]) > 30
