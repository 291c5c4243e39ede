"""What a machine of a cluster does for a build elsewhere: it keeps its inputs, by digest, and has a confined process.

Blobs are in the store of that machine, under their digests, so that the next build sends what is new. No input is used
before its bytes have the digest that was asked for.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import pickle
import shutil
import tempfile
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any

from kzpub.builds import snapshot, toolchain
from kzpub.builds.store import Store, default_folder
from kzpub.errors import KzpubError, fail

Call = tuple[Callable[..., Any], tuple[Any, ...]]
"""A function, and what follows the folder with the inputs, which is its first argument."""
Answer = tuple[str, bytes]
"""A digest, and the bytes that have it: a pickled value, or a tuple of problems."""

_AT_ONCE = 2
"""Builds that are served side by side; beyond, the one that came first is asked for its inputs again."""


def tools() -> dict[str, str]:
    """Whatever findings and files owe to a machine: what keys hold, and that msgfmt is there."""
    return toolchain.versions() | {"msgfmt": "there" if toolchain.has("msgfmt") else "missing"}


# -- Inputs ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Station:
    """The inputs of one build as files, and the process that reads them."""

    folder: Path
    process: Any

    def close(self) -> None:
        self.process.shutdown()
        shutil.rmtree(self.folder)


_stations: dict[str, _Station] = {}
_lock = Lock()


def settle(place: Path, wanted: str, digests: Mapping[str, str], sent: Collection[bytes]) -> frozenset[str]:
    """Make room below ``place`` for the build whose snapshot has the digest ``wanted``; if that is done: nothing.

    Otherwise the digests of the inputs that have to be sent along, being neither in ``sent`` nor in the store.
    """
    with _lock:
        if wanted in _stations:
            return frozenset()
        blobs = _blobs(frozenset(digests.values()), sent)
        if lacking := frozenset(digests.values()) - blobs.keys():
            return lacking
        taken = snapshot.of({name: blobs[digest] for name, digest in digests.items()})
        if taken.digest() != wanted:
            raise fail("cluster-inputs", "inputs came under another name", None, _FAULT)
        while len(_stations) >= _AT_ONCE:
            _stations.pop(next(iter(_stations))).close()
        _stations[wanted] = _opened(Path(tempfile.mkdtemp(prefix="kzpub-", dir=place)), taken)
    return frozenset()


def _blobs(wanted: Collection[str], sent: Collection[bytes]) -> dict[str, bytes]:
    """What is wanted, as far as it is here, by the digests that its bytes have."""
    store = Store(default_folder())
    kept = (data for digest in wanted if (data := store.get(digest)) is not None)
    blobs = {hashlib.sha256(data).hexdigest(): data for data in (*kept, *sent)}
    for data in sent:
        store.put(hashlib.sha256(data).hexdigest(), data)
    store.trim()
    return blobs


def _opened(folder: Path, taken: snapshot.Snapshot) -> _Station:
    from kzpub.builds.tasks import Editing, Writing
    from kzpub.workers.pool import Workers
    from kzpub.workers.sandbox import confine

    multiprocessing.current_process().daemon = False  # as Dask makes its workers, which could then start no process
    scratch = folder / "scratch"
    scratch.mkdir()
    prepare = partial(confine, [taken.written(folder / "inputs")], [scratch])
    worker = Workers(1, prepare, (Editing, Writing))
    return _Station(folder, worker)


# -- Tasks -----------------------------------------------------------------------------------------------------------

_FAULT = "this is a fault of kzpub: please report it"
_SAME = "install the same on all machines of the cluster as here: requirements/run.txt, and kzpub[dask]"


def perform(wanted: str, expected: Mapping[str, str], where: str, call: bytes) -> Answer | None:
    """The answer to a pickled ``Call``, in the confined process of a build; nothing if there is none for it here."""
    with _lock:
        if (station := _stations.get(wanted)) is None:
            return None
        inputs = station.folder / "inputs"
        future: Future[Any] = station.process.submit(_confined, expected, where, inputs, call)
    try:
        value = future.result()
    except KzpubError as error:
        value = error.problems
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return hashlib.sha256(data).hexdigest(), data


def _confined(expected: Mapping[str, str], where: str, inputs: Path, call: bytes) -> Any:
    """Do a call in this process, if its tools are those that the keys of the build name."""
    if differences := differing(expected, tools()):
        raise fail("cluster-tools", f"{where} has other tools: {differences}", None, _SAME)
    function, arguments = pickle.loads(call)  # noqa: S301  it comes from a build, as all that a worker does
    return function(inputs, *arguments)


def differing(here: Mapping[str, str], there: Mapping[str, str]) -> str:
    """In words, which tools are not the same here and there; empty if all are."""
    names = sorted(name for name in here.keys() | there.keys() if here.get(name) != there.get(name))
    return ", ".join(f"{name} {there.get(name, 'none')} instead of {here.get(name, 'none')}" for name in names)


def value_of(answer: Answer) -> Any:
    """What an answer says. Raises ``KzpubError`` with its problems, or if its bytes do not have its digest."""
    digest, data = answer
    if hashlib.sha256(data).hexdigest() != digest:
        raise fail("cluster-answer", "an answer was changed on its way", None, "look for a fault of the network")
    value = pickle.loads(data)  # noqa: S301  Dask reads all that workers send in this way: see docs/scaling.md
    if isinstance(value, tuple):
        raise KzpubError(*value)
    return value
