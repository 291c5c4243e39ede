"""A publisher that fails at each of its steps in turn: all that it asks of the file system, as audit hooks tell.

``python -m tests.harness.steps OUT HOW`` publishes one release after the other; the first is hindered at its first
step, the second at its second, until one is not hindered at all. After each, it looks at what is there. ``HOW`` is
``kill``, ``full`` (from that step on nothing can be made), ``once`` (that step alone fails) or ``interrupt``.
"""

from __future__ import annotations

import errno
import json
import os
import signal
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

from kzpub.errors import KzpubError
from tests.harness import contents, litter
from tests.harness.reader import look, wrong_with
from tests.harness.writer import files, no_links, publish_naively, publish_release

MAKING = ("os.mkdir", "os.link", "os.symlink", "os.truncate")
CHANGING = (*MAKING, "os.rename", "os.remove", "os.rmdir")
DONE, FAILED, NEVER_HINDERED = 0, 1, 2


def hinder(out: Path, how: str, step: int, met: list[int]) -> Callable[[str, tuple[object, ...]], None]:
    """A hook that lets this step of the work below ``out`` fail, and then notes it in ``met``."""
    steps = count(1)

    def hook(event: str, given: tuple[object, ...]) -> None:
        below = event in ("os.remove", "os.rmdir") or type(given[0]) is int or str(given[0]).startswith(str(out))
        if event not in ("open", *CHANGING) or not below:
            return
        now = next(steps)
        making = event in MAKING or (event == "open" and isinstance(given[2], int) and bool(given[2] & os.O_CREAT))
        if (how == "full" and now >= step and making) or (how != "full" and now == step):
            met.append(now)
            _fail(how, str(given[0]))

    return hook


def _fail(how: str, path: str) -> None:
    if how == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if how == "interrupt":
        raise KeyboardInterrupt
    raise OSError(errno.ENOSPC if how == "full" else errno.EIO, "it fails", path)


def attempt(out: Path, how: str, step: int, number: int) -> int:
    """How a process ends that publishes a release and is hindered at a step."""
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code, met = FAILED, list[int]()
    try:
        sys.addaudithook(hinder(out, how, step, met))
        publish_naively(out, files(number)) if "--naive" in sys.argv else publish_release(out, files(number), keep=3)
        code = DONE if met else NEVER_HINDERED
    except (KzpubError, KeyboardInterrupt):
        pass
    finally:
        os._exit(code)


def faults(out: Path, how: str, before: dict[str, bytes | str], code: int, *, links: bool) -> list[str]:
    """What must not be after a release was hindered: each is whole, and where the old one counts, nothing changed."""
    state, wrong = look(out)
    kept = (path for path in out.glob(".generations/*") if not path.name.startswith("."))
    torn = [f"torn {path.name}: {each}" for path in kept if (each := wrong_with(path, whole=True))]
    if how == "kill":
        return torn if state == "whole" or (state == "none" and not links) else [*torn, f"{state} {wrong}"]
    after = contents(out)
    decided = how != "full" and after.get("current", after.get("manifest.json")) != _manifest(before)
    changed = [] if decided or code != FAILED else sorted(p for p in before | after if before.get(p) != after.get(p))
    torn += [] if state == "whole" else [f"{state} {wrong}"]
    return [*torn, *(f"changed: {path}" for path in changed)]


def _manifest(before: dict[str, bytes | str]) -> bytes | str:
    return before.get("current", before["manifest.json"])


def main() -> int:
    """The program: prints how many steps there were, and what must not be."""
    out, how, links = Path(sys.argv[1]), sys.argv[2], "--no-links" not in sys.argv
    if not links:
        os.symlink = no_links
    publish_naively(out, files(0)) if "--naive" in sys.argv else publish_release(out, files(0), keep=3)
    found, code, step = list[str](), DONE, 0
    while code != NEVER_HINDERED:
        step += 1
        before = contents(out)
        code = attempt(out, how, step, 2 * step - 1)
        found += [f"step {step}: {each}" for each in faults(out, how, before, code, links=links)]
        if "--naive" not in sys.argv:
            publish_release(out, files(2 * step), keep=3)
        found += [f"after step {step}: {each}" for each in (*litter(out), look(out)[1]) if each]
    print(json.dumps({"steps": step, "faults": found}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
