"""Every text of our own publications beside its translation, as printed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TypeAlias

from kzpub import content
from kzpub.errors import Place
from kzpub.inlines import PLACEHOLDER, plain
from kzpub.judges.terms import names
from kzpub.languages import LANGUAGES, SOURCE
from kzpub.localise import fill, values
from kzpub.markdown import parse_inlines
from kzpub.model import Document, Message
from kzpub.po import catalogues
from kzpub.projects import LABELS_DOMAIN, publications
from kzpub.traversal import texts
from tests.conftest import ROOT

Pair: TypeAlias = tuple[str, str, Place]


@cache
def own_pairs(tag: str) -> tuple[Pair, ...]:
    """Source, translation and its place: all messages of all publications, and the words of the templates."""
    return (*_labels(tag), *(pair for publication in publications(ROOT) for pair in _published(publication, tag)))


@cache
def own_names(tag: str) -> tuple[str, ...]:
    """What the words of the templates may hold in any letters."""
    return names(content.read_templates(ROOT).terms, LANGUAGES[tag])


def _published(publication: str, tag: str) -> Iterator[Pair]:
    document = content.read(ROOT / "content" / publication, ROOT)
    catalogue = catalogues.load(ROOT, publication, LANGUAGES[tag])
    for message in texts(document):
        entry = catalogue.find(message) if message.text else None
        for form in dict.fromkeys(entry.texts if entry else ()):
            place = entry.place if entry else message.place
            yield _printed(document, message, SOURCE.tag), _printed(document, message, tag, form), place


def _printed(document: Document[Message], message: Message, tag: str, form: str | None = None) -> str:
    inlines = parse_inlines(message.text if form is None else form, message.place)
    return plain(fill(inlines, values(document, LANGUAGES[tag])))


def _labels(tag: str) -> Iterator[Pair]:
    catalogue = catalogues.load(ROOT, LABELS_DOMAIN, LANGUAGES[tag])
    for (_, *sources), entry in catalogue.entries.items():
        for text in entry.texts:
            yield PLACEHOLDER.sub("7", sources[-1]), PLACEHOLDER.sub("7", text), entry.place
