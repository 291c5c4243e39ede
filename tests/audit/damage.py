"""Finished files damaged as a wrong program, or a careless hand, would: what is changed is there, or the test fails."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from kzpub.audit.checking import Finished
from tests.conftest import Built

Change = Callable[[Any], None]


def finished(built: Built, language: str, format: str) -> Finished:
    path = built.path(language, format)
    return Finished(path, path.parent.name, language, format, path.read_bytes())


def damaged(file: Finished, change: Change) -> Finished:
    """A PDF with a change made to it; pikepdf writes it anew."""
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(file.data)) as pdf:
        change(pdf)
        pdf.save(buffer)
    return replace(file, data=buffer.getvalue())


def replaced(file: Finished, old: str, new: str) -> Finished:
    """A page or a Word document with a text of its source replaced once."""
    if file.format == "html":
        assert old.encode() in file.data
        return replace(file, data=file.data.replace(old.encode(), new.encode(), 1))
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file.data)) as given, zipfile.ZipFile(buffer, "w") as made:
        assert old.encode() in given.read("word/document.xml")
        for name in given.namelist():
            data = given.read(name)
            made.writestr(name, data.replace(old.encode(), new.encode(), 1) if name == "word/document.xml" else data)
    return replace(file, data=buffer.getvalue())


def without(file: Finished, start: str, end: str, after: str = "") -> Finished:
    """The same without what stands from one text to the end of the next one that is another, after a third."""
    source = file.data if file.format == "html" else zipfile.ZipFile(io.BytesIO(file.data)).read("word/document.xml")
    text = source.decode()
    first = text.index(start, text.index(after))
    return replaced(file, text[first : text.index(end, first) + len(end)], "")


# -- The tag tree of a PDF -------------------------------------------------------------------------------------------


def every(pdf: Any, *roles: str) -> list[Any]:
    """The elements of some roles, in the order of reading."""
    return [each for each in _walk(pdf.Root.StructTreeRoot) if str(each.get("/S", "")).strip("/") in roles]


def _walk(element: Any) -> Iterator[Any]:
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from _walk(kid)


def role(of: str, to: str, which: int = 0) -> Change:
    def change(pdf: Any) -> None:
        every(pdf, of)[which].S = Name(f"/{to}")

    return change


def all_roles(**to: str) -> Change:
    def change(pdf: Any) -> None:
        for of, other in to.items():
            for each in every(pdf, of):
                each.S = Name(f"/{other}")

    return change


def lost(*roles: str, which: int = 0) -> Change:
    """An element of each of some roles is taken out of the tree."""

    def change(pdf: Any) -> None:
        for each in [every(pdf, one)[which] for one in roles]:
            kids = each.P.K
            kids.remove(next(kid for kid in kids if isinstance(kid, Dictionary) and kid.objgen == each.objgen))

    return change


def said(of: str, key: str, value: Any, which: int = 0) -> Change:
    """An element says something else, or no longer anything."""

    def change(pdf: Any) -> None:
        element = every(pdf, of)[which]
        assert key in element
        if value is None:
            del element[key]
        else:
            element[key] = value

    return change


def link(key: str, value: Any, address: bool = True) -> Change:
    """The first link to an address, or inside the file, says something else."""

    def change(pdf: Any) -> None:
        links = (each for page in pdf.pages for each in page.get("/Annots", []))
        found = next(each for each in links if ("/URI" in each.get("/A", {})) == address)
        holder = found.A if key == "/URI" else found
        assert key in holder
        holder[key] = value

    return change


# -- Streams of pages ------------------------------------------------------------------------------------------------


def stream(page: int, edit: Callable[[list[tuple[list[Any], str]]], None]) -> Change:
    """Change the operators of a page: a list of operands and name."""

    def change(pdf: Any) -> None:
        operators = [
            (list(each.operands), str(each.operator)) for each in pikepdf.parse_content_stream(pdf.pages[page])
        ]
        before = repr(operators)
        edit(operators)
        assert repr(operators) != before
        made = pikepdf.unparse_content_stream([(operands, pikepdf.Operator(name)) for operands, name in operators])
        pdf.pages[page].Contents = pdf.make_stream(made)

    return change


def no_glyph(operators: list[tuple[list[Any], str]]) -> None:
    """The first glyph of a text becomes the empty box."""
    operands = next(operands for operands, name in operators if name == "TJ")
    (shown,) = operands
    operands[0] = Array([String(b"\0\0" + bytes(shown[0])[2:]), *list(shown)[1:]])


def pale(operators: list[tuple[list[Any], str]]) -> None:
    """The first colour of a text becomes a light grey."""
    begin = next(n for n, (_, name) in enumerate(operators) if name == "BT")
    colour = max(n for n, (_, name) in enumerate(operators[:begin]) if name == "rg")
    operators[colour] = ([0.7, 0.7, 0.7], "rg")


def unseen(operators: list[tuple[list[Any], str]]) -> None:
    """The text is there to be read out and searched, and nothing of it is painted."""
    begins = [n for n, (_, name) in enumerate(operators) if name == "BT"]
    for n in reversed(begins):
        operators.insert(n + 1, ([3], "Tr"))


def covered(operators: list[tuple[list[Any], str]]) -> None:
    """A white sheet lies over the page."""
    sheet: list[tuple[list[Any], str]] = [([1, 1, 1], "rg"), ([0, 0, 2000, 2000], "re"), ([], "f")]
    operators += [([Name.Artifact], "BMC"), *sheet, ([], "EMC")]


def unmarked(operators: list[tuple[list[Any], str]]) -> None:
    """The first artifact is marked as content that the tree does not have."""
    n = next(n for n, (operands, name) in enumerate(operators) if name in ("BMC", "BDC") and operands[0] == "/Artifact")
    operators[n] = ([Name("/P"), Dictionary(MCID=900)], "BDC")


def bare(operators: list[tuple[list[Any], str]]) -> None:
    """An ornament is drawn outside of any mark."""
    operators += [([0, 0, 9, 9], "re"), ([], "f")]


def head_in_the_text(pdf: Any) -> None:
    """The running head of two pages becomes part of the tree."""
    document = every(pdf, "Document")[0]
    for number in (2, 3):
        stream(number, _read_head)(pdf)
        content = Dictionary(Type=Name.MCR, Pg=pdf.pages[number].obj, MCID=900)
        element = Dictionary(Type=Name.StructElem, S=Name.P, P=document, K=Array([content]))
        document.K.append(pdf.make_indirect(element))


def _read_head(operators: list[tuple[list[Any], str]]) -> None:
    heads = [n for n, (operands, name) in enumerate(operators) if name == "BDC" and operands[0] == "/Artifact"]
    n = next(n for n in heads if any(name == "TJ" for _, name in operators[n : n + 12]))
    operators[n] = ([Name("/P"), Dictionary(MCID=900)], "BDC")
