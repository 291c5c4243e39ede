"""What tells languages and alphabets apart, as data: letters, look-alikes, telling words and endings.

Words and endings of Kazakh and Russian were held against all forms that the dictionaries kk_KZ and ru_RU of Hunspell
know: what stands here for one language is found in the other in a few rare words at most (тамады, расписание).
"""

from __future__ import annotations

import re

# -- Letters ---------------------------------------------------------------------------------------------------------

_CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
ALPHABETS = {"kk": _CYRILLIC + "әғқңөұүһі", "ru": _CYRILLIC}

NAMES_OF = {"kk": "Kazakh", "ru": "Russian"}

LOOKS_LATIN = dict(zip("аеорсухіһәөАВЕКМНОРСТУХІҺӘ", "aeopcyxihəɵABEKMHOPCTYXIhƏ", strict=True))
LOOKS_CYRILLIC = dict(zip("aeopcyxihəɵABEKMHOPCTYXIƏ", "аеорсухіһәөАВЕКМНОРСТУХІӘ", strict=True)) | dict(
    zip("αενορτυχικΑΒΕΗΙΚΜΝΟΡΤΥΧ", "аевортухікАВЕНІКМНОРТУХ", strict=True)
)
MEANT = dict(zip("ґєїўѳҡӊҥҫҙҳӣӯ", "геіуөқңңсзхиу", strict=True))
"""Letters of other languages, and what stands for them on a Kazakh or Russian keyboard."""

KAZAKH_LATIN = re.compile("[äğñöşūüıáǵńóúý]", re.IGNORECASE)
"""Letters of the Latin alphabets that were made for Kazakh."""

LETTERS_LOST = re.compile(
    r"(?:казак(?!ст)|казакстан|кукык|корга|улттык|укимет|мемлекеттик|халык)\w*|жане|ушин"
    r"|\w*(?:лар|лер|дар|дер|тар|тер)(?:д[ыи]н|[ыи]н[ыи]н)",
    re.IGNORECASE,
)
"""Kazakh words as a Russian keyboard writes them: what needs қ, ғ, ү, ә or і, and genitives, which need ң."""

# -- Words and endings -----------------------------------------------------------------------------------------------

_KAZAKH = """
    және үшін туралы бойынша бұл олар арқылы дейін кейін болып болады болды емес ғана жалпы жылы жылғы сондай барлық
    жоба жобасы жоспар жоспары дауыс азаматтар балалар
"""  # without да, де, та, те, осы, бар, деп, мен, which are Russian too
_RUSSIAN = """
    и в во на что для по с к из об при за или как это этого этой его ее их который которая которое которые которых
    также но до под над между через после перед чтобы был была было были быть будет год году года только уже если
    более менее ни она они другой другие других другим теперь вновь могут может согласно подробно
    права прав правам человека защита защиты женщин женщины детей граждан граждане лица лицам доля закон закона законом
    суд суда судебный парламента казахстан казахстана казахстане указ указа выборы выборов реформы государства
    жалобы жалоб решения проекта статьи свободы насилия доклада совета
"""  # without не, нет, от, он, о, лет, со, which are Kazakh too

SIGNS = {
    "kk": (
        frozenset(_KAZAKH.split()),
        re.compile(
            r"""
            .+[аыоуяиюйр]лары? | .+[лмнжз]дары? | (?!гек|нек).+[бвгдкпстфхцчшщ]тары?
            | .*[лд]арды | .*[^ес]тарды | .*[лдт]ар(?:ын|ынан|ына|ында|дан|мен) | .*иясы(?:н|на|нда|нан)? | .+сында
            | .*(?:[нл]ы|да|[алснт]ма)сы | .*лыгы | .*сыз | .*ынша
            | .*[лтд]ауы | .*[лтд]еу | .{3,}[алр]лау | .*[тд]ыру | .*ылуда | .*[алнст]мады
            | .*(?:[^д]о|[зжшйлнрт]ы)лды | .*ылады | .*[уы]шы | .*[лд]атын
            """,
            re.VERBOSE,
        ),
    ),
    "ru": (
        frozenset(_RUSSIAN.split()),
        re.compile(
            r"""
            (?![А-Я]\w+(?:ск\w{1,3}|[оеи]в\w{0,3}|ни[яй]|ли|ил|жки)$)  # not the name of a person, a place or a country
            \w* (?:
                ого | [^и]его | ному | ему | ых | [кгх]их | [ыи]ми | [ую]ю | ики | [влптзж]ки | [нльтчвр]ь?ной
                | ные | ное | ный | [вдмнтщш]ая | ск(?:ий|ая|ое|ие|ой|ую|им|их)
                | [ую]щ(?:ий|ая|ее|ие|их|им|ую|ей|ем) | вш(?:ий|ая|ее|ие|их|им|ую)
                | ени(?:е|ю|я|ям|и|й) | ани(?:е|ю|и) | ост(?:и|ь|ью|ям|ями) | ств(?:у|е|а|ам|ами)
                | ции | ией | иями | иях | \w{4}ии | [яа]ми | ях | [^аеиоуыэя][ое]в
                | ться | тся | [аиоыеу]ть | [аеуя]ют | ует | яет | [ий]те
                | ова(?:но|ны|ли) | [яе]ли | [вршс]али | [дншвч]или | шли | [влнрсшч]ил[аои]?
            )
            """,
            re.VERBOSE,
        ),
    ),
}
"""What is of one language beyond doubt: some of its words, and endings of words of five letters and more.

A word in small letters that has such a sign tells the language alone; a capitalised one may be a name.
"""

ENGLISH = frozenset(
    [
        "the",
        "and",
        "of",
        "for",
        "with",
        "from",
        "are",
        "was",
        "were",
        "have",
        "has",
        "been",
        "this",
        "that",
        "which",
        "their",
    ]
)

KEPT = (
    *("Amnesty International", "Android", "App Store", "Apple", "Astana Hub", "Bluetooth", "Facebook", "Freedom House"),
    *("Google Play", "Google", "Human Rights Watch", "Instagram", "LinkedIn", "Microsoft", "Telegram", "TikTok"),
    *("Transparency International", "Twitter", "WhatsApp", "Wi-Fi", "Windows", "YouTube", "Zoom"),
    *("a priori", "ad hoc", "amicus curiae", "de facto", "de jure", "ex officio", "habeas corpus", "inter alia"),
    *("mutatis mutandis", "per se", "prima facie", "pro bono", "sui generis"),
)
"""Names, and phrases of law, that stay in Latin letters where the source has them; others go to terms.yaml."""
