"""What a worker process may do and use: files, programs, its environment, memory and time."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kzpub.workers import refusals


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
    "LC_ALL": "C.UTF-8",
    "TZ": "UTC0",
    "OPENBLAS_NUM_THREADS": "1",  # NumPy would keep memory for as many threads as there are cores
    "OMP_NUM_THREADS": "1",
    "RAYON_NUM_THREADS": "2",  # of page-validation, likewise
}
_FOLDERS = ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "MPLCONFIGDIR")
"""Variables that name a folder to write in: all of them the first writable one."""

_SYSTEM = (
    *("/usr/lib", "/lib", "/usr/lib64", "/lib64", "/usr/local/lib", "/etc/ld.so.cache"),
    *("/usr/share/zoneinfo", "/dev/urandom"),
)
"""What Python and its libraries read of the system: libraries, where the time zone UTC is, randomness."""
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
    _settle(writable[0], code, programs)
    _limit(limits)
    allowed = [*readable, *code, *map(Path, _SYSTEM)]
    changed = [*writable, Path(os.devnull)]
    if sys.platform == "linux":
        _restrict(allowed, changed, programs)
    refusals.refuse_all_but(allowed, changed, programs)


def _settle(home: Path, code: Sequence[Path], programs: Sequence[Path]) -> None:
    """An environment, a working directory and a path of modules that name nothing of the outer world."""
    passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    path = {"PATH": os.pathsep.join(os.fspath(program.parent) for program in programs)}
    os.environ.clear()
    os.environ.update(_ENVIRONMENT | path | passed | dict.fromkeys(_FOLDERS, os.fspath(home)))
    os.chdir(home)
    tempfile.tempdir = os.fspath(home)
    sys.path[:] = [each for each in sys.path if Path(each) in code]
    sys.dont_write_bytecode = True  # what is run later is not for a worker to write


def _code() -> list[Path]:
    """The folders of what may be imported: ours, Python's and its libraries, what is installed."""
    ours, standard = Path(__file__).parent.parent, Path(os.__file__).parent
    installed = [Path(each) for each in sys.path if Path(each).name in ("site-packages", "dist-packages")]
    return [ours, standard, standard / "lib-dynload", Path(sys.base_prefix, "lib"), *installed]


def _restrict(readable: Sequence[Path], writable: Sequence[Path], programs: Sequence[Path]) -> None:
    from kzpub.workers import kernel

    kernel.without_privileges()
    if kernel.landlock_version():
        loaders = [path for folder in ("/lib64", "/lib") for path in Path(folder).glob("ld-*.so*")]
        kernel.restrict_files(readable, writable, [*programs, *loaders])
    kernel.refuse_calls()


# -- Limits ----------------------------------------------------------------------------------------------------------


def _limit(limits: Limits) -> None:
    if sys.platform == "win32":
        return
    import resource

    rows = {
        resource.RLIMIT_AS: limits.memory if sys.platform == "linux" else resource.RLIM_INFINITY,  # macOS refuses it
        resource.RLIMIT_FSIZE: limits.file,
        resource.RLIMIT_NOFILE: limits.files,
        resource.RLIMIT_CORE: 0,
    }
    for what, most in rows.items():
        hard = resource.getrlimit(what)[1]
        allowed = min((each for each in (most, hard) if each != resource.RLIM_INFINITY), default=most)
        resource.setrlimit(what, (allowed, allowed))


def start_clock(seconds: int) -> None:
    """Beyond so many seconds of processor time from now, the kernel ends this process with ``SIGXCPU``."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, hard))
