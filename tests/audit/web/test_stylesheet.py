"""Contrast as WCAG reckons it, and the colours of a stylesheet as a browser would resolve them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzpub.audit.web.stylesheet import contrast, schemes

COLOURS = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param("#000000", "#ffffff", 21, id="black and white"),
        pytest.param("#777777", "#ffffff", 4.48, id="the grey that just fails"),
        pytest.param("#767676", "#ffffff", 4.54, id="the grey that just passes"),
    ],
)
def test_contrasts_that_are_known(one: str, other: str, expected: float) -> None:
    assert contrast(one, other) == pytest.approx(expected, abs=0.005)


@given(COLOURS, COLOURS)
def test_contrast_is_the_same_both_ways_and_between_1_and_21(one: str, other: str) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21.0001


def test_the_dark_has_the_colours_of_the_daylight_but_for_its_own() -> None:
    css = (
        ":root { --ink: #111111; --paper: #ffffff; --line: var(--ink); --gap: 1rem; }"
        "@media screen and (prefers-color-scheme: dark) { :root { --ink: #eeeeee; } }"
        "@media (forced-colors: active) { :root { --paper: Canvas; } }"
    )
    assert schemes(css) == {
        "light": {"ink": "#111111", "paper": "#ffffff", "line": "#111111"},
        "dark": {"ink": "#eeeeee", "paper": "#ffffff", "line": "#eeeeee"},
    }
