"""Translators' catalogues: ``locales/<language>/LC_MESSAGES/<domain>.po`` to entries, and templates to files.

Catalogues are compiled in memory at every build, so that no stale ``.mo`` file can be published. Files are written
without line wrapping and with file names but no line numbers, so that an update changes only what the source changed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po, write_po

from kzpub.errors import Place, fail
from kzpub.languages import Language
from kzpub.model import Message
from kzpub.yamlfile import read_text

LABELS_DOMAIN = "kzpub"
"""The domain of the words in templates; every publication is a domain of its own."""

_STRING = r'"(?:[^"\\]|\\.)*"'
_LINE = re.compile(rf"\s*(?:#.*|(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)\s*{_STRING}|{_STRING})?\s*")
_VOLATILE = (b'"POT-Creation-Date:', b'"PO-Revision-Date:')


@dataclass(frozen=True, slots=True)
class Entry:
    """A translation: its text (empty where there is none), its place, and whether it needs review."""

    text: str
    place: Place
    fuzzy: bool


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The entries of one language and domain by context and source text."""

    path: str
    entries: Mapping[tuple[str, str], Entry]

    def find(self, message: Message) -> Entry | None:
        """The entry of a message, or ``None`` if the catalogue has none."""
        return self.entries.get((message.context, message.text))


def catalogue_path(root: Path, domain: str, language: Language) -> Path:
    """Where gettext's standard layout keeps a catalogue."""
    return root / "locales" / language.tag / "LC_MESSAGES" / f"{domain}.po"


def load(root: Path, domain: str, language: Language) -> Catalogue:
    """Read a catalogue. Raises ``KzpubError`` if it is missing or malformed."""
    path = catalogue_path(root, domain, language)
    shown = path.relative_to(root).as_posix()
    if not path.is_file():
        hint = f"make it with “kzpub catalogue update”, then translate it ({language.name})"
        raise fail("catalogue-missing", f"there is no catalogue of {language.tag} for {domain}", Place(shown), hint)
    text = read_text(path, root)
    _require_well_formed_lines(text, shown)
    try:
        catalog = read_po(io.StringIO(text), locale=language.locale, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        hint = f"check the file with “msgfmt -c {shown}”"
        raise fail("catalogue-syntax", str(error), Place(shown, getattr(error, "lineno", 0)), hint) from None
    entries = {
        (message.context or "", str(message.id)): Entry(
            str(message.string or ""), Place(shown, message.lineno or 0), message.fuzzy
        )
        for message in catalog
        if message.id
    }
    return Catalogue(shown, entries)


def _require_well_formed_lines(text: str, shown: str) -> None:
    """Babel reads an unterminated string as an empty one and skips what it does not know; neither may pass."""
    for number, line in enumerate(text.split("\n"), 1):
        if not _LINE.fullmatch(line):
            cause = f"not a line of a catalogue: {line.strip()[:60]}"
            raise fail("catalogue-syntax", cause, Place(shown, number), f"check the file with “msgfmt -c {shown}”")


# -- Writing ---------------------------------------------------------------------------------------------------------


def template(domain: str, messages: Iterable[Message]) -> Catalog:
    """The template (``.pot``) of a domain: messages in order, equal ones joined."""
    catalog = _catalog(domain, None)
    for message in messages:
        comments = [message.comment] if message.comment else []
        place = (message.place.path, 0)
        catalog.add(message.text, context=message.context, auto_comments=comments, locations=[place])
    return catalog


def update(old: bytes | None, new: Catalog, language: Language) -> bytes:
    """A catalogue brought up to a template: changed messages need review and keep their previous source."""
    catalog = read_po(io.BytesIO(old), locale=language.locale) if old else _catalog(new.project, language.locale)
    catalog.update(new, update_creation_date=False)
    return to_bytes(catalog)


def to_bytes(catalog: Catalog) -> bytes:
    """A catalogue as the bytes of a ``.po`` file; a template is without dates."""
    for message in catalog:
        message.flags.discard("python-format")  # Babel takes prose such as “100% of” for printf
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=0, include_lineno=False, include_previous=True)
    written = buffer.getvalue()
    if catalog.locale is None:
        lines = written.splitlines(keepends=True)
        written = b"".join(line for line in lines if not line.startswith(_VOLATILE))
    return written


def _catalog(domain: str, locale: str | None) -> Catalog:
    header = f"# Messages of {domain}. docs/translators.md says how to work with this file."
    return Catalog(
        locale,
        header_comment=header,
        project=domain,
        version="1",
        msgid_bugs_address="the editors",
        charset="utf-8",
        fuzzy=False,
    )
