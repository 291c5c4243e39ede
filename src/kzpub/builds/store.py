"""What was made once, kept by a key: the content store, in a folder that builds, processes and machines can share.

A key is a digest of everything that a thing is made from, and so what is kept under it never changes. The first line of
an entry is the digest of the rest: what does not agree is damaged, is taken away, and was never there.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SIZE = 2_000_000_000
"""Bytes that a store may take by default; a factsheet in nine files needs some five million."""
_KEPT = 0.8  # of the size, once it is too large


def key(kind: str, *parts: object) -> str:
    """The key of a thing of a kind: a digest of what it is made from, given as what JSON can say."""
    return hashlib.sha256(json.dumps([kind, *parts], sort_keys=True).encode()).hexdigest()


def default_folder() -> Path | None:
    """Where the store is unless another place is asked for: ``KZPUB_STORE``, or the user's folder for caches.

    None for a user who has no folder at all.
    """
    if named := os.environ.get("KZPUB_STORE"):
        return Path(named)
    try:
        caches = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    except RuntimeError:
        return None
    return Path(caches) / "kzpub" / "store"


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of entries, or none, in which case nothing is ever found and nothing is kept."""

    folder: Path | None
    size: int = SIZE

    def get(self, key: str) -> bytes | None:
        """What is kept under a key, if it is whole."""
        if self.folder is None:
            return None
        path = self._path(key)
        try:
            digest, _, data = path.read_bytes().partition(b"\n")
        except OSError:
            return None
        if digest.decode("ascii", "replace") != hashlib.sha256(data).hexdigest():
            with suppress(OSError):
                path.unlink()
            return None
        with suppress(OSError):
            os.utime(path)  # the entries that were used last are kept longest
        return data

    def put(self, key: str, data: bytes) -> None:
        """Keep a thing; where it cannot be kept (a full disk, a folder without rights), it will be made again."""
        if self.folder is None:
            return
        path = self._path(key)
        waiting = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            waiting.write_bytes(hashlib.sha256(data).hexdigest().encode() + b"\n" + data)
            waiting.replace(path)
        except OSError:
            with suppress(OSError):
                waiting.unlink()

    def record(self, key: str) -> Any:
        """What ``put_record`` has kept under a key, if it is there."""
        data = self.get(key)
        return None if data is None else json.loads(data)

    def put_record(self, key: str, value: object) -> None:
        """Keep what JSON can say."""
        self.put(key, json.dumps(value, ensure_ascii=False, sort_keys=True).encode())

    def trim(self) -> None:
        """Take away the entries that were not used for longest, if there are more bytes than the size allows."""
        listed = sorted(self._entries())
        left = sum(size for _, size, _ in listed)
        if left <= self.size:
            return
        for _, size, path in listed:
            if left <= self.size * _KEPT:
                break
            with suppress(OSError):  # another build was quicker
                path.unlink()
            left -= size

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        """Time of the last use, size and path of each entry."""
        for path in self.folder.glob("??/*") if self.folder else ():
            with suppress(OSError):
                about = path.stat()
                yield about.st_mtime, about.st_size, path

    def _path(self, key: str) -> Path:
        assert self.folder is not None
        return self.folder / key[:2] / key[2:]


NOTHING = Store(None)
"""Where nothing is ever found and nothing is kept."""
