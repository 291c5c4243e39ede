"""What a translator can do wrong, kind by kind, each planted in the factsheet's own catalogues of both languages."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kzpub import content
from kzpub.assessment import assess, assess_words
from kzpub.errors import KzpubError, Problem
from kzpub.languages import LANGUAGES
from kzpub.po.catalogues import catalogue_path
from kzpub.status import survey, translations
from tests.conftest import ROOT

FACTSHEET = "human-rights-factsheet"
TAGS = ("kk", "ru")


@dataclass(frozen=True)
class Defect:
    """A kind of defect: in which message it is planted (by its source), how, and by which code it is found."""

    source: str
    plant: Callable[[str], str]
    code: str
    languages: tuple[str, ...] = TAGS


def text(change: Callable[[str], str]) -> Callable[[str], str]:
    """A change of the translation alone, in every plural form."""
    return lambda entry: re.sub(
        r'(?m)^(msgstr(?:\[\d\])? ")(.*)"$', lambda found: f'{found[1]}{change(found[2])}"', entry
    )


def sub(old: str, new: str | Callable[[re.Match[str]], str]) -> Callable[[str], str]:
    """A replacement in the translation alone."""
    return text(lambda said: re.sub(old, new, said))


def inserted(new: str) -> Callable[[str], str]:
    """Some words after the first one."""
    return sub("^([^ ]+) ", rf"\1 {new} ")


def entry(old: str, new: str) -> Callable[[str], str]:
    """A replacement anywhere in an entry."""
    return lambda whole: re.sub(old, new, whole, count=1)


def source_itself(whole: str) -> str:
    said = re.search(r'(?m)^msgid "(.*)"$', whole)
    return text(lambda _: said[1] if said else "")(whole)


LATIN = str.maketrans("абвгдежзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі", "abvgdejziiklmnoprstufhccssyyyeuyagqnouuhi")


def in_latin(said: str) -> str:
    return said.lower().translate(LATIN).capitalize()


PLAIN = r"[^{}\[*.“]{30,}\."
PLURAL = r".*\{(?:presidential_terms|crisis_centres|local_deputies)\}.*"
HEADING = r"[^{}\[*.“]{12,}"
OTHER = r"(?!Overview)[^{}\[*.“]{12,}"
FIGURE = r"[^*]*\{(?!registered)\w+\}.*"
STRONG = r".*\*\*.*"
LINK = r".*\]\(#.*"

DEFECTS = {
    "an empty translation": Defect(PLAIN, text(lambda _: ""), "translation-empty"),
    "only spaces": Defect(PLAIN, text(lambda _: "  "), "translation-empty"),
    "marked for review": Defect(PLAIN, entry("msgctxt", "#, fuzzy\nmsgctxt"), "translation-fuzzy"),
    "an unknown placeholder": Defect(FIGURE, inserted("{nothing}"), "placeholder-unknown"),
    "a placeholder that is translated": Defect(FIGURE, sub(r"\{\w+\}", "{жыл}"), "placeholder-broken"),
    "a placeholder without its brace": Defect(FIGURE, sub(r"(\{\w+)\}", r"\1"), "placeholder-broken"),
    "a placeholder lost": Defect(FIGURE, sub(r"\{\w+\} ?", ""), "placeholder-differs"),
    "a placeholder twice": Defect(FIGURE, sub(r"(\{\w+\})", r"\1 \1"), "placeholder-differs"),
    "a figure typed over its placeholder": Defect(FIGURE, sub(r"\{\w+\}", "2020"), "placeholder-differs"),
    "a sign before a figure": Defect(FIGURE, sub(r"(\{\w+\})", r"-\1"), "figure-touched"),
    "a digit after a figure": Defect(FIGURE, sub(r"(\{\w+\})", r"\g<1>0"), "figure-touched"),
    "“more than” lost": Defect(
        ".*[Mm]ore than .*{treaties}.*", sub(r"-тен астам|более (?=\{)", ""), "figure-qualifier"
    ),
    "“more than” negated": Defect(
        ".*{registered_ngos}.*",
        sub(r"астам|(?=более \{)", lambda found: "астам емес" if found[0] else "не "),
        "figure-qualifier",
    ),
    "a scale twice": Defect(
        r".*[Mm]ore than .*{egov_users}.*", sub(r"(\{egov_users\}\S*)", r"\1 млн"), "figure-touched"
    ),
    "another currency behind money": Defect(
        r"(?!Bar).*{assets_from_abroad}.*", sub(r"(\{assets_from_abroad\}\**)", r"\1 евро"), "figure-touched"
    ),
    "percentage points": Defect(r"Torture.*", sub(r"(\{torture_fall_before\}\S*)", r"\1 п. п."), "figure-touched"),
    "a count as an ordinal": Defect(".*{council_resolutions}.*", sub(r"(_resolutions\})", r"\1-шы"), "figure-suffix"),
    "until for from": Defect(
        "Since {child_fund_year}.*",
        sub("^С |дан бастап", lambda found: "До " if found[0] == "С " else "ға дейін"),
        "figure-frame",
    ),
    "plural forms all alike": Defect(
        PLURAL,
        entry(r'msgstr\[0\] (".*")\nmsgstr\[1\] .*\nmsgstr\[2\] .*', r"msgstr[0] \1\nmsgstr[1] \1\nmsgstr[2] \1"),
        "plural-alike",
        ("ru",),
    ),
    "a link lost": Defect(LINK, sub(r"\[([^]]*)\]\(#[^)]*\)", r"\1"), "link-differs"),
    "a link to another section": Defect(LINK, sub(r"\]\(#[^)]*\)", "](#overview)"), "link-differs"),
    "a link that names another section": Defect(LINK, sub(r"\[[^]]*\](?=\(#)", "[Шолу]"), "link-text"),
    "a link to another site": Defect(PLAIN, inserted("[сайт](https://example.org)"), "link-differs"),
    "a link that runs a script": Defect(PLAIN, inserted("[сайт](javascript:alert)"), "link-target"),
    "bold lost": Defect(STRONG, sub(r"\*\*", ""), "strong-differs"),
    "bold added": Defect(PLAIN, sub("^([^ ]+) ", r"**\1** "), "strong-differs"),
    "bold not closed": Defect(STRONG, sub(r"\*\*([^*]*)\*\*", r"**\1"), "markup-left"),
    "italics added": Defect(PLAIN, sub("^([^ ]+) ", r"*\1* "), "emphasis-differs"),
    "code added": Defect(PLAIN, sub("^([^ ]+) ", r"`\1` "), "code-differs"),
    "a number added": Defect(PLAIN, inserted("17"), "fact-differs"),
    "a year added": Defect(PLAIN, inserted("2031"), "fact-differs"),
    "a percentage added": Defect(PLAIN, inserted("12%"), "fact-differs"),
    "an address added": Defect(PLAIN, inserted("https://example.org"), "fact-differs"),
    "HTML": Defect(PLAIN, inserted("<b>1</b>"), "raw-html"),
    "a script": Defect(PLAIN, inserted("<script>x</script>"), "raw-html"),
    "a picture": Defect(PLAIN, inserted("![](x.png)"), "image-in-text"),
    "a heading within a text": Defect(PLAIN, sub("^", "# "), "markup-block"),
    "a list within a text": Defect(PLAIN, sub("^", "- "), "markup-block"),
    "two paragraphs": Defect(PLAIN, sub(r"^([^ ]+) ", r"\1\\n\\n"), "markup-block"),
    "syntax of templates": Defect(PLAIN, inserted("{% raw %}"), "markup-template"),
    "a character as a reference": Defect(PLAIN, inserted("&#8203;"), "markup-reference"),
    "a character without a typeface": Defect(PLAIN, inserted("漢"), "glyph-missing"),
    "the source itself": Defect(PLAIN, source_itself, "translation-same"),
    "a sentence missing": Defect(r"[^.“{]{30,}\. [^.“{]{30,}\..*", sub(r"^([^.]*\.).*", r"\1"), "translation-partly"),
    "Russian in Kazakh": Defect(
        PLAIN, text(lambda _: "Общественность участвует в подготовке решений."), "language-other", ("kk",)
    ),
    "Kazakh in Russian": Defect(
        PLAIN, text(lambda _: "Қоғам шешімдерді дайындауға қатысады."), "language-other", ("ru",)
    ),
    "English left over": Defect(PLAIN, inserted("and the other"), "language-left"),
    "a letter of another alphabet": Defect(PLAIN, inserted("їжак"), "language-letter"),
    "a Latin letter in a Cyrillic word": Defect(PLAIN, sub("о", "o"), "script-mixed"),
    "Kazakh in Latin letters": Defect(PLAIN, text(in_latin), "kazakh-latin", ("kk",)),
    "Russian in Latin letters": Defect(PLAIN, text(in_latin), "russian-latin", ("ru",)),
    "ё": Defect(PLAIN, inserted("её"), "letter-yo", ("ru",)),
    "a name lost": Defect(".*Ombudsman.*", sub(r"([Уу]әкіл|[Уу]полномоченн)\w*", "ол"), "name-differs"),
    "a forbidden variant of a term": Defect(
        ".*persons with disabilities.*",
        sub(r"мүгедектігі бар|лица\w* с инвалидностью", "инвалид мүгедек"),
        "term-forbidden",
    ),
    "a term lost": Defect(".*treaty bodies.*", sub(r"шарттық|договорны\w+", "осы"), "term-differs"),
    "one source in two translations": Defect("As stated in the source factsheet.", sub(" .*", ""), "source-twice"),
    "one Kazakh translation of two sources": Defect(OTHER, text(lambda _: "Жалпы шолу"), "translation-twice", ("kk",)),
    "one Russian translation of two sources": Defect(
        OTHER, text(lambda _: "Общие сведения"), "translation-twice", ("ru",)
    ),
    "another final mark": Defect(PLAIN, sub(r"\.$", ""), "punctuation-final"),
    "English quotation marks": Defect(".*“.*", sub("«([^»]*)»", r"“\1”"), "quotation-marks"),
    "a quotation mark without its partner": Defect(".*“.*", sub("»", ""), "quotation-marks"),
    "a word twice": Defect(PLAIN, sub(r" (\w{4,}) ", r" \1 \1 "), "word-doubled"),
    "two spaces": Defect(PLAIN, sub("^([^ ]+) ", r"\1  "), "space-doubled"),
    "far too long": Defect(PLAIN, sub(r"^(.*)\.$", r"\1; \1; \1; \1."), "length"),
    "another value seen": Defect(STRONG, entry(r"(# figures: \w+)=\d+", r"\1=1"), "figure-review"),
    "values never seen": Defect(STRONG, entry(r"# figures: .*\n", ""), "figure-unseen"),
    "another plural seen": Defect(PLURAL, entry(r"# plural: \w+", "# plural: 00000000"), "plural-unseen"),
    "a plural form without a text": Defect(PLURAL, entry(r'msgstr\[1\] ".*"', 'msgstr[1] ""'), "translation-empty"),
    "Kazakh plural forms that differ": Defect(
        PLURAL, entry(r'(msgstr\[1\] ".* )(\S+ )', r"\1де \2"), "plural-differs", ("kk",)
    ),
    "a message that the content has not": Defect(
        HEADING, lambda whole: whole + '\n\nmsgid "Gone"\nmsgstr "Жоқ"', "catalogue-stranger"
    ),
}


FILES = {  # what the gate refuses before anything is read: an old text, its replacement, a code
    "a byte order mark": (r"\A", "\ufeff", "catalogue-bom"),
    "a NUL": ('msgstr "(?=[^"])', 'msgstr "\0', "catalogue-character"),
    "a right-to-left override": ('msgstr "(?=[^"])', 'msgstr "\u202e', "catalogue-character"),
    "a line separator": ('msgstr "(?=[^"])', 'msgstr "\u2028', "catalogue-character"),
    "a conflict of a merge": ("\nmsgctxt", "\n<<<<<<< HEAD\nmsgctxt", "catalogue-conflict"),
    "a string without an end": (r'(msgctxt "\w+)"', r"\1", "catalogue-syntax"),
    "an entry twice": (r'\n\nmsgctxt "[^#]*\n(?=\n)|\n\n#\. H[^"]*[^#]*\n(?=\n)', r"\g<0>\g<0>", "catalogue-duplicate"),
    "prose as a format": ("\nmsgctxt", "\n#, python-format\nmsgctxt", "catalogue-format"),
    "a mark for review misspelt": ("\nmsgctxt", "\n#, fuzy\nmsgctxt", "catalogue-flag"),
    "another language": (r"Language: \w+", "Language: uz", "catalogue-language"),
    "another charset": (r"(?i)charset=utf-8", "charset=cp1251", "catalogue-charset"),
    "another plural rule": (r"nplurals=\d", "nplurals=1", "catalogue-plurals"),
}


# -- All of them in one catalogue, each in a message of its own ------------------------------------------------------


@dataclass(frozen=True)
class Planted:
    """A catalogue with its defects: the lines of each entry by title, and what is found."""

    lines: dict[str, range]
    problems: list[Problem]


def copy(folder: Path) -> Path:
    for part in ("content", "locales", "templates"):
        shutil.copytree(ROOT / part, folder / part)
    return folder


def found(root: Path, tag: str) -> list[Problem]:
    document = content.read(root / "content" / FACTSHEET, root)
    labels = content.read_templates(root)
    words = assess_words(root, labels, LANGUAGES[tag])
    return [*assess(root, document, LANGUAGES[tag]).findings, *words.findings]


def planted(root: Path, tag: str) -> Planted:
    path = catalogue_path(root, FACTSHEET, LANGUAGES[tag])
    entries = path.read_text("utf-8").rstrip("\n").split("\n\n")
    where: dict[str, int] = {}
    fitting = {title: suited(entries, defect) for title, defect in DEFECTS.items() if tag in defect.languages}
    for title in sorted(fitting, key=lambda title: len(fitting[title])):  # what fits a few messages comes first
        where[title] = place = next(place for place in fitting[title] if place not in where.values())
        entries[place] = DEFECTS[title].plant(entries[place])
    path.write_text("\n\n".join(entries) + "\n", "utf-8")
    ends = [entry.count("\n") + 2 for entry in entries]
    begins = [sum(ends[:n]) + 1 for n in range(len(entries) + 1)]
    lines = {title: range(begins[place], begins[place + 1]) for title, place in where.items()}
    return Planted(lines, found(root, tag))


def suited(entries: list[str], defect: Defect) -> list[int]:
    """The entries in which a defect can be planted."""
    sources = [re.search(r'(?m)^msgid(?:_plural)? "(.+)"$', whole) for whole in entries]
    return [
        place
        for place, (whole, said) in enumerate(zip(entries, sources, strict=True))
        if said and re.fullmatch(defect.source, said[1]) and defect.plant(whole) != whole
    ]


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Planted]:
    return {tag: planted(copy(tmp_path_factory.mktemp(tag)), tag) for tag in TAGS}


@pytest.mark.parametrize("tag", TAGS)
def test_there_are_more_than_forty_kinds(tag: str) -> None:
    assert sum(tag in defect.languages for defect in DEFECTS.values()) > 40


@pytest.mark.parametrize(
    ("title", "tag"), [(title, tag) for title, defect in DEFECTS.items() for tag in defect.languages]
)
def test_a_defect_is_found_in_its_message(title: str, tag: str, damaged: dict[str, Planted]) -> None:
    lines = damaged[tag].lines[title]
    here = {each.code for each in damaged[tag].problems if each.place and each.place.line in lines}
    assert DEFECTS[title].code in here


@pytest.mark.parametrize("tag", TAGS)
def test_nothing_is_found_where_nothing_was_planted(tag: str, damaged: dict[str, Planted]) -> None:
    lines = {line for each in damaged[tag].lines.values() for line in each}
    assert [str(each) for each in damaged[tag].problems if each.place and each.place.line not in lines] == []


# -- One for each file -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("title", FILES)
def test_a_defect_of_the_file_stops_every_build(title: str, tag: str, tmp_path: Path) -> None:
    root = copy(tmp_path / "project")
    path = catalogue_path(root, FACTSHEET, LANGUAGES[tag])
    old, new, code = FILES[title]
    whole = path.read_text("utf-8")
    changed = re.sub(old, new, whole, count=1)
    assert changed != whole
    path.write_text(changed, "utf-8")
    with pytest.raises(KzpubError) as caught:
        found(root, tag)
    assert {problem.code for problem in caught.value.problems} == {code}
    assert [each.ready for each in translations(survey(root, [FACTSHEET], [tag]))] == [False, True]


@pytest.mark.parametrize("tag", TAGS)
def test_our_own_catalogues_are_done_and_clean(tag: str) -> None:
    found = translations(survey(ROOT, [FACTSHEET], [tag]))
    assert [each.domain for each in found] == [FACTSHEET, "kzpub"]
    assert [str(problem) for each in found for problem in each.all_findings] == []
    assert all(each.ready for each in found)
