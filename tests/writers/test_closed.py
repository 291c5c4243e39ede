"""What is written acts on nothing and fetches nothing, and no text is read as a template, a field or a script."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from kzpub.edition import Edition
from kzpub.errors import KzpubError
from kzpub.inlines import Code, Inlines, Link, Text
from kzpub.model import Paragraph
from kzpub.traversal import map_texts
from kzpub.writers import docx, html, pdf
from kzpub.writers.renderer import load, only
from tests.conftest import Built
from tests.hostile.make import part, related, repacked, together, with_part

MEAN = "{{ 7*7 }} {% raw %} {x} %(x)s ${x} <script>x</script> INCLUDETEXT \\o"
APP = '<Properties xmlns="urn:x"><Company>Somebody</Company></Properties>'


def mean(edition: Edition) -> Edition:
    """An edition whose every text, label and date is mean; the gates before it would refuse most of them."""
    document = map_texts(edition.document, lambda text: (Text(MEAN),) if text == edition.document.title else text)
    text: Inlines = (Text(MEAN), Code(MEAN), Link("https://example.org/", (Text(MEAN),)))
    labels = {name: text + MEAN.replace("{x}", "") * ("{" not in text) for name, text in edition.labels.items()}
    return replace(
        edition, document=replace(document, blocks=(Paragraph(text),), notes=()), labels=labels, key_figures=()
    )


def word_parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = [name for name in package.namelist() if name.endswith((".xml", ".rels"))]
        return {name: package.read(name).decode() for name in names}


def test_no_text_is_filled_like_a_template_or_becomes_markup_of_a_page(sampler: Built) -> None:
    page = html.write(mean(sampler.editions["en"])).data.decode()
    assert "<script" not in page
    assert "49" not in re.sub(r"base64,[^)\"]+|#[0-9a-f]+|<style>.*?</style>", "", page, flags=re.DOTALL)
    assert page.count("{{ 7*7 }} {% raw %} {x} %(x)s ${x} &lt;script&gt;x&lt;/script&gt;") >= 5


def test_no_text_becomes_a_field_of_a_word_file(sampler: Built) -> None:
    edition = sampler.editions["en"]
    parts = word_parts(docx.write(mean(edition)).data)
    fields = re.findall(r"<w:instrText[^>]*>([^<]*)<", "".join(parts.values()))
    assert {field.split()[0] for field in fields} <= {"TOC", "PAGE", "NUMPAGES"}
    assert "w:fldSimple" not in "".join(parts.values())
    assert "%(x)s ${x} &lt;script&gt;" in parts["word/document.xml"]


def test_the_renderer_is_given_what_it_knows_by_its_whole_address_and_nothing_else() -> None:
    fetcher = only(load(), {"data:text/plain,a"})
    assert fetcher.fetch("data:text/plain,a").read() == b"a"
    for address in (
        "data:text/plain,b",
        "file:///etc/passwd",
        "http://127.0.0.1:1/",
        "kzpub:a",
        "",
        "data:text/plain,a#",
    ):
        with pytest.raises(ValueError, match="none of the pictures"):
            fetcher.fetch(address)


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param('<img alt="x" src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=">', id="data"),
        pytest.param('<img alt="x" src="http://127.0.0.1:1/a.png">', id="the web"),
        pytest.param('<link rel="attachment" href="data:text/plain,a">', id="an attachment"),
        pytest.param('<link rel="stylesheet" href="data:text/css,p{color:red}">', id="a stylesheet"),
        pytest.param('<object data="file:///etc/passwd"></object>', id="an object"),
        pytest.param("<style>@import url(file:///etc/passwd)</style>", id="a stylesheet that fetches"),
        pytest.param("<style>p{background:url(//127.0.0.1:1/a)}</style>", id="a background"),
        pytest.param("<style>@font-face{font-family:a;src:url(file:///etc/passwd)}</style>", id="a typeface"),
        pytest.param('<svg><image href="file:///etc/passwd" width="9" height="9"/></svg>', id="a drawing that fetches"),
    ],
)
def test_whatever_a_page_would_fetch_fails_the_build(bad: str, sampler: Built, tmp_path: Path) -> None:
    templates = Path(shutil.copytree(sampler.editions["en"].templates, tmp_path / "templates"))
    shell = (templates / "print.html").read_text("utf-8")
    edition = replace(sampler.editions["en"], templates=templates)
    small = replace(edition, document=replace(edition.document, blocks=edition.document.blocks[:1], notes=()))
    (templates / "print.html").write_text(shell.replace("{{ body }}", bad + "{{ body }}"), "utf-8")
    with pytest.raises(KzpubError, match="renderer-warning"):
        pdf.write(small)


def test_what_word_notes_of_those_who_work_on_a_template_stays_behind(project: Path, sampler: Built) -> None:
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties"
    package = "_rels/.rels"
    more = f'<Relationship Id="rIdApp" Type="{kinds}" Target="docProps/app.xml"/></Relationships>'
    kind = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
    types = f'<Override PartName="/docProps/app.xml" ContentType="{kind}"/></Types>'
    repacked(
        together(
            with_part("docProps/app.xml", APP.encode()),
            part(package, "</Relationships>", more),
            part("[Content_Types].xml", "</Types>", types),
            part(
                "word/document.xml",
                "<w:p>",
                '<w:p w:rsidR="00AB12CD" w:rsidRDefault="00AB12CD"><w:proofErr w:type="spellStart"/>',
            ),
        )
    )(project)
    edition = replace(sampler.editions["en"], templates=project / "templates")
    parts = word_parts(docx.write(edition).data)
    assert "docProps/app.xml" not in parts
    assert not re.search("Somebody|rsid|proofErr", "".join(parts.values()))


def test_a_template_may_link_to_a_site(project: Path, sampler: Built) -> None:
    repacked(related("hyperlink", "https://example.org/"))(project)
    assert docx.write(replace(sampler.editions["en"], templates=project / "templates")).data
