"""Where Kazakh words may be divided: the rules of the school as Liang patterns, and the words that they do not fit.

A syllable has one vowel; the last consonant before a vowel begins its syllable, all others stay with the one before
(қыз-мет-тер, құ-мырс-қа, конт-ракт). «у» is a consonant between vowels and where a word begins (жа-уап, уа-қыт), and a
vowel after a consonant (о-қу-шы); a line may end between two vowels (су-ық, қи-ын, про-ект). «ъ» ends its syllable
(объ-ект); «ь» stays with the consonant before it (ком-пью-тер). No line begins or ends with a single letter: the limits
of whoever uses the patterns see to that.

Sources: the school rules as tarbie.kz/20404 and ent-2014.kz/tutorials give them; for loans and for single letters,
the lectures of А. Ажіпбаева (dereksiz.org).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

_VOWELS = "аәеёиоөұүыіэюя"
_CONSONANTS = "бвгғджзйкқлмнңпрстфхһцчшщ"
_BEFORE_VOWEL_U = _CONSONANTS.replace("й", "")  # «й» and the vowel «у» are written «ю»: бей-уақыт is a compound
_ONSETS = "взв взгл взд взр вск всп встр здр мгн скв скл скр спл спр ств стр сфр шкв шпр штр"
_AFTER_A_LAND = "бғдмнсшы"  # Қазақстан-ға, -да, -ның, -сыз; «ц» and «т» do not follow: инс-тан-ция, конс-тан-та

EXCEPTIONS = {
    "қа-зақ-стан": "what -стан is joined to stays whole",
    "өз-бек-стан": "likewise",
    "қыр-ғыз-стан": "likewise",
    "түр-кі-мен-стан": "likewise",
    "тә-жік-стан": "likewise",
    "ау-ған-стан": "likewise",
    "та-тар-стан": "likewise",
    "баш-құрт-стан": "likewise",
}
"""Words that the rules would divide wrongly, each with its reason: the beginning of a word or a part of it, divided."""


def hyphenation_patterns() -> Iterator[str]:
    """Liang patterns: an odd digit allows a break, an even one forbids it, the highest digit wins."""
    yield from _before_the_last_consonant()
    yield from _between_vowels()
    yield from _no_piece_without_a_vowel()
    yield from _lands()
    yield from map(_exception, EXCEPTIONS)


def _before_the_last_consonant() -> Iterator[str]:
    yield from (f"1{consonant}{vowel}" for consonant, vowel in product(_CONSONANTS, _VOWELS))
    yield from (f"1{consonant}ь{vowel}" for consonant, vowel in product(_CONSONANTS, _VOWELS))
    yield from (f"1{consonant}у" for consonant in _BEFORE_VOWEL_U)
    yield "й1у"


def _between_vowels() -> Iterator[str]:
    yield from (f"{first}1{second}" for first, second in product(_VOWELS + "ъ", _VOWELS))
    yield from (f"{before}1у{after}" for before, after in product(_VOWELS.replace("и", ""), _VOWELS + "у"))
    yield "и1у"  # a vowel before a consonant (ра-ди-ус), a consonant before a vowel (ди-уа-на)
    yield from (f"{before}у1{after}" for before, after in product(_BEFORE_VOWEL_U, _VOWELS + "у"))
    yield from (f"уу1{vowel}" for vowel in _VOWELS)


def _no_piece_without_a_vowel() -> Iterator[str]:
    """Consonants that begin a word stay together (ми-нистр, but стра-тегия)."""
    yield from (f".{first}2{second}" for first, second in product(_CONSONANTS, repeat=2))
    yield from (f".{consonant}ъ2" for consonant in _CONSONANTS)
    yield from ("." + "2".join(onset) for onset in _ONSETS.split())


def _lands() -> Iterator[str]:
    """-стан with an ending that a land takes; bare, it could be an ablative (курс-тан), so that lands are named."""
    yield from (f"{before}1с2тан{after}" for before, after in product(_CONSONANTS, _AFTER_A_LAND))


def _exception(divided: str) -> str:
    """A division that no rule overrules; what follows the last vowel is left to the endings."""
    last = max(map(divided.rfind, _VOWELS + "у")) + 1
    return "".join("9" if character == "-" else f"{character}8" for character in divided[:last]).replace("89", "9")[:-1]
