"""What is done to a PDF last: it says that it is PDF/A-2a and PDF/UA-1, and where its text stands.

The pipeline holds each file to both standards before it is published (``audit/pdfs/engines``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

VARIANT = "pdf/a-2a"
"""WeasyPrint's name of the first: it writes the metadata, the output intent and the identifiers of the file."""

_ACCESSIBLE = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>the part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
"""PDF/UA-1 (ISO 14289-1, 5), and that property described, as an archival file must describe it (ISO 19005-2, 6.6.2.3).

The prefixes are part of both rules.
"""


_PLAIN: Mapping[bytes, bytes] = {
    b"> <00a0>": b"> <0020>", b"> <2010>": b"> <002d>", b"> <2011>": b"> <002d>",
}  # fmt: skip
"""Characters that share a glyph, space and hyphen, as they end a line of a ToUnicode table (ISO 32000-1, 9.10.3)."""


_POINTS = 0.75
"""Of a CSS pixel."""


def finish(document: Any, pdf: Any) -> None:
    """What WeasyPrint calls when all else is there, and before it writes."""
    say_text_areas(document, pdf)
    streams = [each for each in pdf.objects if hasattr(each, "stream")]
    metadata = next(each for each in streams if each.extra.get("Type") == "/Metadata")
    before, end, after = b"".join(metadata.stream).rpartition(b"</rdf:RDF>")
    assert end
    metadata.stream = [before, _ACCESSIBLE, end, after]
    metadata.compress = False  # an archive can read it without a reader of PDFs
    for table in (each.stream for each in streams if b"begincmap" in each.stream):
        table[:] = [_plain(line) for line in table]


def say_text_areas(document: Any, pdf: Any) -> None:
    """Each page says where its text stands, as its art box (ISO 32000-1, 14.11.2): ``audit`` measures by it."""
    pages = (each for each in pdf.objects if isinstance(each, dict) and each.get("Type") == "/Page")
    for page, written in zip(document.pages, pages, strict=True):
        box = page._page_box
        x0, top = box.content_box_x(), box.content_box_y()
        corners = (x0, page.height - top - box.height, x0 + box.width, page.height - top)
        written["ArtBox"] = f"[{' '.join(f'{_POINTS * each:.3f}' for each in corners)}]"


def _plain(line: bytes) -> bytes:
    """A line of a table that says as what a glyph is read.

    WeasyPrint writes the first character that a glyph is drawn for: where that is a no-break space, every space
    of the typeface would be one, and a search for two words would not find them.
    """
    return line[:5] + _PLAIN.get(line[5:], line[5:])
