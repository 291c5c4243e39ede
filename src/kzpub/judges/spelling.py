"""Words that a dictionary does not know: advice for a reader of proofs, where Hunspell and its dictionary are there."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Collection, Iterable, Iterator
from functools import cache

from kzpub.errors import Place, Problem
from kzpub.judges.stems import UNSEEN, stems
from kzpub.languages import Language

DICTIONARIES = {"kk": "kk_KZ", "ru": "ru_RU"}
_SECONDS = 60
_SUGGESTIONS = 3
_TOKEN = re.compile(r"[\w-]+")
_NOT_JUDGED = re.compile(r"[A-Za-z\d_]|(?<![^\W_])[^\W\d_a-zа-яёәіңғүұқөһ]{2,}(?![^\W_])")
"""Latin words, numbers and abbreviations in capitals, with whatever a hyphen joins to them."""
_UNKNOWN = re.compile(r"^[&#] (\S+) [^:\n]*(?:: (.*))?$", re.MULTILINE)


@cache
def available(language: Language) -> bool:
    """Whether Hunspell and its dictionary of a language are on this machine."""
    return language.tag in DICTIONARIES and shutil.which("hunspell") is not None and _run("", language) is not None


def advice(texts: Iterable[tuple[str, Place]], language: Language, allowed: Collection[str]) -> Iterator[Problem]:
    """Words that the dictionary of a language does not know, each where it stands first; nothing without Hunspell."""
    if not available(language):
        return
    known = {stem for word in allowed for stem in stems(word.lower(), language.tag)}
    first: dict[str, Place] = {}
    for text, place in texts:
        for word in _words(text):
            first.setdefault(word, place)
    judged = [word for word in first if stems(word.lower(), language.tag).isdisjoint(known)]
    said = _run("".join(f"^{word}\n" for word in judged), language)
    for word, suggestions in _UNKNOWN.findall(said or ""):
        perhaps = ", ".join(suggestions.split(", ")[:_SUGGESTIONS]) or "nothing near it is known"
        cause = f"[{language.tag}] the dictionary does not know “{word}”"
        yield Problem("spelling", cause, first.get(word), f"perhaps: {perhaps}")


def _words(text: str) -> Iterator[str]:
    for token in _TOKEN.findall(text.translate(UNSEEN)):
        if not _NOT_JUDGED.search(token):
            yield from filter(None, token.split("-"))


def _run(words: str, language: Language) -> str | None:
    """What Hunspell says of some words; ``None`` if it has no dictionary of the language or takes too long."""
    command = ["hunspell", "-d", DICTIONARIES[language.tag], "-i", "utf-8", "-a"]
    try:
        done = subprocess.run(  # noqa: S603  a fixed command, its words on standard input
            command, input=words.encode(), capture_output=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None
