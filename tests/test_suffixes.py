"""Kazakh suffixes: golden cases, and every number against its spoken form and the phonology of the school grammar."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from num2words import num2words

from kzpub.suffixes import SHAPES, agree, corrections
from tests import golden


def golden_lines() -> Iterable[object]:
    """Each line of the golden file, titled by its heading: “written → printed”, or what is left alone."""
    for section in golden.text("suffixes.txt").replace("⍽", "\u00a0").split("\n## ")[1:]:
        title, _, lines = section.partition("\n")
        for line in lines.strip().splitlines():
            written, _, printed = line.partition(" → ")
            yield pytest.param(written, printed or written, id=f"{title}: {line}")


@pytest.mark.parametrize(("written", "printed"), [*golden_lines()])
def test_a_suffix_agrees_with_its_host(written: str, printed: str) -> None:
    assert agree(written) == printed


# -- An independent derivation ---------------------------------------------------------------------------------------
# The spoken form comes from num2words; the shape of the suffix from the letters of its last word.

VOWELS = {"а": "back", "о": "back", "ұ": "back", "ы": "back", "ә": "front", "е": "front", "ө": "front", "ү": "front"}
VOWELS |= {"і": "front"}
HARD = set("пфкқтсшщхцчһ") | set("бвгд")
NASALS = set("мнң")


def onset(last: str, *, vowel: str = "", nasal: str = "", fricative: str = "", hard: str = "", other: str) -> str:
    """The first consonant of a suffix after the last letter of a word; what is not named is as any other."""
    return (
        (last in VOWELS and vowel) or (last in NASALS and nasal) or (last in "зж" and fricative)
        or (last in HARD and hard) or other
    )  # fmt: skip


def inflections(word: str) -> dict[str, str]:
    """Each suffix after a word as it is pronounced: assimilation, then vowel harmony (never in the instrumental)."""
    last = word[-1]
    d_or_t = onset(last, hard="т", other="д")
    possessive = "сы" if last in VOWELS else "ы"
    endings = {
        "genitive": onset(last, vowel="н", nasal="н", hard="т", other="д") + "ың",
        "dative": onset(last, hard="қ", other="ғ") + "а",
        "accusative": onset(last, vowel="н", hard="т", other="д") + "ы",
        "locative": d_or_t + "а",
        "attributive": d_or_t + "ағы",
        "ablative": onset(last, nasal="н", hard="т", other="д") + "ан",
        "instrumental": onset(last, fricative="б", hard="п", other="м") + "ен",
        "similative": d_or_t + "ай",
        "adjectival": ("л" if last in VOWELS or last in "рйу" else d_or_t) + "ық",
        "ordinal": "шы",
        "possessive": possessive,
        "possessive genitive": possessive + "ның",
        "possessive dative": possessive + "на",
        "possessive accusative": possessive + "н",
        "possessive locative": possessive + "нда",
        "possessive attributive": possessive + "ндағы",
        "possessive ablative": possessive + "нан",
        "possessive instrumental": possessive + "мен",
        "possessive similative": possessive + "ндай",
    }
    if VOWELS[re.sub(f"[^{''.join(VOWELS)}]", "", word)[-1]] == "back":
        return endings
    return {name: re.sub("[аығқ]", lambda back: fronted[back[0]], ending) for name, ending in endings.items()}


fronted = {"а": "е", "ы": "і", "ғ": "г", "қ": "к"}

ROUND = [figure * 10**power for power in range(4, 13) for figure in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 46, 90)]
ODD = [12_345, 22_000, 46_000, 46_500, 1_300_000, 1_000_001, 750_000_000, 4_000_000_100, 10**12 + 50, 999_999_999_999]


def written_forms(name: str) -> list[str]:
    return sorted(SHAPES[name] - {"н"})  # «н» alone is read as a suffix after a printed word only


@pytest.mark.parametrize("separator", ["", " ", "\u00a0", "\u202f", "\u2009"])
def test_every_number_is_followed_by_the_suffix_of_its_spoken_form(separator: str) -> None:
    numbers = [*range(0 if not separator else 1000, 10_001 if not separator else 1200), *ROUND, *ODD]
    for number in numbers:
        digits = f"{number:,}".replace(",", separator)
        expected = inflections(num2words(number, lang="kz").split()[-1])
        assert expected.keys() == SHAPES.keys()
        written = [(forms := written_forms(name))[number % len(forms)] for name in expected]
        printed = agree("; ".join(f"{digits}-{suffix}" for suffix in written))
        assert printed == "; ".join(f"{digits}-{suffix}" for suffix in expected.values())


@given(st.integers(0, 10**15 - 1), st.sampled_from(sorted(SHAPES)), st.data())
def test_any_number_and_any_shape(number: int, name: str, data: st.DataObject) -> None:
    written = data.draw(st.sampled_from(written_forms(name)))
    expected = inflections(num2words(number, lang="kz").split()[-1])[name]
    assert agree(f"{number}-{written}") == f"{number}-{expected}"
    assert agree(f"1,{number}-{written}") == f"1,{number}-{expected}"
    assert agree(f"2–{number}-{written}") == f"2–{number}-{expected}"


PRONOUNCED = {  # what is printed, and how it ends when it is spoken
    "30%": "пайыз",
    "30\u00a0%": "пайыз",
    "92,5%": "пайыз",
    "46 тыс": "мың",
    "750 млн": "миллион",
    "4 млрд": "миллиард",
    "1,5 трлн": "триллион",
    "$4": "доллар",
    "4 млрд $": "доллар",
    "€4": "еуро",
    "4 ₸": "теңге",
    "4 ₽": "рүбл",
    **dict.fromkeys(["БҰҰ", "ЕҚЫҰ", "ҮЕҰ", "ХЕҰ", "ХКҰ", "ДДСҰ", "ДСҰ", "ШЫҰ"], "ұ"),
    **dict.fromkeys(["ЕО", "КСРО", "ЕАЭО", "ЖОО"], "о"),
    "НҚА": "қа",
    "ТМД": "тымыды",
    "ЖШС": "жышысы",
    "ЖІӨ": "жіө",
    "ЮНЕСКО": "юнеско",
    "НАТО": "нато",
    "АҚШ": "ақш",
    "БАҚ": "бақ",
    "ЮНИСЕФ": "юнисеф",
    "ЖИТС": "жітс",
}


@pytest.mark.parametrize("host", PRONOUNCED)
def test_units_and_acronyms_are_followed_by_the_suffix_of_their_pronunciation(host: str) -> None:
    for name, shape in inflections(PRONOUNCED[host]).items():
        assert {agree(f"{host}-{written}") for written in written_forms(name)} == {f"{host}-{shape}"}


WORDS = {  # printed words after a number, which their suffix joins; «рубль» is soft: -ге, -ден
    **{word: word for word in ("мың", "миллион", "миллиард", "триллион", "пайыз", "доллар", "еуро", "теңге")},
    **{word: word for word in ("қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым", "шілде", "тамыз")},
    **{word: word for word in ("қыркүйек", "қазан", "қараша", "желтоқсан")},
    "рубль": "рүбл",
}
JOINING = [name for name in SHAPES if name != "ordinal"]


@pytest.mark.parametrize("word", WORDS)
def test_a_suffix_joins_a_printed_word(word: str) -> None:
    changed_by_possession = word in ("рубль", "қыркүйек")
    for name in JOINING:
        printed = {agree(f"5 {word}-{written}") for written in SHAPES[name]}
        if changed_by_possession and "possessive" in name:
            assert printed == {f"5 {word}-{written}" for written in SHAPES[name]}
        else:
            assert printed == {f"5 {word}{inflections(WORDS[word])[name]}"}


def test_a_possessive_has_cases_of_its_own() -> None:
    cases = ["ның", "на", "н", "нда", "ндағы", "нан", "мен", "ндай"]
    names = ["genitive", "dative", "accusative", "locative", "attributive", "ablative", "instrumental", "similative"]
    for name, case in zip(names, cases, strict=True):
        written = SHAPES[name] | SHAPES[f"possessive {name}"]
        assert {agree(f"4 млрд АҚШ доллары-{shape}") for shape in written} == {f"4 млрд АҚШ доллары{case}"}


# -- Laws ------------------------------------------------------------------------------------------------------------


def test_no_two_suffixes_share_a_shape() -> None:
    shapes = Counter(shape for closed_set in SHAPES.values() for shape in closed_set)
    assert shapes.most_common(1)[0][1] == 1
    assert len(SHAPES) == 19


ALL_SHAPES = sorted(shape for closed_set in SHAPES.values() for shape in closed_set)
PIECES = [*PRONOUNCED, *WORDS, "АҚШ доллары", "22 000", "5", "10", "92,5", "100", " ", "\u00a0", "–", ",", "{n}", "н"]
TEXTS = st.lists(
    st.sampled_from(PIECES) | st.sampled_from(ALL_SHAPES).map("-{}".format) | st.sampled_from("-/x"), max_size=9
).map("".join)


@given(TEXTS | st.text(max_size=12))
@example("5 АҚШ доллары-ы-нан")
@example("5 доллар-ы-нан")
def test_agreeing_twice_changes_nothing_more(text: str) -> None:
    once = agree(text)
    assert list(corrections(once)) == []
    assert agree(once) == once


@given(TEXTS)
def test_only_suffixes_and_hyphens_that_join_are_replaced(text: str) -> None:
    end = 0
    for begins, ends, shape in corrections(text):
        assert end <= begins < ends
        end = ends
        old = text[begins:end]
        assert old != shape
        assert old.removeprefix("-") in ALL_SHAPES
        assert shape in ALL_SHAPES


@given(st.text(st.characters(exclude_categories=["Nd", "Lu"]), max_size=30))
def test_a_text_without_numbers_and_capitals_is_left_alone(text: str) -> None:
    assert agree(text) == text
