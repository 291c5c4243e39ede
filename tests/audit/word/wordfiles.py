"""Finished Word files for tests, whole and damaged."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from kzpub.audit.checking import Check, Finished
from kzpub.audit.word.checks import CHECKS
from kzpub.writers.ooxml import normalised
from tests.conftest import Built

BY_CODE: dict[str, Check] = {check.code: check for check in CHECKS}


def finished(path: Path) -> Finished:
    """A Word file by its name."""
    publication, _, language = path.stem.removesuffix("-draft").rpartition("-")
    return Finished(path, publication, language, "docx", path.read_bytes(), path.stem.endswith("-draft"))


def of(built: Built, language: str) -> Finished:
    return finished(built.path(language, "docx"))


def parts(file: Finished) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(file.data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def of_parts(file: Finished, contents: Mapping[str, bytes]) -> Finished:
    """The same file with other parts, in the order that it should have."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, data in contents.items():
            package.writestr(name, data)
    return replace(file, data=normalised(buffer.getvalue()))


def damaged(file: Finished, part: str, old: str, new: str) -> Finished:
    """The same file with the first match of a pattern in a part replaced; the match must be there."""
    contents = parts(file)
    text, times = re.subn(old, new, contents[part].decode(), count=1, flags=re.DOTALL)
    assert times == 1, f"{old} is not in {part}"
    return of_parts(file, {**contents, part: text.encode()})


def added(file: Finished, part: str, data: bytes) -> Finished:
    return of_parts(file, {**parts(file), part: data})


def red(file: Finished) -> set[str]:
    """The codes of all checks that find something."""
    return {problem.code for check in CHECKS for problem in check.run(file)}
