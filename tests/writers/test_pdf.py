"""PDF files as readers and their programs meet them."""

from __future__ import annotations

import gc
import io
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from kzpub.builds.editing import editions
from kzpub.edition import Edition
from kzpub.errors import KzpubError
from kzpub.inlines import Code, Emphasis, Inlines, NoteRef, Strong, Text, plain
from kzpub.kazakh import hyphenation_patterns
from kzpub.model import Heading, Note, Paragraph, Table
from kzpub.projects import Request
from kzpub.traversal import headings
from kzpub.writers import pdf
from tests.conftest import LANGUAGES, ROOT, Built, tool
from tests.readback import pdf as reader
from tests.readback import tidy

KAZAKH_LETTERS = "әғқңөұүһіӘҒҚҢӨҰҮҺІ"


@pytest.fixture(scope="session")
def pages(built: Built) -> Callable[[str], list[Any]]:
    """The pages of a language's PDF, as pdfplumber reads them."""
    opened: dict[str, list[Any]] = {}

    def of(language: str) -> list[Any]:
        if language not in opened:
            opened[language] = pdfplumber.open(io.BytesIO(built.data(language, "pdf"))).pages
        return opened[language]

    return of


def with_blocks(edition: Edition, *blocks: Any, notes: tuple[Note[Inlines], ...] = ()) -> Edition:
    return replace(edition, document=replace(edition.document, blocks=blocks, notes=notes))


# -- The file --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_metadata_and_language_are_the_editions(built: Built, language: str) -> None:
    edition = built.editions[language]
    with pdfplumber.open(built.path(language, "pdf")) as file:
        catalog, metadata = file.doc.catalog, file.metadata
    assert catalog["Lang"] == language.encode()
    assert catalog["MarkInfo"]["Marked"] is True
    assert metadata["Title"] == edition.title
    assert metadata["Keywords"] == ", ".join(edition.keywords)
    assert metadata["CreationDate"].startswith(f"D:{edition.document.date:%Y%m%d}")
    assert "Author" not in metadata


@pytest.mark.parametrize("language", LANGUAGES)
def test_bookmarks_are_the_headings(built: Built, language: str) -> None:
    with pdfplumber.open(built.path(language, "pdf")) as file:
        outline = [(level, title) for level, title, *_ in file.doc.get_outlines()]
    wanted = [(each.level, plain(each.text)) for each in headings(built.editions[language].document)]
    assert [(level, tidy(title)) for level, title in outline] == [(level, tidy(title)) for level, title in wanted]


def test_equal_editions_are_equal_bytes(sampler: Built) -> None:
    assert pdf.write(sampler.editions["kk"]).data == sampler.data("kk", "pdf")


# -- Typefaces -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_our_typefaces_are_used_and_all_are_embedded(built: Built, language: str) -> None:
    command = [tool("pdffonts"), str(built.path(language, "pdf"))]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[2:]
    assert lines
    for line in lines:
        name, embedded, subset, unicode = re.fullmatch(r"(\S+) .* (yes|no) (yes|no) (yes|no) +\d+ +\d+", line).groups()  # type: ignore[union-attr]
        assert re.match(r"[A-Z]{6}\+Source-S(ans-3|erif-4)", name)
        assert (embedded, subset, unicode) == ("yes", "yes", "yes")


def test_every_kazakh_letter_comes_from_the_typeface_itself_in_all_four_styles(sampler: Built) -> None:
    letters: Inlines = (Text(KAZAKH_LETTERS),)
    styles = {
        "Source-Serif-4,": letters,
        "Source-Serif-4-Bold": (Strong(letters),),
        "Source-Serif-4-Italic": (Emphasis(letters),),
        "Source-Serif-4-Bold-Italic": (Strong((Emphasis(letters),)),),
    }
    edition = with_blocks(sampler.editions["kk"], *map(Paragraph, styles.values()))
    with pdfplumber.open(io.BytesIO(pdf.write(edition).data)) as file:
        printed = [each for page in file.pages[2:] for each in page.chars if each["text"] in KAZAKH_LETTERS]
    found = {each["fontname"].partition("+")[2] for each in printed if each["size"] > 10}
    assert {name.rstrip(",") for name in found} >= {name.rstrip(",") for name in styles}
    assert all("Source-S" in each["fontname"] for each in printed)


# -- Pages -----------------------------------------------------------------------------------------------------------

PAGE_LABEL = {"en": "Page {} of {}", "kk": "{1} беттің {0}-беті", "ru": "Страница {} из {}"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_says_its_number_in_the_languages_words(
    pages: Callable[[str], list[Any]], language: str, built: Built
) -> None:
    of = pages(language)
    for number, page in enumerate(of, 1):
        assert PAGE_LABEL[language].format(number, len(of)) in tidy(page.extract_text())
    assert [each.pages for each in built.outcome.entries if (each.language, each.format) == (language, "pdf")] == [
        len(of)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_running_heads_name_publication_and_chapter(
    pages: Callable[[str], list[Any]], language: str, built: Built
) -> None:
    edition = built.editions[language]
    chapters = [tidy(plain(each.text)) for each in headings(edition.document) if each.level == 1]
    for page in pages(language)[2:]:
        head = tidy(page.within_bbox((0, 0, page.width, 65)).extract_text())
        foot = tidy(page.within_bbox((0, page.height - 65, page.width, page.height)).extract_text())
        assert head == tidy(edition.title)
        assert any(foot.startswith(chapter[:30]) for chapter in chapters)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_contents_name_the_page_of_each_heading(
    pages: Callable[[str], list[Any]], language: str, built: Built
) -> None:
    printed = squeezed(pages(language)[1].extract_text())
    for heading in headings(built.editions[language].document):
        if heading.level <= 2:
            title = squeezed(plain(heading.text))
            (page,) = (n for n, each in enumerate(pages(language), 1) if n > 2 and title in heading_text(each))
            assert f"{title}{page}" in printed or _on_two_lines(title, page, printed)


def _on_two_lines(title: str, page: int, printed: str) -> bool:
    """The number stands on the last line of an entry, wherever its line breaks."""
    return any(f"{title[:cut]}{page}{title[cut:]}" in printed for cut in range(1, len(title)))


def squeezed(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def heading_text(page: Any) -> str:
    """The characters of a page that are set as headings."""
    return squeezed(page.filter(is_heading).extract_text())


def is_heading(item: dict[str, Any]) -> bool:
    return bool(re.search(r"S(ans-3|erif-4)-Bold", item.get("fontname", ""))) and item["size"] > 10.9


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_heading_stands_at_the_end_of_a_page(pages: Callable[[str], list[Any]], language: str) -> None:
    for page in pages(language)[2:]:
        body = [each for each in page.chars if each["text"].strip() and 68 < each["bottom"] < page.height - 65]
        lowest = max(body, key=lambda each: each["bottom"])
        assert not is_heading(lowest), page.page_number


# -- Notes -----------------------------------------------------------------------------------------------------------


def noted_pages(data: bytes) -> Iterator[tuple[list[int], list[int]]]:
    """For each page the numbers of the notes called on it and of those printed at its foot."""
    with pdfplumber.open(io.BytesIO(data)) as file:
        for page in file.pages[2:]:
            small = page.filter(lambda item: item.get("size", 0) < 8)
            calls = [int(each) for each in re.findall(r"\d+", small.extract_text())]
            foot = page.within_bbox((0, 65, page.width, page.height - 65))
            notes = foot.filter(lambda item: 8 < item.get("size", 0) < 8.8)
            yield calls, [int(each) for each in re.findall(r"^(\d+)\.", notes.extract_text(), re.MULTILINE)]


def many_notes(edition: Edition, lengths: list[int]) -> Edition:
    """Paragraphs of the given numbers of words, each with a note of a third as many."""
    blocks: list[Any] = [Heading(1, "first", (Text("First"),))]
    notes = []
    for number, length in enumerate(lengths, 1):
        blocks.append(Paragraph((Text("word " * length), NoteRef(str(number)), Text(" end."))))
        note: Inlines = (Text("note " * (1 + length // 3)),)
        notes.append(Note(str(number), note, edition.document.notes[0].place))
    return with_blocks(edition, *blocks, notes=tuple(notes))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_note_is_on_the_page_of_its_call(sampler: Built, language: str) -> None:
    found = list(noted_pages(sampler.data(language, "pdf")))
    assert [calls for calls, _ in found] == [notes for _, notes in found]
    assert sum(len(notes) for _, notes in found) == 2


@pytest.mark.parametrize("seed", [*range(3), *(pytest.param(n, marks=pytest.mark.proof) for n in range(3, 60))])
def test_notes_of_any_length_stay_on_the_page_of_their_call(sampler: Built, seed: int) -> None:
    lengths = [40 + (seed * 37 + n * 53) % 120 for n in range(24)]
    found = list(noted_pages(pdf.write(many_notes(sampler.editions["en"], lengths)).data))
    assert sorted(number for _, notes in found for number in notes) == list(range(1, 25))
    assert [calls for calls, _ in found] == [notes for _, notes in found]


def test_a_lost_note_ends_the_work(project: Path, edit: Callable[[str, str, str], None]) -> None:
    edit("templates/print.css", ".footnote { float: footnote;", ".footnote { display: none;")
    with pytest.raises(KzpubError) as raised:
        pdf.write(editions(project, Request(languages=("en",)))[0])
    assert [problem.code for problem in raised.value.problems] == ["note-lost"]


# -- Lines -----------------------------------------------------------------------------------------------------------


def broken_words(data: bytes) -> Iterator[tuple[str, str]]:
    """The words that are divided at the end of a line, as their two parts."""
    for row in reader.read(data).rows:
        yield from re.findall(r"([^\W\d_]+)-\n([^\W\d_]+)", row.text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_divided_in_every_language_and_by_its_rules(factsheet: Built, language: str, tmp_path: Path) -> None:
    import pyphen

    dictionary = tmp_path / "hyph.dic"
    dictionary.write_text("\n".join(["UTF-8", *hyphenation_patterns()]), "utf-8")
    rules = pyphen.Pyphen(filename=str(dictionary)) if language == "kk" else pyphen.Pyphen(lang=language)
    divided = [
        (first, second)
        for first, second in broken_words(factsheet.data(language, "pdf"))
        if (first, second) not in {("Касым", "Жомарт"), ("сыбайлас", "жемқорлыққа")}
    ]
    assert len(divided) >= 4
    assert [pair for pair in divided if pair not in set(rules.iterate("".join(pair)))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_is_left_with_one_syllable(factsheet: Built, language: str) -> None:
    for row in reader.read(factsheet.data(language, "pdf")).rows:
        lines = row.text.split("\n")
        if row.role in ("bullet", "paragraph"):
            assert all(len(line) > 0.6 * len(lines[0]) for line in lines[:-1]), lines


# -- What goes wrong -------------------------------------------------------------------------------------------------


def test_whatever_the_renderer_warns_of_ends_the_work(project: Path, edit: Callable[[str, str, str], None]) -> None:
    usual = gc.get_threshold()
    edit("templates/print.css", ".cover {", ".cover { colour: red;")
    with pytest.raises(KzpubError, match="renderer-warning"):
        pdf.write(editions(project, Request(languages=("en",)))[0])
    assert gc.get_threshold() == usual


def test_a_file_outside_the_document_is_not_fetched(project: Path, edit: Callable[[str, str, str], None]) -> None:
    edit("templates/print.html", "<main>", f'<main><img src="file://{ROOT}/tests/project/content/sampler/squares.png">')
    with pytest.raises(KzpubError, match="renderer-warning"):
        pdf.write(editions(project, Request(languages=("en",)))[0])


def test_text_that_would_run_off_the_paper_is_refused(sampler: Built) -> None:
    cells: Any = tuple((Text("words"),) for _ in range(60))
    wide = Table(0, None, (None,) * 60, cells, (cells,))
    with pytest.raises(KzpubError, match="text-overflow"):
        pdf.write(with_blocks(sampler.editions["en"], wide))


def test_a_long_address_is_broken_where_the_line_ends(sampler: Built) -> None:
    long: Inlines = (Text("https://example.org/" + "x" * 300),)
    assert pdf.write(with_blocks(sampler.editions["en"], Paragraph(long), Paragraph((Code("y" * 300),)))).pages == 3


def test_a_label_cannot_end_the_stylesheet() -> None:
    assert pdf.css_content(("</style>", "page", '"')) == r'"\3c /style>" counter(page) "\22 "'
