"""The register of figures of a publication, ``figures.yaml``: an identifier for each, and its fields.

Every value is judged as it is written: what YAML would read otherwise (``0123``, ``1_000``, ``1:30``, ``no``) is an
error. A figure that the source does not state is ``derived`` from others by arithmetic, which is shown to the reader.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any, get_args

from kzpub.arithmetic import Quantity, exact, reckon
from kzpub.errors import KzpubError, Place, Problem, fail, near, raise_if_any
from kzpub.figures import COUNTED, CURRENCIES, figure_of
from kzpub.inlines import PLACEHOLDER
from kzpub.markdown import one_line
from kzpub.model import Figure, Kind, Message, Qualifier
from kzpub.yamlfile import Mapping, Scalar, Tree, read_mapping

REGISTER = "figures.yaml"
ENTRIES = "figures/"
"""What the contexts of an entry's own words begin with."""
RESERVED = ("date", "period", "value")
"""Names of placeholders that the publication's configuration and the templates fill."""

_TEXTS = {
    "label": "What the figure is: a noun phrase for tiles and tables",
    "alone": "How the figure reads where it stands alone",
    "note": "Note on the figure for readers",
    "independent": "Another source of the figure",
}
_KEYS = ("kind", "value", "derived", "currency", "qualifier", "as_of", "source", *_TEXTS)
_REQUIRED = ("kind", "label", "source")
_NEEDS_ALONE = ("rank", "ordinal")

_NUMBER = r"(?!-0(?:\.0*)?$)-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,9})?"
_WHOLE = r"[1-9][0-9]{0,5}"
_YEAR = r"[12][0-9]{3}"
_TOKEN = re.compile(r"[a-z][a-z0-9_]*|[0-9]{1,9}(?:\.[0-9]{1,6})?|[-+*/()]")


def read_register(folder: Path, root: Path) -> tuple[Figure[Message], ...]:
    """The figures of a publication, none if it has no register. Raises ``KzpubError`` with everything that is wrong."""
    path = folder / REGISTER
    if not os.path.lexists(path):
        return ()
    problems: list[Problem] = []
    found: dict[str, Figure[Message]] = {}
    refused: set[str] = set()
    register = read_mapping(path, root)
    for id, fields in register.items.items():
        try:
            found[id] = _figure(id, fields, register.keys[id], found)
        except KzpubError as error:
            refused.add(id)
            if not _needs(fields, refused - {id}):  # else it says the same again
                problems.extend(error.problems)
    raise_if_any(problems)
    return tuple(found.values())


def _needs(fields: Tree, refused: set[str]) -> bool:
    """Whether a figure is derived from one that was refused."""
    derived = fields.items.get("derived") if isinstance(fields, Mapping) else None
    return isinstance(derived, Scalar) and not refused.isdisjoint(_TOKEN.findall(derived.text))


def _figure(id: str, fields: Tree, place: Place, earlier: dict[str, Figure[Message]]) -> Figure[Message]:
    if not PLACEHOLDER.fullmatch(f"{{{id}}}") or id in RESERVED or figure_of(id) != id:
        hint = f"small letters, digits and _, a letter first; not {', '.join(RESERVED)}, and no _as_of at the end"
        raise fail("figure-id", f"“{id}” cannot be the name of a figure", place, hint)
    if not isinstance(fields, Mapping):
        raise fail(
            "yaml-type", f"“{id}” has no fields", place, f"write lines of “field: …” under it: {', '.join(_REQUIRED)}"
        )
    fields.only(_KEYS, _REQUIRED)
    kind = _choice(fields, "kind", get_args(Kind))
    label = _text(id, "label", fields)
    assert label is not None
    figure = Figure(
        id=id,
        kind=kind,
        values=(),
        label=label,
        source=_pattern(fields, "source", r"[0-9]+(\.[0-9]+)*", "a section of the source document, such as 3.1"),
        place=place,
        as_of=_as_of(fields),
        qualifier=_choice(fields, "qualifier", get_args(Qualifier)) if "qualifier" in fields.items else "exactly",
        currency=_currency(id, kind, fields),
        alone=_text(id, "alone", fields),
        note=_text(id, "note", fields),
        independent=_text(id, "independent", fields),
    )
    _require_alone(figure)
    return _with_value(figure, fields, earlier)


def _text(id: str, key: str, fields: Mapping) -> Message | None:
    if key not in fields.items:
        return None
    text = fields.text(key)
    return Message(one_line(text.text), f"{ENTRIES}{id}", text.place, _TEXTS[key])


def _choice(fields: Mapping, key: str, known: tuple[Any, ...]) -> Any:
    given = fields.text(key)
    if given.text not in known:
        raise fail("figure-field", f"unknown {key} “{given.text}”", given.place, f"known: {', '.join(known)}")
    return given.text


def _pattern(fields: Mapping, key: str, form: str, hint: str) -> str:
    if key not in fields.items:
        return ""
    given = fields.text(key)
    if not re.fullmatch(form, given.text):
        raise fail("figure-field", f"“{given.text}” is no “{key}”", given.place, f"write {hint}")
    return given.text


def _as_of(fields: Mapping) -> str:
    """A year, years or a day, which must be such as a figure could be."""
    if "as_of" not in fields.items:
        return ""
    given = fields.text("as_of")
    text = given.text.replace("–", "-")
    try:
        _values({0: "year", 1: "years"}.get(text.count("-"), "date"), Scalar(text, given.place))
    except KzpubError:
        cause, hint = f"“{given.text}” is no “as_of”", "write a year, years or a day: 2024"
        raise fail("figure-field", cause, given.place, hint) from None
    return text


def _currency(id: str, kind: str, fields: Mapping) -> str:
    if (kind == "money") != ("currency" in fields.items):
        cause = f"{id} is {kind}" + (", and has no currency" if kind == "money" else ", and has a currency")
        hint = f"money has one of: {', '.join(CURRENCIES)}; nothing else has one"
        raise fail("figure-unit", cause, fields.place, hint)
    return str(_choice(fields, "currency", tuple(CURRENCIES))) if kind == "money" else ""


def _require_alone(figure: Figure[Message]) -> None:
    if figure.alone is None and figure.kind in _NEEDS_ALONE:
        hint = f"add a line such as “alone: {{{figure.id}}} place”: languages write it with an ending or a word"
        raise fail("figure-alone", f"a {figure.kind} needs words where it stands alone", figure.place, hint)
    if figure.alone and PLACEHOLDER.findall(figure.alone.text) != [figure.id]:
        raise fail("figure-alone", "“alone” does not hold its own value", figure.alone.place, f"write {{{figure.id}}}")


# -- Values ----------------------------------------------------------------------------------------------------------


def _with_value(figure: Figure[Message], fields: Mapping, earlier: dict[str, Figure[Message]]) -> Figure[Message]:
    if ("value" in fields.items) == ("derived" in fields.items):
        hint = "write “value: …” as the source states it, or “derived: …” with arithmetic of other figures"
        raise fail("figure-value", f"{figure.id} has neither a value nor arithmetic, or both", figure.place, hint)
    if "derived" in fields.items:
        return _derive(figure, fields.text("derived"), earlier)
    return replace(figure, values=_values(figure.kind, fields.text("value")))


_FORMS = {
    "count": (_NUMBER, "plain digits without grouping, such as 22000 or 12.5"),
    "percent": (_NUMBER, "the number alone, such as 30 or 12.5"),
    "money": (_NUMBER.replace("-?", ""), "the whole amount without sign or grouping, such as 4000000000"),
    "rank": (_WHOLE, "a whole number, such as 24"),
    "ordinal": (_WHOLE, "a whole number, such as 144"),
    "year": (_YEAR, "a year of four digits"),
    "years": (rf"{_YEAR}[–-]{_YEAR}", "two years, the earlier one first, such as 2022–2024"),
    "ratio": (f"{_WHOLE}:{_WHOLE}", "two whole numbers, such as 1:3"),
    "date": (r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "a day, such as 2026-03-05"),
}
"""How the value of each kind is written, as a pattern and in words."""


def _values(kind: str, given: Scalar) -> tuple[Decimal, ...]:
    form, hint = _FORMS[kind]
    wrong = fail("figure-value", f"“{given.text}” is no value of a {kind}", given.place, f"write {hint}")
    if not re.fullmatch(form, given.text):
        raise wrong
    values = tuple(map(Decimal, [given.text] if kind in COUNTED else re.split("[–:-]", given.text)))
    if kind == "years" and values[0] >= values[1]:
        raise wrong
    if kind == "date":
        try:
            date(*map(int, values))
        except ValueError:
            raise wrong from None
    return values


def _derive(figure: Figure[Message], given: Scalar, earlier: dict[str, Figure[Message]]) -> Figure[Message]:
    """A value by exact arithmetic; a percentage counts as its fraction, so that a fall is ``1 - fall``."""
    wrong = partial(_not_derived, given)
    tokens = tuple(_TOKEN.findall(given.text))
    names = [token for token in tokens if token[0].isalpha()]
    for name in names:
        if name not in earlier or earlier[name].kind not in COUNTED:
            raise wrong(f"“{name}” is no count, percentage or amount that stands above it{near(name, earlier)}")
    if figure.kind not in COUNTED or "".join(tokens) != "".join(given.text.split()):
        raise wrong(f"a {figure.kind} is no sum" if figure.kind not in COUNTED else "it is no arithmetic")
    try:
        result = reckon(" ".join(tokens), {name: _operand(earlier[name]) for name in names})
    except ValueError as error:
        raise wrong(str(error)) from None
    if result.currency != figure.currency:
        raise wrong(f"it gives {result.currency or 'a number'}, where {figure.currency or 'a number'} is wanted")
    if figure.qualifier == "exactly" and any(earlier[name].qualifier != "exactly" for name in names):
        raise wrong("it is made of values that are not exact, and has no qualifier")
    value = exact(result.amount * (100 if figure.kind == "percent" else 1))
    if value is None or not re.fullmatch(_FORMS[figure.kind][0], f"{value:f}"):
        raise wrong("its digits have no end, or are too many; a rounding must be stated by the source")
    return replace(figure, values=(value,), derived=tokens)


def _not_derived(given: Scalar, cause: str) -> KzpubError:
    hint = "use numbers, + - * / ( ) and counts, percentages or amounts that stand above it"
    return fail("figure-derived", f"“{given.text}” cannot be reckoned: {cause}", given.place, hint)


def _operand(figure: Figure[Message]) -> Quantity:
    return Quantity(Fraction(figure.value) / (100 if figure.kind == "percent" else 1), figure.currency)


# -- What only the whole publication shows ---------------------------------------------------------------------------


def calls(messages: Iterable[Message]) -> Iterator[tuple[str, Message]]:
    """The figures that texts call, each once a text; the words of an entry are no use of its own figure."""
    for message in messages:
        called = (figure_of(name) for form in message.forms for name in PLACEHOLDER.findall(form))
        yield from ((id, message) for id in dict.fromkeys(called) if message.context != f"{ENTRIES}{id}")


def unused(figures: tuple[Figure[Message], ...], used: set[str]) -> Iterator[Problem]:
    """Figures that no text, tile or chart shows and no other figure is derived from."""
    needed = used | {token for figure in figures for token in figure.derived}
    for figure in figures:
        if figure.id not in needed:
            hint = f"write {{{figure.id}}} where it belongs, or take it out of the register"
            yield Problem("figure-unused", f"the figure “{figure.id}” is used nowhere", figure.place, hint)
