"""What a text is made of: characters, marks, links, filled values; and reading it as plain text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
"""A value to be filled in: in texts, in words of the templates, in the Word template."""


@dataclass(frozen=True, slots=True)
class Text:
    """Plain characters."""

    text: str


@dataclass(frozen=True, slots=True)
class Value:
    """A filled placeholder: its name and the value as printed."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    content: Inlines


@dataclass(frozen=True, slots=True)
class Strong:
    content: Inlines


@dataclass(frozen=True, slots=True)
class Code:
    """Inline code, kept letter by letter."""

    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link to ``#anchor`` in this document, or to a web or mail address."""

    target: str
    content: Inlines


@dataclass(frozen=True, slots=True)
class NoteRef:
    """The call of a note: its label in the source."""

    label: str


@dataclass(frozen=True, slots=True)
class Break:
    """A hard line break."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """A text in another language than its page: the source, where there is no finished translation."""

    language: str
    content: Inlines


Inline: TypeAlias = Text | Value | Emphasis | Strong | Code | Link | NoteRef | Break | Foreign
Inlines: TypeAlias = tuple[Inline, ...]

# -- Inlines as text -------------------------------------------------------------------------------------------------


def map_inlines(inlines: Inlines, change: Callable[[Inline], Inline]) -> Inlines:
    """The same inlines with every innermost one changed, in reading order; what is foreign counts as one."""

    def one(inline: Inline) -> Inline:
        match inline:
            case Emphasis(content) | Strong(content) | Link(content=content):
                return replace(inline, content=map_inlines(content, change))
            case _:
                return change(inline)

    return tuple(map(one, inlines))


def innermost(inlines: Inlines) -> Iterator[Inline]:
    """The inlines that ``map_inlines`` changes."""
    for inline in inlines:
        if isinstance(inline, Emphasis | Strong | Link):
            yield from innermost(inline.content)
        else:
            yield inline


def flatten(inlines: Inlines) -> Iterator[Inline]:
    """Every inline in reading order, a mark before what it holds."""
    for inline in inlines:
        yield inline
        if isinstance(inline, Emphasis | Strong | Link | Foreign):
            yield from flatten(inline.content)


def plain(inlines: Inlines) -> str:
    """The characters a reader sees, marks and note calls left out, a hard break as a space."""

    def text(inline: Inline) -> str:
        match inline:
            case Text(characters) | Value(text=characters) | Code(characters):
                return characters
            case Break():
                return " "
            case _:
                return ""

    return "".join(map(text, flatten(inlines)))


def foreign(inlines: Inlines) -> str:
    """The tag of the other language that a text is in, or has a piece in; empty if it has none."""
    return next((inline.language for inline in innermost(inlines) if isinstance(inline, Foreign)), "")


def unmarked(inlines: Inlines) -> Inlines:
    """The plain characters of a text, still in its language."""
    text = (Text(plain(inlines)),)
    return (Foreign(language, text),) if (language := foreign(inlines)) else text


def without_code(inlines: Inlines) -> str:
    """The characters that are of a language: code is of none."""
    return plain(map_inlines(inlines, lambda inline: Text("\ufffc") if isinstance(inline, Code) else inline))
