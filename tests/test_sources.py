"""What a publication shows of its register by itself: tiles, the end section, the data of its charts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kzpub.inlines import Inlines, Text, plain
from kzpub.languages import LANGUAGES
from kzpub.model import Block, Chart, Figure, Heading, Table
from kzpub.sources import ANCHOR, Sources
from kzpub.traversal import walk
from tests.conftest import Built
from tests.readback import tidy

LABELS = {
    "figures_title": "Figures",
    "figures_note": "All figures.",
    "figures_end": "None is verified.",
    "figures_section": "Section {section}",
    "figure_column": "Figure",
    "value_column": "Value",
    "section_column": "Section",
    "derived": "Derived from {figures}: {arithmetic}",
    "derived_base": "Base",
    "independent_source": "Also:",
    "more_than": "more than {value}",
    "about": "about {value}",
}


def blocks_after_the_heading(built: Built, language: str) -> tuple[Block[Inlines], ...]:
    blocks = built.editions[language].document.blocks
    start = next(n for n, block in enumerate(blocks) if isinstance(block, Heading) and block.anchor == ANCHOR)
    return blocks[start:]


def rows(built: Built, language: str) -> dict[str, tuple[str, str]]:
    """Value and section of each figure of the end section, by what is said of it."""
    tables = [block for block in blocks_after_the_heading(built, language) if isinstance(block, Table)]
    cells = [tuple(tidy(plain(cell)) for cell in row) for table in tables for row in table.rows if len(row) == 3]
    return {name: (value, section) for name, value, section in cells}


@pytest.mark.parametrize(
    ("language", "row"),
    [
        ("en", ("Registered NGOs", "more than 22,000", "§ 4.1")),
        ("kk", ("Тіркелген ҮЕҰ", "22 000-нан астам", "§ 4.1")),
        ("ru", ("Зарегистрированные НПО", "более 22 000", "§ 4.1")),
        ("en", ("Position in the UN E-Government Development Index (2024)", "24th place", "§ 5.1")),
        ("kk", ("Қазақстанның БҰҰ электрондық үкіметті дамыту индексіндегі орны (2024)", "24-орын", "§ 5.1")),
        ("ru", ("Позиция в Индексе развития электронного правительства ООН (2024)", "24-е место", "§ 5.1")),
        ("en", ("Assets recovered and used for social projects", "more than $4 billion", "§ 5.4")),
        ("kk", ("Қайтарылып, әлеуметтік жобаларға жұмсалған активтер", "4 млрд АҚШ долларынан астам", "§ 5.4")),
        ("ru", ("Активы, возвращенные и направленные на социальные проекты", "более 4 млрд долларов США", "§ 5.4")),
        ("en", ("Share of women among civil servants", "about 55%", "§ 3.1")),
        (
            "en",
            ("Periodic report under the International Covenant on Civil and Political Rights", "3rd report", "§ 2.1"),
        ),
        (
            "ru",
            (
                "Сессия Комитета ООН по правам человека, на которой заслушан доклад",
                "144-я сессия",
                "§ 2.1",
            ),
        ),
    ],
)
def test_a_figure_is_listed_as_its_source_states_it(factsheet: Built, language: str, row: tuple[str, str, str]) -> None:
    assert rows(factsheet, language)[row[0]] == row[1:]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_is_listed_once(factsheet: Built, language: str) -> None:
    assert len(rows(factsheet, language)) == len(factsheet.editions[language].document.figures)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "in the base year” and “Fall in torture-related complaints in the year before”: 100 × (1 − 50%) = 50"),
        ("kk", "индекс» және «Азаптауға қатысты шағымдардың азаюы» бойынша есептелген: 50 × (1 − 30%) = 35"),
        ("ru", "через год» и «Снижение числа жалоб, связанных с пытками»; расчет: 50 × (1 − 30 %) = 35"),
    ],
)
def test_a_derived_figure_shows_its_arithmetic(factsheet: Built, language: str, words: str) -> None:
    assert any(name.endswith(words) for name in rows(factsheet, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_chart_has_its_data_in_a_table(factsheet: Built, language: str) -> None:
    document = factsheet.editions[language].document
    charts = [block for block in walk(document.blocks) if isinstance(block, Chart)]
    tables = [block for block in blocks_after_the_heading(factsheet, language) if isinstance(block, Table)]
    assert len(charts) == 3
    for chart, table in zip(charts, tables[-len(charts) :], strict=True):
        assert [row[0] for row in table.rows] == list(chart.categories)
        shown = [factsheet.editions[language].figures[id] for series in chart.series for id in series.figures]
        assert [plain(cell) for row in table.rows for cell in row[1:]] == shown
        assert str(chart.number) in plain(table.caption or ())


@pytest.mark.parametrize(
    ("language", "tiles"),
    [
        ("en", ["more than 22,000", "46", "more than 70", "more than 1,300", "24th place", "more than $4 billion"]),
        (
            "kk",
            ["22 000-нан астам", "46", "70-тен астам", "1 300-ден астам", "24-орын", "4 млрд АҚШ долларынан астам"],
        ),
        ("ru", ["более 22 000", "46", "более 70", "более 1 300", "24-е место", "более 4 млрд долларов США"]),
    ],
)
def test_the_tiles_of_the_first_page(factsheet: Built, language: str, tiles: list[str]) -> None:
    assert [tidy(plain(tile.value)) for tile in factsheet.editions[language].key_figures] == tiles


def test_notes_and_other_sources_stand_beside_the_figure(factsheet: Built) -> None:
    document = factsheet.editions["en"].document
    noted: tuple[Figure[Inlines], ...] = tuple(
        replace(figure, note=(Text("Others give 69."),), independent=(Text("A yearbook."),))
        for figure in document.figures
        if figure.id == "crisis_centres"
    )
    small = replace(document, figures=noted, blocks=())
    *_, table, _ = Sources(small, LABELS, LANGUAGES["en"]).completed().blocks
    assert isinstance(table, Table)
    assert plain(table.rows[0][0]) == "Crisis centres Also: A yearbook. Others give 69."


def test_a_publication_without_a_register_has_no_end_section(factsheet: Built) -> None:
    bare = replace(factsheet.editions["en"].document, figures=(), key_figures={}, blocks=())
    assert Sources(bare, LABELS, LANGUAGES["en"]).completed() == bare


def test_figures_are_listed_by_section_whatever_their_order(factsheet: Built) -> None:
    document = factsheet.editions["en"].document
    mixed = replace(document, figures=document.figures[::-1], blocks=())
    captions = [
        plain(block.caption or ())
        for block in Sources(mixed, LABELS, LANGUAGES["en"]).completed().blocks
        if isinstance(block, Table)
    ]
    assert captions == [f"Section {number}" for number in range(1, 8)]
