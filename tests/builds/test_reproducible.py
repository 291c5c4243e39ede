"""The same project gives the same bytes, whoever builds it, wherever and whenever."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conftest import ROOT, Built, copy_project

HIDE_FONTS = 'for each in /usr/share/fonts /usr/local/share/fonts; do mount -t tmpfs none $each; done; exec "$@"'
"""In a mount namespace of its own: a machine without a typeface."""


@dataclass(frozen=True)
class Place:
    """Where a project is built, and how it is with the environment there.

    Attributes:
        variables: those that are set, or with ``None`` not set.
        reversed: whether the files of the project were made in reverse order.
        fonts: whether the system has typefaces.

    """

    variables: Mapping[str, str | None] = field(default_factory=dict)
    umask: int = 0o022
    jobs: int = 0
    reversed: bool = False
    fonts: bool = True


UNLIKE = {
    "a time zone": Place({"TZ": "Asia/Almaty"}),
    "another time zone": Place({"TZ": "America/St_Johns"}),
    "a language": Place({"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "LANGUAGE": "kk:ru"}),
    "no language": Place(
        {"LANG": None, "LC_ALL": "C", "LANGUAGE": None, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    ),
    "a seed": Place({"PYTHONHASHSEED": "4242"}),
    "a mask of rights": Place(umask=0o077),
    "an order of files": Place(reversed=True),
    "no home": Place({"HOME": None, "XDG_CACHE_HOME": None, "XDG_CONFIG_HOME": None}),
    "a date of sources": Place({"SOURCE_DATE_EPOCH": "86400"}),
    "another date of sources": Place({"SOURCE_DATE_EPOCH": "4102444800"}),
    "no typefaces": Place({"FONTCONFIG_PATH": "/nowhere", "FONTCONFIG_FILE": "/nowhere"}, fonts=False),
    "a narrow terminal": Place({"TERM": "dumb", "COLUMNS": "20", "NO_COLOR": "1"}),
    "no bytecode": Place({"PYTHONDONTWRITEBYTECODE": "1"}),
    "one worker": Place(jobs=1),
    "eight workers": Place(jobs=8),
}
FAR = Place(
    {
        "TZ": "Asia/Almaty",
        "LANG": None,
        "LC_ALL": "C",
        "PYTHONHASHSEED": "4242",
        "SOURCE_DATE_EPOCH": "86400",
        "FONTCONFIG_PATH": "/nowhere",
        "HOME": None,
    },
    umask=0o077,
    reversed=True,
    fonts=False,
)
"""Unlike the process of the tests in everything at once."""


def digests(release: Path) -> dict[str, str]:
    """Each file of a release with the digest of its bytes, its manifest too."""
    found = sorted(path for path in release.rglob("*") if path.is_file())
    return {path.relative_to(release).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def copied(source: Path, folder: Path, *, backwards: bool) -> Path:
    """A project in another folder, its files made in the order of their names, or in the opposite one."""
    for name in ("content", "locales", "templates"):
        for path in sorted((source / name).rglob("*"), reverse=backwards):
            if path.is_file():
                copy = folder / path.relative_to(source)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, copy)
    return folder


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Path]:
    """A folder with a long way to it, on a disk in memory where there is one: it lists files as they were made."""
    shared = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else tmp_path) as folder:
        yield Path(folder) / "а folder with a lоng name — басылым"


def built(source: Path, folder: Path, place: Place, *options: str) -> dict[str, str]:
    """What a build of a project comes to in a place, by the command that people use."""
    project = copied(source, folder / "project", backwards=place.reversed)
    shutil.copy(ROOT / "build.py", project)
    variables = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "KZPUB_STORE": str(folder / "store"), **place.variables}
    environment = {name: value for name, value in variables.items() if value is not None}
    command = [sys.executable, str(project / "build.py"), "--quiet", "--jobs", str(place.jobs), *options]
    before = [] if place.fonts else ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", HIDE_FONTS, "sh"]
    done = subprocess.run(
        [*before, *command],
        env=environment,
        cwd=folder,
        umask=place.umask,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return digests(project / "dist" / "current")


def hides_fonts() -> bool:
    """Whether this machine lets a process see its own folders."""
    trial = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", HIDE_FONTS, "sh", "true"]
    return bool(shutil.which("unshare")) and subprocess.run(trial, capture_output=True, check=False).returncode == 0


def test_a_build_in_a_place_that_differs_in_everything_gives_the_same_bytes(
    sampler: Built, tmp_path: Path, elsewhere: Path
) -> None:
    here = digests(sampler.out / "current")
    assert len(here) == 11
    place = FAR if hides_fonts() else Place(FAR.variables, FAR.umask, FAR.jobs, FAR.reversed)
    assert built(copy_project(tmp_path / "project"), elsewhere, place) == here


@pytest.mark.proof
@pytest.mark.parametrize("place", UNLIKE.values(), ids=UNLIKE.keys())
def test_what_the_place_is_like_does_not_matter(place: Place, factsheet: Built, elsewhere: Path) -> None:
    if not place.fonts and not hides_fonts():
        pytest.skip("this machine lets no process see its own folders")
    assert built(ROOT, elsewhere, place) == digests(factsheet.out / "current")


def test_another_text_would_be_seen(sampler: Built, project: Path, elsewhere: Path) -> None:
    """What is compared are bytes: a comma is enough."""
    catalogue = project / "locales/kk/LC_MESSAGES/sampler.po"
    catalogue.write_text(catalogue.read_text("utf-8").replace("Соңғы абзац.", "Ең соңғы абзац."), "utf-8")
    here, there = digests(sampler.out / "current"), built(project, elsewhere, Place(), "--lang=kk", "--format=html")
    differing = {Path(name).name for name in there if here[name] != there[name]}
    assert differing == {"manifest.json", "index.html", "sampler-kk.html"}
    assert len(there) == 3


def test_no_file_says_when_it_was_made(sampler: Built) -> None:
    """Dates are those of the publication: nothing has today’s in any spelling that formats have."""
    now = datetime.now(UTC)
    spellings = [now.strftime(form).encode() for form in ("%Y-%m-%d", "%Y%m%d", "%d.%m.%Y")]
    for path in sorted((sampler.out / "current").rglob("*")):
        for data in contents(path) if path.is_file() else ():
            assert not [each for each in spellings if each in data], path
    with zipfile.ZipFile(sampler.path("kk", "docx")) as package:
        assert len({part.date_time for part in package.infolist()}) == 1
        assert b"2026-03-05" in package.read("docProps/core.xml")
    assert b"2026-03-05" in sampler.data("kk", "pdf")


def contents(path: Path) -> Iterator[bytes]:
    """The bytes of a file, or of each part of a package."""
    data = path.read_bytes()
    if path.suffix != ".docx":
        yield data
        return
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        yield from (package.read(name) for name in package.namelist())
