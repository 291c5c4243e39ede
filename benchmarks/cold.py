"""What each command costs from cold, as ratios to a yardstick measured in the same run: ``python benchmarks/cold.py``.

The yardstick is the least that any program with WeasyPrint does: import it and lay out one line. Each command runs in
fresh processes, turn by turn with the yardstick; the smallest time counts, noise being what is added to it.
"""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNS = 5
YARDSTICK = [sys.executable, "-c", "import weasyprint; weasyprint.HTML(string='<p>One line').write_pdf()"]
BUILD = [sys.executable, str(ROOT / "build.py"), "--quiet"]


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of processor time, seconds on the clock, and the peak of memory in MiB of one process."""

    cpu: float
    wall: float
    memory: float


def run(command: list[str]) -> Cost:
    """Run a command to its end in a process of its own."""
    before = os.times().elapsed
    process = os.spawnv(os.P_NOWAIT, command[0], command)
    _, status, usage = os.wait4(process, 0)
    if status:
        sys.exit(f"“{' '.join(command)}” failed")
    return Cost(usage.ru_utime + usage.ru_stime, os.times().elapsed - before, usage.ru_maxrss / 1024)


def smallest(costs: list[Cost]) -> Cost:
    return Cost(min(c.cpu for c in costs), min(c.wall for c in costs), max(c.memory for c in costs))


def main() -> None:
    with tempfile.TemporaryDirectory() as out:
        commands = {
            "yardstick": YARDSTICK,
            "nine files": [*BUILD, "--out", out],
            "one PDF (kk)": [*BUILD, "--out", out, "--lang", "kk", "--format", "pdf"],
            "one Word file (kk)": [*BUILD, "--out", out, "--lang", "kk", "--format", "docx"],
            "one web page (kk)": [*BUILD, "--out", out, "--lang", "kk", "--format", "html"],
        }
        costs: dict[str, list[Cost]] = {name: [] for name in commands}
        for _ in range(RUNS):
            for name, command in commands.items():
                costs[name].append(run(command))
    base = smallest(costs["yardstick"])
    print(f"{'':20} {'CPU s':>7} {'wall s':>7} {'MiB':>5} {'CPU ratio':>10} {'wall ratio':>11}")
    for name, several in costs.items():
        cost = smallest(several)
        ratios = f"{cost.cpu / base.cpu:10.2f} {cost.wall / base.wall:11.2f}"
        print(f"{name:20} {cost.cpu:7.2f} {cost.wall:7.2f} {cost.memory:5.0f} {ratios}")


if __name__ == "__main__":
    main()
