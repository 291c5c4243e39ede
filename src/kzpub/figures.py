"""A figure of the register as each language prints it: CLDR's patterns through Babel, house rules where usage differs.

House rules: money in words of official style (4 млрд АҚШ доллары, 4 млрд долларов США), “және” before the last of a
Kazakh list, and never a rounding: a value is printed with all its digits or, if that loses nothing, in millions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from kzpub.languages import Language
from kzpub.model import Figure

COUNTED = ("count", "money", "percent")
"""The kinds whose value decides the form of the words around it."""

_NO_BREAK = "\u00a0"
_ALL_DIGITS = "#,##0.#"
_SCALED = range(10**6, 10**15)
_SCALED_DIGITS = 2

SCALE_STYLE = {"en": "long", "kk": "long", "ru": "short"}
"""How a count is scaled: 10 million, 10 миллион, 10 млн (an abbreviation needs no ending in Russian)."""

CURRENCIES = {
    "USD": {"en": "$", "kk": "АҚШ доллары"},
    "EUR": {"en": "€", "kk": "еуро"},
    "KZT": {"en": "KZT", "kk": "теңге", "ru": "тенге"},
}
"""The sign or code before an amount in English, the words after it; CLDR declines them for a language without any."""


def printed(figure: Figure[Any], language: Language) -> str:
    """The value of a figure as a text of a language shows it, its spaces unbreakable."""
    return _PRINTERS[figure.kind](figure, language).replace(" ", _NO_BREAK)


_AS_OF = ("_as_of", "_as_of_years", "_as_of_day")
"""What ends the name of the placeholder for the year, the years or the day that a figure holds for: a sentence around
a year does not fit a day, and so has another name in it."""


def figure_of(placeholder: str) -> str:
    """The figure that a placeholder calls, by its value or by the time that it holds for."""
    return next((placeholder.removesuffix(end) for end in _AS_OF if placeholder.endswith(end)), placeholder)


def as_of(figure: Figure[Any], language: Language) -> str:
    """The year, years or day that a figure holds for, as printed; empty where it has none."""
    if figure.as_of.count("-") == 2:
        return day(date.fromisoformat(figure.as_of), language).replace(" ", _NO_BREAK)
    return figure.as_of.replace("-", "–")


def placeholders(figures: Iterable[Figure[Any]], language: Language) -> dict[str, str]:
    """What texts can call, by name: each figure's value, and as ``name_as_of`` the time it holds for."""
    found = {}
    for figure in figures:
        found[figure.id] = printed(figure, language)
        if figure.as_of:
            found[figure.id + _AS_OF[figure.as_of.count("-")]] = as_of(figure, language)
    return found


def category(figure: Figure[Any], language: Language) -> str:
    """CLDR's plural category of a value as it is printed (46.0 as 46), empty for a kind that counts nothing."""
    return _category(figure.value, language) if figure.kind in COUNTED else ""


def _category(value: Decimal, language: Language) -> str:
    from babel import Locale  # not before it is needed: the import is slow

    return str(Locale.parse(language.locale).plural_form(value if value % 1 else int(value)))


def plural_form(figure: Figure[Any], language: Language) -> int:
    """Which ``msgstr[…]`` the value of a figure asks for."""
    return form_of(figure.value, language)


def form_of(value: Decimal, language: Language) -> int:
    """Which ``msgstr[…]`` a number asks for; what a language has no form of its own for is “few”, or “other”.

    It has none for fractions in Russian, nor for whole millions in Spanish.
    """
    wanted = (_category(value, language), "few", "other")
    return next(language.plurals.index(form) for form in wanted if form in language.plurals)


def number(value: Decimal, language: Language) -> str:
    """A number with all its digits, grouped as the language does."""
    from babel.numbers import format_decimal

    return format_decimal(value, _ALL_DIGITS, locale=language.locale, decimal_quantization=False)


def percent(value: Decimal, language: Language) -> str:
    """A number and the sign; CLDR's pattern says whether a space stands between."""
    from babel import Locale
    from babel.numbers import format_percent

    pattern = Locale.parse(language.locale).percent_formats[None].pattern.replace("#,##0", _ALL_DIGITS)
    return format_percent(value / 100, pattern, locale=language.locale, decimal_quantization=False)


def day(value: date, language: Language) -> str:
    """A full date in the language's official style."""
    from babel.dates import format_date

    return format_date(value, language.date_pattern, locale=language.locale)


def listed(items: Iterable[str], language: Language) -> str:
    """“A, B and C”; CLDR has no conjunction before the last of three in Kazakh, where usage has one."""
    from babel.lists import format_list

    given = list(items)
    if language.tag == "kk" and len(given) > 2:
        return f"{', '.join(given[:-1])} және {given[-1]}"
    return format_list(given, locale=language.locale)


# -- By kind ---------------------------------------------------------------------------------------------------------


def _count(figure: Figure[Any], language: Language) -> str:
    return _scaled(figure.value, language, SCALE_STYLE[language.tag])


def _scaled(value: Decimal, language: Language, style: str) -> str:
    """A number in millions or more where that needs two decimals at most, else with all its digits."""
    from babel.numbers import format_compact_decimal

    scale = Decimal(1000) ** (value.adjusted() // 3)
    if not _SCALED.start <= abs(value) < _SCALED.stop or round(value / scale, _SCALED_DIGITS) * scale != value:
        return number(value, language)
    style_of_cldr: Any = style
    return format_compact_decimal(
        value, format_type=style_of_cldr, locale=language.locale, fraction_digits=_SCALED_DIGITS
    )


def _money(figure: Figure[Any], language: Language) -> str:
    from babel.numbers import get_currency_name

    words = CURRENCIES[figure.currency].get(language.tag)
    if language.tag != "en":
        amount = _scaled(figure.value, language, "short")
        return f"{amount} {words or get_currency_name(figure.currency, figure.value, locale=language.locale)}"
    amount = _scaled(figure.value, language, "long")
    return f"{words}{' ' if str(words).isalpha() else ''}{amount}"


def _place_in_order(figure: Figure[Any], language: Language) -> str:
    """24th; Kazakh and Russian add an ending or a word that the translator writes (24-орын, 24-е)."""
    from babel import Locale

    if language.tag != "en":
        return str(figure.value)
    ending = {"one": "st", "two": "nd", "few": "rd"}
    return f"{figure.value}{ending.get(Locale.parse('en').ordinal_form(figure.value), 'th')}"


_PRINTERS: dict[str, Callable[[Figure[Any], Language], str]] = {
    "count": _count,
    "percent": lambda figure, language: percent(figure.value, language),
    "money": _money,
    "rank": _place_in_order,
    "ordinal": _place_in_order,
    "year": lambda figure, _: str(figure.value),
    "years": lambda figure, _: "–".join(map(str, figure.values)),
    "ratio": lambda figure, language: ":".join(number(part, language) for part in figure.values),
    "date": lambda figure, language: day(date(*map(int, figure.values)), language),
}
