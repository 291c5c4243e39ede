"""A folder to a document, and every fault of a folder found with its line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PIL import Image as Photo

from kzpub import content
from kzpub.errors import KzpubError, Place
from kzpub.inlines import flatten
from kzpub.markdown import parse_inlines
from kzpub.model import Document, Message, Picture
from kzpub.projects import publications
from kzpub.traversal import headings, texts, walk
from tests.conftest import ROOT

FOLDER = "content/sampler"
TEXT, BLOCKS, CONFIGURATION = f"{FOLDER}/01-text.md", f"{FOLDER}/02-blocks.md", f"{FOLDER}/publication.yaml"
LABELS = "templates/labels.yaml"
Edit = Callable[[str, str, str], None]


def read(project: Path) -> Document[Message]:
    return content.read(project / FOLDER, project)


def findings(work: Callable[[], object]) -> list[tuple[str, str]]:
    with pytest.raises(KzpubError) as caught:
        work()
    return [(problem.code, str(problem.place)) for problem in caught.value.problems]


# -- What is read ----------------------------------------------------------------------------------------------------


def test_the_configuration_is_read(project: Path) -> None:
    document = read(project)
    assert document.id == "sampler"
    assert document.languages == ("en", "kk", "ru")
    assert document.date == date(2026, 3, 5)
    assert document.period == (2021, 2023)
    assert document.title == Message(
        "Sampler of every kind of block", "publication", Place(CONFIGURATION, 1), "Title of the publication"
    )
    assert [keyword.text for keyword in document.keywords] == ["sampler", "tests"]
    assert {leaf.context for leaf in (document.subtitle, document.description, document.source_note)} == {"publication"}


def test_chapters_come_in_the_order_of_the_list(project: Path, edit: Edit) -> None:
    edit(CONFIGURATION, "[01-text.md, 02-blocks.md]", "[02-blocks.md, 01-text.md]")
    assert [heading.anchor for heading in headings(read(project)) if heading.level == 1] == ["blocks", "text"]


def test_every_kind_of_block_and_inline_is_in_the_sampler(project: Path) -> None:
    document = read(project)
    blocks = {type(block).__name__ for block in walk(document.blocks)}
    assert blocks == {"Heading", "Paragraph", "List", "Table", "Picture", "Chart", "Quote", "CodeBlock"}
    inlines = {
        type(inline).__name__
        for message in texts(document)
        for inline in flatten(parse_inlines(message.text, message.place))
    }
    assert inlines == {"Text", "Emphasis", "Strong", "Code", "Link", "NoteRef", "Break"}
    assert {note.label for note in document.notes} == {"first", "second"}


def test_images_are_read_once_each(project: Path) -> None:
    document = read(project)
    figures = [block for block in walk(document.blocks) if isinstance(block, Picture)]
    assert [figure.image for figure in figures] == ["squares.png", "squares.png"]
    assert list(document.images) == ["squares.png"]
    assert document.images["squares.png"].data == (project / FOLDER / "squares.png").read_bytes()
    assert document.images["squares.png"].media_type == "image/png"


@pytest.mark.parametrize("name", ["two squares.png", "шаршылар.png", "squares_2.PNG"])
def test_an_image_may_have_any_name(name: str, project: Path, edit: Edit) -> None:
    (project / FOLDER / name).write_bytes((project / FOLDER / "squares.png").read_bytes())
    edit(BLOCKS, '(squares.png "', f'(<{name}> "')
    assert name in read(project).images


def test_a_jpeg_is_known_by_its_content(project: Path) -> None:
    Photo.new("RGB", (4, 4)).save(project / FOLDER / "squares.png", "JPEG")
    assert read(project).images["squares.png"].media_type == "image/jpeg"


def test_a_language_listed_twice_may_stand_for_another(project: Path, edit: Edit) -> None:
    edit(CONFIGURATION, "[en, kk, ru]", "[en, kk, kk]")
    with pytest.raises(KzpubError, match=r"“kk” stands twice in “languages” \[yaml-twice\]"):
        read(project)


def test_a_publication_cannot_have_the_name_of_the_templates_words(project: Path) -> None:
    (project / "content/sampler").rename(project / "content/kzpub")
    with pytest.raises(KzpubError, match=r"content/kzpub/publication.yaml: error: .* \[publication-name\]"):
        publications(project)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("Two\u200b words.", "character-unseen", id="a zero-width space"),
        pytest.param("Two \u202ewords.", "character-unseen", id="a right-to-left override"),
        pytest.param("<<<<<<< HEAD\nWords.\n>>>>>>> b", "merge-conflict", id="a merge conflict"),
    ],
)
def test_a_chapter_holds_what_can_be_seen(text: str, code: str, project: Path, edit: Edit) -> None:
    chapter = "content/sampler/01-text.md"
    whole = (project / chapter).read_text("utf-8")
    (project / chapter).write_text(f"{whole}\n{text}\n", "utf-8")
    line = whole.count("\n") + 2
    with pytest.raises(KzpubError) as caught:
        read(project)
    assert (code, f"{chapter}:{line}") in {(each.code, str(each.place)) for each in caught.value.problems}


def test_the_repositorys_publication_is_read() -> None:
    document = content.read(ROOT / "content" / "human-rights-factsheet", ROOT)
    assert len([heading for heading in headings(document) if heading.level == 1]) == 8


def test_labels_are_read_with_what_translators_are_told(project: Path) -> None:
    labels = content.read_labels(project / LABELS, project)
    assert labels["page_of"] == Message("Page {page} of {pages}", "template", Place(LABELS, 7), "Footer of every page")


# -- What is refused -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        # the configuration
        pytest.param((CONFIGURATION, "subtitle:", "subtitel:"), ("yaml-key", f"{CONFIGURATION}:2"), id="misspelt key"),
        pytest.param(
            (CONFIGURATION, "keywords: [sampler, tests]\n", ""), ("yaml-key", f"{CONFIGURATION}:1"), id="no key"
        ),
        pytest.param(
            (CONFIGURATION, "A small publication for the tests.", "[a]"),
            ("yaml-type", f"{CONFIGURATION}:3"),
            id="a list",
        ),
        pytest.param((CONFIGURATION, "2026-03-05", "5 March"), ("date-form", f"{CONFIGURATION}:5"), id="date in words"),
        pytest.param(
            (CONFIGURATION, "2026-03-05", "2026-02-30"), ("date-form", f"{CONFIGURATION}:5"), id="no such day"
        ),
        pytest.param((CONFIGURATION, "2021–2023", "2021"), ("period-form", f"{CONFIGURATION}:6"), id="one year"),
        pytest.param((CONFIGURATION, "2021–2023", "2023–2021"), ("period-form", f"{CONFIGURATION}:6"), id="backwards"),
        pytest.param((CONFIGURATION, "kk, ru]", "kk, xx]"), ("language-unknown", f"{CONFIGURATION}:8"), id="language"),
        pytest.param(
            (CONFIGURATION, "[en, kk", "[kk"), ("language-source", f"{CONFIGURATION}:8"), id="no source language"
        ),
        pytest.param(
            (CONFIGURATION, "02-blocks.md", "03.md"), ("chapter-missing", f"{CONFIGURATION}:9"), id="no chapter"
        ),
        pytest.param(
            (CONFIGURATION, "02-blocks.md", "../x.md"), ("chapter-missing", f"{CONFIGURATION}:9"), id="outside"
        ),
        pytest.param((CONFIGURATION, "02-blocks.md", "."), ("chapter-missing", f"{CONFIGURATION}:9"), id="a folder"),
        # images
        pytest.param((BLOCKS, 'squares.png "', 'rounds.png "'), ("image-missing", f"{BLOCKS}:39"), id="no image"),
        pytest.param((BLOCKS, 'squares.png "', '../../x.png "'), ("image-missing", f"{BLOCKS}:39"), id="image outside"),
        pytest.param((BLOCKS, "(squares.png)", "(01-text.md)"), ("image-format", f"{BLOCKS}:41"), id="no picture"),
        # headings and links
        pytest.param(
            (BLOCKS, "{#lists}", "{#second}"), ("anchor-twice", f"{BLOCKS}:3"), id="anchor of another chapter"
        ),
        pytest.param((BLOCKS, "## Lists", "### Lists"), ("heading-skipped", f"{BLOCKS}:3"), id="level skipped"),
        pytest.param((TEXT, "# Text", "## Text"), ("heading-skipped", f"{TEXT}:1"), id="begins too deep"),
        pytest.param((TEXT, "](#blocks)", "](#bricks)"), ("anchor-unknown", f"{TEXT}:3"), id="link to nowhere"),
        pytest.param(
            (CONFIGURATION, "*every*", "[x](#nowhere)"), ("anchor-unknown", f"{CONFIGURATION}:7"), id="its note"
        ),
        # notes
        pytest.param((TEXT, "note.[^second]", "note."), ("note-calls", f"{TEXT}:21"), id="note never called"),
        pytest.param(
            (TEXT, "level.\n\n####", "level.[^first]\n\n####"), ("note-calls", f"{TEXT}:20"), id="called twice"
        ),
        pytest.param(
            (TEXT, "note,[^first]", "note,[^first][^third]"), ("note-missing", f"{TEXT}:3"), id="no such note"
        ),
        # sentences anywhere
        pytest.param(
            (CONFIGURATION, "*every*", "<b>every</b>"), ("raw-html", f"{CONFIGURATION}:7"), id="HTML on the cover"
        ),
        pytest.param((BLOCKS, "820", "[820](x)"), ("link-target", f"{BLOCKS}:34"), id="target in a cell"),
        pytest.param((BLOCKS, "820", "![820](x)"), ("image-in-text", f"{BLOCKS}:34"), id="image in a cell"),
        pytest.param(
            (BLOCKS, "Two *squares*", "Two <i>squares</i>"), ("raw-html", f"{BLOCKS}:39"), id="HTML in a caption"
        ),
        pytest.param((TEXT, "[^second]: The", "[^second]: <i>The"), ("raw-html", f"{TEXT}:21"), id="HTML in a note"),
    ],
)
def test_a_fault_is_found_with_its_line(
    change: tuple[str, str, str], fault: tuple[str, str], project: Path, edit: Edit
) -> None:
    edit(*change)
    assert findings(lambda: read(project)) == [fault]


def test_a_note_written_twice_is_refused(project: Path, edit: Edit) -> None:
    edit(BLOCKS, "The last paragraph.", "The last paragraph.\n\n[^first]: Again.")
    assert set(findings(lambda: read(project))) == {("note-calls", f"{TEXT}:20"), ("note-calls", f"{BLOCKS}:64")}


def test_all_faults_of_a_document_are_found_at_once(project: Path, edit: Edit) -> None:
    edit(TEXT, "](#blocks)", "](#bricks)")
    edit(TEXT, "note.[^second]", "note.")
    edit(BLOCKS, "{#lists}", "{#second}")
    assert sorted(code for code, _ in findings(lambda: read(project))) == [
        "anchor-twice",
        "anchor-unknown",
        "note-calls",
    ]


@pytest.mark.parametrize("name", ["../other/01.md", "../../locales/sampler.pot", "../sampler/../other/01.md"])
def test_a_chapter_of_another_folder_is_refused(name: str, project: Path, edit: Edit) -> None:
    (project / "content" / "other").mkdir()
    (project / "content" / "other" / "01.md").write_text("# Other {#other}\n", "utf-8")
    edit(CONFIGURATION, "02-blocks.md]", f"02-blocks.md, {name}]")
    assert findings(lambda: read(project)) == [("chapter-missing", f"{CONFIGURATION}:9")]


def test_a_chapter_that_is_a_link_out_of_the_project_is_refused(project: Path) -> None:
    (project / BLOCKS).rename(project.parent / "secret.md")
    (project / BLOCKS).symlink_to(project.parent / "secret.md")
    assert findings(lambda: read(project)) == [("input-link", BLOCKS)]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        pytest.param("  text: Contents\n", "", ("yaml-key", f"{LABELS}:4"), id="no text"),
        pytest.param("  comment: Heading of the table of contents\n", "", ("yaml-key", f"{LABELS}:4"), id="no comment"),
        pytest.param(
            "  text: Contents\n", "  text: Contents\n  txet: x\n", ("yaml-key", f"{LABELS}:5"), id="unknown key"
        ),
        pytest.param(
            "contents:\n  text: C",
            "contents: C\nother:\n  text: C",
            ("yaml-type", f"{LABELS}:3"),
            id="text without a key",
        ),
    ],
)
def test_a_malformed_label_is_refused(old: str, new: str, fault: tuple[str, str], project: Path, edit: Edit) -> None:
    edit(LABELS, old, new)
    assert findings(lambda: content.read_labels(project / LABELS, project)) == [fault]
