"""The words of a text and their stems: forms of one word meet, other words do not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzpub.judges import stems
from kzpub.judges.stems import occurrences, words


def meet(tag: str, one: str, other: str) -> bool:
    return not stems.stems(one, tag).isdisjoint(stems.stems(other, tag))


@pytest.mark.parametrize(
    ("tag", "one", "other"),
    [
        pytest.param("kk", "тетік", "тетігінде", id="kk: a softened consonant"),
        pytest.param("kk", "халық", "халқы", id="kk: a vowel driven out"),
        pytest.param("kk", "қауіп", "қаупі", id="kk: a vowel driven out after у"),
        pytest.param("kk", "дауыс", "даусымен", id="kk: the same before с"),
        pytest.param("kk", "пакт", "пактілері", id="kk: a loan with a linking vowel"),
        pytest.param("ru", "отец", "отца", id="ru: a fleeting vowel"),
        pytest.param("ru", "письмо", "писем", id="ru: a fleeting vowel for a sign"),
        pytest.param("ru", "судья", "судей", id="ru: a sign"),
    ],
)
def test_forms_of_one_word_meet(tag: str, one: str, other: str) -> None:
    assert meet(tag, one, other)


@pytest.mark.parametrize(
    ("tag", "one", "other"),
    [
        pytest.param("kk", "конституция", "конституциялық", id="kk: a derived word"),
        pytest.param("kk", "акт", "акция", id="kk: another loan"),
        pytest.param("kk", "кеңес", "кеңсе", id="kk: letters the other way round"),
        pytest.param("ru", "комитет", "комиссия", id="ru: another word"),
        pytest.param("ru", "суд", "судья", id="ru: a court and a judge"),
        pytest.param("ru", "закон", "заказ", id="ru: another word with the same beginning"),
        pytest.param("uz", "kitob", "kitoblar", id="a language without a row: whole words only"),
    ],
)
def test_other_words_do_not_meet(tag: str, one: str, other: str) -> None:
    assert not meet(tag, one, other)


def test_a_new_language_has_its_own_endings_and_no_fleeting_vowels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(stems.ENDINGS, "uz", "(?:lar)?(?:ni)?")
    stems.stems.cache_clear()
    assert meet("uz", "kitob", "kitoblarni")
    assert stems.stems("отец", "uz") == {"отец"}
    stems.stems.cache_clear()


def test_words_are_bare_of_what_no_reader_sees() -> None:
    assert words("Пра\u00adво\u0301, ещё e-Otinish") == ("право", "еще", "e", "otinish")


def test_a_phrase_is_found_in_order_with_one_word_between() -> None:
    assert occurrences("права человека", words("О правах каждого человека и правах человека"), "ru") == [(1, 3), (5, 6)]


_LETTERS = st.text("абвгдезийклмнопрстуфхцчшыьіғқңөүұһ1", min_size=1, max_size=8)


@settings(max_examples=500)
@given(st.sampled_from(["kk", "ru", "en"]), _LETTERS, st.text("аеиоуыіьйгкбптнмлд", max_size=4))
def test_forms_of_one_word_have_one_initial(tag: str, stem: str, ending: str) -> None:
    for other in (stem + ending, stem.translate(stems._HARDENED), stem[0].translate(stems._HARDENED) + stem[1:]):
        if not stems.stems(stem, tag).isdisjoint(stems.stems(other, tag)):
            assert stems._initial(stem) == stems._initial(other)
    assert {stems._initial(found) for found in stems.stems(stem, tag)} == {stems._initial(stem)}
