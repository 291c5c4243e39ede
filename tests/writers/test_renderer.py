"""WeasyPrint made ready: what it says where a machine lacks something, and what it may see."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from kzpub.writers import pdf
from tests.conftest import Built, tool


def loaded_path(library: str) -> str:
    """Where the machine keeps a shared library."""
    ctypes.CDLL(library)
    return next(line.split()[-1] for line in Path("/proc/self/maps").read_text().splitlines() if library in line)


@pytest.mark.skipif(sys.platform != "linux", reason="needs Linux namespaces")
@pytest.mark.parametrize("file", ["libpango-1.0.so.0", "libgobject-2.0.so.0", "libfontconfig.so.1"])
def test_a_missing_system_library_is_named_in_one_line(
    project: Path, file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KZPUB_STORE", str(project / "store"))  # what another test has made needs no library
    library, path = file.partition(".so")[0], loaded_path(file)
    hidden = f"mount --bind /dev/null {path} && exec {sys.executable} -m kzpub --lang kk --format pdf --quiet"
    command = [tool("unshare"), "--map-root-user", "--mount", "sh", "-c", hidden]
    if subprocess.run([*command[:3], "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine forbids namespaces")
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert f"cannot load the system library {library}" in done.stderr
    assert "[library-missing] hint: install Pango: “apt-get install" in done.stderr


@pytest.mark.parametrize("language", ["en", "kk"])
def test_another_folder_of_templates_changes_no_line_of_the_first(
    factsheet: Built, language: str, tmp_path: Path
) -> None:
    edition = factsheet.editions[language]
    copy = Path(shutil.copytree(edition.templates, tmp_path / "templates"))
    before = pdf.write(edition).data
    assert pdf.write(replace(edition, templates=copy)).data == before
    assert pdf.write(edition).data == before
