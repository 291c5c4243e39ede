"""Words divided at line ends, in the languages that the programs of readers cannot hyphenate themselves.

WeasyPrint hyphenates by Pyphen, which is taught them here; what a browser or a word processor is given is cut by
``divided``, and the writers put there what the program takes for an optional break.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

from kzpub.kazakh import hyphenation_patterns

PATTERNS: dict[str, Callable[[], Iterator[str]]] = {"kk": hyphenation_patterns}
"""The languages that neither Pyphen nor a browser nor Word has."""

SHORTEST, LEFT, RIGHT = 10, 3, 3
"""The letters of a word that is worth dividing, and of its first and its last piece."""

SOFT_HYPHEN = "\u00ad"

_LEFT_ALONE = re.compile(r"^-|[A-Za-z\d@/_]|\w[^\W\d_a-zа-яёәғқңөұүһі]")
"""What is no plain word: what a hyphen joins to a figure, an address, an acronym (БҰҰ, ҚазҰУ), a word in capitals."""


def known(tag: str) -> bool:
    """Whether words of a language can be broken at line ends."""
    pyphen: Any = import_module("pyphen")
    return tag in PATTERNS or pyphen.language_fallback(tag) is not None


@cache
def dictionary(tag: str) -> str:
    """The patterns of a language as a file that Pyphen and Hyphen, the library of LibreOffice, read alike."""
    return "\n".join(("UTF-8", *_completed(PATTERNS[tag]()), ""))


def _completed(patterns: Iterable[str]) -> Iterator[str]:
    """The same rules for a reader that knows one pattern at a letter: each says what all shorter ones say there.

    Hyphen walks from letter to letter along the longest beginning of a pattern, and sees none that ends inside of it.
    """
    weights = dict(map(_parsed, patterns))
    walked = {letters[:end] for letters in weights for end in range(1, len(letters) + 1)}
    for letters in sorted(walked):
        ending = [weights[letters[start:]] for start in range(len(letters)) if letters[start:] in weights]
        if ending:
            padded = ([0] * (len(letters) + 1 - len(each)) + each for each in ending)
            highest = [max(column) for column in zip(*padded, strict=True)]
            yield "".join(f"{weight or ''}{letter}" for weight, letter in zip(highest, (*letters, ""), strict=True))


def _parsed(pattern: str) -> tuple[str, list[int]]:
    """The letters of a pattern, and the weight before each of them and behind the last."""
    return re.sub(r"\d", "", pattern), [int(weight or 0) for weight in re.split(r"\D", pattern)]


def teach() -> None:
    """Put the dictionaries into Pyphen's tables; WeasyPrint asks these by language tag.

    Pyphen knows dictionaries by the names of files, and keeps what it has read: so the files are not needed any longer.
    """
    pyphen: Any = import_module("pyphen")
    with tempfile.TemporaryDirectory(prefix="kzpub-") as folder:
        for tag in PATTERNS:
            path = Path(folder) / f"hyph_{tag}.dic"
            path.write_text(dictionary(tag), "utf-8")
            pyphen.LANGUAGES[tag] = path
            pyphen.LANGUAGES_LOWERCASE[tag] = tag
            pyphen.Pyphen(lang=tag)


def divided(text: str, tag: str, shortest: int = SHORTEST, left: int = LEFT, right: int = RIGHT) -> tuple[str, ...]:
    """A text cut wherever a line may end inside a word; uncut in a language that the programs of readers know.

    Never cut is what is no plain word: an acronym with its ending, a word in capitals, one with a digit or a Latin
    letter, an address.
    """
    language = tag.partition("-")[0]
    if language not in PATTERNS:
        return (text,)
    cuts = [0, *_cuts(text, language, shortest, left, right), len(text)]
    return tuple(text[start:end] for start, end in pairwise(cuts))


def _cuts(text: str, language: str, shortest: int, left: int, right: int) -> Iterator[int]:
    for token in re.finditer(r"\S+", text):
        if _LEFT_ALONE.search(token[0]):
            continue
        for word in re.finditer(r"[^\W\d_]+", token[0]):
            if len(word[0]) >= shortest:
                start = token.start() + word.start()
                yield from (start + point for point in _hyphenator(language, left, right).positions(word[0]))


@cache
def _hyphenator(language: str, left: int, right: int) -> Any:
    pyphen: Any = import_module("pyphen")
    with tempfile.TemporaryDirectory(prefix="kzpub-") as folder:
        path = Path(folder) / "patterns"
        path.write_text(dictionary(language), "utf-8")
        return pyphen.Pyphen(filename=path, left=left, right=right, cache=False)
