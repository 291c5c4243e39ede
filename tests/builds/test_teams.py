"""Workers of a build: what each may see of the others."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kzpub.builds.teams import Beside, workers
from kzpub.errors import KzpubError


def test_no_worker_sees_what_another_one_writes(tmp_path: Path) -> None:
    inputs = tmp_path / "inputs"
    inputs.mkdir()
    with workers(2)(inputs, ()) as team:
        assert isinstance(team, Beside)
        one, other = team.open(1), team.open(1)
        one.begin()
        other.begin()
        one.submit(Path.write_text, Path("letter"), "private").result()
        letter = Path(one.submit(os.getcwd).result(), "letter")
        assert one.submit(Path.read_text, letter).result() == letter.read_text() == "private"
        with pytest.raises(KzpubError, match="sandbox-refused"):
            other.submit(Path.read_text, letter).result()
