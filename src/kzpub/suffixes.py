"""The shape that a Kazakh suffix takes after a number, a unit or an acronym.

A suffix follows a number or an acronym after a hyphen and is shaped by the last spoken word of what it follows:
22 000-нан (мың), 25-ке (бес), 30%-ға (пайыз), 4 млрд-тан (миллиард). It joins a word that is written out:
10 миллионнан. Rules: «Емле», the spelling rules, § 44 in the edition of 2018, for the hyphen; vowel harmony and
assimilation as in school grammars for the shapes. The shapes of a suffix are a closed set, and no two sets share one: a
suffix may be written in any of its shapes, and which suffix is meant is never in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

# -- The shapes ------------------------------------------------------------------------------------------------------

_CASES = ("genitive", "dative", "accusative", "locative", "ablative", "instrumental")
_SUFFIXES = (*_CASES, "similative", "possessive", "adjectival")
_AFTER = {
    "vowel": "      ның      ға     ны         да       дан      мен          дай        сы         лық",
    "р or у": "     дың      ға     ды         да       дан      мен          дай        ы          лық",
    "л": "          дың      ға     ды         да       дан      мен          дай        ы          дық",
    "з": "          дың      ға     ды         да       дан      бен          дай        ы          дық",
    "nasal": "      ның      ға     ды         да       нан      мен          дай        ы          дық",
    "hard": "       тың      қа     ты         та       тан      пен          тай        ы          тық",
    "possessive": " ның      на     н          нда      нан      мен          ндай",
}
"""The shapes after each last sound, with back vowels. “hard” is voiceless or б в г д; “possessive” is as in доллары,
“its dollars”, which can take no possessive again."""

_TO_FRONT = str.maketrans("аығқ", "еігк")
_ORDINALS = "шы ші ншы нші ыншы інші"  # after digits the hyphen stands for the vowel and the «н» of the spoken ordinal


def _row(last_sound: str) -> dict[str, str]:
    shapes = dict(zip(_SUFFIXES, _AFTER[last_sound].split(), strict=False))
    return shapes | {"attributive": shapes["locative"] + "ғы"}


def _shapes(last_sound: str, harmony: str) -> dict[str, str]:
    """The shape of each suffix, by name; those of the possessive too: -ы, then -ының, -ына …"""
    shapes = _row(last_sound) | {"ordinal": "шы"}
    if link := shapes.get("possessive"):
        shapes |= {f"possessive {name}": link + shape for name, shape in _row("possessive").items()}
    return {name: shape.translate(_TO_FRONT) if harmony == "front" else shape for name, shape in shapes.items()}


_CLASSES = {(sound, harmony): _shapes(sound, harmony) for sound in _AFTER for harmony in ("back", "front")}

SHAPES: Mapping[str, frozenset[str]] = {
    name: frozenset(shapes[name] for shapes in _CLASSES.values() if name in shapes)
    for name in _CLASSES["vowel", "back"]
} | {"ordinal": frozenset(_ORDINALS.split())}
"""Every shape of each suffix; a word that is in none of these sets is a noun (24-орын) and left alone."""

_NAMES = {shape: name for name, shapes in SHAPES.items() for shape in shapes}

# -- The last spoken word --------------------------------------------------------------------------------------------

_WORDS = {
    ("vowel", "back"): "алты, жиырма, еуро, қараша",
    ("vowel", "front"): "екі, жеті, теңге, шілде",
    ("р or у", "back"): "доллар, қаңтар, мамыр",
    ("р or у", "front"): "бір, елу, сәуір",
    ("л", "front"): "нөл, рубль",
    ("з", "back"): "тоғыз, отыз, пайыз, наурыз, тамыз",
    ("з", "front"): "сегіз, жүз",
    ("nasal", "back"): "он, тоқсан, мың, миллион, триллион, ақпан, маусым, қазан, желтоқсан",
    ("nasal", "front"): "сексен",
    ("hard", "back"): "қырық, алпыс, миллиард",
    ("hard", "front"): "үш, төрт, бес, жетпіс, қыркүйек",
    ("possessive", "back"): "АҚШ доллары",
}
_ACRONYMS = {  # by their pronunciation: read letter by letter they end in a vowel, others are read as a word
    ("vowel", "back"): "БҰҰ, ЕҚЫҰ, ҮЕҰ, ХЕҰ, ХКҰ, ДДСҰ, ДСҰ, ШЫҰ, ЕО, КСРО, ЕАЭО, ЖОО, НҚА, ТМД, ЖШС, ЮНЕСКО, НАТО",
    ("vowel", "front"): "ЖІӨ",
    ("hard", "back"): "АҚШ, БАҚ",
    ("hard", "front"): "ЮНИСЕФ, ЖИТС",
}
_CLASS_OF = {
    word.lower(): sounds
    for table in (_WORDS, _ACRONYMS)
    for sounds, words in table.items()
    for word in words.split(", ")
}

_UNITS = ["нөл", "бір", "екі", "үш", "төрт", "бес", "алты", "жеті", "сегіз", "тоғыз"]
_TENS = ["нөл", "он", "жиырма", "отыз", "қырық", "елу", "алпыс", "жетпіс", "сексен", "тоқсан"]
_POWERS = ["жүз", *["мың"] * 3, *["миллион"] * 3, *["миллиард"] * 3, *["триллион"] * 3]  # of 10², 10³ …

_SCALES = "мың, миллион, миллиард, триллион"
_ABBREVIATIONS = {"тыс": "мың", "млн": "миллион", "млрд": "миллиард", "трлн": "триллион"}
_SIGNS = {"%": "пайыз", "$": "доллар", "€": "еуро", "₸": "теңге", "₽": "рубль"}
_COUNTED = (
    "пайыз, АҚШ доллары, доллар, еуро, теңге, рубль, "
    "қаңтар, ақпан, наурыз, сәуір, мамыр, маусым, шілде, тамыз, қыркүйек, қазан, қараша, желтоқсан"
)
_CHANGED_BY_POSSESSION = {"рубль", "қыркүйек"}  # рублі, қыркүйегі: their own letters would have to change


@dataclass(frozen=True, slots=True)
class _Host:
    """What a suffix follows: its last spoken word, and whether that word is printed, so that the suffix joins it."""

    spoken: str
    printed: bool = False


def _last_word_of(number: str) -> str:
    """The last spoken word of a number in digits: of 22 000 мың, of 92,5 бес (тоқсан екі бүтін оннан бес)."""
    digits = re.sub(r"[^0-9]", "", re.split(r"[.,:]", number)[-1])
    significant = digits.rstrip("0")
    match len(digits) - len(significant):
        case _ if not significant:
            return _UNITS[0]
        case 0:
            return _UNITS[int(significant[-1])]
        case 1:
            return _TENS[int(significant[-1])]
        case zeros:
            return _POWERS[min(zeros, len(_POWERS)) - 2]


# -- In a text -------------------------------------------------------------------------------------------------------

_GAP = "[ \u00a0\u2009\u202f]"
_NUMBER = rf"[0-9]+(?:{_GAP}[0-9]{{3}})*(?![0-9])(?:[.,:][0-9]+)*"


def _any_of(words: str) -> str:
    return "|".join(words.split(", ")).replace(" ", _GAP)


_HYPHEN = re.compile("[-‐‑]")
_SUFFIXED = re.compile(
    rf"""(?:(?<!\w)(?P<acronym>{_any_of(", ".join(_ACRONYMS.values()))})
    | (?<![0-9])(?<![0-9][.,:/])
      (?P<run>(?:[0-9]+[-‐‑–]){{2,}})?
      (?:(?P<sign>[$€₸₽]){_GAP}?(?:{_NUMBER}[-‐‑–])?)?
      (?P<number>{_NUMBER})
      (?:{_GAP}(?i:(?P<scale>{_any_of(_SCALES)})|(?P<abbreviation>{_any_of(", ".join(_ABBREVIATIONS))})\.?))?
      (?:{_GAP}?(?P<unit>[%$€₸₽])|{_GAP}(?i:(?P<counted>{_any_of(_COUNTED)})))?
    )[-‐‑](?P<suffix>[^\W\d_]+)(?!\w)""",
    re.VERBOSE,
)
"""A host and the word after its hyphen. “run”: more than two numbers in a row are a telephone number or the like."""


def agree(text: str) -> str:
    """A Kazakh text with every suffix in the shape that its host demands; agreeing twice changes nothing more."""
    for start, end, shape in reversed(list(corrections(text))):
        text = text[:start] + shape + text[end:]
    return text


def corrections(text: str) -> Iterator[tuple[int, int, str]]:
    """What to change in a Kazakh text: where it begins and ends, and what is to stand there instead.

    Only a suffix is replaced, with its hyphen where it joins a word; never a character of its host.
    """
    for match in _SUFFIXED.finditer(text) if _HYPHEN.search(text) else ():
        host = _host(match)
        shape = host and _shape(match["suffix"], host)
        if host and shape:
            start, end = match.start("suffix") - host.printed, match.end()
            if text[start:end] != shape:
                yield start, end, shape


def _host(match: re.Match[str]) -> _Host | None:
    """The host, by what is spoken last; a sign before a number is spoken after it ($4: төрт доллар)."""
    match match.groupdict():
        case {"run": str()}:
            return None
        case {"unit": str(sign)}:
            return _Host(_SIGNS[sign])
        case {"counted": str(word)} | {"scale": str(word)}:
            return _Host(re.sub(_GAP, " ", word.lower()), printed=True)
        case {"sign": str(sign)}:
            return _Host(_SIGNS[sign])
        case {"abbreviation": str(word)}:
            return _Host(_ABBREVIATIONS[word.lower()])
        case {"number": str(number)}:
            return _Host(_last_word_of(number))
        case _:
            return _Host(match["acronym"].lower())


def _shape(written: str, host: _Host) -> str | None:
    """The shape that a host demands of the suffix that is written, in capitals if that is; None if it is no suffix."""
    if written.isupper() and len(written) > 1:  # a capital alone is an index: act № 167-І
        return (shape := _shape(written.lower(), host)) and shape.upper()
    if written == "н" and not host.printed:  # an index, too: order № 24-н
        return None
    name = _NAMES.get(written, "")
    if host.printed and (name == "ordinal" or (host.spoken in _CHANGED_BY_POSSESSION and "possessive" in name)):
        return None
    shapes = _CLASSES[_CLASS_OF[host.spoken]]
    return shapes.get(name) or shapes.get(name.removeprefix("possessive "))
