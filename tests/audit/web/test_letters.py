"""The language of a text by its letters: enough to tell a wrong one, and no alarm where nobody can know."""

from __future__ import annotations

import pytest

from kzpub.audit.web.letters import KNOWN, may_be_in

TEXTS = {
    "en": "Every figure of this publication is listed here as the source states it.",
    "kk": "Осы басылымның әрбір көрсеткіші мұнда бастапқы анықтамада айтылған күйінде келтірілген.",
    "ru": "Все показатели настоящего издания приведены здесь так, как они указаны в исходной справке.",
}


@pytest.mark.parametrize("language", KNOWN)
def test_a_sentence_can_be_in_its_own_language_only(language: str) -> None:
    assert [tag for tag in KNOWN if may_be_in(TEXTS[language], tag)] == [language]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("2019–2025 (100 × 50%)", "kk", id="numbers"),
        pytest.param("Human Rights Watch", "kk", id="a name in Latin letters"),
        pytest.param("Қазақстан", "ru", id="a name in Kazakh letters"),
        pytest.param("https://example.org/a-very-long-address/of-a-page", "ru", id="an address"),
        pytest.param("Парламент комитеттеріне баяндамалар", "kk", id="short Kazakh without its own letters"),
        pytest.param("Oʻzbekiston Respublikasining Prezidenti saylovi", "uz", id="a language that we cannot tell"),
    ],
)
def test_where_nobody_can_tell_it_is_believed(text: str, language: str) -> None:
    assert may_be_in(text, language)


def test_russian_with_a_kazakh_name_is_russian() -> None:
    assert may_be_in("Фонд «Қазақстан халқына» перечислил средства на строительство школ и больниц в областях", "ru")
