"""A figure never breaks across lines: in PDF, in a browser of any width, in Word as LibreOffice prints it."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pdfplumber
import pytest
from playwright.sync_api import Browser

from kzpub.edition import Edition
from kzpub.typography import NO_BREAK
from kzpub.writers.pdf import print_html
from kzpub.writers.renderer import renderer
from tests.conftest import LANGUAGES, Built, tool

_BREAKS = (  # the end of a line, the beginning of the next
    (r"\d[-–]", r"\w"),  # 2022–|2024, 22 000-|нан
    (r"\d", r"(%|млн|млрд|трлн|миллион|миллиард|million|billion)"),
    (r"(^|\s)\d{1,3}", r"\d{3}(?!\d)"),  # 22|000
    (r"[$§№]", r"\d"),
    (r"(млн|млрд)", r"(АҚШ|доллар)"),
    (r"АҚШ", r"доллар"),
)


def broken(text: str) -> list[str]:
    """Figures that are cut by the end of a line."""
    lines = [line.strip() for line in text.splitlines()]
    return [
        f"{line}|{following}"
        for line, following in pairwise(lines)
        for end, beginning in _BREAKS
        if re.search(end + "$", line) and re.match(beginning, following)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "in 2022–\n2024",
        "бұл 22 000-\nнан астам",
        "55\n% of",
        "over 22\n000 of",
        "4\nмлрд долларов",
        "4 млрд\nАҚШ доллары",
    ],
)
def test_a_broken_figure_is_seen(text: str) -> None:
    assert broken(text)


def test_numbers_on_lines_of_their_own_are_whole() -> None:
    assert broken("in 2022–2024\nand 2025\nmore than 22 000\nof 10 million") == []


# -- PDF -------------------------------------------------------------------------------------------------------------


def laid_out(edition: Edition, margin: str, change: dict[str, str]) -> str:
    """The text of an edition on pages with other margins, line by line."""
    source = print_html(edition)
    for old, new in {"margin: 27mm 21mm": f"margin: 27mm {margin}", **change}.items():
        assert old in source
        source = source.replace(old, new)
    with renderer(edition.templates / "fonts") as weasyprint:
        data = weasyprint.HTML(string=source, base_url="kzpub:").write_pdf()
    with pdfplumber.open(io.BytesIO(data)) as file:
        return "\n".join(page.extract_text() for page in file.pages)


@pytest.mark.parametrize("margin", ["21mm", "42mm", "63mm"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_figure_is_cut_on_a_page(factsheet: Built, language: str, margin: str) -> None:
    assert broken(laid_out(factsheet.editions[language], margin, {})) == []


def test_without_what_keeps_them_whole_figures_would_be_cut(factsheet: Built) -> None:
    loose = {".value, .kept { white-space: nowrap; }": "", NO_BREAK: " "}
    assert broken(laid_out(factsheet.editions["kk"], "63mm", loose))


# -- The browser -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_figure_is_cut_in_a_window(factsheet: Built, browser: Browser, language: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(factsheet.path(language, "html").as_uri())
    cut = page.evaluate(
        "[...document.querySelectorAll('.value, .kept')]"
        ".filter(each => new Set([...each.getClientRects()].map(box => box.top)).size > 1)"
        ".map(each => each.textContent)"
    )
    found = page.evaluate("document.querySelectorAll('.value').length")
    page.close()
    assert found > 100
    assert cut == []


CUT = """() => [...document.querySelectorAll('.key-figures .figure')].filter(tile => {
  const range = document.createRange(), walker = document.createTreeWalker(tile, NodeFilter.SHOW_TEXT)
  let last = {top: Infinity, space: true}
  for (let text; (text = walker.nextNode());)
    for (let n = 0; n < text.length; n++) {
      range.setStart(text, n)
      range.setEnd(text, n + 1)
      const here = {top: range.getBoundingClientRect().top, space: /\\s/.test(text.data[n])}
      if (here.top > last.top + 5 && !here.space && !last.space) return true
      last = here
    }
  return false
}).map(tile => tile.textContent)"""
"""The tiles with a line that ends within a word."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_a_tile_is_cut_in_any_window(factsheet: Built, browser: Browser, language: str) -> None:
    page = browser.new_page()
    page.goto(factsheet.path(language, "html").as_uri())
    cut = {}
    for width in range(320, 1441, 40):
        page.set_viewport_size({"width": width, "height": 800})
        cut[width] = page.evaluate(CUT)
    page.set_viewport_size({"width": 320, "height": 800})
    page.add_style_tag(content=".figure { font-size: 8rem !important }")
    too_large = page.evaluate(CUT)
    page.close()
    assert {width: tiles for width, tiles in cut.items() if tiles} == {}
    assert too_large


# -- Word ------------------------------------------------------------------------------------------------------------


def test_no_figure_is_cut_in_word(factsheet: Built, tmp_path: Path) -> None:
    files = [shutil.copy(factsheet.path(language, "docx"), tmp_path / f"{language}.docx") for language in LANGUAGES]
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [tool("soffice"), profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, *files]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    for language in LANGUAGES:
        command = [tool("pdftotext"), "-raw", "-nopgbrk", tmp_path / f"{language}.pdf", "-"]
        text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        assert broken(text) == [], language
