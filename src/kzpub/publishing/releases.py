"""The output folder: its current release, whether that is as listed, and how another one is published.

What others see there is whole at every moment: the release before, or the new one (``docs/publishing.md``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from kzpub.errors import KzpubError, Place, fail
from kzpub.publishing import generations, manifests
from kzpub.publishing.generations import GENERATIONS, STAGED, leads, listed, released
from kzpub.publishing.manifests import Entry, Release, difference

LOCK = ".lock"
KEPT = 3
"""How many generations are kept, the current one among them."""


def current(out: Path) -> Release | None:
    """The current release of an output folder, as its manifest lists it; ``None`` if there is none.

    Raises ``KzpubError`` if the manifest is damaged, or ``current`` leads elsewhere.
    """
    folder = released(out.resolve())
    return listed(folder) if folder else None


def intact(out: Path, entries: Iterable[Entry]) -> bool:
    """Whether all these files are in the current release, byte for byte, and the names at the top lead there."""
    out = out.resolve()
    folder, some = released(out), tuple(entries)
    if folder is None or any(difference(folder, entry) for entry in some):
        return False
    return folder == out or all(leads(out / name) for name in Release(some).names)


def publish(
    out: Path,
    compose: Callable[[Release | None], tuple[Release, Mapping[str, bytes]]],
    *,
    keep: int = KEPT,
    waiting: Callable[[str], None],
) -> Release:
    """Make what ``compose`` gives the current release of an output folder, or leave everything as it was.

    ``compose`` is given the release before, with what is still intact of it, and gives the new one with the bytes of
    its new files; the others are carried over by their digests. It is called under the folder’s lock; ``waiting`` is
    told who has that, if it is not free. A release that is there already is not made again. Raises ``KzpubError`` if
    it cannot be published.
    """
    from kzpub.publishing.locks import held  # a build that finds nothing to do needs none of this
    from kzpub.publishing.switching import in_the_way, lead, settle

    if keep < 1:
        raise fail("usage", f"{keep} releases cannot be kept", None, "keep one or more")
    out = out.resolve()
    with ExitStack() as locked:
        with _told(out):
            out.mkdir(parents=True, exist_ok=True)
            locked.enter_context(held(out / LOCK, waiting))
            in_the_way(path for path in (out / GENERATIONS,) if path.is_symlink() or path.is_file())
            settle(out)
            before = current(out)
            whole = _whole(out, before)
        release, made = compose(whole)
        with _told(out):
            _check(release, made, whole)
            if before is None or whole != before or manifests.text(release) != manifests.text(before):
                _publish(out, release, made, before, whole)
            elif released(out) != out:
                lead(out, release)
        with suppress(OSError):  # what cannot be removed now is removed by the next build
            settle(out)
            generations.prune(out, keep)
    return release


def _whole(out: Path, before: Release | None) -> Release | None:
    """The release without what is not as it is listed."""
    folder = released(out)
    if folder is None or before is None:
        return None
    return replace(before, entries=tuple(entry for entry in before.entries if not difference(folder, entry)))


def _check(release: Release, made: Mapping[str, bytes], whole: Release | None) -> None:
    """Hold what is to be published to its list. Raises ``ValueError`` for what only a fault of ours can bring about."""
    manifests.check_names(release.entries)
    there = {entry.sha256 for entry in whole.entries} if whole else set()
    for entry in release.entries:
        data = made.get(entry.path)
        if data is None and entry.sha256 not in there:
            raise ValueError(f"{entry.path} is neither made nor in the release before")
        if data is not None and (len(data), sha256(data).hexdigest()) != (entry.size, entry.sha256):
            raise ValueError(f"{entry.path} is not what is listed")
    if unlisted := made.keys() - {entry.path for entry in release.entries}:
        raise ValueError(f"not listed: {', '.join(sorted(unlisted))}")


def _publish(
    out: Path, release: Release, made: Mapping[str, bytes], before: Release | None, whole: Release | None
) -> None:
    from kzpub.publishing.switching import settle, switch

    folder = released(out)
    sources = {entry.sha256: folder / entry.path for entry in whole.entries} if folder and whole else {}
    try:
        generations.stage(out, release, made, sources)
        for entry in release.entries:
            if entry.path not in made and (cause := difference(out / GENERATIONS / STAGED, entry)):
                raise fail("output", f"it was changed meanwhile: {cause}", Place(entry.path), "build again")
        switch(out, generations.next_name(out, release), before, release)
    except BaseException:
        with suppress(OSError, KzpubError):
            settle(out)
        raise


@contextmanager
def _told(out: Path) -> Iterator[None]:
    """What the system refuses is said as a problem."""
    try:
        yield
    except BrokenPipeError:  # nobody hears us any more: that is no fault of the folder
        raise
    except OSError as error:
        shown = Place(str(error.filename2 or error.filename or out))
        hint = "check the folder’s rights and the free space"
        raise fail("output", error.strerror or str(error), shown, hint) from None
