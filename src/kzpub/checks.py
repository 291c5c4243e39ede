"""Findings about a localised document that only the whole shows."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from kzpub.errors import Place, Problem
from kzpub.fonts import Face
from kzpub.inlines import Inlines, plain
from kzpub.model import CodeBlock, Document, Labels, Message
from kzpub.po.catalogues import Catalogue
from kzpub.traversal import texts, walk


def glyph_problems(
    source: Document[Message], localised: Document[Inlines], catalogue: Catalogue | None, faces: tuple[Face, ...]
) -> Iterator[Problem]:
    """Characters that one of our typefaces lacks: they would be printed in another one, or as empty boxes."""
    for message, inlines in zip(texts(source), texts(localised), strict=True):
        yield from _missing(plain(inlines), _place(message, catalogue), faces)


def code_glyph_problems(document: Document[Message], faces: tuple[Face, ...]) -> Iterator[Problem]:
    """The same for code set off from the text, which is not translated; a line feed is no character of it."""
    for block in walk(document.blocks):
        if isinstance(block, CodeBlock):
            yield from _missing(block.text.replace("\n", ""), block.place, faces)


def label_glyph_problems(
    source: Labels, localised: Mapping[str, str], catalogue: Catalogue | None, faces: tuple[Face, ...]
) -> Iterator[Problem]:
    """The same for the words of the templates."""
    for name, text in localised.items():
        yield from _missing(text, _place(source.messages[name], catalogue), faces)


def _place(message: Message, catalogue: Catalogue | None) -> Place:
    entry = catalogue.find(message) if catalogue else None
    return entry.place if entry else message.place


def _missing(text: str, place: Place, faces: tuple[Face, ...]) -> Iterator[Problem]:
    for character in dict.fromkeys(text):
        lacking = [face.path.name for face in faces if ord(character) not in face.characters]
        if lacking:
            name = unicodedata.name(character, "an unnamed character")
            cause = f"no glyph for U+{ord(character):04X} {name} in {', '.join(lacking)}"
            yield Problem(
                "glyph-missing", cause, place, "write it otherwise, or put fonts that have it into templates/fonts"
            )
