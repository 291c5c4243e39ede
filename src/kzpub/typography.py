"""Quotation marks, no-break spaces and Kazakh suffixes, set in the finished tree.

A text is joined across its marks (so that a space after a bold number is seen in context), changed, and cut again at
the same places. Suffixes come first: a new one stands in the text in which the old one began. Every other rule replaces
characters one for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice

from kzpub.inlines import Break, Foreign, Inline, Inlines, Text, Value, innermost, map_inlines
from kzpub.languages import LANGUAGES, Language
from kzpub.model import Document
from kzpub.suffixes import agree, corrections
from kzpub.traversal import map_texts

NO_BREAK = "\u00a0"
_OPAQUE = (
    "\ufffc"  # stands for a code span, a note call, a text in another language: no rule looks into them or across them
)
_KAZAKH = "kk"

_RULES = (
    r"(\d) (?=\d{3}(?!\d))",  # groups of three digits: 22 000
    r"([№§]) (?=\d)",
    r"(\S) (?=[–—](?:\s|$))",  # no line begins with a dash
    r"(\d) (?=%)",
    r"((?<!\w)[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]\.) (?=[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ])",  # initials and a name
    r"([^\n]{40}) (?=[^\w\s]{0,2}[^\W_]{1,3}[^\w\s]{0,3}$)",  # no text ends with a line of three letters
)
RULES_BY_LANGUAGE = {
    "en": (r"(\b(?:No|Arts?|paras?|pp?|vol)\.) (?=\d)", r"(\b(?:Mr|Ms|Mrs|Dr|Prof)\.?) (?=[A-Z])"),
    "kk": (r"(\d{4}) (?=жыл|ж\.)", r"((?<!\w)т\.) (?=[бсғ]\.)"),
    "ru": (
        r"(\d{4}) (?=год|гг?\.)",
        r"([Сс]м\.) (?=[\w№])",
        r"((?<!\w)(?:ст|пп?|ч|рис|табл|стр|гл)\.) (?=\d)",
        r"((?<!\w)т\.) (?=[дедпкч]\.)",
        r"(?<![\w-])([авикосуАВИКОСУ]) (?=[«\w])",  # no line ends with a one-letter word
    ),
}
"""Spaces that must not break: each pattern is what stands before one, the space, and what must follow."""

KEPT_WHOLE = re.compile(r"\d[\d\u00a0.,%]*(?:[–-]\w+)+|^-\w+")
"""What no line may end inside: a range (2019–2025), a number or a value with what its hyphen joins (144-сессия)."""

_NUMBER_AND_WORD = re.compile(r"(?<![\w–-])([$€£₸]?\d(?:[\d.,\u00a0]*\d)?(?:[–-]\d(?:[\d.,\u00a0]*\d)?)?) (?=[^\W\d_])")
_YEAR = re.compile(r"(19|20)\d\d(?:[–-](19|20)?\d\d)?")
_STRAIGHT = re.compile(r"[\"']")
_OPENS_AFTER = re.compile(r"[\s(\[«“„‘–—-]")


def polish(document: Document[Inlines], language: Language) -> Document[Inlines]:
    """The document with the quotation marks and no-break spaces of its language."""
    return map_texts(document, lambda inlines: polish_inlines(inlines, language))


def polish_inlines(inlines: Inlines, language: Language) -> Inlines:
    """One text polished across its marks; a piece of it in another language by the rules of that one."""
    if language.tag == _KAZAKH:
        inlines = _recut(inlines, _with_suffixes(_joined(inlines)))
    return _recut(inlines, _one_for_one(_joined(inlines), language))


def _joined(inlines: Inlines) -> str:
    return "".join(map(_visible, innermost(inlines)))


def _recut(inlines: Inlines, pieces: Iterable[str]) -> Inlines:
    """The same inlines with other characters: a piece for each that was visible."""
    changed = iter(pieces)

    def cut(inline: Inline) -> Inline:
        piece = "".join(islice(changed, len(_visible(inline))))
        match inline:
            case Text():
                return Text(piece)
            case Value(name):
                return Value(name, piece)
            case Foreign(tag, content):
                return Foreign(tag, polish_inlines(content, LANGUAGES[tag]))
            case _:
                return inline

    return map_inlines(inlines, cut)


def _with_suffixes(text: str) -> list[str]:
    """A piece for each character: a corrected suffix whole where it begins, nothing for the rest of it."""
    pieces = list(text)
    for start, end, shape in corrections(text):
        pieces[start:end] = [shape] + [""] * (end - start - 1)
    return pieces


def _visible(inline: Inline) -> str:
    match inline:
        case Text(text) | Value(text=text):
            return text
        case Break():
            return "\n"
        case _:
            return _OPAQUE


def polish_text(text: str, language: Language) -> str:
    """Plain text polished; as long as it was, but for Kazakh suffixes."""
    return _one_for_one(agree(text) if language.tag == _KAZAKH else text, language)


def _one_for_one(text: str, language: Language) -> str:
    text = "".join(_with_quotes(text, language))
    for rule in _rules(language.tag):
        text = rule.sub(rf"\1{NO_BREAK}", text)
    return _NUMBER_AND_WORD.sub(_joined_to_its_word, text)


@cache
def _rules(tag: str) -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, _RULES + RULES_BY_LANGUAGE.get(tag, ())))


def _joined_to_its_word(match: re.Match[str]) -> str:
    """A number and the word it counts stay together; a bare year (“in 2023 and …”) counts nothing."""
    return match[0] if _YEAR.fullmatch(match[1]) else match[1] + NO_BREAK


def _with_quotes(text: str, language: Language) -> Iterator[str]:
    """Straight quotation marks turned into those of the language, inner ones inside outer ones."""
    if not _STRAIGHT.search(text):
        yield text
        return
    outer_open, outer_close, inner_open, inner_close = language.quotes
    opened: list[str] = []
    opening = False
    for position, character in enumerate(text):
        before = text[position - 1] if position else " "
        after = text[position + 1 : position + 2]
        if not _STRAIGHT.match(character):
            opened += [character] * (character == outer_open)
            del opened[len(opened) - (character == outer_close) :]
            yield character
            opening = False
        elif character == "'" and before.isalnum() and (after.isalnum() or opened[-1:] != ["'"]):
            yield "’"
        elif _OPENS_AFTER.match(before) or opening:
            opened.append(character)
            opening = True
            yield inner_open if len(opened) > 1 else outer_open
        else:
            yield inner_close if len(opened) > 1 else outer_close
            opening = False
            del opened[-1:]
