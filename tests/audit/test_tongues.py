"""The language of a text that stands alone: a sentence tells it, and where nobody can know there is no alarm."""

from __future__ import annotations

import pytest

from kzpub.audit.tongues import is_in_another, told

TEXTS = {
    "en": "Every figure of this publication is listed here as the source states it.",
    "kk": "Осы басылымның әрбір көрсеткіші мұнда бастапқы анықтамада айтылған күйінде келтірілген.",
    "ru": "Все показатели настоящего издания приведены здесь так, как они указаны в исходной справке.",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_sentence_is_in_its_own_language_only(language: str) -> None:
    assert told(TEXTS[language]) == language
    assert [tag for tag in TEXTS if not is_in_another(TEXTS[language], tag)] == [language]


def test_one_sentence_among_others_is_enough() -> None:
    assert is_in_another(f"{TEXTS['kk']} {TEXTS['en']} {TEXTS['kk']}", "kk")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        pytest.param("2019–2025 (100 × 50%)", "kk", id="numbers"),
        pytest.param("Human Rights Watch", "kk", id="a name in Latin letters"),
        pytest.param("Қазақстан", "ru", id="a name in Kazakh letters"),
        pytest.param("https://example.org/a-very-long-address/of-a-page", "ru", id="an address"),
        pytest.param("Парламент комитеттеріне баяндамалар", "kk", id="short Kazakh with few letters of its own"),
        pytest.param(
            "Фонд «Қазақстан халқына» перечислил средства на строительство школ и больниц в областях",
            "ru",
            id="Russian with a name in Kazakh",
        ),
    ],
)
def test_where_nobody_can_tell_it_is_believed(text: str, language: str) -> None:
    assert not is_in_another(text, language)
