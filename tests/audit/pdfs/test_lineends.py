"""Where lines may not end, and that typography joins what belongs together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzpub.audit.pdfs.lineends import (
    IN_A_ROW,
    PAIRS,
    cut_pair,
    divided,
    fragments,
    hyphens_at_page_ends,
    hyphens_in_a_row,
    runts,
)
from kzpub.inlines import plain
from kzpub.languages import LANGUAGES
from kzpub.traversal import block_texts
from kzpub.typography import polish_text
from tests.conftest import Built

TOGETHER = (
    ("en", "more than 22", "000 people"),
    ("en", "about 12.5", "% of them"),
    ("en", "it costs €", "40 a day"),
    ("en", "the 46", "crisis centres"),
    ("en", "some 10–15", "people"),
    ("en", "from 2019–", "2025"),
    ("en", "under section №", "5"),
    ("en", "by A.", "Qunanbaiuly"),
    ("en", "see No.", "7"),
    ("en", "Ms", "Smith"),
    ("en", "the plan", "– as it was"),
    ("kk", "2024", "жылғы шілде"),
    ("kk", "А.", "Құнанбаев"),
    ("kk", "кітап, газет, т.", "б. басылымдар"),
    ("kk", "22", "000 ҮЕҰ"),
    ("ru", "22 000", "НПО"),
    ("ru", "2024", "года"),
    ("ru", "ст.", "5"),
    ("ru", "и т.", "д."),
    ("ru", "в", "Казахстане"),
    ("ru", "(см.", "раздел 5)"),
    ("ru", "№", "5"),
)
APART = (
    ("en", "in 2023", "and later"),
    ("en", "in 2019–2025", "reforms"),
    ("en", "as of 5 July 2024,", "22,000 people"),
    ("en", "a well-known", "fact"),
    ("en", "the plan.", "The next one"),
    ("kk", "облыстарында", "тұрады"),
    ("ru", "органов", "и учреждений"),
    ("ru", "права человека", "в мире"),
)


@pytest.mark.parametrize(("language", "line", "following"), TOGETHER)
def test_what_belongs_together_is_not_cut(language: str, line: str, following: str) -> None:
    assert cut_pair(language, line, following)


@pytest.mark.parametrize(("language", "line", "following"), TOGETHER)
def test_typography_joins_it(language: str, line: str, following: str) -> None:
    text = f"{line} {following}"
    joined = polish_text(text, LANGUAGES[language]) != text
    assert joined or line.endswith("–")  # the writers keep a range whole


@pytest.mark.parametrize(("language", "line", "following"), APART)
def test_a_line_may_end_elsewhere(language: str, line: str, following: str) -> None:
    assert cut_pair(language, line, following) == ""


def test_all_languages_have_pairs() -> None:
    assert PAIRS.keys() == LANGUAGES.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_space_of_our_texts_may_break_where_no_line_may_end(built: Built, language: str) -> None:
    document = built.editions[language].document
    texts = [plain(each) for each in block_texts(document.blocks)]
    spaces = [(text[:n], text[n + 1 :]) for text in texts for n, each in enumerate(text) if each == " "]
    assert len(spaces) > 100
    assert [f"{before}|{after}" for before, after in spaces if cut_pair(language, before, after)] == []


# -- Hyphens ---------------------------------------------------------------------------------------------------------

LINES = st.lists(st.tuples(st.integers(1, 2), st.sampled_from(["a whole line", "a divi-", "ded. It is", "rest."])))


@given(LINES)
def test_when_the_lines_found_are_mended_no_run_of_hyphens_is_left(lines: list[tuple[int, str]]) -> None:
    found = set(hyphens_in_a_row(lines))
    marks = "".join("x" if divided(text) and n not in found else " " for n, (_, text) in enumerate(lines))
    assert "x" * IN_A_ROW not in marks
    assert all(divided(lines[n][1]) for n in found)


@given(LINES)
def test_a_paragraph_without_hyphens_has_none_that_are_not_wanted(lines: list[tuple[int, str]]) -> None:
    whole = [(page, text.replace("-", "")) for page, text in lines]
    assert [*hyphens_in_a_row(whole), *hyphens_at_page_ends(whole), *fragments(whole)] == []


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        pytest.param([(1, "it was an organi-"), (1, "sation.")], [0], id="the rest of a word"),
        pytest.param([(1, "it was an organi-"), (1, "sation of all.")], [], id="the rest and more"),
        pytest.param([(1, "it was an organisation of"), (1, "all.")], [0], id="three letters"),
        pytest.param([(1, "it was an organisation of"), (1, "them.")], [], id="four letters"),
        pytest.param([(1, "all.")], [], id="a paragraph of one word"),
    ],
)
def test_a_last_line_is_more_than_a_scrap(lines: list[tuple[int, str]], found: list[int]) -> None:
    assert sorted({*fragments(lines), *runts(lines)}) == found


def test_a_page_does_not_end_within_a_word() -> None:
    assert list(hyphens_at_page_ends([(1, "one divi-"), (1, "ded, two divi-"), (2, "ded.")])) == [1]
