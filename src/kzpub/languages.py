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
        plural_rules: the same as gettext's expressions, in all spellings that tools write, without spaces and outer
            brackets; the header of a catalogue must have one of them.
        counts_change_nothing: whether all plural forms read the same, a counted noun being singular and bare.

    """

    tag: str
    name: str
    locale: str
    region_tag: str
    date_pattern: str
    quotes: tuple[str, str, str, str]
    plurals: tuple[str, ...]
    plural_rules: tuple[str, ...]
    counts_change_nothing: bool = False


_TWO_FORMS = ("one", "other"), ("n!=1", "n==1?0:1")
_RUSSIAN_FORMS = (
    ("one", "few", "many"),
    (
        "n%10==1&&n%100!=11?0:n%10>=2&&n%10<=4&&(n%100<10||n%100>=20)?1:2",  # gettext, Babel, Weblate
        "n%10==1&&n%100!=11?0:n%10>=2&&n%10<=4&&(n%100<12||n%100>14)?1:2",  # with the bounds of CLDR
        "(n%10==1&&n%100!=11)?0:((n%10>=2&&n%10<=4&&(n%100<12||n%100>14))?1:2)",  # with all brackets
        "(n%10==1&&n%100!=11)?0:((n%10>=2&&n%10<=4&&(n%100<10||n%100>=20))?1:2)",
        "n%10==1&&n%100!=11?0:(n%10>=2&&n%10<=4&&(n%100<10||n%100>=20)?1:2)",
        "n%10==1&&n%100!=11?0:(n%10>=2&&n%10<=4&&(n%100<12||n%100>14)?1:2)",
    ),
)

LANGUAGES = {
    language.tag: language
    for language in (
        Language("en", "English", "en_GB", "en-GB", "d MMMM y", ("“", "”", "‘", "’"), *_TWO_FORMS),
        Language("kk", "Қазақша", "kk", "kk-KZ", "y 'жылғы' d MMMM", ("«", "»", "“", "”"), *_TWO_FORMS, True),
        Language("ru", "Русский", "ru", "ru-RU", "d MMMM y 'года'", ("«", "»", "„", "“"), *_RUSSIAN_FORMS),
    )
}

SOURCE = LANGUAGES["en"]
"""The language that content is written in."""
