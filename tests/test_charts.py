"""Charts as they are declared: what is refused, and at which line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kzpub.builds.editing import editions
from kzpub.charts import read_chart
from kzpub.content import read
from kzpub.errors import KzpubError
from kzpub.extraction import file_messages
from kzpub.model import Chart, Message, Picture
from kzpub.projects import Request
from kzpub.traversal import block_texts, map_texts, walk

Edit = Callable[[str, str, str], None]
FOLDER = "content/sampler"
SHARES, COMPLAINTS = f"{FOLDER}/shares.chart.yaml", f"{FOLDER}/complaints.chart.yaml"
REGISTER, CHAPTER = f"{FOLDER}/figures.yaml", f"{FOLDER}/02-blocks.md"


def charts(project: Path) -> list[Chart[Message]]:
    document = read(project / FOLDER, project)
    return [block for block in walk(document.blocks) if isinstance(block, Chart)]


def found(project: Path) -> list[tuple[str, str]]:
    with pytest.raises(KzpubError) as error:
        read(project / FOLDER, project)
    return [(problem.code, str(problem.place)) for problem in error.value.problems]


# -- Clean -----------------------------------------------------------------------------------------------------------


def test_a_chart_is_read_with_its_texts_and_figures(project: Path) -> None:
    complaints, shares = charts(project)
    assert (complaints.kind, complaints.name, complaints.number) == ("column", "complaints", 2)
    assert complaints.category_axis is not None
    assert (complaints.category_axis.text, complaints.value_axis.text) == ("Year", "Complaints received")
    assert (shares.kind, shares.number, shares.category_axis) == ("bar", 3, None)
    assert [(series.name.text, series.figures) for series in shares.series] == [
        ("Women", ("women_astana", "women_villages")),
        ("Men", ("men_astana", "men_villages")),
    ]
    assert shares.source.text == "Source: a [survey](https://example.org/survey), {date}"


def test_pictures_and_charts_are_numbered_together(project: Path) -> None:
    blocks = walk(read(project / FOLDER, project).blocks)
    assert [block.number for block in blocks if isinstance(block, Picture | Chart)] == [1, 0, 2, 3]


def test_every_text_of_a_chart_is_a_message_with_its_context_and_a_comment(project: Path) -> None:
    messages = file_messages(project / SHARES, project)
    assert {message.context for message in messages} == {"charts/shares"}
    assert all(message.comment.startswith("Chart: ") for message in messages)
    assert [message.place.line for message in messages] == [4, 5, 7, 9, 2, 11]
    in_tree = [text for text in _texts(charts(project)[1]) if text.context == "charts/shares"]
    assert sorted(message.text for message in messages) == sorted(message.text for message in in_tree)


def _texts(chart: Chart[Message]) -> list[Message]:
    return list(block_texts((chart,)))


def test_placeholders_of_charts_are_filled(project: Path, edit: Edit) -> None:
    edit(COMPLAINTS, "value_axis: Complaints received", "value_axis: Complaints in {period}")
    (edition,) = editions(project, Request(languages=("en",)))
    text = "".join(map(str, _all(edition.document)))
    assert "Complaints in " in text
    assert "{period}" not in text


def _all(document: object) -> list[object]:
    found: list[object] = []
    map_texts(document, found.append)  # type: ignore[arg-type]
    return found


def test_a_chart_with_twelve_categories_and_four_series_is_not_too_large(project: Path) -> None:
    path = project / COMPLAINTS
    path.write_text(declared(categories=12, series=4), "utf-8")
    registered(project, 12)
    assert len(charts(project)[0].series) == 4


def registered(project: Path, categories: int) -> None:
    """A register with a figure for each category more."""
    path = project / REGISTER
    more = (f"c{n}:\n  kind: count\n  value: {n + 50}\n  label: C\n  source: '1'\n" for n in range(categories - 3))
    path.write_text(path.read_text("utf-8") + "".join(more), "utf-8")


def declared(categories: int, series: int) -> str:
    ids = [*(f"complaints_{year}" for year in (2021, 2022, 2023)), *(f"c{n}" for n in range(categories - 3))]
    figures = ", ".join(ids[:categories])
    names = "".join(f"  - name: S{n}\n    figures: [{figures}]\n" for n in range(series))
    labels = ", ".join(f"C{n}" for n in range(categories))
    return f"kind: bar\nvalue_axis: V\ncategories: [{labels}]\nseries:\n{names}source: S\n"


# -- Damaged ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        pytest.param((SHARES, "kind: bar", "kind: pie"), "chart-kind", f"{SHARES}:1", id="unknown kind"),
        pytest.param((SHARES, "value_axis:", "value_axes:"), "yaml-key", f"{SHARES}:2", id="unknown key"),
        pytest.param((SHARES, "source:", "# source:"), "yaml-key", f"{SHARES}:1", id="no source"),
        pytest.param((SHARES, "women_astana", "woman_astana"), "chart-figure", f"{SHARES}:8", id="unknown figure"),
        pytest.param((SHARES, "women_villages", "women_astana"), "chart-series", f"{SHARES}:8", id="a figure twice"),
        pytest.param((COMPLAINTS, '"2022"', '"2021"'), "chart-categories", f"{COMPLAINTS}:4", id="a category twice"),
        pytest.param((SHARES, ", men_villages", ""), "chart-series", f"{SHARES}:10", id="a figure short"),
        pytest.param((SHARES, ", men_villages", ", complaints_2021"), "chart-unit", f"{SHARES}:10", id="two units"),
        pytest.param((REGISTER, "value: 40", "value: -40"), "chart-figure", f"{SHARES}:8", id="below zero"),
        pytest.param((SHARES, "  - name: Women", "  - Women\n  - name: X"), "yaml-type", f"{SHARES}:7", id="no fields"),
        pytest.param((SHARES, "series:", "series: none\nsource_of:"), "yaml-key", f"{SHARES}:8", id="stray fields"),
        pytest.param((CHAPTER, "shares.chart.yaml", "sharse.chart.yaml"), "chart-missing", f"{CHAPTER}:49", id="file"),
        pytest.param((SHARES, "name: Women", "name: '*Women*'"), "not-plain", f"{SHARES}:7", id="marks"),
    ],
)
def test_what_cannot_be_drawn_is_refused_at_its_line(
    change: tuple[str, str, str], code: str, place: str, project: Path, edit: Edit
) -> None:
    edit(*change)
    assert (code, place) in found(project)


@pytest.mark.parametrize(
    "fields",
    [
        "kind: year\n  value: 2021",
        "kind: years\n  value: 2021–2023",
        "kind: ratio\n  value: 1:30",
        "kind: date\n  value: 2023-01-02",
        "kind: rank\n  value: 24\n  alone: '{women_astana} place'",
    ],
)
def test_a_figure_without_a_length_is_refused(fields: str, project: Path, edit: Edit) -> None:
    edit(REGISTER, "kind: percent\n  value: 13.5", fields)
    assert found(project) == [("chart-figure", f"{SHARES}:8")]


def test_two_currencies_are_two_units(project: Path, edit: Edit) -> None:
    for year, currency in (("2021", "USD"), ("2022", "KZT"), ("2023", "KZT")):
        edit(
            REGISTER, f"complaints_{year}:\n  kind: count", f"complaints_{year}:\n  kind: money\n  currency: {currency}"
        )
    assert found(project) == [("chart-unit", f"{COMPLAINTS}:7")]


@pytest.mark.parametrize(("categories", "series", "line"), [(13, 1, 3), (2, 5, 13)])
def test_a_chart_that_nobody_can_read_is_refused(categories: int, series: int, line: int, project: Path) -> None:
    (project / COMPLAINTS).write_text(declared(categories, series), "utf-8")
    registered(project, categories)
    assert found(project) == [("chart-size", f"{COMPLAINTS}:{line}")]


def test_near_figures_are_named(project: Path, edit: Edit) -> None:
    edit(SHARES, "women_astana", "woman_astana")
    with pytest.raises(KzpubError, match="near it: women_astana"):
        read(project / FOLDER, project)


def test_all_that_is_wrong_with_charts_is_said_at_once(project: Path, edit: Edit) -> None:
    edit(SHARES, "women_astana", "woman_astana")
    edit(COMPLAINTS, "complaints_2021, ", "")
    assert found(project) == [("chart-series", f"{COMPLAINTS}:7"), ("chart-figure", f"{SHARES}:8")]


def test_a_chart_that_no_text_shows_is_refused(project: Path) -> None:
    (project / FOLDER / "idle.chart.yaml").write_text(declared(1, 1), "utf-8")
    assert found(project) == [("chart-unplaced", f"{FOLDER}/idle.chart.yaml")]


def test_a_name_that_could_not_be_a_context_is_refused(project: Path) -> None:
    path = project / FOLDER / "Two words.chart.yaml"
    path.write_text(declared(1, 1), "utf-8")
    with pytest.raises(KzpubError, match="cannot name a chart"):
        read_chart(path, project)
