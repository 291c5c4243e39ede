"""Reports of conformance: what was checked in a finished file, by what, with what result, and what people must judge.

The fields of the JSON are described in ``docs/verification.md``; they stay as they are while ``SCHEMA`` does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias

from kzpub import __version__
from kzpub.audit.outlines import outline
from kzpub.audit.verification import STATES, Result, Verified
from kzpub.errors import KzpubError, Problem, fail
from kzpub.languages import LANGUAGES
from kzpub.writers.pages import render

SCHEMA = 1
Data: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What no program can judge: the question, how to answer it, and the formats that it is asked of."""

    question: str
    how: str
    formats: tuple[str, ...] = ("pdf", "docx", "html")


JUDGEMENTS = (
    Judgement("Is the translation right?", "A second reader reads the file against the source, sentence by sentence."),
    Judgement("Is the language plain enough for those whom it is for?", "Ask someone of them to read a page aloud."),
    Judgement("Does the order of reading make sense?", "Listen to the file from its beginning to its end."),
    Judgement(
        "Does every alternative text say what its picture or chart says?",
        "Read the text without looking at the picture; then look at what was missing.",
    ),
    Judgement("Do captions, headings and links say what is there?", "Read them alone, as a list."),
    Judgement(
        "Does nothing depend on colour, place or shape alone?",
        "Look for words such as “the red line” or “on the right”, and print a page in grey.",
    ),
    Judgement(
        "Are the headers of every table the right ones for its cells?",
        "Move through the table cell by cell with a screen reader.",
    ),
    Judgement(
        "Does it work with the assistive technology of your readers?",
        "Try NVDA or JAWS with Adobe Acrobat Reader or Foxit, in each language; Kazakh needs a voice of its own.",
        ("pdf",),
    ),
    Judgement(
        "Does it work with the assistive technology of your readers?",
        "Try NVDA or JAWS with Microsoft Word, in each language; open the navigation pane and the checker of Word.",
        ("docx",),
    ),
    Judgement(
        "Does it work with the assistive technology of your readers?",
        "Try NVDA with Firefox, VoiceOver with Safari, TalkBack with Chrome; the keyboard alone; enlarged to 400 %.",
        ("html",),
    ),
    Judgement("Are its contents up to date?", "Let Word update the contents field, and look at the pages.", ("docx",)),
    Judgement("Is it published beside an accessible page?", "Look at the page that links to it.", ("pdf", "docx")),
)
"""What remains for people, whatever the checks say."""


def now(epoch: str | None) -> str:
    """The time of the check: what ``SOURCE_DATE_EPOCH`` says, or now. Raises ``KzpubError`` if that is no time."""
    try:
        moment = datetime.now(UTC) if epoch is None else datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        hint = "give seconds since 1970, or unset it"
        raise fail("usage", f"SOURCE_DATE_EPOCH is “{epoch}”, which is no time", None, hint) from None
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


# -- As data ---------------------------------------------------------------------------------------------------------


def report(verified: Verified, folder: Path, date: str) -> Data:
    """The report on one file, as data; its path is that below the folder that was checked."""
    file = verified.file
    title, pages = _said(verified)
    return {
        "schema": SCHEMA,
        "file": {
            "name": file.path.name,
            "path": file.path.relative_to(folder).as_posix(),
            "publication": file.publication,
            "language": file.language,
            "language_name": LANGUAGES[file.language].name,
            "format": file.format,
            "draft": file.draft,
            "title": title,
            "pages": pages,
            "size": len(file.data),
            "sha256": sha256(file.data).hexdigest(),
        },
        "checked": _checked(date),
        "result": verified.result,
        "counts": {state.replace(" ", "_"): verified.count(state) for state in STATES},
        "checks": [_check(result) for result in verified.results],
        "to_judge": [
            {"question": each.question, "how": each.how} for each in JUDGEMENTS if file.format in each.formats
        ],
    }


def _checked(date: str) -> Data:
    return {"date": date, "program": "kzpub", "version": __version__}


def _said(verified: Verified) -> tuple[str, int | None]:
    """The title and the pages of a file; nothing of one that cannot be read."""
    try:
        found = outline(verified.file)
    except KzpubError:
        return "", None
    return found.title, found.pages


def _check(result: Result) -> Data:
    return {
        "code": result.code,
        "says": result.says,
        "rule": result.rule,
        "tool": result.tool,
        "version": result.version,
        "result": result.state.replace(" ", "_"),
        "remedy": result.remedy,
        "problems": list(map(_problem, result.problems)),
    }


def _problem(problem: Problem) -> Data:
    place = str(problem.place or "")
    return {
        "code": problem.code,
        "severity": problem.severity,
        "place": place,
        "cause": problem.cause,
        "hint": problem.hint,
    }


def everything(reports: Sequence[Data], others: Sequence[Problem]) -> str:
    """All reports as one JSON text, and what is wrong with files that were not checked."""
    return to_json({"schema": SCHEMA, "problems": list(map(_problem, others)), "reports": list(reports)})


def to_json(data: Data) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


# -- As pages --------------------------------------------------------------------------------------------------------


def written(reports: Sequence[Data], others: Sequence[Problem], date: str, templates: Path) -> dict[Path, bytes]:
    """Every report as JSON and as a page, each at the path of its file; and their list, with what was not checked.

    Raises ``KzpubError`` if a template is missing or malformed.
    """
    files: dict[Path, bytes] = {}
    for each in reports:
        path, up = Path(each["file"]["path"]), "../" * each["file"]["path"].count("/")
        files[path.with_name(f"{path.name}.json")] = to_json(each).encode()
        page = render(templates, "report.html", report=each, index=f"{up}index.html", json=f"{path.name}.json")
        files[path.with_name(f"{path.name}.html")] = page.encode()
    listed = {"checked": _checked(date), "problems": list(map(_problem, others))}
    files[Path("index.html")] = render(templates, "reports.html", groups=_groups(reports), **listed).encode()
    entries = {"schema": SCHEMA, **listed, "reports": list(map(_entry, reports))}
    files[Path("index.json")] = to_json(entries).encode()
    return files


def _groups(reports: Iterable[Data]) -> dict[str, list[Data]]:
    groups: dict[str, list[Data]] = {}
    for each in reports:
        groups.setdefault(each["file"]["publication"], []).append(each)
    return groups


def _entry(each: Data) -> Data:
    names = ("path", "language", "format", "draft", "sha256")
    return {name: each["file"][name] for name in names} | {"result": each["result"], "counts": each["counts"]}
