"""What a translation was written for: the values of its figures, and its plural source; and why it needs review.

Gettext's tools know a message by its context and singular, and nothing of values. Both are therefore noted in
translators' comments, which every tool keeps: ``# figures: a=46``, ``# plural: 1f2e3d4c``, ``# review: …``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from typing import Any, TypeAlias

from kzpub.figures import COUNTED, category
from kzpub.inlines import PLACEHOLDER
from kzpub.languages import Language
from kzpub.model import Figure

Register: TypeAlias = Mapping[str, Figure[Any]]
Values: TypeAlias = Mapping[str, Decimal]

_SEEN = "figures: "
_PLURAL = "plural: "
REVIEW = "review: "
"""What begins our comments on an entry: the values and the plural that it was written for, why it needs review."""


def several(text: str | Sequence[str]) -> tuple[str, ...]:
    """Babel holds a text, or a sequence of the forms of a plural message."""
    return (text,) if isinstance(text, str) else tuple(text)


def changes(seen: Mapping[str, Decimal], called: Iterable[str], figures: Register, language: Language) -> Iterator[str]:
    """Figures whose value now asks for other forms of the words around it than when a translation was written."""
    for id in called:
        then = replace(figures[id], values=(seen[id],))
        before, after = category(then, language), category(figures[id], language)
        if before != after:
            yield f"{id} was {seen[id]} ({before}) and is {figures[id].value} ({after})"


def counted_in(texts: Iterable[str], figures: Register) -> tuple[str, ...]:
    """The figures in some texts whose value decides the forms of the words around them, once each."""
    found = dict.fromkeys(name for text in texts for name in PLACEHOLDER.findall(text))
    return tuple(name for name in found if name in figures and figures[name].kind in COUNTED)


def note(message: Any, language: Language, counted: str, figures: Register) -> None:
    """Write down what a translation was written for; what that is not known of, or has changed, needs review."""
    texts = several(message.id)
    called, seen, plural = counted_in(texts, figures), seen_values(message), plural_note(texts)
    compared = [id for id in called if id in seen and id != counted]
    reasons = [REVIEW + change for change in changes(seen, compared, figures, language)]
    waiting, translated = message.fuzzy, any(several(message.string or ""))
    if not waiting:  # a translator who looks anyway has the new values and the new source in sight
        reasons += _unknown(message, plural, [id for id in called if id not in seen and id != counted])
    if reasons and translated:
        message.flags.add("fuzzy")
    ours = (_SEEN, _PLURAL) if waiting else (_SEEN, _PLURAL, REVIEW)
    kept = [comment for comment in _comments(message) if not comment.startswith(ours)]
    note = [_SEEN + ", ".join(f"{id}={figures[id].value:f}" for id in called)] if called else []
    message.user_comments = [*kept, *(reasons if translated else []), *note, *([plural] if plural else [])]


def renew(message: Any, names: Mapping[str, str]) -> None:
    """Write down that a translation was carried to a source with other figures: the old values under the new names."""
    seen = [f"{names[id]}={value:f}" for id, value in seen_values(message).items() if id in names]
    plural = plural_note(several(message.id))
    kept = [comment for comment in _comments(message) if not comment.startswith((_SEEN, _PLURAL))]
    message.user_comments = [*kept, *([_SEEN + ", ".join(seen)] if seen else []), *([plural] if plural else [])]


def _unknown(message: Any, plural: str, unseen: list[str]) -> Iterator[str]:
    if unseen:
        yield f"{REVIEW}not known for which value of {', '.join(unseen)} it was written"
    if plural and plural not in message.user_comments:
        yield f"{REVIEW}not known for which plural source it was written"


def plural_note(texts: tuple[str, ...]) -> str:
    """The comment that names the plural source of a translation: gettext's tools know a message by its singular."""
    return f"{_PLURAL}{sha256(texts[1].encode()).hexdigest()[:8]}" if len(texts) > 1 else ""


def seen_values(message: Any) -> dict[str, Decimal]:
    """The values that a translation was written for, as its comment has them; a value that is none is left out."""
    pairs = (pair for c in _comments(message) if c.startswith(_SEEN) for pair in c.removeprefix(_SEEN).split(","))
    found = (re.fullmatch(r"\s*(\w+)=(-?\d+(?:\.\d+)?)\s*", pair) for pair in pairs)
    return {match[1]: Decimal(match[2]) for match in found if match}


def _comments(message: Any) -> list[str]:
    """Translators' comments, the values in one line: Babel's own commands break a long one after a comma."""
    whole: list[str] = []
    for comment in message.user_comments:
        if whole and whole[-1].startswith(_SEEN) and whole[-1].endswith(","):
            whole[-1] += f" {comment}"
        else:
            whole.append(comment)
    return whole
