"""The tag tree of a PDF: what a screen reader is given, in which order, and in which language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pdfplumber
import pytest
from pdfminer.pdftypes import resolve1

from kzpub.inlines import plain
from kzpub.model import Chart, Picture
from kzpub.model import Table as TableBlock
from kzpub.traversal import headings, walk
from tests.conftest import LANGUAGES, Built
from tests.readback import tidy
from tests.readback.pdf import Element, structure


@pytest.fixture(scope="session", params=LANGUAGES)
def tagged(request: pytest.FixtureRequest, built: Built) -> Iterator[tuple[Any, Element, Built, str]]:
    """A file, its tree, and what it was made from."""
    with pdfplumber.open(built.path(request.param, "pdf")) as file:
        yield file, structure(file), built, request.param


def every(element: Element, *types: str) -> Iterator[Element]:
    for child in element.children:
        if child.type in types:
            yield child
        yield from every(child, *types)


def text(file: Any, element: Element) -> str:
    """The text of an element, from all its pages."""
    return "".join(
        text(file, kid)
        if isinstance(kid, Element)
        else "".join(c["text"] for c in file.pages[kid[0] - 1].chars if c["mcid"] == kid[1])
        for kid in element.kids
    )


def test_headings_are_those_of_the_document(tagged: tuple[Any, Element, Built, str]) -> None:
    _, tree, built, language = tagged
    levels = Counter(f"H{heading.level + 1}" for heading in headings(built.editions[language].document))
    assert Counter(each.type for each in every(tree, "H2", "H3", "H4", "H5")) == levels
    assert len(list(every(tree, "H1"))) == 1


def test_what_crosses_pages_is_one_element(tagged: tuple[Any, Element, Built, str]) -> None:
    _, tree, built, language = tagged
    document = built.editions[language].document
    tables = [block for block in walk(document.blocks) if isinstance(block, TableBlock)]
    assert len(list(every(tree, "Table"))) == len(tables)
    rows = [len(table.rows) + 1 for table in tables]
    assert [len(list(every(table, "TR"))) for table in every(tree, "Table")] == rows


def test_pictures_have_the_alternative_text_of_their_language(tagged: tuple[Any, Element, Built, str]) -> None:
    _, tree, built, language = tagged
    blocks = walk(built.editions[language].document.blocks)
    wanted = [plain(block.alt) for block in blocks if isinstance(block, (Picture, Chart))]
    assert [tidy(figure.alt_text) for figure in every(tree, "Figure")] == list(map(tidy, wanted))


def test_all_that_is_printed_is_in_the_tree_or_set_apart(tagged: tuple[Any, Element, Built, str]) -> None:
    file, tree, _, _ = tagged
    inside = {kid for each in (tree, *every(tree, *TYPES)) for kid in each.kids if not isinstance(kid, Element)}
    for page in file.pages:
        for character in page.chars:
            tag, number = character["tag"], character["mcid"]
            assert (page.page_number, number) in inside if tag != "Artifact" else number is None, character


def test_running_heads_and_feet_are_artifacts(tagged: tuple[Any, Element, Built, str]) -> None:
    file, _, _, _ = tagged
    for page in file.pages[1:]:
        margins = [c for c in page.chars if c["top"] < 60 or c["bottom"] > page.height - 60]
        assert margins
        assert {c["tag"] for c in margins} == {"Artifact"}


def test_the_label_of_an_item_is_read_before_it(tagged: tuple[Any, Element, Built, str]) -> None:
    _, tree, _, _ = tagged
    kinds = {tuple(child.type for child in item.children) for item in every(tree, "LI")}
    assert ("Lbl", "LBody") in kinds
    assert kinds <= {("Lbl", "LBody"), ("LBody",)}


def test_contents_are_a_table_of_contents_with_links(tagged: tuple[Any, Element, Built, str]) -> None:
    file, tree, built, language = tagged
    entries = list(every(tree, "TOCI"))
    titles = [tidy(plain(heading.text)) for heading in headings(built.editions[language].document) if heading.level < 3]
    assert len(entries) == len(titles)
    for entry, title in zip(entries, titles, strict=True):
        (link,) = (child for child in entry.children if child.type == "Link")
        said = text(file, link).replace("\u00ad", "")
        assert tidy(title).replace(" ", "")[:20] in said.replace(" ", "").replace("\u00a0", "").replace("-\n", "")


def test_links_say_where_they_lead(tagged: tuple[Any, Element, Built, str]) -> None:
    file, _, _, _ = tagged
    said = [annotation["data"].get("Contents") for page in file.pages for annotation in page.annots]
    assert said
    assert all(said)


def test_the_languages_of_the_cover_are_named_in_their_own(tagged: tuple[Any, Element, Built, str]) -> None:
    file, _, _, language = tagged
    found = Counter(languages(resolve1(file.doc.catalog["StructTreeRoot"])))
    assert set(found) >= set(LANGUAGES)
    assert file.doc.catalog["Lang"].decode() == language


def languages(found: Any) -> Iterator[str]:
    """The languages of all elements that have one of their own."""
    if "Lang" in found:
        yield found["Lang"].decode()
    kids = resolve1(found.get("K", []))
    for kid in map(resolve1, kids if isinstance(kids, list) else [kids]):
        if isinstance(kid, dict) and kid.get("Type") is not None and "S" in kid:
            yield from languages(kid)


TYPES = (
    *(
        "Part",
        "Sect",
        "Div",
        "BlockQuote",
        "H1",
        "H2",
        "H3",
        "H4",
        "H5",
        "P",
        "L",
        "LI",
        "LBody",
        "Lbl",
        "Link",
        "Span",
    ),
    *("Table", "THead", "TBody", "TR", "TH", "TD", "Caption", "Figure", "Code", "TOC", "TOCI", "Note", "Reference"),
)
