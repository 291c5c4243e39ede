"""The validators of others: they pass every PDF that is published, and see what is damaged in one."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Dictionary, Name, String

from kzpub.audit.checking import Engine, Finished
from kzpub.audit.pdfs import verapdf
from kzpub.audit.pdfs.engines import ENGINES, refusals
from kzpub.builds.pipeline import build
from kzpub.edition import Edition
from kzpub.model import Heading, Picture, Table
from kzpub.projects import Request
from kzpub.writers import pdf
from tests.conftest import LANGUAGES, Built, copy_project, quiet, tool

Damage = Callable[[Any], object]


def finished(path: Path) -> Finished:
    publication, language = path.stem.removesuffix("-draft").rsplit("-", 1)
    return Finished(path, publication, language, "pdf", path.read_bytes(), path.stem.endswith("-draft"))


def causes(engine: Engine, file: Finished) -> list[str]:
    return [problem.cause for problem in engine.run(file)]


# -- Damages ---------------------------------------------------------------------------------------------------------


def every(pdf: Any, type: str) -> Iterator[Any]:
    """The dictionaries of a type; those of a role of the tag tree."""
    for each in pdf.objects:
        if isinstance(each, Dictionary) and f"/{type}" in (each.get("/Type"), each.get("/S")):
            yield each


def without(pdf: Any, type: str, *keys: str) -> None:
    for each in every(pdf, type):
        for key in keys:
            if key in each:
                del each[key]


def change(pdf: Any, type: str, key: str, value: object) -> None:
    next(every(pdf, type))[key] = value


def of_catalogue(key: str) -> Damage:
    def damage(pdf: Any) -> None:
        del pdf.Root[key]

    return damage


def metadata(old: bytes, new: bytes) -> Damage:
    def damage(pdf: Any) -> None:
        text, count = re.subn(old, new, pdf.Root.Metadata.read_bytes(), flags=re.DOTALL)
        assert count == 1
        pdf.Root.Metadata.write(text)

    return damage


def first_page(old: bytes, new: bytes) -> Damage:
    def damage(pdf: Any) -> None:
        text, count = re.subn(old, new, pdf.pages[0].Contents.read_bytes(), count=1)
        assert count == 1
        pdf.pages[0].Contents.write(text)

    return damage


def lose_a_cell(pdf: Any) -> None:
    row = next(each for each in every(pdf, "TR") if any(cell.S == "/TD" for cell in each.K))
    del row.K[0]


def interpolate(pdf: Any) -> None:
    for each in pdf.objects:
        if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image":
            each.Interpolate = True


SCRIPT = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))

# fmt: off
DAMAGES: dict[str, tuple[Damage, str, str, str]] = {  # what is broken, veraPDF's clause, and page-validation's rule
    "a picture has no alternative text":
        (lambda pdf: without(pdf, "Figure", "/Alt"), "PDF/UA-1", "7.3, test 1", "FIGURE-ALTERNATIVE-TEXT"),
    "an alternative text is empty":
        (lambda pdf: change(pdf, "Figure", "/Alt", String("")), "PDF/UA-1", "7.3, test 1", "FIGURE-ALTERNATIVE-TEXT"),
    "no language":
        (of_catalogue("/Lang"), "PDF/UA-1", "7.2, test 34", "TEXT-LANGUAGE"),
    "no title":
        (metadata(b"<dc:title>.*</dc:title>", b""), "PDF/UA-1", "7.1, test 9", "METADATA-TITLE"),
    "the title is not shown":
        (of_catalogue("/ViewerPreferences"), "PDF/UA-1", "7.1, test 10", "VIEWER-PREFERENCES"),
    "a claim without tags":
        (of_catalogue("/StructTreeRoot"), "PDF/A-2a", "6.7.3.3, test 1", "STRUCT-TREE-ROOT"),
    "tags, and no word that they are there":
        (of_catalogue("/MarkInfo"), "PDF/UA-1", "6.2, test 1", "TAGGED-DOCUMENT"),
    "something drawn that is not tagged":
        (first_page(rb"^", b"10 10 50 50 re f\n"), "PDF/UA-1", "7.1, test 3", "CONTENT-TAGGING"),
    "a heading skips a level":
        (lambda pdf: change(pdf, "H2", "/S", Name.H4), "PDF/UA-1", "7.4.2, test 1", "HEADING-NESTING"),
    "a cell of a table is lost":
        (lose_a_cell, "PDF/UA-1", "7.2, test 43", "TABLE-ROW-COLUMNSPAN"),
    "heads of a table that do not say of which cells":
        (lambda pdf: without(pdf, "TH", "/A"), "PDF/UA-1", "7.5, test 1", "TABLE-HEADERS-SCOPE"),
    "links that do not say where they lead":
        (lambda pdf: without(pdf, "Annot", "/Contents"), "PDF/UA-1", "7.18.5, test 2", "LINK-CONTENTS"),
    "a role that nobody knows":
        (lambda pdf: change(pdf, "P", "/S", Name.Paragraph), "PDF/A-2a", "6.7.3.4, test 1", "STRUCT-TREE-ROLE-MAP"),
    "typefaces that do not say their letters":
        (lambda pdf: without(pdf, "Font", "/ToUnicode"), "PDF/A-2a", "6.2.11.7.2, test 1", "UNICODE-MAPPING"),
    "typefaces that are not embedded":
        (lambda pdf: without(pdf, "FontDescriptor", "/FontFile2", "/FontFile3"),
         "PDF/A-2a", "6.2.11.4.1, test 1", "FONT-EMBEDDING"),
    "a letter that the typeface does not have":
        (first_page(rb"<[0-9a-f]{4}", b"<0000"), "PDF/A-2a", "6.2.11.8, test 1", "NOTDEF-GLYPH"),
    "a script":
        (lambda pdf: setattr(pdf.Root, "OpenAction", SCRIPT), "PDF/A-2a", "6.5.1, test 1", "ACTION-TYPE"),
    "no colour profile":
        (of_catalogue("/OutputIntents"), "PDF/A-2a", "6.2.4.3, test 2", "DEVICE-RGB"),
    "a picture that each reader smooths in its own way":
        (interpolate, "PDF/A-2a", "6.2.8, test 3", "IMAGE-INTERPOLATE"),
    "a claim of PDF/UA that is not described":
        (metadata(b"<pdfaExtension:schemas>.*</pdfaExtension:schemas>", b""),
         "PDF/A-2a", "6.6.2.3.1, test 2", "XMP-PROPERTY-DEFINITION"),
    "no claim of PDF/UA":
        (metadata(b'pdfuaid:part="1"', b""), "PDF/UA-1", "5, test 1", "ID-PART"),
    "no claim of PDF/A":
        (metadata(b'pdfaid:part="2"', b""), "PDF/A-2a", "6.6.4, test 2", "ID-PART"),
    "encryption":
        (lambda pdf: None, "PDF/A-2a", "6.1.3, test 2", "ENCRYPTION"),
}
# fmt: on


def damaged(data: bytes, name: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        DAMAGES[name][0](pdf)
        pdf.save(out, encryption=pikepdf.Encryption(owner="a", user="", R=4) if name == "encryption" else False)
    return out.getvalue()


def with_few_blocks(edition: Edition) -> Edition:
    """A heading, a table and a picture: what is damaged in them is as plain as in many, and sooner seen."""
    blocks = (next(each for each in edition.document.blocks if isinstance(each, t)) for t in (Heading, Table, Picture))
    return replace(edition, document=replace(edition.document, blocks=tuple(blocks), notes=()))


@pytest.fixture(scope="session")
def files(sampler: Built, factsheet: Built, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Finished]:
    """Every PDF that these tests look at, by name: those of both publications, a draft, and damaged ones."""
    folder = tmp_path_factory.mktemp("engines")
    root = copy_project(folder / "project")
    catalogue = root / "locales/ru/LC_MESSAGES/sampler.po"
    catalogue.write_text(catalogue.read_text("utf-8").replace('msgstr "Алматы"', 'msgstr ""', 1), "utf-8")
    (draft,) = build(root, folder / "dist", Request(("sampler",), ("ru",), ("pdf",)), quiet).entries
    paths = [built.path(language, "pdf") for built in (sampler, factsheet) for language in LANGUAGES]
    found = {path.name: finished(path) for path in (*paths, folder / "dist" / draft.path)}
    whole = pdf.write(with_few_blocks(sampler.editions["kk"])).data
    for name, data in (*((name, damaged(whole, name)) for name in DAMAGES), ("cut off", whole[: len(whole) // 2])):
        path = folder / "damaged-kk.pdf"
        found[name] = Finished(path, "damaged", "kk", "pdf", data)
    return found


@pytest.fixture(scope="session")
def judged(files: dict[str, Finished]) -> dict[str, Finished]:
    """The same, once veraPDF has been asked about all of them in one start."""
    if verapdf.version() is None:
        tool("a Java that veraPDF can run in")
    verapdf.ask(files.values())
    return files


# -- What is published -----------------------------------------------------------------------------------------------

PUBLISHED = [
    *(
        f"{publication}-{language}.pdf"
        for publication in ("sampler", "human-rights-factsheet")
        for language in LANGUAGES
    ),
    "sampler-ru-draft.pdf",
]


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: f"{engine.name}, {engine.rule}")
@pytest.mark.parametrize("name", PUBLISHED)
def test_what_is_published_passes(judged: dict[str, Finished], name: str, engine: Engine) -> None:
    if engine.version() is None:
        tool(engine.name)
    assert causes(engine, judged[name]) == []


@pytest.mark.parametrize("name", PUBLISHED)
def test_verapdf_has_looked_at_thousands_of_things(judged: dict[str, Finished], name: str) -> None:
    (answer,) = verapdf.ask([judged[name]])
    assert answer["PDFA-2A"].passed > 30_000
    assert answer["PDFUA-1"].passed > 10_000


# -- What is damaged -------------------------------------------------------------------------------------------------


def of(name: str, claim: str) -> Engine:
    (engine,) = (each for each in ENGINES if each.name == name and each.rule.startswith(claim))
    return engine


@pytest.mark.parametrize("name", DAMAGES)
def test_page_validation_sees_what_is_damaged(files: dict[str, Finished], name: str) -> None:
    _, claim, _, rule = DAMAGES[name]
    found = [
        cause for cause in causes(of("page-validation", claim), files[name]) if re.search(rf" PDF\w+-{rule}-001", cause)
    ]
    assert len(found) == 1, causes(of("page-validation", claim), files[name])
    assert found[0] in [problem.cause for problem in refusals(files[name])]


@pytest.mark.parametrize("name", DAMAGES)
def test_verapdf_sees_what_is_damaged(judged: dict[str, Finished], name: str) -> None:
    _, claim, clause, _ = DAMAGES[name]
    found = [cause for cause in causes(of("veraPDF", claim), judged[name]) if re.search(f", {clause}[:,] ", cause)]
    assert len(found) == 1, causes(of("veraPDF", claim), judged[name])
    assert found[0].startswith(f"{claim}: ISO ")


def test_a_file_that_cannot_be_read_is_seen_by_all(judged: dict[str, Finished]) -> None:
    file = judged["cut off"]
    file.path.write_bytes(file.data)
    tool("qpdf")
    assert {engine.name for engine in ENGINES if not causes(engine, file)} == set()
    assert "page-validation cannot read it: PDF parser rejected" in causes(ENGINES[0], file)[0]
    assert "qpdf: WARNING: file is damaged" in causes(ENGINES[-1], file)[0]


def with_chapters(data: bytes, many: int) -> bytes:
    """The file with so many bookmarks in place of its own, each of which leads to the next."""
    pdf, written = pikepdf.open(io.BytesIO(data)), io.BytesIO()
    goal = pikepdf.Array([pdf.pages[0].obj, Name.Fit])
    marks = [pdf.make_indirect(Dictionary(Title=String(str(number)), Dest=goal)) for number in range(many)]
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(First=marks[0], Last=marks[-1], Count=many))
    for one, next_one in pairwise(marks):
        one.Next, next_one.Prev = next_one, one
    for mark in marks:
        mark.Parent = pdf.Root.Outlines
    pdf.save(written)
    return written.getvalue()


@pytest.mark.parametrize(
    ("many", "expected"),
    [
        pytest.param(300, [], id="three hundred chapters"),
        pytest.param(9_000, ["page-validation cannot read it: reference chain exceed"], id="too many to follow"),
    ],
)
def test_page_validation_follows_chains_as_long_as_a_book_has(sampler: Built, many: int, expected: list[str]) -> None:
    path = sampler.path("kk", "pdf")
    found = causes(ENGINES[0], Finished(path, "sampler", "kk", "pdf", with_chapters(path.read_bytes(), many)))
    assert [cause[:54] for cause in found] == expected


def test_a_qpdf_that_ends_without_a_word_has_not_passed_the_file(
    sampler: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "qpdf").write_text("#!/bin/sh\nexit 9\n")
    (tmp_path / "qpdf").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    path = sampler.path("kk", "pdf")
    found = list(ENGINES[-1].run(Finished(path, "sampler", "kk", "pdf", path.read_bytes())))
    assert [problem.code for problem in found] == ["engine-failed"]
