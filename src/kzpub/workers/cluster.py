"""The tasks of a build on a Dask cluster, whose machines share no disk: inputs and answers travel by digest.

Dask hands a task to another worker when one has died with it, as often as its ``allowed-failures`` says. Whatever else
can end or hold up a cluster ends the build, with a reason, in a time that is known.
"""

from __future__ import annotations

import asyncio
import logging
import pickle
import time
import warnings
from collections import defaultdict
from collections.abc import Callable, Collection, Coroutine, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

from kzpub.builds import tasks
from kzpub.builds.snapshot import Snapshot
from kzpub.builds.tasks import Editing, Writing
from kzpub.builds.teams import EditTask, OpenTeam, Team, WriteTask
from kzpub.errors import KzpubError, Problem, fail
from kzpub.workers import outpost

try:
    from distributed import Client, get_worker
    from distributed.client import FutureCancelledError
    from distributed.scheduler import KilledWorker
except ModuleNotFoundError as missing:
    raise fail("environment", f"this Python has no {missing.name}", None, "install kzpub[dask]") from None

T = TypeVar("T")

REACHED, WITHOUT_WORKERS, SILENT = 10, 30, 3600
"""Seconds to reach a scheduler, without any worker, and without any answer, after which there is no hope.

A task ends within ``sandbox.LIMITS``; a longer silence is that of workers busy with the builds of others.
"""
_GIVEN = 1000
"""Tasks that the scheduler has at a time, each with an edition in its memory."""
_TIMES = 10
"""A task may come to a worker without its inputs, which are then sent there."""


def at(address: str, taken: Snapshot) -> OpenTeam:
    """The cluster with a scheduler at this address, for a build of these inputs."""
    return partial(_team, address, taken)


@contextmanager
def _team(address: str, taken: Snapshot, folder: Path, needs: Collection[str]) -> Iterator[Team]:  # noqa: ARG001
    with Cluster(address, taken) as cluster:
        yield Far(folder, cluster)


@dataclass(frozen=True, slots=True)
class Far:
    """A team of the machines of a cluster."""

    folder: Path
    cluster: Cluster

    def edit(self, wanted: Sequence[EditTask]) -> list[Future[Editing]]:
        return [self.cluster.submit(tasks.edit, self.folder, *task) for task in wanted]

    def write(self, task: WriteTask) -> Future[Writing]:
        return self.cluster.submit(tasks.write, self.folder, *task)


class Cluster(Executor):
    """A Dask cluster. The first argument of every task is the folder with the inputs, which is another one there.

    Raises ``KzpubError`` if no scheduler can be reached, or one with other versions; so does a task that got no answer.
    When it is shut down, tasks without an answer are cancelled.
    """

    def __init__(self, address: str, taken: Snapshot) -> None:
        self._taken, self._tools = taken, outpost.tools()
        self._digest, self._blobs = taken.digest(), {taken.digests[name]: data for name, data in taken.files.items()}
        for name in ("distributed", "distributed.client"):  # what they have to say is said by a problem
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        try:
            self._soon(self._connect(address)).result()
        except BaseException:
            self.shutdown()
            raise

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Run a function there."""
        assert not kwargs, "tasks have no arguments with names"
        return self._soon(self._performed(pickle.dumps((fn, args[1:]))))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = True) -> None:  # noqa: ARG002
        """Let the cluster go."""
        if self._loop.is_running():
            with suppress(TimeoutError):
                self._soon(self._disconnect()).result(REACHED)
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(REACHED)

    def _soon(self, doing: Coroutine[Any, Any, T]) -> Future[T]:
        return asyncio.run_coroutine_threadsafe(doing, self._loop)

    # -- The line to the scheduler --

    async def _connect(self, address: str) -> None:
        self._heard, self._turns = time.monotonic(), asyncio.Semaphore(_GIVEN)
        self._supplying: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        client: Any = Client
        try:
            with warnings.catch_warnings(action="ignore"):  # of other versions, which are an error here
                self._client = client(address, asynchronous=True, set_as_default=False, timeout=REACHED, name="kzpub")
                async with asyncio.timeout(REACHED):
                    versions = await (await self._client).get_versions()
        except (OSError, ValueError) as error:
            hint = "look whether the scheduler runs there, and whether this machine may reach it"
            raise fail("cluster-unreachable", f"no scheduler answers at {address}", None, hint) from error
        raise_if_other(versions)
        self._watching = asyncio.ensure_future(self._watch())

    async def _disconnect(self) -> None:
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        with suppress(Exception):  # a line that is broken already
            await self._client.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _watch(self) -> None:
        """Raises ``KzpubError`` when no answer will ever come."""
        seen = time.monotonic()
        while True:
            try:
                workers = await asyncio.wait_for(self._client.nthreads(), REACHED)
            except (OSError, TimeoutError, FutureCancelledError):
                raise _lost() from None
            now = time.monotonic()
            seen = now if workers else seen
            if now - seen > WITHOUT_WORKERS:
                hint = "start workers; “allowed-failures” in docs/scaling.md says how often one may die"
                raise fail("cluster-empty", f"no worker for {WITHOUT_WORKERS} s", None, hint)
            if now - self._heard > SILENT:
                raise fail("cluster-silent", f"no answer for {SILENT} s", None, "look what the workers do")
            await asyncio.sleep(1)

    # -- Tasks --

    async def _performed(self, call: bytes) -> Any:
        """The value of a task; a worker that has no inputs for it gets them first."""
        async with self._turns:
            where: dict[str, Any] = {}
            for _ in range(_TIMES):
                worker, answer = await self._answer(_perform, self._digest, self._tools, call, **where)
                self._heard = time.monotonic()
                if answer:
                    return outpost.value_of(answer)
                await self._supply(worker)
                where = _preferring(worker)
        raise fail("cluster-inputs", f"{worker} does not keep the inputs", None, "look at the disk of that machine")

    async def _supply(self, worker: str) -> None:
        """Have a worker make room for this build, and send it the inputs that it lacks."""
        async with self._supplying[worker]:
            sent: list[bytes] = []
            for _ in range(2):
                given = self._digest, dict(self._taken.digests), sent
                lacking = await self._answer(_settle, *given, **_preferring(worker), priority=10)
                if not lacking:
                    return
                sent = [self._blobs[digest] for digest in sorted(lacking)]

    async def _answer(self, function: Callable[..., Any], *arguments: Any, **how: Any) -> Any:
        """What a function gives on a worker. Raises ``KzpubError`` if there will be nothing."""
        answer = asyncio.ensure_future(_result(self._client.submit(function, *arguments, pure=False, **how)))
        try:
            await asyncio.wait({answer, self._watching}, return_when=asyncio.FIRST_COMPLETED)
            return (answer if answer.done() else self._watching).result()
        finally:
            answer.cancel()


def raise_if_other(versions: Any) -> None:
    """Raise ``KzpubError`` if the scheduler or a worker has another Dask, or another Python."""
    here = versions["client"]["packages"]
    for where, there in {"the scheduler": versions["scheduler"], **versions["workers"]}.items():
        compared = (
            {name: each[name] for name in ("python", "dask", "distributed")} for each in (here, there["packages"])
        )
        if differences := outpost.differing(*compared):
            hint = "install the same on all machines: requirements/run.txt, and kzpub[dask]"
            raise fail("cluster-version", f"{where} has {differences}", None, hint)


async def _result(future: Any) -> Any:
    """The result of a task of Dask. Raises ``KzpubError`` for whatever became of it."""
    try:
        return await future
    except KzpubError:
        raise
    except FutureCancelledError:
        raise _lost() from None
    except KilledWorker as error:
        cause, hint = f"{error.allowed_failures + 1} workers died over one task", "memory may have run out there"
        raise fail("cluster-died", cause, None, hint) from None
    except Exception as error:
        cause = f"a worker failed: {type(error).__name__}: {error}".replace("\n", " ")
        raise KzpubError(Problem("cluster-failed", cause, None, "look at the log of the worker")) from None


def _lost() -> KzpubError:
    return fail("cluster-lost", "the scheduler is gone", None, "start it, and build again: what was made is kept")


def _preferring(worker: str) -> dict[str, Any]:
    """On this worker; on another if it has died."""
    return {"workers": [worker], "allow_other_workers": True}


# -- On a worker -----------------------------------------------------------------------------------------------------


def _perform(digest: str, tools: dict[str, str], call: bytes) -> tuple[str, outpost.Answer | None]:
    """The worker’s address, and what ``outpost.perform`` says."""
    address: str = get_worker().address
    return address, outpost.perform(digest, tools, address, call)


def _settle(digest: str, digests: dict[str, str], sent: list[bytes]) -> frozenset[str]:
    return outpost.settle(Path(get_worker().local_directory), digest, digests, sent)
