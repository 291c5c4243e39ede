"""Bytes and headers: files that are not the text they should be, and catalogues whose frame is broken."""

from __future__ import annotations

import os

from tests.hostile.bank import (
    BLOCKS,
    CHART,
    FIGURES,
    KAZAKH,
    LABELS,
    LABELS_KAZAKH,
    PICTURE,
    SETTINGS,
    TEXT,
    Case,
    both,
    put,
    said,
    swap,
)
from tests.hostile.make import fifo, folder, gone, grown, link

HEADER = '"Language: kk\\n"'
PLURALS = '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"'
NOWHERE = "/nowhere/at/all"

CASES = (
    Case("a chapter in another encoding", swap(TEXT, "Text and marks", "Text и marks".encode("cp1251")), "not-utf8", TEXT, 1),
    Case("a chapter in UTF-16", put(TEXT, "# Text {#text}\n".encode("utf-16")), "not-utf8", TEXT, 1),
    Case("a chapter of nothing but zeros", put(TEXT, bytes(4096)), "character-unseen", TEXT, 1),
    Case("a NUL within a chapter", swap(TEXT, "Second", "Sec\0ond"), "character-unseen", TEXT, "Sec\0ond"),
    Case("an overlong form of a slash", swap(TEXT, b"Second", b"\xc0\xaf"), "not-utf8", TEXT, 7),
    Case("a surrogate written as UTF-8", swap(TEXT, b"Second", b"\xed\xa0\x80"), "not-utf8", TEXT, 7),
    Case("a picture for a chapter", put(TEXT, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "not-utf8", TEXT, 1),
    Case("a chapter that is too large", put(TEXT, "# Text {#text}\n\n" + "word " * 500_000), "input-size", TEXT),
    Case("a chapter without an end", put(TEXT, "# Text {#text}\n\n" + "word " * 20_000), "text-length", TEXT, 3),
    Case("a chapter that is a folder", both(gone(TEXT), folder(TEXT)), "chapter-missing", SETTINGS, 9),
    Case("a chapter that is a named pipe", both(gone(TEXT), fifo(TEXT)), "file-unreadable", TEXT),
    Case("a chapter that is a link to a device", link(TEXT, "/dev/zero"), "input-link", TEXT),
    Case("a chapter that is a link out of the project", link(TEXT, "/etc/passwd"), "input-link", TEXT),
    Case("a chapter that is a link to nothing", link(TEXT, NOWHERE), "input-link", TEXT),
    Case("a chapter that is a link to itself", link(TEXT, "01-text.md"), "file-unreadable", TEXT),
    Case("a register that is a link out of the project", link(FIGURES, "/etc/passwd"), "input-link", FIGURES),
    Case("a register that is a named pipe", both(gone(FIGURES), fifo(FIGURES)), "file-unreadable", FIGURES),
    Case("a register that is too large", grown(FIGURES, "# {}\n", 400_000), "input-size", FIGURES),
    Case("a configuration in another encoding", swap(SETTINGS, b"tests.", b"\xff\xfe"), "not-utf8", SETTINGS, "description"),
    Case("a configuration that is empty", put(SETTINGS, ""), "yaml-type", SETTINGS, 1),
    Case("a configuration that is a named pipe", both(gone(SETTINGS), fifo(SETTINGS)), "file-unreadable", SETTINGS),
    Case("a chart that is a link out of the project", link(CHART, "/etc/passwd"), "input-link", CHART),
    Case("a picture that is a link out of the project", link(PICTURE, "/etc/passwd"), "input-link", PICTURE),
    Case("a picture that is a named pipe", both(gone(PICTURE), fifo(PICTURE)), "file-unreadable", PICTURE),
    Case("words of the templates that are a named pipe", both(gone(LABELS), fifo(LABELS)), "file-unreadable", LABELS),
    Case("a mark of a merge in a chapter", swap(BLOCKS, "The last", "<<<<<<< HEAD\nThe last"), "merge-conflict", BLOCKS, "<<<<<<<"),
    Case("a catalogue that is empty", put(KAZAKH, ""), "catalogue-header", KAZAKH, 1),
    Case("a catalogue of random bytes", put(KAZAKH, bytes(range(256)) * 16), "catalogue-encoding", KAZAKH, 2),
    Case("a catalogue that is compiled", put(KAZAKH, b"\xde\x12\x04\x95" + bytes(60)), "catalogue-encoding", KAZAKH, 1),
    Case("a catalogue in another encoding", swap(KAZAKH, "Бөліктер", "Разделы".encode("cp1251")), "catalogue-encoding", KAZAKH, "msgstr \"\ufffd"),
    Case("a catalogue that is a named pipe", both(gone(KAZAKH), fifo(KAZAKH)), "file-unreadable", KAZAKH),
    Case("a catalogue that is a folder", both(gone(KAZAKH), folder(KAZAKH)), "file-unreadable", KAZAKH),
    Case("a catalogue that is a link out of the project", link(KAZAKH, "/etc/passwd"), "input-link", KAZAKH),
    Case("a catalogue that is a link to a device", link(KAZAKH, "/dev/zero"), "input-link", KAZAKH),
    Case("a catalogue that is too large", grown(KAZAKH, "# {}\n", 150_000), "catalogue-size", KAZAKH),
    Case("a catalogue with a line that is too long", said("Blocks", "ә" * 15_000), "catalogue-size", KAZAKH, "әә"),
    Case("a catalogue of another language", swap(KAZAKH, HEADER, HEADER.replace("kk", "ru")), "catalogue-language", KAZAKH, '"Language: ru'),
    Case("two languages in a header", swap(KAZAKH, HEADER, HEADER + "\n" + HEADER), "catalogue-header", KAZAKH, 'msgid ""'),
    Case("a plural rule that is code", swap(KAZAKH, "(n != 1)", "__import__('os').system('id')"), "catalogue-plurals", KAZAKH, '"Plural-Forms'),
    Case("a plural rule without an end", swap(KAZAKH, "(n != 1)", "(" * 5000 + "n" + ")" * 5000), "catalogue-plurals", KAZAKH, '"Plural-Forms'),
    Case("a plural rule that counts for ever", swap(KAZAKH, "(n != 1)", "n**n**n**n**n"), "catalogue-plurals", KAZAKH, '"Plural-Forms'),
    Case("a thousand million plural forms", swap(KAZAKH, PLURALS, PLURALS.replace("=2", "=1000000000")), "catalogue-plurals", KAZAKH, '"Plural-Forms'),
    Case("a charset that Python runs", swap(KAZAKH, "charset=utf-8", "charset=unicode_escape"), "catalogue-charset", KAZAKH, '"Content-Type'),
    Case("a charset that Python decompresses", swap(KAZAKH, "charset=utf-8", "charset=zlib"), "catalogue-charset", KAZAKH, '"Content-Type'),
    Case("a catalogue in base 64", swap(KAZAKH, "Encoding: 8bit", "Encoding: base64"), "catalogue-charset", KAZAKH, '"Content-Transfer'),
    Case("a date that is none", swap(KAZAKH, "2026-03-05 00:00+0000", "yesterday"), "catalogue-header", KAZAKH, "yesterday"),
    Case("a second header", swap(KAZAKH, "\n#. Heading, level 1", '\nmsgid ""\nmsgstr "Language: ru\\n"\n\n#. Heading, level 1'), "catalogue-header", KAZAKH, 17, others=("catalogue-parsers",)),
    Case("an escape that rings a bell", said("Blocks", "Бөл\\aіктер"), "catalogue-escape", KAZAKH, "Бөл\\a"),
    Case("an escape of a hundred digits", said("Blocks", "Бөл\\x" + "1" * 100), "catalogue-escape", KAZAKH, "Бөл\\x"),
    Case("a string without its end", said("Blocks", "Бөліктер\\"), "catalogue-syntax", KAZAKH, "Бөліктер\\"),
    Case("a message twice", swap(KAZAKH, '\n#. Heading, level 1', '\nmsgctxt "blocks"\nmsgid "Blocks"\nmsgstr "Жоқ"\n\n#. Heading, level 1'), "catalogue-duplicate", KAZAKH, 85),
    Case("a flag that starts a format", swap(KAZAKH, "#, python-brace-format", "#, c-format"), "catalogue-flag", KAZAKH, "#, c-format"),
    Case("words of the templates in random bytes", put(LABELS_KAZAKH, os.urandom(16).hex().encode() + b"\xff"), "catalogue-encoding", LABELS_KAZAKH, 1),
)  # fmt: skip
