"""What may happen to a command that publishes, and what others then see: for any command that fills a folder.

A ``Command`` gives the arguments that publish release number n to a folder; each number has to make another release.
Every function here starts real processes, and gives a ``Report``; ``Report.faults`` says what must not be.
"""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

ROOT = Path(__file__).resolve().parent.parent.parent
READER = Path(__file__).with_name("reader.py")
GRACE = 5.0
"""Seconds in which the workers of a killed command have to end."""

Command: TypeAlias = Callable[[Path, int], list[str]]


def small_writer(*options: str) -> Command:
    """The small publisher of ``writer``, with its options."""
    return lambda out, number: [sys.executable, "-m", "tests.harness.writer", str(out), str(number), *options]


@dataclass(slots=True)
class Report:
    """What came of it.

    Attributes:
        codes: how the commands ended, and how often.
        seen: what readers saw, and how often: whole, torn, gone, none.
        torn: how what they saw was not whole.
        orphans: processes that outlived their command.
        litter: what was left after the last command, which nobody hindered.
        said: what the commands wrote to their standard error.

    """

    codes: Counter[int] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    torn: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)
    litter: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def faults(self, *, gaps: bool = False) -> list[str]:
        """What must not be; ``gaps`` are allowed where there are no links: moments without a release."""
        missing = ["a reader found no release"] if self.seen["none"] and not gaps else []
        nothing = [] if self.seen["whole"] else ["no reader saw a release"]
        return [*self.torn, *self.orphans, *self.litter, *missing, *nothing]


# -- Processes -------------------------------------------------------------------------------------------------------


def start(arguments: Sequence[str], **options: Any) -> subprocess.Popen[str]:
    """A command in a session of its own, by which its workers are found."""
    paths = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    usual = {
        "preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)
    }  # ignored by what a shell starts with “&”
    given = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "env": paths, "text": True, **usual, **options}
    return subprocess.Popen(arguments, start_new_session=True, cwd=ROOT, **given)


def finished(report: Report, process: subprocess.Popen[str]) -> int:
    """The exit code of a command that has ended, or does so by itself; noted with all else of it."""
    said = process.communicate(timeout=120)[1] or ""
    report.said += [said] if said else []
    report.codes[process.returncode] += 1
    report.orphans += orphans(process.pid)
    return process.returncode


def run(report: Report, command: Command, out: Path, number: int, **options: Any) -> int:
    """A command that nobody hinders, and its exit code."""
    return finished(report, start(command(out, number), **options))


def orphans(session: int) -> list[str]:
    """What is left of a session after the time that it has to end."""
    end = time.monotonic() + GRACE
    while (left := list(_members(session))) and time.monotonic() < end:
        time.sleep(0.02)
    return [f"outlived its command: {each}" for each in left]


def _members(session: int) -> Iterator[str]:
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            name, rest = path.read_text().rsplit(")", 1)
            state, _, _, of = rest.split()[:4]
            if int(of) == session and state != "Z":
                yield f"{name})"


@contextmanager
def readers(report: Report, out: Path, number: int = 2) -> Iterator[None]:
    """Readers at work meanwhile; what they saw is noted when they are done."""
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    running = [subprocess.Popen([sys.executable, READER, out], **pipes) for _ in range(number)]  # type: ignore[call-overload]
    try:
        yield
    finally:
        for each in running:
            _note(report, each.communicate(timeout=60)[0])


def read_once(report: Report, out: Path) -> None:
    """One look."""
    _note(report, subprocess.run([sys.executable, READER, out, "--once"], capture_output=True, check=False).stdout)


def _note(report: Report, told: str | bytes) -> None:
    found = json.loads(told)
    report.seen.update(found["seen"])
    report.torn += found["torn"]


def failing_at_each_step(out: Path, how: str, *options: str) -> tuple[int, list[str]]:
    """How many steps the small publisher has, and what must not be after it was hindered at each: see ``steps``."""
    process = start([sys.executable, "-m", "tests.harness.steps", str(out), how, *options], stdout=subprocess.PIPE)
    told, said = process.communicate(timeout=120)
    assert process.returncode == 0, said
    found = json.loads(told)
    return found["steps"], found["faults"]


# -- What is there ---------------------------------------------------------------------------------------------------


def litter(out: Path, keep: int = 3) -> list[str]:
    """What no build that ended well leaves in an output folder."""
    hidden = [
        path for path in _all(out) if path.name.startswith(".") and path not in (out / ".lock", out / ".generations")
    ]
    dangling = [path for path in _all(out) if path.is_symlink() and not path.exists()]
    kept = list((out / ".generations").iterdir()) if (out / ".generations").is_dir() else []
    more = [out / f"{len(kept)} generations"] if len(kept) > keep else []
    return [f"left: {path.relative_to(out)}" for path in (*hidden, *dangling, *more)]


def contents(out: Path) -> dict[str, bytes | str]:
    """Everything in a folder but the lock: files with their bytes, links with what they lead to."""
    found = (path for path in _all(out) if path.is_symlink() or path.is_file())
    return {
        path.relative_to(out).as_posix(): os.readlink(path) if path.is_symlink() else path.read_bytes()
        for path in found
        if path != out / ".lock"
    }


def _all(out: Path) -> list[Path]:
    return sorted(out.rglob("*"))


# -- What happens to it ----------------------------------------------------------------------------------------------


def stopped(
    command: Command, out: Path, times: int, by: signal.Signals = signal.SIGKILL, seed: int = 1, *, group: bool = False
) -> Report:
    """A command is stopped again and again, at random moments of its work; the last one is left alone.

    With ``group`` its workers get the signal too, as from a terminal.
    """
    report, moments = Report(), random.Random(seed)
    begun = time.monotonic()
    assert run(report, command, out, 0) == 0, report.said
    span = time.monotonic() - begun
    with readers(report, out):
        for number in range(1, times + 1):
            process = start(command(out, 1000 * number))
            time.sleep(moments.uniform(0, 1.1 * span))
            os.killpg(process.pid, by) if group else process.send_signal(by)
            finished(report, process)
            read_once(report, out)
        assert run(report, command, out, 1000 * (times + 1)) == 0, report.said
    report.litter = litter(out)
    return report


def raced(command: Command, out: Path, number: int) -> Report:
    """Many at once, each with a release of its own, after a first one."""
    report = Report()
    assert run(report, command, out, 0) == 0, report.said
    with readers(report, out):
        running = [start(command(out, 1000 * each)) for each in range(1, number + 1)]
        for each in running:
            finished(report, each)
    report.litter = litter(out)
    return report


def hindered(command: Command, out: Path, **options: Any) -> Report:
    """A command under a condition that it cannot do its work in; what was there has to be there, to the byte."""
    report = Report()
    assert run(report, command, out, 0) == 0, report.said
    before = contents(out)
    with readers(report, out, 1):
        run(report, command, out, 1000, **options)
    changed = {path for path in before.keys() | contents(out).keys() if before.get(path) != contents(out).get(path)}
    report.litter = [*litter(out), *(f"changed: {path}" for path in sorted(changed))]
    return report


def no_file_larger_than(size: int) -> dict[str, Any]:
    """A condition: the disk is full, as far as a command can tell."""
    return {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))}


def without_output(*, pipe: bool) -> dict[str, Any]:
    """A condition: nobody listens, to a pipe that is closed at its other end, or nothing is open at all."""
    if not pipe:
        return {"preexec_fn": lambda: os.close(1)}
    reading, writing = os.pipe()
    os.close(reading)
    return {"stdout": writing}


def on_disk_of_its_own(folder: Path, options: str, script: str) -> subprocess.CompletedProcess[str] | None:
    """A shell script with a disk of its own at ``folder``, which no other process sees; ``None`` where none can be had.

    ``options`` are those of a tmpfs: ``size=400k``.
    """
    mount = f"mount -t tmpfs -o {options} none {folder}"
    unshare = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"]
    try:
        if subprocess.run([*unshare, mount], capture_output=True, check=False).returncode:
            return None
    except FileNotFoundError:
        return None
    paths = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    return subprocess.run(
        [*unshare, f"{mount}\n{script}"], capture_output=True, text=True, check=False, cwd=ROOT, env=paths
    )
