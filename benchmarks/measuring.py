"""What benchmarks share: a copy of the project to work on, and what a command in a fresh process costs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from compileall import compile_dir
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock and of processor time, and the largest process in MiB; children are included."""

    wall: float
    cpu: float
    memory: float
    said: str = ""


def run(command: list[str], place: Path | None = None, watch: Callable[[int], None] | None = None) -> Cost:
    """Run a command to its end in a process of its own. Ends the benchmark if it fails.

    ``place`` has the project that it belongs to and its store; ``watch`` is told the process while it runs.
    """
    with tempfile.TemporaryFile() as said:
        before = time.perf_counter()
        process = subprocess.Popen(command, stdout=said, stderr=said, env=_environment(place))
        if watch:
            watch(process.pid)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - before
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        text = said.read().decode(errors="replace")
    if process.returncode:
        sys.exit(f"“{' '.join(command)}” failed:\n{text[-4000:]}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, text)


def compile_all() -> None:
    """Byte code of kzpub and of the benchmarks, as a first run leaves it; that of libraries comes with them."""
    for folder in ("src", "benchmarks"):
        compile_dir(ROOT / folder, quiet=1)


def _environment(place: Path | None) -> dict[str, str]:
    given = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE")}
    return given | ({"PYTHONPATH": str(ROOT / "src"), "KZPUB_STORE": str(place / "store")} if place else {})


def project(place: Path) -> list[str]:
    """A copy of this project without anything made, and the command that builds it into ``place/dist``."""
    place.mkdir(parents=True)
    for name in ("content", "locales", "templates"):
        shutil.copytree(ROOT / name, place / name)
    shutil.copy2(ROOT / "build.py", place)
    return [sys.executable, str(place / "build.py")]


def spread(values: Iterable[float], form: str = ".2f") -> str:
    """The median, the smallest and the largest."""
    given = sorted(values)
    return f"{median(given):{form}} ({given[0]:{form}}–{given[-1]:{form}})"
