"""A release held to its manifest: each defect is found by its code, where it is, and a whole release passes."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from kzpub.audit.checking import Finished
from kzpub.audit.outlines import outline
from kzpub.audit.verification import find
from kzpub.publishing import manifests
from kzpub.publishing.manifests import Entry, Release
from kzpub.publishing.releases import publish
from tests.audit.damage import finished
from tests.audit.test_verification import run
from tests.conftest import FORMATS, LANGUAGES, Built

Change = Callable[[Path], object]


def entry(file: Finished) -> Entry:
    digest, pages = sha256(file.data).hexdigest(), outline(file).pages
    path = f"sampler/{file.path.name}"
    return Entry(path, digest, len(file.data), "sampler", file.language, file.format, pages)


def published(built: Built, out: Path, **changed: object) -> Path:
    """The nine files and an index, published; the entry of the Kazakh PDF ``changed``."""
    files = [finished(built, language, format) for language in LANGUAGES for format in FORMATS]
    index = b"<!DOCTYPE html>"
    entries = [entry(file) for file in files]
    entries = [replace(each, **changed) if each.path.endswith("kk.pdf") else each for each in entries]  # type: ignore[arg-type]
    entries.append(Entry("index.html", sha256(index).hexdigest(), len(index)))
    made = {each.path: file.data for each, file in zip(entries, files, strict=False)} | {"index.html": index}
    publish(out, lambda _: (Release(tuple(entries)), made), waiting=print)
    return out


@pytest.fixture(scope="session")
def ready(sampler: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return published(sampler, tmp_path_factory.mktemp("release") / "dist")


@pytest.fixture
def dist(ready: Path, tmp_path: Path) -> Path:
    """A release, to be damaged."""
    return Path(shutil.copytree(ready, tmp_path / "dist", symlinks=True))


def found(folder: Path) -> list[tuple[str, str]]:
    return [(each.code, str(each.place)) for each in find(folder, folder / "conformance").problems]


def generation(dist: Path) -> Path:
    return dist / os.readlink(dist / "current")


def copied(dist: Path) -> Path:
    return Path(shutil.copytree(generation(dist), dist.parent / "site"))


@pytest.mark.parametrize(
    "where",
    [
        pytest.param(lambda dist: dist, id="the output folder"),
        pytest.param(generation, id="a generation"),
        pytest.param(copied, id="a copy"),
    ],
)
def test_a_whole_release_passes_with_its_files_found_once(dist: Path, where: Callable[[Path], Path]) -> None:
    folder = where(dist)
    seen = find(folder, folder / "conformance")
    assert (seen.problems, seen.left_out, seen.listed) == ((), (), True)
    assert [file.path.name for file in seen.files] == [f"sampler-{tag}.{f}" for tag in LANGUAGES for f in FORMATS]
    assert {file.path.parent.name for file in seen.files} == {"sampler"}


KAZAKH = "sampler/sampler-kk.pdf"


def replaced_by(name: str) -> Change:
    return lambda dist: shutil.copy(dist / "sampler" / name, dist / KAZAKH)


def lead_elsewhere(dist: Path) -> None:
    (dist / "current").unlink()
    (dist / "current").symlink_to("/tmp")


def damaged(dist: Path) -> None:
    path = dist / "manifest.json"
    path.write_bytes(path.read_bytes().replace(b'"draft": false', b'"draft": true ', 1))


def relisted(dist: Path) -> None:
    """A manifest that is well made, and not the one of this generation."""
    (dist / "manifest.json").write_bytes(manifests.text(Release(manifests.read(dist / "manifest.json").entries[:-1])))


DEFECTS: dict[str, tuple[Change, list[tuple[str, str]]]] = {
    "missing": (lambda dist: (dist / KAZAKH).unlink(), [("release-missing", KAZAKH)]),
    "an older file": (replaced_by("sampler-en.pdf"), [("release-changed", KAZAKH)]),
    "a byte": (
        lambda dist: (dist / "index.html").write_bytes(b"<!doctype html>"),
        [("release-changed", "index.html")],
    ),
    "a file more": (
        lambda dist: (generation(dist) / "sampler" / "notes.txt").touch(),
        [("release-unlisted", "sampler/notes.txt")],
    ),
    "a link among the files": (
        lambda dist: (generation(dist) / "sampler" / "x").symlink_to("/tmp"),
        [("release-unlisted", "sampler/x"), ("file-name", "sampler/x")],
    ),
    "a publication beside it": (
        lambda dist: (dist / "sampler-kk.html").touch(),
        [("release-unlisted", "sampler-kk.html")],
    ),
    "a folder beside it": (lambda dist: (dist / "old").mkdir(), [("release-unlisted", "old")]),
    "a name that is gone": (lambda dist: (dist / "sampler").unlink(), [("release-link", "sampler")]),
    "a link left over": (
        lambda dist: (dist / "before").symlink_to("current/before"),
        [("release-unlisted", "before")],
    ),
    "current leads elsewhere": (lead_elsewhere, [("release-link", "current")]),
    "a damaged manifest": (damaged, [("release-manifest", "manifest.json")]),
    "another manifest": (relisted, [("release-manifest", "manifest.json")]),
    "a manifest that is gone": (
        lambda dist: (generation(dist) / "manifest.json").unlink(),
        [("release-manifest", "manifest.json")],
    ),
    "a release that is gone": (
        lambda dist: shutil.rmtree(dist / ".generations"),
        [("release-link", "current")],
    ),
}


@pytest.mark.parametrize(("damage", "wanted"), DEFECTS.values(), ids=DEFECTS.keys())
def test_a_defect_is_found_by_its_code(dist: Path, damage: Change, wanted: list[tuple[str, str]]) -> None:
    damage(dist)
    codes = found(dist)
    assert set(wanted) <= set(codes)
    assert {code for code, _ in codes if code.startswith("release")} == {
        code for code, _ in wanted if code.startswith("release")
    }


@pytest.mark.parametrize(
    ("changed", "cause"),
    [
        pytest.param({"pages": 99}, "99 are listed", id="other pages"),
        pytest.param({"pages": None}, "none are listed", id="no pages"),
        pytest.param({"language": "ru"}, "sampler, ru, pdf", id="another language"),
        pytest.param({"format": "docx"}, "sampler, kk, docx", id="another format"),
        pytest.param({"draft": True}, "sampler, kk-draft, pdf", id="a draft that is none"),
    ],
)
def test_what_the_manifest_says_of_a_file_is_held_to_it(
    sampler: Built, tmp_path: Path, changed: dict[str, object], cause: str
) -> None:
    out = published(sampler, tmp_path / "dist", **changed)
    (problem,) = find(out, out / "conformance").problems
    assert (problem.code, str(problem.place)) == ("release-differs", KAZAKH)
    assert cause in problem.cause


def test_a_release_that_is_being_put_in_place_is_named(dist: Path) -> None:
    site = copied(dist)
    (site / "manifest.json").unlink()
    (site / ".switching").write_text("{}")
    assert found(site)[0] == ("release-unfinished", ".switching")


def test_what_is_beside_a_release_and_no_publication_is_named(dist: Path) -> None:
    (dist / "CNAME").touch()
    (dist / "conformance").mkdir()
    (dist / "conformance" / "x.html").touch()
    (dist / "evidence").mkdir()
    seen = find(dist, dist / "evidence")
    assert (seen.problems, seen.left_out) == ((), ("CNAME",))


def test_the_command_holds_a_release_to_its_manifest_and_touches_nothing_but_its_reports(dist: Path) -> None:
    good = run(dist, "--fast", "--quiet")
    assert (good.returncode, good.stderr) == (0, "")
    assert (dist / "conformance" / "sampler" / "sampler-kk.pdf.html").is_file()
    assert not (generation(dist) / "conformance").exists()
    (dist / "sampler" / "sampler-ru.html").unlink()
    bad = run(dist, "--fast", "--quiet", "--format", "json")
    assert bad.returncode == 1
    assert [each["code"] for each in json.loads(bad.stdout)["problems"]] == ["release-missing"]


def test_a_release_of_which_nothing_is_left_is_no_wrong_usage(dist: Path) -> None:
    shutil.rmtree(generation(dist) / "sampler")
    bad = run(dist, "--fast", "--quiet", "--format", "json")
    assert bad.returncode == 1
    assert {each["code"] for each in json.loads(bad.stdout)["problems"]} == {"release-missing"}
