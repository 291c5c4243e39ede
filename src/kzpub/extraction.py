"""Source files to messages: the extractor that ``pybabel extract`` calls, and the templates made with it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import IO

from kzpub import catalogues, charts, reviews
from kzpub.catalogues import LABELS_DOMAIN, catalogue_path
from kzpub.content import LABELS_FILE, configuration_messages, read, read_labels
from kzpub.figures import figure_of, placeholders
from kzpub.inlines import PLACEHOLDER
from kzpub.languages import LANGUAGES, SOURCE, Language
from kzpub.markdown import Numbering, parse_chapter
from kzpub.model import Figure, Message
from kzpub.projects import CONFIGURATION, publications
from kzpub.register import REGISTER, read_register
from kzpub.traversal import block_texts, figure_texts
from kzpub.yamlfile import read_mapping, read_text


def extract(
    fileobj: IO[bytes],
    keywords: object,  # noqa: ARG001  Babel passes the last by its name
    comment_tags: object,  # noqa: ARG001
    options: object,  # noqa: ARG001
) -> Iterator[tuple[int, str, tuple[str, ...], list[str]]]:
    """Babel's extraction method ``kzpub``: chapters, charts and all that is declared in YAML."""
    path = Path(fileobj.name).resolve()
    for message in file_messages(path, Path(os.getcwd()).resolve()):
        function = "npgettext" if message.counted else "pgettext"
        yield message.place.line, function, (message.context, *message.forms), message.comment.splitlines()


def file_messages(path: Path, root: Path) -> list[Message]:
    """The messages of one source file, in reading order. Raises ``KzpubError`` if it is malformed.

    Figures in them are explained to the translator: the value as printed and what it is.
    """
    if path.name == LABELS_FILE:
        return list(read_labels(path, root).values())
    told = _told(read_register(path.parent, root))
    return [_explained(message, told) for message in _messages(path, root)]


def _messages(path: Path, root: Path) -> Iterator[Message]:
    if path.name == CONFIGURATION:
        yield from configuration_messages(read_mapping(path, root)).values()
    elif path.name == REGISTER:
        for figure in read_register(path.parent, root):
            yield from figure_texts(figure)
    elif path.name.endswith(charts.SUFFIX):
        yield from charts.read_chart(path, root).messages
    else:
        chapter = parse_chapter(read_text(path, root), path.relative_to(root).as_posix(), Numbering())
        yield from block_texts(chapter.blocks)
        yield from (note.text for note in chapter.notes)


def _told(register: tuple[Figure[Message], ...]) -> dict[str, str]:
    """What a translator is told of each placeholder: its value as printed and its meaning."""
    labels = {figure.id: figure.label.text for figure in register}
    return {
        name: f"{{{name}}} = {value}: {labels.get(name) or f'the time of “{labels[figure_of(name)]}”'}"
        for name, value in placeholders(register, SOURCE).items()
    }


def _explained(message: Message, told: Mapping[str, str]) -> Message:
    called = dict.fromkeys(name for form in message.forms for name in PLACEHOLDER.findall(form) if name in told)
    return replace(message, comment="\n".join(filter(None, (message.comment, *map(told.__getitem__, called)))))


def domain_files(root: Path, domain: str) -> list[Path]:
    """The source files of a domain, in the order in which ``pybabel extract`` visits them."""
    if domain == LABELS_DOMAIN:
        return [root / "templates" / LABELS_FILE]
    folder = root / "content" / domain
    ends = (".md", CONFIGURATION, REGISTER, charts.SUFFIX)
    return sorted(path for path in folder.iterdir() if path.name.endswith(ends))


def update_catalogues(root: Path) -> Iterator[Path]:
    """Write every template and bring every catalogue up to it; yields the paths whose bytes changed."""
    documents = {id: read(root / "content" / id, root) for id in publications(root)}
    languages = {id: document.languages for id, document in documents.items()}
    languages[LABELS_DOMAIN] = tuple(dict.fromkeys(tag for tags in languages.values() for tag in tags))
    for domain, tags in languages.items():
        messages = [message for path in domain_files(root, domain) for message in file_messages(path, root)]
        figures = documents[domain].register if domain in documents else {}
        yield from _update(root, domain, [LANGUAGES[tag] for tag in tags if tag != SOURCE.tag], messages, figures)


def _update(
    root: Path, domain: str, languages: list[Language], messages: list[Message], figures: reviews.Register
) -> Iterator[Path]:
    new = catalogues.template(domain, messages)
    yield from _write(root / "locales" / f"{domain}.pot", catalogues.to_bytes(new))
    for language in languages:
        path = catalogue_path(root, domain, language)
        old = catalogues.read(path, root, language) if path.is_file() else None
        yield from _write(path, catalogues.update(old, new, language, messages, figures))


def _write(path: Path, data: bytes) -> Iterator[Path]:
    if not path.is_file() or path.read_bytes() != data:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        yield path
