"""A problem says where, what and what to do; an error carries all of them."""

from __future__ import annotations

import re

import pytest

from kzpub.errors import UNFINISHED, WARNINGS, KzpubError, Place, Problem, fail, raise_if_any
from kzpub.waivers import WAIVABLE
from tests.conftest import ROOT

HERE = Place("content/a/01.md", 14)


@pytest.mark.parametrize(
    ("place", "printed"),
    [
        pytest.param(HERE, "content/a/01.md:14: error: a cause [a-code] hint: a remedy", id="a line"),
        pytest.param(Place("a.po"), "a.po: error: a cause [a-code] hint: a remedy", id="a whole file"),
        pytest.param(None, "error: a cause [a-code] hint: a remedy", id="no file at all"),
    ],
)
def test_a_problem_prints_its_place_cause_code_and_remedy_in_one_line(place: Place | None, printed: str) -> None:
    assert str(Problem("a-code", "a cause", place, "a remedy")) == printed


def test_an_error_carries_and_prints_every_problem() -> None:
    problems = Problem("one", "first", HERE, "mend it"), Problem("two", "second", None, "mend that")
    error = KzpubError(*problems)
    assert error.problems == problems
    assert str(error).splitlines() == [str(problem) for problem in problems]


def test_to_fail_is_an_error_of_one_problem() -> None:
    assert fail("a-code", "a cause", HERE, "a remedy").problems == (Problem("a-code", "a cause", HERE, "a remedy"),)


def test_problems_found_one_by_one_are_raised_together() -> None:
    found = (Problem(code, "a cause", HERE, "a remedy") for code in ("one", "two", "three"))
    with pytest.raises(KzpubError) as caught:
        raise_if_any(found)
    assert [problem.code for problem in caught.value.problems] == ["one", "two", "three"]


def test_no_problems_raise_nothing() -> None:
    raise_if_any(iter(()))


@pytest.mark.parametrize(
    ("code", "severity", "line"),
    [
        pytest.param(
            "translation-fuzzy", "unfinished", "a.po:3: error: a cause [translation-fuzzy] hint: do", id="work"
        ),
        pytest.param("length", "warning", "a.po:3: warning: a cause [length] hint: do", id="to be looked at"),
        pytest.param("fact-differs", "error", "a.po:3: error: a cause [fact-differs] hint: do", id="wrong"),
        pytest.param("never-heard-of", "error", "a.po:3: error: a cause [never-heard-of] hint: do", id="unknown"),
    ],
)
def test_what_a_finding_means_is_read_from_the_tables(code: str, severity: str, line: str) -> None:
    problem = Problem(code, "a cause", Place("a.po", 3), "do")
    assert (problem.severity, str(problem)) == (severity, line)
    assert problem.line("draft") == line.replace("error", "draft").replace("warning", "draft")


def test_no_finding_is_in_both_tables() -> None:
    assert not UNFINISHED & WARNINGS


CHECKS = ROOT / "docs" / "checks.md"
JUDGES = (
    *(
        "po/gate",
        "po/grammar",
        "po/secondopinion",
        "po/catalogues",
        "localise",
        "judges/active",
        "judges/letters",
        "judges/alphabets",
        "judges/wording",
    ),
    *(
        "judges/terms",
        "judges/surroundings",
        "judges/endings",
        "judges/frames",
        "judges/references",
        "judges/completeness",
        "checks",
        "audit/pdfs/engines",
    ),
)
PARTS = (
    "catalogue",
    "translation",
    "plural",
    "figure",
    "placeholder",
    "markup",
    "language",
    "script",
    "letter",
    "term",
    "pdf",
    "engine",
)
OF_OTHERS = {"figure-typed", "language-unknown", "term-id", "term-kind", "term-forms", "term-empty"} | {
    *("term-letters", "term-contradiction", "term-twice")
}


def explained() -> dict[str, tuple[str, bool]]:
    """The codes that the documentation explains: their severity, and whether they can be signed off."""
    rows = [
        line.strip("| \n").split(" | ") for line in CHECKS.read_text("utf-8").splitlines() if line.startswith("| `")
    ]
    return {code: (row[1].strip("✎ "), "✎" in row[1]) for row in rows for code in re.findall(r"`([a-z-]+)`", row[0])}


def test_every_code_of_a_judge_of_translations_is_explained() -> None:
    pattern = re.compile(rf'"((?:{"|".join(PARTS)}|punctuation|quotation|word|space|source|name)-[a-z]+)"')
    sources = (ROOT / "src" / "kzpub" / f"{judge}.py" for judge in JUDGES)
    used = {code for source in sources for code in pattern.findall(source.read_text("utf-8"))}
    assert len(used) > 40
    assert used - explained().keys() - OF_OTHERS == set()


def test_every_code_of_a_finished_file_is_explained() -> None:
    from kzpub.audit.verification import CHECKS as OF_ONE
    from kzpub.audit.verification import ENGINES, SIBLINGS

    used = {check.code for checks in OF_ONE.values() for check in checks}
    used |= {check.code for check in SIBLINGS} | {engine.code for engine in ENGINES}
    for path in (ROOT / "src" / "kzpub" / "audit").rglob("*.py"):
        used |= set(re.findall(r'\b(?:Problem|fail)\(\s*"([a-z-]+)"', path.read_text("utf-8"))) - {"usage"}
    part = CHECKS.read_text("utf-8").partition("## Finished files")[2].partition("\n## ")[0]
    listed = {
        code for row in re.findall(r"^\| (`.*?) \|", part, re.MULTILINE) for code in re.findall(r"`([a-z-]+)`", row)
    }
    assert used == listed


def test_each_explained_code_has_the_severity_that_it_is_said_to_have() -> None:
    said = {code: severity for code, (severity, _) in explained().items()}
    assert said == {code: Problem(code, "a", None, "b").severity for code in said}
    assert said.keys() >= UNFINISHED | WARNINGS


def test_what_can_be_signed_off_is_said() -> None:
    assert {code for code, (_, signed) in explained().items() if signed} == {*WAIVABLE}
