"""Does the tasks of a build under an audit hook, each in a process of its own, and says what each has opened.

As a program: ``python -m tests.watched FOLDER PUBLICATION TAG FORMATS [PATH …]`` prints lists of paths by
task, as JSON. With paths, the tasks are careless: each opens those too.
"""

from __future__ import annotations

import json
import os
import pickle
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from kzpub.builds import tasks
from kzpub.errors import Problem

T = TypeVar("T")
_OPENING = ("open", "os.listdir", "os.scandir")


def main(folder: Path, publication: str, tag: str, formats: str, *careless: str) -> None:
    seen: list[str] = []

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event in _OPENING and isinstance(path := arguments[0], str | bytes | os.PathLike):
            seen.append(os.path.abspath(os.fsdecode(path)))

    sys.addaudithook(hook)

    def edit() -> bytes:
        return _also(careless, tasks.edit(folder, publication, tag, {}).edition)

    def write(format: str) -> tuple[Problem, ...]:
        return _also(careless, tasks.write(folder, edition, frozenset(), format, {}).problems)

    edition, opened = _apart(seen, edit)
    found = {"edit": opened}
    for format in formats.split(","):
        problems, found[format] = _apart(seen, partial(write, format))
        assert not problems, problems
    print(json.dumps(found))  # noqa: T201


def _also(careless: tuple[str, ...], value: T) -> T:
    for path in careless:
        Path(path).read_bytes()
    return value


def _apart(seen: list[str], task: Callable[[], T]) -> tuple[T, list[str]]:
    """What a task gives in a process that has read nothing before, and what it has opened there."""
    reading, writing = os.pipe()
    if os.fork() == 0:
        seen.clear()
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(pickle.dumps((task(), seen)))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer: tuple[T, list[str]] = pickle.load(pipe)
    os.wait()
    return answer


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
