"""Who does the tasks of a build: this process, or workers beside it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Protocol, TypeVar

from kzpub.builds import tasks
from kzpub.builds.editing import prepare
from kzpub.builds.tasks import Editing, Writing
from kzpub.projects import FORMATS

if TYPE_CHECKING:
    from kzpub.workers.pool import Workers

T = TypeVar("T")
EditTask = tuple[str, str, Mapping[str, bytes]]
"""What ``tasks.edit`` is given besides a folder: a publication, a language, what was judged before."""
WriteTask = tuple[bytes, frozenset[tuple[str, str]], str, Mapping[str, bytes]]
"""What ``tasks.write`` is given besides a folder: an edition, what is withheld, a format, pieces."""


class Team(Protocol):
    """Those who do the tasks of a build on one snapshot."""

    def edit(self, wanted: Sequence[EditTask]) -> list[Future[Editing]]:
        """All of ``tasks.edit``, some time; called once, and before ``write``."""
        ...

    def write(self, task: WriteTask) -> Future[Writing]:
        """``tasks.write``, some time."""
        ...


OpenTeam = Callable[[Path, Collection[str]], AbstractContextManager[Team]]
"""Who makes what is missing, given the folder that holds the inputs, and what is needed: see ``editing.prepare``."""


# -- This process ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Here:
    """A team that does each task when it is asked for."""

    folder: Path

    def edit(self, wanted: Sequence[EditTask]) -> list[Future[Editing]]:
        return [_done(tasks.edit(self.folder, *task)) for task in wanted]

    def write(self, task: WriteTask) -> Future[Writing]:
        return _done(tasks.write(self.folder, *task))


def _done(value: T) -> Future[T]:
    future: Future[T] = Future()
    future.set_result(value)
    return future


@contextmanager
def here(folder: Path, needs: Collection[str]) -> Iterator[Team]:  # noqa: ARG001
    """A team of this process alone, for tests and to look for faults: what goes wrong leaves its traceback."""
    yield Here(folder)


# -- Workers ---------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Beside:
    """A team of processes. Those that edit are forked before anything else is imported, and are at work while this one
    imports what writers need; those that write are forked then, and have it.

    As this one is at work, those that edit are one fewer than may work at a time: what they read, they read once each.
    """

    folder: Path
    needs: Collection[str]
    jobs: int
    open: Callable[[int], Workers]
    writers: Workers | None = None

    def edit(self, wanted: Sequence[EditTask]) -> list[Future[Editing]]:
        editors = self.open(min(len(wanted), max(1, self.jobs - 1)))
        editings = [editors.submit(tasks.edit, self.folder, *task) for task in wanted]
        prepare(self.needs)
        self.writers = self.open(min(len(wanted) * len(FORMATS), self.jobs))
        editors.begin()
        self.writers.begin()
        return editings

    def write(self, task: WriteTask) -> Future[Writing]:
        assert self.writers
        return self.writers.submit(tasks.write, self.folder, *task)


def workers(jobs: int) -> OpenTeam:
    """Up to so many processes of a kind, which may use little, and read nothing but the inputs and their own code."""
    return partial(_beside, jobs)


def _confined(folder: Path, scratch: Path) -> None:
    """Let this process read the inputs, and write where no other one reads."""
    from kzpub.workers.sandbox import confine

    confine([folder], [Path(mkdtemp(dir=scratch))])


@contextmanager
def _beside(jobs: int, folder: Path, needs: Collection[str]) -> Iterator[Team]:
    from kzpub.workers.pool import Workers

    scratch = folder.parent / "scratch"
    scratch.mkdir()
    confined = partial(_confined, folder, scratch)
    with ExitStack() as all_of_them:

        def open_(count: int) -> Workers:
            return all_of_them.enter_context(Workers(count, confined, (Editing, Writing), begun=False))

        yield Beside(folder, needs, jobs, open_)
