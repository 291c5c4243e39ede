"""What Kazakh needs beyond a record in ``languages``: hyphenation.

School rules: every syllable has one vowel; a break goes before the last consonant that precedes a vowel
(қыз-мет-тер, ақ-па-рат); «у» is a consonant between vowels (жа-уап) and a vowel after a consonant (оқу-шы); no letter
is left alone. Breaks between two vowels are not made: they are rare in native words and disputed in loans.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

_VOWELS = "аәеёиоөұүыіэюя"
_CONSONANTS = "бвгғдйжзкқлмнңпрстфхһцчшщ"
_LOAN_ONSETS = ("стр", "спр", "скр", "спл", "скл", "здр", "взр", "мгн", "штр", "шпр", "скв", "ств", "сфр")
_EXCEPTIONS = ("қ1с2тан", "к1с2тан", "з1с2тан", "н1с2тан")  # Қазақ-стан, Өзбек-стан, Қырғыз-стан


def hyphenation_patterns() -> Iterator[str]:
    """Liang patterns in the notation of Pyphen's dictionaries: odd digits allow a break, higher digits win."""
    for consonant, vowel in product(_CONSONANTS, _VOWELS + "у"):
        yield f"1{consonant}{vowel}"
    for before, after in product(_VOWELS, _VOWELS):
        yield f"{before}1у{after}"
    for first, second in product(_CONSONANTS, repeat=2):  # no syllable without a vowel at the beginning of a word
        yield f".{first}2{second}"
    for onset in _LOAN_ONSETS:
        yield f".{onset[0]}2{onset[1]}2{onset[2]}"
    yield from _EXCEPTIONS
