"""WeasyPrint made ready: our typefaces alone in sight, Kazakh hyphenation, our tags, a quick start, two faults mended.

What is done here touches names that WeasyPrint does not promise to keep; therefore its version is pinned and asserted.
"""

from __future__ import annotations

import atexit
import ctypes.util
import io
import mimetypes
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Container, Iterator
from contextlib import contextmanager, redirect_stdout
from contextvars import ContextVar
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from markupsafe import escape

from kzpub import hyphenation
from kzpub.errors import fail

VERSION = "70.0"

_FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""
_LIBRARIES_HINT = (
    "install Pango: “apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0” on Debian and Ubuntu, "
    "“dnf install pango” on Fedora, “brew install pango” on macOS; README.md says how on Windows"
)


@cache
def load(fonts: Path) -> Any:
    """The module ``weasyprint``, set up once. Raises ``KzpubError`` if a system library is missing."""
    folder = Path(tempfile.mkdtemp(prefix="kzpub-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    _show_only(fonts, folder / "fonts.conf")
    mimetypes.knownfiles.clear()  # no table of the machine is an input of ours
    try:
        weasyprint = _imported_without_searches()
    except OSError as error:
        library = re.search(r"'(lib[^']+)'", str(error))
        cause = f"WeasyPrint cannot load the system library {library[1] if library else error}"
        raise fail("library-missing", cause, None, _LIBRARIES_HINT) from None
    if weasyprint.__version__ != VERSION:
        cause = f"WeasyPrint is {weasyprint.__version__}, and kzpub is made for {VERSION}"
        raise fail("environment", cause, None, "run “make briefs”, which installs the locked versions")
    hyphenation.teach(folder)
    _mend_line_ends()
    _mend_stream_ends()
    weasyprint.pdf.add_tags = import_module("kzpub.writers.tags").add_tags
    return weasyprint


def _show_only(fonts: Path, configuration: Path) -> None:
    """A Fontconfig of one folder: no fallback to whatever typefaces a machine has."""
    kept = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kzpub" / "fontconfig"
    configuration.write_text(_FONTCONFIG.format(fonts=escape(fonts), cache=escape(kept)), "utf-8")
    os.environ["FONTCONFIG_FILE"] = str(configuration)


def _imported_without_searches() -> Any:
    """On Linux the libraries load by name; the 22 searches for their other names would start a compiler each."""
    search = ctypes.util.find_library
    try:
        if sys.platform == "linux":
            ctypes.util.find_library = _find_nothing
        with redirect_stdout(io.StringIO()):  # where a library is missing, it prints a page of advice
            return import_module("weasyprint")
    finally:
        ctypes.util.find_library = search


def _find_nothing(name: str) -> str | None:  # noqa: ARG001
    return None


# -- Ends of lines ---------------------------------------------------------------------------------------------------

_forbidden: ContextVar[Container[str]] = ContextVar("forbidden", default=())


@contextmanager
def no_line_is(forbidden: Container[str]) -> Iterator[None]:
    """No text that is laid out here is broken after what is ``forbidden``, counted from where its line begins."""
    token = _forbidden.set(forbidden)
    try:
        yield
    finally:
        _forbidden.reset(token)


@cache
def _mend_line_ends() -> None:
    """Lines end where they should: where they fit, and not where it is forbidden.

    A text that just fits, but for the space at its end, was taken for one that cannot be split earlier. WeasyPrint 70
    then tries only its *first* words, and leaves a line of a word or a syllable. Asked again for a width smaller by
    more than the space, it breaks where it should; that answer is taken if it puts more on the line.
    """
    inline: Any = import_module("weasyprint.layout.inline")
    original = inline.split_first_line

    def mended(text: str, style: Any, context: Any, max_width: float | None, *rest: Any, **named: Any) -> Any:
        result = original(text, style, context, max_width, *rest, **named)
        end = result[2]
        if not max_width or end is None or not text.endswith((" ", "\u00a0")):
            return result
        narrower = original(text, style, context, max_width - style["font_size"] / 2, *rest, **named)
        return narrower if narrower[2] is None or narrower[2] > end else result

    def split_first_line(text: str, style: Any, context: Any, max_width: float | None, *rest: Any, **named: Any) -> Any:
        result = mended(text, style, context, max_width, *rest, **named)
        shown = text.encode()[: result[2] or 0].decode()
        several = " " in shown.strip()
        if shown not in _forbidden.get() or (named.get("is_line_start", True) and not several):
            return result
        undivided = style.copy()
        undivided["hyphens"] = "none"  # and if it is one word: too long for the line, so that this ends before it
        narrower = result[3] - style["font_size"] / 2 if several else max_width
        return mended(text, undivided, context, narrower, *rest, **named)

    inline.split_first_line = split_first_line


@cache
def _mend_stream_ends() -> None:
    """One stream in 256 ends with a carriage return; with the line feed after it, it reads as a byte too short.

    What stands before “endstream” is an end of line, and no part of the stream (ISO 32000-1, 7.3.8.1): of such a stream
    pydyf's line feed takes the last byte for itself, and a validator says that the length is wrong. After it come both.
    """
    stream: Any = import_module("pydyf").Stream
    original = stream.data.fget

    def data(self: Any) -> bytes:
        written: bytes = original(self)
        if not written.endswith(b"\r\nendstream"):
            return written
        return written.removesuffix(b"\nendstream") + b"\r\nendstream"

    stream.data = property(data)
