"""A text and the figures that it counts: singular where there is one, counts that count, no figure without a use."""

from __future__ import annotations

from pathlib import Path

import pytest

from kzpub import content
from kzpub.errors import KzpubError
from kzpub.model import Document, Message

CHAPTER, REGISTER, CONFIGURATION = (f"content/x/{name}" for name in ("01.md", "figures.yaml", "publication.yaml"))
SETTINGS = (
    "title: Report\nsubtitle: On centres\ndescription: For tests\nkeywords: [centres]\ndate: 2026-03-05\n"
    "period: 2021–2023\nsource_note: Of a source\nlanguages: [en]\nchapters: [01.md]\n"
)
HEAD = "# Centres {#centres}\n\n"
PLURAL = "<!-- one centres: **{centres} centre** is open -->\n**{centres} centres** are open.\n"


def figures(**values: str) -> str:
    """A register of counts, five lines each."""
    return "".join(
        f"{id}:\n  label: Some\n  kind: count\n  value: {value}\n  source: 1\n" for id, value in values.items()
    )


def read(root: Path, chapter: str, register: str, settings: str = SETTINGS) -> Document[Message]:
    """A publication of one chapter."""
    (root / "content" / "x").mkdir(parents=True, exist_ok=True)
    for path, text in ((CHAPTER, HEAD + chapter), (REGISTER, register), (CONFIGURATION, settings)):
        (root / path).write_text(text, "utf-8")
    return content.read(root / "content" / "x", root)


def faults(root: Path, chapter: str, register: str, settings: str = SETTINGS) -> list[tuple[str, str]]:
    """What is wrong with such a publication: codes and places."""
    with pytest.raises(KzpubError) as caught:
        read(root, chapter, register, settings)
    return [(problem.code, str(problem.place)) for problem in caught.value.problems]


# -- What a person lets stand -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("value: 46", "value: 47", id="its value"),
        pytest.param("qualifier: more than", "qualifier: less than", id="its qualifier"),
    ],
)
def test_a_sign_off_dies_with_what_is_changed_of_its_figure(old: str, new: str, tmp_path: Path) -> None:
    chapter, register = "About {centres} centres are open.\n", figures(centres="46") + "  qualifier: more than\n"
    with pytest.raises(KzpubError, match="figure-qualifier") as caught:
        read(tmp_path / "a", chapter, register)
    key = caught.value.problems[0].hint.split("“")[-1].split("”")[0]
    waiver = f"{key}:\n  finding: figure-qualifier\n  language: en\n  reason: said so\n"
    for folder in ("b", "c"):
        (tmp_path / folder / "content/x").mkdir(parents=True)
        (tmp_path / folder / "content/x/waivers.yaml").write_text(waiver, "utf-8")
    assert read(tmp_path / "b", chapter, register)
    found = {code for code, _ in faults(tmp_path / "c", chapter, register.replace(old, new))}
    assert found == {"figure-qualifier", "waiver-dead"}


def test_a_sign_off_for_a_language_that_the_publication_does_not_appear_in_is_dead(tmp_path: Path) -> None:
    (tmp_path / "content/x").mkdir(parents=True)
    waiver = "0123456789:\n  finding: fact-differs\n  language: kk\n  reason: said so\n"
    (tmp_path / "content/x/waivers.yaml").write_text(waiver, "utf-8")
    found = faults(tmp_path, "{centres} centres are open.\n", figures(centres="46"))
    assert found == [("waiver-dead", "content/x/waivers.yaml:1")]


# -- How the source is written ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chapter", "code"),
    [
        pytest.param("The the {centres} centres are open.\n", "word-doubled", id="a word twice"),
        pytest.param("All {centres} centres , and others.\n", "space-doubled", id="a space before a comma"),
        pytest.param("«{centres}» centres are open.\n", "quotation-marks", id="quotation marks of Russian"),
        pytest.param("Centres ({centres} are open.\n", "quotation-marks", id="a bracket without its partner"),
    ],
)
def test_a_slip_is_to_be_looked_at_before_a_release(chapter: str, code: str, tmp_path: Path) -> None:
    document = read(tmp_path, chapter, figures(centres="46"))
    found = {(each.code, each.severity, str(each.place)) for each in document.warnings}
    assert found == {(code, "warning", f"{CHAPTER}:3")}


@pytest.mark.parametrize(
    ("chapter", "code"),
    [
        pytest.param("The Құрылтай has {centres} centres.\n", "language-letter", id="a Kazakh word"),
        pytest.param("More (open_centres), {open_centres} in all.\n", "placeholder-broken", id="no braces"),
        pytest.param("All&nbsp;{centres} centres.\n", "markup-reference", id="a reference"),
        pytest.param("See {centres} at [https://a.kz](https://b.kz).\n", "link-target", id="an address for another"),
    ],
)
def test_what_is_no_english_text_is_an_error(chapter: str, code: str, tmp_path: Path) -> None:
    name = "open_centres" if "open_centres" in chapter else "centres"
    assert (code, f"{CHAPTER}:3") in faults(tmp_path, chapter, figures(**{name: "46"}))


@pytest.mark.parametrize(
    "code", ["centres_open = {{ centres }}", "&nbsp;", "centres  two", "Құрылтай", "a a", "«a»", "{% raw %}"]
)
def test_code_may_hold_all(code: str, tmp_path: Path) -> None:
    document = read(tmp_path, f"Write `{code}` for {{centres}} centres.\n", figures(centres="46"))
    assert document.warnings == ()


def test_a_quoted_name_may_be_in_other_letters(tmp_path: Path) -> None:
    assert read(tmp_path, "“Құрылтай” has {centres} centres.\n", figures(centres="46")).warnings == ()


def test_a_cyrillic_letter_in_an_english_word_is_an_error(tmp_path: Path) -> None:
    found = faults(tmp_path, "Тhe {centres} centres are open.\n", figures(centres="46"))
    assert found == [("script-mixed", f"{CHAPTER}:3")]


# -- What is in order ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chapter", "register"),
    [
        pytest.param("{centres} centres are open.\n", figures(centres="46"), id="more than one"),
        pytest.param("No centres, {centres}, are open.\n", figures(centres="0"), id="none"),
        pytest.param(PLURAL, figures(centres="46"), id="both forms, more than one"),
        pytest.param(PLURAL, figures(centres="1"), id="both forms, one"),
        pytest.param(f"- {PLURAL.replace(chr(10), chr(10) + '  ')}", figures(centres="1"), id="both forms in a list"),
        pytest.param("Rise: {rise}.\n", figures(rise="1").replace("count", "percent"), id="one per cent"),
        pytest.param("In {centres_as_of}.\n", f"{figures(centres='46')}  as_of: 2024\n", id="its time alone"),
        pytest.param("| Open |\n|---|\n| {centres} |\n", figures(centres="46"), id="in a table"),
        pytest.param("Many.[^note]\n\n[^note]: Just {centres}.\n", figures(centres="46"), id="in a note"),
    ],
)
def test_a_text_and_its_figures_in_order(chapter: str, register: str, tmp_path: Path) -> None:
    assert len(read(tmp_path, chapter, register).figures) == 1


# -- One -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chapter", "line"),
    [
        pytest.param("{centres} centres are open.\n", 3, id="in a paragraph"),
        pytest.param("Open:\n\n- **{centres} centres**\n", 5, id="in a list, inside a mark"),
        pytest.param("| Open |\n|---|\n| {centres} |\n", 5, id="in a table"),
        pytest.param("Many.[^note]\n\n[^note]: Just {centres}.\n", 5, id="in a note"),
    ],
)
def test_a_sentence_around_one_must_have_both_forms(chapter: str, line: int, tmp_path: Path) -> None:
    assert faults(tmp_path, chapter, figures(centres="1")) == [("figure-singular", f"{CHAPTER}:{line}")]


def test_one_written_as_a_fraction_is_still_one(tmp_path: Path) -> None:
    assert faults(tmp_path, "{centres} centres.\n", figures(centres="1.0")) == [("figure-singular", f"{CHAPTER}:3")]


def test_another_figure_of_one_beside_the_counted_one_is_found(tmp_path: Path) -> None:
    chapter = PLURAL.replace("open", "open in {towns} towns")
    assert faults(tmp_path, chapter, figures(centres="46", towns="1")) == [("figure-singular", f"{CHAPTER}:4")]


def test_a_figure_of_one_is_found_once_in_a_sentence(tmp_path: Path) -> None:
    assert faults(tmp_path, "{a} of {a} centres.\n", figures(a="1")) == [("figure-singular", f"{CHAPTER}:3")]


# -- What a plural message counts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chapter", "codes"),
    [
        pytest.param(PLURAL.replace("one centres", "one centers"), ["figure-counted"] * 2, id="an unknown figure"),
        pytest.param(PLURAL.replace("one centres", "one share"), ["figure-counted"] * 2, id="a percentage"),
        pytest.param(PLURAL.replace("one centres", "one towns"), ["figure-counted"], id="a figure it does not show"),
        pytest.param(
            PLURAL.replace("{centres} centre**", "A centre**"), ["placeholder-differs"], id="singular without"
        ),
        pytest.param(PLURAL.replace("**{centres} centre**", "{centres} centre"), ["strong-differs"], id="a mark less"),
    ],
)
def test_a_plural_message_counts_a_figure_that_it_shows(chapter: str, codes: list[str], tmp_path: Path) -> None:
    share = figures(share="30").replace("count", "percent")
    chapter = f"{chapter}\nIn {{towns}} towns, {{share}}.\n"
    assert faults(tmp_path, chapter, figures(centres="46", towns="5") + share) == [
        (code, f"{CHAPTER}:4") for code in codes
    ]


# -- Figures without a use -------------------------------------------------------------------------------------------


def test_figures_that_nothing_uses_are_found_with_their_lines(tmp_path: Path) -> None:
    assert faults(tmp_path, "{b} centres.\n", figures(a="2", b="46", c="7")) == [
        ("figure-unused", f"{REGISTER}:1"),
        ("figure-unused", f"{REGISTER}:11"),
    ]


def test_a_figure_in_a_publication_without_placeholders_is_unused(tmp_path: Path) -> None:
    assert faults(tmp_path, "Many centres.\n", figures(a="46")) == [("figure-unused", f"{REGISTER}:1")]


def test_a_key_figure_is_used(tmp_path: Path) -> None:
    settings = f"{SETTINGS}key_figures: [b]\n"
    assert faults(tmp_path, "Many.\n", figures(a="2", b="46"), settings) == [("figure-unused", f"{REGISTER}:1")]


def test_a_figure_that_another_is_derived_from_is_used(tmp_path: Path) -> None:
    derived = "half:\n  label: Half\n  kind: count\n  derived: all / 2\n  source: 1\n"
    assert len(read(tmp_path, "{half} centres.\n", figures(all="46") + derived).figures) == 2


def test_a_figure_that_only_its_own_words_call_is_unused(tmp_path: Path) -> None:
    register = f'{figures(a="46")}  alone: "{{a}} in all"\n'
    assert faults(tmp_path, "Many centres.\n", register) == [("figure-unused", f"{REGISTER}:1")]


def test_a_figure_that_the_words_of_another_call_is_used(tmp_path: Path) -> None:
    register = f"{figures(a='46', b='7')}  note: Beside the {{a}} of the state\n"
    assert len(read(tmp_path, "{b} centres.\n", register).figures) == 2


# -- What stands in both forms, and what is typed ---------------------------------------------------------------------


def causes(root: Path, chapter: str, register: str) -> list[tuple[str, str]]:
    with pytest.raises(KzpubError) as caught:
        read(root, chapter, register)
    return [(problem.code, problem.cause) for problem in caught.value.problems]


def test_the_sentence_for_one_has_the_facts_of_the_other(tmp_path: Path) -> None:
    chapter = "<!-- one centres: In 2024, {centres} centre. -->\nIn 2025, {centres} centres.\n"
    expected = [("fact-differs", "the sentence for one drops fact 2025 and adds fact 2024")]
    assert causes(tmp_path, chapter, figures(centres="46")) == expected


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("There are 46 of {a}.", "46"),
        ("From 46 to 90 of {a}.", "46"),
        ("Between 30 and 46 of {a}.", "46"),
        ("30–46 of {a}.", "46"),
    ],
)
def test_a_figure_that_is_typed_is_found(text: str, typed: str, tmp_path: Path) -> None:
    assert causes(tmp_path, f"{text}\n", figures(a="46")) == [
        ("figure-typed", f"“{typed}” is typed by hand, and the register has it as “a”")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "There are 47 of {a}.",
        "Forty-six of {a}.",
        "In 2046, {a}.",
        "No. 146 of {a}.",
        "[See](#part-46) {a}.\n\n## Part {#part-46}",
    ],
)
def test_another_number_is_no_figure(text: str, tmp_path: Path) -> None:
    assert len(read(tmp_path, f"{text}\n", figures(a="46")).figures) == 1
