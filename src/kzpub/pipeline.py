"""A build: what is asked for, as far as it is not known already, made by a team, kept, and published as one release.

This process reads and hashes the inputs, looks up what is known, and publishes. It imports nothing that reads or writes
a document before something has to be made.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kzpub import keys, listing, releases, snapshot
from kzpub.listing import INDEX, Made
from kzpub.manifests import Entry, Release
from kzpub.projects import Request, publications
from kzpub.snapshot import Snapshot
from kzpub.store import NOTHING, Store

if TYPE_CHECKING:
    from kzpub.making import OpenTeam, Product


def _unheard(line: str) -> None:
    """What is said where nobody listens."""


@dataclass(frozen=True, slots=True)
class Means:
    """What a build works with.

    Attributes:
        store: what was made before.
        jobs: how many workers make what is missing; with none this process does, for tests and to look for faults.
        cluster: the address of a Dask scheduler, whose workers then make it instead.
        keep: how many generations of a release are kept.
        say: is told, line by line, of findings that refuse nothing.

    """

    store: Store = NOTHING
    jobs: int = 0
    cluster: str = ""
    keep: int = releases.KEPT
    say: Callable[[str], None] = _unheard


@dataclass(frozen=True, slots=True)
class Outcome:
    """The files that were asked for, how many of them were made anew, and whether the release is another one now."""

    entries: tuple[Entry, ...]
    fresh: int
    changed: bool


def build(
    root: Path, out: Path, request: Request, progress: Callable[[int, int, str], None], means: Means | None = None
) -> Outcome:
    """Make and publish what is asked for. Raises ``KzpubError`` with all problems, and then publishes nothing.

    ``progress`` is told of each file that is made: how many were made before, of how many, and its name.
    """
    means = means or Means()
    there = publications(root)
    chosen = request.publications or there
    taken = snapshot.take(root, chosen)
    asked = keys.request_key(taken, there, request)
    record = means.store.record(asked)
    if record and _is_published(out, made := listing.from_record(record), there):
        _say_all(made, means)
        return Outcome(made.entries, 0, changed=False)
    from kzpub.making import Work, make

    with _as_files(taken) as folder:
        product = make(Work(folder, taken, request, means.store, _team(means, taken), progress), chosen)
        _say_all(product.made, means)
        changed = _publish(out, folder / "templates", product, there, means)
    means.store.put_record(asked, listing.to_record(product.made))
    means.store.trim()
    return Outcome(product.made.entries, product.fresh, changed)


def _team(means: Means, taken: Snapshot) -> OpenTeam:
    """Who makes what is missing."""
    from kzpub.teams import here, workers

    if means.cluster:
        from kzpub.cluster import at  # nothing of Dask otherwise

        return at(means.cluster, taken)
    return workers(means.jobs) if means.jobs else here


def _say_all(made: Made, means: Means) -> None:
    for line in made.said:
        means.say(line)


def _is_published(out: Path, made: Made, there: Collection[str]) -> bool:
    """Whether the current release is what this build would publish, every file of it whole."""
    before = releases.current(out)
    return bool(
        before and listing.same(before, listing.composed(before, made, there)) and releases.intact(out, before.entries)
    )


def _publish(out: Path, templates: Path, product: Product, there: Collection[str], means: Means) -> bool:
    """Publish what was made beside what there is; whether anything changed by it."""
    before = releases.current(out)

    def compose(previous: Release | None) -> tuple[Release, Mapping[str, bytes]]:
        release = listing.composed(previous, product.made, there)
        page = listing.index(release, templates)
        return listing.with_index(release, page), {**product.files, INDEX: page}

    return releases.publish(out, compose, keep=means.keep, waiting=_waiting(means)) != before


def _waiting(means: Means) -> Callable[[str], None]:
    return lambda who: means.say(f"waiting: {who} is publishing")


@contextmanager
def _as_files(taken: Snapshot) -> Iterator[Path]:
    """The inputs in a folder of their own, until they are no longer needed."""
    with TemporaryDirectory(prefix="kzpub-") as folder:
        yield taken.written(Path(folder).resolve() / "inputs")
