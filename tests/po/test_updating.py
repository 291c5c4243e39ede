"""Catalogues brought up to their content: what did not change stays, what did needs review or is carried."""

from __future__ import annotations

import io
import re
from decimal import Decimal
from pathlib import Path

import pytest
from babel.messages.pofile import read_po, unescape
from hypothesis import given
from hypothesis import strategies as st

from kzpub.errors import KzpubError, Place
from kzpub.languages import LANGUAGES, Language
from kzpub.model import Figure, Kind, Message
from kzpub.po.catalogues import Catalogue, catalogue_path, load
from kzpub.po.pofiles import template
from kzpub.po.pofiles import written as to_text
from kzpub.po.updating import Target, Update, begin, update

KAZAKH, RUSSIAN = LANGUAGES["kk"], LANGUAGES["ru"]
Register = dict[str, Figure[Message]]


def message(text: str, context: str = "a", comment: str = "") -> Message:
    return Message(text, context, Place("content/x/01.md", 5), comment)


def begun(messages: list[Message], language: Language, figures: Register | None = None) -> Update:
    """A new catalogue of some messages."""
    return begin(Target("x", language, messages, figures or {}))


def outcome(
    old: bytes, messages: list[Message], language: Language, figures: Register | None = None, *, carry: bool = False
) -> Update:
    """What an update makes of a file."""
    catalog = read_po(io.BytesIO(old), locale=language.locale)
    return update(catalog, old.decode(), Target("x", language, messages, figures or {}), carry=carry)


# -- One message -----------------------------------------------------------------------------------------------------


def updated(old: bytes, messages: list[Message], language: Language, *, carry: bool = False) -> bytes:
    """A file brought up to some messages."""
    return outcome(old, messages, language, carry=carry).text.encode()


def test_a_new_catalogue_has_the_languages_header() -> None:
    written = begun([message("One")], RUSSIAN).text.encode()
    catalog = read_po(io.BytesIO(written))
    assert str(catalog.locale) == "ru"
    assert catalog.num_plurals == 3
    assert [(found.id, found.string, found.fuzzy) for found in catalog if found.id] == [("One", "", False)]


def translated(text: str) -> bytes:
    written = begun([message(text)], KAZAKH).text.encode()
    return written.replace(b'msgstr ""\n\n', 'msgstr "Аударма"\n\n'.encode())


def test_a_changed_message_keeps_its_translation_for_review_beside_the_old_text() -> None:
    written = updated(translated("The law was adopted"), [message("The law was adopted twice")], KAZAKH)
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
    written = updated(translated("The law was adopted"), [message("Quite another")], KAZAKH)
    assert '#~ msgid "The law was adopted"\n#~ msgstr "Аударма"\n' in written.decode()


LAW, OTHER = [message("The law was adopted")], [message("Quite another")]


def test_a_message_that_comes_back_needs_no_translation_again() -> None:
    done = translated("The law was adopted")
    gone = updated(done, OTHER, KAZAKH)
    back = outcome(gone, LAW, KAZAKH)
    assert back.text.encode() == done
    assert back.counts == {"back": 1}
    assert updated(back.text.encode(), OTHER, KAZAKH) == gone


@pytest.mark.parametrize(
    ("marked", "previous"),
    [
        pytest.param(b"#, fuzzy\nmsgctxt", [], id="marked by a translator"),
        pytest.param(b'#, fuzzy\n#| msgid "The act"\nmsgctxt', ['#| msgid "The act"'], id="with its previous source"),
    ],
)
def test_a_message_that_comes_back_needs_review_if_it_did_when_it_left(marked: bytes, previous: list[str]) -> None:
    waiting = translated("The law was adopted").replace(b"msgctxt", marked)
    back = updated(updated(waiting, OTHER, KAZAKH), LAW, KAZAKH).decode()
    assert "#, fuzzy\n" in back
    assert [line for line in back.split("\n") if line.startswith("#|")] == previous
    assert "# review: it came back" in back


def test_what_another_tool_made_obsolete_comes_back_for_review() -> None:
    catalog = read_po(io.BytesIO(translated("The law was adopted")), locale="kk")
    catalog.update(template("x", OTHER))
    back = updated(to_text(catalog).encode(), LAW, KAZAKH).decode()
    assert "#, fuzzy\n" in back
    assert "# review: it came back, and nobody knows whether it had been reviewed\n" in back


def test_obsolete_entries_are_there_once_and_only_with_a_translation() -> None:
    old = translated("The law was adopted")
    for messages in (OTHER, LAW, OTHER, LAW, OTHER, []):
        old = updated(old, messages, KAZAKH)
    assert old.count(b"#~ msgid") == 1
    assert old.count(b"# removed when it was reviewed") == 1


def test_a_comment_of_a_translator_stays() -> None:
    old = translated("One").replace(b"#: content", "# Тексерілді\n#: content".encode())
    assert "# Тексерілді\n" in updated(old, [message("One")], KAZAKH).decode()


def test_a_comment_of_a_translator_stays_with_its_blank_lines_and_wrapping() -> None:
    wrapped = translated("One, a long text").replace(b'msgid "One, a long text"', b'msgid ""\n"One, a "\n"long text"')
    wrapped = wrapped.replace(b"#: content", "# Тексерілді\n#\n#   екінші жол\n# екінші жол\n#: content".encode())
    wrapped = wrapped.replace(b'"MIME', b'"X-Generator: Poedit 3.4\\n"\n"MIME')
    assert updated(wrapped, [message("One, a long text")], KAZAKH) == wrapped
    with_another = updated(wrapped, [message("Two"), message("One, a long text")], KAZAKH).decode()
    added = '#: content/x/01.md\nmsgctxt "a"\nmsgid "Two"\nmsgstr ""\n\n'
    assert with_another.replace(added, "") == wrapped.decode()


def test_comments_behind_the_last_entry_stay_there() -> None:
    old = translated("One") + "# Соңы\n\n".encode()
    assert updated(old, [message("One")], KAZAKH) == old
    assert updated(old, [message("One"), message("Two")], KAZAKH).decode().endswith("\n\n# Соңы\n\n")


def test_what_machines_write_is_written_anew() -> None:
    by_pybabel = translated("6.1% of pupils").replace(b"01.md\n", b"01.md:12\n#, python-format\n")
    assert updated(by_pybabel, [message("6.1% of pupils")], KAZAKH) == translated("6.1% of pupils")


def test_the_previous_source_is_the_one_that_was_translated() -> None:
    once = updated(translated("The law was adopted"), [message("The law was adopted twice")], KAZAKH)
    twice = updated(once, [message("The law was adopted twice, then repealed")], KAZAKH)
    assert [line for line in twice.decode().split("\n") if line.startswith("#|")] == ['#| msgid "The law was adopted"']


def test_the_previous_source_that_another_tool_wrote_with_its_section_is_kept() -> None:
    mark = b'#, fuzzy\n#| msgctxt "b"\n#| msgid "The act "\n#| "was adopted"\nmsgctxt'
    old = translated("The law was adopted").replace(b"msgctxt", mark)
    assert '#| msgid "The act was adopted"\n' in updated(old, LAW, KAZAKH).decode()


def test_a_new_text_that_is_like_another_is_new() -> None:
    both = [*LAW, message("The laws were adopted")]
    result = outcome(translated("The law was adopted"), both, KAZAKH)
    assert result.counts == {"new": 1}
    assert "fuzzy" not in result.text


def test_of_two_changed_texts_each_has_the_translation_of_what_it_was() -> None:
    sources = ["The law on women was adopted", "The law on men was adopted"]
    old = begun([message(text) for text in sources], KAZAKH).text
    for text in sources:
        old = old.replace(f'msgid "{text}"\nmsgstr ""', f'msgid "{text}"\nmsgstr "of {text}"')
    now = [message("The law on men was adopted twice"), message("The law on women was adopted twice")]
    result = updated(old.encode(), now, KAZAKH).decode()
    for kind in ("women", "men"):
        assert f'msgid "The law on {kind} was adopted twice"\nmsgstr "of The law on {kind} was adopted"' in result


def test_another_heading_of_a_section_has_the_old_one_beside_it_and_another_item_has_not() -> None:
    for role, counts in (("Heading, level 2", {"review": 1}), ("", {"new": 1, "obsolete": 1})):
        old = begun([message("Women", comment=role)], KAZAKH).text.replace('msgstr ""\n\n', 'msgstr "Әйелдер"\n\n')
        result = outcome(old.encode(), [message("Protection of all", comment=role)], KAZAKH)
        assert result.counts == counts


def test_a_text_that_went_to_another_section_needs_review_and_says_why() -> None:
    result = outcome(translated("The law was adopted"), [message("The law was adopted", "b")], KAZAKH, carry=True)
    assert result.counts == {"review": 1}
    assert "# review: it stood in another section, a\n" in result.text


def test_a_text_before_the_first_heading_has_no_section() -> None:
    old = begun([message("One", "")], KAZAKH).text.encode()
    assert b"msgctxt" not in old
    assert updated(old, [message("One", "")], KAZAKH) == old


@pytest.mark.parametrize("text", ["100 % of all", "6.1% of pupils", "It is 50%-i", "%(x)s and %d"])
@pytest.mark.parametrize("side", ["source", "translation"])
def test_prose_with_a_percent_sign_is_no_format(text: str, side: str) -> None:
    source, translation = (text, "Бәрі") if side == "source" else ("All", text)
    old = translated(source).replace("Аударма".encode(), translation.encode())
    flagged = old.replace(b"msgctxt", b"#, python-format\nmsgctxt")
    for written in (updated(old, [message(source)], KAZAKH), updated(flagged, [message(source)], KAZAKH)):
        assert written == old
    changed = updated(flagged, [message(source + " now")], KAZAKH)
    assert b"python-format" not in changed


# -- Cosmetic changes ------------------------------------------------------------------------------------------------


def carried(old: str, new: str, translation: str, language: Language = KAZAKH) -> Update:
    written = begun([message(old)], language).text.replace('msgstr ""\n\n', f'msgstr "{translation}"\n\n')
    return outcome(written.encode(), [message(new)], language, carry=True)


def test_a_cosmetic_change_keeps_the_translation_and_says_so() -> None:
    result = carried("In 46 towns", "In 56 towns:", "46 қалада")
    assert result.text.endswith('msgctxt "a"\nmsgid "In 56 towns:"\nmsgstr "56 қалада"\n\n')
    assert "fuzzy" not in result.text
    assert "#|" not in result.text
    assert result.counts == {"carried": 1}
    (each,) = result.carried
    assert (each.old, each.new) == ("In 46 towns", "In 56 towns:")
    assert result.text.split("\n")[each.line - 1] == 'msgid "In 56 towns:"'


def test_without_being_asked_a_cosmetic_change_needs_review_and_is_counted() -> None:
    result = outcome(translated("Law, order"), [message("Law order")], KAZAKH)
    assert result.counts == {"review": 1, "carriable": 1}
    assert '#, fuzzy\n#| msgid "Law, order"\n' in result.text


def test_what_needed_review_is_never_made_done_by_a_cosmetic_change() -> None:
    waiting = translated("Law, order").replace(b"msgctxt", b"#, fuzzy\nmsgctxt")
    result = outcome(waiting, [message("Law order")], KAZAKH, carry=True)
    assert "#, fuzzy" in result.text
    assert not result.counts
    again = updated(translated("Law, order"), [message("Law order")], KAZAKH)
    assert b"#, fuzzy" in updated(again, [message("Law order")], KAZAKH, carry=True)


def test_a_new_message_is_not_carried_from_one_that_is_still_there() -> None:
    result = outcome(translated("Law, order"), [message("Law, order"), message("Law order")], KAZAKH, carry=True)
    assert result.counts == {"new": 1}


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
    return (outcome(old, [found], language, figures) if old else begun([found], language, figures)).text.encode()


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


# -- Cosmetic changes of figures -------------------------------------------------------------------------------------

RENAMED = message("{c} of {b} centres")


def test_a_figure_with_a_new_name_and_the_same_value_keeps_the_translation() -> None:
    old = translated_for(COUNTING, RUSSIAN, register(a="46", b="7"))
    result = outcome(old, [RENAMED], RUSSIAN, register(c="46", b="7"), carry=True)
    assert result.counts == {"carried": 1}
    assert comments(result.text.encode()) == ["# figures: c=46, b=7"]
    assert 'msgstr "{c} {b}"' in result.text


@pytest.mark.parametrize(
    "figures",
    [
        pytest.param(register(c="47", b="7"), id="a new name with another value"),
        pytest.param(register(a="46", c="51", b="7"), id="a figure that asks for other words"),
        pytest.param(register(a="46", b="7") | register("percent", c="46"), id="a figure of another kind"),
        pytest.param(register("year", c="46") | register(b="7"), id="a new name that counts nothing"),
        pytest.param(register(c="46", b="1"), id="another value of the other figure"),
    ],
)
def test_another_figure_needs_review(figures: Register) -> None:
    old = translated_for(COUNTING, RUSSIAN, register(a="46", b="7"))
    result = outcome(old, [RENAMED], RUSSIAN, figures, carry=True)
    assert result.counts["carried"] == 0
    assert "#, fuzzy" in result.text
    assert '#| msgid "{a} of {b} centres"' in result.text


@BOTH
def test_a_plural_message_is_carried_with_all_its_forms(language: Language) -> None:
    now = plural(f"{OPEN[0]}:", f"{OPEN[1]}:")
    done = re.sub(rb'"({a}) \d"', rb'"\1"', plural_translation(language))
    result = outcome(done, [now], language, carry=True)
    assert result.counts == {"carried": 1}
    assert "fuzzy" not in result.text
    assert updated(result.text.encode(), [now], language) == result.text.encode()


@BOTH
def test_a_plural_message_of_which_only_one_form_is_cosmetic_needs_review(language: Language) -> None:
    for now in (plural(OPEN[0], CHANGED[1]), plural(CHANGED[0], f"{OPEN[1]}:")):
        result = outcome(plural_translation(language), [now], language, carry=True)
        assert result.counts == {"review": 1}


# -- Laws ------------------------------------------------------------------------------------------------------------

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20) | st.sampled_from(
    ["{date}", "100% of", "a\\\nb", 'a "b"', "\\", "# a", "\u2028", "a\n", "%(x)s"]
)
MESSAGES = st.lists(
    st.builds(message, TEXTS, st.sampled_from(["a", "a/b"]), st.sampled_from(["", "Heading"])), max_size=5
)


@given(MESSAGES, st.sampled_from([KAZAKH, RUSSIAN]))
def test_an_update_without_changes_changes_no_byte(messages: list[Message], language: Language) -> None:
    old = begun(messages, language).text.encode()
    assert updated(old, messages, language) == old


@given(MESSAGES, MESSAGES)
def test_a_second_update_changes_no_byte(before: list[Message], after: list[Message]) -> None:
    done = re.sub('(?<=\n)msgstr ""(?=\n\n)', 'msgstr "Аударма"', begun(before, KAZAKH).text).encode()
    once = updated(done, after, KAZAKH)
    assert updated(once, after, KAZAKH) == once


@given(MESSAGES, MESSAGES)
def test_messages_that_leave_and_come_back_are_as_they_were(before: list[Message], others: list[Message]) -> None:
    done = re.sub('(?<=\n)msgstr ""(?=\n\n)', 'msgstr "Аударма"', begun(before, KAZAKH).text).encode()
    both = updated(done, [*before, *others], KAZAKH)
    assert "Аударма".encode() not in done or updated(updated(done, [], KAZAKH), before, KAZAKH) == done
    assert updated(both, before, KAZAKH) == done


@given(MESSAGES)
def test_every_message_of_a_template_is_read_back(messages: list[Message]) -> None:
    catalog = read_po(io.BytesIO(to_text(template("x", messages)).encode()))
    expected = dict.fromkeys((found.context, found.text) for found in messages)
    assert [(found.context, found.id) for found in catalog if found.id] == list(expected)
