"""The gate on a catalogue file: every defect is found with its line, and no mutant is read in two ways."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from gettext import GNUTranslations, c2py
from pathlib import Path
from random import Random

import pytest

from kzpub.errors import KzpubError, Problem
from kzpub.figures import form_of
from kzpub.languages import LANGUAGES, Language
from kzpub.po import grammar, secondopinion
from kzpub.po.catalogues import Catalogue, catalogue_path, load, read
from kzpub.po.gate import LIMITS, inspect
from tests.conftest import ROOT, tool

KAZAKH, RUSSIAN = LANGUAGES["kk"], LANGUAGES["ru"]
SHOWN = "locales/kk/LC_MESSAGES/x.po"
CLEAN = r"""# A catalogue
msgid ""
msgstr ""
"Project-Id-Version: x 1\n"
"Language: kk\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"

#. A heading
msgctxt "a"
msgid "One"
msgstr "Бір"

#, fuzzy
#| msgid "Two"
msgctxt "a"
msgid "Two \"and\"\n"
"a half"
msgstr "Екі\n"
"жарым"

msgid "{n} law"
msgid_plural "{n} laws"
msgstr[0] "{n} заң"
msgstr[1] "{n} заң"

#~ msgid "Old"
#~ msgstr "Ескі"
"""
Found = list[tuple[str, int]]


def found(problems: tuple[Problem, ...] | list[Problem]) -> Found:
    """Codes and lines; every finding has a place and a remedy."""
    assert all(problem.place and problem.place.path == SHOWN and problem.hint for problem in problems)
    return [(problem.code, problem.place.line if problem.place else 0) for problem in problems]


def findings(data: str | bytes, language: Language = KAZAKH) -> Found:
    return found(inspect(data.encode() if isinstance(data, str) else data, SHOWN, language)[2])


def stored(folder: Path, data: bytes, language: Language = KAZAKH) -> Path:
    path = catalogue_path(folder, "x", language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_a_clean_catalogue_passes(tmp_path: Path) -> None:
    stored(tmp_path, CLEAN.encode())
    assert findings(CLEAN) == []
    assert list(load(tmp_path, "x", KAZAKH).problems([]))[3:] == []


@pytest.mark.parametrize("path", sorted((ROOT / "locales").rglob("*.po")), ids=lambda path: "-".join(path.parts[-3::2]))
def test_the_catalogues_of_the_repository_pass(path: Path) -> None:
    language = LANGUAGES[path.parts[-3]]
    assert findings(path.read_bytes(), language) == []
    assert load(ROOT, path.stem, language).doubts == ()


ONE = 'msgstr "Бір"'
DEFECTS = {
    "a byte order mark": ("# A", "\ufeff# A", [("catalogue-bom", 1)]),
    "a byte order mark further on": ("Бір", "\ufeffБір", [("catalogue-character", 14)]),
    "a NUL": ("Бір", "Б\0ір", [("catalogue-character", 14)]),
    "a backspace in a comment": ("A heading", "A \bheading", [("catalogue-character", 11)]),
    "a right-to-left override": ("Бір", "\u202eБір", [("catalogue-character", 14)]),
    "a zero-width space": ("Бір", "Б\u200bір", [("catalogue-character", 14)]),
    "a soft hyphen": ("Бір", "Б\u00adір", [("catalogue-character", 14)]),
    "a letter in two parts": ("Бір", "Бои\u0306", [("catalogue-character", 14)]),
    "a line separator": ("Бір", "Б\u2028ір", [("catalogue-character", 14)]),
    "a next line": ("Бір", "Б\u0085ір", [("catalogue-character", 14)]),
    "a letter of private use": ("Бір", "Б\ue000ір", [("catalogue-character", 14)]),
    "a carriage return of its own": ("Бір", "Б\rір", [("catalogue-character", 14)]),
    "a mark of a merge": (ONE, f"<<<<<<< HEAD\n{ONE}", [("catalogue-conflict", 14)]),
    "both sides of a merge": (
        ONE,
        f"<<<<<<< HEAD\n{ONE}\n=======\n{ONE}\n>>>>>>> b",
        [("catalogue-conflict", line) for line in (14, 16, 18)],
    ),
    "a string that never ends": ('Бір"', "Бір", [("catalogue-syntax", 14)]),
    "a string that ends in an escape": ('Бір"', 'Бір\\"', [("catalogue-syntax", 14)]),
    "a string that never begins": ('"Бір', "Бір", [("catalogue-syntax", 14)]),
    "a further line that never ends": ('жарым"', "жарым", [("catalogue-syntax", 22)]),
    "a quotation mark in a string": ("Бір", 'Б"і"р', [("catalogue-syntax", 14)]),
    "words between entries": ("#. A", "words\n#. A", [("catalogue-syntax", 11)]),
    "an unknown keyword": ('msgid "One"', 'domain "x"\nmsgid "One"', [("catalogue-syntax", 13)]),
    "a keyword without a space": ('msgstr "Бір', 'msgstr"Бір', [("catalogue-syntax", 14)]),
    "a flag without a space": ("#, fuzzy", "#,fuzzy", [("catalogue-syntax", 16)]),
    "a comment that gettext joins to the next line": ("heading", "heading\\", [("catalogue-syntax", 11)]),
    "a damaged obsolete entry": ('#~ msgstr "Ескі"', "#~ msgstr Ескі", [("catalogue-syntax", 30)]),
    "a damaged previous source": ('#| msgid "Two"', "#| msgid Two", [("catalogue-syntax", 17)]),
    "a previous source of an obsolete entry": ("#~ msgid", '#~| msgid "O"\n#~ msgid', [("catalogue-syntax", 29)]),
    "a hexadecimal escape": ("Бір", r"\x41", [("catalogue-escape", 14)]),
    "an octal escape": ("Бір", r"\101", [("catalogue-escape", 14)]),
    "an escaped carriage return": ("Бір", r"Бір\r", [("catalogue-escape", 14)]),
    "an escape in an obsolete entry": ("Ескі", r"\a", [("catalogue-escape", 30)]),
    "an entry without a translation": (f"{ONE}\n", "", [("catalogue-order", 13)]),
    "an entry without a source": ('msgid "One"\n', "", [("catalogue-order", 13)]),
    "a context without an entry": ('msgid "One"\nmsgstr "Бір"\n', "", [("catalogue-order", 12)]),
    "a comment inside of an entry": (ONE, f"# x\n{ONE}", [("catalogue-order", 13), ("catalogue-order", 15)]),
    "a form left out": ("msgstr[0]", "msgstr[2]", [("catalogue-order", 26)]),
    "a form too few": ('msgstr[1] "{n} заң"\n', "", [("catalogue-order", 26)]),
    "a form too many": ("\n\n#~", '\nmsgstr[2] "x"\n\n#~', [("catalogue-order", 28)]),
    "a plural with one text": ("msgstr[0]", "msgstr", [("catalogue-order", 26)]),
    "forms without a plural": ('msgid_plural "{n} laws"\n', "", [("catalogue-order", 25)]),
    "a string of no keyword": ("#. A", '# x\n"stray"\n\n#. A', [("catalogue-order", 12)]),
    "a previous source of nothing": ("#, fuzzy\n", '#| msgid "x"\n#, fuzzy\n', [("catalogue-order", 16)]),
    "half an obsolete entry": ("#~ msgstr", "msgstr", [("catalogue-order", 29), ("catalogue-order", 30)]),
    "a second text": (ONE, f"{ONE}\n{ONE}", [("catalogue-duplicate", 15)]),
    "a second form": ("msgstr[1]", "msgstr[0]", [("catalogue-duplicate", 27)]),
    "a message twice": ("#, fuzzy", f'msgctxt "a"\nmsgid "O"\n"ne"\n{ONE}\n\n#, fuzzy', [("catalogue-duplicate", 17)]),
    "a message that is obsolete too": ('#~ msgid "Old"', '#~ msgid "{n} law"', [("catalogue-duplicate", 29)]),
    "prose that is said to be a format": ("#, fuzzy", "#, fuzzy, python-format", [("catalogue-format", 16)]),
    "a mark for review that is misspelt": ("#, fuzzy", "#, fuzy", [("catalogue-flag", 16)]),
    "a second line of flags": ("#, fuzzy", "#, fuzzy\n#, python-brace-format", [("catalogue-flag", 17)]),
    "another kind of format": ("#, fuzzy", "#, fuzzy, c-format", [("catalogue-flag", 16)]),
    "a header for review": ('msgid ""', '#, fuzzy\nmsgid ""', [("catalogue-header", 3)]),
    "a second header": ("#. A", 'msgid ""\nmsgstr ""\n\n#. A', [("catalogue-header", 11)]),
    "no source text": ('msgid "One"', 'msgid ""', [("catalogue-header", 13)]),
    "a field of the header twice": ('"MIME', '"language: ru\\n"\n"MIME', [("catalogue-header", 2)]),
    "a line of the header that is no field": ('"MIME', '"words\\n"\n"MIME', [("catalogue-header", 2)]),
    "a date that is none": ('"MIME', '"PO-Revision-Date: 2026-13-45 00:00+0000\\n"\n"MIME', [("catalogue-header", 7)]),
    "another charset": ("=UTF-8", "=cp1251", [("catalogue-charset", 8)]),
    "no charset": ('"Content-Type: text/plain; charset=UTF-8\\n"\n', "", [("catalogue-charset", 2)]),
    "another transfer encoding": ("8bit", "base64", [("catalogue-charset", 9)]),
    "another language": ("Language: kk", "Language: ru", [("catalogue-language", 5)]),
    "another plural rule": ("n != 1", "n > 1", [("catalogue-plurals", 6)]),
    "a plural rule with a space in a word": ("plural=(", "plu ral=(", [("catalogue-plurals", 6)]),
    "a plural rule with a space in a number": ("n != 1", "n != 1 0", [("catalogue-plurals", 6)]),
    "a plural rule that eats memory": ("nplurals=2", "nplurals=100000000", [("catalogue-plurals", 6)]),
    "a plural rule that divides by zero": ("(n != 1)", "(n/0)", [("catalogue-plurals", 6)]),
    "a long entry": ("#. A", "# A word\n" * (LIMITS["lines in an entry"] + 9) + "#. A", [("catalogue-size", 2011)]),
    "a long line": ("Бір", "Б" * LIMITS["bytes in a line"], [("catalogue-size", 14)]),
}


@pytest.mark.parametrize("title", DEFECTS)
def test_a_defect_is_found_with_its_line(title: str) -> None:
    old, new, expected = DEFECTS[title]
    assert old in CLEAN
    assert findings(CLEAN.replace(old, new, 1)) == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(
            CLEAN.encode().replace("Бір".encode(), b"\xc1\xb3\xf0"), [("catalogue-encoding", 14)], id="cp1251"
        ),
        pytest.param(CLEAN.encode("utf-16"), [("catalogue-encoding", 1)], id="UTF-16"),
        pytest.param(b"", [("catalogue-header", 1)], id="nothing"),
        pytest.param(CLEAN.partition("#. A heading\n")[2].encode(), [("catalogue-header", 1)], id="no header"),
        pytest.param(b"# 123456\n\n" * (LIMITS["bytes"] // 10 + 1), [("catalogue-size", 0)], id="many bytes"),
        pytest.param(b"\n" * (LIMITS["lines"] + 1), [("catalogue-size", 0)], id="many lines"),
        pytest.param(
            (CLEAN + "".join(f'msgid "{n}"\nmsgstr ""\n' for n in range(LIMITS["entries"]))).encode(),
            [("catalogue-size", 0)],
            id="many entries",
        ),
    ],
)
def test_a_file_that_is_no_catalogue_is_refused(data: bytes, expected: Found) -> None:
    assert findings(data) == expected


SIZE = LIMITS["bytes"] - 2_000
LARGE = {
    "spaces in the header": ('"MIME', '"X: ' + ('x"\n"' + " " * 10_000) * (SIZE // 10_004) + '\\n"\n"MIME'),
    "brackets in the plural rule": ("(n != 1)", ("(" * 9_000 + '"\n"') * 50 + (")" * 9_000 + '"\n"') * 50),
    "fields of the header": ('"MIME', "".join(f'"X-{n}: x\\n"\n' for n in range(18_000)) + '"MIME'),
    "lines of a comment": ("# A", "# 40 characters and some words more to be\n" * 18_000 + "# A"),
    "strings of a text": ('"жарым"', '"жарым 40 characters and words more to be"\n' * 15_000 + '"жарым"'),
    "backslashes": ('"жарым"', ('"' + "\\\\" * 9_000 + '"\n') * (SIZE // 18_004) + '"жарым"'),
    "unfinished strings": ('"жарым"', ('"' + "\\\\" * 9_000 + "\n") * (SIZE // 18_004) + '"жарым"'),
    "tabs": ("#. A", ("\t" * 18_000 + "x\n") * (SIZE // 18_002) + "#. A"),
    "entries": ("#~ msgid", "".join(f'msgid "{n}"\nmsgstr "{n}"\n\n' for n in range(4_900)) + "#~ msgid"),
}


@pytest.mark.parametrize("title", LARGE)
def test_a_large_file_takes_a_short_time(title: str, tmp_path: Path) -> None:
    old, new = LARGE[title]
    stored(tmp_path, CLEAN.replace(old, new, 1).encode())
    start = time.process_time()
    with suppress(KzpubError):
        load(tmp_path, "x", KAZAKH)
    assert time.process_time() - start < 10


def test_all_defects_of_a_file_are_found_in_one_run(tmp_path: Path) -> None:
    damaged = CLEAN
    for title in ("another language", "a soft hyphen", "a second form", "a mark for review that is misspelt"):
        old, new, _ = DEFECTS[title]
        damaged = damaged.replace(old, new, 1)
    stored(tmp_path, damaged.replace("Ескі", r"\x41").encode())
    with pytest.raises(KzpubError) as caught:
        load(tmp_path, "x", KAZAKH)
    assert found(caught.value.problems) == [
        ("catalogue-language", 5),
        ("catalogue-character", 14),
        ("catalogue-flag", 16),
        ("catalogue-duplicate", 27),
        ("catalogue-escape", 30),
    ]


def test_what_a_terminal_would_act_upon_is_not_printed() -> None:
    _, _, problems = inspect(CLEAN.replace(ONE, "\x1b[2J\u202e").encode(), SHOWN, KAZAKH)
    assert all(character.isprintable() for problem in problems for character in str(problem))


@pytest.mark.parametrize("new", ["\r\n", "\n\n", " \n"], ids=["Windows line ends", "empty lines", "spaces at the end"])
def test_what_all_tools_read_alike_passes(new: str, tmp_path: Path) -> None:
    stored(tmp_path, CLEAN.encode())
    clean = [entry.texts for entry in load(tmp_path, "x", KAZAKH).entries.values()]
    stored(tmp_path, CLEAN.replace("\n", new).encode())
    assert [entry.texts for entry in load(tmp_path, "x", KAZAKH).entries.values()] == clean


def test_an_update_takes_off_a_flag_that_a_build_refuses(tmp_path: Path) -> None:
    path = stored(tmp_path, CLEAN.replace("#, fuzzy", "#, fuzzy, python-format").encode())
    assert [message.id for message in read(path, tmp_path, KAZAKH)][1:3] == ["One", 'Two "and"\na half']


# -- The plural rule -------------------------------------------------------------------------------------------------

RULES = {  # as they stand in headers
    "kk": ("nplurals=2; plural=(n != 1);", "nplurals=2; plural=n != 1;", "nplurals=2; plural=(n==1 ? 0 : 1);"),
    "ru": (
        "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
        "nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2;",
        "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
        "nplurals=3; plural=((n%10==1 && n%100!=11) ? 0 : ((n%10>=2 && n%10<=4 && (n%100<12 || n%100>14)) ? 1 : 2))",
        "nplurals=3; plural=(n%10 == 1 && n%100 != 11) ? 0 : ((n%10>=2 && n%10<=4 && (n%100<12 || n%100>14)) ? 1 : 2);",
    ),
}
RULES["en"] = RULES["kk"]


@pytest.mark.parametrize(("tag", "rule"), [(tag, rule) for tag, rules in RULES.items() for rule in rules])
def test_the_rule_as_tools_write_it_passes(tag: str, rule: str) -> None:
    declared = CLEAN.replace("Language: kk", f"Language: {tag}").replace("nplurals=2; plural=(n != 1);", rule)
    forms = len(LANGUAGES[tag].plurals)
    assert (
        findings(declared.replace("\n\n#~", '\nmsgstr[2] "{n}"\n\n#~' if forms > 2 else "\n\n#~"), LANGUAGES[tag]) == []
    )


def test_a_rule_over_several_lines_passes() -> None:
    assert findings(CLEAN.replace("nplurals=2; ", 'nplurals=2; "\n"')) == []


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
def test_every_known_spelling_chooses_our_forms(language: Language) -> None:
    numbers = [*range(1000), *(10**power + n for power in (3, 6, 9) for n in range(120))]
    for rule in language.plural_rules:
        chosen = c2py(rule)
        assert all(chosen(number) == form_of(number, language) for number in numbers)


# -- Second opinions -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "line"),
    [
        pytest.param(lambda read: read._replace(texts=("Екі",)), 13, id="another text"),
        pytest.param(lambda read: read._replace(fuzzy=not read.fuzzy), 13, id="another mark"),
        pytest.param(lambda read: read._replace(context="b"), 13, id="another context"),
    ],
)
def test_readers_that_differ_are_found(change: Callable[[grammar.Reading], grammar.Reading], line: int) -> None:
    text, entries, _ = inspect(CLEAN.encode(), SHOWN, KAZAKH)
    first, *others = (entry.reading for entry in entries)
    assert list(secondopinion.disagreements(entries, [first, *others], text, SHOWN)) == []
    assert ("catalogue-parsers", line) in found(
        list(secondopinion.disagreements(entries, [change(first), *others], text, SHOWN))
    )


def test_an_entry_that_only_another_reader_has_is_found() -> None:
    text, entries, _ = inspect(CLEAN.encode(), SHOWN, KAZAKH)
    differing = list(secondopinion.disagreements(entries[1:], [entry.reading for entry in entries], text, SHOWN))
    assert found(differing) == [("catalogue-parsers", 0)] * 2


def test_a_file_that_polib_cannot_read_is_found() -> None:
    assert found(list(secondopinion.disagreements([], [], "words\n", SHOWN))) == [("catalogue-parsers", 0)]


def test_a_file_that_babel_cannot_read_is_refused(tmp_path: Path) -> None:
    stored(tmp_path, CLEAN.replace('"MIME', '"PO-Revision-Date: 2026-03-05 00:00+05:00\\n"\n"MIME').encode())
    with pytest.raises(KzpubError) as caught:
        load(tmp_path, "x", KAZAKH)
    assert found(caught.value.problems) == [("catalogue-parsers", 0)]


def test_msgfmt_is_asked(tmp_path: Path) -> None:
    tool("msgfmt")
    stored(tmp_path, CLEAN.replace("Бір", "Бір\\n").encode())
    assert found(load(tmp_path, "x", KAZAKH).doubts) == [("catalogue-msgfmt", 14)]


def program(folder: Path, words: str) -> str:
    """A folder with a program of the name of msgfmt."""
    path = folder / "bin" / "msgfmt"
    path.parent.mkdir()
    path.write_text(f"#!/bin/sh\n{words}\n")
    path.chmod(0o755)
    return str(path.parent)


def test_without_msgfmt_nothing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert list(secondopinion.msgfmt_problems(b"words", SHOWN)) == []


@pytest.mark.parametrize("words", ["exec /bin/sleep 60", "echo broken >&2; exit 3"], ids=["hangs", "is broken"])
def test_a_msgfmt_that_gives_no_answer_is_a_finding(
    words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", program(tmp_path, words))
    monkeypatch.setattr(secondopinion, "PATIENCE", 0.5)
    assert found(list(secondopinion.msgfmt_problems(CLEAN.encode(), SHOWN))) == [("catalogue-msgfmt", 0)]


# -- Mutants ---------------------------------------------------------------------------------------------------------

PIECES = (
    *(
        '"',
        '""',
        "\\",
        "\\\\",
        '\\"',
        "\\n",
        "\\x41",
        "\\101",
        "\\r",
        "\\a",
        "\\\n",
        "\n",
        "\r",
        "\r\n",
        "\t",
        " ",
        "  ",
        "\0",
    ),
    *("\u00a0", "\u00ad", "\u0085", "\u2028", "\u2029", "\u200b", "\u202e", "\ufeff", "\v", "\f", "\x1c", "\U0001f600"),
    *("#", "# ", "#, ", "#. ", "#: ", "#~ ", "#| ", "#~| ", "#, fuzzy\n", "#, python-format\n", "\n# comment\n"),
    *('msgid "x"\n', 'msgstr "y"\n', 'msgctxt "z"\n', 'msgid_plural "xx"\n', "msgid", "msgstr[0] ", 'msgstr[2] "w"\n'),
    *('#~ msgid "x"\n#~ msgstr "y"\n', '#| msgid "x"\n', '"continued"\n', 'msgid "new"\nmsgstr "жаңа"\n\n'),
    *("<<<<<<< HEAD\n", "=======\n", ">>>>>>> b\n", "100%", "6.1% of", "{n}", "{", "Ә", "ғ", "x", "1"),
    *('"Language: ru\\n"\n', '"Plural-Forms: nplurals=1; plural=0;\\n"\n', "charset=cp1251", 'domain "x"\n'),
)
Bases = list[tuple[Language, bytes]]


def bases() -> Bases:
    """Small catalogues: the one above, and the first entries of those of the repository."""
    real = [*sorted((ROOT / "locales").rglob("*.po")), *sorted((ROOT / "tests/project/locales").rglob("*.po"))]
    parts = [(LANGUAGES[path.parts[-3]], path.read_text("utf-8").split("\n\n")) for path in real]
    plural = [(language, [blocks[0], *(b for b in blocks if "msgid_plural" in b)][:4]) for language, blocks in parts]
    small = [(language, "\n\n".join(blocks[:6]) + "\n") for language, blocks in (*parts, *plural)]
    return [(KAZAKH, CLEAN.encode()), *((language, text.encode()) for language, text in small)]


def mutant(data: bytes, random: Random) -> bytes:
    """A file with one to three changes of bytes, of lines or of pieces of the grammar."""
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        lines = data.split(b"\n")
        first, second = sorted(random.randrange(len(data) + 1) for _ in range(2))
        one, other = random.randrange(len(lines)), random.randrange(len(lines))
        short = min(second, first + random.randrange(1, 8))
        match random.randrange(9):
            case 0:
                data = data[:first] + bytes([random.randrange(256)]) + data[first + 1 :]
            case 1:
                data = data[:first] + data[short:]
            case 2:
                data = data[: max(first, 300)]
            case 3 | 4 | 5:
                text = data.decode("utf-8", "surrogateescape")
                at = random.choice(
                    (random.randrange(len(text) + 1), text.rfind("\n", 0, random.randrange(len(text) + 1)) + 1)
                )
                text = text[:at] + random.choice(PIECES) + text[at + random.choice((0, 0, 1)) :]
                data = text.encode("utf-8", "surrogateescape")
            case 6:
                del lines[one]
                data = b"\n".join(lines)
            case 7:
                lines[one], lines[other] = lines[other], lines[one]
                data = b"\n".join(lines)
            case _:
                lines.insert(other, lines[one])
                data = b"\n".join(lines)
        if not data:
            break
    return data


def read_by_gettext(data: bytes, folder: Path) -> dict[str, tuple[str, ...]]:
    """The texts that may be published, as msgfmt and Python's gettext read them."""
    binary = folder / "x.mo"
    subprocess.run([tool("msgfmt"), "-o", str(binary), "-"], input=data, capture_output=True, check=True)
    with binary.open("rb") as file:
        compiled: dict[str | tuple[str, int], str] = vars(GNUTranslations(file))["_catalog"]
    texts: dict[str, tuple[str, ...]] = {}
    for key, text in compiled.items():  # plural forms come in their order
        name = (key if isinstance(key, str) else key[0]).removeprefix("\4")
        texts[name] = (*texts.get(name, ()), text)
    return {name: forms for name, forms in texts.items() if name}


def publishable(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """The same as we read them."""
    return {
        f"{context}\4{source}" if context else source: entry.texts
        for (context, source, *_), entry in catalogue.entries.items()
        if entry.texts[0] and not entry.fuzzy
    }


def accepted(data: bytes, folder: Path, language: Language) -> bool:
    """Whether a file passes all that is between it and a reader; it is then read as gettext reads it."""
    stored(folder, data, language)
    try:
        catalogue = load(folder, "x", language)
    except KzpubError as error:
        problems = error.problems
    else:
        problems = catalogue.doubts
    assert all(problem.place and problem.hint and problem.code.startswith("catalogue-") for problem in problems)
    if problems:
        return False
    assert publishable(catalogue) == read_by_gettext(data, folder), data.decode("utf-8", "replace")
    return True


def prove(count: int, seed: int, folder: Path) -> None:
    """Mutants are refused with a remedy or read alike, each in a short time; there are enough of both."""
    tool("msgfmt")
    random, files, passed = Random(seed), bases(), 0
    for number in range(count):
        language, data = files[number % len(files)]
        start = time.perf_counter()
        passed += accepted(mutant(data, random), folder, language)
        assert time.perf_counter() - start < 5
    assert count / 10 < passed < count * 9 / 10


def test_mutants_are_refused_or_read_as_gettext_reads_them(tmp_path: Path) -> None:
    prove(1_500, 1, tmp_path)


@pytest.mark.proof
def test_20_000_mutants_are_refused_or_read_as_gettext_reads_them(tmp_path: Path) -> None:
    prove(20_000, 2, tmp_path)


def test_the_mutants_would_find_a_gate_without_its_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = CLEAN.replace("Бір", r"\x41").encode()
    assert not accepted(data, tmp_path, KAZAKH)
    monkeypatch.setitem(grammar._ESCAPES, "x", "\\x")  # as Babel and polib read it, to whom it is no escape
    with pytest.raises(AssertionError):
        accepted(data, tmp_path, KAZAKH)
