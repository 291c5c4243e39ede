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
from babel.messages.catalog import Message as CatalogMessage
from babel.messages.pofile import PoFileError, read_po, unescape, write_po

from kzpub.errors import Place, fail
from kzpub.languages import Language
from kzpub.model import Message
from kzpub.yamlfile import read_text

LABELS_DOMAIN = "kzpub"
"""The domain of the words in templates; every publication is a domain of its own."""

_STRING = r'"(?:[^"\\]|\\.)*"'
_LINE = re.compile(rf"\s*(?:#.*|(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)\s*{_STRING}|{_STRING})?\s*")
_NO_WRAP = 1_000_000  # at width 0 Babel still wraps “#|” lines, in the middle of their strings
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
    entries = {
        (message.context or "", str(message.id)): Entry(
            str(message.string or ""), Place(shown, message.lineno or 0), message.fuzzy
        )
        for message in read(path, root, language)
        if message.id
    }
    return Catalogue(shown, entries)


def read(path: Path, root: Path, language: Language) -> Catalog:
    """A catalogue as Babel holds it. Raises ``KzpubError`` if it is malformed."""
    text, shown = read_text(path, root), path.relative_to(root).as_posix()
    hint = f"check the file with “msgfmt -c {shown}”"
    for number, line in enumerate(text.split("\n"), 1):  # Babel skips or shortens what is none
        if not _LINE.fullmatch(line):
            raise fail(
                "catalogue-syntax", f"not a line of a catalogue: {line.strip()[:60]}", Place(shown, number), hint
            )
    _require_each_message_once(text, shown)
    if not re.search(r'^"Content-Type: text/plain; charset=utf-8\\n"$', text, re.MULTILINE | re.IGNORECASE):
        raise fail("catalogue-charset", "the header does not say charset=UTF-8", Place(shown, 1), "save it as UTF-8")
    declared = re.search(r'^"Language: ([\w-]+)\\n"$', text, re.MULTILINE)
    if declared is None or declared[1] != language.tag:
        cause = f"the header says “Language: {declared[1] if declared else ''}” in the folder of {language.tag}"
        raise fail("catalogue-language", cause, Place(shown, 1), "put the right file here, or correct its header")
    try:
        return read_po(io.StringIO(text), locale=language.locale, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        raise fail("catalogue-syntax", str(error), Place(shown, getattr(error, "lineno", 0)), hint) from None


def _require_each_message_once(text: str, shown: str) -> None:
    """Babel keeps the last of two translations of one message and says nothing."""
    seen: set[tuple[str, str]] = set()
    key, keyword = {"msgctxt": "", "msgid": ""}, ""
    for number, line in enumerate(text.split("\n"), 1):
        word, quote, string = line.strip().partition('"')
        if quote and not word.startswith("#"):
            keyword = word.strip() or keyword
            key[keyword] = (key.get(keyword, "") if not word.strip() else "") + string[:-1]
        if word.startswith("msgstr") and word.strip() in ("msgstr", "msgstr[0]"):
            pair = key["msgctxt"], key["msgid"]
            if pair in seen:
                cause = f"a second translation of “{pair[1][:60]}”"
                raise fail("catalogue-duplicate", cause, Place(shown, number), "keep one of the two entries")
            seen.add(pair)
            key["msgctxt"] = ""


# -- Writing ---------------------------------------------------------------------------------------------------------


def template(domain: str, messages: Iterable[Message]) -> Catalog:
    """The template (``.pot``) of a domain: messages in order, equal ones joined."""
    catalog = _catalog(domain, None)
    for message in messages:
        comments = [message.comment] if message.comment else []
        place = (message.place.path, 0)
        catalog.add(message.text, context=message.context, auto_comments=comments, locations=[place])
    return catalog


def update(old: Catalog | None, new: Catalog, language: Language) -> bytes:
    """A catalogue brought up to a template: changed messages need review and keep their previous source."""
    catalog = old or _catalog(new.project, language.locale)
    previous = {(message.context, message.id): _take_previous(message) for message in catalog if message.id}
    catalog.update(new, update_creation_date=False)
    for message in catalog:
        if message.fuzzy and not message.previous_id:
            message.previous_id = previous.get((message.context, message.id), [])
    return to_bytes(catalog)


def _take_previous(message: CatalogMessage) -> list[str]:
    """The previous source of a message, which Babel reads as a translator's comment, taken out of its comments."""
    lines = [comment[2:] for comment in message.user_comments if comment.startswith("| ")]
    message.user_comments = [comment for comment in message.user_comments if not comment.startswith("| ")]
    strings = re.findall(_STRING, "\n".join(lines))
    return ["".join(map(unescape, strings))] if strings else []


def to_bytes(catalog: Catalog) -> bytes:
    """A catalogue as the bytes of a ``.po`` file; a template is without dates."""
    for message in catalog:
        message.flags.discard("python-format")  # Babel takes prose such as “100% of” for printf
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=_NO_WRAP, include_lineno=False, include_previous=True)
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
