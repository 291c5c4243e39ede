"""How time and memory grow with the text: ``python benchmarks/growth.py [--sizes 1,10,35,50] [--out docs]``.

The chapters of the factsheet are repeated under anchors of their own, with their translations and charts, and built in
one language, format by format; then the factsheet is built as one, two and four publications in three languages, which
is as many languages as there are records for. The report is ``growth.md`` with a curve in ``growth.svg``.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from math import log
from pathlib import Path
from statistics import linear_regression

from pypdfium2 import PdfDocument

from measuring import ROOT, Cost, compile_all, project, run

ID = "human-rights-factsheet"
FORMATS = ("pdf", "docx", "html")
TAG = "kk"


@dataclass(frozen=True, slots=True)
class Point:
    """One build: how many times the text, pages of the PDF, what it cost, and MiB of all its processes together."""

    times: int
    pages: int
    cost: Cost
    together: float


# -- Larger publications ---------------------------------------------------------------------------------------------


def enlarge(place: Path, times: int) -> None:
    """Repeat the chapters, charts and translations of a copy of the project."""
    folder = place / "content" / ID
    anchors = re.compile(r"(?<=\{#|\(#)([\w-]+)(?=[})])")
    chapters, charts = sorted(folder.glob("*.md")), sorted(folder.glob("*.chart.yaml"))
    copies = [_suffix(n) for n in range(1, times)]
    for n in copies:
        for path in chapters:
            text = anchors.sub(rf"\1-{n}", path.read_text("utf-8"))
            text = re.sub(r"\((\w+)\.chart\.yaml", rf"(\1-{n}.chart.yaml", text)
            path.with_name(f"{n}-{path.name}").write_text(text, "utf-8")
        for path in charts:
            shutil.copy(path, path.with_name(path.name.replace(".chart", f"-{n}.chart")))
    configuration = folder / "publication.yaml"
    names = (f"  - {n}-{path.name}\n" for n in copies for path in chapters)
    configuration.write_text(configuration.read_text("utf-8").rstrip() + "\n" + "".join(names), "utf-8")
    for path in (place / "locales").glob(f"*/LC_MESSAGES/{ID}.po"):
        path.write_text(_translations(path.read_text("utf-8"), copies), "utf-8")
    run([sys.executable, str(place / "build.py"), "catalogue", "update"], place)


def _suffix(n: int) -> str:
    """What tells the anchors of a copy apart: letters, since numbers are figures."""
    return f"copy{chr(97 + n // 26)}{chr(97 + n % 26)}"


def _translations(catalogue: str, copies: list[str]) -> str:
    """A catalogue with the entries of chapters and charts repeated in the contexts of the copies."""
    entries = [
        entry for entry in catalogue.split("\n\n") if re.search('^msgctxt "(?!figures/|publication)', entry, re.M)
    ]
    return "\n\n".join([catalogue.rstrip(), *(_repeated(entry, n) for n in copies for entry in entries)]) + "\n"


def _repeated(entry: str, n: str) -> str:
    def context(found: re.Match[str]) -> str:
        kind, *rest = found[1].split("/")
        parts = (
            [kind, *(f"{each}-{n}" for each in rest)] if kind == "charts" else [f"{each}-{n}" for each in (kind, *rest)]
        )
        return f'msgctxt "{"/".join(parts)}"'

    return re.sub(r'msgctxt "(.*)"', context, re.sub(r"\(#([\w-]+)\)", rf"(#\1-{n})", entry))


def multiply(place: Path, copies: int) -> None:
    """The same publication under several names."""
    for n in range(1, copies):
        name = f"{ID}-{_suffix(n)}"
        shutil.copytree(place / "content" / ID, place / "content" / name)
        for path in (place / "locales").glob(f"*/LC_MESSAGES/{ID}.po"):
            shutil.copy(path, path.with_name(f"{name}.po"))
    run([sys.executable, str(place / "build.py"), "catalogue", "update"], place)


# -- Builds ----------------------------------------------------------------------------------------------------------


def built(place: Path, times: int, *options: str) -> Point:
    """One build from an empty store."""
    largest = 0.0

    def watch(process: int) -> None:
        nonlocal largest
        while not os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            largest = max(largest, sum(map(_share, _tree(process))))
            time.sleep(0.1)

    cost = run([sys.executable, str(place / "build.py"), "--quiet", *options], place, watch)
    pages = sum(len(PdfDocument(path)) for path in (place / "dist").glob("*/*.pdf"))
    for made in ("dist", "store"):
        shutil.rmtree(place / made, ignore_errors=True)
    return Point(times, pages, cost, largest)


def _tree(process: int) -> list[int]:
    """A process and its children, and theirs."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:  # it has just ended
        return []
    return [process, *(each for child in children for each in _tree(int(child)))]


def _share(process: int) -> float:
    """MiB of a process; what several share is divided among them."""
    try:
        found = re.search(r"^Pss: +(\d+)", Path(f"/proc/{process}/smaps_rollup").read_text(), re.MULTILINE)
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0


def series(sizes: list[int], scratch: Path) -> dict[str, list[Point]]:
    """Builds of each format by size of the text, and of all formats by number of publications."""
    found: dict[str, list[Point]] = {}
    for times in sizes:
        place = scratch / f"times-{times}"
        project(place)
        enlarge(place, times)
        of_text = [built(place, times, "--lang", TAG, "--format", format) for format in FORMATS]
        for format, point in zip(FORMATS, of_text, strict=True):
            pages = point.pages or of_text[0].pages
            found.setdefault(f"{format.upper()}, the text so many times", []).append(replace(point, pages=pages))
            print(f"{format}, {times} times: {point.cost.cpu:.1f} s, {point.cost.memory:.0f} MiB", flush=True)
    for copies in (1, 2, 4):
        place = scratch / f"copies-{copies}"
        project(place)
        multiply(place, copies)
        found.setdefault("All files, so many publications in three languages", []).append(built(place, copies))
    return found


# -- The report ------------------------------------------------------------------------------------------------------


def exponent(points: list[Point], value: Callable[[Point], float]) -> float:
    """The power of the pages with which a value grows: the slope between logarithms, by least squares."""
    x, y = ([log(each) for each in side] for side in zip(*((p.pages, value(p)) for p in points), strict=True))
    return linear_regression(x, y).slope


def report(found: dict[str, list[Point]]) -> Iterator[str]:
    yield from (HEAD, "")
    for name, points in found.items():
        yield from (f"## {name}", "", TABLE)
        for before, each in zip((None, *points), points, strict=False):
            took = f"{each.cost.cpu:.1f} | {_further(before, each)}"
            yield f"| {each.times} | {each.pages} | {took} | {each.cost.memory:.0f} | {each.together:.0f} |"
        powers = {"time": exponent(points, lambda p: p.cost.cpu), "memory": exponent(points, lambda p: p.together)}
        yield f"\nExponents: time {powers['time']:.2f}, memory {powers['memory']:.2f}.\n"
    yield "![Processor time by pages, one line for each series, both scales logarithmic](growth.svg)"


def _further(before: Point | None, each: Point) -> str:
    """Milliseconds for each page more than before: what start-up cannot flatter, as it does an exponent."""
    if before is None or before.pages == each.pages:
        return "–"
    return f"{1000 * (each.cost.cpu - before.cost.cpu) / (each.pages - before.pages):.0f}"


HEAD = """\
# Growth

By `python benchmarks/growth.py`. Goal: time and memory grow no faster than the pages, with an exponent of at most 1.1,
and 400 pages in one language stay under 1.5 GiB. The text of the factsheet is repeated under anchors of its own, with
its charts and translations; the figures are those of the one register. Start-up makes exponents smaller than they are
for large publications; the time for each further page shows it if that grows. kzpub has records for three languages:
twelve editions are therefore four publications in three languages."""
TABLE = """\
| times | pages | CPU s | CPU ms for each further page | MiB, largest process | MiB, all processes |
|---|---|---|---|---|---|"""


def drawing(found: dict[str, list[Point]], path: Path) -> None:
    from matplotlib import pyplot  # not before all is measured

    pyplot.rcParams |= {"svg.hashsalt": "growth", "svg.fonttype": "none"}
    figure, axes = pyplot.subplots(figsize=(7, 4.2), layout="tight")
    for (name, points), marker in zip(found.items(), "os^D", strict=True):
        axes.loglog([p.pages for p in points], [p.cost.cpu for p in points], marker=marker, label=name)
    axes.set(xlabel="pages", ylabel="seconds of processor time")
    axes.legend(frameon=False)
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1,10,35,50", help="how many times the text (1,10,35,50)")
    parser.add_argument("--out", type=Path, default=ROOT / "docs", help="where growth.md goes (docs)")
    options = parser.parse_args()
    compile_all()
    with tempfile.TemporaryDirectory() as scratch:
        found = series([int(each) for each in options.sizes.split(",")], Path(scratch))
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "growth.md").write_text("\n".join(report(found)) + "\n", "utf-8")
    drawing(found, options.out / "growth.svg")


if __name__ == "__main__":
    main()
