"""What a finished Word file is held to: the table of its checks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kzpub.audit.checking import Check, Finished
from kzpub.audit.word import colours, languages, package, structure
from kzpub.audit.word.file import WordFile, opened
from kzpub.errors import KzpubError, Place, Problem

_TEMPLATE = "mend templates/word.docx; if its styles are right, report this"
_SOURCE = "mend the text in content/ or its translation"
_AGAIN = "build the file again; what was opened and saved by hand is not what was built"
_REPORT = "report this: the writer of Word files is at fault"


def _check(code: str, says: str, rule: str, hint: str, look: Callable[[WordFile], Iterable[str]]) -> Check:
    def run(finished: Finished) -> Iterator[Problem]:
        """What cannot be opened fails every check: nothing is known of it."""
        place = Place(finished.path.name)
        try:
            word = opened(finished)
        except KzpubError as error:
            yield from error.problems
            return
        yield from (Problem(code, f"[{finished.language}] {cause}", place, hint) for cause in look(word))

    return Check(code, says, rule, run)


CHECKS: tuple[Check, ...] = (
    _check(
        "docx-package",
        "The package is whole and orderly: one order of parts, no times, each part with its type and its use.",
        "ECMA-376, part 2, 10; our own rule: equal editions are equal bytes",
        _AGAIN,
        package.orderly,
    ),
    _check(
        "docx-external",
        "Nothing is taken from outside the file, and everything that it refers to is in it.",
        "ECMA-376, part 2, 9.3; our own rule",
        _AGAIN,
        package.without_externals,
    ),
    _check("docx-active", "It has no macros and no controls.", "our own rule", _AGAIN, package.without_macros),
    _check(
        "docx-properties",
        "Title and language are in its properties, and are those of its text.",
        "WCAG 2.2 2.4.2, 3.1.1; EN 301 549 10.2.4.2",
        _REPORT,
        package.described,
    ),
    _check(
        "docx-names",
        "It names no author and no tool, and keeps no comments and no traces of changes.",
        "our own rule",
        _AGAIN,
        package.nameless,
    ),
    _check(
        "docx-fonts",
        "Every typeface is embedded in four styles, and has all characters of the text.",
        "ECMA-376, part 1, 17.8.1; our own rule",
        "embed the typeface: put it into templates/fonts and into the font table of templates/word.docx",
        package.embedded,
    ),
    _check(
        "docx-headings",
        "It has one title, and headings of Word’s own styles that skip no level.",
        "WCAG 2.2 1.3.1, 2.4.6; EN 301 549 10.1.3.1",
        _SOURCE,
        structure.headings,
    ),
    _check(
        "docx-contents",
        "It has one table of contents, whose entries are its headings and lead to them.",
        "WCAG 2.2 2.4.5; our own rule",
        _REPORT,
        structure.contents,
    ),
    _check(
        "docx-lists",
        "Lists are Word’s lists; no bullet and no number is typed.",
        "WCAG 2.2 1.3.1",
        "write it as a list in content/, or give it a style of lists in templates/word.docx",
        structure.lists,
    ),
    _check(
        "docx-tables",
        "Every table of data has a header row that is marked and repeated, whole rows, a title and a description.",
        "WCAG 2.2 1.3.1; ECMA-376, part 1, 17.4.78",
        _REPORT,
        structure.tables,
    ),
    _check(
        "docx-pictures",
        "Every picture and chart has words in its place, in the language of the file.",
        "WCAG 2.2 1.1.1, 3.1.2",
        _SOURCE,
        languages.pictured,
    ),
    _check(
        "docx-language",
        "Its language is marked as the default and on every run, and parts in another language with theirs.",
        "WCAG 2.2 3.1.1, 3.1.2",
        _REPORT,
        languages.marked,
    ),
    _check(
        "docx-wrong-language",
        "Every text is in the language that it is marked with.",
        "WCAG 2.2 3.1.2",
        _SOURCE,
        languages.true,
    ),
    _check(
        "docx-spacing",
        "No empty paragraph stands for space.",
        "WCAG 2.2 1.3.1 (failure F33 in spirit); our own rule",
        _TEMPLATE,
        structure.spacing,
    ),
    _check(
        "docx-layout",
        "No tabs, spaces in a row or line breaks put words in their places.",
        "WCAG 2.2 1.3.1, 1.3.2",
        _SOURCE,
        structure.layout,
    ),
    _check(
        "docx-styles",
        "Every look is that of a named style, which readers can change.",
        "WCAG 2.2 1.3.1; our own rule",
        _TEMPLATE,
        structure.styled,
    ),
    _check(
        "docx-pages",
        "Pages are A4; no line stands alone, and headings and captions stay with what follows.",
        "our own rule",
        _TEMPLATE,
        structure.pages,
    ),
    _check(
        "docx-contrast",
        "Text stands out from what is behind it by 4.5 : 1, large text by 3 : 1.",
        "WCAG 2.2 1.4.3",
        "choose another colour in templates/word.docx, or in templates/print.css for charts",
        colours.contrasts,
    ),
    _check(
        "docx-notes",
        "Every call has its note, and every note its call, in one order.",
        "WCAG 2.2 1.3.1, 1.3.2",
        _REPORT,
        structure.notes,
    ),
    _check(
        "docx-links",
        "Every link leads to what is there, and says where.",
        "WCAG 2.2 2.4.4",
        _SOURCE,
        structure.links,
    ),
)
