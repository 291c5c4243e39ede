"""An SVG file of the templates: shapes and nothing else, so that wherever it is shown it does and fetches nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from kzpub.errors import KzpubError, Place, Problem, fail
from kzpub.yamlfile import read_text

SVG = "{http://www.w3.org/2000/svg}"
_SHAPES = frozenset(
    [
        "svg",
        "g",
        "defs",
        "title",
        "desc",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "linearGradient",
        "radialGradient",
        "stop",
        "clipPath",
        "mask",
        "pattern",
        "symbol",
        "use",
        "text",
        "tspan",
    ]
)
_REFERENCES = ("href", "{http://www.w3.org/1999/xlink}href")
_INSIDE = re.compile(r"#[\w-]+", re.ASCII)
_FETCH = re.compile(r"url\s*\((?!\s*#[\w-]+\s*\))|image|@|\\", re.IGNORECASE)
_DEEPEST, _MOST = 20, 5_000
_HINT = "save it as plain SVG: shapes, gradients, and references to what is in it"


def read(folder: Path, name: str) -> str:
    """The file in one line. Raises ``KzpubError`` for whatever is no shape in it."""
    path = folder / name
    source = read_text(path, folder.parent)
    place = Place(path.relative_to(folder.parent).as_posix(), 1)
    if found := re.search(r"<!(?!--)|<\?(?!xml\s)", source):
        line = source.count("\n", 0, found.start()) + 1
        raise fail("svg-content", "a declaration or an instruction", Place(place.path, line), _HINT)
    try:
        root = etree.fromstring(source.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise fail(
            "svg-content", f"not well-formed: {error.msg}", Place(place.path, error.lineno or 1), _HINT
        ) from None
    for problem in _problems(root, place.path):
        raise KzpubError(problem)
    return " ".join(source.split())


def _problems(root: etree._Element, shown: str) -> Iterator[Problem]:
    elements = list(root.iter(etree.Element))
    if root.tag != f"{SVG}svg" or len(elements) > _MOST:
        yield Problem("svg-content", "no drawing, or one of too many shapes", Place(shown, 1), _HINT)
    for element in elements:
        for cause in _faults(element):
            yield Problem("svg-content", cause, Place(shown, int(str(element.sourceline or 1))), _HINT)


def _faults(element: etree._Element) -> Iterator[str]:
    """What is wrong with an element and its attributes."""
    tag = str(element.tag)
    if tag.removeprefix(SVG) not in _SHAPES or not tag.startswith(SVG):
        yield f"<{etree.QName(tag).localname}> is no shape"
    if sum(1 for _ in element.iterancestors()) > _DEEPEST:
        yield "shapes in shapes, too deep"
    for name, value in ((str(name), str(value)) for name, value in element.attrib.items()):
        if name.lower().startswith("on") or _FETCH.search(value):
            yield f"the attribute “{name}” may act or fetch"
        elif name in _REFERENCES and not _INSIDE.fullmatch(value):
            yield f"a reference to “{value[:60]}”"
        elif name in _REFERENCES and value[1:] in (each.get("id") for each in element.iterancestors()):
            yield "a shape that holds itself"
