"""Our own checks of a finished page, made without a browser: what axe-core and the Nu checker cannot know, and more."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from itertools import pairwise

from lxml.etree import Comment
from lxml.html import HtmlElement, document_fromstring

from kzpub.audit.checking import Check, Finished
from kzpub.audit.phrases import is_file_name, says_nothing
from kzpub.audit.tongues import is_in_another
from kzpub.audit.web import stylesheet
from kzpub.errors import Place, Problem

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset((*_HEADINGS, *["p", "li", "td", "th", "caption", "figcaption", "text", "span", "a"]))
_NEVER_EMPTY = (*_HEADINGS, *["p", "li", "a", "th", "caption", "figcaption"])
_NOT_READ = ("style", "pre", "code")
_ADDRESSES = (
    "//@src | //@srcset | //@poster | //@data | //@background | //link[not(@rel='alternate')]/@href"
    " | //*[not(self::a or self::link)]/@*[local-name()='href' or name()='xlink:href']"
)
_INSIDE = ("data:", "#")
_REFRESH = "//meta[translate(@http-equiv, 'REFSH', 'refsh')='refresh']"
_ACTIVE = (
    f"//script | //iframe | //object | //embed | //base | {_REFRESH} | //form | //input | //button | //video | //audio"
)
_HANDLERS = (
    "//@*[starts-with(name(), 'on') or name()='ping'] | //a/@href[starts-with(., 'data:')]"
    " | //@href[starts-with(normalize-space(translate(., 'JAVSCRIPT', 'javscript')), 'javascript:')]"
)
_STYLED = " or ".join(f"contains(@style, '{each}')" for each in ("display", "visibility", "color", "opacity"))
_HIDDEN = f"//*[@hidden or @aria-hidden or {_STYLED}]"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_OUTSIDE = re.compile(r"@import[^;]*|(?:url|image-set|src)\((?!\s*[\"']?(?:data:|#))[^)]*\)")
_SCALE = re.compile(r"(?:maximum|minimum)-scale|user-scalable")
_SHOWN = 60

Look = Callable[[HtmlElement, Finished], Iterable[str]]


@lru_cache(maxsize=4)
def _parsed(data: bytes) -> HtmlElement:
    return document_fromstring(data.decode("utf-8", errors="replace"))


def _text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _shown(element: HtmlElement) -> str:
    return f"“{(_text(element) or element.get('id') or element.tag)[:_SHOWN]}”"


def _found(page: HtmlElement, path: str) -> list[HtmlElement]:
    return [each for each in page.xpath(path) if isinstance(each, HtmlElement)]


def _values(page: HtmlElement, path: str) -> list[str]:
    """The values of attributes, at the end of a path."""
    return list(map(str, page.xpath(path)))


def _language_of(element: HtmlElement) -> str:
    return next((each for each in (e.get("lang") for e in (element, *element.iterancestors())) if each), "")


# -- Language --------------------------------------------------------------------------------------------------------


def _language(page: HtmlElement, file: Finished) -> Iterator[str]:
    """What is not in the language that it says; first of all the page itself."""
    if page.get("lang") != file.language:
        yield f"html has lang=“{page.get('lang', '')}”, and its name says {file.language}"
    for part in _found(page, "//*[@class='untranslated' and (not(@lang) or @lang=/html/@lang)]"):
        yield f"{_shown(part)} is not translated, and does not say its language"
    for text, language in (*_parts(page), *_attributes(page)):
        if is_in_another(text, language):
            yield f"“{' '.join(text.split())[:_SHOWN]}” is said to be in {language}"


def _parts(page: HtmlElement) -> Iterator[tuple[str, str]]:
    """Each text with its language: of a block, without what is said to be in another one."""
    texts: dict[tuple[HtmlElement, str], list[str]] = {}
    for element in page.iter(*_BLOCKS, "title", "em", "strong", "b", "sup"):
        if any(each.tag in _NOT_READ for each in element.iterancestors()):
            continue
        language = _language_of(element)
        block = next(each for each in (element, *element.iterancestors()) if each.tag in _BLOCKS or each.tag == "title")
        if block.tag in ("span", "a") and (around := block.xpath("ancestor::*[self::p or self::li or self::td][1]")):
            block = around[0]
        texts.setdefault((block, language), []).append(element.text or "")
        texts[block, language] += [child.tail or "" for child in element]
    yield from ((" ".join(parts), language) for (_, language), parts in texts.items())


def _attributes(page: HtmlElement) -> Iterator[tuple[str, str]]:
    """What is read aloud or shown without being text."""
    for name in ("alt", "aria-label", "title"):
        yield from ((str(each.get(name)), _language_of(each)) for each in _found(page, f"//*[@{name}]"))
    described = "//meta[@name='description' or @property='og:title' or @property='og:description']"
    yield from ((each.get("content", ""), _language_of(each)) for each in _found(page, described))


# -- The head --------------------------------------------------------------------------------------------------------


def _metadata(page: HtmlElement, file: Finished) -> Iterator[str]:
    title, description = page.findtext("head/title", "").strip(), _meta(page, "description")
    wanted = {"title": title, "description": description, "twitter:card": _meta(page, "twitter:card")}
    yield from (f"the page has no {name}" for name, value in wanted.items() if not value)
    if not _found(page, "//meta[@charset]"):
        yield "the page does not say its character set"
    if "\ufffd" in page.text_content():
        yield "a character was lost on the way (U+FFFD)"
    yield from (
        f"the page names its {each.get('name')}" for each in _found(page, "//meta[@name='author' or @name='generator']")
    )
    yield from (f"the page has the comment “{str(each.text).strip()[:_SHOWN]}”" for each in page.iter(Comment))
    social = {"og:title": title, "og:description": description, "og:type": "article"}
    for name, value in social.items():
        if _meta(page, name) != value:
            yield f"{name} is “{_meta(page, name)}”, not “{value}”"
    if _meta(page, "og:locale").partition("_")[0] != file.language:
        yield f"og:locale is “{_meta(page, 'og:locale')}”"


def _meta(page: HtmlElement, name: str) -> str:
    return "".join(_values(page, f"//meta[@name='{name}' or @property='{name}']/@content")).strip()


def _alternates(page: HtmlElement, file: Finished) -> Iterator[str]:
    """The editions in other languages: the same in the head as in the list that readers see."""
    given = {each.get("hreflang", ""): each.get("href", "") for each in _found(page, "//link[@rel='alternate']")}
    seen = {*_values(page, "//nav[@class='languages']//a/@hreflang"), file.language}
    if lost := sorted((seen | {"x-default"}) - set(given)):
        yield f"the head has no alternate for {', '.join(lost)}"
    if strange := sorted(set(given) - seen - {"x-default"}):
        yield f"readers are not led to {', '.join(strange)}"
    if given.get(file.language, file.path.name) != file.path.name:
        yield f"the alternate for {file.language} is {given[file.language]}, not this page"
    for tag, address in given.items():
        names = [f"{file.publication}-{each}" for each in (seen if tag == "x-default" else (tag,))]
        if address.removesuffix(".html").removesuffix("-draft") not in names:
            yield f"the alternate for {tag} is {address}"


def _zoom(page: HtmlElement, _file: Finished) -> Iterator[str]:
    viewport = _meta(page, "viewport")
    if "width=device-width" not in viewport.replace(" ", ""):
        yield "the viewport is not as wide as the device"
    if scale := _SCALE.search(viewport):
        yield f"the viewport limits how far a reader can zoom ({scale[0]})"


def _resources(page: HtmlElement, _file: Finished) -> Iterator[str]:
    """All that a browser would fetch or run."""
    addresses = (address for address in _values(page, _ADDRESSES) if not address.strip().startswith(_INSIDE))
    yield from (f"the page fetches {address[:_SHOWN]}" for address in addresses)
    yield from (f"the page has a {each.tag}" for each in _found(page, _ACTIVE))
    yield from (f"the page runs {handler[:_SHOWN]}" for handler in _values(page, _HANDLERS))
    css = _COMMENT.sub("", " ".join((*(each.text or "" for each in page.iter("style")), *_values(page, "//@style"))))
    yield from (f"the stylesheet fetches {found[:_SHOWN]}" for found in _OUTSIDE.findall(css))


# -- Structure -------------------------------------------------------------------------------------------------------


def _headings(page: HtmlElement, _file: Finished) -> Iterator[str]:
    headings = list(page.iter(*_HEADINGS))
    if (titles := sum(each.tag == "h1" for each in headings)) != 1:
        yield f"there are {titles} h1"
    if headings and headings[0].tag != "h1":
        yield f"the first heading is {headings[0].tag} {_shown(headings[0])}"
    for before, after in pairwise(headings):
        if int(after.tag[1]) > int(before.tag[1]) + 1:
            yield f"{after.tag} {_shown(after)} stands below {before.tag} {_shown(before)}"


def _landmarks(page: HtmlElement, _file: Finished) -> Iterator[str]:
    for landmark in ("body/header", "main", "body/footer"):
        if (count := len(_found(page, f"//{landmark}"))) != 1:
            yield f"there are {count} {landmark.rpartition('/')[2]}"
    names = [each.get("aria-label") or each.get("aria-labelledby") for each in page.iter("nav")]
    if not all(names) or len(set(names)) < len(names):
        yield "not every nav has a name of its own"
    if _values(page, "(//a/@href)[1]") != [f"#{each}" for each in _values(page, "//main/@id")]:
        yield "the first link does not lead to main"


def _identifiers(page: HtmlElement, _file: Finished) -> Iterator[str]:
    counted = Counter(_values(page, "//@id"))
    yield from (f"the id “{each}” is there {count} times" for each, count in counted.items() if count > 1)
    meant = {each for named in _values(page, "//@aria-labelledby | //@aria-describedby") for each in named.split()}
    yield from (f"nothing has the id “{each}” that a name is taken from" for each in sorted(meant - set(counted)))


def _empty(page: HtmlElement, _file: Finished) -> Iterator[str]:
    yield from (f"{each.tag} {_shown(each)} is hidden from readers" for each in _found(page, _HIDDEN))
    for element in page.iter(*_NEVER_EMPTY):
        if not _text(element) and not _found(element, ".//img | .//svg"):
            yield f"an empty {element.tag} in {_shown(element.getparent())}"


def _alternatives(page: HtmlElement, _file: Finished) -> Iterator[str]:
    for image in page.iter("img", "svg"):
        name = image.get("alt") if image.tag == "img" else image.get("role") == "img" and image.get("aria-label")
        if not (name or "").strip() or is_file_name(str(name)):
            yield f"the {image.tag} in {_shown(image.getparent())} has no text alternative"


def _tables(page: HtmlElement, _file: Finished) -> Iterator[str]:
    for number, table in enumerate(page.iter("table"), 1):
        name = f"table {number}, {_shown(table)},"
        caption = table.find("caption")
        if caption is None or not _text(caption):
            yield f"{name} has no caption"
        if not _found(table, "thead//th"):
            yield f"{name} has no header cells"
        if _found(table, ".//th[not(@scope='col' or @scope='row')]"):
            yield f"{name} has header cells without a scope"
        if len({len(row) for row in table.iter("tr")}) > 1:
            yield f"{name} has rows of different lengths"


# -- Links -----------------------------------------------------------------------------------------------------------


def _links(page: HtmlElement, _file: Finished) -> Iterator[str]:
    known = {f"#{each}" for each in _values(page, "//@id")}
    for link in page.iter("a"):
        address, name = link.get("href", ""), link.get("aria-label") or _text(link)
        if not address:
            yield f"the link {_shown(link)} leads nowhere"
        if address.startswith("#") and address not in known:
            yield f"the link {_shown(link)} leads to {address}, which is not there"
        if says_nothing(name):
            yield f"the link to {address} says only “{name}”"


def _notes(page: HtmlElement, _file: Finished) -> Iterator[str]:
    calls = {f"#{each.get('id')}": each.get("href", "") for each in _found(page, "//sup[@class='call']/a")}
    notes = {
        f"#{each.get('id')}": _values(each, ".//a[@class='back']/@href")
        for each in _found(page, "//*[@class='notes']//li")
    }
    for call, note in calls.items():
        if note not in notes:
            yield f"{call} calls {note}, which is not there"
    for note, back in notes.items():
        if len(back) != 1 or calls.get(back[0]) != note:
            yield f"from the note {note} no link leads back to its call"
    if list(calls.values()) != list(notes):
        yield "the notes do not stand in the order of their calls"


# -- The table -------------------------------------------------------------------------------------------------------


def _problems(look: Look, code: str, hint: str, file: Finished) -> Iterator[Problem]:
    for cause in look(_parsed(file.data), file):
        yield Problem(code, f"[{file.language}] {cause}", Place(file.path.name), hint)


def _check(code: str, look: Look, says: str, rule: str, hint: str = "mend templates/web.html, or report it") -> Check:
    return Check(code, says, rule, partial(_problems, look, code, hint))


def _style(code: str, look: Callable[[HtmlElement], Iterable[str]], says: str, rule: str) -> Check:
    return _check(code, lambda page, _: look(page), says, rule, "mend templates/web.css")


CHECKS = (
    _check(
        "page-language",
        _language,
        "The page is in the language of its name and says so; so does each part in another language.",
        "WCAG 2.2 3.1.1, 3.1.2",
    ),
    _check(
        "page-metadata",
        _metadata,
        "It has a title, a description, and both for those who share it.",
        "WCAG 2.2 2.4.2; Open Graph",
    ),
    _check(
        "page-alternates",
        _alternates,
        "Its head names the editions in all languages, this one and a default among them.",
        "HTML, rel=alternate",
    ),
    _check("page-headings", _headings, "It has one h1, and no heading skips a level.", "WCAG 2.2 1.3.1, 2.4.6"),
    _check(
        "page-landmarks",
        _landmarks,
        "Header, main, footer and named navigation are there, and the first link leads to the text.",
        "WCAG 2.2 1.3.1, 2.4.1",
    ),
    _check("page-id", _identifiers, "No identifier is there twice, none is meant in vain.", "HTML; WCAG 2.2 4.1.2"),
    _check("page-empty", _empty, "No heading, paragraph, item, link or caption is empty.", "WCAG 2.2 1.3.1"),
    _check("page-alternative", _alternatives, "Pictures and drawings have a text alternative.", "WCAG 2.2 1.1.1"),
    _check("page-table", _tables, "Tables have a caption, and header cells that say what for.", "WCAG 2.2 1.3.1"),
    _check("page-link", _links, "Links say where they lead, and what they lead to is there.", "WCAG 2.2 2.4.4"),
    _check("page-note", _notes, "Calls lead to their notes, and notes back to their calls.", "our own rule"),
    _check("page-zoom", _zoom, "A reader may zoom in as far as the browser can.", "WCAG 2.2 1.4.4, 1.4.10"),
    _check("page-resource", _resources, "It fetches nothing and runs no script.", "our own rule"),
    _style(
        "page-contrast",
        stylesheet.contrasts,
        "Text has a contrast of 4.5 to its ground, what must be seen of 3, in the daylight and in the dark.",
        "WCAG 2.2 1.4.3, 1.4.11",
    ),
    _style("page-focus", stylesheet.focus, "What has the focus is outlined.", "WCAG 2.2 2.4.7, 2.4.11"),
    _style("page-motion", stylesheet.motion, "Nothing moves for readers who asked for rest.", "WCAG 2.2 2.3.3"),
    _style("page-paper", stylesheet.paper, "It has a stylesheet for paper, without dark colours.", "our own rule"),
)
"""Our own checks of a page, in the order in which a reader of the report meets them."""
