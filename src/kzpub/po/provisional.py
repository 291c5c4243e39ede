"""A record for a language that kzpub does not have yet, made of what CLDR knows of it: enough for its catalogues."""

from __future__ import annotations

import re
from functools import cache
from gettext import c2py

from kzpub.errors import KzpubError, Problem, near
from kzpub.languages import LANGUAGES, Language

_NUMBERS = range(1000)  # of them no two plural rules that differ are alike
_ORDER = ("zero", "one", "two", "few", "many", "other")


@cache
def language_of(tag: str) -> Language:
    """The record of a language, or a provisional one. Raises ``KzpubError`` for a tag that CLDR does not have."""
    if known := LANGUAGES.get(tag):
        return known
    from babel import Locale
    from babel.localedata import locale_identifiers

    tags = [identifier.replace("_", "-") for identifier in locale_identifiers()]
    if tag not in tags:
        cause = f"unknown language “{tag}”{near(tag, tags)}"
        raise KzpubError(Problem("usage", cause, None, f"write its tag, such as uz{_named(tag)}"))
    locale = Locale.parse(tag, sep="-")
    name = locale.get_display_name() or tag
    categories, rule = _plurals(str(locale))
    return Language(tag, name, str(locale), tag, "d MMMM y", ("“", "”", "‘", "’"), categories, (rule,))


def _named(name: str) -> str:
    """Tags of the languages whose English name is like this one, as the end of a hint."""
    from babel import Locale

    tags = {words.lower(): tag for tag, words in Locale.parse("en").languages.items()}
    found = re.findall(r"[^\s(),:]+", near(name.lower(), tags).partition(":")[2])
    return f"; {', '.join(f'{word} is {tags[word]}' for word in found if word in tags)}" if found else ""


def _plurals(locale: str) -> tuple[tuple[str, ...], str]:
    """CLDR's categories in the order of ``msgstr[…]``, and the rule for a header: Babel's own where CLDR agrees."""
    from babel import Locale
    from babel.messages.catalog import Catalog
    from babel.plural import to_gettext

    form = Locale.parse(locale).plural_form
    catalog = Catalog(locale=locale)
    chosen = c2py(str(catalog.plural_expr))
    pairs = sorted({(chosen(number), str(form(number))) for number in _NUMBERS})
    indices, categories = [index for index, _ in pairs], tuple(category for _, category in pairs)
    if indices == list(range(catalog.num_plurals)) and len(set(categories)) == len(categories):
        return categories, str(catalog.plural_expr)
    rule = to_gettext(form).partition("plural=")[2].removesuffix(";")
    rule = re.sub(r"\be\b", "0", rule)  # the exponent of “1.5 million”, which Babel forgets that a whole number lacks
    return tuple(category for category in _ORDER if category in form.tags | {"other"}), rule


def letters(language: Language) -> list[str]:
    """The letters of CLDR's names of months, languages and countries in a language: nearly all of its alphabet."""
    from babel import Locale

    locale = Locale.parse(language.locale)
    words = [*locale.months["format"]["wide"].values(), *locale.days["format"]["wide"].values()]
    words += [*locale.languages.values(), *locale.territories.values(), *locale.scripts.values()]
    return sorted({letter for word in words for letter in word if letter.isalpha()})
