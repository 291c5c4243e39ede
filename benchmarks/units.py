"""What one of each thing costs, and what many publications cost by that: ``python benchmarks/units.py``.

Prints the tables of docs/scaling.md. The units are of the factsheet: processor time of processes that are warm, the
smallest of several runs, mean of its languages; and of a cluster of one scheduler and one worker on this machine.
"""

from __future__ import annotations

import gc
import json
import operator
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import _lru_cache_wrapper, partial
from hashlib import sha256
from pathlib import Path
from statistics import mean
from typing import TypeVar

from kzpub import fonts
from kzpub.builds import snapshot, tasks
from kzpub.builds.snapshot import Snapshot
from kzpub.builds.store import Store
from kzpub.projects import FORMATS
from kzpub.publishing import releases
from kzpub.publishing.manifests import Entry, Release
from kzpub.workers.cluster import Cluster

ROOT = Path(__file__).resolve().parent.parent
PUBLICATION, LANGUAGES = "human-rights-factsheet", ("en", "kk", "ru")
RUNS, MANY = 3, 200
PUBLICATIONS, TONGUES, BATCH, CORES = 10_000, 24, 50, (32, 128, 512)
PROCESSES = ("scheduler", "worker", "parent")
ALONE = f"""
import sys, pathlib, distributed.cli.dask_worker
from kzpub.builds import tasks
folder = pathlib.Path(sys.argv[1])
edition = tasks.edit(folder, sys.argv[2], "ru", {{}}).edition
for format in {FORMATS}:
    tasks.write(folder, edition, frozenset(), format, {{}})
"""
"""What a new process on a worker of Dask does for one language; Python’s “spawn” imports Dask’s command there."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Unit:
    """Seconds of processor time, and bytes, of one thing."""

    seconds: float
    bytes: float = 0


Units = dict[str, Unit]


def used(process: int = 0) -> float:
    """Seconds of processor time of a process; of this one with all that it has waited for."""
    if process:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    kinds = (resource.getrusage(which) for which in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in kinds)


def cost(do: Callable[[], T]) -> tuple[float, T]:
    """The smallest processor time of several runs, each as with a new text, and what the last of them gave."""
    costs = []
    for _ in range(RUNS):
        forget()
        before = used()
        result = do()
        costs.append(used() - before)
    return min(costs), result


def forget() -> None:
    """Empty the caches that hold what belongs to one text: all that are bounded, and that of typefaces for pages."""
    caches = [each for each in gc.get_objects() if isinstance(each, _lru_cache_wrapper)]
    for cache in caches:
        if cache.__module__.startswith("kzpub") and (cache.cache_parameters()["maxsize"] or cache is fonts.woff2):
            cache.cache_clear()


# -- Units -----------------------------------------------------------------------------------------------------------


def making(folder: Path) -> Units:
    """An edition and its files, in a process that has made others before; what one that has not takes beyond that."""
    units: dict[str, list[Unit]] = {}
    for tag in LANGUAGES:
        seconds, editing = cost(partial(tasks.edit, folder, PUBLICATION, tag, {}))
        units.setdefault("one edition", []).append(Unit(seconds, len(editing.edition)))
        for format in FORMATS:
            seconds, writing = cost(partial(tasks.write, folder, editing.edition, frozenset(), format, {}))
            assert not writing.problems, writing.problems
            units.setdefault(f"one {format} file", []).append(Unit(seconds, len(writing.data)))
    averages = {name: average(several) for name, several in units.items()}
    alone, _ = cost(lambda: subprocess.run([sys.executable, "-c", ALONE, folder, PUBLICATION], check=True))
    return averages | {"a worker’s start": Unit(alone - sum(unit.seconds for unit in averages.values()))}


def average(units: Iterable[Unit]) -> Unit:
    several = list(units)
    return Unit(mean(unit.seconds for unit in several), mean(unit.bytes for unit in several))


def keeping(folder: Path, taken: Snapshot, size: int) -> Units:
    """Reading inputs; keeping, finding, publishing files of a size, and leaving published ones as they are."""
    seconds, _ = cost(partial(snapshot.take, ROOT, [PUBLICATION]))
    made = {f"publication{n}/a.html": b"%d" % n + os.urandom(size) for n in range(MANY)}
    entries = [Entry(path=name, sha256=sha256(data).hexdigest(), size=len(data)) for name, data in made.items()]
    store = Store(folder / "store")

    def put() -> None:
        for each in entries:
            store.put(each.sha256, made[each.path])

    kept, _ = cost(put)
    found, _ = cost(lambda: [store.get(each.sha256) for each in entries])
    published, carried = (publish(folder, entries, made, said) for said in ("first", "second"))
    return {
        "reading all inputs": Unit(seconds, sum(map(len, taken.files.values()))),
        "keeping a file": Unit(kept / MANY, size),
        "finding a file": Unit(found / MANY, size),
        "publishing a new file": Unit(published / MANY, size),
        "publishing a file that was there": Unit(carried / MANY),
    }


def publish(folder: Path, entries: list[Entry], made: dict[str, bytes], said: str) -> float:
    """Seconds for a release of these files, carried over if they are there already."""
    before, release = used(), Release(tuple(entries), {"said": said})
    releases.publish(folder / "dist", lambda whole: (release, {} if whole else made), waiting=print)
    return used() - before


def travelling(folder: Path, edition: bytes) -> Units:
    """What the way of one task, with an edition, costs each process of a cluster beside the task itself."""
    file, environment = folder / "scheduler.json", {**os.environ, "KZPUB_STORE": str(folder / "there")}
    options = ["--no-dashboard", "--scheduler-file", str(file)]
    commands = {
        "scheduler": ["dask_scheduler", "--host", "127.0.0.1", "--port", "0"],
        "worker": ["dask_worker", "--no-nanny", "--nthreads", "1", "--local-directory", str(folder)],
    }
    there: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, (program, *rest) in commands.items():
            line = [sys.executable, "-m", f"distributed.cli.{program}", *rest, *options]
            there[name] = subprocess.Popen(line, env=environment, stderr=subprocess.DEVNULL)
            while not file.exists():
                time.sleep(0.1)
        return _travelling(json.loads(file.read_text())["address"], there, edition)
    finally:
        for process in there.values():
            process.terminate()
            process.wait()


def _travelling(address: str, there: dict[str, subprocess.Popen[bytes]], edition: bytes) -> Units:
    def now() -> dict[str, float]:
        return {name: used(process.pid) for name, process in there.items()} | {"parent": used(os.getpid())}

    with Cluster(address, snapshot.of({"a.md": b"a"})) as cluster:
        cluster.submit(operator.is_, "", b"").result()
        before = now()
        for future in [cluster.submit(operator.is_, "", edition) for _ in range(MANY)]:
            future.result()
        after = now()
    return {f"a task’s way: {name}": Unit((after[name] - before[name]) / MANY, len(edition)) for name in before}


# -- Tables ----------------------------------------------------------------------------------------------------------


def show(units: Units) -> None:
    print("| unit | ms of processor time | KB |\n|---|---:|---:|")
    for name, unit in units.items():
        print(f"| {name} | {unit.seconds * 1e3:,.1f} | {f'{unit.bytes / 1e3:,.0f}' if unit.bytes else '–'} |")


def show_all(units: Units, memory: float) -> None:
    """The whole, by the units. The fourth format, which there is not, costs what the dearest one does."""
    written = [unit for name, unit in units.items() if name.endswith("file") and name.startswith("one ")]
    files = Unit(
        sum(unit.seconds for unit in written) + max(unit.seconds for unit in written),
        sum(unit.bytes for unit in written) + max(unit.bytes for unit in written),
    )
    edition, editions = units["one edition"], PUBLICATIONS * TONGUES
    all_bytes = edition.bytes + files.bytes
    way = {each: units[f"a task’s way: {each}"].seconds * 5 * editions / 3600 for each in PROCESSES}
    work = editions * (edition.seconds + files.seconds) / 3600 + way["worker"]
    starts = PUBLICATIONS / BATCH * units["a worker’s start"].seconds / 3600
    parent = 4 * editions * (units["keeping a file"].seconds + units["publishing a new file"].seconds) / 3600
    rows = {
        "files": f"{4 * editions:,}",
        "processor time of the workers": f"{work:,.0f} h, and {starts:.2f} h for each worker’s starts",
        **{f"time on {cores} cores": f"{work / cores + starts:,.1f} h" for cores in CORES},
        "processor time of the parent": f"{parent + way['parent']:,.1f} h",
        "processor time of the scheduler": f"{way['scheduler']:,.1f} h",
        "memory of the process that does a worker’s tasks": f"{memory / 1e6:,.0f} MB",
        f"memory of the parent for {BATCH} publications": f"{BATCH * TONGUES * all_bytes / 1e9:,.1f} GB",
        "store, and release": f"{editions * files.bytes / 1e9:,.0f} GB each",
        "network: through the scheduler": f"{editions * (5 * edition.bytes + files.bytes) / 1e9:,.0f} GB",
        "network: inputs, once to each worker": f"{units['reading all inputs'].bytes / 1e6:,.1f} MB, then what is new",
    }
    print(f"\n| {PUBLICATIONS:,} publications × {TONGUES} languages × 4 formats | |\n|---|---|")
    for name, value in rows.items():
        print(f"| {name} | {value} |")


def main() -> None:
    taken = snapshot.take(ROOT, [PUBLICATION])
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        inputs = taken.written(folder / "inputs")
        units = making(inputs)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        units |= keeping(
            folder, taken, int(mean(unit.bytes for name, unit in units.items() if name.startswith("one ")))
        )
        units |= travelling(folder, tasks.edit(inputs, PUBLICATION, LANGUAGES[0], {}).edition)
    show(units)
    show_all(units, memory)


if __name__ == "__main__":
    main()
