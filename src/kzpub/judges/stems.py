"""The words of a text, and what stays of a Kazakh or a Russian word when its endings are taken off.

No dictionary: a word is cut wherever the rest could be a chain of endings, and two words are forms of one if a cut of
either leaves the same. Endings of inflection only, so that “конституциялық” is no form of “конституция”.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

_SHORTEST = 3
_WORD = re.compile(r"[^\W_]+")
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u2060\u200b\ufeff\u0301"))
"""Soft hyphens, joiners, a stress mark: what a word may hold that no reader sees as a letter."""

_CASE = "[ндт][ыі]ң|[ғгқкн][ае]|[ндт][ыі]|н|н?[дт][ае]|[дтн][ае]н|[мбп]ен"
ENDINGS = {
    "kk": (
        rf"(?:і(?=с[ыі]|лер))?(?:[лдт][ае]р)?(?:с?[ыі]|[ыі]?м[ыі]з)?"  # пакт, пакті-сі
        rf"(?:{_CASE}|н?[дт][ае][ғг][ыі](?:[лдт][ае]р)?(?:{_CASE})?)?"
    ),
    "ru": (
        "[аяоеуюыийь]|ью|ьми|[ое]в|[оеыи]м|[оеыи]й|[оеую]ю|[ая]м|[ая]ми|[ая]х|"  # nouns
        "[ая]я|[ое]е|[ыи]е|[ое]го|[ое]му|[ыи]х|[ыи]ми"  # adjectives; the rest of theirs is above
    ),
}
"""Kazakh: plural, possessive, case, “what is in” (мекемелеріндегі); Russian: one ending of a noun or an adjective."""

_HARDENED = str.maketrans("гғб", "кқп")
_CONSONANTS = "бвгғджзйкқлмнңпрстфхһцчшщ"
_FLEETING = re.compile(rf"([{_CONSONANTS}]ь?)[ео]([{_CONSONANTS}])$")


def words(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: in small letters, without ё, those joined by a hyphen apart."""
    return tuple(_WORD.findall(text.translate(UNSEEN).lower().replace("ё", "е")))


@cache
def _ending(tag: str) -> re.Pattern[str]:
    return re.compile(ENDINGS[tag])


@lru_cache(maxsize=20_000)
def stems(word: str, tag: str) -> frozenset[str]:
    """All that may be the stem of a word, the whole word among it; three letters at least are left."""
    if tag not in ENDINGS:
        return frozenset((word,))
    ending = _ending(tag)
    cuts = range(min(_SHORTEST, len(word)), len(word) + 1)
    found = {(word[:n], word[n:]) for n in cuts if n == len(word) or ending.fullmatch(word, n)}
    known = (stem for cut in found for stem in _variants(*cut, tag))
    return frozenset(stem for stem in known if len(stem) >= min(_SHORTEST, len(word)))


def _variants(stem: str, ending: str, tag: str) -> tuple[str, ...]:
    """A stem, and what it may be where no ending follows."""
    match tag:
        case "kk":
            return _kazakh(stem, ending)
        case "ru":
            return _russian(stem, ending)
        case _:
            return (stem,)


def _kazakh(stem: str, ending: str) -> tuple[str, ...]:
    """A softened last consonant made hard again (тетіг-і), and a vowel put back that an ending drove out (халқ-ы)."""
    hard = stem[:-1] + stem[-1].translate(_HARDENED)
    if ending[:1] in ("ы", "і") and len(stem) > 2 and set(stem[-2:]) <= set(_CONSONANTS + "у"):  # дауыс, даус-ы
        return hard, hard[:-1] + ending[0] + hard[-1]
    return (hard,)


def _russian(stem: str, ending: str) -> tuple[str, ...]:
    """A fleeting vowel taken out (отец, отц-а), and the sign put back that one stands for (судей, писем, письм-о)."""
    if ending == "ей":
        return stem, f"{stem}ь"
    if ending in ("", "ь"):
        return stem, _FLEETING.sub(r"\1\2", stem), _FLEETING.sub(r"\1ь\2", stem)
    return (stem,)


def occurrences(phrase: str, said: Sequence[str], tag: str) -> list[tuple[int, ...]]:
    """Where the words of a phrase, in any form, stand in order among others, one strange word between them at most.

    Figures between them are no strange words: “саясаттың 2025–2030 жылдарға арналған тұжырымдамасы”.
    """
    wanted, counted, initials = _wanted(phrase, tag)
    places = [n for n, word in enumerate(said) if counted or not word.isdigit()]
    there = [stems(said[n], tag) if _initial(said[n]) in initials else _NO_STEMS for n in places]
    found = (_followed(wanted, there, start) for start in range(len(there)))
    return [tuple(places[n] for n in positions) for positions in found if positions]


_NO_STEMS = frozenset[str]()


@lru_cache(maxsize=20_000)
def _wanted(phrase: str, tag: str) -> tuple[tuple[frozenset[str], ...], bool, frozenset[str]]:
    """The stems of the words of a phrase, whether it has a figure, and the letters that its words begin with."""
    given = words(phrase)
    return (
        tuple(stems(word, tag) for word in given),
        any(word.isdigit() for word in given),
        frozenset(map(_initial, given)),
    )


def _initial(word: str) -> str:
    """What all stems of a word begin with, made hard: words of other initials have no stem in common."""
    return word[0].translate(_HARDENED)


def _followed(wanted: Sequence[frozenset[str]], there: Sequence[frozenset[str]], start: int) -> tuple[int, ...]:
    """The positions of all wanted words from a start, or none."""
    found: list[int] = []
    for stems_of_one in wanted:
        nearest = range(start, min(start + (2 if found else 1), len(there)))
        position = next((n for n in nearest if not stems_of_one.isdisjoint(there[n])), None)
        if position is None:
            return ()
        found.append(position)
        start = position + 1
    return tuple(found)
