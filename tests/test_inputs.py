"""A file of a project is read if it is one of the project, and not too large; else it is refused by name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kzpub import inputs
from kzpub.errors import KzpubError


def codes(path: Path, root: Path) -> list[tuple[str, str]]:
    with pytest.raises(KzpubError) as caught:
        inputs.read(path, root)
    return [(problem.code, str(problem.place)) for problem in caught.value.problems]


@pytest.mark.parametrize("name", ["a.md", "a.svg", "a.unknown", "A.PNG"])
def test_a_file_may_be_as_large_as_its_kind_and_no_larger(name: str, tmp_path: Path) -> None:
    most = inputs.LARGEST.get(Path(name).suffix.lower(), 10_000_000)
    (tmp_path / name).write_bytes(bytes(most))
    assert len(inputs.read(tmp_path / name, tmp_path)) == most
    (tmp_path / name).write_bytes(bytes(most + 1))
    assert codes(tmp_path / name, tmp_path) == [("input-size", name)]
    assert len(inputs.read(tmp_path / name, tmp_path, whole=False)) == most + 1


def test_a_link_within_the_project_is_followed_and_one_out_of_it_is_not(tmp_path: Path) -> None:
    root = tmp_path / "project"
    root.mkdir()
    (root / "a.md").write_text("a")
    (tmp_path / "b.md").write_text("b")
    (root / "inside.md").symlink_to("a.md")
    (root / "outside.md").symlink_to("../b.md")
    (root / "folder").symlink_to("..")
    assert inputs.read(root / "inside.md", root) == b"a"
    assert codes(root / "outside.md", root) == [("input-link", "outside.md")]
    assert codes(root / "folder" / "b.md", root) == [("input-link", "folder/b.md")]


def test_a_project_may_itself_lie_behind_a_link(tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "a.md").write_text("a")
    (tmp_path / "link").symlink_to("project")
    assert inputs.read(tmp_path / "link" / "a.md", tmp_path / "link") == b"a"


def test_nobody_waits_for_a_named_pipe_or_reads_a_device(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    assert codes(tmp_path / "a.md", tmp_path) == [("file-unreadable", "a.md")]
    assert codes(Path("/dev/zero"), Path("/dev")) == [("file-unreadable", "zero")]
    assert codes(tmp_path, tmp_path.parent) == [("file-unreadable", tmp_path.name)]
    assert codes(tmp_path / "none.md", tmp_path) == [("file-missing", "none.md")]
