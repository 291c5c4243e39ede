"""Figures as each language prints them: golden values, nothing ever rounded, no space at which a line could end."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzpub.errors import Place
from kzpub.figures import CURRENCIES, as_of, category, listed, placeholders, plural_form, printed
from kzpub.judges.facts import facts
from kzpub.languages import LANGUAGES
from kzpub.model import Figure, Kind

NO_BREAK = "\u00a0"


def figure(kind: Kind, *values: str | int | Decimal, **fields: Any) -> Figure[str]:
    """A figure of a kind; the rest of its fields matter to nobody here."""
    place = Place("figures.yaml", 1)
    return Figure("it", kind, tuple(map(Decimal, values)), "It", "1", place, **fields)


def in_all_languages(it: Figure[str]) -> tuple[str, ...]:
    """A figure as English, Kazakh and Russian print it, its no-break spaces made visible."""
    return tuple(printed(it, language).replace(NO_BREAK, "⍽") for language in LANGUAGES.values())


# -- Golden values ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("0", ("0", "0", "0")),
        ("46", ("46", "46", "46")),
        ("999", ("999", "999", "999")),
        ("1300", ("1,300", "1⍽300", "1⍽300")),
        ("22000", ("22,000", "22⍽000", "22⍽000")),
        ("999999", ("999,999", "999⍽999", "999⍽999")),
        ("1000000", ("1⍽million", "1⍽миллион", "1⍽млн")),
        ("1234567", ("1,234,567", "1⍽234⍽567", "1⍽234⍽567")),
        ("1250000", ("1.25⍽million", "1,25⍽миллион", "1,25⍽млн")),
        ("1255000", ("1,255,000", "1⍽255⍽000", "1⍽255⍽000")),
        ("10000000", ("10⍽million", "10⍽миллион", "10⍽млн")),
        ("999990000", ("999.99⍽million", "999,99⍽миллион", "999,99⍽млн")),
        ("999995000", ("999,995,000", "999⍽995⍽000", "999⍽995⍽000")),
        ("2000000000", ("2⍽billion", "2⍽миллиард", "2⍽млрд")),
        ("3500000000000", ("3.5⍽trillion", "3,5⍽триллион", "3,5⍽трлн")),
        ("12.5", ("12.5", "12,5", "12,5")),
        ("12.50", ("12.5", "12,5", "12,5")),
        ("0.125", ("0.125", "0,125", "0,125")),
        ("0.123456789012", ("0.123456789012", "0,123456789012", "0,123456789012")),
        ("1234567.5", ("1,234,567.5", "1⍽234⍽567,5", "1⍽234⍽567,5")),
        ("-5", ("-5", "-5", "-5")),
        ("-1234", ("-1,234", "-1⍽234", "-1⍽234")),
        ("-2500000", ("-2.5⍽million", "-2,5⍽миллион", "-2,5⍽млн")),
    ],
)
def test_a_count(value: str, expected: tuple[str, ...]) -> None:
    assert in_all_languages(figure("count", value)) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("30", ("30%", "30%", "30⍽%")),
        ("12.5", ("12.5%", "12,5%", "12,5⍽%")),
        ("0.05", ("0.05%", "0,05%", "0,05⍽%")),
        ("100", ("100%", "100%", "100⍽%")),
        ("1250", ("1,250%", "1⍽250%", "1⍽250⍽%")),
        ("0.00000000125", ("0.00000000125%", "0,00000000125%", "0,00000000125⍽%")),
    ],
)
def test_a_percentage(value: str, expected: tuple[str, ...]) -> None:
    assert in_all_languages(figure("percent", value)) == expected


@pytest.mark.parametrize(
    ("currency", "value", "expected"),
    [
        ("USD", "4000000000", ("$4⍽billion", "4⍽млрд⍽АҚШ⍽доллары", "4⍽млрд⍽долларов⍽США")),
        ("USD", "750000000", ("$750⍽million", "750⍽млн⍽АҚШ⍽доллары", "750⍽млн⍽долларов⍽США")),
        ("USD", "1", ("$1", "1⍽АҚШ⍽доллары", "1⍽доллар⍽США")),
        ("USD", "2", ("$2", "2⍽АҚШ⍽доллары", "2⍽доллара⍽США")),
        ("USD", "21", ("$21", "21⍽АҚШ⍽доллары", "21⍽доллар⍽США")),
        ("USD", "1.5", ("$1.5", "1,5⍽АҚШ⍽доллары", "1,5⍽доллара⍽США")),
        ("USD", "1234567", ("$1,234,567", "1⍽234⍽567⍽АҚШ⍽доллары", "1⍽234⍽567⍽долларов⍽США")),
        ("KZT", "4500000000", ("KZT⍽4.5⍽billion", "4,5⍽млрд⍽теңге", "4,5⍽млрд⍽тенге")),
        ("KZT", "21", ("KZT⍽21", "21⍽теңге", "21⍽тенге")),
        ("EUR", "5", ("€5", "5⍽еуро", "5⍽евро")),
        ("EUR", "2000000", ("€2⍽million", "2⍽млн⍽еуро", "2⍽млн⍽евро")),
    ],
)
def test_an_amount(currency: str, value: str, expected: tuple[str, ...]) -> None:
    assert in_all_languages(figure("money", value, currency=currency)) == expected


@pytest.mark.parametrize("kind", ["rank", "ordinal"])
@pytest.mark.parametrize(
    ("value", "english"),
    [
        *((1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th")),
        *((21, "21st"), (22, "22nd"), (23, "23rd"), (24, "24th"), (101, "101st"), (111, "111th"), (144, "144th")),
    ],
)
def test_a_place_in_an_order_has_its_ending_in_english_only(value: int, english: str, kind: Kind) -> None:
    assert in_all_languages(figure(kind, value)) == (english, str(value), str(value))


@pytest.mark.parametrize(
    ("it", "expected"),
    [
        pytest.param(figure("year", 2024), ("2024", "2024", "2024"), id="a year is not grouped"),
        pytest.param(figure("years", 2022, 2024), ("2022–2024", "2022–2024", "2022–2024"), id="years"),
        pytest.param(figure("ratio", 1, 3), ("1:3", "1:3", "1:3"), id="a ratio"),
        pytest.param(figure("ratio", 1, 1000), ("1:1,000", "1:1⍽000", "1:1⍽000"), id="a ratio of thousands"),
        pytest.param(
            figure("date", 2026, 3, 5), ("5⍽March⍽2026", "2026⍽жылғы⍽5⍽наурыз", "5⍽марта⍽2026⍽года"), id="a day"
        ),
    ],
)
def test_other_kinds(it: Figure[str], expected: tuple[str, ...]) -> None:
    assert in_all_languages(it) == expected


# -- Plural forms ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "categories", "forms"),
    [
        ("0", ("other", "other", "many"), (1, 1, 2)),
        ("1", ("one", "one", "one"), (0, 0, 0)),
        ("2", ("other", "other", "few"), (1, 1, 1)),
        ("5", ("other", "other", "many"), (1, 1, 2)),
        ("11", ("other", "other", "many"), (1, 1, 2)),
        ("21", ("other", "other", "one"), (1, 1, 0)),
        ("46", ("other", "other", "many"), (1, 1, 2)),
        ("51", ("other", "other", "one"), (1, 1, 0)),
        ("52", ("other", "other", "few"), (1, 1, 1)),
        ("112", ("other", "other", "many"), (1, 1, 2)),
        ("10000000", ("other", "other", "many"), (1, 1, 2)),
        ("1.5", ("other", "other", "other"), (1, 1, 1)),
        ("0.5", ("other", "other", "other"), (1, 1, 1)),
    ],
)
def test_a_value_asks_for_a_form(value: str, categories: tuple[str, ...], forms: tuple[int, ...]) -> None:
    it = figure("count", value)
    assert tuple(category(it, language) for language in LANGUAGES.values()) == categories
    assert tuple(plural_form(it, language) for language in LANGUAGES.values()) == forms


@pytest.mark.parametrize("tag", LANGUAGES)
@pytest.mark.parametrize(("written", "same"), [("1.0", "1"), ("46.00", "46"), ("5E+1", "50"), ("1.50", "1.5")])
def test_numbers_printed_alike_ask_for_the_same_form(written: str, same: str, tag: str) -> None:
    language, it, other = LANGUAGES[tag], figure("count", written), figure("count", same)
    assert printed(it, language) == printed(other, language)
    assert category(it, language) == category(other, language)


@pytest.mark.parametrize("kind", ["rank", "ordinal", "year"])
def test_what_counts_nothing_asks_for_no_form(kind: Kind) -> None:
    assert {category(figure(kind, 1), language) for language in LANGUAGES.values()} == {""}


@pytest.mark.parametrize("kind", ["count", "money", "percent"])
def test_what_counts_asks_for_a_form(kind: Kind) -> None:
    assert category(figure(kind, 51, currency="USD"), LANGUAGES["ru"]) == "one"


# -- Lists and placeholders ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ("", ("", "", "")),
        ("A", ("A", "A", "A")),
        ("AB", ("A and B", "A және B", "A и B")),
        ("ABC", ("A, B and C", "A, B және C", "A, B и C")),
        ("ABCD", ("A, B, C and D", "A, B, C және D", "A, B, C и D")),
    ],
)
def test_a_list(items: str, expected: tuple[str, ...]) -> None:
    assert tuple(listed(iter(items), language) for language in LANGUAGES.values()) == expected


@pytest.mark.parametrize(
    ("time", "name", "expected"),
    [
        pytest.param("2024", "it_as_of", ("2024", "2024", "2024"), id="a year"),
        pytest.param("2022-2024", "it_as_of_years", ("2022–2024", "2022–2024", "2022–2024"), id="years"),
        pytest.param(
            "2024-07-15", "it_as_of_day", ("15⍽July⍽2024", "2024⍽жылғы⍽15⍽шілде", "15⍽июля⍽2024⍽года"), id="a day"
        ),
    ],
)
def test_texts_can_call_a_value_and_its_time(time: str, name: str, expected: tuple[str, ...]) -> None:
    for language, shown in zip(LANGUAGES.values(), expected, strict=True):
        assert placeholders([figure("count", 46, as_of=time)], language) == {
            "it": "46",
            name: shown.replace("⍽", NO_BREAK),
        }


def test_a_figure_without_a_time_has_none_to_call() -> None:
    assert placeholders([figure("count", 46)], LANGUAGES["en"]) == {"it": "46"}
    assert as_of(figure("count", 46), LANGUAGES["en"]) == ""


# -- Laws ------------------------------------------------------------------------------------------------------------

SCALES = {
    "en": {"million": 6, "billion": 9, "trillion": 12},
    "kk": {"миллион": 6, "миллиард": 9, "триллион": 12, "млн": 6, "млрд": 9, "трлн": 12},
    "ru": {"млн": 6, "млрд": 9, "трлн": 12},
}
MARKS = {"en": (",", "."), "kk": (NO_BREAK, ","), "ru": (NO_BREAK, ",")}
UNITS = {
    "en": ("%", "$", "€", f"KZT{NO_BREAK}"),
    "kk": ("%", *(f"{NO_BREAK}{name}" for name in (f"АҚШ{NO_BREAK}доллары", "еуро", "теңге"))),
    "ru": (
        *(f"{NO_BREAK}доллар{ending}{NO_BREAK}США" for ending in ("", "а", "ов")),
        *(f"{NO_BREAK}{name}" for name in ("%", "евро", "тенге")),
    ),
}


def read_back(text: str, tag: str) -> Decimal:
    """The number that a reader of a language makes of a text; all of it is understood, or the test fails."""
    (grouping, decimal), scales = MARKS[tag], SCALES[tag]
    for unit in UNITS[tag]:
        text = text.removeprefix(unit) if tag == "en" and unit != "%" else text.removesuffix(unit)
    digits, _, scale = text.rpartition(NO_BREAK) if text.endswith(tuple(scales)) else (text, "", "")
    form = rf"-?\d{{1,3}}({re.escape(grouping)}\d{{3}})*({re.escape(decimal)}\d+)?"
    assert re.fullmatch(form, digits), text
    number = Decimal(digits.replace(grouping, "").replace(decimal, "."))
    return number.scaleb(scales[scale] if scale else 0)


NUMBERS = st.builds(
    lambda digits, shift: Decimal(f"{Decimal(digits).scaleb(shift):f}"),
    st.integers(-(10**6), 10**6),
    st.integers(-12, 8),
)
"""Numbers as the register holds them, round ones and those of many digits."""


@pytest.mark.parametrize(("text", "tag"), [("1.2m", "en"), ("1,5 млн", "ru"), ("12,34", "en"), ("30 %", "kk")])
def test_the_reader_does_not_take_what_is_no_number(text: str, tag: str) -> None:
    with pytest.raises(AssertionError):
        read_back(text, tag)


@given(st.sampled_from(["count", "percent", "money"]), NUMBERS, st.sampled_from(sorted(CURRENCIES)))
def test_nothing_is_ever_rounded(kind: Kind, value: Decimal, currency: str) -> None:
    it = figure(kind, abs(value) if kind == "money" else value, currency=currency)
    for tag, language in LANGUAGES.items():
        assert read_back(printed(it, language), tag) == it.value


WHOLE = st.integers(1, 10**7)
YEARS = st.integers(1000, 2999)
FIGURES = st.one_of(
    st.builds(figure, st.sampled_from(["count", "percent"]), NUMBERS),
    st.builds(
        lambda value, currency: figure("money", value, currency=currency), NUMBERS, st.sampled_from(["USD", "KZT"])
    ),
    st.builds(figure, st.sampled_from(["rank", "ordinal"]), WHOLE),
    st.builds(figure, st.just("year"), YEARS),
    st.builds(figure, st.just("years"), YEARS, YEARS),
    st.builds(figure, st.just("ratio"), WHOLE, WHOLE),
    st.dates().map(lambda day: figure("date", day.year, day.month, day.day, as_of=day.isoformat())),
)


@given(FIGURES)
def test_every_figure_is_printed_in_every_language_on_one_line(it: Figure[str]) -> None:
    for language in LANGUAGES.values():
        for text in placeholders([it], language).values():
            assert text
            assert not re.search(r"[^\S\u00a0]", text)


# -- What is printed is read back by value ---------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["1", "21", "1234567", "2500000", "750000000", "4000000000", "3000000000000"])
@pytest.mark.parametrize("currency", CURRENCIES)
def test_an_amount_is_the_same_fact_in_every_language(currency: str, value: str) -> None:
    amounts = in_all_languages(figure("money", value, currency=currency))
    facts_of = [facts(text.replace("⍽", NO_BREAK), tag) for text, tag in zip(amounts, LANGUAGES, strict=True)]
    assert facts_of[0]
    assert facts_of[0] == facts_of[1] == facts_of[2]
