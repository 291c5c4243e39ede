"""A draft in all formats: its notice, its running mark, and the source text with its language and its bar."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from lxml import html as lxml_html
from playwright.sync_api import Browser

from kzpub.audit import verification
from kzpub.audit.checking import Finished
from kzpub.builds.editing import editions
from kzpub.builds.pipeline import build
from kzpub.edition import Edition
from kzpub.languages import LANGUAGES
from kzpub.projects import Request
from tests.conftest import Built, copy_project, quiet, tool
from tests.readback.docx import Package, find, value

HEADING, CELL, CAPTION, ITEM = "Table", "Almaty", "Visits by year", "Second bullet"
UNDONE = (HEADING, CELL, CAPTION, ITEM, "A blue square beside a yellow one", "Sampler of every kind of block", "Year")
NOTICES = {
    "kk": ("Жоба, жариялауға арналмаған.", "Олар ағылшын тілінде берілген", "Жоба"),
    "ru": ("Проект, не для публикации.", "Они приведены на английском языке", "Проект"),
}
BAR = (0xC8 / 255, 0x50 / 255, 0x1E / 255)


class Drafts:
    """The sampler with some translations emptied, in Kazakh and Russian."""

    def __init__(self, root: Path) -> None:
        for tag in NOTICES:
            path = root / "locales" / tag / "LC_MESSAGES" / "sampler.po"
            path.write_text(emptied(path.read_text("utf-8")), "utf-8")
        request = Request(("sampler",), tuple(NOTICES))
        build(root, root / "dist", request, quiet)
        self.root = root
        self.editions: dict[str, Edition] = {each.language.tag: each for each in editions(root, request)}

    def path(self, tag: str, format: str) -> Path:
        return self.root / "dist/sampler" / f"sampler-{tag}-draft.{format}"


def emptied(catalogue: str) -> str:
    """A catalogue without the translations of ``UNDONE``."""
    blocks = catalogue.split("\n\n")
    starts = tuple(f'msgid "{text}"\n' for text in UNDONE)
    changed = [
        block.split("msgstr ")[0] + 'msgstr ""' if any(start in block for start in starts) else block
        for block in blocks
    ]
    assert sum(a != b for a, b in zip(blocks, changed, strict=True)) >= len(UNDONE)
    return "\n\n".join(changed) + "\n"


@pytest.fixture(scope="session")
def drafts(tmp_path_factory: pytest.TempPathFactory) -> Drafts:
    return Drafts(copy_project(tmp_path_factory.mktemp("drafts") / "project"))


def dom(data: bytes) -> Any:
    return lxml_html.document_fromstring(data.decode())


def untranslated(page: Any) -> list[str]:
    return [each.text_content() for each in page.xpath("//*[contains(@class, 'untranslated')][@lang]")]


def test_drafts_pass_every_check_of_finished_files(drafts: Drafts) -> None:
    files = verification.find(drafts.root / "dist", drafts.root / "dist" / "conformance").files
    assert len(files) == 6
    verified = verification.verify(files, quiet, fast=True)
    assert [str(problem) for each in verified for problem in each.problems] == []


# -- The page ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", NOTICES)
def test_the_page_has_the_notice_and_the_source_text_with_its_language(tag: str, drafts: Drafts) -> None:
    page = dom(drafts.path(tag, "html").read_bytes())
    (notice,) = page.xpath("//p[@class='draft']")
    assert all(words in notice.text_content() for words in NOTICES[tag][:2])
    assert f": {drafts.editions[tag].untranslated}." in notice.text_content()
    assert {HEADING, CELL, CAPTION, ITEM} <= set(untranslated(page))
    assert {each.get("lang") for each in page.xpath("//*[contains(@class, 'untranslated')][@lang]")} == {"en"}
    assert [each.get("lang") for each in page.xpath("//img[@alt='A blue square beside a yellow one']")] == ["en"]
    assert page.xpath("//figure[@class='has-untranslated']//img")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_browser_draws_a_bar_beside_source_text_and_beside_nothing_else(
    scheme: Any, drafts: Drafts, browser: Browser
) -> None:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(drafts.path("kk", "html").as_uri())
    shown = page.evaluate(
        """() => [...document.querySelectorAll('main :is(p, li > span, h2, h3, td, th, caption)')]
        .map(e => [e, getComputedStyle(e)])
        .map(([e, style]) => [style.borderLeftStyle == 'dashed' && parseFloat(style.borderLeftWidth) > 2,
                              e.matches('.untranslated') || !!e.querySelector(':scope > .untranslated')])"""
    )
    context.close()
    assert {tuple(each) for each in shown} == {(True, True), (False, False)}


# -- The PDF -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", NOTICES)
def test_the_pdf_has_the_notice_on_its_cover_and_a_mark_on_every_page(tag: str, drafts: Drafts) -> None:
    with pdfplumber.open(drafts.path(tag, "pdf")) as file:
        pages = [" ".join((page.extract_text() or "").split()) for page in file.pages]
    assert all(words in pages[0] for words in NOTICES[tag][:2])
    assert all(NOTICES[tag][2] in page for page in pages)
    assert all(any(text in page for page in pages) for text in (HEADING, CELL, CAPTION, ITEM))


def test_the_pdf_draws_bars_on_the_pages_with_source_text(drafts: Drafts, sampler: Built) -> None:
    assert bars(drafts.path("kk", "pdf").read_bytes()) > 5
    assert bars(sampler.data("kk", "pdf")) == 0


def bars(data: bytes) -> int:
    """How many pieces of the bar's colour a PDF draws."""
    with pdfplumber.open(io.BytesIO(data)) as file:
        drawn = [shape for page in file.pages for shape in (*page.rects, *page.lines, *page.curves)]
    colours = [shape[name] for shape in drawn for name in ("stroking_color", "non_stroking_color")]
    return sum(colour is not None and near(colour) for colour in colours)


def near(colour: Any) -> bool:
    return (
        isinstance(colour, tuple)
        and len(colour) == len(BAR)
        and all(abs(a - b) < 0.01 for a, b in zip(colour, BAR, strict=True))
    )


# -- Word --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", NOTICES)
def test_in_word_source_text_is_english_and_its_paragraph_has_a_bar(tag: str, drafts: Drafts) -> None:
    file = Package(drafts.path(tag, "docx").read_bytes())
    marked = {}
    for each in find(file.document, "//w:p"):
        text = "".join(node.text or "" for node in find(each, ".//w:t"))
        english = [value(run, "w:rPr/w:lang") for run in find(each, ".//w:r[w:t]")]
        if LANGUAGES["ru"].name not in text:  # not the names of the languages
            marked[text] = (bool(find(each, "w:pPr/w:pBdr/w:left")), english[-1] if english else "")
    for text in (HEADING, CELL, ITEM, "Sampler of every kind of block"):
        assert marked[text] == (True, "en-GB")
    caption = next(text for text in marked if text.endswith(CAPTION))
    assert marked[caption] == (True, "en-GB")
    assert {language for bar, language in marked.values() if language and not bar} <= {LANGUAGES[tag].region_tag}


@pytest.mark.parametrize("tag", NOTICES)
def test_libreoffice_shows_the_notice_first_and_the_mark_in_the_head(tag: str, drafts: Drafts, tmp_path: Path) -> None:
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [tool("soffice"), profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(drafts.path(tag, "docx"))], check=True, capture_output=True, timeout=180)
    with pdfplumber.open(tmp_path / f"sampler-{tag}-draft.pdf") as file:
        pages = [" ".join((page.extract_text() or "").split()) for page in file.pages]
    assert pages[0].startswith(NOTICES[tag][0])
    assert all(page.startswith(NOTICES[tag][2]) for page in pages[1:])
    assert any(CELL in page for page in pages)


# -- A finished edition ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_finished_edition_has_nothing_of_a_draft(tag: str, sampler: Built) -> None:
    page = dom(sampler.data(tag, "html"))
    assert page.xpath("//p[@class='draft'] | //*[contains(@class, 'untranslated')]") == []
    file = Package(sampler.data(tag, "docx"))
    assert "Draft Notice" not in {file.styles[value(each, "w:pPr/w:pStyle")] for each in find(file.document, "//w:p")}
    assert sampler.editions[tag].untranslated == 0


@pytest.mark.parametrize("format", ["pdf", "docx", "html"])
@pytest.mark.parametrize("tag", NOTICES)
def test_a_draft_that_is_called_a_release_is_found_out(drafts: Drafts, tag: str, format: str) -> None:
    path = drafts.path(tag, format).with_name(f"sampler-{tag}.{format}")
    renamed = Finished(path, "sampler", tag, format, drafts.path(tag, format).read_bytes())
    (verified,) = verification.verify([renamed], quiet, fast=True)
    assert "file-draft" in {problem.code for problem in verified.problems}
