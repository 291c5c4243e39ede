"""Each bad input through the real command: what it answers, and that nothing of what was published is touched."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from kzpub import fonts
from kzpub.cli import main
from tests.conftest import copy_project
from tests.hostile import active, files, outside, sources, texts
from tests.hostile.bank import DONE, Case

CASES = {case.id: case for group in (files, active, texts, sources, outside) for case in group.CASES}
OFTEN = 4
"""How many inputs that are found by one code, in files of one kind, are in the usual run; “make proof” tries all."""


def tried(ids: Iterable[str]) -> list[ParameterSet]:
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for id in ids:
        kind = CASES[id].code, CASES[id].path.partition("/")[0]
        seen[kind] += 1
        found.append(pytest.param(id, marks=[pytest.mark.proof] if seen[kind] > OFTEN else []))
    return found


CLEAN = sorted({CASES[id].arguments for id in CASES if CASES[id].exit == 1 and not CASES[id].twin})
SECONDS, HANG, MEGABYTES = 3, 60, 400
"""Of computing for one bad input, of waiting until it counts as hanging, and of memory for the whole command."""
RECORD = re.compile(r"(?:(?P<place>.+?): )?(?P<word>error|draft|warning): .* \[(?P<code>[a-z0-9-]+)\] hint: .+")


def digest(folder: Path) -> dict[str, str]:
    """What lies in a folder, however it is arranged: bytes of files, targets of links."""
    found = (path for path in folder.rglob("*") if path.name != ".lock" and (path.is_symlink() or path.is_file()))
    return {
        path.relative_to(folder).as_posix(): os.readlink(path)
        if path.is_symlink()
        else hashlib.sha256(path.read_bytes()).hexdigest()
        for path in found
    }


class Bench:
    """A project at one place that is set up anew for each input, so that what is read once stays read."""

    def __init__(self, folder: Path) -> None:
        self.clean, self.root = copy_project(folder / "clean"), folder / "project"
        assert main(["--lang", "en", "--format", "html", "--quiet"], self.clean) == DONE

    def fresh(self) -> Path:
        shutil.rmtree(self.root, ignore_errors=True)
        for name in ("content", "locales", "templates"):
            shutil.copytree(self.clean / name, self.root / name, copy_function=os.link)
        shutil.copytree(self.clean / "dist", self.root / "dist", symlinks=True)
        return self.root


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("hostile"))


@pytest.fixture
def project(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    root = bench.fresh()
    monkeypatch.chdir(root)
    signal.alarm(HANG)
    yield root
    signal.alarm(0)


def exit_code(arguments: tuple[str, ...], root: Path) -> int:
    try:
        return main(list(arguments), root)
    except SystemExit as error:  # argparse's way
        return int(str(error.code))


def require_refused(case: Case, root: Path, said: str) -> None:
    """One record names the input, and all others follow from it; every line can be shown by a terminal."""
    records = [RECORD.fullmatch(line) for line in said.splitlines()]
    assert all(records), said
    found = [(each["code"], each["place"] or "") for each in records if each]
    assert [each for each in found if each[0] == case.code] == [(case.code, case.place(root))], said
    assert {code for code, _ in found} <= {case.code, *case.others}, said
    assert all(line.isprintable() for line in said.replace("\u00a0", " ").splitlines())


def test_the_bank_holds_what_it_should() -> None:
    assert len(CASES) == sum(len(group.CASES) for group in (files, active, texts, sources, outside))
    groups = {
        "bytes and headers": files.CASES,
        "active content": active.CASES,
        "Unicode": texts.UNICODE,
        "placeholders": texts.PLACEHOLDERS,
        "meaning changed": texts.MEANING,
        "author's files": sources.CASES,
        "packages": outside.PACKAGES,
        "templates": outside.TEMPLATES,
        "environment": outside.COMMANDS,
    }
    assert min(map(len, groups.values())) >= 10


@pytest.mark.parametrize("id", tried(CASES))
def test_a_bad_input_is_refused(id: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = CASES[id]
    case.change(project)
    if id.startswith("a typeface"):
        fonts.faces.cache_clear()  # typefaces are read once for a folder
    before, began = digest(project / "dist"), time.process_time()
    assert exit_code(case.arguments, project) == case.exit
    assert time.process_time() - began < SECONDS
    assert digest(project / "dist") == before
    output = capsys.readouterr()
    assert output.out == ""
    require_refused(case, project, output.err)
    if id.startswith("a typeface"):
        fonts.faces.cache_clear()


@pytest.mark.parametrize("id", tried(id for id, case in CASES.items() if case.twin))
def test_without_what_is_bad_it_builds(id: str, project: Path, built: set[str]) -> None:
    case = CASES[id]
    assert case.twin is not None
    case.twin(project)
    key = repr(
        (case.arguments, digest(project / "content"), digest(project / "locales"), digest(project / "templates"))
    )
    if key not in built:
        assert exit_code(case.arguments, project) == DONE
    built.add(key)


@pytest.fixture(scope="module")
def built() -> set[str]:
    """What was built already: many twins are the same."""
    return set()


@pytest.mark.parametrize("arguments", CLEAN, ids=" ".join)
def test_the_project_itself_builds(arguments: tuple[str, ...], project: Path) -> None:
    assert exit_code(tuple(each for each in arguments if each != "--release"), project) == DONE


HEAVY = (
    "a chapter that is a link to a device",
    "Markdown: stress in stress",
    "a picture: as many pixels as can be said",
    "a Word file: a part that bursts",
    "a template: a count without an end",
)


@pytest.mark.parametrize("id", HEAVY)
def test_a_heavy_input_costs_little_memory_in_a_process_of_its_own(id: str, project: Path) -> None:
    case = CASES[id]
    case.change(project)
    command = [sys.executable, "-m", "kzpub", *case.arguments]
    with subprocess.Popen(command, cwd=project, stderr=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stderr is not None
        said = process.stderr.read().decode()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == case.exit
    require_refused(case, project, said)
    assert used.ru_maxrss / 1024 < MEGABYTES
    assert used.ru_utime + used.ru_stime < SECONDS + 2


@pytest.mark.proof
@pytest.mark.parametrize("id", [id for id in CASES if id not in HEAVY])
def test_every_input_costs_little_memory_in_a_process_of_its_own(id: str, project: Path) -> None:
    test_a_heavy_input_costs_little_memory_in_a_process_of_its_own(id, project)


def test_the_codes_are_many() -> None:
    assert len(Counter(case.code for case in CASES.values())) > 50
