"""A new release takes the place of the old one in one step: hindered at any step, it leaves one whole release."""

from __future__ import annotations

from pathlib import Path

import pytest

from kzpub.errors import KzpubError
from kzpub.publishing.manifests import Release
from kzpub.publishing.releases import current, intact
from kzpub.publishing.switching import JOURNAL
from tests import harness
from tests.harness import failing_at_each_step, litter, small_writer
from tests.harness.writer import files, publish_release

WAYS: tuple[list[str], ...] = ([], ["--no-links"])


@pytest.mark.parametrize("options", WAYS, ids=["by a link", "file by file"])
@pytest.mark.parametrize("how", ["kill", "full", "once", "interrupt"])
def test_hindered_at_any_step_it_leaves_a_whole_release_and_nothing_else(
    out: Path, how: str, options: list[str]
) -> None:
    steps, faults = failing_at_each_step(out, how, *options)
    assert faults == []
    assert steps > 30


def test_a_naive_publisher_is_found_out_step_by_step(out: Path) -> None:
    steps, faults = failing_at_each_step(out, "kill", "--naive")
    assert steps < 30
    assert any("torn" in fault for fault in faults)


# -- Without links ---------------------------------------------------------------------------------------------------


@pytest.fixture
def plain(out: Path) -> Path:
    """A folder that was filled without links, and that stays so."""
    assert harness.run(harness.Report(), small_writer("--no-links"), out, 1) == 0
    return out


def whole(out: Path) -> Release:
    found = current(out)
    assert found
    assert intact(out, found.entries)
    return found


def test_without_links_files_stand_in_the_folder_itself(plain: Path) -> None:
    assert {path.relative_to(plain).as_posix(): path.read_bytes() for path in plain.glob("a/*")} == {
        path: data for path, data in files(1).items() if path.startswith("a/")
    }
    assert not [path for path in plain.rglob("*") if path.is_symlink()]
    assert len(whole(plain).entries) == 5


def test_what_is_gone_from_a_release_is_gone_with_its_folder(plain: Path) -> None:
    publish_release(plain, files(2), 3)
    assert whole(plain)
    assert {path.name for path in plain.glob("only-*")} == {"only-2"}
    assert litter(plain) == []


def test_what_somebody_else_put_there_is_in_the_way(plain: Path) -> None:
    (plain / "only-2").mkdir()
    (plain / "only-2" / "b-en.html").write_text("somebody's")
    before = whole(plain)
    with pytest.raises(KzpubError) as caught:
        publish_release(plain, files(2), 3)
    assert [(p.code, str(p.place)) for p in caught.value.problems] == [("output", str(plain / "only-2" / "b-en.html"))]
    assert (plain / "only-2" / "b-en.html").read_text() == "somebody's"
    assert whole(plain) == before
    assert litter(plain) == []


def test_a_folder_that_was_made_a_link_is_not_followed(plain: Path) -> None:
    (plain / "a").rename(plain.parent / "a")
    (plain / "a").symlink_to(plain.parent / "a")
    with pytest.raises(KzpubError) as caught:
        publish_release(plain, files(2), 3)
    assert caught.value.problems[0].code == "output"
    assert (plain.parent / "a" / "a-kk.html").read_bytes() == files(1)["a/a-kk.html"]


@pytest.mark.parametrize(
    "journal",
    [
        pytest.param('{"generation": "../x", "gone": []}', id="a generation elsewhere"),
        pytest.param('{"generation": "2-0123456789ab", "gone": ["../../x"]}', id="a file elsewhere"),
        pytest.param('{"generation": 1}', id="other fields"),
        pytest.param("[]", id="a list"),
        pytest.param("{", id="cut"),
    ],
)
def test_a_journal_that_is_damaged_is_not_followed(plain: Path, journal: str) -> None:
    (plain / JOURNAL).write_text(journal)
    with pytest.raises(KzpubError) as caught:
        publish_release(plain, files(2), 3)
    assert caught.value.problems[0].code == "output"
    assert "journal" in caught.value.problems[0].cause


@pytest.mark.parametrize("target", ["..", "/", ".generations/..", "current", "/etc/1-0123456789ab"])
def test_an_announcement_that_leads_elsewhere_is_taken_away_and_nothing_else(out: Path, target: str) -> None:
    publish_release(out, files(1), 3)
    (out / ".next").symlink_to(target)
    publish_release(out, files(8), 3)
    assert whole(out)
    assert litter(out) == []
