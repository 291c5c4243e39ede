"""The laws of the traversal, on trees of every shape."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kzpub.errors import Place
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
    innermost,
    map_inlines,
    plain,
)
from kzpub.model import Block, CodeBlock, Document, Heading, List, Note, Paragraph, Picture, Quote, Table
from kzpub.traversal import block_texts, headings, map_blocks, map_texts, texts, walk

WORDS = st.text(max_size=8)
PLACES = st.builds(Place, WORDS, st.integers(0, 99))


def several(of: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(of, max_size=3).map(tuple)


SIMPLE_BLOCKS: st.SearchStrategy[Block[str]] = st.one_of(
    st.builds(Heading, st.integers(1, 4), WORDS, WORDS),
    st.builds(Paragraph, WORDS),
    st.builds(Table, st.just(0), st.none() | WORDS, st.just((None, "left")), several(WORDS), several(several(WORDS))),
    st.builds(Picture, st.just(1), WORDS, WORDS, st.none() | WORDS),
    st.builds(CodeBlock, WORDS),
)
BLOCKS: st.SearchStrategy[tuple[Block[str], ...]] = several(
    st.recursive(
        SIMPLE_BLOCKS,
        lambda inner: (
            st.builds(Quote, several(inner)) | st.builds(List, several(several(inner)), st.none() | st.integers(0, 9))
        ),
        max_leaves=8,
    )
)
DOCUMENTS: st.SearchStrategy[Document[str]] = st.builds(
    Document,
    id=WORDS,
    languages=several(WORDS),
    date=st.dates(),
    period=st.just((2019, 2025)),
    title=WORDS,
    subtitle=WORDS,
    description=WORDS,
    source_note=WORDS,
    keywords=several(WORDS),
    blocks=BLOCKS,
    notes=several(st.builds(Note, WORDS, WORDS, PLACES)),
)
INLINES: st.SearchStrategy[Inlines] = several(
    st.recursive(
        st.builds(Text, WORDS)
        | st.builds(Value, WORDS, WORDS)
        | st.builds(Code, WORDS)
        | st.builds(NoteRef, WORDS)
        | st.just(Break()),
        lambda inner: (
            st.builds(Emphasis, several(inner))
            | st.builds(Strong, several(inner))
            | st.builds(Link, WORDS, several(inner))
            | st.builds(Foreign, st.just("en"), several(inner))
        ),
        max_leaves=6,
    )
)


def shouted(text: str) -> str:
    return text.upper() + "!"


@given(DOCUMENTS)
def test_changing_nothing_gives_the_same_document(document: Document[str]) -> None:
    assert map_texts(document, lambda leaf: leaf) == document


@given(DOCUMENTS)
def test_two_changes_one_after_the_other_are_one_change(document: Document[str]) -> None:
    assert map_texts(map_texts(document, shouted), len) == map_texts(document, lambda leaf: len(shouted(leaf)))


@given(DOCUMENTS)
def test_every_text_is_changed_and_stays_in_its_order(document: Document[str]) -> None:
    assert list(texts(map_texts(document, shouted))) == [shouted(leaf) for leaf in texts(document)]


@given(BLOCKS)
def test_the_texts_of_blocks_are_those_that_are_changed(blocks: tuple[Block[str], ...]) -> None:
    assert list(block_texts(map_blocks(blocks, shouted))) == list(map(shouted, block_texts(blocks)))


@given(BLOCKS)
def test_a_walk_meets_every_block_and_no_change_of_texts_alters_it(blocks: tuple[Block[str], ...]) -> None:
    met = list(walk(blocks))
    assert [type(block) for block in met] == [type(block) for block in walk(map_blocks(blocks, shouted))]
    assert set(map(id, blocks)) <= set(map(id, met))


@given(INLINES)
def test_changing_no_inline_gives_the_same_inlines(inlines: Inlines) -> None:
    assert map_inlines(inlines, lambda inline: inline) == inlines


@given(INLINES)
def test_a_reader_sees_the_same_characters_with_and_without_marks(inlines: Inlines) -> None:
    assert plain(tuple(innermost(inlines))) == plain(inlines)


def test_texts_come_in_reading_order() -> None:
    document = Document(
        id="a",
        languages=("en",),
        date=date(2026, 3, 5),
        period=(2019, 2025),
        title="title",
        subtitle="subtitle",
        description="description",
        source_note="source note",
        keywords=("keyword",),
        blocks=(
            Heading(1, "a", "heading"),
            List(((Paragraph("item"), Quote((Paragraph("quoted"),))), (Paragraph("second item"),))),
            Table(1, "table caption", (None,), ("header",), (("cell",),)),
            Picture(1, "a.png", "alternative", "figure caption"),
            CodeBlock("code is no text", Place("a.md", 1)),
        ),
        notes=(Note("n", "note", Place("a.md", 1)),),
    )
    assert " · ".join(texts(document)) == (
        "title · subtitle · description · source note · keyword · heading · item · quoted · second item · "
        "table caption · header · cell · alternative · figure caption · note"
    )


def test_headings_are_listed_in_order() -> None:
    first, second = Heading(1, "a", "A"), Heading(2, "b", "B")
    blocks = (first, Paragraph("text"), second)
    document = Document("x", ("en",), date(2026, 3, 5), (1, 2), "", "", "", "", (), blocks)
    assert headings(document) == (first, second)


def test_a_break_is_read_as_a_space_and_a_note_call_as_nothing() -> None:
    inlines: tuple[Inline, ...] = (Text("a"), Break(), Strong((Value("v", "5"), NoteRef("n"))), Code("c"))
    assert plain(inlines) == "a 5c"
