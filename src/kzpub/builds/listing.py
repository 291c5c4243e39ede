"""What a release consists of: the files of this build, those of earlier ones that stand beside them, and their list."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from kzpub.languages import LANGUAGES
from kzpub.projects import FORMATS
from kzpub.publishing.manifests import EARLIER, Entry, Release

INDEX = "index.html"
"""The page that lists every finished file of a release."""

Slot = tuple[str, str, str]
"""A publication, a language and a format: of these a release has one file."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a build made.

    Attributes:
        entries: its files.
        languages: those that each of its publications appears in, by identifier.
        withheld: what no release has.
        headings: what the list is called, and its word for a draft, by language tag.
        titles: of its publications, in the source language.
        facts: what else the manifest says.
        said: findings that refuse nothing, line by line.

    """

    entries: tuple[Entry, ...]
    languages: Mapping[str, Sequence[str]]
    withheld: Collection[Slot]
    headings: Mapping[str, Sequence[str]]
    titles: Mapping[str, str]
    facts: Mapping[str, Any]
    said: Sequence[str] = field(default_factory=tuple)


def to_record(made: Made) -> dict[str, Any]:
    """As JSON can say it."""
    return asdict(made) | {"withheld": sorted(made.withheld)}


def from_record(record: Mapping[str, Any]) -> Made:
    """What ``to_record`` was given."""
    entries = tuple(Entry(**each) for each in record["entries"])
    return Made(**{**record, "entries": entries, "withheld": frozenset(map(tuple, record["withheld"]))})


def composed(previous: Release | None, made: Made, publications: Collection[str]) -> Release:
    """The release after a build, but for its list: what is new takes the place of what was there.

    Of the earlier one stays what this project can still make: not what belongs to a publication that is gone, to a
    language that it no longer appears in, or to what a release leaves out, such as drafts.
    """
    new = {_slot(entry) for entry in made.entries}
    stay = [
        entry
        for entry in (previous.entries if previous else ())
        if entry.format in FORMATS
        and entry.publication in publications
        and entry.language in made.languages.get(entry.publication, LANGUAGES)
        and _slot(entry) not in new
        and _slot(entry) not in made.withheld
        and not (entry.draft and made.facts.get("release"))
    ]
    entries = tuple(sorted((*stay, *made.entries), key=lambda entry: entry.path))
    facts = _facts(previous, made, entries)
    return Release(entries, {**facts, EARLIER: sorted(_earlier(previous, made, stay))})


def _earlier(previous: Release | None, made: Made, stay: Sequence[Entry]) -> Iterator[str]:
    """Files that stay, of publications whose sources have changed since they were made."""
    before = previous.facts if previous else {}
    for entry in stay:
        now = made.facts["sources"].get(entry.publication)
        if entry.path in before.get(EARLIER, ()) or now not in (None, before["sources"].get(entry.publication)):
            yield entry.path


def _facts(previous: Release | None, made: Made, entries: Iterable[Entry]) -> dict[str, Any]:
    """What the manifest says: of what is there, from this build or an earlier one."""
    before = previous.facts if previous else {}
    ids = sorted({entry.publication for entry in entries})
    tags = sorted({entry.language for entry in entries}, key=list(LANGUAGES).index)
    stay = [id for id in ids if id not in made.languages]
    catalogues = {path: digest for path, digest in before.get("catalogues", {}).items() if Path(path).stem in stay}
    return {
        **made.facts,
        "catalogues": catalogues | made.facts.get("catalogues", {}),
        "headings": _of(tags, before.get("headings", {}), {tag: list(said) for tag, said in made.headings.items()}),
        "titles": _of(ids, before.get("titles", {}), made.titles),
        "sources": _of(ids, before.get("sources", {}), made.facts.get("sources", {})),
    }


def _of(keys: Iterable[str], before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """What is said of these, and of nothing that is gone: now, or else before."""
    return {key: now.get(key, before.get(key)) for key in keys if key in now or key in before}


def _slot(entry: Entry) -> Slot:
    return entry.publication, entry.language, entry.format


def index(release: Release, templates: Path) -> bytes:
    """The page that lists the files of a release. Raises ``KzpubError`` if its template is wrong."""
    from kzpub.writers.pages import render  # not before something has changed

    listed = [(title, _rows(release, id)) for id, title in release.facts["titles"].items()]
    words = {LANGUAGES[tag]: words for tag, words in release.facts["headings"].items()}
    return render(templates, INDEX, listed=listed, words=words).encode()


def _rows(release: Release, publication: str) -> list[tuple[Any, list[tuple[str, Path, bool]]]]:
    """The languages of a publication, each with its files: format, path, and whether it is a draft."""
    rows = []
    for tag, language in LANGUAGES.items():
        files = {
            each.format: each for each in release.entries if (each.publication, each.language) == (publication, tag)
        }
        if files:
            shown = [(format, Path(files[format].path), files[format].draft) for format in FORMATS if format in files]
            rows.append((language, shown))
    return rows


def with_index(release: Release, page: bytes) -> Release:
    """The same release with its list among its files."""
    entry = Entry(path=INDEX, sha256=hashlib.sha256(page).hexdigest(), size=len(page))
    return replace(release, entries=(*release.entries, entry))


def same(one: Release, other: Release) -> bool:
    """Whether two releases have the same files, their lists aside, and say the same."""
    files = [{entry for entry in release.entries if entry.path != INDEX} for release in (one, other)]
    return files[0] == files[1] and json.dumps(one.facts, sort_keys=True) == json.dumps(other.facts, sort_keys=True)
