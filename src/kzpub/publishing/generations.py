"""Whole releases kept as folders of plain files, ``.generations/<number>-<digest>``: made, found and removed."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from kzpub.errors import Place, fail
from kzpub.publishing import manifests
from kzpub.publishing.manifests import MANIFEST, Release

GENERATIONS, CURRENT = ".generations", "current"
STAGED, GONE = ".new", ".gone-"
"""What is being made, and what is being taken away, beside the generations; a build that was killed leaves them."""

_NAME = re.compile(r"([1-9][0-9]*)-([0-9a-f]{12})")


def released(out: Path) -> Path | None:
    """The folder of the current release: a generation, or ``out`` itself where there are no links; ``None`` if none.

    Raises ``KzpubError`` if ``current`` leads to anything but a generation.
    """
    link = out / CURRENT
    if not link.is_symlink():
        return out if (out / MANIFEST).is_file() and not (out / MANIFEST).is_symlink() else None
    folder, name = os.path.split(os.readlink(link))
    if folder != GENERATIONS or not _NAME.fullmatch(name) or (out / GENERATIONS).is_symlink():
        cause = f"it leads to {os.readlink(link)}, which is no release"
        raise fail("output", cause, Place(str(link)), f"let it lead to a folder in {GENERATIONS}, or take it away")
    return out / folder / name if (out / folder / name).is_dir() else None


def leads(path: Path) -> bool:
    """Whether a name is a link of ours into the current release."""
    return path.is_symlink() and os.readlink(path) == f"{CURRENT}/{path.name}"


def is_generation(name: str) -> bool:
    """Whether a name is one of a generation."""
    return bool(_NAME.fullmatch(name))


def listed(folder: Path) -> Release:
    """The release in a folder, as its manifest lists it. Raises ``KzpubError`` if that is damaged.

    A generation has the digest of its manifest in its name.
    """
    release = manifests.read(folder / MANIFEST)
    named = _NAME.fullmatch(folder.name) if folder.parent.name == GENERATIONS else None
    if named and named[2] != _digest(release):
        raise manifests.damaged(folder / MANIFEST, f"its digest is not {named[2]}")
    return release


def _digest(release: Release) -> str:
    return sha256(manifests.text(release)).hexdigest()[:12]


def _numbered(out: Path) -> dict[int, Path]:
    """The generations, by number."""
    if not (out / GENERATIONS).is_dir():
        return {}
    named = ((_NAME.fullmatch(path.name), path) for path in (out / GENERATIONS).iterdir() if path.is_dir())
    return {int(match[1]): path for match, path in named if match}


def next_name(out: Path, release: Release) -> str:
    """The name of the generation that comes after all that are there."""
    return f"{max(_numbered(out), default=0) + 1}-{_digest(release)}"


# -- Made ------------------------------------------------------------------------------------------------------------


def stage(out: Path, release: Release, made: Mapping[str, bytes], sources: Mapping[str, Path]) -> None:
    """Write a whole release beside the generations, its manifest last, and see it on the disk.

    What is not ``made`` is carried from ``sources``, files by their digests.
    """
    staged = out / GENERATIONS / STAGED
    staged.mkdir(parents=True)
    for entry in release.entries:
        path = staged / entry.path
        path.parent.mkdir(parents=True, exist_ok=True)
        if entry.path in made:
            write(path, made[entry.path])
        else:
            carry(sources[entry.sha256], path)
    write(staged / MANIFEST, manifests.text(release))
    for folder in (staged, *(path for path in staged.rglob("*") if path.is_dir())):
        sync(folder)


def write(path: Path, data: bytes) -> None:
    """A new file, on the disk when this is done."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def carry(old: Path, new: Path) -> None:
    """A file under another name too; where a disk cannot do that, a copy of it."""
    try:
        os.link(old, new)
    except OSError:
        write(new, old.read_bytes())


def sync(folder: Path) -> None:
    """See the names of a folder on the disk, where the system has a way to ask for that."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network disks cannot
            raise
    finally:
        os.close(handle)


# -- Removed ---------------------------------------------------------------------------------------------------------


def remove(generation: Path) -> None:
    """Take a generation away: all of it at once, as far as its readers see. What is in use, on Windows, stays."""
    gone = generation.with_name(GONE + generation.name)
    with suppress(OSError):
        generation.rename(gone)
        sweep(gone)


def sweep(folder: Path) -> None:
    """Delete a folder of ours as far as that can be done; the next build tries again."""
    from shutil import rmtree  # seldom needed

    rmtree(folder, ignore_errors=True)


def sweep_litter(out: Path) -> None:
    """Delete what builds that were killed left among the generations."""
    folder = out / GENERATIONS
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name == STAGED or path.name.startswith(GONE):
            sweep(path)


def prune(out: Path, keep: int) -> None:
    """Remove all but the newest generations, and the current one."""
    numbered, current = _numbered(out), released(out)
    for number in sorted(numbered, reverse=True)[keep:]:
        if numbered[number] != current:
            remove(numbered[number])
