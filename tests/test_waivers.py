"""Waivers: read strictly, good for one text in one language, and dead when that text changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kzpub.errors import KzpubError, Place, Problem
from kzpub.model import Waiver
from kzpub.waivers import WAIVABLE, WAIVERS, Judged, read_waivers

PATH = f"content/x/{WAIVERS}"
CLEAN = "3f2a9c01d4:\n  finding: fact-differs\n  language: kk\n  reason: The law has two dates\n"
FINDING = Problem("fact-differs", "the translation drops fact 46", Place("kk.po", 12), "make it as in the source text")
HERE = Place(PATH, 7)


def waivers(folder: Path, source: str) -> tuple[Waiver, ...]:
    """The waivers of a publication with this file."""
    (folder / PATH).parent.mkdir(parents=True)
    (folder / PATH).write_text(source, "utf-8")
    return read_waivers((folder / PATH).parent, folder)


def offered(problem: Problem) -> str:
    """The key that a finding offers to waive it with."""
    return problem.hint.rpartition("“")[2].partition("”")[0]


def waiver_for(finding: Problem, language: str, *texts: str) -> Waiver:
    """What a person writes who lets a finding stand."""
    (shown,) = Judged(language, ()).standing([finding], *texts)
    return Waiver(offered(shown), shown.code, language, HERE)


# -- Reading ---------------------------------------------------------------------------------------------------------


def test_a_publication_without_the_file_has_no_waivers(tmp_path: Path) -> None:
    assert read_waivers(tmp_path, tmp_path) == ()


def test_waivers_are_read(tmp_path: Path) -> None:
    second = CLEAN.replace("3f2a9c01d4", '"0123456789"').replace("fact-differs", "figure-typed").replace("kk", "en")
    assert waivers(tmp_path, f"# judged in March\n{CLEAN}{second}") == (
        Waiver("3f2a9c01d4", "fact-differs", "kk", Place(PATH, 2)),
        Waiver("0123456789", "figure-typed", "en", Place(PATH, 6)),
    )


@pytest.mark.parametrize("source", ["", "# the last one was taken out\n"])
def test_a_file_without_an_entry_has_none(source: str, tmp_path: Path) -> None:
    assert waivers(tmp_path, source) == ()


def test_a_folder_in_the_place_of_the_file_is_not_no_file(tmp_path: Path) -> None:
    (tmp_path / PATH).mkdir(parents=True)
    with pytest.raises(KzpubError, match="file-unreadable"):
        read_waivers((tmp_path / PATH).parent, tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        pytest.param(CLEAN, "- 3f2a9c01d4\n", "yaml-type", 1, id="a list for a file"),
        pytest.param(CLEAN, f"{CLEAN}0123456789: the same\n", "yaml-type", 5, id="an entry without fields"),
        pytest.param(CLEAN, CLEAN * 2, "yaml-duplicate", 5, id="a key twice"),
        pytest.param("3f2a9c01d4", '"*"', "waiver-key", 1, id="a key for all"),
        pytest.param("3f2a9c01d4", "3F2A9C01D4", "waiver-key", 1, id="a key in capitals"),
        pytest.param("  reason: The law has two dates\n", "", "yaml-key", 2, id="no reason"),
        pytest.param("The law has two dates", "", "yaml-type", 4, id="a reason without words"),
        pytest.param("  finding: fact-differs\n", "", "yaml-key", 2, id="no finding"),
        pytest.param("  language: kk\n", "", "yaml-key", 2, id="no language"),
        pytest.param("language: kk", "language: [kk, ru]", "yaml-type", 3, id="two languages"),
        pytest.param("language: kk", "language: kz", "language-unknown", 3, id="an unknown language"),
        pytest.param("language: kk", "language: kk\n  until: 2027", "yaml-key", 4, id="an unknown field"),
        pytest.param("fact-differs", "figure-unused", "waiver-finding", 2, id="a finding that cannot be waived"),
        pytest.param("fact-differs", "fact", "waiver-finding", 2, id="a finding that does not exist"),
    ],
)
def test_a_malformed_waiver_is_refused_with_its_line(old: str, new: str, code: str, line: int, tmp_path: Path) -> None:
    assert old in CLEAN
    with pytest.raises(KzpubError) as caught:
        waivers(tmp_path, CLEAN.replace(old, new, 1))
    assert [(problem.code, problem.place) for problem in caught.value.problems] == [(code, Place(PATH, line))]


# -- Judging ---------------------------------------------------------------------------------------------------------


def test_a_finding_offers_the_key_to_waive_it_with() -> None:
    (shown,) = Judged("kk", ()).standing([FINDING], "46 centres", "орталықтар")
    assert (shown.code, shown.cause, shown.place) == (FINDING.code, FINDING.cause, FINDING.place)
    assert shown.hint == f"{FINDING.hint}, or waive it with a reason: “{offered(shown)}” in {WAIVERS}"
    assert len(offered(shown)) == 10


@pytest.mark.parametrize("code", WAIVABLE)
def test_a_finding_is_let_stand(code: str) -> None:
    finding = Problem(code, "46 differs", None, "correct it")
    judged = Judged("kk", [waiver_for(finding, "kk", "46 centres", "орталықтар")])
    assert list(judged.standing([finding], "46 centres", "орталықтар")) == []
    assert list(judged.dead()) == []


def test_one_waiver_lets_a_finding_stand_wherever_the_texts_are_the_same() -> None:
    judged = Judged("kk", [waiver_for(FINDING, "kk", "46 centres")])
    assert list(judged.standing([FINDING, FINDING], "46 centres")) == []


@pytest.mark.parametrize(
    ("language", "code", "texts"),
    [
        pytest.param("kk", "fact-differs", ("47 centres", "орталықтар"), id="a changed source"),
        pytest.param("kk", "fact-differs", ("46 centres", "орталық"), id="a changed translation"),
        pytest.param("kk", "fact-differs", ("46 centresор", "талықтар"), id="the same letters otherwise divided"),
        pytest.param("kk", "fact-differs", ("46 centres",), id="no translation"),
        pytest.param("kk", "figure-typed", ("46 centres", "орталықтар"), id="another finding"),
        pytest.param("ru", "fact-differs", ("46 centres", "орталықтар"), id="another language"),
    ],
)
def test_a_waiver_is_good_for_nothing_else(language: str, code: str, texts: tuple[str, ...]) -> None:
    judged = Judged(language, [waiver_for(FINDING, "kk", "46 centres", "орталықтар")])
    finding = Problem(code, "46 differs", None, "correct it")
    assert [problem.code for problem in judged.standing([finding], *texts)] == [code]


def test_a_waiver_is_good_for_its_own_language_only() -> None:
    right = waiver_for(FINDING, "kk", "46 centres")
    for wrong in ("ru", "en"):
        judged = Judged("kk", [replace(right, language=wrong)])
        assert len(list(judged.standing([FINDING], "46 centres"))) == 1
        assert [problem.code for problem in Judged(wrong, [replace(right, language=wrong)]).dead()] == ["waiver-dead"]


def test_a_waiver_is_good_for_one_finding_of_a_text_only() -> None:
    judged = Judged("kk", [waiver_for(FINDING, "kk", "46 centres")])
    another = replace(FINDING, cause="47 differs too")
    assert [problem.cause for problem in judged.standing([FINDING, another], "46 centres")] == [another.cause]


def test_a_waiver_that_nothing_needs_is_dead_at_its_line() -> None:
    judged = Judged("kk", [waiver_for(FINDING, "kk", "46 centres")])
    assert len(list(judged.standing([FINDING], "47 centres"))) == 1
    assert [(problem.code, problem.place) for problem in judged.dead()] == [("waiver-dead", HERE)]


def test_a_waiver_is_dead_where_the_finding_is_gone() -> None:
    judged = Judged("kk", [waiver_for(FINDING, "kk", "46 centres")])
    assert list(judged.standing([], "46 centres")) == []
    assert [problem.code for problem in judged.dead()] == ["waiver-dead"]


def test_only_the_dead_one_of_two_waivers_is_dead() -> None:
    needed, dead = waiver_for(FINDING, "kk", "46 centres"), Waiver("0123456789", "fact-differs", "kk", Place(PATH, 11))
    judged = Judged("kk", [needed, dead])
    assert list(judged.standing([FINDING], "46 centres")) == []
    assert [problem.place for problem in judged.dead()] == [Place(PATH, 11)]


def test_a_waiver_of_another_language_is_not_dead() -> None:
    assert list(Judged("ru", [waiver_for(FINDING, "kk", "46 centres")]).dead()) == []


def test_a_finding_that_nobody_may_let_stand_offers_no_way_out() -> None:
    touched = replace(FINDING, code="figure-touched")
    assert list(Judged("kk", ()).standing([touched], "46 centres")) == [touched]
