"""Every finished page: both publications in all languages, drafts, and the page that lists them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from kzpub.audit.checking import Finished
from kzpub.builds.pipeline import build
from kzpub.projects import Request
from tests.conftest import Built, copy_project, quiet
from tests.writers.test_drafts import emptied


def finished(path: Path) -> Finished:
    """A page, as its name says; the list of all is in English."""
    found = re.fullmatch(r"(.+)-(\w\w)(-draft)?", path.stem)
    publication, language, draft = found.groups() if found else ("", "en", None)
    return Finished(path, publication, language, "html", path.read_bytes(), bool(draft))


@pytest.fixture(scope="session")
def drafts_of_pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with drafts of the sampler in Kazakh and Russian, as pages only."""
    root = copy_project(tmp_path_factory.mktemp("draft-pages") / "project")
    for tag in ("kk", "ru"):
        catalogue = root / "locales" / tag / "LC_MESSAGES" / "sampler.po"
        catalogue.write_text(emptied(catalogue.read_text("utf-8")), "utf-8")
    build(root, root / "dist", Request(("sampler",), ("kk", "ru"), ("html",)), quiet)
    return root / "dist"


@pytest.fixture(scope="session")
def pages(
    sampler: Built, factsheet: Built, drafts_of_pages: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Finished]:
    """All of them in one folder, by name."""
    folder = tmp_path_factory.mktemp("pages")
    for out in (drafts_of_pages, sampler.out, factsheet.out):
        for page in (*out.glob("*/*.html"), out / "index.html"):
            shutil.copy(page, folder)
    return {path.name: finished(path) for path in sorted(folder.glob("*.html"))}
