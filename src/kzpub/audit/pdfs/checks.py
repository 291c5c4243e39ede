"""Our own checks of a finished PDF, beyond what validators ask: that it is right for those who read it.

A validator asks whether a picture has an alternative text; we ask whether it is in the language of the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kzpub.audit.checking import Check, Finished
from kzpub.audit.pdfs import painted, structure, tagged
from kzpub.audit.pdfs.portable import Portable, listed
from kzpub.errors import Place, Problem

_CLAIMS = {
    "{http://www.aiim.org/pdfa/ns/id/}part": "2",
    "{http://www.aiim.org/pdfa/ns/id/}conformance": "A",
    "{http://www.aiim.org/pdfua/ns/id/}part": "1",
}
_XMP_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def _claims_are_made(pdf: Portable, file: Finished) -> Iterator[str]:  # noqa: ARG001
    for name, wanted in _CLAIMS.items():
        if (said := pdf.metadata.get(name, "")) != wanted:
            yield f"its metadata says “{said}” for {name.split('/')[3]} {name.rpartition('}')[2]}, not “{wanted}”"


def _title_is_shown(pdf: Portable, file: Finished) -> Iterator[str]:  # noqa: ARG001
    shown = listed(pdf.catalog.get("ViewerPreferences"))
    if not any(each.get("DisplayDocTitle") is True for each in shown):
        yield "readers are not told to show the title instead of the file’s name"
    printed = next((text for level, text, _ in tagged.headings(pdf) if level == 1), "")
    titles = {"properties": pdf.information.get("Title", ""), "metadata (XMP)": pdf.metadata.get(_XMP_TITLE, "")}
    for where, title in titles.items():
        if not title or tagged.squeezed(title) != tagged.squeezed(printed):
            yield f"the title in its {where} is {tagged.quoted(title)}, its first heading {tagged.quoted(printed)}"


def _check(code: str, says: str, rule: str, hint: str, find: Callable[[Portable, Finished], Iterator[str]]) -> Check:
    """A check whose findings have one remedy; ``find`` yields their causes."""

    def run(file: Finished) -> Iterator[Problem]:
        for cause in find(structure.of(file), file):
            yield Problem(code, f"[{file.language}] {cause}", Place(file.path.name), hint)

    return Check(code, says, rule, run)


_REPORT = "report this: the file is not what the program should make"

CHECKS: tuple[Check, ...] = (
    _check("pdf-claims", "It says of itself that it is PDF/UA-1 and PDF/A-2a.",
           "PDF/UA-1 5; PDF/A-2 6.6.4", _REPORT, _claims_are_made),
    _check("pdf-language", "It says which language it is in, and it is that of its name.",
           "PDF/UA-1 7.2; WCAG 2.2 3.1.1", "name it as its language, or make it anew", tagged.language_is_said),
    _check("pdf-text-language", "Its text is in that language; what is in another one is marked so.",
           "PDF/UA-1 7.2; WCAG 2.2 3.1.2", "translate the words, or mark their language",
           tagged.text_is_in_its_language),
    _check("pdf-title", "It has a title, which readers show and which is its first heading.",
           "PDF/UA-1 7.1; WCAG 2.2 2.4.2", _REPORT, _title_is_shown),
    _check("pdf-heading", "Its headings begin with one of the first level, and none skips a level.",
           "PDF/UA-1 7.4.2; WCAG 2.2 1.3.1", "give the heading the level below the one before it",
           tagged.headings_are_a_ladder),
    _check("pdf-bookmark", "Its bookmarks are its headings, in order, by level, and lead to their pages.",
           "ISO 32000-1 12.3.3; WCAG 2.2 2.4.5", _REPORT, tagged.bookmarks_are_the_headings),
    _check("pdf-contents", "Every line of the contents leads to a heading, and prints its page.",
           "PDF/UA-1 7.3 and 7.18.5; our own rule", _REPORT, tagged.contents_lead_to_headings),
    _check("pdf-alt", "Every picture has an alternative text in the language of the file.",
           "PDF/UA-1 7.3; WCAG 2.2 1.1.1", "write the alternative text, and translate it",
           tagged.figures_have_an_alternative),
    _check("pdf-table", "Tables have headers that say what they head, and rows of one width.",
           "PDF/UA-1 7.5; WCAG 2.2 1.3.1", "give the table a header row, and every row the same cells",
           tagged.tables_say_what_heads_them),
    _check("pdf-table-parted", "A table that crosses pages is one table.",
           "PDF/UA-1 7.5; our own rule", _REPORT, tagged.tables_are_whole),
    _check("pdf-list", "Lists are lists: items with a label and a body, lists inside items.",
           "PDF/UA-1 7.6; WCAG 2.2 1.3.1", "write it as a list", tagged.lists_are_lists),
    _check("pdf-link", "Links say where they lead, and lead there.",
           "PDF/UA-1 7.18.5; WCAG 2.2 2.4.4", "correct the link’s address or its words",
           tagged.links_say_where_they_lead),
    _check("pdf-note", "Every note is read after its call, and stands on the same page.",
           "PDF/UA-1 7.9; our own rule", "make the file anew; shorten the note or move its call",
           tagged.notes_follow_their_calls),
    _check("pdf-artifact", "Everything on a page is in the order of reading or marked as ornament.",
           "PDF/UA-1 7.1", _REPORT, tagged.everything_is_content_or_artifact),
    _check("pdf-running-head", "Running heads and feet are not read on every page.",
           "PDF/UA-1 7.8", _REPORT, tagged.running_heads_are_artifacts),
    _check("pdf-font", "All typefaces are in the file, and say which characters they show.",
           "PDF/UA-1 7.21; PDF/A-2 6.2.11", "use the typefaces of templates/fonts", painted.fonts_are_in_the_file),
    _check("pdf-glyph", "Every character is drawn, and can be copied and searched for.",
           "PDF/UA-1 7.21.8; PDF/A-2 6.2.11.8", "choose a typeface that has the character",
           painted.every_glyph_is_a_character),
    _check("pdf-contrast", "Text stands out from what is behind it: 4.5 to 1, large text 3 to 1.",
           "WCAG 2.2 1.4.3", "change one of the colours in templates/print.css", painted.text_stands_out),
    _check("pdf-page-size", "Its pages are A4.", "our own rule", "set “size: A4” in templates/print.css",
           painted.pages_are_a4),
    _check("pdf-active", "It has no scripts, attachments or forms.",
           "PDF/A-2 6.5 and 6.8; our own rule", "make the file anew from its source", painted.nothing_acts),
    _check("pdf-private", "Its properties name nobody, and no program but its producer.",
           "our own rule", "make the file anew from its source", painted.nobody_is_named),
)  # fmt: skip
