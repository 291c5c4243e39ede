"""A small publisher to be killed and hindered: cheap files, and the real ``publish``, or a naive one to compare with.

``python -m tests.harness.writer OUT N`` publishes release N, and with ``--rounds`` those after it. Each has a file that
never changes, files that always do, and a folder of its own.
"""

from __future__ import annotations

import argparse
import errno
import os
import sys
from hashlib import sha256
from pathlib import Path
from typing import NoReturn

from kzpub.errors import KzpubError
from kzpub.publishing import manifests
from kzpub.publishing.manifests import Entry, Release
from kzpub.publishing.releases import publish


def files(number: int, size: int = 20_000) -> dict[str, bytes]:
    """The files of a release."""
    return {
        "index.html": b"release %d" % number,
        "a/a-en.html": b"the same in all",
        "a/a-kk.html": b"%d\n" % number * 50,
        "a/a-ru.pdf": (b"%08d" % number * (size // 8 + 1))[:size],
        f"only-{number % 7}/b-en.html": b"%d" % number,
    }


def release(made: dict[str, bytes]) -> Release:
    """Their list."""
    entries = (Entry(path, sha256(data).hexdigest(), len(data)) for path, data in made.items())
    return Release(tuple(entries), {"release": True})


def publish_naively(out: Path, made: dict[str, bytes]) -> None:
    """One file after the other, each where the old one is, as most scripts do."""
    for path, data in (made | {manifests.MANIFEST: manifests.text(release(made))}).items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(data)


def publish_release(out: Path, made: dict[str, bytes], keep: int) -> None:
    """As a build does: only what the release before has not is given."""

    def compose(before: Release | None) -> tuple[Release, dict[str, bytes]]:
        there = {entry.sha256 for entry in before.entries} if before else set()
        new = release(made)
        return new, {each.path: made[each.path] for each in new.entries if each.sha256 not in there}

    publish(out, compose, keep=keep, waiting=lambda who: print(f"waiting for {who}", file=sys.stderr, flush=True))


def no_links(*names: object, **options: object) -> NoReturn:
    raise OSError(errno.EPERM, "no links on this disk")


def main() -> int:
    """The program: exit codes are those of ``kzpub``."""
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("number", type=int)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--size", type=int, default=20_000)
    parser.add_argument("--keep", type=int, default=3)
    parser.add_argument("--naive", action="store_true")
    parser.add_argument("--no-links", action="store_true")
    options = parser.parse_args()
    if options.no_links:
        os.symlink = no_links
    try:
        for number in range(options.number, options.number + options.rounds):
            made = files(number, options.size)
            publish_naively(options.out, made) if options.naive else publish_release(options.out, made, options.keep)
        print("published", flush=True)
    except KzpubError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
