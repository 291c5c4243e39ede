"""What can go wrong, said in one line: place, cause and remedy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal, TypeAlias

from kzpub.characters import visible

Severity: TypeAlias = Literal["error", "warning", "unfinished"]

UNFINISHED = frozenset(
    (
        "translation-missing",
        "translation-empty",
        "translation-fuzzy",
        "figure-unseen",
        "figure-review",
        "plural-unseen",
    )
)
"""Findings of work that is not done: a draft shows the source text there, and a release is refused."""

WARNINGS = frozenset(
    (
        "punctuation-final",
        "quotation-marks",
        "word-doubled",
        "space-doubled",
        "word-left",
        "length",
        "source-twice",
        "translation-twice",
        "letter-yo",
        "term-differs",
        "link-text",
        "catalogue-stranger",
        "plural-alike",
        "page-unfilled",
    )
)
"""Findings to be looked at, which refuse a release only; every other finding is an error."""


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a source file: its path relative to the project, and a line from 1 (0 for the whole file)."""

    path: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding.

    Attributes:
        code: stable identifier, for machines and for searching the documentation.
        cause: what is wrong, in a sentence without a full stop.
        place: where it is wrong, or ``None`` where no file is at fault.
        hint: what to do about it.

    """

    code: str
    cause: str
    place: Place | None
    hint: str

    @property
    def severity(self) -> Severity:
        """What the finding means for a build; see the tables above."""
        if self.code in UNFINISHED:
            return "unfinished"
        return "warning" if self.code in WARNINGS else "error"

    def line(self, word: str) -> str:
        """The finding in one line, a word before its cause: ``error``, ``warning``, ``draft``."""
        where = f"{self.place}: " if self.place else ""
        line = " ".join(f"{where}{word}: {self.cause} [{self.code}] hint: {self.hint}".split("\n"))
        return visible(line)

    def __str__(self) -> str:
        """The line of a finding that refuses a build."""
        return self.line("warning" if self.severity == "warning" else "error")


class KzpubError(Exception):
    """The work cannot go on; carries every problem known at that point."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def fail(code: str, cause: str, place: Place | None, hint: str) -> KzpubError:
    """A ``KzpubError`` of one problem, to be raised by the caller."""
    return KzpubError(Problem(code, cause, place, hint))


def near(name: str, known: Iterable[str]) -> str:
    """What a misspelt name may have meant, as the end of a sentence; empty if nothing is near."""
    from difflib import get_close_matches  # only where something is wrong

    found = get_close_matches(name, list(known), 3, 0.6)
    return f" (near it: {', '.join(found)})" if found else ""


@contextmanager
def collecting(problems: list[Problem]) -> Iterator[None]:
    """What ends in ``KzpubError`` here gives its problems to the others, which are to be found in the same run."""
    try:
        yield
    except KzpubError as error:
        problems.extend(error.problems)


def raise_if_any(problems: Iterable[Problem]) -> None:
    """Raise ``KzpubError`` if there is any problem at all, with each once."""
    if found := tuple(dict.fromkeys(problems)):
        raise KzpubError(*found)
