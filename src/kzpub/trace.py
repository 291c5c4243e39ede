"""From a printed number back to where it comes from: the register's entry, every use of it, every page it stands on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from kzpub import content
from kzpub.edition import Edition
from kzpub.errors import Place, fail
from kzpub.figures import as_of, figure_of, placeholders
from kzpub.judges.facts import facts
from kzpub.languages import LANGUAGES, SOURCE
from kzpub.model import Chart, Document, Figure, Message
from kzpub.register import calls
from kzpub.traversal import texts, walk

Pages = Mapping[str, Mapping[str, tuple[int, ...]]]
"""Pages of the PDF by language and figure."""


@dataclass(frozen=True, slots=True)
class Use:
    """Where a figure is called: the place, its context, and how the text there begins."""

    place: Place
    where: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Traced:
    """A figure with what became of it.

    Attributes:
        printed: the value by language tag.
        uses: in the source, in reading order.
        pages: of the PDF by language tag; empty where they were not asked for.

    """

    publication: str
    figure: Figure[Message]
    printed: Mapping[str, str]
    uses: tuple[Use, ...]
    pages: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


def trace(root: Path, publication: str) -> tuple[Traced, ...]:
    """Every figure of a publication, without pages. Raises ``KzpubError`` if its sources are not in order."""
    document = content.read(root / "content" / publication, root)
    printed = {tag: placeholders(document.figures, LANGUAGES[tag]) for tag in document.languages}
    found = _grouped(_uses(document))
    return tuple(
        Traced(
            publication,
            figure,
            {tag: values[figure.id] for tag, values in printed.items()},
            tuple(found.get(figure.id, ())),
        )
        for figure in document.figures
    )


def with_pages(traced: Traced, pages: Pages) -> Traced:
    """The same figure with the pages of the PDF that show it."""
    return replace(traced, pages={tag: on.get(traced.figure.id, ()) for tag, on in pages.items()})


def asked_for(traced: Iterable[Traced], question: str) -> list[Traced]:
    """The figures meant by an identifier or by a number as printed. Raises ``KzpubError`` if there is none."""
    traced = list(traced)
    by_id = [each for each in traced if each.figure.id == figure_of(question)]
    by_text = [each for each in traced if _spaced(question) in map(_spaced, each.printed.values())]
    by_value = [each for each in traced if any(_same(question, text, tag) for tag, text in each.printed.items())]
    if not (by_id or by_text or by_value):
        hint = "“kzpub figures” lists all; write a number as it is printed, in quotation marks if it has spaces"
        raise fail("figure-unknown", f"no figure is called “{question}”, and none is printed so", None, hint)
    return by_id or by_text or by_value


def figure_pages(editions: Iterable[Edition]) -> Pages:
    """The pages of the PDF that show each figure, by language."""
    from kzpub.writers.pdf import pages_of_figures  # WeasyPrint is imported only if pages are asked for

    return {edition.language.tag: pages_of_figures(edition) for edition in editions}


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _same(question: str, printed: str, tag: str) -> bool:
    asked = facts(question, tag)
    return bool(asked) and asked == facts(printed, tag)


def _uses(document: Document[Message]) -> Iterator[tuple[str, Use]]:
    for name, message in calls(texts(document)):
        yield name, Use(message.place, message.context, message.text)
    for chart in (block for block in walk(document.blocks) if isinstance(block, Chart)):
        for name in dict.fromkeys(name for series in chart.series for name in series.figures):
            yield name, Use(chart.place, f"chart {chart.name}")
    for name, place in document.key_figures.items():
        yield name, Use(place, "key figures")
    for figure in document.figures:
        for name in dict.fromkeys(figure.derived):
            yield name, Use(figure.place, f"derived figure {figure.id}")


def _grouped(uses: Iterable[tuple[str, Use]]) -> Mapping[str, list[Use]]:
    found: dict[str, list[Use]] = {}
    for name, use in uses:
        found.setdefault(name, []).append(use)
    return found


# -- As text ---------------------------------------------------------------------------------------------------------


def table(traced: Iterable[Traced]) -> Iterator[tuple[str, ...]]:
    """Rows for people: the figure, its values, where it is used, its pages."""
    traced = list(traced)
    tags = list(traced[0].printed) if traced else []
    yield ("figure", *tags, *(f"p.{tag}" for tag in tags), "used in")
    for each in traced:
        values = (each.printed[tag] for tag in tags)
        pages = (",".join(map(str, each.pages.get(tag, ()))) or "–" for tag in tags)
        yield (each.figure.id, *values, *pages, "  ".join(map(_short, each.uses)))


def _short(use: Use) -> str:
    return f"{use.place} ({use.where})" + (f" “{use.text[:30]}…”" if use.text else "")


def story(traced: Traced) -> Iterator[str]:
    """Lines that tell where one figure comes from and where it goes."""
    figure = traced.figure
    yield f"{figure.id}: {figure.label.text}"
    yield f"  registered  {figure.place}  {figure.kind}, {' '.join(map(str, figure.values))} {figure.currency}".rstrip()
    yield f"  stated by   the source document of {traced.publication}, section {figure.source}"
    details = {
        "qualifier": figure.qualifier if figure.qualifier != "exactly" else "",
        "as of": as_of(figure, SOURCE),
        "derived": " ".join(figure.derived),
        "note": figure.note.text if figure.note else "",
        "also in": figure.independent.text if figure.independent else "",
    }
    yield from (f"  {name:<11} {text}" for name, text in details.items() if text)
    for tag, text in traced.printed.items():
        pages = ", ".join(map(str, traced.pages.get(tag, ())))
        yield f"  printed {tag}  {text}" + (f"  (PDF page {pages})" if pages else "")
    for use in traced.uses:
        yield f"  used        {use.place}  {use.where}" + (f"  “{use.text[:60]}…”" if use.text else "")
