"""The document tree to semantic HTML, for the web page and for the PDF alike."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, assert_never

from markupsafe import Markup as Safe
from markupsafe import escape

from kzpub.edition import Edition
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
from kzpub.model import Block, Chart, CodeBlock, Heading, Image, List, Paragraph, Picture, Quote, Table
from kzpub.traversal import block_texts
from kzpub.typography import KEPT_WHOLE
from kzpub.writers.plots import Plot, plot

_SPANS = re.compile(
    rf"(?P<kept>{KEPT_WHOLE.pattern})"
    r"|(?P<capitals>\b[^\W\d_a-zа-яәғқңөұүһі]{3,}\b)"  # an acronym is not hyphenated
)

_HELD_BY_A_PHONE = 3  # columns


@dataclass(frozen=True, slots=True)
class Markup:
    """How one format differs in its HTML.

    Attributes:
        edition: what is rendered.
        note: the HTML of a note's call, from its label.
        beside: what stands beside a heading, from the heading's anchor.
        drawing: the HTML of a chart without its caption.
        word_break: the HTML of a place in a word where a line may end; empty where the program knows them.
        tongue: the language of the text, if it is not that of the edition.

    """

    edition: Edition
    note: Callable[[str], str]
    drawing: Callable[[Plot], str]
    beside: Callable[[str], str] = lambda _anchor: ""
    word_break: str = ""
    tongue: str = ""

    @property
    def unbroken(self) -> Markup:
        """The same for what is read at a glance, whose words stay whole: titles, headings, tiles."""
        return replace(self, word_break="")

    def page(self) -> dict[str, Any]:
        """What every page template may use; all but the edition is HTML."""
        document = self.edition.document
        texts = {"title": document.title, "subtitle": document.subtitle}
        parts = {name: self.unbroken.inlines(text) for name, text in texts.items()}
        parts |= {"contents": contents(self.edition), "key_figures": self.unbroken.key_figures()}
        parts |= {"source_note": self.inlines(document.source_note), "body": self.body()}
        return {"edition": self.edition, **{name: Safe(part) for name, part in parts.items()}}

    def key_figures(self) -> str:
        """The tiles of the first page as items of a list."""
        return "".join(
            f'<li><span class="figure">{self.inlines(tile.value)}</span> {self.inlines(tile.label)}</li>'
            for tile in self.edition.key_figures
        )

    def body(self) -> str:
        """All chapters, each in a ``section``."""
        parts: list[str] = []
        for block in self.edition.document.blocks:
            if isinstance(block, Heading) and block.level == 1:
                parts.append("</section>\n<section>" if parts else "<section>")
            elif not parts:
                parts.append("<section>")
            parts.append(self.block(block))
        return "\n".join([*parts, "</section>"] if parts else [])

    # -- Blocks ------------------------------------------------------------------------------------------------------

    def block(self, block: Block[Inlines]) -> str:
        match block:
            case Heading(level, anchor, text):
                heading = f'<h{level + 1} id="{anchor}">{self.unbroken.inlines(text)}</h{level + 1}>'
                beside = self.beside(anchor)
                return f'<div class="heading level-{level}">{heading} {beside}</div>' if beside else heading
            case Paragraph(text):
                return f"<p>{self.inlines(text)}</p>"
            case List(items, None):
                return f"<ul>{self._items(items)}</ul>"
            case List(items, start):
                return f'<ol start="{start}">{self._items(items)}</ol>'
            case Table():
                return self._table(block)
            case Picture(number, image, alt, caption):
                source = data_address(self.edition.document.images[image])
                shown = f'<img src="{source}" alt="{escape(plain(alt))}"{language_attribute(alt)}>'
                return f"<figure{_bar(block)}>{shown}{self._caption('figcaption', 'figure', number, caption)}</figure>"
            case Chart():
                return self._chart(block)
            case Quote(blocks):
                return f"<blockquote>{''.join(map(self.block, blocks))}</blockquote>"
            case CodeBlock(text=text):
                return f"<pre><code>{escape(text)}</code></pre>"
            case _:
                assert_never(block)

    def _items(self, items: tuple[tuple[Block[Inlines], ...], ...]) -> str:
        return "".join(f"<li>{''.join(self._item(item))}</li>" for item in items)

    def _item(self, blocks: tuple[Block[Inlines], ...]) -> Iterator[str]:
        """The first paragraph of an item stands without ``p``, as in a tight list."""
        for position, block in enumerate(blocks):
            match block:
                case Paragraph(text) if position == 0:
                    yield self.inlines(text)
                case _:
                    yield self.block(block)

    def _table(self, table: Table[Inlines]) -> str:
        classes = [f' class="{alignment}"' if alignment else "" for alignment in table.alignments]

        def row(tag: str, cells: tuple[Inlines, ...]) -> str:
            scope = ' scope="col"' if tag == "th" else ""
            filled = (f"<{tag}{scope}{c}>{self.inlines(cell)}</{tag}>" for c, cell in zip(classes, cells, strict=True))
            return f"<tr>{''.join(filled)}</tr>"

        body = "".join(row("td", cells) for cells in table.rows)
        caption = self._caption("caption", "table", table.number, table.caption)
        columns = "".join(f'<col style="width: {width}%">' for width in table.widths)
        head = f"{caption}<colgroup>{columns}</colgroup>" if columns else caption
        whole = f"<table>{head}<thead>{row('th', table.header)}</thead><tbody>{body}</tbody></table>"
        return f'<div class="table"{_scrolling(table)}>{whole}</div>'

    def _chart(self, chart: Chart[Inlines]) -> str:
        drawn = self.drawing(plot(chart, self.edition))
        title = self._captioned("figure", chart.number, chart.caption)
        names = " ".join(id for series in chart.series for id in series.figures)
        source = f'<p class="drawn-from">{self.inlines(chart.source)}</p>'
        if language := language_attribute(chart.alt):
            drawn = f"<div{language}>{drawn}</div>"
        above = f"<figcaption>{title}</figcaption>" if title else ""
        return f'<figure data-figure="{names}"{_bar(chart)}>{above}{drawn}{source}</figure>'

    def _caption(self, tag: str, label: str, number: int, caption: Inlines | None) -> str:
        return "" if caption is None else f"<{tag}>{self._captioned(label, number, caption)}</{tag}>"

    def _captioned(self, label: str, number: int, caption: Inlines | None) -> str:
        if caption is None:
            return ""
        return f"<b>{escape(self.edition.label(label, number=number))}.</b> {self.inlines(caption)}"

    # -- Inlines -----------------------------------------------------------------------------------------------------

    def inlines(self, inlines: Inlines) -> str:
        return "".join(map(self.inline, inlines))

    def inline(self, inline: Inline) -> str:
        match inline:
            case Text(text):
                return self._text(text)
            case Value(name, text):
                return f'<span class="value" data-figure="{name}">{escape(text)}</span>'
            case Emphasis(content):
                return f"<em>{self.inlines(content)}</em>"
            case Strong(content):
                return f"<strong>{self.inlines(content)}</strong>"
            case Code(text):
                return f"<code>{escape(text)}</code>"
            case Link(target, content):
                return f'<a href="{escape(target)}">{self.inlines(content)}</a>'
            case NoteRef(label):
                return self.note(label)
            case Break():
                return "<br>"
            case Foreign(language, content):
                inner = replace(self, tongue=language).inlines(content)
                return f'<span lang="{language}" class="untranslated">{inner}</span>'
            case _:
                assert_never(inline)

    def _text(self, text: str) -> str:
        """Characters, with what no line may end inside; a soft hyphen, which no text has, marks where one may."""
        marked = SOFT_HYPHEN.join(divided(text, self.tongue or self.edition.language.tag)) if self.word_break else text
        return _SPANS.sub(_span, str(escape(marked))).replace(SOFT_HYPHEN, self.word_break)


def data_address(image: Image) -> str:
    """An image as a ``data:`` address."""
    return f"data:{image.media_type};base64,{b64encode(image.data).decode()}"


def language_attribute(text: Inlines) -> str:
    """The attribute of an element that holds a text as plain characters."""
    return f' lang="{language}"' if (language := foreign(text)) else ""


def _bar(figure: Picture[Inlines] | Chart[Inlines]) -> str:
    """The class of a figure that has untranslated words in it: in what is drawn or in its alternative text."""
    return ' class="has-untranslated"' if any(map(foreign, block_texts((figure,)))) else ""


def _scrolling(table: Table[Inlines]) -> str:
    """What lets a keyboard scroll a table that a phone may not hold."""
    name = escape(plain(table.caption or table.header[0]))
    return f' role="region" tabindex="0" aria-label="{name}"' if len(table.header) > _HELD_BY_A_PHONE else ""


def _span(kept: re.Match[str]) -> str:
    return f'<span class="{kept.lastgroup}">{kept[0]}</span>'


def contents(edition: Edition) -> str:
    """Links to all headings of levels 1 and 2, as nested lists."""
    chapters: list[tuple[Heading[Inlines], list[Heading[Inlines]]]] = []
    for block in edition.document.blocks:
        match block:
            case Heading(1):
                chapters.append((block, []))
            case Heading(2) if chapters:
                chapters[-1][1].append(block)
    return f"<ol>{''.join(_entry(chapter, sections) for chapter, sections in chapters)}</ol>"


def _entry(chapter: Heading[Inlines], sections: list[Heading[Inlines]]) -> str:
    inner = "".join(chain(("<ol>",), (_entry(section, []) for section in sections), ("</ol>",))) if sections else ""
    marked = f'{language_attribute(chapter.text)} class="untranslated"' if foreign(chapter.text) else ""
    return f'<li><a href="#{chapter.anchor}"{marked}>{escape(plain(chapter.text))}</a>{inner}</li>'
