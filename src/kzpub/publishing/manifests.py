"""What a release is: its files, each with its digest, and the manifest that lists them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import file_digest
from pathlib import Path
from stat import S_ISREG
from typing import Any

from kzpub.errors import KzpubError, Place, fail

MANIFEST, SCHEMA = "manifest.json", 1
REPORTS = "conformance"
EARLIER = "earlier"
"""Where a manifest names the files that were made from earlier sources than others of their publication."""
RESERVED = (MANIFEST, "current", REPORTS)
"""Names at the top of an output folder that no release may use; nor may any name begin with a dot."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of a release.

    Attributes:
        path: below the release, with slashes.
        sha256, size: of its bytes.
        publication, language, format, draft: what it is; empty for a page that is no publication.
        pages: how many, where that is fixed.
        key: the digest of all that it was made from.

    """

    path: str
    sha256: str
    size: int
    publication: str = ""
    language: str = ""
    format: str = ""
    pages: int | None = None
    draft: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """Files that belong together, and what else their manifest says: digests of sources, versions of tools."""

    entries: tuple[Entry, ...]
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """What stands at its top: files and folders, the manifest among them."""
        return tuple(sorted({entry.path.partition("/")[0] for entry in self.entries} | {MANIFEST}))


# -- Written and read ------------------------------------------------------------------------------------------------


def text(release: Release) -> bytes:
    """The manifest: the same for the same release, whenever and wherever it is made."""
    assert not release.facts.keys() & {"schema", "files"}
    files = [{name: getattr(entry, name) for name in _TYPES} for entry in sorted(release.entries, key=_path)]
    tree = {**release.facts, "schema": SCHEMA, "files": files}
    return (json.dumps(tree, ensure_ascii=False, allow_nan=False, indent=1, sort_keys=True) + "\n").encode()


def read(path: Path) -> Release:
    """The release that a manifest lists. Raises ``KzpubError`` for one that is not, byte for byte, as we write it."""
    try:
        data = path.read_bytes()
        release = _release(json.loads(data))
        check_names(release.entries)
        if text(release) != data:
            raise ValueError("it is not written as kzpub writes it")
    except (OSError, ValueError, RecursionError) as error:
        raise damaged(path, str(getattr(error, "strerror", None) or error)) from None
    except KzpubError as error:
        raise damaged(path, error.problems[0].cause) from None
    return release


def damaged(path: Path, cause: str) -> KzpubError:
    """That a manifest cannot be relied on, for raising."""
    hint = "go back to another release (docs/publishing.md), or take the folder away and build everything anew"
    return fail("release-manifest", f"the manifest is damaged: {cause}", Place(str(path)), hint)


_TYPES: dict[str, tuple[type, ...]] = {
    "path": (str,),
    "sha256": (str,),
    "size": (int,),
    "publication": (str,),
    "language": (str,),
    "format": (str,),
    "pages": (int, type(None)),
    "draft": (bool,),
    "key": (str,),
}


def _release(tree: object) -> Release:
    if not isinstance(tree, dict) or tree.get("schema") != SCHEMA:
        raise ValueError(f"its schema is not {SCHEMA}")
    if not isinstance(files := tree.get("files"), list):
        raise ValueError("it has no list “files”")
    facts = {name: value for name, value in tree.items() if name not in ("schema", "files")}
    return Release(tuple(map(_entry, files)), facts)


def _entry(tree: object) -> Entry:
    fields = tree if isinstance(tree, dict) else {}
    if fields.keys() != _TYPES.keys() or any(type(fields[name]) not in known for name, known in _TYPES.items()):
        raise ValueError("a file of its list has not the fields that it should have")
    entry = Entry(**fields)
    if (
        not re.fullmatch("[0-9a-f]{64}", entry.sha256)
        or entry.size < 0
        or (entry.pages is not None and entry.pages < 1)
    ):
        raise ValueError(f"a digest, a size or a number of pages that is none: {entry.path}")
    return entry


def _path(entry: Entry) -> str:
    return entry.path


# -- Names -----------------------------------------------------------------------------------------------------------

_NAME = re.compile(r"\w(?:[\w .+-]*[\w+-])?")


def is_path(path: str) -> bool:
    """Whether a path lies below a release wherever it is put, and takes the place of nothing of ours."""
    parts = path.split("/")
    return all(map(_NAME.fullmatch, parts)) and parts[0].casefold() not in RESERVED


def check_names(entries: Iterable[Entry]) -> None:
    """Raise ``KzpubError`` if files cannot stand beside each other in one folder under their names."""
    seen: set[str] = set()
    hint = "use letters, digits and hyphens, and each name once, whatever its capitals"
    for entry in entries:
        name = entry.path.casefold()
        if not is_path(entry.path) or name in seen:
            raise fail("output", f"“{entry.path}” cannot be the name of a file in a release", None, hint)
        seen.add(name)
    for name in seen:
        if any(parent.as_posix() in seen for parent in Path(name).parents):
            raise fail("output", f"“{name}” lies below a file", None, hint)


# -- Held to its list ------------------------------------------------------------------------------------------------


def difference(folder: Path, entry: Entry) -> str:
    """What is otherwise with a file of a release than its manifest says; nothing if it is as listed."""
    path = folder / entry.path
    try:
        found = path.lstat()
        if not S_ISREG(found.st_mode) or path.parent.resolve() != (folder.resolve() / entry.path).parent:
            return "it is no file of this folder, or leads to one elsewhere"
        if found.st_size != entry.size:
            return f"it has {found.st_size} bytes, and {entry.size} are listed"
        with path.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return "it is not there"
    except OSError as error:
        return f"it cannot be read: {error.strerror}"
    return "" if digest == entry.sha256 else f"its digest is {digest[:12]}…, and {entry.sha256[:12]}… is listed"
