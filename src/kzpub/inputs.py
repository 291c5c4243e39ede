"""The files of a project, read as what they must be: files that lie in it, none larger than one of its kind needs."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from kzpub.errors import KzpubError, Place, fail

LARGEST = {
    ".md": 2_000_000,
    ".yaml": 2_000_000,
    ".po": 5_000_000,
    ".html": 1_000_000,
    ".css": 1_000_000,
    ".svg": 100_000,
    ".docx": 10_000_000,
    ".png": 10_000_000,
    ".jpg": 10_000_000,
    ".jpeg": 10_000_000,
    ".ttf": 10_000_000,
}
"""Bytes of a file by the end of its name: at least twenty times the largest here, or a large photograph."""
_ANY = 10_000_000


def read(path: Path, root: Path, *, whole: bool = True) -> bytes:
    """A file's bytes; if not the whole is wanted, so much of it that its size is seen to be wrong.

    Raises ``KzpubError`` for one that is not there, is no file, leads out of the project, or is too large.
    """
    shown = Place(path.relative_to(root).as_posix())
    most = LARGEST.get(path.suffix.lower(), _ANY)
    try:
        if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root)):
            raise fail("input-link", "a link that leads out of the project", shown, "put the file itself there")
        with open(path, "rb", opener=_without_waiting) as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise fail("file-unreadable", "it is no file", shown, "take it away, or put a file there")
            data = file.read(most + 1)
    except FileNotFoundError:
        raise fail("file-missing", "no such file", shown, "create it, or correct the name that leads here") from None
    except OSError as error:
        raise fail("file-unreadable", error.strerror or str(error), shown, "check the file and its rights") from None
    if whole and len(data) > most:
        raise fail("input-size", f"more than {most:,} bytes", shown, "make it smaller, or put back what stood there")
    return data


def text(path: Path, root: Path) -> str:
    """A file's text, a line feed at each line's end. Raises ``KzpubError`` as ``read`` does, and if it is no UTF-8."""
    data = read(path, root)
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise not_utf8(data, error, path.relative_to(root).as_posix(), "not-utf8") from None


def not_utf8(data: bytes, error: UnicodeDecodeError, shown: str, code: str) -> KzpubError:
    """What is wrong with bytes that are no text, with their line."""
    place = Place(shown, data.count(b"\n", 0, error.start) + 1)
    return fail(code, f"byte {error.start} is not UTF-8", place, "save the file as UTF-8")


def _without_waiting(path: str, flags: int) -> int:
    """Open a named pipe without waiting for its other end."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
