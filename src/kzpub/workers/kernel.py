"""What the Linux kernel is told to refuse a process, its libraries included: files (Landlock), calls (seccomp).

Both are for good, need no privilege, and hold for every process that this one starts. Sources: landlock(7), seccomp(2),
prctl(2), and the headers ``linux/landlock.h``, ``linux/filter.h``, ``linux/audit.h``.
"""

from __future__ import annotations

import ctypes
import os
import signal
import struct
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

_SET_PDEATHSIG, _SET_SECCOMP, _SET_NO_NEW_PRIVS = 1, 22, 38  # of prctl

_libc = ctypes.CDLL(None, use_errno=True)


def end_with_parent() -> None:
    """Let the kernel kill this process when the thread that started it ends, however that ends."""
    _call(_libc.prctl, _SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def without_privileges() -> None:
    """No program that this process starts gains a right, as by a set-user-ID bit."""
    _call(_libc.prctl, _SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def _call(function: Callable[..., int], *arguments: object) -> int:
    """What a function of the C library returns. Raises ``OSError``."""
    result = int(function(*(ctypes.c_long(each) if isinstance(each, int) else each for each in arguments)))
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


# -- Files -----------------------------------------------------------------------------------------------------------

_CREATE, _ADD, _RESTRICT = 444, 445, 446  # system calls, the same on every machine
_EXECUTE, _WRITE, _READ, _LIST = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_REMOVE, _MAKE_FOLDER, _MAKE_FILE = 1 << 4 | 1 << 5, 1 << 7, 1 << 8
_MOVE, _TRUNCATE, _DEVICE = 1 << 13, 1 << 14, 1 << 15
_OF_A_FILE = _EXECUTE | _WRITE | _READ | _TRUNCATE | _DEVICE
_OF_A_FOLDER = _WRITE | _READ | _LIST | _REMOVE | _MAKE_FOLDER | _MAKE_FILE | _MOVE | _TRUNCATE

_HANDLED = {1: (1 << 13) - 1, 2: _MOVE, 3: _TRUNCATE, 5: _DEVICE}
"""The rights over files that each version of Landlock can refuse, beside those of the versions before."""
_TCP, _OUTSIDE = 0b11, 0b11
"""Binding and connecting (version 4); signals to, and abstract sockets of, processes that are not confined (6)."""


def landlock_version() -> int:
    """0 where there is none: before Linux 5.13, or where it is not switched on."""
    return max(0, int(_libc.syscall(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(1))))


def restrict_files(readable: Iterable[Path], writable: Iterable[Path], programs: Iterable[Path]) -> None:
    """From now on, nothing but these is read, written or run; a folder stands for all that is in it.

    Raises ``OSError`` where the kernel cannot; ask ``landlock_version`` before.
    """
    version = landlock_version()
    handled = sum(rights for since, rights in _HANDLED.items() if since <= version)
    attributes = struct.pack("=QQQ", handled, _TCP * (version >= 4), _OUTSIDE * (version >= 6))
    ruleset = _call(_libc.syscall, _CREATE, attributes, len(attributes), 0)
    rules = [*((path, _READ | _LIST) for path in readable), *((path, _READ | _EXECUTE) for path in programs)]
    for path, rights in [*rules, *((path, _OF_A_FOLDER) for path in writable)]:
        _allow(ruleset, path, rights & handled)
    _call(_libc.syscall, _RESTRICT, ruleset, 0)
    os.close(ruleset)


def _allow(ruleset: int, path: Path, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    rights &= _OF_A_FILE if not path.is_dir() else -1
    _call(_libc.syscall, _ADD, ruleset, 1, struct.pack("=Qi", rights, place), 0)
    os.close(place)


# -- Calls -----------------------------------------------------------------------------------------------------------

_MACHINES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
"""The mark of a machine's calls, and their column in the table."""

_REFUSED = {
    "socket": (41, 198),
    "socketpair": (53, 199),
    "connect": (42, 203),
    "bind": (49, 200),
    "io_uring_setup": (425, 425),  # does what the others do, unseen by them
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_getfd": (438, 438),
    "open_by_handle_at": (304, 265),
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "bpf": (321, 280),
    "keyctl": (250, 219),
}
"""System calls by their numbers on each machine."""

_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_KILL, _ALLOW, _REFUSE = 0x80000000, 0x7FFF0000, 0x00050001  # the last: “operation not permitted”
_NUMBER, _MACHINE = 0, 4  # where they stand in what a filter sees
_FOREIGN = 0x40000000  # calls of the x32 machine, by other numbers


def refuse_calls() -> bool:
    """From now on there are no sockets of any kind, nor other ways out. ``False`` on a machine that is not known."""
    machine = os.uname().machine
    if machine not in _MACHINES or ctypes.sizeof(ctypes.c_void_p) != 8:
        return False
    lines = b"".join(struct.pack("=HBBI", *line) for line in _filter(*_MACHINES[machine]))
    code = ctypes.create_string_buffer(lines)
    program = struct.pack("@HP", len(lines) // 8, ctypes.addressof(code))
    _call(_libc.prctl, _SET_SECCOMP, 2, program, 0, 0)
    return True


def _filter(mark: int, column: int) -> Iterator[tuple[int, int, int, int]]:
    """The lines of a filter: what to do, how many lines to leave out if so and if not, and a number."""
    yield _LOAD, 0, 0, _MACHINE
    yield _EQUAL, 1, 0, mark
    yield _RETURN, 0, 0, _KILL
    yield _LOAD, 0, 0, _NUMBER
    numbers = [row[column] for row in _REFUSED.values()]
    for left, number in zip(range(len(numbers), 0, -1), numbers, strict=True):
        yield _EQUAL, left + 1, 0, number
    yield _AT_LEAST, 1, 0, _FOREIGN
    yield _RETURN, 0, 0, _ALLOW
    yield _RETURN, 0, 0, _REFUSE
