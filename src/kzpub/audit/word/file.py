"""A finished Word file opened for its checks: its parts, its relations, and what a paragraph or a run inherits.

Section numbers in ``audit/word*`` are those of ECMA-376, part 1.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from kzpub import packages
from kzpub.audit.checking import Finished
from kzpub.errors import Place, fail

Element = etree._Element

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "dc": "http://purl.org/dc/elements/1.1/",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
    "ct": "http://schemas.openxmlformats.org/package/2006/content-types",
}
MAIN = "word/document.xml"
_STORY = re.compile(r"word/(document|footnotes|endnotes|header\d*|footer\d*)\.xml")
_XML = (".xml", ".rels")
_CHARACTERS = {"noBreakHyphen": "-", "softHyphen": "", "tab": "\t", "br": "\n"}


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to: a path of the package, or an address outside of it."""

    id: str
    kind: str
    target: str
    external: bool


@dataclass(frozen=True, slots=True)
class Style:
    """A style (§17.7.4.17) by the name that Word shows, and all that it and those it is based on set, nearest first."""

    id: str
    name: str
    kind: str
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class WordFile:
    """The package: bytes of all parts, the trees of those that are XML, styles by identifier."""

    finished: Finished
    entries: tuple[zipfile.ZipInfo, ...]
    parts: Mapping[str, bytes]
    trees: Mapping[str, Element]
    styles: Mapping[str, Style] = field(default_factory=dict)

    @property
    def body(self) -> Element:
        return find(self.trees[MAIN], "w:body")[0]

    def stories(self) -> dict[str, Element]:
        """The parts that hold running text: the document, its notes, headers and footers."""
        return {name: tree for name, tree in self.trees.items() if _STORY.fullmatch(name)}

    def paragraphs(self) -> Iterator[tuple[str, Element]]:
        """All paragraphs of all stories, each with the name of its part."""
        for name, tree in self.stories().items():
            yield from ((name, each) for each in find(tree, ".//w:p"))

    def relations(self, part: str) -> dict[str, Relation]:
        """What a part refers to, by identifier; ``""`` is the package."""
        folder, name = posixpath.split(part)
        tree = self.trees.get(posixpath.join(folder, "_rels", f"{name}.rels"))
        found = () if tree is None else (_relation(each, folder) for each in find(tree, "rel:Relationship"))
        return {relation.id: relation for relation in found}

    def style_of(self, paragraph: Element) -> str:
        """The name of a paragraph's style; “Normal” where it has none."""
        style = self.styles.get(value(paragraph, "w:pPr/w:pStyle"))
        return style.name if style else "Normal"

    def properties(self, paragraph: Element) -> Iterator[Element]:
        """What a paragraph and its style set (``w:pPr``), nearest first, then the defaults of the document."""
        yield from find(paragraph, "w:pPr")
        yield from self._of_style(value(paragraph, "w:pPr/w:pStyle") or self._default(), "w:pPr")
        yield from find(self.trees["word/styles.xml"], "w:docDefaults/w:pPrDefault/w:pPr")

    def run_properties(self, run: Element) -> Iterator[Element]:
        """What a run, its style, and its paragraph's style set (``w:rPr``), nearest first, then the defaults."""
        yield from find(run, "w:rPr")
        yield from self._of_style(value(run, "w:rPr/w:rStyle"), "w:rPr")
        paragraph = next(run.iterancestors(tag("w:p")))
        yield from self._of_style(value(paragraph, "w:pPr/w:pStyle") or self._default(), "w:rPr")
        yield from find(self.trees["word/styles.xml"], "w:docDefaults/w:rPrDefault/w:rPr")

    def _of_style(self, identifier: str, path: str) -> Iterator[Element]:
        style = self.styles.get(identifier)
        for element in style.elements if style else ():
            yield from find(element, path)

    def _default(self) -> str:
        return next((each.id for each in self.styles.values() if each.name == "Normal"), "")

    def language_of(self, run: Element) -> str:
        """The language tag of a run (§17.3.2.20), by whatever sets it; empty where nothing does."""
        return next(filter(None, (value(each, "w:lang") for each in self.run_properties(run))), "")


# -- Opening ----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=2)
def opened(finished: Finished) -> WordFile:
    """The file with its styles. Raises ``KzpubError`` if it is not a Word file with well-formed parts."""
    try:
        entries, parts = packages.unpacked(finished.data)
        trees = {name: etree.fromstring(data) for name, data in parts.items() if name.endswith(_XML)}
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _damaged(finished, str(error)) from None
    if lost := {MAIN, "word/styles.xml", "[Content_Types].xml"} - set(trees):
        raise _damaged(finished, f"no {', '.join(sorted(lost))}")
    if not find(trees[MAIN], "w:body"):
        raise _damaged(finished, "no text")
    return WordFile(finished, entries, parts, trees, _styles(trees["word/styles.xml"]))


def _damaged(finished: Finished, why: str) -> Exception:
    return fail("docx-damaged", f"not a whole Word file: {why}", Place(finished.path.name), "build it again")


def _styles(tree: Element) -> dict[str, Style]:
    elements = {value(each, ".", "w:styleId"): each for each in find(tree, "w:style")}
    return {
        identifier: Style(identifier, value(each, "w:name"), value(each, ".", "w:type"), _lineage(identifier, elements))
        for identifier, each in elements.items()
    }


def _lineage(identifier: str, elements: Mapping[str, Element]) -> tuple[Element, ...]:
    """A style and those it is based on; a circle ends where it closes."""
    found: list[Element] = []
    while identifier in elements and elements[identifier] not in found:
        found.append(elements[identifier])
        identifier = value(elements[identifier], "w:basedOn")
    return tuple(found)


def _relation(element: Element, folder: str) -> Relation:
    target, external = element.get("Target", ""), element.get("TargetMode") == "External"
    path = target if external else posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return Relation(element.get("Id", ""), element.get("Type", "").rpartition("/")[2], path, external)


# -- XML --------------------------------------------------------------------------------------------------------------


def find(element: Element, path: str) -> list[Element]:
    """The elements at a path, with the usual prefixes."""
    found = element.xpath(path, namespaces=NAMESPACES)
    assert isinstance(found, list)
    return [each for each in found if isinstance(each, etree._Element)]


def tag(name: str) -> str:
    """A name such as ``w:p`` as lxml writes it."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def value(element: Element, path: str, attribute: str = "w:val") -> str:
    """An attribute of the first element at a path, or nothing."""
    found = find(element, path)
    return (found[0].get(tag(attribute)) or "") if found else ""


def number(element: Element, path: str, attribute: str = "w:val", *, otherwise: int) -> int:
    """An attribute that is a whole number; something else where it is none."""
    written = value(element, path, attribute)
    return int(written) if written.isascii() and written.isdigit() else otherwise


def is_on(element: Element, name: str) -> bool | None:
    """Whether a switch (§17.17.4) is set; ``None`` where it is not there."""
    found = find(element, name)
    return (value(found[0], ".") not in ("0", "false", "off", "none")) if found else None


def text(element: Element) -> str:
    """The characters that an element shows, a break as a line end."""
    shown = find(element, ".//w:t | .//w:noBreakHyphen | .//w:softHyphen | .//w:r/w:tab | .//w:br[not(@w:type)]")
    return "".join(_CHARACTERS.get(etree.QName(each).localname, each.text or "") for each in shown)


def said(element: Element) -> str:
    """The same in one line, without characters that nobody sees, short enough for a message."""
    shown = " ".join(re.sub("[\u00ad\u2060\u200b]", "", text(element)).split())
    return shown if len(shown) < 60 else f"{shown[:57]}…"
