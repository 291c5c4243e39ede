"""A build: what is asked for, as far as it is not known already, made by a team, kept, and published as one release.

This process reads and hashes the inputs, looks up what is known, and publishes. It imports nothing that reads or writes
a document before something has to be made.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory, gettempdir
from typing import TYPE_CHECKING

from kzpub.builds import keys, listing, snapshot
from kzpub.builds.listing import INDEX, Made
from kzpub.builds.snapshot import Snapshot
from kzpub.builds.store import NOTHING, Store
from kzpub.errors import Place, fail
from kzpub.projects import Request, Say, publications, unheard
from kzpub.publishing import releases
from kzpub.publishing.manifests import EARLIER, Entry, Release

if TYPE_CHECKING:
    from kzpub.builds.making import Product
    from kzpub.builds.teams import OpenTeam


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
    say: Say = unheard


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a build came to.

    Attributes:
        entries: the files that were asked for.
        fresh: how many of them were made anew.
        changed: whether anything had to be published: another release, or files of it that were not whole.
        earlier: paths of files beside them that were made from earlier sources.

    """

    entries: tuple[Entry, ...]
    fresh: int
    changed: bool
    earlier: tuple[str, ...]


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
    if record and (release := _published(out, made := listing.from_record(record), there)):
        for line in made.said:
            means.say(line)
        return Outcome(made.entries, 0, changed=False, earlier=tuple(release.facts[EARLIER]))
    from kzpub.builds.making import Work, make

    team = _team(means, taken)
    with _as_files(taken) as folder:
        product = make(Work(folder, taken, request, means.store, team, progress, means.say), chosen)
        release = _publish(out, folder / "templates", product, there, means)
    means.store.put_record(asked, listing.to_record(product.made))
    means.store.trim()
    return Outcome(product.made.entries, product.fresh, changed=True, earlier=tuple(release.facts[EARLIER]))


def _published(out: Path, made: Made, there: Collection[str]) -> Release | None:
    """The current release, if it is what this build would publish, every file of it whole."""
    now = releases.current(out)
    same = now and listing.same(now, listing.composed(now, made, there))
    return now if now and same and releases.intact(out, now.entries) else None


def _team(means: Means, taken: Snapshot) -> OpenTeam:
    """Who makes what is missing."""
    from kzpub.builds.teams import here, workers

    if means.cluster:
        from kzpub.workers.cluster import at  # nothing of Dask otherwise

        return at(means.cluster, taken)
    return workers(means.jobs) if means.jobs else here


def _publish(out: Path, templates: Path, product: Product, there: Collection[str], means: Means) -> Release:
    """Publish what was made beside what there is."""

    def compose(previous: Release | None) -> tuple[Release, Mapping[str, bytes]]:
        release = listing.composed(previous, product.made, there)
        page = listing.index(release, templates)
        return listing.with_index(release, page), {**product.files, INDEX: page}

    def waiting(who: str) -> None:
        means.say(f"waiting: {who} is publishing")

    return releases.publish(out, compose, keep=means.keep, waiting=waiting)


@contextmanager
def _as_files(taken: Snapshot) -> Iterator[Path]:
    """The inputs in a folder of their own, until they are no longer needed.

    It is locked meanwhile: one that somebody had locked, and nobody has, was left by a build that was killed, and is
    taken away. Who has a lock is in its file; an empty one is of a build that is about to take it.
    """
    from kzpub.publishing.locks import held, is_free

    for left in Path(gettempdir()).glob(f"{_FOLDER}*/{releases.LOCK}"):
        with suppress(OSError):  # it is another user’s, or gone
            if left.stat().st_size and is_free(left):
                rmtree(left.parent)
    with ExitStack() as until_done:
        try:
            folder = Path(until_done.enter_context(TemporaryDirectory(prefix=_FOLDER))).resolve()
            until_done.enter_context(held(folder / releases.LOCK, unheard))
            taken.written(folder / "inputs")
        except OSError as error:
            hint = "make room in the folder for temporary files, or name another one by TMPDIR"
            raise fail("temporary-folder", error.strerror or str(error), Place(gettempdir()), hint) from None
        yield folder / "inputs"


_FOLDER = "kzpub-build-"
