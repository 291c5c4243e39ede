"""The colours of a Word file: text against what lies behind it, by the contrast of WCAG 2.2 (1.4.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kzpub.audit.word.file import Element, WordFile, find, is_on, number, said, tag, value

_INK, _PAPER = "000000", "FFFFFF"
_RGB = re.compile(r"[0-9A-Fa-f]{6}")
_LEAST, _LEAST_LARGE = 4.5, 3.0
_LARGE, _LARGE_BOLD, _USUAL = 36, 28, 20  # half points: 18 pt, 14 pt in bold, and what Word takes where nothing is set
_SCHEME = {"text1": "dk1", "background1": "lt1", "text2": "dk2", "background2": "lt2"}
_SCHEME |= {"dark1": "dk1", "light1": "lt1", "dark2": "dk2", "light2": "lt2"}
_SCHEME |= {"hyperlink": "hlink", "followedHyperlink": "folHlink"}


def contrasts(word: WordFile) -> Iterator[str]:
    """Text stands out by 4.5 : 1, large text by 3 : 1; so do the words of charts."""
    seen: set[tuple[str, str, bool]] = set()
    for _, paragraph in word.paragraphs():
        for run in find(paragraph, ".//w:r[w:t]"):
            behind = _behind(word, run, paragraph)
            colours = _colour(word, run, behind), behind, _is_large(word, run)
            if colours not in seen and said(run):
                seen.add(colours)
                yield from _judged(f"“{said(run)}”", *colours)
    for name, tree in word.trees.items():
        if name.startswith("word/charts/"):
            written = find(tree, ".//a:defRPr/a:solidFill/a:srgbClr | .//a:rPr/a:solidFill/a:srgbClr")
            for colour in sorted({each.get("val", "") for each in written if _RGB.fullmatch(each.get("val", ""))}):
                yield from _judged(f"{name}: text", colour, _PAPER, large=False)


def _judged(what: str, colour: str, behind: str, large: bool) -> Iterator[str]:
    least = _LEAST_LARGE if large else _LEAST
    if (found := contrast(colour, behind)) < least:
        yield f"{what} is #{colour} on #{behind}: {found:.1f} : 1 instead of {least} : 1"


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as WCAG 2.2 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


# -- What a run looks like --------------------------------------------------------------------------------------------


def _colour(word: WordFile, run: Element, behind: str) -> str:
    """The colour of a run; “auto” is black, or white on what is dark (§17.3.2.6)."""
    set_by = (each for properties in word.run_properties(run) for each in find(properties, "w:color"))
    found = next((_resolved(word, each, "w:val", "w:theme") for each in set_by), "")
    return found or max(_INK, _PAPER, key=lambda colour: contrast(colour, behind))


def _behind(word: WordFile, run: Element, paragraph: Element) -> str:
    """The shading of the run, of its paragraph, of its cell, or paper."""
    for properties in (*word.run_properties(run), *word.properties(paragraph), *_cells(paragraph)):
        for shading in find(properties, "w:shd"):
            if found := _resolved(word, shading, "w:fill", "w:themeFill"):
                return found
    return _PAPER


def _cells(paragraph: Element) -> Iterator[Element]:
    for cell in paragraph.iterancestors(tag("w:tc")):
        yield from find(cell, "w:tcPr")


def _resolved(word: WordFile, element: Element, attribute: str, theme: str) -> str:
    """A colour in six digits; a colour of the theme with its tint or shade (§17.3.2.6); nothing for “auto”."""
    if name := value(element, ".", f"{theme}Color" if theme == "w:theme" else theme):
        tint, shade = (_part(value(element, ".", f"{theme}{kind}")) for kind in ("Tint", "Shade"))
        return _mixed(_of_theme(word, name), tint, shade)
    written = value(element, ".", attribute)
    return written.upper() if _RGB.fullmatch(written) else ""


def _of_theme(word: WordFile, name: str) -> str:
    tree = word.trees.get("word/theme/theme1.xml")
    scheme = f".//a:clrScheme/*[local-name()='{_SCHEME.get(name, name)}']/*"
    found = [] if tree is None or not name.isalnum() else find(tree, scheme)
    written = "".join(each.get("lastClr") or each.get("val") or "" for each in found)
    return written.upper() if _RGB.fullmatch(written) else _INK


def _part(written: str) -> float:
    """Two hexadecimal digits as a part of one; all of it where there are none."""
    return int(written, 16) / 255 if re.fullmatch("[0-9A-Fa-f]{2}", written) else 1


def _mixed(colour: str, tint: float, shade: float) -> str:
    parts = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    return "".join(f"{round((255 - (255 - part) * tint) * shade):02X}" for part in parts)


def _is_large(word: WordFile, run: Element) -> bool:
    properties = list(word.run_properties(run))
    size = next(filter(None, (number(each, "w:sz", otherwise=0) for each in properties)), _USUAL)
    bold = next((on for each in properties if (on := is_on(each, "w:b")) is not None), False)
    return size >= (_LARGE_BOLD if bold else _LARGE)
