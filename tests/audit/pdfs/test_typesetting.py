"""Each check of typesetting finds the defect that it is for, and our publications have none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from kzpub.audit.checking import Finished
from kzpub.audit.pdfs.typesetting import CHECKS
from kzpub.errors import Problem
from tests.audit.pdfs.pages import finished, problems
from tests.conftest import LANGUAGES, ROOT, Built

ENGLISH = (
    "The committee heard what the council had to say on it, and so it went on to speak of what was left for them. "
)
RUSSIAN = "Государственные учреждения обеспечивают правозащитников необходимыми информационными материалами. "
WORKING = "Как указано, там органы и учреждения обеспечивают правозащитников необходимыми материалами. "
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>A</title><rect width="9" height="9"/></svg>'


def fill(height: int) -> str:
    """An empty block of so many millimetres: a page has 40, and a line takes five."""
    return f'<div style="height: {height}mm"></div>'


@dataclass(frozen=True)
class Planted:
    """A defect: HTML with a place for what is wrong, and for what would be right."""

    code: str
    body: str
    wrong: str
    right: str
    language: str = "en"

    def files(self) -> tuple[Finished, Finished]:
        wrong, right = (self.body.replace("HERE", each) for each in (self.wrong, self.right))
        return finished(wrong, self.language), finished(right, self.language)


PLANTED = {
    "a line that is too long": Planted(
        "text-outside", f'<p style="white-space: HERE">{ENGLISH}</p>', "nowrap", "normal"
    ),
    "a cell that reaches into the next": Planted(
        "text-outside",
        '<table style="table-layout: fixed; width: 60mm"><tr><td style="white-space: HERE">From the committee’s last '
        "report</td><td>Second</td></tr></table>",
        "nowrap",
        "normal",
    ),
    "a paragraph over another": Planted(
        "text-overlap", '<p>First of two paragraphs</p><p style="margin-top: HERE">Second</p>', "-1.2em", "0"
    ),
    "a rule through a line": Planted(
        "text-on-rule",
        '<p style="position: relative">A title with a rule<span style="position: absolute; left: 0; top: HERE; '
        'width: 40mm; border-top: 1px solid"></span></p>',
        ".65em",
        "1.25em",
    ),
    "a line longer than its ground": Planted(
        "text-off-ground",
        '<div style="background: #cde; width: HERE; padding: 2mm 0"><p style="white-space: nowrap">A line on a ground '
        "of colour</p></div>",
        "25mm",
        "70mm",
    ),
    "a heading alone": Planted(
        "heading-at-foot",
        f'{fill(32)}<h3 style="break-after: HERE">Heading</h3><p style="orphans: 2">{ENGLISH * 2}</p>',
        "auto",
        "avoid",
    ),
    "a heading with a single line": Planted(
        "heading-at-foot",
        f'{fill(28)}<h3 style="break-after: avoid">Heading</h3><p style="orphans: HERE; widows: 1">{ENGLISH * 2}</p>',
        "1",
        "2",
    ),
    "a caption on the next page": Planted(
        "caption-parted",
        f'<figure>{SVG}<figcaption style="break-before: HERE">Figure 1. Two squares</figcaption></figure>',
        "page",
        "auto",
    ),
    "a first line alone": Planted(
        "line-alone", f'{fill(34)}<p style="orphans: HERE; widows: 2">{ENGLISH * 3}</p>', "1", "2"
    ),
    "a last line alone": Planted(
        "line-alone", f'{fill(28)}<p style="orphans: 2; widows: HERE">{ENGLISH} This was all of it.</p>', "1", "2"
    ),
    "a note that does not fit": Planted(
        "note-parted",
        f'<p>With a note<span class="note">HERE</span> at its end, in lines enough. {ENGLISH}</p>',
        ENGLISH * 3,
        "A note.",
    ),
    "a page that ends early": Planted(
        "page-unfilled", f'<h2>Part</h2><p>Short.</p><p style="break-before: HERE">{ENGLISH}</p>', "page", "auto"
    ),
    "a number in two": Planted(
        "line-cut-pair", '<p style="width: 20mm">более 22HERE000&nbsp;лиц</p>', " ", "&nbsp;", "ru"
    ),
    "a last line of three letters": Planted(
        "line-scrap", '<p style="width: 37mm">Қазақстан төртіншіHEREтұр.</p>', " ", "&nbsp;", "kk"
    ),
    "the rest of a word": Planted(
        "line-scrap", '<p style="width: 37mm; hyphens: HERE">Обращения организаций.</p>', "auto", "none", "ru"
    ),
    "hyphen upon hyphen": Planted(
        "hyphens-stacked", f'<p style="width: 22mm; hyphens: HERE">{RUSSIAN}</p>', "auto", "none", "ru"
    ),
    "a word on two pages": Planted(
        "hyphen-at-page-end", f'{fill(28)}<p style="hyphens: HERE">{WORKING}{RUSSIAN * 2}</p>', "auto", "none", "ru"
    ),
    "a heading with a hyphen": Planted(
        "name-divided",
        '<h3 style="width: 54mm; hyphens: HERE">Права и обязанности государственных учреждений</h3><p>Это они.</p>',
        "auto",
        "none",
        "ru",
    ),
    "a narrow column justified": Planted(
        "line-stretched",
        '<p style="width: 40mm; text-align: HERE">It was internationally so acknowledged everywhere, and so often '
        "that hardly anybody misunderstood.</p>",
        "justify",
        "left",
    ),
    "a line that ends early": Planted(
        "line-short",
        f'<p><span style="display: HERE">Briefly put, on the whole, </span>{ENGLISH}</p>',
        "block",
        "inline",
    ),
    "a narrow column without hyphens": Planted(
        "paragraph-ragged", f'<p style="width: 45mm; hyphens: HERE">{RUSSIAN * 2}</p>', "none", "auto", "ru"
    ),
}


@pytest.mark.parametrize("planted", PLANTED.values(), ids=PLANTED)
def test_a_check_finds_its_defect_on_its_page_and_passes_where_it_is_mended(planted: Planted) -> None:
    wrong, right = planted.files()
    found, *_ = (problem for problem in problems(wrong) if problem.code == planted.code)
    assert str(found.place) == f"small-{planted.language}.pdf"
    assert re.match(r"page [12]: .*(“.+”|\d+%)", found.cause)
    assert planted.code not in [problem.code for problem in problems(right)]


def test_every_check_has_a_planted_defect() -> None:
    assert {planted.code for planted in PLANTED.values()} == {check.code for check in CHECKS}


def test_only_an_unfilled_page_is_for_a_person_to_judge() -> None:
    severities = {check.code: Problem(check.code, "a", None, "b").severity for check in CHECKS}
    assert [code for code, severity in severities.items() if severity != "error"] == ["page-unfilled"]


def test_a_line_break_of_the_text_is_no_fault() -> None:
    assert problems(finished(f"<p>Briefly put,<br>{ENGLISH}</p>")) == []


def test_files_of_other_formats_are_left_alone() -> None:
    assert problems(Finished(Path("a-en.html"), "a", "en", "html", b"<p>")) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_publications_are_well_set(built: Built, language: str) -> None:
    path = built.path(language, "pdf")
    assert [str(each) for each in problems(Finished(path, "ours", language, "pdf", path.read_bytes()))] == []


def test_the_bounds_are_explained_where_designers_look() -> None:
    page = (ROOT / "docs" / "designers.md").read_text("utf-8").partition("## Typesetting")[2]
    assert [check.code for check in CHECKS if f"`{check.code}`" not in page] == []
