"""Every check on every finished file below a folder: which files, which checks, and what came of each.

The tables below are the register of all checks: a module joins by a line.
"""

from __future__ import annotations

import re
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import count, islice
from pathlib import Path
from typing import Literal, TypeAlias

from kzpub import __version__
from kzpub.audit import parity
from kzpub.audit.checking import Check, Engine, Finished
from kzpub.audit.manifest import hold
from kzpub.audit.outlines import outline
from kzpub.audit.pdfs import checks as pdf_checks
from kzpub.audit.pdfs import engines as pdf_engines
from kzpub.audit.pdfs import pagemap, typesetting
from kzpub.audit.web import checks as web_checks
from kzpub.audit.web import engines as web_engines
from kzpub.audit.word import checks as word_checks
from kzpub.audit.word import engines as word_engines
from kzpub.errors import KzpubError, Place, Problem, fail
from kzpub.languages import LANGUAGES
from kzpub.projects import FORMATS
from kzpub.publishing.generations import GENERATIONS

State: TypeAlias = Literal["passed", "failed", "not run"]
STATES: tuple[State, ...] = ("passed", "failed", "not run")


@dataclass(frozen=True, slots=True)
class Siblings:
    """A check of several files together; each of its problems has the name of the file that it is about."""

    code: str
    says: str
    rule: str
    run: Callable[[Sequence[Finished]], Iterable[Problem]]
    formats: tuple[str, ...] = FORMATS


CHECKS: dict[str, tuple[Check, ...]] = {
    "pdf": (*pdf_checks.CHECKS, *typesetting.CHECKS),
    "docx": word_checks.CHECKS,
    "html": web_checks.CHECKS,
}
"""Our own checks of one file, by its format."""

SIBLINGS: tuple[Siblings, ...] = (
    Siblings(parity.CODE, parity.SAYS, parity.RULE, parity.problems),
    Siblings(
        "page-counts",
        "It is as long as its other languages, but for one page.",
        "our own rule: readers of two languages find their places",
        pagemap.page_count_problems,
        ("pdf",),
    ),
)
"""Our own checks of a publication's files together."""

ENGINES: tuple[Engine, ...] = (*pdf_engines.ENGINES, *word_engines.ENGINES, *web_engines.ENGINES)
"""The validators of others."""

MAPS: tuple[Callable[[Sequence[Finished]], Iterable[str]], ...] = (lambda files: pagemap.page_map(files).lines(),)
"""What else there is to tell of a publication's files, in lines: on which page its sections stand in each language."""


def _unreadable(file: Finished) -> Iterator[Problem]:
    if file.data:
        outline(file)
    else:
        hint = "make it anew, or copy it again"
        yield Problem("file-unreadable", f"[{file.language}] the file is empty", Place(file.path.name), hint)


def _draft(file: Finished) -> Iterator[Problem]:
    if outline(file).draft and not file.draft:
        hint = "do not send it out: make a release, or give the draft its name back"
        yield Problem("file-draft", f"[{file.language}] a draft has the name of a release", Place(file.path.name), hint)


_FINISHED = Check("file-draft", "A draft is called one.", "our own rule: nobody sends out what is not done", _draft)
_READABLE = Check("file-unreadable", "It can be read to its end.", "our own rule", _unreadable)


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one check on one file.

    Attributes:
        code, says, rule: those of the check.
        tool: what looked at the file, and its version.
        state: whether the check passed, failed, or was not run.
        problems: what it found.
        remedy: where it was not run, why, and what to do so that it is.

    """

    code: str
    says: str
    rule: str
    tool: str
    version: str
    state: State
    problems: tuple[Problem, ...] = ()
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Verified:
    """A finished file with the result of every check."""

    file: Finished
    results: tuple[Result, ...]

    def count(self, state: State) -> int:
        return sum(result.state == state for result in self.results)

    @property
    def result(self) -> str:
        """Of all checks together: ``incomplete`` where none failed and some were not run."""
        return "failed" if self.count("failed") else "incomplete" if self.count("not run") else "passed"

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(problem for result in self.results for problem in result.problems)


# -- Which files -----------------------------------------------------------------------------------------------------

_NAME = re.compile(
    rf"(?P<publication>.+)-(?P<language>[a-z]{{2,3}})(?P<draft>-draft)?\.(?P<format>{'|'.join(FORMATS)})"
)
_FORMAT = re.compile(rf".*\.({'|'.join(FORMATS)})", re.IGNORECASE | re.DOTALL)
_OF_OURS = re.compile(rf"index\.(html|json)|manifest\.json|\.lock|.*\.({'|'.join(FORMATS)})\.(json|html)")
"""The list of all publications, that of a release, and reports: they are no publications, and are known."""
LARGEST, MOST = 100_000_000, 20_000
"""Bytes of a finished file, and files below a folder; a publication of 400 pages has a twentieth."""
PATIENCE = 600
"""Seconds of computing that one check of one file may take; 400 pages need a tenth."""


@dataclass(frozen=True, slots=True)
class Found:
    """The files below a folder.

    Attributes:
        folder: the one that they are below: the current release, if there is one.
        files: the finished ones.
        problems: what is wrong with others, and what is otherwise than the manifest of the release says.
        left_out: what is no publication, as lines.
        listed: whether there is a manifest.

    """

    folder: Path
    files: tuple[Finished, ...]
    problems: tuple[Problem, ...]
    left_out: tuple[str, ...]
    listed: bool = False


def find(folder: Path, reports: Path) -> Found:
    """All finished files below a folder but its reports, by publication, language and format; of its current release.

    Raises ``KzpubError`` if it is no folder, or there is none.
    """
    if not folder.is_dir():
        raise fail("usage", f"{folder} is no folder", None, "name the folder that a build writes to, such as dist")
    held = hold(folder, reports)
    files, problems, left_out = _all(held.folder, reports)
    if not files and not problems and not held.problems:
        raise fail("usage", f"no finished file below {folder}", None, "make them first: python build.py")
    files, doubles = _each_once(files, held.folder)
    order = {tag: n for n, tag in enumerate(LANGUAGES)}
    files.sort(key=lambda each: (each.publication, order[each.language], FORMATS.index(each.format), each.draft))
    strangers = tuple(each for each in left_out if each not in (held.files or ()))
    found = (*held.problems, *problems, *doubles)
    return Found(held.folder, tuple(files), found, (*held.left_out, *strangers), held.files is not None)


def _all(folder: Path, reports: Path) -> tuple[list[Finished], list[Problem], list[str]]:
    """The finished files below a folder, what is wrong with others, and what is no publication."""
    files: list[Finished] = []
    problems: list[Problem] = []
    left_out: list[str] = []
    hidden = (reports, folder / GENERATIONS)
    seen = (each for each in folder.rglob("*") if not any(map(each.is_relative_to, hidden)))
    below = list(islice(seen, MOST + 1))
    if len(below) > MOST:
        raise fail("usage", f"more than {MOST:,} files below {folder}", None, "verify its folders one by one")
    for path in sorted(below):
        shown = path.relative_to(folder).as_posix()
        if path.is_dir() and not path.is_symlink() and not _FORMAT.fullmatch(path.name):
            continue
        if path.is_dir():
            hint = "verify the folder that it leads to, or give it another name"
            problems.append(
                Problem("file-name", "it is a folder, and what is in it is not looked at", Place(shown), hint)
            )
            continue
        named = _NAME.fullmatch(path.name)
        if named and named["language"] in LANGUAGES:
            try:
                files.append(_finished(path, named))
            except OSError as error:
                hint = "give yourself the right to read it, or make it anew"
                problems.append(Problem("file-unreadable", f"{error.strerror or error}", Place(shown), hint))
        elif _FORMAT.fullmatch(path.name) and not _OF_OURS.fullmatch(path.name):
            problems.append(_strange(shown, named["language"] if named else ""))
        elif not _OF_OURS.fullmatch(path.name):
            left_out.append(shown)
    return files, problems, left_out


def _each_once(files: list[Finished], folder: Path) -> tuple[list[Finished], list[Problem]]:
    """The files without those whose name stands in another folder too: findings and reports go by names."""
    first: dict[str, Finished] = {}
    doubles = []
    for file in files:
        if first.setdefault(file.path.name, file) is not file:
            hint = (
                f"take one away, or verify their folders one by one: {first[file.path.name].path.relative_to(folder)}"
            )
            shown = Place(file.path.relative_to(folder).as_posix())
            doubles.append(Problem("file-name", "a file of this name is there twice", shown, hint))
    return list(first.values()), doubles


def _finished(path: Path, named: re.Match[str]) -> Finished:
    if not path.is_file():
        raise OSError("it is no file, or leads to none")
    if path.stat().st_size > LARGEST:
        raise OSError(f"it has more than {LARGEST:,} bytes")
    return Finished(
        path, named["publication"], named["language"], named["format"], path.read_bytes(), bool(named["draft"])
    )


def _strange(shown: str, language: str) -> Problem:
    cause = f"its name says “{language}” for its language" if language else "its name does not say its language"
    hint = f"name it <publication>-<language>[-draft].<format>, or take it away; languages: {', '.join(LANGUAGES)}"
    return Problem("file-name", cause, Place(shown), hint)


# -- Which checks ----------------------------------------------------------------------------------------------------


def verify(
    files: Sequence[Finished], progress: Callable[[int, int, str], None], *, fast: bool = False
) -> list[Verified]:
    """Every check on every file; ``fast`` asks no validator of others. It raises nothing: what goes wrong is a result.

    ``progress`` is told the number of steps done, of all, and the name of the one that comes next.
    """
    asked = [(engine, [file for file in files if file.format in engine.formats]) for engine in ENGINES]
    steps, done = len(files) + len(SIBLINGS) + sum(len(some) for _, some in asked), count()
    results: dict[Path, list[Result]] = {}
    for file in files:
        progress(next(done), steps, file.path.name)
        results[file.path] = list(_own_results(file))
    readable = [file for file in files if results[file.path][0].state == "passed"]
    for check in SIBLINGS:
        progress(next(done), steps, check.code)
        for path, result in _together(check, readable):
            results[path].append(result)
    for engine, some in asked:
        version = None if fast else _version(engine)
        if version is not None:
            with suppress(Exception):  # what goes wrong is said when it is asked about the file
                engine.prepare([file for file in some if file in readable])
        for file in some:
            progress(next(done), steps, f"{engine.name}: {file.path.name}")
            if file in readable:
                results[file.path].append(_asked(engine, version, file, fast=fast))
    progress(steps, steps, "")
    return [Verified(file, tuple(results[file.path])) for file in files]


def _own_results(file: Finished) -> Iterator[Result]:
    """What our own checks find; of a file that cannot be read, just that."""
    first = _own(_READABLE, file)
    yield first
    if first.state == "passed":
        yield from (_own(check, file) for check in (_FINISHED, *CHECKS[file.format]))


def _own(check: Check, file: Finished) -> Result:
    return _result(check, "kzpub", __version__, _problems(check.code, lambda: check.run(file), file.path.name))


def _problems(code: str, run: Callable[[], Iterable[Problem]], name: str) -> tuple[Problem, ...]:
    """All problems of a check; one that breaks down has found nothing good."""
    try:
        with _patience():
            return tuple(run())
    except KzpubError as error:
        return error.problems
    except Exception as error:  # whatever a file can run a check into
        cause = f"the check “{code}” breaks down: {type(error).__name__}: {error}"
        return (Problem("check-broken", cause, Place(name), "make the file anew; if it stays, report this"),)


@contextmanager
def _patience() -> Iterator[None]:
    """A file that would keep a check busy for ever ends it, where the system can count a process's time."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _out_of_patience)
    signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _out_of_patience(*_: object) -> None:
    raise TimeoutError(f"it was not done after {PATIENCE} s of computing")


def _result(check: Check | Siblings | Engine, tool: str, version: str, found: tuple[Problem, ...]) -> Result:
    failed = any(problem.severity != "warning" for problem in found)
    return Result(check.code, check.says, check.rule, tool, version, "failed" if failed else "passed", found)


def _together(check: Siblings, files: Sequence[Finished]) -> Iterator[tuple[Path, Result]]:
    """The result of each file among those of its publication; one that is alone has nothing to be held to."""
    for group in _publications(each for each in files if each.format in check.formats):
        names = {file.path.name for file in group}
        found = _problems(check.code, partial(check.run, group), "")
        for file in group:
            others = names - {file.path.name}
            own = tuple(each for each in found if each.place is None or each.place.path not in others)
            result = _result(check, "kzpub", __version__, own)
            alone = "it has no siblings here: make its other languages and formats too"
            yield file.path, result if others else replace(result, state="not run", problems=(), remedy=alone)


def _publications(files: Iterable[Finished]) -> list[list[Finished]]:
    """The files of each publication."""
    groups: dict[str, list[Finished]] = {}
    for file in files:
        groups.setdefault(file.publication, []).append(file)
    return list(groups.values())


def _version(engine: Engine) -> str | None:
    """As it tells; one that cannot even do that is taken for not installed."""
    try:
        return engine.version()
    except Exception:  # whatever a broken program can run us into
        return None


def _asked(engine: Engine, version: str | None, file: Finished, *, fast: bool) -> Result:
    """The result of a validator on a file; one that is not installed, or not wanted, is not run."""
    if version is not None:
        found = _problems(engine.code, partial(engine.run, file), file.path.name)
        return _result(engine, engine.name, version, found)
    remedy = "left out by --fast" if fast else f"{engine.name} is not installed, or does not start: {engine.remedy}"
    return Result(engine.code, engine.says, engine.rule, engine.name, "", "not run", remedy=remedy)


# -- For people ------------------------------------------------------------------------------------------------------


def by_check(verified: Sequence[Verified]) -> Iterator[tuple[str, ...]]:
    """A row for each check: on how many files it passed, failed, was not run; the first row has the titles."""
    yield "check", "by", "version", "passed", "failed", "not run", "what holds of a file that passes"
    results = [result for each in verified for result in each.results]
    checks: dict[tuple[str, ...], list[Result]] = {}
    for each in results:
        checks.setdefault((each.code, each.tool, each.rule), []).append(each)
    for some in checks.values():
        states, (first, *_) = Counter(result.state for result in some), some
        yield first.code, first.tool, first.version or "–", *(str(states[state]) for state in STATES), first.says


def by_file(verified: Iterable[Verified]) -> Iterator[tuple[str, ...]]:
    """A row for each file; the first has the titles."""
    yield "file", "language", *STATES, "result"
    for each in verified:
        yield each.file.path.name, each.file.language, *(str(each.count(state)) for state in STATES), each.result


def findings(verified: Iterable[Verified]) -> Iterator[str]:
    """What was found, a line each; of what one check finds again and again in a file, the first few."""
    for each in verified:
        for result in each.results:
            yield from map(str, result.problems[:_FEW])
            if (more := len(result.problems) - _FEW) > 0:
                yield f"{each.file.path.name}: and {more} more [{result.code}], all in its report"


_FEW = 5


def remedies(verified: Iterable[Verified]) -> Iterator[str]:
    """Why checks were not run, and what to do, each once."""
    yield from dict.fromkeys(
        f"{result.code}: {result.remedy}" for each in verified for result in each.results if result.state == "not run"
    )


def told(verified: Iterable[Verified]) -> Iterator[str]:
    """What the maps tell of the files that can be read, publication by publication."""
    for group in _publications(each.file for each in verified if each.results[0].state == "passed"):
        for lines in MAPS:
            try:
                yield from tuple(lines(group))
            except Exception as error:  # a map is no check: what it cannot show stands in the results
                yield f"{group[0].publication}: no map: {type(error).__name__}: {error}"
