"""The package of a Word file: an orderly archive whose properties name nobody, without anything active or foreign."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from kzpub import fonts, packages
from kzpub.audit.word.file import Element, Relation, WordFile, find, text, value
from kzpub.languages import LANGUAGES

_FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)
_ACTIVE = re.compile(r"vbaProject|vbaData|activeX|ctrlProps|oleObject|\.(?:bin|exe|js|vbs)$", re.IGNORECASE)
_ACTIVE_TYPE = re.compile(r"macroEnabled|vbaProject|activeX|oleObject", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"')
_FETCHING = re.compile(r"\b(?:INCLUDE\w*|DDE\w*|LINK|IMPORT|DATABASE|MACROBUTTON)\b", re.IGNORECASE)
REVISIONS = ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "proofErr")
_REVISED = " | ".join(f".//w:{name}" for name in REVISIONS)
_WORK_PARTS = re.compile(
    r"word/(?:comments\w*|people|stylesWithEffects)\.xml|docProps/(?:app|custom)\.xml|customXml/.*"
)
_MAKERS = ("dc:creator", "cp:lastModifiedBy", "dc:description", "cp:category", "cp:contentStatus")
_EMBEDDED = ("embedRegular", "embedBold", "embedItalic", "embedBoldItalic")


def orderly(word: WordFile) -> Iterator[str]:
    """The archive: one order, no times, no part twice, each with a type and something that refers to it."""
    names = [entry.filename for entry in word.entries]
    if names[:1] != ["[Content_Types].xml"] or names[1:] != sorted(names[1:], key=_order):
        yield "its parts are not in their fixed order"
    yield from (f"{name} is in it {times} times" for name, times in Counter(names).items() if times > 1)
    yield from (f"{e.filename} has a time of its own" for e in word.entries if e.date_time != _FIRST_MOMENT)
    yield from (f"{e.filename} has more than its content" for e in word.entries if e.extra or e.comment)
    types = word.trees["[Content_Types].xml"]
    named = {each.get("PartName", "").lstrip("/") for each in find(types, "ct:Override")}
    endings = tuple(f".{each.get('Extension')}" for each in find(types, "ct:Default"))
    yield from (f"{name} is listed, and is not there" for name in sorted(named - set(names)))
    used = {relation.target for part in ("", *names) for relation in word.relations(part).values()}
    for name in names[1:]:
        if name not in named and not name.endswith(endings):
            yield f"{name} has no type"
        if name not in used and not name.endswith(".rels"):
            yield f"nothing refers to {name}"


def _order(name: str) -> tuple[bool, str]:
    return not name.startswith("_rels"), name


def without_externals(word: WordFile) -> Iterator[str]:
    """Nothing but hyperlinks leads out of the file; what is referred to inside is there."""
    for part, relation in _relations(word):
        if relation.external and relation.kind != "hyperlink":
            yield f"{part} takes a {relation.kind} from {relation.target}"
        if not relation.external and relation.target not in word.parts:
            yield f"{part} refers to {relation.target}, which is not there"
    for name, tree in word.stories().items():
        codes = [value(each, ".", "w:instr") for each in find(tree, ".//w:fldSimple")]
        codes += ["".join(each.text or "" for each in find(line, ".//w:instrText")) for line in find(tree, ".//w:p")]
        yield from (
            f"{name} has the field “{code.strip()}”" for code in codes if _FETCHING.search(_QUOTED.sub("", code))
        )
        yield from (f"{name} has a part in a format of its own" for _ in find(tree, ".//w:altChunk"))


def _relations(word: WordFile) -> Iterator[tuple[str, Relation]]:
    for part in ("", *word.parts):
        yield from ((part or "the package", relation) for relation in word.relations(part).values())


def without_macros(word: WordFile) -> Iterator[str]:
    """No part, and no type of a part, that can do something."""
    yield from (f"{name} can run" for name in word.parts if _ACTIVE.search(name))
    types = find(word.trees["[Content_Types].xml"], "ct:Default | ct:Override")
    kinds = {each.get("ContentType", "") for each in types}
    yield from (f"it has a part of the type {kind}" for kind in sorted(kinds) if _ACTIVE_TYPE.search(kind))


# -- Properties -------------------------------------------------------------------------------------------------------


def described(word: WordFile) -> Iterator[str]:
    """Title and language are in the properties, and are those of the text."""
    core = word.trees.get("docProps/core.xml")
    if core is None:
        yield "it has no properties"
        return
    title, language = (_written(core, path) for path in ("dc:title", "dc:language"))
    shown = [" ".join(text(each).split()) for _, each in word.paragraphs() if word.style_of(each) == "Title"]
    if " ".join(title.split()) not in shown or not title:
        yield f"its title is “{title}”, and the text begins with “{''.join(shown[:1])}”"
    if language != (wanted := LANGUAGES[word.finished.language].region_tag):
        yield f"its language is “{language}” instead of {wanted}"


def nameless(word: WordFile) -> Iterator[str]:
    """No author, no tool, no comment, no trace of changes, in the file and in the workbooks of its charts."""
    for name, core in _properties(word):
        for path in _MAKERS:
            if written := _written(core, path):
                yield f"{name} has “{written}” as {path.partition(':')[2]}"
    yield from (f"it has {name}" for name in word.parts if _WORK_PARTS.fullmatch(name))
    for name, tree in word.trees.items():
        yield from (f"{name} has a mark of a change ({etree.QName(each).localname})" for each in find(tree, _REVISED))
        if any("rsid" in str(key) for each in tree.iter(etree.Element) for key in each.attrib):
            yield f"{name} has marks of editing sessions (rsid)"


def _properties(word: WordFile) -> Iterator[tuple[str, Element]]:
    """The core properties of the file, and of each workbook in it."""
    if "docProps/core.xml" in word.trees:
        yield "the file", word.trees["docProps/core.xml"]
    for name, data in word.parts.items():
        if name.endswith(".xlsx"):
            try:
                yield name, etree.fromstring(packages.unpacked(data)[1]["docProps/core.xml"])
            except (ValueError, etree.XMLSyntaxError, KeyError):
                continue  # what has no properties names nobody; whether it opens is for others to say


def _written(tree: Element, path: str) -> str:
    return "".join((each.text or "").strip() for each in find(tree, path))


# -- Typefaces --------------------------------------------------------------------------------------------------------


def embedded(word: WordFile) -> Iterator[str]:
    """Every typeface that the text uses is in the file, opens, and has the characters that the text needs."""
    table = word.trees.get("word/fontTable.xml")
    if table is None:
        yield "it has no typefaces"
        return
    listed = {value(font, ".", "w:name"): font for font in find(table, "w:font")}
    shown = _characters(word)
    for family in sorted(_families(word)):
        if family not in listed:
            yield f"the typeface {family} is not in it"
        else:
            yield from _missing(word, listed[family], family, shown)


def _families(word: WordFile) -> set[str]:
    """What styles, runs and lists name, by any of the four attributes of §17.3.2.26."""
    trees = [word.trees["word/styles.xml"], *word.stories().values()]
    trees += [tree for name, tree in word.trees.items() if name == "word/numbering.xml"]
    used = (each for tree in trees for each in find(tree, ".//w:rFonts"))
    return {str(name) for each in used for key, name in each.attrib.items() if "heme" not in str(key)}


def _missing(word: WordFile, font: Element, family: str, shown: frozenset[int]) -> Iterator[str]:
    relations = word.relations("word/fontTable.xml")
    for style in _EMBEDDED:
        face = find(font, f"w:{style}")
        relation = relations.get(value(font, f"w:{style}", "r:id"))
        if not face or relation is None or relation.target not in word.parts:
            yield f"the typeface {family} is not in it ({style})"
            continue
        try:
            there = fonts.characters(_plain(word.parts[relation.target], value(face[0], ".", "w:fontKey")))
        except ValueError:
            yield f"the typeface {family} cannot be read ({style})"
            continue
        if lacking := "".join(map(chr, sorted(shown - there)))[:20]:
            yield f"the typeface {family} lacks {lacking} ({style})"


def _plain(font: bytes, key: str) -> bytes:
    """§17.8.1: the first 32 bytes are combined with the key, last byte first."""
    mask = bytes.fromhex(key.strip("{}").replace("-", ""))[::-1] * 2
    return bytes(a ^ b for a, b in zip(font[:32], mask, strict=True)) + font[32:]


def _characters(word: WordFile) -> frozenset[int]:
    shown = "".join(each.text or "" for tree in word.stories().values() for each in find(tree, ".//w:t"))
    return frozenset(ord(character) for character in shown if character.isprintable() and not character.isspace())
