"""Of what each thing is made: the inputs and tools that its key is a digest of, and no others."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

from kzpub.builds import toolchain
from kzpub.builds.snapshot import Snapshot
from kzpub.builds.store import key
from kzpub.projects import LABELS_DOMAIN, Request

ROOTS = {
    "pdf": ("print.html", "charts.css"),
    "docx": ("word.docx", "charts.css"),
    "html": ("web.html", "charts.css"),
    "index": ("index.html",),
}
"""The templates that a writer opens by itself; they lead to others."""
_WORDS = ("labels.yaml", "terms.yaml", "waivers.yaml")
_FONTS = "templates/fonts/"
_LITERAL = rb"""(?:"[^"\\]*"|'[^'\\]*')\s*"""
_OPENING = rb"\{%[-+]?\s*(?:include|import|extends|from)\b"
_NAMING = re.compile(_OPENING + rb"|\bdrawing\b")
_NAMED = re.compile(_OPENING + rb"\s*" + _LITERAL + rb"(?:[-+]?%\}|(?:ignore|with|without|as|import)\b)"
                    rb"|\bdrawing\(\s*" + _LITERAL + rb"\)")  # fmt: skip


def request_key(snapshot: Snapshot, publications: Iterable[str], request: Request) -> str:
    """Of all that a build says and publishes: everything there is, and what is asked for."""
    asked = [list(publications), request.languages, request.formats, request.release, toolchain.has("msgfmt")]
    return key("request", toolchain.versions(), snapshot.digest(), asked)


def status_key(snapshot: Snapshot, publications: Iterable[str], tags: Iterable[str], format: str) -> str:
    """Of what is said of translations."""
    asked = [list(publications), list(tags), format, toolchain.has("msgfmt")]
    return key("status", toolchain.versions(), snapshot.digest(), asked)


def edition_key(snapshot: Snapshot, publication: str, tag: str) -> str:
    """Of a publication in a language, with all that is found in it: its content, catalogues, the words of templates."""
    chosen = edition_inputs(snapshot, publication, tag)
    digest = snapshot.digest(chosen.__contains__)
    return key("edition", toolchain.versions(), digest, publication, tag, toolchain.has("msgfmt"))


def edition_inputs(snapshot: Snapshot, publication: str, tag: str) -> frozenset[str]:
    """All that is read for a publication in a language."""
    alone = (*catalogues(publication, tag), *(f"templates/{name}" for name in _WORDS))
    within = (f"content/{publication}/", _FONTS)
    return frozenset(name for name in snapshot.files if name.startswith(within) or name in alone)


def catalogues(publication: str, tag: str) -> tuple[str, str]:
    """The catalogues of a language: of the words of templates, and of a publication."""
    return f"locales/{tag}/LC_MESSAGES/{LABELS_DOMAIN}.po", f"locales/{tag}/LC_MESSAGES/{publication}.po"


def file_key(snapshot: Snapshot, edition: str, withheld: Iterable[tuple[str, str]], format: str) -> str:
    """Of a finished file: an edition by its digest, and the templates of the format."""
    closure = templates(snapshot, format)
    return key("file", toolchain.versions(), edition, sorted(withheld), format, snapshot.digest(closure.__contains__))


def templates(snapshot: Snapshot, format: str) -> frozenset[str]:
    """The templates of a format: its roots, all typefaces, and whatever has its name in one that belongs already.

    All belong where one works out the name of another, as in ``{% include "imprint-" ~ tag ~ ".html" %}``.
    """
    below = {name: _last(name) for name in snapshot.files if name.startswith("templates/")}
    found = {name for name in below if name.startswith(_FONTS)}
    waiting = [name for root in ROOTS[format] if (name := f"templates/{root}") in below]
    while waiting:
        found.add(name := waiting.pop())
        text = b"" if name.endswith(".docx") else snapshot.files[name].lower()
        if len(_NAMING.findall(text)) > len(_NAMED.findall(text)):
            return frozenset(below)
        waiting += [each for each, last in below.items() if last in text and each not in found]
    return frozenset(found)


def _last(name: str) -> bytes:
    """The last part of a path, in small letters, since some systems find a file by any."""
    return os.fsencode(name.rpartition("/")[2]).lower()
