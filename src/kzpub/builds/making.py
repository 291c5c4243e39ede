"""What has to be made, and who makes it: editions first, then each of their files, as soon as its edition is there.

What is known by its key is taken from the store. A team makes the rest: two tasks, given to whatever executor there is.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, as_completed
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from kzpub.builds import keys, toolchain
from kzpub.builds.editing import CHARTS
from kzpub.builds.listing import Made
from kzpub.builds.requests import Asked, asked_for, refusals
from kzpub.builds.snapshot import Snapshot
from kzpub.builds.store import Store, key
from kzpub.builds.tasks import Editing, Writing
from kzpub.builds.teams import OpenTeam, Team
from kzpub.charts import SUFFIX
from kzpub.configuration import Configuration, read_configuration
from kzpub.errors import KzpubError, Place, Problem, raise_if_any
from kzpub.projects import Request, Say, unheard
from kzpub.publishing.manifests import Entry

T = TypeVar("T")


Progress = Callable[[int, int, str], None]
Slot = tuple[Asked, str]
"""A publication in a language, and a format."""
_LONG = ("pdf",)
"""Formats that take several times as long as the others."""
_TEXTS = "texts"
"""What stands for a format where pieces are kept of what is made before any: texts that were judged."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be done, and with what: the inputs as files and with their digests, and what was made before."""

    folder: Path
    taken: Snapshot
    request: Request
    store: Store
    open_team: OpenTeam
    progress: Progress
    say: Say


@dataclass(frozen=True, slots=True)
class Kept:
    """A finished file under its key, and its number of pages where that is fixed."""

    key: str
    data: bytes
    pages: int | None


@dataclass(frozen=True, slots=True)
class Product:
    """What came of it: the files by path, how many of them were not known before, and what a release says of them."""

    made: Made
    files: Mapping[str, bytes]
    fresh: int


def make(work: Work, publications: Iterable[str]) -> Product:
    """Make what is asked for. Raises ``KzpubError`` with all problems of all editions, or else of all files."""
    configurations = [read_configuration(work.folder, id) for id in publications]
    said: dict[str, None] = {}
    say = partial(_say_once, work, said)
    asked = asked_for(configurations, work.request, say)
    known = {each: editing for each in asked if (editing := _known(work, each))}
    files = {slot: kept for each in known for slot in _slots(each) if (kept := _kept(work, slot, known[each]))}
    missing = [each for each in asked if not files.keys() >= set(_slots(each))]
    fresh: dict[Slot, Kept] = {}
    if missing:
        with work.open_team(work.folder, _needs(work, missing)) as team:
            writings = _begun(work, team, missing, known, files)
            _raise_refusals(work, asked, known, say)
            fresh = _written(work, writings)
    else:
        _raise_refusals(work, asked, known, say)
    known = {each: known[each] for each in asked}  # in the order of the request
    return Product(
        _made(work, configurations, known, files | fresh, tuple(said)), _bytes(known, files | fresh), len(fresh)
    )


def _say_once(work: Work, said: dict[str, None], line: str) -> None:
    if line not in said:
        said[line] = None
        work.say(line)


def _slots(asked: Asked) -> list[Slot]:
    return [(asked, format) for format in asked.formats]


def _begun(
    work: Work, team: Team, missing: list[Asked], known: dict[Asked, Editing], files: dict[Slot, Kept]
) -> dict[Future[Writing], tuple[Slot, str, str]]:
    """Edit what is missing, and have its files written; some prove to be known.

    What takes long is begun as soon as its edition is there, and the rest after all of it: nobody waits at the end.
    """
    begun = team.edit([(each.publication, each.tag, _lent(work, (each, _TEXTS))) for each in missing])
    editings = dict(zip(begun, missing, strict=True))
    writings: dict[Future[Writing], tuple[Slot, str, str]] = {}
    short: list[tuple[Slot, Editing]] = []

    def write(slot: Slot, editing: Editing) -> None:
        writing = team.write((editing.edition, slot[0].withheld, slot[1], _lent(work, slot)))
        writings[writing] = slot, (named := _file_key(work, slot, editing)), editing.names[slot[1]]
        writing.add_done_callback(partial(_keep_file, work.store, named, _pieces_key(slot)))

    for future in as_completed(editings):
        asked = editings[future]
        known[asked] = editing = _result(future, lambda problems: Editing("", problems, ()))
        _keep_editing(work, asked, editing)
        for slot in () if _refusals(work, asked, editing) else _slots(asked):
            if kept := files.get(slot) or _kept(work, slot, editing):
                files[slot] = kept
            elif slot[1] in _LONG:
                write(slot, editing)
            else:
                short.append((slot, editing))
    for slot, editing in short:
        write(slot, editing)
    return writings


def _written(work: Work, writings: Mapping[Future[Writing], tuple[Slot, str, str]]) -> dict[Slot, Kept]:
    """The files when they are finished. Raises ``KzpubError`` with the problems of all."""
    files: dict[Slot, Kept] = {}
    problems: dict[str, tuple[Problem, ...]] = {}
    for done, future in enumerate(as_completed(writings)):
        slot, named, name = writings[future]
        writing = _result(future, lambda problems: Writing(b"", None, problems))
        work.progress(done, len(writings), name)
        if writing.problems:
            problems[name] = writing.problems
        else:
            files[slot] = Kept(named, writing.data, writing.pages)
    work.progress(len(writings), len(writings), "")
    raise_if_any(dict.fromkeys(each for name in sorted(problems) for each in problems[name]))
    return files


def _keep_file(store: Store, named: str, pieces: str, future: Future[Writing]) -> None:
    """Keep a finished file and its pieces for the next build, whatever becomes of this one."""
    if not future.cancelled() and not future.exception() and not (writing := future.result()).problems:
        store.put(named, json.dumps({"pages": writing.pages}).encode() + b"\n" + writing.data)
        _keep_pieces(store, pieces, writing.pieces)


def _keep_pieces(store: Store, named: str, pieces: Mapping[str, bytes]) -> None:
    sizes = {key: len(data) for key, data in pieces.items()}
    store.put(named, json.dumps(sizes).encode() + b"\n" + b"".join(pieces.values()))


def _result(future: Future[T], otherwise: Callable[[tuple[Problem, ...]], T]) -> T:
    try:
        return future.result()
    except KzpubError as error:  # a limit was struck, or the worker is gone
        return otherwise(error.problems)


# -- What is known ---------------------------------------------------------------------------------------------------


def _known(work: Work, asked: Asked) -> Editing | None:
    """What is on record of an edition, all but the edition itself."""
    record = work.store.record(keys.edition_key(work.taken, asked.publication, asked.tag))
    return record and Editing(
        **{
            **record,
            "findings": tuple(map(_problem, record["findings"])),
            "words": tuple(map(_problem, record["words"])),
            "headings": tuple(record["headings"]),
        }
    )


def _problem(record: Mapping[str, Any]) -> Problem:
    return Problem(**{**record, "place": record["place"] and Place(**record["place"])})


def _keep_editing(work: Work, asked: Asked, editing: Editing) -> None:
    """Keep all but the edition itself."""
    if editing.pieces:
        _keep_pieces(work.store, _pieces_key((asked, _TEXTS)), editing.pieces)
    if editing.digest:
        record = {name: value for name, value in asdict(editing).items() if name not in ("edition", "pieces")}
        work.store.put_record(keys.edition_key(work.taken, asked.publication, asked.tag), record)


def _kept(work: Work, slot: Slot, editing: Editing) -> Kept | None:
    """A file that was made before of the same."""
    named = _file_key(work, slot, editing)
    if not editing.digest or (data := work.store.get(named)) is None:
        return None
    about, _, data = data.partition(b"\n")
    return Kept(named, data, json.loads(about)["pages"])


def _file_key(work: Work, slot: Slot, editing: Editing) -> str:
    asked, format = slot
    return keys.file_key(work.taken, editing.digest, asked.withheld, format)


def _lent(work: Work, slot: Slot) -> dict[str, bytes]:
    """The costly pieces of what was made in this place before: most of them will be the same."""
    sizes, _, data = (work.store.get(_pieces_key(slot)) or b"{}").partition(b"\n")
    found: dict[str, bytes] = {}
    for name, size in json.loads(sizes).items():
        found[name], data = data[:size], data[size:]
    return found


def _pieces_key(slot: Slot) -> str:
    asked, format = slot
    return key("pieces", toolchain.versions(), asked.publication, asked.tag, format)


def _needs(work: Work, missing: list[Asked]) -> set[str]:
    """What has to be imported: writers, and what draws charts, unless all drawings are there."""
    slots = [slot for asked in missing for slot in _slots(asked)]
    drawn = any(name.endswith(SUFFIX) for name in work.taken.files) and not all(_lent(work, slot) for slot in slots)
    return {format for _, format in slots} | ({CHARTS} if drawn else set())


# -- What is found ---------------------------------------------------------------------------------------------------


def _refusals(work: Work, asked: Asked, editing: Editing, say: Say = unheard) -> list[Problem]:
    """The findings that refuse an edition; the others are said."""
    return refusals(editing.words, editing.findings, work.request, asked.complete, say)


def _raise_refusals(work: Work, asked: list[Asked], known: Mapping[Asked, Editing], say: Say) -> None:
    """Raise ``KzpubError`` with everything that refuses what is asked for, once each."""
    raise_if_any(dict.fromkeys(problem for each in asked for problem in _refusals(work, each, known[each], say)))


# -- What is released ------------------------------------------------------------------------------------------------


def _made(
    work: Work,
    configurations: list[Configuration],
    known: Mapping[Asked, Editing],
    files: Mapping[Slot, Kept],
    said: tuple[str, ...],
) -> Made:
    return Made(
        entries=tuple(_entry(slot, known[each], files[slot]) for each in known for slot in _slots(each)),
        languages={each.id: each.languages for each in configurations},
        withheld=frozenset((each.publication, *which) for each in known for which in each.withheld),
        headings={each.tag: editing.headings for each, editing in known.items()},
        titles={each.publication: editing.title for each, editing in known.items()},
        facts=_facts(work, configurations),
        said=said,
    )


def _bytes(known: Mapping[Asked, Editing], files: Mapping[Slot, Kept]) -> dict[str, bytes]:
    return {_path(slot, known[slot[0]]): kept.data for slot, kept in files.items()}


def _path(slot: Slot, editing: Editing) -> str:
    asked, format = slot
    return f"{asked.publication}/{editing.names[format]}"


def _entry(slot: Slot, editing: Editing, kept: Kept) -> Entry:
    asked, format = slot
    return Entry(
        path=_path(slot, editing),
        sha256=hashlib.sha256(kept.data).hexdigest(),
        size=len(kept.data),
        publication=asked.publication,
        language=asked.tag,
        format=format,
        pages=kept.pages,
        draft=bool(editing.untranslated),
        key=kept.key,
    )


def _facts(work: Work, configurations: list[Configuration]) -> dict[str, Any]:
    """What a release is made from, and with."""
    taken = work.taken
    return {
        "release": work.request.release,
        "sources": {each.id: taken.below(f"content/{each.id}") for each in configurations},
        "templates": taken.below("templates"),
        "catalogues": {name: digest for name, digest in taken.digests.items() if name.startswith("locales/")},
        "tools": toolchain.versions(),
    }
