"""The sandbox: what a worker is refused, in Python and in C, and that a whole build does without it."""

from __future__ import annotations

import ctypes
import errno
import os
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest

from kzpub.errors import KzpubError, Problem
from kzpub.workers import kernel, refusals
from kzpub.workers.pool import Workers
from kzpub.workers.sandbox import LIMITS, Limits, confine
from tests.conftest import FORMATS, Built, tool

HELD = pytest.mark.skipif(
    sys.platform != "linux" or not kernel.landlock_version(), reason="this kernel has no Landlock"
)


def confined(room: Path, limits: Limits = LIMITS) -> None:
    """Here, and not in a lambda, so that a process that is made anew finds the tasks of this module."""
    confine([room / "declared"], [room / "home"], limits)


def hooked(room: Path) -> None:
    """The audit hook alone, as where there is no Linux."""
    os.chdir(room / "home")
    libraries = [Path(sys.prefix), Path(sys.base_prefix)]
    refusals.refuse_all_but([room / "declared", *libraries], [room / "home"], [])


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """A folder that a worker may read, one that it may write, and a file beside them."""
    for name in ("declared", "home"):
        (tmp_path / name).mkdir()
    (tmp_path / "declared" / "text").write_text("declared")
    (tmp_path / "beside").write_text("a secret")
    (tmp_path / "home" / "way-out").symlink_to(tmp_path / "beside")
    (tmp_path / "home" / "folder-out").symlink_to(tmp_path)
    return tmp_path


@pytest.fixture
def worker(room: Path) -> Iterator[Workers]:
    with Workers(1, partial(confined, room)) as made:
        yield made


def outcome(workers: Workers, task: Callable[..., object], *arguments: object) -> tuple[str, str]:
    """Code and cause of the only problem of a task."""
    with pytest.raises(KzpubError) as raised:
        workers.submit(task, *arguments).result()
    (problem,) = raised.value.problems
    assert isinstance(problem, Problem)
    return problem.code, problem.cause


# -- What Python code is refused -------------------------------------------------------------------------------------


def read(path: str) -> str:
    return Path(path).read_text("utf-8")


def write(path: str) -> None:
    Path(path).write_text("changed", "utf-8")


def mkdir(path: str) -> None:
    os.mkdir(path)


def symlink(path: str) -> None:
    os.symlink("/etc", path)


def run(*command: str) -> int:
    return subprocess.run(command, check=False, capture_output=True).returncode


@pytest.mark.parametrize("prepare", [confined, hooked])
@pytest.mark.parametrize(
    ("task", "argument", "said"),
    [
        pytest.param(read, "/etc/passwd", "read '/etc/passwd'", id="a file of the machine"),
        pytest.param(read, "{room}/beside", "read '{room}/beside'", id="a file beside the project"),
        pytest.param(read, "../beside", "read '../beside'", id="a path upwards"),
        pytest.param(read, "{room}/declared/../beside", "beside'", id="a path in and out again"),
        pytest.param(read, "way-out", "read 'way-out'", id="a link to a file"),
        pytest.param(read, "folder-out/beside", "read 'folder-out/beside'", id="a link to a folder"),
        pytest.param(read, "{room}/declared-not", "declared-not'", id="a name that begins alike"),
        pytest.param(read, "/proc/self/environ", "read '/proc/self/environ'", id="the first environment"),
        pytest.param(os.listdir, "{room}", "read '{room}'", id="listing a folder"),
        pytest.param(os.scandir, "/home", "read '/home'", id="walking a folder"),
        pytest.param(os.chdir, "/", "read '/'", id="going elsewhere"),
        pytest.param(write, "{room}/declared/text", "write '{room}/declared/text'", id="changing an input"),
        pytest.param(os.remove, "{room}/declared/text", "write '{room}/declared/text'", id="removing an input"),
        pytest.param(mkdir, "{room}/new", "write '{room}/new'", id="a folder beside"),
        pytest.param(symlink, "link", "make links", id="a link"),
        pytest.param(run, "true", "start 'true'", id="a program"),
        pytest.param(os.system, "true", "start or end processes", id="a shell"),
        pytest.param(socket.gethostbyname, "localhost", "use the network", id="asking for an address"),
        pytest.param(urllib.request.urlopen, "http://127.0.0.1:1/", "use the network", id="fetching a page"),
    ],
)
def test_what_a_worker_is_refused_is_named(
    room: Path, prepare: Callable[[Path], None], task: Callable[[str], object], argument: str, said: str
) -> None:
    with Workers(1, partial(prepare, room)) as alone:
        code, cause = outcome(alone, task, argument.format(room=room))
    assert (code, said.format(room=room) in cause) == ("sandbox-refused", True), cause
    assert (room / "declared" / "text").read_text() == "declared"


@pytest.mark.parametrize("kind", [socket.SOCK_STREAM, socket.SOCK_DGRAM])
@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6, socket.AF_UNIX])
def test_not_even_a_socket_is_made(worker: Workers, family: int, kind: int) -> None:
    assert outcome(worker, socket.socket, family, kind) == ("sandbox-refused", "a worker was about to use the network")


def fork() -> None:
    if not os.fork():
        os._exit(0)


def test_a_worker_does_not_divide_itself_or_end_others(worker: Workers) -> None:
    for task, arguments in ((fork, ()), (os.kill, (os.getpid(), 0))):
        assert outcome(worker, task, *arguments)[1] == "a worker was about to start or end processes"


def go_on_without(path: str) -> str:
    try:
        return read(path)
    except OSError:
        return "nothing"


def test_a_library_that_goes_on_without_is_found_out(worker: Workers, room: Path) -> None:
    assert outcome(worker, go_on_without, str(room / "beside"))[0] == "sandbox-refused"
    assert worker.submit(go_on_without, str(room / "declared" / "none")).result() == "nothing"


def use_what_is_there(declared: str) -> tuple[str, str]:
    import sqlite3  # not needed by anything here, and so not loaded before

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "made")
        file.write_text(read(declared), "utf-8")
        file.rename(Path(folder, "named"))
        assert sqlite3.connect(":memory:").execute("select 1").fetchone() == (1,)
        assert len(os.urandom(3)) == 3
        return folder, Path(folder, "named").read_text("utf-8")


def test_what_is_declared_is_read_and_what_is_its_own_is_written(worker: Workers, room: Path) -> None:
    folder, text = worker.submit(use_what_is_there, str(room / "declared" / "text")).result()
    assert (Path(folder).parent, text) == (room / "home", "declared")
    assert sorted(os.listdir(room / "home")) == ["folder-out", "way-out"]


def test_msgfmt_may_be_started_and_is_confined_too(worker: Workers, room: Path) -> None:
    msgfmt = tool("msgfmt")
    catalogue = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    for folder, there in (("home", 0), ("declared", 0), ("", 1)):
        (room / folder / "a.po").write_text(catalogue)
        status = worker.submit(run, msgfmt, "-o", os.devnull, str(room / folder / "a.po")).result()
        assert status == (there if kernel.landlock_version() else 0)


# -- What C code is refused ------------------------------------------------------------------------------------------


def opens_in_c(path: str, mode: str) -> bool:
    fopen = ctypes.CDLL(None).fopen
    fopen.restype = ctypes.c_void_p
    return bool(fopen(path.encode(), mode.encode()))


@HELD
@pytest.mark.parametrize(
    ("path", "mode", "opened"),
    [
        pytest.param("{room}/declared/text", "r", True, id="reading an input"),
        pytest.param("{room}/declared/text", "r+", False, id="changing an input"),
        pytest.param("{room}/declared/new", "w", False, id="a file among the inputs"),
        pytest.param("{room}/home/new", "w+", True, id="a file of its own"),
        pytest.param("{room}/beside", "r", False, id="a file beside"),
        pytest.param("way-out", "r", False, id="a link"),
        pytest.param("/etc/passwd", "r", False, id="a file of the machine"),
        pytest.param("/proc/self/environ", "r", False, id="the first environment"),
        pytest.param("/dev/tty", "r", False, id="the terminal"),
        pytest.param("/dev/null", "w", True, id="nowhere"),
    ],
)
def test_the_kernel_refuses_files_to_c_libraries(
    worker: Workers, room: Path, path: str, mode: str, opened: bool
) -> None:
    assert worker.submit(opens_in_c, path.format(room=room), mode).result() is opened


def runs_in_c(command: str) -> int:
    return os.waitstatus_to_exitcode(ctypes.CDLL(None).system(command.encode()))


@HELD
def test_the_kernel_refuses_programs_to_c_libraries(worker: Workers) -> None:
    assert worker.submit(runs_in_c, "true").result() == 127
    assert runs_in_c("true") == 0


def calls_in_c(numbers: list[int]) -> list[int]:
    """The error of each system call, given nothing but zeros."""
    library = ctypes.CDLL(None, use_errno=True)
    found = []
    for number in numbers:
        ctypes.set_errno(0)
        library.syscall(*(ctypes.c_long(each) for each in (number, 0, 0, 0, 0, 0, 0)))
        found.append(ctypes.get_errno())
    return found


def signals_in_c(pid: int) -> int:
    return int(ctypes.CDLL(None).kill(pid, 0))


@pytest.mark.skipif(kernel.landlock_version() < 6, reason="this kernel's Landlock knows no signals")
def test_the_kernel_refuses_signals_to_processes_outside(worker: Workers) -> None:
    assert worker.submit(signals_in_c, os.getpid()).result() == -1
    assert signals_in_c(os.getpid()) == 0


def privileges_in_c() -> int:
    """Whether programs that are started gain no rights, by prctl(2)."""
    return int(ctypes.CDLL(None).prctl(39, 0, 0, 0, 0))


def test_no_program_gains_a_right(worker: Workers) -> None:
    assert (worker.submit(privileges_in_c).result(), privileges_in_c()) == (1, 0)


MACHINE = os.uname().machine
KNOWN = pytest.mark.skipif(MACHINE not in kernel._MACHINES, reason=f"system calls of {MACHINE} are not known here")


@KNOWN
def test_the_kernel_refuses_sockets_and_other_ways_out(worker: Workers) -> None:
    column = kernel._MACHINES[MACHINE][1]
    numbers = [row[column] for row in kernel._REFUSED.values()]
    assert worker.submit(calls_in_c, numbers).result() == [errno.EPERM] * len(numbers)
    getppid, foreign = {"x86_64": (110, 0x40000000 | 110), "aarch64": (173, 0x40000000 | 173)}[MACHINE]
    assert worker.submit(calls_in_c, [getppid, foreign]).result() == [0, errno.EPERM]


@KNOWN
@pytest.mark.parametrize(("machine", "column"), [("x86_64", 0), ("aarch64", 1)])
def test_the_numbers_of_system_calls_are_those_of_the_headers(machine: str, column: int) -> None:
    headers = {"x86_64": "x86_64-linux-gnu/asm/unistd_64.h", "aarch64": "asm-generic/unistd.h"}
    header = Path("/usr/include", headers[machine])
    if not header.exists():
        pytest.skip(f"{header} is not installed")
    lines = (line.split() for line in header.read_text().splitlines() if line.startswith("#define __NR"))
    numbers = {words[1].removeprefix("__NR_").removeprefix("__NR3264_"): words[2] for words in lines if len(words) > 2}
    assert {name: numbers[name] for name in kernel._REFUSED} == {
        name: str(row[column]) for name, row in kernel._REFUSED.items()
    }


# -- Limits ----------------------------------------------------------------------------------------------------------


def fill_memory() -> int:
    return len(bytearray(3 << 30))


def fill_memory_in_c() -> None:
    glib = ctypes.CDLL("libglib-2.0.so.0")
    glib.g_malloc.argtypes = [ctypes.c_size_t]
    glib.g_malloc(3 << 30)


def fill_a_file() -> None:
    Path("large").write_bytes(bytes(2 << 20))


def fill_a_file_in_parts() -> None:
    with open("large", "wb", buffering=0) as file:
        for _ in range(9):
            file.write(bytes(1 << 18))


def open_many() -> None:
    with ExitStack() as stack:
        for n in range(99):
            stack.enter_context(open(f"file-{n}", "w", encoding="utf-8"))


def descend(n: int = 0) -> int:
    return descend(n + 1) + 1


@pytest.fixture
def small() -> Limits:
    """Little more memory than the process of these tests has, which workers begin with; small files, few of them."""
    pages = int(Path("/proc/self/statm").read_text().split()[0]) if sys.platform == "linux" else 0
    return Limits(memory=pages * resource.getpagesize() + (512 << 20), file=1 << 20, files=64)


@pytest.mark.parametrize(
    ("task", "code", "cause"),
    [
        pytest.param(fill_memory, "limit-memory", "MiB of a worker were not enough", id="memory"),
        pytest.param(fill_memory_in_c, "limit-memory", "MiB of a worker were not enough", id="memory in C"),
        pytest.param(fill_a_file, "limit-file-size", "a file grew beyond the 1 MiB that one may have", id="a file"),
        pytest.param(fill_a_file_in_parts, "limit-file-size", "beyond the 1 MiB", id="a file in parts"),
        pytest.param(open_many, "limit-files", "more than 64 files were open at once", id="open files"),
        pytest.param(descend, "limit-depth", "something is nested too deeply", id="depth"),
    ],
)
def test_a_limit_that_is_reached_is_named(
    room: Path, task: Callable[[], object], code: str, cause: str, small: Limits
) -> None:
    with Workers(1, partial(confined, room, small), limits=small) as alone:
        struck, said = outcome(alone, task)
        assert (struck, cause in said) == (code, True), said
        assert alone.submit(read, str(room / "declared" / "text")).result() == "declared"


def test_after_memory_ran_out_the_process_is_another(room: Path, small: Limits) -> None:
    with Workers(1, partial(confined, room, small), limits=small) as alone:
        before = alone.submit(os.getpid).result()
        outcome(alone, fill_memory)
        assert alone.submit(os.getpid).result() != before


def test_no_image_of_memory_is_left_behind(worker: Workers) -> None:
    assert worker.submit(resource.getrlimit, resource.RLIMIT_CORE).result() == (0, 0)


# -- What surrounds a worker -----------------------------------------------------------------------------------------


def surroundings() -> tuple[dict[str, str], str, list[str]]:
    return dict(os.environ), os.getcwd(), sys.path


def test_the_environment_holds_no_secret_and_no_place(room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLOUD_KEY", "a secret")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.setenv("TZ", "Asia/Almaty")
    monkeypatch.syspath_prepend(room)
    with Workers(1, partial(confined, room)) as alone:
        environment, folder, modules = alone.submit(surroundings).result()
    assert "a secret" not in str(environment)
    assert (environment["SOURCE_DATE_EPOCH"], environment["TZ"]) == ("1700000000", "UTC0")
    assert {name for name, value in environment.items() if value == str(room / "home")} == {
        *("HOME", "TMPDIR", "MPLCONFIGDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")
    }
    assert folder == str(room / "home")
    assert str(room) not in modules


# -- A whole build ---------------------------------------------------------------------------------------------------

BUILD = """
import sys
from functools import partial
from pathlib import Path

sockets = []
sys.addaudithook(lambda event, _: event.startswith("socket.") and sockets.append(event))

from hashlib import sha256
from kzpub.builds import tasks
from kzpub.projects import FORMATS
from kzpub.workers.pool import Workers
from kzpub.workers.sandbox import confine

if __name__ == "__main__":
    root, home = map(Path, sys.argv[1:])
    declared = [root / name for name in ("content", "locales", "templates")]
    with Workers(1, partial(confine, declared, [home]), (tasks.Editing, tasks.Writing)) as workers:
        edition = workers.submit(tasks.edit, root, "sampler", "kk", {}).result().edition
        for format in FORMATS:
            written = workers.submit(tasks.write, root, edition, frozenset(), format, {}).result()
            print(format, sha256(written.data).hexdigest(), *written.problems)
    assert not sockets, sockets
    assert "weasyprint" not in sys.modules
"""


def empty_network() -> list[str]:
    """What runs a command where there is no network at all, if that can be had."""
    program = shutil.which("unshare")
    command = [program, "-rn"] if program else []
    return command if command and not subprocess.run([*command, "true"], check=False).returncode else []


def test_a_whole_build_is_done_in_a_confined_process_without_a_network(sampler: Built, room: Path) -> None:
    (room / "build.py").write_text(BUILD)
    script, root, home = map(str, (room / "build.py", sampler.out.parent, room / "home"))
    command = [*empty_network(), sys.executable, "-X", "dev", script, root, home]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    expected = [f"{format} {sha256(sampler.data('kk', format)).hexdigest()}" for format in FORMATS]
    assert done.stdout.splitlines() == expected
