"""Facts that are equal by value in three languages, defects that are caught, and laws for any text.

What the golden tables do not show: two numbers of a text that change places are the same facts, and pass.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from babel.messages.pofile import read_po
from hypothesis import assume, example, given
from hypothesis import strategies as st

from kzpub import content, languages
from kzpub.figures import placeholders
from kzpub.inlines import PLACEHOLDER
from kzpub.judges.facts import Fact, differences, facts, found
from tests import golden
from tests.conftest import LANGUAGES, ROOT

SAME = ((), ())


# -- Golden tables ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("given", "expected"), golden.cases("facts.txt"))
def test_facts_are_the_same_by_value(given: str, expected: str) -> None:
    wanted = sorted(filter(None, expected.split("; ")))
    texts = dict(zip(LANGUAGES, given.split("\n"), strict=True))
    read = {tag: sorted(str(fact) for fact in facts(text, tag).elements()) for tag, text in texts.items()}
    assert read == dict.fromkeys(LANGUAGES, wanted)
    for tag in ("kk", "ru"):
        assert differences(texts["en"], "en", texts[tag], tag) == SAME


@pytest.mark.parametrize("tag", ["kk", "ru"])
@pytest.mark.parametrize(("given", "expected"), golden.cases("facts-defects.txt"))
def test_a_defect_is_caught_and_its_clean_text_passes(given: str, expected: str, tag: str) -> None:
    source, *clean = given.split("\n")
    which = ("kk", "ru").index(tag)
    broken = expected.split("\n")[which]
    assert differences(source, "en", clean[which], tag) == SAME
    assert broken != clean[which]
    assert differences(source, "en", broken, tag) != SAME


def test_the_tables_are_long_enough() -> None:
    triples, defects = golden.cases("facts.txt"), golden.cases("facts-defects.txt")
    assert len({case.id for case in triples}) == len(triples) >= 60
    assert len({case.id for case in defects}) == len(defects) >= 30


def test_a_difference_says_what_was_lost_and_added() -> None:
    assert differences("$4 billion in 2024", "en", "2024 жылы 4 млн теңге", "kk") == (
        ("4000000000 USD",),
        ("4000000 KZT",),
    )
    assert str(Fact("date", "5 March 2026")) == "5 March 2026"


def test_numbers_that_change_places_are_not_noticed() -> None:
    assert differences("82 schools, 46 centres", "en", "46 мектеп, 82 орталық", "kk") == SAME


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("Phase 1", "бірінші кезең"),
        ("both sides, 2 of them", "екеуі де, екеуі"),
        ("a hundred schools", "жүз мектеп"),
        ("one of them", "олар"),
        ("one on violence and one on education", "бірі – зорлық туралы, екіншісі – білім туралы"),
        ("the second of them", "олардың екіншісі"),
    ],
)
def test_words_that_may_be_numbers_explain_a_number_and_are_never_missed(source: str, translation: str) -> None:
    assert differences(source, "en", translation, "kk") == SAME


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("In March 2026, 3.1 million", "en", ["3100000", "March 2026"]),
        ("version 3.1", "en", ["3.1"]),
        ("a figure of 2.5 million, in part 7.5%", "en", ["2500000", "7.5 %"]),
        ("figures 2.5 million", "en", ["2500000"]),
        ("5 litres per second", "en", ["5"]),
        ("from 36 in 2023 to 46 in 2024", "en", ["2023", "2024", "36", "46"]),
        ("2023 жылғы 36-дан 2024 жылғы 46-ға", "kk", ["2023", "2024", "36", "46"]),
        ("31 февраля", "ru", ["31"]),
        ("10, 20, 30", "ru", ["10", "20", "30"]),
        ("1,2,3", "ru", ["1", "2", "3"]),
        ("12,5", "en", ["12", "5"]),
        ("In May 20% fell", "en", ["20 %"]),
        ("10\n200", "ru", ["10", "200"]),
        ("5 миллионеров за 2 тысячелетия, 5 тысячников", "ru", ["2", "5", "5"]),
        ("5 миллионер", "kk", ["5"]),
        ("Ұлы жүз, онда, алтын үшін", "kk", []),
    ],
)
def test_the_words_around_decide(text: str, language: str, expected: list[str]) -> None:
    assert sorted(str(fact) for fact in facts(text, language).elements()) == expected


def test_a_decimal_and_a_section_are_not_the_same() -> None:
    assert facts("3.1", "en") != facts("section 3.1", "en") == facts("3.1", "ru") != facts("3,1", "ru")


# -- Our own catalogues ----------------------------------------------------------------------------------------------


def translations() -> Iterator[Any]:
    for path in sorted(ROOT.glob("locales/*/LC_MESSAGES/*.po")):
        with path.open("rb") as file:
            for message in read_po(file):
                if message.id and message.string:
                    tag, forms = path.parts[-3], message.string
                    source = message.id if isinstance(message.id, str) else message.id[-1]
                    for form in [forms] if isinstance(forms, str) else forms:
                        yield pytest.param(source, form, tag, id=f"{tag}: {source}"[:50])


REGISTER = content.read(ROOT / "content" / "human-rights-factsheet", ROOT).figures
PRINTED = {tag: placeholders(REGISTER, language) for tag, language in languages.LANGUAGES.items()}


def plain(markdown: str, tag: str) -> str:
    """A message roughly as printed."""
    unmarked = re.sub(r"\]\([^)]*\)|\[\^[^\]]*\]|[*\[\]`]", "", markdown).replace("{period}", "2019–2025")
    return PLACEHOLDER.sub(lambda match: PRINTED[tag].get(match[1], match[0]), unmarked)


@pytest.mark.parametrize(("source", "translation", "tag"), list(translations()))
def test_our_catalogues_give_no_alarm(source: str, translation: str, tag: str) -> None:
    assert differences(plain(source, "en"), "en", plain(translation, tag), tag) == SAME


def test_our_catalogues_are_read_and_have_facts() -> None:
    messages = [case.values for case in translations()]
    assert len(messages) > 200
    assert sum(bool(facts(plain(str(source), "en"), "en")) for source, _, _ in messages) > 60


# -- Thousands of pairs ----------------------------------------------------------------------------------------------
# Written by code of its own: what the product reads here it did not write.

SPACES = " \u00a0\u202f\u2009"
MONTHS = {
    tag: months.split()
    for tag, months in {
        "en": "January February March April May June July August September October November December",
        "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
        "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
        "ru in": "январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре",
    }.items()
}
NUMERALS = {
    "en": ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
    "kk": ["екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз", "он"],
    "ru": ["два", "три", "четыре", "пять", "шесть", "семь", "восемь", "девять", "десять"],
}
Texts = tuple[str, str, str]


def grouped(number: int, mark: str) -> str:
    return f"{number:,}".replace(",", mark)


def decimal(tenths: int, mark: str) -> str:
    return f"{tenths // 10}{mark}{tenths % 10}" if tenths % 10 else str(tenths // 10)


def ending(n: int) -> str:
    """An ablative of some shape: which one does not matter here."""
    return ("нан", "ден", "тан", "ден", "тен", "тен", "дан", "ден", "ден", "дан")[n % 10]


@dataclass(frozen=True)
class Kind:
    """Facts of a kind: how to draw a value, and how to write it in English, Kazakh and Russian."""

    draw: Callable[[random.Random], Any]
    write: Callable[[Any, random.Random], Texts]


def whole(low: int, high: int) -> Callable[[random.Random], int]:
    return lambda rng: rng.randint(low, high)


def write_whole(n: int, rng: random.Random) -> Texts:
    kk, ru = grouped(n, rng.choice(SPACES)), grouped(n, rng.choice(SPACES))
    return f"over {n:,} schools", f"{kk}-{ending(n)} астам мектеп", f"свыше {ru} школ"


def write_percent(tenths: int, rng: random.Random) -> Texts:
    en, other = decimal(tenths, "."), decimal(tenths, ",")
    return (
        en + rng.choice(["%", " per cent", " percent"]),
        other + rng.choice(["%-ға", " пайызға", "%-ын", " %"]),
        other + rng.choice([" %", "%", " процента", "\u00a0%"]),
    )


def write_points(tenths: int, rng: random.Random) -> Texts:
    en, other = decimal(tenths, "."), decimal(tenths, ",")
    return f"{en} percentage points", f"{other} пайыздық тармаққа", f"{other} " + rng.choice(["п. п.", "п.п."])


def write_money(value: tuple[int, int, int], rng: random.Random) -> Texts:
    tenths, scale, currency = value
    en, other = decimal(tenths, "."), decimal(tenths, ",")
    scales = (("thousand", "мың", "тыс."), ("million", "млн", "миллионов"), ("billion", "миллиард", "млрд"))[scale]
    units = (
        ("US dollars", "АҚШ долларынан", "долларов США"),
        ("euros", "еуродан", "евро"),
        ("tenge", "теңгеден", "тенге"),
    )
    english = f"{'$€₸'[currency]}{en} {scales[0]}" if rng.random() < 0.5 else f"{en} {scales[0]} {units[currency][0]}"
    return english, f"{other} {scales[1]} {units[currency][1]} астам", f"{other} {scales[2]} {units[currency][2]}"


def write_year(year: int, rng: random.Random) -> Texts:
    return f"in {year}", f"{year} жылы", f"в {year} году"


def write_years(value: tuple[int, int], rng: random.Random) -> Texts:
    a, b = value
    return (
        rng.choice([f"in {a}–{b}", f"from {a} to {b}", f"in {a}-{b}"]),
        rng.choice([f"{a}–{b} жылдары", f"{a} жылдан {b} жылға дейін", f"{a} – {b} жылдары"]),
        rng.choice([f"в {a}–{b} годах", f"с {a} по {b} год", f"с {a} года по {b} год"]),
    )


def write_span(value: tuple[int, int], rng: random.Random) -> Texts:
    a, b = value
    kk = f"{grouped(a, ' ')}-{ending(a)} {grouped(b, ' ')}-" + rng.choice(["ге", "ға", "ке", "қа"]) + " дейін"
    return f"from {a:,} to {b:,}", kk, rng.choice(["с", "от"]) + f" {grouped(a, ' ')} до {grouped(b, ' ')}"


def write_date(value: tuple[int, int, int], rng: random.Random) -> Texts:
    year, month, day = value
    en, kk, ru = (MONTHS[tag][month - 1] for tag in LANGUAGES)
    digits = f"{day:02}.{month:02}.{year}"
    return (
        rng.choice([f"on {day} {en} {year}", f"on {en} {day}, {year}", f"{year}-{month:02}-{day:02}"]),
        rng.choice([f"{year} жылғы {day} {kk}", f"{year} жылдың {day} {kk}ында", digits]),
        rng.choice([f"{day} {ru} {year} года", f"{day} {ru} {year} г.", digits]),
    )


def write_day(value: tuple[int, int], rng: random.Random) -> Texts:
    day, month = value
    en, kk, ru = (MONTHS[tag][month - 1] for tag in LANGUAGES)
    return f"on {day} {en}", f"{day} {kk}да", f"{day} {ru}"


def write_month(value: tuple[int, int], rng: random.Random) -> Texts:
    year, month = value
    en, kk, ru = (MONTHS[tag][month - 1] for tag in ("en", "kk", "ru in"))
    return f"in {en} {year}", f"{year} жылғы {kk}да", f"в {ru} {year} года"


def write_ordinal(n: int, rng: random.Random) -> Texts:
    th = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"the {n}{th} session", f"{n}-" + rng.choice(["сессияда", "ші сессияда"]), f"на {n}-й сессии"


def write_section(value: tuple[int, int], rng: random.Random) -> Texts:
    number = f"{value[0]}.{value[1]}"
    return rng.choice(["section ", "Section ", "Table ", "§ "]) + number, f"{number}-бөлім", f"раздел {number}"


def write_law(value: tuple[int, str], rng: random.Random) -> Texts:
    number = f"{value[0]}-{value[1]}"
    return f"Law No. {number}", f"№ {number} заң", f"Закон №\u00a0{number}"


def write_document(value: tuple[int, int], rng: random.Random) -> Texts:
    number = rng.choice(["A/HRC/{}/{}", "{}/{}"]).format(*value)
    return f"resolution {number}", f"{number}-қарар", f"резолюция {number}"


def write_host(value: tuple[str, int], rng: random.Random) -> Texts:
    host = f"{value[0]}{value[1]}.kz"
    return f"see {host}.", f"{host}-те", f"на {host},"


def write_time(value: tuple[int, int], rng: random.Random) -> Texts:
    clock = f"{value[0]}:{value[1]:02}"
    return f"at {clock}", f"сағат {clock}-де", f"в {clock}"


def write_word(n: int, rng: random.Random) -> Texts:
    texts = (rng.choice([NUMERALS[tag][n - 2], str(n)]) for tag in LANGUAGES)
    en, kk, ru = texts
    return f"{en} laws", f"{kk} заң", f"{ru} закона"


def write_share(n: int, rng: random.Random) -> Texts:
    return (
        ("half", "жартысы", "половина"), ("a third of", "үштен бірі", "треть"), ("a quarter of", "ширегі", "четверть"),
        ("two thirds", "үштен екісі", "две трети"), ("three quarters", "төрттен үші", "три четверти"),
    )[n]  # fmt: skip


def rising(low: int, high: int) -> Callable[[random.Random], tuple[int, int]]:
    def draw(rng: random.Random) -> tuple[int, int]:
        first = rng.randint(low, high - 1)
        return first, rng.randint(first + 1, high)

    return draw


def pair(*parts: Callable[[random.Random], Any]) -> Callable[[random.Random], tuple[Any, ...]]:
    return lambda rng: tuple(part(rng) for part in parts)


def among(*values: str) -> Callable[[random.Random], str]:
    return lambda rng: rng.choice(values)


KINDS = (
    Kind(whole(13, 999), write_whole),
    Kind(whole(1000, 99_999_999), write_whole),
    Kind(whole(11, 999), write_percent),
    Kind(whole(11, 99), write_points),
    Kind(pair(whole(11, 9999), whole(0, 2), whole(0, 2)), write_money),
    Kind(whole(1991, 2050), write_year),
    Kind(rising(1991, 2050), write_years),
    Kind(pair(whole(13, 99_999), whole(13, 99_999)), write_span),
    Kind(pair(whole(1991, 2050), whole(1, 12), whole(1, 28)), write_date),
    Kind(pair(whole(1, 28), whole(1, 12)), write_day),
    Kind(pair(whole(1991, 2050), whole(1, 12)), write_month),
    Kind(whole(13, 199), write_ordinal),
    Kind(pair(whole(1, 20), whole(1, 20)), write_section),
    Kind(pair(whole(1, 500), among("IV", "V", "VI", "VII", "VIII")), write_law),
    Kind(pair(whole(3, 79), whole(1, 300)), write_document),
    Kind(pair(among("egov", "adilet", "epetition"), whole(1, 99)), write_host),
    Kind(pair(whole(1, 23), whole(0, 59)), write_time),
    Kind(whole(2, 10), write_word),
    Kind(whole(0, 4), write_share),
)
JOINS = (
    (", and then ", ", содан кейін ", ", а затем "),
    ("; ", "; ", "; "),
    (" (see below); ", " (төменде); ", " (ниже); "),
)


def another(kind: Kind, value: Any, rng: random.Random) -> Any:
    while (drawn := kind.draw(rng)) == value:
        pass
    return drawn


def sentences(seed: int) -> Iterator[tuple[Texts, Texts]]:
    """A text of one to three facts in three languages, and the same with another value in one place."""
    rng = random.Random(seed)
    for _ in range(2200):
        kinds = rng.choices(KINDS, k=rng.randint(1, 3))
        values = [kind.draw(rng) for kind in kinds]
        join = rng.choice(JOINS)
        place = rng.randrange(len(kinds))
        changed = [*values[:place], another(kinds[place], values[place], rng), *values[place + 1 :]]
        clean, broken = (
            [kind.write(value, rng) for kind, value in zip(kinds, drawn, strict=True)] for drawn in (values, changed)
        )
        yield (
            tuple(join[n].join(part[n] for part in clean) for n in range(3)),
            tuple(  # type: ignore[misc]
                join[n].join(part[n] for part in broken) for n in range(3)
            ),
        )


@pytest.mark.parametrize(("tag", "which"), [("kk", 1), ("ru", 2)])
def test_thousands_of_clean_pairs_give_no_alarm_and_a_changed_value_always_does(tag: str, which: int) -> None:
    pairs = list(sentences(2026))
    alarms = [
        (en, other) for clean, _ in pairs if differences(en := clean[0], "en", other := clean[which], tag) != SAME
    ]
    missed = [
        (en, other)
        for clean, broken in pairs[:700]
        if differences(en := clean[0], "en", other := broken[which], tag) == SAME
    ]
    assert len(pairs) > 2000
    assert alarms == []
    assert missed == []


# -- Laws for any text -----------------------------------------------------------------------------------------------

PIECES = st.sampled_from([
    *"0123456789,.:/–-−+№%$€₸()@ \u00a0\n", "IV", "XX", "10", "2024", "05.03.2026", "1 300", "22,000", "млн", " млрд ",
    "million", " жыл", "ғы ", "5 наурыз", " марта", "March ", "from ", " to ", " с ", " до ", "-нан ", "-ке дейін",
    "two ", "half ", "екі жүз", "двадцать ", "section ", "http://", "a.kz", "A/HRC/", "п. п.", " АҚШ доллары", "٣", "²",
    "ё", "\u00ad",
])  # fmt: skip
TEXT = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=12).map("".join))
LANGUAGE = st.sampled_from(LANGUAGES)


@given(TEXT, LANGUAGE)
@example("1,2.3 4:5–6-7/8", "en")
@example("31.02.2026 и 2026-13-45", "ru")
def test_no_digit_is_ignored_and_none_is_read_twice(text: str, language: str) -> None:
    read = [matched for _, matched in found(text, language)]
    assert sorted(re.findall(r"\d", "".join(read))) == sorted(re.findall(r"\d", text))


@given(TEXT, LANGUAGE)
def test_a_text_is_equal_to_itself(text: str, language: str) -> None:
    assert differences(text, language, text, language) == SAME


@given(st.lists(PIECES, max_size=12).map("".join), LANGUAGE, st.data())
def test_another_digit_is_another_fact(text: str, language: str, data: st.DataObject) -> None:
    places = [match.start() for match in re.finditer(r"[0-9]", text)]
    assume(places)
    place = data.draw(st.sampled_from(places))
    digit = data.draw(st.sampled_from("0123456789").filter(lambda digit: digit != text[place]))
    assert facts(text, language) != facts(text[:place] + digit + text[place + 1 :], language)


LONG = ("1", "111 ", "111,", "1.1.", "1:", "10-", "a.", "a@", "a-", "A/", "X", "-", " ", "$", "from 10 ", "с 10 аа ",
        "2026 жылғы ", "екі жүз ", "two hundred and ", "1 млн ", "+1 (1)-", "5 мая ", "\0")  # fmt: skip


def seconds(text: str, language: str) -> float:
    facts("", language)  # the patterns are compiled now
    start = time.process_time()
    facts(text, language)
    return time.process_time() - start


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("piece", LONG)
def test_a_long_text_takes_no_longer_than_its_length(piece: str, language: str) -> None:
    text = (piece * 100_000)[:100_000]
    assert any(seconds(text, language) < 1 for _ in range(3))  # again if the machine was busy with something else
