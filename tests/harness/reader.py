"""A reader of an output folder, without a line of kzpub: it holds what it sees to the manifest, again and again.

``python reader.py OUT`` reads until its input ends, then prints what it saw as JSON; ``--once`` reads once. A reader
goes to where ``current`` leads and stays there. Where there is no such link, it looks whether the manifest is still the
same after it has read the files, and if not, it starts anew.
"""

from __future__ import annotations

import json
import os
import select
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path


def look(out: Path) -> tuple[str, str]:
    """What is there: a ``whole`` release, a ``torn`` one (and how), one that is ``gone`` by now, or ``none``."""
    try:
        folder = out / os.readlink(out / "current")
    except OSError:
        folder = out
    before = _seen(folder / "manifest.json")
    wrong = wrong_with(folder, whole=folder != out)
    if not wrong:
        return "whole", ""
    if folder == out:
        same = before is not None and before == _seen(folder / "manifest.json")
        return ("torn", wrong) if same else ("none" if before is None else "gone", "")
    return ("torn", wrong) if folder.exists() else ("gone", "")


def _seen(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns


def wrong_with(folder: Path, *, whole: bool) -> str:
    """How the files of a folder are not those of its manifest; with ``whole``, what is there beside them too."""
    try:
        listed = {each["path"]: each for each in json.loads((folder / "manifest.json").read_bytes())["files"]}
        for path, each in listed.items():
            data = (folder / path).read_bytes()
            if (len(data), sha256(data).hexdigest()) != (each["size"], each["sha256"]):
                return f"{path} is not as listed"
        there = (
            {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} if whole else set()
        )
    except (OSError, ValueError, LookupError) as error:
        return f"{type(error).__name__}: {error}"
    return f"not listed: {there - listed.keys()}" if there - listed.keys() - {"manifest.json"} else ""


def main() -> int:
    """The program: exit code 1 if anything torn was seen."""
    out, seen, torn = Path(sys.argv[1]), Counter[str](), set[str]()
    while True:
        state, how = look(out)
        seen[state] += 1
        torn |= {how} - {""}
        if "--once" in sys.argv or select.select([sys.stdin], [], [], 0.001)[0]:
            break
    print(json.dumps({"seen": seen, "torn": sorted(torn)}))
    return 1 if torn else 0


if __name__ == "__main__":
    sys.exit(main())
