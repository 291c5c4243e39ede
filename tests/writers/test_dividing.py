"""Long Kazakh words at line ends on a page and in Word: they are divided where they may be, and are copied whole."""

from __future__ import annotations

import gzip
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from kzpub.edition import Edition
from kzpub.hyphenation import divided
from kzpub.inlines import Inlines, Text
from kzpub.model import Paragraph, Table
from kzpub.writers import docx
from tests.conftest import Built, tool
from tests.readback.docx import Package, find

BREAK = '<span class="break"></span>'
WORDS = "ұйымдастырушылардың құқықтарымыздың конституциялық"
LINE_ENDS = """() => {
  const range = document.createRange(), walker = document.createTreeWalker(document.querySelector('main'), 4)
  const found = []
  let before = null
  for (let text; (text = walker.nextNode());)
    for (let n = 0; n < text.length; n++) {
      range.setStart(text, n)
      range.setEnd(text, n + 1)
      const box = range.getBoundingClientRect(), letter = /[\\p{L}]/u.test(text.data[n])
      const marked = n == 0 && text.previousSibling?.className == 'break'
      if (before && letter && before.letter && box.top > before.top + 5 && text.parentNode === before.parent)
        found.push([marked, text.parentNode.closest('h2, h3, h4, h5') !== null, text.data.slice(0, 12)])
      before = {top: box.top, letter, parent: text.parentNode}
    }
  return found
}"""
"""The line ends inside words: whether a break was offered there, whether it is a heading, what follows."""


@pytest.fixture
def phone(factsheet: Built, browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(factsheet.path("kk", "html").as_uri())
    yield page
    page.close()


# -- The web page ----------------------------------------------------------------------------------------------------


def test_a_browser_has_no_kazakh_of_its_own(phone: Page) -> None:
    """Once it has, ``hyphens: auto`` can take the place of the breaks."""
    phone.set_content(f'<p lang="kk" style="hyphens: auto; width: 5em">{WORDS}</p>')
    height = "document.querySelector('p').getClientRects()[0].height"
    automatic = phone.evaluate(height)
    phone.evaluate("document.querySelector('p').style.hyphens = 'none'")
    assert phone.evaluate(height) == automatic


def test_long_words_are_divided_where_they_may_be_and_headings_are_not(phone: Page) -> None:
    ends = phone.evaluate(LINE_ENDS)
    assert len(ends) > 50
    assert [end for end in ends if not end[0]] == []
    assert [end for end in ends if end[1]] == []
    assert phone.locator("h1 .break, h2 .break, h3 .break, nav .break, .key-figures .break, code .break").count() == 0


def test_what_is_selected_and_copied_has_whole_words(phone: Page) -> None:
    item = phone.locator("main p:has(.break)").first
    wanted = item.evaluate("p => p.textContent")
    assert item.locator(".break").count() > 3
    item.evaluate("p => { getSelection().selectAllChildren(p) }")
    assert phone.evaluate("getSelection().toString()") == wanted == item.inner_text()
    phone.keyboard.press("Control+C")
    phone.evaluate("document.body.prepend(document.createElement('textarea'))")
    phone.locator("textarea").focus()
    phone.keyboard.press("Control+V")
    assert phone.locator("textarea").input_value().split() == wanted.split()


def test_a_divided_word_is_found(phone: Page) -> None:
    words = re.findall("[а-яәіңғүұқөһ]{14,}", phone.locator("main").inner_text())
    found = phone.evaluate(
        "words => words.filter(word => { getSelection().collapse(document.body, 0); return find(word) })",
        chosen := sorted({word for word in words if len(divided(word, "kk")) > 2})[:40],
    )
    assert len(chosen) == 40
    assert found == chosen


def test_a_screen_reader_is_given_the_words_and_nothing_between(phone: Page) -> None:
    style = phone.locator("style").first.evaluate("style => style.outerHTML")
    phone.set_content(f'{style}<p style="width: 8em">{BREAK.join(divided(WORDS, "kk"))}</p>')
    nodes: list[Any] = phone.context.new_cdp_session(phone).send("Accessibility.getFullAXTree")["nodes"]
    (paragraph,) = [node for node in nodes if node["role"]["value"] == "paragraph"]
    within = [node for node in nodes if node.get("parentId") == paragraph["nodeId"] and not node["ignored"]]
    assert {node["role"]["value"] for node in within} == {"StaticText"}
    assert "".join(node["name"]["value"] for node in within) == WORDS


def test_the_page_grows_by_little(factsheet: Built) -> None:
    page = factsheet.data("kk", "html")
    without = page.replace(BREAK.encode(), b"")
    assert 500 < page.count(BREAK.encode()) < 3000
    assert len(page) < 1.25 * len(without)
    assert len(gzip.compress(page)) < 1.03 * len(gzip.compress(without))


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_language_that_browsers_know_has_no_breaks(factsheet: Built, language: str) -> None:
    assert b'class="break"' not in factsheet.data(language, "html")


# -- Word ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def tabled(sampler: Built) -> Edition:
    """An edition whose table has a wide and narrow columns."""
    edition = sampler.editions["kk"]
    cell: Inlines = (Text(WORDS),)
    table = Table(0, None, (None,) * 3, (cell, cell, cell), ((cell, cell, cell),), (60, 20, 20))
    return replace(edition, document=replace(edition.document, blocks=(Paragraph(cell), table)))


def test_only_narrow_columns_have_optional_hyphens(tabled: Edition) -> None:
    document = Package(docx.write(tabled).data).document
    cells = [len(find(cell, ".//w:softHyphen")) for cell in find(document, "//w:tc")]
    expected = len(divided(WORDS, "kk")) - 1
    assert cells[-6:] == [0, expected, expected] * 2
    assert len(find(document, "//w:softHyphen")) == 4 * expected


OFFICE = """
import sys, time, uno
from com.sun.star.beans import PropertyValue
address, file, printed, *words = sys.argv[1:]
def named(name, value):
    it = PropertyValue(); it.Name, it.Value = name, value; return it
here = uno.getComponentContext()
resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
for attempt in range(100):
    try:
        there = resolver.resolve(f"uno:{address};urp;StarOffice.ComponentContext"); break
    except Exception:
        time.sleep(0.2)
desktop = there.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", there)
document = desktop.loadComponentFromURL(file, "_blank", 0, (named("Hidden", True),))
for word in words:
    search = document.createSearchDescriptor()
    search.SearchString, search.SearchWords = word, True
    print(word, document.findAll(search).Count)
document.storeToURL(printed, (named("FilterName", "writer_pdf_Export"),))
document.close(True)
try:
    desktop.terminate()
except Exception:
    pass
"""


def test_in_libreoffice_a_divided_word_is_found_and_printed_for_copying_as_one(tabled: Edition, tmp_path: Path) -> None:
    python = "/usr/bin/python3"  # Debian's own, which python3-uno is made for
    if (
        not Path(python).exists()
        or subprocess.run([python, "-c", "import uno"], capture_output=True, check=False).returncode
    ):
        pytest.skip("python3-uno is not installed")
    (tmp_path / "table.docx").write_bytes(docx.write(tabled).data)
    pipe = f"pipe,name=kzpub-{tmp_path.name}"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    office = subprocess.Popen([tool("soffice"), profile, "--headless", "--norestore", f"--accept={pipe};urp;"])
    try:
        files = [(tmp_path / name).as_uri() for name in ("table.docx", "table.pdf")]
        command = [python, "-c", OFFICE, pipe, *files, *WORDS.split()]
        found = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout
        office.wait(60)
    finally:
        office.kill()
    assert found.split() == [part for word in WORDS.split() for part in (word, "7")]
    command = [tool("pdftotext"), str(tmp_path / "table.pdf"), "-"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    layout = subprocess.run([*command[:1], "-layout", *command[1:]], check=True, capture_output=True, text=True).stdout
    assert re.search(r"\w-( |\n)", layout), "no word is divided at all"
    assert "\u00ad" not in text
    assert all(text.count(word) >= 7 for word in WORDS.split())
