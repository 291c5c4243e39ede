"""A chart as SVG, drawn by Matplotlib: text stays text in our typeface, and what does not fit is an error.

Matplotlib measures text by the font file itself; therefore labels can be wrapped before they are drawn, and each can be
asked afterwards whether it left the drawing or met another. Every value stands at its bar or point, so that no axis
needs a scale, and all begin at zero. On a phone, where wide drawings would shrink, columns and lines become bars that
lie under their labels.
"""

from __future__ import annotations

import io
import logging
import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import import_module
from itertools import accumulate, combinations
from pathlib import Path
from typing import Any, Literal

from markupsafe import escape

from kzpub.errors import fail
from kzpub.writers.plots import TYPEFACE, Plot

Layout = Literal["wide", "narrow"]
WIDTHS: Mapping[Layout, float] = {"wide": 640, "narrow": 300}
"""Units of each drawing: the first for paper and wide windows, the second for phones. Text is 14 units high."""

_SIZE, _LINE = 14, 19
_BAR, _BAR_OF_SEVERAL, _BETWEEN = 24, 19, 14
_PLOT_HEIGHT, _ABOVE_POINT = 160, 9
_LABELS_AT_MOST = 0.42  # of the width, beside lying bars
_GAP = 8
_HIGHEST = 840  # of the 970 units of a page, to leave room for caption and source

_HATCHES = ("", "///", "...", "xx")
_MARKERS = ("o", "s", "^", "D")
_DASHES: tuple[Any, ...] = ("-", (0, (6, 2)), (0, (2, 2)), (0, (7, 2, 1, 2)))
"""What tells series apart where colours do not."""


def svg(plot: Plot, layout: Layout, colours: Mapping[str, str], fonts: Path) -> str:
    """The drawing as an ``svg`` element. Raises ``KzpubError`` if a text leaves it or lies on another."""
    return _drawn(plot, layout, tuple(colours.items()), fonts)


@lru_cache(maxsize=64)  # all formats show the same drawing
def _drawn(plot: Plot, layout: Layout, palette: tuple[tuple[str, str], ...], fonts: Path) -> str:
    matplotlib, colours = _library(), dict(palette)
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_settings(f"{plot.name}-{layout}", colours))
        manager = import_module("matplotlib.font_manager").fontManager
        manager.ttflist[:] = []  # no other typeface can be found
        manager.addfont(fonts / f"{TYPEFACE.replace(' ', '')}-Regular.ttf")
        sketch = _Sketch(plot, layout, colours)
        sketch.draw()
        sketch.require_room()
        return _element(sketch.written(), plot.alt, layout)


@cache
def _library() -> Any:
    """Matplotlib, which takes a second to import; its list of system typefaces is kept where ours is."""
    kept = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kzpub" / "matplotlib"
    os.environ.setdefault("MPLCONFIGDIR", str(kept))
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # it says where it keeps that list if not there
    with _without_search():
        import_module("matplotlib.font_manager")
    return import_module("matplotlib")


@contextmanager
def _without_search() -> Iterator[None]:
    """Matplotlib looks for no typefaces here: it would read all that the machine has, and start fc-list twice."""
    nothing: Any = lambda *_, **__: b""  # noqa: E731  neither folders nor lines
    walk, run = os.walk, subprocess.check_output
    try:
        os.walk, subprocess.check_output = nothing, nothing
        yield
    finally:
        os.walk, subprocess.check_output = walk, run


def _settings(salt: str, colours: Mapping[str, str]) -> dict[str, Any]:
    return {
        "svg.fonttype": "none",  # text stays text
        "svg.hashsalt": salt,
        "text.parse_math": False,
        "font.family": TYPEFACE,
        "font.size": _SIZE,
        "legend.fontsize": _SIZE,
        "axes.labelsize": _SIZE,
        "text.color": colours["chart-ink"],
        "axes.edgecolor": colours["chart-line"],
        "hatch.color": colours["chart-paper"],
        "hatch.linewidth": 1.5,
    }


def in_variables(drawing: str, colours: Mapping[str, str]) -> str:
    """The same drawing with its colours as the stylesheet's variables, so that they can change in the dark."""
    for name, colour in colours.items():
        drawing = drawing.replace(colour, f"var(--{name})")
    return drawing


def _element(written: str, alt: str, layout: Layout) -> str:
    """The ``svg`` element of a file: without its declarations, its style for everything, and names that could clash."""
    inside = written[written.index("<g id=") : written.rindex("</svg>")]
    inside = re.sub(r'<g id="[^"]*"', "<g", inside)
    inside = re.sub(r'(\bid="|url\(#|href="#)', r"\1_", inside)  # no anchor of a heading has an underscore
    inside = re.sub(r' style="([^"]*)"', _attributes, re.sub(r"\s*\n\s*", " ", inside))
    width, height = re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', written)[0]
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    described = f'role="img" aria-label="{escape(alt)}"'  # WeasyPrint takes the title for the text of the PDF
    return f'<svg {names} class="chart {layout}" {size} {described}><title>{escape(alt)}</title>{inside}</svg>'


def _attributes(style: re.Match[str]) -> str:
    """The properties of a ``style`` as attributes: WeasyPrint warns of those that are not of CSS for HTML."""
    pairs = (each.split(":", 1) for each in style[1].split(";") if each.strip())
    return "".join(f' {name.strip()}="{value.strip()}"' for name, value in pairs)


# -- Drawing ---------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Sketch:
    """One drawing: it grows downwards in units, ``height`` is where it has come to."""

    plot: Plot
    layout: Layout
    colours: Mapping[str, str]
    height: float = 0
    texts: list[tuple[float, float, str, str, str]] = field(default_factory=list)
    figure: Any = None

    @property
    def width(self) -> float:
        return WIDTHS[self.layout]

    @property
    def several(self) -> bool:
        return len(self.plot.rows) > 1

    def draw(self) -> None:
        self.figure = import_module("matplotlib.figure").Figure(dpi=72)
        legend = self._legend_columns()
        top = len(self.plot.rows) // legend * (_LINE + 4) + _GAP if legend else 0.0
        lying = self.plot.kind == "bar" or self.layout == "narrow"
        (self._lying_bars if lying else self._standing)(top)
        self.height += 2
        self.figure.set_size_inches(self.width / 72, self.height / 72)
        for x, y, text, align, colour in self.texts:
            at = (x / self.width, 1 - y / self.height)
            self.figure.text(*at, text, ha=align, va="top", color=self.colours[colour])
        if legend:
            self._legend(legend)

    # -- Texts -------------------------------------------------------------------------------------------------------

    def measure(self, text: str) -> float:
        """The width of the longest line in units, by the font file."""
        properties = import_module("matplotlib.font_manager").FontProperties(family=TYPEFACE, size=_SIZE)
        paths = import_module("matplotlib.textpath").text_to_path
        return max(float(paths.get_text_width_height_descent(line, properties, False)[0]) for line in text.split("\n"))

    def wrap(self, text: str, width: float) -> str:
        """The text in lines that fit, if its words do."""
        lines = [""]
        for word in text.split(" "):
            longer = f"{lines[-1]} {word}" if lines[-1] else word
            lines[-1:] = [longer] if self.measure(longer) <= width else [*filter(None, lines[-1:]), word]
        return "\n".join(lines)

    def write(self, x: float, y: float, text: str, align: str = "left", colour: str = "chart-soft") -> float:
        """Put a text into the drawing; returns where it ends."""
        if text:
            self.texts.append((x, y, text, align, colour))
        return y + (text.count("\n") + 1) * _LINE if text else y

    # -- Legend ------------------------------------------------------------------------------------------------------

    def _legend_columns(self) -> int:
        """All entries in one row where they fit, else one under another; none for a single series."""
        if not self.several:
            return 0
        widths = [self.measure(row.name) + 46 for row in self.plot.rows]
        return len(widths) if sum(widths) < self.width else 1

    def _legend(self, columns: int) -> None:
        handles = self.figure.axes[0].get_legend_handles_labels()[0]
        self.figure.legend(
            handles,
            [row.name for row in self.plot.rows],
            loc="upper left",
            bbox_to_anchor=(0, 1),
            ncols=columns,
            frameon=False,
            borderpad=0,
            borderaxespad=0,
            labelspacing=0.35,
            handlelength=2,
            handletextpad=0.6,
            columnspacing=1.4,
        )

    # -- Bars that lie -----------------------------------------------------------------------------------------------

    def _lying_bars(self, top: float) -> None:
        beside = self.layout == "wide"
        room = self.width * _LABELS_AT_MOST if beside else self.width
        labels = [self.wrap(label, room) for label in self.plot.categories]
        words = [word for word in self.plot.category_axis.split(" ") if self.measure(word) <= room]
        column = max(map(self.measure, (*labels, *words))) + _GAP if beside else 0
        bar = _BAR_OF_SEVERAL if self.several else _BAR
        group = bar * len(self.plot.rows)
        heights = [(label.count("\n") + 1) * _LINE for label in labels]
        steps = [(max(group, height) if beside else group + height) + _BETWEEN for height in heights]
        start = self._titles_of_lying_bars(top, column)
        axes = self._axes(column, start, self._room_for_bars(column), sum(steps))
        ends = accumulate(steps)
        middles = [end - (step if beside else group + _BETWEEN) / 2 for end, step in zip(ends, steps, strict=True)]
        self._bars(axes, middles, bar)
        for label, middle in zip(labels, middles, strict=True):
            x, y = (-_GAP, middle) if beside else (0, middle - group / 2 - 3)
            horizontal, vertical = ("right", "center") if beside else ("left", "bottom")
            axes.annotate(
                label, (0, y), (x, 0), textcoords="offset points", ha=horizontal, va=vertical, multialignment=horizontal
            )
        self.height = start + sum(steps)

    def _titles_of_lying_bars(self, top: float, column: float) -> float:
        """The titles of the axes above their columns, their last lines on one line, or one above the other."""
        values = self.wrap(self.plot.value_axis, self.width - column)
        if not column:
            end = self.write(0, top, values)
            return self.write(0, end, self.wrap(self.plot.category_axis, self.width)) + _GAP
        categories = self.wrap(self.plot.category_axis, column - _GAP)
        lines = [text.count("\n") for text in (values, categories)]
        self.write(column, top + (max(lines) - lines[0]) * _LINE, values)
        self.write(0, top + (max(lines) - lines[1]) * _LINE, categories)
        return top + (max(lines) + 1) * _LINE + _GAP / 2

    def _room_for_bars(self, column: float) -> float:
        widest = max(self.measure(text) for row in self.plot.rows for text in row.printed)
        room = self.width - column - widest - _GAP
        if room < self.width / 5:
            raise self._overflow(f"beside “{self.plot.categories[0]}” and the values there is no room for bars")
        return room

    def _bars(self, axes: Any, middles: list[float], bar: float) -> None:
        rows = len(self.plot.rows)
        axes.set_xlim(0, self.plot.top)
        axes.spines["left"].set_visible(self.layout == "wide")
        for n, row in enumerate(self.plot.rows):
            at = [middle + (n - (rows - 1) / 2) * bar for middle in middles]
            if self.plot.shares:
                axes.barh(at, self.plot.top, bar - 3, color=self.colours["chart-rest"], linewidth=0)
            drawn = axes.barh(at, row.values, bar - 3, **self._filled(n), label=row.name)
            axes.bar_label(drawn, row.printed, padding=5)

    # -- Columns and lines -------------------------------------------------------------------------------------------

    def _standing(self, top: float) -> None:
        step = self.width / len(self.plot.categories)
        start = self.write(0, top, self.wrap(self.plot.value_axis, self.width)) + _LINE + _GAP
        axes = self._axes(0, start, self.width, _PLOT_HEIGHT)
        axes.set_xlim(0, self.width)
        axes.set_ylim(self.plot.top, 0)
        axes.invert_yaxis()
        axes.spines["bottom"].set_visible(True)
        middles = [step * (n + 0.5) for n in range(len(self.plot.categories))]
        (self._columns if self.plot.kind == "column" else self._lines)(axes, middles, step)
        below = start + _PLOT_HEIGHT + _GAP
        labels = [self.wrap(label, step - _GAP) for label in self.plot.categories]
        ends = [
            self.write(middle, below, label, "center", "chart-ink")
            for middle, label in zip(middles, labels, strict=True)
        ]
        title = self.wrap(self.plot.category_axis, self.width)
        self.height = self.write(self.width / 2, max(ends) + _GAP / 2, title, "center")

    def _columns(self, axes: Any, middles: list[float], step: float) -> None:
        rows = len(self.plot.rows)
        bar = min(step * 0.8 / rows, 64)
        for n, row in enumerate(self.plot.rows):
            at = [middle + (n - (rows - 1) / 2) * bar for middle in middles]
            drawn = axes.bar(at, row.values, bar - 3, **self._filled(n), label=row.name)
            axes.bar_label(drawn, row.printed, padding=3)

    def _lines(self, axes: Any, middles: list[float], _: float) -> None:
        for n, row in enumerate(self.plot.rows):
            colour, marker, dashes = self.colours[f"chart-{n + 1}"], _MARKERS[n], _DASHES[n]
            axes.plot(
                middles,
                row.values,
                color=colour,
                marker=marker,
                linestyle=dashes,
                linewidth=2.5,
                markersize=8,
                clip_on=False,
                label=row.name,
            )
            for category, (value, printed) in enumerate(zip(row.values, row.printed, strict=True)):
                if (value, printed) in self._drawn_at(category)[:n]:
                    continue  # the point of another series, which says the same
                under = self.several and value == min(self._at(category)) < max(self._at(category))
                under = under and value / self.plot.top * _PLOT_HEIGHT > _LINE + _ABOVE_POINT
                side = -1 if under else 1
                axes.annotate(
                    printed,
                    (middles[category], value),
                    (0, side * _ABOVE_POINT),
                    textcoords="offset points",
                    ha="center",
                    va="top" if under else "bottom",
                )

    def _at(self, category: int) -> list[float]:
        return [row.values[category] for row in self.plot.rows]

    def _drawn_at(self, category: int) -> list[tuple[float, str]]:
        return [(row.values[category], row.printed[category]) for row in self.plot.rows]

    # -- Common ------------------------------------------------------------------------------------------------------

    def _axes(self, x: float, y: float, width: float, height: float) -> Any:
        """Axes in units, without frame and scale; the drawing is as high as what is above them and they are."""
        axes = self.figure.add_axes((0, 0, 1, 1))
        axes.set_axes_locator(lambda *_: self._box(x, y, width, height))
        axes.patch.set_visible(False)
        axes.set_xticks([])
        axes.set_yticks([])
        axes.set_ylim(height, 0)
        axes.spines[:].set_visible(False)
        return axes

    def _box(self, x: float, y: float, width: float, height: float) -> Any:
        bounds = (x / self.width, 1 - (y + height) / self.height, width / self.width, height / self.height)
        return import_module("matplotlib.transforms").Bbox.from_bounds(*bounds)

    def _filled(self, n: int) -> dict[str, Any]:
        colours = {"facecolor": self.colours[f"chart-{n + 1}"], "edgecolor": self.colours["chart-paper"]}
        return {**colours, "hatch": _HATCHES[n], "linewidth": 0}

    def written(self) -> str:
        buffer = io.StringIO()
        self.figure.patch.set_visible(False)
        nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        self.figure.savefig(buffer, format="svg", metadata=nothing)
        return buffer.getvalue()

    # -- What does not fit -------------------------------------------------------------------------------------------

    def require_room(self) -> None:
        """Raise ``KzpubError`` for a text that leaves the drawing or lies on another, and for more than a page."""
        if self.layout == "wide" and self.height > _HIGHEST:
            raise self._overflow("the drawing is higher than a page")
        boxes = list(self._boxes())
        for text, (left, bottom, right, top) in boxes:
            if left < -1 or bottom < -1 or right > self.width + 1 or top > self.height + 1:
                raise self._overflow(f"“{text}” leaves the drawing")
        for (one, a), (other, b) in combinations(boxes, 2):
            if min(a[2], b[2]) - max(a[0], b[0]) > 1 and min(a[3], b[3]) - max(a[1], b[1]) > 1:
                raise self._overflow(f"“{one}” lies on “{other}”")

    def _boxes(self) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
        import_module("matplotlib.backends.backend_svg").FigureCanvasSVG(self.figure)
        self.figure.draw_without_rendering()
        for artist in self.figure.findobj(import_module("matplotlib.text").Text):
            if artist.get_visible() and artist.get_text().strip():
                yield artist.get_text().replace("\n", " "), artist.get_window_extent().extents

    def _overflow(self, cause: str) -> Exception:
        hint = "shorten the text, or make it a chart of another kind: bars that lie have most room"
        return fail("chart-overflow", f"{cause} ({self.layout})", self.plot.place, hint)
