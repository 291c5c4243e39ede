"""A publication in one language, localised, and all that is found in it: for a build, and for a status."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kzpub import catalogues, checks
from kzpub.catalogues import Catalogue
from kzpub.errors import KzpubError, Place, Problem, fail, raise_if_any
from kzpub.fonts import faces
from kzpub.inlines import Inlines
from kzpub.languages import SOURCE, Language
from kzpub.localise import localise, localise_labels
from kzpub.model import Document, Message
from kzpub.projects import CONFIGURATION, LABELS_DOMAIN
from kzpub.terms import Term, read_terms
from kzpub.traversal import texts
from kzpub.waivers import read_waivers


@dataclass(frozen=True, slots=True)
class Assessment:
    """What a publication reads like in a language, and what is found.

    Attributes:
        document: localised, source text marked where a translation is not done.
        labels: the words of the templates.
        catalogues: of its own texts and of the words of the templates; none for the source language.
        findings: in its own texts.
        word_findings: in the words of the templates, which must be done even for a draft.
        termbase: the terms it was judged by.

    """

    document: Document[Inlines]
    labels: dict[str, str]
    catalogues: tuple[Catalogue, ...]
    findings: tuple[Problem, ...]
    word_findings: tuple[Problem, ...]
    termbase: tuple[Term, ...]


def assess(root: Path, source: Document[Message], labels: dict[str, Message], language: Language) -> Assessment:
    """Localise and judge a publication. Raises ``KzpubError`` if it is not for this language or a catalogue is bad."""
    if language.tag not in source.languages:
        place, hint = Place(f"content/{source.id}/{CONFIGURATION}"), "add it to the list “languages”"
        raise fail("language-not-listed", f"{source.id} does not appear in {language.tag}", place, hint)
    own, words = load(root, source.id, language) if language != SOURCE else (None, None)
    templates = root / "templates"
    termbase = read_terms(root / "content" / source.id, root)
    document, problems = localise(source, own, language, termbase)
    localised, word_problems = localise_labels(labels, words, language, read_waivers(templates, root))
    typefaces = faces(templates / "fonts")
    findings = [*problems, *checks.glyph_problems(source, document, own, typefaces)]
    word_findings = [*word_problems, *checks.label_glyph_problems(labels, localised, words, typefaces)]
    if own is None or words is None:
        findings += checks.code_glyph_problems(source, typefaces)  # the same in all languages
        return Assessment(document, localised, (), tuple(findings), tuple(word_findings), termbase)
    findings += own.problems(texts(source))
    word_findings += words.problems(labels.values())
    return Assessment(document, localised, (own, words), tuple(findings), tuple(word_findings), termbase)


def load(root: Path, publication: str, language: Language) -> tuple[Catalogue, Catalogue]:
    """The catalogues of a publication and of the templates. Raises ``KzpubError`` with what is wrong with either."""
    loaded: list[Catalogue] = []
    problems: list[Problem] = []
    for domain in (publication, LABELS_DOMAIN):
        try:
            loaded.append(catalogues.load(root, domain, language))
        except KzpubError as error:
            problems.extend(error.problems)
    raise_if_any(problems)
    own, words = loaded
    return own, words
