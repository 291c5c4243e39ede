"""Pieces of files that cost much and change seldom (drawings, typefaces): made once for all that they are made from.

A process keeps those that it made. Another may be lent them, so that one changed sentence draws no chart anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

_known: dict[str, bytes] = {}
_used: set[str] = set()


def piece(make: Callable[[], bytes], *parts: object) -> bytes:
    """What ``make`` makes of these parts, which are all that it looks at: values whose ``repr`` says everything."""
    key = sha256(repr(parts).encode()).hexdigest()
    if key not in _known:
        _known[key] = make()
    _used.add(key)
    return _known[key]


def lend(pieces: Mapping[str, bytes]) -> None:
    """Let the next file have the pieces that ``used`` told of, made by the same code and libraries; no others."""
    _used.clear()
    _known.clear()
    _known.update(pieces)


def used() -> dict[str, bytes]:
    """The pieces that were asked for since some were lent, by their keys."""
    return {key: _known[key] for key in sorted(_used)}


@lru_cache(maxsize=64)
def digest(path: Path) -> str:
    """Of a file that does not change while a process lives, as a part that pieces are made from."""
    return sha256(path.read_bytes()).hexdigest()
