"""Where translations stand, message by message: done, in need of review or missing, and what is found in them.

A message is done when its translation may be published; it needs review when its source or its figures have changed; it
is missing where there is no text. Words left are those of the source that a translator has yet to work on.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

from kzpub import content, spelling
from kzpub.assessment import assess
from kzpub.catalogues import LABELS_DOMAIN, Catalogue, load
from kzpub.errors import UNFINISHED, KzpubError, Place, Problem
from kzpub.inlines import foreign, plain
from kzpub.languages import LANGUAGES, SOURCE, Language
from kzpub.localise import localise
from kzpub.model import Message
from kzpub.terms import allowed_words, read_terms
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


def translations(root: Path, publications: Iterable[str], tags: Container[str]) -> list[Translation]:
    """All translations of some publications into some languages, and of the words of their templates.

    Raises ``KzpubError`` if the source itself is malformed; a catalogue that cannot be read is a finding.
    """
    labels = content.read_labels(root / "templates" / content.LABELS_FILE, root)
    found: dict[tuple[str, str], Translation] = {}
    for publication in publications:
        document = content.read(root / "content" / publication, root)
        asked = [tag for tag in document.languages if tag != SOURCE.tag and tag in tags]
        for language in (LANGUAGES[tag] for tag in asked):
            own, words = tuple(texts(document)), tuple(labels.values())
            try:
                assessed = assess(root, document, labels, language)
            except KzpubError as error:
                found[publication, language.tag] = translation(publication, language, own, None, [*error.problems])
                continue
            for domain, messages, catalogue, problems in (
                (publication, own, assessed.catalogues[0], assessed.findings),
                (LABELS_DOMAIN, words, assessed.catalogues[1], assessed.word_findings),
            ):
                found[domain, language.tag] = translation(domain, language, messages, catalogue, [*problems])
    return list(found.values())


def spelling_advice(root: Path, publications: Iterable[str], tags: Container[str]) -> Iterator[Problem]:
    """Words of finished translations that the dictionaries of Hunspell do not know, where it is installed: advice only.

    Raises ``KzpubError`` if the source or a catalogue cannot be read.
    """
    for publication in publications:
        document = content.read(root / "content" / publication, root)
        terms = read_terms(root / "content" / publication, root)
        for language in (LANGUAGES[tag] for tag in document.languages if tag != SOURCE.tag and tag in tags):
            if not spelling.available(language):
                cause = f"[{language.tag}] spelling is not checked: no Hunspell with a dictionary of this language"
                yield Problem("spelling", cause, None, "install Hunspell and the dictionary")
                continue
            catalogue = load(root, publication, language)
            localised, _ = localise(document, catalogue, language)
            both = zip(texts(document), texts(localised), strict=True)
            placed = ((plain(text), catalogue.find(message)) for message, text in both if not foreign(text))
            written = [(text, entry.place) for text, entry in placed if entry]
            yield from spelling.advice(written, language, allowed_words(terms, language))


def translation(
    domain: str, language: Language, messages: Iterable[Message], catalogue: Catalogue | None, problems: list[Problem]
) -> Translation:
    """How the messages of a domain stand, by its catalogue (``None`` if it cannot be read) and all that was found."""
    once = dict.fromkeys(message for message in messages if message.text)
    standing = tuple(_standing(message, catalogue, problems) for message in once)
    placed = {id(problem) for message in standing for problem in message.findings}
    return Translation(domain, language, standing, tuple(each for each in problems if id(each) not in placed))


def _standing(message: Message, catalogue: Catalogue | None, problems: list[Problem]) -> Standing:
    entry = catalogue.find(message) if catalogue else None
    found = tuple(problem for problem in problems if entry and problem.place == entry.place)
    if entry is None or not all(text.strip() for text in entry.texts):
        return Standing(message.place, message.text, "missing", found)
    stale = entry.fuzzy or any(problem.code in UNFINISHED for problem in found)
    return Standing(message.place, message.text, "review" if stale else "done", found)


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
