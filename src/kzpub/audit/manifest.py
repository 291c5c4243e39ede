"""The files of a release held to its manifest: what is missing, changed or not listed; links that lead elsewhere."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kzpub.audit.checking import Finished
from kzpub.audit.outlines import outline
from kzpub.errors import KzpubError, Place, Problem
from kzpub.projects import FORMATS
from kzpub.publishing.generations import CURRENT, GENERATIONS, leads, listed, released
from kzpub.publishing.manifests import EARLIER, MANIFEST, REPORTS, Entry, Release, difference
from kzpub.publishing.switching import JOURNAL

OURS = (MANIFEST, CURRENT, REPORTS, GENERATIONS, ".lock", ".next", JOURNAL)
"""What stands at the top of an output folder beside a release."""

_ANEW = "make the release anew, or copy it again"


@dataclass(frozen=True, slots=True)
class Held:
    """What came of it.

    Attributes:
        folder: where the files of the release are.
        problems: what is otherwise than the manifest says.
        left_out: what is beside the release, and no publication.
        files: the paths that are listed; ``None`` where there is no manifest.

    """

    folder: Path
    problems: tuple[Problem, ...] = ()
    left_out: tuple[str, ...] = ()
    files: frozenset[str] | None = None


def hold(folder: Path, reports: Path) -> Held:
    """An output folder, a generation or a copy of one held to its manifest; without one, the folder as it is."""
    problems = list(_unfinished(folder))
    try:
        base = released(folder)
    except KzpubError as error:
        problems += [Problem("release-link", each.cause, Place(CURRENT), each.hint) for each in error.problems]
        base = None
    if base is None:
        return Held(folder, tuple(problems))
    try:
        release = listed(base)
    except KzpubError as error:
        problems += [Problem("release-manifest", each.cause, Place(MANIFEST), each.hint) for each in error.problems]
        return Held(base, tuple(problems), (), frozenset())
    problems += [found for entry in release.entries for found in _differences(base, entry)]
    problems += map(_earlier, release.facts.get(EARLIER, ()))
    problems += _unlisted(base, {entry.path for entry in release.entries}, reports)
    left_out: list[str] = []
    if base != folder:
        problems += _astray(folder, release)
        beside = [each for each in _beside(folder, reports) if each.name not in release.names]
        problems += [_not_listed(each.name) for each in beside if _to_be_seen(each)]
        left_out = [each.name for each in beside if not _to_be_seen(each)]
    return Held(base, tuple(problems), tuple(left_out), frozenset(entry.path for entry in release.entries))


def _unfinished(folder: Path) -> Iterator[Problem]:
    if (folder / JOURNAL).exists():
        cause = "a build was stopped while it put a release in place: old and new files stand side by side"
        yield Problem("release-unfinished", cause, Place(JOURNAL), "build again: that brings it to its end first")
    if (folder / CURRENT).is_symlink() and not (folder / CURRENT).exists():
        yield Problem("release-link", "it leads to a release that is not there", Place(CURRENT), _ANEW)


# -- Each file that is listed ----------------------------------------------------------------------------------------


def _differences(base: Path, entry: Entry) -> Iterator[Problem]:
    shown = Place(entry.path)
    if not os.path.lexists(base / entry.path):
        yield Problem("release-missing", "it is listed, and not there", shown, _ANEW)
    elif cause := difference(base, entry):
        yield Problem("release-changed", cause, shown, _ANEW)
    elif entry.format in FORMATS:
        yield from (Problem("release-differs", cause, shown, _ANEW) for cause in _otherwise(base / entry.path, entry))


def _earlier(path: str) -> Problem:
    cause = "it was made from earlier sources than others of its publication"
    return Problem("release-earlier", cause, Place(path), "build everything, in all languages and formats")


def _otherwise(path: Path, entry: Entry) -> Iterator[str]:
    """What the manifest says of a publication, and its name or the file itself does not."""
    draft = "-draft" * entry.draft
    if path.name != f"{entry.publication}-{entry.language}{draft}.{entry.format}":
        yield f"the manifest says that it is {entry.publication}, {entry.language}{draft}, {entry.format}"
        return
    file = Finished(path, entry.publication, entry.language, entry.format, path.read_bytes(), entry.draft)
    try:
        pages = outline(file).pages
    except KzpubError:
        return  # that it cannot be read is found by every check of it
    if pages != entry.pages:
        yield f"it has {pages or 'no'} pages, and {entry.pages or 'none'} are listed"


# -- Whatever else is there ------------------------------------------------------------------------------------------


def _unlisted(base: Path, paths: set[str], reports: Path) -> Iterator[Problem]:
    """What is in the folders of a release, or looks as if it were of it."""
    for top in _beside(base, reports):
        for path in sorted(top.rglob("*")) if top.is_dir() and not top.is_symlink() else [top]:
            shown = path.relative_to(base).as_posix()
            if shown not in paths and (path.is_symlink() or not path.is_dir()) and (path != top or _to_be_seen(top)):
                yield _not_listed(shown)


def _beside(folder: Path, reports: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.name not in OURS and path != reports)


def _to_be_seen(path: Path) -> bool:
    """Whether something at the top would be taken for a part of the release."""
    return path.is_dir() or path.is_symlink() or bool(re.fullmatch(rf".*\.({'|'.join(FORMATS)})", path.name.lower()))


def _not_listed(shown: str) -> Problem:
    hint = "take it away; what belongs to the release is put there by a build"
    return Problem("release-unlisted", "it is not in the manifest", Place(shown), hint)


def _astray(folder: Path, release: Release) -> Iterator[Problem]:
    """Names at the top of an output folder that do not lead to the current release."""
    for name in release.names:
        if not leads(folder / name):
            cause = f"it does not lead to {CURRENT}/{name}"
            yield Problem("release-link", cause, Place(name), "take it away, if anything is there, and build again")
