"""Our own checks of pages: good ones pass, and each planted defect is found by the check it is for, and by no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from kzpub.audit.checking import Finished
from kzpub.audit.web.checks import CHECKS
from kzpub.audit.web.engines import ENGINES
from kzpub.errors import Problem
from tests.conftest import ROOT

KK, DRAFT = "sampler-kk.html", "sampler-kk-draft.html"


def problems(file: Finished) -> Iterator[Problem]:
    for check in CHECKS:
        yield from check.run(file)


def damaged(file: Finished, old: str, new: str) -> Finished:
    """A page with its first match of a pattern replaced."""
    text, count = re.subn(old, new, file.data.decode(), count=1, flags=re.DOTALL)
    assert count, f"the page has no {old}"
    return replace(file, data=text.encode())


def test_every_finished_page_passes(pages: dict[str, Finished]) -> None:
    good = [page for name, page in pages.items() if name != "index.html"]
    assert len(good) == 8
    assert [str(problem) for page in good for problem in problems(page)] == []


def test_a_check_says_what_holds_and_where_that_is_demanded() -> None:
    assert len({check.code for check in CHECKS}) == len(CHECKS)
    assert all(check.says.endswith(".") and check.rule for check in CHECKS)


STYLE = (
    pytest.param("--soft: #4a5560", "--soft: #8a959f", "page-contrast", "--soft on --paper", id="text too pale"),
    pytest.param(
        r"(dark\) \{\s*:root \{[^}]*--accent: )#7fcbd2",
        r"\1#1f5b62",
        "page-contrast",
        "(dark)",
        id="links lost in the dark",
    ),
    pytest.param("--focus: #00505a", "--focus: #d9a521", "page-contrast", "2.2", id="a focus of gold on white"),
    pytest.param("--mark: [^;]+;", "", "page-contrast", "no colour --ink on --mark", id="a colour lost"),
    pytest.param(
        r":focus-visible \{[^}]*\}", "", "page-focus", "no outline is drawn", id="no style for what has the focus"
    ),
    pytest.param("h1 {", "a:focus { outline: none; } h1 {", "page-focus", "a:focus", id="the outline taken away"),
    pytest.param(
        r"@media screen and \(prefers-reduced-motion: no-preference\)",
        "@media screen",
        "page-motion",
        "scroll-behavior",
        id="smooth scrolling for all",
    ),
    pytest.param("@media print", "@media speech", "page-paper", "no stylesheet for paper", id="no style for paper"),
    pytest.param(
        r"@media screen and \(prefers-color-scheme",
        "@media (prefers-color-scheme",
        "page-paper",
        "dark",
        id="dark paper",
    ),
    pytest.param(
        "h1 {",
        "@font-face { font-family: A; src: url(https://example.org/a.woff2) } h1 {",
        "page-resource",
        "example.org",
        id="a typeface from the net",
    ),
    pytest.param("h1 {", "@import 'a.css'; h1 {", "page-resource", "@import", id="a stylesheet from elsewhere"),
    pytest.param(
        "h1 {", "h2 { background: url(a.png); } h1 {", "page-resource", "url(a.png)", id="a ground from elsewhere"
    ),
)
HEAD = (
    pytest.param('<html lang="kk"', '<html lang="ru"', "page-language", "lang=“ru”", id="another language said"),
    pytest.param('<html lang="kk"', "<html", "page-language", "lang=“”", id="no language said"),
    pytest.param("<title>.*?</title>", "<title></title>", "page-metadata", "has no title", id="no title"),
    pytest.param(
        '<meta name="description" content="[^"]*"',
        '<meta name="description" content=""',
        "page-metadata",
        "no description",
        id="no description",
    ),
    pytest.param(
        '"og:locale" content="kk_KZ"', '"og:locale" content="ru_RU"', "page-metadata", "ru_RU", id="shared as Russian"
    ),
    pytest.param(
        '<link rel="alternate" hreflang="ru"[^>]*>', "", "page-alternates", "no alternate for ru", id="hreflang lost"
    ),
    pytest.param(
        '<link rel="alternate" hreflang="x-default"[^>]*>', "", "page-alternates", "x-default", id="no default language"
    ),
    pytest.param(
        'hreflang="en" href="sampler-en.html"',
        'hreflang="en" href="sampler-ru.html"',
        "page-alternates",
        "for en is",
        id="English that is Russian",
    ),
    pytest.param(
        'hreflang="kk" href="sampler-kk',
        'hreflang="kk" href="sampler-kk-draft',
        "page-alternates",
        "not this page",
        id="a release that names its draft",
    ),
    pytest.param(
        "initial-scale=1", "initial-scale=1, user-scalable=no", "page-zoom", "user-scalable", id="zoom forbidden"
    ),
    pytest.param("width=device-width", "width=1024", "page-zoom", "as wide as the device", id="a desk on every phone"),
    pytest.param("</head>", "<script>1</script></head>", "page-resource", "a script", id="a script"),
    pytest.param(
        "</head>",
        '<link rel="icon" href="https://example.org/i.ico"></head>',
        "page-resource",
        "example.org",
        id="an icon from the net",
    ),
)
BODY = (
    pytest.param(
        "<h1>", "<h2>One more</h2><h1>", "page-headings", "first heading is h2", id="a heading before the title"
    ),
    pytest.param("<h1>(.*?)</h1>", r"<p>\1</p>", "page-headings", "0 h1", id="no title in the text"),
    pytest.param("<h3 id=(.*?)</h3>", r"<h4 id=\1</h4>", "page-headings", "stands below", id="a level skipped"),
    pytest.param(
        '<p class="subtitle">.*?</p>', '<p class="subtitle"> </p>', "page-empty", "an empty p", id="an empty paragraph"
    ),
    pytest.param("</article>", "<ul><li></li></ul></article>", "page-empty", "an empty li", id="an empty item"),
    pytest.param(
        '<nav class="languages" aria-label="[^"]*"',
        '<nav class="languages"',
        "page-landmarks",
        "name of its own",
        id="navigation without a name",
    ),
    pytest.param('<main id="_text">(.*)</main>', r'<div id="_text">\1</div>', "page-landmarks", "0 main", id="no main"),
    pytest.param('<a class="skip".*?</a>', "", "page-landmarks", "first link", id="no skip link"),
    pytest.param('id="lists"', 'id="table"', "page-id", "“table” is there 2 times", id="an id twice"),
    pytest.param(' id="_contents"', "", "page-id", "“_contents”", id="a name taken from nowhere"),
    pytest.param(' alt="[^"]+"', ' alt=""', "page-alternative", "the img", id="a picture without words"),
    pytest.param(' role="img" aria-label="[^"]+"', "", "page-alternative", "the svg", id="a drawing without words"),
    pytest.param(
        ' alt="[^"]+"',
        ' alt="A blue square that stands beside a yellow one"',
        "page-language",
        "“A blue",
        id="a picture told in English",
    ),
    pytest.param(
        "<p>",
        "<p>This sentence of the source has been left in the text by mistake. ",
        "page-language",
        "This sentence",
        id="English in a Kazakh page",
    ),
    pytest.param(
        "<p>",
        "<p>Это предложение осталось на русском языке, хотя страница написана на другом.</p><p>",
        "page-language",
        "Это",
        id="a Russian sentence",
    ),
    pytest.param(' scope="col"', "", "page-table", "without a scope", id="a header’s scope lost"),
    pytest.param("<caption>.*?</caption>", "", "page-table", "no caption", id="a caption lost"),
    pytest.param("<thead.*?</thead>", "", "page-table", "no header cells", id="headers lost"),
    pytest.param("<td[^>]*>[^<]*</td></tr>", "</tr>", "page-table", "different lengths", id="a cell lost"),
    pytest.param('href="#lists"', 'href="#lost"', "page-link", "#lost", id="a dead anchor"),
    pytest.param(
        '(<a href="https://example.org/report[^>]*>).*?</a>',
        r"\1мұнда</a>",
        "page-link",
        "мұнда",
        id="a link that says “here”",
    ),
    pytest.param(
        '(<a href="https://example.org/report[^>]*>).*?</a>',
        r"\1→</a>",
        "page-link",
        "only “→”",
        id="a link that is an arrow",
    ),
    pytest.param(
        '<a href="https://example.org/report[^"]*"', "<a", "page-link", "leads nowhere", id="a link without an address"
    ),
    pytest.param(
        '<a class="back" href="#call_1"',
        '<a class="back" href="#call_2"',
        "page-note",
        "#note_1",
        id="a note that leads to another call",
    ),
    pytest.param(
        '<sup class="call"><a id="call_2".*?</sup>', "", "page-note", "#note_2", id="a note that nothing calls"
    ),
    pytest.param(
        '<img src="data:[^"]*"',
        '<img src="squares.png"',
        "page-resource",
        "squares.png",
        id="a picture beside the page",
    ),
    pytest.param("<h1>", '<h1 onclick="f()">', "page-resource", "f()", id="a script on a heading"),
    pytest.param("<h1>", '<a href=" JavaScript:f()">x</a><h1>', "page-resource", "JavaScript", id="a script as a link"),
    pytest.param(
        "<h1>",
        '<svg><image href="http://a/b.png"/></svg><h1>',
        "page-resource",
        "http://a",
        id="a picture in a drawing",
    ),
    pytest.param("<h1>", '<h1 style="color: #fff">', "page-empty", "hidden", id="a colour by hand"),
    pytest.param('alt="[^"]*"', 'alt="squares.png"', "page-alternative", "img", id="a file’s name for a text"),
    pytest.param("<h1>", "<!-- J. Smith --><h1>", "page-metadata", "J. Smith", id="a comment"),
    pytest.param("</h1>", "\ufffd</h1>", "page-metadata", "U+FFFD", id="a character lost"),
    pytest.param('<meta charset="utf-8">', "", "page-metadata", "character set", id="no character set"),
    pytest.param("</head>", '<meta name="author" content="A"></head>', "page-metadata", "author", id="an author"),
    pytest.param("<article>", "<article hidden>", "page-empty", "hidden", id="the text hidden"),
    pytest.param("<article>", '<article aria-hidden="true">', "page-empty", "hidden", id="the text hidden from some"),
)


@pytest.mark.parametrize(("old", "new", "code", "says"), [*STYLE, *HEAD, *BODY])
def test_a_planted_defect_is_found(pages: dict[str, Finished], old: str, new: str, code: str, says: str) -> None:
    found = list(problems(damaged(pages[KK], old, new)))
    assert {problem.code for problem in found if says in problem.cause} >= {code}
    assert all(problem.cause.startswith("[kk] ") and str(problem.place) == KK for problem in found)


LOST = (
    pytest.param('<li id="note_2">.*?</li>', "", {"page-note", "page-link"}, id="a note lost is a dead link too"),
    pytest.param("<a (href=.#lists.)>[^<]*</a>", r"<a \1></a>", {"page-link", "page-empty"}, id="an empty link"),
)


@pytest.mark.parametrize(("old", "new", "codes"), LOST)
def test_a_planted_defect_is_found_from_both_sides(
    pages: dict[str, Finished], old: str, new: str, codes: set[str]
) -> None:
    assert {problem.code for problem in problems(damaged(pages[KK], old, new))} == codes


def test_source_text_in_a_draft_must_say_its_language(pages: dict[str, Finished]) -> None:
    lost = damaged(pages[DRAFT], '<caption>(.*?)<span lang="en"', r"<caption>\1<span")
    assert [problem.code for problem in problems(lost)] == ["page-language"]


def test_each_check_has_a_defect_planted_for_it() -> None:
    planted = {str(case.values[2]) for case in (*STYLE, *HEAD, *BODY)}
    assert planted == {check.code for check in CHECKS}


def test_the_documentation_explains_every_code() -> None:
    page = (ROOT / "docs" / "checks.md").read_text("utf-8")
    assert [each.code for each in (*CHECKS, *ENGINES) if f"`{each.code}`" not in page] == []
