"""What a PDF says of itself in its metadata: that it is PDF/A-2a and PDF/UA-1, in one file.

Only a file that the pipeline has checked against both is published (``audit/engines``); nothing else may say so.
"""

from __future__ import annotations

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


def claim(document: Any, pdf: Any) -> None:  # noqa: ARG001
    """Add PDF/UA-1 to the metadata of a PDF/A file, in its one ``rdf:RDF``; WeasyPrint calls this last."""
    number = int(pdf.catalog["Metadata"].split()[0])
    metadata = pdf.objects[number]
    before, end, after = b"".join(metadata.stream).rpartition(b"</rdf:RDF>")
    assert end
    metadata.stream = [before, _ACCESSIBLE, end, after]
    metadata.compress = False  # an archive can read it without a reader of PDFs
