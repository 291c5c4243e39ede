"""Who does the tasks of a build: this process, or workers beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from kzpub import tasks
from kzpub.tasks import Editing, Writing

T = TypeVar("T")


class Team(Protocol):
    """Those who do the tasks of a build on one snapshot."""

    def edit(self, publication: str, tag: str) -> Future[Editing]:
        """``tasks.edit``, some time."""
        ...

    def write(self, edition: bytes, withheld: frozenset[tuple[str, str]], format: str) -> Future[Writing]:
        """``tasks.write``, some time."""
        ...


@dataclass(frozen=True, slots=True)
class Local:
    """A team that shares this machine's folder with the inputs: one executor for each kind of task."""

    folder: Path
    editors: Executor
    writers: Executor

    def edit(self, publication: str, tag: str) -> Future[Editing]:
        return self.editors.submit(tasks.edit, self.folder, publication, tag)

    def write(self, edition: bytes, withheld: frozenset[tuple[str, str]], format: str) -> Future[Writing]:
        return self.writers.submit(tasks.write, self.folder, edition, withheld, format)


class _AtOnce(Executor):
    """Does each task when it is given, in this process."""

    def submit(self, fn: Callable[..., T], /, *args: object, **kwargs: object) -> Future[T]:
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


@contextmanager
def here(folder: Path, formats: Iterable[str]) -> Iterator[Team]:  # noqa: ARG001
    """A team of this process alone, for tests and to look for faults: what goes wrong leaves its traceback."""
    yield Local(folder, _AtOnce(), _AtOnce())


def workers(jobs: int) -> Callable[[Path, Iterable[str]], AbstractContextManager[Team]]:
    """So many processes that may use little, and read nothing but the inputs and their own code."""
    return partial(_workers, jobs)


@contextmanager
def _workers(jobs: int, folder: Path, formats: Iterable[str]) -> Iterator[Team]:  # noqa: ARG001
    from kzpub.sandbox import confine
    from kzpub.workers import Workers

    scratch = folder.parent / "scratch"
    scratch.mkdir()
    prepare = partial(confine, [folder], [scratch])
    with Workers(jobs, prepare, (Editing, Writing)) as team:
        yield Local(folder, team, team)
