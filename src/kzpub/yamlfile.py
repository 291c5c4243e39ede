"""A YAML file as plain values that remember their lines; what YAML would silently reinterpret is an error.

Every scalar is read as the text that is written (``no`` is "no", ``0123`` is "0123"); dates and numbers are the
caller's business.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any, TypeVar

import yaml
from yaml import Event, MappingStartEvent, NodeEvent, ScalarEvent, SequenceStartEvent

from kzpub import inputs
from kzpub.characters import in_parts, unseen
from kzpub.errors import KzpubError, Place, Problem, collecting, fail, raise_if_any

T = TypeVar("T")
_LIBYAML: Any = getattr(yaml, "CBaseLoader", None)
"""The parser in C, twenty times as fast; PyYAML has none where it was built without libyaml."""

_READ_OTHERWISE = re.compile(r"[\t?!]|^(?:---|\.\.\.|%)|[|>][-+0-9]*#|:[ \n]+(?:#[^\n]*\n[ \n]*)*[]},]", re.MULTILINE)
"""Where libyaml may read another text or line than PyYAML does: found by comparing them on a million texts."""

DEEPEST, LONGEST = 12, 5_000
"""How many lists and mappings lie in each other, and the characters of one text."""
_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?= |$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text as written, and where."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list, and where it begins."""

    items: tuple[Tree, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in the order of the file, where it begins, and where each key stands."""

    items: dict[str, Tree]
    place: Place
    keys: dict[str, Place]

    def only(self, known: tuple[str, ...], required: tuple[str, ...]) -> None:
        """Raise ``KzpubError`` for a key that is not known or one that is missing."""
        for key, value in self.items.items():
            if key not in known:
                raise fail("yaml-key", f"unknown key “{key}”", value.place, f"known keys: {', '.join(known)}")
        for key in required:
            self.require(key)

    def require(self, key: str) -> None:
        """Raise ``KzpubError`` if a key is missing."""
        if key not in self.items:
            raise fail("yaml-key", f"no “{key}”", self.place, f"add a line “{key}: …”")

    def text(self, key: str) -> Scalar:
        """The text at a key. Raises ``KzpubError`` if something else stands there."""
        value = self.items[key]
        if not isinstance(value, Scalar) or not value.text.strip():
            raise fail("yaml-type", f"“{key}” is not a text", value.place, f"write “{key}: some text”")
        return value

    def texts(self, key: str) -> tuple[Scalar, ...]:
        """The list of texts at a key. Raises ``KzpubError`` if something else stands there."""
        value = self.items[key]
        scalars = tuple(item for item in getattr(value, "items", ()) if isinstance(item, Scalar))
        complete = scalars and all(item.text.strip() for item in scalars)
        if not isinstance(value, Sequence) or len(scalars) != len(value.items) or not complete:
            raise fail("yaml-type", f"“{key}” is not a list of texts", value.place, f"write “{key}: [one, two]”")
        return scalars

    def names(self, key: str) -> tuple[Scalar, ...]:
        """The list of texts at a key, each once. Raises ``KzpubError`` if one stands there twice."""
        scalars = self.texts(key)
        for n, item in enumerate(scalars):
            if item.text in (earlier.text for earlier in scalars[:n]):
                raise fail("yaml-twice", f"“{item.text}” stands twice in “{key}”", item.place, "take one of them out")
        return scalars


Tree = Scalar | Sequence | Mapping


def read_text(path: Path, root: Path) -> str:
    """The text of a UTF-8 file. Raises ``KzpubError`` if it is not there, or if not all of it can be seen."""
    text = inputs.text(path, root)
    raise_if_any(_text_problems(text, path.relative_to(root).as_posix()))
    return text


def _text_problems(text: str, shown: str) -> Iterator[Problem]:
    for number, names in unseen(text):
        cause = f"characters that cannot be seen: {names}"
        yield Problem("character-unseen", cause, Place(shown, number), "delete them")
    for number, letters in in_parts(text):
        hint = "type them again, or normalise the file to NFC"
        yield Problem("character-unseen", f"letters in two parts: {letters}", Place(shown, number), hint)
    for mark in _CONFLICT.finditer(text):
        place = Place(shown, text.count("\n", 0, mark.start()) + 1)
        yield Problem("merge-conflict", f"a mark of a merge conflict, “{mark[0]}”", place, "settle it: keep one side")


def read_mapping(path: Path, root: Path) -> Mapping:
    """Read a file that holds one mapping. Raises ``KzpubError`` with the line of whatever is wrong."""
    return _mapping(_read(path, root), path, root)


def _mapping(tree: Tree | None, path: Path, root: Path) -> Mapping:
    if not isinstance(tree, Mapping):
        place = Place(path.relative_to(root).as_posix(), 1)
        raise fail("yaml-type", "the file is not a mapping", place, "write lines of “key: value”")
    return tree


def _read(path: Path, root: Path) -> Tree | None:
    """What a file holds, if anything."""
    shown = path.relative_to(root).as_posix()
    source = read_text(path, root)
    try:
        events = _events(source)
    except yaml.YAMLError as error:
        raise _malformed(error, shown, source) from None
    _require_plain(events, shown)
    begun = [event for event in events if isinstance(event, yaml.DocumentStartEvent)]
    for second in begun[1:]:
        raise fail("yaml-syntax", "a second document", Place(shown, _line(second.start_mark)), "take “---” out")
    nodes = iter([event for event in events if isinstance(event, NodeEvent | yaml.CollectionEndEvent)])
    return _tree(next(nodes), nodes, shown) if begun else None


def _events(source: str) -> list[Event]:
    """What a text is made of. Raises ``YAMLError`` in the words of PyYAML, with libyaml and without."""
    if _LIBYAML and not _READ_OTHERWISE.search(source):
        with suppress(yaml.YAMLError):
            return _bounded(yaml.parse(source, _LIBYAML))
    return _bounded(yaml.parse(source, yaml.BaseLoader))


def _bounded(events: Iterable[Event]) -> list[Event]:
    """The events of a text that is not nested without end: PyYAML takes minutes over brackets in brackets."""
    found, depth = [], 0
    for event in events:
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            mark: Any = event.start_mark
            raise yaml.MarkedYAMLError(problem="nested too deep", problem_mark=mark)
        found.append(event)
    return found


def _require_plain(events: Iterable[Event], shown: str) -> None:
    """Raise ``KzpubError`` for what says more than it shows: aliases, anchors, tags, directives."""
    for event in events:
        place = Place(shown, _line(event.start_mark))
        if getattr(event, "anchor", None):
            raise fail("yaml-alias", "a YAML alias, or what one would name", place, "write the value out")
        if tag := getattr(event, "tag", None):
            raise fail("yaml-tag", f"a YAML tag, “{tag}”", place, "write the value alone")
        if isinstance(event, yaml.DocumentStartEvent) and (event.version or event.tags):
            raise fail("yaml-syntax", "a YAML directive", place, "delete the line that begins with %")


def read_entries(path: Path, root: Path, entry: Callable[[str, Tree, Place], T]) -> tuple[T, ...]:
    """What each entry of a file is, if it is there and has any. Raises ``KzpubError`` with all that is wrong."""
    if not os.path.lexists(path) or (tree := _read(path, root)) is None:
        return ()
    listed = _mapping(tree, path, root)
    found: list[T] = []
    problems: list[Problem] = []
    for key, tree in listed.items.items():
        with collecting(problems):
            found.append(entry(key, tree, listed.keys[key]))
    raise_if_any(problems)
    return tuple(found)


def _malformed(error: yaml.YAMLError, shown: str, source: str) -> KzpubError:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    cause = " ".join((getattr(error, "problem", None) or str(error)).split())
    line = _line(mark) if mark else source.count("\n", 0, getattr(error, "position", 0)) + 1
    hint = "check indentation, colons and quotation marks on this line and the one before"
    return fail("yaml-syntax", cause, Place(shown, line), hint)


def _line(mark: Any) -> int:
    return mark.line + 1 if mark else 0


def _tree(event: Event, nodes: Iterator[Event], shown: str) -> Tree:
    """The tree that an event begins, what it holds taken from the others."""
    place = Place(shown, _line(event.start_mark))
    match event:
        case ScalarEvent():
            return Scalar(_seen(str(event.value), place), place)
        case SequenceStartEvent():
            return Sequence(tuple(_tree(item, nodes, shown) for item in _until_end(nodes)), place)
        case MappingStartEvent():
            items: dict[str, Tree] = {}
            keys: dict[str, Place] = {}
            for key in _until_end(nodes):
                where = Place(shown, _line(key.start_mark))
                if not isinstance(key, ScalarEvent):
                    raise fail("yaml-type", "a key that is not a text", where, "write “key: value”")
                if key.value in items:
                    raise fail("yaml-duplicate", f"“{key.value}” twice", where, "keep one of them")
                items[key.value], keys[key.value] = _tree(next(nodes), nodes, shown), where
            return Mapping(items, place, keys)
        case _:
            raise fail("yaml-type", "an unknown kind of YAML", place, "write texts, lists and mappings only")


def _until_end(nodes: Iterator[Event]) -> Iterator[Event]:
    """What a list or a mapping holds, while what those hold is taken by others."""
    return takewhile(lambda event: not isinstance(event, yaml.CollectionEndEvent), nodes)


def _seen(text: str, place: Place) -> str:
    """The same text. Raises ``KzpubError`` if it is too long, or if an escape stands for what nobody sees."""
    if len(text) > LONGEST:
        raise fail("text-length", f"a text of {len(text):,} characters", place, f"write {LONGEST:,} at most")
    if found := next(unseen(text), None):
        raise fail("character-unseen", f"characters that cannot be seen: {found[1]}", place, "take their escapes out")
    return text
