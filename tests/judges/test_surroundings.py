"""What stands beside a placeholder: words that say how exact a figure is, and signs that would change it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kzpub.errors import Place
from kzpub.judges.surroundings import label_problems, problems
from kzpub.languages import LANGUAGES
from kzpub.model import Figure, Message, Qualifier

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
    ("ru", "more than", "**более {ngos} НПО**"),
    ("ru", "more than", "более чем в **{ngos}** НПО"),
    ("ru", "about", "около **{ngos}**"),
    ("ru", "at least", "не менее {ngos}"),
    ("ru", "less than", "менее {ngos}"),
    ("ru", "exactly", "на {ngos} больше, чем раньше"),
    ("ru", "exactly", "({ngos}) и «{ngos}», {ngos}–{ngos}, {ngos}-летний"),
    ("en", "more than", "registered NGOs exceeded {ngos}"),
    ("en", "more than", "So far more than {ngos}"),
    ("en", "exactly", "Nearly all of the {ngos} NGOs"),
    ("en", "exactly", "over the past {ngos} years"),
    ("kk", "more than", "{ngos}-тен көп шарт"),
    ("kk", "more than", "{ngos}-тен асатын шарт"),
    ("kk", "more than", "{ngos}-нан асады"),
    ("kk", "more than", "**{ngos} реттен** астам"),
    ("kk", "exactly", "{ngos}-ға көп"),
    ("kk", "exactly", "{ngos} орталық мыңнан астам әйелге көмектесті"),
    ("kk", "exactly", "{ngos} мектепте 500-ден астам оқушы"),
    ("kk", "exactly", "таяу {ngos} жылда"),
    ("kk", "exactly", "{ngos} жылдам пойыз, дүние жүзінде {ngos} ел"),
    ("ru", "more than", "число НПО превышает {ngos}"),
    ("ru", "more than", "число НПО превысило {ngos}"),
    ("ru", "exactly", "тем не менее {ngos} НПО"),
    ("ru", "exactly", "более половины из {ngos} НПО"),
    ("ru", "exactly", "стало больше на {ngos}, превышает план на {ngos}"),
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
        pytest.param("en", "more than", "No more than {ngos}", id="negated"),
        pytest.param("en", "more than", "Not more than {ngos}", id="not more than"),
        pytest.param("en", "more than", "slightly more than {ngos}", id="slightly"),
        pytest.param("en", "more than", "much more than {ngos}", id="much"),
        pytest.param("en", "more than", "far more than {ngos}", id="far"),
        pytest.param("en", "exactly", "{ngos} or more", id="or more"),
        pytest.param("kk", "more than", "{ngos}-нан астам емес", id="kk: negated behind"),
        pytest.param("kk", "more than", "{ngos}-нан көп емес", id="kk: not more than"),
        pytest.param("kk", "more than", "{ngos}-нан аспайды", id="kk: does not exceed"),
        pytest.param("kk", "more than", "{ngos}-нан сәл астам", id="kk: slightly"),
        pytest.param("kk", "more than", "{ngos}-нан әлдеқайда көп", id="kk: far"),
        pytest.param("kk", "exactly", "{ngos}-дай", id="kk: about, by an ending"),
        pytest.param("kk", "exactly", "{ngos} адамнан астам", id="kk: behind a noun"),
        pytest.param("ru", "more than", "не более {ngos}", id="ru: negated"),
        pytest.param("ru", "more than", "**не свыше {ngos}**", id="ru: not over"),
        pytest.param("ru", "more than", "не более чем в {ngos}", id="ru: words between"),
        pytest.param("ru", "more than", "не превышает {ngos}", id="ru: does not exceed"),
        pytest.param("ru", "more than", "чуть более {ngos}", id="ru: slightly"),
        pytest.param("ru", "more than", "намного более {ngos}", id="ru: far"),
        pytest.param("ru", "more than", "гораздо больше {ngos}", id="ru: much"),
        pytest.param("ru", "more than", "значительно более {ngos}", id="ru: considerably"),
        pytest.param("ru", "more than", "немного более {ngos}", id="ru: a little"),
        pytest.param("ru", "exactly", "максимум {ngos}", id="ru: at most"),
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


KINDS = {
    "ngos": NGOS,
    "fall": replace(NGOS, id="fall", kind="percent"),
    "assets": replace(NGOS, id="assets", kind="money", currency="USD"),
    "law": replace(NGOS, id="law", kind="year"),
}


def touched(text: str, tag: str) -> list[str]:
    return [problem.code for problem in problems(text, KINDS, LANGUAGES[tag], HERE)]


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        pytest.param("en", "{ngos} thousand users", id="en: a scale"),
        pytest.param("en", "million {ngos}", id="en: a scale before"),
        pytest.param("en", "**hundreds** of {ngos} schools", id="en: hundreds of"),
        pytest.param("en", "dozens of {ngos} schools", id="en: dozens of"),
        pytest.param("kk", "{ngos} мың", id="kk: a scale"),
        pytest.param("kk", "{assets} миллион", id="kk: a scale at money"),
        pytest.param("kk", "жүздеген {ngos}", id="kk: hundreds"),
        pytest.param("kk", "мыңдаған **{ngos}**", id="kk: thousands"),
        pytest.param("ru", "{ngos} тысяч", id="ru: a scale"),
        pytest.param("ru", "{assets}** тысяч", id="ru: a scale behind marks"),
        pytest.param("ru", "({ngos} тыс.)", id="ru: a scale cut short"),
        pytest.param("ru", "сотни {ngos} школы", id="ru: hundreds"),
        pytest.param("ru", "десятки {ngos}", id="ru: tens"),
        pytest.param("ru", "тысячи {ngos}", id="ru: thousands"),
        pytest.param("ru", "{assets}** тенге", id="ru: a second currency"),
        pytest.param("ru", "{assets} (евро)", id="ru: in parentheses"),
        pytest.param("ru", "{assets} долларов", id="ru: the same currency twice"),
        pytest.param("kk", "{assets} теңге", id="kk: a second currency"),
        pytest.param("en", "**{assets}** tenge", id="en: a second currency"),
        pytest.param("en", "{assets} euros", id="en: euros"),
        pytest.param("en", "€{assets}", id="en: a sign before"),
        pytest.param("ru", "{fall} %", id="ru: percent twice"),
        pytest.param("ru", "{fall}** процентов", id="ru: in words"),
        pytest.param("kk", "{fall}** пайызға", id="kk: percent twice"),
        pytest.param("en", "{fall}%", id="en: percent twice"),
        pytest.param("en", "{fall} percentage points", id="en: points"),
        pytest.param("ru", "{fall} п. п.", id="ru: points"),
        pytest.param("ru", "{fall} (процентных пунктов)", id="ru: points in words"),
        pytest.param("kk", "{fall} пайыздық тармаққа", id="kk: points"),
        pytest.param("en", "{ngos} {fall} schools", id="en: two figures"),
        pytest.param("kk", "**{ngos}** **{fall}**", id="kk: two figures in marks"),
        pytest.param("ru", "{ngos}\u00a0{fall}", id="ru: two figures"),
        pytest.param("ru", "{law} {ngos}", id="ru: a year before a figure"),
    ],
)
def test_what_makes_another_figure_is_found(tag: str, text: str) -> None:
    assert touched(text, tag) == ["figure-touched"]


def test_a_currency_is_found_behind_more_than() -> None:
    assert "figure-touched" in touched("**{assets}-нан астам** теңге", "kk")


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        pytest.param("en", "In {law} thousands of people came", id="en: a year counts nothing"),
        pytest.param("en", "a score of {ngos}", id="en: a score"),
        pytest.param("en", "{ngos}, hundreds of which", id="en: a comma between"),
        pytest.param("en", "from {ngos} to {fall}, {assets}", id="en: words between"),
        pytest.param("kk", "{assets} еуропалық банктерден", id="kk: European"),
        pytest.param("kk", "{fall} пайыздық мөлшерлемемен", id="kk: a rate of interest"),
        pytest.param("kk", "{law} мыңжылдықтың басы", id="kk: a millennium"),
        pytest.param("kk", "{ngos}-нан {fall}-ға дейін", id="kk: a range"),
        pytest.param("ru", "{ngos} НПО и {assets}", id="ru: words between"),
        pytest.param("kk", "{ngos} миллионер", id="kk: millionaires"),
        pytest.param("ru", "{ngos} миллионеров", id="ru: millionaires"),
        pytest.param("ru", "{ngos} тысячелетия", id="ru: millennia"),
        pytest.param("ru", "{assets} в тенге", id="ru: a preposition between"),
    ],
)
def test_what_makes_no_other_figure_passes(tag: str, text: str) -> None:
    assert touched(text, tag) == []


def test_an_ending_is_judged_by_the_kind_of_its_figure() -> None:
    assert touched("{ngos}-й, {law}-й, {law}-х, {law_as_of}-х", "ru") == ["figure-suffix"] * 3


# -- The words of the templates --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "name", "text"),
    [
        ("kk", "more_than", "{value}-ға дейін"),
        ("ru", "more_than", "не более {value}"),
        ("ru", "less_than", "более {value}"),
        ("kk", "at_least", "шамамен {value}"),
        ("ru", "about", "{value}"),
        ("en", "less_than", "more than {value}"),
    ],
)
def test_a_word_of_the_templates_that_says_another_thing_is_found(tag: str, name: str, text: str) -> None:
    assert [problem.code for problem in label_problems(name, text, LANGUAGES[tag], HERE)] == ["figure-qualifier"]


@pytest.mark.parametrize(
    ("tag", "name", "text"),
    [
        ("kk", "more_than", "{value}-ден көп"),
        ("kk", "less_than", "{value}-нан аз"),
        ("ru", "at_least", "не менее {value}"),
        ("ru", "about", "порядка {value}"),
        ("en", "more_than", "over {value}"),
        ("ru", "page_of", "Не более {page} из {pages}"),
        ("ru", "about", "О публикации"),
    ],
)
def test_a_word_of_the_templates_that_says_what_it_is_for_passes(tag: str, name: str, text: str) -> None:
    assert list(label_problems(name, text, LANGUAGES[tag], HERE)) == []


def test_a_year_is_never_qualified() -> None:
    year = {"law": replace(NGOS, id="law", kind="year", values=(Decimal(2023),))}
    assert list(problems("Under the {law} Law", year, LANGUAGES["en"], HERE)) == []
