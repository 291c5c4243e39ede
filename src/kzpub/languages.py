"""One record for each language that kzpub can publish in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """What the stages need to know about a language.

    Attributes:
        tag: BCP 47 tag, as in ``--lang``, in output names and in ``lang`` attributes.
        name: what the language calls itself.
        locale: Babel's identifier, for dates.
        region_tag: tag with region, as Word wants it in ``w:lang``.
        date_pattern: long date of official style as a CLDR pattern; Kazakh and Russian differ from CLDR's own long form
            (Kazakh laws write “2024 жылғы 5 шілде”).
        quotes: opening and closing marks, outer then inner.
        plurals: the plural categories of CLDR in the order of gettext's ``msgstr[0]``, ``msgstr[1]``, …
        counts_change_nothing: whether all plural forms read the same, a counted noun being singular and bare.

    """

    tag: str
    name: str
    locale: str
    region_tag: str
    date_pattern: str
    quotes: tuple[str, str, str, str]
    plurals: tuple[str, ...]
    counts_change_nothing: bool = False


LANGUAGES = {
    language.tag: language
    for language in (
        Language("en", "English", "en_GB", "en-GB", "d MMMM y", ("“", "”", "‘", "’"), ("one", "other")),
        Language("kk", "Қазақша", "kk", "kk-KZ", "y 'жылғы' d MMMM", ("«", "»", "“", "”"), ("one", "other"), True),
        Language("ru", "Русский", "ru", "ru-RU", "d MMMM y 'года'", ("«", "»", "„", "“"), ("one", "few", "many")),
    )
}

SOURCE = LANGUAGES["en"]
"""The language that content is written in."""
