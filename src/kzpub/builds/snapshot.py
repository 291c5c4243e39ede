"""Everything that a build may read, read once: the declared inputs of a project, with their digests.

What is made is made of these bytes: workers see a folder that holds them and nothing else, and keys name their digests.
What is edited meanwhile is of the next build.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from kzpub import inputs
from kzpub.errors import Place, Problem, collecting, fail, raise_if_any

MOST, ALTOGETHER = 10_000, 500_000_000
"""The number of inputs, and the bytes of all."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Inputs by path, relative to the project with “/”: their bytes, and their SHA-256 as hexadecimal digits."""

    files: Mapping[str, bytes]
    digests: Mapping[str, str]

    def digest(self, chosen: Callable[[str], bool] = bool) -> str:
        """One digest of the inputs that are chosen, names included."""
        listed = "".join(f"{self.digests[name]} {name}\0" for name in sorted(self.digests) if chosen(name))
        return hashlib.sha256(os.fsencode(listed)).hexdigest()

    def below(self, folder: str) -> str:
        """One digest of the inputs in a folder."""
        return self.digest(lambda name: name.startswith(f"{folder}/"))

    def written(self, folder: Path) -> Path:
        """The same files in a folder, which is returned."""
        for name, data in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return folder


def take(root: Path, publications: Iterable[str]) -> Snapshot:
    """Read the templates, and the content and catalogues of these publications.

    Raises ``KzpubError`` with all inputs that cannot be read, are no files, lead out of the project, or are too large.
    """
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    left = ALTOGETHER
    for path in _inputs(root, tuple(publications)):
        with collecting(problems):
            files[path.relative_to(root).as_posix()] = data = inputs.read(path, root)
            left -= len(data)
        if left < 0 or len(files) > MOST:
            cause = f"more than {MOST:,} inputs, or {ALTOGETHER // 1_000_000} MB"
            raise fail("input-size", cause, Place("content"), "publish fewer publications at a time")
    raise_if_any(problems)
    return of(files)


def of(files: Mapping[str, bytes]) -> Snapshot:
    """A snapshot of files that are in memory."""
    return Snapshot(files, {name: hashlib.sha256(data).hexdigest() for name, data in files.items()})


def _inputs(root: Path, publications: tuple[str, ...]) -> Iterator[Path]:
    for name in ("templates", *(f"content/{publication}" for publication in publications)):
        yield from _below(root / name)
    for language in _entries(root / "locales"):
        for domain in (*publications, "kzpub"):
            path = root / "locales" / language.name / "LC_MESSAGES" / f"{domain}.po"
            if os.path.lexists(path):
                yield path


def _below(folder: Path) -> Iterator[Path]:
    """All files of a folder and those in it, but for hidden ones, which editors and file managers leave."""
    for entry in _entries(folder):
        if entry.is_dir(follow_symlinks=False):
            yield from _below(folder / entry.name)
        else:
            yield folder / entry.name


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    if not folder.is_dir():
        return []
    with os.scandir(folder) as entries:
        return sorted((each for each in entries if not each.name.startswith(".")), key=lambda each: each.name)
