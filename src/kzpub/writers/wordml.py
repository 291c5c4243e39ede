"""The document tree to WordprocessingML, in the named styles of a Word template."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from typing import assert_never

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.section import Section
from docx.shared import Emu

from kzpub.edition import Edition
from kzpub.errors import Place, fail
from kzpub.hyphenation import SOFT_HYPHEN, divided
from kzpub.inlines import (
    Break,
    Code,
    Emphasis,
    Foreign,
    Inline,
    Inlines,
    Link,
    NoteRef,
    Strong,
    Text,
    Value,
    foreign,
    plain,
)
from kzpub.languages import LANGUAGES
from kzpub.model import DEEPEST_LIST, Block, Chart, CodeBlock, Heading, List, Paragraph, Picture, Quote, Table
from kzpub.pieces import piece
from kzpub.traversal import block_texts
from kzpub.writers import ooxml
from kzpub.writers.ooxml import Element, paragraph, w
from kzpub.writers.plots import Plot, palette, plot

TEMPLATE = "word.docx"
_VALUES = 42  # hundredths of the width, beside what they are
_SHORT = 6  # rows: a table of as many is not parted
_HEADER_ROW = {"val": "100000000000", "firstRow": 1}
_TOOL = b"<Application>Microsoft Excel</Application>"  # which it was not made with
_NARROW = 3400  # six centimetres, in twentieths of a point: a few words to a line
_MOST_OF_A_PAGE = 0.7  # the height that a picture may take


@dataclass(slots=True)
class _Style:
    """How the paragraphs of a place look: their style, and that of the paragraphs that follow in a list item."""

    paragraph: str = "Normal"
    depth: int = 0


@dataclass(slots=True)
class WordMarkup:
    """What a Word file is made of: the open template, its styles by name, its notes, counters.

    ``tongue`` is the language of the runs being made, ``narrow`` whether their column is; ``untranslated`` has the runs
    whose paragraphs get a margin bar; ``heading`` is the one that the blocks being made stand under.
    """

    edition: Edition
    word: WordDocument
    styles: dict[str, str] = field(init=False)
    notes: dict[str, tuple[int, Inlines]] = field(init=False)
    notes_part: Part = field(init=False)
    notes_root: Element = field(default_factory=ooxml.footnotes_root)
    bookmarks: Iterator[int] = field(default_factory=lambda: count(1))
    charts: Iterator[int] = field(default_factory=lambda: count(1))
    shapes: Iterator[int] = field(init=False)
    section: Section = field(init=False)
    untranslated: list[Element] = field(default_factory=list)
    tongue: str = field(init=False)
    narrow: bool = False
    heading: str = ""

    def __post_init__(self) -> None:
        self.tongue = self.language
        self.styles = {
            style.find(qn("w:name")).get(qn("w:val")).lower(): style.get(qn("w:styleId"))
            for style in self.word.styles.element.iterchildren(qn("w:style"))
        }
        self.notes = self.edition.notes
        self.shapes = count(self.word.part.next_id)  # asked for each shape, it would look through the whole document
        self.section = self.word.sections[-1]  # the text's; so would this
        self.notes_part = ooxml.replace_part(self.word.part, RELATIONSHIP_TYPE.FOOTNOTES, "footnotes", "footnotes")

    @property
    def language(self) -> str:
        return self.edition.language.region_tag

    def style(self, name: str) -> str:
        """The identifier of a style by the name that Word shows."""
        if name.lower() not in self.styles:
            hint = "add the style in Word; docs/designers.md lists all that are used"
            raise fail("style-missing", f"the template has no style “{name}”", Place(f"templates/{TEMPLATE}"), hint)
        return self.styles[name.lower()]

    # -- Blocks ------------------------------------------------------------------------------------------------------

    def body(self) -> Iterator[Element]:
        """All blocks; a paragraph that opens a chapter or follows a table has a style of its own."""
        blocks = self.edition.document.blocks
        for before, block in zip((None, *blocks), blocks, strict=False):
            if _would_merge(before, block):
                yield self._parting()
            yield from self.block(block, _Style(_paragraph_style(before)))
        if blocks and isinstance(blocks[-1], Table):
            yield self._parting()  # a Word document ends in a paragraph

    def _inside(self, blocks: Iterable[Block[Inlines]], style: _Style) -> Iterator[Element]:
        """The blocks of a quote or an item."""
        before: Block[Inlines] | None = None
        for block in blocks:
            if _would_merge(before, block):
                yield self._parting()
            yield from self.block(block, style)
            before = block

    def _parting(self) -> Element:
        """Word makes one table of two that nothing parts."""
        return paragraph(self.style("After Table"))

    def block(self, block: Block[Inlines], style: _Style) -> Iterator[Element]:
        match block:
            case Heading():
                yield self._heading(block)
            case Paragraph(text):
                yield paragraph(self.style(style.paragraph), *self.runs(text))
            case List():
                yield from self._list(block, style.depth + 1)
            case Table():
                yield from self._table(block)
            case Picture():
                yield from self._picture(block)
            case Chart():
                yield from self._chart(block)
            case Quote(blocks):
                yield from self._inside(blocks, _Style("Quote", style.depth))
            case CodeBlock(text=text):
                yield paragraph(self.style("Code Block"), *self._lines(text))
            case _:
                assert_never(block)

    def _heading(self, heading: Heading[Inlines]) -> Element:
        number = next(self.bookmarks)
        self.heading = plain(heading.text)
        start = w("bookmarkStart", id=number, name=ooxml.bookmark_name(heading.anchor))
        style = self.style(f"heading {heading.level}")
        return paragraph(style, start, *self.runs(heading.text), w("bookmarkEnd", id=number))

    def _lines(self, text: str) -> Iterator[Element]:
        for position, line in enumerate(text.split("\n")):
            if position:
                yield w("r", w("br"))
            yield ooxml.run(ooxml.verbatim(line), self.language)

    def _list(self, block: List[Inlines], depth: int) -> Iterator[Element]:
        suffix = f" {min(depth, DEEPEST_LIST)}" if depth > 1 else ""
        name = self.style(f"List {'Bullet' if block.start is None else 'Number'}{suffix}")
        properties = [] if block.start is None else [self._numbering(name, block.start, depth)]
        for item in block.items:
            first, *rest = item
            assert isinstance(first, Paragraph)  # as read, an item begins with words
            yield paragraph(name, *self.runs(first.text), properties=map(deepcopy, properties))
            yield from self._inside(rest, _Style(f"List Continue{suffix}", depth))

    def _numbering(self, style: str, start: int, depth: int) -> Element:
        """Numbering of its own for each list, so that every list begins where its source does."""
        numbering = self.word.part.numbering_part.element
        owner = next(
            level.getparent() for level in numbering.iter(qn("w:lvl")) if _value(level.find(qn("w:pStyle"))) == style
        )
        level = min(depth, DEEPEST_LIST) - 1
        number = ooxml.restarted_list(numbering, int(owner.get(qn("w:abstractNumId"))), level, start)
        return w("numPr", w("ilvl", val=level), w("numId", val=number))

    def _table(self, table: Table[Inlines]) -> Iterator[Element]:
        if table.caption is not None:
            yield self._caption("Caption", "table", "Table", table.number, table.caption)
        columns = tuple(map(plain, table.header))
        properties = self._table_properties("Publication Table", self._title_of(table), columns)
        widths = self._widths(table.widths or (100 // len(columns),) * len(columns))
        header = _row(*self._cells(table, table.header, "Table Header", widths), header=True)
        kept = _kept(len(table.rows))
        rows = (
            _row(*self._cells(table, row, "Table Text", widths, keep=place in kept))
            for place, row in enumerate(table.rows)
        )
        yield w("tbl", properties, _grid(widths), header, *rows)

    def _table_properties(self, style: str, title: str, columns: Iterable[str]) -> Element:
        """As wide as the text, one header row; title and columns are said to readers who do not see it (§17.4.59)."""
        look = w("tblLook", val="0620", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1)
        width, fixed = w("tblW", w=5000, type="pct"), w("tblLayout", type="fixed")
        told = (w("tblCaption", val=title), w("tblDescription", val="; ".join(columns)))
        return w("tblPr", w("tblStyle", val=self.style(style)), width, fixed, look, *told)

    def _title_of(self, table: Table[Inlines]) -> str:
        """The caption of a table, or what it stands under."""
        if table.caption is None:
            return self.heading or self.edition.title
        return f"{self.edition.label('table', number=table.number)}. {plain(table.caption)}"

    def _widths(self, parts: tuple[int, ...]) -> list[int]:
        """Columns of so many hundredths of the text, in twentieths of a point, which are 635 EMU."""
        return [self._text_width() // 635 * part // 100 for part in parts]

    def _cells(
        self, table: Table[Inlines], cells: tuple[Inlines, ...], style: str, widths: list[int], *, keep: bool = False
    ) -> Iterator[Element]:
        for cell, alignment, width in zip(cells, table.alignments, widths, strict=True):
            properties = [w("keepNext")] * keep + ([w("jc", val=alignment)] if alignment else [])
            self.narrow = width < _NARROW
            made = self._cell(style, self.runs(cell), width, properties)
            self.narrow = False
            yield made

    def _cell(self, style: str, content: Iterable[Element], width: int, properties: Iterable[Element] = ()) -> Element:
        shown = paragraph(self.style(style), *content, properties=properties)
        return w("tc", w("tcPr", w("tcW", w=width, type="dxa")), shown)

    def _picture(self, figure: Picture[Inlines]) -> Iterator[Element]:
        image = io.BytesIO(self.edition.document.images[figure.image].data)
        relation, read = self.word.part.get_or_add_image(image)
        inline = CT_Inline.new_pic_inline(next(self.shapes), relation, figure.image, *read.scaled_dimensions())
        highest = int(_MOST_OF_A_PAGE * int(self.section.page_height or 0))
        width, height = inline.extent.cx, inline.extent.cy
        scale = min(1, self._text_width() / width, highest / height)
        for extent in (inline.extent, inline.graphic.graphicData.pic.spPr):
            extent.cx, extent.cy = Emu(int(width * scale)), Emu(int(height * scale))
        for side in "TBLR":
            inline.set(f"dist{side}", "0")  # LibreOffice takes none for an eighth of an inch
        inline.docPr.set("descr", plain(figure.alt))
        inline.docPr.set("name", figure.image)
        drawing = w("drawing", inline)
        shown_in = w("r", drawing)
        self.untranslated += [shown_in] if foreign(figure.alt) else []
        yield paragraph(self.style("Figure Image"), shown_in)
        if figure.caption is not None:
            yield self._caption("Figure Caption", "figure", "Figure", figure.number, figure.caption)

    def key_figures(self) -> Iterator[Element]:
        """The tiles of the first page under their heading, a table of values and what they are; nothing without any."""
        tiles, label = self.edition.key_figures, self.edition.label
        if not tiles:
            return
        yield paragraph(self.style("Key Figures Heading"), *self.plain_runs(label("key_figures")))
        columns = (label("value_column"), label("figure_column"))
        properties = self._table_properties("Key Figures", label("key_figures"), columns)
        widths = self._widths((_VALUES, 100 - _VALUES))
        header = [
            self._cell("Table Header", self.plain_runs(words), each)
            for words, each in zip(columns, widths, strict=True)
        ]
        rows = (
            _row(
                self._cell("Key Figure", self.runs(tile.value), widths[0]),
                self._cell("Key Figure Label", self.runs(tile.label), widths[1]),
            )
            for tile in tiles
        )
        yield w("tbl", properties, _grid(widths), _row(*header, header=True), *rows)

    def notice(self) -> Iterator[Element]:
        """What a draft says of itself; nothing where the edition is complete."""
        if self.edition.notice:
            yield paragraph(self.style("Draft Notice"), *self.plain_runs(self.edition.notice))

    def running_mark(self) -> Iterator[Element]:
        """The same in a word, for the head of every page."""
        if self.edition.running_mark:
            yield paragraph(self.style("Draft Mark"), *self.plain_runs(self.edition.running_mark))

    def _chart(self, chart: Chart[Inlines]) -> Iterator[Element]:
        from kzpub.writers.drawings import svg  # not before there is a chart

        shown, colours = plot(chart, self.edition), palette(self.edition.templates)
        svg(shown, "wide", colours, self.edition.templates / "fonts")  # what does not fit there would not fit in Word
        xml, workbook = _word_chart(shown, colours, self.language)
        number, width = next(self.charts), self._text_width()
        relation = ooxml.add_chart(self.word.part, number, xml, workbook)
        size = (width, int(width * _chart_height(shown)))
        drawing = ooxml.chart_drawing(relation, next(self.shapes), size, chart.name, shown.alt)
        shown_in = w("r", drawing)
        self.untranslated += [shown_in] if any(map(foreign, block_texts((chart,)))) else []
        if chart.caption is not None:
            yield self._caption("Caption", "figure", "Figure", chart.number, chart.caption)
        yield paragraph(self.style("Figure Image"), shown_in, properties=[w("keepNext")])
        yield paragraph(self.style("Figure Caption"), *self.runs(chart.source))

    def _text_width(self) -> int:
        section = self.section
        return int(section.page_width or 0) - int(section.left_margin or 0) - int(section.right_margin or 0)

    def _caption(self, style: str, label: str, sequence: str, number: int, caption: Inlines) -> Element:
        """“Table 1. Title”, the number as a field so that Word can make a list of tables."""
        before, _, after = self.edition.label_parts(label)
        strong = w("rStyle", val=self.style("Strong"))

        def bold(characters: str) -> Element:
            return ooxml.run(ooxml.text(characters), self.language, deepcopy(strong))

        counter = ooxml.field(f"SEQ {sequence} \\* ARABIC", [bold(str(number))], self.language, strong)
        label_runs = [*([bold(before)] if before else []), *counter, bold(f"{after}. ")]
        return paragraph(self.style(style), *label_runs, *self.runs(caption))

    def plain_runs(self, characters: str) -> list[Element]:
        return [ooxml.run(ooxml.text(characters), self.language)]

    # -- Inlines -----------------------------------------------------------------------------------------------------

    def runs(self, inlines: Inlines, *styles: str, part: Part | None = None) -> Iterator[Element]:
        for inline in inlines:
            yield from self._inline(inline, styles, part or self.word.part)

    def _inline(self, inline: Inline, styles: tuple[str, ...], part: Part) -> Iterator[Element]:
        match inline:
            case Text(text):
                pieces = divided(text, self.tongue) if self.narrow else (text,)
                yield self._run(ooxml.text(SOFT_HYPHEN.join(pieces)), styles)
            case Value(_, text):
                yield self._run(ooxml.text(text), styles)
            case Code(text):
                yield self._run(ooxml.verbatim(text), (*styles, "Code"))
            case Emphasis(content):
                yield from self.runs(content, *styles, "Emphasis", part=part)
            case Strong(content):
                yield from self.runs(content, *styles, "Strong", part=part)
            case Link(target, content):
                yield ooxml.hyperlink(part, target, self.runs(content, *styles, "Hyperlink", part=part))
            case NoteRef(label):
                yield self._note(label)
            case Break():
                yield w("r", w("br"))
            case Foreign(language, content):
                yield from self._foreign(language, content, styles, part)
            case _:
                assert_never(inline)

    def _foreign(self, language: str, content: Inlines, styles: tuple[str, ...], part: Part) -> Iterator[Element]:
        self.tongue = LANGUAGES[language].region_tag
        made = list(self.runs(content, *styles, part=part))
        self.tongue = self.language
        self.untranslated += made
        yield from made

    def _run(self, content: list[Element], styles: tuple[str, ...]) -> Element:
        """A run has one character style; what else it is (strong and emphasised, a strong link) is set directly."""
        direct = {"Strong": ("b", "bCs"), "Emphasis": ("i", "iCs")}
        named = [w("rStyle", val=self.style(styles[-1]))] if styles else []
        extra = [w(tag) for style in ("Strong", "Emphasis") if style in styles[:-1] for tag in direct[style]]
        return ooxml.run(content, self.tongue, *named, *extra)

    def _note(self, label: str) -> Element:
        number, text = self.notes[label]
        reference = w("rStyle", val=self.style("footnote reference"))
        mark = ooxml.run(w("footnoteRef"), self.language, deepcopy(reference))
        content = (mark, *self.plain_runs(" "), *self.runs(text, part=self.notes_part))
        self.notes_root.append(w("footnote", paragraph(self.style("footnote text"), *content), id=number))
        return ooxml.run(w("footnoteReference", id=number), self.language, reference)

    def finish(self) -> None:
        """Put the notes that were called into the file, and a bar beside every paragraph that is not translated."""
        for made in self.untranslated:
            ooxml.put_bar(next(made.iterancestors(qn("w:p"))))
        ooxml.fill_part(self.notes_part, self.notes_root)


def _kept(rows: int) -> set[int]:
    """The rows that stay with the next: all of a short table, and in a long one those that would leave one alone."""
    return set(range(rows - 1)) if rows <= _SHORT else {0, rows - 2}


def _grid(widths: Iterable[int]) -> Element:
    return w("tblGrid", *(w("gridCol", w=width) for width in widths))


def _row(*cells: Element, header: bool = False) -> Element:
    """A row that no page breaks; a header row is repeated on every page."""
    marks = [w("cnfStyle", **_HEADER_ROW), w("cantSplit"), w("tblHeader")] if header else [w("cantSplit")]
    return w("tr", w("trPr", *marks), *cells)


def _word_chart(plot: Plot, colours: Mapping[str, str], language: str) -> tuple[bytes, bytes]:
    """The chart as Word's own, and its workbook."""

    @cache
    def made() -> tuple[bytes, bytes]:
        from kzpub.writers.wordchart import word_chart  # not before there is one to make

        chart = word_chart(plot, colours, language)
        return chart.xml, ooxml.normalised(chart.workbook, _TOOL)

    parts = plot.shown, sorted(colours.items()), language
    return piece(lambda: made()[0], "chart", *parts), piece(lambda: made()[1], "workbook", *parts)


def _chart_height(plot: Plot) -> float:
    """The height of a chart as a part of its width."""
    if plot.kind != "bar":
        return 0.5
    return min(0.15 + len(plot.categories) * (0.035 + 0.035 * len(plot.rows)), 1)


def _would_merge(before: Block[Inlines] | None, block: Block[Inlines]) -> bool:
    """Two tables that no caption parts."""
    return isinstance(before, Table) and isinstance(block, Table) and block.caption is None


def _paragraph_style(before: Block[Inlines] | None) -> str:
    match before:
        case Heading(1):
            return "Lead"
        case Table():
            return "After Table"
        case _:
            return "Normal"


def _value(element: Element | None) -> str | None:
    return None if element is None else element.get(qn("w:val"))
