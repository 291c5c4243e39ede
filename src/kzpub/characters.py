"""Characters of a text file that nobody sees: they hide words, turn their order, or end lines for some tools only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import category, is_normalized, name

_SPACES = "\t\u00a0\u2009\u202f"
_PAIR = re.compile(r"\w[\u0300-\u036f]")
_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
"""Unicode's general categories: controls, formats, surrogates, private use, not assigned, separators of lines."""


def unseen(text: str) -> Iterator[tuple[int, str]]:
    """Each line that has such characters, from 1, and their names."""
    found = {each for each in set(text) if category(each) in _UNSEEN} - {"\n", "\t"}
    for number, line in enumerate(text.split("\n") if found else (), 1):
        if here := sorted(found.intersection(line)):
            yield number, ", ".join(f"U+{ord(each):04X} {name(each, '')}".strip() for each in here)


def visible(line: str) -> str:
    """A line as a terminal may be given it: what would act on it, hide in it or turn its order is written as a code."""
    if line.isprintable():
        return line
    return "".join(each if each.isprintable() or each in _SPACES else _code(each) for each in line)


def _code(character: str) -> str:
    number = ord(character)
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def in_parts(text: str) -> Iterator[tuple[int, str]]:
    """Each line that has letters in two parts, й of и and a breve, and these: tools take them for other words."""
    for number, line in enumerate(text.split("\n") if not is_normalized("NFC", text) else (), 1):
        if found := [pair for pair in _PAIR.findall(line) if not is_normalized("NFC", pair)]:
            yield number, ", ".join(dict.fromkeys(found))
