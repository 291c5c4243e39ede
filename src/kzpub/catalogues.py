"""Translators' catalogues: ``locales/<language>/LC_MESSAGES/<domain>.po`` to entries, and templates to files.

Catalogues are compiled in memory at every build, so that no stale ``.mo`` file can be published. Files are written
without line wrapping and with file names but no line numbers, so that an update changes only what the source changed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from gettext import c2py
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as CatalogMessage
from babel.messages.pofile import PoFileError, read_po, unescape, write_po

from kzpub import reviews
from kzpub.errors import Place, fail
from kzpub.figures import form_of
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
    """A translation.

    Attributes:
        texts: the text, or all forms of a plural message; empty where there is none.
        place: where it is written.
        fuzzy: whether it needs review.
        seen: values of figures that it was written for.
        current: whether it was written for the plural source that stands there.
        reasons: why it needs review, where it is the figures.

    """

    texts: tuple[str, ...]
    place: Place
    fuzzy: bool
    seen: Mapping[str, Decimal] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()
    current: bool = True


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The entries of one language and domain by context and source text, or singular and plural."""

    path: str
    entries: Mapping[tuple[str, ...], Entry]

    def find(self, message: Message) -> Entry | None:
        """The entry of a message, or ``None`` if the catalogue has none."""
        return self.entries.get(_key(message))


def _key(message: Message) -> tuple[str, ...]:
    """Gettext knows a message by context and singular alone; but a translation is of the plural as well."""
    return message.context, *message.forms


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
    entries = {_babel_key(message): _entry(message, shown) for message in read(path, root, language) if message.id}
    return Catalogue(shown, entries)


def _babel_key(message: CatalogMessage) -> tuple[str, ...]:
    return message.context or "", *reviews.several(message.id)


def _entry(message: CatalogMessage, shown: str) -> Entry:
    reasons = tuple(c.removeprefix(reviews.REVIEW) for c in message.user_comments if c.startswith(reviews.REVIEW))
    place = Place(shown, message.lineno or 0)
    current = reviews.plural_note(reviews.several(message.id)) in ("", *message.user_comments)
    return Entry(
        reviews.several(message.string or ""), place, message.fuzzy, reviews.seen_values(message), reasons, current
    )


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
        catalog = read_po(io.StringIO(text), locale=language.locale, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        raise fail("catalogue-syntax", str(error), Place(shown, getattr(error, "lineno", 0)), hint) from None
    _require_plural_rule(catalog, language, shown)
    return catalog


def _require_each_message_once(text: str, shown: str) -> None:
    """Babel keeps the last of two translations of one message, or the first in one entry, and says nothing."""
    seen: set[tuple[str, str]] = set()
    forms: set[str] = set()
    key, keyword = {"msgctxt": "", "msgid": ""}, ""
    for number, line in enumerate(text.split("\n"), 1):
        before, quote, string = line.strip().partition('"')
        word = before.strip()
        if not quote or word.startswith("#"):
            continue
        if forms and word and not word.startswith("msgstr"):  # the next entry, which may have no context
            key["msgctxt"], forms = "", set()
        keyword = word or keyword
        key[keyword] = (key.get(keyword, "") if not word else "") + string[:-1]
        if not word.startswith("msgstr"):
            continue
        pair = key["msgctxt"], key["msgid"]
        if word in forms or (not forms and pair in seen):
            cause = f"a second translation of “{pair[1][:60]}”"
            raise fail("catalogue-duplicate", cause, Place(shown, number), "keep one of the two")
        seen.add(pair)
        forms.add(word)


def _require_plural_rule(catalog: Catalog, language: Language, shown: str) -> None:
    """The header's rule must choose the forms as we do: translators fill their boxes by it."""
    try:
        chosen = c2py(str(catalog.plural_expr))
        same = all(chosen(number) == form_of(Decimal(number), language) for number in range(200))
    except (ValueError, ZeroDivisionError):
        same = False
    if not same:
        expected = Catalog(locale=language.locale).plural_forms
        raise fail("catalogue-plurals", "another plural rule in the header", Place(shown, 1), f"write “{expected}”")


# -- Writing ---------------------------------------------------------------------------------------------------------


def template(domain: str, messages: Iterable[Message]) -> Catalog:
    """The template (``.pot``) of a domain: messages in order, equal ones joined; a line of comment for each line."""
    catalog = _catalog(domain, None)
    for message in messages:
        place = (message.place.path, 0)
        id = message.forms if message.counted else message.text
        comments = message.comment.splitlines()
        catalog.add(id, context=message.context, auto_comments=comments, locations=[place])
    return catalog


def update(
    old: Catalog | None, new: Catalog, language: Language, messages: Iterable[Message], figures: reviews.Register
) -> bytes:
    """A catalogue brought up to the template of some messages: what changed needs review, with its previous source."""
    counted = {_key(message): message.counted for message in messages}
    catalog = old or _catalog(new.project, language.locale)
    previous = {_babel_key(message): _take_previous(message) for message in catalog if message.id}
    catalog.update(new, update_creation_date=False)
    plurals = {key[:2]: key for key in previous}
    for message in catalog:
        if message.id:
            _note_plural(message, plurals)
            reviews.note(message, language, counted.get(_babel_key(message), ""), figures)
        if not message.fuzzy:
            message.previous_id = []
        elif not message.previous_id:
            message.previous_id = previous.get(_babel_key(message), [])
    return to_bytes(catalog)


def _note_plural(message: CatalogMessage, before: Mapping[tuple[str, ...], tuple[str, ...]]) -> None:
    """Babel compares singulars only, and takes empty forms for a translation: what needs review is put right."""
    key = _babel_key(message)
    old = before.get(key[:2], key)
    if not any(reviews.several(message.string or "")):
        message.flags.discard("fuzzy")
    elif old != key:
        message.flags.add("fuzzy")
        message.previous_id = list(old[1:])


def _take_previous(message: CatalogMessage) -> list[str]:
    """The previous source of a message, which Babel reads as a translator's comment, taken out of its comments."""
    lines = [comment[2:] for comment in message.user_comments if comment.startswith("| ")]
    message.user_comments = [comment for comment in message.user_comments if not comment.startswith("| ")]
    parts = re.split("^msgid_plural", "\n".join(lines), flags=re.MULTILINE)
    return ["".join(map(unescape, re.findall(_STRING, part))) for part in parts] if lines else []


# -- Files -----------------------------------------------------------------------------------------------------------


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
