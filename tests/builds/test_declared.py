"""What a task opens is in the key of what it makes: of the project nothing else, of the machine nothing but code."""

from __future__ import annotations

import json
import mimetypes
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from kzpub.builds import keys, snapshot, tasks
from kzpub.builds.snapshot import Snapshot, of
from kzpub.projects import FORMATS
from tests.conftest import ROOT, Built, copy_project

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kzpub"
OUTSIDE = (
    Path(sys.prefix),
    Path(sys.base_prefix),
    ROOT / "src",  # code
    CACHE,  # lists of typefaces that Fontconfig and Matplotlib make for themselves
    *map(Path, mimetypes.knownfiles),  # WeasyPrint asks for them; our pictures say themselves what they are
)
"""What may be opened beside the inputs: code, and what says nothing of what is made."""


def opened(
    folder: Path, publication: str, tag: str, formats: str, scratch: Path, *careless: str
) -> dict[str, list[str]]:
    """The paths that each task opens."""
    scratch.mkdir()
    environment = {**os.environ, "TMPDIR": str(scratch), "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}"}
    command = [sys.executable, "-m", "tests.watched", str(folder), publication, tag, formats, *careless]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, cwd=scratch)
    assert done.returncode == 0, done.stderr
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


def declared(taken: Snapshot, publication: str, tag: str) -> dict[str, frozenset[str]]:
    """The inputs that the key of each task names."""
    formats = {format: keys.templates(taken, format) for format in FORMATS}
    return {"edit": keys.edition_inputs(taken, publication, tag), **formats}


def undeclared(
    found: Mapping[str, list[str]], declared: Mapping[str, frozenset[str]], folder: Path, *allowed: Path
) -> set[tuple[str, str]]:
    """What a task opens and its key does not name; a folder is named if one of its files is."""
    named = {
        task: {str(path) for name in names for path in (folder / name, *(folder / name).parents)}
        for task, names in declared.items()
    }
    return {
        (task, path)
        for task, paths in found.items()
        for path in paths
        if path not in {*named[task], str(ROOT)}
        and not any(Path(path).is_relative_to(each) for each in (*OUTSIDE, *allowed))
    }


def watched(
    tmp_path: Path,
    project: Path,
    publication: str,
    tag: str,
    *,
    formats: str = ",".join(FORMATS),
    careless: tuple[str, ...] = (),
) -> set[tuple[str, str]]:
    """What the tasks of a publication in a language open beside what their keys name."""
    taken = snapshot.take(project, [publication])
    folder = taken.written(tmp_path / "inputs")
    also = (each.format(folder=folder) for each in careless)
    found = opened(folder, publication, tag, formats, tmp_path / "scratch", *also)
    assert all(any(path.startswith(str(folder)) for path in found[task]) for task in found)
    return undeclared(found, declared(taken, publication, tag), folder, tmp_path / "scratch")


def test_tasks_open_what_their_keys_name(tmp_path: Path, project: Path) -> None:
    assert watched(tmp_path, project, "sampler", "kk") == set()


@pytest.mark.proof
@pytest.mark.parametrize("tag", ["en", "kk", "ru"])
def test_so_it_is_with_our_own_publication(tag: str, tmp_path: Path) -> None:
    assert watched(tmp_path, ROOT, "human-rights-factsheet", tag) == set()


def test_a_careless_task_would_be_seen(tmp_path: Path, project: Path) -> None:
    (project / "templates/spare.css").write_text("/* read and not named */")
    careless = ("{folder}/templates/spare.css", "{folder}/locales/ru/LC_MESSAGES/sampler.po", "/etc/hostname")
    found = watched(tmp_path, project, "sampler", "kk", formats="html", careless=careless)
    assert {(task, Path(path).name) for task, path in found} == {
        (task, Path(path).name) for task in ("edit", "html") for path in careless
    }


# -- What C libraries open, which no hook sees -----------------------------------------------------------------------


def only(taken: Snapshot, names: frozenset[str], folder: Path) -> Path:
    """A folder with these inputs and no others."""
    return of({name: taken.files[name] for name in names}).written(folder)


def test_what_is_made_with_the_named_inputs_alone_is_the_same(tmp_path: Path, sampler: Built) -> None:
    taken = snapshot.take(copy_project(tmp_path / "project"), ["sampler"])
    inputs = declared(taken, "sampler", "kk")
    assert all(len(names) < len(taken.files) for names in inputs.values())
    edited = tasks.edit(only(taken, inputs["edit"], tmp_path / "edit"), "sampler", "kk", {})
    for format in FORMATS:
        written = tasks.write(only(taken, inputs[format], tmp_path / format), edited.edition, frozenset(), format, {})
        assert not written.problems
        assert written.data == sampler.data("kk", format)


def test_without_one_of_them_it_would_not_be(tmp_path: Path, sampler: Built) -> None:
    """Without a catalogue there is no edition; without its style, no page."""
    taken = snapshot.take(copy_project(tmp_path / "project"), ["sampler"])
    inputs = declared(taken, "sampler", "kk")
    for n, name in enumerate(keys.catalogues("sampler", "kk")):
        assert not tasks.edit(only(taken, inputs["edit"] - {name}, tmp_path / str(n)), "sampler", "kk", {}).edition
    edition = tasks.edit(only(taken, inputs["edit"], tmp_path / "edit"), "sampler", "kk", {}).edition
    folder = only(taken, inputs["html"] - {"templates/web.css"}, tmp_path / "html")
    assert tasks.write(folder, edition, frozenset(), "html", {}).problems


@pytest.mark.parametrize("format", FORMATS)
def test_with_pieces_that_were_made_before_a_file_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format: str
) -> None:
    folder = snapshot.take(copy_project(tmp_path / "project"), ["sampler"]).written(tmp_path / "inputs")
    edition = tasks.edit(folder, "sampler", "kk", {}).edition
    first = tasks.write(folder, edition, frozenset(), format, {})
    assert first.pieces, "there is a chart"
    monkeypatch.setattr("kzpub.writers.drawings.library", None)  # nothing is drawn or packed anew
    monkeypatch.setattr("kzpub.fonts._packed", None)
    second = tasks.write(folder, edition, frozenset(), format, first.pieces)
    assert (second.data, second.pieces) == (first.data, first.pieces)
