"""The README's first command from a bare clone: slow, and so part of “make proof”."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import FORMATS, LANGUAGES, ROOT, tool


def make(clone: Path, target: str) -> str:
    """Run a target with nothing of this environment but the search path."""
    folders = [str(Path(sys.base_prefix) / "bin"), "/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"]
    environment = {"PATH": os.pathsep.join(folders), "HOME": str(clone.parent)}
    command = [tool("make"), target, f"PYTHON={Path(sys.base_prefix) / 'bin' / 'python3'}"]
    done = subprocess.run(command, cwd=clone, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.proof
def test_one_command_from_a_bare_clone_ends_with_nine_documents(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    subprocess.run([tool("git"), "clone", "--quiet", str(ROOT), str(clone)], check=True)
    assert "installing requirements/run.txt" in make(clone, "briefs")
    folder = clone / "dist" / "human-rights-factsheet"
    wanted = {f"human-rights-factsheet-{language}.{format}" for language in LANGUAGES for format in FORMATS}
    assert {path.name for path in folder.iterdir()} == wanted
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert "installing" not in make(clone, "briefs"), "a second run skips what is there"
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first


def test_the_set_up_says_how_it_is_used() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools/bootstrap.py")], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (1, "usage: python3 tools/bootstrap.py run|test\n")


@pytest.mark.parametrize("target", ["briefs", "test", "proof", "catalogues", "pictures", "lock"])
def test_the_commands_that_the_documentation_names_exist(target: str) -> None:
    command = [tool("make"), "--dry-run", "--no-print-directory", target]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 0
