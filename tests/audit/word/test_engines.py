"""Validators that others make, on finished Word files: ours pass, and each sees what it is asked for."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from kzpub.audit.checking import Engine, Finished
from kzpub.audit.word import roundtrip
from kzpub.audit.word.engines import ENGINES
from tests.audit.word.wordfiles import damaged, finished, of
from tests.conftest import LANGUAGES, Built, tool

BY_CODE: dict[str, Engine] = {engine.code: engine for engine in ENGINES}
READERS = ("docx-openxml", "docx-integrity")
DOCUMENT = "word/document.xml"


@pytest.mark.parametrize("code", READERS)
def test_our_files_pass_the_readers_of_the_standard(built: Built, code: str) -> None:
    for language in LANGUAGES:
        assert [str(problem) for problem in BY_CODE[code].run(of(built, language))] == []


@pytest.mark.parametrize(
    ("code", "part", "old", "new"),
    [
        pytest.param(
            "docx-openxml", DOCUMENT, "<w:tblHeader/>", "<w:tblHead/>", id="an element that Word does not know"
        ),
        pytest.param("docx-openxml", DOCUMENT, "(<w:cantSplit/>)", r"<w:pPr/>\1", id="an element out of its place"),
        pytest.param(
            "docx-integrity", DOCUMENT, 'footnoteReference w:id="1"', 'footnoteReference w:id="77"', id="no note"
        ),
        pytest.param(
            "docx-integrity", DOCUMENT, "(<w:tcW [^>]*>)", r'\1<w:gridSpan w:val="2"/>', id="a row that is too long"
        ),
    ],
)
def test_a_reader_sees_what_is_against_the_standard(sampler: Built, code: str, part: str, old: str, new: str) -> None:
    (first, *_) = BY_CODE[code].run(damaged(of(sampler, "kk"), part, old, new))
    assert (first.code, str(first.place)) == (code, "sampler-kk.docx")


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_an_engine_tells_its_version_or_how_to_install_it(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    assert engine.remedy
    assert engine.formats == ("docx",)
    if engine.code in READERS:
        assert engine.version()
    else:
        roundtrip.version.cache_clear()
        monkeypatch.setenv("PATH", "")
        assert engine.version() is None
        roundtrip.version.cache_clear()


# -- LibreOffice: one start for all -----------------------------------------------------------------------------------

RECKONED = r'</w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>99</w:t></w:r></w:fldSimple><w:r><w:t>'
"""A field whose number stands in the file, and which LibreOffice reckons anew."""


@pytest.fixture(scope="session")
def folder(sampler: Built, factsheet: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Finished files of both publications, and one that two programs read differently."""
    tool("soffice")
    place = tmp_path_factory.mktemp("round-trip")
    for built in (sampler, factsheet):
        for language in LANGUAGES:
            shutil.copy(built.path(language, "docx"), place)
    spoilt = damaged(of(sampler, "kk"), DOCUMENT, "(Соңғы )(абзац)", rf"\1{RECKONED}\2")
    (place / "spoilt-kk.docx").write_bytes(spoilt.data)
    return place


def test_libreoffice_keeps_all_that_gives_a_text_its_order_and_sense(folder: Path) -> None:
    files = [finished(path) for path in sorted(folder.glob("*.docx")) if path.stem != "spoilt-kk"]
    assert len(files) == 6
    assert [str(problem) for file in files for problem in BY_CODE["docx-libreoffice"].run(file)] == []


def test_what_libreoffice_reads_otherwise_is_named(folder: Path) -> None:
    (first, *_) = BY_CODE["docx-libreoffice"].run(finished(folder / "spoilt-kk.docx"))
    assert (first.code, str(first.place)) == ("docx-libreoffice", "spoilt-kk.docx")
    assert "[kk] text: “Соңғы 99абзац.” becomes " in first.cause


@pytest.mark.parametrize("code", BY_CODE)
def test_what_is_no_word_file_ends_in_no_traceback(code: str, tmp_path: Path, sampler: Built) -> None:
    path = tmp_path / "sampler-kk.docx"
    path.write_bytes(b"PK")
    broken: Finished = replace(of(sampler, "kk"), path=path, data=b"PK")
    assert {problem.severity for problem in BY_CODE[code].run(broken)} == {"error"}
