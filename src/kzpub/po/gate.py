"""The gate on a catalogue file: bytes, characters, lines, entries and header are what they must be before any parser.

Everything that is wrong with a file is found in one run. Nothing that the file says is evaluated: its plural rule is
looked up in the table of its language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from kzpub.characters import in_parts, unseen
from kzpub.errors import Place, Problem
from kzpub.inputs import LARGEST
from kzpub.languages import Language
from kzpub.po.grammar import STRUCTURE, Written, parse, printable

LIMITS = {
    "bytes": LARGEST[".po"],
    "lines": 100_000,
    "lines in an entry": 2_000,  # other readers take a time that grows with its square
    "bytes in a line": 20_000,
    "entries": 20_000,
}
"""What no catalogue of a publication comes near to: one of 400 pages has half of that."""

MENDED = ("catalogue-format",)
"""Codes of findings that “kzpub catalogue update” puts right."""

_UPDATE = "run “kzpub catalogue update”"
_FLAG = re.compile(r"fuzzy|python-brace-format|(?:no-)?wrap|no-[a-z-]+-format")
_TOKEN = re.compile(r"\d+|[!=<>]=|&&|\|\||\S")
_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9-]*):(.*)")


def inspect(data: bytes, shown: str, language: Language) -> tuple[str, list[Written], list[Problem]]:
    """The text of a catalogue, its entries without the header, and all that is wrong with it, in order of lines."""
    stopped = [*_size_problems(data, shown), *_encoding_problems(data, shown)]
    if stopped:
        return "", [], stopped
    text = data.decode("utf-8").replace("\r\n", "\n")
    problems = [*_mark_problems(text, shown), *_character_problems(text, shown)]
    text = text.removeprefix("\ufeff")
    lines = text.split("\n")
    entries, found = parse(lines, shown, len(language.plurals))
    structure = [*found, *_entry_problems(entries, shown), *_repeated(entries, shown)]
    if any(problem.code == "catalogue-conflict" for problem in found):
        structure = [problem for problem in structure if problem.code not in STRUCTURE]
    if len(entries) > LIMITS["entries"]:
        problems.append(_too_much("entries", Place(shown)))
    problems += [*structure, *_header_problems(entries, lines, shown, language)]
    return text, entries[1:], sorted(problems, key=lambda problem: problem.place.line if problem.place else 0)


# -- Bytes and characters --------------------------------------------------------------------------------------------


def _size_problems(data: bytes, shown: str) -> Iterator[Problem]:
    lines = data.split(b"\n")
    if much := [what for what, count in (("bytes", len(data)), ("lines", len(lines))) if count > LIMITS[what]]:
        yield _too_much(much[0], Place(shown))
        return
    begun = 0
    for number, line in enumerate(lines, 1):
        if len(line) > LIMITS["bytes in a line"]:
            yield _too_much("bytes in a line", Place(shown, number))
        if not line.strip() or line.startswith(b"msgid "):
            begun = number
        if number - begun == LIMITS["lines in an entry"] + 1:
            yield _too_much("lines in an entry", Place(shown, number))


def _too_much(what: str, place: Place) -> Problem:
    hint = "put back the catalogue that stood there; none is that large"
    return Problem("catalogue-size", f"more than {LIMITS[what]:,} {what}", place, hint)


def _encoding_problems(data: bytes, shown: str) -> Iterator[Problem]:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = Place(shown, data.count(b"\n", 0, error.start) + 1)
        yield Problem("catalogue-encoding", f"byte {error.start} is not UTF-8", place, "save the file as UTF-8")


def _mark_problems(text: str, shown: str) -> Iterator[Problem]:
    if text.startswith("\ufeff"):
        hint = "save the file as UTF-8 without the mark (without “BOM”)"
        yield Problem("catalogue-bom", "a byte order mark before the text", Place(shown, 1), hint)


def _character_problems(text: str, shown: str) -> Iterator[Problem]:
    for number, names in unseen(text.removeprefix("\ufeff")):
        cause = f"characters that cannot be seen: {names}"
        yield Problem("catalogue-character", cause, Place(shown, number), "delete them, or write “\\n” for a new line")
    for number, letters in in_parts(text):
        cause = f"letters in two parts: {letters}"
        yield Problem(
            "catalogue-character", cause, Place(shown, number), "type them again, or normalise the file to NFC"
        )


# -- Entries ---------------------------------------------------------------------------------------------------------


def _entry_problems(entries: list[Written], shown: str) -> Iterator[Problem]:
    for line, flag in (each for entry in entries for each in entry.flags):
        if flag == "python-format":  # Babel and gettext take prose such as “6.1% of” for a format
            cause = "the flag python-format on prose"
            yield Problem("catalogue-format", cause, Place(shown, line), f"{_UPDATE}, which takes it off")
        elif not _FLAG.fullmatch(flag):
            hint = "write “fuzzy”, or delete the flag"
            yield Problem("catalogue-flag", f"an unknown flag “{printable(flag)}”", Place(shown, line), hint)
    for entry in entries[1:]:
        if not entry.texts["msgid"]:
            place, hint = Place(shown, entry.line), "delete the entry"
            yield Problem("catalogue-header", "a second header, or an entry without a source text", place, hint)


def _repeated(entries: list[Written], shown: str) -> Iterator[Problem]:
    """Messages that stand twice; gettext counts obsolete ones too."""
    seen: dict[tuple[str, str], int] = {}
    for entry in entries:
        key = entry.texts.get("msgctxt", ""), entry.texts["msgid"]
        if key[1] and key in seen:
            cause = f"a second translation of “{printable(key[1])}”, the first is in line {seen[key]}"
            yield Problem("catalogue-duplicate", cause, Place(shown, entry.line), "keep one of the two")
        seen.setdefault(key, entry.line)


# -- Header ----------------------------------------------------------------------------------------------------------


def _header_problems(entries: list[Written], lines: list[str], shown: str, language: Language) -> Iterator[Problem]:
    header = entries[0] if entries else None
    if header is None or header.texts["msgid"] or "msgstr" not in header.texts or "msgctxt" in header.texts:
        hint = 'begin with msgid "" and msgstr "" and the fields, as other catalogues have them'
        yield Problem("catalogue-header", "the file does not begin with a header", Place(shown, 1), hint)
        return
    if header.obsolete or header.reading.fuzzy:
        place = Place(shown, header.line)
        yield Problem("catalogue-header", "a header that is fuzzy or obsolete", place, "remove the mark")
    fields: dict[str, str] = {}
    names: set[str] = set()
    for field in header.texts["msgstr"].removesuffix("\n").split("\n"):
        match = _FIELD.fullmatch(field)
        if match is None or match[1].lower() in names:
            cause = f"a field of the header twice, or none: “{printable(field)}”"
            yield Problem("catalogue-header", cause, Place(shown, header.line), "write each once, as “Name: value\\n”")
        else:
            fields[match[1]] = match[2].strip(" \t")
            names.add(match[1].lower())
    for fault, (code, cause, hint) in _field_faults(fields, language).items():
        yield Problem(code, cause, Place(shown, _line_of(fault, header, lines)), hint)


def _field_faults(fields: dict[str, str], language: Language) -> dict[str, tuple[str, str, str]]:
    """Fields of a header that are not what they must be: code, cause and remedy."""
    faults: dict[str, tuple[str, str, str]] = {}
    content, transfer = fields.get("Content-Type", ""), fields.get("Content-Transfer-Encoding", "8bit")
    for field in ("POT-Creation-Date", "PO-Revision-Date"):
        if field in fields and not _is_date(fields[field]):
            cause = f"the header says “{field}: {printable(fields[field])}”"
            faults[field] = "catalogue-header", cause, "write a time as in “2026-03-05 09:30+0500”"
    declared, rule = fields.get("Language", ""), fields.get("Plural-Forms", "")
    if not re.fullmatch(r"text/plain; *charset=utf-8", content, re.IGNORECASE):
        hint = "write “Content-Type: text/plain; charset=UTF-8”, and save it so"
        faults["Content-Type"] = "catalogue-charset", "the header does not say charset=UTF-8", hint
    if transfer.lower() != "8bit":
        cause = f"the header says “Content-Transfer-Encoding: {printable(transfer)}”"
        faults["Content-Transfer-Encoding"] = "catalogue-charset", cause, "write “8bit”"
    if declared != language.tag:
        cause = f"the header says “Language: {printable(declared)}” in the folder of {language.tag}"
        faults["Language"] = "catalogue-language", cause, "put the right file here, or correct its header"
    stated = re.fullmatch(r"nplurals=(\d); *plural=(.{1,1000}?);?", rule)
    known = map(_tokens, language.plural_rules)
    if stated is None or stated[1] != str(len(language.plurals)) or _tokens(stated[2]) not in known:
        hint = f"write “Plural-Forms: nplurals={len(language.plurals)}; plural=({language.plural_rules[0]});”"
        cause = f"not the plural rule of {language.tag}: “{printable(rule)}”"
        faults["Plural-Forms"] = "catalogue-plurals", cause, hint
    return faults


def _is_date(value: str) -> bool:
    """Whether Babel can read it, which stops at any other."""
    try:
        datetime.strptime(value, "%Y-%m-%d %H:%M%z")
    except ValueError:
        return value.startswith("YEAR-MO-DA")
    return True


def _tokens(expression: str) -> list[str]:
    """An expression without spaces and without brackets around the whole of it."""
    tokens = _TOKEN.findall(expression)
    while _enclosed(tokens):
        tokens = tokens[1:-1]
    return tokens


def _enclosed(tokens: list[str]) -> bool:
    depth = 0
    for position, part in enumerate(tokens):
        depth += (part == "(") - (part == ")")
        if depth == 0:
            return 0 < position == len(tokens) - 1
    return False


def _line_of(field: str, header: Written, lines: list[str]) -> int:
    """Where a field of the header stands, or the header itself."""
    written = range(header.line, header.last + 1)
    return next((number for number in written if lines[number - 1].startswith(f'"{field}:')), header.line)
