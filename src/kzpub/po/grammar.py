"""The lines of a catalogue and the entries that they make, by the part of gettext's grammar that all tools share.

Nothing is mended or skipped in silence: a line that is none, an escape that tools read in different ways, and keywords
out of order are all findings, and reading goes on after each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from kzpub.errors import Place, Problem

STRUCTURE = ("catalogue-order", "catalogue-duplicate")
"""Codes of findings about how lines make entries, which mean nothing between the two sides of a merge."""

_WORD = r"msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?"
_STRING = re.compile(rf'[ \t]*(?:#([~|])[ \t]+)?(?:({_WORD}) +)?"([^"\\]*(?:\\.[^"\\]*)*)"[ \t]*')
_COMMENT = re.compile(r"[ \t]*#(?:#.*|([.:,]?)(?:[ \t](.*))?)")
_CONFLICT = re.compile(r"(<<<<<<<|=======|>>>>>>>|\|\|\|\|\|\|\|)(?: .*)?")
_LIKELY = re.compile(rf"[ \t]*(?:#([~|])[ \t]+)?(?:({_WORD})(?![\w\[]))?[ \t]*(.*)")
_OPEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*\\?')
_ESCAPE = re.compile(r"\\(.)")
_ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}
_STARTS = ("msgctxt", "msgid")
_PREVIOUS = {"": _STARTS, "msgctxt": ("msgid",), "msgid": ("msgid_plural",)}
_ORDER = "the order is msgctxt, msgid, msgstr, or msgctxt, msgid, msgid_plural, msgstr[0] to msgstr[{}]"


class Reading(NamedTuple):
    """What a reader makes of an entry; all readers must make the same of it."""

    context: str | None
    source: tuple[str, ...]
    texts: tuple[str, ...]
    fuzzy: bool
    obsolete: bool


@dataclass(frozen=True, slots=True)
class Written:
    """An entry as it is written.

    Attributes:
        line: where its source text begins.
        last: where its last string stands.
        texts: its strings by their keywords.
        flags: its flags and their lines.
        obsolete: whether it is kept for its translation only.

    """

    line: int
    last: int
    texts: Mapping[str, str]
    flags: tuple[tuple[int, str], ...]
    obsolete: bool

    @property
    def reading(self) -> Reading:
        """What we make of it."""
        source = tuple(text for word, text in self.texts.items() if word.startswith("msgid"))
        texts = tuple(text for word, text in self.texts.items() if word.startswith("msgstr"))
        fuzzy = any(flag == "fuzzy" for _, flag in self.flags)
        return Reading(self.texts.get("msgctxt"), source, texts, fuzzy, self.obsolete)


def printable(text: str, most: int = 60) -> str:
    """The beginning of a text for a message: what a terminal would act upon is a question mark."""
    return "".join(character if character.isprintable() else "?" for character in text.strip()[:most])


def parse(lines: Iterable[str], shown: str, forms: int) -> tuple[list[Written], list[Problem]]:
    """The entries of a catalogue whose language has a number of plural forms, and all that is wrong with its lines."""
    reader = _Reader(shown, forms)
    for reader.number, line in enumerate(lines, 1):
        reader.take(line)
    reader.close(None)
    return reader.entries, reader.problems


@dataclass(slots=True)
class _Reader:
    """The entry that is being read, in one of three layers: live, obsolete (``#~``), previous (``#|``)."""

    shown: str
    forms: int
    number: int = 0
    entries: list[Written] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    layer: str = ""
    word: str = ""
    sound: bool = True
    texts: dict[str, list[str]] = field(default_factory=dict)
    flags: list[tuple[int, str]] = field(default_factory=list)
    line: int = 0
    last: int = 0

    def _find(self, code: str, cause: str, hint: str, line: int = 0) -> None:
        self.problems.append(Problem(code, cause, Place(self.shown, line or self.number), hint))

    def take(self, line: str) -> None:
        """A line as part of an entry, as a comment, or as a finding."""
        if match := _STRING.fullmatch(line):
            self._string(match[1] or "", match[2], match[3])
        elif match := _COMMENT.fullmatch(line):
            self._comment(line, match[1] == ",", match[2] or "")
        elif line.strip(" \t"):
            self._broken(line)

    def _comment(self, line: str, flags: bool, text: str) -> None:
        self.close(None)
        if line.endswith("\\"):
            cause = "a backslash at the end of a comment, where gettext takes the next line for a part of it"
            self._find("catalogue-syntax", cause, "take it off")
        if flags and self.flags:
            cause = "a second line of flags, where gettext forgets the first"
            self._find("catalogue-flag", cause, "write all flags of an entry in one line")
        if flags:
            self.flags += ((self.number, flag.strip()) for flag in text.split(","))

    def _string(self, layer: str, word: str | None, text: str) -> None:
        if word:
            self._keyword(layer, word)
        elif not self.word or layer != self.layer:
            self._find(
                "catalogue-order", "a string that belongs to no keyword", "put it under its keyword, or delete it"
            )
            return
        self.texts[self.word].append(self._unescaped(text))
        self.last = self.number

    def _keyword(self, layer: str, word: str) -> None:
        if layer != self.layer or (word in _STARTS and word not in self._after()):
            self.close(layer)
        if word in self.texts:
            self._find("catalogue-duplicate", f"a second {word} in one entry", "keep one of the two")
            self.sound = False
        elif self.sound and word not in self._after(layer):
            after = f"after {self.word}" if self.word else "at the beginning of an entry"
            self._find("catalogue-order", f"{word} {after}", _ORDER.format(self.forms - 1))
            self.sound = False
        self.layer, self.word, self.texts[word] = layer, word, []
        self.line = self.number if word == "msgid" or not self.line else self.line

    def _after(self, layer: str | None = None) -> tuple[str, ...]:
        """The keywords that may follow."""
        previous = (self.layer if layer is None else layer) == "|"
        return (_PREVIOUS if previous else _order(self.forms)).get(self.word, ())

    def close(self, layer: str | None) -> None:
        """The end of an entry: a comment, the end of the file, or the next entry, of a layer, comes."""
        if self.layer == "|" and layer != "":
            self._find(
                "catalogue-order", "“#|” without its entry under it", "put it right above msgctxt or msgid", self.last
            )
        elif self.sound and self.word and self._after() and (self.layer != "|" or self.word == "msgctxt"):
            self._find(
                "catalogue-order", f"an entry that ends after {self.word}", _ORDER.format(self.forms - 1), self.last
            )
        if self.layer != "|" and "msgid" in self.texts:
            texts = {word: "".join(parts) for word, parts in self.texts.items()}
            self.entries.append(Written(self.line, self.last, texts, tuple(self.flags), self.layer == "~"))
        if self.layer != "|" and self.word:
            self.flags = []
        self.layer, self.word, self.texts, self.sound, self.line = "", "", {}, True, 0

    def _unescaped(self, text: str) -> str:
        if "\\" not in text:
            return text
        for escape in _ESCAPE.findall(text):
            if escape not in _ESCAPES:
                cause = f"the escape \\{printable(escape)}, which tools read in different ways"
                self._find(
                    "catalogue-escape", cause, 'write the character itself; only \\n, \\t, \\" and \\\\ are known'
                )
        return _ESCAPE.sub(lambda match: _ESCAPES.get(match[1], match[0]), text)

    def _broken(self, line: str) -> None:
        """A line that is none: the keyword that it begins with counts, so that it costs one finding."""
        if match := _CONFLICT.fullmatch(line):
            hint = "settle the merge: keep one side, and delete the marks"
            self._find("catalogue-conflict", f"a mark of a merge conflict, “{match[1]}”", hint)
        elif line.lstrip(" \t").startswith("#~|"):
            cause = "the previous source of an obsolete entry, which not all tools can read"
            self._find("catalogue-syntax", cause, "delete the line")
        elif match := _LIKELY.match(line):
            layer, word, rest = match.groups()
            self._find("catalogue-syntax", *_fault(rest, line))
            if word:
                self._keyword(layer or "", word)


def _fault(rest: str, line: str) -> tuple[str, str]:
    """What is wrong with a line that begins well and goes on in some way; and the remedy."""
    if _OPEN.fullmatch(rest):
        return f"a string that does not end on its line: {printable(line)}", 'end it with ", and write \\" inside of it'
    if rest.startswith("#"):
        return f"a comment without a space after its mark: {printable(line)}", "put a space there"
    return f"not a line of a catalogue: {printable(line)}", 'write comments after “# ”, and texts as msgstr "…"'


@cache
def _order(forms: int) -> dict[str, tuple[str, ...]]:
    """The keywords that may follow each; an entry ends where none may."""
    plural = ["msgid_plural", *(f"msgstr[{n}]" for n in range(forms))]
    return {
        "": _STARTS,
        "msgctxt": ("msgid",),
        "msgid": ("msgid_plural", "msgstr"),
        **{word: (following,) for word, following in pairwise(plural)},
    }
