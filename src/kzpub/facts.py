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
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import product


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


def found(text: str, language: str) -> Iterator[tuple[Fact, str]]:
    """Each fact with the words and digits that it was read from, rule by rule.

    Words that may be a number or not, such as “one” and “both”, are there with the kind ``perhaps``.
    """
    rest = text.translate(_SPELLINGS)
    for rule in _rules(language):
        rest, taken = _take(rule, rest)
        yield from taken


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
    """How facts of one kind are written in a language; a match without facts is left to later rules."""

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str]], tuple[Fact, ...]]


_PERHAPS = "perhaps"
_TAKEN = "\0"  # neither a space nor a letter: nothing joins across what was taken out
_SPELLINGS = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ", "\u2011": "-", "ё": "е", "Ё": "Е"}
    | dict.fromkeys("\u00ad\u200b\u2060\ufeff\0")
)


# -- The languages: one table each -----------------------------------------------------------------------------------

_Table = Mapping[str, str]
"""What a form means, and the forms as a regular expression."""


@dataclass(frozen=True, slots=True)
class _Tongue:
    """How a language writes facts. Patterns ignore case; a space is one space.

    Attributes:
        mark: the decimal mark.
        number: digits with what groups them and the decimal mark; bounded, so that long texts stay cheap.
        suffix: what may follow the digits of a number inside a range.
        scales: zeros → words of scale.
        units: unit → its words behind a number.
        months: the twelve months in all their forms.
        dates: dates in words, from ``{day}``, ``{month}`` and ``{year}``.
        ranges: ranges, from ``{a}`` and ``{b}``.
        sections: numbers of sections, from ``{dotted}``.
        words: value → number words, ordinals, collectives; ``1`` counts only behind tens.
        joint: what may stand between hundreds, tens and units.
        and_a_half: what adds 0.5 to a number before it.
        half: words for a half, which is 50 %; for half a million they are in ``words``.
        shares: fraction → words.
        perhaps: value → words that often mean something else; they may explain a number and are never missed.

    """

    mark: str
    number: str
    suffix: str
    scales: _Table
    units: _Table
    months: tuple[str, ...]
    dates: tuple[str, ...]
    ranges: tuple[str, ...]
    sections: tuple[str, ...]
    words: _Table
    joint: str
    and_a_half: str
    half: str
    shares: _Table
    perhaps: _Table


_CURRENCIES = {"USD": r"US\$|USD|\$", "EUR": "EUR|€", "KZT": "KZT|₸", "RUB": "RUB|₽", "GBP": "GBP|£", "CNY": "CNY|¥"}
_SPACED_NUMBER = r"\d{1,3}(?: \d{3}){1,6}(?!\d)(?:,\d+(?!,?\d))?|(?<!\d,)\d+,\d+(?!,?\d)|\d+"
_WORDS = r"(?: [^\W\d]+\.?){0,2}?"
_DASH = r"{a}(?:[–—-]| [–-] ){b}"  # a spaced em dash parts clauses

_SECTION_WORDS = (
    r"(?:sub)?sections?|chapters?|articles?|paragraphs?|tables?|figures?|annex(?:es)?|appendix|parts?|clauses?|items?"
    r"|points?|rules?|goals?|SDGs?|targets?|indicators?|box(?:es)?|versions?|web|§+|№|No\."
)
_NO_SCALE = r"(?! ?(?:%|per ?cent|thousand|(?:m|b|tr)illion|bn|mn|tn))"  # figures: 2.5 million is not Figure 2.5

_ENGLISH = _Tongue(
    mark=".",
    number=r"\d{1,3}(?:,\d{3}){1,6}(?!,?\d)(?:\.\d+)?|\d+(?:\.\d+)?",
    suffix=r"(?:st|nd|rd|th)\b",
    scales={"3": "thousand", "6": "millions?|mn|mln", "9": "billions?|bn", "12": "trillions?|tn|trn"},
    units={
        "percentage points": r"percentage[ -]points?|pp|p\.p\.",
        "%": "%|per ?cent",
        "USD": rf"(?:(?:US|U\.S\.|American)[ -])?dollars?|{_CURRENCIES['USD']}",
        "EUR": f"euros?|{_CURRENCIES['EUR']}",
        "KZT": f"(?:Kazakh(?:stani?)? )?tenge|{_CURRENCIES['KZT']}",
        "RUB": f"(?:Russian )?rou?bles?|{_CURRENCIES['RUB']}",
        "GBP": f"(?:British )?pounds sterling|{_CURRENCIES['GBP']}",
        "CNY": f"(?:Chinese )?yuan|{_CURRENCIES['CNY']}",
    },
    months=(  # with their capitals: “may” and “march” are verbs
        r"(?-i:January|JANUARY|Jan\b\.?)", r"(?-i:February|FEBRUARY|Feb\b\.?)", r"(?-i:March|MARCH|Mar\b\.?)",
        r"(?-i:April|APRIL|Apr\b\.?)", "(?-i:May|MAY)", r"(?-i:June|JUNE|Jun\b\.?)", r"(?-i:July|JULY|Jul\b\.?)",
        r"(?-i:August|AUGUST|Aug\b\.?)", r"(?-i:September|SEPTEMBER|Sept?\b\.?)", r"(?-i:October|OCTOBER|Oct\b\.?)",
        r"(?-i:November|NOVEMBER|Nov\b\.?)", r"(?-i:December|DECEMBER|Dec\b\.?)",
    ),
    dates=(
        r"{day}(?:st|nd|rd|th)?(?: of)? {month}(?:,? {year})?",
        r"{month} {day}(?:st|nd|rd|th)?(?![,.]?\d)(?! ?%)(?:,? {year})?",
        r"{month},? {year}",
    ),
    ranges=(
        _DASH,
        rf"\bfrom {{a}}{_WORDS} to {{b}}",
        rf"\bbetween {{a}}{_WORDS} and {{b}}",
        r"(?<!\bin )(?<!\bby ){a}[ -]to[ -]{b}",
    ),
    sections=(
        r"(?<!\d)(?=\d+\.\d+\.\d){dotted}",
        rf"(?<!\w)(?:{_SECTION_WORDS}) ?{{dotted}}(?:(?:,|,? and|,? to|–|-) ?{{dotted}}){{0,9}}{_NO_SCALE}",
    ),
    words={
        "0.5": "half(?: a)?", "1": "one|first",
        "2": "two|(?<!per )second|twice|twofold|doubl(?:ed|ing)|halv(?:ed?|es|ing)",
        "3": "three|third|threefold|thrice|tripl(?:ed|ing)", "4": "four|fourth", "5": "five|fifth", "6": "six|sixth",
        "7": "seven|seventh", "8": "eight|eighth", "9": "nine|ninth", "10": "ten|tenth", "11": "eleven|eleventh",
        "12": "twelve|twelfth", "13": "thirteen(?:th)?", "14": "fourteen(?:th)?", "15": "fifteen(?:th)?",
        "16": "sixteen(?:th)?", "17": "seventeen(?:th)?", "18": "eighteen(?:th)?", "19": "nineteen(?:th)?",
        "20": "twent(?:y|ieth)", "30": "thirt(?:y|ieth)", "40": "fort(?:y|ieth)", "50": "fift(?:y|ieth)",
        "60": "sixt(?:y|ieth)", "70": "sevent(?:y|ieth)", "80": "eight(?:y|ieth)", "90": "ninet(?:y|ieth)",
        "100": "hundred(?:th)?",
    },
    joint=r"(?: and |[ -])",
    and_a_half=r" and a half(?:-(?=\w))?",
    half="half|halves",
    shares={
        "2/3": "two[ -]thirds", "1/3": "one[ -]third|a third(?= of)",
        "3/4": "three[ -]quarters", "1/4": "(?:one|a)[ -]quarter(?= of)",
    },
    perhaps={"1": "one|once|single|first|firstly", "2": "both|couple|pair|secondly", "3": "thirdly",
             "1000": "thousand", "100": "hundred"},
)  # fmt: skip

_KAZAKH_CASE = "(?:[нтд][іы]ң|[гғқк][еа]|[нтд][іы]|[дт][еа]|[дтн][еа]н|[мпб]ен)"
_KAZAKH_MONTH_END = "(?![дтл][ыі][қк])[а-яәіңғүұқөһ]{0,9}"  # 10 маусымдық жұмысшы: seasonal workers, not June

_KAZAKH = _Tongue(
    mark=",",
    number=_SPACED_NUMBER,
    suffix="-[а-яәіңғүұқөһ]{2,12}",
    scales={
        "3": r"мың(?!жыл|даған)\w*|тыс", "6": r"миллион(?!даған)\w*|млн", "9": r"миллиард(?!таған)\w*|млрд",
        "12": r"триллион(?!даған)\w*|трлн",
    },
    units={
        "percentage points": r"(?:пайыздық|проценттік) (?:тармақ|пункт)\w*|п\. ?[тп]\.",
        "%": r"%|пайыз\w*|процент\w*",
        "USD": rf"(?:АҚШ )?доллар\w*|{_CURRENCIES['USD']}",
        "EUR": rf"еуро\w*|евро\w*|{_CURRENCIES['EUR']}",
        "KZT": rf"теңге\w*|тг|{_CURRENCIES['KZT']}",
        "RUB": rf"(?:Ресей )?рубл\w*|{_CURRENCIES['RUB']}",
        "GBP": rf"фунт стерлинг\w*|{_CURRENCIES['GBP']}",
        "CNY": rf"(?:Қытай )?юан\w*|{_CURRENCIES['CNY']}",
    },
    months=tuple(
        stem + _KAZAKH_MONTH_END
        for stem in ("қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым",
                     "шілде", "тамыз", "қыркүйе[кг]", "қазан", "қараша", "желтоқсан")
    ),
    dates=(
        r"{year} ?ж(?:\.|ыл[а-яғң]*) {day} {month}",
        r"{day} {month} {year}(?: ?ж(?:\.|ыл[а-яғң]*))?",
        r"{year} ?ж(?:\.|ыл[а-яғң]*) {month}",
        r"{month} {year}",
        r"{day} {month}",
    ),
    ranges=(
        _DASH,
        rf"{{a}}{_WORDS}(?<=[дтн][ае]н) {{b}}{_WORDS}(?<=[ғгқкн][ае]) дейін",
        r"{a}(?<=[дтн][ае]н) {b}(?<=[ғгқк][ае])(?!\w)",
        rf"{{a}}{_WORDS} (?:[мпб]ен|және) {{b}}{_WORDS} (?:арасы|аралығы)\w*",
    ),
    sections=("{dotted}",),
    words={  # bare or with an ending that no other word has: онда is “there”, алтын “gold”, үшін “for”
        "0.5": "жарты", "1": "бір|бірінші\\w*",
        "2": f"екі{_KAZAKH_CASE}?|екінші(?! жағы)(?!ден)\\w*|екеу(?!\\w* [дт][еа]\\b)\\w*|екі(?:жыл|ай|күн)дық\\w*",
        "3": f"үш(?!і){_KAZAKH_CASE}?|үшінші(?!ден)\\w*|үшеу\\w*|үш(?:жыл|ай|күн)дық\\w*",
        "4": f"төрт{_KAZAKH_CASE}?|төртінші(?!ден)\\w*|төртеу\\w*|төрт(?:жыл|ай|күн)дық\\w*",
        "5": f"бес{_KAZAKH_CASE}?|бесінші(?!ден)\\w*|бесеу\\w*|бес(?:жыл|ай|күн)дық\\w*",
        "6": "алты(?:ның|ға|да|дан|мен)?|алтыншы\\w*|алтау\\w*|алты(?:жыл|ай|күн)дық\\w*",
        "7": f"жеті{_KAZAKH_CASE}?|жетінші\\w*|жетеу\\w*|жеті(?:жыл|ай|күн)дық\\w*",
        "8": f"сегіз{_KAZAKH_CASE}?|сегізінші\\w*", "9": f"тоғыз{_KAZAKH_CASE}?|тоғызыншы\\w*",
        "10": "он(?:ға|нан)?|оныншы\\w*", "20": f"жиырма{_KAZAKH_CASE}?|жиырмасыншы\\w*",
        "30": f"отыз{_KAZAKH_CASE}?|отызыншы\\w*", "40": f"қырық{_KAZAKH_CASE}?|қырқыншы\\w*",
        "50": f"елу{_KAZAKH_CASE}?|елуінші\\w*", "60": f"алпыс{_KAZAKH_CASE}?|алпысыншы\\w*",
        "70": f"жетпіс{_KAZAKH_CASE}?|жетпісінші\\w*", "80": f"сексен{_KAZAKH_CASE}?|сексенінші\\w*",
        "100": "жүз(?:ден)?|жүзінші\\w*",
    },
    joint=" ",
    and_a_half=" жарым",
    half="жарты|жартысы\\w*|жартыжыл\\w*",
    shares={
        "2/3": "үштен екі\\w*", "1/3": "үштен бір\\w*",
        "3/4": "төрттен үш\\w*", "1/4": "төрттен бір\\w*|шире[кг]\\w*",
    },
    perhaps={  # жүз is also a face, тоқсан a quarter of a year, қос a pair
        "1": "бір\\w*|жалғыз\\w*", "2": "екеу\\w*(?= [дт][еа]\\b)|екіншіден|қос", "3": "үшіншіден",
        "10": "онжылдық\\w*", "90": "тоқсан\\w*", "100": "жүз(?:ден)?", "1000": "мың(?:ға|нан)?",
        "1000000": "миллион(?:ға|нан)?", "1000000000": "миллиард(?:қа|тан)?",
    },
)  # fmt: skip

_RUSSIAN_ORDINAL = "(?:ый|ой|ого|ому|ым|ом|ая|ую|ое|ые|ых|ыми)"
_RUSSIAN_TERM = "(?:лет(?!и[еяюй])|месячн|недельн|дневн|часов)\\w*"  # пятилетний; not десятилетие, a decade

_RUSSIAN = _Tongue(
    mark=",",
    number=_SPACED_NUMBER,
    suffix="-[а-я]{1,3}",
    scales={"3": r"тыс(?:яч\w*)?", "6": r"миллион\w*|млн", "9": r"миллиард\w*|млрд", "12": r"триллион\w*|трлн"},
    units={
        "percentage points": r"процентн\w+ пункт\w*|п\. ?п\.",
        "%": r"%|процент\w*",
        "USD": rf"(?:доллар\w*|долл\.?)(?: США)?|{_CURRENCIES['USD']}",
        "EUR": f"евро|{_CURRENCIES['EUR']}",
        "KZT": f"(?:казахстанск\\w+ )?тенге|тг|{_CURRENCIES['KZT']}",
        "RUB": rf"(?:российск\w+ )?рубл\w*|руб\.?|{_CURRENCIES['RUB']}",
        "GBP": rf"фунт\w* стерлингов|{_CURRENCIES['GBP']}",
        "CNY": rf"(?:китайск\w+ )?юан\w*|{_CURRENCIES['CNY']}",
    },
    months=(
        "январ(?:ь|я|ю|ем|е)", "феврал(?:ь|я|ю|ем|е)", "март(?:а|у|ом|е)?", "апрел(?:ь|я|ю|ем|е)", "ма(?:й|я|ю|ем|е)",
        "июн(?:ь|я|ю|ем|е)", "июл(?:ь|я|ю|ем|е)", "август(?:а|у|ом|е)?", "сентябр(?:ь|я|ю|ем|е)",
        "октябр(?:ь|я|ю|ем|е)", "ноябр(?:ь|я|ю|ем|е)", "декабр(?:ь|я|ю|ем|е)",
    ),
    dates=(
        r"{day}(?:-го|-е)? {month}(?: {year}(?: г\.| год\w*)?)?",
        r"{month} {year}(?: г\.| год\w*)?",
    ),
    ranges=(_DASH, rf"\b(?:с|со|от) {{a}}{_WORDS} (?:до|по) {{b}}", rf"\bмежду {{a}}{_WORDS} и {{b}}"),
    sections=("{dotted}",),
    words={  # without семью: it is mostly a family
        "0.5": "половин[аыуе]|пол", "1.5": "полтора|полторы|полутора",
        "1": f"один|одна|одно|одн(?:ого|ому|им|ом|ой|у)|перв{_RUSSIAN_ORDINAL}|перв(?:ой|ую)",
        "2": f"два|две|двух|двум|двумя|двое|двоих|двоим|двух{_RUSSIAN_TERM}|(?<!во-)втор{_RUSSIAN_ORDINAL}|второй"
        "|вдвое|дважды|двукратн\\w*|удво(?:ил|ен|ит)\\w*",
        "3": f"три|трех|трем|тремя|трое|троих|троим|трех{_RUSSIAN_TERM}"
        "|(?<!в-)трет(?:ий|ьего|ьему|ьим|ьем|ья|ьей|ью|ье|ьи|ьих|ьими)|втрое|трижды|утро(?:ил|ен|ит)\\w*",
        "4": f"четыре|четырех|четырем|четырьмя|четверо|четверых|четырех{_RUSSIAN_TERM}|четверт{_RUSSIAN_ORDINAL}",
        "5": f"пять|пяти|пятью|пятеро|пятерых|пяти{_RUSSIAN_TERM}|пят{_RUSSIAN_ORDINAL}",
        "6": f"шесть|шести|шестью|шестеро|шестерых|шести{_RUSSIAN_TERM}|шест{_RUSSIAN_ORDINAL}",
        "7": f"семь|семи|семеро|семерых|семи{_RUSSIAN_TERM}|седьм{_RUSSIAN_ORDINAL}",
        "8": f"восемь|восьми|восемью|восьмью|восьми{_RUSSIAN_TERM}|восьм{_RUSSIAN_ORDINAL}",
        "9": f"девять|девяти|девятью|девяти{_RUSSIAN_TERM}|девят{_RUSSIAN_ORDINAL}",
        "10": f"десять|десяти|десятью|десяти{_RUSSIAN_TERM}|десят{_RUSSIAN_ORDINAL}",
        "11": f"одиннадцат(?:ь|и|ью|{_RUSSIAN_ORDINAL})", "12": f"двенадцат(?:ь|и|ью|{_RUSSIAN_ORDINAL})",
        "13": f"тринадцат(?:ь|и|ью|{_RUSSIAN_ORDINAL})", "14": f"четырнадцат(?:ь|и|ью|{_RUSSIAN_ORDINAL})",
        "15": f"пятнадцат(?:ь|и|ью|{_RUSSIAN_ORDINAL})", "16": f"шестнадцат(?:ь|и|ью|{_RUSSIAN_ORDINAL})",
        "17": f"семнадцат(?:ь|и|ью|{_RUSSIAN_ORDINAL})", "18": f"восемнадцат(?:ь|и|ью|{_RUSSIAN_ORDINAL})",
        "19": f"девятнадцат(?:ь|и|ью|{_RUSSIAN_ORDINAL})",
        "20": f"двадцат(?:ь|и|ью|{_RUSSIAN_ORDINAL})", "30": f"тридцат(?:ь|и|ью|{_RUSSIAN_ORDINAL})",
        "40": f"сорока?|сороков{_RUSSIAN_ORDINAL}", "50": f"пятьдесят|пятидесяти|пятидесят{_RUSSIAN_ORDINAL}",
        "60": f"шестьдесят|шестидесяти|шестидесят{_RUSSIAN_ORDINAL}",
        "70": f"семьдесят|семидесяти|семидесят{_RUSSIAN_ORDINAL}",
        "80": f"восемьдесят|восьмидесяти|восьмидесят{_RUSSIAN_ORDINAL}",
        "90": f"девяносто|девяноста|девяност{_RUSSIAN_ORDINAL}",
        "100": f"сто|ста|сот{_RUSSIAN_ORDINAL}", "200": "двести|двухсот", "300": "триста|трехсот",
        "400": "четыреста|четырехсот", "500": "пятьсот|пятисот", "600": "шестьсот|шестисот",
        "700": "семьсот|семисот", "800": "восемьсот|восьмисот", "900": "девятьсот|девятисот",
    },
    joint=" ",
    and_a_half=" с половиной",
    half="половин[аыуе]|половиной|полугоди\\w+|полгода",
    shares={
        "2/3": "две трети|двух третей|двумя третями", "1/3": "(?:одн\\w+ )?трет[ьи]",
        "3/4": "три четверти|трех четвертей", "1/4": "(?:одн\\w+ )?четверт[ьи]",
    },
    perhaps={
        "1": "один\\w*|одн\\w{1,3}|одинаков\\w*|перв\\w+|единственн\\w*|однажды|во-первых", "7": "семью",
        "2": "оба|обе|обоих|обеих|обоим|обеим|обоими|обеими|пар[аыуе]|во-вторых", "3": "в-третьих",
        "1000": "тысяч\\w?", "10": "десятилети\\w*",
        "1000000": "миллиона?|миллионом", "1000000000": "миллиарда?|миллиардом",
    },
)  # fmt: skip

_TONGUES = {"en": _ENGLISH, "kk": _KAZAKH, "ru": _RUSSIAN}


# -- From the tables to patterns -------------------------------------------------------------------------------------

_CURRENCY_BEFORE = "|".join(_CURRENCIES.values())
_AFTER_CURRENCY = {"3": "k", "6": "m"}  # $750m; a bare “m” is a metre
_ABOUT = "(?: (?:астам|аса|артық|жуық))?"  # 10 миллионнан астам теңге
_ONE_ROMAN = "[XХ]{0,3}(?:[IІ][XХ]|[IІ]V|V?[IІ]{0,3})"  # Cyrillic Х and І are often typed
_ROMAN = f"(?=[XХVIІ]{{2}}){_ONE_ROMAN}"
_LATIN = str.maketrans("ХІ", "XI")


def _any(table: _Table) -> str:
    return "|".join(table.values())


def _scale(tongue: _Tongue) -> str:
    return rf"(?:{_any(tongue.scales)})(?!\w)"


def _spoken(tongue: _Tongue) -> str:
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


def _digits(tongue: _Tongue) -> str:
    """A number in digits, its minus included where it can be nothing else."""
    return rf"(?<!\d)(?:(?<![^\s(])(?<!\d )[-−])?(?>{tongue.number})"


def _quantity(tongue: _Tongue, number: str, name: str = "") -> str:
    """A number with its scale and unit, in groups whose names begin with ``name``."""
    return (
        rf"(?:(?<!\w)(?P<{name}currency>{_CURRENCY_BEFORE}) ?)?(?P<{name}number>{number})"
        rf"(?P<{name}half>(?:{tongue.and_a_half})(?!\w))?"
        rf"(?:[ -]?(?P<{name}scale>{_scale(tongue)}|(?({name}currency)[mk](?!\w)|(?!)))\.?(?:-[а-яң]{{2,3}}(?!\w))?)?"
        rf"(?:{_ABOUT}[ -]?(?P<{name}unit>{_any(tongue.units)})(?![^\W\d]))?(?:(?:{tongue.suffix})(?!\w))?"
    )


def _range(tongue: _Tongue, pattern: str) -> str:
    for name in "ab":
        pattern = pattern.replace(f"{{{name}}}", r"(?<!\d[.,])" + _quantity(tongue, _digits(tongue), name))
    return pattern


def _date(tongue: _Tongue, pattern: str) -> str:
    months = "|".join(tongue.months)
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
    code = match[0].rstrip(".-").replace("–", "-")
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


def _read_date(tongue: _Tongue) -> _Reader:
    def read(match: re.Match[str]) -> tuple[Fact, ...]:
        part = {name: text or "" for name, text in match.groupdict().items()}
        months = [
            number
            for name in ("month", "until")
            for number, forms in enumerate(tongue.months, 1)
            if _forms(forms).fullmatch(part[name])
        ]
        return _dated(part.get("year", ""), months, [part.get("day", ""), part.get("last", "")])

    return read


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


def _read_quantity(tongue: _Tongue) -> _Reader:
    def read(match: re.Match[str]) -> tuple[Fact, ...]:
        if not match["number"][-1].isdigit() and _key(tongue.perhaps, match[0]):
            return ()  # a bare “hundred”
        return (_fact("", _value(tongue, match), _unit(tongue, match)),)

    return read


def _read_sum(tongue: _Tongue) -> _Reader:
    """“2 million 300 thousand” as one number; none if the second scale is not the lesser."""

    def read(match: re.Match[str]) -> tuple[Fact, ...]:
        if int(_key(tongue.scales, match["ascale"])) <= int(_key(tongue.scales, match["bscale"])):
            return ()
        total = sum(Decimal(_value(tongue, match, name)) for name in "ab")
        return (_fact("", _plain(format(total, "f")), _unit(tongue, match, "b")),)

    return read


def _read_range(tongue: _Tongue) -> _Reader:
    def read(match: re.Match[str]) -> tuple[Fact, ...]:
        first, last = _value(tongue, match, "a", match["ascale"] or match["bscale"]), _value(tongue, match, "b")
        return (_fact("range", f"{first}–{last}", _unit(tongue, match, "b") or _unit(tongue, match, "a")),)

    return read


def _fact(kind: str, value: str, unit: str) -> Fact:
    kinds = {"": "number", "%": "percent", "percentage points": "percentage points"}
    return Fact(kind or kinds.get(unit, "money"), f"{value} {unit}".strip())


def _unit(tongue: _Tongue, match: re.Match[str], name: str = "") -> str:
    return _key(tongue.units, match[f"{name}unit"] or match[f"{name}currency"])


def _value(tongue: _Tongue, match: re.Match[str], name: str = "", scale: str | None = None) -> str:
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


def _sum_of_words(tongue: _Tongue, text: str) -> str:
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


def _key(table: _Table, text: str | None) -> str:
    """What a text means by a table; nothing if it is not in it."""
    return next((key for key, forms in table.items() if text and _forms(forms).fullmatch(text)), "")


# -- The rules in their order ----------------------------------------------------------------------------------------

_HOST = r"(?:[a-z0-9-]{1,63}\.){1,9}(?:com|org|net|int|gov|edu|info|io|biz|[a-z]{2})(?![\w@])(?:/[!-~]*)?"
_ANYWHERE = (
    (r"(?<![\w.+-])[a-z0-9._+-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,9}[a-z]{2,}", _read_address),
    (r"(?<!\w)https?://[!-~]+", _read_address),
    (rf"(?<![\w.@-]){_HOST}", _read_address),
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


def _written(tongue: _Tongue) -> Iterator[tuple[str, _Reader]]:
    yield from _ANYWHERE
    yield from ((_date(tongue, pattern), _read_date(tongue)) for pattern in tongue.dates)
    yield from _AFTER_DATES
    yield from ((_section(pattern), _read_sections) for pattern in tongue.sections)
    yield from (_whole_words(forms, Fact("share", share)) for share, forms in tongue.shares.items())
    yield from ((_range(tongue, pattern), _read_range(tongue)) for pattern in tongue.ranges)
    a, b = (_quantity(tongue, _digits(tongue), name) for name in "ab")
    yield rf"{a} {b}(?(ascale)(?(bscale)|(?!))|(?!))", _read_sum(tongue)
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
    return tuple(_Rule(re.compile(pattern, re.IGNORECASE), read) for pattern, read in _written(_TONGUES[language]))
