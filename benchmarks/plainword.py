"""The Word half of the yardstick: the HTML that ``plain.py`` makes, walked through with python-docx."""

import io
import re
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from lxml import html


def word(template: Path, slots: dict[str, Any], body: str, pictures: list[bytes]) -> bytes:
    """The Word file: the template filled, and the body after what is in it."""
    document: Any = Document(str(template))
    for element in document.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), slots["language"].region_tag)
    document.core_properties.title = slots["title"]
    root, shown = html.fromstring(f"<div>{body}</div>"), iter(pictures)
    fill(document, slots, root)
    for element in root.iter("h2", "h3", "h4", "p", "li", "table", "figcaption", "img"):
        if element.tag == "table":
            word_table(document, element)
        elif element.tag == "img":
            picture = document.add_picture(io.BytesIO(next(shown)), width=Mm(160))
            picture._inline.docPr.set("descr", element.get("alt"))
        else:
            paragraph = document.add_paragraph(style=style_of(element))
            if anchor := element.get("id"):
                paragraph._p.append(xml("w:bookmarkStart", id=str(id(element)), name=anchor))
                paragraph._p.append(xml("w:bookmarkEnd", id=str(id(element))))
            runs(paragraph, element)
    document.save(buffer := io.BytesIO())
    return buffer.getvalue()


def style_of(element: Any) -> str:
    depth = len(element.xpath("ancestor::ul"))
    known = {"p": "Normal", "figcaption": "Caption", "li": f"List Bullet {depth}".removesuffix(" 1")}
    return known.get(element.tag) or f"Heading {int(element.tag[1]) - 1}"


def fill(document: Any, slots: dict[str, Any], root: Any) -> None:
    """Put texts into the paragraphs of the template that hold ``{name}``."""
    margins = (part._element for each in document.sections for part in (each.header, each.footer))
    for element in [each for part in (document.element.body, *margins) for each in part.iter(qn("w:p"))]:
        paragraph = Paragraph(element, document._body)
        name = paragraph.text.strip("{}")
        if name == "key_figures":
            for value, label in slots["tiles"]:
                paragraph.insert_paragraph_before(value, "Key Figure")
                paragraph.insert_paragraph_before(label, "Key Figure Label")
        elif name == "contents_entries":
            contents(paragraph, root)
        if paragraph.text.startswith("{"):
            paragraph.text = str(slots.get(name, ""))
        if name == "page_of":
            number_pages(paragraph)


def contents(paragraph: Any, root: Any) -> None:
    for heading in root.iter("h2", "h3"):
        entry = paragraph.insert_paragraph_before(style=f"toc {int(heading.tag[1]) - 1}")
        runs(entry, heading)
        linked(entry, 1, heading.get("id"))


def number_pages(paragraph: Any) -> None:
    """“Page {page} of {pages}”, its numbers as fields."""
    parts = re.split(r"\{(\w+)\}", paragraph.text)
    paragraph.text = ""
    for n, part in enumerate(parts):
        if n % 2:
            paragraph._p.append(xml("w:fldSimple", instr={"page": "PAGE", "pages": "NUMPAGES"}[part]))
        else:
            paragraph.add_run(part)


def word_table(document: Any, element: Any) -> None:
    caption, *rows = element.xpath("caption | thead/tr | tbody/tr")
    runs(document.add_paragraph(style="Caption"), caption)
    table = document.add_table(len(rows), len(rows[0]), "Publication Table")
    table.rows[0]._tr.get_or_add_trPr().append(xml("w:tblHeader"))
    for row, source in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, source, strict=True):
            cell.paragraphs[0].style = "Table Header" if text.tag == "th" else "Table Text"
            runs(cell.paragraphs[0], text)


def runs(paragraph: Any, element: Any, bold: bool = False, italic: bool = False) -> None:
    """The words of an element in a paragraph, without the lists inside it."""
    run(paragraph, element.text, bold, italic)
    for child in element:
        start = len(paragraph._p)
        if child.tag not in ("ul", "p"):
            runs(paragraph, child, bold or child.tag in ("b", "strong"), italic or child.tag == "em")
        if child.tag == "a":
            linked(paragraph, start, child.get("href")[1:])
        run(paragraph, child.tail, bold, italic)


def run(paragraph: Any, text: str | None, bold: bool, italic: bool) -> None:
    if text and text.strip("\n"):
        added = paragraph.add_run(text)
        added.bold, added.italic = bold or None, italic or None


def linked(paragraph: Any, start: int, anchor: str) -> None:
    """What was added last becomes a link."""
    link = xml("w:hyperlink", anchor=anchor)
    link.extend(paragraph._p[start:])
    paragraph._p.append(link)


def xml(tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element
