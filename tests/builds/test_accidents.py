"""The real command under the same accidents as the small publisher: stopped, raced, starved, and its workers killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT, copy_project
from tests.harness import Command, hindered, no_file_larger_than, raced, start, stopped

MESSAGE = 'msgstr "Кесте"'


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Build the pages of a project; each number is another word in Kazakh, in a project of its own."""
    first = copy_project(tmp_path / "project-0")
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()

    def arguments(out: Path, number: int) -> list[str]:
        root = tmp_path / f"project-{number}"
        if not root.exists():
            shutil.copytree(first, root)
            path = root / "locales/kk/LC_MESSAGES/sampler.po"
            letters = "".join("абвгдежзик"[int(digit)] for digit in str(number))
            path.write_text(path.read_text("utf-8").replace(MESSAGE, f'msgstr "Кесте {letters}"'), "utf-8")
        shutil.copy(ROOT / "build.py", root)
        return [sys.executable, str(root / "build.py"), "--format", "html", "--quiet", "--out", str(out)]

    return arguments


def test_stopped_at_any_moment_it_leaves_a_whole_release_and_no_process(command: Command, out: Path) -> None:
    report = stopped(command, out, 4)
    assert report.faults() == []


@pytest.mark.proof
@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_stopped_at_many_moments(command: Command, out: Path, by: signal.Signals) -> None:
    assert stopped(command, out, 40, by, seed=3).faults() == []


def test_what_a_killed_build_leaves_is_taken_away_by_the_next(command: Command, out: Path, tmp_path: Path) -> None:
    process = start(command(out, 1))
    temporary = tmp_path / "temporary"
    while process.poll() is None and not list(temporary.glob("kzpub-build-*/inputs")):
        time.sleep(0.005)
    process.kill()
    process.communicate()
    assert list(temporary.glob("kzpub-*")), "it was killed in the middle"
    subprocess.run(command(out, 1), check=True)
    assert list(temporary.glob("kzpub-*")) == []


def test_what_another_build_is_about_to_lock_is_left_to_it(command: Command, out: Path, tmp_path: Path) -> None:
    for name, who in {"beginning": "", "killed": "pid 1 on another"}.items():
        folder = tmp_path / "temporary" / f"kzpub-build-{name}"
        folder.mkdir(parents=True)
        (folder / ".lock").write_text(who)
    subprocess.run(command(out, 1), check=True)
    assert [each.name for each in (tmp_path / "temporary").iterdir()] == ["kzpub-build-beginning"]


@pytest.mark.proof
def test_builds_at_once_wait_for_each_other(command: Command, out: Path) -> None:
    report = raced(command, out, 12)
    assert report.faults() == []
    assert report.codes == {0: 13}


def test_a_full_disk_leaves_the_release_as_it_was(command: Command, out: Path) -> None:
    report = hindered(command, out, **no_file_larger_than(100_000))
    assert report.faults() == []
    assert report.codes == {0: 1, 1: 1}
    assert "error:" in report.said[-1]
    assert "Traceback" not in report.said[-1]


def test_a_worker_that_is_killed_ends_the_build_with_a_line(command: Command, out: Path) -> None:
    subprocess.run(command(out, 0), check=True)
    before = (out / "manifest.json").read_bytes()
    process = start(command(out, 2), stdout=subprocess.DEVNULL)
    killed = 0
    while process.poll() is None and killed < 3:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        for child in children:
            os.kill(int(child), signal.SIGKILL)
            killed += 1
        time.sleep(0.01)
    said = process.communicate(timeout=60)[1]
    assert process.returncode == 1, said
    assert "[worker-ended]" in said
    assert (out / "manifest.json").read_bytes() == before
