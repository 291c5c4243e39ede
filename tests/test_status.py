"""Where translations stand: each state, each count, and the same in a table, as JSON and as JUnit."""

from __future__ import annotations

import json
from xml.etree import ElementTree as Xml

import pytest

from kzpub.errors import Place, Problem
from kzpub.languages import LANGUAGES
from kzpub.model import Message
from kzpub.po.catalogues import Catalogue, Entry
from kzpub.status import Translation, table, to_json, to_junit, translation

KAZAKH = LANGUAGES["kk"]
PATH = "locales/kk/LC_MESSAGES/x.po"
FIRST, SECOND = "content/x/01.md", "content/x/02.md"
MESSAGES = (
    Message("A done text", "a", Place(FIRST, 1)),
    Message("An empty text of six words", "a", Place(FIRST, 3)),
    Message("A text that is marked", "b", Place(SECOND, 1)),
    Message("A text nobody knows", "b", Place(SECOND, 3)),
    Message("A stale text", "b", Place(SECOND, 5)),
    Message("A wrong text", "b", Place(SECOND, 7)),
)


def entry(line: int, text: str, fuzzy: bool = False) -> Entry:
    return Entry((text,), Place(PATH, line), fuzzy)


CATALOGUE = Catalogue(
    PATH,
    {
        ("a", "A done text"): entry(10, "Дайын"),
        ("a", "An empty text of six words"): entry(20, ""),
        ("b", "A text that is marked"): entry(30, "Белгілі", fuzzy=True),
        ("b", "A stale text"): entry(40, "Ескі"),
        ("b", "A wrong text"): entry(50, "Қате."),
    },
)


def problem(code: str, line: int = 0) -> Problem:
    return Problem(code, "a cause", Place(PATH, line), "a remedy")


FOUND = [
    problem("translation-empty", 20),
    problem("translation-fuzzy", 30),
    problem("translation-missing"),
    problem("figure-review", 40),
    problem("fact-differs", 50),
    problem("punctuation-final", 50),
    problem("catalogue-stranger", 60),
]


@pytest.fixture
def standing() -> Translation:
    return translation("x", KAZAKH, MESSAGES, CATALOGUE, FOUND)


def test_each_message_has_its_state(standing: Translation) -> None:
    assert [message.state for message in standing.messages] == [
        "done", "missing", "review", "missing", "review", "done",
    ]  # fmt: skip


def test_words_left_are_those_of_what_is_not_done(standing: Translation) -> None:
    assert [message.words_left for message in standing.messages] == [0, 6, 5, 4, 3, 0]


def test_every_finding_stands_at_its_message_or_at_the_file(standing: Translation) -> None:
    assert [len(message.findings) for message in standing.messages] == [0, 1, 1, 0, 1, 2]
    assert [each.code for each in standing.findings] == ["translation-missing", "catalogue-stranger"]
    assert set(standing.all_findings) == set(FOUND)


def test_the_table_counts_chapter_by_chapter(standing: Translation) -> None:
    assert list(table([standing]))[1:] == [
        ("kk", FIRST, "1", "0", "1", "6", "0", "0"),
        ("kk", SECOND, "1", "2", "1", "12", "1", "1"),
        ("kk", "x: all", "2", "2", "2", "18", "1", "2"),
    ]


def test_a_complete_translation_is_ready() -> None:
    done = translation("x", KAZAKH, MESSAGES[:1], CATALOGUE, [])
    assert done.ready
    assert [row[2:] for row in table([done])][1:] == [("1", "0", "0", "0", "0", "0")] * 2


@pytest.mark.parametrize("found", FOUND, ids=lambda found: found.code)
def test_nothing_with_a_finding_is_ready(found: Problem) -> None:
    assert not translation("x", KAZAKH, MESSAGES[:1], CATALOGUE, [found]).ready


@pytest.mark.parametrize("number", [1, 2, 3])
def test_nothing_unfinished_is_ready(number: int) -> None:
    assert not translation("x", KAZAKH, MESSAGES[number : number + 1], CATALOGUE, []).ready


def test_a_catalogue_that_cannot_be_read_has_nothing_done() -> None:
    unread = translation("x", KAZAKH, MESSAGES, None, [problem("catalogue-syntax", 3)])
    assert {message.state for message in unread.messages} == {"missing"}
    assert not unread.ready


def test_json_says_what_the_table_says_and_every_finding(standing: Translation) -> None:
    (read,) = json.loads(to_json([standing]))["translations"]
    assert (read["domain"], read["language"], read["ready"]) == ("x", "kk", False)
    assert (read["done"], read["review"], read["missing"], read["words_left"]) == (2, 2, 2, 18)
    assert [(chapter["chapter"], chapter["errors"]) for chapter in read["chapters"]] == [(FIRST, 0), (SECOND, 1)]
    assert sorted((each["code"], each["line"]) for each in read["findings"]) == sorted(
        (each.code, each.place.line if each.place else 0) for each in FOUND
    )
    assert {each["severity"] for each in read["findings"]} == {"unfinished", "warning", "error"}


def test_junit_has_a_case_for_each_message_and_one_for_the_file(standing: Translation) -> None:
    (suite,) = Xml.fromstring(to_junit([standing]))
    cases = suite.findall("testcase")
    assert (suite.get("name"), suite.get("tests"), suite.get("failures")) == ("x.kk", "7", "6")
    assert len(cases) == 7
    failed = {case.get("name") for case in cases if case.find("failure") is not None}
    assert failed == {case.get("name") for case in cases} - {f"{FIRST}:1 A done text"}


def test_junit_of_a_complete_translation_has_no_failure() -> None:
    report = Xml.fromstring(to_junit([translation("x", KAZAKH, MESSAGES[:1], CATALOGUE, [])]))
    assert report.find(".//failure") is None
