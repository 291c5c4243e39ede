"""The tag tree of a finished PDF, for those who hear it: each function says what is wrong with one part of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise, zip_longest

from kzpub.audit.checking import Finished
from kzpub.audit.pdfs.portable import Element, Glyph, Link, Portable
from kzpub.audit.phrases import is_file_name, says_nothing
from kzpub.errors import Place
from kzpub.judges import letters
from kzpub.judges.alphabets import WORD, script
from kzpub.languages import LANGUAGES

HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")
_INLINE = ("Span", "Link", "Reference", "Em", "Strong", "Quote")
_BULLETS = ("•", "◦", "▪", "‣")
_WIDE = 30  # characters of a text that a cause quotes
_NAME = re.compile(r"\b[A-Z][\w-]*(?: [A-Z][\w-]*)*", re.ASCII)
_SCHEMES = ("https://", "http://", "mailto:")


def squeezed(text: str) -> str:
    """Letters and digits alone: on a page, hyphens and spaces depend on where lines end."""
    return "".join(filter(str.isalnum, text))


def headings(pdf: Portable) -> list[tuple[int, str, int]]:
    """Level, text and page of every heading; the page is 0 where nothing of it is printed."""
    found = pdf.document.every(*HEADINGS)
    return [(int(each.role[1]), pdf.text(each), min(each.pages, default=0)) for each in found]


def quoted(text: str) -> str:
    return f"“{text[:_WIDE]}{'…' * (len(text) > _WIDE)}”"


def _on(element: Element) -> str:
    return f"page {min(element.pages, default=0)}"


# -- Language --------------------------------------------------------------------------------------------------------


def language_is_said(pdf: Portable, file: Finished) -> Iterator[str]:
    if pdf.document.language != file.language:
        yield f"the file says that it is in “{pdf.document.language}”, its name says “{file.language}”"


def text_is_in_its_language(pdf: Portable, file: Finished) -> Iterator[str]:  # noqa: ARG001
    for language, page, content in passages(pdf.document):
        for cause in strangers(pdf.words(iter(content)), language):
            yield f"page {page}: {cause}"


def strangers(text: str, language: str) -> Iterator[str]:
    """What in a text is not in the language that it is said to be in."""
    if language not in LANGUAGES:
        yield f"{quoted(text)} is said to be in “{language}”, which is none of {', '.join(LANGUAGES)}"
        return
    cyrillic = [word for word in WORD.findall(text) if script(word[0]) == "CYRILLIC"]
    if language == "en":
        yield from (f"“{word}” is said to be English" for word in cyrillic[:1])
    else:  # among words of the language, capitals are a name, such as that of a typeface; alone, a single word is
        names = _NAME.findall(text)
        alone = " ".join(("–", *names)) if len(names) == 1 and " " not in names[0] else "–"
        found = letters.problems(alone, text, LANGUAGES[language], Place(""), names if cyrillic else ())
        yield from (problem.cause.removeprefix(f"[{language}] ") for problem in found if problem.severity == "error")


def passages(element: Element) -> Iterator[tuple[str, int, list[tuple[int, int]]]]:
    """Language, page and content of every paragraph, heading, cell …; words in another language are for themselves."""
    own: list[tuple[int, int]] = []
    waiting = list(element.kids)
    others: list[Element] = []
    while waiting:
        kid = waiting.pop(0)
        if isinstance(kid, tuple):
            own.append(kid)
        elif isinstance(kid, Element) and kid.role in _INLINE and kid.language == element.language:
            waiting[:0] = kid.kids
        elif isinstance(kid, Element) and kid.role != "Code":
            others.append(kid)
    if own:
        yield element.language, own[0][0], own
    for other in others:
        yield from passages(other)


# -- Headings, bookmarks, contents -----------------------------------------------------------------------------------


def headings_are_a_ladder(pdf: Portable, file: Finished) -> Iterator[str]:  # noqa: ARG001
    found = headings(pdf)
    first = [level for level, _, _ in found].count(1)
    if first != 1 or found[0][0] != 1:
        yield f"{first} headings of the first level (H1) where there has to be one, before all others"
    for (above, _, _), (level, text, page) in pairwise(found):
        if level > above + 1:
            yield f"page {page}: {quoted(text)} is H{level} after H{above}"
    yield from (f"a heading of level H{level} is empty" for level, text, _ in found if not squeezed(text))


def bookmarks_are_the_headings(pdf: Portable, file: Finished) -> Iterator[str]:  # noqa: ARG001
    wanted = [each for each in headings(pdf) if each[0] > 1]
    for heading, mark in zip_longest(wanted, pdf.bookmarks):
        if heading is None or mark is None or squeezed(heading[1]) != squeezed(mark.title):
            there = quoted(mark.title) if mark else "none"
            yield f"the bookmark of {quoted(heading[1]) if heading else 'no heading'} is {there}"
            return  # the others would only be out of step
        level, text, page = heading
        if mark.level != level - 1:
            yield f"the bookmark {quoted(text)} has level {mark.level}, its heading H{level}"
        if mark.target is None or mark.target[0] != page:
            yield f"the bookmark {quoted(text)} does not lead to page {page}"


def contents_lead_to_headings(pdf: Portable, file: Finished) -> Iterator[str]:  # noqa: ARG001
    found = headings(pdf)
    entries = list(pdf.document.every("TOCI"))
    said = [_entry(pdf, entry) for entry in entries]
    known = {squeezed(text) + str(page): page for _, text, page in found}
    for text, link in said:
        if link is None or link.target is None:
            yield f"the line {quoted(text)} of the contents leads nowhere"
        elif squeezed(text) not in known:
            yield f"the line {quoted(text)} of the contents is no heading with its page"
        elif link.target[0] != known[squeezed(text)]:
            yield f"the line {quoted(text)} of the contents leads to page {link.target[0]}"
    listed = {squeezed(text) for text, _ in said}
    for level, text, page in found:
        if level == 2 and squeezed(text) + str(page) not in listed:
            yield f"the contents lack {quoted(text)}, page {page}"


def _entry(pdf: Portable, entry: Element) -> tuple[str, Link | None]:
    link = next((child for child in entry.children if child.role == "Link"), None)
    return (pdf.text(link), next(iter(link.links), None)) if link else (pdf.text(entry), None)


# -- Figures, tables, lists ------------------------------------------------------------------------------------------


def figures_have_an_alternative(pdf: Portable, file: Finished) -> Iterator[str]:
    """In a draft a text may be in two languages; an alternative text has no way to say so."""
    for figure in pdf.document.every("Figure"):
        place = _on(figure) if figure.pages else "a page"
        if len(squeezed(figure.alt)) < 3 or is_file_name(figure.alt):
            yield f"{place}: a picture has no alternative text"
        for cause in () if file.draft else strangers(figure.alt, figure.language):
            yield f"{place}, alternative text: {cause}"


def tables_say_what_heads_them(pdf: Portable, file: Finished) -> Iterator[str]:  # noqa: ARG001
    for table in pdf.document.every("Table"):
        rows = [[cell for cell in row.children if cell.role in ("TH", "TD")] for row in table.every("TR")]
        widths = [sum(int(cell.attribute("ColSpan") or 1) for cell in row) for row in rows]
        heads = list(table.every("TH"))
        if len(set(widths)) != 1 or not widths[0]:
            yield f"{_on(table)}: the rows of a table have {', '.join(map(str, sorted(set(widths)))) or 'no'} cells"
        if rows and any(cell.role != "TH" for cell in rows[0]):
            yield f"{_on(table)}: the first row of a table has cells that are no headers"
        if any(head.attribute("Scope") not in ("Column", "Row", "Both") for head in heads):
            yield f"{_on(table)}: a header does not say whether it heads a row or a column"
        yield from (f"{_on(table)}: a header is empty" for head in heads if not squeezed(pdf.text(head)))


def tables_are_whole(pdf: Portable, file: Finished) -> Iterator[str]:  # noqa: ARG001
    for parent in [pdf.document, *pdf.document.every("Document", "Part", "Sect", "Div")]:
        for one, other in pairwise(parent.children):
            alike = one.role == other.role == "Table" and _head(pdf, one) == _head(pdf, other)
            if alike and one.pages < other.pages and not any(other.every("Caption")):
                yield f"{_on(other)}: a table of page {min(one.pages)} goes on as another one"


def _head(pdf: Portable, table: Element) -> list[str]:
    return [pdf.text(each) for each in table.every("TH")]


def lists_are_lists(pdf: Portable, file: Finished) -> Iterator[str]:  # noqa: ARG001
    for one in pdf.document.every("L"):
        if wrong := {child.role for child in one.children} - {"LI", "Caption"}:
            yield f"{_on(one)}: a list holds {', '.join(sorted(wrong))} beside its items"
        if not one.children:
            yield f"{_on(one)}: a list has no items"
    for item in pdf.document.every("LI"):
        roles = [child.role for child in item.children]
        if roles not in (["LBody"], ["Lbl", "LBody"]):
            yield f"{_on(item)}: an item of a list is not a label and then a body: {quoted(pdf.text(item))}"
        if item.parent is None or item.parent.role != "L":
            yield f"{_on(item)}: an item stands in no list: {quoted(pdf.text(item))}"
    for paragraph in pdf.document.every("P"):
        if pdf.text(paragraph).startswith(_BULLETS):
            yield f"{_on(paragraph)}: {quoted(pdf.text(paragraph))} looks like an item and is in no list"


# -- Links and notes -------------------------------------------------------------------------------------------------


def links_say_where_they_lead(pdf: Portable, file: Finished) -> Iterator[str]:  # noqa: ARG001
    for element in [pdf.document, *pdf.document.every("Link")]:
        if element.role == "Link" and not (element.links and squeezed(pdf.text(element))):
            yield f"{_on(element)}: a link without words, or without a target: {quoted(pdf.text(element))}"
    inside = {id(link) for element in pdf.document.every("Link") for link in element.links}
    for link in (link for page in pdf.pages for link in page.links if link.kind.startswith("Link")):
        if id(link) not in inside:
            yield f"page {link.page}: a link is not in the tree: {quoted(link.says or link.address)}"
        if says_nothing(link.says):
            yield f"page {link.page}: a link to {quoted(link.address or link.name)} says nothing of where it leads"
        if not (link.address.startswith(_SCHEMES) or link.target):
            goal = link.address or link.name or "no target"
            yield f"page {link.page}: the link {quoted(link.says)} leads nowhere ({goal})"


def notes_follow_their_calls(pdf: Portable, file: Finished) -> Iterator[str]:  # noqa: ARG001
    called = list(_calls(pdf.document))
    for call, note in called:
        number = squeezed(pdf.text(call))
        if note is None:
            yield f"{_on(call)}: the note {number} is not there"
        elif call.pages != note.pages:
            yield f"{_on(call)}: the note {number} is not on the page of its call"
        elif not re.match(rf"{number}\b", said := pdf.text(note, ())) or not squeezed(said[len(number) :]):
            yield f"{_on(note)}: the note {number} says {quoted(said)}"
    lost = sum(1 for _ in pdf.document.every("Note")) - sum(note is not None for _, note in called)
    if lost:
        yield f"{lost} notes without a call"
    numbers = [squeezed(pdf.text(call)) for call, _ in called]
    if numbers != [str(n) for n in range(1, len(numbers) + 1)]:
        yield f"the notes are numbered {', '.join(numbers)}"


def _calls(element: Element) -> Iterator[tuple[Element, Element | None]]:
    """Every call with the note that comes right after it."""
    for n, child in enumerate(element.children):
        if child.role == "Reference":
            after = element.children[n + 1 : n + 2]
            yield child, after[0] if after and after[0].role == "Note" else None
        yield from _calls(child)


# -- Content and artifacts -------------------------------------------------------------------------------------------


def everything_is_content_or_artifact(pdf: Portable, file: Finished) -> Iterator[str]:  # noqa: ARG001
    known = set(pdf.document.content())
    for number, page in enumerate(pdf.pages, 1):
        outside = [each for each in page.glyphs if not each.artifact and (number, each.mark) not in known]
        if outside:
            text = quoted("".join(each.text for each in outside))
            yield f"page {number}: {text} is neither in the tree nor an artifact"
        if drawings := [mark for mark in page.drawn if (number, mark) not in known]:
            yield f"page {number}: {len(drawings)} drawings are neither in the tree nor artifacts"


def running_heads_are_artifacts(pdf: Portable, file: Finished) -> Iterator[str]:  # noqa: ARG001
    """What stands at the same place on several pages, but for the page’s number, is no text to be read on each."""
    ends = Counter(
        line for number, page in enumerate(pdf.pages, 1) for line in _first_and_last(page.glyphs, number) if number > 1
    )
    yield from (f"{quoted(text)} stands in the text of {n} pages" for (text, _), n in sorted(ends.items()) if n > 1)


def _first_and_last(glyphs: tuple[Glyph, ...], page: int) -> set[tuple[str, int]]:
    """The highest and the lowest line of a page's text, without the number of the page, and their heights."""
    shown = [each for each in glyphs if not each.artifact and each.text.strip()]
    heights = {min(each.box[1] for each in shown), max(each.box[1] for each in shown)} if shown else set()
    lines = (("".join(each.text for each in shown if abs(each.box[1] - y) < 1), round(y)) for y in heights)
    bare = ((re.sub(rf"(?<!\d){page}(?!\d)", "", text), y) for text, y in lines)
    return {(text, y) for text, y in bare if len(squeezed(text)) > 2}
