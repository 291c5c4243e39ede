"""What is done to a PDF last: what it says of itself, and that its words are found."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import page
import pikepdf
import pydyf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from kzpub.builds.pipeline import build
from kzpub.errors import KzpubError
from kzpub.projects import Request
from kzpub.writers.finishing import VARIANT, finish
from kzpub.writers.renderer import load, renderer
from tests.conftest import LANGUAGES, ROOT, Built, quiet, tool

NAMES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
}

IGNORED = pytest.mark.filterwarnings(r"ignore:unclosed file .*sRGB2014\.icc:ResourceWarning")
"""Left by WeasyPrint; ``writers.pdf`` passes it over too."""

# -- What a file says of itself --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_says_what_it_is_in_both_places_and_to_who_reads_no_pdf(built: Built, language: str) -> None:
    data = built.data(language, "pdf")
    packet = data[data.index(b"<x:xmpmeta") : data.index(b"</x:xmpmeta>") + 12]
    assert packet.count(b"<rdf:RDF") == 1
    said = etree.fromstring(packet)

    def of(path: str) -> list[str]:
        found: Any = said.xpath(path, namespaces=NAMES)
        return list(map(str, found))

    edition = built.editions[language]
    day = edition.document.date
    with pikepdf.open(io.BytesIO(data)) as file:
        info = {key: str(value) for key, value in file.docinfo.items()}
    assert of("//@pdfaid:part | //@pdfaid:conformance | //@pdfuaid:part") == ["2", "A", "1"]
    assert of("//dc:title//text()") == [info["/Title"]] == [edition.title]
    assert of("//dc:description//text()") == [info["/Subject"]]
    assert of("//pdf:Keywords/text()") == [info["/Keywords"]]
    assert of("//@pdf:Producer") == [info["/Producer"]]
    assert of("//xmp:CreateDate/text() | //xmp:ModifyDate/text()") == [day.isoformat()] * 2
    assert info["/CreationDate"] == info["/ModDate"] == f"D:{day:%Y%m%d}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_has_what_its_claims_need(built: Built, language: str) -> None:
    with pikepdf.open(io.BytesIO(built.data(language, "pdf"))) as file:
        assert file.pdf_version == "1.7"
        assert len(file.trailer.ID) == 2
        assert file.Root.Lang == language
        assert file.Root.ViewerPreferences.DisplayDocTitle
        assert file.Root.MarkInfo.Marked
        assert int(file.Root.Outlines.Count) > 0
        (intent,) = file.Root.OutputIntents
        assert intent.S == "/GTS_PDFA1"
        assert b"sRGB" in intent.DestOutputProfile.read_bytes()[:3000]
        assert not set(file.Root.keys()) & {"/OpenAction", "/AA", "/AcroForm"}


NO_LANGUAGE = ('<html lang="{{ edition.language.tag }}">', "<html>")
NO_TITLE = ("<title>{{ edition.title }}</title>", "")
DAMAGES = [
    pytest.param("en", NO_LANGUAGE, "TEXT-LANGUAGE", id="no language"),
    pytest.param("kk", NO_TITLE, "METADATA-TITLE", id="no title"),
    pytest.param("ru", NO_TITLE, "METADATA-TITLE", id="a draft without a title"),
]


@pytest.mark.parametrize(("language", "damage", "rule"), DAMAGES)
def test_a_file_that_is_not_what_it_says_is_not_published(
    project: Path, edit: Callable[[str, str, str], None], language: str, damage: tuple[str, str], rule: str
) -> None:
    edit("templates/print.html", *damage)
    edit("locales/ru/LC_MESSAGES/sampler.po", 'msgstr "Алматы"', 'msgstr ""')
    with pytest.raises(KzpubError) as raised:
        build(project, project / "dist", Request(("sampler",), (language,), ("pdf",)), quiet)
    assert {problem.code for problem in raised.value.problems} == {"pdf-conformance"}
    assert any("PDF/UA-1: " in problem.cause and f"-{rule}-001" in problem.cause for problem in raised.value.problems)
    assert not (project / "dist").exists()


# -- What is found in it ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_found_where_a_line_divides_them(factsheet: Built, language: str) -> None:
    divided = re.findall(r"(?<![\w-])([^\W\d_]+)\ufffe([^\W\d_]+)(?![\w-])", by_pdfium(factsheet.data(language, "pdf")))
    words = {first + second for first, second in divided if second.islower()}
    assert len(words) >= 10
    command = [tool("pdftotext"), str(factsheet.path(language, "pdf")), "-"]
    by_poppler = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    assert {word for word in words if word not in by_poppler} == set()


def by_pdfium(data: bytes) -> str:
    """The text of a file; a word that a line divides is joined by U+FFFE, which no search of a browser minds."""
    with pypdfium2.PdfDocument(data) as file:
        return "\n".join(page.get_textpage().get_text_range() for page in file)


@pytest.mark.parametrize("language", LANGUAGES)
def test_spaces_and_hyphens_are_read_as_such(built: Built, language: str) -> None:
    text = by_pdfium(built.data(language, "pdf"))
    assert text.count(" ") > 200
    assert set(text) & set("\u00a0\u00ad\u2010\u2011\ufffd\0") == set()


@IGNORED
@pytest.mark.parametrize("first", "\u00a0\u2010\u2011")
def test_the_first_use_of_a_glyph_does_not_say_how_all_are_read(first: str) -> None:
    text = by_pdfium(printed(f"a{first}b c-d", finisher=finish))
    assert text.strip() in ("a b c-d", "a-b c-d")


def printed(text: str, **options: Any) -> bytes:
    """A page of a text in our typefaces."""
    page = f"<html lang=en><title>A title</title><style>@page {{ size: 10cm }}</style><p>{text}</p>"
    with renderer(ROOT / "templates" / "fonts") as weasyprint:
        data: bytes = weasyprint.HTML(string=page).render().write_pdf(pdf_variant=VARIANT, **options)
    return data


# -- How streams end -------------------------------------------------------------------------------------------------


@given(st.binary(max_size=3).map(lambda end: b"text" + end) | st.sampled_from([b"\r", b"\r\r", b"\n\r", b"\r\n"]))
def test_a_stream_is_as_long_as_it_says(content: bytes) -> None:
    load()
    written = pydyf.Stream([content]).data
    head, _, rest = written.partition(b"stream\n")
    before_the_end = re.sub(rb"(\r\n|\r|\n)endstream\Z", b"", rest)
    assert before_the_end == content
    assert b"/Length %d" % len(content) in head


@IGNORED
def test_a_stream_that_ends_with_a_carriage_return_is_no_fault_of_a_file() -> None:
    def more(document: Any, pdf: Any) -> None:
        finish(document, pdf)
        for content in (b"a\r", b"a\r\r", b"a\n", b"a\r\n", b"\r", b""):
            pdf.add_object(pydyf.Stream([content]))

    assert [
        each.message for each in page.validate_pdf_bytes(printed("text", finisher=more), profile="2a").failures
    ] == []
