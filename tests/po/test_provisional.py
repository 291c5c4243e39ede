"""Records of languages that kzpub does not have: plural forms as CLDR counts, letters as CLDR writes."""

from __future__ import annotations

from decimal import Decimal
from gettext import c2py

import pytest
from babel.localedata import locale_identifiers

from kzpub.figures import form_of
from kzpub.languages import LANGUAGES
from kzpub.po.provisional import language_of, letters


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_language_with_a_record_is_that_record(tag: str) -> None:
    assert language_of(tag) is LANGUAGES[tag]


def test_the_rule_in_the_header_chooses_as_cldr_does_in_every_language() -> None:
    tags = [identifier.replace("_", "-") for identifier in locale_identifiers() if "_" not in identifier]
    assert len(tags) > 300
    for language in map(language_of, tags):
        chosen = c2py(language.plural_rules[0])
        numbers = (*range(120), 1000, 1_000_000)
        assert [chosen(number) for number in numbers] == [form_of(Decimal(number), language) for number in numbers]
        assert 0 <= form_of(Decimal("1.5"), language) < len(language.plurals)
        assert len(set(language.plurals)) == len(language.plurals)


def test_the_letters_of_a_language() -> None:
    assert set("аәбвгғдеёжзийкқлмнңоөпрстуұүфхцчшыіьэюя") <= set(letters(LANGUAGES["kk"]))
    assert not set("аә") & set(letters(language_of("uz")))
