"""A chart ready to be drawn: plain texts, numbers, the values as the edition prints them, and the colours."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from kzpub.edition import Edition
from kzpub.errors import Place, fail
from kzpub.inlines import Inlines, plain
from kzpub.model import Chart, ChartKind
from kzpub.yamlfile import read_text

STYLESHEET = "charts.css"
TYPEFACE = "Source Sans 3"
_COLOUR = re.compile(r"--(chart-[a-z0-9]+):\s*(#[0-9a-f]{6})\b")
_WHOLE = 100
_COLOURS = (
    "chart-ink",
    "chart-soft",
    "chart-line",
    "chart-paper",
    "chart-rest",
    "chart-1",
    "chart-2",
    "chart-3",
    "chart-4",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One series: its name, its numbers, and these as printed."""

    name: str
    values: tuple[float, ...]
    printed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """What a chart shows, in the words of one edition; ``shares`` are parts of a whole, drawn as such."""

    name: str
    kind: ChartKind
    categories: tuple[str, ...]
    rows: tuple[Row, ...]
    category_axis: str
    value_axis: str
    alt: str
    place: Place
    shares: bool = False

    @property
    def shown(self) -> Plot:
        """All of it that a reader sees: the same chart, wherever its file says so."""
        return replace(self, place=Place(""))

    @property
    def top(self) -> float:
        """Where its scale ends, which begins at zero."""
        return _WHOLE if self.shares else max(value for row in self.rows for value in row.values) or 1


def plot(chart: Chart[Inlines], edition: Edition) -> Plot:
    """A chart of an edition with the values of its figures, as they read where they stand alone."""
    known = edition.document.register

    def row(name: Inlines, ids: tuple[str, ...]) -> Row:
        values = tuple(float(known[id].value) for id in ids)
        return Row(plain(name), values, tuple(edition.figures[id] for id in ids))

    figures = [known[id] for series in chart.series for id in series.figures]
    return Plot(
        name=chart.name,
        kind=chart.kind,
        categories=tuple(map(plain, chart.categories)),
        rows=tuple(row(series.name, series.figures) for series in chart.series),
        category_axis=plain(chart.category_axis or ()),
        value_axis=plain(chart.value_axis),
        alt=plain(chart.alt),
        place=chart.place,
        shares=all(figure.kind == "percent" and figure.value <= _WHOLE for figure in figures),
    )


@cache
def palette(templates: Path) -> dict[str, str]:
    """The colours of charts by name, as their stylesheet sets them: ``--chart-1: #00505a`` and so on."""
    found = dict(_COLOUR.findall(read_text(templates / STYLESHEET, templates.parent)))
    if lost := [name for name in _COLOURS if name not in found]:
        cause = f"no colour for {', '.join(f'--{name}' for name in lost)}"
        raise fail("chart-colours", cause, Place(f"templates/{STYLESHEET}"), "write each as six digits: #00505a")
    return found
