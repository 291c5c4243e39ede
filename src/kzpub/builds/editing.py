"""The stages of one publication in one language: from a project’s folder to an edition, and on to finished files."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

from kzpub import content, proofreading
from kzpub.assessment import assess, assess_words
from kzpub.audit.checking import Finished
from kzpub.audit.pdfs import engines
from kzpub.builds.requests import asked_for, refusals
from kzpub.configuration import Configuration
from kzpub.edition import Edition, File, KeyFigure
from kzpub.errors import Problem, collecting, raise_if_any
from kzpub.figures import day
from kzpub.inlines import Inlines, plain
from kzpub.languages import LANGUAGES, Language
from kzpub.localise import untranslated
from kzpub.model import Document, Labels, Message
from kzpub.projects import FORMATS, Request, Say, publications, unheard
from kzpub.sources import Sources
from kzpub.typography import polish, polish_inlines, polish_text

WRITERS = {"pdf": "kzpub.writers.pdf", "docx": "kzpub.writers.docx", "html": "kzpub.writers.html"}
"""The module of each format, imported when the format is asked for: it has ``write(edition) -> File``."""

assert tuple(WRITERS) == FORMATS


CHARTS = "charts"
"""What is needed besides the writers, where a chart has to be drawn."""


_LATE = {"pdf": ("pypdfium2", "page"), "docx": (), "html": ("brotli",)}
"""Libraries that are imported late: by what a file is finished with, and by what looks at it afterwards."""


def prepare(needs: Collection[str]) -> None:
    """Import what these formats, and charts, will need, before processes are forked that share it."""
    for format in WRITERS.keys() & set(needs):
        import_module(WRITERS[format])
        for library in _LATE[format]:
            import_module(library)
    if "pdf" in needs:
        import_module("kzpub.writers.renderer").load()
    if CHARTS in needs:
        import_module("kzpub.writers.draughtsman").library()
        import_module("kzpub.writers.wordchart" if "docx" in needs else "kzpub.writers.drawings")


@dataclass(frozen=True, slots=True)
class Edited:
    """What became of a publication in a language: its edition, if there is one, and all that is found in its texts.

    ``words`` are findings in the words of the templates, which must be done even for a draft.
    """

    edition: Edition | None
    findings: tuple[Problem, ...]
    words: tuple[Problem, ...]


def edited(root: Path, labels: Labels, document: Document[Message], language: Language) -> Edited:
    """Localise, judge and polish a publication in a language. Raises nothing: what goes wrong is among the findings."""
    findings: list[Problem] = []
    words: list[Problem] = []
    edition = None
    with collecting(words):
        spoken = assess_words(root, labels, language)
        words.extend(spoken.findings)
    with collecting(findings):
        found = assess(root, document, language)
        findings.extend(found.findings)
        if not any(problem.severity == "error" for problem in (*words, *findings)):
            edition = _polished(found.document, spoken.labels, language, root / "templates")
    return Edited(edition, tuple(findings), tuple(words))


def editions(root: Path, request: Request, say: Say = unheard) -> list[Edition]:
    """All editions that are asked for, made here and now. Raises ``KzpubError`` with all problems of all of them."""
    labels = content.read_templates(root)
    documents = {id: content.read(root / "content" / id, root) for id in request.publications or publications(root)}
    configurations = [Configuration(id, each.languages, each.policy) for id, each in documents.items()]
    made: list[Edition] = []
    problems: list[Problem] = []
    for asked in asked_for(configurations, request, say):
        done = edited(root, labels, documents[asked.publication], LANGUAGES[asked.tag])
        problems += refusals(done.words, done.findings, request, asked.complete, say)
        if done.edition:
            made.append(replace(done.edition, withheld=asked.withheld))
    raise_if_any(dict.fromkeys(problems))
    return made


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


def written(edition: Edition, format: str) -> File:
    """An edition as a finished file. Raises ``KzpubError`` if it does not show what it should, or is not valid."""
    file: File = import_module(WRITERS[format]).write(edition)
    name, id = edition.file_name(format), edition.document.id
    finished = Finished(Path(id) / name, id, edition.language.tag, format, file.data, bool(edition.untranslated))
    raise_if_any((*proofreading.file_problems(edition, file, format, name), *engines.refusals(finished)))
    return file
