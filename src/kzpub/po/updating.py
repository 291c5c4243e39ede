"""A catalogue brought up to its template: what did not change stays as it is, what did needs review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import TypeAlias

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry

from kzpub.figures import COUNTED, figure_of
from kzpub.inlines import PLACEHOLDER
from kzpub.languages import Language
from kzpub.model import Message
from kzpub.po import cosmetic, pofiles, reviews
from kzpub.po.reviews import several

Key: TypeAlias = tuple[str, str]
"""What gettext knows a message by: context and singular."""

_REVIEWED = "removed when it was reviewed"
_CAME_BACK = f"{reviews.REVIEW}it came back, and nobody knows whether it had been reviewed"
_LIKENESS = 0.6  # as gettext's own tools have it


@dataclass(frozen=True, slots=True)
class Carried:
    """A translation that was kept for a source which changed in figures, spacing or punctuation alone."""

    line: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Update:
    """A catalogue after an update, and how many messages are what: a word of ``OUTCOMES`` each."""

    text: str
    counts: Counter[str] = field(default_factory=Counter)
    carried: tuple[Carried, ...] = ()


OUTCOMES = {
    "new": "new",
    "review": "to review",
    "carriable": "of them cosmetic",
    "carried": "carried",
    "back": "in use again",
    "obsolete": "obsolete",
}
"""What can become of a message in an update, as people read it."""


@dataclass(frozen=True, slots=True)
class _Before:
    """An entry as it was: place and source, whether it was done, and what a translation was made of that is older."""

    key: Key
    forms: tuple[str, ...]
    done: bool
    previous: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """What a catalogue is brought up to: the messages of a domain and its figures, in a language."""

    domain: str
    language: Language
    messages: Sequence[Message]
    figures: reviews.Register

    def counted(self) -> dict[tuple[str, ...], str]:
        """The figure that each plural message counts."""
        return {(message.context, *message.forms): message.counted for message in self.messages}


def begin(target: Target) -> Update:
    """A catalogue in which nothing is translated."""
    return update(pofiles.empty(target.domain, target.language), "", target)


def update(catalog: Catalog, text: str, target: Target, *, carry: bool = False) -> Update:
    """A catalogue brought up to its messages; ``text`` is the file that it was read from.

    What changed needs review, with its previous source; with ``carry``, a translation is kept where its source changed
    in figures, spacing or punctuation alone.
    """
    new = pofiles.template(target.domain, target.messages)
    lines = {_key(entry): pofiles.take_previous(entry) for entry in pofiles.entries(catalog)}
    as_read = pofiles.written(catalog)
    counts = Counter(back=sum(_revived(catalog, new)))
    before = {_key(entry): _before(entry, lines.get(_key(entry), [])) for entry in pofiles.entries(catalog)}
    pairs = _pairs(catalog, new)
    known = set(catalog.obsolete)
    catalog.update(new, no_fuzzy_matching=True, update_creation_date=False)
    _take_over(catalog, pairs)
    settled = dict(_settled(catalog, before, pairs, target, carry=carry))
    counts["obsolete"] = sum(_retired(catalog, known, before))
    counts.update(outcome for outcome, _ in settled.values() if outcome)
    counts["review"] += counts["carriable"]
    final = list(pofiles.as_it_was(text, as_read, pofiles.written(catalog)))
    return Update("".join(f"{block}\n\n" for block in final), +counts, tuple(_carried(settled, final)))


def _settled(
    catalog: Catalog, before: dict[Key, _Before], pairs: dict[Key, Key], target: Target, *, carry: bool
) -> Iterator[tuple[Key, tuple[str, _Before | None]]]:
    """What becomes of each message, and what it was."""
    counted = target.counted()
    for entry in pofiles.entries(catalog):
        key, forms = _key(entry), several(entry.id)
        was = before.get(pairs.get(key, key))
        outcome = _changed(entry, was, target, carry=carry) if was and (was.key, was.forms) != (key, forms) else ""
        reviews.note(entry, target.language, counted.get((key[0], *forms), ""), target.figures)
        yield key, (_outcome(entry, was, outcome), was)


def _key(entry: Entry) -> Key:
    return entry.context or "", several(entry.id)[0]


def _translated(entry: Entry) -> bool:
    return any(several(entry.string or ""))


def _before(entry: Entry, lines: Sequence[str]) -> _Before:
    forms = several(entry.id)
    current = reviews.plural_note(forms) in ("", *entry.user_comments)
    done = current and not entry.fuzzy and all(text.strip() for text in several(entry.string or ""))
    return _Before(_key(entry), forms, done, tuple(entry.previous_id), tuple(lines))


# -- Which message became which --------------------------------------------------------------------------------------


def _find(catalog: Catalog, key: Key) -> Entry | None:
    return catalog.get(key[1], key[0] or None)


def _pairs(catalog: Catalog, new: Catalog) -> dict[Key, Key]:
    """What each new message was before: the same text, else the same part of a section, else what is most alike."""
    fresh = [_key(entry) for entry in pofiles.entries(new) if not _find(catalog, _key(entry))]
    entries = [entry for entry in pofiles.entries(catalog) if _translated(entry)]
    vanished = [_key(entry) for entry in entries if not _find(new, _key(entry))]
    before, after = _only_ones(catalog), _only_ones(new)
    parts = {(after[part], before[part]) for part in after.keys() & before.keys()}
    same = _nearest(fresh, vanished, lambda now, then: float(now[0] != then[0]) if now[1] == then[1] else None)
    fresh, vanished = [key for key in fresh if key not in same], [key for key in vanished if key not in same.values()]
    return same | _nearest(fresh, vanished, lambda now, then: -2 if (now, then) in parts else _distance(now, then))


def _nearest(fresh: list[Key], vanished: list[Key], distance: Callable[[Key, Key], float | None]) -> dict[Key, Key]:
    """Each message with the nearest that no other one is nearer to."""
    distances = {(now, then): distance(now, then) for now in fresh for then in vanished}
    pairs: dict[Key, Key] = {}
    for _, (now, then) in sorted((far, pair) for pair, far in distances.items() if far is not None):
        if now not in pairs and then not in pairs.values():
            pairs[now] = then
    return pairs


def _only_ones(catalog: Catalog) -> dict[Key, Key]:
    """Messages of which their section has one alone, such as its heading, by section and what translators are told."""
    parts: dict[Key, list[Key]] = {}
    for entry in pofiles.entries(catalog):
        told = entry.auto_comments[0] if entry.auto_comments else "{"
        if not told.startswith("{"):  # a figure that is explained
            parts.setdefault((entry.context or "", told), []).append(_key(entry))
    return {part: keys[0] for part, keys in parts.items() if len(keys) == 1}


def _distance(now: Key, then: Key) -> float | None:
    """How far two messages are from each other, in one section or in two; nothing if they are not alike."""
    matcher = SequenceMatcher(None, now[1].lower(), then[1].lower(), autojunk=False)
    if matcher.real_quick_ratio() < _LIKENESS or matcher.quick_ratio() < _LIKENESS:
        return None
    ratio = matcher.ratio()
    return (now[0] != then[0]) - ratio if ratio >= _LIKENESS else None


def _take_over(catalog: Catalog, pairs: dict[Key, Key]) -> None:
    """Give messages the translations of what they were before."""
    obsolete = {_key(entry): babel_key for babel_key, entry in catalog.obsolete.items()}
    for now, then in pairs.items():
        entry, old = _find(catalog, now), catalog.obsolete.pop(obsolete[then])
        if entry is not None:
            texts = several(old.string or "")
            entry.string = (
                (*texts, *[""] * catalog.num_plurals)[: catalog.num_plurals] if entry.pluralizable else texts[0]
            )
            entry.user_comments = list(old.user_comments)
            entry.flags |= old.flags & {"fuzzy"}


# -- What a change means for a translation ---------------------------------------------------------------------------


def _changed(entry: Entry, was: _Before, target: Target, *, carry: bool) -> str:
    """Put a translation to review beside what it was made of, or carry it; ``carriable`` if it could have been."""
    if not _translated(entry):
        return ""
    forms = several(entry.id)
    same_section = was.key[0] == (entry.context or "")
    texts = None
    if was.done and same_section:
        stands_for = _stands_for(reviews.seen_values(entry), target.figures)
        texts = cosmetic.carried(was.forms, forms, several(entry.string or ""), target.language, stands_for)
    if texts is None or not carry:
        entry.flags.add("fuzzy")
        entry.previous_id = list(was.previous or was.forms)
        if not same_section:
            entry.user_comments.append(f"{reviews.REVIEW}it stood in another section, {was.key[0]}")
        return "carriable" if texts else ""
    entry.string = texts if entry.pluralizable else texts[0]
    entry.flags.discard("fuzzy")
    names = zip(PLACEHOLDER.findall(was.forms[-1]), PLACEHOLDER.findall(forms[-1]), strict=True)
    reviews.renew(entry, dict(names))
    return "carried"


def _stands_for(seen: reviews.Values, figures: reviews.Register) -> Callable[[str, str], bool]:
    """Whether a figure may take another's place: of the same kind, or its new name; forms are compared by values."""

    def stands_for(old: str, new: str) -> bool:
        was, now = figures.get(figure_of(old)), figures.get(figure_of(new))
        if now is None or old.removeprefix(figure_of(old)) != new.removeprefix(figure_of(new)):
            return False
        if figure_of(new) != new:
            return True  # the time that a figure holds for, of the same precision
        if was is None:
            return now.kind in COUNTED and seen.get(old) == now.value
        return (was.kind, was.currency) == (now.kind, now.currency)

    return stands_for


def _outcome(entry: Entry, was: _Before | None, outcome: str) -> str:
    """What became of an entry, its marks put in order."""
    if not _translated(entry):
        entry.flags.discard("fuzzy")  # Babel takes empty forms for a translation
    if not entry.fuzzy:
        entry.previous_id = []
        return outcome if _translated(entry) else "new" if was is None else ""
    if was and not entry.previous_id:
        entry.previous_id = list(was.previous or (was.forms if was.forms != several(entry.id) else ()))
    return outcome if outcome == "carriable" else "review" if was and was.done else ""


def _carried(settled: dict[Key, tuple[str, _Before | None]], final: list[str]) -> Iterator[Carried]:
    line = 1
    for block, (key, (outcome, was)) in zip(final, [(("", ""), ("", None)), *settled.items()], strict=False):
        lines = block.split("\n")
        if outcome == "carried" and was:
            offset = next(number for number, each in enumerate(lines) if each.startswith("msgid"))
            yield Carried(line + offset, was.forms[0], key[1])
        line += len(lines) + 1


# -- Obsolete entries ------------------------------------------------------------------------------------------------


def _revived(catalog: Catalog, new: Catalog) -> Iterator[bool]:
    """Take obsolete entries up whose message has come back; only what was removed when it was done is done now."""
    for babel_key, entry in list(catalog.obsolete.items()):
        if not _find(new, _key(entry)):
            continue
        del catalog.obsolete[babel_key]
        if _find(catalog, _key(entry)):
            continue
        pofiles.take_previous(entry)
        if _REVIEWED not in entry.user_comments or entry.fuzzy:
            entry.flags.add("fuzzy")
            entry.user_comments = [*(c for c in entry.user_comments if c != _CAME_BACK), _CAME_BACK]
        entry.user_comments = [comment for comment in entry.user_comments if comment != _REVIEWED]
        catalog[entry.id] = entry
        yield _translated(entry)


def _retired(catalog: Catalog, known: Collection[object], before: dict[Key, _Before]) -> Iterator[bool]:
    """Note what newly obsolete entries were, since a mark for review is lost on them; drop what has no translation."""
    for babel_key, entry in list(catalog.obsolete.items()):
        if not _translated(entry):
            del catalog.obsolete[babel_key]
        elif babel_key not in known:
            was = before[_key(entry)]
            entry.user_comments += [_REVIEWED] if was.done else was.lines
            yield True
