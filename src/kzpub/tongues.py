"""How English, Kazakh and Russian write numbers, money, dates and ranges: one table for each, read by ``facts``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Table = Mapping[str, str]
"""What a form means, and the forms as a regular expression."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """How a language writes facts. Patterns ignore case; a space is one space.

    Attributes:
        mark: the decimal mark.
        number: digits with what groups them and the decimal mark; bounded, so that long texts stay cheap.
        suffix: what may follow the digits of a number inside a range.
        scales: zeros → words of scale.
        units: unit → its words behind a number.
        months: the twelve months in all their forms, but for an end that they share; none begins as another does.
        month_end: what may follow any of them.
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
    scales: Table
    units: Table
    months: tuple[str, ...]
    month_end: str
    dates: tuple[str, ...]
    ranges: tuple[str, ...]
    sections: tuple[str, ...]
    words: Table
    joint: str
    and_a_half: str
    half: str
    shares: Table
    perhaps: Table


CURRENCY_SIGNS = {"USD": r"US\$|USD|\$", "EUR": "EUR|€", "KZT": "KZT|₸", "RUB": "RUB|₽", "GBP": "GBP|£", "CNY": "CNY|¥"}
_SPACED_NUMBER = r"\d{1,3}(?: \d{3}){1,6}(?!\d)(?:,\d+(?!,?\d))?|(?<!\d,)\d+,\d+(?!,?\d)|\d+"
_WORDS = r"(?: [^\W\d]+\.?){0,2}?"
_DASH = r"{a}(?:[–—-]| [–-] ){b}"  # a spaced em dash parts clauses

_SECTION_WORDS = (
    r"(?:sub)?sections?|chapters?|articles?|paragraphs?|tables?|figures?|annex(?:es)?|appendix|parts?|clauses?|items?"
    r"|points?|rules?|goals?|SDGs?|targets?|indicators?|box(?:es)?|versions?|web|§+|№|No\."
)
_NO_SCALE = r"(?! ?(?:%|per ?cent|thousand|(?:m|b|tr)illion|bn|mn|tn))"  # figures: 2.5 million is not Figure 2.5

_ENGLISH = Tongue(
    mark=".",
    number=r"\d{1,3}(?:,\d{3}){1,6}(?!,?\d)(?:\.\d+)?|\d+(?:\.\d+)?",
    suffix=r"(?:st|nd|rd|th)\b",
    scales={"3": "thousand", "6": "millions?|mn|mln", "9": "billions?|bn", "12": "trillions?|tn|trn"},
    units={
        "percentage points": r"percentage[ -]points?|pp|p\.p\.",
        "%": "%|per ?cent",
        "USD": rf"(?:(?:US|U\.S\.|American)[ -])?dollars?|{CURRENCY_SIGNS['USD']}",
        "EUR": f"euros?|{CURRENCY_SIGNS['EUR']}",
        "KZT": f"(?:Kazakh(?:stani?)? )?tenge|{CURRENCY_SIGNS['KZT']}",
        "RUB": f"(?:Russian )?rou?bles?|{CURRENCY_SIGNS['RUB']}",
        "GBP": f"(?:British )?pounds sterling|{CURRENCY_SIGNS['GBP']}",
        "CNY": f"(?:Chinese )?yuan|{CURRENCY_SIGNS['CNY']}",
    },
    months=(  # with their capitals: “may” and “march” are verbs
        r"(?-i:January|JANUARY|Jan\b\.?)", r"(?-i:February|FEBRUARY|Feb\b\.?)", r"(?-i:March|MARCH|Mar\b\.?)",
        r"(?-i:April|APRIL|Apr\b\.?)", "(?-i:May|MAY)", r"(?-i:June|JUNE|Jun\b\.?)", r"(?-i:July|JULY|Jul\b\.?)",
        r"(?-i:August|AUGUST|Aug\b\.?)", r"(?-i:September|SEPTEMBER|Sept?\b\.?)", r"(?-i:October|OCTOBER|Oct\b\.?)",
        r"(?-i:November|NOVEMBER|Nov\b\.?)", r"(?-i:December|DECEMBER|Dec\b\.?)",
    ),
    month_end="",
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
    and_a_half=r" and a half(?:-(?=\w))?| ?½",
    half="half|halves",
    shares={
        "2/3": "two[ -]thirds", "1/3": "one[ -]third|a third(?= of)",
        "3/4": "three[ -]quarters", "1/4": "(?:one|a)[ -]quarter(?= of)",
    },
    perhaps={"1": "one|once|single|first|firstly", "2": "both|couple|pair|secondly", "3": "thirdly",
             "1000": "thousand", "100": "hundred"},
)  # fmt: skip

_KAZAKH_CASES = (
    "нің ның тің тың дің дың ге ға қе қа ке ка ге га ғе ні ны ті ты ді ды де да те та ден дан тен тан нен нан"
)
_KAZAKH_CASE = f"(?:{'|'.join((*_KAZAKH_CASES.split(), 'мен', 'пен', 'бен'))})"  # sets of letters compile slowly

_KAZAKH = Tongue(
    mark=",",
    number=_SPACED_NUMBER,
    suffix="-[а-яәіңғүұқөһ]{2,12}",
    scales={
        "3": r"мың(?!жыл|даған)\w*|тыс", "6": r"миллион(?!даған|ер)\w*|млн", "9": r"миллиард(?!таған)\w*|млрд",
        "12": r"триллион(?!даған)\w*|трлн",
    },
    units={
        "percentage points": r"(?:пайыздық|проценттік) (?:тармақ|пункт)\w*|п\. ?[тп]\.",
        "%": r"%|пайыз\w*|процент\w*",
        "USD": rf"(?:АҚШ )?доллар\w*|{CURRENCY_SIGNS['USD']}",
        "EUR": rf"е[ув]ро(?![абикоп])\w*|{CURRENCY_SIGNS['EUR']}",  # not еуропалық, European
        "KZT": rf"теңге\w*|тг|{CURRENCY_SIGNS['KZT']}",
        "RUB": rf"(?:Ресей )?рубл\w*|{CURRENCY_SIGNS['RUB']}",
        "GBP": rf"фунт стерлинг\w*|{CURRENCY_SIGNS['GBP']}",
        "CNY": rf"(?:Қытай )?юан\w*|{CURRENCY_SIGNS['CNY']}",
    },
    months=("қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым",
            "шілде", "тамыз", "қыркүйе[кг]", "қазан", "қараша", "желтоқсан"),
    month_end="(?![дтл][ыі][қк])[а-яәіңғүұқөһ]{0,9}",  # 10 маусымдық жұмысшы: seasonal workers, not June
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
        "2": f"екі{_KAZAKH_CASE}?|екінші(?! жағы)(?!ден|сі)\\w*|екеу(?!\\w* [дт][еа]\\b)\\w*|екі(?:жыл|ай|күн)дық\\w*",
        "3": f"үш(?!і){_KAZAKH_CASE}?|үшінші(?!ден|сі)\\w*|үшеу\\w*|үш(?:жыл|ай|күн)дық\\w*",
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
    and_a_half=" жарым| ?½",
    half="жарты|жартысы\\w*|жартыжыл\\w*",
    shares={
        "2/3": "үштен екі\\w*", "1/3": "үштен бір\\w*",
        "3/4": "төрттен үш\\w*", "1/4": "төрттен бір\\w*|шире[кг]\\w*",
    },
    perhaps={  # жүз is also a face, тоқсан a quarter of a year, қос a pair
        "1": "бір\\w*|жалғыз\\w*", "2": "екеу\\w*(?= [дт][еа]\\b)|екінші(?:ден|сі\\w*)|қос",
        "3": "үшінші(?:ден|сі\\w*)",
        "10": "онжылдық\\w*", "90": "тоқсан\\w*", "100": "жүз(?:ден)?", "1000": "мың(?:ға|нан)?",
        "1000000": "миллион(?:ға|нан)?", "1000000000": "миллиард(?:қа|тан)?",
    },
)  # fmt: skip

_RUSSIAN_ORDINAL = "(?:ый|ой|ого|ому|ым|ом|ая|ую|ое|ые|ых|ыми)"
_RUSSIAN_TERM = "(?:лет(?!и[еяюй])|месячн|недельн|дневн|часов)\\w*"  # пятилетний; not десятилетие, a decade

_RUSSIAN = Tongue(
    mark=",",
    number=_SPACED_NUMBER,
    suffix="-[а-я]{1,3}",
    scales={
        "3": r"тыс(?:яч(?!ел|ник)\w*)?", "6": r"миллион(?!ер)\w*|млн",
        "9": r"миллиард\w*|млрд", "12": r"триллион\w*|трлн",
    },
    units={
        "percentage points": r"процентн\w+ пункт\w*|п\. ?п\.",
        "%": r"%|процент\w*",
        "USD": rf"(?:доллар\w*|долл\.?)(?: США)?|{CURRENCY_SIGNS['USD']}",
        "EUR": f"евро|{CURRENCY_SIGNS['EUR']}",
        "KZT": f"(?:казахстанск\\w+ )?тенге|тг|{CURRENCY_SIGNS['KZT']}",
        "RUB": rf"(?:российск\w+ )?рубл\w*|руб\.?|{CURRENCY_SIGNS['RUB']}",
        "GBP": rf"фунт\w* стерлингов|{CURRENCY_SIGNS['GBP']}",
        "CNY": rf"(?:китайск\w+ )?юан\w*|{CURRENCY_SIGNS['CNY']}",
    },
    months=(
        "январ(?:ь|я|ю|ем|е)", "феврал(?:ь|я|ю|ем|е)", "март(?:а|у|ом|е)?", "апрел(?:ь|я|ю|ем|е)", "ма(?:й|я|ю|ем|е)",
        "июн(?:ь|я|ю|ем|е)", "июл(?:ь|я|ю|ем|е)", "август(?:а|у|ом|е)?", "сентябр(?:ь|я|ю|ем|е)",
        "октябр(?:ь|я|ю|ем|е)", "ноябр(?:ь|я|ю|ем|е)", "декабр(?:ь|я|ю|ем|е)",
    ),
    month_end="",
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
    and_a_half=" с половиной| ?½",
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

TONGUES = {"en": _ENGLISH, "kk": _KAZAKH, "ru": _RUSSIAN}
