"""In which language a text is written, where that is beyond doubt: for texts that nothing can be compared with.

It is told by letters, and by words and endings, that only one of our languages has; what could be of two is let be.
"""

from __future__ import annotations

import re
from functools import cache

from kzpub.judges.alphabets import WORD, script
from kzpub.judges.signs import ALPHABETS, NAMES_OF, SIGNS

_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|\S+\.\w{2,}(?:/\S*)?")

_SENTENCE = re.compile(r"(?<=[.!?…])\s+")


def told(shown: str) -> str:
    """The tag of the language of a text, or nothing."""
    words = WORD.findall(_ADDRESS.sub(" ", shown))
    cyrillic = [word.lower() for word in words if script(word[0]) == "CYRILLIC"]
    latin = [word for word in words if script(word[0]) == "LATIN" and word.islower() and len(word) > 2]
    if len(latin) > 2 and len(latin) > 2 * len(cyrillic):
        return "en"
    signs = {tag: sum(map(lambda word, tag=tag: _tells(tag, word), cyrillic)) for tag in SIGNS}  # type: ignore[misc]
    best = max(signs, key=lambda tag: signs[tag])
    least = min(signs.values())
    return best if signs[best] > 1 + 2 * least and 3 * signs[best] >= len(cyrillic) > 2 * len(latin) else ""


def is_in_another(shown: str, language: str) -> bool:
    """Whether a text, or a sentence in it, is surely in another language than it is said to be in."""
    return any(told(each) not in ("", language) for each in (shown, *_SENTENCE.split(shown)))


def named(tag: str) -> str:
    """The English name of a language that can be told."""
    return NAMES_OF.get(tag, "English")


def _tells(tag: str, word: str) -> bool:
    words, endings = SIGNS[tag]
    return (
        bool(set(word) & _own_letters(tag)) or word in words or (len(word) > 4 and endings.fullmatch(word) is not None)
    )


@cache
def _own_letters(tag: str) -> frozenset[str]:
    """Letters that no other of our languages has."""
    others = (set(letters) for other, letters in ALPHABETS.items() if other != tag)
    return frozenset(ALPHABETS[tag]).difference(*others)
