"""How a translation is written: slips are caught, good texts pass."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzpub.errors import Place
from kzpub.judges import wording
from kzpub.languages import LANGUAGES
from tests.pairs import own_pairs

PLACE = Place("x.po", 7)


def codes(source: str, translation: str, tag: str) -> set[str]:
    return {problem.code for problem in wording.problems(source, translation, LANGUAGES[tag], PLACE)}


# -- Slips -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "source", "translation", "code"),
    [
        pytest.param("kk", "It is law.", "Бұл – заң", "punctuation-final", id="kk: no full stop"),
        pytest.param("kk", "Key reforms", "Негізгі реформалар.", "punctuation-final", id="kk: a full stop added"),
        pytest.param("ru", "Two bodies:", "Два органа.", "punctuation-final", id="ru: a colon lost"),
        pytest.param("ru", "Is it law?", "Это закон.", "punctuation-final", id="ru: a question no more"),
        pytest.param("ru", "laws;", "законы.", "punctuation-final", id="ru: a semicolon lost"),
        pytest.param("kk", "He said “yes”.", "Ол “иә” деді.", "quotation-marks", id="kk: English marks"),
        pytest.param("ru", "He said “yes”.", "Он сказал “да”.", "quotation-marks", id="ru: English marks"),
        pytest.param("ru", "He said “yes”.", "Он сказал «да.", "quotation-marks", id="ru: not closed"),
        pytest.param("kk", "He said “yes”.", "Ол иә» деді.", "quotation-marks", id="kk: not opened"),
        pytest.param("ru", "The “A ‘B’” law", "Закон «А «Б»»", "quotation-marks", id="ru: outer marks inside"),
        pytest.param("kk", "He said “yes”.", 'Ол "иә деді.', "quotation-marks", id="kk: one straight mark"),
        pytest.param("ru", "Law (of 2019)", "Закон (2019 года", "quotation-marks", id="ru: a bracket open"),
        pytest.param("kk", "Law (of 2019)", "Заң (2019 жылғы]", "quotation-marks", id="kk: crossed brackets"),
        pytest.param("ru", "It is in the law", "Это в в законе", "word-doubled", id="ru: twice"),
        pytest.param("ru", "Human rights plan", "План прав человека прав человека", "word-doubled", id="ru: a phrase"),
        pytest.param("kk", "In 2024", "2024 2024 жылы", "word-doubled", id="kk: a figure"),
        pytest.param("ru", "He asked: “Who?”", "Он спросил: «Кто».", "punctuation-final", id="ru: a question lost"),
        pytest.param("kk", "With 22 people", "Қатысқаны 22 адам.", "punctuation-final", id="kk: a whole word"),
        pytest.param("ru", "Bank (see the law)", "Банк 1234) см. закон", "quotation-marks", id="ru: no item of a list"),
        pytest.param("ru", "UN bodies and their reports", "Органы", "length", id="ru: an abbreviation and more"),
        pytest.param(
            "ru",
            "The committee of experts considers complaints of citizens and publishes its findings",
            "ООН",
            "length",
            id="ru: an abbreviation for a sentence",
        ),
        pytest.param("kk", "And this law", "Және және бұл заң", "word-doubled", id="kk: twice, in another case"),
        pytest.param("kk", "This law", "Бұл  заң", "space-doubled", id="kk: two spaces"),
        pytest.param("ru", "Law, court", "Закон , суд", "space-doubled", id="ru: before a comma"),
        pytest.param("ru", "Law (old)", "Закон ( старый)", "space-doubled", id="ru: after a bracket"),
        pytest.param("kk", "Law", "Заң ", "space-doubled", id="kk: at the end"),
        pytest.param("kk", "The court accepts applications from citizens", "Сот қабылдайды", "length", id="kk: short"),
        pytest.param("ru", "Court of appeal, 2019", "Суд, " * 12 + "и все это длиннее", "length", id="ru: long"),
    ],
)
def test_a_slip_is_caught(tag: str, source: str, translation: str, code: str) -> None:
    assert code in codes(source, translation, tag)


# -- What is in order ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "source", "translation"),
    [
        pytest.param("kk", "He said: “yes”.", "Ол: «Иә», – деді.", id="kk: its own marks"),
        pytest.param("ru", "Said “it is ‘law’ here.”", "Сказано: «Это „закон“ здесь».", id="ru: quotes inside quotes"),
        pytest.param("kk", "Said “it is ‘law’ here”", "«Бұл “заң” болды» делінген", id="kk: quotes inside quotes"),
        pytest.param("ru", "He said “yes”.", 'Он сказал "да".', id="ru: straight marks, set by typography"),
        pytest.param("ru", "Since 2022", "С 2022 г.", id="ru: an abbreviation at the end"),
        pytest.param("kk", "Courts etc.", "Соттар және т.б.", id="kk: an abbreviation in both"),
        pytest.param("kk", "Wait...", "Күте тұрыңыз…", id="kk: three dots or one mark"),
        pytest.param("ru", "See a) law", "См. а) закон", id="ru: an enumeration"),
        pytest.param("kk", "Each one", "Бір-бір адам", id="kk: doubled with a hyphen"),
        pytest.param("ru", "Ivory Coast", "Кот-д’Ивуар", id="ru: an apostrophe"),
        pytest.param("kk", "2022", "2022", id="kk: a number"),
        pytest.param("kk", "See article 3, item 12-1)", "3-баптың 12-1) тармақшасы", id="kk: an item of a law"),
        pytest.param("ru", "Items ii), viii)", "Подпункты ii), viii)", id="ru: items in Roman numerals"),
        pytest.param("ru", "Sub-items 1-1), 123)", "Подпункты 1-1), 123)", id="ru: items of a law"),
        pytest.param("ru", "He said: “Yes!”", "Он сказал: «Да!».", id="ru: an exclamation that is said"),
        pytest.param("ru", "He asked: “Who?”", "Он спросил: «Кто?».", id="ru: a question that is said"),
        pytest.param("kk", "He said: “Yes!”", "Ол: «Иә!» – деді.", id="kk: an exclamation that is said"),
        pytest.param("ru", "Courts and so on", "Суды и т. п.", id="ru: and so on"),
        pytest.param("ru", "Two thousand dollars", "2 тыс. долл.", id="ru: dollars"),
        pytest.param("ru", "In the 20th and 21st centuries", "В XX–XXI вв.", id="ru: centuries"),
        pytest.param("ru", "In the region", "По Алматинской обл.", id="ru: a region"),
        pytest.param("kk", "UN", "Біріккен Ұлттар Ұйымы", id="kk: an abbreviation written out"),
        pytest.param("kk", "NGOs", "Үкіметтік емес ұйымдар", id="kk: one in the plural"),
        pytest.param("ru", "AI", "Искусственный интеллект", id="ru: an abbreviation written out"),
        pytest.param("ru", "European Union", "ЕС", id="ru: a name in short"),
        pytest.param("ru", "1,000,000 people, 5,200,200", "1 000 000 человек, 5 200 200", id="ru: groups of digits"),
    ],
)
def test_a_good_text_passes(tag: str, source: str, translation: str) -> None:
    assert codes(source, translation, tag) == set()


# -- All together ----------------------------------------------------------------------------------------------------


def coherence(*pairs: tuple[str, str, int]) -> list[tuple[str, int]]:
    placed = ((source, translation, Place("x.po", line)) for source, translation, line in pairs)
    return [(problem.code, problem.place.line) for problem, _ in wording.coherence(placed) if problem.place]


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        pytest.param(("Court", "Суд"), ("Court", "Трибунал"), "source-twice", id="a source in two translations"),
        pytest.param(("Court", "Сот"), ("Judge", "Сот"), "translation-twice", id="a translation of two sources"),
        pytest.param(("Court", "Сот"), ("Judges.", "сот."), "translation-twice", id="… whatever their case and end"),
    ],
)
def test_what_does_not_hold_together_is_caught(first: tuple[str, str], second: tuple[str, str], code: str) -> None:
    assert coherence((*first, 1), (*second, 2)) == [(code, 2)]


@pytest.mark.parametrize("code", ["source-twice", "translation-twice"])
def test_a_cause_does_not_say_where(code: str) -> None:
    """A sign-off stands for the cause among others: a line more in a file must not end it."""
    pair = {
        "source-twice": (("Court", "Суд"), ("Court", "Трибунал")),
        "translation-twice": (("A b", "Сот"), ("C", "Сот")),
    }
    causes = {
        problem.cause: problem.hint
        for line in (1, 5)
        for problem, _ in wording.coherence(
            (source, translation, Place("x.po", line + n)) for n, (source, translation) in enumerate(pair[code])
        )
    }
    assert len(causes) == 1
    assert "x.po:5" in next(iter(causes.values()))


@pytest.mark.parametrize(
    "pairs",
    [
        pytest.param((("Court", "Сот", 1), ("Courts.", "сот.", 2)), id="singular and plural"),
        pytest.param((("City", "Қала", 1), ("Cities", "Қала", 2)), id="a plural in -ies"),
        pytest.param((("Right", "Право", 1), ("Rights", "Права", 2)), id="each translated as it is"),
        pytest.param((("7 courts", "7 суда", 1), ("7 courts", "7 судов", 1)), id="forms of one entry"),
        pytest.param((("2022", "2022", 1), ("2022.", "2022", 2)), id="numbers"),
    ],
)
def test_what_holds_together_passes(pairs: tuple[tuple[str, str, int], ...]) -> None:
    assert coherence(*pairs) == []


# -- Our own ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", ["kk", "ru"])
def test_our_own_catalogues_have_a_warning_in_a_hundred_at_most(tag: str) -> None:
    pairs = own_pairs(tag)
    found = [p for s, t, place in pairs for p in wording.problems(s, t, LANGUAGES[tag], place)]
    assert len({p.place for p in (*found, *(problem for problem, _ in wording.coherence(pairs)))}) <= len(pairs) / 100


@pytest.mark.parametrize("tag", ["kk", "ru"])
@given(data=st.data())
def test_any_word_written_twice_is_caught(tag: str, data: st.DataObject) -> None:
    source, text, _ = data.draw(st.sampled_from(own_pairs(tag)))
    words = text.split()
    if letters := [n for n, word in enumerate(words) if word.isalpha()]:
        at = data.draw(st.sampled_from(letters))
        assert "word-doubled" in codes(source, " ".join((*words[:at], words[at], *words[at:])), tag)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("TODO тексеру", id="a note to oneself"),
        pytest.param("Жалпы шолу (???)", id="question marks"),
        pytest.param("Мазмұны %(x)s", id="a format"),
        pytest.param("толма?андарды қорғау", id="a letter lost"),
        pytest.param("платформала? арқылы", id="a letter lost at the end of a word"),
    ],
)
def test_what_notes_and_tools_leave_behind_is_found(text: str) -> None:
    assert "word-left" in {problem.code for problem in wording.slips(text, LANGUAGES["kk"], Place("a.po", 1))}


@pytest.mark.parametrize(
    "text", ["Кім жауапты? Сот.", "Неге? Себебі заң бар.", "«Бұл не?» деп сұрады.", "30%-дан аспады"]
)
def test_a_question_is_no_letter_lost(text: str) -> None:
    assert "word-left" not in {problem.code for problem in wording.slips(text, LANGUAGES["kk"], Place("a.po", 1))}
