"""The command line: ``kzpub``, and ``build.py`` at the top of a project."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

from kzpub.errors import KzpubError, Problem
from kzpub.languages import LANGUAGES
from kzpub.projects import FORMATS, publication_languages, publications

if TYPE_CHECKING:
    from kzpub.pipeline import Artefact
    from kzpub.trace import Traced

DONE, PROBLEMS, USAGE, INTERRUPTED = 0, 1, 2, 130

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
"""


class _Parser(argparse.ArgumentParser):
    """An argument parser whose errors are one line, like all others."""

    def error(self, message: str) -> NoReturn:
        self.exit(USAGE, f"{Problem('usage', message, None, f'see “{self.prog} --help”')}\n")


def main(argv: list[str] | None = None, root: Path | None = None) -> int:
    """Run the command in a project's folder and return its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a console that lacks a letter must not end the work
    arguments = list(sys.argv[1:] if argv is None else argv)
    root = (root or Path.cwd()).resolve()
    try:
        command = _COMMANDS.get(arguments[0]) if arguments else None
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
        print("interrupted: nothing was published", file=sys.stderr)
        return INTERRUPTED


# -- build -----------------------------------------------------------------------------------------------------------


def _build(argv: list[str], root: Path) -> int:
    options = _parser().parse_args(argv)
    known = publications(root)
    if not known:
        raise _usage(f"no publication under {root / 'content'}", "run it in a project’s folder")
    chosen = _choice("publication", options.publication, known)
    tags = _choice("language", options.lang, tuple(LANGUAGES))
    formats = _choice("format", options.format, FORMATS)
    out = (options.out or root / "dist").resolve()
    if any(out.is_relative_to(root / folder) for folder in ("content", "locales", "src", "templates")):
        raise _usage(f"{_shown(out)} is among the sources", "choose another folder for --out")
    if options.list:
        return _list(root, known)
    from kzpub.pipeline import Request, build

    progress = _Progress(sys.stderr, options.quiet)
    artefacts = build(root, out, Request(chosen, tags, formats, options.release), progress, _say)
    if not options.quiet:
        _print_table(artefacts, out)
    return DONE


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
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
    parser.add_argument("--release", action="store_true", help="refuse whatever is not done and clean; no drafts")
    parser.add_argument("--list", action="store_true", help="list publications and languages, and build nothing")
    parser.add_argument("--quiet", action="store_true", help="print nothing but problems")
    return parser


def _choice(what: str, given: list[str] | None, known: tuple[str, ...]) -> tuple[str, ...]:
    """The values asked for, in order and once each; none at all stands for all."""
    values = tuple(dict.fromkeys(value for text in given or () for value in text.split(",")))
    for value in values:
        if value not in known and value != "all":
            raise _usage(f"unknown {what} “{value}”", f"known: {', '.join((*known, 'all'))}")
    return () if "all" in values else values


def _usage(cause: str, hint: str) -> KzpubError:
    return KzpubError(Problem("usage", cause, None, hint))


def _list(root: Path, known: tuple[str, ...]) -> int:
    for publication in known:
        print(f"{publication}  {' '.join(publication_languages(root, publication))}  {' '.join(FORMATS)}")
    return DONE


# -- catalogue -------------------------------------------------------------------------------------------------------


_CATALOGUE_EPILOGUE = "exit codes:  0 done · 1 problems were found, and nothing was written · 2 wrong usage"
_UPDATE = """\
Bring the templates and catalogues under locales/ up to the content. A new message is empty; a changed one needs review
(fuzzy), with its previous source in the lines “#|”; a removed one becomes obsolete (“#~”), and is used again when it
comes back. Every other line stays as it is.
"""
_INIT = """\
Begin a language: an empty catalogue for every publication and for the words of the templates, and a list of what else
the language needs. A catalogue that is there is never written over.
"""


def _catalogue(argv: list[str], root: Path) -> int:
    parser = _Parser(prog="kzpub catalogue", description="The translators’ files under locales/.")
    parser.epilog = _CATALOGUE_EPILOGUE
    actions = parser.add_subparsers(dest="action", metavar="update|init", required=True)
    told: dict[str, Any] = {"epilog": _CATALOGUE_EPILOGUE, "formatter_class": argparse.RawDescriptionHelpFormatter}
    update = actions.add_parser("update", help="bring them up to the content", description=_UPDATE, **told)
    update.add_argument(
        "--cosmetic",
        action="store_true",
        help="keep a translation whose source changed in spacing, punctuation or figures alone, and say so",
    )
    init = actions.add_parser("init", help="begin a language", description=_INIT, **told)
    init.add_argument("--lang", required=True, metavar="TAG", help="the language, such as uz")
    init.add_argument("--publication", action="append", metavar="ID", help="a folder under content/, or all")
    options = parser.parse_args(argv)
    return _update(root, carry=options.cosmetic) if options.action == "update" else _init(root, options)


def _update(root: Path, *, carry: bool) -> int:
    from kzpub.extraction import update_catalogues
    from kzpub.updating import OUTCOMES

    changed = update_catalogues(root, carry=carry)
    total: Counter[str] = Counter()
    for path, update in ((each.path.relative_to(root).as_posix(), each.update) for each in changed):
        counts = ", ".join(f"{update.counts[name]} {words}" for name, words in OUTCOMES.items() if update.counts[name])
        print(f"updated {path}{': ' if counts else ''}{counts}")
        for each in update.carried:
            print(f"{path}:{each.line}: carried: {_difference(each.old, each.new)}")
        total.update(update.counts)
    if total["carriable"]:
        many = f"{total['carriable']} of {total['review']} changed messages differ only"
        print(f"{many} in spacing, punctuation or figures: --cosmetic keeps their translations,")
        print("run on the catalogues as they were (“git restore locales”)")
    if not changed:
        print("all catalogues are up to date")
    return DONE


def _difference(old: str, new: str) -> str:
    """Two texts cut to where they differ, with some characters before it and after it."""
    start = _alike(old, new)
    end = _alike(old[start:][::-1], new[start:][::-1])
    begin, cut = max(0, start - _AROUND), max(0, end - _AROUND)
    parts = (" ".join(text[begin : len(text) - cut].split("\n")) for text in (old, new))
    return " → ".join(f"“{'…' * (begin > 0)}{part}{'…' * (cut > 0)}”" for part in parts)


def _alike(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


_AROUND = 20


def _init(root: Path, options: argparse.Namespace) -> int:
    from kzpub.beginning import begin_language, needs

    known = publications(root)
    chosen = _choice("publication", options.publication, known) or known
    made, there = begin_language(root, options.lang, chosen)
    print("\n".join(f"made {path.relative_to(root).as_posix()}" for path in made))
    if there:
        print(f"{there.relative_to(root).as_posix()} was there and is as it was")
    print(f"Translate {'it' if len(made) == 1 else 'them'}; “kzpub catalogue update” keeps pace with the content.")
    if lacking := list(needs(root, options.lang, chosen)):
        print(f"Before {options.lang} can be published, these are needed (CONTRIBUTING.md, “A language”):")
        print("\n".join(f"  {line}" for line in lacking))
    return DONE


# -- figures ---------------------------------------------------------------------------------------------------------


def _figures(argv: list[str], root: Path) -> int:
    parser = _Parser(prog="kzpub figures", description="From printed numbers back to the register.")
    parser.add_argument("figure", nargs="?", help="an identifier, or a number as printed: “22 000”, 30%%")
    parser.add_argument("--publication", action="append", metavar="ID", help="a folder under content/, or all")
    parser.add_argument("--no-pages", action="store_true", help="do not lay out the PDFs to find pages")
    options = parser.parse_args(argv)
    from kzpub import trace

    known = publications(root)
    chosen = _choice("publication", options.publication, known) or known
    traced = [each for publication in chosen for each in trace.trace(root, publication)]
    if options.figure:
        traced = trace.asked_for(traced, options.figure)
    if not options.no_pages:
        traced = _with_pages(traced, root)
    if options.figure:
        print("\n".join(line for each in traced for line in trace.story(each)))
    else:
        _print_columns(list(trace.table(traced)))
    return DONE


def _with_pages(traced: list[Traced], root: Path) -> list[Traced]:
    """The same figures with their pages; where editions are not in order, it says so and leaves them out."""
    from kzpub import trace
    from kzpub.pipeline import Request, editions

    publications = tuple(dict.fromkeys(each.publication for each in traced))
    try:
        pages = {id: trace.figure_pages(editions(root, Request((id,)))) for id in publications}
    except KzpubError as error:
        cause = f"pages are not known: the build finds {len(error.problems)} problems, first {error.problems[0]}"
        print(cause, file=sys.stderr)
        return traced
    return [trace.with_pages(each, pages[each.publication]) for each in traced]


# -- status ----------------------------------------------------------------------------------------------------------


def _status(argv: list[str], root: Path) -> int:
    parser = _Parser(prog="kzpub status", description="How far translations are, and what is found in them.")
    parser.epilog = "exit codes: 0 everything may be released · 1 something may not · 2 wrong usage"
    parser.add_argument("--lang", action="append", metavar="TAG", help="kk, ru, or all (repeat, or use commas)")
    parser.add_argument("--publication", action="append", metavar="ID", help="a folder under content/, or all")
    parser.add_argument("--format", choices=("table", "json", "junit"), default="table", help="for people, or for CI")
    parser.add_argument("--spelling", action="store_true", help="words that Hunspell does not know too, as advice")
    options = parser.parse_args(argv)
    from kzpub import status

    known = publications(root)
    chosen = _choice("publication", options.publication, known) or known
    tags = _choice("language", options.lang, tuple(LANGUAGES)) or tuple(LANGUAGES)
    found = status.translations(root, chosen, tags)
    if options.format == "table":
        _print_columns(list(status.table(found)), right=(2, 3, 4, 5, 6))
        for problem in dict.fromkeys(problem for each in found for problem in each.all_findings):
            print(problem)
        for problem in status.spelling_advice(root, chosen, tags) if options.spelling else ():
            print(problem.line("advice"))
    else:
        print(status.to_json(found) if options.format == "json" else status.to_junit(found))
    return DONE if all(each.ready for each in found) else PROBLEMS


_COMMANDS = {"catalogue": _catalogue, "figures": _figures, "status": _status}

# -- What the user sees ----------------------------------------------------------------------------------------------


class _Progress:
    """A line that rewrites itself on a terminal, a line for each file in a pipe."""

    def __init__(self, stream: TextIO, quiet: bool) -> None:
        self.stream, self.quiet, self.terminal = stream, quiet, stream.isatty()

    def __call__(self, done: int, total: int, name: str) -> None:
        if self.quiet:
            return
        if self.terminal:
            bar = "█" * (20 * done // total) + "░" * (20 - 20 * done // total)
            self.stream.write(f"\r\033[K{bar} {done}/{total} {name}" if name else "\r\033[K")
        elif name:
            self.stream.write(f"{done + 1}/{total} {name}\n")
        self.stream.flush()


def _say(line: str) -> None:
    print(line, file=sys.stderr)


def _print_table(artefacts: tuple[Artefact, ...], out: Path) -> None:
    rows = [("language", "format", "pages", "size", "file")]
    for artefact in artefacts:
        size = f"{len(artefact.file.data) / 1024:,.0f} KB"
        name = _shown(out / artefact.path) + "  DRAFT" * artefact.draft
        rows.append((artefact.language.tag, artefact.format, str(artefact.file.pages or "–"), size, name))
    _print_columns(rows, right=(2, 3))


def _print_columns(rows: Sequence[tuple[str, ...]], right: tuple[int, ...] = ()) -> None:
    """Rows in columns as wide as they need; the last one runs free."""
    widths = [max(map(len, column)) for column in list(zip(*rows, strict=True))[:-1]]
    for row in rows:
        cells = (
            cell.rjust(width) if n in right else cell.ljust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=False))
        )
        print("  ".join((*cells, row[-1])))


def _shown(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
