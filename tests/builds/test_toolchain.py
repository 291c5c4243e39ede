"""The list of libraries is what the package requires, and what that requires; their versions are those installed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from kzpub.builds import toolchain
from tests.conftest import ROOT


def required() -> set[str]:
    """The names of all distributions that an installation has, as their folders of metadata are called."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    waiting = [Requirement(each) for each in project["dependencies"]]
    seen: set[tuple[str, str]] = set()
    while waiting:
        requirement = waiting.pop()
        for extra in ("", *requirement.extras):
            if (known := (_named(requirement.name), extra)) not in seen:
                seen.add(known)
                waiting += _of(requirement.name, extra)
    return {name for name, _ in seen}


def _of(name: str, extra: str) -> Iterator[Requirement]:
    """What a distribution requires here, on its own or for one of its extras."""
    for each in map(Requirement, metadata.requires(name) or ()):
        if each.marker is None or each.marker.evaluate({"extra": extra}):
            yield each


def _named(name: str) -> str:
    return name.lower().replace("-", "_").replace(".", "_")


def test_the_libraries_are_all_that_the_package_requires() -> None:
    assert set(toolchain.LIBRARIES) == required()
    assert list(toolchain.LIBRARIES) == sorted(toolchain.LIBRARIES)


def test_the_versions_are_those_of_the_installed_libraries() -> None:
    found = toolchain.versions()
    assert {name: found[name] for name in toolchain.LIBRARIES} == {
        name: metadata.version(name.replace("_", "-")) for name in toolchain.LIBRARIES
    }


def test_the_versions_name_python_the_machine_and_this_program() -> None:
    found = toolchain.versions()
    assert found["python"] == ".".join(map(str, sys.version_info[:3]))
    assert found["machine"].startswith(sys.platform)
    assert len(found["kzpub"]) == 16
    assert list(found) == sorted(found)


@pytest.mark.skipif(sys.platform != "linux", reason="found by their files on Linux only")
def test_the_systems_text_layout_is_found() -> None:
    found = toolchain.versions()
    layout = [name for name in found if name.startswith("lib")]
    assert {"libpango-1.0", "libharfbuzz", "libfontconfig"} <= set(layout)
    assert all(found[name][0].isdigit() for name in layout)


def versions_of(copy: Path, *folders: Path, optimised: str = "") -> dict[str, str]:
    """The versions as a copy of the program sees them, with folders before all others on its path."""
    code = "import json; from kzpub.builds import toolchain; print(json.dumps(toolchain.versions()))"
    paths = os.pathsep.join(map(str, (copy, *folders)))
    environment = {**os.environ, "PYTHONPATH": paths, "PYTHONOPTIMIZE": optimised}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    found: dict[str, str] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("program")
    shutil.copytree(ROOT / "src/kzpub", folder / "kzpub", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.fixture(scope="module")
def before(copy: Path) -> dict[str, str]:
    return versions_of(copy)


def test_a_library_that_is_first_on_the_path_is_the_one_that_counts(
    copy: Path, before: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "weasyprint-99.0.dist-info").mkdir()
    assert versions_of(copy, tmp_path) == before | {"weasyprint": "99.0"}


def test_a_python_that_leaves_out_assertions_is_another(copy: Path, before: dict[str, str]) -> None:
    """WeasyPrint 70 loses size and place of a background without them: it reads those inside an assertion."""
    assert versions_of(copy, optimised="1") == before | {"python": f"{before['python']} -O"}


@pytest.mark.parametrize("path", ["keys.py", "writers/html.py", "audit/pdfs/VeraPDF.java", "new.py"])
def test_a_change_of_this_program_is_another_version_of_it(path: str, copy: Path, before: dict[str, str]) -> None:
    file = copy / "kzpub" / path
    old = file.read_bytes() if file.exists() else b""
    file.write_bytes(old + b"\n")
    after = versions_of(copy)
    file.write_bytes(old) if old else file.unlink()
    assert {name for name in before if before[name] != after[name]} == {"kzpub"}


def test_a_program_is_found_on_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not toolchain.has("msgfmt")
    (tmp_path / "msgfmt").touch(mode=0o755)
    assert toolchain.has("msgfmt")
