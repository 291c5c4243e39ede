"""An edition to a Word file, laid out by the named styles and placeholders of ``templates/word.docx``.

A paragraph of the template that holds just ``{name}`` keeps its style and is filled from ``_SLOTS`` (one line of text)
or replaced by ``_BLOCKS`` (many paragraphs).
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

import docx as python_docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from lxml import etree

from kzpub.edition import Edition, File
from kzpub.errors import Place, fail
from kzpub.inlines import PLACEHOLDER, plain, unmarked
from kzpub.traversal import headings, texts
from kzpub.writers import ooxml, wordtemplate
from kzpub.writers.ooxml import Element, paragraph, w
from kzpub.writers.wordml import TEMPLATE, WordMarkup

_OF_WORK = ("/extended-properties", "/custom-properties", "/thumbnail", "/stylesWithEffects")


def write(edition: Edition) -> File:
    """The Word file. Raises ``KzpubError`` if the template lacks a style or names something that is not there."""
    word = _open(edition)
    _fill(WordMarkup(edition, word))
    characters = frozenset(map(ord, "".join(map(plain, texts(edition.document)))))
    ooxml.embed_fonts(word.part, edition.faces, characters)
    _describe(word, edition)
    return File(ooxml.saved(word))


def _open(edition: Edition) -> WordDocument:
    data = wordtemplate.read(edition.templates / TEMPLATE)
    try:
        word = python_docx.Document(io.BytesIO(data))
    except Exception as error:  # python-docx lets errors of lxml and its own through
        place = Place(f"templates/{TEMPLATE}")
        raise fail("template-docx", f"not a Word file: {error}", place, "save it from Word as .docx") from None
    _forget(word)
    return word


def _forget(word: WordDocument) -> None:
    """What Word notes of those who work on a file stays behind: their program, company and sessions."""
    package = word.part.package
    for relations in (package.rels, word.part.rels):
        for identifier, relation in list(relations.items()):
            if relation.reltype.endswith(_OF_WORK):
                del relations[identifier]
    for part in package.iter_parts():
        root = getattr(part, "element", None)
        for element in () if root is None else root.iter(qn("w:rsids"), qn("w:proofErr")):
            ooxml.remove(element)
        for element in () if root is None else root.iter(etree.Element):
            for name in [name for name in element.attrib if name.startswith(qn("w:rsid"))]:
                del element.attrib[name]


def _describe(word: WordDocument, edition: Edition) -> None:
    """Core properties, and the language of everything that has none of its own."""
    properties = word.core_properties
    properties.title, properties.subject = edition.title, plain(edition.document.subtitle)
    properties.keywords, properties.language = ", ".join(edition.keywords), edition.language.region_tag
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = datetime.combine(edition.document.date, datetime.min.time())
    properties.revision = 1
    for element in word.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), edition.language.region_tag)
    for element in word.settings.element.iter(qn("w:themeFontLang")):
        element.set(qn("w:val"), edition.language.region_tag)


# -- The template's placeholders --------------------------------------------------------------------------------------


_REQUIRED = {"title", "source_note", "contents_entries", "body", "draft_notice"}


def _fill(markup: WordMarkup) -> None:
    """Fill every placeholder of the body, the headers and the footers."""
    filled: set[str] = set()
    for root in (markup.word.element.body, *_margins(markup.word)):
        for found in list(root.iter(qn("w:p"))):
            name = "".join(node.text or "" for node in found.iter(qn("w:t"))).strip()
            if PLACEHOLDER.fullmatch(name):
                _fill_paragraph(markup, found, name[1:-1])
                filled.add(name[1:-1])
    if lost := _REQUIRED - filled:
        cause = f"the template lacks {', '.join(f'{{{name}}}' for name in sorted(lost))}"
        raise fail("template-fill", cause, Place(f"templates/{TEMPLATE}"), "put each into a paragraph of its own")
    markup.finish()


def _margins(word: WordDocument) -> Iterator[Element]:
    """The headers and footers that the template has; asking python-docx for another would make it."""
    for section in word.sections:
        for margin in (section.header, section.footer, section.first_page_header, section.first_page_footer):
            if not margin.is_linked_to_previous:
                yield margin._element


def _fill_paragraph(markup: WordMarkup, placeholder: Element, name: str) -> None:
    if name in _BLOCKS:
        breaks = placeholder.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}") is not None
        for element in _BLOCKS[name](markup):
            if breaks and element.tag == qn("w:p"):  # the placeholder's page break goes to what takes its place
                ooxml.begin_page(element)
            breaks = False
            placeholder.addprevious(element)
        ooxml.remove(placeholder)
    elif name in _SLOTS or name in markup.edition.labels:
        for child in list(placeholder):
            if child.tag != qn("w:pPr"):
                placeholder.remove(child)
        placeholder.extend(_SLOTS[name](markup) if name in _SLOTS else markup.plain_runs(markup.edition.labels[name]))
    else:
        hint = f"known: {', '.join((*_SLOTS, *_BLOCKS))}, and the names in labels.yaml"
        cause = f"unknown placeholder {{{name}}} in the template"
        raise fail("template-fill", cause, Place(f"templates/{TEMPLATE}"), hint)


def _language_names(markup: WordMarkup) -> Iterator[Element]:
    """The names of all languages, each in its own language, this one marked."""
    before: list[Element] = []
    for language in markup.edition.languages("docx"):
        this = language == markup.edition.language
        marks = [w("rStyle", val=markup.style("Cover This Language"))] if this else []
        yield from before
        yield ooxml.run(ooxml.text(language.name), language.region_tag, *marks)
        before = markup.plain_runs(" · ")


def _languages_in_line(markup: WordMarkup) -> Iterator[Element]:
    """The same in the words of a sentence, for the imprint."""
    before = f"{markup.edition.label('languages')}: "
    for language in markup.edition.languages("docx"):
        yield from markup.plain_runs(before)
        yield ooxml.run(ooxml.text(language.name), language.region_tag)
        before = ", "


def _page_label(markup: WordMarkup) -> Iterator[Element]:
    """“Page 1 of 9”, its numbers as fields."""
    instructions = {"page": "PAGE", "pages": "NUMPAGES"}
    for n, part in enumerate(markup.edition.label_parts("page_of")):
        if n % 2:
            yield from ooxml.field(instructions[part], markup.plain_runs("1"), markup.language)
        elif part:
            yield from markup.plain_runs(part)


def _contents(markup: WordMarkup) -> Iterator[Element]:
    """A contents field with its entries; Word adds page numbers when the reader updates it."""
    entries = [heading for heading in headings(markup.edition.document) if heading.level <= 2]
    *start, closing = ooxml.field('TOC \\o "1-2" \\h \\z \\u', (), markup.language)
    for position, heading in enumerate(entries):
        runs = markup.runs(unmarked(heading.text))
        link = ooxml.hyperlink(markup.word.part, f"#{heading.anchor}", runs)
        before = start if position == 0 else []
        after = [closing] if position == len(entries) - 1 else []
        yield paragraph(markup.style(f"toc {heading.level}"), *before, link, *after)


_SLOTS: dict[str, Callable[[WordMarkup], Iterable[Element]]] = {
    "title": lambda word: word.runs(word.edition.document.title),
    "subtitle": lambda word: word.runs(word.edition.document.subtitle),
    "languages": _language_names,
    "languages_in_line": _languages_in_line,
    "edition": lambda word: word.plain_runs(word.edition.label("edition", date=word.edition.date)),
    "position": lambda word: word.plain_runs(word.edition.position),
    "source_note": lambda word: word.runs(word.edition.document.source_note),
    "page_of": _page_label,
}
"""What fills a paragraph of the template; any word of ``labels.yaml`` does so too."""

_BLOCKS: dict[str, Callable[[WordMarkup], Iterator[Element]]] = {
    "key_figures": lambda word: word.key_figures(),
    "contents_entries": _contents,
    "body": lambda word: word.body(),
    "draft_notice": lambda word: word.notice(),
    "draft_mark": lambda word: word.running_mark(),
}
"""What takes the place of a paragraph of the template."""
