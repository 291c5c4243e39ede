"""How a new release takes the place of the old one: by one link, or file by file where there are no links.

Either way the next one is announced under the name ``NEXT`` before it gets its own, and renaming that file is the one
step that decides: a build that is killed before it has changed nothing, one that is killed after it is brought to its
end by the next build (``settle``). Call all of this under the lock only.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Container, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from itertools import takewhile
from pathlib import Path
from typing import Any

from kzpub.errors import KzpubError, Place, Problem, fail, raise_if_any
from kzpub.publishing import manifests
from kzpub.publishing.generations import (
    CURRENT,
    GENERATIONS,
    STAGED,
    carry,
    is_generation,
    leads,
    listed,
    released,
    remove,
    sweep_litter,
    sync,
    write,
)
from kzpub.publishing.manifests import MANIFEST, Entry, Release, difference, is_path

NEXT, JOURNAL = ".next", ".switching"
"""What announces the next release: a link to it, or a journal; the journal of one that is being put in place."""


def switch(out: Path, name: str, old: Release | None, new: Release) -> None:
    """Give what is staged its name among the generations, and make it the current release.

    Raises ``KzpubError`` if something that is not ours stands in its place; whatever it raises, call ``settle``.
    """
    if released(out) != out and _link(f"{GENERATIONS}/{name}", out / NEXT):
        lead(out, new)
        _name(out, name)
        (out / NEXT).replace(out / CURRENT)
        sync(out)
    else:
        _announce(out, name, old, new)
        _name(out, name)
        _prepare(out, out / GENERATIONS / name, new)
        (out / NEXT).replace(out / JOURNAL)
        _finish(out)


def _name(out: Path, name: str) -> None:
    (out / GENERATIONS / STAGED).rename(out / GENERATIONS / name)
    sync(out / GENERATIONS)


def settle(out: Path) -> None:
    """Bring to an end what a failed or killed build left: finish what was decided, and undo what was not."""
    if (out / JOURNAL).is_file():
        _finish(out)
    if os.path.lexists(out / NEXT):
        _undo(out)
    sweep_litter(out)
    for path in out.iterdir() if out.is_dir() else ():
        if leads(path) and not path.exists():  # what it led to is not in the current release
            path.unlink()


def in_the_way(paths: Iterable[Path]) -> None:
    """Raise ``KzpubError`` if there is anything that would have to be removed, and may be somebody’s."""
    hint = "move it away or delete it, or choose another output folder; a release puts its own there"
    raise_if_any(Problem("output", "something that kzpub did not put there", Place(str(each)), hint) for each in paths)


# -- By one link -----------------------------------------------------------------------------------------------------


def lead(out: Path, release: Release) -> None:
    """Let the names at the top of a release lead into the current one, whichever that is."""
    ours = [out / name for name in release.names]
    in_the_way(path for path in ours if os.path.lexists(path) and not leads(path))
    in_the_way(path for path in (out / CURRENT,) if os.path.lexists(path) and not path.is_symlink())
    for path in ours:
        if not leads(path):
            path.symlink_to(f"{CURRENT}/{path.name}")


def _link(target: str, path: Path) -> bool:
    """Make a link; ``False`` where there are none. On Windows, a link to a folder cannot be replaced in one step."""
    if os.name == "nt":
        return False
    try:
        os.symlink(target, path)
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.ENOSYS):
            raise
        return False
    return True


# -- File by file ----------------------------------------------------------------------------------------------------


def _announce(out: Path, name: str, old: Release | None, new: Release) -> None:
    """Write which generation comes next, and which files of the old release it has not."""
    ours = {entry.path for entry in old.entries} if old else set()
    paths = {entry.path for entry in new.entries}
    in_the_way(sorted(set(_strange(out, paths, ours))))
    in_the_way(path for path in (out / MANIFEST,) if not old and os.path.lexists(path))
    write(out / NEXT, json.dumps({"generation": name, "gone": sorted(ours - paths)}).encode())
    sync(out)


def _strange(out: Path, paths: Iterable[str], ours: Container[str]) -> Iterator[Path]:
    """What stands at new paths, or where the folders on the way to any should be."""
    for path in paths:
        yield from (out / path,) if path not in ours and os.path.lexists(out / path) else ()
        for folder in takewhile(out.__ne__, (out / path).parents):
            if os.path.lexists(folder) and (folder.is_symlink() or not folder.is_dir()):
                yield folder


def _prepare(out: Path, generation: Path, new: Release) -> None:
    """Put each file that differs beside its place: whatever can fail for want of space fails here."""
    data = manifests.text(new)
    manifest = Entry(MANIFEST, sha256(data).hexdigest(), len(data))
    for entry in (*new.entries, manifest):
        waiting = _waiting(out / entry.path)
        beside = replace(entry, path=waiting.relative_to(out).as_posix())
        if difference(out, entry) and difference(out, beside):
            waiting.parent.mkdir(parents=True, exist_ok=True)
            waiting.unlink(missing_ok=True)
            carry(generation / entry.path, waiting)


def _finish(out: Path) -> None:
    """Put all in place, the manifest away first and there last: where there is none, no release is whole."""
    name, gone = _announced(out / JOURNAL)
    generation = out / GENERATIONS / name
    new = listed(generation)
    _prepare(out, generation, new)
    if _waiting(out / MANIFEST).exists():
        (out / MANIFEST).unlink(missing_ok=True)
        sync(out)
    for entry in new.entries:
        _put(out / entry.path)
    for path in gone:
        _drop(out, out / path)
    for folder in {(out / entry.path).parent for entry in new.entries}:
        sync(folder)
    _put(out / MANIFEST)
    sync(out)
    (out / JOURNAL).unlink()


def _put(path: Path) -> None:
    """Put what waits beside a place there, if anything does."""
    waiting = _waiting(path)
    if waiting.exists():
        waiting.replace(path)
        waiting.unlink(missing_ok=True)  # renaming does nothing where both are names of one file


def _waiting(path: Path) -> Path:
    return path.with_name(f".{path.name}.next")


def _undo(out: Path) -> None:
    """Take away what was announced and not decided, with what was put beside its places."""
    try:
        name, _ = _announced(out / NEXT)
    except KzpubError:  # killed while it was being written: nothing else was done
        name = ""
    generation = out / GENERATIONS / name
    if name and generation.is_dir() and generation != released(out):
        if not (out / NEXT).is_symlink():
            for path in (MANIFEST, *(entry.path for entry in listed(generation).entries)):
                _drop(out, _waiting(out / path))
        remove(generation)
    (out / NEXT).unlink()


def _announced(path: Path) -> tuple[str, list[str]]:
    """The generation that a link or a journal names, and the files that the release before had more."""
    try:
        tree = {"generation": os.path.basename(os.readlink(path)), "gone": []} if path.is_symlink() else _journal(path)
        name, gone = str(tree["generation"]), [str(each) for each in tree["gone"]]
        if not is_generation(name) or not all(map(is_path, gone)):
            raise ValueError
    except (ValueError, LookupError, TypeError):
        hint = "take it away, and build again"
        raise fail("output", "the journal of a release is damaged", Place(str(path)), hint) from None
    return name, gone


def _journal(path: Path) -> Any:
    return json.loads(path.read_bytes())


def _drop(out: Path, path: Path) -> None:
    """Remove a file, and the folders that are empty without it."""
    path.unlink(missing_ok=True)
    with suppress(OSError):  # a folder that is not empty
        for folder in takewhile(out.__ne__, path.parents):
            folder.rmdir()
