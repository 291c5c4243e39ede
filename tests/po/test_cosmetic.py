"""When a translation outlives a change of its source: golden cases, and the law that it never does in silence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzpub.languages import LANGUAGES
from kzpub.po.cosmetic import carried


def outcome(old: str, new: str, translation: str, tag: str = "ru", *, same: bool = True) -> str | None:
    """The translation carried to another source, or nothing."""
    result = carried((old,), (new,), (translation,), LANGUAGES[tag], lambda _, __: same)
    return result[0] if result else None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("Laws, rules and courts", "Laws, rules, and courts", id="a comma"),
        pytest.param("The law was adopted", "The law was adopted.", id="a full stop"),
        pytest.param("The aims: law", "The aims; law", id="a colon and a semicolon"),
        pytest.param("And so on...", "And so on…", id="an ellipsis"),
        pytest.param('The "Just" agenda', "The “Just” agenda", id="quotation marks"),
        pytest.param("The President's law", "The President’s law", id="an apostrophe"),
        pytest.param("Well-being for all", "Well being for all", id="a hyphen between words"),
        pytest.param("Law - and order", "Law — and order", id="a dash between words"),
        pytest.param("Law and  order", "Law\u00a0and order", id="spacing"),
        pytest.param("**Aim:** law", "**Aim**: law", id="a colon out of bold"),
        pytest.param("See `a.b`, too", "See `a.b` too", id="beside code"),
    ],
)
@pytest.mark.parametrize("tag", ["kk", "ru"])
def test_spacing_and_punctuation_keep_the_translation_as_it_stands(old: str, new: str, tag: str) -> None:
    assert outcome(old, new, "Как есть", tag) == "Как есть"
    assert outcome(new, old, "Как есть", tag) == "Как есть"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("It is law", "It is law?", id="a question mark"),
        pytest.param("It is law", "It is law!", id="an exclamation mark"),
        pytest.param("It is law", "(It is law)", id="brackets"),
        pytest.param("It is law", "It is *law*", id="a mark of Markdown"),
        pytest.param("It is law", "It is `law`", id="code"),
        pytest.param("Law and order", "Law/order", id="a slash"),
        pytest.param("Law and order", "Law and orders", id="a letter"),
        pytest.param("Every day", "Everyday", id="two words that become one"),
        pytest.param("re-form it", "reform it", id="a hyphen inside of another word"),
        pytest.param("Law and order", "law and order", id="a capital"),
        pytest.param("It fell by 5", "It fell by -5", id="a minus"),
        pytest.param("It fell by 5", "It fell by − 5", id="a minus sign"),
        pytest.param("It is 5", "It is 5 %", id="a sign of percent"),
        pytest.param("In 2019, 2025", "In 2019–2025", id="a range"),
        pytest.param("By {a} {b}", "By {a}–{b}", id="a range of figures"),
        pytest.param("By 5 5", "By 5.5", id="a decimal mark"),
        pytest.param("By 5", "By .5", id="a decimal mark that begins a number"),
        pytest.param("By 4.5m", "By 4,5m", id="a decimal mark before a letter"),
        pytest.param("By {a}", "By $ {a}", id="a currency"),
        pytest.param("See [it](#a.b)", "See [it](#ab)", id="the target of a link"),
        pytest.param("See egov.kz", "See egov, kz", id="an address"),
        pytest.param("Who[^a.b]", "Who[^ab]", id="a note"),
        pytest.param("One\\\ntwo", "One two", id="a line break"),
        pytest.param("By {a}", "By 5", id="a figure that becomes a number"),
        pytest.param("On the 5th", "On the 6th", id="an ordinal"),
        pytest.param("Form A4", "Form A5", id="digits of a name"),
    ],
)
def test_everything_else_needs_a_translator(old: str, new: str) -> None:
    assert outcome(old, new, old) is None
    assert outcome(new, old, new) is None


@pytest.mark.parametrize(
    ("old", "new", "translation", "tag", "expected"),
    [
        pytest.param("In 46 towns", "In 56 towns", "В 46 городах", "ru", "В 56 городах", id="a number"),
        pytest.param("From 46", "From 51", "46-дан", "kk", "51-дан", id="before a Kazakh suffix, set at print"),
        pytest.param("22,000 men", "25,000 men", "22 000 мужчин", "ru", "25 000 мужчин", id="groups of digits"),
        pytest.param("22,000", "25,000", "22\u00a0000", "kk", "25 000", id="groups with a no-break space"),
        pytest.param("At 4.5%", "At 45%", "4,5%", "kk", "45%", id="a decimal mark is a figure"),
        pytest.param("By 4.5%", "By 3.5%", "на 4,5%", "ru", "на 3,5%", id="a decimal"),
        pytest.param("5 March 2026", "6 March 2026", "5 марта 2026 года", "ru", "6 марта 2026 года", id="a day"),
        pytest.param("$5 billion", "$6 billion", "5 млрд долларов", "ru", "6 млрд долларов", id="an amount"),
        pytest.param("5 women, 6 men", "6 women, 5 men", "6 мужчин и 5 женщин", "ru", "5 мужчин и 6 женщин", id="two"),
        pytest.param("2015–2020", "2016–2020", "2015–2020", "kk", "2016–2020", id="one end of a range"),
        pytest.param("By {a}, see {b}", "By {c} see {b}", "{b}: {a}", "ru", "{b}: {c}", id="a placeholder"),
        pytest.param("`5` of 5", "`5` of 6", "`5` из 5", "ru", "`5` из 6", id="digits of code are none"),
    ],
)
def test_a_figure_is_replaced_where_it_stands(old: str, new: str, translation: str, tag: str, expected: str) -> None:
    assert outcome(old, new, translation, tag) == expected


@pytest.mark.parametrize(
    ("old", "new", "translation", "tag"),
    [
        pytest.param("In 1 town", "In 2 town", "В 1 городе", "ru", id="another plural category"),
        pytest.param("In 46 towns", "In 51 towns", "В 46 городах", "ru", id="many and one"),
        pytest.param("In 1 town", "In 2 town", "1 қалада", "kk", id="one and other in Kazakh"),
        pytest.param("In 5 towns", "In 6 towns", "В пяти городах", "ru", id="words in the translation"),
        pytest.param("5 towns and 5 laws", "5 towns and 6 laws", "5 городов и 5 законов", "ru", id="one of two"),
        pytest.param("5 towns, five laws", "6 towns, five laws", "5 законов, пять городов", "ru", id="once in words"),
        pytest.param("In 5 towns", "In 6 towns", "В 5 городах из 5", "ru", id="more often than in the source"),
        pytest.param("In 5 towns", "In 6 towns", "В 5-ти городах", "ru", id="an ending that may depend on it"),
        pytest.param("In 5000 towns", "In 6000 towns", "В 5 000 городов", "ru", id="digits grouped otherwise"),
        pytest.param("From 05 on", "From 06 on", "С 05", "ru", id="a number that begins with zero"),
        pytest.param("At 15:30", "At 15:35", "В 15:30", "ru", id="a time"),
        pytest.param("In 5 towns", "In 6 towns", "В 7 городах", "ru", id="a translation that was wrong"),
        pytest.param("By {a}", "By {c}", "На {b}", "ru", id="another placeholder in the translation"),
        pytest.param("By {a} and {a}", "By {a} and {c}", "{a} и {a}", "ru", id="one of two placeholders"),
        pytest.param("In 5 towns.", "In 5 towns", "В 6 городах", "ru", id="a fact that was wrong before"),
    ],
)
def test_a_doubtful_figure_needs_a_translator(old: str, new: str, translation: str, tag: str) -> None:
    assert outcome(old, new, translation, tag) is None


def test_a_placeholder_is_replaced_only_by_what_can_stand_for_it() -> None:
    assert outcome("By {a}", "By {b}", "На {a}", same=True) == "На {b}"
    assert outcome("By {a}", "By {b}", "На {a}", same=False) is None


def test_the_forms_of_a_plural_message_are_carried_together() -> None:
    old, new = ("{a} town in 46", "{a} towns in 46"), ("{a} town in 56", "{a} towns in 56")
    forms = ("{a} город из 46", "{a} города из 46", "{a} городов из 46")
    expected = tuple(form.replace("46", "56") for form in forms)
    assert carried(old, new, forms, LANGUAGES["ru"], lambda _, __: False) == expected
    assert carried(old, (new[0], old[1]), forms, LANGUAGES["ru"], lambda _, __: False) is None
    assert carried(old, new, (*forms[:2], "{a} городов"), LANGUAGES["ru"], lambda _, __: False) is None


WORDS = st.lists(st.sampled_from(["law", "and", "46", "51", "22,000", "4.5", "{a}", "{b}", "**", "(", ")"]), max_size=6)
GAPS = st.lists(st.sampled_from([" ", ", ", ". ", " – ", "… "]), min_size=6, max_size=6)


@given(WORDS, GAPS, GAPS, st.sampled_from(["kk", "ru"]))
def test_no_other_word_or_figure_is_ever_passed_over(
    words: list[str], gaps: list[str], others: list[str], tag: str
) -> None:
    old, new = ("".join(word + gap for word, gap in zip(words, each, strict=False)) for each in (gaps, others))
    for position, word in enumerate(words):
        without = words[:position] + words[position + 1 :]
        shorter = "".join(word + gap for word, gap in zip(without, others, strict=False))
        assert outcome(old, shorter, old, tag) is None, word
    result = outcome(old, new, "x", tag)
    assert result in (None, "x")
