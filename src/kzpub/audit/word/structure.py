"""The parts of a Word file: headings, contents, lists, tables, notes and links that are what they look like."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from lxml import etree

from kzpub.audit.phrases import says_nothing
from kzpub.audit.word.file import MAIN, Element, WordFile, find, is_on, number, said, text, value

_HEADING = re.compile(r"heading (\d)")
_DEEPEST = 4
_A_HEADINGS_LENGTH = 12  # words: more in bold are a sentence that is stressed
_TYPED_BULLET = re.compile(r"[•·▪◦‣●○■□*-][ \u00a0\t]|–[ \u00a0\t]")
_TYPED_NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-zа-я])[.)][ \u00a0\t]")
_AS_TYPED = ("Code Block",)
_LOOKS = ("color", "sz", "szCs", "rFonts", "highlight", "u", "shd", "caps", "smallCaps")
_A4 = ("11906", "16838")


def headings(word: WordFile) -> Iterator[str]:
    """One title, then headings of levels 1 to 4 that skip none; nothing else looks like one."""
    titles = [each for each in find(word.body, ".//w:p") if word.style_of(each) == "Title"]
    if len(titles) != 1:
        yield f"{len(titles)} paragraphs have the style Title instead of one"
    found = [(int(match[1]), each) for each in find(word.body, ".//w:p") if (match := _level(word, each))]
    for (before, _), (level, paragraph) in pairwise([(0, word.body), *found]):
        if level > min(before + 1, _DEEPEST):
            yield f"“{said(paragraph)}” is of level {level}, after level {before}"
    yield from (f"a heading of level {level} is empty" for level, each in found if not said(each))
    for level, paragraph in found:
        if _outline(word, paragraph) != str(level - 1):
            yield f"“{said(paragraph)}” stands at another level in Word’s outline"
    for paragraph in find(word.body, "w:p"):
        if not _level(word, paragraph) and (_outline(word, paragraph) or _only_looks(word, paragraph)):
            yield f"“{said(paragraph)}” looks like a heading, and has the style {word.style_of(paragraph)}"


def _level(word: WordFile, paragraph: Element) -> re.Match[str] | None:
    return _HEADING.fullmatch(word.style_of(paragraph))


def _outline(word: WordFile, paragraph: Element) -> str:
    return next(filter(None, (value(each, "w:outlineLvl") for each in word.properties(paragraph))), "")


def _only_looks(word: WordFile, paragraph: Element) -> bool:
    """A short line of text, all of it bold, without a mark at its end."""
    runs = [each for each in find(paragraph, ".//w:r[w:t]") if text(each).strip()]
    shown = said(paragraph)
    bold = all(any(is_on(each, "w:b") for each in word.run_properties(run)) for run in runs)
    short = len(shown.split()) <= _A_HEADINGS_LENGTH and shown[-1:] not in ".!?:;,…"
    return bool(runs) and bold and short and word.style_of(paragraph) in ("Normal", "Lead", "After Table")


def contents(word: WordFile) -> Iterator[str]:
    """One field of contents, whose entries are the headings of its levels and lead to them."""
    fields = [each.text or "" for each in find(word.body, ".//w:instrText") if (each.text or "").startswith(" TOC ")]
    if len(fields) != 1:
        yield f"it has {len(fields)} tables of contents instead of one"
        return
    deepest = int((re.findall(r'\\o "1-(\d)"', fields[0]) or "0")[0])
    wanted = [each for each in find(word.body, ".//w:p") if (match := _level(word, each)) and int(match[1]) <= deepest]
    entries = [each for each in find(word.body, ".//w:p") if word.style_of(each).lower().startswith("toc ")]
    entries = [each for each in entries if find(each, ".//w:hyperlink")]
    if [text(each) for each in entries] != [text(each) for each in wanted]:
        yield "its contents are not its headings"
    for entry, heading in zip(entries, wanted, strict=False):
        if value(entry, ".//w:hyperlink", "w:anchor") not in _names(heading):
            yield f"the entry “{said(entry)}” leads elsewhere"


def _names(element: Element) -> set[str]:
    return {value(each, ".", "w:name") for each in find(element, ".//w:bookmarkStart")}


def lists(word: WordFile) -> Iterator[str]:
    """Bullets and numbers are Word’s; none is typed, and each list has a numbering that is there."""
    known = _numberings(word)
    for name, paragraph in word.paragraphs():
        listed = next(filter(None, (value(each, "w:numPr/w:numId") for each in word.properties(paragraph))), "0")
        style, shown = word.style_of(paragraph), text(paragraph).lstrip()
        if listed not in known | {"0"}:
            yield f"“{said(paragraph)}” is of a list that is not there"
        if listed == "0" and style.startswith(("List Bullet", "List Number")):
            yield f"“{said(paragraph)}” has the style of a list and no bullet or number"
        free = listed == "0" and style not in _AS_TYPED
        in_cell = next(paragraph.iterancestors("{*}tc"), None) is not None
        if free and (_TYPED_BULLET.match(shown) or (_TYPED_NUMBER.match(shown) and name == MAIN and not in_cell)):
            yield f"“{said(paragraph)}” begins with a bullet or a number that is typed"


def _numberings(word: WordFile) -> set[str]:
    """The identifiers of numberings (§17.9.15) whose definition is there."""
    tree = word.trees.get("word/numbering.xml")
    if tree is None:
        return set()
    defined = {value(each, ".", "w:abstractNumId") for each in find(tree, "w:abstractNum[w:lvl]")}
    return {value(each, ".", "w:numId") for each in find(tree, "w:num") if value(each, "w:abstractNumId") in defined}


def tables(word: WordFile) -> Iterator[str]:
    """A table of data has one header row that is marked and repeated, whole rows, and a description; none is nested.

    A table of one cell is a frame around text.
    """
    for place, table in enumerate(find(word.body, ".//w:tbl"), 1):
        yield from (f"table {place} {cause}" for cause in _table(table))


def _table(table: Element) -> Iterator[str]:
    rows = find(table, "w:tr")
    widths = {sum(number(cell, "w:tcPr/w:gridSpan", otherwise=1) for cell in find(row, "w:tc")) for row in rows}
    marked = [bool(is_on(row, "w:trPr/w:tblHeader")) for row in rows]
    if find(table, ".//w:tbl"):
        yield "has a table in a cell"
    if find(table, ".//w:vMerge | .//w:gridSpan"):
        yield "has merged cells"
    if widths != {len(find(table, "w:tblGrid/w:gridCol"))}:
        yield "has rows of different lengths"
    if any(not is_on(row, "w:trPr/w:cantSplit") for row in rows):
        yield "has rows that a page may break"
    if (len(rows), widths) == (1, {1}):
        return
    if not value(table, "w:tblPr/w:tblCaption"):
        yield "has no title for readers who do not see it"
    if marked != [True] + [False] * (len(rows) - 1):
        yield "has no header row that is marked as one, or several"
    if value(table, "w:tblPr/w:tblLook", "w:firstRow") != "1" or not find(rows[0], "w:trPr/w:cnfStyle[@w:firstRow=1]"):
        yield "does not say to its style which row is the header"
    if not all(said(cell) for cell in find(rows[0], "w:tc")):
        yield "has a column without a header"
    if not value(table, "w:tblPr/w:tblDescription"):
        yield "has no description for readers who do not see it"


# -- Space, and how things look ---------------------------------------------------------------------------------------


def spacing(word: WordFile) -> Iterator[str]:
    """No empty paragraph stands for space; one between two tables, or after the last, is what the format demands."""
    for name, paragraph in word.paragraphs():
        shown = find(paragraph, ".//w:t | .//w:drawing | .//w:separator | .//w:continuationSeparator | .//w:fldChar")
        if not shown and not _demanded(paragraph):
            after = paragraph.getprevious()
            yield f"{name} has an empty paragraph after “{'' if after is None else said(after)}”"


def _demanded(paragraph: Element) -> bool:
    before, after = paragraph.getprevious(), paragraph.getnext()
    if before is not None and etree.QName(before).localname == "tbl":
        return after is None or etree.QName(after).localname in ("tbl", "sectPr")
    parent = paragraph.getparent()
    return parent is not None and etree.QName(parent).localname == "tc" and len(find(parent, "w:p")) == 1


def layout(word: WordFile) -> Iterator[str]:
    """No tabs, no rows of spaces, no line breaks at an end or in a row: words stand where styles put them."""
    for _, paragraph in word.paragraphs():
        if word.style_of(paragraph) in _AS_TYPED:
            continue
        shown, trimmed = text(paragraph), text(paragraph).strip(" ")
        if "\t" in shown:
            yield f"“{said(paragraph)}” has a tab"
        if re.search(r"[ \u00a0]{2}", shown):
            yield f"“{said(paragraph)}” has spaces in a row"
        if trimmed != trimmed.strip("\n") or re.search(r"\n\s*\n", shown):
            yield f"“{said(paragraph)}” has line breaks for space"


def styled(word: WordFile) -> Iterator[str]:
    """Every look is that of a style that is there: no colours, sizes or typefaces set by hand, nothing hidden."""
    for name, tree in (*word.stories().items(), ("word/styles.xml", word.trees["word/styles.xml"])):
        if any(is_on(each, ".") for each in find(tree, ".//w:vanish | .//w:webHidden")):
            yield f"{name} has hidden text"
    for name, tree in word.stories().items():
        for each in find(tree, ".//w:pStyle | .//w:rStyle | .//w:tblStyle"):
            if value(each, ".") not in word.styles:
                yield f"{name} uses the style {value(each, '.')}, which is not there"
        for run in find(tree, ".//w:r[w:t][w:rPr]"):
            set_by_hand = [look for look in _LOOKS if find(run, f"w:rPr/w:{look}")]
            if set_by_hand:
                yield f"“{said(run)}” has a look of its own ({', '.join(set_by_hand)})"
    yield from (f"“{said(each)}” has no style" for _, each in word.paragraphs() if _bare(each))


def _bare(paragraph: Element) -> bool:
    return bool(said(paragraph)) and not find(paragraph, "w:pPr/w:pStyle")


def pages(word: WordFile) -> Iterator[str]:
    """A4; no lone lines; a heading, and the caption of a table, stay with what follows."""
    for size in find(word.body, ".//w:sectPr"):
        if (value(size, "w:pgSz", "w:w"), value(size, "w:pgSz", "w:h")) != _A4:
            yield "a section is not of A4 paper"
    for _, paragraph in word.paragraphs():
        follows = _level(word, paragraph) or word.style_of(paragraph) == "caption"
        if follows and not _switched(word, paragraph, "w:keepNext"):
            yield f"“{said(paragraph)}” may stand alone at the foot of a page"
        if not _switched(word, paragraph, "w:widowControl") and said(paragraph):
            yield f"“{said(paragraph)}” may leave a line alone on a page"


def _switched(word: WordFile, paragraph: Element, name: str) -> bool:
    return bool(next((on for each in word.properties(paragraph) if (on := is_on(each, name)) is not None), False))


# -- Notes and links --------------------------------------------------------------------------------------------------


def notes(word: WordFile) -> Iterator[str]:
    """Each call has its note with its mark, each note one call, in one order."""
    called = [value(each, ".", "w:id") for each in find(word.body, ".//w:footnoteReference")]
    tree = word.trees.get("word/footnotes.xml")
    written = [] if tree is None else find(tree, "w:footnote[not(@w:type)]")
    there = [value(each, ".", "w:id") for each in written]
    yield from (f"note {each} is called and is not there" for each in called if each not in there)
    yield from (f"note {each} is not called" for each in there if each not in called)
    yield from (f"note {each} is called {times} times" for each, times in Counter(called).items() if times > 1)
    if sorted(called) == sorted(there) and called != there:
        yield "its notes stand in another order than their calls"
    for note in written:
        if not said(note) or not find(note, ".//w:footnoteRef"):
            yield f"note {value(note, '.', 'w:id')} has no text, or no mark"


def links(word: WordFile) -> Iterator[str]:
    """A link leads to a bookmark or a web address that is there, and its text says something."""
    names = [
        value(each, ".", "w:name") for tree in word.stories().values() for each in find(tree, ".//w:bookmarkStart")
    ]
    yield from (f"the bookmark {name} is there {times} times" for name, times in Counter(names).items() if times > 1)
    for part, tree in word.stories().items():
        for link in find(tree, ".//w:hyperlink"):
            if cause := _lost(word, part, link, names):
                yield f"the link “{said(link)}” {cause}"
            if says_nothing(said(link)):
                yield f"the link “{said(link)}” does not say where it leads"


def _lost(word: WordFile, part: str, link: Element, names: list[str]) -> str:
    anchor = value(link, ".", "w:anchor")
    relation = word.relations(part).get(value(link, ".", "r:id"))
    if anchor:
        return "" if anchor in names else f"leads to {anchor}, which is not there"
    if relation is None:
        return "leads nowhere"
    return "" if re.match(r"https?://\w|mailto:\w", relation.target) else f"leads to {relation.target}"
