"""In which of our languages a text can be written, told by its letters alone: for texts that nobody can compare."""

from __future__ import annotations

import re

KNOWN = ("en", "kk", "ru")
_KAZAKH = frozenset("әғқңөұүһі")
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+")
_TELLING = 30  # letters; fewer may be a name
_NAMED = 0.12  # of the letters of a Russian text may be Kazakh, in names; Kazakh has twice as many
_WITHOUT_OWN = 50  # letters; the factsheet’s longest Kazakh text without one has 25


def may_be_in(text: str, language: str) -> bool:
    """Whether a text can be in a language; of one that we cannot tell, and of a short one, all is believed."""
    letters = [letter for letter in _ADDRESS.sub(" ", text).lower() if letter.isalpha()]
    if language not in KNOWN or len(letters) < _TELLING:
        return True
    latin = 2 * sum(map(str.isascii, letters)) > len(letters)
    if latin or language == "en":
        return latin and language == "en"
    own = sum(letter in _KAZAKH for letter in letters) / len(letters)
    return own <= _NAMED if language == "ru" else own > 0 or len(letters) < _WITHOUT_OWN
