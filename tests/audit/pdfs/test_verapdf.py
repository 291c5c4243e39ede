"""veraPDF is installed or not, and answers or not; silence is never a file that passes."""

from __future__ import annotations

from pathlib import Path

import pytest

from kzpub.audit.checking import Finished
from kzpub.audit.pdfs import verapdf
from kzpub.audit.pdfs.engines import ENGINES
from tests.conftest import tool

VERAPDF = [engine for engine in ENGINES if engine.name == "veraPDF"]


def file(data: bytes) -> Finished:
    return Finished(Path("a-kk.pdf"), "a", "kk", "pdf", data)


def test_its_version_is_that_of_the_jar() -> None:
    tool("java")
    assert verapdf.version() == "1.31.207"


@pytest.mark.parametrize("java", [None, "exit 0", "echo java.base@17; echo jdk.compiler@10", "echo java.base@25"])
def test_without_a_java_that_can_run_it_it_is_not_there(
    java: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if java:
        put(tmp_path / "java", java)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert verapdf.version.__wrapped__() is None


def put(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


@pytest.mark.parametrize(
    ("java", "said"),
    [
        pytest.param(None, "No such file or directory", id="no Java"),
        pytest.param("exit 0", "it said nothing", id="no word"),
        pytest.param("echo Exception: no memory >&2; exit 1", "Exception: no memory", id="an end in the middle"),
        pytest.param(
            r"printf '0\tPDFA-2A\tpassed\t0\n0\tPDFUA-1\tpassed\t0\n'", "it said nothing", id="no check at all"
        ),
        pytest.param(
            r"printf '0\tPDFA-2A\tfailed\t6.1\t1\t2\ta rule\n0\tPDFUA-1\tfailed\t7.1\t1\t2\ta rule\n'",
            "it said nothing",
            id="the last line is lost",
        ),
        pytest.param(
            r"printf '0\tPDFA-2A\tbroken\tno trailer\n0\tPDFUA-1\tbroken\tno trailer\n'", "no trailer", id="broken"
        ),
    ],
)
def test_silence_is_a_finding(java: str | None, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if java:
        put(tmp_path / "java", java)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(verapdf, "_answers", {})
    for engine in VERAPDF:
        *_, last = engine.run(file(b"%PDF-1.7"))
        assert last.code == "engine-failed"
        assert last.cause.startswith("veraPDF has not judged it by PDF/")
        assert said in last.cause


def test_what_it_says_of_a_file_goes_to_that_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = r"1\tPDFA-2A\tfailed\t6.1\t1\t2\ta rule\n1\tPDFA-2A\tpassed\t5\n0\tPDFA-2A\tpassed\t7\n"
    put(tmp_path / "java", f"printf '{lines}'")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(verapdf, "_answers", {})
    first, second, again = verapdf.ask([file(b"a"), file(b"b"), file(b"a")])
    assert (first["PDFA-2A"].passed, first["PDFA-2A"].failed, first["PDFA-2A"].broken) == (7, (), "")
    assert (second["PDFA-2A"].passed, second["PDFA-2A"].failed) == (5, ("6.1, test 1, 2 times: a rule",))
    assert again == first
    assert first["PDFUA-1"].broken == "it said nothing"
