"""A digest of an edition: the same for editions of which the same files are made, in any process on any machine."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from kzpub.edition import Edition
from kzpub.errors import Place


def shown(edition: Edition) -> Edition:
    """An edition as writers and templates get it: without what was let stand, words and policies in one order."""
    policy = dict(sorted(edition.document.policy.items()))
    document = replace(edition.document, waivers=(), terms=(), warnings=(), policy=policy)
    return replace(edition, document=document, labels=dict(sorted(edition.labels.items())))


def edition_digest(edition: Edition) -> str:
    """SHA-256, as hexadecimal digits, of all that is shown of an edition; not of the lines where it is written."""
    digest = hashlib.sha256()
    _feed(shown(edition), digest.update)
    return digest.hexdigest()


def _feed(value: object, update: Callable[[bytes], object]) -> None:
    """Give a value to a digest: each with its type and its length, so that no two values give the same bytes."""
    kind: Any = type(value)
    match value:
        case str():
            data = value.encode("utf-8", "surrogatepass")
            update(b"s%d:" % len(data) + data)
        case bytes():
            update(b"b%d:" % len(value) + value)
        case tuple() | list():
            update(b"t%d:" % len(value))
            for each in value:
                _feed(each, update)
        case Place() | Path():
            update(b"-")  # lines are for messages; folders differ from build to build
        case Mapping():
            _feed([part for key in sorted(value) for part in (key, value[key])], update)
        case frozenset():
            _feed(sorted(value), update)
        case _ if is_dataclass(value):
            update(kind.__name__.encode())
            for name in _names(kind):
                _feed(getattr(value, name), update)
        case _:  # numbers, days, truth and nothing: all have one spelling
            update(f"{kind.__name__}{value!r};".encode())


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
