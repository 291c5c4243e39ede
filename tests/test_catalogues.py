"""Catalogues read strictly, templates and updates written so that nothing changes that need not."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, unescape
from hypothesis import given
from hypothesis import strategies as st

from kzpub.catalogues import Catalogue, Entry, catalogue_path, load, template, to_bytes, update
from kzpub.errors import KzpubError, Place
from kzpub.languages import LANGUAGES, Language
from kzpub.model import Figure, Kind, Message

KAZAKH, RUSSIAN = LANGUAGES["kk"], LANGUAGES["ru"]
CATALOGUE = "locales/kk/LC_MESSAGES/sampler.po"
ENTRY = 'msgid "Blocks"\nmsgstr "Бөліктер"\n'
Edit = Callable[[str, str, str], None]


def message(text: str, context: str = "a", comment: str = "") -> Message:
    return Message(text, context, Place("content/x/01.md", 5), comment)


# -- Reading ---------------------------------------------------------------------------------------------------------


def test_an_entry_is_found_by_context_and_text(project: Path) -> None:
    catalogue = load(project, "sampler", KAZAKH)
    assert catalogue.path == CATALOGUE
    assert catalogue.find(message("Blocks", "blocks")) == Entry(("Бөліктер",), Place(CATALOGUE, 81), fuzzy=False)
    assert catalogue.find(message("Blocks", "elsewhere")) is None
    assert catalogue.find(message("", "")) is None


def test_a_mark_for_review_is_seen(project: Path, edit: Edit) -> None:
    edit(CATALOGUE, 'msgctxt "blocks"\nmsgid "Blocks"', '#, fuzzy\nmsgctxt "blocks"\nmsgid "Blocks"')
    entry = load(project, "sampler", KAZAKH).find(message("Blocks", "blocks"))
    assert entry is not None
    assert entry.fuzzy


def test_a_byte_order_mark_is_refused(project: Path) -> None:
    path = project / CATALOGUE
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    with pytest.raises(KzpubError) as caught:
        load(project, "sampler", KAZAKH)
    assert [(problem.code, problem.place) for problem in caught.value.problems] == [
        ("catalogue-bom", Place(CATALOGUE, 1))
    ]


def test_windows_line_ends_change_nothing(project: Path) -> None:
    clean = load(project, "sampler", KAZAKH)
    path = project / CATALOGUE
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load(project, "sampler", KAZAKH) == clean


def test_an_obsolete_entry_is_not_found(project: Path, edit: Edit) -> None:
    edit(CATALOGUE, f'msgctxt "blocks"\n{ENTRY}', '#~ msgctxt "blocks"\n#~ msgid "Blocks"\n#~ msgstr "Бөліктер"\n')
    assert load(project, "sampler", KAZAKH).find(message("Blocks", "blocks")) is None


def test_a_catalogue_that_is_not_there_is_refused(project: Path) -> None:
    (project / CATALOGUE).unlink()
    with pytest.raises(KzpubError) as caught:
        load(project, "sampler", KAZAKH)
    assert [(problem.code, str(problem.place)) for problem in caught.value.problems] == [
        ("catalogue-missing", CATALOGUE)
    ]


@pytest.mark.parametrize(
    ("damaged", "line"),
    [
        pytest.param(f"garbage\n{ENTRY}", 81, id="words outside of strings"),
        pytest.param(ENTRY.replace('ер"', "ер"), 82, id="a string that never ends"),
        pytest.param(ENTRY.replace('"Бөл', "Бөл"), 82, id="a string that never begins"),
    ],
)
def test_a_damaged_catalogue_is_refused(damaged: str, line: int, project: Path, edit: Edit) -> None:
    edit(CATALOGUE, ENTRY, damaged)
    with pytest.raises(KzpubError) as caught:
        load(project, "sampler", KAZAKH)
    assert [(problem.code, problem.place) for problem in caught.value.problems] == [
        ("catalogue-syntax", Place(CATALOGUE, line))
    ]


def test_a_catalogue_in_another_encoding_is_refused(project: Path) -> None:
    path = project / CATALOGUE
    path.write_bytes(path.read_text("utf-8").encode("utf-16"))
    with pytest.raises(KzpubError) as caught:
        load(project, "sampler", KAZAKH)
    assert [(problem.code, str(problem.place)) for problem in caught.value.problems] == [
        ("catalogue-encoding", f"{CATALOGUE}:1")
    ]


# -- Writing ---------------------------------------------------------------------------------------------------------


def test_a_template_is_readable_text_without_dates_or_lines() -> None:
    written = to_bytes(template("x", [message("One {date}", comment="A heading"), message("*Two*\\\nlines", "b")]))
    assert written.decode() == (
        "# Messages of x. docs/translators.md says how to work with this file.\n"
        'msgid ""\n'
        'msgstr ""\n'
        '"Project-Id-Version: x 1\\n"\n'
        '"Report-Msgid-Bugs-To: the editors\\n"\n'
        '"Last-Translator: FULL NAME <EMAIL@ADDRESS>\\n"\n'
        '"Language-Team: LANGUAGE <LL@li.org>\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        '"Generated-By: Babel 2.18.0\\n"\n'
        "\n"
        "#. A heading\n"
        "#: content/x/01.md\n"
        "#, python-brace-format\n"
        'msgctxt "a"\n'
        'msgid "One {date}"\n'
        'msgstr ""\n'
        "\n"
        "#: content/x/01.md\n"
        'msgctxt "b"\n'
        'msgid ""\n'
        '"*Two*\\\\\\n"\n'
        '"lines"\n'
        'msgstr ""\n'
        "\n"
    )


@pytest.mark.parametrize("other", ["Бөліктер", "Басқа"], ids=["the same", "another"])
def test_a_second_translation_of_a_message_is_refused(project: Path, edit: Edit, other: str) -> None:
    edit(CATALOGUE, ENTRY, f'{ENTRY}\nmsgctxt "blocks"\n{ENTRY.replace("Бөліктер", other)}')
    with pytest.raises(KzpubError) as caught:
        load(project, "sampler", KAZAKH)
    assert [(problem.code, problem.place) for problem in caught.value.problems] == [
        ("catalogue-duplicate", Place(CATALOGUE, 85))
    ]


def updated(old: bytes, new: Catalog, language: Language) -> bytes:
    """A file brought up to a template."""
    return update(read_po(io.BytesIO(old), locale=language.locale), new, language, [], {})


def test_equal_texts_of_one_section_are_one_message() -> None:
    catalog = template("x", [message("Yes"), message("Yes"), message("Yes", "b")])
    assert [(found.id, found.context) for found in catalog if found.id] == [("Yes", "a"), ("Yes", "b")]


def test_prose_with_a_percent_sign_is_no_format() -> None:
    new = template("x", [message("6.1% of pupils and 5% die")])
    assert b"python-format" not in to_bytes(new)
    assert b"python-format" not in updated(update(None, new, KAZAKH, [], {}), new, KAZAKH)


def test_a_new_catalogue_has_the_languages_header() -> None:
    written = update(None, template("x", [message("One")]), RUSSIAN, [], {})
    catalog = read_po(io.BytesIO(written))
    assert str(catalog.locale) == "ru"
    assert catalog.num_plurals == 3
    assert [(found.id, found.string, found.fuzzy) for found in catalog if found.id] == [("One", "", False)]


def translated(text: str) -> bytes:
    written = update(None, template("x", [message(text)]), KAZAKH, [], {})
    return written.replace(b'msgstr ""\n\n', 'msgstr "Аударма"\n\n'.encode())


def test_a_changed_message_keeps_its_translation_for_review_beside_the_old_text() -> None:
    written = updated(translated("The law was adopted"), template("x", [message("The law was adopted twice")]), KAZAKH)
    assert written.decode().endswith(
        "#: content/x/01.md\n"
        "#, fuzzy\n"
        '#| msgid "The law was adopted"\n'
        'msgctxt "a"\n'
        'msgid "The law was adopted twice"\n'
        'msgstr "Аударма"\n'
        "\n"
    )


def test_a_removed_message_is_kept_as_obsolete() -> None:
    written = updated(translated("The law was adopted"), template("x", [message("Quite another")]), KAZAKH)
    assert '#~ msgid "The law was adopted"\n#~ msgstr "Аударма"\n' in written.decode()


def test_a_message_that_comes_back_has_its_translation_for_review() -> None:
    gone = updated(translated("The law was adopted"), template("x", [message("Quite another")]), KAZAKH)
    back = updated(gone, template("x", [message("The law was adopted")]), KAZAKH)
    assert '#, fuzzy\nmsgctxt "a"\nmsgid "The law was adopted"\nmsgstr "Аударма"\n' in back.decode()
    assert back.count(b"The law was adopted") == 1


def test_a_comment_of_a_translator_stays() -> None:
    old = translated("One").replace(b"#: content", "# Тексерілді\n#: content".encode())
    assert "# Тексерілді\n" in updated(old, template("x", [message("One")]), KAZAKH).decode()


# -- Plural messages -------------------------------------------------------------------------------------------------

OPEN = ("{a} centre is open", "{a} centres are open")
CHANGED = ("{a} large centre is open", "{a} large centres are open")


def plural(one: str, more: str) -> Message:
    return Message(more, "a", Place("content/x/01.md", 5), counted="a", one=one)


def entry_of(written: bytes) -> str:
    """The one entry of a catalogue, without its header and the digest of its plural source."""
    return re.sub("# plural: .*\n", "", written.decode().partition("\n\n")[2].rstrip("\n"))


def brought_up(
    old: bytes | None, found: Message, language: Language, figures: dict[str, Figure[Message]] | None = None
) -> bytes:
    """A catalogue brought up to a source of one message."""
    catalog = read_po(io.BytesIO(old), locale=language.locale) if old else None
    return update(catalog, template("x", [found]), language, [found], figures or {})


def plural_translation(language: Language) -> bytes:
    """A catalogue with all forms of one plural message translated."""
    written = brought_up(None, plural(*OPEN), language).decode()
    return re.sub(r'msgstr\[(\d)\] ""', r'msgstr[\1] "{a} \1"', written).encode()


def forms(language: Language) -> list[str]:
    return [f'msgstr[{n}] "{{a}} {n}"' for n in range(len(language.plurals))]


def loaded(folder: Path, written: bytes, language: Language) -> Catalogue:
    path = catalogue_path(folder, "x", language)
    path.parent.mkdir(parents=True)
    path.write_bytes(written)
    return load(folder, "x", language)


BOTH = pytest.mark.parametrize("language", [KAZAKH, RUSSIAN], ids=["kk", "ru"])


@BOTH
def test_a_new_plural_message_asks_for_all_forms_of_the_language(language: Language) -> None:
    empty = [f'msgstr[{n}] ""' for n in range({"kk": 2, "ru": 3}[language.tag])]
    assert entry_of(brought_up(None, plural(*OPEN), language)).split("\n") == [
        "#: content/x/01.md",
        "#, python-brace-format",
        'msgctxt "a"',
        f'msgid "{OPEN[0]}"',
        f'msgid_plural "{OPEN[1]}"',
        *empty,
    ]


@BOTH
def test_a_plural_translation_is_read_with_all_its_forms(language: Language, tmp_path: Path) -> None:
    entry = loaded(tmp_path, plural_translation(language), language).find(plural(*OPEN))
    assert entry is not None
    assert entry.texts == tuple(f"{{a}} {n}" for n in range(len(language.plurals)))
    assert not entry.fuzzy


@BOTH
def test_a_plural_translation_is_of_both_forms_of_the_source(language: Language, tmp_path: Path) -> None:
    catalogue = loaded(tmp_path, plural_translation(language), language)
    assert catalogue.find(plural(OPEN[0], CHANGED[1])) is None
    assert catalogue.find(plural(CHANGED[0], OPEN[1])) is None
    assert catalogue.find(message(OPEN[0])) is None
    assert catalogue.find(message(OPEN[1])) is None


@BOTH
def test_an_update_of_a_plural_message_without_a_change_changes_no_byte(language: Language) -> None:
    old = plural_translation(language)
    assert brought_up(old, plural(*OPEN), language) == old


@BOTH
@pytest.mark.parametrize(
    "changed",
    [
        pytest.param(CHANGED, id="both forms"),
        pytest.param((OPEN[0], CHANGED[1]), id="the plural alone"),
        pytest.param((CHANGED[0], OPEN[1]), id="the singular alone"),
    ],
)
def test_a_changed_plural_message_keeps_its_translation_beside_both_old_forms(
    changed: tuple[str, str], language: Language
) -> None:
    written = brought_up(plural_translation(language), plural(*changed), language)
    assert entry_of(written).split("\n") == [
        "#: content/x/01.md",
        "#, fuzzy, python-brace-format",
        f'#| msgid "{OPEN[0]}"',
        f'#| msgid_plural "{OPEN[1]}"',
        'msgctxt "a"',
        f'msgid "{changed[0]}"',
        f'msgid_plural "{changed[1]}"',
        *forms(language),
    ]
    assert brought_up(written, plural(*changed), language) == written


@BOTH
def test_a_plural_that_another_tool_changed_without_a_mark_is_found(language: Language, tmp_path: Path) -> None:
    by_pybabel = plural_translation(language).replace(OPEN[1].encode(), CHANGED[1].encode())
    entry = loaded(tmp_path, by_pybabel, language).find(plural(OPEN[0], CHANGED[1]))
    assert entry is not None
    assert not entry.current
    marked = brought_up(by_pybabel, plural(OPEN[0], CHANGED[1]), language)
    assert comments(marked)[0] == "# review: not known for which plural source it was written"
    assert b"#, fuzzy" in marked


@pytest.mark.parametrize("word", ["msgstr", "msgstr[0]"])
def test_a_second_text_in_one_entry_is_refused(word: str, tmp_path: Path) -> None:
    written = plural_translation(KAZAKH) if "[" in word else translated("One")
    with pytest.raises(KzpubError) as caught:
        loaded(tmp_path, written.rstrip() + f'\n{word} "again"\n'.encode(), KAZAKH)
    assert [problem.code for problem in caught.value.problems] == ["catalogue-duplicate"]


def test_texts_that_differ_in_context_or_spaces_are_different_messages(tmp_path: Path) -> None:
    more = '\nmsgid "One"\nmsgstr "x"\n\nmsgid " One"\nmsgstr "y"\n'
    catalogue = loaded(tmp_path, translated("One").rstrip() + b"\n" + more.encode(), KAZAKH)
    assert sorted(catalogue.entries) == [("", " One"), ("", "One"), ("a", "One")]


@pytest.mark.parametrize(
    "rule",
    ["nplurals=3; plural=(n%10==1 && n%100!=11 ? 2 : 1);", "nplurals=3; plural=(n/0);"],
)
def test_another_plural_rule_in_the_header_is_refused(rule: str, tmp_path: Path) -> None:
    written = re.sub(rb"Plural-Forms: [^\\]*", f"Plural-Forms: {rule}".encode(), plural_translation(RUSSIAN))
    with pytest.raises(KzpubError) as caught:
        loaded(tmp_path, written, RUSSIAN)
    assert [problem.code for problem in caught.value.problems] == ["catalogue-plurals"]


def test_a_long_plural_that_changed_keeps_its_old_forms_letter_by_letter() -> None:
    long = (f'{OPEN[0]} "{"x" * 90}"\\\nand \\*', f'{OPEN[1]} "{"x" * 90}"\\\nmsgid_plural \\*')
    old = brought_up(None, plural(*long), KAZAKH).replace(b'msgstr[0] ""', b'msgstr[0] "x"')
    written = brought_up(old, plural(long[0], OPEN[1]), KAZAKH)
    again = brought_up(written, plural(long[0], OPEN[1]), KAZAKH)
    assert again == written
    previous = [line for line in entry_of(written).split("\n") if line.startswith("#| ")]
    strings = ["".join(map(unescape, re.findall(r'"(?:[^"\\]|\\.)*"', line))) for line in previous]
    assert strings == list(long)


@BOTH
def test_a_message_that_becomes_plural_needs_review(language: Language) -> None:
    old = brought_up(None, message(OPEN[0]), language).replace(b'msgstr ""\n\n', b'msgstr "{a} 0"\n\n')
    written = brought_up(old, plural(*OPEN), language)
    assert [line for line in entry_of(written).split("\n") if line.startswith(("#,", "#|", "msgstr"))] == [
        "#, fuzzy, python-brace-format",
        f'#| msgid "{OPEN[0]}"',
        'msgstr[0] "{a} 0"',
        *(f'msgstr[{n}] ""' for n in range(1, len(language.plurals))),
    ]
    assert brought_up(written, plural(*OPEN), language) == written


@BOTH
def test_a_plural_message_that_becomes_plain_needs_review(language: Language) -> None:
    written = brought_up(plural_translation(language), message(OPEN[0]), language)
    assert [line for line in entry_of(written).split("\n") if line.startswith(("#,", "#|", "msgstr"))] == [
        "#, fuzzy, python-brace-format",
        f'#| msgid "{OPEN[0]}"',
        f'#| msgid_plural "{OPEN[1]}"',
        'msgstr "{a} 0"',
    ]
    assert brought_up(written, message(OPEN[0]), language) == written


@BOTH
def test_what_was_never_translated_needs_no_review_when_it_changes(language: Language) -> None:
    written = brought_up(brought_up(None, plural(*OPEN), language), plural(*CHANGED), language)
    assert entry_of(written) == entry_of(brought_up(None, plural(*CHANGED), language))


# -- Figures ---------------------------------------------------------------------------------------------------------


def register(kind: Kind = "count", **values: str) -> dict[str, Figure[Message]]:
    place = Place("content/x/figures.yaml", 1)
    return {id: Figure(id, kind, (Decimal(value),), message("Label"), "1", place) for id, value in values.items()}


def comments(written: bytes) -> list[str]:
    """Comments of ours and marks on the one entry of a catalogue."""
    lines = entry_of(written).split("\n")
    return [line for line in lines if line.startswith(("# ", "#, fuzzy"))]


COUNTING = message("{a} of {b} centres")
REASON = "# review: a was 46 (many) and is 51 (one)"


def translated_for(found: Message, language: Language, figures: dict[str, Figure[Message]]) -> bytes:
    """A catalogue whose one message was translated while figures had these values."""
    header, gap, entry = brought_up(None, found, language, figures).partition(b"\n\n")
    return header + gap + re.sub(rb'(msgstr.*) ""', rb'\1 "{a} {b}"', entry)


def test_the_values_that_a_translation_was_written_for_are_noted(tmp_path: Path) -> None:
    figures = register(a="46", b="0.0000001", c="7")
    written = translated_for(COUNTING, RUSSIAN, figures)
    assert comments(written) == ["# figures: a=46, b=0.0000001"]
    entry = loaded(tmp_path, written, RUSSIAN).find(COUNTING)
    assert entry is not None
    assert entry.seen == {"a": Decimal(46), "b": Decimal("0.0000001")}


@pytest.mark.parametrize("kind", ["rank", "ordinal", "year"])
def test_a_figure_that_changes_no_words_is_not_noted(kind: Kind) -> None:
    assert comments(translated_for(COUNTING, RUSSIAN, register(kind, a="46", b="2"))) == []


@pytest.mark.parametrize("kind", ["count", "percent", "money"])
def test_a_value_that_asks_for_other_words_needs_review(kind: Kind, tmp_path: Path) -> None:
    old = translated_for(COUNTING, RUSSIAN, register(kind, a="46", b="7"))
    written = brought_up(old, COUNTING, RUSSIAN, register(kind, a="51", b="7"))
    assert comments(written) == [REASON, "# figures: a=51, b=7", "#, fuzzy, python-brace-format"]
    entry = loaded(tmp_path, written, RUSSIAN).find(COUNTING)
    assert entry is not None
    assert entry.fuzzy
    assert entry.reasons == ("a was 46 (many) and is 51 (one)",)


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        pytest.param(RUSSIAN, "46", "56", id="many and many"),
        pytest.param(RUSSIAN, "21", "51", id="one and one"),
        pytest.param(RUSSIAN, "46", "46.0", id="written otherwise"),
        pytest.param(KAZAKH, "46", "51", id="Kazakh"),
    ],
)
def test_a_value_that_asks_for_the_same_words_is_only_noted(language: Language, old: str, new: str) -> None:
    written = brought_up(
        translated_for(COUNTING, language, register(a=old, b="7")), COUNTING, language, register(a=new, b="7")
    )
    assert comments(written) == [f"# figures: a={new}, b=7"]


def test_a_text_without_a_translation_needs_no_review() -> None:
    old = brought_up(None, COUNTING, RUSSIAN, register(a="46", b="7"))
    assert comments(brought_up(old, COUNTING, RUSSIAN, register(a="51", b="7"))) == ["# figures: a=51, b=7"]


def test_the_figure_that_a_plural_message_counts_never_asks_for_review() -> None:
    counting = plural("{a} of {b} centre", "{a} of {b} centres")
    old = translated_for(counting, RUSSIAN, register(a="46", b="7"))
    assert comments(brought_up(old, counting, RUSSIAN, register(a="51", b="7"))) == ["# figures: a=51, b=7"]
    assert comments(brought_up(old, counting, RUSSIAN, register(a="46", b="21"))) == [
        "# review: b was 7 (many) and is 21 (one)",
        "# figures: a=46, b=21",
        "#, fuzzy, python-brace-format",
    ]


def test_a_reason_stays_until_a_translator_removes_the_mark() -> None:
    now = register(a="51", b="7")
    marked = brought_up(translated_for(COUNTING, RUSSIAN, register(a="46", b="7")), COUNTING, RUSSIAN, now)
    assert brought_up(marked, COUNTING, RUSSIAN, now) == marked
    reviewed = brought_up(marked.replace(b"#, fuzzy, ", b"#, "), COUNTING, RUSSIAN, now)
    assert comments(reviewed) == ["# figures: a=51, b=7"]
    assert brought_up(reviewed, COUNTING, RUSSIAN, now) == reviewed


def test_a_comment_of_a_translator_stays_beside_ours() -> None:
    old = translated_for(COUNTING, RUSSIAN, register(a="46", b="7")).replace(
        b"# figures", "# Проверено\n# figures".encode()
    )
    written = brought_up(old, COUNTING, RUSSIAN, register(a="51", b="7"))
    assert comments(written)[:3] == ["# Проверено", REASON, "# figures: a=51, b=7"]


# -- Laws ------------------------------------------------------------------------------------------------------------

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20) | st.sampled_from(
    ["{date}", "100% of", "a\\\nb", 'a "b"', "\\", "# a", "\u2028", "a\n", "%(x)s"]
)
MESSAGES = st.lists(
    st.builds(message, TEXTS, st.sampled_from(["a", "a/b"]), st.sampled_from(["", "Heading"])), max_size=5
)


@given(MESSAGES, st.sampled_from([KAZAKH, RUSSIAN]))
def test_an_update_without_changes_changes_no_byte(messages: list[Message], language: Language) -> None:
    new = template("x", messages)
    old = update(None, new, language, [], {})
    assert updated(old, template("x", messages), language) == old


@given(MESSAGES)
def test_every_message_of_a_template_is_read_back(messages: list[Message]) -> None:
    catalog = read_po(io.BytesIO(to_bytes(template("x", messages))))
    expected = dict.fromkeys((found.context, found.text) for found in messages)
    assert [(found.context, found.id) for found in catalog if found.id] == list(expected)
