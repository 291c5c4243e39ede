"""A folder of Markdown and YAML to a ``Document[Message]``."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from kzpub import charts, consistency, pictures
from kzpub.configuration import listed_languages, read_policy
from kzpub.errors import KzpubError, Place, Problem, fail, near, raise_if_any
from kzpub.inlines import PLACEHOLDER
from kzpub.judges.terms import read_terms
from kzpub.markdown import Chapter, Numbering, one_line, parse_chapter
from kzpub.model import Document, Image, Labels, Message, Picture
from kzpub.projects import CONFIGURATION
from kzpub.register import REGISTER, read_register
from kzpub.traversal import walk
from kzpub.waivers import read_waivers
from kzpub.yamlfile import Mapping, Scalar, Tree, read_mapping, read_text

_TEXTS = {
    "title": "Title of the publication",
    "subtitle": "Subtitle on the cover",
    "description": "One sentence for search engines and file properties",
    "source_note": "Note on the cover: what the publication is based on",
}
_REQUIRED = (*_TEXTS, "keywords", "date", "period", "languages", "chapters")
_KEYS = (*_REQUIRED, "key_figures", "editions")


def read(folder: Path, root: Path) -> Document[Message]:
    """Read one publication. Raises ``KzpubError`` with everything that is wrong at the first stage that finds any."""
    settings = read_mapping(folder / CONFIGURATION, root)
    settings.only(_KEYS, _REQUIRED)
    numbering = Numbering()
    chapters = [_chapter(folder, root, numbering, name) for name in settings.names("chapters")]
    raise_if_any(_unlisted_chapters(folder, root, settings))
    document = _document(folder, root, settings, chapters)
    found = list(consistency.problems(document))
    if any(problem.severity != "warning" for problem in found):
        raise KzpubError(*found)
    return replace(document, warnings=tuple(found))


def configuration_messages(settings: Mapping) -> dict[str, Message]:
    """The texts of ``publication.yaml`` by key; a keyword's key is its place in the list (``keywords.0``, …)."""
    found = {key: _message(settings.text(key), role) for key, role in _TEXTS.items() if key in settings.items}
    keywords = settings.texts("keywords") if "keywords" in settings.items else ()
    return found | {f"keywords.{n}": _message(word, "Keyword") for n, word in enumerate(keywords)}


def _message(scalar: Scalar, role: str) -> Message:
    return Message(one_line(scalar.text), "publication", scalar.place, role)


def _chapter(folder: Path, root: Path, numbering: Numbering, name: Scalar) -> Chapter:
    path = folder / name.text
    if path.parent != folder or not os.path.lexists(path):
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
    blocks = charts.placed(folder, root, written, figures)
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
        key_figures=_key_figures(settings, {figure.id for figure in figures}),
        waivers=read_waivers(folder, root),
        terms=read_terms(folder, root),
        images={name: _image(folder, root, name, places[name]) for name in used},
        policy=read_policy(settings),
    )


def _key_figures(settings: Mapping, known: set[str]) -> dict[str, Place]:
    listed = settings.names("key_figures") if "key_figures" in settings.items else ()
    for name in listed:
        if name.text not in known:
            cause = f"there is no figure “{name.text}” in {REGISTER}{near(name.text, known)}"
            raise fail("figure-unknown", cause, name.place, "correct the name, or add the figure")
    return {name.text: name.place for name in listed}


def _date(scalar: Scalar) -> date:
    wrong = fail("date-form", f"“{scalar.text}” is not a date of our time", scalar.place, "write it as 2026-03-05")
    if not re.fullmatch(r"(?:19|20|21)\d\d-\d\d-\d\d", scalar.text, re.ASCII):
        raise wrong
    try:
        return date.fromisoformat(scalar.text)
    except ValueError:
        raise wrong from None


def _period(scalar: Scalar) -> tuple[int, int]:
    years = re.fullmatch(r"([0-9]{4})[–-]([0-9]{4})", scalar.text)
    if years is None or int(years[1]) > int(years[2]):
        raise fail("period-form", f"“{scalar.text}” is not a range of years", scalar.place, "write it as 2019–2025")
    return int(years[1]), int(years[2])


def _image(folder: Path, root: Path, name: str, place: Place) -> Image:
    path = folder / name
    if "\0" in name or ".." in path.parts or not path.is_relative_to(folder) or not os.path.lexists(path):
        hint = f"put the file into {folder.name}/, or correct the name"
        raise fail("image-missing", f"there is no image “{name}”", place, hint)
    return pictures.read(path, root, name, place)


def _unlisted_chapters(folder: Path, root: Path, settings: Mapping) -> Iterator[Problem]:
    listed = {name.text for name in settings.texts("chapters")}
    for path in sorted(folder.glob("*.md")):
        if path.name not in listed:
            place = Place(path.relative_to(root).as_posix())
            yield Problem("chapter-unlisted", "a chapter that is not published", place, f"list it in {CONFIGURATION}")


# -- Words of the templates ------------------------------------------------------------------------------------------

LABELS_FILE = "labels.yaml"


_NEEDED = {
    "edition": "date", "position": "first last", "page_of": "page pages", "table": "number", "figure": "number",
    "note": "number", "back_to_text": "", "same_place": "", "publications": "", "key_figures": "",
    "more_than": "value", "less_than": "value", "at_least": "value", "about": "value",
    "figures_title": "", "figures_note": "", "figures_end": "", "figures_section": "section", "figure_column": "",
    "value_column": "", "section_column": "", "category_column": "", "derived": "figures arithmetic",
    "derived_base": "", "independent_source": "", "chart_data": "number", "chart_data_alone": "",
    "draft": "count", "draft_mark": "",
}  # fmt: skip
"""The words that are used whatever the templates say, and their placeholders."""


def read_templates(root: Path) -> Labels:
    """The words of a project's templates. Raises ``KzpubError`` with everything that is wrong with them."""
    folder = root / "templates"
    return Labels(read_labels(folder / LABELS_FILE, root), read_waivers(folder, root), read_terms(folder, root))


def read_labels(path: Path, root: Path) -> dict[str, Message]:
    """The words that templates use, by name. Raises ``KzpubError`` with everything that is wrong with them."""
    labels = read_mapping(path, root)
    found = {name: _label(name, tree) for name, tree in labels.items.items()}
    raise_if_any(_label_problems(found, labels.place))
    return found


def _label_problems(labels: dict[str, Message], place: Place) -> Iterator[Problem]:
    for name, placeholders in _NEEDED.items():
        if name not in labels:
            yield Problem(
                "label-missing", f"there is no “{name}”", place, f"add it, with {{…}} for: {placeholders or '–'}"
            )
        elif sorted(PLACEHOLDER.findall(labels[name].text)) != sorted(placeholders.split()):
            wanted = " ".join(f"{{{each}}}" for each in placeholders.split()) or "none"
            cause = f"“{name}” has not the placeholders that are filled in it"
            yield Problem("label-placeholders", cause, labels[name].place, f"write {wanted}, once each")


def _label(name: str, tree: Tree) -> Message:
    if not isinstance(tree, Mapping):
        raise fail("yaml-type", f"“{name}” has no text", tree.place, "write “text: …” and “comment: …” under it")
    tree.only(("text", "comment"), ("text", "comment"))
    return Message(tree.text("text").text, "template", tree.text("text").place, tree.text("comment").text)
