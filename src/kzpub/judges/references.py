"""Links that name a section: where the source says its heading, a translation says the heading's translation."""

from __future__ import annotations

from collections.abc import Iterator

from kzpub.errors import Problem
from kzpub.inlines import Inlines, Link, flatten, foreign, plain
from kzpub.judges.stems import occurrences, words
from kzpub.languages import Language
from kzpub.markdown import parse_inlines
from kzpub.model import Document, Message
from kzpub.po.catalogues import Catalogue
from kzpub.traversal import headings, texts


def problems(
    source: Document[Message], localised: Document[Inlines], catalogue: Catalogue, language: Language
) -> Iterator[tuple[Problem, tuple[str, str]]]:
    """Links that name another section than they lead to, or name it otherwise; each with the texts at issue.

    Any inflected form of the heading passes.
    """
    titles = {plain(_parsed(heading.text)): heading.anchor for heading in headings(source)}
    translated = {heading.anchor: heading.text for heading in headings(localised) if not foreign(heading.text)}
    for message, text in zip(texts(source), texts(localised), strict=True):
        naming = {anchor for anchor, said in _links(_parsed(message)) if titles.get(said) == anchor}
        for anchor, said in _links(text) if naming else ():
            title = plain(translated.get(anchor, ()))
            if anchor in naming and title and not occurrences(title, words(said), language.tag):
                cause = f"[{language.tag}] a link to “{title[:60]}” says “{said[:60]}”"
                entry = catalogue.find(message)
                place = entry.place if entry else message.place
                yield Problem("link-text", cause, place, "name the section as its heading does"), (said, title)


def _parsed(message: Message) -> Inlines:
    return parse_inlines(message.text, message.place)


def _links(inlines: Inlines) -> list[tuple[str, str]]:
    """The anchor and the words of each link within the publication; source text in a draft has none to judge."""
    links = (inline for inline in flatten(inlines) if isinstance(inline, Link) and inline.target.startswith("#"))
    return [] if foreign(inlines) else [(link.target[1:], plain(link.content)) for link in links]
