"""What stands beside a placeholder: words that say how exact a figure is, and signs that would change it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kzpub.errors import Place
from kzpub.languages import LANGUAGES
from kzpub.model import Figure, Message, Qualifier
from kzpub.surroundings import problems

HERE = Place("a.po", 1)
NGOS = Figure("ngos", "count", (Decimal(22000),), Message("NGOs", "figures/ngos", HERE), "1", HERE)


def found(text: str, tag: str, qualifier: Qualifier = "exactly") -> list[str]:
    register = {"ngos": replace(NGOS, qualifier=qualifier)}
    return [problem.code for problem in problems(text, register, LANGUAGES[tag], HERE)]


CLEAN = [
    ("en", "exactly", "There are **{ngos} NGOs**."),
    ("en", "more than", "**More than {ngos} NGOs** are registered."),
    ("en", "more than", "over {ngos} NGOs"),
    ("en", "about", "about **{ngos}** NGOs"),
    ("en", "at least", "at least {ngos}"),
    ("en", "exactly", "More NGOs, {ngos}, are there."),
    ("kk", "more than", "**{ngos}-нан астам ҮЕҰ** тіркелген"),
    ("kk", "more than", "**{ngos}**-нан астам"),
    ("kk", "about", "шамамен **{ngos}**"),
    ("kk", "about", "{ngos}-ға жуық"),
    ("kk", "less than", "{ngos}-нан аз"),
    ("kk", "at least", "кемінде {ngos}"),
    ("kk", "at least", "{ngos}-нан кем емес"),
    ("kk", "exactly", "{ngos}-ға азайды"),
    ("kk", "exactly", "{ngos}-орын"),
    ("ru", "more than", "**более {ngos} НПО**"),
    ("ru", "more than", "более чем в **{ngos}** НПО"),
    ("ru", "about", "около **{ngos}**"),
    ("ru", "at least", "не менее {ngos}"),
    ("ru", "less than", "менее {ngos}"),
    ("ru", "exactly", "на {ngos} больше, чем раньше"),
    ("ru", "exactly", "({ngos}) и «{ngos}», {ngos}–{ngos}, {ngos}-й"),
]


@pytest.mark.parametrize(("tag", "qualifier", "text"), CLEAN)
def test_words_that_fit_the_register(tag: str, qualifier: Qualifier, text: str) -> None:
    assert found(text, tag, qualifier) == []


@pytest.mark.parametrize(
    ("tag", "qualifier", "text"),
    [
        pytest.param("en", "less than", "More than {ngos} NGOs", id="more for less"),
        pytest.param("en", "more than", "{ngos} NGOs", id="a qualifier lost"),
        pytest.param("en", "exactly", "about {ngos} NGOs", id="a qualifier added"),
        pytest.param("kk", "more than", "{ngos}-нан аз ҮЕҰ", id="kk: less for more"),
        pytest.param("kk", "more than", "{ngos} ҮЕҰ", id="kk: lost"),
        pytest.param("kk", "exactly", "шамамен {ngos} ҮЕҰ", id="kk: added"),
        pytest.param("ru", "more than", "менее {ngos} НПО", id="ru: less for more"),
        pytest.param("ru", "more than", "почти {ngos} НПО", id="ru: nearly for more"),
        pytest.param("ru", "more than", "{ngos} НПО", id="ru: lost"),
        pytest.param("ru", "exactly", "около {ngos} НПО", id="ru: added"),
    ],
)
def test_words_that_contradict_the_register(tag: str, qualifier: Qualifier, text: str) -> None:
    assert found(text, tag, qualifier) == ["figure-qualifier"]


@pytest.mark.parametrize(
    "text",
    [
        "{ngos}0 НПО",
        "1{ngos} НПО",
        "{ngos}½ НПО",
        "{ngos}‰",
        "{ngos}²",
        "{ngos}нан",
        "{ngos}–нан",
        "−{ngos}",
        "-{ngos}",
    ],
)
@pytest.mark.parametrize("tag", ["kk", "ru"])
def test_what_touches_a_value_is_found(tag: str, text: str) -> None:
    assert found(text, tag) == ["figure-touched"]


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("en", "minus {ngos}"),
        ("en", "{ngos} hundred"),
        ("kk", "минус **{ngos}**"),
        ("kk", "**{ngos}** жүздеген"),
        ("kk", "{ngos}-нан жүзден"),
        ("ru", "минус {ngos}"),
        ("ru", "**{ngos}** сотен НПО"),
        ("ru", "{ngos} десятков"),
        ("ru", "{ngos} дюжин"),
    ],
)
def test_a_word_that_makes_another_value_is_found(tag: str, text: str) -> None:
    assert found(text, tag) == ["figure-touched"]


@pytest.mark.parametrize("text", ["{ngos}-нaн", "{ngos}-лар", "**{ngos}**-сыз", "{ngos}-ша"])
def test_a_suffix_that_cannot_agree_is_found(text: str) -> None:
    assert found(text, "kk") == ["figure-suffix"]


def test_a_year_is_never_qualified() -> None:
    year = {"law": replace(NGOS, id="law", kind="year", values=(Decimal(2023),))}
    assert list(problems("Under the {law} Law", year, LANGUAGES["en"], HERE)) == []
