"""pdfminer within bounds: a small file may ask it to unpack, or to count, without an end.

What is replaced here is used by all that reads with pdfminer: names of ``pdfminer.pdftypes``, none of them promised.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib import import_module
from typing import Any

ALTOGETHER, DRAWN, LARGEST_ROW, MOST_OBJECTS, FIGURES = 150_000_000, 30_000_000, 1_000_000, 1_000_000, 10_000
"""Unpacked bytes of a file and of what draws its pages, bytes of a row of a table, objects, and drawings of a page.

Four hundred pages need a third of that at most.
"""

_left: ContextVar[int] = ContextVar("left", default=ALTOGETHER)


class BoundsError(ValueError):
    """What a file asks for, and no file of ours needs."""


@contextmanager
def bounded() -> Iterator[None]:
    """All that is unpacked here counts together. Raises ``BoundsError``."""
    _mend()
    token = _left.set(ALTOGETHER)
    try:
        yield
    finally:
        _left.reset(token)


@cache
def _mend() -> None:
    types: Any = import_module("pdfminer.pdftypes")
    types.zlib = _Bounded
    for name in ("lzwdecode", "rldecode", "ccittfaxdecode"):
        setattr(types, name, _refused)
    for name in ("apply_png_predictor", "apply_tiff_predictor"):
        setattr(types, name, _in_rows(getattr(types, name)))


def _refused(*_: object) -> bytes:
    raise BoundsError("it is packed in a way that PDF/A forbids, or that nothing here needs")


def _in_rows(original: Callable[..., bytes]) -> Callable[..., bytes]:
    def unpredicted(*given: Any) -> bytes:
        *sizes, data = given
        if any(not 0 <= size <= LARGEST_ROW for size in sizes):
            raise BoundsError("a row without an end")
        return original(*sizes, data)

    return unpredicted


class _Bounded:
    """What pdfminer uses of ``zlib``."""

    error = zlib.error

    @staticmethod
    def decompress(data: bytes) -> bytes:
        unpacker, left = zlib.decompressobj(), _left.get()
        found = unpacker.decompress(data, left + 1)
        if len(found) > left:
            raise BoundsError(f"it unpacks to more than {ALTOGETHER:,} bytes")
        _left.set(left - len(found))
        if not unpacker.eof:
            raise zlib.error("incomplete or truncated stream")
        return found

    @staticmethod
    def decompressobj() -> Any:
        """For streams that are cut; those are damaged."""
        raise zlib.error("a stream is damaged")
