"""What costs much and changes seldom, done once for all that it depends on: drawings, typefaces, and judging texts.

A process keeps what it has done. Another may be lent it, so that one changed sentence draws no chart anew, and no other
sentence is judged again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from kzpub.errors import Problem

_known: dict[str, bytes] = {}
_used: set[str] = set()


def piece(make: Callable[[], bytes], *parts: object) -> bytes:
    """What ``make`` makes of these parts, which are all that it looks at: values whose ``repr`` says everything."""
    key = _key(parts)
    if key not in _known:
        _known[key] = make()
    _used.add(key)
    return _known[key]


def clean(judge: Callable[[], Iterable[Problem]], *parts: object) -> list[Problem]:
    """What ``judge`` finds in these parts, all that it looks at; where it has found nothing, it is not asked again."""
    key = _key(parts)
    found = [] if key in _known else list(judge())
    if not found:
        _known[key] = b""
        _used.add(key)
    return found


def _key(parts: tuple[object, ...]) -> str:
    return sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()


def lend(pieces: Mapping[str, bytes]) -> None:
    """Let the next task have what ``used`` told of, done by the same code and libraries; and nothing else."""
    _used.clear()
    _known.clear()
    _known.update(pieces)


def used() -> dict[str, bytes]:
    """What was asked for since something was lent, by its keys."""
    return {key: _known[key] for key in sorted(_used)}


@lru_cache(maxsize=64)
def digest(path: Path) -> str:
    """Of a file that does not change while a process lives, as a part that pieces are made from."""
    return sha256(path.read_bytes()).hexdigest()
