"""Editions have one digest if the same files are made of them: any field that a writer sees changes it."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzpub.builds.digests import edition_digest, shown
from kzpub.edition import Edition
from kzpub.errors import Place, Problem
from kzpub.model import Term, Waiver
from tests.conftest import ROOT, Built

Path_ = tuple[object, ...]
POLICY = {("kk", "pdf"): "complete"}
UNSEEN = {"waivers", "terms", "warnings"}
"""Fields of a document that no writer looks at."""


def leaves(value: Any, path: Path_ = ()) -> Iterator[tuple[Path_, object]]:
    """Each value that has no parts, and each sequence, with the way that leads to it; but for what no writer sees."""
    match value:
        case Place() | Path():
            pass
        case str() | bytes() | int() | Decimal() | date() | None:
            yield path, value
        case tuple():
            yield path, value
            for n, each in enumerate(value):
                yield from leaves(each, (*path, n))
        case frozenset():
            yield path, value
        case Mapping():
            yield path, value
            for key, each in value.items():
                yield from leaves(each, (*path, key))
        case _:
            assert is_dataclass(value), value
            for field in fields(value):
                if field.name not in UNSEEN:
                    yield from leaves(getattr(value, field.name), (*path, field.name))


def changed(value: Any, path: Path_, new: object) -> Any:
    """The same with another value at the end of a way."""
    if not path:
        return new
    head, *rest = path
    match value:
        case tuple() if isinstance(head, int):
            return (*value[:head], changed(value[head], tuple(rest), new), *value[head + 1 :])
        case Mapping():
            return {**value, head: changed(value[head], tuple(rest), new)}
        case _ if isinstance(head, str) and hasattr(value, head):
            return replace(value, **{head: changed(getattr(value, head), tuple(rest), new)})
        case _:
            raise KeyError(head)


def others(value: object) -> list[object]:
    """Values that could stand in its place and are not the same."""
    match value:
        case bool():
            return [not value]
        case str():
            return [value + " ", value[:-1] if value else "x", value + "\u0301", value + "\ud800"]
        case bytes():
            return [value + b"\0", value[:-1]]
        case int() | Decimal():
            return [value + 1, -value - 1]
        case date():
            return [value + timedelta(days=1)]
        case None:
            return ["", 0, ()]
        case tuple():
            return [value[:-1], (*value, *value[-1:]), tuple(reversed(value)), None]
        case frozenset():
            return [value | {("zz", "pdf")}]
        case _:
            assert isinstance(value, Mapping)
            key = next(iter(value), None)
            return [{each: value[each] for each in value if each != key} if value else {("zz", "pdf"): "draft"}]


@pytest.fixture(scope="session")
def seen(sampler: Built) -> list[tuple[Path_, object]]:
    """Everything in the Kazakh sampler that a writer may see."""
    return list(leaves(sampler.editions["kk"]))


def alike(digest: Callable[[Edition], str], edition: Edition, seen: list[tuple[Path_, object]]) -> list[Path_]:
    """Places at which an edit gives no edition of another digest than all the others: one edit at each."""
    found: dict[str, Path_] = {digest(edition): ()}
    edits = {path: next(each for each in others(value) if each != value) for path, value in sampled(seen)}
    return [path for path, new in edits.items() if found.setdefault(digest(changed(edition, path, new)), path) != path]


def test_every_field_that_a_writer_may_see_is_in_the_digest(sampler: Built, seen: list[tuple[Path_, object]]) -> None:
    assert alike(edition_digest, sampler.editions["kk"], seen) == []


def test_a_field_that_is_left_out_would_be_found(sampler: Built, seen: list[tuple[Path_, object]]) -> None:
    def careless(edition: Edition) -> str:
        return edition_digest(replace(edition, date=""))

    assert alike(careless, sampler.editions["kk"], seen) == [("date",)]


def sampled(seen: list[tuple[Path_, object]]) -> list[tuple[Path_, object]]:
    """The first two of each kind of place: the same field of the same sort of node."""
    kinds: dict[Path_, list[tuple[Path_, object]]] = {}
    for path, value in seen:
        kinds.setdefault(tuple(each for each in path if isinstance(each, str)), []).append((path, value))
    return [each for kind in kinds.values() for each in kind[:2]]


@given(seed=st.integers(0, 1 << 64))
def test_editions_that_differ_differ_in_digest(seed: int, sampler: Built) -> None:
    edition, random = sampler.editions["kk"], Random(seed)
    seen, one = list(leaves(edition)), edition
    for path, value in random.sample(seen, random.randint(1, 3)):
        with suppress(KeyError, IndexError):  # an earlier edit took away what this one is of
            one = changed(one, path, random.choice(others(value)))
    assert (edition_digest(one) == edition_digest(edition)) == (one == edition)


@pytest.mark.parametrize(
    ("path", "new"),
    [
        pytest.param(("templates",), Path("/elsewhere"), id="the folder of the templates"),
        pytest.param(("document", "warnings"), (Problem("a", "b", None, "c"),), id="warnings"),
        pytest.param(("document", "waivers"), (Waiver("a", "b", "kk", Place("c")),), id="waivers"),
        pytest.param(("document", "terms"), (Term("a", "name", ("b",), {}, {}, Place("c")),), id="terms"),
    ],
)
def test_what_no_writer_sees_does_not_matter(path: Path_, new: object, sampler: Built) -> None:
    edition = sampler.editions["kk"]
    assert changed(edition, path, new) != edition
    assert edition_digest(changed(edition, path, new)) == edition_digest(edition)


def test_what_does_not_matter_is_not_there_for_a_template_to_show(sampler: Built) -> None:
    edition = sampler.editions["kk"]
    document = replace(edition.document, warnings=(Problem("a", "b", None, "c"),), policy={("ru", "pdf"): "draft"})
    labels = dict(reversed(list(edition.labels.items())))
    other = replace(edition, labels=labels, document=replace(document, policy={**document.policy, **POLICY}))
    same = replace(edition, document=replace(document, warnings=(), policy={**POLICY, **document.policy}))
    assert edition_digest(other) == edition_digest(same)
    assert pickle.dumps(shown(other)) == pickle.dumps(shown(same))


def test_the_line_of_a_text_does_not_matter(sampler: Built) -> None:
    edition = sampler.editions["kk"]
    notes = tuple(replace(note, place=Place("elsewhere.md", 99)) for note in edition.document.notes)
    assert notes
    moved = replace(edition, document=replace(edition.document, notes=notes))
    assert edition_digest(moved) == edition_digest(edition)


def test_what_goes_through_a_pickle_keeps_its_digest(sampler: Built) -> None:
    for edition in sampler.editions.values():
        assert edition_digest(pickle.loads(pickle.dumps(edition))) == edition_digest(edition)


def test_languages_differ(sampler: Built) -> None:
    assert len({edition_digest(edition) for edition in sampler.editions.values()}) == 3


@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_process_with_another_seed_finds_the_same(seed: str, sampler: Built, tmp_path: Path) -> None:
    edition: Edition = replace(sampler.editions["kk"], withheld=frozenset((tag, "pdf") for tag in "abcdefgh"))
    (tmp_path / "edition").write_bytes(pickle.dumps(edition))
    code = (
        "import pickle, sys; from kzpub.builds.digests import edition_digest;"
        "print(edition_digest(pickle.load(open(sys.argv[1], 'rb'))))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", code, str(tmp_path / "edition")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == edition_digest(edition)
