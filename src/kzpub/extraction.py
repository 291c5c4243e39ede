"""Source files to messages: the extractor that ``pybabel extract`` calls, and the templates made with it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from kzpub import charts
from kzpub.configuration import read_configuration
from kzpub.content import LABELS_FILE, configuration_messages, read, read_labels
from kzpub.errors import KzpubError, Place, fail
from kzpub.figures import figure_of, placeholders
from kzpub.inlines import PLACEHOLDER
from kzpub.languages import SOURCE, Language
from kzpub.markdown import Numbering, parse_chapter
from kzpub.model import Figure, Message
from kzpub.po import catalogues, pofiles
from kzpub.po.catalogues import catalogue_path
from kzpub.po.provisional import language_of
from kzpub.po.updating import Target, Update, begin, update
from kzpub.projects import CONFIGURATION, LABELS_DOMAIN, publications
from kzpub.publishing.together import publish
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
    named = (CONFIGURATION, REGISTER)
    return sorted(p for p in folder.iterdir() if p.name in named or p.name.endswith((".md", charts.SUFFIX)))


def targets(root: Path, domain: str) -> Callable[[Language], Target]:
    """What the catalogues of a domain are brought up to, by language."""
    messages = [message for path in domain_files(root, domain) for message in file_messages(path, root)]
    figures = {} if domain == LABELS_DOMAIN else read(root / "content" / domain, root).register
    return lambda language: Target(domain, language, messages, figures)


@dataclass(frozen=True, slots=True)
class Changed:
    """A file that an update wrote, and what became of its messages."""

    path: Path
    update: Update


def update_catalogues(root: Path, *, carry: bool = False) -> list[Changed]:
    """Write every template and bring every catalogue up to it, once all were read; what changed.

    A catalogue of a language in which a publication does not appear yet is brought up too; one that a publication
    lacks is made.
    """
    found = [each for domain, tags in _languages(root).items() for each in _updated(root, domain, tags, carry=carry)]
    changed = [each for each in found if _differs(each.path, each.update.text)]
    publish({each.path: each.update.text.encode("utf-8") for each in changed})
    return changed


def _languages(root: Path) -> dict[str, tuple[str, ...]]:
    """The languages of each domain: those in which it appears and those of which it has a catalogue."""
    listed = {id: read_configuration(root, id).languages for id in publications(root)}
    listed[LABELS_DOMAIN] = tuple(tag for tags in listed.values() for tag in tags)
    begun = {domain: (path.parts[-3] for path in root.glob(f"locales/*/LC_MESSAGES/{domain}.po")) for domain in listed}
    tags = {domain: dict.fromkeys((*listed[domain], *sorted(begun[domain]))) for domain in listed}
    return {domain: tuple(tag for tag in found if tag != SOURCE.tag) for domain, found in tags.items()}


def _updated(root: Path, domain: str, tags: tuple[str, ...], *, carry: bool) -> Iterator[Changed]:
    target = targets(root, domain)
    template = pofiles.template(domain, target(SOURCE).messages)
    yield Changed(root / "locales" / f"{domain}.pot", Update(pofiles.written(template)))
    for language in (_language(tag, domain) for tag in tags):
        path = catalogue_path(root, domain, language)
        if path.is_file():
            catalog = catalogues.read(path, root, language)
            yield Changed(path, update(catalog, read_text(path, root), target(language), carry=carry))
        else:
            yield Changed(path, begin(target(language)))


def _language(tag: str, domain: str) -> Language:
    """The language of a folder with a catalogue."""
    try:
        return language_of(tag)
    except KzpubError as error:
        place = Place(f"locales/{tag}/LC_MESSAGES/{domain}.po")
        (unknown,) = error.problems
        raise fail("language-unknown", unknown.cause, place, f"rename its folder: {unknown.hint}") from None


def _differs(path: Path, text: str) -> bool:
    return not path.is_file() or path.read_bytes() != text.encode("utf-8")
