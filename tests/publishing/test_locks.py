"""The lock of an output folder: one process has it, the others wait, and nothing that ends badly keeps it."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kzpub.publishing.locks import held, is_free
from tests.conftest import ROOT

HOLDER = """
import sys
from pathlib import Path
from kzpub.publishing.locks import held
with held(Path(sys.argv[1]), lambda who: print("waits for", who, flush=True)):
    print("has it", flush=True)
    sys.stdin.read()
"""


@contextmanager
def holder(lock: Path, program: str = HOLDER) -> Iterator[subprocess.Popen[str]]:
    """Another process that asks for the lock, and keeps it until its input ends."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", textwrap.dedent(program), str(lock)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
    try:
        yield process
    finally:
        process.communicate(timeout=20)


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def nobody_else(who: str) -> None:
    raise AssertionError(f"the lock should be free, and {who} has it")


def test_the_file_says_who_holds_it_while_it_is_held(tmp_path: Path) -> None:
    lock = tmp_path / ".lock"
    with held(lock, nobody_else):
        assert lock.read_text() == f"pid {os.getpid()} on {platform.node()}"
    assert lock.read_text() == ""


def test_who_comes_second_is_told_who_is_first_and_then_goes_on(tmp_path: Path) -> None:
    with holder(tmp_path / ".lock") as first:
        assert line(first) == "has it"
        with holder(tmp_path / ".lock") as second:
            assert line(second) == f"waits for pid {first.pid} on {platform.node()}"
            first.communicate()
            assert line(second) == "has it"


def test_a_lock_goes_with_its_process_however_that_ends(tmp_path: Path) -> None:
    with holder(tmp_path / ".lock") as process:
        assert line(process) == "has it"
        process.kill()
        process.wait()
        with held(tmp_path / ".lock", nobody_else):
            pass


OUTLIVED = HOLDER.replace(
    "    sys.stdin.read()",
    "    import os\n    if os.fork() == 0: print(os.getpid(), flush=True); sys.stdin.read(); os._exit(0)",
).replace('print("has it", flush=True)', "pass")


def test_a_worker_that_outlives_its_build_does_not_keep_it(tmp_path: Path) -> None:
    program = OUTLIVED + "    os.kill(os.getpid(), 9)\n"
    with holder(tmp_path / ".lock", program) as process:
        worker = int(line(process))
        process.wait()
        os.kill(worker, 0)  # it is still there
        with held(tmp_path / ".lock", nobody_else):
            pass


def test_a_lock_that_was_removed_while_it_was_waited_for_is_not_taken_for_one(tmp_path: Path) -> None:
    lock = tmp_path / ".lock"
    with holder(lock) as first:
        line(first)
        with holder(lock) as second:
            assert line(second).startswith("waits")
            lock.unlink()
            with holder(lock) as third:
                assert line(third) == "has it"
                first.communicate()
                assert line(second) == f"waits for pid {third.pid} on {platform.node()}"


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda lock: lock.symlink_to(lock.with_name("elsewhere")), id="a link"),
        pytest.param(lambda lock: lock.mkdir(), id="a folder"),
    ],
)
def test_what_is_no_file_of_this_folder_is_no_lock(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / ".lock")
    with pytest.raises(OSError, match=r"symbolic links|directory"), held(tmp_path / ".lock", nobody_else):
        pass
    assert not (tmp_path / "elsewhere").exists()


WINDOWS = """
import fcntl, os, platform, sys, types
from pathlib import Path
platform.node()
msvcrt = types.ModuleType("msvcrt")
msvcrt.LK_NBLCK = 1
def locking(handle, how, size):
    fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, size, os.lseek(handle, 0, os.SEEK_CUR))
msvcrt.locking = locking
sys.modules["msvcrt"], sys.platform = msvcrt, "win32"
"""


def test_the_branch_for_windows_waits_too(tmp_path: Path) -> None:
    """With a stand-in for its locks, of bytes in a file, since Windows is not at hand."""
    with holder(tmp_path / ".lock", WINDOWS + HOLDER) as first:
        assert line(first) == "has it"
        with holder(tmp_path / ".lock", WINDOWS + HOLDER) as second:
            assert line(second).startswith(f"waits for pid {first.pid}")
            first.communicate()
            assert line(second) == "has it"


def test_a_lock_is_free_while_nobody_has_it(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with held(path, print):
        assert not is_free(path)
    assert is_free(path)
    with pytest.raises(FileNotFoundError):
        is_free(tmp_path / "another")
