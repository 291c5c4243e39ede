"""What stands beside a placeholder: the words that qualify its figure, and what would change its value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from kzpub.errors import Place, Problem
from kzpub.figures import COUNTED
from kzpub.inlines import PLACEHOLDER
from kzpub.judges.endings import ending_problems
from kzpub.languages import Language
from kzpub.model import Figure
from kzpub.suffixes import SHAPES
from kzpub.tongues import CURRENCY_SIGNS, TONGUES

# -- Words that say how exact a figure is ----------------------------------------------------------------------------

QUALIFIERS = {
    "en": {
        "at least": r"at least|(?:no|not) (?:fewer|less) than",
        "at most": r"at most|a maximum of",
        "more than": r"more than|over|above|in excess of|(?:exceed|surpass)(?:e?s|ed|ing)?(?! by\b)",
        "less than": r"less than|fewer than|under|below",
        "about": r"about|around|approximately|nearly|almost|some",
    },
    "kk": {
        "at least": r"кемінде|кем дегенде|ең кемі",
        "at most": r"(?:ең )?көп дегенде|ең көбі",
        "about": r"шамамен|жуықтап алғанда",
    },
    "ru": {
        "at least": r"(?<!тем )не менее|не меньше|по (?:меньшей|крайней) мере|как минимум",
        "at most": r"максимум|самое большее",
        "more than": r"более|свыше|больше(?! на\W)|превы(?:ша|си)\w+(?! (?:\w+ )?(?:на|в)\W)",
        "less than": r"(?<!тем не )менее|меньше(?! на\W)",
        "about": r"около|примерно|приблизительно|порядка|почти",
    },
}
"""How a language says, before a placeholder, that a value is not exact; the first that fits counts."""

ALTERED = {
    "en": r"not?|never|hardly|barely|slightly|little|bit|just|much|(?<!so )far|well|considerably|significantly",
    "kk": r"сәл|әлдеқайда|едәуір|айтарлықтай|анағұрлым|біраз|аздап",
    "ru": r"(?<!тем )не|чуть|немно(?:го|гим)|несколько|намного|гораздо|значительно|существенно|заметно|много|едва",
}
"""Words right before a qualifier that make another one of it: “not more than”, “slightly more than”."""

_MORE = rf"[\s*]+(?:(?:{ALTERED['kk']}) (?:ғана )?)?"
_FROM = rf"-(?:{'|'.join(SHAPES['ablative'] | SHAPES['possessive ablative'])}){_MORE}"
_ANY = rf"(?:-\w+)?{_MORE}"
_NOUN_FROM = rf"[\s*]+(?!жүз|мың|милл)[^\W\d]+[дтн][ае]н{_MORE}"  # 800 реттен астам
_LIKE = rf"-(?:{'|'.join(SHAPES['similative'] | SHAPES['possessive similative'])})"
QUALIFIERS_AFTER = {
    "en": {"at least": " or more", "at most": " or (?:fewer|less)"},
    "kk": {
        "at least": rf"{_FROM}(?:кем|аз) емес",
        "at most": rf"{_FROM}(?:аспа\w+|асқан жоқ)",
        "more than": rf"(?:{_ANY}|{_NOUN_FROM})астам\w*"
        rf"|{_FROM}(?:арты[қғ]\w*|көп|көбі\w*|ас(?:ады|атын\w*|ты|қан|ып|а))",
        "less than": rf"{_FROM}(?:аз|кем)(?! емес)|{_ANY}(?:толмай|жетпей)\w*",
        "about": rf"{_ANY}(?:жуы[қғ]\w*(?! арада)|таяу(?! уақыт| арада| жыл)|шамас\w+|дерлік)|{_LIKE}",
    },
    "ru": {"at least": " и (?:более|больше)", "at most": " и (?:менее|меньше)"},
}
"""The same after one, with the case that a Kazakh word governs: 46-дан көп is more than 46, 46-ға көп by 46."""

_FEW_WORDS = r"(?:(?!the\b|of\b|половин)[^\W\d]+[\s*]+){{0,2}}"
_BEFORE = r"(?:^|[^\w-])(?:(?P<altered>{altered})[\s*]+)?(?:{words})[\s*\"“«]*" + _FEW_WORDS + "$"
_AFTER = r"^[*\"”»]*(?:{words})(?!\w)(?: емес)?"


def qualifier(before: str, after: str, language: Language) -> str:
    """How the words beside a placeholder qualify it: a name of the tables, or the words themselves if they alter it."""
    altered = ALTERED[language.tag]
    for name, words in QUALIFIERS[language.tag].items():
        if found := re.search(_BEFORE.format(words=words, altered=altered), before, re.IGNORECASE):
            return _words(found[0]) if found["altered"] else name
    for name, words in QUALIFIERS_AFTER[language.tag].items():
        if found := re.match(_AFTER.format(words=words), after, re.IGNORECASE):
            changed = re.search(rf"(?<!\w)(?:{altered})(?!\w)|(?<!аз|ем) емес$", found[0])
            return _words(found[0]) if changed else name
    return "exactly"


def _words(text: str) -> str:
    return " ".join(re.findall(r"[^\W\d]+", text)).lower()


# -- Words and signs that make another value -------------------------------------------------------------------------

SIGNS = {"en": r"\bminus", "kk": r"\bминус", "ru": r"\bминус"}
MULTIPLIERS = {
    "en": r"hundreds?|dozens?|tens of|thousands",
    "kk": r"жүзде\w+|ондаған\w*|жүз|дюжин\w*|(?:мың|миллион)даған\w*|миллиардтаған\w*",
    "ru": r"сотен|сотни|сотня\w*|десятк\w+|дюжин\w*",
}
"""Words that would make another value of a figure, right before it or right after it, besides the scales of facts."""

_PRINTED = {"percent": ("%", "percentage points"), "money": tuple(CURRENCY_SIGNS)}
"""Units that a figure prints itself: a second one beside it would make another figure of it."""

_BETWEEN = "астам|жуық|артық|с лишним|or so"
_TOUCHING = re.compile(r"[\w½¼¾²³¹‰]$|[−-]$"), re.compile(r"^[*_]*(?:[\w½¼¾²³¹‰]|[–—−\u00ad]\w)")
_NEXT_FIGURE = re.compile(r"^[\s*_]*\{[a-z][a-z0-9_]*\}")


def problems(text: str, figures: Mapping[str, Figure[Any]], language: Language, place: Place) -> Iterator[Problem]:
    """Words beside the placeholders of a raw text that do not fit their figures, and what would change their value."""
    for called in PLACEHOLDER.finditer(text):
        before, after = text[: called.start()], text[called.end() :]
        figure = figures.get(called[1])
        kind = figure.kind if figure else ""
        if touched := _changed(before, after, kind, language):
            cause = f"“{touched[0].strip(' *_(')}” beside {called[0]} makes another value of it"
            hint = "leave a space or a plain hyphen before a suffix; a unit or scale that the figure prints goes out"
            yield Problem("figure-touched", cause, place, hint)
        yield from ending_problems(called[0], after, kind, language, place)
        if figure and figure.kind in COUNTED and (said := qualifier(before, after, language)) != figure.qualifier:
            yield _misqualified(f"{{{figure.id}}} is “{figure.qualifier}” in the register", said, place)


def label_problems(name: str, text: str, language: Language, place: Place) -> Iterator[Problem]:
    """The same for the words of the templates that qualify a figure: ``more_than`` must say “more than {value}”."""
    wanted, around = name.replace("_", " "), PLACEHOLDER.split(text)
    said = qualifier(around[0], around[-1], language)
    if wanted in QUALIFIERS["en"] and len(around) > 1 and said != wanted:
        yield _misqualified(f"the words for “{wanted}” must say so", said, place)


def _misqualified(wanted: str, said: str, place: Place) -> Problem:
    hint = "say it as the source does, or correct the register"
    return Problem("figure-qualifier", f"{wanted} and “{said}” here", place, hint)


def _changed(before: str, after: str, kind: str, language: Language) -> re.Match[str] | None:
    """The sign, letter, word or figure beside a placeholder that would make another value of it."""
    touching = _TOUCHING[0].search(before) or _TOUCHING[1].search(after) or _NEXT_FIGURE.search(after)
    sign = re.search(rf"(?:{SIGNS[language.tag]})[\s*]*$", before, re.IGNORECASE)
    if touching or sign or kind not in COUNTED:
        return touching or sign
    leading, following = _multiplying(language.tag, kind)
    return leading.search(before) or following.search(after)


@cache
def _multiplying(tag: str, kind: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What may not stand before and after a figure of a kind: multipliers, scales, and the units that it prints."""
    tongue = TONGUES[tag]
    words = "|".join((MULTIPLIERS[tag], *tongue.scales.values()))
    units = "|".join((words, *(tongue.units[unit] for unit in _PRINTED.get(kind, ()))))
    signs = "|".join(CURRENCY_SIGNS.values())
    return (
        re.compile(rf"(?:(?<!\w)(?:{words})\.?[*_]*(?: of)?[\s*_(“«]+|(?<!\w)(?:{signs})[\s*_]*)$", re.IGNORECASE),
        re.compile(
            rf"^[*_]*(?:-\w+)?(?:[\s*]+(?:{_BETWEEN}))?[\s*_(]*(?:{units})(?!\w)(?! мөлшерлеме| ставк)", re.IGNORECASE
        ),
    )
