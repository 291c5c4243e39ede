"""The text of a finished file, read without knowing how it was written."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser


def text(data: bytes, format: str) -> str:
    """Everything that a reader of a finished file meets, in the order of the file."""
    return _READERS[format](data)


class _Visible(HTMLParser):
    """Collects the text of a page; what is drawn or styled is no text."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        self.hidden += tag in _NO_TEXT
        self.parts += ["\n"] * (tag not in _WITHIN_A_LINE)

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in _NO_TEXT

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(data)


_NO_TEXT = ("style", "script", "title")
_WITHIN_A_LINE = ("a", "b", "code", "em", "span", "strong", "sup")


def _html(data: bytes) -> str:
    reader = _Visible()
    reader.feed(data.decode())
    return "".join(reader.parts)


_WORD_PARTS = re.compile(r"word/(document|footnotes|header\d*|footer\d*|charts/\w+)\.xml")
_SHOWN = re.compile(r"\}(t|noBreakHyphen|p|tab|br)$")
_BETWEEN = {"p": "\n", "tab": "\t", "br": "\n", "noBreakHyphen": "-"}


def _docx(data: bytes) -> str:
    from lxml import etree  # not before there is one

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = [package.read(name) for name in sorted(package.namelist()) if _WORD_PARTS.fullmatch(name)]
    elements = (element for part in parts for element in etree.fromstring(part).iter(etree.Element))
    shown = ((match[1], element) for element in elements if (match := _SHOWN.search(str(element.tag))))
    return "".join(_BETWEEN.get(name) or element.text or "" for name, element in shown)


def _pdf(data: bytes) -> str:
    import pypdfium2  # not before there is one

    with pypdfium2.PdfDocument(data) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


_READERS: dict[str, Callable[[bytes], str]] = {"html": _html, "docx": _docx, "pdf": _pdf}
