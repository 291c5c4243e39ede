"""The pictures of the documentation show what is made today."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser
from tools.pictures import FOLDER, alike, pictures

from tests.conftest import ROOT, Built, tool

PAGES = ("README.md", "docs/design.md", "docs/designers.md")


@pytest.fixture(scope="module")
def drawn(factsheet: Built, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Image.Image]:
    tool("soffice")
    return pictures(factsheet.path("en", "pdf").parent, browser, tmp_path_factory.mktemp("pictures"))


def test_no_picture_is_stale(drawn: dict[str, Image.Image]) -> None:
    stale = [name for name, picture in drawn.items() if not alike(picture, Image.open(FOLDER / f"{name}.png"))]
    assert stale == [], "run “make pictures”"


def test_a_changed_figure_makes_a_picture_stale(drawn: dict[str, Image.Image]) -> None:
    picture = drawn["factsheet-en"].convert("RGB")
    pen = ImageDraw.Draw(picture)
    pen.text((80, 400), "22", fill="black")
    assert not alike(picture, drawn["factsheet-en"])


def test_the_pictures_are_those_that_the_documentation_shows(drawn: dict[str, Image.Image]) -> None:
    shown = "".join((ROOT / page).read_text("utf-8") for page in PAGES)
    assert {path.stem for path in Path(FOLDER).glob("*")} == set(drawn)
    assert [name for name in drawn if f"pictures/{name}.png" not in shown] == []
