"""``kzpub verify``: every finished file below a folder, every check, and what is said of each."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kzpub
from kzpub.audit import verification
from kzpub.audit.checking import Check, Engine, Finished
from kzpub.audit.verification import Siblings, Verified, find, verify
from kzpub.errors import KzpubError, Place, Problem
from tests.audit.damage import damaged, every, finished, lost, replaced, said, without
from tests.conftest import FORMATS, LANGUAGES, ROOT, Built, quiet


def files_of(built: Built) -> list[Finished]:
    return [finished(built, language, format) for language in LANGUAGES for format in FORMATS]


def written(folder: Path, *files: Finished) -> Path:
    for file in files:
        (folder / file.path.name).write_bytes(file.data)
    return folder


def codes(verified: Verified) -> set[str]:
    return {problem.code for problem in verified.problems}


# -- Which files -----------------------------------------------------------------------------------------------------


def test_files_are_found_by_their_names_and_listed_by_language_and_format(sampler: Built) -> None:
    found = find(sampler.out, sampler.out / "conformance")
    assert [file.path.name for file in found.files] == [f"sampler-{tag}.{f}" for tag in LANGUAGES for f in FORMATS]
    assert {(file.publication, file.draft) for file in found.files} == {("sampler", False)}
    assert (found.problems, found.left_out) == ((), ())


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        pytest.param("a-kk.pdf", ("a", "kk", "pdf", False), id="a finished file"),
        pytest.param("a-b-2-ru-draft.docx", ("a-b-2", "ru", "docx", True), id="a draft of a longer name"),
        pytest.param("a-en-ru.html", ("a-en", "ru", "html", False), id="a name with a language in it"),
    ],
)
def test_a_name_says_what_a_file_is(tmp_path: Path, name: str, parts: tuple[str, str, str, bool]) -> None:
    (tmp_path / name).write_bytes(b"")
    (file,) = find(tmp_path, tmp_path / "conformance").files
    assert (file.publication, file.language, file.format, file.draft) == parts


@pytest.mark.parametrize(
    ("name", "cause"),
    [
        pytest.param("a.pdf", "its name does not say its language", id="no language"),
        pytest.param("a-uz.pdf", "its name says “uz” for its language", id="a language that we do not have"),
        pytest.param("a-kk.PDF", "its name does not say its language", id="capitals"),
        pytest.param("a-kk-final.docx", "its name does not say its language", id="a word after the language"),
    ],
)
def test_a_publication_with_a_strange_name_is_an_error(tmp_path: Path, name: str, cause: str) -> None:
    (tmp_path / name).write_bytes(b"")
    (problem,) = find(tmp_path, tmp_path / "conformance").problems
    assert (problem.code, problem.cause, str(problem.place)) == ("file-name", cause, name)
    assert "<publication>-<language>" in problem.hint


def test_a_file_that_is_there_twice_is_an_error(tmp_path: Path) -> None:
    for folder in ("new", "old"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a-kk.html").write_text("")
    found = find(tmp_path, tmp_path / "conformance")
    assert [file.path.parent.name for file in found.files] == ["new"]
    assert [(each.code, str(each.place)) for each in found.problems] == [("file-name", "old/a-kk.html")]


def test_a_folder_that_is_not_looked_at_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "dist" / "a-kk.pdf").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "dist" / "link").symlink_to(tmp_path / "elsewhere")
    found = find(tmp_path / "dist", tmp_path / "conformance")
    assert [(each.code, str(each.place)) for each in found.problems] == [
        ("file-name", "a-kk.pdf"),
        ("file-name", "link"),
    ]


def test_what_is_no_publication_is_named_and_what_is_ours_is_known(tmp_path: Path) -> None:
    for name in ("a-kk.html", "index.html", "a-kk.pdf.html", "a-kk.pdf.json", "notes.txt", "conformance/x.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    found = find(tmp_path, tmp_path / "conformance")
    assert ([file.path.name for file in found.files], found.left_out) == (["a-kk.html"], ("notes.txt",))
    assert found.problems == ()


def test_a_link_to_nothing_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a-kk.pdf").symlink_to(tmp_path / "nowhere")
    (problem,) = find(tmp_path, tmp_path / "conformance").problems
    assert (problem.code, str(problem.place)) == ("file-unreadable", "a-kk.pdf")


@pytest.mark.parametrize("where", ["nowhere", "a.txt", "."], ids=["no folder", "a file", "no finished file"])
def test_without_a_finished_file_it_is_wrong_usage(tmp_path: Path, where: str) -> None:
    (tmp_path / "a.txt").write_text("")
    with pytest.raises(KzpubError) as caught:
        find(tmp_path / where, tmp_path / "conformance")
    assert caught.value.problems[0].code == "usage"


# -- What comes of each check ----------------------------------------------------------------------------------------


def test_our_own_files_pass_all_that_is_run(built: Built) -> None:
    verified = verify(files_of(built), quiet, fast=True)
    assert [str(problem) for each in verified for problem in each.problems] == []
    assert {each.result for each in verified} <= {"passed", "incomplete"}


CUT: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "cut": lambda data: data[: len(data) // 2],
    "without its end": lambda data: data[:-40],
    "noise": lambda data: bytes(range(256)) * 50,
    "another format": lambda data: b"%PDF-1.7\n%%EOF" if data.startswith(b"<!") else b"<!DOCTYPE html>",
}


@pytest.mark.parametrize("cut", CUT.values(), ids=CUT.keys())
@pytest.mark.parametrize("format", FORMATS)
def test_a_file_that_cannot_be_read_is_a_result_and_ends_nothing(
    sampler: Built, format: str, cut: Callable[[bytes], bytes]
) -> None:
    broken = finished(sampler, "ru", format)
    broken = Finished(broken.path, broken.publication, "ru", format, cut(broken.data))
    other = finished(sampler, "kk", "html")
    found = {each.file.language: each for each in verify([broken, other], quiet, fast=True)}
    (problem,) = found["ru"].problems
    assert (problem.code, str(problem.place)) == ("file-unreadable", f"sampler-ru.{format}")
    assert [result.code for result in found["ru"].results] == ["file-unreadable"]
    assert codes(found["kk"]) == set()


@pytest.mark.parametrize("format", FORMATS)
@given(data=st.data())
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_happened_to_a_file_it_is_a_result(sampler: Built, format: str, data: st.DataObject) -> None:
    file = finished(sampler, "en", format)
    place = data.draw(st.integers(0, len(file.data) - 1))
    noise = data.draw(st.binary(min_size=1, max_size=40))
    damaged_data = file.data[:place] + noise + file.data[place + len(noise) :]
    (each,) = verify([replace(file, data=damaged_data)], quiet, fast=True)
    assert {result.code for result in each.results} >= {"file-unreadable"}
    assert all(problem.place and problem.hint for problem in each.problems)


def test_a_tag_tree_that_is_a_circle_is_found_and_not_followed(sampler: Built) -> None:
    def circle(pdf: Any) -> None:
        element = every(pdf, "LI")[0]
        element.K.append(element.P)

    (each,) = verify([damaged(finished(sampler, "en", "pdf"), circle)], quiet, fast=True)
    assert "an element stands twice in the tag tree" in str(each.problems[0])


def test_a_check_that_breaks_down_is_a_failure(sampler: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(file: Finished) -> Iterator[Problem]:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setitem(verification.CHECKS, "html", (Check("page-x", "It is so", "our own rule", run),))
    (each,) = verify([finished(sampler, "kk", "html")], quiet, fast=True)
    assert codes(each) == {"check-broken"}
    assert "the check “page-x” breaks down: ZeroDivisionError: division by zero" in str(each.problems[0])


def engine(version: str | None, *found: str) -> Engine:
    def run(file: Finished) -> list[Problem]:
        return [Problem(code, "a cause", Place(file.path.name), "do") for code in found]

    return Engine("engine-x", "X", "It is valid", "ISO 1", ("html",), lambda: version, "install X", run)


ABSENT = "X is not installed, or does not start: install X"


def broken() -> str:
    raise OSError("it cannot be run")


@pytest.mark.parametrize(
    ("asked", "fast", "said_of"),
    [
        pytest.param(engine("1.2"), False, ("passed", ""), id="nothing found"),
        pytest.param(engine("1.2", "engine-x"), False, ("failed", ""), id="something found"),
        pytest.param(engine("1.2", "length"), False, ("passed", ""), id="a warning only"),
        pytest.param(engine(None), False, ("not run", ABSENT), id="not installed"),
        pytest.param(replace(engine(None), version=broken), False, ("not run", ABSENT), id="there, and broken"),
        pytest.param(engine("1.2", "engine-x"), True, ("not run", "left out by --fast"), id="not wanted"),
    ],
)
def test_a_validator_is_asked_where_it_is_installed(
    sampler: Built, monkeypatch: pytest.MonkeyPatch, asked: Engine, fast: bool, said_of: tuple[str, str]
) -> None:
    state, remedy = said_of
    monkeypatch.setattr(verification, "ENGINES", (asked,))
    page, word = verify([finished(sampler, "kk", "html"), finished(sampler, "kk", "docx")], quiet, fast=fast)
    (result,) = (each for each in page.results if each.code == "engine-x")
    assert (result.tool, result.state, result.remedy) == ("X", state, remedy)
    assert (result.version == "1.2") is (state != "not run")
    assert all(each.code != "engine-x" for each in word.results)


def test_what_is_wrong_with_one_sibling_is_said_of_that_one(sampler: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(files: Sequence[Finished]) -> list[Problem]:
        return [Problem("x", "a cause", Place(files[1].path.name), "do")]

    monkeypatch.setattr(verification, "SIBLINGS", (Siblings("x", "They agree", "our own rule", run),))
    monkeypatch.setattr(verification, "ENGINES", ())
    english, kazakh = verify([finished(sampler, tag, "html") for tag in ("en", "kk")], quiet)
    assert (codes(english), codes(kazakh)) == (set(), {"x"})


def test_what_concerns_one_format_is_asked_of_that_alone(sampler: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    check = Siblings("x", "They agree", "our own rule", lambda files: (), ("docx",))
    monkeypatch.setattr(verification, "SIBLINGS", (check,))
    files = [finished(sampler, tag, format) for tag in ("en", "kk") for format in ("docx", "html")]
    verified = verify(files, quiet, fast=True)
    asked = {each.file.path.name for each in verified if any(result.code == "x" for result in each.results)}
    assert asked == {"sampler-en.docx", "sampler-kk.docx"}


def test_maps_are_told_of_what_can_be_read(sampler: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verification, "MAPS", (lambda files: (file.path.name for file in files), lambda files: 1 / 0))
    broken = Finished(Path("a-kk.html"), "a", "kk", "html", b"")
    verified = verify([finished(sampler, "kk", "html"), broken], quiet, fast=True)
    assert list(verification.told(verified)) == [
        "sampler-kk.html",
        "sampler: no map: ZeroDivisionError: division by zero",
    ]


def test_what_is_found_again_and_again_is_shown_in_part(sampler: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verification, "ENGINES", (engine("1.2", *("engine-x",) * 9),))
    lines = list(verification.findings(verify([finished(sampler, "kk", "html")], quiet)))
    assert len(lines) == 6
    assert lines[-1] == "sampler-kk.html: and 4 more [engine-x], all in its report"


def test_a_file_alone_is_not_held_to_siblings(sampler: Built) -> None:
    (each,) = verify([finished(sampler, "kk", "html")], quiet, fast=True)
    (result,) = (result for result in each.results if result.code == "parity-differs")
    assert (result.state, each.result) == ("not run", "incomplete")
    assert result.remedy


def test_a_defect_in_any_format_fails_its_file_and_no_other(sampler: Built) -> None:
    change: dict[str, Callable[[Finished], Finished]] = {
        "sampler-kk.pdf": lambda file: damaged(file, said("Figure", "/Alt", None)),
        "sampler-ru.html": lambda file: without(file, "<h3", "</h3>", "<article>"),
        "sampler-en.docx": lambda file: replaced(file, '<w:footnoteReference w:id="1"/>', ""),
    }
    files = [change[file.path.name](file) if file.path.name in change else file for file in files_of(sampler)]
    failed = {each.file.path.name for each in verify(files, quiet, fast=True) if each.count("failed")}
    assert failed == change.keys()


def test_every_check_stands_once_in_the_register() -> None:
    own = [check.code for checks in verification.CHECKS.values() for check in checks]
    own += [check.code for check in verification.SIBLINGS]
    others = [(each.code, each.name, each.rule) for each in verification.ENGINES]
    assert len(own) == len(set(own))
    assert len(others) == len(set(others))
    assert verification.CHECKS.keys() == set(FORMATS)


# -- The command -----------------------------------------------------------------------------------------------------


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kzpub", "verify", *map(str, arguments)]
    given = {**os.environ, **environment}
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120, env=given)


@pytest.fixture
def dist(sampler: Built, tmp_path: Path) -> Path:
    """The nine files, to be damaged, in a folder without a manifest."""
    shutil.copytree(sampler.out / "sampler", tmp_path / "dist" / "sampler")
    shutil.copy(sampler.out / "index.html", tmp_path / "dist")
    return tmp_path / "dist"


def test_the_command_prints_tables_writes_reports_and_touches_nothing_else(dist: Path) -> None:
    before = {path: path.read_bytes() for path in dist.rglob("*") if path.is_file()}
    done = run(dist, "--fast", SOURCE_DATE_EPOCH="0")
    assert done.returncode == 0, done.stdout
    assert done.stderr.splitlines()[0].endswith("sampler-en.pdf")
    assert "pdf-contrast" in done.stdout
    assert {path: path.read_bytes() for path in before} == before
    reports = dist / "conformance"
    wanted = {f"sampler/sampler-{tag}.{f}.{kind}" for tag in LANGUAGES for f in FORMATS for kind in ("html", "json")}
    made = {path.relative_to(reports).as_posix() for path in reports.rglob("*") if path.is_file()}
    assert made == wanted | {"index.html", "index.json"}
    again = {path: path.read_bytes() for path in reports.rglob("*") if path.is_file()}
    assert run(dist, "--fast", "--quiet", SOURCE_DATE_EPOCH="0").stderr.startswith("no manifest.json: ")
    assert {path: path.read_bytes() for path in again} == again, "a second run writes the same bytes"


def test_a_damaged_file_turns_it_red_and_stands_in_json(dist: Path, sampler: Built) -> None:
    written(dist / "sampler", damaged(finished(sampler, "kk", "pdf"), lost("Note")))
    (dist / "sampler" / "sampler-xx.html").write_text("<!DOCTYPE html>")
    (dist / "readme.txt").write_text("")
    done = run(dist, "--fast", "--quiet", "--format", "json", "--report", dist.parent / "evidence")
    assert done.returncode == 1
    data = json.loads(done.stdout)
    assert [problem["code"] for problem in data["problems"]] == ["file-name"]
    failed = {each["file"]["name"] for each in data["reports"] if each["result"] == "failed"}
    assert failed == {"sampler-kk.pdf"}
    assert (dist.parent / "evidence" / "index.html").is_file()
    assert not (dist / "conformance").exists()


@pytest.mark.parametrize(("strict", "code"), [((), 0), (("--strict",), 1)], ids=["as it is", "strict"])
def test_what_was_not_run_is_said_and_is_a_failure_where_that_is_asked_for(
    tmp_path: Path, sampler: Built, strict: tuple[str, ...], code: int
) -> None:
    done = run(written(tmp_path, finished(sampler, "kk", "html")), "--fast", *strict)
    assert done.returncode == code
    assert "not run: parity-differs: it has no siblings here" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said_of"),
    [
        pytest.param(("nowhere",), "nowhere is no folder", id="no folder"),
        pytest.param(("docs",), "docs", id="a folder without publications"),
        pytest.param(("docs", "--report", "docs"), "docs has other files", id="reports among the files"),
        pytest.param(("docs", "--report", "."), "has other files", id="reports among the sources"),
        pytest.param((), "DIR", id="nothing"),
    ],
)
def test_wrong_usage_is_one_line(arguments: tuple[str, ...], said_of: str) -> None:
    done = run(*arguments)
    assert (done.returncode, len(done.stderr.splitlines()), done.stdout) == (2, 1, "")
    assert said_of in done.stderr


def test_a_date_that_is_none_is_wrong_usage(dist: Path) -> None:
    done = run(dist, SOURCE_DATE_EPOCH="yesterday")
    assert (done.returncode, "SOURCE_DATE_EPOCH" in done.stderr) == (2, True)


def test_the_version_is_that_of_the_package() -> None:
    assert f'version = "{kzpub.__version__}"' in (ROOT / "pyproject.toml").read_text("utf-8")
