"""WeasyPrint made ready: our typefaces alone in sight, Kazakh hyphenation, our tags, a quick start, two faults mended.

What is done here touches names that WeasyPrint does not promise to keep; therefore its version is pinned and asserted.
"""

from __future__ import annotations

import mimetypes
import os
import re
import tempfile
from collections.abc import Container, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from markupsafe import escape

from kzpub import hyphenation
from kzpub.errors import fail
from kzpub.writers.startup import imported

_FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>{folders}<cachedir>{cache}</cachedir></fontconfig>
"""
_LIBRARIES_HINT = (
    "install Pango: “apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0” on Debian and Ubuntu, "
    "“dnf install pango” on Fedora, “brew install pango” on macOS; README.md says how on Windows"
)


@contextmanager
def renderer(fonts: Path) -> Iterator[Any]:
    """``weasyprint``, with the typefaces of a folder alone in sight: there is no fallback to those of the machine.

    Raises ``KzpubError`` if a system library is missing.
    """
    weasyprint = load()
    with _in_sight(f"<dir>{escape(fonts)}</dir>"):
        yield weasyprint


@contextmanager
def _in_sight(folders: str) -> Iterator[None]:
    """What Fontconfig knows when a document is laid out."""
    before = os.environ.get("FONTCONFIG_FILE")
    with tempfile.TemporaryDirectory(prefix="kzpub-") as folder:
        configuration = Path(folder) / "fonts.conf"
        configuration.write_text(_FONTCONFIG.format(folders=folders, cache=escape(folder)), "utf-8")
        os.environ["FONTCONFIG_FILE"] = str(configuration)
        try:
            yield
        finally:
            os.environ.pop("FONTCONFIG_FILE")
            if before is not None:
                os.environ["FONTCONFIG_FILE"] = before


@cache
def load() -> Any:
    """The module ``weasyprint``, mended once. Raises ``KzpubError`` if a system library is missing."""
    mimetypes.knownfiles.clear()  # no table of the machine is an input of ours
    try:
        with _in_sight(""):  # it looks for those of the machine when it is imported
            weasyprint = imported()
    except OSError as error:
        library = re.search(r"'(lib[^']+)'", str(error))
        cause = f"WeasyPrint cannot load the system library {library[1] if library else error}"
        raise fail("library-missing", cause, None, _LIBRARIES_HINT) from None
    hyphenation.teach()
    _mend_line_ends()
    _mend_stream_ends()
    import_module("kzpub.writers.passes").look_between_passes()
    weasyprint.pdf.add_tags = import_module("kzpub.writers.tags").add_tags
    return weasyprint


def only(weasyprint: Any, known: Container[str]) -> Any:
    """A fetcher that knows these addresses, each of which holds what it names, and opens no file and no connection."""

    class Only(weasyprint.urls.URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url not in known:
                raise ValueError(f"“{url[:60]}” is none of the pictures of the texts or drawings of the templates")
            return super().fetch(url, headers)

    return Only(allowed_protocols=["data"], allow_redirects=False)


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
        if not max_width or end is None or not text.endswith((" ", "\u00a0")) or " " in _shown(text, end).strip():
            return result
        narrower = original(text, style, context, max_width - style["font_size"] / 2, *rest, **named)
        return narrower if narrower[2] is None or narrower[2] > end else result

    def split_first_line(text: str, style: Any, context: Any, max_width: float | None, *rest: Any, **named: Any) -> Any:
        result = mended(text, style, context, max_width, *rest, **named)
        shown = _shown(text, result[2] or 0)
        several = " " in shown.strip()
        if shown not in _forbidden.get() or (named.get("is_line_start", True) and not several):
            return result
        undivided = style.copy()
        undivided["hyphens"] = "none"  # and if it is one word: too long for the line, so that this ends before it
        narrower = result[3] - style["font_size"] / 2 if several else max_width
        return mended(text, undivided, context, narrower, *rest, **named)

    inline.split_first_line = split_first_line


def _shown(text: str, end: int) -> str:
    return text.encode()[:end].decode()


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
