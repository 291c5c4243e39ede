"""The document tree: blocks that are generic in their text leaf.

A leaf is a ``Message`` (raw inline Markdown and its place) as read from the source, ``Inlines`` once it is localised.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Generic, Literal, TypeAlias, TypeVar

from kzpub.errors import Place, Problem

A = TypeVar("A")

DEEPEST_LIST = 5
"""Levels of nested lists: Word has built-in styles for five of each kind."""


@dataclass(frozen=True, slots=True)
class Message:
    """A translatable text: raw inline Markdown.

    Attributes:
        text: the Markdown, soft line breaks turned into spaces (gettext's msgid).
        context: the section it stands in, as a path of anchors (gettext's msgctxt).
        place: where it is written.
        comment: what a translator needs to know (gettext's extracted comment).
        counted: the figure that a plural message counts; then ``text`` is its plural (gettext's msgid_plural).
        one: how a plural message reads where one is counted (gettext's msgid).

    """

    text: str
    context: str
    place: Place
    comment: str = ""
    counted: str = ""
    one: str = ""

    @property
    def forms(self) -> tuple[str, ...]:
        """The text, or singular and plural."""
        return (self.one, self.text) if self.counted else (self.text,)


# -- Blocks ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Heading(Generic[A]):
    """A heading of level 1 (chapter) to 4; its anchor is the same in all languages."""

    level: int
    anchor: str
    text: A


@dataclass(frozen=True, slots=True)
class Paragraph(Generic[A]):
    text: A


@dataclass(frozen=True, slots=True)
class List(Generic[A]):
    """A bullet list, or a numbered one that begins at ``start``; an item is a sequence of blocks."""

    items: tuple[tuple[Block[A], ...], ...]
    start: int | None = None


Alignment: TypeAlias = Literal["left", "center", "right"] | None


@dataclass(frozen=True, slots=True)
class Table(Generic[A]):
    """A table with one header row; ``number`` is 0 without a caption.

    ``alignments`` has an entry for each column, and so have ``widths``, in hundredths, where columns are not equal.
    """

    number: int
    caption: A | None
    alignments: tuple[Alignment, ...]
    header: tuple[A, ...]
    rows: tuple[tuple[A, ...], ...]
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture(Generic[A]):
    """An image that stands alone, with alternative text; ``number`` is 0 without a caption."""

    number: int
    image: str
    alt: A
    caption: A | None


@dataclass(frozen=True, slots=True)
class Series(Generic[A]):
    """One row of a chart: its name in the legend and the figure that it has in each category."""

    name: A
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart(Generic[A]):
    """A chart of figures from the register.

    Attributes:
        number: its running number among pictures and charts, 0 without a caption.
        name: its file in the publication's folder.
        kind: bars lie, columns stand, a line joins points in time.
        alt: what a reader who does not see it needs to know.
        categories: what stands along the category axis; every series has a figure for each.
        category_axis: title of that axis, if it needs one.
        value_axis: title of the axis of values: what is measured, and in which unit.
        source: the line that says where the figures come from.

    """

    number: int
    name: str
    kind: ChartKind
    alt: A
    caption: A | None
    categories: tuple[A, ...]
    series: tuple[Series[A], ...]
    category_axis: A | None
    value_axis: A
    source: A
    place: Place


ChartKind: TypeAlias = Literal["bar", "column", "line"]


@dataclass(frozen=True, slots=True)
class Quote(Generic[A]):
    blocks: tuple[Block[A], ...]


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Code set off from the text, never translated."""

    text: str
    place: Place


Block: TypeAlias = Heading[A] | Paragraph[A] | List[A] | Table[A] | Picture[A] | Chart[A] | Quote[A] | CodeBlock


@dataclass(frozen=True, slots=True)
class Note(Generic[A]):
    """A footnote, called once in the text by its label."""

    label: str
    text: A
    place: Place


@dataclass(frozen=True, slots=True)
class Image:
    """The bytes of an image file and its media type."""

    data: bytes
    media_type: str


Kind: TypeAlias = Literal["count", "percent", "money", "rank", "ordinal", "year", "years", "ratio", "date"]
Qualifier: TypeAlias = Literal["exactly", "about", "more than", "less than", "at least"]


@dataclass(frozen=True, slots=True)
class Figure(Generic[A]):
    """An entry of the register of figures, which texts call by its identifier.

    Attributes:
        values: one number; two for a range of years or a ratio; year, month and day for a date.
        label: what it is, as a noun phrase that agrees with any value.
        source: the section of the source document that states it.
        as_of: the year or the day that it holds for.
        qualifier: how the source states it.
        currency: ISO 4217 code of an amount of money.
        alone: how it reads in a tile or a table, where the bare value would not do.
        note: what readers should know, such as other published figures.
        independent: another source that states it too.
        derived: the arithmetic that gives it, where the source does not state it: numbers, identifiers, operators.

    """

    id: str
    kind: Kind
    values: tuple[Decimal, ...]
    label: A
    source: str
    place: Place
    as_of: str = ""
    qualifier: Qualifier = "exactly"
    currency: str = ""
    alone: A | None = None
    note: A | None = None
    independent: A | None = None
    derived: tuple[str, ...] = ()

    @property
    def value(self) -> Decimal:
        """The number that it is, of a kind that is one."""
        (value,) = self.values
        return value


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding let stand, with a reason: its key names the finding, the language and the very texts, as printed."""

    key: str
    finding: str
    language: str
    place: Place


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of the term base.

    Attributes:
        id: its key in the file.
        kind: “name”, which must be there in some inflected form; or “term”, a common noun, whose lack is advice only.
        source: how English says it; a name with its capitals, a term in any.
        forms: by language, how a translation may say it; a language that is not there is not checked.
        forbidden: by language, how a translation must not say it.
        place: where it is written.

    """

    id: str
    kind: str
    source: tuple[str, ...]
    forms: Mapping[str, tuple[str, ...]]
    forbidden: Mapping[str, tuple[str, ...]]
    place: Place


@dataclass(frozen=True, slots=True)
class Document(Generic[A]):
    """One publication.

    Attributes:
        id: its folder's name, from which output names are made.
        languages: tags of the languages it appears in.
        date: the day the edition is released.
        period: first and last year that it describes.
        figures: the register, in its order.
        key_figures: those on the first page, and where each is listed.
        waivers: findings that a person has let stand.
        terms: how translations say names and terms.
        warnings: findings in the source that a person has to look at before a release.
        policy: what may become of a language in a format while its translation is not done; see ``projects.POLICIES``.

    """

    id: str
    languages: tuple[str, ...]
    date: date
    period: tuple[int, int]
    title: A
    subtitle: A
    description: A
    source_note: A
    keywords: tuple[A, ...]
    blocks: tuple[Block[A], ...]
    notes: tuple[Note[A], ...] = ()
    figures: tuple[Figure[A], ...] = ()
    key_figures: Mapping[str, Place] = field(default_factory=dict)
    waivers: tuple[Waiver, ...] = ()
    terms: tuple[Term, ...] = ()
    warnings: tuple[Problem, ...] = ()
    images: Mapping[str, Image] = field(default_factory=dict)
    policy: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def register(self) -> dict[str, Figure[A]]:
        """The figures by their identifiers."""
        return {figure.id: figure for figure in self.figures}


@dataclass(frozen=True, slots=True)
class Labels:
    """The words of the templates by name, and findings let stand and terms of their own."""

    messages: Mapping[str, Message]
    waivers: tuple[Waiver, ...] = ()
    terms: tuple[Term, ...] = ()
