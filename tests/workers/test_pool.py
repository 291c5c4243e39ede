"""Workers: each end is named, costs its own task only, and leaves no process behind."""

from __future__ import annotations

import ctypes
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from kzpub.errors import KzpubError, Place, Problem, fail
from kzpub.workers.pool import Workers
from kzpub.workers.sandbox import Limits, confine
from kzpub.workers.worker import ended
from tests.conftest import ROOT


def nothing() -> None:
    """A worker that is not confined."""


@pytest.fixture
def workers() -> Iterator[Workers]:
    with Workers(2, nothing) as made:
        yield made


def problem_of(task: Callable[[], object]) -> Problem:
    with pytest.raises(KzpubError) as raised:
        task()
    (problem,) = raised.value.problems
    return problem


# -- Answers ---------------------------------------------------------------------------------------------------------


def test_tasks_are_done_by_other_processes_and_answered_in_order(workers: Workers) -> None:
    assert list(workers.map(pow, range(20), [2] * 20)) == [n * n for n in range(20)]
    assert os.getpid() not in {workers.submit(os.getpid).result() for _ in range(4)}


def test_workers_that_are_held_are_at_work_and_answer_when_they_may(tmp_path: Path) -> None:
    before = threading.active_count()
    with Workers(1, nothing, begun=False) as held:
        tasks = [held.submit(os.mkdir, str(tmp_path / name)) for name in "abc"]
        until((tmp_path / "c").exists)
        assert not any(task.done() for task in tasks)
        assert threading.active_count() == before  # so that others can be forked
        held.begin()
        assert [task.result() for task in tasks] == [None] * 3


def test_a_process_that_is_held_gets_no_more_than_its_pipe_takes() -> None:
    with Workers(1, nothing, begun=False) as held:
        tasks = [held.submit(len, bytes(size)) for size in (1 << 20, 1, 4000)]
        assert [task.running() for task in tasks] == [True, False, False]
        held.begin()
        assert [task.result() for task in tasks] == [1 << 20, 1, 4000]


def test_what_waits_behind_the_end_of_a_process_is_done_by_another() -> None:
    with Workers(1, nothing, begun=False) as held:
        end, first = held.submit(os.kill, os.getpid(), 0), held.submit(os._exit, 3)
        others = [held.submit(os.getpid) for _ in range(2)]
        held.begin()
        assert end.result() is None
        assert problem_of(first.result).code == "worker-ended"
        assert len({other.result() for other in others}) == 1


def test_what_waits_in_a_pipe_is_not_done_after_workers_are_killed(tmp_path: Path) -> None:
    with Workers(1, partial(tempfile.mkdtemp, dir=tmp_path), begun=False) as held:
        tasks = [held.submit(time.sleep, 60) for _ in range(5)]
        held.begin()
        held.kill_workers()
    assert [problem_of(task.result).code for task in tasks] == ["worker-ended"] * 5
    assert len(list(tmp_path.iterdir())) <= 1, "no other process was started"


def test_answers_that_nobody_has_taken_yet_keep_no_process_from_its_next_task(tmp_path: Path) -> None:
    with Workers(1, nothing, begun=False) as held:
        large = [held.submit(bytes, 100_000) for _ in range(2)]
        held.submit(os.mkdir, str(tmp_path / "after"))
        until((tmp_path / "after").exists)
        held.begin()
        assert {len(each.result()) for each in large} == {100_000}


def refuse() -> None:
    raise fail("some-code", "a cause", Place("a.md", 3), "a hint")


def test_problems_arrive_whole_and_the_process_goes_on() -> None:
    with Workers(1, nothing) as alone:
        before = alone.submit(os.getpid).result()
        assert problem_of(alone.submit(refuse).result) == Problem("some-code", "a cause", Place("a.md", 3), "a hint")
        assert alone.submit(os.getpid).result() == before


def test_what_nobody_foresaw_is_a_finding_with_its_place(workers: Workers) -> None:
    problem = problem_of(workers.submit(int, "x").result)
    assert problem.code == "worker-failed"
    assert "ValueError: invalid literal for int() with base 10: 'x' (worker.py:" in problem.cause


class Evil:
    """In a pickle, a call of whatever its sender likes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (str(self.folder),)


def test_an_answer_is_data_and_never_a_call(workers: Workers, tmp_path: Path) -> None:
    problem = problem_of(workers.submit(Evil, tmp_path / "made").result)
    assert (problem.code, "mkdir" in problem.cause) == ("worker-answer", True)
    assert not (tmp_path / "made").exists()
    pickle.loads(pickle.dumps(Evil(tmp_path / "made")))
    assert (tmp_path / "made").exists()
    assert problem_of(workers.submit(Path, "/").result).code == "worker-answer"
    with Workers(1, nothing, answers=[type(tmp_path)]) as taking:
        assert taking.submit(Path, "/").result() == Path("/")


# -- Ends ------------------------------------------------------------------------------------------------------------


def end_by(number: int) -> None:
    os.kill(os.getpid(), number)
    time.sleep(9)


def say_and_end(text: str, number: int) -> None:
    sys.stderr.write(f"of no interest\n{text}\n")
    end_by(number)


def spin_in_c() -> None:
    pow(3, 10**9)


@pytest.mark.parametrize(
    ("task", "code", "cause"),
    [
        pytest.param(partial(end_by, 9), "worker-ended", "a worker was ended by SIGKILL", id="killed"),
        pytest.param(
            partial(say_and_end, "free(): \x1b[31m", 6), "worker-ended", r"SIGABRT (free(): \x1b[31m)", id="words"
        ),
        pytest.param(partial(ctypes.string_at, 0), "worker-ended", "SIGSEGV", id="a fault in C"),
        pytest.param(
            partial(say_and_end, "memory allocation of 99 bytes failed", 6),
            "limit-memory",
            "4096 MiB",
            id="memory in C",
        ),
        pytest.param(partial(os._exit, 3), "worker-ended", "a worker ended with status 3", id="its own will"),
        pytest.param(spin_in_c, "limit-processor", "more than 1 s of processor time", id="processor time in C"),
        pytest.param(partial(time.sleep, 60), "limit-time", "more than 4 s", id="time"),
    ],
)
def test_an_end_is_named_and_costs_its_own_task_only(task: Callable[[], object], code: str, cause: str) -> None:
    with Workers(1, nothing, limits=Limits(processor=1, seconds=4 if code == "limit-time" else 60)) as alone:
        ending, waiting = alone.submit(task), [alone.submit(abs, -n) for n in range(3)]
        problem = problem_of(ending.result)
        assert (problem.code, problem.place) == (code, None)
        assert cause in problem.cause
        assert [future.result() for future in waiting] == [0, 1, 2]


def test_a_worker_that_dies_while_it_waits_costs_nothing() -> None:
    with Workers(1, nothing) as alone:
        os.kill(pid := alone.submit(os.getpid).result(), signal.SIGKILL)
        until(lambda: state(pid) in {"Z", ""})
        assert alone.submit(abs, -1).result() == 1


def test_a_worker_that_cannot_be_prepared_says_why() -> None:
    with Workers(1, partial(int, "x")) as unprepared:
        problem = problem_of(unprepared.submit(abs, -1).result)
    assert (problem.code, "ValueError: invalid literal" in problem.cause) == ("worker-ended", True)


def test_ends_that_python_does_not_number_are_said_too() -> None:
    assert ended(None, False, "", Limits()).cause == "a worker ended with status None"


# -- No process stays ------------------------------------------------------------------------------------------------


def state(pid: int) -> str:
    """The letter that Linux has for the state of a process: Z for one that has ended; empty for none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return ""


def until(so: Callable[[], bool]) -> None:
    for _ in range(200):
        if so():
            return
        time.sleep(0.01)
    pytest.fail("it did not come about in two seconds")


def open_files() -> dict[str, str]:
    found = {}
    for number in os.listdir("/proc/self/fd"):
        with suppress(FileNotFoundError):  # the folder itself, while it is read
            found[number] = os.readlink(f"/proc/self/fd/{number}").partition(":")[0]
    return found


def test_nothing_is_left_open_for_a_worker_but_its_pipes() -> None:
    readme, stdin = ROOT / "README.md", os.dup(0)
    with readme.open() as file:
        os.dup2(file.fileno(), 0)
        assert list(open_files().values()).count(str(readme)) == 2
        with Workers(1, nothing) as alone:
            found = alone.submit(open_files).result()
        os.dup2(stdin, 0)
        os.close(stdin)
    assert (found.pop("0"), set(found.values()), len(found)) == ("/dev/null", {"pipe"}, 4)


PARENT = """
import os, signal, sys, time
from kzpub.workers.pool import Workers

def nothing(): pass
def pid_and_wait(path):
    with open(path, "w") as file: file.write(str(os.getpid()))
    while True: {busy}

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell has it ignored by what it runs in the background
    with Workers(2, nothing) as workers:
        tasks = [workers.submit(pid_and_wait, f"{{sys.argv[1]}}/{{n}}") for n in range(2)]
        print([task.result() for task in tasks])
"""


@pytest.mark.parametrize("busy", ["pass", "time.sleep(60)"])
@pytest.mark.parametrize(
    ("by", "group"),
    [
        pytest.param(signal.SIGKILL, False, id="kill -9"),
        pytest.param(signal.SIGTERM, False, id="SIGTERM"),
        pytest.param(signal.SIGINT, False, id="SIGINT"),
        pytest.param(signal.SIGINT, True, id="Ctrl-C, which all processes get"),
    ],
)
def test_when_the_parent_ends_no_worker_stays(tmp_path: Path, by: signal.Signals, group: bool, busy: str) -> None:
    (tmp_path / "parent.py").write_text(PARENT.format(busy=busy))
    command = [sys.executable, str(tmp_path / "parent.py"), str(tmp_path)]
    with subprocess.Popen(command, stdout=-1, stderr=-1, start_new_session=True, env=os.environ) as parent:
        until(lambda: all((tmp_path / name).exists() and (tmp_path / name).read_text() for name in "01"))
        workers = [int((tmp_path / name).read_text()) for name in "01"]
        assert all(state(pid) for pid in workers)
        (os.killpg if group else os.kill)(parent.pid, by)
        until(lambda: not any(state(pid) not in {"Z", ""} for pid in workers))
        _, said = parent.communicate()
    assert parent.returncode == -by
    assert (said.count(b"Traceback"), b"Process" in said) == (1 if by == signal.SIGINT else 0, False)


def test_leaving_by_an_exception_ends_all_at_once() -> None:
    started = time.monotonic()
    made = Workers(2, nothing)
    pids = [made.submit(os.getpid).result() for _ in range(9)]
    tasks = [made.submit(time.sleep, 60) for _ in range(5)]
    with pytest.raises(ZeroDivisionError), made:
        raise ZeroDivisionError
    assert time.monotonic() - started < 5
    assert all(task.cancelled() or problem_of(task.result).code == "worker-ended" for task in tasks)
    assert not any(state(pid) for pid in pids)
    with pytest.raises(RuntimeError):
        made.submit(abs, 1)


def test_what_was_taken_is_done_before_all_is_shut() -> None:
    with Workers(2, nothing) as made:
        tasks = [made.submit(abs, -n) for n in range(9)]
    assert [task.result() for task in tasks] == list(range(9))


def test_where_other_threads_run_processes_are_made_anew(tmp_path: Path) -> None:
    stop = threading.Event()
    other = threading.Thread(target=stop.wait)
    other.start()
    try:
        with Workers(1, partial(confine, [], [tmp_path])) as alone:
            assert alone.submit(os.getcwd).result() == str(tmp_path)
            assert alone.submit(os.path.exists, "/etc").result()
    finally:
        stop.set()
        other.join()
