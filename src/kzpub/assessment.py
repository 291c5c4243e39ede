"""A publication in one language, localised, and all that is found in it: for a build, and for a status."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kzpub import checks
from kzpub.errors import Problem
from kzpub.fonts import Face, faces
from kzpub.inlines import Inlines
from kzpub.languages import SOURCE, Language
from kzpub.localise import localise, localise_labels
from kzpub.model import Document, Labels, Message
from kzpub.po import catalogues
from kzpub.po.catalogues import Catalogue
from kzpub.projects import LABELS_DOMAIN
from kzpub.traversal import texts


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of a publication in a language.

    Attributes:
        document: localised, source text marked where a translation is not done.
        catalogue: none for the source language.
        findings: all that is found in them.

    """

    document: Document[Inlines]
    catalogue: Catalogue | None
    findings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the templates in a language, by name, which must be done even for a draft, and what is found."""

    labels: dict[str, str]
    catalogue: Catalogue | None
    findings: tuple[Problem, ...]


def assess(root: Path, source: Document[Message], language: Language) -> Texts:
    """Localise and judge a publication. Raises ``KzpubError`` if its catalogue is no catalogue of this language."""
    catalogue = catalogues.load(root, source.id, language) if language != SOURCE else None
    document, problems = localise(source, catalogue, language)
    typefaces = faces(root / "templates" / "fonts")
    found = (
        *problems,
        *checks.glyph_problems(source, document, catalogue, typefaces),
        *(catalogue.problems(texts(source)) if catalogue else _of_the_source(source, typefaces)),
    )
    return Texts(document, catalogue, found)


def _of_the_source(source: Document[Message], typefaces: tuple[Face, ...]) -> Iterator[Problem]:
    """What is the same in all languages."""
    yield from source.warnings
    yield from checks.code_glyph_problems(source, typefaces)


def assess_words(root: Path, labels: Labels, language: Language) -> Words:
    """Localise and judge the words of the templates. Raises ``KzpubError`` as ``assess`` does."""
    catalogue = catalogues.load(root, LABELS_DOMAIN, language) if language != SOURCE else None
    localised, problems = localise_labels(labels, catalogue, language)
    glyphs = checks.label_glyph_problems(labels, localised, catalogue, faces(root / "templates" / "fonts"))
    strangers = catalogue.problems(labels.messages.values()) if catalogue else ()
    return Words(localised, catalogue, (*problems, *glyphs, *strangers))
