"""An edition: one publication in one language, complete and ready for a writer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kzpub.fonts import Face, faces
from kzpub.inlines import PLACEHOLDER, Inlines, NoteRef, flatten, plain
from kzpub.languages import LANGUAGES, Language
from kzpub.model import Document
from kzpub.traversal import texts


@dataclass(frozen=True, slots=True)
class File:
    """What a writer makes: the bytes of a file, and how many pages it has where that is fixed."""

    data: bytes
    pages: int | None = None


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A tile of the first page: a figure as it stands alone, and what it is."""

    id: str
    value: Inlines
    label: Inlines


def file_name(publication: str, tag: str, format: str, *, draft: bool = False) -> str:
    """The name of the file of a publication in a language and a format."""
    return f"{publication}-{tag}{'-draft' * draft}.{format}"


@dataclass(frozen=True, slots=True)
class Edition:
    """What a writer is given.

    Attributes:
        document: localised and polished.
        labels: the words of the templates in this language, by name.
        date: the day of release, as printed.
        templates: the folder that holds templates, stylesheets and fonts.
        key_figures: the tiles of the first page.
        figures: each figure of the register as it reads where it stands alone, by identifier.
        untranslated: how many texts are shown in the source language; more than none make the edition a draft.
        withheld: language tags and formats of this publication that a release leaves out: nothing leads to them.

    """

    document: Document[Inlines]
    language: Language
    labels: Mapping[str, str]
    date: str
    templates: Path
    key_figures: tuple[KeyFigure, ...] = ()
    figures: Mapping[str, str] = field(default_factory=dict)
    untranslated: int = 0
    withheld: frozenset[tuple[str, str]] = frozenset()

    @property
    def title(self) -> str:
        return plain(self.document.title)

    @property
    def keywords(self) -> tuple[str, ...]:
        return tuple(map(plain, self.document.keywords))

    def languages(self, format: str) -> tuple[Language, ...]:
        """All languages that the publication appears in, in a format."""
        return tuple(LANGUAGES[tag] for tag in self.document.languages if (tag, format) not in self.withheld)

    @property
    def faces(self) -> tuple[Face, ...]:
        return faces(self.templates / "fonts")

    @property
    def notes(self) -> dict[str, tuple[int, Inlines]]:
        """Number and text of each note by its label, numbered in the order in which this language calls them."""
        written = {note.label: note.text for note in self.document.notes}
        calls = (
            inline.label for text in texts(self.document) for inline in flatten(text) if isinstance(inline, NoteRef)
        )
        return {label: (number, written[label]) for number, label in enumerate(calls, 1)}

    def file_name(self, format: str, language: Language | None = None) -> str:
        """The name of this edition's file in a format, or of that in another language.

        What is for work has a name of its own, so that nothing finished leads to it, and nobody sends it out.
        """
        tag = (language or self.language).tag
        unfinished = self.untranslated and tag == self.language.tag
        draft = bool(unfinished) or self.document.policy.get((tag, format)) == "draft"
        return file_name(self.document.id, tag, format, draft=draft)

    def label(self, name: str, **values: object) -> str:
        """A word of the templates with its placeholders filled."""
        return PLACEHOLDER.sub(lambda match: str(values[match[1]]), self.labels[name])

    def label_parts(self, name: str) -> tuple[str, ...]:
        """A word of the templates cut at its placeholders: text, name, text, name, …, text."""
        return tuple(PLACEHOLDER.split(self.labels[name]))

    @property
    def position(self) -> str:
        """The sentence that says which years the edition describes."""
        first, last = self.document.period
        return self.label("position", first=first, last=last)

    @property
    def notice(self) -> str:
        """What a draft says of itself on its cover; empty for an edition that is complete."""
        return self.label("draft", count=self.untranslated) if self.untranslated else ""

    @property
    def running_mark(self) -> str:
        """What every page of a draft says; empty for an edition that is complete."""
        return self.label("draft_mark") if self.untranslated else ""
