"""Which findings refuse what is asked for, and which are said."""

from __future__ import annotations

import pytest

from kzpub.assessment import Assessment
from kzpub.errors import Place, Problem
from kzpub.pipeline import Request, _refused
from tests.conftest import Built

DONE_NOT, LOOK, WRONG = "translation-empty", "length", "fact-differs"


@pytest.mark.parametrize(
    ("release", "in_texts", "in_words", "refused"),
    [
        pytest.param(False, {DONE_NOT, LOOK}, {LOOK}, set(), id="a draft with something to look at"),
        pytest.param(False, {DONE_NOT, WRONG}, set(), {WRONG}, id="an error is never passed over"),
        pytest.param(False, set(), {DONE_NOT}, {DONE_NOT}, id="words of the templates are done even in a draft"),
        pytest.param(
            True, {DONE_NOT, LOOK, WRONG}, {LOOK}, {DONE_NOT, LOOK, WRONG}, id="a release passes nothing over"
        ),
    ],
)
def test_a_finding_refuses_or_is_said(
    release: bool, in_texts: set[str], in_words: set[str], refused: set[str], sampler: Built
) -> None:
    texts, words = (tuple(Problem(c, "a", Place("a.po"), "b") for c in sorted(found)) for found in (in_texts, in_words))
    said: list[str] = []
    request = Request(release=release)
    assessed = Assessment(sampler.editions["kk"].document, {}, (), texts, words, ())
    found = {each.code for each in _refused(assessed, request, False, said.append)}
    assert found == refused
    assert all(any(f"[{code}]" in line for line in said) for code in (in_texts | in_words) - refused)
