"""The list of a release: what is written is what is read, and anything else is refused."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kzpub.errors import KzpubError
from kzpub.publishing import manifests
from kzpub.publishing.manifests import Entry, Release, difference

DIGEST = sha256(b"text").hexdigest()
PUBLICATION = Entry("a/a-kk.pdf", DIGEST, 4, "a", "kk", "pdf", 12, False, "made of this")
PAGE = Entry("index.html", DIGEST, 4)
FACTS = {"release": True, "tools": {"weasyprint": "70.0"}, "catalogues": {"kk": "c0ffee"}}

names = st.from_regex(r"[a-zа-я0-9_]{1,6}(\.[a-z]{1,4})?", fullmatch=True)
entries = st.builds(
    Entry,
    path=st.builds("/".join, st.lists(names, min_size=2, max_size=3)),
    sha256=st.from_regex("[0-9a-f]{64}", fullmatch=True),
    size=st.integers(0, 10**12),
    publication=st.text(),
    language=st.text(max_size=3),
    format=st.text(max_size=4),
    pages=st.none() | st.integers(1, 400),
    draft=st.booleans(),
    key=st.text(),
)


def passes(found: list[Entry]) -> bool:
    try:
        manifests.check_names(found)
        return all(
            not any(0xD800 <= ord(c) < 0xE000 for c in e.publication + e.language + e.format + e.key) for e in found
        )
    except KzpubError:
        return False


@given(st.lists(entries, max_size=5).filter(passes), st.randoms())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_written_is_what_is_read_in_whatever_order_it_came(tmp_path: Path, some: list[Entry], by: Any) -> None:
    text = manifests.text(Release(tuple(some), FACTS))
    by.shuffle(some)
    assert manifests.text(Release(tuple(some), dict(reversed(FACTS.items())))) == text
    (tmp_path / "manifest.json").write_bytes(text)
    assert manifests.read(tmp_path / "manifest.json") == Release(tuple(sorted(some, key=lambda e: e.path)), FACTS)


def test_a_manifest_says_of_each_file_what_it_is() -> None:
    tree = json.loads(manifests.text(Release((PAGE, PUBLICATION), FACTS)))
    assert tree["schema"] == 1
    assert [each["path"] for each in tree["files"]] == ["a/a-kk.pdf", "index.html"]
    assert tree["files"][0].keys() == {*Entry.__slots__}
    assert {name: tree[name] for name in FACTS} == FACTS


Damage = Callable[[dict[str, Any]], Any]


def file(**changed: Any) -> Damage:
    return lambda tree: tree["files"][0].update(changed)


DAMAGES: dict[str, Damage] = {
    "another schema": lambda tree: tree.update(schema=2),
    "no list": lambda tree: tree.pop("files"),
    "a list that is none": lambda tree: tree.update(files={}),
    "an entry that is none": lambda tree: tree["files"].append("a"),
    "a field more": file(more=1),
    "a field less": lambda tree: tree["files"][0].pop("key"),
    "a number as text": file(size="4"),
    "a number that is a truth": file(size=True),
    "a negative size": file(size=-1),
    "no pages": file(pages=0),
    "a digest that is none": file(sha256="abc"),
    "a path upwards": file(path="../a-kk.pdf"),
    "a path from the root": file(path="/etc/passwd"),
    "a path twice": lambda tree: tree["files"].append(tree["files"][0]),
    "files in another order": lambda tree: tree["files"].reverse(),
    "a number that is none": lambda tree: tree.update(tools=float("nan")),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_manifest_that_is_not_as_we_write_it_is_refused(tmp_path: Path, damage: Damage) -> None:
    tree = json.loads(manifests.text(Release((PUBLICATION, PAGE), FACTS)))
    damage(tree)
    refused(tmp_path, (json.dumps(tree, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"{", id="cut"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b"\xff\xfe{}", id="not UTF-8"),
        pytest.param(b"[" * 100_000, id="too deep"),
        pytest.param(b'{"schema": 1, "files": []}', id="other white space"),
        pytest.param(b'{\n "files": [],\n "schema": 2,\n "schema": 1\n}\n', id="a key twice"),
    ],
)
def test_what_is_no_manifest_is_refused(tmp_path: Path, data: bytes) -> None:
    refused(tmp_path, data)


def refused(folder: Path, data: bytes) -> None:
    (folder / "manifest.json").write_bytes(data)
    with pytest.raises(KzpubError) as caught:
        manifests.read(folder / "manifest.json")
    (problem,) = caught.value.problems
    assert (problem.code, str(problem.place)) == ("release-manifest", str(folder / "manifest.json"))
    assert problem.hint


@pytest.mark.parametrize(
    ("paths", "good"),
    [
        pytest.param(["index.html", "a/a-kk.pdf"], True, id="as builds name them"),
        pytest.param(["a/b/c/отчёт 2 (x).pdf".replace(" (x)", "")], True, id="other letters, a space"),
        pytest.param(["../a"], False, id="upwards"),
        pytest.param(["a/../../b"], False, id="upwards from within"),
        pytest.param(["/a"], False, id="from the root"),
        pytest.param(["a\\b"], False, id="a backslash"),
        pytest.param(["C:a"], False, id="a drive, or a stream"),
        pytest.param(["a//b"], False, id="no name"),
        pytest.param([""], False, id="nothing"),
        pytest.param(["a\nb"], False, id="a line break"),
        pytest.param(["a\0b"], False, id="a null"),
        pytest.param([".generations/x"], False, id="ours, hidden"),
        pytest.param(["a/.b"], False, id="a hidden file"),
        pytest.param(["a./b"], False, id="a dot that Windows drops"),
        pytest.param(["current/a"], False, id="the link"),
        pytest.param(["Conformance/a"], False, id="the reports, in capitals"),
        pytest.param(["manifest.json"], False, id="the manifest"),
        pytest.param(["a/manifest.json"], True, id="a manifest of somebody, further down"),
        pytest.param(["a/b", "A/B"], False, id="one name for some systems"),
        pytest.param(["a", "a/b"], False, id="a file and a folder"),
    ],
)
def test_names_stay_in_their_folder_and_beside_each_other(paths: list[str], good: bool) -> None:
    if good:
        manifests.check_names(Entry(path, DIGEST, 4) for path in paths)
        return
    with pytest.raises(KzpubError) as caught:
        manifests.check_names(Entry(path, DIGEST, 4) for path in paths)
    assert caught.value.problems[0].code == "output"


# -- Held to its list ------------------------------------------------------------------------------------------------


def elsewhere(path: Path) -> None:
    path.rename(path.parent.parent / "x")
    path.symlink_to("../x")


def folder_elsewhere(path: Path) -> None:
    path.parent.rename(path.parent.with_name("x"))
    path.parent.symlink_to("x")


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        pytest.param(lambda path: None, "", id="as it is listed"),
        pytest.param(lambda path: path.unlink(), "it is not there", id="missing"),
        pytest.param(lambda path: path.write_bytes(b"tex"), "it has 3 bytes, and 4 are listed", id="another size"),
        pytest.param(lambda path: path.write_bytes(b"tExt"), "its digest is", id="the same size"),
        pytest.param(elsewhere, "it is no file of this folder", id="a link to the very file"),
        pytest.param(folder_elsewhere, "it is no file of this folder", id="a link to its folder"),
        pytest.param(pipe, "it is no file of this folder", id="a pipe"),
    ],
)
def test_a_file_is_as_it_is_listed_or_it_is_said_how_not(
    tmp_path: Path, change: Callable[[Path], None], cause: str
) -> None:
    path = tmp_path / PUBLICATION.path
    path.parent.mkdir()
    path.write_bytes(b"text")
    change(path)
    found = difference(tmp_path, PUBLICATION)
    assert found.startswith(cause)
    assert bool(found) == bool(cause)
