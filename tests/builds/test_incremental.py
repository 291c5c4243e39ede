"""A build with what is known already gives what a clean one gives, and makes nothing anew that was made before."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from kzpub import fonts
from kzpub.builds import keys, listing, tasks
from kzpub.builds.pipeline import Means, build
from kzpub.builds.store import NOTHING, Store
from kzpub.builds.tasks import Editing
from kzpub.edition import Edition, File
from kzpub.errors import KzpubError
from kzpub.projects import FORMATS, Request
from kzpub.publishing import releases
from kzpub.publishing.releases import current
from tests import small
from tests.conftest import quiet
from tests.edits import EDITS
from tests.small import Files

PARTIAL = (
    Request(languages=("kk",)),
    Request(formats=("html",)),
    Request(languages=("ru", "en"), formats=("pdf", "docx")),
    Request(publications=("alpha",)),
    Request(publications=("beta",), languages=("en",)),
)


@dataclass(frozen=True)
class Result:
    """What a build came to: its problems, or the files of its release with what was said."""

    problems: tuple[str, ...] = ()
    entries: tuple[Any, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    said: tuple[str, ...] = ()


@dataclass
class Seen:
    """What tasks did: editions, and files with a digest of all that is in them."""

    edited: list[tuple[str, str]] = field(default_factory=list)
    written: list[tuple[str, str, str, str]] = field(default_factory=list)


@dataclass
class World:
    """A project on a disk, its output folder and its store, and what was ever made there."""

    folder: Path
    seen: Seen
    seed: int
    formats: tuple[str, ...] = ()
    files: Files = field(default_factory=small.project)
    held: Files = field(default_factory=dict)
    history: list[Files] = field(default_factory=list)
    refused: bool = False
    told: list[str] = field(default_factory=list)
    made: set[tuple[str, ...]] = field(default_factory=set)
    clean: dict[str, Result] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        self.history.append(self.files)

    @property
    def root(self) -> Path:
        return self.folder / "project"

    @property
    def out(self) -> Path:
        return self.folder / "dist"

    @property
    def store(self) -> Store:
        return Store(self.folder / "store")

    # -- What happens --

    def step(self) -> None:
        """Some edits, perhaps an accident, perhaps a build of a part; then a build of all, held to a clean one."""
        if self.random.random() < (0.6 if self.refused else 0.1):
            self.told.append("back to an earlier state")
            self.files = self.random.choice(self.history[-10:])
        for _ in range(self.random.choice((0, 1, 1, 1, 2, 3))):
            name = self.random.choice(list(EDITS))
            self.told.append(name)
            self.files = EDITS[name](self.files, self.random)
        small.put(self.files, self.root, self.held)
        self.held = self.files
        if self.random.random() < 0.3:
            accident = self.random.choice(ACCIDENTS)
            self.told.append(accident.__name__)
            accident(self)
        if self.random.random() < 0.2:
            part = self.random.choice(PARTIAL)
            formats = tuple(each for each in part.formats or FORMATS if each in (self.formats or FORMATS))
            self.told.append(f"a build of {part.publications} {part.languages} {formats}")
            if formats:
                self.built(replace(part, formats=formats))
        self.told.append("a build")
        release = self.random.random() < 0.15
        self.refused = bool(self.check(Request(formats=self.formats, release=release)).problems)
        if not self.refused:
            self.history.append(self.files)
        del self.told[:-40]

    def check(self, request: Request) -> Result:
        """Build, and hold the result to that of a clean build; build again, which does nothing."""
        if damaged_manifest(self.out):
            problems = self.built(request).problems
            assert "release-manifest" in str(problems) or problems == self.cleanly(request).problems
            shutil.rmtree(self.out)
        before = tree(self.out)
        result = self.built(request)
        assert result == self.cleanly(request)
        if result.problems:
            assert tree(self.out) == before, "a build that is refused changes nothing"
        elif self.random.random() < 0.2:
            del self.seen.edited[:], self.seen.written[:]
            assert self.built(request) == result
            assert (self.seen.edited, self.seen.written) == ([], [])
        return result

    def built(self, request: Request) -> Result:
        """Build with what is known; nothing may be made that was made before, and was not lost since."""
        del self.seen.edited[:], self.seen.written[:]
        result = self.result(request, self.out, self.store)
        again = self.made.intersection(self.seen.written)
        assert not again, f"made again: {sorted(again)}"
        if not result.problems:
            for id, tag in self.seen.edited:
                inputs = self.inputs_of(id, tag)
                needed = inputs not in self.made or any(each[:2] == (id, tag) for each in self.seen.written)
                assert needed, f"{id} was edited in {tag} for nothing"
                self.made.add(inputs)
        self.made.update(self.seen.written)
        return result

    def inputs_of(self, id: str, tag: str) -> tuple[str, ...]:
        """An edition by what it is made of."""
        words = ("labels.yaml", "terms.yaml", "waivers.yaml")
        names = (f"locales/{tag}/LC_MESSAGES/{id}.po", f"locales/{tag}/LC_MESSAGES/kzpub.po")
        within = (f"content/{id}/", "templates/fonts/", *(f"templates/{word}" for word in words))
        mine = {name: data for name, data in self.files.items() if name in names or name.startswith(within)}
        return id, tag, hashlib.sha256(repr(sorted(mine.items())).encode()).hexdigest()

    def cleanly(self, request: Request) -> Result:
        """What a build of the same comes to in an empty folder, with nothing known."""
        state = hashlib.sha256(repr((sorted(self.files.items()), request)).encode()).hexdigest()
        if state not in self.clean:
            empty = self.folder / "empty"
            self.clean[state] = self.result(request, empty, NOTHING)
            shutil.rmtree(empty, ignore_errors=True)
        return self.clean[state]

    def result(self, request: Request, out: Path, store: Store) -> Result:
        said: list[str] = []
        try:
            outcome = build(self.root, out, request, quiet, Means(store, say=said.append))
        except KzpubError as error:
            return Result(problems=tuple(map(str, error.problems)))
        finally:
            fonts.faces.cache_clear()
        return Result((), outcome.entries, tree(out / "current"), tuple(said))


# -- Accidents -------------------------------------------------------------------------------------------------------


def damage_store(world: World) -> None:
    """Some entries are cut, turned or gone: what is known of them is lost."""
    for path in sorted((world.folder / "store").glob("??/*")):
        match world.random.randrange(8):
            case 0:
                path.write_bytes(path.read_bytes()[:-1])
            case 1:
                path.write_bytes(path.read_bytes().replace(b"a", b"b"))
            case 2:
                path.unlink()
    world.made.clear()


def trim_store(world: World) -> None:
    Store(world.folder / "store", size=world.random.choice((0, 10_000, 1_000_000))).trim()
    world.made.clear()


def lose_store(world: World) -> None:
    shutil.rmtree(world.folder / "store", ignore_errors=True)
    world.made.clear()


def damage_dist(world: World) -> None:
    """Some files of the release are cut, turned or gone."""
    for path in published(world.out):
        match world.random.randrange(12):
            case 0:
                path.write_bytes(path.read_bytes()[:-1])
            case 1:
                path.write_bytes(b"x" + path.read_bytes()[1:])
            case 2:
                path.unlink()


def published(out: Path) -> list[Path]:
    """The files of the current release, its manifest aside."""
    found = (path for path in (out / "current").rglob("*") if path.is_file() and path.name != "manifest.json")
    return sorted(found)


def damage_manifest(world: World) -> None:
    path = world.out / "current" / "manifest.json"
    if path.is_file():
        path.write_bytes(path.read_bytes()[:-2])


def lose_links(world: World) -> None:
    """What leads to the release from outside is gone."""
    for path in sorted(world.out.iterdir()) if world.out.is_dir() else ():
        if path.is_symlink() and world.random.random() < 0.3:
            path.unlink()


def lose_dist(world: World) -> None:
    shutil.rmtree(world.out, ignore_errors=True)


ACCIDENTS: tuple[Callable[[World], None], ...] = (
    damage_store, trim_store, lose_store, damage_dist, damage_dist, damage_manifest, lose_links, lose_dist,
)  # fmt: skip


def damaged_manifest(out: Path) -> bool:
    try:
        current(out)
    except KzpubError:
        return True
    return False


def tree(folder: Path) -> tuple[tuple[str, str], ...]:
    """Each file with a digest of its bytes, and each link with where it leads."""
    found = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found.append((name, os.readlink(path)))
        elif path.is_file() and path.name != ".lock":
            found.append((name, hashlib.sha256(path.read_bytes()).hexdigest()))
    return tuple(found)


# -- Walks -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    """What tasks are given to do, with a digest of all that each file is made of."""
    seen, edit, written = Seen(), tasks.edit, vars(tasks)["written"]

    def noted_edit(folder: Path, publication: str, tag: str, lent: Mapping[str, bytes]) -> Editing:
        seen.edited.append((publication, tag))
        return edit(folder, publication, tag, lent)

    def noted_written(edition: Edition, format: str) -> File:
        digest = hashlib.sha256(small.written(edition, format).data).hexdigest()
        seen.written.append((edition.document.id, edition.language.tag, format, digest))
        file: File = written(edition, format)
        return file

    monkeypatch.setattr(tasks, "edit", noted_edit)
    monkeypatch.setattr(tasks, "written", noted_written)
    return seen


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files cost nothing, and what was edited once of the same files is remembered; nothing waits for a disk."""
    monkeypatch.setattr(tasks, "written", small.written)
    monkeypatch.setattr(tasks, "edit", remembered(tasks.edit))
    monkeypatch.setattr(os, "fsync", lambda handle: None)
    monkeypatch.setenv("PATH", "")  # no msgfmt


def remembered(edit: Callable[..., Editing]) -> Callable[..., Editing]:
    """The same task, done once for each state of a publication, all words and typefaces, and a language.

    With what was judged before it is done once, and once without: the first is what incremental builds do.
    """
    known: dict[tuple[str, str, bool, str], Editing] = {}

    def done(folder: Path, publication: str, tag: str, lent: Mapping[str, bytes]) -> Editing:
        patterns = (f"content/{publication}/**/*", f"locales/{tag}/**/*", "templates/fonts/*", "templates/*.yaml")
        files = sorted(path for pattern in patterns for path in folder.glob(pattern) if path.is_file())
        read = b"".join(str(path.relative_to(folder)).encode() + path.read_bytes() for path in files)
        state = publication, tag, bool(lent), hashlib.sha256(read).hexdigest()
        if state not in known:
            known[state] = edit(folder, publication, tag, lent)
        return known[state]

    return done


def walk(world: World, steps: int) -> Iterator[bool]:
    """Steps, and of each whether the build was refused."""
    for step in range(steps):
        try:
            world.step()
        except AssertionError as error:
            error.add_note(f"seed {world.seed}, step {step}: {'; '.join(world.told[-12:])}")
            raise
        yield world.refused


def walked(world: World, steps: int) -> None:
    assert sum(walk(world, steps)) < steps / 2, "most builds should come to something"


def test_a_build_with_what_is_known_is_a_clean_build(tmp_path: Path, cheap: None, seen: Seen) -> None:
    walked(World(tmp_path, seen, 1), 25)


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(100, 110))
def test_thousands_of_steps(seed: int, tmp_path: Path, cheap: None, seen: Seen) -> None:
    walked(World(tmp_path, seen, seed), 300)


# -- Faults that a walk would find -----------------------------------------------------------------------------------


def forget_figures(patch: pytest.MonkeyPatch) -> None:
    inputs = keys.edition_inputs
    patch.setattr(keys, "edition_inputs", lambda *of: {each for each in inputs(*of) if "figures" not in each})


def forget_a_part_of_pages(patch: pytest.MonkeyPatch) -> None:
    templates = keys.templates
    patch.setattr(keys, "templates", lambda *of: templates(*of) - {"templates/both.css", "templates/ornament.svg"})


def name_too_much(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(keys, "templates", lambda *of: frozenset(of[0].files))


def trust_the_store(patch: pytest.MonkeyPatch) -> None:
    def get(store: Store, key: str) -> bytes | None:
        path = store.folder / key[:2] / key[2:] if store.folder else None
        return path.read_bytes().partition(b"\n")[2] if path and path.is_file() else None

    patch.setattr(Store, "get", get)


def trust_the_release(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(releases, "intact", lambda out, entries: True)


def keep_what_is_gone(patch: pytest.MonkeyPatch) -> None:
    composed = listing.composed
    patch.setattr(
        listing, "composed", lambda previous, made, there: composed(previous, made, ("alpha", "beta", "gamma"))
    )


FAULTS = (forget_figures, forget_a_part_of_pages, name_too_much, trust_the_store, trust_the_release, keep_what_is_gone)


@pytest.mark.proof
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__.replace("_", " "))
def test_a_fault_is_found_by_a_walk(
    fault: Callable[[pytest.MonkeyPatch], None],
    tmp_path: Path,
    cheap: None,
    seen: Seen,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Some in a few steps, some in hundreds."""
    fault(monkeypatch)
    with pytest.raises((AssertionError, ValueError, KeyError)):
        list(walk(World(tmp_path, seen, 5), 1500))


# -- With the writers that people get --------------------------------------------------------------------------------


def test_with_real_writers_it_is_the_same(tmp_path: Path, seen: Seen) -> None:
    """In two languages; the proof has all, and all formats."""
    files = {name: data.replace(b"[en, kk, ru]", b"[en, kk]") for name, data in small.project().items()}
    walked(World(tmp_path, seen, 3, ("html",), files), 3)


@pytest.mark.proof
@pytest.mark.parametrize(
    ("seed", "steps", "formats"),
    [
        pytest.param(200, 120, ("html",), id="pages"),
        pytest.param(201, 60, ("docx", "html"), id="pages and Word files"),
        pytest.param(202, 20, (), id="all formats"),
    ],
)
def test_hundreds_of_steps_with_real_writers(
    seed: int, steps: int, formats: tuple[str, ...], tmp_path: Path, seen: Seen
) -> None:
    walked(World(tmp_path, seen, seed, formats), steps)
