"""A number changes in one place: every sentence in every language follows, or the build says who must look at it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TypeGuard

import pytest

from kzpub import content
from kzpub.builds.editing import editions
from kzpub.builds.pipeline import build
from kzpub.cli import main
from kzpub.errors import KzpubError
from kzpub.figures import COUNTED, category, printed
from kzpub.inlines import Inline, Value, flatten, plain
from kzpub.languages import LANGUAGES
from kzpub.model import Document, Figure, Message
from kzpub.projects import Request
from kzpub.traversal import texts
from tests.conftest import FORMATS, ROOT, Built, quiet
from tests.readback import docx, html, pdf, tidy, tree
from tests.readback.compare import differences

FACTSHEET = "human-rights-factsheet"
REGISTER = f"content/{FACTSHEET}/figures.yaml"
TAGS = tuple(LANGUAGES)


@pytest.fixture
def factsheet_project(tmp_path: Path) -> Path:
    """The repository's publication in a project that a test may change."""
    for folder in ("content", "locales", "templates"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


@pytest.fixture
def set_value(factsheet_project: Path) -> Callable[[str, object], None]:
    """Change one value of the register, as an editor does."""

    def change(id: str, value: object) -> None:
        path = factsheet_project / REGISTER
        text, times = re.subn(rf"(?m)^({id}:\n(?:  .*\n)*?  value: ).*$", rf"\g<1>{value}", path.read_text("utf-8"))
        assert times == 1, id
        path.write_text(text, "utf-8")

    return change


def findings(root: Path, tag: str) -> list[tuple[str, str]]:
    """Codes and causes of all that would refuse a release of the factsheet in a language."""
    try:
        editions(root, Request((FACTSHEET,), (tag,), release=True))
    except KzpubError as error:
        return [(problem.code, problem.cause) for problem in error.problems]
    return []


def sentence(root: Path, tag: str, start: str) -> str:
    """The text of an edition that has some words in it."""
    (edition,) = editions(root, Request((FACTSHEET,), (tag,)))
    return next(text for text in map(tidy, map(plain, texts(edition.document))) if start in text)


# -- A plural message follows by itself ------------------------------------------------------------------------------

CRISIS_CENTRES = {
    46: ("46 crisis centres across the country give", "46 дағдарыс орталығы", "46 кризисных центров оказывают"),
    51: ("51 crisis centres across the country give", "51 дағдарыс орталығы", "51 кризисный центр оказывает"),
    52: ("52 crisis centres across the country give", "52 дағдарыс орталығы", "52 кризисных центра оказывают"),
    11: ("11 crisis centres across the country give", "11 дағдарыс орталығы", "11 кризисных центров оказывают"),
    1: ("1 crisis centre across the country gives", "1 дағдарыс орталығы", "1 кризисный центр оказывает"),
}


@pytest.mark.parametrize("value", CRISIS_CENTRES)
def test_a_plural_message_agrees_with_its_figure(
    value: int, factsheet_project: Path, set_value: Callable[[str, object], None]
) -> None:
    set_value("crisis_centres", value)
    for tag, words in zip(TAGS, CRISIS_CENTRES[value], strict=True):
        assert words in sentence(factsheet_project, tag, words)


# -- Another sentence needs a translator where the category changes --------------------------------------------------


def confirm(root: Path, tag: str) -> None:
    """What a translator does who has checked the sentence: take the mark away."""
    path = root / "locales" / tag / "LC_MESSAGES" / f"{FACTSHEET}.po"
    text = path.read_text("utf-8")
    assert "#, fuzzy" in text
    path.write_text(text.replace("#, fuzzy, python-brace-format", "#, python-brace-format"), "utf-8")


def test_46_51_52_11_asks_a_russian_translator_each_time_and_nobody_else(
    factsheet_project: Path, set_value: Callable[[str, object], None], capsys: pytest.CaptureFixture[str]
) -> None:
    before = "82 (few)"
    for value, form in ((46, "many"), (51, "one"), (52, "few"), (11, "many")):
        set_value("recovered_schools", value)
        changed = f"recovered_schools was {before} and is {value} ({form})"
        assert findings(factsheet_project, "en") == findings(factsheet_project, "kk") == []
        assert findings(factsheet_project, "ru") == [("figure-review", f"[ru] {changed}: other words may be needed")]
        assert main(["catalogue", "update"], factsheet_project) == 0
        ((code, cause),) = findings(factsheet_project, "ru")
        assert code == "translation-fuzzy"
        assert cause.endswith(f"needs review: {changed}")
        confirm(factsheet_project, "ru")
        assert findings(factsheet_project, "ru") == []
        assert f"{value} " in sentence(factsheet_project, "ru", "усовершенствовал розыск")
        before = f"{value} ({form})"
    capsys.readouterr()


def test_a_value_of_the_same_category_asks_nobody(
    factsheet_project: Path, set_value: Callable[[str, object], None]
) -> None:
    set_value("recovered_schools", 83)
    assert [findings(factsheet_project, tag) for tag in TAGS] == [[], [], []]


def test_a_translation_that_does_not_say_for_which_value_it_was_written_is_refused(factsheet_project: Path) -> None:
    path = factsheet_project / "locales/ru/LC_MESSAGES" / f"{FACTSHEET}.po"
    path.write_text(
        path.read_text("utf-8").replace("# figures: treaties=70\n", "").replace(", treaties=70", ""), "utf-8"
    )
    assert [code for code, _ in findings(factsheet_project, "ru")] == ["figure-unseen"]


def test_english_needs_both_forms_where_a_figure_is_one(
    factsheet_project: Path, set_value: Callable[[str, object], None]
) -> None:
    set_value("denominations", 1)
    assert [code for code, _ in findings(factsheet_project, "en")] == ["figure-singular"]


# -- All values, all files -------------------------------------------------------------------------------------------


def read_document(root: Path) -> Document[Message]:
    return content.read(root / "content" / FACTSHEET, root)


def another_value(figure: Figure[Message]) -> str:
    """A value that differs and asks for the same words in every language."""
    if figure.kind == "years":
        return "–".join(str(year + 1) for year in figure.values)
    steps = {"percent": (10, -10), "year": (1,), "count": range(1, 200)}.get(figure.kind, (1,))
    scale = Decimal(1000) ** (figure.value.adjusted() // 3) if figure.kind in ("count", "money") else 1
    for value in (figure.value + step * scale for step in steps):
        other = replace(figure, values=(value,))
        fits = value <= 100 or figure.kind != "percent"
        if fits and all(category(other, each) == category(figure, each) for each in LANGUAGES.values()):
            return f"{value:f}"
    return f"{figure.value + 1:f}"  # there is no other “one”: a plural message counts it


def is_value(inline: Inline, id: str) -> TypeGuard[Value]:
    return isinstance(inline, Value) and inline.name == id


STATED = tuple(figure for figure in read_document(ROOT).figures if not figure.derived)


@pytest.fixture
def changed(factsheet_project: Path, set_value: Callable[[str, object], None]) -> Path:
    """The factsheet with every stated value another one, and nothing else edited."""
    for figure in STATED:
        set_value(figure.id, another_value(figure))
    set_value("torture_fall_before", 25)  # the index that is derived from both falls keeps its category: 45
    return factsheet_project


@pytest.mark.parametrize("figure", STATED, ids=lambda figure: figure.id)
def test_any_value_changes_alone_and_every_language_follows(
    figure: Figure[Message], factsheet_project: Path, set_value: Callable[[str, object], None]
) -> None:
    set_value(figure.id, another_value(figure))
    now = next(each for each in read_document(factsheet_project).figures if each.id == figure.id)
    for edition in editions(factsheet_project, Request((FACTSHEET,))):
        text = printed(now, edition.language)
        assert text != printed(figure, edition.language)
        called = [
            inline.text for leaf in texts(edition.document) for inline in flatten(leaf) if is_value(inline, figure.id)
        ]
        assert len(called) >= 2, "in the text and in the end section"
        assert set(called) == {text}


READERS = {"docx": docx.read, "html": html.read}


def test_all_values_changed_at_once_stand_in_all_nine_files(changed: Path) -> None:
    built = Built(changed, changed / "dist", FACTSHEET)
    document = read_document(changed)
    assert len(built.outcome.entries) == len(TAGS) * len(FORMATS)
    for tag in TAGS:
        wanted = tree.read(built.editions[tag])
        for format in FORMATS:
            data = built.data(tag, format)
            rows = (pdf.read_against(data, wanted) if format == "pdf" else READERS[format](data)).rows
            page = " ".join(row.text for row in rows)
            lost = [each.id for each in document.figures if tidy(printed(each, LANGUAGES[tag])) not in page]
            assert lost == [], (tag, format)
            reading = pdf.read_against(data, wanted) if format == "pdf" else READERS[format](data)
            assert differences(reading, wanted) == [], (tag, format)


def test_a_wrong_value_leaves_the_earlier_output_alone(
    factsheet_project: Path, set_value: Callable[[str, object], None]
) -> None:
    build(factsheet_project, factsheet_project / "dist", Request((FACTSHEET,), ("en",), ("html",)), quiet)
    page = factsheet_project / "dist" / FACTSHEET / f"{FACTSHEET}-en.html"
    before = page.read_bytes()
    set_value("registered_ngos", "22,000")
    with pytest.raises(KzpubError) as caught:
        build(factsheet_project, factsheet_project / "dist", Request((FACTSHEET,), ("en",), ("html",)), quiet)
    assert [problem.code for problem in caught.value.problems] == ["figure-value"]
    assert page.read_bytes() == before


def test_the_kinds_that_decide_on_words_are_those_that_are_counted() -> None:
    assert {figure.kind for figure in STATED} > set(COUNTED)
