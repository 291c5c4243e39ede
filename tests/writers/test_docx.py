"""Word files by their XML, and as a real LibreOffice lays them out."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from lxml import etree

from kzpub.builds.editing import editions
from kzpub.edition import Edition
from kzpub.errors import KzpubError
from kzpub.inlines import Inline, NoteRef, Text, map_inlines, plain
from kzpub.languages import LANGUAGES as RECORDS
from kzpub.model import Heading, List, Paragraph, Quote
from kzpub.projects import Request
from kzpub.traversal import headings, map_texts
from kzpub.writers import docx
from kzpub.writers.ooxml import bookmark_name
from tests.conftest import LANGUAGES, ROOT, Built, tool
from tests.readback import tidy, tree
from tests.readback.docx import Package, find, read, value


@cache
def package(built: Built, language: str) -> Package:
    return Package(built.data(language, "docx"))


def style_names(package: Package, path: str = "//w:p") -> list[str]:
    return [package.styles[value(each, "w:pPr/w:pStyle")] for each in find(package.document, path)]


def text_of(element: Any) -> str:
    return tidy("".join(node.text or "-" for node in find(element, ".//w:t | .//w:noBreakHyphen")))


# -- Structure -------------------------------------------------------------------------------------------------------


def test_every_part_is_well_formed_and_none_is_left_over(built: Built) -> None:
    names = package(built, "kk").archive.namelist()
    assert len(names) == len(set(names))
    assert not [name for name in names if "thumbnail" in name or "customXml" in name]
    assert {"word/footnotes.xml", "word/numbering.xml", "word/fontTable.xml", "docProps/core.xml"} <= set(names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_contents_field_has_its_entries_and_each_leads_to_its_heading(built: Built, language: str) -> None:
    file = package(built, language)
    wanted = [each for each in headings(built.editions[language].document) if each.level <= 2]
    entries = [
        each for each in find(file.document, "//w:p") if file.styles[value(each, "w:pPr/w:pStyle")].startswith("toc")
    ]
    assert [text_of(each) for each in entries] == [tidy(plain(each.text)) for each in wanted]
    assert [value(each, "w:hyperlink", "w:anchor") for each in entries] == [
        bookmark_name(each.anchor) for each in wanted
    ]
    instructions = [each.text for each in find(file.document, "//w:instrText")]
    assert ' TOC \\o "1-2" \\h \\z \\u ' in instructions
    kinds = [value(each, ".", "w:fldCharType") for each in find(file.document, "//w:fldChar")]
    assert kinds == ["begin", "separate", "end"] * (len(kinds) // 3)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_footer_counts_pages_by_fields_in_the_languages_words(built: Built, language: str) -> None:
    file = package(built, language)
    footers = [name for name in file.archive.namelist() if re.fullmatch(r"word/footer\d*\.xml", name)]
    assert footers
    for name in footers:
        footer = file.part(name)
        assert sorted(each.text or "" for each in find(footer, ".//w:instrText")) == [" NUMPAGES ", " PAGE "]
        assert text_of(footer) == tidy(built.editions[language].label("page_of", page=1, pages=1))


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_is_set_on_defaults_and_on_every_run(built: Built, language: str) -> None:
    file, tag = package(built, language), RECORDS[language].region_tag
    assert value(file.part("word/styles.xml"), "w:docDefaults//w:lang") == tag
    names = [
        name
        for name in file.archive.namelist()
        if re.fullmatch(r"word/(document|footnotes|header\d|footer\d)\.xml", name)
    ]
    for name in names:
        runs = [each for each in find(file.part(name), ".//w:r") if find(each, "w:t")]
        tags = [value(each, "w:rPr/w:lang") for each in runs]
        assert "" not in tags, name
        if name != "word/document.xml":
            assert set(tags) <= {tag}, name
    cover = find(file.document, "w:body/w:tbl[1]//w:p[1]//w:r[w:t[normalize-space()]]")
    assert {text_of(each): value(each, "w:rPr/w:lang") for each in cover} == {
        "·": tag,
        **{record.name: record.region_tag for record in RECORDS.values()},
    }
    own = {record.name for record in RECORDS.values()}
    body = [each for each in find(file.document, "w:body/w:p//w:r") if find(each, "w:t") and text_of(each) not in own]
    assert {value(each, "w:rPr/w:lang") for each in body} == {tag}


@pytest.mark.parametrize("language", LANGUAGES)
def test_properties_are_the_editions_and_name_no_tool(built: Built, language: str) -> None:
    import docx as python_docx

    edition = built.editions[language]
    properties = python_docx.Document(str(built.path(language, "docx"))).core_properties
    assert (properties.title, properties.language) == (edition.title, RECORDS[language].region_tag)
    assert properties.subject == plain(edition.document.subtitle)
    assert properties.keywords == ", ".join(edition.keywords)
    assert properties.author == properties.last_modified_by == properties.comments == ""
    assert properties.created == properties.modified
    assert properties.created is not None
    assert properties.created.date() == edition.document.date
    everything = b"".join(map(package(built, language).archive.read, package(built, language).archive.namelist()))
    assert b"python-docx" not in everything


def test_header_rows_repeat_and_pictures_have_alternative_text(sampler: Built) -> None:
    document = package(sampler, "ru").document
    table = find(document, "//w:tbl[w:tblPr/w:tblStyle]")[0]
    assert [bool(find(row, "w:trPr/w:tblHeader")) for row in find(table, "w:tr")] == [True, False, False]
    ornament, *pictures = find(document, "//wp:docPr")
    assert (ornament.get("descr"), bool(find(ornament, ".//*[local-name()='decorative'][@val='1']"))) == ("", True)
    assert [each.get("descr") for each in pictures] == [
        "Синий квадрат рядом с\u00a0желтым",
        "Картинка без подписи",
        "За три года число жалоб выросло с\u00a0сотен до тысяч",
        "В\u00a0столице мужчин больше, чем женщин, в\u00a0селах больше женщин",
    ]


def test_no_empty_paragraph_serves_as_space(built: Built) -> None:
    for paragraph in find(package(built, "en").document, "//w:p"):
        assert find(paragraph, ".//w:t | .//w:drawing"), "an empty paragraph"


def test_every_numbered_list_has_a_numbering_of_its_own(sampler: Built) -> None:
    document = package(sampler, "en").document
    used = [value(each, "w:pPr/w:numPr/w:numId") for each in find(document, "//w:p[w:pPr/w:numPr/w:numId]")]
    first, nested, again, fifth = sorted(set(used), key=int)
    assert used == [first, first, nested, nested, first, again, again, fifth, fifth]


def test_the_typefaces_are_in_the_file(sampler: Built) -> None:
    file = package(sampler, "kk")
    fonts = file.part("word/fontTable.xml")
    for family in ("Source Sans 3", "Source Serif 4"):
        (font,) = find(fonts, f"w:font[@w:name='{family}']")
        styles = [each.tag.partition("}")[2] for each in font if "embed" in each.tag]
        assert styles == ["embedRegular", "embedBold", "embedItalic", "embedBoldItalic"]
    targets = file.targets("fontTable").values()
    assert len(targets) == 8
    assert all(f"word/{target}" in file.archive.namelist() for target in targets)


def test_an_embedded_typeface_opens_with_its_key(sampler: Built) -> None:
    """ECMA-376, part 1, 17.8.1: the first 32 bytes are combined with the key, last byte first."""
    file = package(sampler, "kk")
    (embedded,) = find(file.part("word/fontTable.xml"), "w:font[@w:name='Source Serif 4']/w:embedItalic")
    key = bytes.fromhex(value(embedded, ".", "w:fontKey").strip("{}").replace("-", ""))[::-1]
    data = file.archive.read("word/" + file.targets("fontTable")[value(embedded, ".", "r:id")])
    font = TTFont(io.BytesIO(bytes(a ^ b for a, b in zip(data[:32], key * 2, strict=True)) + data[32:]))
    assert font["name"].getDebugName(4) == "Source Serif 4 Italic"
    assert set(map(ord, "әғқңөұүһіӘҒҚҢӨҰҮҺІ")) <= set(font.getBestCmap())


def test_equal_editions_are_equal_bytes(sampler: Built) -> None:
    assert docx.write(sampler.editions["kk"]).data == sampler.data("kk", "docx")
    with zipfile.ZipFile(io.BytesIO(sampler.data("kk", "docx"))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("place", ["body", "quote"])
def test_two_tables_in_a_row_stay_two(sampler: Built, place: str) -> None:
    edition = sampler.editions["en"]
    table = next(block for block in edition.document.blocks if type(block).__name__ == "Table")
    blocks: Any = (table, table) if place == "body" else (Quote((table, table)),)
    twice = replace(edition, document=replace(edition.document, blocks=blocks))
    body = Package(docx.write(twice).data).document
    kinds = [each.tag.partition("}")[2] for each in find(body, "w:body/*")]
    assert "tbl,tbl" not in ",".join(kinds)


# -- The template ----------------------------------------------------------------------------------------------------


def documented() -> dict[str, str]:
    """What each style is based on, by the table in docs/designers.md."""
    page = (ROOT / "docs" / "designers.md").read_text("utf-8")
    table = page.partition("| style | used for | based on |")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (.+) \| .+ \| (.*)\|$", table, re.MULTILINE)
    return {name: base.strip() for names, base in rows for name in names.split(", ")}


def in_template() -> dict[str, tuple[str, bool]]:
    """What each style of the template is based on, and whether it is the template's own; without Word's hidden ones."""
    with zipfile.ZipFile(ROOT / "templates" / "word.docx") as archive:
        styles = find(etree.fromstring(archive.read("word/styles.xml")), "w:style")
    names = {value(style, ".", "w:styleId"): value(style, "w:name") for style in styles}
    return {
        value(style, "w:name"): (names.get(value(style, "w:basedOn"), ""), value(style, ".", "w:customStyle") == "1")
        for style in styles
        if not find(style, "w:semiHidden")
    }


def test_the_table_for_designers_has_every_style_of_the_template_and_no_other() -> None:
    assert documented() == {name: base for name, (base, _) in in_template().items()}


def test_no_style_of_the_templates_own_is_idle(sampler: Built, factsheet: Built) -> None:
    in_drafts_only = {"Draft Notice", "Draft Mark"}
    used: set[str] = set()
    for built in (sampler, factsheet):
        file = package(built, "en")
        for name in file.archive.namelist():
            if re.fullmatch(r"word/(document|footnotes|header\d|footer\d)\.xml", name):
                styles = find(file.part(name), ".//w:pStyle | .//w:rStyle | .//w:tblStyle")
                used |= {file.styles[value(each, ".")] for each in styles}
    assert {name for name, (_, own) in in_template().items() if own} - used == in_drafts_only


def test_the_sampler_uses_every_kind_of_style(sampler: Built, factsheet: Built) -> None:
    used = {name for built in (sampler, factsheet) for name in style_names(package(built, "en"))}
    assert {"heading 1", "heading 4", "List Bullet 3", "List Number 2", "Quote", "caption", "toc 2", "Title"} <= used


def test_a_template_without_a_style_is_named(project: Path) -> None:
    rewrite(project / "templates" / "word.docx", "word/styles.xml", "List Bullet", "My Bullet")
    with pytest.raises(KzpubError, match=r"templates/word.docx: error: the template has no style “List Bullet”"):
        docx.write(english(project))


def test_a_template_with_an_unknown_placeholder_is_named(project: Path) -> None:
    rewrite(project / "templates" / "word.docx", "word/document.xml", "{subtitle}", "{subtitel}")
    with pytest.raises(KzpubError, match=r"unknown placeholder \{subtitel\}"):
        docx.write(english(project))


def test_a_template_without_a_body_is_named(project: Path) -> None:
    rewrite(project / "templates" / "word.docx", "word/document.xml", "{body}", "(body)")
    with pytest.raises(KzpubError, match=r"the template lacks \{body\}"):
        docx.write(english(project))


def test_a_template_that_is_no_word_file_is_named(project: Path) -> None:
    (project / "templates" / "word.docx").write_bytes(b"PK but not really")
    with pytest.raises(KzpubError, match=r"templates/word.docx: error: not a whole Word file"):
        docx.write(english(project))


def rewrite(path: Path, part: str, old: str, new: str) -> None:
    """Replace a text in a part of a Word file."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old.encode() in parts[part]
    parts[part] = parts[part].replace(old.encode(), new.encode())
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def english(project: Path) -> Edition:
    return editions(project, Request(languages=("en",)))[0]


# -- As LibreOffice reads it -----------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Built], dict[str, str]]:
    """The text of each language's Word file as LibreOffice prints it to PDF."""
    done: dict[int, dict[str, str]] = {}

    def convert(built: Built) -> dict[str, str]:
        if id(built) not in done:
            folder = tmp_path_factory.mktemp("office")
            files = [shutil.copy(built.path(language, "docx"), folder / f"{language}.docx") for language in LANGUAGES]
            profile = f"-env:UserInstallation=file://{folder}/profile"
            command = [
                tool("soffice"),
                profile,
                "--headless",
                "--convert-to",
                "pdf",
                "--outdir",
                str(folder),
                *map(str, files),
            ]
            subprocess.run(command, check=True, capture_output=True, timeout=180)
            done[id(built)] = {language: pdf_text(folder / f"{language}.pdf") for language in LANGUAGES}
        return done[id(built)]

    return convert


def pdf_text(path: Path) -> str:
    command = [
        tool("pdftotext"),
        "-raw",
        "-nopgbrk",
        *["-x", "0", "-y", "60", "-W", "595", "-H", "722"],
        str(path),
        "-",
    ]  # no head, no foot
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def with_calls(edition: Edition) -> Edition:
    """The edition with the number of each note in the place of its call, as it is printed."""

    def number(inline: Inline) -> Inline:
        return Text(str(edition.notes[inline.label][0])) if isinstance(inline, NoteRef) else inline

    return replace(edition, document=map_texts(edition.document, lambda leaf: map_inlines(leaf, number)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_libreoffice_prints_the_whole_text_in_order(
    built: Built, language: str, printed: Callable[[Built], dict[str, str]]
) -> None:
    page, position = letters(printed(built)[language]), 0
    notes = [row for row in tree.read(built.editions[language]).rows if row.role == "note"]
    for row in tree.read(with_calls(built.editions[language])).rows:
        in_table = row.role in ("header", "cell")  # pdftotext may take the columns of a table one by one
        found = page.find(letters(row.text), 0 if in_table else position)
        assert found >= 0, row
        position = position if in_table else found + len(letters(row.text))
    assert [row for row in notes if letters(f"{row.level}{row.text}") not in page] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_libreoffice_numbers_the_lists(
    sampler: Built, language: str, printed: Callable[[Built], dict[str, str]]
) -> None:
    for row in tree.read(sampler.editions[language]).rows:
        if row.role == "number":
            assert re.search(rf"^{row.level}\.\s+{re.escape(row.text)}$", printed(sampler)[language], re.MULTILINE), row


def test_a_numbered_list_inside_a_bullet_begins_where_it_should(sampler: Built) -> None:
    inner: Any = List(((Paragraph((Text("Five"),)),),), start=5)
    blocks: Any = (Heading(1, "a", (Text("A"),)), List(((Paragraph((Text("Bullet"),)), inner),)))
    edition = replace(
        sampler.editions["en"], document=replace(sampler.editions["en"].document, blocks=blocks, notes=())
    )
    assert [(row.role, row.level) for row in read(docx.write(edition).data).rows][-1] == ("number", 5)


def test_a_list_deeper_than_words_own_styles_keeps_its_text(sampler: Built) -> None:
    deep: Any = (Paragraph((Text("Deepest"),)),)
    for level in range(5, 0, -1):
        deep = (Paragraph((Text(f"Level {level}"),)), List((deep,)))
    edition = replace(
        sampler.editions["en"],
        document=replace(
            sampler.editions["en"].document, blocks=(Heading(1, "a", (Text("A"),)), List((deep,))), notes=()
        ),
    )
    names = style_names(Package(docx.write(edition).data))
    assert names[-6:] == ["List Bullet", *(f"List Bullet {level}" for level in (2, 3, 4, 5, 5))]


def test_the_template_is_in_the_repository_as_a_word_file() -> None:
    assert zipfile.is_zipfile(ROOT / "templates" / "word.docx")
