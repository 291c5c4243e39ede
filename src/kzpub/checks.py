"""Findings about a localised document or a finished file that only the whole shows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

from kzpub import readback
from kzpub.catalogues import Catalogue
from kzpub.errors import Place, Problem
from kzpub.fonts import Face
from kzpub.inlines import Inlines, plain
from kzpub.model import Chart, CodeBlock, Document, Message, Picture, block_texts, texts, walk

_BESIDE = 12


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
    messages: Mapping[str, Message], labels: Mapping[str, str], catalogue: Catalogue | None, faces: tuple[Face, ...]
) -> Iterator[Problem]:
    """The same for the words of the templates."""
    for name, text in labels.items():
        yield from _missing(text, _place(messages[name], catalogue), faces)


# -- Finished files --------------------------------------------------------------------------------------------------


def file_problems(document: Document[Inlines], data: bytes, format: str, name: str) -> Iterator[Problem]:
    """Numbers of a document that a finished file does not show beside the same words.

    Letters and digits alone are compared: hyphens and spaces depend on where lines end. Where a page ends beside a
    number, the words of one side are enough.
    """
    page = _squeezed(readback.text(data, format))
    for inlines in _shown(document):
        for before, number, after in _numbers(_squeezed(plain(inlines))):
            if before + number + after not in page and before + number not in page and number + after not in page:
                cause = f"{name} does not show “{before}{number}{after}”"
                yield Problem("file-differs", cause, None, "report this: the file is not what the text says")


def _shown(document: Document[Inlines]) -> Iterator[Inlines]:
    """The texts that stand on a page: all but alternative texts and those for machines."""
    alternatives = [block.alt for block in walk(document.blocks) if isinstance(block, Picture | Chart)]
    yield from (document.title, document.subtitle, document.source_note)
    yield from (inlines for inlines in block_texts(document.blocks) if inlines not in alternatives)
    yield from (note.text for note in document.notes)


def _numbers(squeezed: str) -> Iterator[tuple[str, str, str]]:
    """Each run of digits with the letters on both sides of it."""
    for match in re.finditer(r"\d+", squeezed):
        before, after = squeezed[max(0, match.start() - _BESIDE) : match.start()], squeezed[match.end() :][:_BESIDE]
        yield before, match[0], after


def _squeezed(text: str) -> str:
    return "".join(filter(str.isalnum, text))


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
