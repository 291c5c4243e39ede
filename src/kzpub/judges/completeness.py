"""Whether an entry of a catalogue is done: there, with all its forms, written for this source and for these values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kzpub.errors import Place, Problem
from kzpub.languages import Language
from kzpub.model import Figure, Message
from kzpub.po.catalogues import Catalogue, Entry
from kzpub.po.reviews import changes, counted_in


def entry_problems(
    entry: Entry | None, message: Message, catalogue: Catalogue, language: Language
) -> Iterator[Problem]:
    """It is there, it has a text, and nobody has marked it for review."""
    start = message.text[:60]
    if entry is None:
        cause = f"[{language.tag}] no entry for “{start}” of {message.place}"
        hint = "run “kzpub catalogue update”, then translate it"
        yield Problem("translation-missing", cause, Place(catalogue.path), hint)
    elif not all(text.strip() for text in entry.texts):
        yield Problem("translation-empty", f"[{language.tag}] “{start}” is not translated", entry.place, "translate it")
    elif entry.fuzzy:
        cause = f"[{language.tag}] the translation of “{start}” needs review"
        why = f": {'; '.join(entry.reasons)}" if entry.reasons else ""
        yield Problem("translation-fuzzy", cause + why, entry.place, "check it and remove the mark “fuzzy”")


def plural_problems(entry: Entry, message: Message, language: Language) -> Iterator[Problem]:
    """A plural message has all forms of its language; in Kazakh they read the same."""
    wanted = len(language.plurals) if message.counted else 1
    if len(entry.texts) != wanted:
        cause = f"{len(entry.texts)} forms, where {language.tag} has {wanted}"
        yield Problem("plural-forms", cause, entry.place, "run “kzpub catalogue update”, then translate it again")
    if language.counts_change_nothing and len(set(entry.texts)) > 1:
        hint = "write all forms alike: a counted noun stays singular and bare"
        yield Problem("plural-differs", "the plural forms differ", entry.place, hint)
    if message.counted and not language.counts_change_nothing and len(set(entry.texts)) == 1 < len(entry.texts):
        hint = "write each for the numbers of its box"
        yield Problem("plural-alike", "the plural forms are all the same text", entry.place, hint)


def review_problems(
    entry: Entry, message: Message, figures: Mapping[str, Figure[Message]], language: Language
) -> Iterator[Problem]:
    """A translation was written for values: where new ones ask for other forms of words, a translator must look."""
    called = [id for id in counted_in(message.forms, figures) if id != message.counted]
    if entry.fuzzy or not all(entry.texts):
        return
    if not entry.current:
        cause = f"[{language.tag}] not known for which plural source “{message.text[:60]}” was translated"
        yield Problem("plural-unseen", cause, entry.place, "run “kzpub catalogue update”, which marks it for review")
    if unseen := [id for id in called if id not in entry.seen]:
        cause = f"[{language.tag}] not known for which value of {', '.join(unseen)} this was written"
        yield Problem("figure-unseen", cause, entry.place, "run “kzpub catalogue update”, which marks it for review")
    for change in changes(entry.seen, [id for id in called if id in entry.seen], figures, language):
        hint = "run “kzpub catalogue update”, check the sentence and remove the mark “fuzzy”"
        yield Problem("figure-review", f"[{language.tag}] {change}: other words may be needed", entry.place, hint)
