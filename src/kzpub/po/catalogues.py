"""Translators' catalogues: ``locales/<language>/LC_MESSAGES/<domain>.po`` to entries.

Catalogues are compiled in memory at every build, so that no stale ``.mo`` file can be published.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as CatalogMessage
from babel.messages.pofile import read_po

from kzpub import inputs
from kzpub.errors import Place, Problem, fail, raise_if_any
from kzpub.languages import Language
from kzpub.model import Message
from kzpub.po import gate, grammar, reviews, secondopinion


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
    """The entries of one language and domain by context and source text, or singular and plural; msgfmt's doubts."""

    path: str
    entries: Mapping[tuple[str, ...], Entry]
    doubts: tuple[Problem, ...] = ()

    def find(self, message: Message) -> Entry | None:
        """The entry of a message, or ``None`` if the catalogue has none."""
        return self.entries.get(_key(message))

    def problems(self, messages: Iterable[Message]) -> Iterator[Problem]:
        """Entries of none of the messages of the content, and what msgfmt says."""
        known = set(map(_key, messages))
        for key, entry in self.entries.items():
            if key not in known:
                cause = f"an entry for “{key[1][:60]}”, which the content does not have"
                yield Problem("catalogue-stranger", cause, entry.place, "run “kzpub catalogue update”")
        yield from self.doubts


def _key(message: Message) -> tuple[str, ...]:
    """Gettext knows a message by context and singular alone; but a translation is of the plural as well."""
    return message.context, *message.forms


def catalogue_path(root: Path, domain: str, language: Language) -> Path:
    """Where gettext's standard layout keeps a catalogue."""
    return root / "locales" / language.tag / "LC_MESSAGES" / f"{domain}.po"


def load(root: Path, domain: str, language: Language) -> Catalogue:
    """Read a catalogue. Raises ``KzpubError`` if it is missing, or with all that the gate finds."""
    path = catalogue_path(root, domain, language)
    shown = path.relative_to(root).as_posix()
    if not os.path.lexists(path):
        hint = f"make it with “kzpub catalogue update”, then translate it ({language.name})"
        raise fail("catalogue-missing", f"there is no catalogue of {language.tag} for {domain}", Place(shown), hint)
    data = inputs.read(path, root, whole=False)
    catalog = _parsed(data, shown, language)
    entries = {_babel_key(message): _entry(message, shown) for message in catalog if message.id}
    return Catalogue(shown, entries, tuple(secondopinion.msgfmt_problems(data, shown)))


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
    """A catalogue to be updated, as Babel holds it. Raises ``KzpubError`` for all that an update does not put right."""
    shown = path.relative_to(root).as_posix()
    return _parsed(inputs.read(path, root, whole=False), shown, language, gate.MENDED)


def _parsed(data: bytes, shown: str, language: Language, mended: tuple[str, ...] = ()) -> Catalog:
    """A catalogue that has passed the gate and that all readers read alike. Raises ``KzpubError`` with all findings."""
    text, written, problems = gate.inspect(data, shown, language)
    raise_if_any(problem for problem in problems if problem.code not in mended)
    try:
        catalog = read_po(io.StringIO(text), locale=language.locale, abort_invalid=True)
    except Exception as error:  # whatever it stumbles over, it has not read the file
        cause = f"Babel cannot read it: {grammar.printable(str(error), 300)}"
        raise fail("catalogue-parsers", cause, Place(shown), "look for what other catalogues do not have") from None
    raise_if_any(secondopinion.disagreements(written, _readings(catalog), text, shown))
    return catalog


def _readings(catalog: Catalog) -> Iterator[grammar.Reading]:
    """What Babel makes of each entry."""
    for obsolete, messages in ((False, catalog), (True, catalog.obsolete.values())):
        for message in messages:
            if message.id:
                source, texts = reviews.several(message.id), reviews.several(message.string or "")
                yield grammar.Reading(message.context, source, texts, message.fuzzy, obsolete)
