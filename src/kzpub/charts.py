"""Charts, ``<name>.chart.yaml``: a kind, texts for its axes, and for each series the figures of the register it shows.

A chart has no numbers of its own: each is a figure of the register, so that text and chart cannot disagree.
"""

from __future__ import annotations

import os
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeGuard, get_args

from kzpub import yamlfile
from kzpub.errors import Place, Problem, fail, near, raise_if_any
from kzpub.figures import COUNTED
from kzpub.markdown import one_line
from kzpub.model import Block, Chart, ChartKind, Figure, List, Message, Picture, Quote, Series
from kzpub.register import REGISTER
from kzpub.traversal import walk
from kzpub.yamlfile import Scalar, Tree, read_mapping

SUFFIX = ".chart.yaml"
MOST_CATEGORIES, MOST_SERIES = 12, 4

_REQUIRED = ("kind", "value_axis", "categories", "series", "source")
_KEYS = (*_REQUIRED, "category_axis")
_SERIES_KEYS = ("name", "figures")
_ROLES = {
    "value_axis": "what the values are, and their unit, above the drawing",
    "category_axis": "what the categories are, below the drawing",
    "categories": "label of a category; long ones are wrapped, short ones read better",
    "name": "name of a series in the legend, short",
    "source": "line under the chart that says where its figures come from",
}
_NAME = re.compile(r"[a-z][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Declared:
    """A chart as its file declares it, before it is placed in a text; its figures are still names with their places."""

    name: str
    kind: ChartKind
    value_axis: Message
    category_axis: Message | None
    categories: tuple[Message, ...]
    series: tuple[tuple[Message, tuple[Scalar, ...]], ...]
    source: Message
    place: Place

    @property
    def messages(self) -> tuple[Message, ...]:
        """Its texts in the order of the tree."""
        names = (name for name, _ in self.series)
        axes = (self.category_axis, self.value_axis, self.source)
        return (*self.categories, *names, *(text for text in axes if text))

    def placed(self, picture: Picture[Message]) -> Chart[Message]:
        """The chart in the place of a picture that names its file."""
        return Chart(
            number=picture.number,
            name=self.name,
            kind=self.kind,
            alt=picture.alt,
            caption=picture.caption,
            categories=self.categories,
            series=tuple(Series(name, tuple(each.text for each in figures)) for name, figures in self.series),
            category_axis=self.category_axis,
            value_axis=self.value_axis,
            source=self.source,
            place=self.place,
        )


def read_chart(path: Path, root: Path) -> Declared:
    """Read one chart. Raises ``KzpubError`` with the line of whatever is wrong."""
    fields = read_mapping(path, root)
    fields.only(_KEYS, _REQUIRED)
    name = path.name.removesuffix(SUFFIX)
    if not _NAME.fullmatch(name):
        raise fail("chart-name", f"“{name}” cannot name a chart", fields.place, "small letters, digits and hyphens")

    def message(text: Scalar, role: str) -> Message:
        return Message(one_line(text.text), f"charts/{name}", text.place, f"Chart: {_ROLES[role]}")

    return Declared(
        name=name,
        kind=_kind(fields.text("kind")),
        value_axis=message(fields.text("value_axis"), "value_axis"),
        category_axis=message(fields.text("category_axis"), "category_axis")
        if "category_axis" in fields.items
        else None,
        categories=tuple(message(each, "categories") for each in fields.texts("categories")),
        series=tuple((message(title, "name"), figures) for title, figures in _series(fields.items["series"])),
        source=message(fields.text("source"), "source"),
        place=fields.place,
    )


def _kind(given: Scalar) -> Any:
    known = get_args(ChartKind)
    if given.text not in known:
        raise fail("chart-kind", f"unknown kind of chart “{given.text}”", given.place, f"known: {', '.join(known)}")
    return given.text


def _series(tree: Tree) -> Iterator[tuple[Scalar, tuple[Scalar, ...]]]:
    entries = tree.items if isinstance(tree, yamlfile.Sequence) else ()
    if not entries:
        raise fail("yaml-type", "“series” is not a list", tree.place, "write “- name: …” and “figures: […]” under it")
    for entry in entries:
        if not isinstance(entry, yamlfile.Mapping):
            raise fail("yaml-type", "a series has no fields", entry.place, "write “- name: …” and “figures: […]”")
        entry.only(_SERIES_KEYS, _SERIES_KEYS)
        yield entry.text("name"), entry.texts("figures")


# -- What only the register shows ------------------------------------------------------------------------------------


def chart_problems(chart: Declared, register: Mapping[str, Figure[Message]]) -> Iterator[Problem]:
    """Everything that keeps the figures of a chart from being drawn."""
    yield from _size_problems(chart)
    for _, given in chart.series:
        yield from (problem for figure in given for problem in _figure_problems(figure, register))
    yield from _unit_problems(chart, register)


def _size_problems(chart: Declared) -> Iterator[Problem]:
    wanted = len(chart.categories)
    if wanted > MOST_CATEGORIES:
        cause = f"{wanted} categories, and a reader can compare {MOST_CATEGORIES}"
        yield Problem("chart-size", cause, chart.categories[MOST_CATEGORIES].place, "leave some out, or make a table")
    if len(chart.series) > MOST_SERIES:
        cause = f"{len(chart.series)} series, and a reader can tell {MOST_SERIES} apart"
        yield Problem("chart-size", cause, chart.series[MOST_SERIES][0].place, "leave some out, or make a table")
    for name, given in chart.series:
        if len(given) != wanted:
            cause = f"“{name.text}” has {len(given)} figures for {wanted} categories"
            yield Problem("chart-series", cause, given[0].place, "give it one figure for each category, in their order")
        for twice in _twice(given):
            cause = f"“{twice.text}” stands twice in “{name.text}”"
            yield Problem("chart-series", cause, twice.place, "give each category its own figure")
    labels = [Scalar(label.text, label.place) for label in chart.categories]
    for twice in _twice(labels):
        yield Problem("chart-categories", f"two categories “{twice.text}”", twice.place, "name them apart")


def _twice(given: Iterable[Scalar]) -> Iterator[Scalar]:
    seen: set[str] = set()
    for each in given:
        if each.text in seen:
            yield each
        seen.add(each.text)


def _figure_problems(given: Scalar, register: Mapping[str, Figure[Message]]) -> Iterator[Problem]:
    figure = register.get(given.text)
    if figure is None:
        cause = f"there is no figure “{given.text}” in {REGISTER}{near(given.text, register)}"
        yield Problem("chart-figure", cause, given.place, "correct the name, or add the figure")
    elif figure.kind not in COUNTED:
        cause = f"“{given.text}” is a {figure.kind}, which has no length to draw"
        yield Problem("chart-figure", cause, given.place, f"charts show figures of kind {', '.join(COUNTED)}")
    elif figure.value < 0:
        cause = f"“{given.text}” is {figure.value}, and bars begin at zero"
        yield Problem("chart-figure", cause, given.place, "show it in a table")


def _unit_problems(chart: Declared, register: Mapping[str, Figure[Message]]) -> Iterator[Problem]:
    """One axis has one unit: that of the first figure."""
    given = [each for _, figures in chart.series for each in figures]
    known = [(each, register[each.text]) for each in given if each.text in register]
    drawn = [(each, figure) for each, figure in known if figure.kind in COUNTED]
    for each, figure in drawn:
        first = drawn[0][1]
        if (figure.kind, figure.currency) != (first.kind, first.currency):
            units = [f"{one.kind} {one.currency}".strip() for one in (first, figure)]
            cause = f"“{each.text}” is {units[1]} on an axis of {units[0]}"
            yield Problem("chart-unit", cause, each.place, "make a chart of each unit")
            return


# -- In a text -------------------------------------------------------------------------------------------------------


def placed(
    folder: Path, root: Path, blocks: tuple[Block[Message], ...], figures: tuple[Figure[Message], ...]
) -> tuple[Block[Message], ...]:
    """The same blocks, each picture that names a chart replaced by it. Raises ``KzpubError`` with all that is wrong."""
    return _with_charts(blocks, _charts(folder, root, blocks, figures))


def _charts(
    folder: Path, root: Path, blocks: tuple[Block[Message], ...], figures: tuple[Figure[Message], ...]
) -> dict[str, Declared]:
    """The charts that pictures name, by their files. Raises ``KzpubError`` with everything that is wrong with them."""
    placed = {block.image: block.alt.place for block in walk(blocks) if _is_chart(block)}
    problems = [*_stray_charts(folder, root, placed)]
    declared, register = {}, {figure.id: figure for figure in figures}
    for name, place in placed.items():
        if "/" in name or not os.path.lexists(folder / name):
            hint = f"put the file into {folder.name}/, or correct the name"
            raise fail("chart-missing", f"there is no chart “{name}”", place, hint)
        declared[name] = read_chart(folder / name, root)
        problems += chart_problems(declared[name], register)
    raise_if_any(problems)
    return declared


def _is_chart(block: Block[Message]) -> TypeGuard[Picture[Message]]:
    return isinstance(block, Picture) and block.image.endswith(SUFFIX)


def _stray_charts(folder: Path, root: Path, placed: Container[str]) -> Iterator[Problem]:
    for path in sorted(folder.glob(f"*{SUFFIX}")):
        if path.name not in placed:
            place, hint = Place(path.relative_to(root).as_posix()), f"write ![what it shows]({path.name}) in a chapter"
            yield Problem("chart-unplaced", "a chart that is not published", place, hint)


def _with_charts(blocks: tuple[Block[Message], ...], declared: Mapping[str, Declared]) -> tuple[Block[Message], ...]:
    """The same blocks with each picture that names a chart replaced by the chart."""

    def one(block: Block[Message]) -> Block[Message]:
        match block:
            case Picture() if block.image in declared:
                return declared[block.image].placed(block)
            case List(items, start):
                return List(tuple(_with_charts(item, declared) for item in items), start)
            case Quote(inner):
                return Quote(_with_charts(inner, declared))
            case _:
                return block

    return tuple(map(one, blocks))
