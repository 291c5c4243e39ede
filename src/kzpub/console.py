"""What every command of the console shares: its options, its words, its columns."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

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


def usage(cause: str, hint: str) -> KzpubError:
    """A wrong usage, for raising."""
    return KzpubError(Problem("usage", cause, None, hint))


def print_columns(rows: Sequence[tuple[str, ...]], right: tuple[int, ...] = ()) -> None:
    """Rows in columns as wide as they need; the last one runs free."""
    widths = [max(map(len, column)) for column in list(zip(*rows, strict=True))[:-1]]
    for row in rows:
        cells = (
            cell.rjust(width) if n in right else cell.ljust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=False))
        )
        print("  ".join((*cells, row[-1])))
