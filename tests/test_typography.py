"""Quotation marks and no-break spaces: golden cases of each language, and the laws of a change made in place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzpub.errors import Place
from kzpub.inlines import Inlines, Text, Value, flatten
from kzpub.languages import LANGUAGES, Language
from kzpub.localise import fill
from kzpub.markdown import parse_inlines
from kzpub.model import Document, map_texts, texts
from kzpub.typography import NO_BREAK, polish, polish_inlines, polish_text
from tests import golden
from tests.conftest import Built
from tests.test_markdown import written
from tests.test_model import INLINES

HERE = Place("a.md", 1)


def shown(text: str) -> str:
    return text.replace(NO_BREAK, "⍽")


@pytest.mark.parametrize(
    ("tag", "source", "expected"),
    [case for tag in LANGUAGES for case in golden.cases(f"typography-{tag}.txt", tag)],
)
def test_the_typography_of_a_language(tag: str, source: str, expected: str) -> None:
    assert shown(polish_text(source, LANGUAGES[tag])) == expected


@pytest.mark.parametrize(("source", "expected"), golden.cases("typography-marks.txt"))
def test_typography_reads_across_marks(source: str, expected: str) -> None:
    inlines = fill(parse_inlines(source, HERE), {"ngos": "22 000", "period": "2019–2025"})
    assert shown(written(polish_inlines(inlines, LANGUAGES["en"]))) == expected


def test_every_text_of_a_document_is_polished(sampler: Built) -> None:
    straight: Inlines = (Text('"a"'),)
    document: Document[Inlines] = map_texts(sampler.editions["en"].document, lambda _: straight)
    assert set(texts(polish(document, LANGUAGES["kk"]))) == {(Text("«a»"),)}


# -- Laws ------------------------------------------------------------------------------------------------------------

LANGUAGE = st.sampled_from(list(LANGUAGES.values()))
PROSE = st.text(st.sampled_from("aяқв 0123459\"'«»“”„’№§%–—-.,()$ \u00a0"), max_size=30) | st.text(max_size=12)


def characters(inlines: Inlines) -> list[int]:
    """The length of each text, in order."""
    return [len(inline.text) for inline in flatten(inlines) if isinstance(inline, Text | Value)]


@given(PROSE, LANGUAGE)
def test_a_text_keeps_its_length(text: str, language: Language) -> None:
    assert len(polish_text(text, language)) == len(text)


@given(PROSE, LANGUAGE)
def test_a_polished_text_is_polished(text: str, language: Language) -> None:
    once = polish_text(text, language)
    assert polish_text(once, language) == once


@given(PROSE, LANGUAGE)
def test_only_spaces_and_straight_marks_are_changed(text: str, language: Language) -> None:
    changed = {(old, new) for old, new in zip(text, polish_text(text, language), strict=True) if old != new}
    assert changed <= {(" ", NO_BREAK)} | {(mark, new) for mark in "\"'" for new in (*language.quotes, "’")}


@given(INLINES, LANGUAGE)
def test_inlines_keep_their_shape_and_the_length_of_each_text(inlines: Inlines, language: Language) -> None:
    polished = polish_inlines(inlines, language)
    assert list(map(type, flatten(polished))) == list(map(type, flatten(inlines)))
    assert characters(polished) == characters(inlines)


@given(INLINES, LANGUAGE)
def test_polished_inlines_are_polished(inlines: Inlines, language: Language) -> None:
    once = polish_inlines(inlines, language)
    assert polish_inlines(once, language) == once


QUOTED = st.recursive(
    st.sampled_from(["word", "two words", "(three)", "5"]),
    lambda inner: st.lists(inner.map('"{}"'.format) | inner, min_size=1, max_size=3).map(" ".join),
    max_leaves=5,
)


@given(QUOTED, LANGUAGE)
def test_quotation_marks_balance(text: str, language: Language) -> None:
    outer_open, outer_close, inner_open, inner_close = language.quotes
    polished = polish_text(f'"{text}"', language)
    awaited: list[str] = []
    for mark in polished:
        if mark in (outer_open, inner_open):
            awaited.append(outer_close if mark == outer_open else inner_close)
        elif mark in (outer_close, inner_close):
            assert awaited.pop() == mark
    assert not awaited
    assert polished.count(outer_open) == 1
    assert '"' not in polished
