"""Source files to messages: the extractor that ``pybabel extract`` calls, and the templates made with it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from kzpub import catalogues, charts
from kzpub.catalogues import LABELS_DOMAIN, catalogue_path
from kzpub.content import LABELS_FILE, configuration_messages, read, read_labels
from kzpub.languages import LANGUAGES, SOURCE
from kzpub.markdown import Numbering, parse_chapter
from kzpub.model import Message, block_texts, figure_texts
from kzpub.projects import CONFIGURATION, publications
from kzpub.register import REGISTER, read_register
from kzpub.yamlfile import read_mapping, read_text


def extract(
    fileobj: IO[bytes],
    keywords: object,  # noqa: ARG001  Babel passes the last by its name
    comment_tags: object,  # noqa: ARG001
    options: object,  # noqa: ARG001
) -> Iterator[tuple[int, str, tuple[str, str], list[str]]]:
    """Babel's extraction method ``kzpub``: chapters, charts and all that is declared in YAML."""
    path = Path(fileobj.name).resolve()
    for message in file_messages(path, Path(os.getcwd()).resolve()):
        comments = [message.comment] if message.comment else []
        yield message.place.line, "pgettext", (message.context, message.text), comments


def file_messages(path: Path, root: Path) -> list[Message]:
    """The messages of one source file, in reading order. Raises ``KzpubError`` if it is malformed."""
    if path.name == LABELS_FILE:
        return list(read_labels(path, root).values())
    if path.name == CONFIGURATION:
        return list(configuration_messages(read_mapping(path, root)).values())
    if path.name == REGISTER:
        return [text for figure in read_register(path.parent, root) for text in figure_texts(figure)]
    if path.name.endswith(charts.SUFFIX):
        return list(charts.read_chart(path, root).messages)
    chapter = parse_chapter(read_text(path, root), path.relative_to(root).as_posix(), Numbering())
    return [*block_texts(chapter.blocks), *(note.text for note in chapter.notes)]


def domain_files(root: Path, domain: str) -> list[Path]:
    """The source files of a domain, in the order in which ``pybabel extract`` visits them."""
    if domain == LABELS_DOMAIN:
        return [root / "templates" / LABELS_FILE]
    folder = root / "content" / domain
    ends = (".md", CONFIGURATION, REGISTER, charts.SUFFIX)
    return sorted(path for path in folder.iterdir() if path.name.endswith(ends))


def update_catalogues(root: Path) -> Iterator[Path]:
    """Write every template and bring every catalogue up to it; yields the paths whose bytes changed."""
    languages = {id: read(root / "content" / id, root).languages for id in publications(root)}
    languages[LABELS_DOMAIN] = tuple(dict.fromkeys(tag for tags in languages.values() for tag in tags))
    for domain, tags in languages.items():
        messages = [message for path in domain_files(root, domain) for message in file_messages(path, root)]
        new = catalogues.template(domain, messages)
        yield from _write(root / "locales" / f"{domain}.pot", catalogues.to_bytes(new))
        for tag in tags:
            if tag != SOURCE.tag:
                path = catalogue_path(root, domain, LANGUAGES[tag])
                old = catalogues.read(path, root, LANGUAGES[tag]) if path.is_file() else None
                yield from _write(path, catalogues.update(old, new, LANGUAGES[tag]))


def _write(path: Path, data: bytes) -> Iterator[Path]:
    if not path.is_file() or path.read_bytes() != data:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        yield path
