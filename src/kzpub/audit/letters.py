"""In which of our languages a text can be written, told by its letters alone: for texts that nobody can compare."""

from __future__ import annotations

import re

KNOWN = ("en", "kk", "ru")
_KAZAKH = frozenset("әғқңөұүһі")
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+")
_TELLING = 30  # letters; fewer may be a name
_OWN_LETTERS = 0.03  # of the letters of Kazakh, which has five times as many; a Russian text may name a Kazakh
_WITHOUT_OWN = 80  # letters; no longer Kazakh text is without its own


def may_be_in(text: str, language: str) -> bool:
    """Whether a text can be in a language; of one that we cannot tell, and of a short one, all is believed."""
    letters = [letter for letter in _ADDRESS.sub(" ", text).lower() if letter.isalpha()]
    if language not in KNOWN or len(letters) < _TELLING:
        return True
    latin = 2 * sum(map(str.isascii, letters)) > len(letters)
    if latin or language == "en":
        return latin and language == "en"
    own = sum(letter in _KAZAKH for letter in letters) / len(letters)
    return own <= _OWN_LETTERS if language == "ru" else own > 0 or len(letters) < _WITHOUT_OWN
