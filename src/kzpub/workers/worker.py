"""A worker process: it takes a task, does it within its limits, and answers; and in words, what a task ended of."""

from __future__ import annotations

import errno
import gc
import os
import pickle
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterable
from itertools import pairwise
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from kzpub.errors import KzpubError, Problem
from kzpub.workers import refusals
from kzpub.workers.sandbox import Limits, start_clock


def work(
    tasks: Connection, answers: Connection, said: Connection, prepare: Callable[[], object], limits: Limits
) -> None:
    """Answer tasks until there are no more; what is printed goes into ``said``."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is the parent's to answer
    _end_with_parent()
    if os.name == "posix":
        _let_go(keep=(tasks.fileno(), answers.fileno()), said=said.fileno())
    try:
        prepare()
    except Exception:
        traceback.print_exc()
        os._exit(1)  # at once: whatever else an exit would say hides the cause
    gc.freeze()  # what was imported before is no garbage
    gc.set_threshold(
        100_000, 20, 20
    )  # and little of what is made is: looking as often as usual takes a tenth of the time
    lasting = True
    while lasting:
        try:
            call = tasks.recv_bytes()
        except EOFError:
            return
        done, lasting, value = _within(limits, call)
        answers.send_bytes(pickle.dumps((done, lasting, value)))


def _end_with_parent() -> None:
    parent = parent_process()
    assert parent
    if sys.platform != "linux":
        threading.Thread(target=lambda: (parent.join(), os._exit(1)), daemon=True).start()
        return
    from kzpub.workers import kernel

    kernel.end_with_parent()
    if os.getppid() != parent.pid:  # it had ended before
        os._exit(1)


def _let_go(keep: Iterable[int], said: int) -> None:
    """No file of the parent stays open but the pipes; what no longer fits into the one for text is dropped."""
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(said, 1)
    os.dup2(said, 2)
    os.set_blocking(2, False)
    sys.stdout = sys.stderr = os.fdopen(2, "w", 1, "utf-8", "backslashreplace", closefd=False)
    edges = [2, *sorted(keep), os.sysconf("SC_OPEN_MAX")]
    for before, after in pairwise(edges):
        os.closerange(before + 1, after)


def _within(limits: Limits, call: bytes) -> tuple[bool, bool, Any]:
    """Do a pickled call: whether it was done, whether this process is still sound, and its value or the problems."""
    start_clock(limits.processor)
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
    if refusals.refused:  # even where a library went on without
        problems = (*map(_refusal, dict.fromkeys(refusals.refused)),)
    sound = all(problem.code not in _UNSOUND for problem in problems)
    return not problems, sound, problems or value


# -- In words --------------------------------------------------------------------------------------------------------

_UNSOUND = ("limit-memory", "limit-depth", "sandbox-refused", "worker-failed")
"""After these, libraries may have been left half-way, and the next task gets a new process."""
_SMALLER = "look for what makes it so large, or divide the publication; docs/security.md says what a worker may use"
_FAULT = "this is a fault of kzpub: please report it"


def _refusal(what: str) -> Problem:
    hint = "keep what is needed in content/, locales/ or templates/; docs/security.md says what a worker may do"
    return Problem("sandbox-refused", f"a worker was about to {what}", None, hint)


def _struck(error: Exception, limits: Limits) -> Problem:
    """What a task ended of, where Python could still say."""
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
    by = signal.Signals(-code).name if code and code < 0 else ""
    if overdue:
        return Problem("limit-time", f"a task took more than {limits.seconds} s", None, _SMALLER)
    if by == "SIGXCPU":
        cause = f"a task took more than {limits.processor} s of processor time"
        return Problem("limit-processor", cause, None, _SMALLER)
    if "alloc" in last or "MemoryError" in last:  # as GLib and Rust say before they end a process
        return _no_memory(limits)
    cause = f"a worker was ended by {by}" if by else f"a worker ended with status {code}"
    hint = "memory may have run out: try with fewer --jobs" if by == "SIGKILL" else _FAULT
    return Problem("worker-ended", f"{cause} ({last})" if last else cause, None, hint)


def not_taken(error: Exception) -> Problem:
    """Why an answer is not read."""
    return Problem("worker-answer", f"the answer of a worker is not taken: {error!r}", None, _FAULT)
