"""The two tasks of a build, for any ``concurrent.futures.Executor``: what goes in and what comes out can travel.

Both are pure functions of a snapshot, which lies in a folder of its own, and of their arguments. What goes wrong comes
back as problems, in the order in which it was found.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from kzpub import content, pieces
from kzpub.builds.digests import edition_digest, shown
from kzpub.builds.editing import edited, written
from kzpub.configuration import title
from kzpub.edition import Edition
from kzpub.errors import KzpubError, Problem
from kzpub.languages import LANGUAGES
from kzpub.model import Document, Labels, Message
from kzpub.projects import FORMATS


@dataclass(frozen=True, slots=True)
class Editing:
    """What a publication in a language became: findings, and unless they refuse it in any case, an edition.

    Attributes:
        digest: of the edition; empty if there is none.
        findings, words: in its texts, and in the words of the templates.
        untranslated: how many texts are in the source language.
        names: file names by format.
        title: of the publication, in the source language.
        headings: what the list of all files is called in this language, and its word for a draft.
        edition: the edition itself, pickled.
        pieces: what was judged, for the next time: see ``pieces``.

    """

    digest: str
    findings: tuple[Problem, ...]
    words: tuple[Problem, ...]
    untranslated: int = 0
    names: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    headings: tuple[str, str] = ("", "")
    edition: bytes = b""
    pieces: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Writing:
    """A finished file, its number of pages where that is fixed, and its costly pieces; or the problems without it."""

    data: bytes
    pages: int | None
    problems: tuple[Problem, ...] = ()
    pieces: Mapping[str, bytes] = field(default_factory=dict)


def edit(folder: Path, publication: str, tag: str, lent: Mapping[str, bytes]) -> Editing:
    """Read, localise, judge and polish a publication in a language.

    ``lent`` is what was judged before, by the same code and libraries.
    """
    pieces.lend(lent)
    try:
        labels, document, judged = _read(folder, publication)
    except KzpubError as error:
        return Editing("", tuple(error.problems), ())
    done = edited(folder, labels, document, LANGUAGES[tag])
    judged = judged | pieces.used()
    if done.edition is None:
        return Editing("", done.findings, done.words, pieces=judged)
    made = shown(done.edition)
    return Editing(
        edition_digest(made),
        done.findings,
        done.words,
        made.untranslated,
        {format: made.file_name(format) for format in FORMATS},
        title(folder, publication),
        (made.label("publications"), made.label("draft_mark")),
        pickle.dumps(made, pickle.HIGHEST_PROTOCOL),
        judged,
    )


@lru_cache(maxsize=4)
def _read(folder: Path, publication: str) -> tuple[Labels, Document[Message], dict[str, bytes]]:
    """The source, read once for all languages, and what was judged in it; nothing in a snapshot's folder changes."""
    labels, document = content.read_templates(folder), content.read(folder / "content" / publication, folder)
    return labels, document, pieces.used()


def write(
    folder: Path, edition: bytes, withheld: frozenset[tuple[str, str]], format: str, lent: Mapping[str, bytes]
) -> Writing:
    """An edition as a finished file that has passed its checks; nothing leads to what is ``withheld``.

    ``lent`` are pieces of it that were made before, by the same code and libraries.
    """
    pieces.lend(lent)
    try:
        made: Edition = pickle.loads(edition)  # noqa: S301  it comes from ``edit``, through the parent process
        file = written(replace(made, templates=folder / "templates", withheld=withheld), format)
    except KzpubError as error:
        return Writing(b"", None, tuple(error.problems))
    return Writing(file.data, file.pages, pieces=pieces.used())
