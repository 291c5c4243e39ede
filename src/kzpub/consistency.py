"""What only the whole document shows: anchors, links, notes and figures that do not fit together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache, partial
from hashlib import sha256

from kzpub.errors import Place, Problem
from kzpub.figures import category, placeholders
from kzpub.inlines import PLACEHOLDER, Inlines, Link, NoteRef, Text, flatten, plain, without_code
from kzpub.judges import active, surroundings, wording
from kzpub.judges.alphabets import mixed
from kzpub.judges.comparison import SINGULAR, fact_problems, mark_problems
from kzpub.judges.facts import Fact, facts, found
from kzpub.languages import SOURCE
from kzpub.markdown import parse_inlines
from kzpub.model import Block, Chart, Document, Figure, Message, Picture
from kzpub.pieces import clean
from kzpub.register import ENTRIES, REGISTER, calls, unused
from kzpub.traversal import block_texts, headings, texts, walk
from kzpub.waivers import Judged

_ADDRESS = re.compile(r"https?://|www\.")
_CODE = re.compile(r"(`+)[^`]+\1")
_NAME, _QUOTED = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b"), re.compile("“[^”]*”")
_DIGIT, _YEARS = re.compile(r"\d"), re.compile(r"\b[12]\d{3}\b")

Parsed = list[tuple[Message, Inlines]]


def problems(document: Document[Message]) -> Iterator[Problem]:
    """Everything that is found in a document beyond the form of its files."""
    parsed = [(message, parse_inlines(form, message.place)) for message in texts(document) for form in message.forms]
    yield from _figure_problems(document)
    yield from _plural_problems(document)
    yield from _judged_problems(document)
    yield from _anchor_problems(document)
    yield from _link_problems(document, parsed)
    yield from _note_problems(document, parsed)
    yield from _plain_problems(document)


def _plain_problems(document: Document[Message]) -> Iterator[Problem]:
    """Texts that end in file properties or are read aloud have no marks; notes are called from blocks only."""
    images = [text for block in walk(document.blocks) for text in _drawn_texts(block)]
    for message in (document.title, document.description, *document.keywords, *images):
        if any(not isinstance(inline, Text) for inline in parse_inlines(message.text, message.place)):
            yield Problem("not-plain", f"marks in “{message.text[:60]}”", message.place, "write plain words")
    if PLACEHOLDER.search(document.title.text):
        yield Problem("not-plain", "a placeholder in the title", document.title.place, "write the words out")
    titles = [heading.text for heading in headings(document)]
    for message in (document.subtitle, document.source_note, *titles, *(note.text for note in document.notes)):
        if any(isinstance(inline, NoteRef) for inline in flatten(parse_inlines(message.text, message.place))):
            yield Problem(
                "note-place", "a note is called from a heading, a note or the cover", message.place, "move it"
            )


def _drawn_texts(block: Block[Message]) -> Iterator[Message]:
    """What is read aloud or drawn: all texts of a picture or a chart but what stands under it."""
    match block:
        case Picture(alt=alt):
            yield alt
        case Chart(caption=caption, source=source):
            yield from (text for text in block_texts((block,)) if text not in (caption, source))


def _anchor_problems(document: Document[Message]) -> Iterator[Problem]:
    found = headings(document)
    for anchor, times in Counter(heading.anchor for heading in found).items():
        if times > 1:
            place = [heading.text.place for heading in found if heading.anchor == anchor][-1]
            yield Problem(
                "anchor-twice", f"two headings have the anchor “{anchor}”", place, "give one another {#anchor}"
            )
    level = 0
    for heading in found:
        if heading.level > level + 1:
            cause = f"heading of level {heading.level} under one of level {level}"
            yield Problem("heading-skipped", cause, heading.text.place, f"make it level {level + 1}")
        level = heading.level


def _link_problems(document: Document[Message], parsed: Parsed) -> Iterator[Problem]:
    anchors = {heading.anchor for heading in headings(document)}
    for message, inlines in parsed:
        for inline in flatten(inlines):
            if isinstance(inline, Link) and _ADDRESS.match(said := plain(inline.content)) and said != inline.target:
                cause = f"a link that says “{said[:60]}” leads to “{inline.target}”"
                yield Problem("link-target", cause, message.place, "let it say where it leads, or say it in words")
            if isinstance(inline, Link) and inline.target.startswith("#") and inline.target[1:] not in anchors:
                cause = f"link to “{inline.target}”, which no heading has"
                yield Problem("anchor-unknown", cause, message.place, f"anchors: {', '.join(sorted(anchors))}")


def _note_problems(document: Document[Message], parsed: Parsed) -> Iterator[Problem]:
    calls = Counter(inline.label for _, inlines in parsed for inline in flatten(inlines) if isinstance(inline, NoteRef))
    notes = Counter(note.label for note in document.notes)
    for note in document.notes:
        if calls[note.label] != 1 or notes[note.label] != 1:
            cause = f"note “{note.label}” is called {calls[note.label]} times and written {notes[note.label]} times"
            yield Problem("note-calls", cause, note.place, "call each note once, by [^its-label]")
    for message, inlines in parsed:
        for inline in flatten(inlines):
            if isinstance(inline, NoteRef) and inline.label not in notes:
                cause = f"there is no note “{inline.label}”"
                yield Problem("note-missing", cause, message.place, f"write [^{inline.label}]: and its text")


# -- Figures ---------------------------------------------------------------------------------------------------------


def _figure_problems(document: Document[Message]) -> Iterator[Problem]:
    """Figures that nothing uses."""
    called = {id for id, _ in calls(texts(document))}
    charted = {
        id for block in walk(document.blocks) if isinstance(block, Chart) for s in block.series for id in s.figures
    }
    yield from unused(document.figures, called | charted | set(document.key_figures))


def _plural_problems(document: Document[Message]) -> Iterator[Problem]:
    """English has a form of its own for one: a sentence around the figure 1 must have both."""
    figures = document.register
    for message in texts(document):
        if message.counted:
            yield from _counting_problems(message, figures)
        for name in dict.fromkeys(PLACEHOLDER.findall(message.text)):
            figure = figures.get(name)
            alone = figure is not None and figure.kind == "count" and category(figure, SOURCE) != SOURCE.plurals[-1]
            if alone and name != message.counted:
                hint = f"word it to fit any number, or add the sentence for one: “<!-- one {name}: … -->”"
                yield Problem("figure-singular", f"the figure {name} is 1 here", message.place, hint)


def _counting_problems(message: Message, figures: dict[str, Figure[Message]]) -> Iterator[Problem]:
    counted = figures.get(message.counted)
    if counted is None or counted.kind != "count":
        cause = f"“{message.counted}” counts nothing"
        yield Problem("figure-counted", cause, message.place, f"name a figure of kind count in {REGISTER}")
    one, more = (parse_inlines(form, message.place) for form in message.forms)
    yield from mark_problems(more, one, message.place, SINGULAR)
    judge = partial(fact_problems, more, one, SOURCE, message.place, SINGULAR)
    yield from clean(judge, "plural", more, one)
    if message.counted not in PLACEHOLDER.findall(message.text):
        cause = f"the sentence does not show {{{message.counted}}}, which it counts"
        yield Problem("figure-counted", cause, message.place, "write the placeholder, or take the comment out")


def _judged_problems(document: Document[Message]) -> Iterator[Problem]:
    """What a person may let stand; waivers that nothing needs."""
    judged = Judged(SOURCE.tag, document.waivers)
    figures, printed = document.register, placeholders(document.figures, SOURCE)
    basis = sha256(repr((figures, printed)).encode("utf-8", "surrogatepass")).hexdigest()
    for message in texts(document):
        for form in message.forms:
            as_printed = PLACEHOLDER.sub(lambda called: printed.get(called[1], called[0]), form)
            judge = partial(_text_problems, message, form, as_printed, figures, tuple(printed.items()))
            found = clean(judge, "source", basis, message.context, form)
            yield from judged.standing(found, message.context, form, as_printed)
    yield from judged.dead()
    for waiver in document.waivers:
        if waiver.language not in document.languages:
            cause = f"the waiver {waiver.key} is for {waiver.language}, in which {document.id} does not appear"
            yield Problem("waiver-dead", cause, waiver.place, "correct the language, or take this entry out")


def _text_problems(
    message: Message,
    form: str,
    as_printed: str,
    figures: Mapping[str, Figure[Message]],
    printed: tuple[tuple[str, str], ...],
) -> Iterator[Problem]:
    """What is found in a text, or in one form of it."""
    shown = plain(parse_inlines(PLACEHOLDER.sub("\ufffc", form), message.place))
    yield from _typed_figures(shown, _printed_facts(printed), message.place)
    if not message.context.startswith(ENTRIES):
        yield from surroundings.problems(form, figures, SOURCE, message.place)
    words = without_code(parse_inlines(as_printed, message.place))
    yield from _strange(_CODE.sub("", form), words, figures, message.place)
    yield from mixed(words, words, SOURCE, message.place)
    yield from wording.slips(words, SOURCE, message.place)


@lru_cache(maxsize=1)
def _printed_facts(printed: tuple[tuple[str, str], ...]) -> dict[Fact, str]:
    """The figures by what is read in them as they are printed."""
    return {fact: name for name, text in printed for fact in facts(text, SOURCE.tag)}


def _strange(form: str, words: str, known: Collection[str], place: Place) -> Iterator[Problem]:
    """What does not belong in an English text: Cyrillic words, the name of a figure without its braces, references."""
    if cyrillic := re.search(r"\b[а-яёәғқңөұүһі]+\b", _QUOTED.sub("", words), re.IGNORECASE):
        hint = "translate it; put a name in quotation marks"
        yield Problem("language-letter", f"[en] “{cyrillic[0]}” is not English", place, hint)
    for name in dict.fromkeys(_NAME.findall(PLACEHOLDER.sub("", form))):
        if name in known:
            yield Problem("placeholder-broken", f"“{name}” without its braces", place, f"write {{{name}}}")
    yield from (each for each in active.problems("", form, place) if each.code != "markup-block")


def _typed_figures(text: str, known: dict[Fact, str], place: Place) -> Iterator[Problem]:
    """Digits typed by hand where the register has the figure, in a text as shown: they would stay when it changes."""
    read = found(text, SOURCE.tag)
    parts = (part for fact, typed in read if _DIGIT.search(typed) for part in (fact, *_ends(fact, typed)))
    for fact in dict.fromkeys(part for part in parts if part in known):
        cause = f"“{fact}” is typed by hand, and the register has it as “{known[fact]}”"
        yield Problem("figure-typed", cause, place, f"write {{{known[fact]}}} if it is the same figure")


def _ends(fact: Fact, text: str) -> Iterator[Fact]:
    """The numbers that a range of numbers runs from and to; years and dates are what they are as a whole."""
    if fact.kind == "range" and not _YEARS.search(text):
        yield from (end for number in re.findall(r"\d[\d,.]*", text) for end, _ in found(number, SOURCE.tag))
