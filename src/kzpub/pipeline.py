"""The stages composed: from the folders of a project to finished files under the output folder.

Every file is made in memory first; nothing under the output folder changes before all of them are done.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

from kzpub import content, proofreading
from kzpub.assessment import Words, assess, assess_words
from kzpub.audit.checking import Finished
from kzpub.audit.pdfs.engines import refusals
from kzpub.edition import Edition, File, KeyFigure, file_name
from kzpub.errors import Place, Problem, collecting, fail, raise_if_any
from kzpub.figures import day
from kzpub.inlines import Inlines, plain
from kzpub.languages import LANGUAGES, Language
from kzpub.localise import untranslated
from kzpub.model import Document, Message
from kzpub.projects import CONFIGURATION, FORMATS, publications
from kzpub.publishing import publish
from kzpub.sources import Sources
from kzpub.typography import polish, polish_inlines, polish_text
from kzpub.writers import pages

WRITERS = {"pdf": "kzpub.writers.pdf", "docx": "kzpub.writers.docx", "html": "kzpub.writers.html"}
"""The module of each format, imported when the format is asked for: it has ``write(edition) -> File``."""

assert tuple(WRITERS) == FORMATS


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for: publications, language tags and formats, empty meaning all; a release is done and clean."""

    publications: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    release: bool = False


@dataclass(frozen=True, slots=True)
class Artefact:
    """A finished file, what it is, and its place in the output folder; ``draft`` where it shows source text."""

    path: Path
    language: Language
    format: str
    file: File
    draft: bool = False


def _unheard(line: str) -> None:
    """What is said where nobody listens."""


def build(
    root: Path,
    out: Path,
    request: Request,
    progress: Callable[[int, int, str], None],
    say: Callable[[str], None] = _unheard,
) -> tuple[Artefact, ...]:
    """Make and publish what is asked for. Raises ``KzpubError`` with all problems, and then publishes nothing.

    ``progress`` is told the number of files done, of all, and the name of the one that comes next; ``say`` is told,
    line by line, of findings that refuse nothing.
    """
    made = editions(root, request, say)
    formats = request.formats or FORMATS
    tasks = [(edition, each) for edition in made for each in formats if edition.language in edition.languages(each)]
    artefacts = []
    for done, (edition, format) in enumerate(tasks):
        progress(done, len(tasks), edition.file_name(format))
        artefacts.append(_write(edition, format))
    progress(len(tasks), len(tasks), "")
    files = {artefact.path: artefact.file.data for artefact in artefacts}
    files[Path("index.html")] = _index(root, out, made, files)
    publish({out / path: data for path, data in files.items()})
    return tuple(artefacts)


# -- Editions --------------------------------------------------------------------------------------------------------


def editions(root: Path, request: Request, say: Callable[[str], None] = _unheard) -> list[Edition]:
    """All editions that are asked for, ready to be written. Raises ``KzpubError`` with all problems of all of them."""
    labels = content.read_templates(root)
    documents = [content.read(root / "content" / id, root) for id in request.publications or publications(root)]
    asked = _asked_for(documents, request, say)
    made: list[Edition] = []
    refused: list[Problem] = []
    words: dict[Language, Words] = {}
    for language in dict.fromkeys(language for _, language, _ in asked):
        with collecting(refused):
            words[language] = assess_words(root, labels, language)
            refused.extend(_refused(words[language].findings, request, True, say))
    for document, language, formats in asked:
        with collecting(refused):
            found = assess(root, document, language)
            complete = any(document.policy.get((language.tag, format)) == "complete" for format in formats)
            refused.extend(_refused(found.findings, request, complete, say))
            if language in words:
                edition = _polished(found.document, words[language].labels, language, root / "templates")
                made.append(replace(edition, withheld=_withheld(document, request)))
    raise_if_any(refused)
    return made


def _asked_for(
    documents: list[Document[Message]], request: Request, say: Callable[[str], None]
) -> list[tuple[Document[Message], Language, list[str]]]:
    """Each publication with each language and the formats to be made. Raises ``KzpubError`` if that is nothing."""
    for tag in request.languages:
        if all(tag not in document.languages for document in documents):
            place, hint = Place(f"content/{documents[0].id}/{CONFIGURATION}"), "add it to the list “languages”"
            raise fail("language-not-listed", f"{documents[0].id} does not appear in {tag}", place, hint)
    asked = []
    for document in documents:
        withheld = _withheld(document, request)
        for tag in (each for each in request.languages or document.languages if each in document.languages):
            formats = [each for each in request.formats or FORMATS if (tag, each) not in withheld]
            _say_what_is_left_out(document, tag, request, formats, say)
            asked.append((document, LANGUAGES[tag], formats))
    if not any(formats for _, _, formats in asked):
        hint = f"ask for others, or change “editions” in {CONFIGURATION}"
        raise fail("release-empty", "every edition that is asked for is for work only", None, hint)
    return [each for each in asked if each[2]]


def _withheld(document: Document[Message], request: Request) -> frozenset[tuple[str, str]]:
    """The languages and formats that a release leaves out."""
    policy = document.policy.items() if request.release else ()
    return frozenset(which for which, word in policy if word == "draft")


def _say_what_is_left_out(
    document: Document[Message], tag: str, request: Request, formats: Container[str], say: Callable[[str], None]
) -> None:
    for format in request.formats or FORMATS:
        if format not in formats:
            place = f"content/{document.id}/{CONFIGURATION}"
            say(f"{place}: left out: {document.id}-{tag}.{format} is for work only")


def _refused(
    problems: Iterable[Problem], request: Request, complete: bool, say: Callable[[str], None]
) -> Iterator[Problem]:
    """The findings that refuse what is asked for; the others are said. What must be complete is no draft."""
    passing = set() if request.release else {"warning"} if complete else {"warning", "unfinished"}
    for problem in problems:
        if problem.severity in passing:
            say(problem.line("draft" if problem.severity == "unfinished" else "warning"))
        else:
            yield problem


def _polished(document: Document[Inlines], labels: dict[str, str], language: Language, templates: Path) -> Edition:
    """A localised document and the words of the templates, completed and with the typography of the language."""
    sources = Sources(document, labels, language)
    tiles = (
        KeyFigure(tile.id, polish_inlines(tile.value, language), polish_inlines(tile.label, language))
        for tile in sources.key_figures()
    )
    return Edition(
        document=polish(sources.completed(), language),
        language=language,
        labels={name: polish_text(text, language) for name, text in labels.items()},
        date=polish_text(day(document.date, language), language),
        templates=templates,
        key_figures=tuple(tiles),
        figures={each.id: plain(polish_inlines(sources.alone(each), language)) for each in document.figures},
        untranslated=untranslated(document),
    )


def _write(edition: Edition, format: str) -> Artefact:
    file: File = import_module(WRITERS[format]).write(edition)
    name = edition.file_name(format)
    artefact = Artefact(Path(edition.document.id) / name, edition.language, format, file, bool(edition.untranslated))
    raise_if_any((*proofreading.file_problems(edition, file, format, name), *refusals(_finished(edition, artefact))))
    return artefact


def _finished(edition: Edition, made: Artefact) -> Finished:
    """What validators are given: a file alone."""
    return Finished(made.path, edition.document.id, made.language.tag, made.format, made.file.data, made.draft)


# -- Publishing ------------------------------------------------------------------------------------------------------


def _index(root: Path, out: Path, made: list[Edition], files: Container[Path]) -> bytes:
    """The page that lists every finished file, those that lie there already and those about to be written.

    A draft is listed, as what it is, by the build that makes it.
    """
    withheld = {(edition.document.id, *which) for edition in made for which in edition.withheld}
    listed = []
    for publication in publications(root):
        rows = [(language, _there(publication, tag, out, files, withheld)) for tag, language in LANGUAGES.items()]
        listed.append((content.title(root, publication), [row for row in rows if row[1]]))
    words = {edition.language: (edition.label("publications"), edition.label("draft_mark")) for edition in made}
    return pages.render(root / "templates", "index.html", listed=listed, words=words).encode()


def _there(
    publication: str, tag: str, out: Path, files: Container[Path], withheld: Container[tuple[str, str, str]]
) -> list[tuple[str, Path, bool]]:
    """The files of a publication in a language: format, path, and whether it is a draft."""
    found = []
    for format in FORMATS:
        finished, draft = (Path(publication) / file_name(publication, tag, format, draft=d) for d in (False, True))
        if draft in files:
            found.append((format, draft, True))
        if finished in files or ((out / finished).is_file() and (publication, tag, format) not in withheld):
            found.append((format, finished, False))
    return found
