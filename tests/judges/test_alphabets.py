"""Letters that do not belong in a word: found, and named with what to write."""

from __future__ import annotations

import pytest

from kzpub.errors import Place, Problem
from kzpub.judges.alphabets import foreign, mixed
from kzpub.languages import LANGUAGES

PLACE = Place("x.po", 7)


def found(tag: str, source: str, translation: str, without_names: str | None = None) -> list[Problem]:
    language, rest = LANGUAGES[tag], translation if without_names is None else without_names
    return [*mixed(source, translation, language, PLACE), *foreign(translation, rest, language, PLACE)]


@pytest.mark.parametrize(
    ("tag", "translation", "code", "meant"),
    [
        pytest.param("kk", "ХХІ ғасырда", "script-mixed", "write “XXI” in Latin", id="a century"),
        pytest.param("kk", "ІІ дүниежүзілік соғыс", "script-mixed", "write “II” in Latin", id="a Roman two"),
        pytest.param("kk", "ХХІV сессиясы", "script-mixed", "write “XXIV” in Latin", id="a number of both alphabets"),
        pytest.param("ru", "ХХ век", "script-mixed", "write “XX” in Latin", id="a Russian century"),
        pytest.param("kk", "ІТ саласы", "script-mixed", "write “IT” in Latin", id="an abbreviation of English"),
        pytest.param("ru", "портал е-Otinish", "script-mixed", "write “e” in Latin", id="the letter of a brand"),
        pytest.param("ru", "О зaконе", "script-mixed", "write “законе”", id="Latin a"),
        pytest.param("ru", "Комитет OOH", "script-mixed", "write “ООН” in Cyrillic", id="an abbreviation"),
        pytest.param("kk", "eGovты", "script-mixed", "after a hyphen", id="a suffix"),
        pytest.param("kk", "құқыҡтары", "language-letter", "perhaps “құқықтары”", id="a Bashkir letter"),
        pytest.param("ru", "План Қазақстан", "language-letter", "in quotation marks", id="a Kazakh name"),
        pytest.param("kk", "жане кукык", "language-letter", "write it with қ", id="a Russian keyboard"),
        pytest.param("ru", "Учёт", "letter-yo", "write “Учет”", id="yo"),
    ],
)
def test_a_letter_is_found_and_the_right_one_named(tag: str, translation: str, code: str, meant: str) -> None:
    problems = found(tag, "Something", translation)
    assert {problem.code for problem in problems} == {code}
    assert meant in problems[0].hint


@pytest.mark.parametrize(
    ("tag", "source", "translation", "without_names"),
    [
        pytest.param("kk", "x", "600 м², 10 м³, CO₂, 5 мкм", None, id="units and formulas"),
        pytest.param("kk", "x", "XXI ғасыр, II бөлім, IT саласы", None, id="Roman numerals in Latin letters"),
        pytest.param("kk", "x", "Х. Досмұхамедов, І. Есенберлин", None, id="initials"),
        pytest.param("kk", "x", "e-Өтініш, eGov-тың", None, id="brands"),
        pytest.param("ru", "Vitamin C", "Витамин C", None, id="a letter of the source"),
        pytest.param("ru", "x", "Партия «Ақ жол»", "Партия «»", id="a Kazakh name in quotation marks"),
        pytest.param("kk", "x", "казактардан", "", id="what only a quoted name has"),
        pytest.param("kk", "x", "Казахстанская правда, казачество", None, id="words of the same letters"),
    ],
)
def test_letters_in_order_pass(tag: str, source: str, translation: str, without_names: str | None) -> None:
    assert found(tag, source, translation, without_names) == []
