"""Quotation marks and no-break spaces: golden cases of each language, and the laws of a change made in place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzpub.errors import Place
from kzpub.inlines import Foreign, Inlines, Strong, Text, Value, flatten, plain
from kzpub.languages import LANGUAGES, Language
from kzpub.localise import fill
from kzpub.markdown import parse_inlines
from kzpub.model import Document
from kzpub.suffixes import agree
from kzpub.traversal import map_texts, texts
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


@pytest.mark.parametrize(("source", "expected"), golden.cases("suffixes-marks.txt"))
def test_suffixes_agree_across_marks(source: str, expected: str) -> None:
    inlines = fill(parse_inlines(source, HERE), {"ngos": "22 000", "share": "30%", "day": "5 наурыз"})
    assert shown(written(polish_inlines(inlines, LANGUAGES["kk"]))) == expected


def test_a_value_stays_a_value_and_its_suffix_a_text() -> None:
    inlines: Inlines = (Strong((Value("ngos", "22 000"),)), Text("-ден астам"))
    polished: Inlines = (Strong((Value("ngos", "22\u00a0000"),)), Text("-нан астам"))
    assert polish_inlines(inlines, LANGUAGES["kk"]) == polished


def test_a_label_is_polished_before_it_is_filled_and_may_be_polished_again() -> None:
    label = polish_text("{pages}-дан астам", LANGUAGES["kk"])
    assert label == "{pages}-дан астам"
    assert polish_text(label.format(pages="25"), LANGUAGES["kk"]) == "25-тен астам"


@pytest.mark.parametrize("tag", ["en", "ru"])
def test_suffixes_of_other_languages_are_left_alone(tag: str) -> None:
    assert polish_text("25-ны, 22\u00a0000-ден", LANGUAGES[tag]) == "25-ны, 22\u00a0000-ден"


def test_every_text_of_a_document_is_polished(sampler: Built) -> None:
    straight: Inlines = (Text('"a"'),)
    document: Document[Inlines] = map_texts(sampler.editions["en"].document, lambda _: straight)
    assert set(texts(polish(document, LANGUAGES["kk"]))) == {(Text("«a»"),)}


# -- Laws ------------------------------------------------------------------------------------------------------------

LANGUAGE = st.sampled_from(list(LANGUAGES.values()))
PROSE = st.text(st.sampled_from("aяқв 0123459\"'«»“”„’№§%–—-.,()$ \u00a0"), max_size=30) | st.text(max_size=12)
SUFFIXED = st.lists(
    st.sampled_from(["5", "22 000", "30%", " млн", " АҚШ доллары", "10 қазан", "БҰҰ"])
    | st.sampled_from(["-нан", "-ге", "-сында", "-ы", "-н", "-шы", "-орын", " ", '"', "–", "{n}"]),
    max_size=8,
).map("".join)
CUT = st.lists(st.tuples(SUFFIXED | st.text("-нансы5", max_size=3), st.booleans()), max_size=4).map(
    lambda pieces: tuple(Strong((Value("n", text),)) if strong else Text(text) for text, strong in pieces)
)


def agreed(text: str, language: Language) -> str:
    """The text with its Kazakh suffixes corrected: all else is changed one for one."""
    return agree(text) if language.tag == "kk" else text


def characters(inlines: Inlines) -> list[int]:
    """The length of each text, in order."""
    return [len(inline.text) for inline in flatten(inlines) if isinstance(inline, Text | Value)]


@given(PROSE | SUFFIXED, LANGUAGE)
def test_a_text_keeps_its_length_but_for_suffixes(text: str, language: Language) -> None:
    assert len(polish_text(text, language)) == len(agreed(text, language))


@given(PROSE | SUFFIXED, LANGUAGE)
def test_a_polished_text_is_polished(text: str, language: Language) -> None:
    once = polish_text(text, language)
    assert polish_text(once, language) == once


@given(PROSE | SUFFIXED, LANGUAGE)
def test_only_spaces_straight_marks_and_suffixes_are_changed(text: str, language: Language) -> None:
    pairs = zip(agreed(text, language), polish_text(text, language), strict=True)
    changed = {(old, new) for old, new in pairs if old != new}
    assert changed <= {(" ", NO_BREAK)} | {(mark, new) for mark in "\"'" for new in (*language.quotes, "’")}


@given(INLINES | CUT, LANGUAGE)
def test_inlines_keep_their_shape_and_without_wrong_suffixes_the_length_of_each_text(
    inlines: Inlines, language: Language
) -> None:
    polished = polish_inlines(inlines, language)
    assert list(map(type, flatten(polished))) == list(map(type, flatten(inlines)))
    if agreed(plain(inlines), language) == plain(inlines):
        assert characters(polished) == characters(inlines)


@given(CUT, LANGUAGE)
def test_marks_make_no_difference(inlines: Inlines, language: Language) -> None:
    assert plain(polish_inlines(inlines, language)) == polish_text(plain(inlines), language)


@given(INLINES | CUT, LANGUAGE)
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


def test_a_piece_in_another_language_keeps_the_rules_of_its_own() -> None:
    english = Foreign("en", (Text('a "good" answer in 22 000 words'),))
    polished = polish_inlines((Text('"'), english, Text('" 22 000')), LANGUAGES["ru"])
    assert polished == (
        Text("«"),
        Foreign("en", (Text("a “good” answer in 22\u00a0000\u00a0words"),)),
        Text("» 22\u00a0000"),
    )
