"""The output folder: whole releases, one after the other, whatever happens to those who make them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from kzpub.errors import KzpubError
from kzpub.publishing import manifests
from kzpub.publishing.manifests import Entry, Release
from kzpub.publishing.releases import current, intact, publish
from tests import harness
from tests.conftest import ROOT
from tests.harness import (
    Command,
    contents,
    hindered,
    litter,
    no_file_larger_than,
    raced,
    small_writer,
    stopped,
    without_output,
)
from tests.harness.writer import files, publish_release, release


def unheard(who: str) -> None:
    """Who has the lock."""


def put(out: Path, number: int = 1, keep: int = 3) -> dict[str, bytes]:
    publish_release(out, files(number), keep)
    return files(number)


def there(out: Path) -> dict[str, bytes]:
    """What a reader finds by the names at the top."""
    found = current(out)
    assert found
    assert intact(out, found.entries)
    return {entry.path: (out / entry.path).read_bytes() for entry in found.entries}


def numbers(out: Path) -> list[int]:
    return sorted(int(path.name.partition("-")[0]) for path in (out / ".generations").iterdir())


# -- What a release is made of ---------------------------------------------------------------------------------------


def test_a_release_is_found_by_the_names_at_the_top_and_by_current(out: Path) -> None:
    put(out)
    assert there(out) == files(1)
    assert os.readlink(out / "index.html") == "current/index.html"
    generation = out / os.readlink(out / "current")
    assert generation.parent == out / ".generations"
    assert (generation / "manifest.json").read_bytes() == manifests.text(release(files(1)))
    assert litter(out) == []


def test_what_is_gone_from_a_release_is_gone_from_the_top(out: Path) -> None:
    put(out, 1)
    put(out, 2)
    assert there(out) == files(2)
    assert {path.name for path in out.glob("only-*")} == {"only-2"}


def test_what_did_not_change_is_the_same_file(out: Path) -> None:
    put(out, 1)
    first = (out / "a" / "a-en.html").stat().st_ino
    put(out, 2)
    assert (out / "a" / "a-en.html").stat().st_ino == first


def test_a_disk_without_hard_links_gets_copies(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_hard_links(*names: object) -> None:
        raise OSError("not here")

    put(out, 1)
    monkeypatch.setattr(os, "link", no_hard_links)
    put(out, 2)
    assert there(out) == files(2)


def test_the_same_release_is_not_made_again(out: Path) -> None:
    put(out)
    before = contents(out)
    put(out)
    assert contents(out) == before


@pytest.mark.parametrize(
    ("damage", "made"),
    [
        pytest.param(lambda out: (out / "a" / "a-kk.html").write_bytes(b"x"), 2, id="a file is changed"),
        pytest.param(lambda out: (out / "a" / "a-en.html").unlink(), 2, id="a file is lost"),
        pytest.param(lambda out: (out / "index.html").unlink(), 1, id="a link is lost"),
    ],
)
def test_what_was_damaged_is_made_whole(out: Path, damage: Callable[[Path], None], made: int) -> None:
    put(out)
    damage(out)
    found = current(out)
    assert found
    assert not intact(out, found.entries)
    put(out)
    assert there(out) == files(1)
    assert max(numbers(out)) == made


def test_a_build_of_less_is_given_what_is_whole_of_the_release_before(out: Path) -> None:
    put(out)
    (out / "a" / "a-kk.html").write_bytes(b"x")
    seen: list[Release | None] = []

    def compose(before: Release | None) -> tuple[Release, Mapping[str, bytes]]:
        seen.append(before)
        assert before
        return Release(before.entries, {"release": False}), {}

    publish(out, compose, waiting=unheard)
    assert seen[0]
    assert {each.path for each in seen[0].entries} == files(1).keys() - {"a/a-kk.html"}
    assert there(out) == {path: data for path, data in files(1).items() if path != "a/a-kk.html"}
    found = current(out)
    assert found
    assert found.facts == {"release": False}


def test_before_the_first_release_there_is_none(out: Path) -> None:
    assert current(out) is None
    assert not intact(out, ())


@pytest.mark.parametrize(("keep", "kept"), [(1, [5]), (3, [3, 4, 5]), (9, [1, 2, 3, 4, 5])])
def test_as_many_releases_are_kept_as_is_asked_for(out: Path, keep: int, kept: list[int]) -> None:
    for number in range(5):
        put(out, number, keep)
    assert numbers(out) == kept


def test_none_cannot_be_kept(out: Path) -> None:
    with pytest.raises(KzpubError) as caught:
        put(out, keep=0)
    assert caught.value.problems[0].code == "usage"


def test_one_can_go_back_and_on(out: Path) -> None:
    put(out, 1)
    first = os.readlink(out / "current")
    put(out, 8)  # the same names at the top
    (out / "back").symlink_to(first)
    (out / "back").replace(out / "current")
    assert there(out) == files(1)
    put(out, 15)
    assert there(out) == files(15)
    assert numbers(out) == [1, 2, 3]


def test_the_one_gone_back_to_is_kept_while_it_is_the_current_one(out: Path) -> None:
    put(out, 1)
    first = os.readlink(out / "current")
    for number in (8, 15, 22):
        put(out, number, 9)
    (out / "back").symlink_to(first)
    (out / "back").replace(out / "current")
    put(out, 1, keep=2)
    assert numbers(out) == [1, 3, 4]


# -- What is refused -------------------------------------------------------------------------------------------------


def refused(out: Path, number: int = 2) -> list[tuple[str, str]]:
    """What a build says that changes nothing."""
    before = contents(out)
    with pytest.raises(KzpubError) as caught:
        put(out, number)
    assert contents(out) == before
    assert all(problem.hint for problem in caught.value.problems)
    return [(problem.code, str(problem.place)) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("name", "make"),
    [
        pytest.param("a", lambda path: path.mkdir(), id="a folder"),
        pytest.param("index.html", lambda path: path.write_text("mine"), id="a file"),
        pytest.param("a", lambda path: path.symlink_to("/tmp"), id="a link to elsewhere"),
        pytest.param("index.html", lambda path: path.symlink_to("current/other"), id="a link to another name"),
        pytest.param("current", lambda path: path.mkdir(), id="a folder for the link"),
        pytest.param("current", lambda path: path.symlink_to("/tmp"), id="a current of somebody"),
        pytest.param("current", lambda path: path.symlink_to(".generations/../../1-0123456789ab"), id="a way out"),
        pytest.param(".generations", lambda path: path.symlink_to("/tmp"), id="generations elsewhere"),
        pytest.param(".lock", lambda path: path.symlink_to("mine"), id="a lock elsewhere"),
    ],
)
def test_what_is_in_the_way_is_named_and_nothing_changes(out: Path, name: str, make: Callable[[Path], None]) -> None:
    out.mkdir()
    (out / ".lock").touch()
    if name == ".lock":
        (out / ".lock").unlink()
    make(out / name)
    assert refused(out) == [("output", str(out / name))]


def test_all_that_is_in_the_way_is_named_at_once(out: Path) -> None:
    (out / "a").mkdir(parents=True)
    (out / "index.html").touch()
    assert refused(out) == [("output", str(out / "a")), ("output", str(out / "index.html"))]


def test_what_is_not_in_the_way_is_left_alone(out: Path) -> None:
    (out / "conformance").mkdir(parents=True)
    (out / "conformance" / "index.html").write_text("a report")
    (out / "CNAME").write_text("example.org")
    (out / ".htaccess").write_text("")
    put(out, 1)
    put(out, 2)
    assert (out / "conformance" / "index.html").read_text() == "a report"
    assert {"CNAME", ".htaccess"} <= {path.name for path in out.iterdir()}


@pytest.mark.parametrize("path", ["../a", "/etc/a", "current/a", ".hidden", "a/../../b"])
def test_a_name_that_leads_out_is_refused(out: Path, path: str) -> None:
    put(out)
    before = contents(out)
    with pytest.raises(KzpubError) as caught:
        publish_release(out, {path: b"x"}, 3)
    assert caught.value.problems[0].code == "output"
    assert contents(out) == before


def test_a_damaged_manifest_is_an_error_and_no_reason_to_forget_a_release(out: Path) -> None:
    put(out)
    manifest = out / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b'"release": true', b'"release": false'))
    with pytest.raises(KzpubError) as caught:
        current(out)
    assert caught.value.problems[0].code == "release-manifest"
    assert refused(out) == [("release-manifest", str((out / "current").resolve() / "manifest.json"))]


@pytest.mark.parametrize(
    ("entry", "made"),
    [
        pytest.param(Entry("a", "0" * 64, 1), {}, id="neither made nor there"),
        pytest.param(Entry("a", "0" * 64, 1), {"a": b"x"}, id="not what is listed"),
        pytest.param(Entry("a", "0" * 64, 1), {"b": b"x"}, id="not listed"),
    ],
)
def test_a_fault_of_ours_publishes_nothing(out: Path, entry: Entry, made: dict[str, bytes]) -> None:
    put(out)
    before = contents(out)
    with pytest.raises(ValueError, match=r"listed|neither"):
        publish(out, lambda _: (Release((entry,)), made), waiting=unheard)
    assert contents(out) == before


def test_a_file_that_changes_between_two_looks_is_not_carried(out: Path) -> None:
    put(out)

    def compose(before: Release | None) -> tuple[Release, Mapping[str, bytes]]:
        assert before
        (out / "a" / "a-kk.html").write_bytes(b"x")
        return Release(before.entries, {"release": False}), {}

    with pytest.raises(KzpubError) as caught:
        publish(out, compose, waiting=unheard)
    assert str(caught.value.problems[0].place) == "a/a-kk.html"
    assert numbers(out) == [1]
    assert litter(out) == []


def test_what_goes_wrong_while_composing_changes_nothing(out: Path) -> None:
    def compose(before: Release | None) -> tuple[Release, Mapping[str, bytes]]:
        raise FileNotFoundError(2, "of the caller’s", "content")

    put(out)
    before = contents(out)
    with pytest.raises(FileNotFoundError):
        publish(out, compose, waiting=unheard)
    assert contents(out) == before


def test_all_of_a_release_is_on_the_disk_before_it_counts(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a power cut would leave cannot be tried here; that the system is asked in this order can."""
    done: list[str] = []
    sync, rename = os.fsync, os.replace

    def synced(handle: int) -> None:
        done.append(os.readlink(f"/proc/self/fd/{handle}").removeprefix(f"{out}/"))
        sync(handle)

    def renamed(old: Path, new: Path) -> None:
        done.append(f"{old.name} becomes {new.name}")
        rename(old, new)

    put(out, 1)
    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "replace", renamed)
    put(out, 2)
    switched = done.index(".next becomes current")
    new = {path for path in files(2) if path != "a/a-en.html"} | {"manifest.json", "a", "only-2"}
    assert {f".generations/.new/{path}" for path in new} | {".generations/.new", ".generations"} <= {*done[:switched]}
    assert done[switched + 1 :] == [str(out)]


def test_nothing_heavy_is_imported_to_find_that_nothing_changed(out: Path) -> None:
    put(out)
    program = (
        "import sys, argparse; from pathlib import Path; from kzpub.publishing.releases import current, intact\n"
        "out = Path(sys.argv[1]); assert intact(out, current(out).entries)\n"
        "print(*(name for name in sys.modules if name.startswith('kzpub.')))\n"
        "print(*{'shutil', 'socket', 'subprocess', 'tempfile', 'logging', 'platform'} & sys.modules.keys())"
    )
    command = [sys.executable, "-S", "-c", program, str(out)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    ours, heavy = done.stdout.split("\n")[:2]
    wanted = (
        "characters",
        "errors",
        "publishing",
        *(f"publishing.{n}" for n in ("generations", "manifests", "releases")),
    )
    assert set(ours.split()) == {f"kzpub.{name}" for name in wanted}
    assert heavy == ""


# -- What happens to publishers --------------------------------------------------------------------------------------

ROUNDS = ("--rounds", "8")
WAYS: dict[str, tuple[str, ...]] = {"by a link": (), "file by file": ("--no-links",)}
ways = pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())


@pytest.mark.parametrize(("way", "times"), [((), 25), (("--no-links",), 10)], ids=WAYS.keys())
def test_killed_at_any_moment_it_leaves_a_whole_release(out: Path, way: tuple[str, ...], times: int) -> None:
    report = stopped(small_writer(*ROUNDS, *way), out, times)
    assert report.faults(gaps=bool(way)) == []
    assert report.codes[-signal.SIGKILL] > times // 2


@pytest.mark.proof
@ways
def test_killed_at_two_hundred_moments(out: Path, way: tuple[str, ...]) -> None:
    report = stopped(small_writer(*ROUNDS, *way), out, 200, seed=2)
    assert report.faults(gaps=bool(way)) == []
    assert report.codes[-signal.SIGKILL] > 100


def test_a_naive_publisher_fails_under_the_same_eyes(out: Path) -> None:
    report = stopped(small_writer(*ROUNDS, "--naive"), out, 8)
    assert report.torn
    assert report.faults(gaps=True)


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_stopped_by_a_signal_it_leaves_a_whole_release(out: Path, by: signal.Signals) -> None:
    report = stopped(small_writer(*ROUNDS), out, 6, by)
    assert report.faults() == []


def check_race(report: harness.Report, number: int) -> None:
    assert report.faults() == []
    assert report.codes == {0: number + 1}


def test_many_at_once_wait_for_each_other(out: Path) -> None:
    check_race(raced(small_writer(), out, 12), 12)
    assert max(numbers(out)) == 13


@pytest.mark.proof
def test_fifty_at_once(out: Path) -> None:
    report = raced(small_writer(), out, 50)
    check_race(report, 50)
    assert any("waiting for pid" in said for said in report.said)
    assert max(numbers(out)) == 51


@pytest.mark.parametrize("size", [0, 300, 15_000])
@ways
def test_on_a_full_disk_nothing_changes(out: Path, size: int, way: tuple[str, ...]) -> None:
    report = hindered(small_writer(*way), out, **no_file_larger_than(size))
    assert report.faults() == []
    assert report.codes == {0: 1, 1: 1}
    assert "[output]" in report.said[0]


def told(command: Command, out: Path, number: int) -> str:
    return " ".join(command(out, number))


def on_its_own(out: Path, options: str, script: str) -> list[str]:
    """What a shell script says on a disk of its own, line by line."""
    out.mkdir()
    done = harness.on_disk_of_its_own(out, options, script)
    if done is None:
        pytest.skip("no disk of one’s own can be had here (unshare, mount)")
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


READ = f"{sys.executable} {harness.READER} {{out}} --once"


@ways
def test_on_a_disk_that_is_really_full_nothing_changes(out: Path, way: tuple[str, ...]) -> None:
    large = small_writer("--size", "200000", *way)
    script = f"""
        {told(small_writer(*way), out, 1)} && find {out} | grep -v lock | sort | md5sum
        {told(large, out, 2)} 2>&1 | grep -c 'No space left on device .output.'
        find {out} | grep -v lock | sort | md5sum
        {READ.format(out=out)} && {told(small_writer(*way), out, 3)} && {READ.format(out=out)}
    """
    first, before, failed, after, *rest = on_its_own(out, "size=150k", script)
    assert (first, failed, before) == ("published", "1", after)
    assert rest == ['{"seen": {"whole": 1}, "torn": []}', "published", '{"seen": {"whole": 1}, "torn": []}']


@ways
def test_where_nothing_can_be_written_nothing_changes(out: Path, way: tuple[str, ...]) -> None:
    script = f"""
        {told(small_writer(*way), out, 1)} && mount -o remount,ro {out}
        {told(small_writer(*way), out, 2)} 2>&1 | grep -c 'Read-only file system .output.'
        {READ.format(out=out)}
    """
    assert on_its_own(out, "size=1m", script) == ["published", "1", '{"seen": {"whole": 1}, "torn": []}']


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_without_the_right_to_write_nothing_changes(out: Path) -> None:
    put(out)
    (out / ".generations").chmod(0o555)
    assert refused(out)[0][0] == "output"


@pytest.mark.parametrize("pipe", [True, False], ids=["a pipe that nobody reads", "nothing is open"])
def test_a_closed_output_is_no_reason_to_publish_less(out: Path, pipe: bool) -> None:
    report = harness.Report()
    options: dict[str, Any] = without_output(pipe=pipe)
    harness.run(report, small_writer(), out, 1, **options)
    assert there(out) == files(1)
    assert litter(out) == []
