"""What every command of the console shares: its options, its words, its columns."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NoReturn, TextIO

from kzpub.characters import visible
from kzpub.errors import KzpubError, Problem
from kzpub.projects import publications

DONE, PROBLEMS, USAGE, INTERRUPTED = 0, 1, 2, 130
"""Exit codes."""


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors are one line, like all others."""

    def error(self, message: str) -> NoReturn:
        self.exit(USAGE, f"{Problem('usage', message, None, f'see “{self.prog} --help”')}\n")


def choice(what: str, given: list[str] | None, known: tuple[str, ...]) -> tuple[str, ...]:
    """The values asked for, in order and once each; none at all stands for all."""
    values = tuple(dict.fromkeys(value for text in given or () for value in text.split(",")))
    for value in values:
        if value not in known and value != "all":
            raise usage(f"unknown {what} “{value}”", f"known: {', '.join((*known, 'all'))}")
    return () if "all" in values else values


def chosen_publications(given: list[str] | None, root: Path) -> tuple[str, ...]:
    """The publications asked for; none at all stands for all."""
    known = publications(root)
    if not known:
        raise usage(f"no publication under {root / 'content'}", "run it in a project’s folder")
    return choice("publication", given, known) or known


def cores() -> int:
    """How many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def whole(least: int) -> Callable[[str], int]:
    """The type of an option that is a whole number, not less than so much."""

    def read(text: str) -> int:
        if not text.isdecimal() or int(text) < least:
            raise argparse.ArgumentTypeError(f"“{text}” is not a whole number from {least}")
        return int(text)

    return read


def address(text: str) -> str:
    """The type of an option that is the address of a scheduler."""
    if not re.fullmatch(r"(tcp|tls)://([\w.-]+|\[[\da-fA-F:]+\]):\d{1,5}", text):
        raise argparse.ArgumentTypeError(f"“{text}” is no address such as tcp://host:8786")
    return text


def usage(cause: str, hint: str) -> KzpubError:
    """A wrong usage, for raising."""
    return KzpubError(Problem("usage", cause, None, hint))


def print_columns(rows: Sequence[tuple[str, ...]], right: tuple[int, ...] = ()) -> None:
    """Print rows in columns."""
    for line in columns(rows, right):
        print(line)


def columns(rows: Sequence[tuple[str, ...]], right: tuple[int, ...] = ()) -> Iterator[str]:
    """Rows in columns as wide as they need; the last one runs free."""
    rows = [tuple(map(visible, row)) for row in rows]
    widths = [max(map(len, column)) for column in list(zip(*rows, strict=True))[:-1]]
    for row in rows:
        cells = (
            cell.rjust(width) if n in right else cell.ljust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=False))
        )
        yield "  ".join((*cells, row[-1]))


class Progress:
    """A line that rewrites itself on a terminal, a line for each file in a pipe."""

    def __init__(self, stream: TextIO, quiet: bool) -> None:
        self.stream, self.quiet, self.terminal = stream, quiet, stream.isatty()

    def __call__(self, done: int, total: int, name: str) -> None:
        if self.quiet:
            return
        if self.terminal:
            bar = "█" * (20 * done // total) + "░" * (20 - 20 * done // total)
            self.stream.write(f"\r\033[K{bar} {done}/{total} {visible(name)}" if name else "\r\033[K")
        elif name:
            self.stream.write(f"{done + 1}/{total} {visible(name)}\n")
        self.stream.flush()


def among_sources(path: Path, root: Path) -> bool:
    """Whether what is written to a folder would lie among a project's sources."""
    return path == root or any(path.is_relative_to(root / each) for each in ("content", "locales", "src", "templates"))


def say(line: str) -> None:
    """A line beside the output."""
    print(visible(line), file=sys.stderr)


def tell(line: str) -> None:
    """A line of the output; whatever is in it, a terminal shows it and does nothing."""
    print(visible(line))


def shown(path: Path) -> str:
    """A path as seen from here, where it lies below."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
