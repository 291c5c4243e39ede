"""Of what each thing is made: the inputs and tools that its key is a digest of, and no others."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kzpub import toolchain
from kzpub.projects import LABELS_DOMAIN, Request
from kzpub.snapshot import Snapshot
from kzpub.store import key

ROOTS = {
    "pdf": ("print.html", "charts.css"),
    "docx": ("word.docx", "charts.css"),
    "html": ("web.html", "charts.css"),
    "index": ("index.html",),
}
"""The templates that a writer opens by itself; they lead to others."""
_WORDS = ("labels.yaml", "terms.yaml", "waivers.yaml")
_LEADING = (".html", ".css", ".svg", ".txt", ".xml")
_FONTS = "templates/fonts/"
_NAME = re.compile(rb"[\w./-]*\w\.\w+")


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
    listed = catalogues(publication, tag)
    words = [f"templates/{name}" for name in _WORDS]

    def chosen(name: str) -> bool:
        return name.startswith((f"content/{publication}/", _FONTS)) or name in listed or name in words

    return key("edition", toolchain.versions(), snapshot.digest(chosen), publication, tag, toolchain.has("msgfmt"))


def catalogues(publication: str, tag: str) -> tuple[str, str]:
    """The catalogues of a language: of the words of templates, and of a publication."""
    return f"locales/{tag}/LC_MESSAGES/{LABELS_DOMAIN}.po", f"locales/{tag}/LC_MESSAGES/{publication}.po"


def file_key(snapshot: Snapshot, edition: str, withheld: Iterable[tuple[str, str]], format: str) -> str:
    """Of a finished file: an edition by its digest, and the templates of the format."""
    closure = templates(snapshot, format)
    return key("file", toolchain.versions(), edition, sorted(withheld), format, snapshot.digest(closure.__contains__))


def templates(snapshot: Snapshot, format: str) -> frozenset[str]:
    """The templates of a format: its roots, all typefaces, and whatever has its name in one that belongs already."""
    below = {name.removeprefix("templates/"): name for name in snapshot.files if name.startswith("templates/")}
    found = {name for name in below if below[name].startswith(_FONTS)}
    waiting = [name for name in ROOTS[format] if name in below]
    while waiting:
        name = waiting.pop()
        found.add(name)
        if name.endswith(_LEADING):
            named = {each.decode() for each in _NAME.findall(snapshot.files[below[name]])}
            waiting += [each for each in below if each in named and each not in found]
    return frozenset(below[name] for name in found)
