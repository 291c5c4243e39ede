"""Matplotlib is the same where there is no home, reads no typeface of the machine, and leaves nothing behind."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from kzpub.writers.draughtsman import VERSION, library

_WATCHED = """
import os, sys, tempfile
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
before = dict(os.environ)
from kzpub.writers.draughtsman import library
assert library().font_manager.fontManager.ttflist == []
assert dict(os.environ) == before and "mpl_toolkits.mplot3d" not in sys.modules
known = (*sys.path[1:], sys.base_prefix, tempfile.gettempdir(), "/proc/", "/etc/", "/dev/")
print(*(path for path in opened if not path.isdigit() and not path.startswith(known)), sep="\\n")
"""


def test_it_is_imported_without_a_home_and_without_typefaces(tmp_path: Path) -> None:
    environment = {"PYTHONPATH": os.pathsep.join(sys.path), "TMPDIR": str(tmp_path), "HOME": "/nonexistent"}
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", _WATCHED], env=environment, capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stdout.split(), run.stderr) == (0, [], "")
    assert list(tmp_path.iterdir()) == []


def test_it_is_the_version_that_was_looked_into() -> None:
    assert version("matplotlib").startswith(VERSION)
    assert library() is library()
