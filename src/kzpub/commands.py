"""The commands beside the build: ``kzpub catalogue``, ``kzpub figures``, ``kzpub status``, ``kzpub verify``."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kzpub.console import (
    DONE,
    PROBLEMS,
    Parser,
    Progress,
    among_sources,
    choice,
    chosen_publications,
    columns,
    print_columns,
    say,
    shown,
    tell,
    usage,
)
from kzpub.errors import KzpubError
from kzpub.languages import LANGUAGES, SOURCE

if TYPE_CHECKING:
    from kzpub.audit.verification import Found, Verified
    from kzpub.trace import Traced

Standing = tuple[str, bool]
"""What ``kzpub status`` says, and whether all is done and clean."""

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
    parser = Parser(prog="kzpub catalogue", description="The translators’ files under locales/.")
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
    from kzpub.po.updating import OUTCOMES

    changed = update_catalogues(root, carry=carry)
    total: Counter[str] = Counter()
    for path, update in ((each.path.relative_to(root).as_posix(), each.update) for each in changed):
        counts = ", ".join(f"{update.counts[name]} {words}" for name, words in OUTCOMES.items() if update.counts[name])
        tell(f"updated {path}{': ' if counts else ''}{counts}")
        for each in update.carried:
            tell(f"{path}:{each.line}: carried: {_difference(each.old, each.new)}")
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

    chosen = chosen_publications(options.publication, root)
    made, there = begin_language(root, options.lang, chosen)
    for path in made:
        tell(f"made {path.relative_to(root).as_posix()}")
    if there:
        tell(f"{there.relative_to(root).as_posix()} was there and is as it was")
    print(f"Translate {'it' if len(made) == 1 else 'them'}; “kzpub catalogue update” keeps pace with the content.")
    if lacking := list(needs(root, options.lang, chosen)):
        print(f"Before {options.lang} can be published, these are needed (CONTRIBUTING.md, “A language”):")
        for line in lacking:
            tell(f"  {line}")
    return DONE


# -- figures ---------------------------------------------------------------------------------------------------------


def _figures(argv: list[str], root: Path) -> int:
    parser = Parser(prog="kzpub figures", description="From printed numbers back to the register.")
    parser.add_argument("figure", nargs="?", help="an identifier, or a number as printed: “22 000”, 30%%")
    parser.add_argument("--publication", action="append", metavar="ID", help="a folder under content/, or all")
    parser.add_argument("--no-pages", action="store_true", help="do not lay out the PDFs to find pages")
    options = parser.parse_args(argv)
    from kzpub import trace

    chosen = chosen_publications(options.publication, root)
    traced = [each for publication in chosen for each in trace.trace(root, publication)]
    if options.figure:
        traced = trace.asked_for(traced, options.figure)
    if not options.no_pages:
        traced = _with_pages(traced, root)
    if options.figure:
        for line in (line for each in traced for line in trace.story(each)):
            tell(line)
    else:
        print_columns(list(trace.table(traced)))
    return DONE


def _with_pages(traced: list[Traced], root: Path) -> list[Traced]:
    """The same figures with their pages; where editions are not in order, it says so and leaves them out."""
    from kzpub import trace
    from kzpub.builds.editing import editions
    from kzpub.projects import Request

    publications = tuple(dict.fromkeys(each.publication for each in traced))
    try:
        pages = {id: trace.figure_pages(editions(root, Request((id,)))) for id in publications}
    except KzpubError as error:
        cause = f"pages are not known: the build finds {len(error.problems)} problems, first {error.problems[0]}"
        say(cause)
        return traced
    return [trace.with_pages(each, pages[each.publication]) for each in traced]


# -- status ----------------------------------------------------------------------------------------------------------


def _status(argv: list[str], root: Path) -> int:
    parser = Parser(prog="kzpub status", description="How far translations are, and what is found in them.")
    parser.epilog = "exit codes: 0 all translations are done and clean · 1 something is left · 2 wrong usage"
    parser.add_argument("--lang", action="append", metavar="TAG", help="kk, ru, or all (repeat, or use commas)")
    parser.add_argument("--publication", action="append", metavar="ID", help="a folder under content/, or all")
    parser.add_argument("--format", choices=("table", "json", "junit"), default="table", help="for people, or for CI")
    parser.add_argument("--spelling", action="store_true", help="words that Hunspell does not know too, as advice")
    options = parser.parse_args(argv)
    chosen = chosen_publications(options.publication, root)
    translated = tuple(tag for tag in LANGUAGES if tag != SOURCE.tag)
    tags = choice("language", options.lang, translated) or translated
    if options.spelling and options.format != "table":
        raise usage("--spelling gives advice to people", "ask for it with --format table")
    if options.spelling:  # its dictionaries are the machine's
        said, ready = _standing(root, chosen, tags, options)
    else:
        said, ready = _remembered(root, chosen, tags, options)
    print(said, end="")
    return DONE if ready else PROBLEMS


def _remembered(root: Path, chosen: tuple[str, ...], tags: tuple[str, ...], options: argparse.Namespace) -> Standing:
    """What was said before of the very same files."""
    from kzpub.builds import keys, snapshot
    from kzpub.builds.store import Store, default_folder

    store = Store(default_folder())
    named = keys.status_key(snapshot.take(root, chosen), chosen, tags, options.format)
    if known := store.record(named):
        return str(known[0]), bool(known[1])
    found = _standing(root, chosen, tags, options)
    store.put_record(named, found)
    return found


def _standing(root: Path, chosen: tuple[str, ...], tags: tuple[str, ...], options: argparse.Namespace) -> Standing:
    from kzpub import status

    surveys = status.survey(root, chosen, tags)
    found = status.translations(surveys)
    ready = all(each.ready for each in found)
    if options.format != "table":
        return f"{status.to_json(found) if options.format == 'json' else status.to_junit(found)}\n", ready
    problems = dict.fromkeys(problem for each in found for problem in each.all_findings)
    advice = (problem.line("advice") for problem in (status.spelling_advice(surveys) if options.spelling else ()))
    lines = (*columns(list(status.table(found)), right=(2, 3, 4, 5, 6)), *map(str, problems), *advice)
    return "".join(f"{line}\n" for line in lines), ready


# -- verify ----------------------------------------------------------------------------------------------------------

_VERIFY = """\
Run every check on the finished files below a folder, and write a report of conformance for each: what was checked, by
which rule and which program, with what result, and what people must still judge (docs/verification.md).
"""
_VERIFY_EPILOGUE = """\
exit codes:  0 all checks that could be run passed · 1 something failed (with --strict: or was not run) · 2 wrong usage
SOURCE_DATE_EPOCH, if set, is the date of the reports
"""


def _verify(argv: list[str], root: Path) -> int:
    parser = Parser(prog="kzpub verify", description=_VERIFY, epilog=_VERIFY_EPILOGUE)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("folder", type=Path, metavar="DIR", help="where finished files are, such as dist")
    parser.add_argument("--report", type=Path, metavar="FOLDER", help="where the reports go (DIR/conformance)")
    parser.add_argument("--format", choices=("table", "json"), default="table", help="for people, or for machines")
    parser.add_argument("--fast", action="store_true", help="our own checks only, not the validators of others")
    parser.add_argument("--strict", action="store_true", help="what was not run, or is to be looked at, is a failure")
    parser.add_argument("--quiet", action="store_true", help="no progress")
    options = parser.parse_args(argv)
    folder = options.folder.resolve()
    reports = (options.report or folder / "conformance").resolve()
    if (
        (options.report or folder / "conformance").is_symlink()
        or folder.is_relative_to(reports)
        or among_sources(reports, root)
    ):
        raise usage(f"{shown(reports)} has other files", "choose another folder for --report")
    from kzpub.audit import report, verification
    from kzpub.publishing.together import publish

    date = report.now(os.environ.get("SOURCE_DATE_EPOCH"))
    found = verification.find(folder, reports)
    verified = verification.verify(found.files, Progress(sys.stderr, options.quiet), fast=options.fast)
    data = [report.report(each, found.folder, date) for each in verified]
    if options.format == "json":
        print(report.everything(data, found.problems), end="")
    else:
        _print_verified(found, verified)
    pages = report.written(data, found.problems, date, root / "templates")
    publish({reports / path: page for path, page in pages.items()})
    if options.format == "table":
        tell(f"reports: {shown(reports / 'index.html')}")
    failed = found.problems or any(each.count("failed") for each in verified)
    left = found.left_out or any(each.count("not run") or each.problems for each in verified)
    return PROBLEMS if failed or (options.strict and left) else DONE


def _print_verified(found: Found, verified: list[Verified]) -> None:
    """The tables, the maps, and last, where they are seen, the findings."""
    from kzpub.audit import verification

    print_columns(list(verification.by_check(verified)), right=(3, 4, 5))
    for line in ("", *verification.told(verified), ""):
        tell(line)
    print_columns(list(verification.by_file(verified)), right=(2, 3, 4))
    for remedy in verification.remedies(verified):
        tell(f"not run: {remedy}")
    if not found.listed:
        say("no manifest.json: whether these are all files of a release, and unchanged, is not known")
    for path in found.left_out:
        say(f"left out: {' '.join(path.split())} is no publication")
    for line in (*map(str, found.problems), *verification.findings(verified)):
        tell(line)


COMMANDS = {"catalogue": _catalogue, "figures": _figures, "status": _status, "verify": _verify}
