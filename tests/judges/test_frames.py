"""The time around a placeholder: another unit and another frame are found, the same in other words pass."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kzpub.errors import Place, Problem
from kzpub.judges.frames import problems
from kzpub.languages import LANGUAGES
from kzpub.model import Figure, Message

HERE = Place("a.po", 1)
TERM = Figure("n", "count", (Decimal(7),), Message("Years", "figures/n", HERE), "1", HERE)
REGISTER = {
    "n": TERM,
    "m": replace(TERM, id="m"),
    "y": replace(TERM, id="y", kind="year", values=(Decimal(2019),)),
    "z": replace(TERM, id="z", kind="year", values=(Decimal(2025),)),
}


def found(source: str, text: str, tag: str) -> list[str]:
    return [problem.cause for problem in problems(source, text, REGISTER, LANGUAGES[tag], HERE)]


@pytest.mark.parametrize(
    ("source", "tag", "text"),
    [
        pytest.param("one term of {n} years", "ru", "срок продолжительностью {n} месяцев", id="ru: months for years"),
        pytest.param("one term of {n} years", "kk", "{n} айлық мерзім", id="kk: months for years"),
        pytest.param("a **{n}-year** term", "ru", "**{n}-дневный** срок", id="ru: an adjective of days"),
        pytest.param("within {n} days", "ru", "в течение {n} часов", id="ru: hours for days"),
        pytest.param("within {n} days", "kk", "{n} апта ішінде", id="kk: weeks for days"),
        pytest.param("over {n} decades", "ru", "за {n} лет", id="ru: years for decades"),
        pytest.param("From {y} onwards", "ru", "До {y} года", id="ru: until for from"),
        pytest.param("Since {y}", "ru", "к {y} году", id="ru: by for since"),
        pytest.param("Since {y}", "kk", "{y} жылға қарай", id="kk: by for since"),
        pytest.param("Since {y}", "ru", "после {y} года", id="ru: after for since"),
        pytest.param("From {y} onwards", "kk", "{y} жылға дейін", id="kk: until for from"),
        pytest.param("Since {y}", "kk", "{y} жылдан кейін", id="kk: after for since"),
        pytest.param("The Concept to {y}", "ru", "Концепция с {y} года", id="ru: from for to"),
        pytest.param("The Concept to {y}", "kk", "{y} жылдан бергі, {y} жылдан бастап", id="kk: from for to"),
        pytest.param("from {y} to {z}", "ru", "с {z} до {y} года", id="ru: ends that changed places"),
        pytest.param("a member in {y}", "ru", "член после {y} годов", id="ru: after for in"),
        pytest.param("ratified in {y}", "kk", "{y} жылға дейін", id="kk: until for in"),
        pytest.param("until {date}", "kk", "{date}-нан бастап", id="kk: a date"),
        pytest.param("after {n_as_of}", "ru", "до {n_as_of} года", id="ru: the year of a figure"),
    ],
)
def test_another_time_is_found(source: str, tag: str, text: str) -> None:
    assert found(source, text, tag)


@pytest.mark.parametrize(
    ("source", "tag", "text"),
    [
        pytest.param("one term of {n} years", "ru", "срок продолжительностью {n} лет каждый", id="ru: years"),
        pytest.param("stood at {n} in {y}", "ru", "снизился до {n} к {y} году", id="ru: by for in"),
        pytest.param("stood at {n} in {y}", "kk", "{y} жылға қарай {n}-ге түсті", id="kk: by for in"),
        pytest.param("by {y}", "ru", "до {y} года", id="ru: until for by"),
        pytest.param("one term of {n} years", "kk", "{n} жылдық {m} мерзім", id="kk: years"),
        pytest.param("a {n}-year term", "ru", "{n}-летний срок", id="ru: an adjective"),
        pytest.param("{n} years of work", "ru", "{n} частных школ", id="ru: private is no hour"),
        pytest.param("{n} years of fines", "kk", "{n} айыппұл", id="kk: a fine is no month"),
        pytest.param("for {n} years", "kk", "{n} жылқы", id="kk: a horse is no year"),
        pytest.param("{n} days", "ru", "{n} рабочих дней", id="ru: a word between"),
        pytest.param("{n} days", "kk", "{n} тәулік", id="kk: day and night"),
        pytest.param("From {y} onwards", "ru", "Начиная с {y} года", id="ru: from"),
        pytest.param("From {y} onwards", "kk", "{y} жылдан бастап", id="kk: from"),
        pytest.param("Since **{y}**", "kk", "**{y}** жылдан бері", id="kk: since"),
        pytest.param("before {y}", "ru", "до {y} года", id="ru: before"),
        pytest.param("by {y}", "ru", "к {y} году", id="ru: by"),
        pytest.param("by {y}", "kk", "{y} жылға қарай", id="kk: by"),
        pytest.param("to {y}", "kk", "{y} жылға дейінгі тұжырымдама", id="kk: an attribute"),
        pytest.param("from {y} to {z}", "ru", "с {y} по {z} год", id="ru: a range"),
        pytest.param("from {y} to {z}", "kk", "{y} жылдан {z} жылға дейін", id="kk: a range"),
        pytest.param("a fall compared to {y}", "ru", "сокращение по сравнению с {y} годом", id="ru: compared"),
        pytest.param("compared with {y}", "kk", "{y} жылмен салыстырғанда", id="kk: compared"),
        pytest.param("in {y}, given to {n} people", "ru", "в {y} году вместе с {n} лицами", id="ru: no time"),
        pytest.param("introduced in {y}", "ru", "действует с {y} года", id="ru: since for in"),
        pytest.param("in {y}", "kk", "{y} жылы", id="kk: in"),
        pytest.param("In {y}", "ru", "После выборов {y} года", id="ru: a noun between"),
        pytest.param("until {date}", "kk", "{date}-ға дейін", id="kk: a date"),
    ],
)
def test_the_same_time_in_other_words_passes(source: str, tag: str, text: str) -> None:
    assert found(source, text, tag) == []


def test_a_finding_names_the_figure_and_both_times() -> None:
    (problem,) = problems("Since {y}", "до {y} года", REGISTER, LANGUAGES["ru"], HERE)
    assert problem == Problem(
        "figure-frame", "{y} is “in or from” in the source and “until” here", HERE, "say the same time as the source"
    )
