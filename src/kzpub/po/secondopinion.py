"""What other readers make of a catalogue: Babel and polib must read what we read, and msgfmt must accept the file."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator

from kzpub.errors import Place, Problem
from kzpub.po.grammar import Reading, Written, printable

PATIENCE = 20
"""Seconds that msgfmt may take; it needs some hundredths of one."""


def disagreements(entries: Iterable[Written], babel: Iterable[Reading], text: str, shown: str) -> Iterator[Problem]:
    """Entries of which Babel or polib does not make what we make, however small the difference."""
    ours = {entry.reading: entry.line for entry in entries}
    yield from _differences(ours, set(babel), "Babel", shown)
    try:
        theirs = set(_read_by_polib(text))
    except OSError as error:  # all that polib raises
        cause = f"polib cannot read it: {printable(str(error), 300)}"
        yield Problem("catalogue-parsers", cause, Place(shown), "look for what other entries do not have")
    else:
        yield from _differences(ours, theirs, "polib", shown)


def _differences(ours: dict[Reading, int], theirs: set[Reading], reader: str, shown: str) -> Iterator[Problem]:
    hint = "write the entry anew, as the entries around it are written"
    for reading, line in ours.items():
        if reading not in theirs:
            cause = f"{reader} reads “{printable(reading.source[0])}” in another way"
            yield Problem("catalogue-parsers", cause, Place(shown, line), hint)
    known = {reading[:2] for reading in ours}
    for reading in theirs - ours.keys():
        if reading[:2] not in known:
            cause = f"{reader} reads an entry “{printable(reading.source[0])}” that is not there"
            yield Problem("catalogue-parsers", cause, Place(shown), hint)


def _read_by_polib(text: str) -> Iterator[Reading]:
    import polib  # only here, and only where there is a catalogue

    for entry in polib.pofile(text):
        forms = tuple(entry.msgstr_plural[index] for index in sorted(entry.msgstr_plural))
        source = (entry.msgid, entry.msgid_plural) if forms else (entry.msgid,)
        yield Reading(entry.msgctxt, source, forms or (entry.msgstr,), entry.fuzzy, bool(entry.obsolete))


def msgfmt_problems(data: bytes, shown: str) -> Iterator[Problem]:
    """What “msgfmt -c” says of a catalogue; nothing where it is not installed."""
    program = shutil.which("msgfmt")
    if program is None:
        return
    command = [program, "-c", "-o", os.devnull, "-"]
    try:
        done = subprocess.run(  # noqa: S603  a fixed command; the file is given to it as data
            command, input=data, env={**os.environ, "LC_ALL": "C"}, capture_output=True, timeout=PATIENCE, check=False
        )
    except subprocess.TimeoutExpired:
        cause = f"msgfmt was not done in {PATIENCE} s"
        yield Problem("catalogue-msgfmt", cause, Place(shown), "try “msgfmt -c” on the file by hand")
        return
    except OSError as error:
        yield _objection(error.strerror or str(error), Place(shown))
        return
    said = done.stderr.decode("ascii", "replace").splitlines() if done.returncode else []
    found = [match for line in said if (match := re.fullmatch(r"<stdin>:(\d+)(?::\d+)?: (?!warning)(.+)", line))]
    for match in found:
        yield _objection(match[2], Place(shown, int(match[1])))
    if said and not found:
        yield _objection(said[-1], Place(shown))


def _objection(words: str, place: Place) -> Problem:
    return Problem(
        "catalogue-msgfmt", f"msgfmt: {printable(words, 300)}", place, "correct the text; “msgfmt -c” must pass"
    )
