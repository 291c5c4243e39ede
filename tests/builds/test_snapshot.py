"""What a build may read is read once: all of it, nothing else, and nothing that is no file of the project."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzpub import inputs
from kzpub.builds import snapshot
from kzpub.builds.snapshot import Snapshot, of, take
from kzpub.errors import KzpubError


def small(root: Path) -> Path:
    """A project with one file of each sort, and what lies about in folders."""
    for name in (
        "content/a/publication.yaml",
        "content/a/deep/er/x.png",
        "content/a/.01.md.swp",
        "content/b/publication.yaml",
        "content/notes.txt",
        "locales/a.pot",
        "locales/kk/LC_MESSAGES/a.po",
        "locales/kk/LC_MESSAGES/b.po",
        "locales/kk/LC_MESSAGES/kzpub.po",
        "locales/kk/LC_MESSAGES/gone.po",
        "locales/.git/LC_MESSAGES/a.po",
        "templates/web.html",
        "templates/fonts/x.ttf",
        "templates/.hidden/x.css",
        "README.md",
        "dist/manifest.json",
    ):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return root


def test_the_inputs_are_those_of_the_publications_asked_for(tmp_path: Path) -> None:
    assert sorted(take(small(tmp_path), ["a"]).files) == [
        "content/a/deep/er/x.png",
        "content/a/publication.yaml",
        "locales/kk/LC_MESSAGES/a.po",
        "locales/kk/LC_MESSAGES/kzpub.po",
        "templates/fonts/x.ttf",
        "templates/web.html",
    ]


def test_each_has_its_bytes_and_their_digest(tmp_path: Path) -> None:
    taken = take(small(tmp_path), ["a", "b"])
    assert all(data == name.encode() for name, data in taken.files.items())
    assert taken.digests == {name: hashlib.sha256(data).hexdigest() for name, data in taken.files.items()}


def test_what_is_written_is_what_was_read(tmp_path: Path) -> None:
    taken = take(small(tmp_path / "one"), ["a", "b"])
    copy = taken.written(tmp_path / "other")
    assert take(copy, ["a", "b"]) == taken
    assert sum(path.is_file() for path in copy.rglob("*")) == len(taken.files)


def test_what_is_edited_meanwhile_is_of_the_next_build(tmp_path: Path) -> None:
    before = take(small(tmp_path), ["a"])
    (tmp_path / "templates/web.html").write_text("edited")
    assert before.files["templates/web.html"] == b"templates/web.html"
    assert take(tmp_path, ["a"]).digest() != before.digest()


# -- Digests ---------------------------------------------------------------------------------------------------------

FILES = st.dictionaries(st.sampled_from(["a", "b", "a/b", "a\nb", "\udcff"]), st.binary(max_size=2), max_size=4)


@given(FILES, FILES)
def test_snapshots_have_one_digest_if_they_are_the_same(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> None:
    assert (of(one).digest() == of(other).digest()) == (one == other)


def test_a_name_cannot_pass_for_two() -> None:
    two = of({"a": b"1", "b": b"2"})
    assert of({f"a\n{two.digests['b']} b": b"1"}).digest() != two.digest()


def test_the_order_of_reading_does_not_matter() -> None:
    assert of({"a": b"1", "b": b"2"}).digest() == of({"b": b"2", "a": b"1"}).digest()


def test_a_digest_is_of_what_is_chosen() -> None:
    one, other = of({"t/a": b"1", "tt/b": b"2"}), of({"t/a": b"1", "tt/b": b"3"})
    assert one.below("t") == other.below("t")
    assert one.below("tt") != other.below("tt")
    assert one.digest(lambda name: name == "t/a") == one.below("t")


# -- Refused ---------------------------------------------------------------------------------------------------------


def fifo(root: Path) -> None:
    os.mkfifo(root / "content/a/pipe.md")


def link_out(root: Path) -> None:
    (root / "content/a/secret.md").symlink_to("/etc/passwd")


def folder_out(root: Path) -> None:
    """A folder elsewhere, whose files are then not of the project, whatever they are called."""
    outside = root.parent / "outside"
    outside.mkdir()
    (outside / "x.png").write_text("x")
    (root / "content/a/pictures").symlink_to(outside)


def publication_out(root: Path) -> None:
    outside = root.parent / "outside"
    (root / "content/a").rename(outside)
    (root / "content/a").symlink_to(outside)


def language_out(root: Path) -> None:
    outside = root.parent / "outside"
    (root / "locales/kk").rename(outside)
    (root / "locales/kk").symlink_to(outside)


def dead_link(root: Path) -> None:
    (root / "templates/web.css").symlink_to("web.scss")


def loop(root: Path) -> None:
    (root / "templates/web.css").symlink_to("web.css")


def large(root: Path) -> None:
    with (root / "content/a/large.png").open("wb") as file:
        file.truncate(inputs.LARGEST[".png"] + 1)


REFUSED: list[tuple[str, Callable[[Path], None], str, str]] = [
    ("a named pipe", fifo, "file-unreadable", "content/a/pipe.md"),
    ("a link out of the project", link_out, "input-link", "content/a/secret.md"),
    ("a folder that is a link", folder_out, "input-link", "content/a/pictures"),
    ("a publication elsewhere", publication_out, "input-link", "content/a/deep/er/x.png"),
    ("catalogues elsewhere", language_out, "input-link", "locales/kk/LC_MESSAGES/a.po"),
    ("a link to nothing", dead_link, "file-missing", "templates/web.css"),
    ("a link to itself", loop, "file-unreadable", "templates/web.css"),
    ("a file that is too large", large, "input-size", "content/a/large.png"),
]


@pytest.mark.skipif(os.name == "nt", reason="no such files")
@pytest.mark.parametrize(("damage", "code", "path"), [each[1:] for each in REFUSED], ids=[each[0] for each in REFUSED])
def test_what_is_no_file_of_the_project_is_refused(
    damage: Callable[[Path], None], code: str, path: str, tmp_path: Path
) -> None:
    root = small(tmp_path / "project")
    take(root, ["a"])
    damage(root)
    with pytest.raises(KzpubError) as caught:
        take(root, ["a"])
    first = caught.value.problems[0]
    assert (first.code, str(first.place)) == (code, path)


def test_all_that_cannot_be_read_is_said_at_once(tmp_path: Path) -> None:
    root = small(tmp_path)
    for name in ("content/a/x.md", "templates/y.css"):
        (root / name).symlink_to("nothing")
    with pytest.raises(KzpubError) as caught:
        take(root, ["a"])
    assert [str(each.place) for each in caught.value.problems] == ["templates/y.css", "content/a/x.md"]


@pytest.mark.parametrize(("name", "value"), [("MOST", 5), ("ALTOGETHER", 100)])
def test_too_much_altogether_is_refused(name: str, value: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = small(tmp_path)
    take(root, ["a"])
    monkeypatch.setattr(snapshot, name, value)
    with pytest.raises(KzpubError, match="input-size"):
        take(root, ["a"])


def test_a_link_within_the_project_is_what_it_leads_to(tmp_path: Path) -> None:
    root = small(tmp_path)
    (root / "content/a/same.png").symlink_to("deep/er/x.png")
    taken: Snapshot = take(root, ["a"])
    assert taken.files["content/a/same.png"] == taken.files["content/a/deep/er/x.png"]


def test_a_project_that_is_reached_by_a_link_is_a_project(tmp_path: Path) -> None:
    root = small(tmp_path / "there")
    (tmp_path / "here").symlink_to(root)
    assert take(tmp_path / "here", ["a"]) == take(root, ["a"])
