"""Validators of Word files that others make: two readers of the standard, and a whole word processor."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any

from kzpub.audit.checking import Engine, Finished, installed
from kzpub.audit.word import roundtrip
from kzpub.errors import KzpubError, Place, Problem

_AGAIN = "report this: the file is not what Word reads"
_OTHERWISE = "report this: a word processor reads it otherwise than it is meant"


def _problems(
    code: str, hint: str, look: Callable[[Finished], Iterable[str]]
) -> Callable[[Finished], Iterator[Problem]]:
    def run(finished: Finished) -> Iterator[Problem]:
        place = Place(finished.path.name)
        try:
            yield from (Problem(code, f"[{finished.language}] {cause}", place, hint) for cause in look(finished))
        except KzpubError as error:
            yield from error.problems

    return run


@contextmanager
def _as_file(finished: Finished) -> Iterator[Path]:
    """The bytes as a file: what is judged is what was given, whatever lies at its path by now."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / finished.path.name
        path.write_bytes(finished.data)
        yield path


# -- Readers of the standard ------------------------------------------------------------------------------------------


@cache
def _schemas() -> Any:
    from openxml_audit import FileFormat, OpenXmlValidator  # not before it is asked: half a second

    return OpenXmlValidator(FileFormat.OFFICE_2016, max_errors=50, strict=True)


def _open_xml(finished: Finished) -> Iterator[str]:
    with _as_file(finished) as path:
        found = _schemas().validate(path).errors
    yield from (
        f"{each.description} ({each.part_uri or 'the package'} {each.path})".rstrip(" )") + ")" for each in found
    )


def _integrity(finished: Finished) -> Iterator[str]:
    import ooxml_integrity

    with _as_file(finished) as path:
        found = ooxml_integrity.check(path)
    yield from (f"{each.message} ({each.code})" for each in found)


ENGINES: tuple[Engine, ...] = (
    Engine(
        "docx-openxml",
        "openxml-audit",
        "Every part keeps to the schemas and the semantic rules of Office Open XML, as Word 2016 reads it.",
        "ECMA-376 and ISO/IEC 29500, by the rules of the Open XML SDK",
        ("docx",),
        partial(installed, "openxml-audit"),
        "pip install openxml-audit==0.8.0",
        _problems("docx-openxml", _AGAIN, _open_xml),
    ),
    Engine(
        "docx-integrity",
        "ooxml-integrity",
        "Nothing refers to what is not there: notes, bookmarks, relations, types of parts.",
        "its own rules, by what makes Word offer a repair",
        ("docx",),
        partial(installed, "ooxml-integrity"),
        "pip install ooxml-integrity==0.8.4",
        _problems("docx-integrity", _AGAIN, _integrity),
    ),
    Engine(
        "docx-libreoffice",
        "LibreOffice",
        "Opened and saved there, it has the same headings, lists, tables, notes, links, languages and pictures.",
        "our own rule: what another program reads is what was written",
        ("docx",),
        roundtrip.version,
        "apt install libreoffice-writer-nogui",
        _problems("docx-libreoffice", _OTHERWISE, roundtrip.lost),
    ),
)
