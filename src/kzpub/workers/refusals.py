"""What Python code in a worker is refused, by an audit hook: other files, processes, sockets.

The hook holds everywhere, sees what the interpreter does and not what C libraries do, and remembers what it refused, so
that a library cannot pass over it in silence. Source: the table of audit events in Python's documentation.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

refused: list[str] = []
"""What has been refused in this process, in words."""

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_SOCKETS = (
    *("__new__", "bind", "connect", "getaddrinfo", "gethostbyaddr", "gethostbyname", "gethostname", "getnameinfo"),
    *("getservbyname", "getservbyport", "sendmsg", "sendto", "sethostname"),
)
_PROCESSES = ("exec", "fork", "forkpty", "kill", "killpg", "posix_spawn", "spawn", "startfile", "system")
_CHANGES = ("chflags", "chmod", "chown", "mkdir", "remove", "removexattr", "rmdir", "setxattr", "truncate", "utime")
_LINKS = ("link", "symlink")


def refuse_all_but(readable: Iterable[Path], writable: Iterable[Path], programs: Iterable[Path]) -> None:
    """From now on, Python code reads, writes and runs these only; a folder stands for all that is in it.

    Anything else raises ``PermissionError``, and is kept in ``refused``.
    """
    checks = _checks(_Within(writable), _Within([*readable, *writable]), {os.fspath(each) for each in programs})

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        check = checks.get(event)
        if check and (said := check(*arguments)):
            refused.append(said)
            raise PermissionError(f"a build may not {said}")

    sys.addaudithook(hook)


Check = Callable[..., str | None]


def _checks(writable: _Within, readable: _Within, programs: set[str]) -> Mapping[str, Check]:
    """For each audit event, what says in words that it is refused, or nothing."""

    def open_(path: Any, _: Any, flags: int) -> str | None:
        return write(path) if flags & _WRITING else read(path)

    def read(path: Any, *_: Any) -> str | None:
        return None if path in readable else f"read {_shown(path)}"

    def write(path: Any, *_: Any) -> str | None:
        return None if path in writable else f"write {_shown(path)}"

    def rename(old: Any, new: Any, *_: Any) -> str | None:
        return write(old) or write(new)

    def start(program: Any, *_: Any) -> str | None:
        return None if os.fsdecode(program) in programs else f"start {_shown(program)}"

    def never(what: str) -> Check:
        return lambda *_: what

    return {
        "open": open_,
        **{f"os.{each}": read for each in ("chdir", "listdir", "scandir", "listxattr", "getxattr")},
        **{f"os.{each}": write for each in _CHANGES},
        "os.rename": rename,
        **{f"os.{each}": never("make links") for each in _LINKS},
        "subprocess.Popen": start,
        **{f"os.{each}": never("start or end processes") for each in _PROCESSES},
        **{f"socket.{each}": never("use the network") for each in _SOCKETS},
    }


def _shown(path: Any) -> str:
    return ascii(os.fsdecode(path) if isinstance(path, bytes | os.PathLike) else path)


class _Within:
    """Some files and folders, and all that is in these."""

    def __init__(self, roots: Iterable[Path]) -> None:
        self.roots = tuple(os.path.realpath(root) for root in roots)
        self.folder = lru_cache(maxsize=4096)(self._folder)

    def __contains__(self, path: Any) -> bool:
        if isinstance(path, int):  # what is open has been judged
            return True
        full = os.path.abspath(os.fsdecode("." if path is None else path))
        if os.path.islink(full):
            full = os.path.realpath(full)
        return self.folder(os.path.dirname(full)) or os.path.realpath(full) in self.roots

    def _folder(self, folder: str) -> bool:
        real = os.path.realpath(folder)
        return any(real == root or real.startswith(root + os.sep) for root in self.roots)
