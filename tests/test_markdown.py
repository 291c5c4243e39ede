"""Markdown to the tree, and what the tree cannot hold refused with its line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzpub.errors import KzpubError, Place
from kzpub.inlines import Break, Code, Emphasis, Inlines, Link, NoteRef, Strong, Text, Value, plain
from kzpub.markdown import _MARKED, Chapter, Numbering, _parsed_inlines, one_line, parse_chapter, parse_inlines
from kzpub.model import Block, CodeBlock, Heading, List, Message, Paragraph, Picture, Quote, Table
from kzpub.traversal import block_texts
from tests import golden

HERE = Place("a.po", 7)


def parsed(source: str) -> Chapter:
    return parse_chapter(source, "a.md", Numbering())


def outline(blocks: tuple[Block[Message], ...]) -> Iterator[str]:
    """A line for each block, indented as it is nested."""
    for block in blocks:
        match block:
            case Heading(level, anchor, text):
                yield f"heading {level} #{anchor}: {text.text}"
            case Paragraph(text):
                yield f"paragraph: {text.text}"
            case List(items, start):
                yield "list" if start is None else f"list from {start}"
                for item in items:
                    yield "  item"
                    yield from (f"    {line}" for line in outline(item))
            case Table(number, caption, alignments, header, rows):
                columns = " ".join(alignment or "none" for alignment in alignments)
                yield f"table {number} [{columns}]" + (f": {caption.text}" if caption else "")
                yield from ("  " + " | ".join(cell.text for cell in row) for row in (header, *rows))
            case Picture(number, image, alt, caption):
                yield f"figure {number} {image}: {alt.text}" + (f" / {caption.text}" if caption else "")
            case Quote(inner):
                yield "quote"
                yield from (f"  {line}" for line in outline(inner))
            case CodeBlock(code):
                yield f"code: {code}"


def written(inlines: Inlines) -> str:
    """Inlines in the notation of the golden file."""

    def one(inline: object) -> str:
        match inline:
            case Text(text) | Value(_, text):
                return text
            case Emphasis(content):
                return f"E({written(content)})"
            case Strong(content):
                return f"S({written(content)})"
            case Code(text):
                return f"C({text})"
            case Link(target, content):
                return f"L({target} {written(content)})"
            case NoteRef(label):
                return f"N({label})"
            case _:
                assert inline == Break()
                return "⏎"

    return "".join(map(one, inlines))


@pytest.mark.parametrize(("source", "expected"), golden.cases("blocks.txt"))
def test_blocks(source: str, expected: str) -> None:
    chapter = parsed(source)
    lines = [*outline(chapter.blocks), *(f"note {note.label}: {note.text.text}" for note in chapter.notes)]
    assert "\n".join(line.replace("\n", "⏎") for line in lines) == expected


@pytest.mark.parametrize(("source", "expected"), golden.cases("inlines.txt"))
def test_inlines(source: str, expected: str) -> None:
    assert written(parse_inlines(source, HERE)) == expected


# -- Messages --------------------------------------------------------------------------------------------------------


def test_the_context_of_a_text_is_the_path_of_its_headings() -> None:
    chapter = parsed(
        "before\n\n# A {#a}\n\nin a\n\n## B {#b}\n\nin b\n\n### C {#c}\n\n## D {#d}\n\nin d[^n]\n\n[^n]: note\n"
    )
    contexts = [(message.text, message.context) for message in block_texts(chapter.blocks)]
    assert contexts == [
        ("before", ""),
        ("A", "a"),
        ("in a", "a"),
        ("B", "a/b"),
        ("in b", "a/b"),
        ("C", "a/b/c"),
        ("D", "a/d"),
        ("in d[^n]", "a/d"),
    ]
    assert chapter.notes[0].text.context == "note/n"


def test_a_text_knows_its_line() -> None:
    source = "# A {#a}\n\ntwo\nlines\n\n- one\n- two\n\n> quoted\n\n| h |\n|---|\n| c |\n"
    places = [str(message.place) for message in block_texts(parsed(source).blocks)]
    assert places == [f"a.md:{line}" for line in (1, 3, 6, 7, 9, 11, 13)]


def test_translators_are_told_what_a_text_is() -> None:
    chapter = parsed(
        "# A {#a}\n\nplain\n\n- item\n\nTable: caption\n\n| head |\n|---|\n| cell |\n\n![alt](a.png 'under')\n\n"
        "x[^n]\n\n[^n]: note\n"
    )
    comments = {message.text: message.comment for message in block_texts(chapter.blocks)}
    assert comments == {
        "A": "Heading, level 1",
        "plain": "",
        "item": "List item",
        "caption": "Table caption",
        "head": "Table header",
        "cell": "Table cell",
        "alt": "Alternative text of an image",
        "under": "Caption of an image",
        "x[^n]": "",
    }
    assert chapter.notes[0].text.comment == "Note"


@pytest.mark.parametrize(
    "block", ["lead", "# lead {#a}", "- lead", "1. lead", "> lead", "| lead |\n|---|", "![lead](a.png)"]
)
def test_translators_are_told_what_the_editor_says_before_a_block(block: str) -> None:
    chapter = parsed(f"<!-- translators: said of\n     a mayor -->\n\n{block}\n\nfollow\n")
    comments = {message.text: message.comment for message in block_texts(chapter.blocks)}
    assert comments["lead"].endswith("said of a mayor")
    assert comments["follow"] == ""


def test_tables_and_figures_are_numbered_through_all_chapters() -> None:
    numbering = Numbering()
    chapter = "Table: t\n\n| a |\n|---|\n| b |\n\n![a](a.png 'c')\n"
    numbers = [
        block.number
        for _ in range(2)
        for block in parse_chapter(chapter, "a.md", numbering).blocks
        if isinstance(block, Table | Picture)
    ]
    assert numbers == [1, 1, 2, 2]


# -- Plural messages -------------------------------------------------------------------------------------------------

ONE = "<!-- one centres: **{centres} centre** is open -->"
MORE = "**{centres} centres** are open"


def plural_messages(source: str) -> list[tuple[str, tuple[str, ...], int]]:
    """The messages of a chapter that have two forms: what they count, the forms, the line."""
    chapter = parsed(source)
    messages = [*block_texts(chapter.blocks), *(note.text for note in chapter.notes)]
    return [(each.counted, each.forms, each.place.line) for each in messages if each.counted]


@pytest.mark.parametrize(
    ("source", "line"),
    [
        pytest.param(f"{ONE}\n{MORE}\n", 2, id="before a paragraph"),
        pytest.param(f"{ONE}\n\n{MORE}\n", 3, id="a line apart"),
        pytest.param(f"a\n\n- {ONE}\n  {MORE}\n- b\n", 4, id="inside an item"),
        pytest.param(f"1. a\n   - {ONE}\n     {MORE}\n", 3, id="inside an item of an item"),
        pytest.param(f"- a\n\n  {ONE}\n  {MORE}\n", 4, id="before the second paragraph of an item"),
        pytest.param(f"> {ONE}\n> {MORE}\n", 2, id="in a quote"),
        pytest.param(f"a[^n]\n\n[^n]: {ONE}\n    {MORE}\n", 3, id="in a note"),
        pytest.param(f"<!-- for editors -->\n{ONE}\n<!-- for editors -->\n{MORE}\n", 4, id="among other comments"),
        pytest.param(f"{ONE}\n\n[^n]: note\n\n{MORE}[^n]\n".replace("open[^n]", "open"), 5, id="across a note"),
    ],
)
def test_a_text_may_have_a_form_for_one(source: str, line: int) -> None:
    assert plural_messages(source) == [("centres", ("**{centres} centre** is open", MORE), line)]


def test_the_form_for_one_may_be_on_many_lines() -> None:
    source = f"<!-- one centres:\n     **{{centres}} centre**\n     is open\n-->\n{MORE}\n"
    assert plural_messages(source) == [("centres", ("**{centres} centre** is open", MORE), 5)]


def test_the_form_for_one_is_of_the_next_text_alone() -> None:
    messages = list(block_texts(parsed(f"{ONE}\n{MORE}\n\nafter\n\n- {ONE}\n  {MORE}\n- last\n").blocks))
    assert [message.counted for message in messages] == ["centres", "", "centres", ""]
    assert [message.forms for message in messages if not message.counted] == [("after",), ("last",)]


def test_translators_are_told_of_a_plural_message_what_it_is() -> None:
    source = f"- {ONE}\n  {MORE}\n- <!-- translators: places of help -->\n  {ONE}\n  {MORE}\n"
    assert [message.comment for message in block_texts(parsed(source).blocks)] == ["List item", "places of help"]


@pytest.mark.parametrize("comment", ["<!-- one of many -->", "<!-- one: of many -->", "<!-- once centres: many -->"])
def test_another_comment_of_an_editor_is_no_form_for_one(comment: str) -> None:
    assert plural_messages(f"{comment}\n{MORE}\n") == []


def test_a_misspelt_figure_is_kept_so_that_it_is_found() -> None:
    assert plural_messages(f"{ONE.replace('one centres', 'one Crisis-Centres')}\n{MORE}\n")[0][0] == "Crisis-Centres"


# -- What is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "code", "line"),
    [
        pytest.param("a\n\n##### B {#b}\n", "heading-level", 3, id="a heading of level 5"),
        pytest.param("a\n\n# Сот\n", "anchor-form", 3, id="a heading without Latin letters and without an anchor"),
        pytest.param("# A {#Courts}\n", "anchor-form", 1, id="an anchor in capitals"),
        pytest.param("# A {#1st}\n", "anchor-form", 1, id="an anchor that begins with a digit"),
        pytest.param(f"# A {{#{'a' * 40}}}\n", "anchor-form", 1, id="an anchor of 40 letters"),
        pytest.param("# {#a}\n", "anchor-form", 1, id="a heading without words"),
        pytest.param("a\n\n[^n]: one\n\n    two\n", "note-form", 3, id="a note of two paragraphs"),
        pytest.param("[^n]: - one\n", "note-form", 1, id="a note that is a list"),
        pytest.param("a\n\nTable: b\n\nc\n", "stray-caption", 3, id="a caption before a paragraph"),
        pytest.param("a\n\nTable: b\n", "stray-caption", 3, id="a caption at the end"),
        pytest.param("a\n\n> Table: b\n", "stray-caption", 3, id="a caption alone in a quote"),
        pytest.param("a\n\nTable: b\n\nTable: c\n\n|d|\n|-|\n", "stray-caption", 3, id="two captions"),
        pytest.param(f"a\n\n{ONE}\n\n| b |\n|---|\n", "stray-singular", 3, id="a singular before a table"),
        pytest.param(f"a\n\n{ONE}\n# B {{#b}}\n", "stray-singular", 3, id="a singular before a heading"),
        pytest.param(f"a\n\n{ONE}\n- b\n", "stray-singular", 3, id="a singular before a list"),
        pytest.param(f"a\n\n{ONE}\n![b](b.png)\n", "stray-singular", 3, id="a singular before a picture"),
        pytest.param(f"a\n\n{ONE}\n> b\n", "stray-singular", 3, id="a singular before a quote"),
        pytest.param(f"a\n\n{ONE}\n```\nb\n```\n", "stray-singular", 3, id="a singular before code"),
        pytest.param(f"a\n\n{ONE}\nTable: b\n\n|c|\n|-|\n", "stray-singular", 3, id="a singular before a caption"),
        pytest.param(f"a\n\n{ONE}\n", "stray-singular", 3, id="a singular at the end"),
        pytest.param(f"- a\n\n  {ONE}\n- b\n", "stray-singular", 3, id="a singular at the end of an item"),
        pytest.param(f"a\n\n{ONE}\n{ONE}\nb\n", "stray-singular", 3, id="two singulars"),
        pytest.param("a\n\n<!-- one b: -->\nc\n", "singular-empty", 3, id="a singular without words"),
        pytest.param(f"a\n\n{ONE} b\n", "raw-html", 3, id="words after a singular"),
        pytest.param("a\n\n<div>b</div>\n", "raw-html", 3, id="an HTML block"),
        pytest.param("a\n\n[^n]: <div>b</div>\n\n    c\n", "raw-html", 3, id="HTML in a note"),
        pytest.param("a\n\n[^n]: b\n\n    > c\n", "note-form", 3, id="a note with a quote"),
        pytest.param("a\n\n[^n]: ![b](c.png)\n", "note-form", 3, id="a note that is an image"),
        pytest.param("a\n\n<!-- b --> c\n", "raw-html", 3, id="words after a comment"),
        pytest.param("<!-- never closed\n\na\n", "raw-html", 1, id="a comment that never ends"),
        pytest.param("a\n\n***\n", "unsupported-block", 3, id="a rule between paragraphs"),
        pytest.param("a\n\n- # b\n", "list-item", 3, id="a heading in a list"),
        pytest.param("a\n\n- b\n-\n- c\n", "list-item", 4, id="an item without words"),
        pytest.param("- a\n" + "".join(f"{'  ' * n}- a\n" for n in range(1, 6)), "list-depth", 6, id="a list too deep"),
        pytest.param("|a|b|\n|-|-|\n|c|d|e|\n", "table-cells", 3, id="a cell too many"),
        pytest.param("> |a|\n> |-|\n> |b|c|\n", "table-cells", 3, id="a cell too many in a quote"),
        pytest.param("a\n\n> # b\n", "unsupported-block", 3, id="a heading in a quote"),
        pytest.param("a\n\n> [^n]: b\n", "unsupported-block", 3, id="a note in a quote"),
        pytest.param("a\n\n![](b.png)\n", "alt-missing", 3, id="an image without alternative text"),
    ],
)
def test_what_a_chapter_cannot_hold_is_refused(source: str, code: str, line: int) -> None:
    with pytest.raises(KzpubError) as caught:
        parsed(source)
    assert [(problem.code, str(problem.place)) for problem in caught.value.problems] == [(code, f"a.md:{line}")]


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("| a |\n|---|\n| b | lost |\n", id="a cell beyond the last column"),
        pytest.param("- one\n\n" + ">" * 80 + " lost\n", id="quotes beyond the limit of nesting"),
        pytest.param("a[^n]\n\n[^n]: b\n\n    - lost\n", id="a list in a note"),
        pytest.param("<!-- one b: lost -->\n<!-- one c: d -->\ne\n", id="a singular before another"),
    ],
)
def test_words_are_refused_or_kept_but_never_dropped(source: str) -> None:
    try:
        chapter = parsed(source)
    except KzpubError:
        return
    assert any("lost" in message.text for message in block_texts(chapter.blocks))


@pytest.mark.parametrize(
    ("source", "code"),
    [
        pytest.param("a <b>c</b>", "raw-html", id="a tag"),
        pytest.param("a <!-- c -->", "raw-html", id="a comment"),
        pytest.param("a ![b](c.png)", "image-in-text", id="an image in a sentence"),
        pytest.param("[![b](c.png)](#d)", "image-in-text", id="an image in a link"),
        pytest.param("[a](b.html)", "link-target", id="a file"),
        pytest.param("[a](/etc/passwd)", "link-target", id="a path"),
        pytest.param("[a](//host/share)", "link-target", id="a host without a protocol"),
        pytest.param("[a](smb:share)", "link-target", id="a network share"),
        pytest.param("[a](ms-word:ofe)", "link-target", id="a program"),
        pytest.param("[a](https:///x)", "link-target", id="no host"),
        pytest.param("[a](htps://example.org)", "link-target", id="a misspelt protocol"),
        pytest.param("[a]()", "link-target", id="no target"),
        pytest.param("[a](#)", "link-target", id="no anchor"),
        pytest.param("**[a](ftp://example.org)**", "link-target", id="inside a mark"),
        pytest.param("[a](javascript:alert(1))", "link-target", id="a script"),
        pytest.param("[a](file:///etc/passwd)", "link-target", id="a local file"),
    ],
)
def test_what_a_sentence_cannot_hold_is_refused(source: str, code: str) -> None:
    with pytest.raises(KzpubError) as caught:
        parse_inlines(source, HERE)
    assert [(problem.code, problem.place) for problem in caught.value.problems] == [(code, HERE)]


# -- Laws ------------------------------------------------------------------------------------------------------------

PLAIN_WORDS = st.lists(st.from_regex(r"[\w.,;:?%№–—«»“”’/+()=-]{1,9}", fullmatch=True), min_size=1, max_size=9)
MARKDOWN = st.text(st.sampled_from("ab қ1 *_`[](){}<>!#&;\\\n\"'^|~-"), max_size=40)


@given(PLAIN_WORDS)
def test_no_character_of_plain_words_is_lost(words: list[str]) -> None:
    text = " ".join(words).replace("_", "")
    assert plain(parse_inlines(text, HERE)) == text


@pytest.mark.parametrize(
    "text",
    ["~~a~~", "**a", "[a][b]", "[a]: https://example.org", "| a | b |", "[a](b c)", "[a[^n] b](https://example.org)"],
)
def test_marks_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(KzpubError, match="markup-left"):
        parse_inlines(text, HERE)


@pytest.mark.parametrize("text", ["a * b", "[sic]", "a | b", "(see [1])", "x ~ y", "2**"[:1]])
def test_lone_characters_are_characters(text: str) -> None:
    assert plain(parse_inlines(text, HERE)) == text


def test_a_table_in_a_quote_is_a_table() -> None:
    chapter = parse_chapter("> | a | b |\n> |---|---|\n> | c | `d` |\n", "a.md", Numbering())
    assert isinstance(chapter.blocks[0], Quote)


@given(MARKDOWN)
def test_any_sentence_is_read_or_refused(source: str) -> None:
    codes: set[str] = set()
    try:
        parse_inlines(source, HERE)
    except KzpubError as error:
        codes = {problem.code for problem in error.problems}
    assert codes <= {"raw-html", "image-in-text", "link-target", "link-title", "link-empty", "markup-left"}


@given(MARKDOWN)
def test_a_text_put_on_one_line_stays_so(source: str) -> None:
    assert one_line(one_line(source)) == one_line(source)


@given(st.lists(st.sampled_from(["one", "*two*", "**three**", "[four](#x)", "five,[^n]", "`six`"]), min_size=1))
def test_a_text_reads_the_same_however_its_lines_are_broken(words: list[str]) -> None:
    on_one_line, on_many = parsed(" ".join(words)), parsed("\n".join(words))
    assert list(outline(on_one_line.blocks)) == list(outline(on_many.blocks))


@given(st.lists(st.sampled_from(["a", "b c", "қ"]), min_size=2, max_size=4))
def test_neighbouring_texts_are_joined(pieces: list[str]) -> None:
    assert parse_inlines("\\&".join(pieces), HERE) == (Text("&".join(pieces)),)


@given(st.text(max_size=40).filter(lambda text: not _MARKED.search(text)))
def test_a_text_without_marks_is_what_the_parser_makes_of_it(text: str) -> None:
    assert parse_inlines(text, HERE) == _parsed_inlines(text, HERE)
