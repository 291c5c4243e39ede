"""Whether a translation still holds when its source changed in figures, spacing or punctuation alone.

Texts are cut into tokens. Spacing and a closed list of marks count for nothing; numbers in digits and placeholders may
be replaced by others; all else must be the same, in the same order. Where there is any doubt, a translator looks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from kzpub.figures import form_of
from kzpub.inlines import PLACEHOLDER
from kzpub.judges.facts import differences, found
from kzpub.languages import SOURCE, Language
from kzpub.tongues import TONGUES

_VERBATIM = r"\\.|`+[^`]*`+|\]\([^)]*\)|\[\^[^\]]*\]|<[^>]*>|(?:https?://|www\.)\S+|[^\s@]+@\S+"
_CALLED = r"\{[a-z][a-z0-9_]*\}"
_WORD = r"[^\W_]+(?:[.,:'’][^\W_]+)*"  # with 5th, A4, egov.kz, don’t: no mark inside of a word is punctuation
_DASH = r"(?<![\d}%])[-‐‑–—](?![\s*\"“«(]*[\d{$€₸₽£¥№])"  # not a minus, not in a range, not before a suffix
_MARK = rf"[,;:.](?!\d)|…|[“”„‟«»‹›‘‚]|(?<!\d)[\"'’]|{_DASH}"
_TOKEN = re.compile(
    rf"(?P<verbatim>{_VERBATIM})|(?P<placeholder>{_CALLED})|(?P<number>\d(?:[\d.,:]*\d)?)(?![^\W_]|[.,:][^\W_])"
    rf"|(?P<word>{_WORD})|(?P<nothing>\s+|{_MARK})|(?P<sign>.)",
    re.DOTALL,
)
_FIGURES = ("number", "placeholder")
_SPACES = str.maketrans("\u00a0\u202f\u2009", "   ")
_SHAPED_BY_NUMBER = ("kk",)  # typography gives a suffix there the shape of its number; elsewhere 2-х may not become 6-х
_ENDING = re.compile(r"[-‐‑][^\W\d_]")

Forms = tuple[str, ...]
StandsFor = Callable[[str, str], bool]


def carried(old: Forms, new: Forms, translation: Forms, language: Language, stands_for: StandsFor) -> Forms | None:
    """The translation of an old source for the new one, ``None`` where a translator must look.

    All are a text or the forms of a plural message. ``stands_for`` says whether a placeholder may take the place of
    another.
    """
    changes = _changes(old, new)
    if changes is None or language.tag not in TONGUES:
        return None
    if not changes and differences(_prose(old[-1]), SOURCE.tag, _prose(new[-1]), SOURCE.tag) != ((), ()):
        return None
    if not all(_allowed(before, after, language, stands_for) for before, after in changes.items()):
        return None
    counts = [_counts(_figures(form, SOURCE), changes) for form in old]
    written = {_written(before, language): _written(after, language) for before, after in changes.items()}
    forms = [_replaced(form, written, language) for form in translation]
    expected = {_written(before, language): count for before, count in counts[0].items()}
    if any(count != counts[0] for count in counts) or any(form is None or form[1] != expected for form in forms):
        return None
    if any(
        _said_otherwise(text, changes, side) for side, texts in _sides(old, translation, language) for text in texts
    ):
        return None
    result = tuple(form[0] for form in forms if form)
    return result if all(_fits(new[-1], form, language) for form in result) else None


def _sides(old: Forms, translation: Forms, language: Language) -> tuple[tuple[Language, Forms], ...]:
    return (SOURCE, old), (language, translation)


# -- What changed ----------------------------------------------------------------------------------------------------


def _changes(old: Forms, new: Forms) -> dict[str, str] | None:
    """Each figure that changed and what it became; ``None`` if anything else changed, or one became two."""
    if len(old) != len(new):
        return None
    pairs: set[tuple[str, str]] = set()
    for before, after in zip(map(_tokens, old), map(_tokens, new), strict=True):
        if list(map(_shape, before)) != list(map(_shape, after)):
            return None
        figures = (pair for pair in zip(before, after, strict=True) if pair[0][0] in _FIGURES)
        pairs |= {(was, now) for (_, was), (_, now) in figures}
    changes = dict(pairs)
    return {was: now for was, now in changes.items() if was != now} if len(changes) == len(pairs) else None


def _tokens(text: str) -> list[tuple[str, str]]:
    """The kinds and characters of all that counts."""
    matches = ((str(match.lastgroup), match[0]) for match in _TOKEN.finditer(text))
    return [(kind, token.replace("’", "'")) for kind, token in matches if kind != "nothing"]


def _shape(token: tuple[str, str]) -> tuple[str, str]:
    return (token[0], "") if token[0] in _FIGURES else token


def _allowed(old: str, new: str, language: Language, stands_for: StandsFor) -> bool:
    """Whether a figure may be replaced: a plain number by one that asks for the same words around it."""
    if old.startswith("{"):
        return stands_for(old[1:-1], new[1:-1])
    if not all(re.fullmatch(rf"(?!0\d)(?:{TONGUES[SOURCE.tag].number})", number) for number in (old, new)):
        return False
    return form_of(_value(old), language) == form_of(_value(new), language)


def _value(number: str) -> Decimal:
    return Decimal(number.replace(",", ""))


# -- In the translation ----------------------------------------------------------------------------------------------


def _written(figure: str, language: Language) -> str:
    """A number of the source as a language writes it; a placeholder as it is."""
    if figure.startswith("{") or TONGUES[language.tag].mark == ".":
        return figure
    return figure.replace(",", " ").replace(".", ",")


def _figures(text: str, language: Language) -> Iterator[re.Match[str]]:
    """Placeholders and numbers in digits, outside of code, notes and addresses."""
    number = TONGUES[language.tag].number
    pattern = rf"(?:{_VERBATIM})|(?P<figure>{_CALLED}|(?<![\w.,:])(?:{number})(?![^\W_]|[.,:]\d))"
    matches = re.finditer(pattern, text.translate(_SPACES), re.DOTALL)
    return (match for match in matches if match["figure"])


def _counts(figures: Iterable[re.Match[str]], wanted: Iterable[str]) -> dict[str, int]:
    counts = Counter(match[0] for match in figures)
    return {figure: counts[figure] for figure in wanted}


def _replaced(text: str, written: Mapping[str, str], language: Language) -> tuple[str, dict[str, int]] | None:
    """A text with other figures and how often each was there; ``None`` where an ending may depend on one."""
    figures = list(_figures(text, language))
    parts, end = [], 0
    for match in figures:
        if match[0] not in written:
            continue
        if _ENDING.match(text, match.end()) and language.tag not in _SHAPED_BY_NUMBER and match[0][0] != "{":
            return None
        parts += [text[end : match.start()], written[match[0]]]
        end = match.end()
    return "".join((*parts, text[end:])), _counts(figures, written)


def _said_otherwise(text: str, changes: Mapping[str, str], language: Language) -> bool:
    """Whether the value of a changed number is in a text once more, in words: which of the two changed is unknown."""
    numbers = {_written(figure, language): _value(figure) for figure in changes if not figure.startswith("{")}
    masked = text
    for match in reversed(list(_figures(text, language))):
        if match[0] in numbers:
            masked = f"{masked[: match.start()]}\ufffc{masked[match.end() :]}"
    facts = (fact.value for fact, _ in found(_prose(masked), language.tag)) if numbers else ()
    return any(Decimal(part) in numbers.values() for fact in facts for part in re.findall(r"\d+(?:\.\d+)?", fact))


def _fits(source: str, text: str, language: Language) -> bool:
    """The build's own conditions: the same placeholders, and facts that are equal by value."""
    if Counter(PLACEHOLDER.findall(source)) != Counter(PLACEHOLDER.findall(text)):
        return False
    return differences(_prose(source), SOURCE.tag, _prose(text), language.tag) == ((), ())


def _prose(text: str) -> str:
    """A text without what holds digits that are no facts: names in braces, code, notes, targets of links."""
    return re.sub(rf"{_CALLED}|`+[^`]*`+|\]\([^)]*\)|\[\^[^\]]*\]", "\ufffc", text)
