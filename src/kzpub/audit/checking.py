"""What a check of finished files is: a sentence that holds of a good file, and what shows that it does not.

Each room below has its table of our own ``Check``s and its table of ``Engine``s, the validators of others, which are
asked only where they are installed. A check knows the files alone, not their source.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kzpub.errors import Problem


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished file, as its name says: ``<publication>-<language>[-draft].<format>``."""

    path: Path
    publication: str
    language: str
    format: str
    data: bytes
    draft: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is looked at in a finished file.

    Attributes:
        code: of the problems that it finds.
        says: what holds of a file that passes, in a sentence for readers of the report.
        rule: where that is demanded: “PDF/UA-1 7.3; WCAG 2.2 1.1.1”, or our own rule.
        run: the problems of one file; each names what to do.

    """

    code: str
    says: str
    rule: str
    run: Callable[[Finished], Iterable[Problem]]


@dataclass(frozen=True, slots=True)
class Engine:
    """A validator that others make, asked as it is.

    Attributes:
        code: of the problems that it finds.
        name: as its makers write it.
        says: what holds of a file that passes.
        rule: the standard and the level that it is asked for.
        formats: those that it can read.
        version: as it tells, or ``None`` where it is not installed.
        remedy: how to install it.
        run: the problems of one file.
        prepare: is given all files before they are asked about one by one, where one start can serve them all.

    """

    code: str
    name: str
    says: str
    rule: str
    formats: tuple[str, ...]
    version: Callable[[], str | None]
    remedy: str
    run: Callable[[Finished], Iterable[Problem]]
    prepare: Callable[[Sequence[Finished]], object] = len


def installed(package: str) -> str | None:
    """The version of a Python package, if it is there: that of an engine that comes as one."""
    from importlib.metadata import PackageNotFoundError, version  # not before a file is audited

    try:
        return version(package)
    except PackageNotFoundError:
        return None
