"""Reports of conformance: what they say, in which words, and that they can be read by all."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from kzpub.audit import report
from kzpub.audit.pdfs.painted import contrast
from kzpub.audit.verification import verify
from kzpub.errors import KzpubError, Place, Problem
from tests.audit.damage import damaged, finished, said
from tests.conftest import FORMATS, ROOT, Built, quiet

DATE = "2026-03-05T00:00:00Z"


@pytest.fixture(scope="module")
def reports(sampler: Built) -> dict[str, dict[str, Any]]:
    """Reports on three files, by name; the PDF has a picture that says nothing."""
    files = [finished(sampler, "kk", format) for format in FORMATS]
    files[0] = damaged(files[0], said("Figure", "/Alt", None))
    verified = verify(files, quiet, fast=True)
    return {each.file.path.name: report.report(each, sampler.out, DATE) for each in verified}


@pytest.fixture(scope="module")
def pages(reports: dict[str, dict[str, Any]]) -> dict[str, str]:
    other = Problem("file-name", "its name does not say its language", Place("<b>.pdf"), "name it")
    made = report.written(list(reports.values()), [other], DATE, ROOT / "templates")
    return {path.as_posix(): data.decode() for path, data in made.items()}


def test_a_report_says_which_file_it_is_about(reports: dict[str, dict[str, Any]], sampler: Built) -> None:
    file = reports["sampler-kk.html"]["file"]
    assert file["sha256"] == sha256(sampler.data("kk", "html")).hexdigest()
    assert file["size"] == len(sampler.data("kk", "html"))
    assert (file["path"], file["language"], file["language_name"]) == ("sampler/sampler-kk.html", "kk", "Қазақша")
    assert (file["title"], file["pages"], file["draft"]) == ("Бөліктің барлық түрінің үлгісі", None, False)
    assert reports["sampler-kk.pdf"]["file"]["pages"] == 6


def test_a_report_says_what_was_checked_by_what_and_what_was_found(reports: dict[str, dict[str, Any]]) -> None:
    found = reports["sampler-kk.pdf"]
    assert found["result"] == "failed"
    assert found["counts"]["failed"] == 1
    (alt,) = (check for check in found["checks"] if check["code"] == "pdf-alt")
    assert alt["says"] == "Every picture has an alternative text in the language of the file."
    assert (alt["rule"], alt["tool"], alt["result"]) == ("PDF/UA-1 7.3; WCAG 2.2 1.1.1", "kzpub", "failed")
    assert "a picture has no alternative text" in alt["problems"][0]["cause"]
    assert all(check["rule"] and check["says"] and check["tool"] for check in found["checks"])
    assert all(check["version"] or check["result"] == "not_run" for check in found["checks"])


def test_its_fields_are_those_of_the_documentation(reports: dict[str, dict[str, Any]]) -> None:
    page = (ROOT / "docs" / "verification.md").read_text("utf-8")
    named = set(re.findall(r"^\| `([\w.\[\]]+)` \|", page, re.MULTILINE))
    assert {name for each in reports.values() for name in fields(each)} == named


def fields(data: dict[str, Any], before: str = "") -> set[str]:
    """The names of all fields, those of lists with brackets: ``checks[].code``."""
    found = set()
    for key, value in data.items():
        name = f"{before}{key}"
        if isinstance(value, dict):
            found |= fields(value, f"{name}.")
        elif isinstance(value, list):
            found |= {inner for each in value for inner in fields(each, f"{name}[].")} or {name}
        else:
            found.add(name)
    return found - {"checks[].problems"}


@pytest.mark.parametrize("format", FORMATS)
def test_what_people_must_judge_is_said_for_each_format(reports: dict[str, dict[str, Any]], format: str) -> None:
    questions = [each["question"] for each in reports[f"sampler-kk.{format}"]["to_judge"]]
    assert len(questions) == len(set(questions)) > 7
    for word in ("translation", "order of reading", "alternative text", "plain", "colour", "assistive technology"):
        assert any(word in question for question in questions), word


def test_json_and_pages_stand_beside_each_other(pages: dict[str, str], reports: dict[str, dict[str, Any]]) -> None:
    names = {f"sampler/sampler-kk.{format}.{kind}" for format in FORMATS for kind in ("html", "json")}
    assert pages.keys() == names | {"index.html", "index.json"}
    assert json.loads(pages["sampler/sampler-kk.pdf.json"]) == reports["sampler-kk.pdf"]
    listed = json.loads(pages["index.json"])
    assert [each["result"] for each in listed["reports"]] == [each["result"] for each in reports.values()]


def test_a_page_says_all_that_its_data_say(pages: dict[str, str], reports: dict[str, dict[str, Any]]) -> None:
    for each in reports.values():
        text = shown(pages[f"{each['file']['path']}.html"])
        wanted = [each["file"]["sha256"], each["file"]["title"], each["file"]["language_name"]]
        for check in each["checks"]:
            wanted += [
                check["says"],
                check["rule"],
                check["code"],
                *(problem["cause"] for problem in check["problems"]),
            ]
        wanted += [each["question"] for each in each["to_judge"]]
        assert [words for words in wanted if " ".join(words.split()) not in text] == []


def tree(page: str) -> Any:
    return html.document_fromstring(page)


def shown(page: str) -> str:
    return " ".join(tree(page).text_content().split())


def test_links_of_the_pages_lead_to_one_another(pages: dict[str, str]) -> None:
    for name, page in pages.items():
        if name.endswith(".html"):
            for link in tree(page).xpath("//a/@href"):
                goal = Path(name).parent / link
                parts: list[str] = []
                for part in goal.parts:
                    parts = parts[:-1] if part == ".." else [*parts, part]
                there = link.startswith("#") and f'id="{link[1:]}"' in page
                assert there or "/".join(parts) in pages, (name, link)


def test_what_was_not_checked_is_listed_and_is_text(pages: dict[str, str]) -> None:
    assert "&lt;b&gt;.pdf: its name does not say its language" in pages["index.html"]


# -- For all who read it ---------------------------------------------------------------------------------------------


def test_pages_have_one_heading_of_the_first_level_and_skip_none(pages: dict[str, str]) -> None:
    for page in (text for name, text in pages.items() if name.endswith(".html")):
        root = tree(page)
        levels = [int(each.tag[1]) for each in root.xpath("//h1 | //h2 | //h3")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))
        assert root.get("lang") == "en"
        assert len(root.xpath("//main")) == len(root.xpath("//title[normalize-space()]")) == 1


def test_names_and_titles_in_another_language_say_so(pages: dict[str, str]) -> None:
    root = tree(pages["sampler/sampler-kk.pdf.html"])
    assert root.xpath("//dd[@lang='kk']/text()") == ["Бөліктің барлық түрінің үлгісі"]
    for text in root.xpath("//text()[contains(., 'Қазақша')]"):
        assert text.getparent().get("lang") == "kk"


@pytest.mark.parametrize("block", [0, 1], ids=["light", "dark"])
def test_colours_of_the_pages_stand_out(block: int) -> None:
    style = (ROOT / "templates" / "report.css").read_text("utf-8")
    colours = dict(re.findall(r"--(\w+): (#\w+);", re.findall(r":root \{([^}]+)\}", style)[block]))
    paper = rgb(colours["paper"])
    assert {name for name in ("ink", "soft", "deep", "bad") if contrast(rgb(colours[name]), paper) < 4.5} == set()


def rgb(code: str) -> tuple[int, ...]:
    digits = code[1:] if len(code) == 7 else "".join(2 * digit for digit in code[1:])
    return tuple(int(digits[n : n + 2], 16) for n in (0, 2, 4))


# -- The date --------------------------------------------------------------------------------------------------------


def test_the_date_is_that_of_the_environment_or_now() -> None:
    assert report.now("0") == "1970-01-01T00:00:00Z"
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", report.now(None))


@pytest.mark.parametrize("epoch", ["", "yesterday", "1e99", str(10**30)])
def test_a_date_that_is_none_is_refused(epoch: str) -> None:
    with pytest.raises(KzpubError, match="SOURCE_DATE_EPOCH"):
        report.now(epoch)
