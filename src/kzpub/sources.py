"""What a publication shows of its register by itself: the key figures, and the end section “Figures and sources”.

Made of a localised document and the words of the templates, before typography, like everything else on its pages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import count, groupby

from kzpub.edition import KeyFigure
from kzpub.figures import as_of, listed, number, printed
from kzpub.inlines import PLACEHOLDER, Break, Inline, Inlines, Text, Value, unmarked
from kzpub.languages import Language
from kzpub.model import Alignment, Block, Chart, Document, Figure, Heading, Paragraph, Table
from kzpub.traversal import walk
from kzpub.typography import NO_BREAK

ANCHOR = "figures_and_sources"
"""The end section's anchor: with underscores, which no heading of an author can have."""

_WIDTHS = (61, 29, 10)
_RIGHT: Alignment = "right"
_OPERATORS = {
    "*": " × ",
    "-": f"{NO_BREAK}−{NO_BREAK}",
    "+": f"{NO_BREAK}+{NO_BREAK}",
    "/": " ÷ ",
}  # a sum is kept whole


@dataclass(frozen=True, slots=True)
class Sources:
    """The register of a localised document and the words to present it with."""

    document: Document[Inlines]
    labels: Mapping[str, str]
    language: Language

    def completed(self) -> Document[Inlines]:
        """The document with its end section; one without a register has none."""
        return replace(self.document, blocks=(*self.document.blocks, *self._section()))

    def key_figures(self) -> tuple[KeyFigure, ...]:
        """The tiles of the first page, in the order of the configuration."""
        chosen = (self.document.register[id] for id in self.document.key_figures)
        return tuple(KeyFigure(figure.id, self.alone(figure), self._name(figure)) for figure in chosen)

    # -- The end section ---------------------------------------------------------------------------------------------

    def _section(self) -> Iterator[Block[Inlines]]:
        if not self.document.figures:
            return
        blocks = tuple(walk(self.document.blocks))
        numbers = count(1 + max((block.number for block in blocks if isinstance(block, Table)), default=0))
        yield Heading(1, ANCHOR, self._label("figures_title"))
        yield Paragraph(self._label("figures_note"))
        ordered = sorted(self.document.figures, key=_chapter)
        for section, figures in groupby(ordered, _chapter):
            caption = self._label("figures_section", section=str(section))
            header = tuple(map(self._label, ("figure_column", "value_column", "section_column")))
            rows = tuple(map(self._row, figures))
            yield Table(next(numbers), caption, (None, _RIGHT, _RIGHT), header, rows, _WIDTHS)
        for chart in (block for block in blocks if isinstance(block, Chart)):
            yield self._data(chart, next(numbers))
        yield Paragraph(self._label("figures_end"))

    def _row(self, figure: Figure[Inlines]) -> tuple[Inlines, ...]:
        remarks = (part for remark in self._remarks(figure) for part in (Break(), *remark))
        return (*self._name(figure), *remarks), self.alone(figure), (Text(f"§ {figure.source}"),)

    def _name(self, figure: Figure[Inlines]) -> Inlines:
        return (*figure.label, Text(f" ({as_of(figure, self.language)})")) if figure.as_of else figure.label

    def _remarks(self, figure: Figure[Inlines]) -> Iterator[Inlines]:
        if figure.derived:
            yield self._arithmetic(figure)
        if figure.independent:
            yield (*self._label("independent_source"), Text(" "), *figure.independent)
        if figure.note:
            yield figure.note

    def _arithmetic(self, figure: Figure[Inlines]) -> Inlines:
        operands = dict.fromkeys(token for token in figure.derived if token in self.document.register)
        if not operands:
            return self._label("derived_base")
        named = listed((f'"{{{id}}}"' for id in operands), self.language)
        names = self._filled(named, {id: unmarked(self.document.register[id].label) for id in operands})
        formula = (*map(self._token, figure.derived), Text(f"{NO_BREAK}={NO_BREAK}"), self._value(figure))
        return self._filled(self.labels["derived"], {"figures": names, "arithmetic": formula})

    def _token(self, token: str) -> Inline:
        if token in self.document.register:
            return self._value(self.document.register[token])
        return Text(_OPERATORS.get(token) or (number(Decimal(token), self.language) if token[0].isdigit() else token))

    def _data(self, chart: Chart[Inlines], table: int) -> Table[Inlines]:
        """The figures of a chart for readers who do not see it, or who want the numbers."""
        first = chart.category_axis or self._label("category_column")
        header = (first, *(series.name for series in chart.series))
        columns = [[self.alone(self.document.register[id]) for id in series.figures] for series in chart.series]
        rows = tuple((category, *cells) for category, *cells in zip(chart.categories, *columns, strict=True))
        named = self._label("chart_data", number=str(chart.number)) if chart.number else self._label("chart_data_alone")
        caption = (*named, Text(": "), *(chart.caption or chart.value_axis))
        alignments: tuple[Alignment, ...] = (None, *(_RIGHT for _ in chart.series))
        return Table(table, caption, alignments, header, rows)

    # -- Pieces ------------------------------------------------------------------------------------------------------

    def alone(self, figure: Figure[Inlines]) -> Inlines:
        """A value with what it needs beside it: an ending or a word, and how the source qualifies it."""
        value = figure.alone or (self._value(figure),)
        if figure.qualifier == "exactly":
            return value
        return self._filled(self.labels[figure.qualifier.replace(" ", "_")], {"value": value})

    def _value(self, figure: Figure[Inlines]) -> Value:
        return Value(figure.id, printed(figure, self.language))

    def _label(self, name: str, **values: str) -> Inlines:
        return self._filled(self.labels[name], {key: (Text(text),) for key, text in values.items()})

    def _filled(self, words: str, values: Mapping[str, Inlines]) -> Inlines:
        parts = PLACEHOLDER.split(words)
        pieces = (values[part] if n % 2 else (Text(part),) for n, part in enumerate(parts) if part)
        return tuple(inline for piece in pieces for inline in piece)


def _chapter(figure: Figure[Inlines]) -> int:
    """The chapter of the source document that states a figure."""
    return int(figure.source.split(".")[0])
