"""``Document[Message]`` and a catalogue to ``Document[Inlines]``: look up, parse, compare, fill.

A translation is parsed first and its placeholders are filled in the finished tree, so that no value is ever read as
Markdown. Nothing falls back to another language: a text without a finished translation is a problem.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from kzpub.catalogues import Catalogue, Entry
from kzpub.errors import Place, Problem
from kzpub.inlines import (
    PLACEHOLDER,
    Break,
    Code,
    Emphasis,
    Inline,
    Inlines,
    Link,
    NoteRef,
    Strong,
    Text,
    Value,
    flatten,
)
from kzpub.languages import Language
from kzpub.markdown import parse_inlines
from kzpub.model import Document, Message, map_texts

_STRAY_BRACE = re.compile(r"[{}]")
_GROUPING = re.compile(r"(?<=\d)[, \u00a0\u202f](?=\d{3}(?!\d))")
_TARGET = re.compile(r"\]\([^)]*\)|\[\^[^\]]*\]|`[^`]*`")  # compared as they are
_HINT_VALUES = "write a name that is known, in braces: "


def format_date(day: date, language: Language) -> str:
    """A full date in the language's official style."""
    from babel.dates import format_date as babel_format_date  # not before it is needed: the import is slow

    return babel_format_date(day, language.date_pattern, locale=language.locale)


def values(document: Document[Message], language: Language) -> dict[str, str]:
    """What the placeholders of a publication stand for, as printed."""
    first, last = document.period
    return {"date": format_date(document.date, language), "period": f"{first}–{last}"}


def localise(
    document: Document[Message], catalogue: Catalogue | None, language: Language
) -> tuple[Document[Inlines], tuple[Problem, ...]]:
    """The document in a language, and what is wrong with its translations; ``None`` leaves the source as it is."""
    known = values(document, language)
    problems: list[Problem] = []

    def leaf(message: Message) -> Inlines:
        text, place = _look_up(message, catalogue, language, problems)
        inlines = parse_inlines(text, place)
        problems.extend(_placeholder_problems(inlines, known, place))
        if catalogue:
            problems.extend(_mark_problems(parse_inlines(message.text, message.place), inlines, place))
            problems.extend(_number_problems(message.text, text, place))
        return fill(inlines, known)

    return map_texts(document, leaf), tuple(problems)


def localise_labels(
    labels: Mapping[str, Message], catalogue: Catalogue | None, language: Language
) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """The words of the templates in a language, their placeholders still in them, and what is wrong with them."""
    problems: list[Problem] = []
    localised = {}
    for name, message in labels.items():
        text, place = _look_up(message, catalogue, language, problems)
        wanted, found = Counter(PLACEHOLDER.findall(message.text)), Counter(PLACEHOLDER.findall(text))
        if text and wanted != found:
            problems.append(_difference("placeholder", set(wanted - found), set(found - wanted), place))
        problems.extend(_stray_brace(text, place))
        localised[name] = text
    return localised, tuple(problems)


def _look_up(
    message: Message, catalogue: Catalogue | None, language: Language, problems: list[Problem]
) -> tuple[str, Place]:
    if catalogue is None or not message.text:
        return message.text, message.place
    entry = catalogue.find(message)
    if problem := _entry_problem(entry, message, catalogue, language):
        problems.append(problem)
    return (entry.text, entry.place) if entry else ("", Place(catalogue.path))


def _entry_problem(entry: Entry | None, message: Message, catalogue: Catalogue, language: Language) -> Problem | None:
    start = message.text[:60]
    if entry is None:
        cause = f"[{language.tag}] no entry for “{start}” of {message.place}"
        hint = "run “kzpub catalogue update”, then translate it"
        return Problem("translation-missing", cause, Place(catalogue.path), hint)
    if not entry.text.strip():
        return Problem(
            "translation-empty", f"[{language.tag}] “{start}” is not translated", entry.place, "translate it"
        )
    if entry.fuzzy:
        cause = f"[{language.tag}] the translation of “{start}” needs review"
        return Problem("translation-fuzzy", cause, entry.place, "check it and remove the mark “fuzzy”")
    return None


# -- Placeholders ----------------------------------------------------------------------------------------------------


def fill(inlines: Inlines, known: Mapping[str, str]) -> Inlines:
    """The same inlines, each ``{name}`` in their texts a ``Value``."""
    return tuple(part for inline in inlines for part in _filled(inline, known))


def _filled(inline: Inline, known: Mapping[str, str]) -> Iterator[Inline]:
    match inline:
        case Text(text):
            for n, part in enumerate(PLACEHOLDER.split(text)):
                if n % 2:
                    yield Value(part, known.get(part, ""))
                elif part:
                    yield Text(part)
        case Emphasis(content):
            yield Emphasis(fill(content, known))
        case Strong(content):
            yield Strong(fill(content, known))
        case Link(target, content):
            yield Link(target, fill(content, known))
        case Code() | NoteRef() | Break() | Value():
            yield inline


def _placeholder_problems(inlines: Inlines, known: Mapping[str, str], place: Place) -> Iterator[Problem]:
    for inline in flatten(inlines):
        if not isinstance(inline, Text):
            continue
        for name in PLACEHOLDER.findall(inline.text):
            if name not in known:
                hint = _HINT_VALUES + ", ".join(f"{{{value}}}" for value in known)
                yield Problem("placeholder-unknown", f"unknown placeholder {{{name}}}", place, hint)
        yield from _stray_brace(inline.text, place)


def _stray_brace(text: str, place: Place) -> Iterator[Problem]:
    if _STRAY_BRACE.search(PLACEHOLDER.sub("", text)):
        cause = f"a broken placeholder in “{text.strip()[:60]}”"
        yield Problem("placeholder-broken", cause, place, "write {name}: small letters, digits and _ in braces")


# -- Source and translation compared ---------------------------------------------------------------------------------


def _mark_problems(source: Inlines, translation: Inlines, place: Place) -> Iterator[Problem]:
    """Links, notes, code and placeholders are the same, as often; strong and emphasis are there in both or in none."""
    if not translation:
        return
    wanted, found = Counter(_marks(source)), Counter(_marks(translation))
    for kind in dict.fromkeys(kind for kind, _ in (*wanted, *found)):
        lost = {what for k, what in wanted - found if k == kind}
        added = {what for k, what in found - wanted if k == kind}
        if kind in ("strong", "emphasis") and bool(wanted[kind, ""]) == bool(found[kind, ""]):
            continue
        if lost or added:
            yield _difference(kind, lost, added, place)


def _number_problems(source: str, translation: str, place: Place) -> Iterator[Problem]:
    """The digits are the same in any order, however each language groups them: 22,000 is 22 000, 12.5 is 12,5."""
    wanted, found = numbers(source), numbers(translation)
    if translation and wanted != found:
        yield _difference("number", set(wanted - found), set(found - wanted), place)


def numbers(text: str) -> Counter[str]:
    """The digits of each number in a text, without what groups them; a fraction counts as a number of its own."""
    return Counter(re.findall(r"\d+", _GROUPING.sub("", _TARGET.sub("", text))))


def _marks(inlines: Inlines) -> Iterator[tuple[str, str]]:
    for inline in flatten(inlines):
        match inline:
            case Text(text):
                yield from (("placeholder", name) for name in PLACEHOLDER.findall(text))
            case Link(target):
                yield "link", target
            case NoteRef(label):
                yield "note", label
            case Code(text):
                yield "code", text
            case Strong():
                yield "strong", ""
            case Emphasis():
                yield "emphasis", ""
            case Value() | Break():
                pass


def _difference(kind: str, lost: set[str], added: set[str], place: Place) -> Problem:
    changes = (("drops", lost), ("adds", added))
    parts = (f"{verb} {kind} {', '.join(sorted(names))}".strip() for verb, names in changes if names)
    return Problem(f"{kind}-differs", f"the translation {' and '.join(parts)}", place, "make it as in the source text")
