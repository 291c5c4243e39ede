"""What a worker process may use: memory, time, files, its environment; and in words, what it ended of."""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kzpub import refusals
from kzpub.errors import KzpubError, Problem


@dataclass(frozen=True, slots=True)
class Limits:
    """What one worker may use: bytes of memory and of a file, open files; and each task, in seconds."""

    memory: int = 4 << 30
    file: int = 256 << 20
    files: int = 256
    processor: int = 300
    seconds: int = 600


LIMITS = Limits()

_PASSED_ON = ("SOURCE_DATE_EPOCH",)
_ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC0",
    "OPENBLAS_NUM_THREADS": "1",  # NumPy would keep memory for as many threads as there are cores
    "OMP_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",
}
_FOLDERS = ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "MPLCONFIGDIR")
"""Variables that name a folder to write in: all of them the first writable one."""

_SYSTEM = (
    "/usr/lib",
    "/lib",
    "/usr/lib64",
    "/lib64",
    "/usr/local/lib",
    "/etc/ld.so.cache",
    "/usr/share/zoneinfo",
    "/dev/urandom",
)
_PROGRAMS = ("msgfmt",)
"""What a worker may start; it is confined as the worker is."""


def confine(readable: Sequence[Path], writable: Sequence[Path], limits: Limits = LIMITS) -> None:
    """From now on this process reads ``readable``, ``writable`` and its own code, and writes ``writable`` only.

    It opens no socket, starts no program but those in a table, has the memory and files that ``limits`` say, and an
    environment that holds no more than it needs. Folders stand for all that is in them; ``writable`` is not empty, and
    the first of it is where temporary files go, and the working directory. What is refused raises ``PermissionError``.
    On Linux the kernel refuses it too, to C libraries as well. Call it once, before heavy imports and threads.
    """
    programs = [Path(found) for name in _PROGRAMS if (found := shutil.which(name))]
    code = _code()
    _settle(writable[0], code)
    _limit(limits)
    allowed = [*readable, *code, *map(Path, _SYSTEM)]
    changed = [*writable, Path(os.devnull)]
    if sys.platform == "linux":
        _restrict(allowed, changed, programs)
    refusals.refuse_all_but(allowed, changed, programs)


def _settle(home: Path, code: Sequence[Path]) -> None:
    """An environment, a working directory and a path of modules that name nothing of the outer world."""
    passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    os.environ.clear()
    os.environ.update(_ENVIRONMENT | passed | dict.fromkeys(_FOLDERS, os.fspath(home)))
    os.chdir(home)
    tempfile.tempdir = os.fspath(home)
    sys.path[:] = [each for each in sys.path if Path(each) in code]
    sys.dont_write_bytecode = True  # what is run later is not for a worker to write


def _code() -> list[Path]:
    """The folders of the modules that may be imported: Python's, those that are installed, and ours."""
    ours, standard = Path(__file__).parent, Path(os.__file__).parent
    installed = [Path(each) for each in sys.path if Path(each).name in ("site-packages", "dist-packages")]
    return [ours, standard, standard / "lib-dynload", *installed]


def _restrict(readable: Sequence[Path], writable: Sequence[Path], programs: Sequence[Path]) -> None:
    from kzpub import kernel

    kernel.without_privileges()
    if kernel.landlock_version():
        loaders = [path for folder in ("/lib64", "/lib") for path in Path(folder).glob("ld-*.so*")]
        kernel.restrict_files(readable, writable, [*programs, *loaders])
    kernel.refuse_calls()


def tied_to_parent() -> None:
    """End this process when its parent ends, in whatever way."""
    from multiprocessing import parent_process

    parent = parent_process()
    assert parent
    if sys.platform == "linux":
        from kzpub import kernel

        kernel.end_with_parent()
        if os.getppid() != parent.pid:  # it has ended before
            os._exit(1)
    else:
        threading.Thread(target=lambda: (parent.join(), os._exit(1)), daemon=True).start()


# -- Limits ----------------------------------------------------------------------------------------------------------


def _limit(limits: Limits) -> None:
    if sys.platform == "win32":
        return
    import resource

    rows = {
        resource.RLIMIT_AS: limits.memory,
        resource.RLIMIT_FSIZE: limits.file,
        resource.RLIMIT_NOFILE: limits.files,
        resource.RLIMIT_CORE: 0,
    }
    for what, most in rows.items():
        hard = resource.getrlimit(what)[1]
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (allowed, allowed))


def _start_clock(seconds: int) -> None:
    """Beyond so many seconds of processor time from now, the kernel ends this process."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, hard))


def within(limits: Limits, call: bytes) -> tuple[bool, bool, Any]:
    """Do a pickled call: whether it was done, whether this process is still sound, and its value or the problems."""
    _start_clock(limits.processor)
    refusals.refused.clear()
    value: Any = None
    problems: tuple[Problem, ...] = ()
    try:
        function, arguments, named = pickle.loads(call)  # noqa: S301  from our parent
        value = function(*arguments, **named)
    except KzpubError as error:
        problems = error.problems
    except Exception as error:
        problems = (_struck(error, limits),)
    if refusals.refused:
        problems = (*map(_refusal, dict.fromkeys(refusals.refused)),)
    sound = not any(problem.code in _UNSOUND for problem in problems)
    return not problems, sound, problems or value


# -- In words --------------------------------------------------------------------------------------------------------

_UNSOUND = ("limit-memory", "limit-depth", "sandbox-refused", "worker-failed")
_SMALLER = "look for what makes it so large, or divide the publication; docs/security.md says what a worker may use"
_FAULT = "this is a fault of kzpub: please report it"


def _refusal(what: str) -> Problem:
    hint = "declare what is needed among the sources; docs/security.md says what a build may do"
    return Problem("sandbox-refused", f"a worker was about to {what}", None, hint)


def _struck(error: Exception, limits: Limits) -> Problem:
    """What a task ended of, where Python could still say."""
    import errno

    match error:
        case MemoryError():
            return _no_memory(limits)
        case RecursionError():
            return Problem("limit-depth", "something is nested too deeply", None, "write it flatter")
        case OSError(errno=errno.EFBIG):
            cause = f"a file grew beyond the {limits.file >> 20} MiB that one may have"
            return Problem("limit-file-size", cause, None, _SMALLER)
        case OSError(errno=errno.EMFILE):
            return Problem("limit-files", f"more than {limits.files} files were open at once", None, _SMALLER)
        case ModuleNotFoundError(name=name):
            hint = "run “make briefs” once, then “.venv/bin/python build.py”"
            return Problem("environment", f"this Python has no {name}", None, hint)
    *_, (frame, line) = traceback.walk_tb(error.__traceback__)
    cause = f"{type(error).__name__}: {error} ({Path(frame.f_code.co_filename).name}:{line})"
    return Problem("worker-failed", cause, None, _FAULT)


def _no_memory(limits: Limits) -> Problem:
    return Problem("limit-memory", f"the {limits.memory >> 20} MiB of a worker were not enough", None, _SMALLER)


def ended(code: int | None, overdue: bool, said: str, limits: Limits) -> Problem:
    """Why a process has ended that had a task: its exit status as ``multiprocessing`` gives it, and its last words."""
    last = ascii(said.strip().rpartition("\n")[2])[1:-1]
    if overdue:
        return Problem("limit-time", f"a task took more than {limits.seconds} s", None, _SMALLER)
    if code == -_signal("SIGXCPU"):
        cause = f"a task took more than {limits.processor} s of processor time"
        return Problem("limit-processor", cause, None, _SMALLER)
    if "alloc" in last or "MemoryError" in last:  # as GLib and Rust say before they end a process
        return _no_memory(limits)
    how = f"was ended by {signal.Signals(-code).name}" if code and code < 0 else f"ended with status {code}"
    hint = "memory may have run out: try with fewer --jobs" if code == -_signal("SIGKILL") else _FAULT
    return Problem("worker-ended", f"a worker process {how}{f' ({last})' if last else ''}", None, hint)


def _signal(name: str) -> int:
    return getattr(signal, name, 0)
