"""The stages composed: from the folders of a project to finished files under the output folder.

The only module that writes there. Every file is made in memory first; nothing under the output folder changes before
all of them are done.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from kzpub import catalogues, checks, content
from kzpub.catalogues import LABELS_DOMAIN
from kzpub.edition import Edition, File
from kzpub.errors import Place, Problem, fail, raise_if_any
from kzpub.fonts import faces
from kzpub.languages import LANGUAGES, SOURCE, Language
from kzpub.localise import format_date, localise, localise_labels
from kzpub.model import Document, Message
from kzpub.projects import CONFIGURATION, FORMATS, publications
from kzpub.typography import polish, polish_text

WRITERS = {"pdf": "kzpub.writers.pdf", "docx": "kzpub.writers.docx", "html": "kzpub.writers.html"}
"""The module of each format, imported when the format is asked for: it has ``write(edition) -> File``."""

assert tuple(WRITERS) == FORMATS


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for: publications, language tags and formats; empty means all."""

    publications: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Artefact:
    """A finished file, what it is, and its place in the output folder."""

    path: Path
    language: Language
    format: str
    file: File


def build(root: Path, out: Path, request: Request, progress: Callable[[int, int, str], None]) -> tuple[Artefact, ...]:
    """Make and publish what is asked for. Raises ``KzpubError`` with all problems, and then publishes nothing.

    ``progress`` is told the number of files done, of all, and the name of the one that comes next.
    """
    made = editions(root, request)
    tasks = [(edition, format) for edition in made for format in request.formats or FORMATS]
    artefacts = []
    for done, (edition, format) in enumerate(tasks):
        progress(done, len(tasks), edition.file_name(format))
        artefacts.append(_write(edition, format))
    progress(len(tasks), len(tasks), "")
    _publish(root, out, artefacts)
    return tuple(artefacts)


# -- Editions --------------------------------------------------------------------------------------------------------


def editions(root: Path, request: Request) -> list[Edition]:
    """All editions that are asked for, ready to be written. Raises ``KzpubError`` with all problems of all of them."""
    labels = content.read_labels(root / "templates" / content.LABELS_FILE, root)
    made: list[Edition] = []
    problems: list[Problem] = []
    for publication in request.publications or publications(root):
        document = content.read(root / "content" / publication, root)
        for tag in request.languages or document.languages:
            edition, found = _edition(root, document, labels, LANGUAGES[tag])
            made.append(edition)
            problems.extend(found)
    raise_if_any(problems)
    return made


def _edition(
    root: Path, source: Document[Message], labels: dict[str, Message], language: Language
) -> tuple[Edition, list[Problem]]:
    if language.tag not in source.languages:
        place, hint = Place(f"content/{source.id}/{CONFIGURATION}"), "add it to the list “languages”"
        raise fail("language-not-listed", f"{source.id} does not appear in {language.tag}", place, hint)
    translated = language != SOURCE
    texts = catalogues.load(root, source.id, language) if translated else None
    words = catalogues.load(root, LABELS_DOMAIN, language) if translated else None
    document, problems = localise(source, texts, language)
    localised_labels, label_problems = localise_labels(labels, words, language)
    typefaces = faces(root / "templates" / "fonts")
    glyphs = checks.glyph_problems(source, document, texts, typefaces)
    label_glyphs = checks.label_glyph_problems(labels, localised_labels, words, typefaces)
    polished = {name: polish_text(text, language) for name, text in localised_labels.items()}
    date = polish_text(format_date(source.date, language), language)
    edition = Edition(polish(document, language), language, polished, date, root / "templates")
    code_glyphs = () if translated else checks.code_glyph_problems(source, typefaces)  # the same in all languages
    return edition, [*problems, *label_problems, *glyphs, *label_glyphs, *code_glyphs]


def _write(edition: Edition, format: str) -> Artefact:
    file: File = import_module(WRITERS[format]).write(edition)
    return Artefact(Path(edition.document.id) / edition.file_name(format), edition.language, format, file)


# -- Publishing ------------------------------------------------------------------------------------------------------


def _publish(root: Path, out: Path, artefacts: Iterable[Artefact]) -> None:
    """Write every file beside its place, then move all of them there, the list of all files last."""
    try:
        _replace_all(out, {artefact.path: artefact.file.data for artefact in artefacts})
        _replace_all(out, {Path("index.html"): index(root, out)})
    except OSError as error:
        shown = Place(str(error.filename or out))
        raise fail(
            "output", error.strerror or str(error), shown, "check the folder’s rights and the free space"
        ) from None


def _replace_all(out: Path, files: dict[Path, bytes]) -> None:
    waiting: dict[Path, Path] = {}
    try:
        for path, data in files.items():
            final = out / path
            final.parent.mkdir(parents=True, exist_ok=True)
            waiting[final] = final.with_name(f".{final.name}.{os.getpid()}")
            waiting[final].write_bytes(data)
        for final, temporary in waiting.items():
            temporary.replace(final)
    finally:
        for temporary in waiting.values():
            temporary.unlink(missing_ok=True)


def index(root: Path, out: Path) -> bytes:
    """The page that lists every finished file in the output folder."""
    from kzpub.writers.pages import render

    listed = []
    for publication in publications(root):
        document = content.read(root / "content" / publication, root)
        rows = [
            (
                LANGUAGES[tag],
                [path for format in FORMATS if (path := _artefact_path(out, publication, tag, format)).is_file()],
            )
            for tag in document.languages
        ]
        listed.append((document.title.text, [(language, paths) for language, paths in rows if paths]))
    return render(root / "templates", "index.html", listed=listed, out=out).encode()


def _artefact_path(out: Path, publication: str, tag: str, format: str) -> Path:
    return out / publication / f"{publication}-{tag}.{format}"
