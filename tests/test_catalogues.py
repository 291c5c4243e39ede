"""Catalogues read strictly, templates and updates written so that nothing changes that need not."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from kzpub.catalogues import Entry, load, template, to_bytes, update
from kzpub.errors import KzpubError, Place
from kzpub.languages import LANGUAGES, Language
from kzpub.model import Message

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


def test_a_byte_order_mark_changes_nothing(project: Path) -> None:
    clean = load(project, "sampler", KAZAKH)
    path = project / CATALOGUE
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert load(project, "sampler", KAZAKH) == clean


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
        pytest.param(f"<<<<<<< HEAD\n{ENTRY}=======\n{ENTRY}>>>>>>> other\n", 81, id="marks of a merge"),
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
    assert [(problem.code, str(problem.place)) for problem in caught.value.problems] == [("not-utf8", CATALOGUE)]


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
        ("catalogue-duplicate", Place(CATALOGUE, 86))
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


def test_a_comment_of_a_translator_stays() -> None:
    old = translated("One").replace(b"#: content", "# Тексерілді\n#: content".encode())
    assert "# Тексерілді\n" in updated(old, template("x", [message("One")]), KAZAKH).decode()


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
