"""What is asked for: publications in languages and formats, and which findings refuse it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from kzpub.configuration import Configuration
from kzpub.errors import Place, Problem, fail
from kzpub.projects import CONFIGURATION, FORMATS, Request, Say, unheard


@dataclass(frozen=True, slots=True)
class Asked:
    """One publication in one language: the formats to be made.

    Attributes:
        withheld: language tags and formats of this publication that a release leaves out: nothing leads to them.
        complete: whether one of the formats may not be a draft.

    """

    publication: str
    tag: str
    formats: tuple[str, ...]
    withheld: frozenset[tuple[str, str]]
    complete: bool


def asked_for(configurations: list[Configuration], request: Request, say: Say = unheard) -> list[Asked]:
    """Each publication with each language and the formats to be made. Raises ``KzpubError`` if that is nothing."""
    for tag in request.languages:
        if all(tag not in each.languages for each in configurations):
            place, hint = Place(f"content/{configurations[0].id}/{CONFIGURATION}"), "add it to the list “languages”"
            raise fail("language-not-listed", f"{configurations[0].id} does not appear in {tag}", place, hint)
    asked = [
        _asked(each, tag, request, say)
        for each in configurations
        for tag in request.languages or each.languages
        if tag in each.languages
    ]
    if not any(each.formats for each in asked):
        hint = f"ask for others, or change “editions” in {CONFIGURATION}"
        raise fail("release-empty", "every edition that is asked for is for work only", None, hint)
    return [each for each in asked if each.formats]


def _asked(configuration: Configuration, tag: str, request: Request, say: Say) -> Asked:
    policy = configuration.policy
    withheld = frozenset(which for which, word in policy.items() if request.release and word == "draft")
    wanted = request.formats or FORMATS
    formats = tuple(each for each in wanted if (tag, each) not in withheld)
    _say_what_is_left_out(configuration.id, tag, wanted, formats, say)
    complete = any(policy.get((tag, format)) == "complete" for format in formats)
    return Asked(configuration.id, tag, formats, withheld, complete)


def _say_what_is_left_out(id: str, tag: str, wanted: Iterable[str], formats: Container[str], say: Say) -> None:
    for format in wanted:
        if format not in formats:
            say(f"content/{id}/{CONFIGURATION}: left out: {id}-{tag}.{format} is for work only")


def refused(problems: Iterable[Problem], request: Request, complete: bool, say: Say) -> Iterator[Problem]:
    """The findings that refuse what is asked for; the others are said. What must be complete is no draft."""
    passing = set() if request.release else {"warning"} if complete else {"warning", "unfinished"}
    for problem in problems:
        if problem.severity in passing:
            say(problem.line("draft" if problem.severity == "unfinished" else "warning"))
        else:
            yield problem


def refusals(
    words: Iterable[Problem], texts: Iterable[Problem], request: Request, complete: bool, say: Say
) -> list[Problem]:
    """What refuses an edition: the words of the templates must be done even for a draft; the others are said."""
    return [*refused(words, request, True, say), *refused(texts, request, complete, say)]
