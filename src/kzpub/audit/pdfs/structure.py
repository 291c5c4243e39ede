"""A finished PDF as a reader's machine meets it: its tag tree, what is drawn on its pages, its links and bookmarks.

Read with pdfminer alone, from the file's own bytes; nothing here knows how the file was written.
"""

from __future__ import annotations

import io
import logging
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from lxml import etree
from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.pdfdocument import PDFDocument, PDFNoOutlines
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, PDFStream, resolve1
from pdfminer.psparser import PSLiteral

from kzpub.audit.checking import Finished
from kzpub.audit.pdfs.bounds import DRAWN, FIGURES, MOST_OBJECTS, BoundsError, bounded
from kzpub.audit.pdfs.portable import Bookmark, Element, Glyph, Link, Page, Portable, decoded, listed
from kzpub.errors import Place, fail

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"


@lru_cache(maxsize=2)
def read(data: bytes, name: str) -> Portable:
    """A PDF. Raises ``KzpubError`` for what is no whole PDF."""
    if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-1024:]:
        raise _unreadable(name, "it is not a whole PDF: its beginning or its end is missing")
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        with bounded():
            return _read(PDFDocument(PDFParser(io.BytesIO(data))))
    except Exception as error:  # a damaged file can run pdfminer into anything
        raise _unreadable(name, f"it cannot be read: {type(error).__name__}: {error}") from None


def of(finished: Finished) -> Portable:
    """What a finished file says. Raises ``KzpubError`` for one that cannot be read."""
    return read(finished.data, finished.path.name)


def _unreadable(name: str, cause: str) -> Exception:
    return fail("file-unreadable", f"{name}: {cause}", Place(name), "make it anew, or copy it again")


def _read(document: PDFDocument) -> Portable:
    _require_bounded(document)
    pages = list(PDFPage.create_pages(document))
    if sum(len(stream.get_data()) for page in pages for stream in map(resolve1, page.contents)) > DRAWN:
        raise BoundsError(f"its pages are drawn by more than {DRAWN:,} bytes")
    numbers = {page.pageid: number for number, page in enumerate(pages, 1)}
    links = {number: list(_links(page, document, numbers)) for number, page in enumerate(pages, 1)}
    drawn = _drawn(pages)
    marked: defaultdict[tuple[int, int], list[Glyph]] = defaultdict(list)
    for number, device in enumerate(drawn, 1):
        for glyph in device.glyphs:
            if glyph.mark is not None and not glyph.artifact:
                marked[number, glyph.mark].append(glyph)
    return Portable(
        tuple(
            Page(
                _size(page), page.rotate, tuple(device.glyphs), tuple(link for _, link in links[n]), tuple(device.drawn)
            )
            for n, (page, device) in enumerate(zip(pages, drawn, strict=True), 1)
        ),
        _tree(document, numbers, {id: link for found in links.values() for id, link in found}),
        tuple(_bookmarks(document, numbers)),
        document.catalog,
        {key: decoded(value) for info in document.info for key, value in info.items()},
        _metadata(document),
        list(_objects(document)),
        dict(marked),
    )


def _require_bounded(document: PDFDocument) -> None:
    """Raise ``BoundsError`` for more objects, or more in them once unpacked, than a file of ours could have."""
    counted = sum(max(0, many) for xref in document.xrefs for _, many in getattr(xref, "ranges", ()))
    if counted > MOST_OBJECTS:
        raise BoundsError(f"it says that it has {counted:,} objects")
    for number in {number for xref in document.xrefs for number in xref.get_objids()}:
        try:
            found = document.getobj(number)
            if isinstance(found, PDFStream):
                found.get_data()
        except BoundsError:
            raise
        except Exception:  # noqa: S112 — a number that is free, or what others will say more of
            continue


def _size(page: PDFPage) -> tuple[float, float]:
    x0, y0, x1, y1 = map(float, page.cropbox or page.mediabox)
    return (x1 - x0, y1 - y0) if page.rotate % 180 == 0 else (y1 - y0, x1 - x0)


# -- What is drawn ---------------------------------------------------------------------------------------------------


class _Device(PDFLayoutAnalyzer):
    """Notes every character of a page with the marked content around it."""

    def __init__(self, manager: PDFResourceManager) -> None:
        super().__init__(manager, laparams=None)
        self.glyphs: list[Glyph] = []
        self.drawn: list[int | None] = []
        self.marks: list[tuple[str, int | None]] = []
        self.figures = 0

    def begin_figure(self, *given: Any) -> None:
        self.figures += 1
        if self.figures > FIGURES:  # forms that show forms multiply
            raise BoundsError(f"a page shows more than {FIGURES:,} drawings")
        super().begin_figure(*given)

    def begin_tag(self, tag: PSLiteral, props: Any = None) -> None:
        number = props.get("MCID") if isinstance(props, dict) else None
        self.marks.append((str(tag.name), number if isinstance(number, int) else None))

    def end_tag(self) -> None:
        del self.marks[-1:]

    @property
    def _around(self) -> tuple[int | None, bool]:
        number = next((number for _, number in reversed(self.marks) if number is not None), None)
        return number, any(name == "Artifact" for name, _ in self.marks)

    def render_char(self, matrix: Any, font: Any, *rest: Any) -> float:
        width = super().render_char(matrix, font, *rest)
        made: Any = self.cur_item._objs.pop()
        colour = made.graphicstate.ncolor
        values = tuple(map(float, colour)) if isinstance(colour, (tuple, list)) else (float(colour or 0),)
        self.glyphs.append(
            Glyph(made.get_text(), rest[3], made.fontname, made.size, values, made.bbox, *self._around)
        )  # fmt: skip
        return width

    def paint_path(self, *_: Any) -> None:
        self._drawn()

    def render_image(self, *_: Any) -> None:
        self._drawn()

    def _drawn(self) -> None:
        number, artifact = self._around
        self.drawn += [] if artifact else [number]


def _drawn(pages: list[PDFPage]) -> list[_Device]:
    manager = PDFResourceManager()
    devices = []
    for page in pages:
        devices.append(_Device(manager))
        PDFPageInterpreter(manager, devices[-1]).process_page(page)
    return devices


# -- Links and bookmarks ---------------------------------------------------------------------------------------------


def _links(page: PDFPage, document: PDFDocument, numbers: dict[Any, int]) -> Iterator[tuple[int, Link]]:
    """The annotations of a page by the number of their objects."""
    for reference in listed(page.annots):
        found = resolve1(reference)
        action = resolve1(found.get("A")) or {}
        goal = found.get("Dest") or action.get("D")
        kind = decoded(found.get("Subtype")) + (f" {decoded(action.get('S'))}" if action else "")
        name, target = _destination(document, goal, numbers)
        says, address = decoded(found.get("Contents")), decoded(action.get("URI"))
        number = reference.objid if isinstance(reference, PDFObjRef) else -1
        yield number, Link(numbers[page.pageid], kind, says, name, address, target)


def _destination(document: PDFDocument, given: Any, numbers: dict[Any, int]) -> tuple[str, tuple[int, float] | None]:
    """The name of a place in the file, and the place itself if there is one."""
    goal, name = resolve1(given), ""
    if isinstance(goal, bytes | str | PSLiteral):
        name = decoded(goal)
        try:
            goal = resolve1(document.get_dest(goal.name if isinstance(goal, PSLiteral) else goal))
        except Exception:  # pdfminer has an exception of its own, and KeyError
            return name, None
    goal = goal.get("D") if isinstance(goal, dict) else goal
    if not isinstance(goal, list) or not goal or getattr(goal[0], "objid", None) not in numbers:
        return name, None
    height = goal[3] if len(goal) > 3 and isinstance(goal[3], int | float) else 0
    return name, (numbers[goal[0].objid], float(height))


def _bookmarks(document: PDFDocument, numbers: dict[Any, int]) -> Iterator[Bookmark]:
    try:
        for level, title, goal, action, _ in document.get_outlines():
            _, target = _destination(document, goal or (resolve1(action) or {}).get("D"), numbers)
            yield Bookmark(level, " ".join(str(title).split()), target)
    except PDFNoOutlines:
        return


# -- The tag tree, and what the file says of itself ------------------------------------------------------------------


def _tree(document: PDFDocument, numbers: dict[Any, int], links: dict[int, Link]) -> Element:
    """The tree as one element; a file without tags has an empty one. Raises ``ValueError`` if it is no tree."""
    root = resolve1(document.catalog.get("StructTreeRoot")) or {}
    roles = {key: decoded(value) for key, value in (resolve1(root.get("RoleMap")) or {}).items()}
    top = Element("StructTreeRoot", decoded(document.catalog.get("Lang")), None, root)
    waiting = [(top, root, None)]
    known: set[int] = set()
    while waiting:
        parent, said, page = waiting.pop()
        for given in listed(said.get("K")):
            kid = resolve1(given)
            if isinstance(kid, dict) and "S" in kid and isinstance(given, PDFObjRef):
                if given.objid in known:
                    raise ValueError("an element stands twice in the tag tree")
                known.add(given.objid)
            here = getattr(kid.get("Pg"), "objid", page) if isinstance(kid, dict) else page
            if isinstance(kid, int):
                parent.kids.append((numbers.get(page, 0), kid))
            elif "MCID" in kid:
                parent.kids.append((numbers.get(here, 0), kid["MCID"]))
            elif "Obj" in kid:
                parent.kids += [links[kid["Obj"].objid]] if kid["Obj"].objid in links else []
            else:
                role = decoded(kid.get("S"))
                language = decoded(kid.get("Lang")) or parent.language
                parent.kids.append(child := Element(roles.get(role, role), language, parent, kid))
                waiting.append((child, kid, here))
    return top


def _metadata(document: PDFDocument) -> dict[str, str]:
    """The properties in the first RDF of the XMP; no reader looks for another."""
    stream = resolve1(document.catalog.get("Metadata"))
    if not isinstance(stream, PDFStream):
        return {}
    root = etree.fromstring(stream.get_data(), etree.XMLParser(resolve_entities=False, no_network=True))
    first = next(root.iter(f"{RDF}RDF"), None)
    found: dict[str, str] = {}
    for description in [] if first is None else first.iter(f"{RDF}Description"):
        found |= {str(name): str(value) for name, value in description.attrib.items()}
        found |= {str(each.tag): " ".join("".join(map(str, each.itertext())).split()) for each in description}
    return found


def _objects(document: PDFDocument) -> Iterator[dict[str, Any]]:
    """Every dictionary of the file, those of streams and inside others too."""
    for number in {number for xref in document.xrefs for number in xref.get_objids()}:
        try:
            found = document.getobj(number)
        except Exception:  # noqa: S112 — a number that is free
            continue
        yield from _dictionaries(found.attrs if isinstance(found, PDFStream) else found)


def _dictionaries(given: Any) -> Iterator[dict[str, Any]]:
    if isinstance(given, dict):
        yield given
    for each in given.values() if isinstance(given, dict) else given if isinstance(given, list) else ():
        yield from _dictionaries(each)
