"""The goals for speed, measured: ``python benchmarks/compare.py [--runs N] [--only PART]``.

The plain script (``plain.py``) and our build are run in turn, each in fresh processes of the same interpreter, on a
copy of the project, from an empty store; a ratio is that of two runs which followed each other. What has no counterpart
is in seconds, beside those of an interpreter that does nothing.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from measuring import ROOT, Cost, compile_all, project, run, spread

PLAIN = [sys.executable, str(ROOT / "benchmarks" / "plain.py")]
NOTHING = [sys.executable, "-c", ""]
CATALOGUE = "locales/kk/LC_MESSAGES/human-rights-factsheet.po"
MESSAGE = ("бұл саясатқа келуді жеңілдетіп", "бұл саясатқа қатысуды жеңілдетіп")
"""What is changed in one message, and what it becomes."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What is promised.

    Attributes:
        number: of the goal, as in docs/performance.md.
        name: what is done.
        at_most: a part of what the plain script takes, or seconds.
        arguments: those of our command.
        kind: how it is measured: one of ``MEASURES``.
        processor: whether processor time counts, and not that on the clock.

    """

    number: str
    name: str
    at_most: float
    arguments: str
    kind: str
    processor: bool = False


GOALS = (
    Goal("1", "nine files from cold, wall", 0.45, "", "beside the plain script"),
    Goal("1", "nine files from cold, CPU", 0.75, "", "beside the plain script", processor=True),
    Goal("2", "one PDF from cold", 0.60, "--lang kk --format pdf", "beside the plain script"),
    Goal("3", "nothing changed", 0.08, "", "after a build"),
    Goal("3", "one message changed: three files", 1.0, "", "after a change"),
    Goal("3", "one message changed: HTML and DOCX", 0.4, "--format html,docx", "after a change"),
    Goal("5", "--help", 0.2, "--help", "after a build"),
    Goal("5", "--list", 0.2, "--list", "after a build"),
    Goal("5", "status, asked again", 0.2, "status", "after a build"),
)


# -- Measures --------------------------------------------------------------------------------------------------------


def beside_the_plain_script(goal: Goal, runs: int, scratch: Path) -> Iterator[tuple[Cost, Cost]]:
    """The same files by the plain script and by our build, whose store and output are empty."""
    build = project(scratch / "cold")
    for _ in range(runs):
        plain = run([*PLAIN, "--out", str(scratch / "plain"), *goal.arguments.split()])
        yield plain, run([*build, "--quiet", *goal.arguments.split()], scratch / "cold")
        for made in ("plain", "cold/dist", "cold/store"):
            shutil.rmtree(scratch / made, ignore_errors=True)


def after_a_build(goal: Goal, runs: int, scratch: Path) -> Iterator[tuple[Cost, Cost]]:
    """Again, where nothing was touched; the files must stay as they are."""
    build = _built(scratch / "built")
    run([*build, *goal.arguments.split()], scratch / "built")
    before = _files(scratch / "built")
    for _ in range(runs):
        yield run(NOTHING), run([*build, *goal.arguments.split()], scratch / "built")
    if _files(scratch / "built") != before:
        sys.exit(f"{goal.name}: files have changed")


def after_a_change(goal: Goal, runs: int, scratch: Path) -> Iterator[tuple[Cost, Cost]]:
    """Each time the same change in a copy of the same state; the files of other languages must stay as they are."""
    _built(scratch / "state")
    before = _files(scratch / "state")
    for _ in range(runs):
        place = scratch / "changed"
        shutil.copytree(scratch / "state", place, symlinks=True)
        catalogue = (place / CATALOGUE).read_text("utf-8")
        assert catalogue.count(MESSAGE[0]) == 1
        (place / CATALOGUE).write_text(catalogue.replace(*MESSAGE), "utf-8")
        yield run(NOTHING), run([sys.executable, str(place / "build.py"), *goal.arguments.split()], place)
        changed = {name[-2:] for name, data in _files(place).items() if before[name] != data}
        if changed != {"kk"}:
            sys.exit(f"{goal.name}: files have changed in {', '.join(sorted(changed)) or 'no language'}")
        shutil.rmtree(place)


def _built(place: Path) -> list[str]:
    """A project of which everything has been made, and the command that builds it."""
    build = project(place)
    run([*build, "--quiet"], place)
    return build


def _files(place: Path) -> dict[str, bytes]:
    """The finished files by publication, language and format."""
    found = (path for path in sorted((place / "dist").glob("*/*")) if path.suffix in (".pdf", ".docx", ".html"))
    return {f"{path.parent.name} {path.suffix} {path.stem[-2:]}": path.read_bytes() for path in found}


MEASURES: dict[str, Callable[[Goal, int, Path], Iterator[tuple[Cost, Cost]]]] = {
    "beside the plain script": beside_the_plain_script,
    "after a build": after_a_build,
    "after a change": after_a_change,
}


# -- Results ---------------------------------------------------------------------------------------------------------


def line(goal: Goal, pairs: list[tuple[Cost, Cost]]) -> str:
    """A line of the table: what was measured against the goal, and both sides of it."""
    theirs, ours = ([cost.cpu if goal.processor else cost.wall for cost in side] for side in zip(*pairs, strict=True))
    relative = goal.kind == "beside the plain script"
    measured = [our / their for their, our in zip(theirs, ours, strict=True)] if relative else ours
    met = "yes" if median(measured) <= goal.at_most else "**no**"
    unit = "" if relative else " s"
    cells = (goal.number, goal.name, f"{spread(measured)}{unit}", f"{goal.at_most:.2f}{unit}", met)
    processor, memory = spread(our.cpu for _, our in pairs), f"{max(our.memory for _, our in pairs):.0f}"
    return f"| {' | '.join((*cells, spread(theirs), spread(ours), processor, memory))} |"


def alike(scratch: Path) -> Iterator[str]:
    """What is in the files of both sides, which must be as much. Ends the benchmark if it is not."""
    run([*PLAIN, "--out", str(scratch / "plain")])
    run([*project(scratch / "ours"), "--quiet"], scratch / "ours")
    yield "| file | pages | headings | tables | charts | notes | words |\n|---|---|---|---|---|---|---|"
    for path in sorted((scratch / "plain").glob("*/*")):
        plain, ours = (_counted(path), _counted(scratch / "ours" / "dist" / path.parent.name / path.name))
        yield f"| {path.name} | {' | '.join(f'{a} / {b}' for a, b in zip(plain, ours, strict=True))} |"
        if plain[1:-1] != ours[1:-1] or abs(plain[0] - ours[0]) > 1 or abs(plain[-1] / ours[-1] - 1) > 0.06:
            sys.exit(f"{path.name}: {plain} by the plain script, {ours} by ours: these cannot be compared")


def _counted(path: Path) -> tuple[int, int, int, int, int, int]:
    sys.path.insert(0, str(ROOT / "src"))
    from kzpub import readback  # not before all is measured: the memory of a child counts from that of its parent
    from kzpub.audit.checking import Finished
    from kzpub.audit.outlines import outline

    format, data = path.suffix[1:], path.read_bytes()
    found = outline(Finished(path, path.parent.name, path.stem[-2:], format, data, draft=False))
    words = len(readback.text(data, format).split())
    return found.pages or 0, len(found.headings), len(found.tables), found.figures, found.notes, words


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="pairs of runs for each goal (5)")
    parser.add_argument("--only", default="", metavar="PART", help="goals that have this in their name")
    options = parser.parse_args()
    compile_all()
    print("Medians (smallest–largest); “theirs” is the plain script, or an interpreter that does nothing:\n")
    print("| goal | what | measured | at most | met | theirs, s | ours, s | CPU s | MiB |")
    print("|---" * 9 + "|", flush=True)
    known: dict[tuple[str, str], list[tuple[Cost, Cost]]] = {}
    for goal in (each for each in GOALS if options.only in each.name):
        if (goal.kind, goal.arguments) not in known:
            with tempfile.TemporaryDirectory() as scratch:
                pairs = MEASURES[goal.kind](goal, options.runs, Path(scratch))
                known[goal.kind, goal.arguments] = list(pairs)
        print(line(goal, known[goal.kind, goal.arguments]), flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        print("\nWhat is in the files, by the plain script / by ours:\n")
        for row in alike(Path(scratch)):
            print(row, flush=True)


if __name__ == "__main__":
    main()
