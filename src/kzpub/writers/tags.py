"""The tag tree of a PDF, made by HTML element and not by box, so that what crosses pages stays one element.

It takes the place of WeasyPrint's own (``weasyprint.pdf.add_tags``), from the same marked content: every text and image
that was drawn on a page has a number there. Running heads and feet, and the headers that a table repeats on its next
page, become artifacts. The roles are those of ISO 32000-1, 14.8.4.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pydyf

ROLES: Mapping[str, tuple[str, ...]] = {
    "header": ("Div",), "main": ("Part",), "section": ("Sect",), "nav": ("Sect",), "figure": ("Div",),
    "blockquote": ("BlockQuote",), "h1": ("H1",), "h2": ("H2",), "h3": ("H3",), "h4": ("H4",), "h5": ("H5",),
    "p": ("P",), "pre": ("P", "Code"), "code": ("Code",), "a": ("Link",), "img": ("Figure",),
    "{http://www.w3.org/2000/svg}svg": ("Figure",), "ul": ("L",), "ol": ("L",), "li": ("LI", "LBody"),
    "table": ("Table",), "thead": ("THead",), "tbody": ("TBody",), "tfoot": ("TFoot",), "tr": ("TR",), "th": ("TH",),
    "td": ("TD",), "caption": ("Caption",), "figcaption": ("Caption",), "span::footnote-call": ("Reference",),
    "span::footnote-marker": ("Lbl",), "br": ("Span",),
}  # fmt: skip
"""The roles of each HTML element and pseudo-element, outer first; any other has none, unless it has a language."""

_CONTENTS = {"ul": ("TOC",), "ol": ("TOC",), "li": ("TOCI",)}
_GROUPS = frozenset(("Document", "Part", "Sect", "Div", "BlockQuote", "L", "LI", "TOC", "TOCI", "Table", "TR"))
"""Roles that hold no text of their own."""


@dataclass(eq=False, slots=True)
class _Node:
    """An element of the tree: its dictionary, its role and language, where it begins, whether it is in the contents."""

    dictionary: Any
    role: str
    language: str
    page: int
    contents: bool = False


@dataclass(slots=True)
class _Tree:
    """The tree of one file, and what is known of the page that is being added."""

    pdf: Any
    pages: tuple[bytes, ...]
    nodes: dict[tuple[int, str], _Node] = field(default_factory=dict)
    numbers: list[dict[int, Any]] = field(default_factory=list)
    links: list[tuple[_Node, Any]] = field(default_factory=list)
    marked: dict[Any, Any] = field(default_factory=dict)
    artifacts: set[int] = field(default_factory=set)

    def walk(self, box: Any, parent: _Node) -> None:
        """Add a box and all that it holds."""
        box = getattr(box, "_box", box)  # what is placed absolutely
        if type(box).__name__ == "MarginBox" or self._repeated(box):
            self.artifacts.update(self._numbers(box))
            return
        node = parent if box.element is None else self._node(box, parent)
        if annotation := getattr(box, "link_annotation", None):
            self._link(annotation, box.element, node)
        if box in self.marked:
            self._content(self.marked.pop(box)["mcid"], node)
        for child in getattr(box, "children", ()):
            self.walk(child, node)

    def _numbers(self, box: Any) -> Iterator[int]:
        if box in self.marked:
            yield self.marked.pop(box)["mcid"]
        for child in getattr(box, "children", ()):
            yield from self._numbers(child)

    def _repeated(self, box: Any) -> bool:
        """Whether this is the header of a table that an earlier page has shown already."""
        known = self.nodes.get((id(box.element), "thead")) if box.element_tag == "thead" else None
        return known is not None and known.page < len(self.numbers) - 1

    # -- Elements ----------------------------------------------------------------------------------------------------

    def _node(self, box: Any, parent: _Node) -> _Node:
        """What a box belongs to: its element's own node, made when its first box comes, or its parent's."""
        element, tag = box.element, box.element_tag
        if known := self.nodes.get((id(element), tag)):
            return known
        if tag == "li::marker":  # drawn after the item, and read before it
            item = self.nodes.get((id(element), "LI"), parent)
            node = self.new("Lbl", item, element)
            item.dictionary["K"].insert(0, item.dictionary["K"].pop())
        else:
            node = parent
            for role in _roles(element, tag, parent):
                node = self.new(role, node, element)
                self.nodes[id(element), role] = node
        if tag == "span::footnote-call":  # its note is read after it, wherever it stands on the page
            self.nodes[id(element), "span"] = self.new("Note", parent, element)
        if tag == "nav" and "contents" in element.get("class", "").split():
            node.contents = True
        self.nodes[id(element), tag] = node
        return node

    def new(self, role: str, parent: _Node | None, element: Any) -> _Node:
        """A new element under another, with what its role needs."""
        dictionary = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{role}", "K": pydyf.Array()})
        self.pdf.add_object(dictionary)
        language = (element.get("lang") if element is not None else None) or (parent.language if parent else "")
        page = max(len(self.numbers) - 1, 0)
        if parent:
            dictionary["P"] = parent.dictionary.reference
            dictionary["Pg"] = self.pages[page]
            parent.dictionary["K"].append(dictionary.reference)
            if language != parent.language:
                dictionary["Lang"] = pydyf.String(language)
        _describe(dictionary, role, element)
        return _Node(dictionary, role, language, page, parent is not None and parent.contents)

    # -- Content -----------------------------------------------------------------------------------------------------

    def _content(self, number: int, node: _Node) -> None:
        """Marked content goes to its element; a group gets a paragraph for it."""
        owner = self.new("P", node, None) if node.role in _GROUPS else node
        page = len(self.numbers) - 1
        here = owner.page == page
        place = number if here else pydyf.Dictionary({
            "Type": "/MCR", "Pg": self.pages[page], "MCID": number,
        })  # fmt: skip
        owner.dictionary["K"].append(place)
        self.numbers[page][number] = owner.dictionary.reference

    def _link(self, annotation: Any, element: Any, node: _Node) -> None:
        page = self.pages[len(self.numbers) - 1]
        reference = pydyf.Dictionary({"Type": "/OBJR", "Obj": annotation.reference, "Pg": page})
        self.pdf.add_object(reference)
        node.dictionary["K"].append(reference.reference)
        annotation["Contents"] = pydyf.String(" ".join("".join(element.itertext()).split()))
        self.links.append((node, annotation))


def _roles(element: Any, tag: str, parent: _Node) -> tuple[str, ...]:
    """The roles of an element, outer first."""
    if parent.contents and tag in _CONTENTS:
        return _CONTENTS[tag]
    if tag in ROLES:
        return ROLES[tag]
    language = element.get("lang")
    return ("Span",) if tag == "span" and language and language != parent.language else ()


def _describe(dictionary: Any, role: str, element: Any) -> None:
    """What an element of some roles has to say: its alternative text, its scope, its identifier."""
    if role == "Figure":
        title = element.find("{http://www.w3.org/2000/svg}title")
        alt = element.get("alt") if title is None else title.text
        dictionary["Alt"] = pydyf.String(alt or "")
    elif role == "TH":
        scope = "Row" if element.get("scope") == "row" else "Column"
        dictionary["A"] = pydyf.Dictionary({"O": "/Table", "Scope": f"/{scope}"})
    elif role == "L":
        numbering = "Decimal" if element.tag == "ol" else "Disc"
        dictionary["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": f"/{numbering}"})
    elif role == "Span" and element is not None and element.tag == "br":
        dictionary["ActualText"] = pydyf.String("\n")
    elif role == "P" and element is not None and element.get("class") == "draft":
        dictionary["ID"] = pydyf.String("draft")  # by which it is known, whatever the file is called
    elif role == "Note":
        dictionary["ID"] = pydyf.String(f"note-{dictionary.number}")


# -- The file --------------------------------------------------------------------------------------------------------


def add_tags(pdf: Any, document: Any, pdf_version: Any, page_streams: Any) -> None:  # noqa: ARG001
    """Give a file its tag tree. ``weasyprint.pdf`` calls this by name, once all its pages are drawn."""
    tree = _Tree(pdf, pdf.page_references)
    root = tree.new("Document", None, document.pages[0]._page_box.element)
    for page, stream in zip(document.pages, page_streams, strict=True):
        tree.numbers.append({})
        tree.marked, tree.artifacts = stream._tags, set()
        tree.walk(page._page_box, root)
        assert not tree.marked
        _set_apart(stream, tree.artifacts)
    parents = pydyf.Dictionary({"Nums": pydyf.Array(_parents(tree))})
    pdf.add_object(parents)
    structure = pydyf.Dictionary({
        "Type": "/StructTreeRoot", "ParentTree": parents.reference, "K": pydyf.Array([root.dictionary.reference]),
        "ParentTreeNextKey": len(tree.numbers) + len(tree.links),
    })  # fmt: skip
    pdf.add_object(structure)
    root.dictionary["P"] = structure.reference
    pdf.catalog["StructTreeRoot"] = structure.reference
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


def _parents(tree: _Tree) -> Iterator[Any]:
    """The parent tree: for each page its marked content in order, then each link."""
    for page, found in enumerate(tree.numbers):
        yield page
        yield pydyf.Array([found.get(number, "null") for number in range(max(found, default=-1) + 1)])
    for key, (node, annotation) in enumerate(tree.links, len(tree.numbers)):
        annotation["StructParent"] = key
        yield key
        yield node.dictionary.reference


def _set_apart(stream: Any, artifacts: set[int]) -> None:
    """Marked content that is no part of the tree is marked as an artifact in the page's own stream."""
    operators = stream.stream
    for n, operator in enumerate(operators):
        if operator == b"BDC" and operators[n - 1].get("MCID") in artifacts:
            operators[n - 2] = "/Artifact"
            operators[n - 1] = pydyf.Dictionary({"Type": "/Pagination"})
