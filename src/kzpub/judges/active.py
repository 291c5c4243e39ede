"""What a translation may not bring along: marks that open a block, template syntax, characters written as references.

HTML, images, foreign targets and broken marks are refused where inline Markdown is parsed; these would pass it, and be
printed as they stand or, in another program, become what the source is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kzpub.errors import Place, Problem
from kzpub.po.grammar import printable

_FORBIDDEN = {
    "markup-block": (
        re.compile(
            r"^(?: {4}|\t| {0,3}(?:#{1,6} |[-+*] |\d{1,2}[.)] |>|```|~~~|=+ *$|-+ *$))|\n[ \t]*\n", re.MULTILINE
        ),
        "begins a block or a paragraph of its own",
        "a message stays one text: write it as the source is written",
    ),
    "markup-template": (
        re.compile(r"\{[{%#]|[%#}]\}|\$\{|<%|%>"),
        "is template syntax",
        "write plain words, and {name} for a figure",
    ),
    "markup-reference": (
        re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z][a-z0-9]*);", re.IGNORECASE),
        "is a character written as a reference",
        "write the character itself",
    ),
}


def problems(source: str, translation: str, place: Place) -> Iterator[Problem]:
    """What stands in a raw translation and not in its raw source."""
    for code, (pattern, what, hint) in _FORBIDDEN.items():
        found = pattern.search(translation)
        if found and not pattern.search(source):
            yield Problem(code, f"“{printable(found[0])}” {what}", place, hint)
