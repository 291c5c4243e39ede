"""Finished Word files by our own checks: all of ours pass, and each check sees the defect that it is for."""

from __future__ import annotations

import random
import re
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzpub.audit.checking import Finished
from kzpub.audit.word.checks import CHECKS
from kzpub.audit.word.engines import ENGINES
from kzpub.builds.pipeline import build
from kzpub.projects import Request
from tests.audit.word.wordfiles import BY_CODE, added, damaged, finished, of, of_parts, parts, red
from tests.conftest import LANGUAGES, ROOT, Built, copy_project, quiet
from tests.writers.test_drafts import emptied

DOCUMENT, STYLES, CORE = "word/document.xml", "word/styles.xml", "docProps/core.xml"
SETTINGS, NOTES, TYPES = "word/settings.xml", "word/footnotes.xml", "[Content_Types].xml"
RELATIONS = "word/_rels/document.xml.rels"


@pytest.fixture(scope="session")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """The sampler in Kazakh with some translations emptied."""
    root = copy_project(tmp_path_factory.mktemp("word-draft") / "project")
    catalogue = root / "locales/kk/LC_MESSAGES/sampler.po"
    catalogue.write_text(emptied(catalogue.read_text("utf-8")), "utf-8")
    build(root, root / "dist", Request(("sampler",), ("kk",), ("docx",)), quiet)
    return finished(root / "dist/sampler/sampler-kk-draft.docx")


# -- Files as they are -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_files_pass_every_check(built: Built, language: str) -> None:
    assert [str(problem) for check in CHECKS for problem in check.run(of(built, language))] == []


def test_a_draft_passes_every_check(draft: Finished) -> None:
    assert draft.draft
    assert [str(problem) for check in CHECKS for problem in check.run(draft)] == []


def test_every_check_has_a_code_of_its_own_and_a_planted_defect() -> None:
    assert len(BY_CODE) == len(CHECKS)
    assert {str(case.values[0]) for case in DEFECTS} | set(WITH_PARTS) == set(BY_CODE)


def test_every_code_is_explained_and_none_that_is_not_there() -> None:
    page = (ROOT / "docs" / "checks.md").read_text("utf-8")
    codes = {*BY_CODE, *(engine.code for engine in ENGINES), "docx-damaged"}
    assert set(re.findall(r"`(docx-[a-z-]+)`", page)) == codes


# -- Planted defects ---------------------------------------------------------------------------------------------------

TEXT = r"(<w:t xml:space=\"preserve\">)"
RUN = r'<w:r><w:rPr><w:lang w:val="kk-KZ"/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'


def a_paragraph(text: str, style: str = "Normal", language: str = "kk-KZ") -> str:
    run = RUN.format(text).replace("kk-KZ", language)
    return rf'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>\g<0>'


HEADING = r'<w:p><w:pPr><w:pStyle w:val="Heading2"/>'
KAZAKH = "Бұл басылымда барлық көрсеткіштер бойынша мәліметтер туралы айтылады"
RUSSIAN = "В этой справке описаны права граждан и как они защищены после реформы"
ENGLISH = "This paragraph has been left in the language of the source text"

# fmt: off
DEFECTS = [
    pytest.param(code, part, old, new, id=name)
    for code, name, part, old, new in (
        ("docx-external", "a template on somebody’s disk", RELATIONS, "</Relationships>",
         r'<Relationship Id="x" Type="a/attachedTemplate" Target="c:/a.dotx" TargetMode="External"/>\g<0>'),
        ("docx-external", "a picture fetched by a field", DOCUMENT, r" SEQ [^<]*", " INCLUDEPICTURE http://a/b.png "),
        ("docx-external", "a simple field that fetches", DOCUMENT, "<w:sdt>|<w:p>",
         r'<w:p><w:fldSimple w:instr="INCLUDETEXT http://a/b.docx"/></w:p>\g<0>'),
        ("docx-external", "a relation to a part that is not there", RELATIONS, "theme/theme1.xml", "theme/theme2.xml"),
        ("docx-active", "a type for macros", TYPES, r"document\.main\+xml", "document.macroEnabled.main+xml"),
        ("docx-properties", "another title", CORE, r"<dc:title>[^<]*", "<dc:title>report_final2"),
        ("docx-properties", "another language", CORE, r"<dc:language>[^<]*", "<dc:language>ru-RU"),
        ("docx-names", "the name of an author", CORE, r"<dc:creator/>|<dc:creator></dc:creator>",
         "<dc:creator>A. Writer</dc:creator>"),
        ("docx-names", "a mark of an editing session", DOCUMENT, "<w:p>", '<w:p w:rsidR="00AB12CD">'),
        ("docx-names", "an insertion that somebody tracked", DOCUMENT, r"(<w:r>.*?</w:r>)",
         r'<w:ins w:id="900" w:author="A">\1</w:ins>'),
        ("docx-names", "a mark of the spelling checker", DOCUMENT, r"<w:r>", r'<w:proofErr w:type="spellStart"/><w:r>'),
        ("docx-fonts", "a style of a typeface left out", "word/fontTable.xml", r"<w:embedBold [^>]*>", ""),
        ("docx-fonts", "a typeface that is not embedded", STYLES, "Source Sans 3", "Arial"),
        ("docx-fonts", "a character that no typeface has", DOCUMENT, TEXT, r"\1漢"),
        ("docx-headings", "a level skipped", DOCUMENT, 'w:val="Heading2"', 'w:val="Heading4"'),
        ("docx-headings", "two titles", DOCUMENT, 'w:val="Subtitle"', 'w:val="Title"'),
        ("docx-headings", "a line in bold for a heading", DOCUMENT, HEADING, a_paragraph("Жалпы ережелер").replace(
            "<w:rPr>", "<w:rPr><w:b/>")),
        ("docx-headings", "a style at another level of the outline", STYLES, '<w:outlineLvl w:val="0"/>',
         '<w:outlineLvl w:val="2"/>'),
        ("docx-contents", "a heading that the contents do not have", DOCUMENT, HEADING,
         a_paragraph("Жалпы ережелер", "Heading2")),
        ("docx-contents", "an entry that leads to another heading", DOCUMENT, 'w:anchor="lists"', 'w:anchor="table"'),
        ("docx-contents", "no contents", DOCUMENT, r" TOC \\o", " XTOC "),
        ("docx-lists", "a bullet that is typed", DOCUMENT, HEADING, a_paragraph("• Бірінші")),
        ("docx-lists", "a number that is typed", DOCUMENT, HEADING, a_paragraph("1. Бірінші")),
        ("docx-lists", "a list that is not there", DOCUMENT, r'<w:numId w:val="\d+"/>', '<w:numId w:val="999"/>'),
        ("docx-tables", "a header row that is not marked", DOCUMENT, "<w:tblHeader/>", ""),
        ("docx-tables", "a header row that the style does not know", DOCUMENT, "<w:cnfStyle[^>]*>", ""),
        ("docx-tables", "a table without a description", DOCUMENT, "<w:tblDescription[^>]*>", ""),
        ("docx-tables", "merged cells", DOCUMENT, r'(<w:tcW [^>]*>)', r'\1<w:gridSpan w:val="2"/>'),
        ("docx-tables", "a row that a page may break", DOCUMENT, "<w:cantSplit/>(?!<w:tblHeader)", ""),
        ("docx-pictures", "a picture without words", DOCUMENT, r'descr="[^"]+"', 'descr=""'),
        ("docx-pictures", "the name of a file for words", DOCUMENT, r'descr="[^"]+"', 'descr="squares.png"'),
        ("docx-pictures", "words in another language", DOCUMENT, r'descr="[^"]+"', f'descr="{ENGLISH}"'),
        ("docx-language", "another default", STYLES, '<w:lang w:val="kk-KZ"', '<w:lang w:val="en-US"'),
        ("docx-language", "a run in a language that we do not have", DOCUMENT, '<w:lang w:val="kk-KZ"',
         '<w:lang w:val="de-DE"'),
        ("docx-language", "a chart in another language", "word/charts/chart1.xml", 'lang="kk-KZ"', 'lang="en-US"'),
        ("docx-wrong-language", "Kazakh marked as Russian", DOCUMENT, HEADING, a_paragraph(KAZAKH, language="ru-RU")),
        ("docx-wrong-language", "Russian marked as Kazakh", DOCUMENT, HEADING, a_paragraph(RUSSIAN)),
        ("docx-wrong-language", "English marked as Kazakh", DOCUMENT, HEADING, a_paragraph(ENGLISH)),
        ("docx-spacing", "an empty paragraph", DOCUMENT, HEADING,
         r'<w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr></w:p>\g<0>'),
        ("docx-layout", "a tab", DOCUMENT, TEXT, r"<w:tab/>\1"),
        ("docx-layout", "spaces in a row", DOCUMENT, TEXT, r"\1А   Б"),
        ("docx-layout", "a line break at an end", DOCUMENT, r"</w:r></w:p>", "<w:br/></w:r></w:p>"),
        ("docx-styles", "a colour set by hand", DOCUMENT, "<w:rPr><w:lang", '<w:rPr><w:color w:val="000000"/><w:lang'),
        ("docx-styles", "hidden words", DOCUMENT, "<w:rPr><w:lang", "<w:rPr><w:vanish/><w:lang"),
        ("docx-styles", "a style that is not there", DOCUMENT, 'w:val="Lead"', 'w:val="Leader"'),
        ("docx-pages", "American paper", DOCUMENT, 'w:w="11906" w:h="16838"', 'w:w="12240" w:h="15840"'),
        ("docx-pages", "a heading that may be left alone", STYLES,
         '(w:styleId="Heading3">.*?)<w:keepNext/>', r"\1"),
        ("docx-pages", "lone lines", STYLES, "<w:widowControl/>", '<w:widowControl w:val="0"/>'),
        ("docx-contrast", "grey text", STYLES, '(w:styleId="Lead">.*?<w:color w:val=)"[^"]*"', r'\1"9A9A9A"'),
        ("docx-contrast", "a light colour of the theme", STYLES, '(w:styleId="Lead">.*?<w:color w:val=)"[^"]*"',
         r'\1"000000" w:themeColor="accent2"'),
        ("docx-contrast", "dark words on the cover", STYLES, '(w:styleId="Subtitle">.*?<w:color w:val=)"[^"]*"',
         r'\1"1B2328"'),
        ("docx-contrast", "a panel behind the text", DOCUMENT, '(<w:pStyle w:val="Lead"/>)',
         r'\1<w:shd w:val="clear" w:color="auto" w:fill="36424A"/>'),
        ("docx-contrast", "pale words in a chart", "word/charts/chart1.xml",
         r'(<a:defRPr[^>]*><a:solidFill><a:srgbClr val=)"\w+"', r'\1"C0C0C0"'),
        ("docx-notes", "a call without a note", DOCUMENT, r'(<w:footnoteReference w:id=)"1"', r'\1"9"'),
        ("docx-notes", "a note that nothing calls", NOTES, r'(<w:footnote w:id=)"1"', r'\1"9"'),
        ("docx-notes", "a note without text", NOTES, r'(<w:footnote w:id="2">.*?</w:pPr>).*?</w:p>', r"\1</w:p>"),
        ("docx-links", "a place that is not there", DOCUMENT, 'w:bookmarkStart w:id="([0-9]+)" w:name="blocks"',
         r'w:bookmarkStart w:id="\1" w:name="other"'),
        ("docx-links", "a link that says nothing", DOCUMENT, r"(<w:hyperlink [^>]*r:id.*?<w:t [^>]*>)[^<]*",
         r"\1осында"),
        ("docx-links", "an address on somebody’s disk", RELATIONS, r'"https://[^"]*"', '"file:///c:/report.docx"'),
    )
]
# fmt: on


@pytest.mark.parametrize(("code", "part", "old", "new"), DEFECTS)
def test_a_planted_defect_turns_its_check_red(sampler: Built, code: str, part: str, old: str, new: str) -> None:
    whole = of(sampler, "kk")
    (first, *_) = BY_CODE[code].run(damaged(whole, part, old, new))
    assert (first.code, str(first.place)) == (code, "sampler-kk.docx")
    assert first.cause.startswith("[kk] ")
    assert first.hint
    assert [*BY_CODE[code].run(whole)] == []


WITH_PARTS = ("docx-package",)


def test_a_package_with_a_part_that_nothing_refers_to_is_red(sampler: Built) -> None:
    assert "docx-package" in red(added(of(sampler, "kk"), "word/leftover.xml", b"<a/>"))


def test_a_package_with_times_is_red(sampler: Built) -> None:
    whole = of(sampler, "kk")
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, data in parts(whole).items():
            package.writestr(zipfile.ZipInfo(name, (2026, 3, 5, 0, 0, 0)), data)
    found = BY_CODE["docx-package"].run(Finished(whole.path, "sampler", "kk", "docx", buffer.getvalue()))
    assert any("time of its own" in problem.cause for problem in found)


def test_comments_and_macros_are_found_as_parts(sampler: Built) -> None:
    assert {"docx-names", "docx-active"} <= red(
        added(added(of(sampler, "kk"), "word/comments.xml", b"<a/>"), "word/vbaProject.bin", b"MZ")
    )


def test_the_author_of_a_charts_workbook_is_found(sampler: Built) -> None:
    contents = parts(of(sampler, "kk"))
    name = next(name for name in contents if name.endswith(".xlsx"))
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(contents[name])) as old, zipfile.ZipFile(buffer, "w") as new:
        for each in old.namelist():
            data = old.read(each)
            if each == CORE:
                data = re.sub(rb"<dc:creator>.*?</dc:creator>|<dc:creator/>", b"<dc:creator>A</dc:creator>", data)
                assert b">A<" in data
            new.writestr(each, data)
    found = BY_CODE["docx-names"].run(of_parts(of(sampler, "kk"), {**contents, name: buffer.getvalue()}))
    assert [name in problem.cause for problem in found] == [True]


def test_a_typeface_that_is_no_typeface_is_found(sampler: Built) -> None:
    contents = parts(of(sampler, "kk"))
    name = next(name for name in contents if name.endswith("SourceSerif4-Bold.odttf"))
    found = BY_CODE["docx-fonts"].run(of_parts(of(sampler, "kk"), {**contents, name: b"\0" * 4000}))
    assert any("cannot be read" in problem.cause for problem in found)


# -- What is no defect -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        pytest.param(DOCUMENT, HEADING, a_paragraph("Қазақстан Республикасы"), id="a name that says no language"),
        pytest.param(DOCUMENT, HEADING, a_paragraph(RUSSIAN, language="ru-RU"), id="Russian that is marked as Russian"),
        pytest.param(DOCUMENT, HEADING, a_paragraph("epetition.kz, Human Rights Watch"), id="names in Latin letters"),
        pytest.param(DOCUMENT, HEADING, a_paragraph("— Иә, — деді ол."), id="a dash of speech"),
        pytest.param(STYLES, '(w:styleId="Title">.*?<w:color w:val=)"[^"]*"', r'\1"7FB0B4"', id="large text, 3 : 1"),
    ],
)
def test_what_is_no_defect_passes(sampler: Built, part: str, old: str, new: str) -> None:
    assert red(damaged(of(sampler, "kk"), part, old, new)) == set()


# -- Files that are none -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="an empty file"),
        pytest.param(b"%PDF-1.7", id="another format"),
        pytest.param(b"PK\x03\x04 and no more", id="the beginning of an archive"),
    ],
)
def test_what_is_no_word_file_fails_every_check_and_ends_in_no_traceback(data: bytes) -> None:
    file = Finished(Path("sampler-kk.docx"), "sampler", "kk", "docx", data)
    assert [[problem.code for problem in check.run(file)] for check in CHECKS] == [["docx-damaged"]] * len(CHECKS)


@settings(max_examples=8)
@given(st.randoms(use_true_random=False))
def test_whatever_is_damaged_no_check_ends_in_a_traceback(sampler: Built, chance: random.Random) -> None:
    contents = parts(of(sampler, "kk"))
    name = chance.choice([name for name in contents if name.endswith((".xml", ".rels"))])
    attributes = list(re.finditer(rb'="([^"]*)"', contents[name]))
    at = chance.choice(attributes)
    junk = chance.choice([b"", b"-1", b"x", b"99999999", "ө".encode()])
    changed = contents[name][: at.start(1)] + junk + contents[name][at.end(1) :]
    red(of_parts(of(sampler, "kk"), {**contents, name: changed}))
