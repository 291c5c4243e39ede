"""A text and its translation compared: marks, placeholders, facts.

Order is free: a language may put a link or a figure where it wants it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kzpub.errors import Place, Problem
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
)
from kzpub.judges.facts import differences
from kzpub.languages import SOURCE, Language

TRANSLATION, SINGULAR = "the translation", "the sentence for one"
_MODELS = {TRANSLATION: "the source text", SINGULAR: "the sentence for more"}


def fact_problems(
    source: Inlines, translation: Inlines, language: Language, place: Place, subject: str = TRANSLATION
) -> Iterator[Problem]:
    """Numbers, dates, amounts and addresses are equal by value, as printed in both languages."""
    lost, added = differences(_prose(source), SOURCE.tag, _prose(translation), language.tag)
    if lost or added:
        yield difference("fact", set(lost), set(added), place, subject)


def _prose(inlines: Inlines) -> str:
    """The characters that a language may change; code, compared as it is, and a note call stand as one character."""

    def text(inline: Inline) -> str:
        match inline:
            case Text(characters) | Value(text=characters):
                return characters
            case Code() | NoteRef():
                return "\ufffc"
            case Break():
                return " "
            case _:
                return ""

    return "".join(map(text, flatten(inlines)))


def mark_problems(source: Inlines, translation: Inlines, place: Place, subject: str = TRANSLATION) -> Iterator[Problem]:
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
            yield difference(kind, lost, added, place, subject)


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
            case Value() | Break() | Foreign():
                pass


def difference(kind: str, lost: set[str], added: set[str], place: Place, subject: str = TRANSLATION) -> Problem:
    """What another text has lost or added."""
    changes = (("drops", lost), ("adds", added))
    parts = (f"{verb} {kind} {', '.join(sorted(names))}".strip() for verb, names in changes if names)
    return Problem(f"{kind}-differs", f"{subject} {' and '.join(parts)}", place, f"make it as in {_MODELS[subject]}")
