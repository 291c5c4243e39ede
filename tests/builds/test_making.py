"""What has to be made is made once, kept, and named; what is found is said once, or refuses everything."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kzpub.builds import snapshot, tasks
from kzpub.builds.making import Product, Work, make
from kzpub.builds.store import Store
from kzpub.builds.tasks import Editing, Writing
from kzpub.builds.teams import EditTask, OpenTeam, WriteTask, here
from kzpub.errors import KzpubError, Problem, fail
from kzpub.projects import Request, unheard
from tests import small
from tests.small import Files, publication

ALL = [(tag, format) for tag in ("en", "kk", "ru") for format in ("pdf", "docx", "html")]
SPOILT: dict[str, tuple[str, str]] = {
    "not Kazakh": ("locales/kk/LC_MESSAGES/alpha.po", 'msgstr "Өзендер таза."\n'),
    "not Russian": ("locales/ru/LC_MESSAGES/alpha.po", 'msgstr "Реки чистые."\n'),
}


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "written", small.written)


def files() -> Files:
    """A project of one publication."""
    return {name: data for name, data in small.project().items() if "beta" not in name}


def spoilt(files: Files, *names: str) -> Files:
    """The project with some translations that no build lets pass."""
    for name in names:
        path, line = SPOILT[name]
        text = files[path].decode()
        assert line in text
        files = {**files, path: text.replace(line, 'msgstr "{unknown}"\n').encode()}
    return files


@dataclass
class Bench:
    """Where things are made: a store, and what is told meanwhile."""

    folder: Path
    heard: list[tuple[int, int, str]] = field(default_factory=list)

    def made(self, files: Files, request: Request = Request(), team: OpenTeam = here) -> Product:  # noqa: B008
        del self.heard[:]
        taken = snapshot.of(files)
        inputs = taken.written(self.folder / taken.digest()[:8])
        store = Store(self.folder / "store")
        work = Work(inputs, taken, request, store, team, lambda *told: self.heard.append(told), unheard)
        return make(work, sorted({name.split("/")[1] for name in files if name.startswith("content/")}))


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def test_all_that_is_asked_for_is_made_in_the_order_of_the_request(bench: Bench) -> None:
    product = bench.made(files())
    assert [(each.language, each.format) for each in product.made.entries] == ALL
    assert product.files.keys() == {each.path for each in product.made.entries}
    assert product.fresh == 9
    assert [(done, total) for done, total, _ in bench.heard] == [(n, 9) for n in range(10)]
    assert {each.pages for each in product.made.entries if each.format == "pdf"} == {1}


def test_what_was_made_is_not_made_again(bench: Bench) -> None:
    first, second = bench.made(files()), bench.made(files())
    assert second.fresh == 0
    assert (second.made, second.files) == (first.made, first.files)
    assert bench.heard == []


def test_a_part_is_known_from_a_build_of_all(bench: Bench) -> None:
    bench.made(files())
    product = bench.made(files(), Request(languages=("kk",), formats=("html", "pdf")))
    assert product.fresh == 0
    assert [(each.language, each.format) for each in product.made.entries] == [("kk", "html"), ("kk", "pdf")]


def test_the_same_edition_under_other_inputs_is_known(bench: Bench) -> None:
    """An obsolete entry makes a catalogue another file, and no text another."""
    bench.made(files())
    path = "locales/kk/LC_MESSAGES/alpha.po"
    product = bench.made({**files(), path: files()[path] + b'\n#~ msgid "Gone"\n#~ msgstr "..."\n'})
    assert product.fresh == 0


def test_findings_are_said_again_though_nothing_is_made(bench: Bench) -> None:
    path = "locales/kk/LC_MESSAGES/alpha.po"
    stranger = files()[path] + '\nmsgctxt "x"\nmsgid "Gone"\nmsgstr "Жоқ"\n'.encode()
    said = [bench.made({**files(), path: stranger}).made.said for _ in range(2)]
    assert len(said[0]) == 1
    assert "[catalogue-stranger]" in said[0][0]
    assert said[0] == said[1]


def test_all_findings_refuse_together_and_each_is_raised_once(bench: Bench) -> None:
    both = {**spoilt(files(), "not Kazakh", "not Russian"), **publication("beta")}
    with pytest.raises(KzpubError) as caught:
        bench.made(both)
    found = [str(each) for each in caught.value.problems]
    assert len(set(found)) == len(found)
    assert {each.split(":")[0] for each in found} == {path for path, _ in SPOILT.values()}


def test_what_was_written_beside_something_that_is_refused_is_kept(bench: Bench) -> None:
    with pytest.raises(KzpubError):
        bench.made(spoilt(files(), "not Kazakh"))
    assert bench.made(files()).fresh == 3, "the Kazakh files"


def test_a_release_is_refused_what_a_draft_is_not(bench: Bench) -> None:
    path = "locales/kk/LC_MESSAGES/alpha.po"
    unfinished = {**files(), path: files()[path].replace('msgstr "Өзендер таза."'.encode(), b'msgstr ""')}
    draft = bench.made(unfinished)
    assert {each.path.split("/")[1] for each in draft.made.entries if each.draft} == {
        f"alpha-kk-draft.{format}" for format in ("pdf", "docx", "html")
    }
    with pytest.raises(KzpubError, match="translation-empty"):
        bench.made(unfinished, Request(release=True))


# -- A team that fails -----------------------------------------------------------------------------------------------


@dataclass
class Failing:
    """A team in which some tasks end in a problem that a worker would report."""

    folder: Path
    tags: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()

    def edit(self, wanted: Sequence[EditTask]) -> list[Future[Editing]]:
        return [self.edited(*task) for task in wanted]

    def edited(self, publication: str, tag: str, lent: Mapping[str, bytes]) -> Future[Editing]:
        future: Future[Editing] = Future()
        if tag in self.tags:
            future.set_exception(fail("limit-memory", f"{tag} was too much", None, "less"))
        else:
            future.set_result(tasks.edit(self.folder, publication, tag, lent))
        return future

    def write(self, task: WriteTask) -> Future[Writing]:
        future: Future[Writing] = Future()
        if task[2] in self.formats:
            future.set_result(Writing(b"", None, (Problem("limit-time", f"{task[2]} took too long", None, "less"),)))
        else:
            future.set_result(tasks.write(self.folder, *task))
        return future

    @contextmanager
    def __call__(self, folder: Path, formats: Collection[str]) -> Iterator[Failing]:
        self.folder = folder
        yield self


def test_a_task_that_comes_to_its_limit_is_a_problem_like_others(bench: Bench) -> None:
    with pytest.raises(KzpubError) as caught:
        bench.made(spoilt(files(), "not Russian"), team=Failing(Path(), tags=("kk",)))
    assert caught.value.problems[0].code == "limit-memory"
    assert len(caught.value.problems) > 1, "and the others are found too"
    assert bench.made(files()).fresh == 6, "the English files are kept"


def test_a_file_that_cannot_be_written_refuses_all_and_the_others_are_kept(bench: Bench) -> None:
    with pytest.raises(KzpubError) as caught:
        bench.made(files(), team=Failing(Path(), formats=("pdf",)))
    assert [each.cause for each in caught.value.problems] == ["pdf took too long"], "three times, said once"
    assert bench.made(files()).fresh == 3


def test_a_fault_of_ours_is_not_taken_for_a_finding(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(edition: object, format: str) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(tasks, "written", broken)
    with pytest.raises(ZeroDivisionError):
        bench.made(files())
