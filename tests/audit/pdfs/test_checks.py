"""A finished PDF, right for those who read it: our own are, and every way to damage one is found out."""

from __future__ import annotations

from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, OutlineItem, String

from kzpub.audit.pdfs import checks as audited
from kzpub.audit.pdfs.painted import contrast
from kzpub.audit.pdfs.tagged import strangers
from tests.audit.damage import (
    Change,
    all_roles,
    bare,
    covered,
    damaged,
    every,
    finished,
    head_in_the_text,
    link,
    lost,
    no_glyph,
    pale,
    role,
    said,
    stream,
    unmarked,
    unseen,
)
from tests.conftest import LANGUAGES, Built

CHECKS = {check.code: check for check in audited.CHECKS}


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_files_pass_every_check(sampler: Built, language: str) -> None:
    file = finished(sampler, language, "pdf")  # all others in test_verification
    assert [str(problem) for check in audited.CHECKS for problem in check.run(file)] == []


# -- Damages ---------------------------------------------------------------------------------------------------------


def catalog(**values: Any) -> Change:
    def change(pdf: Any) -> None:
        for key, value in values.items():
            pdf.Root[f"/{key}"] = value

    return change


def property_of(key: str, value: str) -> Change:
    def change(pdf: Any) -> None:
        pdf.docinfo[key] = value

    return change


def metadata(old: bytes, new: bytes) -> Change:
    def change(pdf: Any) -> None:
        data = pdf.Root.Metadata.read_bytes()
        assert old in data
        pdf.Root.Metadata = pdf.make_stream(data.replace(old, new))

    return change


def language_of_a_part_lost(pdf: Any) -> None:
    del next(each for each in every(pdf, "Span") if "/Lang" in each)["/Lang"]


def heading_in_german(pdf: Any) -> None:
    every(pdf, "H2")[0].Lang = String("de")


def cell_lost(pdf: Any) -> None:
    row = next(each for each in every(pdf, "TR") if every_role(each) == {"/TD"})
    del row.K[0]


def every_role(element: Any) -> set[str]:
    return {str(kid.S) for kid in element.K}


def scope_lost(pdf: Any) -> None:
    del every(pdf, "TH")[0]["/A"]


def table_parted(pdf: Any) -> None:
    """A later table, without its headers and its caption, comes right after the first one."""
    all_roles(TH="TD")(pdf)
    one, other = every(pdf, "Table")[0], every(pdf, "Table")[-1]
    other.K = Array([kid for kid in other.K if kid.S != "/Caption"])
    lost("Table", which=-1)(pdf)
    place = [kid.objgen for kid in one.P.K].index(one.objgen)
    one.P.K.insert(place + 1, other)


def labels_last(pdf: Any) -> None:
    for item in every(pdf, "LI"):
        item.K = Array(reversed(list(item.K)))


def bookmarks(edit: Change) -> Change:
    def change(pdf: Any) -> None:
        with pdf.open_outline() as outline:
            edit(outline.root)

    return change


def a_bookmark_deeper(root: list[OutlineItem]) -> None:
    root[0].children.append(root.pop(1))


def page_inserted(pdf: Any) -> None:
    """A page before all others: what the contents print is wrong."""
    pdf.add_blank_page(page_size=(595.28, 841.89))
    pdf.pages.insert(0, pdf.pages[-1])
    del pdf.pages[-1]


def contents_astray(pdf: Any) -> None:
    """The first line of the contents leads to the last page."""
    references = next(each for each in every(pdf, "Link") if each.P.S == "/TOCI").K
    annotation = next(kid for kid in references if isinstance(kid, Dictionary) and "/Obj" in kid).Obj
    annotation.Dest = Array([pdf.pages[-1].obj, Name.XYZ, 0, 700, 0])


def link_out_of_the_tree(pdf: Any) -> None:
    found = every(pdf, "Link")[-1]
    found.K = Array([kid for kid in found.K if not (isinstance(kid, Dictionary) and "/Obj" in kid)])


def notes_exchanged(pdf: Any) -> None:
    """The notes of two calls stand after each other's call."""
    one, other = every(pdf, "Note")[:2]
    one.K, other.K = other.K, one.K
    one.Pg, other.Pg = other.Pg, one.Pg


def descriptor_without_its_file(pdf: Any) -> None:
    found = next(
        each for each in pdf.objects if isinstance(each, Dictionary) and each.get("/Type") == "/FontDescriptor"
    )
    for key in [key for key in found.keys() if key.startswith("/FontFile")]:  # noqa: SIM118 — not a dict
        del found[key]


def font_without_characters(pdf: Any) -> None:
    del next(each for each in pdf.objects if isinstance(each, Dictionary) and "/ToUnicode" in each)["/ToUnicode"]


def letter_size(pdf: Any) -> None:
    pdf.pages[1].MediaBox = Array([0, 0, 612, 792])


def attachment(pdf: Any) -> None:
    pdf.attachments["a.txt"] = b"text"


def comment(pdf: Any) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([0, 0, 9, 9]), Contents=String("look"))
    pdf.pages[0].Annots = Array([pdf.make_indirect(note)])


SCRIPT = Dictionary(Type=Name.Action, S=Name.JavaScript, JS=String("app.alert(1)"))


def upside_down(pdf: Any) -> None:
    pdf.pages[1].Rotate = 180


def link_that_says_here(pdf: Any) -> None:
    links = (each for page in pdf.pages for each in page.get("/Annots", []) if each.Subtype == Name.Link)
    next(links).Contents = String("здесь")


ADDRESS = Dictionary(Type=Name.Action, S=Name.URI, URI=String("https://example.org"))
DEFECTS = [
    ("the claim of accessibility lost", "pdf-claims", metadata(b"ns/id/", b"ns/no/")),
    ("another language in the catalogue", "pdf-language", catalog(Lang=String("ru"))),
    ("no language in the catalogue", "pdf-language", catalog(Lang=String(""))),
    ("the language of a part lost", "pdf-text-language", language_of_a_part_lost),
    ("a heading in a language that we do not have", "pdf-text-language", heading_in_german),
    ("a title that is not the heading", "pdf-title", property_of("/Title", "Another")),
    ("no title in the metadata", "pdf-title", metadata(b"dc:title", b"dc:nothing")),
    ("the file’s name shown for the title", "pdf-title", catalog(ViewerPreferences=Dictionary())),
    ("a level of headings skipped", "pdf-heading", role("H3", "H4")),
    ("the first heading lost", "pdf-heading", role("H1", "P")),
    ("two first headings", "pdf-heading", role("H2", "H1")),
    ("a bookmark lost", "pdf-bookmark", bookmarks(lambda root: root.pop(0))),
    ("a bookmark on another level", "pdf-bookmark", bookmarks(a_bookmark_deeper)),
    ("a bookmark that says something else", "pdf-bookmark", bookmarks(lambda root: setattr(root[0], "title", "Else"))),
    ("page numbers of the contents wrong", "pdf-contents", page_inserted),
    ("a line of the contents that leads elsewhere", "pdf-contents", contents_astray),
    ("a line of the contents lost", "pdf-contents", lost("TOCI")),
    ("an alternative text lost", "pdf-alt", said("Figure", "/Alt", None)),
    ("an alternative text left in English", "pdf-alt", said("Figure", "/Alt", String("A chart of the complaints"))),
    ("header cells lost", "pdf-table", all_roles(TH="TD")),
    ("a header that does not say what it heads", "pdf-table", scope_lost),
    ("a cell lost", "pdf-table", cell_lost),
    ("a table parted at the end of a page", "pdf-table-parted", table_parted),
    ("lists flattened to paragraphs", "pdf-list", all_roles(L="Div", LI="P", LBody="Span", Lbl="Span")),
    ("an item without a body", "pdf-list", role("LBody", "Div")),
    ("labels after their items", "pdf-list", labels_last),
    ("a list beside an item", "pdf-list", role("LI", "Div")),
    ("a link that says nothing", "pdf-link", link("/Contents", String(""))),
    ("a link to nowhere", "pdf-link", link("/Dest", String("nowhere"), address=False)),
    ("a link that opens a program", "pdf-link", link("/URI", String("file:///etc/passwd"))),
    ("a link that nobody hears", "pdf-link", link_out_of_the_tree),
    ("a note lost", "pdf-note", lost("Note")),
    ("a call lost", "pdf-note", lost("Reference")),
    ("two notes exchanged", "pdf-note", notes_exchanged),
    ("text that is in no element", "pdf-artifact", lost("H2")),
    ("an artifact that is marked as text", "pdf-artifact", stream(1, unmarked)),
    ("an ornament without a mark", "pdf-artifact", stream(1, bare)),
    ("a running head in the text", "pdf-running-head", head_in_the_text),
    ("a typeface that is not embedded", "pdf-font", descriptor_without_its_file),
    ("glyphs without characters", "pdf-font", font_without_characters),
    ("a glyph missing", "pdf-glyph", stream(2, no_glyph)),
    ("text that hardly shows", "pdf-contrast", stream(2, pale)),
    ("text that is not painted", "pdf-contrast", stream(2, unseen)),
    ("text under a white sheet", "pdf-contrast", stream(2, covered)),
    ("a link that says “here”", "pdf-link", link_that_says_here),
    ("a page of another size", "pdf-page-size", letter_size),
    ("a page upside down", "pdf-page-size", upside_down),
    ("a script", "pdf-active", catalog(OpenAction=SCRIPT)),
    ("an address opened with the file", "pdf-active", catalog(OpenAction=ADDRESS)),
    ("an attachment", "pdf-active", attachment),
    ("a comment", "pdf-active", comment),
    ("somebody’s name", "pdf-private", property_of("/Author", "A. Person")),
]  # fmt: skip


@pytest.mark.parametrize(("code", "change"), [pytest.param(*rest, id=id) for id, *rest in DEFECTS])
def test_a_damaged_file_is_found_out(sampler: Built, code: str, change: Change) -> None:
    found = list(CHECKS[code].run(damaged(finished(sampler, "kk", "pdf"), change)))
    assert {problem.code for problem in found} == {code}
    for problem in found:
        assert str(problem).startswith("sampler-kk.pdf: error: [kk] ")
        assert problem.hint


def test_every_check_has_a_defect_that_it_finds() -> None:
    assert {code for _, code, _ in DEFECTS} == CHECKS.keys()


def test_what_was_not_changed_is_not_found(sampler: Built) -> None:
    file = damaged(finished(sampler, "kk", "pdf"), lambda pdf: None)
    assert [problem for check in audited.CHECKS for problem in check.run(file)] == []


# -- What the checks reckon by ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        pytest.param((0, 0, 0), (255, 255, 255), 21, id="black on white"),
        pytest.param((255, 255, 255), (255, 255, 255), 1, id="white on white"),
        pytest.param((118, 118, 118), (255, 255, 255), 4.54, id="the lightest grey that WCAG lets stand on white"),
        pytest.param((119, 119, 119), (255, 255, 255), 4.48, id="a grey that it does not"),
    ],
)
def test_contrast_is_that_of_wcag(one: tuple[int, ...], other: tuple[int, ...], wanted: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(wanted, abs=0.01)


@pytest.mark.parametrize(
    ("text", "language", "right"),
    [
        pytest.param("Мәтін Source Serif шрифтімен терілді", "kk", True, id="a name among Kazakh words"),
        pytest.param("E-Otinish", "ru", True, id="a name alone"),
        pytest.param("UNESCO 2025", "kk", True, id="an abbreviation and a number"),
        pytest.param("Доклад Human Rights Council", "ru", True, id="a name among Russian words"),
        pytest.param("Human Rights Council", "ru", False, id="words in English"),
        pytest.param("The law protects women.", "kk", False, id="a sentence in English"),
        pytest.param("Закон и права человека", "kk", False, id="Russian for Kazakh"),
        pytest.param("Жоба және жоспар", "ru", False, id="Kazakh for Russian"),
        pytest.param("Права человека", "en", False, id="Russian for English"),
        pytest.param("Guten Tag", "de", False, id="a language that we do not have"),
    ],
)
def test_words_are_in_the_language_that_they_are_said_to_be_in(text: str, language: str, right: bool) -> None:
    assert (list(strangers(text, language)) == []) is right
