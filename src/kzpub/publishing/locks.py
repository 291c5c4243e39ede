"""A kernel lock on a file: of all processes that ask for it one has it, and the file says who."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def held(path: Path, waiting: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock of a file; if another process does, ``waiting`` is told who, once, and then it is waited for.

    The kernel takes it back when the process ends, however it ends. The file stays: were it removed, two processes
    could each hold a lock on a file of this name. Raises ``OSError`` where no file, or no lock, can be had.
    """
    handle = _locked(path, waiting)
    _HELD.add(handle)
    try:
        _say(handle, _me())
        yield
    finally:
        if handle in _HELD:  # a process that was forked meanwhile has no part in it
            _HELD.remove(handle)
            _say(handle, "")
            os.close(handle)


def is_free(path: Path) -> bool:
    """Whether no process has the lock of a file. Raises ``OSError`` if there is no such file, or it is not ours."""
    handle = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    try:
        return _take(handle)
    finally:
        os.close(handle)


def _locked(path: Path, waiting: Callable[[str], None]) -> int:
    """The handle of the file that has this name, locked; not of one that was removed while it was waited for."""
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o666)
        try:
            if not _take(handle):
                waiting(_read(handle))
                _wait(handle)
            if path.exists() and os.path.samestat(os.fstat(handle), path.stat()):
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


_HELD: set[int] = set()


def _leave_to_parent() -> None:
    """A worker that outlives a build that was killed must not keep the next one waiting."""
    while _HELD:
        os.close(_HELD.pop())


# -- Who has it ------------------------------------------------------------------------------------------------------


def _me() -> str:
    from platform import node  # only where there is something to publish

    return f"pid {os.getpid()} on {node()}"


def _say(handle: int, who: str) -> None:
    """Write who holds it; where that cannot be written, on a full disk, it is held all the same."""
    with suppress(OSError):
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, who.encode())


def _read(handle: int) -> str:
    os.lseek(handle, 0, os.SEEK_SET)
    return os.read(handle, 200).decode("utf-8", "replace").strip() or "another process"


# -- The kernel’s part -----------------------------------------------------------------------------------------------

if sys.platform == "win32":
    import msvcrt
    from time import sleep

    def _take(handle: int) -> bool:
        os.lseek(handle, 1 << 30, os.SEEK_SET)  # beyond the text: what is locked cannot be read there
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _wait(handle: int) -> None:
        while not _take(handle):
            sleep(0.1)

else:
    from fcntl import LOCK_EX, LOCK_NB, flock

    os.register_at_fork(after_in_child=_leave_to_parent)

    def _take(handle: int) -> bool:
        try:
            flock(handle, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _wait(handle: int) -> None:
        flock(handle, LOCK_EX)
