"""What a page's stylesheet promises its readers: contrast, a focus that is seen, rest, and paper."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml.html import HtmlElement

_ROOT = re.compile(r"(?:^|\})\s*:root\s*\{([^{}]*)\}")
_DARK = re.compile(r"@media([^{}]*prefers-color-scheme:\s*dark[^{}]*)\{\s*:root\s*\{([^{}]*)\}")
_PROPERTY = re.compile(r"--([\w-]+):\s*([^;}]+)")
_VARIABLE = re.compile(r"var\(--([\w-]+)\)")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_FOCUS = re.compile(r":focus(?:-visible)?\s*\{[^{}]*\boutline:\s*[1-9]")
_NO_OUTLINE = re.compile(r"([^{}]*)\{[^{}]*\boutline(?:-width|-style)?:\s*(?:none|0)\b")
_CALM = re.compile(r"@media[^{}]*prefers-reduced-motion:\s*no-preference[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_MOTION = re.compile(r"(?<![\w-])(?:scroll-behavior:\s*smooth|animation(?:-name)?:|transition:)")
_PRINT = re.compile(r"@media\s+print\b")
_PAGE = re.compile(r"@page[^{}]*\{[^{}]*size:\s*A4")

TEXT, SHAPE = 4.5, 3.0
"""The least contrast of text, and of what must be seen without being read (WCAG 1.4.3, 1.4.11)."""

PAIRS: tuple[tuple[float, str, tuple[str, ...]], ...] = (
    (TEXT, "paper", ("ink", "soft", "deep", "accent", "chart-ink", "chart-soft")),
    (TEXT, "tint", ("ink", "soft", "deep", "accent")),
    (TEXT, "mark", ("ink", "soft", "deep", "accent")),
    (TEXT, "cover", ("on-cover", "on-cover-soft")),
    (TEXT, "notice", ("on-notice",)),
    (SHAPE, "paper", ("focus", "undone", "chart-1", "chart-2", "chart-3", "chart-4")),
    (SHAPE, "tint", ("focus",)),
    (SHAPE, "cover", ("on-cover-focus",)),
)
"""What stands on which ground, by the names of the stylesheet's properties."""


def contrasts(page: HtmlElement) -> Iterator[str]:
    """Each colour against its ground, in the daylight and in the dark."""
    css = written(page)
    for scheme, colours in schemes(css).items():
        for least, ground, names in PAIRS:
            for name in names:
                if name not in colours or ground not in colours:
                    yield f"the stylesheet has no colour --{name} on --{ground} ({scheme})"
                elif (found := contrast(colours[name], colours[ground])) < least:
                    yield f"--{name} on --{ground} has a contrast of {found:.2f}, not {least} ({scheme})"


def focus(page: HtmlElement) -> Iterator[str]:
    css = written(page)
    if not _FOCUS.search(css):
        yield "no outline is drawn around what has the focus"
    for selector in _NO_OUTLINE.findall(css):
        yield f"the outline of {selector.strip().rpartition('}')[2].strip()} is taken away"


def motion(page: HtmlElement) -> Iterator[str]:
    for found in _MOTION.findall(_CALM.sub("", written(page))):
        yield f"“{found}” moves things also for readers who asked for rest"


def paper(page: HtmlElement) -> Iterator[str]:
    css = written(page)
    if not _PRINT.search(css) or not _PAGE.search(css):
        yield "there is no stylesheet for paper (@media print, and @page of size A4)"
    for query, _ in _DARK.findall(css):
        if "screen" not in query:
            yield "the dark colours would be printed"


def written(page: HtmlElement) -> str:
    """The stylesheets of a page without their comments and typefaces."""
    css = "\n".join(style.text or "" for style in page.iter("style"))
    return re.sub(r"/\*.*?\*/|@font-face\s*\{[^{}]*\}", "", css, flags=re.DOTALL)


# -- Colours ---------------------------------------------------------------------------------------------------------


def schemes(css: str) -> Mapping[str, Mapping[str, str]]:
    """The colours of a stylesheet by name, in the daylight and in the dark."""
    light = dict(_PROPERTY.findall(" ".join(_ROOT.findall(css))))
    dark = light | dict(_PROPERTY.findall(" ".join(inside for _, inside in _DARK.findall(css))))
    return {"light": _resolved(light), "dark": _resolved(dark)}


def _resolved(properties: Mapping[str, str]) -> dict[str, str]:
    """Properties whose value is a colour of six digits, if by way of another."""
    values = {
        name: _VARIABLE.sub(lambda other: properties.get(other[1], ""), value).strip()
        for name, value in properties.items()
    }
    return {name: value for name, value in values.items() if _COLOUR.fullmatch(value)}


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21, as WCAG 2.2 reckons it."""
    dark, light = sorted(map(_luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
