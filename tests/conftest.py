"""What all tests share: a small project of its own, finished editions, and the tools of the trade."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings

from kzpub.builds.editing import editions
from kzpub.builds.pipeline import Outcome, build
from kzpub.edition import Edition
from kzpub.projects import Request

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES, FORMATS = ("en", "kk", "ru"), ("pdf", "docx", "html")

settings.register_profile("default", max_examples=60, deadline=None, derandomize=True)
settings.register_profile("proof", max_examples=3000, deadline=None)
settings.load_profile("default")


def quiet(done: int, total: int, name: str) -> None:
    """Progress that nobody sees."""


def tool(name: str) -> str:
    """The path of a program; without it the test is skipped by name, or fails in CI."""
    path = shutil.which(name)
    if path is None and os.environ.get("CI"):
        pytest.fail(f"{name} is not installed")
    if path is None:
        pytest.skip(f"{name} is not installed")
    return path


def copy_project(folder: Path) -> Path:
    """The sampler's project with the templates and words of this repository."""
    shutil.copytree(ROOT / "tests" / "project", folder)
    shutil.copytree(ROOT / "templates", folder / "templates")
    for language in ("kk", "ru"):
        words = Path("locales") / language / "LC_MESSAGES" / "kzpub.po"
        shutil.copy(ROOT / words, folder / words)
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project that a test may damage."""
    return copy_project(tmp_path / "project")


@pytest.fixture
def edit(project: Path) -> Callable[[str, str, str], None]:
    """Replace a text that is there in a file of the project."""

    def replace(path: str, old: str, new: str) -> None:
        text = (project / path).read_text("utf-8")
        assert old in text
        (project / path).write_text(text.replace(old, new, 1), "utf-8")

    return replace


@pytest.fixture(scope="session", autouse=True)
def _store_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What commands keep is kept here, never beside what the user of this machine has made."""
    os.environ["KZPUB_STORE"] = str(tmp_path_factory.mktemp("store"))


@pytest.fixture
def out(tmp_path: Path) -> Iterator[Path]:
    """An output folder to be, in memory where that can be had: publishing waits for the disk again and again."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else tmp_path) as folder:
        yield Path(folder) / "dist"


class Built:
    """A project built once: its editions and finished files."""

    def __init__(self, root: Path, out: Path, publication: str) -> None:
        request = Request(publications=(publication,))
        self.out = out
        self.outcome: Outcome = build(root, out, request, quiet)
        self.editions: dict[str, Edition] = {edition.language.tag: edition for edition in editions(root, request)}

    def path(self, language: str, format: str) -> Path:
        edition = self.editions[language]
        return self.out / edition.document.id / edition.file_name(format)

    def data(self, language: str, format: str) -> bytes:
        return self.path(language, format).read_bytes()


@pytest.fixture(scope="session")
def sampler(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = copy_project(tmp_path_factory.mktemp("sampler") / "project")
    return Built(root, root / "dist", "sampler")


@pytest.fixture(scope="session")
def factsheet(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return Built(ROOT, tmp_path_factory.mktemp("factsheet"), "human-rights-factsheet")


@pytest.fixture(scope="session", params=["sampler", "factsheet"])
def built(request: pytest.FixtureRequest) -> Built:
    """Both publications, one after the other."""
    fixture: Built = request.getfixturevalue(request.param)
    return fixture
