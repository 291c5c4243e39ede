"""The command line: ``kzpub``, and ``build.py`` at the top of a project."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from kzpub.commands import COMMANDS
from kzpub.console import (
    DONE,
    INTERRUPTED,
    PROBLEMS,
    USAGE,
    Parser,
    Progress,
    address,
    among_sources,
    choice,
    chosen_publications,
    cores,
    print_columns,
    say,
    shown,
    usage,
    whole,
)
from kzpub.errors import KzpubError, Problem
from kzpub.languages import LANGUAGES
from kzpub.projects import FORMATS, Request

if TYPE_CHECKING:
    from kzpub.builds.pipeline import Means, Outcome


_DESCRIPTION = """\
Make the publications of this project: every language as PDF, Word (DOCX) and HTML.

  python build.py                          all publications, languages and formats
  python build.py --lang kk --format pdf   just the Kazakh PDF
  python build.py --lang kk,ru             two languages, all formats
  python build.py --release                what is sent out: refused unless it is done and clean

Without --release, a language whose translation is not done becomes a draft: it says so on its cover, and shows the
source text, marked, where a translation is missing or out of date.
"""
_EPILOGUE = """\
files:  <out>/<publication>/<publication>-<lang>.<format>, and <out>/index.html, which lists them
exit codes:  0 done · 1 problems were found, and nothing was published · 2 wrong usage · 130 interrupted
other commands:  kzpub status              how far translations are, and what is found in them
                 kzpub catalogue update    bring the translators' files up to the content
                 kzpub catalogue init      begin a language
                 kzpub figures             every figure: its values, where it is used, on which pages
                 kzpub figures ID          where one figure, or a number as printed, comes from
                 kzpub verify DIR          every check on finished files, with a report of conformance for each
"""


def main(argv: list[str] | None = None, root: Path | None = None) -> int:
    """Run the command in a project's folder and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a console that lacks a letter must not end the work
    gc.set_threshold(100_000, 20, 20)  # what is imported is no garbage; looking for some takes a tenth of the time
    arguments = list(sys.argv[1:] if argv is None else argv)
    root = (root or Path.cwd()).resolve()
    try:
        command = COMMANDS.get(arguments[0]) if arguments else None
        code = command(arguments[1:], root) if command else _build(arguments, root)
        sys.stdout.flush()
        return code
    except KzpubError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        return USAGE if any(problem.code == "usage" for problem in error.problems) else PROBLEMS
    except ModuleNotFoundError as error:
        hint = "run “make briefs” once, then “.venv/bin/python build.py”"
        print(Problem("environment", f"this Python has no {error.name}", None, hint), file=sys.stderr)
        return PROBLEMS
    except BrokenPipeError:  # the reader of a pipe has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        print("interrupted: the output folder has a whole release, this one or the one before", file=sys.stderr)
        return INTERRUPTED


# -- build -----------------------------------------------------------------------------------------------------------


def _build(argv: list[str], root: Path) -> int:
    options = _parser().parse_args(argv)
    chosen = chosen_publications(options.publication, root)
    tags = choice("language", options.lang, tuple(LANGUAGES))
    formats = choice("format", options.format, FORMATS)
    out = (options.out or root / "dist").resolve()
    if among_sources(out, root):
        raise usage(f"{shown(out)} is among the sources", "choose another folder for --out")
    if options.list:
        return _list(root, chosen)
    from kzpub.builds.pipeline import build

    request = Request(chosen, tags, formats, options.release)
    outcome = build(root, out, request, Progress(sys.stderr, options.quiet), _means(options))
    if not options.quiet:
        _print_outcome(outcome, out)
    return DONE


def _means(options: argparse.Namespace) -> Means:
    from kzpub.builds.pipeline import Means
    from kzpub.builds.store import Store, default_folder

    store = Store(options.store or default_folder(), options.store_size * 1_000_000)
    return Means(store, options.jobs, options.cluster or "", options.keep, say)


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog=Path(sys.argv[0]).name or "kzpub",
        description=_DESCRIPTION,
        epilog=_EPILOGUE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--lang", action="append", metavar="TAG", help="en, kk, ru, or all (repeat, or use commas)")
    parser.add_argument(
        "--format", action="append", metavar="NAME", help="pdf, docx, html, or all (repeat, or use commas)"
    )
    parser.add_argument("--publication", action="append", metavar="ID", help="a folder under content/, or all")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="where the files go (dist)")
    parser.add_argument(
        "--jobs", type=whole(0), metavar="N", default=cores(), help="worker processes (all cores); 0: none"
    )
    parser.add_argument(
        "--cluster", type=address, metavar="ADDRESS", help="workers of a Dask scheduler: tcp://host:8786"
    )
    parser.add_argument("--store", type=Path, metavar="FOLDER", help="what was made before (KZPUB_STORE, or a cache)")
    parser.add_argument("--store-size", type=whole(1), metavar="MB", default=2000, help="what it may take (2000)")
    parser.add_argument("--keep", type=whole(1), metavar="N", default=3, help="generations of the release to keep (3)")
    parser.add_argument("--release", action="store_true", help="refuse whatever is not done and clean; no drafts")
    parser.add_argument("--list", action="store_true", help="list publications and languages, and build nothing")
    parser.add_argument("--quiet", action="store_true", help="print nothing but problems")
    return parser


def _list(root: Path, chosen: tuple[str, ...]) -> int:
    from kzpub.configuration import read_configuration

    for publication in chosen:
        print(f"{publication}  {' '.join(read_configuration(root, publication).languages)}  {' '.join(FORMATS)}")
    return DONE


def _print_outcome(outcome: Outcome, out: Path) -> None:
    rows = [("language", "format", "pages", "size", "file")]
    for entry in outcome.entries:
        name = shown(out / entry.path) + "  DRAFT" * entry.draft
        rows.append((entry.language, entry.format, str(entry.pages or "–"), f"{entry.size / 1024:,.0f} KB", name))
    print_columns(rows, right=(2, 3))
    if not outcome.changed:
        print("nothing has changed: all files are as they were")
    elif outcome.fresh < len(outcome.entries):
        print(f"{outcome.fresh} of {len(outcome.entries)} files were made; the others were known")
    for path in outcome.earlier:
        say(f"{shown(out / path)}: made from earlier sources; a build of everything makes it anew")
