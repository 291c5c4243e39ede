"""Marks that a translation may not bring along."""

from __future__ import annotations

import pytest

from kzpub.errors import Place
from kzpub.judges.active import problems

PLACE = Place("locales/kk/LC_MESSAGES/x.po", 7)


def codes(source: str, translation: str) -> list[str]:
    return [problem.code for problem in problems(source, translation, PLACE)]


@pytest.mark.parametrize(
    ("translation", "code"),
    [
        pytest.param("# Тақырып", "markup-block", id="a heading"),
        pytest.param("- тармақ", "markup-block", id="a bullet"),
        pytest.param("* тармақ", "markup-block", id="a bullet of another kind"),
        pytest.param("1. тармақ", "markup-block", id="a number of a list"),
        pytest.param("2) тармақ", "markup-block", id="a number with a bracket"),
        pytest.param("> дәйексөз", "markup-block", id="a quotation"),
        pytest.param("```\nкод\n```", "markup-block", id="a block of code"),
        pytest.param("    код", "markup-block", id="indented code"),
        pytest.param("Мәтін\n---", "markup-block", id="a heading by underlining"),
        pytest.param("Бірінші\n\nЕкінші", "markup-block", id="a second paragraph"),
        pytest.param("Мәтін {{ title }}", "markup-template", id="a variable of a template"),
        pytest.param("{% include 'x' %}", "markup-template", id="a statement of a template"),
        pytest.param("{# түсініктеме #}", "markup-template", id="a comment of a template"),
        pytest.param("${HOME}", "markup-template", id="a variable of a shell"),
        pytest.param("<%= x %>", "markup-template", id="another template language"),
        pytest.param("&lt;script&gt;", "markup-reference", id="a tag by references"),
        pytest.param("а&#x202E;б", "markup-reference", id="an unseen character by its number"),
        pytest.param("а&nbsp;б", "markup-reference", id="a space by its name"),
    ],
)
def test_what_the_source_does_not_have_is_refused(translation: str, code: str) -> None:
    assert code in codes("A plain text.", translation)


@pytest.mark.parametrize(
    "translation",
    [
        "Жай мәтін.",
        "**Қалың** және *көлбеу*, `код`, [сілтеме](#a), {figure}-дан астам.",
        "2019–2025 жылдары – көп.",
        "«Құқық» №5, 50%-дан; А & Б.",
        "2024. жыл",
        "– деді ол",
        "Бірінші жол\\\nекінші жол",
    ],
)
def test_plain_translations_pass(translation: str) -> None:
    assert codes("A plain text.", translation) == []


def test_what_the_source_has_may_stay() -> None:
    assert codes("Write &amp; for it.", "Орнына &amp; жазыңыз.") == []
