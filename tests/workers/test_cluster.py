"""A build on a real Dask cluster: the same bytes, whatever dies; and each way in which a cluster can fail, by name."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from kzpub.builds import snapshot, tasks
from kzpub.builds.pipeline import Means, build
from kzpub.builds.snapshot import Snapshot
from kzpub.builds.store import Store
from kzpub.errors import KzpubError
from kzpub.projects import Request
from kzpub.workers import cluster, outpost
from kzpub.workers.cluster import Cluster
from tests.conftest import ROOT, Built, copy_project

NOWHERE = "tcp://127.0.0.1:9"
SMALL = snapshot.of({"content/a.md": b"one", "content/b.md": b"two", "content/c.md": b"one"})
ONE, TWO = (hashlib.sha256(data).hexdigest() for data in (b"one", b"two"))


def wait_for(happened: Callable[[], Any]) -> Any:
    """What comes in time."""
    until = time.monotonic() + 60
    while not (found := happened()):
        assert time.monotonic() < until, "it did not come"
        time.sleep(0.05)
    return found


def session_of(process: int) -> int:
    try:
        return os.getsid(process)
    except ProcessLookupError:
        return 0


class Machine:
    """A process of a cluster in a session of its own, with a folder that no other one knows."""

    def __init__(
        self, folder: Path, *command: str, source: Path = ROOT / "src", variables: dict[str, str] | None = None
    ) -> None:
        folder.mkdir()
        known = {**os.environ, "PYTHONPATH": str(source), "KZPUB_STORE": str(folder / "store")}
        line = [sys.executable, "-m", f"distributed.cli.{command[0]}", *command[1:], "--no-dashboard"]
        with open(folder / "log", "wb") as log:
            self.process = subprocess.Popen(
                line, cwd=folder, env=known | (variables or {}), stdout=log, stderr=log, start_new_session=True
            )
        self.folder = folder

    def processes(self) -> list[int]:
        """This one, and all that it has started."""
        return [
            int(each.name) for each in Path("/proc").glob("[0-9]*") if session_of(int(each.name)) == self.process.pid
        ]

    def is_gone(self) -> bool:
        return self.processes() == []

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


class Network:
    """A scheduler and its workers."""

    def __init__(self, folder: Path, **variables: str) -> None:
        folder.mkdir()
        self.folder, file = folder, folder / "scheduler.json"
        command = ("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))
        self.scheduler = Machine(folder / "scheduler", *command, variables=variables)
        self.machines = [self.scheduler]
        self.address: str = json.loads(wait_for(lambda: file.exists() and file.read_text()))["address"]

    def worker(self, *options: str, source: Path = ROOT / "src") -> Machine:
        name = f"worker{len(self.machines)}"
        command = ("dask_worker", self.address, "--nthreads", "1", "--name", name, "--local-directory", ".")
        self.machines.append(Machine(self.folder / name, *command, *options, source=source))
        return self.machines[-1]

    @contextmanager
    def only(self, *options: str, source: Path = ROOT / "src") -> Iterator[Machine]:
        """A worker that is the only one for a while."""
        machine = self.worker(*options, source=source)
        try:
            yield machine
        finally:
            machine.process.terminate()
            machine.process.wait(60)

    def end(self) -> None:
        for machine in reversed(self.machines):
            machine.process.terminate()
            machine.process.wait(60)
        for machine in self.machines:
            wait_for(machine.is_gone)


async def at_work(team: Cluster) -> bool:
    """Whether the scheduler has given a task to a worker."""
    return any((await team._client.processing()).values())


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    there = Network(tmp_path_factory.mktemp("cluster") / "network")
    yield there
    there.end()  # and no process is left


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return snapshot.take(copy_project(tmp_path_factory.mktemp("inputs") / "project"), ["sampler"])


def test_the_files_are_those_of_a_local_build_though_a_worker_is_killed_half_way(
    network: Network, project: Path, sampler: Built
) -> None:
    killed = network.worker("--no-nanny")
    with network.only("--nanny") as survivor:
        names: list[str] = []

        def kill_one(done: int, total: int, name: str) -> None:
            names.append(name)
            if len(names) == 1:
                killed.kill()

        wait_for(lambda: (killed.folder / "log").read_text().count("Registered to"))
        outcome = build(project, project / "out", Request(), kill_one, Means(cluster=network.address))
        assert (outcome.fresh, killed.process.returncode) == (9, -signal.SIGKILL)
        for entry in outcome.entries:
            assert (project / "out" / entry.path).read_bytes() == (sampler.out / entry.path).read_bytes(), entry.path
        assert wait_for(killed.is_gone), "its confined process ends with it"
        assert len(survivor.processes()) > 2


def test_a_worker_gets_what_it_lacks_and_its_tasks_are_confined(network: Network, taken: Snapshot) -> None:
    with network.only("--no-nanny") as machine:
        with Cluster(network.address, taken) as team:
            assert sorted(team.submit(os.listdir, "").result()) == ["content", "locales", "templates"]
            with pytest.raises(KzpubError, match="sandbox-refused"):
                team.submit(os.rename, "", "elsewhere").result()
        kept = Store(machine.folder / "store")
        assert {kept.get(digest) for digest in taken.digests.values()} == set(taken.files.values())
        for path in (machine.folder / "store").glob("??/*"):
            path.write_bytes(path.read_bytes()[:-1] + b"?")
        changed = snapshot.of({**taken.files, "new.md": b"New"})
        with Cluster(network.address, changed) as team:
            assert "new.md" in team.submit(os.listdir, "").result()
        assert {kept.get(digest) for digest in changed.digests.values()} == set(changed.files.values())


def test_a_worker_that_cannot_keep_inputs_is_named(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    with network.only("--no-nanny") as machine:
        with Cluster(network.address, SMALL) as team, monkeypatch.context() as patience:
            patience.setattr(cluster, "_TIMES", 1)
            with pytest.raises(KzpubError, match=r"tcp://\S+ does not keep the inputs \[cluster-inputs\]"):
                team.submit(os.listdir, "").result()
        for folder in machine.folder.glob("dask-scratch-space/worker-*"):
            shutil.rmtree(folder, ignore_errors=True)  # some are locks
        failed = pytest.raises(KzpubError, match=r"a worker failed: FileNotFoundError: .* \[cluster-failed\]")
        with Cluster(network.address, snapshot.of({"a.md": b"a"})) as team, failed:
            team.submit(os.listdir, "").result()


def test_a_worker_with_other_code_is_refused_by_name(network: Network, taken: Snapshot, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "src", tmp_path / "src")
    with open(tmp_path / "src/kzpub/tasks.py", "a") as file:
        file.write("# Another version.\n")
    with network.only("--no-nanny", source=tmp_path / "src"), Cluster(network.address, taken) as team:
        wanted = r"tcp://\S+ has other tools: kzpub \w{16} instead of \w{16} \[cluster-tools\]"
        with pytest.raises(KzpubError, match=wanted):
            team.submit(tasks.edit, "", "sampler", "en", {}).result()


@pytest.mark.parametrize(("limit", "code"), [("WITHOUT_WORKERS", "cluster-empty"), ("SILENT", "cluster-silent")])
def test_nobody_waits_for_ever(network: Network, monkeypatch: pytest.MonkeyPatch, limit: str, code: str) -> None:
    monkeypatch.setattr(cluster, limit, 0.5)
    with Cluster(network.address, SMALL) as team, pytest.raises(KzpubError, match=code):
        team.submit(os.listdir, "").result(30)


def test_a_task_that_kills_workers_and_a_scheduler_that_is_gone_are_named(tmp_path: Path, taken: Snapshot) -> None:
    there = Network(tmp_path / "network", DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="0")
    machine = there.worker("--no-nanny")
    with Cluster(there.address, taken) as team:
        team.submit(os.listdir, "").result(60)  # now it has the inputs
        future = team.submit(tasks.edit, "", "sampler", "en", {})
        wait_for(lambda: team._soon(at_work(team)).result(60))
        machine.kill()
        with pytest.raises(KzpubError, match=r"1 workers died .* \[cluster-died\]"):
            future.result(60)
        waiting = team.submit(tasks.edit, "", "sampler", "kk", {})
        there.scheduler.kill()
        with pytest.raises(KzpubError, match="cluster-lost"):
            waiting.result(60)
    there.end()


def test_a_wrong_address_ends_with_a_line(project: Path) -> None:
    command = [sys.executable, "-m", "kzpub", "--cluster", NOWHERE, "--store", str(project / "store")]
    variables = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(command, cwd=project, env=variables, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"error: no scheduler answers at {NOWHERE} [cluster-unreachable] hint: ")
    assert done.stderr.count("\n") == 1
    assert not (project / "dist").exists()


# -- Without a cluster -----------------------------------------------------------------------------------------------


def test_nothing_of_dask_is_imported_unless_it_is_asked_for() -> None:
    line = "import sys, kzpub.builds.making, kzpub.workers.pool; print(*{'dask', 'distributed'} & {*sys.modules})"
    variables = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-c", line], env=variables, capture_output=True, text=True, check=True)
    assert done.stdout == "\n"


def test_inputs_are_known_by_the_digest_of_their_bytes_and_by_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KZPUB_STORE", str(tmp_path / "store"))
    store = Store(tmp_path / "store")

    def lacking(sent: list[bytes]) -> frozenset[str]:
        return outpost.settle(tmp_path, SMALL.digest(), SMALL.digests, sent)

    assert lacking([]) == {ONE, TWO}
    assert lacking([b"one"]) == {TWO}
    assert lacking([b"strange"]) == {TWO}, "what was sent is kept"
    store.put(ONE, b"another text, whole in itself")
    assert lacking([]) == {ONE, TWO}
    with pytest.raises(KzpubError, match="cluster-inputs"):
        outpost.settle(tmp_path, SMALL.digest(), {**SMALL.digests, "content/d.md": TWO}, [b"one", b"two"])


def test_an_answer_whose_bytes_have_changed_is_not_read() -> None:
    with pytest.raises(KzpubError, match="cluster-answer"):
        outpost.value_of((ONE, b"two"))


def test_another_dask_or_python_is_named() -> None:
    def versions(dask: str) -> dict[str, Any]:
        return {"packages": {"python": "3.11.7", "dask": dask, "distributed": dask, "msgpack": "1"}}

    cluster.raise_if_other(
        {"client": versions("2"), "scheduler": versions("2"), "workers": {"tcp://a:1": versions("2")}}
    )
    with pytest.raises(KzpubError, match=r"tcp://a:1 has dask 1 instead of 2, distributed 1 .* \[cluster-version\]"):
        cluster.raise_if_other(
            {"client": versions("2"), "scheduler": versions("2"), "workers": {"tcp://a:1": versions("1")}}
        )
