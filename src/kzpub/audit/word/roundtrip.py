"""What is left of a Word file that LibreOffice has opened and saved: all that gives a text its order and its sense.

The titles of tables and the words in the place of charts are not compared: LibreOffice 7.4 writes neither.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import groupby, zip_longest
from pathlib import Path

from kzpub.audit.checking import Finished
from kzpub.audit.word.file import Element, WordFile, find, is_on, opened, text, value

PROGRAM = "soffice"
_FILTER = "docx:MS Word 2007 XML"
_SECONDS = 300
_ITEM = re.compile(r"list (bullet|number)(?: (\d))?")


@cache
def version() -> str | None:
    """As LibreOffice tells it; ``None`` where it is not installed."""
    if shutil.which(PROGRAM) is None:
        return None
    told = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=False, timeout=_SECONDS)  # noqa: S603
    found = re.search(r"\d+(?:\.\d+)+", told.stdout)
    return found[0] if found else None


def lost(finished: Finished) -> Iterator[str]:
    """What differs afterwards, kind by kind. Raises ``KzpubError`` if there was no Word file to begin with."""
    before = opened(finished)
    data = _saved(_beside(finished)).get(finished.path.name)
    if data is None:
        yield "LibreOffice cannot open it"
        return
    after = opened(Finished(finished.path, finished.publication, finished.language, "docx", data, finished.draft))
    for kind, look in _KINDS.items():
        pairs = zip_longest(look(before), look(after), fillvalue="nothing")
        if different := next(((a, b) for a, b in pairs if a != b), None):
            yield f"{kind}: {_short(different[0])} becomes {_short(different[1])}"


def _short(shown: str) -> str:
    return f"“{shown}”" if len(shown) < 60 else f"“{shown[:57]}…”"


# -- LibreOffice ------------------------------------------------------------------------------------------------------


def _beside(finished: Finished) -> tuple[tuple[str, bytes], ...]:
    """All Word files of a folder, so that LibreOffice is started once for them; of this file, what was given."""
    files = {path.name: path.read_bytes() for path in finished.path.parent.glob("*.docx")}
    return tuple(sorted({**files, finished.path.name: finished.data}.items()))


@lru_cache(maxsize=2)
def _saved(files: tuple[tuple[str, bytes], ...]) -> Mapping[str, bytes]:
    """The files as LibreOffice saves them, started with a profile of its own."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "out").mkdir()
        for name, data in files:
            (folder / name).write_bytes(data)
        names = [str(folder / name) for name, _ in files]
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [PROGRAM, profile, "--headless", "--convert-to", _FILTER, "--outdir", str(folder / "out"), *names]
        subprocess.run(command, capture_output=True, check=False, timeout=_SECONDS)  # noqa: S603
        return {path.name: path.read_bytes() for path in (folder / "out").iterdir()}


# -- What is compared -------------------------------------------------------------------------------------------------


def _paragraphs(word: WordFile) -> Iterator[tuple[str, Element]]:
    """Those of the text and its notes; what is in the margins has fields, which LibreOffice reckons anew."""
    for name, paragraph in word.paragraphs():
        if name in ("word/document.xml", "word/footnotes.xml") and _words(paragraph):
            yield name, paragraph


def _words(element: Element) -> str:
    return " ".join(text(element).replace("\u2060", "").split())


def _text(word: WordFile) -> Iterator[str]:
    return (_words(paragraph) for _, paragraph in _paragraphs(word))


def _headings(word: WordFile) -> Iterator[str]:
    for _, paragraph in _paragraphs(word):
        if (style := word.style_of(paragraph).lower()).startswith(("title", "heading")):
            yield f"{style}: {_words(paragraph)}"


def _items(word: WordFile) -> Iterator[str]:
    """Items that have a numbering, by their kind and level."""
    for _, paragraph in _paragraphs(word):
        style = _ITEM.fullmatch(word.style_of(paragraph).lower())
        if style and any(value(each, "w:numPr/w:numId") not in ("", "0") for each in word.properties(paragraph)):
            yield f"{style[0]}: {_words(paragraph)}"


def _tables(word: WordFile) -> Iterator[str]:
    for table in find(word.body, ".//w:tbl"):
        rows = find(table, "w:tr")
        headers = sum(bool(is_on(row, "w:trPr/w:tblHeader")) for row in rows)
        columns = len(find(table, "w:tblGrid/w:gridCol"))
        yield f"{len(rows)} rows of {columns}, {headers} of headers: {_words(table)}"


def _notes(word: WordFile) -> Iterator[str]:
    """In the order of their calls."""
    tree = word.trees.get("word/footnotes.xml")
    written = {value(each, ".", "w:id"): _words(each) for each in ([] if tree is None else find(tree, "w:footnote"))}
    for call in find(word.body, ".//w:footnoteReference"):
        paragraph = next(call.iterancestors("{*}p"))
        yield f"{written.get(value(call, '.', 'w:id'))}, called in {_words(paragraph)}"


def _links(word: WordFile) -> Iterator[str]:
    for name, paragraph in _paragraphs(word):
        for link in find(paragraph, ".//w:hyperlink"):
            relation = word.relations(name).get(value(link, ".", "r:id"))
            yield f"{_words(link)} to {value(link, '.', 'w:anchor') or (relation.target if relation else 'nothing')}"


def _languages(word: WordFile) -> Iterator[str]:
    """By letters alone: figures and spaces are of any language, and LibreOffice cuts runs anew."""
    for _, paragraph in _paragraphs(word):
        runs = [run for run in find(paragraph, ".//w:r[w:t]") if any(map(str.isalpha, text(run)))]
        for language, group in groupby(runs, word.language_of):
            yield f"{language}: {''.join(filter(str.isalpha, ''.join(map(text, group))))}"


def _pictures(word: WordFile) -> Iterator[str]:
    yield f"{len(find(word.body, './/wp:docPr'))} pictures and charts"
    yield from (each.get("descr", "") for each in find(word.body, ".//wp:inline[.//a:blip]/wp:docPr"))


_KINDS: dict[str, Callable[[WordFile], Iterator[str]]] = {
    "text": _text,
    "headings": _headings,
    "lists": _items,
    "tables": _tables,
    "notes": _notes,
    "links": _links,
    "languages": _languages,
    "pictures": _pictures,
}
