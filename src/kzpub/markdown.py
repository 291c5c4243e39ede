"""Markdown to the document tree: block structure once, from the source; inlines from any translation of a message.

The grammar is CommonMark with tables and footnotes, plus three conventions:

- ``# Heading {#anchor}`` names the anchor, which is the same in all languages; without one the heading's words make it;
- a paragraph ``Table: caption`` right before a table is its caption, the title of an image that stands alone is its
  caption (``![alt](file.png "caption")``);
- ``<!-- translators: … -->`` before a block is a comment for translators;
- ``<!-- one some_figure: … -->`` before a paragraph that counts a figure is how it reads where there is one;
- any other HTML comment is for editors.

What the tree cannot hold (raw HTML, images inside text, thematic breaks, …) is an error, never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from itertools import count
from typing import Any, cast
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.rules_block.table import escapedSplit
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.footnote import footnote_plugin

from kzpub.errors import KzpubError, Place, fail
from kzpub.inlines import Break, Code, Emphasis, Inline, Inlines, Link, NoteRef, Strong, Text, flatten
from kzpub.model import (
    DEEPEST_LIST,
    Alignment,
    Block,
    CodeBlock,
    Heading,
    List,
    Message,
    Note,
    Paragraph,
    Picture,
    Quote,
    Table,
)

_ANCHOR = re.compile(r"\s*\{#([^}]*)\}$")
_ANCHOR_FORM = re.compile(r"[a-z][a-z0-9-]{0,38}")  # Word bookmarks end at 40 characters
_SOFT_BREAK = re.compile(r"(?<!\\) *\n *")
_HARD_BREAK = re.compile(r" {2,}\n *|\\\n *")
_COMMENT = re.compile(r"<!--\s*(translators:)?(.*?)-->\s*", re.DOTALL)
_SINGULAR = re.compile(r"<!--\s*one\s+([^\s:]+):(.*?)-->\s*", re.DOTALL)
_CAPTION = "Table: "
_LEFTOVER = re.compile(r"\\|~~|<{7}|>{7}|\*\*|\]\(|\]\[|\[\^|^\[[^\]]+\]: |^\|")
_MARKED = re.compile(r"[\0\r\n\\`*_~\[\]!<>&^|]")
"""What Markdown may read as more than a character: most texts have none of it."""

_TARGET = re.compile(
    r"#[a-z][a-z0-9_-]*"
    r"|https?://(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::\d{1,5})?(?:[/?#][^\s\\]*)?"
    r"|mailto:[\w.%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+",
    re.IGNORECASE | re.ASCII,
)
_LAST_START = 9_999  # beyond it the numbers leave their column
_LABEL = re.compile(r"[\w-]{1,40}", re.ASCII)

LONGEST, MOST_BRACKETS, DEEPEST = 5_000, 200, 50
"""Characters of a text, brackets in it, and how deep blocks and marks lie in each other: what a reader could follow."""


@dataclass(frozen=True, slots=True)
class Numbering:
    """Running numbers of the captioned tables and figures of one publication."""

    tables: Iterator[int] = field(default_factory=lambda: count(1))
    figures: Iterator[int] = field(default_factory=lambda: count(1))


@dataclass(frozen=True, slots=True)
class Chapter:
    """What one Markdown file holds."""

    blocks: tuple[Block[Message], ...]
    notes: tuple[Note[Message], ...]


@dataclass(frozen=True, slots=True)
class _Scope:
    """Where in a file a block stands, and what its translator is told."""

    path: str
    lines: list[str]
    numbering: Numbering
    context: str = ""
    comment: str = ""
    depth: int = 0

    def place(self, node: SyntaxTreeNode) -> Place:
        while node.map is None and node.parent is not None:
            node = node.parent
        return Place(self.path, node.map[0] + 1 if node.map else 0)

    def message(self, text: str, node: SyntaxTreeNode, role: str = "") -> Message:
        comment = " · ".join(filter(None, (role, self.comment)))
        return Message(one_line(text), self.context, self.place(node), comment)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("js-default", {"html": True, "maxNesting": 60})  # HTML is parsed so that it can be refused
    cast("Any", parser).validateLink = lambda _: True  # targets are judged by _target
    parser.disable(["strikethrough", "reference"])  # a message must read the same without the rest of its file
    parser.core.ruler.before("inline", "length", _require_short)
    parser.core.ruler.push("depth", _require_flat)
    parser.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)
    return parser


def _require_short(state: Any) -> None:
    """Raise ``KzpubError`` for a text that is too long, before its marks are looked for, which takes its square."""
    for token in state.tokens:
        if token.type == "inline" and len(token.content) > LONGEST:
            cause = f"a text of {len(token.content):,} characters"
            raise fail("text-length", cause, _where(state, token), f"make several of it; {LONGEST:,} at most")
        if token.type == "inline" and token.content.count("[") > MOST_BRACKETS:
            cause = f"a text with {token.content.count('['):,} brackets"
            raise fail("nesting", cause, _where(state, token), f"make several of it; {MOST_BRACKETS} at most")


def _require_flat(state: Any) -> None:
    """Raise ``KzpubError`` for what lies too deep: the parser would drop it, or no tree could be made of it."""
    for token in state.tokens:
        if max((each.level for each in token.children or ()), default=token.level) > DEEPEST:
            raise fail("nesting", "blocks or marks are nested too deep", _where(state, token), "flatten them")


def _where(state: Any, token: Any) -> Place:
    """The place of a token: in a chapter, its line; else that of the text."""
    place: Place = state.env["place"]
    return place if state.inlineMode else Place(place.path, token.map[0] + 1 if token.map else 0)


def one_line(text: str) -> str:
    """Inline Markdown with soft line breaks as spaces and hard ones as a backslash and a line feed."""
    hard = _HARD_BREAK.sub("\\\\\n", text.strip())
    return _SOFT_BREAK.sub(" ", hard)


# -- Blocks ----------------------------------------------------------------------------------------------------------


def parse_chapter(source: str, path: str, numbering: Numbering) -> Chapter:
    """Parse one file. Raises ``KzpubError`` for what the tree cannot hold."""
    tokens = _parser().parse(source, {"place": Place(path)})
    nodes = SyntaxTreeNode(tokens).children
    notes = [node for node in nodes if node.type == "footnote_reference"]
    scope = _Scope(path, source.split("\n"), numbering)
    return Chapter(
        tuple(_sections([node for node in nodes if node not in notes], scope)),
        tuple(_note(node, scope) for node in notes),
    )


def _sections(nodes: list[SyntaxTreeNode], scope: _Scope) -> Iterator[Block[Message]]:
    """Top-level blocks; every heading opens the context of what follows it."""
    anchors: list[str] = []
    for node, companions in _with_companions(nodes, scope):
        here = replace(scope, comment=companions.comment)
        if node.type != "heading":
            yield _block(node, here, companions)
            continue
        heading = _heading(node, here)
        anchors[heading.level - 1 :] = [heading.anchor]
        scope = replace(scope, context="/".join(anchors))
        yield replace(heading, text=replace(heading.text, context=scope.context))


def _heading(node: SyntaxTreeNode, scope: _Scope) -> Heading[Message]:
    level = int(node.tag[1])
    text = node.children[0].content if node.children else ""
    if level > 4:
        raise fail("heading-level", f"heading of level {level}", scope.place(node), "use levels 1 to 4")
    named = _ANCHOR.search(text)
    text = _ANCHOR.sub("", text)
    anchor = named[1] if named else re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:39]
    if not _ANCHOR_FORM.fullmatch(anchor) or not text:
        cause = f"“{text}” has no usable anchor: “{anchor}”"
        hint = "end the heading with {#a-short-name}: a letter, then letters, digits and hyphens, 39 at most"
        raise fail("anchor-form", cause, scope.place(node), hint)
    return Heading(level, anchor, scope.message(text, node, f"Heading, level {level}"))


def _note(node: SyntaxTreeNode, scope: _Scope) -> Note[Message]:
    label, place = str(node.meta["label"]), scope.place(node)
    if not _LABEL.fullmatch(label):
        raise fail("note-label", f"“{label[:60]}” cannot name a note", place, "letters, digits, - and _, 40 at most")
    match tuple(_blocks([child for child in node.children if child.type != "footnote_anchor"], scope)):
        case (Paragraph(text),):
            comment = " · ".join(filter(None, ("Note", text.comment)))
            return Note(label, replace(text, context=f"note/{label}", place=place, comment=comment), place)
        case _:
            raise fail("note-form", "a note is more than one paragraph", place, "make it one paragraph")


def _blocks(nodes: list[SyntaxTreeNode], scope: _Scope) -> Iterator[Block[Message]]:
    """Blocks of one level inside a list, a quote or a note."""
    for node, companions in _with_companions(nodes, scope):
        yield _block(node, replace(scope, comment=companions.comment or scope.comment), companions)


@dataclass(frozen=True, slots=True)
class _Companions:
    """What stands before a block and belongs to it: a table's caption, a comment, the singular of a plural message."""

    caption: SyntaxTreeNode | None = None
    comment: str = ""
    singular: SyntaxTreeNode | None = None
    counted: str = ""
    one: str = ""


def _with_companions(nodes: list[SyntaxTreeNode], scope: _Scope) -> Iterator[tuple[SyntaxTreeNode, _Companions]]:
    """Each block with what stands before it."""
    found = _Companions()
    for node in nodes:
        if node.type == "html_block":
            found = _with_comment(found, node, scope)
        elif node.type == "paragraph" and _raw(node).startswith(_CAPTION) and not found.caption:
            found = replace(found, caption=node)
        else:
            _require_fitting(found, node, scope)
            yield node, found
            found = _Companions()
    _require_fitting(found, None, scope)
    if found.comment:
        raise fail("stray-comment", "a comment with no block after it", scope.place(nodes[-1]), "put it before one")


def _with_comment(found: _Companions, node: SyntaxTreeNode, scope: _Scope) -> _Companions:
    if singular := _SINGULAR.fullmatch(node.content):
        if not singular[2].strip():
            raise fail("singular-empty", f"no words for one {singular[1]}", scope.place(node), "write the sentence")
        if found.singular:
            _require_fitting(found, None, scope)
        return replace(found, singular=node, counted=singular[1], one=one_line(singular[2]))
    comment = _COMMENT.fullmatch(node.content)
    if comment is None:
        raise fail("raw-html", "raw HTML", scope.place(node), "write it in Markdown")
    words = " ".join(comment[2].split()) if comment[1] else ""
    return replace(found, comment=" ".join(filter(None, (found.comment, words))))


def _require_fitting(found: _Companions, node: SyntaxTreeNode | None, scope: _Scope) -> None:
    if found.caption and (node is None or node.type != "table"):
        place = scope.place(found.caption)
        raise fail("stray-caption", "a table caption without a table", place, "put it before one")
    if found.singular and (node is None or node.type != "paragraph" or _is_picture(node)):
        cause = f"“<!-- one {found.counted}: … -->” is not before a paragraph"
        raise fail(
            "stray-singular",
            cause,
            scope.place(found.singular),
            "put it right before the words; in a list, into the item",
        )


def _raw(node: SyntaxTreeNode) -> str:
    return node.children[0].content if node.children else ""


def _block(node: SyntaxTreeNode, scope: _Scope, companions: _Companions) -> Block[Message]:
    match node.type:
        case "table":
            return _table(node, scope, companions.caption)
        case "paragraph" if _is_picture(node):
            return _picture(node, scope)
        case "paragraph":
            message = scope.message(_raw(node), node)
            return Paragraph(replace(message, counted=companions.counted, one=companions.one))
        case "bullet_list" | "ordered_list":
            return _list(node, scope)
        case "blockquote":
            return Quote(tuple(_blocks(node.children, scope)))
        case "fence" | "code_block":
            return CodeBlock(node.content.rstrip("\n"), scope.place(node))
        case other:
            cause = f"{other.replace('_', ' ')} cannot be published here"
            raise fail("unsupported-block", cause, scope.place(node), "see docs/editors.md for what a chapter may hold")


def _list(node: SyntaxTreeNode, scope: _Scope) -> List[Message]:
    start = cast("int", node.attrs.get("start", 1)) if node.type == "ordered_list" else None
    if start is not None and start > _LAST_START:
        raise fail("list-start", f"a list that begins at {start:,}", scope.place(node), f"{_LAST_START:,} at most")
    scope = replace(scope, depth=scope.depth + 1)
    if scope.depth > DEEPEST_LIST:
        raise fail("list-depth", f"a list of level {scope.depth}", scope.place(node), f"use {DEEPEST_LIST} at most")
    for item in node.children:
        shown = [child for child in item.children if child.type != "html_block"]
        if not shown or shown[0].type != "paragraph":
            raise fail("list-item", "an item that does not begin with words", scope.place(item), "write some")
    return List(tuple(tuple(_item(item, scope)) for item in node.children), start)


def _item(node: SyntaxTreeNode, scope: _Scope) -> Iterator[Block[Message]]:
    for block in _blocks(node.children, scope):
        match block:
            case Paragraph(message):
                yield Paragraph(replace(message, comment=message.comment or "List item"))
            case _:
                yield block


def _is_picture(paragraph: SyntaxTreeNode) -> bool:
    inlines = paragraph.children[0].children
    return len(inlines) == 1 and inlines[0].type == "image"


def _picture(node: SyntaxTreeNode, scope: _Scope) -> Picture[Message]:
    image = node.children[0].children[0]
    caption = str(image.attrs.get("title", ""))
    if not image.content:
        raise fail("alt-missing", "an image without alternative text", scope.place(node), "write ![what it shows](…)")
    return Picture(
        next(scope.numbering.figures) if caption else 0,
        unquote(str(image.attrs["src"])),
        scope.message(image.content, node, "Alternative text of an image"),
        scope.message(caption, node, "Caption of an image") if caption else None,
    )


def _table(node: SyntaxTreeNode, scope: _Scope, caption: SyntaxTreeNode | None) -> Table[Message]:
    rows = [row for part in node.children for row in part.children]
    for row in rows:
        if _cells_written(scope.lines[scope.place(row).line - 1]) > len(rows[0].children):
            raise fail("table-cells", "a row with more cells than the header", scope.place(row), "drop the last ones")
    header, *body = (
        tuple(scope.message(_raw(cell), cell, role) for cell in row.children)
        for row, role in zip(rows, ["Table header", *["Table cell"] * len(rows)], strict=False)
    )
    title = scope.message(_raw(caption).removeprefix(_CAPTION), caption, "Table caption") if caption else None
    alignments = tuple(_alignment(cell) for cell in rows[0].children)
    return Table(next(scope.numbering.tables) if caption else 0, title, alignments, header, tuple(body))


def _cells_written(line: str) -> int:
    """How many cells a line of a table holds; the parser drops those beyond the last column."""
    cells = escapedSplit(line.lstrip("> \t").rstrip())
    return len(cells) - (not cells[0].strip()) - (len(cells) > 1 and not cells[-1].strip())


def _alignment(cell: SyntaxTreeNode) -> Alignment:
    style = str(cell.attrs.get("style", ""))
    return cast("Alignment", style.removeprefix("text-align:") or None)


# -- Inlines ---------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)  # a source text is asked for by all that look at it
def parse_inlines(text: str, place: Place) -> Inlines:
    """Parse inline Markdown, a source text or a translation. Raises ``KzpubError`` for what the tree cannot hold."""
    if not _MARKED.search(text):
        return (Text(text),) if text else ()
    return _parsed_inlines(text, place)


def _parsed_inlines(text: str, place: Place) -> Inlines:
    tokens = _parser().parseInline(text, {"place": place})
    root = SyntaxTreeNode(tokens)
    inlines = _joined(tuple(_inline(node, place) for node in root.children[0].children)) if root.children else ()
    for inline in flatten(inlines):
        if isinstance(inline, Text) and (left := _LEFTOVER.search(inline.text)):
            cause = f"“{left[0]}” is left of a mark, a link, a note or a table that is none"
            raise fail("markup-left", cause, place, "see docs/editors.md for how marks are written; code may hold all")
    return inlines


def _inline(node: SyntaxTreeNode, place: Place) -> Inline:
    def content() -> Inlines:
        return _joined(tuple(_inline(child, place) for child in node.children))

    match node.type:
        case "text" | "text_special":
            return Text(node.content)
        case "softbreak":
            return Text(" ")
        case "hardbreak":
            return Break()
        case "code_inline":
            return Code(node.content)
        case "em":
            return Emphasis(content())
        case "strong":
            return Strong(content())
        case "link":
            if not node.children:
                raise fail("link-empty", "a link without words", place, "write what it leads to between the brackets")
            return Link(_target(node, place), content())
        case "footnote_ref":
            return NoteRef(str(node.meta["label"]))
        case other:
            raise _refused(other, place)


def _refused(kind: str, place: Place) -> KzpubError:
    if kind == "image":
        return fail("image-in-text", "an image inside a sentence", place, "give it a paragraph of its own")
    return fail("raw-html", "raw HTML in a sentence", place, "write it in Markdown; a lone < is written \\<")


def _target(node: SyntaxTreeNode, place: Place) -> str:
    target = str(node.attrs["href"])
    if "title" in node.attrs:
        raise fail("link-title", f"a link with a title: “{node.attrs['title']}”", place, "put the words into the text")
    if not may_be_linked(target):
        hint = "link to #an-anchor, or to a plain address that begins with https:, http: or mailto:"
        raise fail("link-target", f"link to “{target}”", place, hint)
    return target


def may_be_linked(target: str) -> bool:
    """Whether a link may lead there: to an anchor, a site or a mailbox, by an address that is what it looks like."""
    found = _TARGET.fullmatch(target)
    return found is not None and not (found["host"] and _mixes_alphabets(found["host"]))


def _mixes_alphabets(host: str) -> bool:
    """Whether a name of a site has letters of two alphabets in one part, so that it looks like another."""
    try:
        parts = host.encode().decode("idna").split(".")
    except UnicodeError:
        return True
    return any(re.search("[a-z]", part, re.IGNORECASE) and not part.isascii() for part in parts)


def _joined(inlines: Inlines) -> Inlines:
    """The inlines with neighbouring texts joined, so that equal texts are equal trees."""
    joined: list[Inline] = []
    for inline in inlines:
        if isinstance(inline, Text) and joined and isinstance(joined[-1], Text):
            joined[-1] = Text(joined[-1].text + inline.text)
        elif inline != Text(""):
            joined.append(inline)
    return tuple(joined)
