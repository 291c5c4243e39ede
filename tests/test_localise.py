"""Source and catalogue to a document in one language, and every fault of a translation found with its line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzpub import content
from kzpub.errors import Place, Problem
from kzpub.figures import COUNTED, day
from kzpub.inlines import Code, Emphasis, Foreign, Inlines, Link, Text, Value, flatten, foreign, plain
from kzpub.languages import LANGUAGES
from kzpub.localise import fill, localise, localise_labels, untranslated, values
from kzpub.markdown import parse_inlines
from kzpub.model import Document, Message, Waiver
from kzpub.po.catalogues import Catalogue, Entry, load
from kzpub.projects import LABELS_DOMAIN
from kzpub.traversal import map_texts, texts
from tests.conftest import ROOT
from tests.test_model import INLINES

ENGLISH, KAZAKH = LANGUAGES["en"], LANGUAGES["kk"]
CATALOGUE = "locales/kk/LC_MESSAGES/sampler.po"
LABELS = "locales/kk/LC_MESSAGES/kzpub.po"
Edit = Callable[[str, str, str], None]


def localised(project: Path, tag: str) -> tuple[Document[Inlines], list[tuple[str, str]]]:
    """The sampler in a language, and what is wrong with it: codes and places."""
    language = LANGUAGES[tag]
    catalogue = None if language == ENGLISH else load(project, "sampler", language)
    document, problems = localise(content.read(project / "content" / "sampler", project), catalogue, language)
    return document, [(problem.code, str(problem.place)) for problem in problems]


def localised_labels(project: Path) -> tuple[dict[str, str], list[tuple[str, str]]]:
    labels = content.read_templates(project)
    words, problems = localise_labels(labels, load(project, LABELS_DOMAIN, KAZAKH), KAZAKH)
    return words, [(problem.code, str(problem.place)) for problem in problems]


# -- Looking up and filling ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_sampler_has_no_problems_in_any_language(tag: str, project: Path) -> None:
    assert localised(project, tag)[1] == []


@pytest.mark.parametrize(
    ("tag", "title", "subtitle", "note"),
    [
        (
            "en",
            "Sampler of every kind of block",
            "What the pipeline can hold in 2021–2023",
            "It holds every node once, as of 5 March 2026.",
        ),
        (
            "kk",
            "Бөліктің барлық түрінің үлгісі",
            "2021–2023 жылдары не өңделетіні",
            "Мұнда әр түйін бір рет кездеседі, 2026 жылғы 5 наурыз жағдайы.",
        ),
        (
            "ru",
            "Образец всех видов блоков",
            "Что обрабатывается за 2021–2023 годы",
            "Здесь каждый узел один раз, по состоянию на 5 марта 2026 года.",
        ),
    ],
)
def test_a_text_is_looked_up_parsed_and_filled(tag: str, title: str, subtitle: str, note: str, project: Path) -> None:
    document, _ = localised(project, tag)
    assert plain(document.title) == title
    assert plain(document.subtitle) == subtitle
    assert plain(document.source_note) == note


def test_a_figure_is_a_value_that_knows_its_name(project: Path) -> None:
    document, _ = localised(project, "kk")
    assert document.subtitle == (Value("period", "2021–2023"), Text(" жылдары не өңделетіні"))


@pytest.mark.parametrize("tag", LANGUAGES)
def test_what_is_no_text_is_the_same_in_all_languages(tag: str, project: Path) -> None:
    source = content.read(project / "content" / "sampler", project)
    document, _ = localised(project, tag)
    assert map_texts(document, lambda _: "") == map_texts(source, lambda _: "")


@pytest.mark.parametrize(
    ("tag", "on", "printed"),
    [
        ("en", date(2026, 3, 5), "5 March 2026"),
        ("kk", date(2026, 3, 5), "2026 жылғы 5 наурыз"),
        ("ru", date(2026, 3, 5), "5 марта 2026 года"),
        ("kk", date(2024, 7, 15), "2024 жылғы 15 шілде"),
        ("ru", date(2025, 12, 31), "31 декабря 2025 года"),
    ],
)
def test_a_date_is_in_official_style(tag: str, on: date, printed: str) -> None:
    assert day(on, LANGUAGES[tag]) == printed


def test_what_a_placeholder_stands_for(project: Path) -> None:
    document = content.read(project / "content" / "sampler", project)
    known = values(document, KAZAKH)
    assert (known["date"], known["period"]) == ("2026 жылғы 5 наурыз", "2021–2023")
    assert known["complaints_2023"] == "22\u00a0100"


def test_a_value_is_never_read_as_markdown() -> None:
    inlines = parse_inlines("in **{period}** and `{period}`, [{period}](#period)", Place("a.md", 1))
    filled = list(flatten(fill(inlines, {"period": "*2019* [x](y)"})))
    assert [inline for inline in filled if isinstance(inline, Value)] == [Value("period", "*2019* [x](y)")] * 2
    assert Code("{period}") in filled
    assert [inline.target for inline in filled if isinstance(inline, Link)] == ["#period"]


@given(INLINES)
def test_texts_without_braces_are_filled_with_nothing(inlines: Inlines) -> None:
    if not any(isinstance(inline, Text) and "{" in inline.text for inline in flatten(inlines)):
        assert plain(fill(inlines, {"date": "x"})) == plain(inlines)


def test_a_translator_may_put_marks_links_and_notes_in_any_order(project: Path, edit: Edit) -> None:
    edit(
        CATALOGUE,
        '"*Екпінді*, **қалың**, ***екеуі де*** бар абзац, `code_span` және қатты жол\\\\\\n"\n'
        '"ауыстыру. Оның ескертпесі,[^first] [бөлікке сілтемесі](#blocks), [веб-сілтемесі]',
        '"[бөлікке сілтемесі](#blocks) және `code_span`, ескертпесі,[^first] **қалың**, *екпінді*, ***екеуі де*** "\n'
        '"[веб-сілтемесі]',
    )
    assert localised(project, "kk")[1] == []


# -- Faults of a translation -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        pytest.param('msgid "Blocks"', 'msgid "Bricks"', ("translation-missing", 0), id="no entry"),
        pytest.param('msgctxt "blocks"\nmsgid "Blocks"', 'msgid "Blocks"', ("translation-missing", 0), id="no context"),
        pytest.param('msgstr "Бөліктер"', 'msgstr ""', ("translation-empty", 81), id="not translated"),
        pytest.param('msgstr "Бөліктер"', 'msgstr "  "', ("translation-empty", 81), id="only spaces"),
        pytest.param('msgstr "Бөліктер"', 'msgstr "\\n"', ("translation-empty", 81), id="only a line feed"),
        pytest.param(
            'msgctxt "blocks"\nmsgid "Blocks"',
            '#, fuzzy\nmsgctxt "blocks"\nmsgid "Blocks"',
            ("translation-fuzzy", 82),
            id="needs review",
        ),
        pytest.param("{period} жылдары", "{perid} жылдары", ("placeholder-unknown", 428), id="misspelt placeholder"),
        pytest.param("{period} жылдары", "{Period} жылдары", ("placeholder-broken", 428), id="placeholder in capitals"),
        pytest.param("{period} жылдары", "{period жылдары", ("placeholder-broken", 428), id="placeholder without end"),
        pytest.param("{period} жылдары", "2021–2023 жылдары", ("placeholder-differs", 428), id="figure typed by hand"),
        pytest.param("Бөліктер", "Бөліктер {date}", ("placeholder-differs", 81), id="figure too many"),
        pytest.param("сілтемесі](#blocks)", "сілтемесі](#table)", ("link-differs", 25), id="link elsewhere"),
        pytest.param("[бөлікке сілтемесі](#blocks)", "бөлікке сілтемесі", ("link-differs", 25), id="link lost"),
        pytest.param("a=1&b=2) және", "a=1) және", ("link-differs", 25), id="address cut"),
        pytest.param("қалың** сөздері", "қалың** [сөздері](#text)", ("link-differs", 69), id="link too many"),
        pytest.param("ескертпесі,[^first]", "ескертпесі,", ("note-differs", 25), id="note lost"),
        pytest.param("ескертпе.[^second]", "ескертпе.[^second][^second]", ("note-differs", 63), id="note twice"),
        pytest.param("ескертпе.[^second]", "ескертпе.[^first]", ("note-differs", 63), id="another note"),
        pytest.param("абзац, `code_span`", "абзац, `code span`", ("code-differs", 25), id="code changed"),
        pytest.param("**қалың** сөздері", "қалың сөздері", ("strong-differs", 69), id="bold lost"),
        pytest.param('msgstr "Бөліктер"', 'msgstr "**Бөліктер**"', ("strong-differs", 81), id="bold added"),
        pytest.param("*әр* түйін", "әр түйін", ("emphasis-differs", 441), id="emphasis lost"),
        pytest.param('msgstr "Екі *шаршы*"', 'msgstr "Екі **шаршы**"', ("strong-differs", 265), id="bold for emphasis"),
    ],
)
def test_a_fault_of_a_translation_is_found_with_its_line(
    old: str, new: str, fault: tuple[str, int], project: Path, edit: Edit
) -> None:
    edit(CATALOGUE, old, new)
    found = localised(project, "kk")[1]
    place = str(Place(CATALOGUE, fault[1]))
    assert (fault[0], place) in found
    assert {where for _, where in found} == {place}


UNDONE = [
    pytest.param('msgstr "Екі *шаршы*"', 'msgstr ""', "translation-empty", id="empty"),
    pytest.param('msgid "Two *squares*"', 'msgid "Three *squares*"', "translation-missing", id="missing"),
    pytest.param(
        "#. Caption of an image\n", "#. Caption of an image\n#, fuzzy\n", "translation-fuzzy", id="needs review"
    ),
]


@pytest.mark.parametrize(("old", "new", "code"), UNDONE)
def test_what_is_not_done_is_a_problem_and_shows_its_source_text(
    old: str, new: str, code: str, project: Path, edit: Edit
) -> None:
    edit(CATALOGUE, old, new)
    document, problems = localised(project, "kk")
    assert [found for found, _ in problems] == [code]
    assert [text for text in texts(document) if foreign(text)] == [
        (Foreign("en", (Text("Two "), Emphasis((Text("squares"),)))),)
    ]
    assert untranslated(document) == 1


def test_values_in_a_source_text_are_printed_as_its_language_prints_them(project: Path, edit: Edit) -> None:
    edit(CATALOGUE, "Мұнда *әр* түйін бір рет кездеседі, {date} жағдайы.", "")
    document, _ = localised(project, "kk")
    assert foreign(document.source_note) == "en"
    assert plain(document.source_note) == "It holds every node once, as of 5 March 2026."
    assert plain(document.subtitle) == "2021–2023 жылдары не өңделетіні"


def test_a_text_that_is_not_done_is_compared_with_nothing(project: Path, edit: Edit) -> None:
    edit(CATALOGUE, 'msgstr "Екі *шаршы*"', 'msgstr "Екі **шаршы** 1999 жылы, {nobody}"')
    assert len(localised(project, "kk")[1]) > 1
    edit(CATALOGUE, "#. Caption of an image\n", "#. Caption of an image\n#, fuzzy\n")
    assert [code for code, _ in localised(project, "kk")[1]] == ["translation-fuzzy"]


def test_a_fault_of_a_source_text_that_is_shown_is_found(project: Path, edit: Edit) -> None:
    edit("content/sampler/publication.yaml", "in {period}", "in {years}")
    assert localised(project, "kk")[1] == [
        ("translation-missing", CATALOGUE),
        ("placeholder-unknown", "content/sampler/publication.yaml:2"),
    ]


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_finished_document_has_no_foreign_text(tag: str, project: Path) -> None:
    assert untranslated(localised(project, tag)[0]) == 0


def test_all_faults_of_a_catalogue_are_found_at_once(project: Path, edit: Edit) -> None:
    edit(CATALOGUE, 'msgstr "Бөліктер"', 'msgstr ""')
    edit(CATALOGUE, "сілтемесі](#blocks)", "сілтемесі](#table)")
    edit(CATALOGUE, "*әр* түйін", "әр түйін")
    assert sorted(code for code, _ in localised(project, "kk")[1]) == [
        "emphasis-differs",
        "link-differs",
        "translation-empty",
    ]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        pytest.param("{period}", "{years}", "placeholder-unknown", id="unknown placeholder"),
        pytest.param("{period}", "{period", "placeholder-broken", id="placeholder without end"),
        pytest.param("{period}", "{}", "placeholder-broken", id="placeholder without name"),
    ],
)
def test_a_fault_of_the_source_is_found_with_its_line(old: str, new: str, code: str, project: Path, edit: Edit) -> None:
    edit("content/sampler/publication.yaml", f"in {old}", f"in {new}")
    assert localised(project, "en")[1] == [(code, "content/sampler/publication.yaml:2")]


def test_markup_in_a_translation_is_refused(project: Path, edit: Edit) -> None:
    edit(CATALOGUE, 'msgstr "Бөліктер"', 'msgstr "<b>Бөліктер</b>"')
    assert localised(project, "kk")[1] == [("raw-html", f"{CATALOGUE}:81")]


def test_an_empty_cell_of_a_table_needs_no_translation(project: Path, edit: Edit) -> None:
    edit("content/sampler/02-blocks.md", "| first  |", "|        |")
    assert localised(project, "kk")[1] == []


# -- Words of the templates ------------------------------------------------------------------------------------------


def test_labels_keep_their_placeholders(project: Path) -> None:
    words, problems = localised_labels(project)
    assert problems == []
    assert words["page_of"] == "{pages} беттің {page}-беті"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        pytest.param('msgstr "Мазмұны"', 'msgstr ""', ("translation-empty", 20), id="not translated"),
        pytest.param('msgid "Contents"', 'msgid "Content"', ("translation-missing", 0), id="no entry"),
        pytest.param(
            '#: templates/labels.yaml\nmsgctxt "template"\nmsgid "Contents"',
            '#, fuzzy\nmsgctxt "template"\nmsgid "Contents"',
            ("translation-fuzzy", 20),
            id="needs review",
        ),
        pytest.param("{pages} беттің", "{pages} {Бет} беттің", ("placeholder-broken", 27), id="broken placeholder"),
        pytest.param("{pages} беттің", "{pages} {pages} беттің", ("placeholder-differs", 27), id="one twice"),
        pytest.param("{pages} беттің", "барлық беттің", ("placeholder-differs", 27), id="lost placeholder"),
        pytest.param('msgstr "Мазмұны"', 'msgstr "Мазмұны {page}"', ("placeholder-differs", 20), id="one too many"),
        pytest.param('msgstr "Мазмұны"', 'msgstr "1999 жылғы мазмұны"', ("fact-differs", 20), id="a number typed"),
        pytest.param("{value}-нан астам", "{value}-ға дейін", ("figure-qualifier", 142), id="up to for more than"),
    ],
)
def test_a_fault_of_a_label_is_found_with_its_line(
    old: str, new: str, fault: tuple[str, int], project: Path, edit: Edit
) -> None:
    edit(LABELS, old, new)
    assert localised_labels(project)[1] == [(fault[0], str(Place(LABELS, fault[1])))]


def test_names_that_the_templates_agree_on_may_be_in_other_letters(project: Path, edit: Edit) -> None:
    assert "Source Serif 4" in localised_labels(project)[0]["imprint"]
    edit("templates/terms.yaml", "[Source Serif 4]", "[Сорс Сериф]")
    assert "language-left" in {code for code, _ in localised_labels(project)[1]}


# -- Laws ------------------------------------------------------------------------------------------------------------


def translated_by_itself(document: Document[Message]) -> Catalogue:
    seen = {figure.id: figure.value for figure in document.figures if figure.kind in COUNTED}
    entries = {
        (message.context, *message.forms): Entry(message.forms, message.place, fuzzy=False, seen=seen)
        for message in texts(document)
    }
    return Catalogue("itself.po", entries)


@pytest.mark.parametrize("folder", ["tests/project/content/sampler", "content/human-rights-factsheet"])
def test_a_source_that_is_its_own_translation_has_no_problems(folder: str) -> None:
    document = content.read(ROOT / folder, ROOT)
    assert localise(document, translated_by_itself(document), ENGLISH) == localise(document, None, ENGLISH)


MARKS = ["б", "*ә*", "**г**", "`d`", "[д](#f)", "[^g]", "{date}", "***ж***", r"\*"]


def problems_of(source: str, translation: str) -> list[str]:
    """Codes of the errors of one translation."""
    message = Message(source, "a", Place("a.md", 1))
    sampler = content.read(ROOT / "tests" / "project" / "content" / "sampler", ROOT)
    document = map_texts(sampler, lambda _: message)
    catalogue = Catalogue("a.po", {("a", source): Entry((translation,), Place("a.po", 1), fuzzy=False)})
    found = localise(document, catalogue, KAZAKH)[1]
    return sorted({problem.code for problem in found if problem.severity == "error"})


@given(
    st.lists(st.sampled_from(MARKS), min_size=1, max_size=6).flatmap(
        lambda w: st.tuples(st.just(w), st.permutations(w))
    )
)
def test_a_translation_in_another_order_has_no_problems(orders: tuple[list[str], list[str]]) -> None:
    assert problems_of("; ".join(orders[0]), "; ".join(orders[1])) == []


@given(st.lists(st.sampled_from(MARKS[3:7]), unique=True), st.sampled_from(MARKS[3:7]))
def test_a_mark_too_many_is_always_found(words: list[str], added: str) -> None:
    assert len(problems_of("; ".join(["б", *words]), "; ".join(["б", *words, added]))) == 1


# -- Plural boxes and times ------------------------------------------------------------------------------------------


def russian_problems(texts: tuple[str, ...], *, plural: bool = True, waivers: tuple[Waiver, ...] = ()) -> list[Problem]:
    """What is wrong with a Russian translation of a text that counts complaints."""
    sampler = content.read(ROOT / "tests" / "project" / "content" / "sampler", ROOT)
    counted = next(each.id for each in sampler.figures if each.kind == "count" and each.qualifier == "exactly")
    many, one = f"{{{counted}}} complaints since {{date}}", f"{{{counted}}} complaint since {{date}}"
    message = Message(many, "a", Place("a.md", 1), counted=counted if plural else "", one=one if plural else "")
    forms = tuple(text.replace("{n}", f"{{{counted}}}") for text in texts)
    seen = {counted: sampler.register[counted].value}
    entry = Entry(forms, Place("a.po", 1), fuzzy=False, seen=seen)
    document = map_texts(replace(sampler, waivers=waivers), lambda _: message)
    catalogue = Catalogue("a.po", {("a", *message.forms): entry})
    codes = ("plural-alike", "figure-frame")
    return [each for each in localise(document, catalogue, LANGUAGES["ru"])[1] if each.code in codes]


ALIKE = ("{n} жалоб с {date}",) * 3
APART = ("{n} жалоба с {date}", "{n} жалобы с {date}", "{n} жалоб с {date}")


def test_russian_plural_forms_that_are_all_alike_are_to_be_looked_at() -> None:
    (problem, *_) = russian_problems(ALIKE)
    assert (problem.code, problem.severity) == ("plural-alike", "warning")


def test_plural_forms_that_are_alike_can_be_signed_off() -> None:
    key = russian_problems(ALIKE)[0].hint.rpartition("“")[2].partition("”")[0]
    assert russian_problems(ALIKE, waivers=(Waiver(key, "plural-alike", "ru", Place("w", 1)),)) == []


@pytest.mark.parametrize(
    ("texts", "plural"), [pytest.param(APART, True, id="three forms"), pytest.param(ALIKE[:1], False, id="no plural")]
)
def test_plural_forms_that_differ_pass(texts: tuple[str, ...], plural: bool) -> None:
    assert russian_problems(texts, plural=plural) == []


def test_a_time_other_than_in_the_source_is_found_and_can_be_signed_off() -> None:
    (problem, *_) = russian_problems(("{n} жалоб до {date}",), plural=False)
    assert problem.code == "figure-frame"
    assert "waivers.yaml" in problem.hint
