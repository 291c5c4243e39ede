"""A text of the largest allowed length, of whatever one thing again and again, takes seconds and not minutes."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from kzpub.cli import main
from kzpub.markdown import LONGEST
from tests.conftest import copy_project
from tests.hostile.bank import added, said

PIECES = (
    *[
        "a",
        "1",
        "*",
        "_",
        "`",
        "“",
        "«",
        '"',
        "'",
        "(",
        "{",
        "<",
        "&",
        ".",
        ",",
        "–",
        "-",
        "/",
        ":",
        ";",
        "@",
        "#",
        "~",
        "|",
        "!",
        "?",
        "%",
        "$",
        "№",
        "ё",
        "һ",
    ],
    *(
        "1 ",
        "1,",
        "1.",
        "1-",
        "2019-",
        "10:30 ",
        "1/2 ",
        "{a}",
        "![a](",
        "](",
        "[^a]",
        "<a ",
        "</a>",
        "&#1",
        "http://a ",
    ),
    *("аб ", "А. ", "аa", "Астана ", "АСТ ", "1 млн ", "5 теңге ", "5 наурыз ", "с 2019 по ", "тысяч ", "не ", "және "),
    *("http://a ", "word ", "Word, ", "more than ", "five ", "a_b ", "-қ", "\u00a0", "  "),
)
USUAL = ("1-", "(")
SECONDS = 4


def cost(root: Path, language: str) -> float:
    began = time.process_time()
    main(["--lang", language, "--format", "html", "--quiet"], root)
    return time.process_time() - began


def require_quick(piece: str, folder: Path) -> None:
    text = (piece * LONGEST)[: LONGEST - 30]
    for language, change in (
        ("kk", said("The last paragraph.", f"Соңғы {text} абзац.".replace('"', '\\"'))),
        ("en", added(f"The {text} end.")),
    ):
        root = folder / language
        shutil.copytree(folder / "clean", root, copy_function=os.link)
        change(root)
        assert cost(root, language) < SECONDS
        shutil.rmtree(root)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("time")
    copy_project(folder / "clean")
    return folder


@pytest.mark.parametrize("piece", USUAL)
def test_a_long_text_of_one_thing_is_judged_in_seconds(piece: str, folder: Path) -> None:
    require_quick(piece, folder)


@pytest.mark.proof
@pytest.mark.parametrize("piece", PIECES)
def test_a_long_text_of_anything_is_judged_in_seconds(piece: str, folder: Path) -> None:
    require_quick(piece, folder)
