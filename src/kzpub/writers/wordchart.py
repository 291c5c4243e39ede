"""A chart as Word's own, with its workbook, so that an editor can change it there; made with python-pptx.

Values are written out at each bar or point as the edition prints them: Word would follow its reader's settings.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.chart.xmlwriter import ChartXmlWriter
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_MARK
from pptx.enum.chart import XL_TICK_LABEL_POSITION as XL_TICK_LABELS
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from kzpub.writers.plots import TYPEFACE, Plot

_TYPES = {
    "bar": XL_CHART_TYPE.BAR_CLUSTERED,
    "column": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "line": XL_CHART_TYPE.LINE_MARKERS,
}
_PATTERNS = (
    None,
    MSO_PATTERN.WIDE_UPWARD_DIAGONAL,
    MSO_PATTERN.LARGE_CONFETTI,
    MSO_PATTERN.DIAGONAL_CROSS,
)
_MARKERS = (XL_MARKER_STYLE.CIRCLE, XL_MARKER_STYLE.SQUARE, XL_MARKER_STYLE.TRIANGLE, XL_MARKER_STYLE.DIAMOND)
_DASHES = (None, MSO_LINE.DASH, MSO_LINE.SQUARE_DOT, MSO_LINE.DASH_DOT)
"""What tells series apart where colours do not, as in the drawings."""

_SIZE = Pt(10)
_LETTERS_BESIDE = 35  # that fit beside the longest bar if it takes half of the width
_DAY = datetime(1980, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class WordChart:
    """The XML of a chart part without its reference to the workbook, and the workbook."""

    xml: bytes
    workbook: bytes


def word_chart(plot: Plot, colours: Mapping[str, str], language: str) -> WordChart:
    """The two parts of a chart in Word's language tag."""
    data = CategoryChartData(number_format="General")
    data.categories = plot.categories
    for row in plot.rows:
        data.add_series(row.name, row.values)
    return WordChart(_Dress(plot, colours, language).dressed(data), _Workbook(data).xlsx_blob)


class _Workbook(CategoryWorkbookWriter):  # type: ignore[misc]
    """The numbers of a chart, with a fixed day of creation."""

    def _populate_worksheet(self, workbook: Any, worksheet: Any) -> None:
        workbook.set_properties({"created": _DAY})
        super()._populate_worksheet(workbook, worksheet)


@dataclass(frozen=True, slots=True)
class _Dress:
    """How a chart is made to look like the drawings of the other formats."""

    plot: Plot
    colours: Mapping[str, str]
    language: str

    def dressed(self, data: Any) -> bytes:
        written = ChartXmlWriter(_TYPES[self.plot.kind], data).xml
        root = parse_xml(re.sub(r'(<c:(?:axId|crossAx) val=")-', r"\1", written).encode())  # an identifier is unsigned
        chart: Any = Chart(root, None)
        chart.has_title = False
        chart.has_legend = len(self.plot.rows) > 1
        self._font(chart.font, "chart-ink")
        if chart.has_legend:
            chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
        self._axes(chart)
        for n, series in enumerate(chart.plots[0].series):
            (self._line if self.plot.kind == "line" else self._bars)(series, n)
            self._labels(series, n)
        if self.plot.kind != "line":
            chart.plots[0].gap_width, chart.plots[0].overlap = 60, -8
        self._frame(root)
        for properties in root.iter(qn("a:rPr"), qn("a:defRPr"), qn("a:endParaRPr")):
            properties.set("lang", self.language)
        return bytes(root.xml.encode())

    def _font(self, font: Any, colour: str) -> None:
        font.name, font.size, font.bold = TYPEFACE, _SIZE, False
        font.color.rgb = self._rgb(colour)

    def _rgb(self, name: str) -> Any:
        return RGBColor.from_string(self.colours[name][1:].upper())

    def _axes(self, chart: Any) -> None:
        """No scale and no grid, since every value is written; bars lie in the order of the text."""
        values, categories = chart.value_axis, chart.category_axis
        values.minimum_scale = 0
        if self.plot.shares:
            values.maximum_scale = self.plot.top
        if self.plot.kind == "bar":
            longest = max(len(text) for row in self.plot.rows for text in row.printed)
            values.maximum_scale = self.plot.top * (1 + longest / _LETTERS_BESIDE)
        values.has_major_gridlines = False
        values.tick_label_position = XL_TICK_LABELS.NONE
        values.format.line.fill.background()
        categories.reverse_order = self.plot.kind == "bar"
        categories.tick_label_position = XL_TICK_LABELS.LOW
        categories.format.line.color.rgb = self._rgb("chart-line")
        for axis, title in ((values, self.plot.value_axis), (categories, self.plot.category_axis)):
            axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
            axis.has_title = bool(title)
            if title:
                self._write(axis.axis_title.text_frame, title, "chart-soft")

    def _write(self, frame: Any, text: str, colour: str) -> None:
        frame.text = text
        frame.word_wrap = False
        for run in frame.paragraphs[0].runs:
            self._font(run.font, colour)

    def _labels(self, series: Any, n: int) -> None:
        """The values, beyond the ends of bars, above points, and below the lowest of several."""
        for point, (value, text) in enumerate(zip(self.plot.rows[n].values, self.plot.rows[n].printed, strict=True)):
            there = [row.values[point] for row in self.plot.rows]
            lowest = value == min(there) < max(there)
            beside = XL_LABEL_POSITION.BELOW if lowest else XL_LABEL_POSITION.ABOVE
            label = series.points[point].data_label
            self._write(label.text_frame, text, "chart-ink")
            label.position = beside if self.plot.kind == "line" else XL_LABEL_POSITION.OUTSIDE_END

    def _bars(self, series: Any, n: int) -> None:
        series.invert_if_negative = False
        fill = series.format.fill
        if _PATTERNS[n] is None:
            fill.solid()
            fill.fore_color.rgb = self._rgb(f"chart-{n + 1}")
        else:
            fill.patterned()
            fill.pattern = _PATTERNS[n]
            fill.fore_color.rgb, fill.back_color.rgb = self._rgb("chart-paper"), self._rgb(f"chart-{n + 1}")

    def _line(self, series: Any, n: int) -> None:
        series.smooth = False
        colour, line, marker = self._rgb(f"chart-{n + 1}"), series.format.line, series.marker
        line.color.rgb, line.width, line.dash_style = colour, Pt(2.25), _DASHES[n]
        marker.style, marker.size = _MARKERS[n], 8
        marker.format.fill.solid()
        marker.format.fill.fore_color.rgb = marker.format.line.color.rgb = colour

    def _frame(self, root: Any) -> None:
        """Language, square corners and neither paper nor frame, in the order of ECMA-376, part 1, 21.2.2.27."""
        for old in root.findall(qn("c:roundedCorners")):
            root.remove(old)
        date = root.find(qn("c:date1904"))
        date.addnext(parse_xml(f'<c:roundedCorners {nsdecls("c")} val="0"/>'))
        date.addnext(parse_xml(f'<c:lang {nsdecls("c")} val="{self.language}"/>'))
        nothing = "<a:noFill/><a:ln><a:noFill/></a:ln>"
        root.find(qn("c:chart")).addnext(parse_xml(f"<c:spPr {nsdecls('c', 'a')}>{nothing}</c:spPr>"))
