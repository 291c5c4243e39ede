"""How a text is written: a translation against its source and among all others; every finding is a warning.

- ``punctuation-final``: another mark at the end than the source's;
- ``quotation-marks``: marks of another language, marks and brackets without their partner;
- ``word-doubled``, ``space-doubled``, ``word-left``: slips of the hand, and what tools and notes leave behind;
- ``length``: much shorter or longer than translations are;
- ``source-twice``, ``translation-twice``: one text in two translations, one translation of two texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kzpub.errors import Place, Problem
from kzpub.languages import Language

_CLOSERS = '»”“’")]'
_FINAL = ".?!:;…,"
_ABBREVIATION = re.compile(
    r"(?:^|[\s.\u00a0])(?:г|гг|в|вв|ж|жж|б|т|п|с|др|пр|тг|чел|тыс|руб|долл|обл|кв|ул|ст|etc|no)\.$", re.IGNORECASE
)
_SPOKEN = re.compile(r"([!?])»(?: [–—] [^\W\d_]+)?\.$")  # «Да!». or «Иә!» – деді., where English has one mark: “Yes!”

_APOSTROPHE = re.compile(r"(?<=\w)[’'](?=\w)")
_MARKS = re.compile("[«»“”„‟‘’‚‛‹›()\\[\\]{}]")
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_ENUMERATED = re.compile(r"(?:^|\s)(?:\w{1,2}|[ivxIVX]{1,5}|\d{1,3}(?:[-\u2011]\d{1,3})?)$")  # а), iv), 12-1)

_DOUBLED = re.compile(
    r"(?<![\w-])((?!(?:that|had)\b)[^\W\d_]+(?:\s+[^\W\d_]+){0,3}|\d{4,})\s+\1(?![\w-])", re.IGNORECASE
)
_SPACES = (
    (re.compile(r"[ \u00a0\t]{2}"), "two spaces in a row"),
    (re.compile(r"\s[,;!?)»\]]|\s[.:](?!\w)"), "a space before a mark"),
    (re.compile(r"[(«\[]\s"), "a space after an opening mark"),
    (re.compile(r"^\s|\s$"), "a space at an end"),
)
_LENGTHS = (  # source shorter than, least and greatest share of its length
    (10, 0.35, 3.6),
    (20, 0.35, 4.4),
    (40, 0.40, 2.3),
    (80, 0.50, 2.3),
    (160, 0.55, 1.9),
    (320, 0.66, 1.75),
    (10**9, 0.72, 1.6),
)
_LEFT = re.compile(
    r"\b(?:TODO|FIXME|TBD|XXX|ПЕРЕВЕСТИ|ПЕРЕВОД|АУДАРУ|АУДАРМА)\b|\?\?|%\(\w+\)[sd]|[^\W\d_]\?[^\W\d_]"
    r"|[^\W\d_]\?(?= [а-яёәғқңөұүһі])"
)
_CAPITALS = re.compile(r"[^\W\d_a-zа-яёәғқңөұүһі]{2,}s?")
_WRITTEN_OUT = 80  # characters: no more does an abbreviation stand for, and these have no usual share
"""Bounds of length: what our catalogues have (0.46–3.44 of a short label, 0.65–1.84 of a line, 0.87–1.39 of a
paragraph, both languages together), widened by a quarter each way for the texts that are still to come."""


def problems(source: str, translation: str, language: Language, place: Place) -> Iterator[Problem]:
    """What should be looked at in the wording of a translation."""
    if not translation.strip():
        return
    yield from _final(source, translation, language, place)
    yield from _marks(translation, language, place)
    yield from _doubled(source, translation, language, place)
    yield from _spaces(translation, language, place)
    yield from _left(translation, language, place)
    yield from _length(source, translation, language, place)


def slips(text: str, language: Language, place: Place) -> Iterator[Problem]:
    """What should be looked at in a text by itself: the source has nothing to be compared with."""
    yield from _marks(text, language, place)
    yield from _doubled("", text, language, place)
    yield from _spaces(text, language, place)
    yield from _left(text, language, place)


# -- One translation -------------------------------------------------------------------------------------------------


def _final(source: str, translation: str, language: Language, place: Place) -> Iterator[Problem]:
    wanted, found = _end(source), _end(translation)
    if not wanted & found:
        cause = f"[{language.tag}] ends with {_shown(found)}, the source with {_shown(wanted)}"
        yield Problem("punctuation-final", cause, place, "end it as the source ends")


def _end(text: str) -> set[str]:
    """The final mark, or either reading of the full stop of an abbreviation, or of one after direct speech (!».)."""
    bare = text.replace("...", "…").rstrip().rstrip(_CLOSERS).rstrip()
    if spoken := _SPOKEN.search(bare):
        return {".", spoken[1]}
    if _ABBREVIATION.search(bare):
        return {".", ""}
    return {bare[-1:] if bare[-1:] in _FINAL else ""}


def _shown(marks: set[str]) -> str:
    return " or ".join(f"“{mark}”" if mark else "no mark" for mark in sorted(marks))


def _marks(translation: str, language: Language, place: Place) -> Iterator[Problem]:
    causes = list(dict.fromkeys(_pairing(_APOSTROPHE.sub("", translation), language)))
    if translation.count('"') % 2:
        causes.append("a straight mark without its partner")
    for cause in causes:
        outer, end, inner, inner_end = language.quotes
        hint = f"write {outer}…{end}, inside them {inner}…{inner_end}, each with its partner"
        yield Problem("quotation-marks", f"[{language.tag}] {cause}", place, hint)


def _pairing(text: str, language: Language) -> Iterator[str]:
    """What is wrong with the marks of a text, read from left to right; straight marks are set by typography."""
    opening, closing, inner, inner_closing = language.quotes
    partners = _BRACKETS | {closing: opening, inner_closing: inner}
    opened: list[str] = []
    for match in _MARKS.finditer(text):
        mark = match[0]
        if mark in partners and opened and opened[-1] == partners[mark]:
            opened.pop()
        elif mark in ("(", "[", "{", opening, inner):
            quoted = mark in (opening, inner) and any(one in (opening, inner) for one in opened)
            opened.append(mark)
            if (mark == inner and not quoted) or (mark == opening and quoted):
                yield f"{mark} is the mark for quotations {'inside' if mark == inner else 'outside'} others"
        elif mark not in partners:
            yield f"{mark} is no mark of the language"
        elif not (mark == ")" and _ENUMERATED.search(text[: match.start()])):
            yield f"{mark} without its partner"
    yield from (f"{mark} without its partner" for mark in opened)


def _doubled(source: str, translation: str, language: Language, place: Place) -> Iterator[Problem]:
    if (found := _DOUBLED.search(translation)) and not _DOUBLED.search(source):
        cause = f"[{language.tag}] “{found[0]}”: the same twice"
        yield Problem("word-doubled", cause, place, "take one out, or join them by a hyphen")


def _spaces(translation: str, language: Language, place: Place) -> Iterator[Problem]:
    for pattern, cause in _SPACES:
        if found := pattern.search(translation):
            around = translation[max(0, found.start() - 15) : found.end() + 15]
            yield Problem("space-doubled", f"[{language.tag}] {cause}: “{around}”", place, "take the space out")


def _left(text: str, language: Language, place: Place) -> Iterator[Problem]:
    """Notes to oneself, formats of programs, and question marks that a conversion put for letters."""
    if found := _LEFT.search(text):
        cause = f"[{language.tag}] “{found[0]}” is left of a note or a conversion"
        yield Problem("word-left", cause, place, "write the text that belongs there")


def _length(source: str, translation: str, language: Language, place: Place) -> Iterator[Problem]:
    size, found = len(source.strip()), len(translation.strip())
    if any(_CAPITALS.fullmatch(text.strip()) for text in (source, translation)) and max(size, found) < _WRITTEN_OUT:
        return
    share = found / max(size, 1)
    least, greatest = next((least, greatest) for below, least, greatest in _LENGTHS if size < below)
    if size and not least <= share <= greatest:
        cause = f"[{language.tag}] {share:.0%} of the source's length, {least:.0%} to {greatest:.0%} being usual"
        yield Problem("length", cause, place, "see whether something is missing or added")


# -- All translations ------------------------------------------------------------------------------------------------


def coherence(pairs: Iterable[tuple[str, str, Place]]) -> Iterator[tuple[Problem, tuple[str, ...]]]:
    """One text in several translations, one translation of several texts: findings, each with the texts at issue.

    Forms of one entry are one translation.
    """
    sources: dict[str, tuple[str, Place]] = {}
    translations: dict[str, tuple[str, Place]] = {}
    for source, translation, place in pairs:
        if not re.search(r"[^\W\d_]", source + translation):
            continue
        known, where = sources.setdefault(_key(source), (translation, place))
        if where != place and _key(known) != _key(translation):
            cause = f"“{source[:60]}” is “{known[:60]}” elsewhere and “{translation[:60]}” here"
            hint = f"compare {where}, and translate it alike, if it means the same"
            problem = Problem("source-twice", cause, place, hint)
            yield problem, (source, known, translation)
        known, where = translations.setdefault(_key(translation), (source, place))
        if where != place and _in_singular(_key(known)) != _in_singular(_key(source)):
            cause = f"“{translation[:60]}” stands for “{known[:60]}” elsewhere and for “{source[:60]}” here"
            hint = f"compare {where}, and tell the two apart, if they do not mean the same"
            problem = Problem("translation-twice", cause, place, hint)
            yield problem, (translation, known, source)


def _key(text: str) -> str:
    """A text without what may differ: case, final marks, spaces."""
    return " ".join(text.casefold().split()).rstrip(_FINAL + _CLOSERS)


def _in_singular(source: str) -> str:
    """An English text, its plurals as singulars."""
    return re.sub(r"(?<=[a-z]{2})(?:ies|y|(?<!s)s)\b", lambda match: "" if match[0] == "s" else "y", source)
