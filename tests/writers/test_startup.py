"""WeasyPrint imported quickly, and in every respect the same; what is left out comes when it is used."""

from __future__ import annotations

import subprocess
import sys

import pytest
from tools import declarations as tool

from kzpub.writers import declarations
from kzpub.writers.startup import VERSION
from tests.conftest import ROOT

linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere WeasyPrint is imported as it is")

IMPORT = "import sys; from kzpub.writers.startup import imported; weasyprint = imported()\n"
WRITE = """
pdf = weasyprint.HTML(string="<p>One line").write_pdf(full_fonts={full})
print(weasyprint.__version__, pdf[:5].decode(), *sorted({{"fontTools", "pycparser"}} & set(sys.modules)))
"""


def said(program: str) -> str:
    """What a program prints in a process of its own."""
    command = [sys.executable, "-W", "ignore", "-c", program]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60).stdout.strip()


@linux
def test_neither_font_tools_nor_a_parser_is_imported() -> None:
    assert said(IMPORT + WRITE.format(full=False)) == f"{VERSION} %PDF-"


@linux
def test_font_tools_comes_when_it_is_used() -> None:
    assert said(IMPORT + WRITE.format(full=True)) == f"{VERSION} %PDF- fontTools"


@linux
def test_after_one_use_every_stand_in_has_made_room() -> None:
    program = "from weasyprint.pdf import fonts; import fontTools.ttLib; fonts.TTFont()\n"
    assert said(f"{IMPORT}{program}print(fonts.TTLibError is fontTools.ttLib.TTLibError)") == "True"


@linux
def test_others_get_the_true_font_tools() -> None:
    assert said(IMPORT + "from fontTools.ttLib import TTFont; print(TTFont.__module__)") == "fontTools.ttLib.ttFont"


@linux
def test_what_was_put_in_place_for_the_import_is_gone_after_it() -> None:
    program = "import cffi, ctypes.util; print(cffi.FFI.__module__, ctypes.util.find_library.__module__)"
    assert said(IMPORT + program) == "cffi.api ctypes.util"


@linux
@pytest.mark.parametrize(
    ("change", "cause"),
    [
        pytest.param("declarations.DIGEST = ''", "WeasyPrint declares other functions than version 70.0", id="changed"),
        pytest.param(
            "startup.VERSION = '71.0'", "WeasyPrint is 70.0, and kzpub is made for 71.0", id="another version"
        ),
    ],
)
def test_another_weasyprint_is_refused(change: str, cause: str) -> None:
    program = f"""
from kzpub.errors import KzpubError
from kzpub.writers import declarations, startup
{change}
try:
    startup.imported()
except KzpubError as error:
    print(error.problems[0].code, error.problems[0].cause)
"""
    assert said(program) == f"environment {cause}"


def test_the_declarations_are_those_of_the_weasyprint_that_is_installed() -> None:
    assert tool.MODULE.read_text("utf-8") == tool.module()
    assert tool.made(tool.declared()) == declarations.MADE


def test_without_assertions_nothing_is_laid_out() -> None:
    code = "from kzpub.writers.renderer import load; load()"
    done = subprocess.run([sys.executable, "-O", "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
    assert "run Python without -O" in done.stderr
