"""What a bad input is: how a copy of the sampler's project is changed, and what the command must answer."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

Change: TypeAlias = Callable[[Path], object]

CONTENT = "content/sampler"
TEXT, BLOCKS = f"{CONTENT}/01-text.md", f"{CONTENT}/02-blocks.md"
SETTINGS, FIGURES = f"{CONTENT}/publication.yaml", f"{CONTENT}/figures.yaml"
CHART, PICTURE = f"{CONTENT}/complaints.chart.yaml", f"{CONTENT}/squares.png"
KAZAKH, LABELS_KAZAKH = "locales/kk/LC_MESSAGES/sampler.po", "locales/kk/LC_MESSAGES/kzpub.po"
LABELS, WORD = "templates/labels.yaml", "templates/word.docx"
DONE, PROBLEMS, USAGE = 0, 1, 2


@dataclass(frozen=True)
class Case:
    """A bad input.

    Attributes:
        id: what it is, in words.
        change: what is done to the project.
        code: of the one record that names it.
        path: the file that the record names; empty where no file is at fault.
        at: a text of the line that the record names, or the number; ``None`` where the file as a whole is at fault.
        twin: the same without what is bad, which builds; the project as it is, if nothing else is said.
        command: the arguments; ``--format html`` and a language, if nothing else is said.
        exit: the exit code.
        others: codes that may stand beside it, because they follow from it.

    """

    id: str
    change: Change
    code: str
    path: str = ""
    at: str | int | None = None
    twin: Change | None = None
    command: tuple[str, ...] = ()
    exit: int = PROBLEMS
    others: tuple[str, ...] = ()

    @property
    def arguments(self) -> tuple[str, ...]:
        """What the command is given."""
        language = "kk" if self.path.startswith("locales/kk") else "en"
        return self.command or ("--lang", language, "--format", "html", "--quiet")

    def place(self, root: Path) -> str:
        """The place as the record prints it, in the changed project."""
        if self.at is None or isinstance(self.at, int):
            return f"{self.path}:{self.at}" if self.at else self.path
        lines = (root / self.path).read_bytes().decode("utf-8", "replace").replace("\r\n", "\n").split("\n")
        return f"{self.path}:{next(number for number, line in enumerate(lines, 1) if self.at in line)}"


# -- Changes ---------------------------------------------------------------------------------------------------------


def put(path: str, data: str | bytes) -> Change:
    """A file with this content."""

    def change(root: Path) -> None:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).unlink(missing_ok=True)  # it may be a link to the file of the untouched project
        (root / path).write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))

    return change


def swap(path: str, old: str | bytes, new: str | bytes) -> Change:
    """Another text in the place of one that is there once or more; only the first is changed."""
    before, after = (text if isinstance(text, bytes) else text.encode() for text in (old, new))

    def change(root: Path) -> None:
        data = (root / path).read_bytes()
        assert before in data, (path, old)
        put(path, data.replace(before, after, 1))(root)

    return change


def both(*changes: Change) -> Change:
    """Several changes."""
    return lambda root: [change(root) for change in changes]


def added(markdown: str, path: str = BLOCKS) -> Change:
    """A chapter with something more at its end."""
    return lambda root: put(path, (root / path).read_text("utf-8") + "\n" + markdown + "\n")(root)


def said(source: str, translation: str, path: str = KAZAKH) -> Change:
    """Another translation of a message; both as they are written in the file."""

    def change(root: Path) -> None:
        text = (root / path).read_text("utf-8")
        pattern = re.compile(rf'(msgid "{re.escape(source)}"\nmsgstr ").*"\n')
        assert pattern.search(text), source
        put(path, pattern.sub(lambda found: f'{found[1]}{translation}"\n', text, count=1))(root)

    return change


def msgid(source: str) -> str:
    """The line that a finding about a translation names."""
    return f'msgid "{source}"'
