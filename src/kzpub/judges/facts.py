"""The facts of a text, by value: numbers, money, dates, ranges, addresses, codes — what must be equal across languages.

A text is read by an ordered list of rules. Each rule takes its matches out of the text, so that nothing is read twice,
and the rule of plain numbers takes every digit that is left: no digit of a text is ever ignored. “$4 billion”,
«4 млрд долларов США» and «4 млрд АҚШ доллары» are one fact; “460” and “46” are two.

What the words around decide: a dotted number is a section in Kazakh and Russian, in English only after a word such as
“section” or with a second dot. A space groups digits in Kazakh and Russian wherever it validly can, so that a short
number before a separate one of three digits («24 800» as 24 and 800) cannot be told from 24,800: write a word between.
A line break joins nothing.

Not facts: “one”, “first”, “both” and their like, a name of a month without a number, and the order of facts: two
numbers that change places are not noticed. Number words make no ranges, a unit belongs to the last number of a list
only, and “28 February to 5 March 2026” needs its year at the same date in all languages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from itertools import product
from unicodedata import normalize

from kzpub.tongues import CURRENCY_SIGNS, TONGUES, Table, Tongue


@dataclass(frozen=True, slots=True, order=True)
class Fact:
    """One value of a text, in a form that no longer depends on the language.

    Attributes:
        kind: what it is, such as ``number`` or ``date``.
        value: as messages print it, such as ``4000000000 USD``, ``30 %`` or ``5 March 2026``.

    """

    kind: str
    value: str

    def __str__(self) -> str:
        return self.value


def facts(text: str, language: str) -> Counter[Fact]:
    """The facts of a plain text as often as they are there."""
    return Counter(fact for fact, _ in found(text, language) if fact.kind != _PERHAPS)


def differences(source: str, source_language: str, text: str, language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The facts that a translation lost and those it added; both are empty if the texts are equal by value."""
    wanted, present = (
        Counter(fact for fact, _ in found(*side)) for side in ((source, source_language), (text, language))
    )
    lost, added = wanted - present, present - wanted
    return _without(lost, added), _without(added, lost)


@lru_cache(maxsize=4096)  # a source text is compared once with each language
def found(text: str, language: str) -> tuple[tuple[Fact, str], ...]:
    """Each fact with the words and digits that it was read from, rule by rule.

    Words that may be a number or not, such as “one” and “both”, are there with the kind ``perhaps``.
    """
    rest = text.translate(_SPELLINGS)
    read: list[tuple[Fact, str]] = []
    has_digits = bool(_DIGIT.search(rest))
    for rule in _rules(language):
        if has_digits or rule.wordy:
            rest, taken = _take(rule, rest)
            read += taken
    return tuple(read)


def _without(facts: Counter[Fact], others: Counter[Fact]) -> tuple[str, ...]:
    """Those of the facts that no “perhaps” of the other side explains: “Phase 1” may be «бірінші кезең»."""
    excused = Counter({Fact("number", fact.value): count for fact, count in others.items() if fact.kind == _PERHAPS})
    certain = Counter({fact: count for fact, count in facts.items() if fact.kind != _PERHAPS})
    return tuple(str(fact) for fact in sorted((certain - excused).elements()))


def _take(rule: _Rule, text: str) -> tuple[str, list[tuple[Fact, str]]]:
    taken: list[tuple[Fact, str]] = []

    def read(match: re.Match[str]) -> str:
        facts = rule.read(match)
        taken.extend((fact, match[0]) for fact in facts[:1])
        taken.extend((fact, "") for fact in facts[1:])
        return _TAKEN * len(match[0]) if facts else match[0]

    return rule.pattern.sub(read, text), taken


@dataclass(frozen=True, slots=True)
class _Rule:
    """How facts of one kind are written in a language; a match without facts is left to later rules.

    ``wordy`` if a text without a digit may match: most texts have none.
    """

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str]], tuple[Fact, ...]]
    wordy: bool


_PERHAPS = "perhaps"
_DIGIT = re.compile(r"\d")
_TAKEN = "\0"  # neither a space nor a letter: nothing joins across what was taken out
_SPELLINGS = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ", "\u2011": "-", "ё": "е", "Ё": "Е"}
    | dict.fromkeys("\u00ad\u200b\u2060\ufeff\0")
)


# -- From the tables to patterns -------------------------------------------------------------------------------------

_CURRENCY_BEFORE = "|".join(CURRENCY_SIGNS.values())
_AFTER_CURRENCY = {"3": "k", "6": "m"}  # $750m; a bare “m” is a metre
_ABOUT = "(?: (?:астам|аса|артық|жуық))?"  # 10 миллионнан астам теңге
_ONE_ROMAN = "[XХ]{0,3}(?:[IІ][XХ]|[IІ]V|V?[IІ]{0,3})"  # Cyrillic Х and І are often typed
_ROMAN = f"(?=[XХVIІ]{{2}}){_ONE_ROMAN}"
_LATIN = str.maketrans("ХІ", "XI")


def _any(table: Table) -> str:
    return "|".join(table.values())


def _scale(tongue: Tongue) -> str:
    return rf"(?:{_any(tongue.scales)})(?!\w)"


def _spoken(tongue: Tongue) -> str:
    """Hundreds, tens and units in words; “one” and “half” only where something is counted in them."""
    tens = _any({key: forms for key, forms in tongue.words.items() if len(key) == 2 and key[1] == "0"})
    hundreds = _any({key: forms for key, forms in tongue.words.items() if key.endswith("00")})
    small = {key: forms for key, forms in tongue.words.items() if key != "0.5" and not key.endswith("0")}
    units, with_one = _any({key: forms for key, forms in small.items() if key != "1"}), _any(small)
    below_hundred = rf"(?:{tens})(?:{tongue.joint}(?:{with_one}))?(?!\w)|(?:{with_one})(?!\w)"
    return (
        rf"(?:(?:a|{with_one}) )?(?:{hundreds})(?!\w)(?:{tongue.joint}(?:{below_hundred}))?"
        rf"|(?:{tens})(?:{tongue.joint}(?:{with_one}))?(?!\w)"
        rf"|(?:a|{with_one})(?=(?:{tongue.and_a_half})(?!\w)| {_scale(tongue)})"
        rf"|(?:{tongue.words['0.5']})(?= ?{_scale(tongue)})"
        rf"|(?:{units})(?!\w)"
    )


def _digits(tongue: Tongue) -> str:
    """A number in digits, its minus included where it can be nothing else."""
    return rf"(?<!\d)(?:(?<![^\s(])(?<!\d )[-−])?(?>{tongue.number})"


def _quantity(tongue: Tongue, number: str, name: str = "") -> str:
    """A number with its scale and unit, in groups whose names begin with ``name``."""
    return (
        rf"(?:(?<!\w)(?P<{name}currency>{_CURRENCY_BEFORE}) ?)?(?P<{name}number>{number})"
        rf"(?P<{name}half>(?:{tongue.and_a_half})(?!\w))?"
        rf"(?:[ -]?(?P<{name}scale>{_scale(tongue)}|(?({name}currency)[mk](?!\w)|(?!)))\.?(?:-[а-яң]{{2,3}}(?!\w))?)?"
        rf"(?:{_ABOUT}[ -]?(?P<{name}unit>{_any(tongue.units)})(?![^\W\d]))?(?:(?:{tongue.suffix})(?!\w))?"
    )


def _range(tongue: Tongue, pattern: str) -> str:
    for name in "ab":
        pattern = pattern.replace(f"{{{name}}}", r"(?<!\d[.,])" + _quantity(tongue, _digits(tongue), name))
    return pattern


def _date(tongue: Tongue, pattern: str) -> str:
    months = f"(?:{'|'.join(tongue.months)}){tongue.month_end}"
    parts = {
        "day": r"(?<!\d)(?P<day>\d{1,2})(?: ?[–-] ?(?P<last>\d{1,2}))?",
        "month": rf"(?<!\w)(?P<month>{months})(?!\w)(?:[–-](?P<until>{months})(?!\w))?",
        "year": r"(?<!\d)(?P<year>(?:1[5-9]|20|21)\d\d)(?!\d)",
    }
    for name, part in parts.items():
        pattern = pattern.replace(f"{{{name}}}", part)
    return pattern


def _section(pattern: str) -> str:
    return pattern.replace("{dotted}", r"(?<!\d)(?<!\d\.)\d+(?:\.\d+){1,15}(?!\.?\d)")


# -- Readers ---------------------------------------------------------------------------------------------------------

_Reader = Callable[[re.Match[str]], tuple[Fact, ...]]
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_HALF = Fact("percent", "50 %")
_SHARES = ("1/3", "2/3", "1/4", "3/4")


def _constant(fact: Fact) -> _Reader:
    return lambda _: (fact,)


def _read_address(match: re.Match[str]) -> tuple[Fact, ...]:
    """An address without the punctuation behind it; capitals count in its path only."""
    address = re.sub(r"(?i)^(?:https?://)?[^/]*", lambda host: host[0].lower(), match[0])
    return (Fact("address", address.rstrip(".,;:!?)>\"'/-")),)


def _read_phone(match: re.Match[str]) -> tuple[Fact, ...]:
    return (Fact("phone", "+" + re.sub(r"\D", "", match[0])),)


def _read_document(match: re.Match[str]) -> tuple[Fact, ...]:
    return (Fact("document", f"№ {match[1]}-{match[2].translate(_LATIN)}"),)


def _read_code(match: re.Match[str]) -> tuple[Fact, ...]:
    code = normalize("NFKC", match[0]).rstrip(".-").replace("–", "-").replace("⁄", "/")
    if code == "1/2":
        return (_HALF,)
    return (Fact("share" if code in _SHARES else "document", code),)


def _read_clock(match: re.Match[str]) -> tuple[Fact, ...]:
    """“3 p.m.” and “3.30 p.m.” as 15:00 and 15:30."""
    hour = int(match[1]) % 12 + (12 if match[3].lower() == "p" else 0)
    return (Fact("time", f"{hour}:{match[2] or '00'}"),)


def _read_ratio(match: re.Match[str]) -> tuple[Fact, ...]:
    first, *others = re.findall(r"\d+", match[0])
    return (Fact("time", ":".join([first[1:] if re.fullmatch(r"0\d", first) else first, *others])),)


def _read_numeric_date(match: re.Match[str]) -> tuple[Fact, ...]:
    return _dated(match["year"], [int(match["month"])], [match["day"]])


def _read_sections(match: re.Match[str]) -> tuple[Fact, ...]:
    return tuple(Fact("section", number) for number in re.findall(r"\d+(?:\.\d+)+", match[0]))


def _read_date(tongue: Tongue) -> _Reader:
    def read(match: re.Match[str]) -> tuple[Fact, ...]:
        part = {name: text or "" for name, text in match.groupdict().items()}
        months = [_month(tongue, part[name]) for name in ("month", "until") if part[name]]
        return _dated(part.get("year", ""), months, [part.get("day", ""), part.get("last", "")])

    return read


def _month(tongue: Tongue, written: str) -> int:
    return next(number for number, forms in enumerate(tongue.months, 1) if _forms(forms).match(written))


def _dated(year: str, months: list[int], days: list[str]) -> tuple[Fact, ...]:
    """A date or a part of one, its days or months perhaps a range; none if there is no such day."""
    numbers = [int(day) for day in days if day]
    try:
        for month, day in product(months, numbers or [1]):
            date(int(year or 2000), month, day)
    except ValueError:
        return ()
    parts = ("–".join(map(str, numbers)), "–".join(_MONTHS[month - 1] for month in months), year)
    return (Fact("date", " ".join(part for part in parts if part)),)


def _read_roman(match: re.Match[str]) -> tuple[Fact, ...]:
    values = [str(_roman(part)) for part in re.split("[–-]", match[0].translate(_LATIN))]
    return (Fact("range" if len(values) > 1 else "number", "–".join(values)),)


def _roman(text: str) -> int:
    digits = [{"I": 1, "V": 5, "X": 10}[letter] for letter in text]
    return sum(-a if a < b else a for a, b in zip(digits, [*digits[1:], 0], strict=True))


def _read_quantity(tongue: Tongue) -> _Reader:
    def read(match: re.Match[str]) -> tuple[Fact, ...]:
        if not match["number"][-1].isdigit() and _key(tongue.perhaps, match[0]):
            return ()  # a bare “hundred”
        return (_fact("", _value(tongue, match), _unit(tongue, match)),)

    return read


def _read_sum(tongue: Tongue) -> _Reader:
    """“2 million 300 thousand” as one number; none if the second scale is not the lesser."""

    def read(match: re.Match[str]) -> tuple[Fact, ...]:
        if int(_key(tongue.scales, match["ascale"])) <= int(_key(tongue.scales, match["bscale"])):
            return ()
        total = sum(Decimal(_value(tongue, match, name)) for name in "ab")
        return (_fact("", _plain(format(total, "f")), _unit(tongue, match, "b")),)

    return read


def _read_range(tongue: Tongue) -> _Reader:
    def read(match: re.Match[str]) -> tuple[Fact, ...]:
        first, last = _value(tongue, match, "a", match["ascale"] or match["bscale"]), _value(tongue, match, "b")
        return (_fact("range", f"{first}–{last}", _unit(tongue, match, "b") or _unit(tongue, match, "a")),)

    return read


def _fact(kind: str, value: str, unit: str) -> Fact:
    kinds = {"": "number", "%": "percent", "percentage points": "percentage points"}
    return Fact(kind or kinds.get(unit, "money"), f"{value} {unit}".strip())


def _unit(tongue: Tongue, match: re.Match[str], name: str = "") -> str:
    return _key(tongue.units, match[f"{name}unit"] or match[f"{name}currency"])


def _value(tongue: Tongue, match: re.Match[str], name: str = "", scale: str | None = None) -> str:
    number = match[f"{name}number"].replace("−", "-")
    if not re.search(r"\d", number):
        number = _sum_of_words(tongue, number)
    elif tongue.mark == ".":
        number = number.replace(",", "")
    else:
        number = number.replace(" ", "").replace(",", ".")
    if match[f"{name}half"] and "." not in number:
        number += ".5"
    zeros = _key(tongue.scales, scale or match[f"{name}scale"]) or _key(_AFTER_CURRENCY, match[f"{name}scale"])
    return _plain(_scaled(number, int(zeros or 0)))


def _sum_of_words(tongue: Tongue, text: str) -> str:
    total = Decimal(0)
    halves = re.compile(rf"(?:{tongue.words['0.5']})", re.I)
    for word in [text] if halves.fullmatch(text) else re.split(r"[ -]", text):
        value = Decimal(_key(tongue.words, word) or (word.lower() == "a"))
        total = max(total, Decimal(1)) * value if value == 100 else total + value
    return str(total)


def _scaled(number: str, zeros: int) -> str:
    """A decimal with its mark moved to the right; of strings, because long numbers must stay exact."""
    if not zeros:
        return number
    sign, digits = number[: number.startswith("-")], number.removeprefix("-")
    whole, _, fraction = digits.partition(".")
    fraction = fraction.ljust(zeros, "0")
    return f"{sign}{(whole + fraction[:zeros]).lstrip('0') or '0'}.{fraction[zeros:]}".rstrip(".")


def _plain(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number


@cache
def _forms(forms: str) -> re.Pattern[str]:
    return re.compile(forms, re.IGNORECASE)


def _key(table: Table, text: str | None) -> str:
    """What a text means by a table; nothing if it is not in it."""
    return next((key for key, forms in table.items() if text and _forms(forms).fullmatch(text)), "")


# -- The rules in their order ----------------------------------------------------------------------------------------

_ITS_END = r"(?:(?<=-)|(?!\w))"  # epetition.kz.рф is another address; epetition.kz-те has a suffix
_NAMES = r"(?:[a-z0-9-]{1,63}\.){1,9}(?:com|org|net|int|gov|edu|info|io|biz|[a-z]{2})(?![\w@]|\.\w)"
_HOST = rf"{_NAMES}(?>(?:/[!-~]*)?){_ITS_END}"
_ADDRESSES = (
    (r"(?<![\w.+-])[a-z0-9._+-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,9}[a-z]{2,}(?!\w|\.\w)", _read_address),
    (rf"(?<!\w)https?://(?>[!-~]+){_ITS_END}", _read_address),
    (rf"(?<![\w.@-]){_HOST}", _read_address),
)  # fmt: skip
_BEFORE_DATES = (
    (r"\+\d[\d ()-]{6,18}\d", _read_phone),
    (rf"(?-i:(?<![\w-])(\d+) ?[-–] ?(?=[XХVIІ])({_ONE_ROMAN})(?!\w))", _read_document),
    (r"(?-i:(?<![\w/.-])(?=[A-Z/.-]{0,40}\d)(?:[A-Z0-9.-]{1,20}/){1,9}[A-Z0-9](?:[A-Z0-9.-]{0,20}[A-Z0-9])?(?![\w/]))",
     _read_code),
    (r"(?<![\d-])(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?![\d-])", _read_numeric_date),
    (r"(?<![\d.])(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})(?!\.?\d)", _read_numeric_date),
)  # fmt: skip
_AFTER_DATES = (
    (r"(?<![\d.:])(0?[1-9]|1[0-2])(?:[:.](\d\d))? ?([ap])\.?m\b\.?", _read_clock),
    (r"(?<![\d:])\d+(?::\d+){1,9}(?![\d:])|(?<!\d)\d+ : \d+", _read_ratio),
    (r"(?<![\w–-])\d+(?:[-–]\d+){2,15}(?![\w–-])", _read_code),
)
_FRACTIONS = ((r"[¼¾⅐-⅞]|(?<!\d)(?<!\d )½", _read_code),)


_Rules = Iterator[tuple[str, _Reader]]


def _written(tongue: Tongue) -> Iterator[tuple[bool, _Rules]]:
    """The rules in their order, those that a text without a digit may match apart from the others."""
    yield True, iter(_ADDRESSES)
    yield False, _dates(tongue)
    yield True, iter(_FRACTIONS)
    yield False, ((_section(pattern), _read_sections) for pattern in tongue.sections)
    yield True, (_whole_words(forms, Fact("share", share)) for share, forms in tongue.shares.items())
    yield False, _several(tongue)
    yield True, _in_words(tongue)


def _dates(tongue: Tongue) -> _Rules:
    yield from _BEFORE_DATES
    yield from ((_date(tongue, pattern), _read_date(tongue)) for pattern in tongue.dates)
    yield from _AFTER_DATES


def _several(tongue: Tongue) -> _Rules:
    yield from ((_range(tongue, pattern), _read_range(tongue)) for pattern in tongue.ranges)
    a, b = (_quantity(tongue, _digits(tongue), name) for name in "ab")
    yield rf"{a} {b}(?(ascale)(?(bscale)|(?!))|(?!))", _read_sum(tongue)


def _in_words(tongue: Tongue) -> _Rules:
    yield _quantity(tongue, rf"{_digits(tongue)}|(?<!\w)(?=[^\W\d])(?:{_spoken(tongue)})"), _read_quantity(tongue)
    yield _whole_words(tongue.half, _HALF)
    yield rf"(?-i:(?<![\w/–-]){_ROMAN}(?:[–-]{_ROMAN})?(?!\w))", _read_roman
    yield from (_whole_words(forms, Fact(_PERHAPS, value)) for value, forms in tongue.perhaps.items())
    for letters, value in (("IІ", "1"), ("V", "5"), ("XХ", "10")):
        yield rf"(?-i:(?<![\w/-])[{letters}](?!\w))", _constant(Fact(_PERHAPS, value))


def _whole_words(forms: str, fact: Fact) -> tuple[str, _Reader]:
    return rf"(?<!\w)(?:{forms})(?!\w)", _constant(fact)


@cache
def _rules(language: str) -> tuple[_Rule, ...]:
    """Compiled when a language is first read: the patterns are long."""
    return tuple(
        _Rule(re.compile(pattern, re.IGNORECASE), read, wordy)
        for wordy, rules in _written(TONGUES[language])
        for pattern, read in rules
    )
