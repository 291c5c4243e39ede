"""Templates and catalogues as text, and what of a file is kept letter by letter."""

from __future__ import annotations

from kzpub.errors import Place
from kzpub.model import Message
from kzpub.po.pofiles import template, written


def message(text: str, context: str = "a", comment: str = "") -> Message:
    return Message(text, context, Place("content/x/01.md", 5), comment)


def test_a_template_is_readable_text_without_dates_or_lines() -> None:
    text = written(template("x", [message("One {date}", comment="A heading"), message("*Two*\\\nlines", "b")]))
    assert text == (
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


def test_equal_texts_of_one_section_are_one_message() -> None:
    catalog = template("x", [message("Yes"), message("Yes"), message("Yes", "b")])
    assert [(found.id, found.context) for found in catalog if found.id] == [("Yes", "a"), ("Yes", "b")]
