"""Web pages as a real Chromium shows them, and by their DOM."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest
from lxml import html as lxml_html
from playwright.sync_api import Browser, Page

from kzpub.inlines import plain
from kzpub.traversal import headings
from kzpub.writers import html
from tests.conftest import LANGUAGES, Built
from tests.readback import tidy

PHONE, SMALL_PHONE, DESKTOP = (390, 844), (320, 640), (1440, 900)


@pytest.fixture
def show(browser: Browser, built: Built) -> Iterator[Callable[..., Page]]:
    """Open a language's page at a width; any request but for the file itself fails the test."""
    contexts = []

    def open_page(language: str, size: tuple[int, int] = DESKTOP, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)
        contexts.append(context)
        page = context.new_page()
        address = built.path(language, "html").as_uri()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: asked.append(str(error)))
        page.goto(address, wait_until="load")
        page.evaluate("document.fonts.ready")
        assert [url for url in asked if not url.startswith("data:") and url != address] == []
        return page

    yield open_page
    for context in contexts:
        context.close()


def dom(built: Built, language: str) -> Any:
    return lxml_html.document_fromstring(built.data(language, "html").decode())


# -- In the browser --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "size", [SMALL_PHONE, PHONE, (800, 1000), DESKTOP, (2560, 1200)], ids=lambda size: f"{size[0]}px"
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wider_than_the_window(show: Callable[..., Page], language: str, size: tuple[int, int]) -> None:
    page = show(language, size)
    wide = """() => [...document.querySelectorAll('body *')]
        .filter(e => !e.closest('.skip') && e.getBoundingClientRect().right > innerWidth + 1)
        .map(e => e.outerHTML.slice(0, 80))"""
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert page.evaluate(wide) == []


def test_the_page_needs_no_script_and_has_none(show: Callable[..., Page], built: Built) -> None:
    page = show("kk", java_script_enabled=False)
    assert page.locator("main h2").count() == sum(
        each.level == 1 for each in headings(built.editions["kk"].document)
    ) + bool(built.editions["kk"].notes)
    assert dom(built, "kk").xpath("//script | //@onclick | //link[@rel='stylesheet'] | //iframe") == []


def test_our_typefaces_are_in_the_page(show: Callable[..., Page]) -> None:
    page = show("kk")
    page.wait_for_function("document.fonts.status === 'loaded'")
    loaded = page.evaluate(
        "[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family.replace(/\"/g, ''))"
    )
    assert {"Source Serif 4", "Source Sans 3"} <= set(loaded)


def test_the_page_is_dark_where_the_reader_prefers_it(show: Callable[..., Page]) -> None:
    colours = {scheme: ground(show("en", color_scheme=scheme)) for scheme in ("light", "dark")}
    assert colours["light"] == "rgb(255, 255, 255)"
    assert sum(map(int, colours["dark"][4:-1].split(","))) < 120


def ground(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))


def test_the_contents_stand_beside_the_text_on_a_wide_screen_and_above_it_on_a_phone(show: Callable[..., Page]) -> None:
    places = "() => ['.contents', 'main'].map(s => document.querySelector(s).getBoundingClientRect().left)"
    beside, above = show("ru").evaluate(places), show("ru", PHONE).evaluate(places)
    assert beside[0] < beside[1]
    assert above[0] == above[1]


def test_printed_it_drops_what_paper_cannot_follow(show: Callable[..., Page]) -> None:
    page = show("en")
    page.emulate_media(media="print")
    for selector in (".languages", ".formats", ".same-place", ".skip"):
        assert not page.locator(selector).first.is_visible(), selector
    assert page.locator("h1").is_visible()
    assert len(page.pdf(format="A4")) > 10_000


def test_targets_of_a_finger_are_large_enough(show: Callable[..., Page]) -> None:
    """WCAG 2.2, 2.5.8: 24 pixels, for links that do not stand inside a sentence."""
    small = """() => [...document.querySelectorAll('nav a, .same-place a')]
        .map(a => a.getBoundingClientRect()).filter(r => r.width < 24 || r.height < 24).length"""
    assert show("en", PHONE).evaluate(small) == 0


# -- The document ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_semantic(built: Built, language: str) -> None:
    page = dom(built, language)
    assert page.get("lang") == language
    assert len(page.xpath("//main")) == len(page.xpath("//main/article")) == len(page.xpath("//h1")) == 1
    assert len(page.xpath("//nav[@aria-label or @aria-labelledby]")) == len(page.xpath("//nav")) == 3
    ladder = [int(each.tag[1]) for each in page.xpath("//h1 | //h2 | //h3 | //h4 | //h5")]
    assert ladder[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(ladder))


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_identifiers_differ_and_all_inner_links_lead_somewhere(built: Built, language: str) -> None:
    page = dom(built, language)
    identifiers = page.xpath("//@id")
    assert len(identifiers) == len(set(identifiers))
    assert {each[1:] for each in page.xpath("//@href") if each.startswith("#")} <= set(identifiers)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_heading_leads_to_the_same_place_in_the_other_languages(built: Built, language: str) -> None:
    page = dom(built, language)
    for heading in headings(built.editions[language].document):
        (element,) = page.xpath(f"//*[@id='{heading.anchor}']")
        links = element.xpath("../span[@class='same-place']/a")
        assert [link.get("hreflang") for link in links] == [each for each in LANGUAGES if each != language]
        for link in links:
            file, _, anchor = link.get("href").partition("#")
            other = dom(built, link.get("hreflang"))
            assert file == built.path(link.get("hreflang"), "html").name
            assert len(other.xpath(f"//article//*[@id='{anchor}']")) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_other_formats_lie_beside_it(built: Built, language: str) -> None:
    links = dom(built, language).xpath("//nav[@class='formats']//a/@href")
    assert [built.path(language, "html").with_name(str(each)) for each in links] == [
        built.path(language, format) for format in ("pdf", "docx")
    ]
    assert all((built.path(language, "html").parent / str(each)).is_file() for each in links)


@pytest.mark.parametrize("language", LANGUAGES)
def test_contents_list_the_headings(built: Built, language: str) -> None:
    wanted = [each for each in headings(built.editions[language].document) if each.level <= 2]
    links = dom(built, language).xpath("//nav[@class='contents']//a")
    assert [(tidy(each.text_content()), each.get("href")) for each in links] == [
        (tidy(plain(each.text)), f"#{each.anchor}") for each in wanted
    ]


def test_notes_and_their_calls_lead_to_each_other(sampler: Built) -> None:
    page = dom(sampler, "kk")
    calls, notes = page.xpath("//sup/a"), page.xpath("//section[@class='notes']//li")
    assert [each.get("href") for each in calls] == [f"#{each.get('id')}" for each in notes] == ["#note_1", "#note_2"]
    assert [each.xpath(".//a[@class='back']/@href") for each in notes] == [[f"#{each.get('id')}"] for each in calls]


def test_equal_editions_are_equal_bytes(sampler: Built) -> None:
    assert html.write(sampler.editions["kk"]).data == sampler.data("kk", "html")
