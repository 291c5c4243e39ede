"""In which language and in which letters a translation is written, judged against its source.

Rules for Kazakh and Russian; a translation into another language is not judged. All findings are errors but
``letter-yo``, which is a warning:

- ``script-mixed``: a word of letters of two alphabets, or of Latin letters that look Cyrillic;
- ``language-letter``: a Cyrillic letter that the language does not have;
- ``letter-yo``: ё in Russian, for which official texts of Kazakhstan write е;
- ``language-other``: a sentence in the other of the two languages;
- ``language-left``: English that was not translated;
- ``translation-same``: the source itself instead of a translation;
- ``translation-partly``: sentences missing;
- ``kazakh-latin``, ``russian-latin``: the language in Latin letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from functools import cache

from kzpub.errors import Place, Problem
from kzpub.languages import Language

_CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
ALPHABETS = {"kk": _CYRILLIC + "әғқңөұүһі", "ru": _CYRILLIC}

_LOOKS_LATIN = dict(zip("аеорсухіһәөАВЕКМНОРСТУХІҺӘ", "aeopcyxihəɵABEKMHOPCTYXIhƏ", strict=True))
_LOOKS_CYRILLIC = dict(zip("aeopcyxihəɵABEKMHOPCTYXIƏ", "аеорсухіһәөАВЕКМНОРСТУХІӘ", strict=True)) | dict(
    zip("αενορτυχικΑΒΕΗΙΚΜΝΟΡΤΥΧ", "аевортухікАВЕНІКМНОРТУХ", strict=True)
)
_MEANT = dict(zip("ґєїўѳҡӊҥҫҙҳӣӯ", "геіуөқңңсзхиу", strict=True))
"""Letters of other languages, and what stands for them on a Kazakh or Russian keyboard."""

_KAZAKH_WORDS = """
    және мен бен пен үшін туралы бойынша да де та те бұл осы сол ол олар арқылы дейін кейін болып болады бар деп емес
    ғана жалпы жылы жылғы
"""
_RUSSIAN_WORDS = """
    и в во на что для по с со из к о об при за или как это этого этой его ее их который которая которое которые которых
    также но до под над между через после перед чтобы был была было были быть будет год году лет только уже если без
    более ни она они другой другие других другим теперь вновь могут может прав права человека защита защиты женщин детей
    граждан лиц лица доля закон
"""  # without не, от, он, which are Kazakh too
_ENGLISH_WORDS = "the and of for with from are was were have has been this that which their"

SIGNS = {
    "kk": (
        frozenset(_KAZAKH_WORDS.split()),
        re.compile(
            r"[әғқңөұүһі]|[аыоу](?:лар|дар|тар)(?:ы|ын|ды|ына|дан|да|дың|мен)?$|(?:лер|дер|тер)$|(?:нда|ады|атын|дағы"
            r"|тағы|ынан|ылды|анды|ылу|алу|ылады|анған|ылған|сы|уы|дан|тан)$"
        ),
    ),
    "ru": (
        frozenset(_RUSSIAN_WORDS.split()),
        re.compile(
            r"щ|(?:ого|его|ому|ему|ных|ский|ская|ское|ские|ской|ный|ная|ное|ные|ной|ную|ным|ними|ыми|ение|ения|ению"
            r"|ений|ении|ание|ании|ости|ость|остью|ться|тся|ции|цией|иями|ются|ует|уют|яет|яют|ают|вать|енный|анный"
            r"|ован|овано|овали)$"
        ),
    ),
}
"""What tells a language: words that no sentence does without or our subject has, and letters or endings of words."""

NAMES_OF = {"kk": "Kazakh", "ru": "Russian"}
_ENGLISH = frozenset(_ENGLISH_WORDS.split())

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"(?<![^\W\d_])[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+(?![^\W\d_])")
_RUN = re.compile(rf"{_LATIN.pattern}(?:[ \u00a0&'’,-]+{_LATIN.pattern})*")
_ORDINARY = re.compile(r"\w[a-z\u00df-\u024f]*")
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b(?:/\S*)?", re.ASCII)
_QUOTED = re.compile(r"«([^«»]*)»|“([^“”]*)”|„([^„“”]*)[“”]|\"([^\"]*)\"")
_NAME_LENGTH = 6  # words: more between quotation marks are a text, not a name
_SENTENCE_END = re.compile(r"(?<=[.!?…])[»”\")\]]*\s+(?=[^\w\s]*[^\W_a-zа-яёәғқңөұүһі])")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_ALONE = re.compile(r"(?<![\w.@/'’-])(?<![<>=+&] )[^\W\d_]+(?![\w@/)'’-]|\.\w| [<>=+&])")  # no names in formulas
_ROMAN = re.compile(r"[IVXLCDM]+")
_KAZAKH_LATIN = re.compile("[äğñöşūüıáǵńóúý]", re.IGNORECASE)


def problems(
    source: str, translation: str, language: Language, place: Place, allowed: Collection[str] = ()
) -> Iterator[Problem]:
    """What is wrong with the language of a translation; ``allowed`` are names that it may hold in any letters."""
    if language.tag not in ALPHABETS or not translation.strip():
        return
    source, translation = _cleaned(source, allowed), _cleaned(translation, allowed)
    if source.strip().casefold() == translation.strip().casefold() and any(map(_is_english, _LATIN.findall(source))):
        cause = f"[{language.tag}] “{source.strip()[:60]}” stands there in English"
        yield Problem("translation-same", cause, place, "translate it; quote a name that stays in English")
        return
    yield from _mixed(source, translation, language, place)
    yield from _other_language(translation, language, place)
    latin = list(_in_latin(source, translation, language, place))
    yield from latin or _english_left(source, translation, language, place)
    yield from _partly(source, translation, language, place)


def in_other_letters(names: Iterable[str], language: Language) -> tuple[str, ...]:
    """Those names that are not wholly in the letters of a language: only they need to be allowed."""
    alphabet = ALPHABETS.get(language.tag, "")
    return tuple(name for name in names if any(c.isalpha() and c not in alphabet for c in name.lower()))


def _cleaned(text: str, allowed: Collection[str]) -> str:
    """What is to be judged: without addresses, invisible characters and allowed names."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    for name in sorted(allowed, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "\ufffc", text)
    return _ADDRESS.sub("\ufffc", text)


def _without_names(text: str) -> str:
    """A text without what is quoted in it, unless it is all quoted or too long for a name."""

    def left(match: re.Match[str]) -> str:
        inside = next(group for group in match.groups() if group is not None)
        return "\ufffc" if len(_WORD.findall(inside)) <= _NAME_LENGTH else f" {inside} "

    rest = _QUOTED.sub(left, _QUOTED.sub(left, text))
    return rest if _WORD.search(rest) else text


def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(text))


def _sentences(text: str) -> list[str]:
    return [part for part in _SENTENCE_END.split(text) if _WORD.search(part)]


# -- Letters ---------------------------------------------------------------------------------------------------------


@cache
def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def _mixed(source: str, translation: str, language: Language, place: Place) -> Iterator[Problem]:
    """Words of two alphabets, words that only look Cyrillic, and letters of neither alphabet."""
    known = frozenset(_WORD.findall(source)) - {"a", "i"}
    alone = {match.start() for match in _ALONE.finditer(translation)}
    for match in _WORD.finditer(translation):
        word = match[0]
        if len({_script(letter) for letter in word}) > 1:
            yield _mixed_problem(word, language, place)
        elif match.start() in alone and _only_looks_cyrillic(word, language) and word not in known:
            meant = "".join(_LOOKS_CYRILLIC[letter] for letter in word)
            cause = f"[{language.tag}] “{word}” looks Cyrillic, but its letters are Latin"
            yield Problem("script-mixed", cause, place, f"write “{meant}” in Cyrillic letters")


def _only_looks_cyrillic(word: str, language: Language) -> bool:
    """Whether Latin letters make a word that the language could have; Roman numerals and English words do not."""
    meant = {_LOOKS_CYRILLIC.get(letter, letter).lower() for letter in word}
    latin = all(_script(letter) == "LATIN" for letter in word)
    readable = latin and meant <= set(ALPHABETS[language.tag])
    return readable and not _ROMAN.fullmatch(word) and word.lower() not in _ENGLISH


def _mixed_problem(word: str, language: Language, place: Place) -> Problem:
    """The letters of the smaller part are the wrong ones; of two equal parts those that are not Cyrillic."""
    cyrillic = [letter for letter in word if _script(letter) == "CYRILLIC"]
    wanted = 2 * len(cyrillic) >= len(word)
    table = _LOOKS_CYRILLIC if wanted else _LOOKS_LATIN
    wrong = dict.fromkeys(letter for letter in word if (letter in cyrillic) != wanted)
    shown = ", ".join(f"{letter} ({_script(letter).capitalize()})" for letter in wrong)
    meant = "".join(table.get(letter, letter) if letter in wrong else letter for letter in word)
    cause = f"[{language.tag}] “{word}” mixes alphabets: {shown}"
    if len({_script(letter) for letter in meant}) == 1:
        return Problem(
            "script-mixed", cause, place, f"write “{meant}”, all in {_script(meant[0]).capitalize()} letters"
        )
    return Problem(
        "script-mixed", cause, place, "write the word in one alphabet, a suffix of a Latin name after a hyphen"
    )


def _letters(translation: str, language: Language, place: Place) -> Iterator[Problem]:
    alphabet = ALPHABETS[language.tag]
    for word in dict.fromkeys(_WORD.findall(translation)):
        strange = [c for c in dict.fromkeys(word.lower()) if _script(c) == "CYRILLIC" and c not in alphabet]
        if strange:
            cause = f"[{language.tag}] “{word}” has {', '.join(strange)}, which {NAMES_OF[language.tag]} has not"
            meant = "".join(_MEANT.get(c, c) for c in word.lower())
            hint = f"perhaps “{meant}” is meant" if set(meant) <= set(alphabet) else "write it as the language does"
            yield Problem("language-letter", cause, place, hint)
        if language.tag == "ru" and "ё" in word.lower():
            hint = f"write “{word.replace('ё', 'е').replace('Ё', 'Е')}”, as official texts of Kazakhstan do"
            yield Problem("letter-yo", f"[ru] “{word}” is written with ё", place, hint)


# -- Languages -------------------------------------------------------------------------------------------------------


def _other_language(translation: str, language: Language, place: Place) -> Iterator[Problem]:
    """Sentences in the other language; where there are none, its letters."""
    other = "ru" if language.tag == "kk" else "kk"
    clauses = (part for sentence in _sentences(_without_names(translation)) for part in re.split("[;:()]", sentence))
    found = [clause for clause in clauses if _is_in(other, language.tag, clause)]
    for clause in found:
        cause = f"[{language.tag}] “{clause.strip()[:60]}” is written in {NAMES_OF[other]}"
        yield Problem("language-other", cause, place, f"translate it into {NAMES_OF[language.tag]}")
    if not found:
        yield from _letters(translation, language, place)


def _is_in(other: str, own: str, clause: str) -> bool:
    """Whether signs of the other language outweigh; short or doubtful texts are in none."""
    words = [word for word in _WORD.findall(clause) if _script(word[0]) == "CYRILLIC"]
    theirs = sum(_tells(other, word) for word in words)
    ours = sum(_tells(own, word) for word in words)
    if not ours:
        needed = 1 if other == "ru" else len(words) // 2 + 1  # a Kazakh name may stand in a Russian title
        return len(words) > 1 and theirs >= needed
    return theirs > max(ours, 1)


def _tells(tag: str, word: str) -> bool:
    """Whether a word is a sign of a language; the endings of capitalised words may be those of a name."""
    words, pattern = SIGNS[tag]
    if word.lower() in words:
        return True
    if tag == "ru" and (set(word.lower()) - set(_CYRILLIC) or len(word) < 5 or (word.istitle() and "ск" in word[-4:])):
        return False
    return bool(pattern.search(word.lower()))


def _is_english(word: str) -> bool:
    """A lower-case or capitalised word; brands in mixed case and abbreviations are none."""
    return bool(_ORDINARY.fullmatch(word)) and len(word) > 2 and sum(map(str.islower, word)) > 1


def _english_left(source: str, translation: str, language: Language, place: Place) -> Iterator[Problem]:
    known = _words(source)
    for run in _RUN.finditer(_without_names(translation)):
        ordinary = (word for word in _LATIN.findall(run[0]) if _ORDINARY.fullmatch(word))
        words = [word for word in ordinary if _is_word(word) and word.casefold() in known]
        alone = any(len(word) > 2 and word.islower() for word in words)
        if len(words) > 1 or alone or _ENGLISH & set(run[0].split()):
            cause = f"[{language.tag}] “{run[0][:60]}” is left in English"
            yield Problem("language-left", cause, place, "translate it, or put a name in quotation marks")


def _in_latin(source: str, translation: str, language: Language, place: Place) -> Iterator[Problem]:
    """Sentences mainly of Latin words that are not the source's, and words of the Kazakh Latin alphabets."""
    known = _words(source)
    for sentence in _sentences(_without_names(translation)):
        words = _WORD.findall(sentence)
        strange = [w for w in _LATIN.findall(sentence) if _ORDINARY.fullmatch(w) and w.casefold() not in known]
        own = [word for word in strange if _KAZAKH_LATIN.search(word)]
        if 2 * sum(map(_is_word, strange)) > len(words) or own:
            cause = f"[{language.tag}] “{' '.join(own or strange)[:60]}” is written in Latin letters"
            code = f"{NAMES_OF[language.tag].lower()}-latin"
            yield Problem(code, cause, place, "write it in Cyrillic letters")


def _is_word(word: str) -> bool:
    """Not the e of e-Otinish, and not a unit."""
    return len(word) > 1


def _partly(source: str, translation: str, language: Language, place: Place) -> Iterator[Problem]:
    """One sentence fewer and less than half as long, or two fewer and less than three quarters."""
    wanted, found = len(_sentences(source)), len(_sentences(translation))
    share = len(translation.strip()) / max(len(source.strip()), 1)
    if (wanted - found >= 2 and share < 0.75) or (wanted > found and share < 0.5):
        cause = f"[{language.tag}] {found} of {wanted} sentences, {share:.0%} of the length"
        yield Problem("translation-partly", cause, place, "translate all of the text")
