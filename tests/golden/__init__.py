"""Golden cases in texts that people can read and correct: a title, what goes in and what comes out, dots between."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

_CASE = re.compile(r"^(?P<title>\S.*)\n\.\n(?P<given>(?:.*\n)*?)\.\n(?P<expected>(?:.*\n)*?)\.\n", re.MULTILINE)
_FOLDER = Path(__file__).parent


def text(name: str) -> str:
    """A golden file."""
    return (_FOLDER / name).read_text("utf-8")


def cases(name: str, *fixed: Any) -> list[Any]:
    """The cases of a file as parameters ``given`` and ``expected``, after those that are fixed."""
    found = list(_CASE.finditer(text(name)))
    assert len(found) == text(name).count("\n.\n") / 3, f"{name} has a malformed case"
    return [
        pytest.param(*fixed, case["given"].rstrip("\n"), case["expected"].rstrip("\n"), id=case["title"])
        for case in found
    ]
