"""Where translations stand, message by message: done, in need of review or missing, and what is found in them.

A message is done when its translation may be published; it needs review when its source or its figures have changed; it
is missing where there is no text. Words left are those of the source that a translator has yet to work on.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

from kzpub import content
from kzpub.assessment import Texts, Words, assess, assess_words
from kzpub.errors import UNFINISHED, Place, Problem, collecting
from kzpub.inlines import foreign, plain
from kzpub.judges import spelling
from kzpub.judges.terms import allowed_words
from kzpub.languages import LANGUAGES, SOURCE, Language
from kzpub.model import Message
from kzpub.po.catalogues import Catalogue, Entry
from kzpub.po.grammar import printable
from kzpub.projects import LABELS_DOMAIN
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
    """The messages of a domain, and their assessment in a language, ``None`` if its catalogue is none."""

    domain: str
    language: Language
    messages: tuple[Message, ...]
    assessed: Texts | Words | None
    findings: tuple[Problem, ...]

    @property
    def catalogue(self) -> Catalogue | None:
        return self.assessed.catalogue if self.assessed else None


def survey(root: Path, publications: Iterable[str], tags: Container[str]) -> list[Survey]:
    """Some publications in some languages, and the words of the templates in these; of the source there is none.

    Raises ``KzpubError`` if the source itself is malformed.
    """
    labels = content.read_templates(root)
    documents = [content.read(root / "content" / publication, root) for publication in publications]
    asked = [
        (document, LANGUAGES[tag])
        for document in documents
        for tag in document.languages
        if tag != SOURCE.tag and tag in tags
    ]
    return [
        *(_surveyed(each.id, to, texts(each), partial(assess, root, each, to)) for each, to in asked),
        *(
            _surveyed(LABELS_DOMAIN, language, labels.messages.values(), partial(assess_words, root, labels, language))
            for language in dict.fromkeys(language for _, language in asked)
        ),
    ]


def _surveyed(
    domain: str, language: Language, messages: Iterable[Message], assess: Callable[[], Texts | Words]
) -> Survey:
    assessed = None
    problems: list[Problem] = []
    with collecting(problems):
        assessed = assess()
        problems.extend(assessed.findings)
    return Survey(domain, language, tuple(messages), assessed, tuple(problems))


def translations(surveys: Iterable[Survey]) -> list[Translation]:
    """How every translation stands that was surveyed."""
    return [translation(each.domain, each.language, each.messages, each.catalogue, each.findings) for each in surveys]


def spelling_advice(surveys: Iterable[Survey]) -> Iterator[Problem]:
    """Words of finished translations that Hunspell’s dictionaries do not know, where it is installed: advice only."""
    listed = [each for each in surveys if isinstance(each.assessed, Texts)]
    for language in dict.fromkeys(each.language for each in listed if not spelling.available(each.language)):
        cause = f"[{language.tag}] spelling is not checked: no Hunspell with a dictionary of this language"
        yield Problem("spelling", cause, None, "install Hunspell and the dictionary")
    for each in listed:
        if isinstance(each.assessed, Texts) and spelling.available(each.language):
            written = list(_written(each.messages, each.assessed))
            yield from spelling.advice(
                written, each.language, allowed_words(each.assessed.document.terms, each.language)
            )


def _written(messages: Iterable[Message], assessed: Texts) -> Iterator[tuple[str, Place]]:
    """The texts that are translated, each with its place in the catalogue."""
    for message, text in zip(messages, texts(assessed.document), strict=True):
        if not foreign(text) and assessed.catalogue and (entry := assessed.catalogue.find(message)):
            yield plain(text), entry.place


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
        cases = [
            _case(name, f"{message.place} {printable(message.text)}", _faults(message)) for message in each.messages
        ]
        cases.append(_case(name, "the catalogue", _lines(each.findings)))
        failures = sum(case.find("failure") is not None for case in cases)
        suite = Xml.SubElement(root, "testsuite", name=name, tests=str(len(cases)), failures=str(failures))
        suite.extend(cases)
    Xml.indent(root)
    return Xml.tostring(root, "unicode", xml_declaration=True)


def _faults(message: Standing) -> list[str]:
    return _lines(message.findings) or ([message.state] if message.state != "done" else [])


def _lines(problems: Iterable[Problem]) -> list[str]:
    """Lines that XML can hold: it has no control characters."""
    return [printable(str(problem), len(str(problem))) for problem in problems]


def _case(suite: str, name: str, faults: list[str]) -> Xml.Element:
    case = Xml.Element("testcase", classname=f"kzpub.{suite}", name=name)
    if faults:
        Xml.SubElement(case, "failure", message=faults[0]).text = "\n".join(faults)
    return case
