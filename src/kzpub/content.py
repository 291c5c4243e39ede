"""A folder of Markdown and YAML to a ``Document[Message]``."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Container, Iterator
from collections.abc import Mapping as Mapped
from datetime import date, datetime
from pathlib import Path
from typing import TypeGuard

from kzpub import charts
from kzpub.errors import KzpubError, Place, Problem, fail, raise_if_any
from kzpub.inlines import PLACEHOLDER, Inlines, Link, NoteRef, Text, flatten
from kzpub.markdown import Chapter, Numbering, one_line, parse_chapter, parse_inlines
from kzpub.model import (
    Block,
    Chart,
    Document,
    Figure,
    Image,
    List,
    Message,
    Picture,
    Quote,
    block_texts,
    headings,
    texts,
    walk,
)
from kzpub.projects import CONFIGURATION, listed_languages
from kzpub.register import read_register
from kzpub.yamlfile import Mapping, Scalar, Tree, read_mapping, read_text

_TEXTS = {
    "title": "Title of the publication",
    "subtitle": "Subtitle on the cover",
    "description": "One sentence for search engines and file properties",
    "source_note": "Note on the cover: what the publication is based on",
}
_KEYS = (*_TEXTS, "keywords", "date", "period", "languages", "chapters")
_SIGNATURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


def read(folder: Path, root: Path) -> Document[Message]:
    """Read one publication. Raises ``KzpubError`` with everything that is wrong at the first stage that finds any."""
    settings = read_mapping(folder / CONFIGURATION, root)
    settings.only(_KEYS, _KEYS)
    numbering = Numbering()
    chapters = [_chapter(folder, root, numbering, name) for name in settings.texts("chapters")]
    raise_if_any(_unlisted_chapters(folder, root, settings))
    document = _document(folder, root, settings, chapters)
    raise_if_any(_problems(document))
    return document


def title(root: Path, publication: str) -> str:
    """The title of a publication in the source language, or its identifier where its configuration cannot be read."""
    try:
        return read_mapping(root / "content" / publication / CONFIGURATION, root).text("title").text
    except (KzpubError, KeyError):
        return publication


def configuration_messages(settings: Mapping) -> dict[str, Message]:
    """The texts of ``publication.yaml`` by key; a keyword's key is its place in the list (``keywords.0``, …)."""
    found = {key: _message(settings.text(key), role) for key, role in _TEXTS.items() if key in settings.items}
    keywords = settings.texts("keywords") if "keywords" in settings.items else ()
    return found | {f"keywords.{n}": _message(word, "Keyword") for n, word in enumerate(keywords)}


def _message(scalar: Scalar, role: str) -> Message:
    return Message(one_line(scalar.text), "publication", scalar.place, role)


def _chapter(folder: Path, root: Path, numbering: Numbering, name: Scalar) -> Chapter:
    path = folder / name.text
    if not path.is_file() or path.resolve().parent != folder.resolve():
        raise fail("chapter-missing", f"there is no chapter “{name.text}”", name.place, f"create it in {folder.name}")
    chapter = parse_chapter(read_text(path, root), path.relative_to(root).as_posix(), numbering)
    if not chapter.blocks:
        place = Place(path.relative_to(root).as_posix(), 1)
        raise fail(
            "chapter-empty", "a chapter with nothing in it", place, f"write it, or take it out of {CONFIGURATION}"
        )
    return chapter


def _document(folder: Path, root: Path, settings: Mapping, chapters: list[Chapter]) -> Document[Message]:
    messages = configuration_messages(settings)
    figures = read_register(folder, root)
    written = tuple(block for chapter in chapters for block in chapter.blocks)
    blocks = _with_charts(written, _charts(folder, root, written, figures))
    used = dict.fromkeys(block.image for block in walk(blocks) if isinstance(block, Picture))
    places = {block.image: block.alt.place for block in walk(blocks) if isinstance(block, Picture)}
    return Document(
        id=folder.name,
        languages=listed_languages(settings),
        date=_date(settings.text("date")),
        period=_period(settings.text("period")),
        title=messages["title"],
        subtitle=messages["subtitle"],
        description=messages["description"],
        source_note=messages["source_note"],
        keywords=tuple(message for key, message in messages.items() if key.startswith("keywords.")),
        blocks=blocks,
        notes=tuple(note for chapter in chapters for note in chapter.notes),
        figures=figures,
        images={name: _image(folder, name, places[name]) for name in used},
    )


def _date(scalar: Scalar) -> date:
    try:
        return datetime.strptime(scalar.text, "%Y-%m-%d").date()
    except ValueError:
        raise fail("date-form", f"“{scalar.text}” is not a date", scalar.place, "write it as 2026-03-05") from None


def _period(scalar: Scalar) -> tuple[int, int]:
    years = re.fullmatch(r"([0-9]{4})[–-]([0-9]{4})", scalar.text)
    if years is None or int(years[1]) > int(years[2]):
        raise fail("period-form", f"“{scalar.text}” is not a range of years", scalar.place, "write it as 2019–2025")
    return int(years[1]), int(years[2])


def _image(folder: Path, name: str, place: Place) -> Image:
    path = (folder / name).resolve()
    if not path.is_file() or not path.is_relative_to(folder.resolve()):
        hint = f"put the file into {folder.name}/, or correct the name"
        raise fail("image-missing", f"there is no image “{name}”", place, hint)
    data = path.read_bytes()
    for signature, media_type in _SIGNATURES.items():
        if data.startswith(signature) and (media_type != "image/jpeg" or data[6:10] in (b"JFIF", b"Exif")):
            _require_whole(data, name, place)
            return Image(data, media_type)
    raise fail("image-format", f"“{name}” is neither PNG nor JPEG (JFIF or Exif)", place, "convert it")


def _require_whole(data: bytes, name: str, place: Place) -> None:
    """A browser shows half a picture without a word."""
    from PIL import Image as Photo  # not before there is one

    try:
        with Photo.open(io.BytesIO(data)) as picture:
            picture.load()
    except (OSError, SyntaxError, ValueError, Photo.DecompressionBombError) as error:
        raise fail("image-damaged", f"“{name}” cannot be read: {error}", place, "save the picture anew") from None


# -- Charts ----------------------------------------------------------------------------------------------------------


def _charts(
    folder: Path, root: Path, blocks: tuple[Block[Message], ...], figures: tuple[Figure[Message], ...]
) -> dict[str, charts.Declared]:
    """The charts that pictures name, by their files. Raises ``KzpubError`` with everything that is wrong with them."""
    placed = {block.image: block.alt.place for block in walk(blocks) if _is_chart(block)}
    problems = [*_stray_charts(folder, root, placed)]
    declared = {}
    for name, place in placed.items():
        if not (folder / name).is_file() or "/" in name:
            hint = f"put the file into {folder.name}/, or correct the name"
            raise fail("chart-missing", f"there is no chart “{name}”", place, hint)
        declared[name] = charts.read_chart(folder / name, root)
        problems += charts.chart_problems(declared[name], {figure.id: figure for figure in figures})
    raise_if_any(problems)
    return declared


def _is_chart(block: Block[Message]) -> TypeGuard[Picture[Message]]:
    return isinstance(block, Picture) and block.image.endswith(charts.SUFFIX)


def _stray_charts(folder: Path, root: Path, placed: Container[str]) -> Iterator[Problem]:
    for path in sorted(folder.glob(f"*{charts.SUFFIX}")):
        if path.name not in placed:
            place, hint = Place(path.relative_to(root).as_posix()), f"write ![what it shows]({path.name}) in a chapter"
            yield Problem("chart-unplaced", "a chart that is not published", place, hint)


def _with_charts(
    blocks: tuple[Block[Message], ...], declared: Mapped[str, charts.Declared]
) -> tuple[Block[Message], ...]:
    """The same blocks with each picture that names a chart replaced by the chart."""

    def one(block: Block[Message]) -> Block[Message]:
        match block:
            case Picture() if block.image in declared:
                return declared[block.image].placed(block)
            case List(items, start):
                return List(tuple(_with_charts(item, declared) for item in items), start)
            case Quote(inner):
                return Quote(_with_charts(inner, declared))
            case _:
                return block

    return tuple(map(one, blocks))


# -- What only the whole document shows ------------------------------------------------------------------------------


Parsed = list[tuple[Message, Inlines]]


def _problems(document: Document[Message]) -> Iterator[Problem]:
    parsed = [(message, parse_inlines(message.text, message.place)) for message in texts(document)]
    yield from _anchor_problems(document)
    yield from _link_problems(document, parsed)
    yield from _note_problems(document, parsed)
    yield from _plain_problems(document)


def _unlisted_chapters(folder: Path, root: Path, settings: Mapping) -> Iterator[Problem]:
    listed = {name.text for name in settings.texts("chapters")}
    for path in sorted(folder.glob("*.md")):
        if path.name not in listed:
            place = Place(path.relative_to(root).as_posix())
            yield Problem("chapter-unlisted", "a chapter that is not published", place, f"list it in {CONFIGURATION}")


def _plain_problems(document: Document[Message]) -> Iterator[Problem]:
    """Texts that end in file properties or are read aloud have no marks; notes are called from blocks only."""
    images = [text for block in walk(document.blocks) for text in _drawn_texts(block)]
    for message in (document.title, document.description, *document.keywords, *images):
        if any(not isinstance(inline, Text) for inline in parse_inlines(message.text, message.place)):
            yield Problem("not-plain", f"marks in “{message.text[:60]}”", message.place, "write plain words")
    if PLACEHOLDER.search(document.title.text):
        yield Problem("not-plain", "a placeholder in the title", document.title.place, "write the words out")
    titles = [heading.text for heading in headings(document)]
    for message in (document.subtitle, document.source_note, *titles, *(note.text for note in document.notes)):
        if any(isinstance(inline, NoteRef) for inline in flatten(parse_inlines(message.text, message.place))):
            yield Problem(
                "note-place", "a note is called from a heading, a note or the cover", message.place, "move it"
            )


def _drawn_texts(block: Block[Message]) -> Iterator[Message]:
    """What is read aloud or drawn: all texts of a picture or a chart but what stands under it."""
    match block:
        case Picture(alt=alt):
            yield alt
        case Chart(caption=caption, source=source):
            yield from (text for text in block_texts((block,)) if text not in (caption, source))


def _anchor_problems(document: Document[Message]) -> Iterator[Problem]:
    found = headings(document)
    for anchor, times in Counter(heading.anchor for heading in found).items():
        if times > 1:
            place = [heading.text.place for heading in found if heading.anchor == anchor][-1]
            yield Problem(
                "anchor-twice", f"two headings have the anchor “{anchor}”", place, "give one another {#anchor}"
            )
    level = 0
    for heading in found:
        if heading.level > level + 1:
            cause = f"heading of level {heading.level} under one of level {level}"
            yield Problem("heading-skipped", cause, heading.text.place, f"make it level {level + 1}")
        level = heading.level


def _link_problems(document: Document[Message], parsed: Parsed) -> Iterator[Problem]:
    anchors = {heading.anchor for heading in headings(document)}
    for message, inlines in parsed:
        for inline in flatten(inlines):
            if isinstance(inline, Link) and inline.target.startswith("#") and inline.target[1:] not in anchors:
                cause = f"link to “{inline.target}”, which no heading has"
                yield Problem("anchor-unknown", cause, message.place, f"anchors: {', '.join(sorted(anchors))}")


def _note_problems(document: Document[Message], parsed: Parsed) -> Iterator[Problem]:
    calls = Counter(inline.label for _, inlines in parsed for inline in flatten(inlines) if isinstance(inline, NoteRef))
    notes = Counter(note.label for note in document.notes)
    for note in document.notes:
        if calls[note.label] != 1 or notes[note.label] != 1:
            cause = f"note “{note.label}” is called {calls[note.label]} times and written {notes[note.label]} times"
            yield Problem("note-calls", cause, note.place, "call each note once, by [^its-label]")
    for message, inlines in parsed:
        for inline in flatten(inlines):
            if isinstance(inline, NoteRef) and inline.label not in notes:
                cause = f"there is no note “{inline.label}”"
                yield Problem("note-missing", cause, message.place, f"write [^{inline.label}]: and its text")


# -- Words of the templates ------------------------------------------------------------------------------------------

LABELS_FILE = "labels.yaml"


def read_labels(path: Path, root: Path) -> dict[str, Message]:
    """The words that templates use, by name. Raises ``KzpubError`` if the file is malformed."""
    return {name: _label(name, tree) for name, tree in read_mapping(path, root).items.items()}


def _label(name: str, tree: Tree) -> Message:
    if not isinstance(tree, Mapping):
        raise fail("yaml-type", f"“{name}” has no text", tree.place, "write “text: …” and “comment: …” under it")
    tree.only(("text", "comment"), ("text", "comment"))
    return Message(tree.text("text").text, "template", tree.text("text").place, tree.text("comment").text)
