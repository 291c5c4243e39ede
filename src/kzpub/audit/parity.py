"""The files of a publication held to each other: what is in one, in every language and format, is in all.

A note, a cell or a section that was lost in one file alone is found so, without knowing the source.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Any

from kzpub.audit.checking import Finished
from kzpub.audit.outlines import Outline, outline
from kzpub.errors import Place, Problem

CODE = "parity-differs"
SAYS = "It has the same headings, tables, pictures, notes, links, items and paragraphs as its siblings."
RULE = "our own rule"

COUNTED: dict[str, Callable[[Outline], tuple[Any, ...]]] = {
    "headings": lambda found: tuple(level for level, _ in found.headings),
    "tables": lambda found: found.tables,
    "pictures and charts": lambda found: (found.figures,),
    "notes": lambda found: (found.notes,),
    "links": lambda found: found.links,
    "items of lists": lambda found: found.items,
    "paragraphs": lambda found: (found.paragraphs,),
}
"""What is compared, and what of an outline that is."""

_BY_FORMAT = ("paragraphs",)
"""What each format counts in its own way, and a draft with its notice; it is compared among the languages."""


def problems(files: Iterable[Finished]) -> Iterator[Problem]:
    """What differs among the files of each publication; the files that most agree are taken for right.

    Raises ``KzpubError`` for one that cannot be read.
    """
    read = [(file, outline(file)) for file in files]
    for what in COUNTED:
        groups: defaultdict[tuple[Any, ...], list[tuple[Finished, Outline]]] = defaultdict(list)
        for file, found in read:
            apart = (file.format, file.draft) if what in _BY_FORMAT else ()
            groups[file.publication, *apart].append((file, found))
        for group in groups.values():
            yield from _differences(what, group)


def _differences(what: str, siblings: Sequence[tuple[Finished, Outline]]) -> Iterator[Problem]:
    of = COUNTED[what]
    usual = Counter(of(found) for _, found in siblings).most_common(1)[0][0]
    model, pattern = next((file, found) for file, found in siblings if of(found) == usual)
    for file, found in siblings:
        if of(found) != usual:
            cause = f"[{file.language}] {what}: {_said(what, found, pattern)} in {model.path.name}"
            hint = "make all languages and formats anew, in one build; if it stays, report this"
            yield Problem(CODE, cause, Place(file.path.name), hint)


def _said(what: str, found: Outline, pattern: Outline) -> str:
    """What is here, and what is there, where the two first differ."""
    here, there = COUNTED[what](found), COUNTED[what](pattern)
    n, (one, other) = next((n, pair) for n, pair in enumerate(zip_longest(here, there)) if pair[0] != pair[1])
    if what == "headings":
        before = f" after “{found.headings[n - 1][1][:40]}”" if n else ""
        return f"{len(here)}, the {n + 1}. of level {one or '–'}{before}, against {len(there)} and level {other or '–'}"
    if what == "tables":
        return f"{len(here)}, the {n + 1}. {_shape(one)}, against {len(there)} and {_shape(other)}"
    if what in ("links", "items of lists"):
        return f"{_listed(here)}, against {_listed(there)}"
    return f"{one}, against {other}"


def _shape(table: tuple[int, int, int] | None) -> str:
    return f"of {table[0]} rows, {table[1]} columns, {table[2]} headers" if table else "missing"


def _listed(counts: tuple[tuple[Any, int], ...]) -> str:
    """Counts by address or level: “9 (#: 4, https://…: 5)”."""
    return f"{sum(n for _, n in counts)} ({', '.join(f'{name}: {n}' for name, n in counts)})"
