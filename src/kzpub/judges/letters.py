"""In which language and in which letters a translation is written, judged against its source.

For every language that ``signs.ALPHABETS`` knows; a translation into another one is not judged. All findings are
errors but ``letter-yo``, which is a warning:

- ``script-mixed``: a word of letters of two alphabets, or of letters that only look like the right ones;
- ``language-letter``: a Cyrillic letter that the language does not have, Kazakh without its own letters;
- ``letter-yo``: ё in Russian, for which official texts of Kazakhstan write е;
- ``language-other``: a sentence, or words that are beyond doubt, in another of our languages;
- ``language-left``: English that was not translated;
- ``translation-same``: the source itself instead of a translation;
- ``translation-partly``: sentences missing;
- ``kazakh-latin``, ``russian-latin``: the language in Latin letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from kzpub.errors import Place, Problem
from kzpub.judges.alphabets import WORD, foreign, letters_of, mixed, script, script_of
from kzpub.judges.signs import ALPHABETS, ENGLISH, KAZAKH_LATIN, KEPT, NAMES_OF, SIGNS
from kzpub.languages import Language

_LATIN = re.compile(r"(?<![^\W\d_])[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+(?![^\W\d_])")
_RUN = re.compile(rf"{_LATIN.pattern}(?:[ \u00a0&'’,-]+{_LATIN.pattern})*")
_ORDINARY = re.compile(r"\w[a-z\u00df-\u024f]*")
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b(?:/\S*)?", re.ASCII)
_QUOTED = re.compile(r"«([^«»]*)»|“([^“”]*)”|„([^„“”]*)[“”]|\"([^\"]*)\"")
_NAME_LENGTH = 6  # words: more between quotation marks are a text, not a name
_CAPITAL = "[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]"
_SENTENCE_END = re.compile(
    rf"(?<=[.!?…])(?<!\W{_CAPITAL}\.)(?<!^{_CAPITAL}\.)"  # not after an initial
    r"[»”\")\]]*\s+(?=[^\w\s]*[^\W_a-zа-яёәғқңөұүһі])"
)
_CLAUSE_END = re.compile(r"(?<![^\W\d_])[^\W\d_]\)|[;:()]")  # the letter of an item goes with its bracket
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")


def problems(
    source: str, translation: str, language: Language, place: Place, allowed: Collection[str] = ()
) -> Iterator[Problem]:
    """What is wrong with the language of a translation; ``allowed`` are names that it may hold in any letters."""
    if language.tag not in ALPHABETS or not translation.strip():
        return
    names = (*allowed, *(name for name in KEPT if name in source))
    source, translation = _cleaned(source, names), _cleaned(translation, names)
    if source.strip().casefold() == translation.strip().casefold() and any(map(_is_english, _LATIN.findall(source))):
        cause = f"[{language.tag}] “{source.strip()[:60]}” stands there in English"
        yield Problem("translation-same", cause, place, "translate it; quote a name that stays in English")
        return
    yield from mixed(source, translation, language, place)
    yield from _other_language(translation, language, place)
    latin = list(_in_latin(source, translation, language, place)) if script_of(language.tag) != "LATIN" else []
    yield from latin or _english_left(source, translation, language, place)
    yield from _partly(source, translation, language, place)


def in_other_letters(names: Iterable[str], language: Language) -> tuple[str, ...]:
    """Those names that are not wholly in the letters of a language: only they need to be allowed."""
    alphabet = ALPHABETS.get(language.tag, "")
    return tuple(name for name in names if any(c.isalpha() and c not in alphabet for c in name.lower()))


def _cleaned(text: str, allowed: Collection[str]) -> str:
    """What is to be judged: without addresses, invisible characters and allowed names."""
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    for name in sorted((name for name in allowed if name in text), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "\ufffc", text)
    return _ADDRESS.sub("\ufffc", text)


@lru_cache(maxsize=64)  # each text is asked for by several rules in a row
def _without_names(text: str) -> str:
    """A text without what is quoted in it, unless it is all quoted or too long for a name."""

    def left(match: re.Match[str]) -> str:
        inside = next(group for group in match.groups() if group is not None)
        return "\ufffc" if len(WORD.findall(inside)) <= _NAME_LENGTH else f" {inside} "

    rest = _QUOTED.sub(left, _QUOTED.sub(left, text))
    return rest if WORD.search(rest) else text


def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in WORD.findall(text))


def _sentences(text: str) -> list[str]:
    return [part for part in _SENTENCE_END.split(text) if WORD.search(part)]


# -- Another of our languages ----------------------------------------------------------------------------------------


def _other_language(translation: str, language: Language, place: Place) -> Iterator[Problem]:
    """Clauses in another language; where there are none, its letters."""
    rest = _without_names(translation)
    clauses = [part for sentence in _sentences(rest) for part in _CLAUSE_END.split(sentence)]
    others = [tag for tag in SIGNS if tag != language.tag and script_of(tag) == script_of(language.tag)]
    found = [(other, clause) for clause in clauses for other in others if _is_in(other, language.tag, clause)]
    for other, clause in found:
        cause = f"[{language.tag}] “{clause.strip()[:60]}” is written in {NAMES_OF[other]}"
        hint = f"translate it into {NAMES_OF[language.tag]}; put a name in quotation marks"
        yield Problem("language-other", cause, place, hint)
    if not found:
        yield from foreign(translation, rest, language, place)


def _is_in(other: str, own: str, clause: str) -> bool:
    """Whether signs of another language are there in a row, or some and none of its own."""
    words = [word for word in WORD.findall(clause) if script(word[0]) == script_of(own)]
    words = [word for word in words if len(word) > 1 or word.islower()]  # no initials, no categories А, В and С
    signs = [_sign(other, own, word, after) for word, after in pairwise((*words, ""))]
    if any(first + second > 1 for first, second in pairwise((*signs, 0))):
        return True
    needed = 1 if own == "kk" else len(words) // 2 + 1  # a Kazakh name may stand in a Russian title
    return bool(words) and sum(signs) >= needed and not any(_sign(own, other, word, "") for word in words)


def _sign(tag: str, than: str, word: str, after: str) -> int:
    """What a word, and the one after it, says for a language rather than another: 2 all, 1 something, 0 nothing."""
    if len(word) == 1 and not (after and letters_of(tag).issuperset(after.lower())):
        return 0
    return _said_by(word, tag, than)


@lru_cache(maxsize=20_000)
def _said_by(word: str, tag: str, than: str) -> int:
    small = word.lower()
    if not letters_of(tag).issuperset(small):
        return 0
    words, endings = SIGNS[tag]
    if small in words or (len(word) > 4 and endings.fullmatch(small if word.isupper() else word)):
        return 2 if word.islower() else 1
    return int(not letters_of(than).issuperset(small))


# -- English, and Latin letters --------------------------------------------------------------------------------------


def _is_english(word: str) -> bool:
    """A lower-case or capitalised word; brands in mixed case and abbreviations are none."""
    return bool(_ORDINARY.fullmatch(word)) and len(word) > 2 and sum(map(str.islower, word)) > 1


def _english_left(source: str, translation: str, language: Language, place: Place) -> Iterator[Problem]:
    """Words of the source; in a language of Latin letters, which shares some with English, only its small words."""
    known = _words(source) if script_of(language.tag) != "LATIN" else frozenset[str]()
    for run in _RUN.finditer(_without_names(translation)):
        ordinary = (word for word in _LATIN.findall(run[0]) if _ORDINARY.fullmatch(word))
        words = [word for word in ordinary if _is_word(word) and word.casefold() in known]
        alone = any(len(word) > 2 and word.islower() for word in words)
        if len(words) > 1 or alone or ENGLISH & set(run[0].split()):
            cause = f"[{language.tag}] “{run[0][:60]}” is left in English"
            hint = "translate it; put a name in quotation marks, or into terms.yaml"
            yield Problem("language-left", cause, place, hint)


def _in_latin(source: str, translation: str, language: Language, place: Place) -> Iterator[Problem]:
    """Sentences mainly of Latin words that are not the source's, and words of the Kazakh Latin alphabets."""
    known = _words(source)
    for sentence in _sentences(_without_names(translation)):
        words = WORD.findall(sentence)
        strange = [w for w in _LATIN.findall(sentence) if _ORDINARY.fullmatch(w) and w.casefold() not in known]
        own = [word for word in strange if KAZAKH_LATIN.search(word)]
        if 2 * sum(map(_is_word, strange)) > len(words) or own:
            cause = f"[{language.tag}] “{' '.join(own or strange)[:60]}” is written in Latin letters"
            code = f"{NAMES_OF[language.tag].lower()}-latin"
            hint = "write it in Cyrillic letters; put a name in quotation marks, or into terms.yaml"
            yield Problem(code, cause, place, hint)


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
