"""Charts as they are drawn: what they say, that they fit, and that nobody needs to see colours."""

from __future__ import annotations

import ast
import io
import math
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from lxml import etree
from playwright.sync_api import Browser

from kzpub.audit.web.stylesheet import schemes
from kzpub.errors import KzpubError, Place
from kzpub.languages import LANGUAGES as RECORDS
from kzpub.model import Chart
from kzpub.traversal import walk
from kzpub.writers.drawings import WIDTHS, Layout, svg
from kzpub.writers.plots import Plot, Row, palette, plot
from kzpub.writers.wordchart import word_chart
from tests.conftest import LANGUAGES, ROOT, Built
from tests.readback import docx, tidy

TEMPLATES = ROOT / "templates"
COLOURS = palette(TEMPLATES)
KINDS = ("bar", "column", "line")
LONG = {
    "en": "Government services provided to citizens in villages and towns",
    "kk": "Азаматтарға ауылдар мен қалаларда көрсетілетін мемлекеттік қызметтер",
    "ru": "Государственные услуги, оказываемые гражданам в селах и городах",
}


def drawn(given: Plot, layout: Layout = "wide") -> str:
    return svg(given, layout, COLOURS, TEMPLATES / "fonts")


def simple(kind: Any = "bar", **changes: Any) -> Plot:
    rows = (Row("Women", (12.5, 40), ("12.5%", "40%")), Row("Men", (30.25, 8), ("30.25%", "8%")))
    given = Plot("shares", kind, ("Astana", "Villages"), rows, "Place", "Share, %", "What it shows", Place("a.yaml", 1))
    return replace(given, **changes)


def lines(drawing: str) -> list[str]:
    root = etree.fromstring(drawing.encode())
    return [tidy("".join(map(str, each.itertext()))) for each in root.iter("{http://www.w3.org/2000/svg}text")]


@cache
def plots(built: Built, language: str) -> list[Plot]:
    edition = built.editions[language]
    found = (block for block in walk(edition.document.blocks) if isinstance(block, Chart))
    return [plot(chart, edition) for chart in found]


def words(given: Plot) -> list[str]:
    """What must be read in a drawing."""
    names = [row.name for row in given.rows] if len(given.rows) > 1 else []
    values = [text for row in given.rows for text in row.printed]
    return [text for text in (given.value_axis, given.category_axis, *given.categories, *names, *values) if text]


# -- What a drawing says ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_and_every_value_is_in_the_drawing_as_text(sampler: Built, language: str, layout: Layout) -> None:
    for given in plots(sampler, language):
        text = " ".join(lines(drawn(given, layout)))
        assert [word for word in words(given) if tidy(word) not in text and not _wrapped(word, text)] == []


def _wrapped(word: str, text: str) -> bool:
    """The lines of a wrapped label may stand in any order."""
    return all(part in text for part in tidy(word).split(" "))


@pytest.mark.parametrize(
    ("language", "count", "share"),
    [("en", "22,100", "30.25%"), ("kk", "22 100", "30,25%"), ("ru", "22 100", "30,25 %")],
)
def test_values_are_written_as_the_language_writes_them(sampler: Built, language: str, count: str, share: str) -> None:
    printed = [tidy(text) for given in plots(sampler, language) for row in given.rows for text in row.printed]
    assert {count, share} <= set(printed)


def test_a_value_is_drawn_as_its_source_qualifies_it(factsheet: Built) -> None:
    wanted = {"en": "more than $4 billion", "kk": "4 млрд АҚШ долларынан астам", "ru": "более 4 млрд долларов США"}
    for language, text in wanted.items():
        printed = [tidy(text) for given in plots(factsheet, language) for row in given.rows for text in row.printed]
        assert text in printed


@pytest.mark.parametrize("kind", KINDS)
def test_a_legend_is_drawn_for_several_series_only(kind: str) -> None:
    alone = simple(kind, rows=simple().rows[:1])
    assert "Women" in lines(drawn(simple(kind)))
    assert "Women" not in lines(drawn(alone))


@pytest.mark.parametrize("kind", KINDS)
def test_series_differ_in_more_than_their_colours(kind: str) -> None:
    rows = tuple(Row(f"S{n}", (10 * n, 20), (str(10 * n), "20")) for n in range(1, 5))
    drawing = drawn(simple(kind, rows=rows))
    if kind == "line":
        assert len(set(re.findall(r'stroke-dasharray="([^"]+)"', drawing))) == 3
        assert len(set(re.findall(r'xlink:href="#([^"]+)"', drawing))) == 4
    else:
        assert len(set(re.findall(r"<pattern id=\"([^\"]+)\"", drawing))) == 3


@pytest.mark.parametrize("layout", WIDTHS)
def test_a_share_is_seen_as_a_part_of_the_whole(layout: Layout, factsheet: Built) -> None:
    women = next(each for each in plots(factsheet, "en") if each.name == "women")
    assert (women.shares, women.top) == (True, 100)
    assert bar_lengths(drawn(women, layout), "chart-rest") == pytest.approx([1, 1])
    whole = bar_lengths(drawn(women, layout), "chart-rest", unit=1)[0]
    assert bar_lengths(drawn(women, layout), "chart-1", unit=whole) == pytest.approx([0.55, 0.39], abs=0.001)
    root = etree.fromstring(word_chart(replace(women, kind="column"), COLOURS, "en-GB").xml)
    assert found(root, "//c:valAx//c:max/@val") == ["100.0"]


def test_what_is_no_share_fills_its_scale(factsheet: Built) -> None:
    assets = next(each for each in plots(factsheet, "en") if each.name == "assets")
    assert (assets.shares, assets.top) == (False, max(assets.rows[0].values))
    assert COLOURS["chart-rest"] not in drawn(assets)


def bar_lengths(drawing: str, colour: str, unit: float = 0) -> list[float]:
    """How long the bars of a colour are, in a unit, or in the longest of them."""
    bars = re.findall(rf'<path d="M ([\d.]+) [\d.]+ L ([\d.]+) [^"]*"[^>]* fill="{COLOURS[colour]}"', drawing)
    lengths = [float(end) - float(start) for start, end in bars]
    return [length / (unit or max(lengths)) for length in lengths]


@pytest.mark.parametrize("layout", WIDTHS)
def test_a_bar_begins_at_zero_and_is_as_long_as_its_value(layout: Layout) -> None:
    drawing = drawn(simple("bar", rows=(Row("A", (10, 40), ("10", "40")),)), layout)
    assert bar_lengths(drawing, "chart-1") == pytest.approx([0.25, 1], abs=0.001)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("layout", WIDTHS)
def test_equal_charts_are_equal_bytes(kind: str, layout: Layout) -> None:
    command = (
        "from tests.writers.test_charts import *; import sys;"
        f"sys.stdout.reconfigure(encoding='utf-8'); sys.stdout.write(drawn(simple({kind!r}), {layout!r}))"
    )
    again = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", command],
        capture_output=True,
        check=True,
        cwd=ROOT,
        env={"PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "PYTHONHASHSEED": "7", "PATH": "/usr/bin:/bin"},
    )
    assert again.stdout.decode() == drawn(simple(kind), layout)


def test_a_drawing_names_no_tool_no_day_and_no_style_for_the_whole_page() -> None:
    drawing = drawn(simple())
    assert not re.search(r"matplotlib|<metadata|<style|style=|20\d\d-", drawing)


def test_identifiers_of_two_drawings_do_not_meet() -> None:
    first, second = (set(re.findall(r'\bid="([^"]+)"', drawn(simple(), layout))) for layout in WIDTHS)
    assert first
    assert not first & second
    assert all(name.startswith("_") for name in first | second)


def test_a_text_that_looks_like_a_formula_or_a_tag_is_just_text() -> None:
    drawing = drawn(simple("column", value_axis="$4 < $5 & more", alt='"<&'))
    assert "$4 < $5 & more" in lines(drawing)
    assert etree.fromstring(drawing.encode()).get("aria-label") == '"<&'


# -- What does not fit -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("layout", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_of_sixty_letters_are_wrapped(kind: str, layout: Layout, language: str) -> None:
    assert len(LONG[language]) >= 60
    given = simple(kind, categories=(LONG[language], LONG[language]), value_axis=LONG[language] + " " + LONG[language])
    text = lines(drawn(given, layout))
    assert LONG[language] not in text or (kind, layout) == ("bar", "wide")
    assert all(word in " ".join(text) for word in LONG[language].split())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"categories": ("A", "Ы" * 60)}, id="category"),
        pytest.param({"value_axis": "ә" * 100}, id="title of values"),
        pytest.param({"category_axis": "ә" * 100}, id="title of categories"),
        pytest.param({"rows": (Row("Ы" * 90, (1, 2), ("1", "2")), Row("B", (1, 2), ("1", "2")))}, id="legend"),
        pytest.param({"rows": (Row("A", (1, 2), ("9" * 90, "2")),)}, id="value"),
    ],
)
def test_a_text_that_does_not_fit_is_an_error_at_its_chart(kind: str, changes: dict[str, Any]) -> None:
    with pytest.raises(KzpubError, match=r"a\.yaml:1: error: .*\[chart-overflow\]"):
        drawn(simple(kind, **changes))


def test_values_that_lie_on_each_other_are_an_error() -> None:
    rows = tuple(Row(f"S{n}", (10,) * 6, ("10,000,000",) * 6) for n in range(2))
    with pytest.raises(KzpubError, match=r"“10,000,000” lies on “10,000,000”"):
        drawn(simple("column", rows=rows, categories=tuple("ABCDEF")))


def test_the_same_values_have_room_beside_lying_bars() -> None:
    rows = tuple(Row(f"S{n}", (10,) * 6, ("10,000,000",) * 6) for n in range(2))
    assert lines(drawn(simple("bar", rows=rows, categories=tuple("ABCDEF")))).count("10,000,000") == 12


# -- Colours ---------------------------------------------------------------------------------------------------------

# Machado, Oliveira and Fernandes 2009, severity 1, for linear RGB
SIGHT = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}
DISTINCT = 20  # ΔE*ab; a just noticeable difference is about 2


def linear(colour: str) -> list[float]:
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def contrast(one: str, other: str) -> float:
    dark, light = sorted(
        sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear(each), strict=True)) for each in (one, other)
    )
    return (light + 0.05) / (dark + 0.05)


def lab(colour: str, sight: str) -> tuple[float, float, float]:
    r, g, b = (min(1, max(0, sum(m * c for m, c in zip(row, linear(colour), strict=True)))) for row in SIGHT[sight])
    x, y, z = (
        0.4124 * r + 0.3576 * g + 0.1805 * b,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        0.0193 * r + 0.1192 * g + 0.9505 * b,
    )
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x / 0.95047, y, z / 1.08883))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def nearest(colours: list[str], sight: str) -> float:
    return min(math.dist(lab(one, sight), lab(other, sight)) for one, other in combinations(colours, 2))


def web_colours(scheme: str) -> dict[str, str]:
    """The colours of the page in daylight, which are those of paper too, and in the dark."""
    css = re.sub(r"/\*.*?\*/", "", (TEMPLATES / "web.css").read_text("utf-8"), flags=re.DOTALL)
    return dict(schemes(css)[scheme])


@pytest.mark.parametrize("scheme", ["pdf and word", "light", "dark"])
def test_colours_stand_out_from_the_paper_and_from_each_other(scheme: str) -> None:
    colours = COLOURS if scheme == "pdf and word" else web_colours(scheme)
    series = [colours[f"chart-{n}"] for n in range(1, 5)]
    assert [each for each in series if contrast(each, colours["chart-paper"]) < 3] == []
    assert min(contrast(colours[name], colours["chart-paper"]) for name in ("chart-ink", "chart-soft")) >= 4.5
    assert {sight: nearest(series, sight) for sight in SIGHT if nearest(series, sight) < DISTINCT} == {}


def test_the_rule_would_catch_colours_that_are_one_to_some() -> None:
    assert contrast("#d9a521", "#ffffff") < 3
    assert nearest(["#00505a", "#8c3b5e"], "protanopia") < DISTINCT < nearest(["#00505a", "#8c3b5e"], "normal")


@pytest.mark.parametrize("css", [":root { --chart-ink: #000000; }", ""])
def test_a_stylesheet_without_colours_of_charts_is_named(css: str, tmp_path: Path) -> None:
    (tmp_path / "charts.css").write_text(css, "utf-8")
    with pytest.raises(KzpubError, match=r"templates/charts\.css: error: no colour for .*--chart-4"):
        palette(tmp_path)


# -- In the files ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_browser_shows_one_drawing_with_readable_text_inside_it(
    sampler: Built, browser: Browser, language: str, width: int, scheme: Any
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(sampler.path(language, "html").as_uri())
    page.evaluate("document.fonts.ready")
    shown = page.evaluate("""() => [...document.querySelectorAll('svg.chart')]
        .filter(e => e.checkVisibility()).map(e => {
        const box = e.getBoundingClientRect(), texts = [...e.querySelectorAll('text')];
        return {layout: e.classList[1], texts: texts.map(t => {
            const b = t.getBoundingClientRect(), s = getComputedStyle(t), scale = box.width / e.viewBox.baseVal.width;
            return {size: parseFloat(s.fontSize) * scale, fill: s.fill, family: s.fontFamily,
                    inside: b.left >= box.left - 2 && b.right <= box.right + 2 && b.bottom <= box.bottom + 2};
        })}})""")
    page.close()
    assert [each["layout"] for each in shown] == ["narrow" if width == 320 else "wide"] * 2
    paper = web_colours(scheme)["paper"]
    for text in (text for each in shown for text in each["texts"]):
        assert text["inside"]
        assert text["size"] >= 12
        assert "Source Sans 3" in text["family"]
        assert contrast("#" + "".join(f"{int(n):02x}" for n in re.findall(r"\d+", text["fill"])), paper) >= 4.5


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_has_the_texts_as_text_and_the_alternative_text(sampler: Built, language: str) -> None:
    with pdfplumber.open(sampler.path(language, "pdf")) as file:
        letters = "".join(filter(str.isalnum, "".join(page.extract_text() for page in file.pages)))
        fonts = {char["fontname"] for page in file.pages for char in page.chars}
    values = [text for given in plots(sampler, language) for row in given.rows for text in row.printed]
    assert [text for text in values if "".join(filter(str.isalnum, text)) not in letters] == []
    assert all("Source" in font for font in fonts)


def test_a_publication_without_charts_does_not_import_what_draws_them() -> None:
    code = (
        "import sys; from kzpub.builds.editing import WRITERS, editions; from kzpub.projects import Request;"
        "from importlib import import_module;"
        "from pathlib import Path; from dataclasses import replace; from kzpub.model import Chart;"
        "edition = editions(Path('.'), Request(languages=('en',)))[0]; document = edition.document;"
        "blocks = tuple(block for block in document.blocks if not isinstance(block, Chart));"
        "edition = replace(edition, document=replace(document, blocks=blocks));"
        "[import_module(each).write(edition) for each in WRITERS.values()];"
        "print([name for name in ('matplotlib', 'numpy', 'pptx', 'xlsxwriter') if name in sys.modules])"
    )
    command = [sys.executable, "-W", "ignore", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert ast.literal_eval(done.stdout) == []


def test_a_drawing_higher_than_a_page_is_refused() -> None:
    letters = tuple("ABCDEFGHIJKL")
    rows = tuple(Row(f"S{n}", (float(n + 1),) * 12, (str(n + 1),) * 12) for n in range(4))
    assert drawn(simple(categories=letters[:8], rows=tuple(Row(r.name, r.values[:8], r.printed[:8]) for r in rows)))
    with pytest.raises(KzpubError, match="higher than a page"):
        drawn(simple(categories=letters, rows=rows))


# -- Word ------------------------------------------------------------------------------------------------------------

C = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
}


def chart_parts(data: bytes) -> list[Any]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        names = sorted(name for name in file.namelist() if re.fullmatch(r"word/charts/chart\d\.xml", name))
        return [etree.fromstring(file.read(name)) for name in names]


def found(root: Any, path: str) -> list[Any]:
    return list(root.xpath(path, namespaces=C))


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_chart_says_what_the_drawing_says(sampler: Built, language: str) -> None:
    for root, given in zip(chart_parts(sampler.data(language, "docx")), plots(sampler, language), strict=True):
        assert found(root, "c:lang/@val") == [RECORDS[language].region_tag]
        assert set(found(root, "//@lang")) == {RECORDS[language].region_tag}
        labels = [text for row in given.rows for text in row.printed]
        assert found(root, "//c:dLbl//a:t/text()") == labels
        assert [float(value) for value in found(root, "//c:val//c:v/text()")] == [
            value for row in given.rows for value in row.values
        ]
        assert found(root, "//c:ser[1]/c:cat//c:v/text()") == list(given.categories)
        titles = [text for text in (given.category_axis, given.value_axis) if text]
        assert found(root, "//c:catAx//a:t/text() | //c:valAx//a:t/text()") == titles
        assert bool(found(root, "//c:legend")) == (len(given.rows) > 1)
        assert set(found(root, "//a:latin/@typeface")) == {"Source Sans 3"}
        assert len(found(root, "//c:externalData")) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_workbook_holds_the_numbers(sampler: Built, language: str) -> None:
    with zipfile.ZipFile(io.BytesIO(sampler.data(language, "docx"))) as file:
        for n, given in enumerate(plots(sampler, language), 1):
            book = zipfile.ZipFile(io.BytesIO(file.read(f"word/embeddings/chart{n}.xlsx")))
            sheet = etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
            numbers = found(sheet, "//*[local-name()='c'][not(@t)]/*[local-name()='v']/text()")
            by_row = [value for values in zip(*(row.values for row in given.rows), strict=True) for value in values]
            assert [float(str(number)) for number in numbers] == by_row
            assert {entry.date_time for entry in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
            properties = book.read("docProps/core.xml").decode() + book.read("docProps/app.xml").decode()
            assert not re.search(r"20\d\d-|XlsxWriter|Microsoft|python", properties)


@pytest.mark.parametrize("kind", KINDS)
def test_series_in_word_differ_in_more_than_their_colours(kind: str) -> None:
    rows = tuple(Row(f"S{n}", (n, 20), (str(n), "20")) for n in range(1, 5))
    root = etree.fromstring(word_chart(simple(kind, rows=rows), COLOURS, "en-GB").xml)
    path = "//c:marker/c:symbol/@val" if kind == "line" else "//c:ser/c:spPr/a:pattFill/@prst"
    assert len(set(found(root, path))) == (4 if kind == "line" else 3)
    colours = {colour.upper() for name, colour in COLOURS.items() if name[-1].isdigit()}
    assert {f"#{value}" for value in found(root, "//c:ser/c:spPr//a:srgbClr/@val")} - {"#FFFFFF"} == colours


def test_word_shows_alternative_text_and_keeps_the_caption_with_the_chart(sampler: Built) -> None:
    package = docx.Package(sampler.data("kk", "docx"))
    drawings = docx.find(package.document, "//w:p[.//w:drawing//*[local-name()='chart']]")
    assert [docx.find(each, ".//wp:docPr")[0].get("descr") for each in drawings] == [
        given.alt for given in plots(sampler, "kk")
    ]
    for each in drawings:
        assert docx.find(each, "w:pPr/w:keepNext")


@pytest.mark.parametrize(("kind", "positions"), [("line", ["b", "t", "t", "b"]), ("bar", ["outEnd"] * 4)])
def test_values_in_word_stand_where_their_series_does(kind: str, positions: list[str]) -> None:
    root = etree.fromstring(word_chart(simple(kind), COLOURS, "en-GB").xml)
    assert found(root, "//c:dLbl/c:dLblPos/@val") == positions


def test_equal_word_charts_are_equal_bytes() -> None:
    one, other = (word_chart(simple(), COLOURS, "kk-KZ") for _ in "12")
    assert one.xml == other.xml
