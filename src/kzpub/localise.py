"""``Document[Message]`` and a catalogue to ``Document[Inlines]``: look up, parse, compare, fill.

A translation is parsed first and its placeholders are filled in the finished tree, so that no value is ever read as
Markdown. Nothing falls back to another language quietly: a text without a finished translation is a problem, and its
source text, marked as foreign, is what a draft shows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256

from kzpub.errors import UNFINISHED, KzpubError, Place, Problem, collecting, near
from kzpub.figures import day, placeholders, plural_form
from kzpub.inlines import (
    PLACEHOLDER,
    Break,
    Code,
    Emphasis,
    Foreign,
    Inline,
    Inlines,
    Link,
    NoteRef,
    Strong,
    Text,
    Value,
    flatten,
    foreign,
    plain,
    without_code,
)
from kzpub.judges import active, completeness, frames, letters, references, surroundings, terms, wording
from kzpub.judges.comparison import difference, fact_problems, mark_problems
from kzpub.languages import SOURCE, Language
from kzpub.markdown import parse_inlines
from kzpub.model import Document, Figure, Labels, Message, Term
from kzpub.pieces import clean
from kzpub.po.catalogues import Catalogue
from kzpub.register import ENTRIES
from kzpub.traversal import map_texts, texts
from kzpub.waivers import Judged

_STRAY_BRACE = re.compile(r"[{}]")


def values(document: Document[Message], language: Language) -> dict[str, str]:
    """What the placeholders of a publication stand for, as printed."""
    first, last = document.period
    return placeholders(document.figures, language) | {
        "date": day(document.date, language),
        "period": f"{first}–{last}",
    }


def localise(
    document: Document[Message], catalogue: Catalogue | None, language: Language
) -> tuple[Document[Inlines], tuple[Problem, ...]]:
    """The document in a language, and what is wrong with its translations; ``None`` leaves the source as it is.

    Where a translation is not done (``UNFINISHED``), the source text stands as ``Foreign``; it is not compared with
    anything. Which waivers are needed is known only when all translations are done.
    """
    judged = Judged(language.tag, document.waivers)
    work = _Localisation(
        language=language,
        catalogue=catalogue,
        figures=document.register,
        known=values(document, language),
        known_in_source=values(document, SOURCE),
        judged=judged,
        termbase=document.terms,
        names=letters.in_other_letters(terms.names(document.terms, language), language),
        basis=_basis(language, document.terms),
    )
    localised = map_texts(document, work.leaf)
    work.whole(document, localised)
    done = catalogue and not any(problem.code in UNFINISHED for problem in work.problems)
    return localised, (*work.problems, *(judged.dead() if done else ()))


def untranslated(document: Document[Inlines]) -> int:
    """How many texts of a localised document are not in its language."""
    return sum(bool(foreign(text)) for text in texts(document))


@dataclass(slots=True)
class _Localisation:
    """One document on its way into one language, and the problems found so far."""

    language: Language
    catalogue: Catalogue | None
    figures: Mapping[str, Figure[Message]]
    known: Mapping[str, str]
    known_in_source: Mapping[str, str]
    judged: Judged
    termbase: Sequence[Term]
    names: Collection[str]
    basis: str
    pairs: list[tuple[str, str, Place]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def leaf(self, message: Message) -> Inlines:
        """A message in the language, all its forms checked, the one that its figure asks for chosen."""
        if self.catalogue is None or not message.text:
            return self._chosen(message, [self._checked(message, form, message.place) for form in message.forms])
        entry = self.catalogue.find(message)
        undone = [
            *completeness.entry_problems(entry, message, self.catalogue, self.language),
            *(completeness.review_problems(entry, message, self.figures, self.language) if entry else ()),
        ]
        self.problems.extend(undone)
        if entry is None or undone:
            return (Foreign(SOURCE.tag, self._source(message)),)
        plural = completeness.plural_problems(entry, message, self.language)
        self.problems.extend(self.judged.standing(plural, message.context, *message.forms, *entry.texts))
        return self._chosen(message, [self._checked(message, form, entry.place) for form in entry.texts])

    def _chosen(self, message: Message, filled: list[Inlines]) -> Inlines:
        if len(filled) == 1:
            return filled[0]
        chosen = plural_form(self.figures[message.counted], self.language)
        return filled[chosen] if chosen < len(filled) else ()

    def _source(self, message: Message) -> Inlines:
        """The source text as the source language prints it."""
        form = message.forms[plural_form(self.figures[message.counted], SOURCE)] if message.counted else message.text
        inlines = parse_inlines(form, message.place)
        self.problems.extend(_placeholder_problems(inlines, self.known_in_source, message.place))
        return fill(inlines, self.known_in_source)

    def _checked(self, message: Message, form: str, place: Place) -> Inlines:
        inlines: Inlines = ()
        with collecting(self.problems):
            inlines = parse_inlines(form, place)
        self.problems.extend(_placeholder_problems(inlines, self.known, place))
        self.problems.extend(active.problems(message.text, form, place) if self.catalogue else ())
        filled = fill(inlines, self.known)
        if self.catalogue and inlines:
            self._compare(message, form, inlines, filled, place)
        return filled

    def _compare(self, message: Message, form: str, inlines: Inlines, filled: Inlines, place: Place) -> None:
        """A translation against its source: marks as they are written, facts and words as they are printed."""
        source = parse_inlines(message.text, message.place)
        printed = fill(source, self.known_in_source)
        signed = message.context, plain(printed), plain(filled)
        if not message.context.startswith(ENTRIES):
            beside = (
                *surroundings.problems(form, self.figures, self.language, place),
                *frames.problems(message.text, form, self.figures, self.language, place),
            )
            self.problems.extend(self.judged.standing(beside, *signed))
        marks = tuple(mark_problems(source, inlines, place))
        self.problems.extend(marks)
        if any(problem.code == "placeholder-differs" for problem in marks):
            return  # the facts would say the same again
        words = without_code(printed), without_code(filled)

        def judge() -> Iterator[Problem]:
            yield from fact_problems(printed, filled, self.language, place)
            yield from terms.problems(*words, self.termbase, self.language, place)
            yield from _written_problems(*words, self.language, place, self.names)

        found = clean(judge, "translation", self.basis, printed, filled)
        self.problems.extend(self.judged.standing(found, *signed))
        self.pairs.append((*words, place))

    def whole(self, source: Document[Message], localised: Document[Inlines]) -> None:
        """What only all translations together show."""
        linked = references.problems(source, localised, self.catalogue, self.language) if self.catalogue else ()
        for problem, at_issue in (*wording.coherence(self.pairs), *linked):
            self.problems.extend(self.judged.standing([problem], *at_issue))


def localise_labels(
    labels: Labels, catalogue: Catalogue | None, language: Language
) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """The words of the templates in a language, their placeholders still in them, and what is wrong with them."""
    problems: list[Problem] = []
    localised = {}
    judged = Judged(language.tag, labels.waivers)
    names = letters.in_other_letters(terms.names(labels.terms, language), language)
    basis = _basis(language, labels.terms)
    for name, message in labels.messages.items():
        entry = catalogue.find(message) if catalogue else None
        if catalogue:
            problems.extend(completeness.entry_problems(entry, message, catalogue, language))
        text, place = (entry.texts[0], entry.place) if entry else ("" if catalogue else message.text, message.place)
        problems.extend(_label_problems(message, text, place) if text else ())
        if text:
            qualified = surroundings.label_problems(name, text, language, place)
            problems.extend(judged.standing(qualified, message.context, message.text, text))
        if text and catalogue:
            judge = partial(_label_comparison, (message.text, text), labels.terms, language, place, names)
            found_here = clean(judge, "label", basis, message.text, text)
            problems.extend(judged.standing(found_here, message.context, message.text, text))
        localised[name] = text
    return localised, (*problems, *judged.dead())


def _label_problems(message: Message, text: str, place: Place) -> Iterator[Problem]:
    """A word of the templates has the placeholders of its source, and no marks: it is printed as it stands."""
    wanted, found = Counter(PLACEHOLDER.findall(message.text)), Counter(PLACEHOLDER.findall(text))
    if wanted != found:
        yield difference("placeholder", set(wanted - found), set(found - wanted), place)
    yield from _stray_brace(text, place)
    yield from active.problems(message.text, text, place)
    try:
        marked = parse_inlines(text, place) != (Text(text),)
    except KzpubError as error:
        yield from error.problems
    else:
        if marked:
            yield Problem("markup-left", "marks in a word of the templates", place, "write plain words")


def _label_comparison(
    texts: tuple[str, str], termbase: Sequence[Term], language: Language, place: Place, names: Collection[str]
) -> Iterator[Problem]:
    """A word of the templates and its translation."""
    source, translation = ((Text(text),) for text in texts)
    yield from fact_problems(source, translation, language, place)
    yield from terms.problems(*texts, termbase, language, place)
    printed = PLACEHOLDER.sub("7", texts[0]), PLACEHOLDER.sub("7", texts[1])
    yield from _written_problems(*printed, language, place, names)


def _basis(language: Language, termbase: Sequence[Term]) -> str:
    """What a translation is compared by, besides its source: a digest."""
    return sha256(repr((language.tag, termbase)).encode("utf-8", "surrogatepass")).hexdigest()


def _written_problems(
    source: str, translation: str, language: Language, place: Place, names: Collection[str] = ()
) -> Iterator[Problem]:
    """In which letters and how a translation is written; names may be in any letters."""
    yield from letters.problems(source, translation, language, place, names)
    yield from wording.problems(source, translation, language, place)


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
        case Foreign(language, content):
            yield Foreign(language, fill(content, known))
        case Code() | NoteRef() | Break() | Value():
            yield inline


def _placeholder_problems(inlines: Inlines, known: Mapping[str, str], place: Place) -> Iterator[Problem]:
    for inline in flatten(inlines):
        if not isinstance(inline, Text):
            continue
        for name in PLACEHOLDER.findall(inline.text):
            if name not in known:
                cause = f"unknown placeholder {{{name}}}{near(name, known)}"
                yield Problem("placeholder-unknown", cause, place, "write a name of the register, {date} or {period}")
        yield from _stray_brace(inline.text, place)


def _stray_brace(text: str, place: Place) -> Iterator[Problem]:
    if _STRAY_BRACE.search(PLACEHOLDER.sub("", text)):
        cause = f"a broken placeholder in “{text.strip()[:60]}”"
        yield Problem("placeholder-broken", cause, place, "write {name}: small letters, digits and _ in braces")
