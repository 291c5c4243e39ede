"""The web page as readers use it: by keyboard, enlarged, with more space, in their own colours, and on paper."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pdfplumber
import pytest
from lxml import html as lxml_html
from playwright.sync_api import Browser, Page

from kzpub.audit.web.stylesheet import contrast
from kzpub.inlines import Inlines, Text
from kzpub.model import Table
from kzpub.writers.markup import Markup
from tests.conftest import LANGUAGES, Built
from tests.readback import tidy

PHONE, DESK, ENLARGED = (360, 780), (1280, 900), (320, 256)
"""``ENLARGED`` is a window of 1280 by 1024 pixels at 400 % (WCAG 2.2, 1.4.10)."""


@contextmanager
def opened(browser: Browser, built: Built, language: str, size: tuple[int, int], **options: Any) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)
    page = context.new_page()
    page.goto(built.path(language, "html").as_uri())
    page.evaluate("document.fonts.ready")
    yield page
    context.close()


# -- By keyboard -----------------------------------------------------------------------------------------------------

FOCUSED = """() => {
    const e = document.activeElement, s = getComputedStyle(e);
    let ground = e.parentElement;
    while (getComputedStyle(ground).backgroundColor === 'rgba(0, 0, 0, 0)') ground = ground.parentElement;
    const box = e.getBoundingClientRect();
    return {name: e.tagName + ' ' + (e.getAttribute('href') || ''),
        style: s.outlineStyle, width: parseFloat(s.outlineWidth),
        ring: s.outlineColor, ground: getComputedStyle(ground).backgroundColor,
        seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth}
}"""


def colour(css: str) -> str:
    return "#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", css)[:3])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_tab_reaches_every_link_in_order_and_shows_where_it_is(
    browser: Browser, sampler: Built, size: tuple[int, int], scheme: str
) -> None:
    with opened(browser, sampler, "kk", size, color_scheme=scheme, reduced_motion="reduce") as page:
        links = page.evaluate("[...document.querySelectorAll('a[href]')].map(e => 'A ' + e.getAttribute('href'))")
        reached = []
        for _ in links:
            page.keyboard.press("Tab")
            reached.append(page.evaluate(FOCUSED))
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") in {"", "skip"}, "the page lets the focus go"
    assert [each["name"] for each in reached] == links
    assert all(each["seen"] and each["style"] == "solid" and each["width"] >= 2 for each in reached)
    assert min(contrast(colour(each["ring"]), colour(each["ground"])) for each in reached) >= 3


def test_the_first_link_leads_past_everything_to_the_text(browser: Browser, sampler: Built) -> None:
    with opened(browser, sampler, "en", DESK, reduced_motion="reduce") as page:
        for key in ("Tab", "Enter", "Tab"):
            page.keyboard.press(key)
        assert page.evaluate("document.activeElement === document.querySelector('main a')")


def test_a_wide_table_can_be_scrolled_by_keyboard(sampler: Built) -> None:
    edition = sampler.editions["en"]
    markup = Markup(edition, lambda _: "", lambda _: "")
    cells: tuple[Inlines, ...] = tuple((Text(f"Column {n}"),) for n in range(4))

    def scrolls(columns: int) -> bool:
        table: Table[Inlines] = Table(
            number=1, header=cells[:columns], rows=(cells[:columns],), alignments=(None,) * columns, caption=None
        )
        (around,) = lxml_html.fragments_fromstring(markup.block(table))
        return (around.get("tabindex"), around.get("role"), bool(around.get("aria-label"))) == ("0", "region", True)

    assert [scrolls(columns) for columns in (2, 3, 4)] == [False, False, True]


# -- Enlarged, and with more space -----------------------------------------------------------------------------------

SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-bottom: 2em !important }"""
CUT = """allowed => [...document.querySelectorAll('body *')]
    .filter(e => !e.closest('.skip, .contents, svg') && !(allowed && e.matches(allowed))).filter(e => {
        const s = getComputedStyle(e), box = e.getBoundingClientRect();
        const hides = (over, inner, outer) => over !== 'visible' && inner > outer + 1;
        return box.right > innerWidth + 1 || box.left < -1 || hides(s.overflowX, e.scrollWidth, e.clientWidth)
            || hides(s.overflowY, e.scrollHeight, e.clientHeight) || s.textOverflow === 'ellipsis'
            || s.position === 'fixed'
    }).map(e => e.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("size", [ENLARGED, DESK], ids=["400 %", "desk"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_with_the_space_that_a_reader_needs_nothing_is_cut(
    browser: Browser, built: Built, language: str, size: tuple[int, int]
) -> None:
    with opened(browser, built, language, size) as page:
        assert page.evaluate(CUT, "") == []
        page.add_style_tag(content=SPACED)
        tables = ".table, .table *" if size == ENLARGED else ""  # both at once: a table may scroll in itself
        assert page.evaluate(CUT, tables) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_a_table_that_is_stacked_on_a_phone_is_still_a_table(browser: Browser, factsheet: Built) -> None:
    counted = []
    for size in (PHONE, DESK):
        with opened(browser, factsheet, "kk", size) as page:
            session = page.context.new_cdp_session(page)
            nodes = session.send("Accessibility.getFullAXTree")["nodes"]
            roles = [node.get("role", {}).get("value") for node in nodes]
            counted.append({role: roles.count(role) for role in ("table", "row", "columnheader", "cell")})
    assert counted[0] == counted[1]
    assert min(counted[0].values()) >= 10


# -- In their own way ------------------------------------------------------------------------------------------------


def test_nothing_moves_for_readers_who_asked_for_rest(browser: Browser, sampler: Built) -> None:
    found = []
    for wish in ("reduce", "no-preference"):
        with opened(browser, sampler, "en", DESK, reduced_motion=wish) as page:
            found.append(page.evaluate("getComputedStyle(document.documentElement).scrollBehavior"))
    assert found == ["auto", "smooth"]


def test_readers_who_want_contrast_have_no_soft_text(browser: Browser, factsheet: Built) -> None:
    with opened(browser, factsheet, "ru", DESK, contrast="more") as page:
        colours = page.evaluate(
            "['.key-figures ul', 'body'].map(s => getComputedStyle(document.querySelector(s)).color)"
        )
    assert colours[0] == colours[1]


OWN_COLOURS = """() => {
    const words = [...document.querySelectorAll('h1, h2, p, a, td, .chart.wide text')]
        .map(e => [e, getComputedStyle(e)]);
    return {words: words.map(([e, s]) => e.tagName === 'text' ? s.fill : s.color),
        ground: getComputedStyle(document.querySelector('.cover')).backgroundColor}
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_in_a_reader_s_own_colours_everything_can_be_read(browser: Browser, sampler: Built, scheme: str) -> None:
    with opened(browser, sampler, "kk", DESK, forced_colors="active", color_scheme=scheme) as page:
        found = page.evaluate(OWN_COLOURS)
    assert len(found["words"]) > 50
    assert min(contrast(colour(each), colour(found["ground"])) for each in found["words"]) >= 4.5


# -- On paper --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def printed(browser: Browser, sampler: Built, factsheet: Built) -> dict[str, bytes]:
    """Pages as a reader prints them who prefers the dark, in A4."""
    made = {}
    for built, language in ((sampler, "en"), (factsheet, "kk")):
        with opened(browser, built, language, DESK, color_scheme="dark") as page:
            pdf = page.pdf(prefer_css_page_size=True, print_background=True)
        made[language] = pdf
    return made


@pytest.fixture
def sheets(printed: dict[str, bytes]) -> Callable[[str], Any]:
    return lambda language: pdfplumber.open(io.BytesIO(printed[language]))


def letters(text: str) -> str:
    return "".join(filter(str.isalpha, text))


@pytest.mark.parametrize("language", ["en", "kk"])
def test_paper_is_white_and_holds_about_as_much_as_the_pdf(
    language: str, sheets: Callable[[str], Any], sampler: Built, factsheet: Built
) -> None:
    built = {"en": sampler, "kk": factsheet}[language]
    (pdf,) = [each for each in built.outcome.entries if (each.language, each.format) == (language, "pdf")]
    with sheets(language) as file:
        assert all((round(page.width), round(page.height)) == (595, 842) for page in file.pages)
        assert 0.6 <= len(file.pages) / (pdf.pages or 1) <= 1.4
        corners = [page.to_image(resolution=20).original.convert("RGB").getpixel((3, 230)) for page in file.pages]
    assert {*corners} == {(255, 255, 255)}


def test_paper_has_the_whole_text_and_no_navigation(sheets: Callable[[str], Any], sampler: Built) -> None:
    page: Any = lxml_html.document_fromstring(sampler.data("en", "html").decode())
    with sheets("en") as file:
        text = "".join(each.extract_text() for each in file.pages)
    for gone in page.xpath("//*[@class='back' or @class='same-place' or contains(@class, 'narrow')]"):
        gone.drop_tree()
    parts = page.xpath(
        "//main//*[self::h2 or self::h3 or self::h4 or self::h5 or self::td or self::th or self::caption]"
    )
    words = [tidy(each.text_content()) for each in (*parts, *page.xpath("//h1"), *page.xpath("//main//svg//text"))]
    assert [each for each in words if letters(each) not in letters(text)] == []
    assert "Skip to the text" not in text
    assert all(address in text for address in ("(https://example.org/note)", "mailto:press@example.org"))


def test_on_paper_no_heading_ends_a_page_and_headers_come_again(sheets: Callable[[str], Any]) -> None:
    with sheets("kk") as file:
        last = [
            max((char for char in page.chars if char["bottom"] < 785), key=lambda c: c["bottom"]) for page in file.pages
        ]
        headers = sum(page.extract_text().count("Көрсеткіш Мәні Бөлім") for page in file.pages)
    assert max(char["size"] for char in last) < 13, "headings of sections and chapters are larger"
    assert headers > 7, "more than the tables of figures"
