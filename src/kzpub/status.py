"""Where translations stand, message by message: done, in need of review or missing, and what is found in them.

A message is done when its translation may be published; it needs review when its source or its figures have changed; it
is missing where there is no text. Words left are those of the source that a translator has yet to work on.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

from kzpub import content, spelling
from kzpub.assessment import Assessment, assess
from kzpub.catalogues import Catalogue, Entry
from kzpub.errors import UNFINISHED, KzpubError, Place, Problem
from kzpub.inlines import foreign, plain
from kzpub.languages import LANGUAGES, SOURCE, Language
from kzpub.model import Document, Message
from kzpub.projects import LABELS_DOMAIN
from kzpub.terms import allowed_words
from kzpub.traversal import texts

STATES = ("done", "review", "missing")
TITLES = ("language", "chapter", *STATES, "words left", "errors", "warnings")


@dataclass(frozen=True, slots=True)
class Standing:
    """A message: where it is written, its text, its state, and what is found in its translation."""

    place: Place
    text: str
    state: str
    findings: tuple[Problem, ...]

    @property
    def words_left(self) -> int:
        """The words of the source that are still to be translated or looked at again."""
        return 0 if self.state == "done" else len(self.text.split())


@dataclass(frozen=True, slots=True)
class Translation:
    """A domain in one language: its messages, and what is found in its file or in the whole."""

    domain: str
    language: Language
    messages: tuple[Standing, ...]
    findings: tuple[Problem, ...] = ()

    @property
    def all_findings(self) -> tuple[Problem, ...]:
        """Everything that is found, once each."""
        inside = (finding for message in self.messages for finding in message.findings)
        return tuple(dict.fromkeys((*inside, *self.findings)))

    @property
    def ready(self) -> bool:
        """Whether it may be released: all is done, and nothing is found."""
        return not self.all_findings and all(message.state == "done" for message in self.messages)


@dataclass(frozen=True, slots=True)
class Survey:
    """A publication in a language, assessed; or the problems for which it could not be."""

    document: Document[Message]
    labels: Mapping[str, Message]
    language: Language
    assessment: Assessment | None
    problems: tuple[Problem, ...] = ()


def survey(root: Path, publications: Iterable[str], tags: Container[str]) -> list[Survey]:
    """Some publications in some languages, but the source. Raises ``KzpubError`` if the source itself is malformed."""
    labels = content.read_labels(root / "templates" / content.LABELS_FILE, root)
    documents = [content.read(root / "content" / publication, root) for publication in publications]
    return [
        _surveyed(root, document, labels, LANGUAGES[tag])
        for document in documents
        for tag in document.languages
        if tag != SOURCE.tag and tag in tags
    ]


def _surveyed(root: Path, document: Document[Message], labels: dict[str, Message], language: Language) -> Survey:
    try:
        return Survey(document, labels, language, assess(root, document, labels, language))
    except KzpubError as error:
        return Survey(document, labels, language, None, tuple(error.problems))


def translations(surveys: Iterable[Survey]) -> list[Translation]:
    """All translations of what was surveyed, and of the words of the templates, once for each language."""
    found = ((each.domain, each.language.tag, each) for survey in surveys for each in _translations(survey))
    return list({(domain, tag): each for domain, tag, each in found}.values())


def _translations(survey: Survey) -> Iterator[Translation]:
    own, words = texts(survey.document), survey.labels.values()
    if (assessed := survey.assessment) is None:
        yield translation(survey.document.id, survey.language, own, None, survey.problems)
        return
    of_own, of_words = assessed.catalogues
    yield translation(survey.document.id, survey.language, own, of_own, assessed.findings)
    yield translation(LABELS_DOMAIN, survey.language, words, of_words, assessed.word_findings)


def spelling_advice(surveys: Iterable[Survey]) -> Iterator[Problem]:
    """Words of finished translations that Hunspell’s dictionaries do not know, where it is installed: advice only."""
    for survey in surveys:
        language, assessed = survey.language, survey.assessment
        if not spelling.available(language):
            cause = f"[{language.tag}] spelling is not checked: no Hunspell with a dictionary of this language"
            yield Problem("spelling", cause, None, "install Hunspell and the dictionary")
        elif assessed:
            both = zip(texts(survey.document), texts(assessed.document), strict=True)
            placed = (
                (plain(text), assessed.catalogues[0].find(message)) for message, text in both if not foreign(text)
            )
            written = [(text, entry.place) for text, entry in placed if entry]
            yield from spelling.advice(written, language, allowed_words(assessed.termbase, language))


def translation(
    domain: str,
    language: Language,
    messages: Iterable[Message],
    catalogue: Catalogue | None,
    problems: Iterable[Problem],
) -> Translation:
    """How the messages of a domain stand, by its catalogue (``None`` if it cannot be read) and all that was found."""
    once = {message: catalogue.find(message) if catalogue else None for message in messages if message.text}
    found: defaultdict[Place | None, list[Problem]] = defaultdict(list)
    for problem in problems:
        found[problem.place].append(problem)
    standing = [_standing(message, entry, found[entry.place] if entry else ()) for message, entry in once.items()]
    placed = {entry.place for entry in once.values() if entry}
    others = (problem for place, here in found.items() if place not in placed for problem in here)
    return Translation(domain, language, tuple(standing), tuple(others))


def _standing(message: Message, entry: Entry | None, found: Sequence[Problem]) -> Standing:
    if entry is None or not all(text.strip() for text in entry.texts):
        return Standing(message.place, message.text, "missing", tuple(found))
    stale = entry.fuzzy or any(problem.code in UNFINISHED for problem in found)
    return Standing(message.place, message.text, "review" if stale else "done", tuple(found))


# -- For people ------------------------------------------------------------------------------------------------------


def table(translations: Iterable[Translation]) -> Iterator[tuple[str, ...]]:
    """A row for each chapter, and one for each translation as a whole; the first has the titles."""
    yield TITLES
    for each in translations:
        for chapter in dict.fromkeys(message.place.path for message in each.messages):
            part = [message for message in each.messages if message.place.path == chapter]
            yield each.language.tag, chapter, *map(str, _counts(part, [f for m in part for f in m.findings]))
        counts = _counts(each.messages, each.all_findings)
        yield each.language.tag, f"{each.domain}: all", *map(str, counts)


def _counts(messages: Iterable[Standing], findings: Iterable[Problem]) -> tuple[int, ...]:
    """Messages in each state, words left, errors and warnings; what is unfinished is counted by its state alone."""
    listed, found = list(messages), [problem.severity for problem in findings]
    states = [sum(message.state == state for message in listed) for state in STATES]
    left = sum(message.words_left for message in listed)
    return *states, left, found.count("error"), found.count("warning")


# -- For machines ----------------------------------------------------------------------------------------------------


def to_json(translations: Iterable[Translation]) -> str:
    """The same with every finding, as JSON."""
    return json.dumps({"translations": [_as_data(each) for each in translations]}, ensure_ascii=False, indent=2)


def _as_data(each: Translation) -> dict[str, Any]:
    keys = [title.replace(" ", "_") for title in TITLES]
    rows = [dict(zip(keys[1:], (row[1], *map(int, row[2:])), strict=True)) for row in list(table([each]))[1:]]
    *chapters, whole = rows
    del whole["chapter"]
    return {
        "domain": each.domain,
        "language": each.language.tag,
        "ready": each.ready,
        **whole,
        "chapters": chapters,
        "findings": [_finding(problem) for problem in each.all_findings],
    }


def _finding(problem: Problem) -> dict[str, Any]:
    place = problem.place or Place("")
    return {
        "code": problem.code,
        "severity": problem.severity,
        "path": place.path,
        "line": place.line,
        "cause": problem.cause,
        "hint": problem.hint,
    }


def to_junit(translations: Iterable[Translation]) -> str:
    """The same as a JUnit report: a suite for each translation, a case for each message and one for the file."""
    root = Xml.Element("testsuites", name="kzpub status")
    for each in translations:
        name = f"{each.domain}.{each.language.tag}"
        cases = [_case(name, f"{message.place} {message.text[:60]}", _faults(message)) for message in each.messages]
        cases.append(_case(name, "the catalogue", [str(problem) for problem in each.findings]))
        failures = sum(case.find("failure") is not None for case in cases)
        suite = Xml.SubElement(root, "testsuite", name=name, tests=str(len(cases)), failures=str(failures))
        suite.extend(cases)
    Xml.indent(root)
    return Xml.tostring(root, "unicode", xml_declaration=True)


def _faults(message: Standing) -> list[str]:
    return [str(problem) for problem in message.findings] or ([message.state] if message.state != "done" else [])


def _case(suite: str, name: str, faults: list[str]) -> Xml.Element:
    case = Xml.Element("testcase", classname=f"kzpub.{suite}", name=name)
    if faults:
        Xml.SubElement(case, "failure", message=faults[0]).text = "\n".join(faults)
    return case
