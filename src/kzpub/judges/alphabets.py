"""Letters that do not belong in a word: of two alphabets, of look-alikes, of another language, or lost ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from kzpub.errors import Place, Problem
from kzpub.judges.signs import ALPHABETS, ENGLISH, LETTERS_LOST, LOOKS_CYRILLIC, LOOKS_LATIN, MEANT, NAMES_OF
from kzpub.languages import Language

WORD = re.compile(r"[^\W\d_]+")
_OF_NO_SCRIPT = frozenset(("MODIFIER", "MICRO", "FEMININE", "MASCULINE"))  # oʻ, µ, ª, º
_ALONE = re.compile(r"(?<![\w.@/'’-])(?<![<>=+&] )[^\W\d_]+(?![\w@/)'’-]|\.\w| [<>=+&])")  # no names in formulas
_LATIN = re.compile("[IVXLCDM]+|IT")
_LATIN_IN_CYRILLIC = re.compile("[ХІ]{2,}|ІТ")
_LETTER_OF_NAME = re.compile(r"(?<![\w-])([аеорсухі])[-\u2011](?=[A-Za-z]{2})", re.IGNORECASE)


@cache
def script(letter: str) -> str:
    """LATIN, CYRILLIC, GREEK and so on."""
    return unicodedata.name(letter, "").partition(" ")[0]


def script_of(tag: str) -> str:
    """The script in which a language is written; empty for a language without an alphabet here."""
    return script(ALPHABETS[tag][0]) if tag in ALPHABETS else ""


@cache
def letters_of(tag: str) -> frozenset[str]:
    """The small letters of a language."""
    return frozenset(ALPHABETS[tag])


@lru_cache(maxsize=20_000)
def _scripts(word: str) -> frozenset[str]:
    """The scripts of the letters of a word; the figure of km² is no letter."""
    return frozenset(script(letter) for letter in word if letter.isalpha()) - _OF_NO_SCRIPT


# -- Two alphabets ---------------------------------------------------------------------------------------------------


def mixed(source: str, translation: str, language: Language, place: Place) -> Iterator[Problem]:
    """Words of two alphabets, and words that only look as if they were of the language's own."""
    known = frozenset(WORD.findall(source)) - {"a", "i"}
    alone = {match.start() for match in _ALONE.finditer(translation)}
    for match in WORD.finditer(translation):
        word = match[0]
        if _LATIN_IN_CYRILLIC.fullmatch(word) or (len(_scripts(word)) > 1 and _LATIN.fullmatch(_in_latin(word))):
            yield _look_alike(word, "Latin", language, place)
        elif len(_scripts(word)) > 1:
            yield _mixed_problem(word, language, place)
        elif match.start() in alone and word not in known and _only_looks_cyrillic(word, language):
            yield _look_alike(word, "Cyrillic", language, place)
    for match in _LETTER_OF_NAME.finditer(translation):
        yield _look_alike(match[1], "Latin", language, place)


def _in_latin(word: str) -> str:
    return "".join(LOOKS_LATIN.get(letter, letter) for letter in word)


def _look_alike(word: str, looks: str, language: Language, place: Place) -> Problem:
    in_cyrillic = "".join(LOOKS_CYRILLIC.get(letter, letter) for letter in word)
    letters, meant = ("Cyrillic", _in_latin(word)) if looks == "Latin" else ("Latin", in_cyrillic)
    cause = f"[{language.tag}] “{word}” looks {looks}, but has {letters} letters"
    return Problem("script-mixed", cause, place, f"write “{meant}” in {looks} letters")


def _only_looks_cyrillic(word: str, language: Language) -> bool:
    """Whether Latin letters make a word that the language could have; Roman numerals and English words do not."""
    if script_of(language.tag) != "CYRILLIC" or _scripts(word) != {"LATIN"}:
        return False
    meant = {LOOKS_CYRILLIC.get(letter, letter).lower() for letter in word}
    return meant <= letters_of(language.tag) and not _LATIN.fullmatch(word) and word.lower() not in ENGLISH


def _mixed_problem(word: str, language: Language, place: Place) -> Problem:
    """The letters of the smaller part are the wrong ones; of two equal parts those that are not Cyrillic."""
    cyrillic = [letter for letter in word if script(letter) == "CYRILLIC"]
    wanted = 2 * len(cyrillic) >= len(word)
    table = LOOKS_CYRILLIC if wanted else LOOKS_LATIN
    wrong = dict.fromkeys(letter for letter in word if (letter in cyrillic) != wanted)
    shown = ", ".join(f"{letter} ({script(letter).capitalize()})" for letter in wrong)
    meant = "".join(table.get(letter, letter) if letter in wrong else letter for letter in word)
    hint = "write the word in one alphabet, a suffix of a Latin name after a hyphen"
    if len(_scripts(meant)) == 1:
        hint = f"write “{meant}”, all in {script(meant[0]).capitalize()} letters"
    return Problem("script-mixed", f"[{language.tag}] “{word}” mixes alphabets: {shown}", place, hint)


# -- Letters of other languages --------------------------------------------------------------------------------------


def foreign(translation: str, without_names: str, language: Language, place: Place) -> Iterator[Problem]:
    """Letters that the language has not; a name in quotation marks may have those of another language of ours."""
    every, own = frozenset().union(*map(letters_of, ALPHABETS)), letters_of(language.tag)
    outside = frozenset(WORD.findall(without_names))
    for word in dict.fromkeys(WORD.findall(translation)):
        yield from _strange(word, own if word in outside else every, language, place)
        if language.tag == "kk" and word in outside and LETTERS_LOST.fullmatch(word):
            cause = f"[kk] “{word}” has lost its Kazakh letters"
            yield Problem("language-letter", cause, place, "write it with қ, ғ, ң, ү, ұ, ө, ә, і where it has them")
        if language.tag == "ru" and "ё" in word.lower():
            hint = f"write “{word.replace('ё', 'е').replace('Ё', 'Е')}”, as official texts of Kazakhstan do"
            yield Problem("letter-yo", f"[ru] “{word}” is written with ё", place, hint)


def _strange(word: str, known: frozenset[str], language: Language, place: Place) -> Iterator[Problem]:
    strange = [c for c in dict.fromkeys(word.lower()) if script(c) == "CYRILLIC" and c not in known]
    if not strange or len(_scripts(word)) > 1:
        return
    meant = "".join(MEANT.get(c, c) for c in word.lower())
    hint = "write it as the language does; put a name in quotation marks, or into terms.yaml"
    if meant != word.lower() and letters_of(language.tag).issuperset(meant):
        hint = f"perhaps “{meant}” is meant"
    cause = f"[{language.tag}] “{word}” has {', '.join(strange)}, which {NAMES_OF[language.tag]} has not"
    yield Problem("language-letter", cause, place, hint)
