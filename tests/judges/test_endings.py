"""What follows a placeholder after a hyphen: endings that fit what the figure is, and those that do not."""

from __future__ import annotations

import pytest

from kzpub.errors import Place
from kzpub.judges.endings import ending_problems
from kzpub.languages import LANGUAGES

HERE = Place("a.po", 1)


def found(tag: str, kind: str, after: str) -> list[str]:
    return [problem.code for problem in ending_problems("{n}", after, kind, LANGUAGES[tag], HERE)]


@pytest.mark.parametrize(
    ("tag", "kind", "after"),
    [
        pytest.param("ru", "count", "-й центр", id="ru: a count as an ordinal"),
        pytest.param("ru", "count", "**-я школа", id="ru: after marks"),
        pytest.param("ru", "money", "-го", id="ru: money as an ordinal"),
        pytest.param("ru", "percent", "-х", id="ru: a percentage as an ordinal"),
        pytest.param("ru", "count", "-ти центров", id="ru: an ending that is not written"),
        pytest.param("ru", "ordinal", "-ти сессий", id="ru: an ordinal as a number"),
        pytest.param("ru", "year", "-х годах", id="ru: a decade"),
        pytest.param("ru", "", "-е годы", id="ru: a decade of what has no figure"),
        pytest.param("en", "count", "-th centre", id="en: a count as an ordinal"),
        pytest.param("kk", "count", "-шы орталық", id="kk: a count as an ordinal"),
        pytest.param("kk", "percent", "-інші", id="kk: a percentage as an ordinal"),
        pytest.param("kk", "count", "-орталық", id="kk: a noun makes an ordinal"),
        pytest.param("kk", "count", "-ти астам", id="kk: no ending at all"),
        pytest.param("kk", "ordinal", "-ти сессия", id="kk: none of an ordinal"),
        pytest.param("kk", "year", "-жылдары", id="kk: a decade"),
        pytest.param("kk", "count", "-ке астам", id="kk: a dative for an ablative"),
        pytest.param("kk", "percent", "**-ына астам", id="kk: a possessive dative"),
        pytest.param("kk", "count", "-тен дейін", id="kk: an ablative for a dative"),
        pytest.param("kk", "count", "-нан жуық", id="kk: an ablative for “about”"),
        pytest.param("kk", "count", "-нaн", id="kk: a Latin letter"),
        pytest.param("kk", "ordinal", "-лар", id="kk: a plural"),
    ],
)
def test_an_ending_that_does_not_fit_is_found(tag: str, kind: str, after: str) -> None:
    assert found(tag, kind, after) == ["figure-suffix"]


@pytest.mark.parametrize(
    ("tag", "kind", "after"),
    [
        pytest.param("ru", "count", "-летний срок", id="ru: an adjective"),
        pytest.param("ru", "percent", "-ный рост", id="ru: an adjective of a percentage"),
        pytest.param("ru", "ordinal", "-й доклад", id="ru: an ordinal"),
        pytest.param("ru", "rank", "-е место", id="ru: a rank"),
        pytest.param("ru", "year", "-го", id="ru: a year"),
        pytest.param("ru", "count", " й", id="ru: no ending"),
        pytest.param("ru", "count", "–{m}", id="ru: a range"),
        pytest.param("en", "count", "-year term", id="en: a compound"),
        pytest.param("kk", "count", "-нан астам", id="kk: more than"),
        pytest.param("kk", "percent", "**-ынан** астамында", id="kk: a possessive ablative"),
        pytest.param("kk", "count", "-ке дейін", id="kk: up to"),
        pytest.param("kk", "count", "-ға жуық", id="kk: about"),
        pytest.param("kk", "count", "-дан кейін", id="kk: after"),
        pytest.param("kk", "ordinal", "-сессияға дейін", id="kk: a noun after an ordinal"),
        pytest.param("kk", "ordinal", "-бап", id="kk: a short noun"),
        pytest.param("kk", "rank", "-орында", id="kk: a rank"),
        pytest.param("kk", "ordinal", "-ші", id="kk: an ordinal"),
        pytest.param("kk", "year", "-ке дейін", id="kk: a year"),
        pytest.param("kk", "money", "-нан астам", id="kk: money"),
        pytest.param("kk", "percent", "-дық үлес", id="kk: an adjective"),
    ],
)
def test_an_ending_that_fits_passes(tag: str, kind: str, after: str) -> None:
    assert found(tag, kind, after) == []
