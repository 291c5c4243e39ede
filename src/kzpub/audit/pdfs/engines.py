"""The validators that others make for PDFs, each asked as it is; the quick one stands before every publication."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from kzpub.audit.checking import Engine, Finished, installed
from kzpub.audit.pdfs import verapdf
from kzpub.errors import Place, Problem

_PATIENCE = 60
"""Seconds that qpdf may take; it needs some hundredths of one."""
_LONGEST_CHAIN = 4_000
"""References that page-validation follows one after another, as from heading to heading; over 10 000 it may crash."""
_HINT = "look for what it names in the texts, in templates/print.html and print.css; docs/accessibility.md says more"


@dataclass(frozen=True, slots=True)
class Claim:
    """A standard that a PDF says it conforms to, and the names that validators have for it."""

    name: str
    says: str
    rule: str
    page_validation: str
    verapdf: str


CLAIMS = (
    Claim("PDF/A-2a", "the file is archival: nothing outside is needed to show it", "ISO 19005-2", "2a", "PDFA-2A"),
    Claim("PDF/UA-1", "the file is accessible, as far as a machine can tell", "ISO 14289-1", "ua1", "PDFUA-1"),
)


# -- page-validation -------------------------------------------------------------------------------------------------


def _ask_page_validation(claim: Claim, file: Finished) -> Iterator[Problem]:
    """The rules that a file breaks, each once, with the first place where it does."""
    import page  # not before there is a PDF

    try:
        limits = page.SafetyLimits(max_reference_depth=_LONGEST_CHAIN)
        failures = page.validate_pdf_bytes(file.data, profile=claim.page_validation, limits=limits).failures
    except page.PageError as error:
        yield _finding(file, f"page-validation cannot read it: {error}")
        return
    rules: dict[str, list[str]] = {}
    for failure in failures:
        rules.setdefault(failure.rule_id, []).append(failure.message)
    for rule, messages in rules.items():
        times = f", {len(messages)} times" if len(messages) > 1 else ""
        yield _finding(file, f"{claim.name}: {messages[0]} (page-validation {rule}{times})")


def _finding(file: Finished, cause: str) -> Problem:
    return Problem("pdf-conformance", cause, Place(file.path.name), _HINT)


# -- veraPDF ---------------------------------------------------------------------------------------------------------


def _ask_verapdf(claim: Claim, file: Finished) -> Iterator[Problem]:
    """The rules that a file breaks; ask ``verapdf.ask`` about many files before, and this starts nothing."""
    answer = verapdf.ask([file])[0][claim.verapdf]
    for rule in answer.failed:
        yield _finding(file, f"{claim.name}: {claim.rule}, {rule} (veraPDF)")
    if answer.broken:
        yield _unanswered(file, f"veraPDF has not judged it by {claim.name}: {answer.broken}", verapdf.REMEDY)


def _unanswered(file: Finished, cause: str, remedy: str) -> Problem:
    return Problem("engine-failed", cause, Place(file.path.name), f"see that the file opens; {remedy}")


# -- qpdf ------------------------------------------------------------------------------------------------------------

_QPDF = "“apt-get install qpdf”, “brew install qpdf”, or qpdf.org"


def _qpdf_version() -> str | None:
    program = shutil.which("qpdf")
    return _run([program, "--version"]).stdout.split()[2] if program else None


def _ask_qpdf(file: Finished) -> Iterator[Problem]:
    path = str(file.path.resolve())
    try:
        done = _run([shutil.which("qpdf") or "qpdf", "--check", path])
    except (OSError, subprocess.TimeoutExpired) as error:
        yield _unanswered(file, f"qpdf has not read it: {error}", _QPDF)
        return
    if done.returncode and not done.stderr.strip():
        yield _unanswered(file, f"qpdf ended with {done.returncode} and said nothing", _QPDF)
    for line in done.stderr.splitlines() if done.returncode else ():
        said = line.replace(f"{path}: ", "").replace(path, "").strip()
        yield Problem("pdf-syntax", f"qpdf: {said}", Place(file.path.name), "build it anew")


def _run(command: list[str]) -> subprocess.CompletedProcess[str]:
    english = {**os.environ, "LC_ALL": "C"}
    return subprocess.run(  # noqa: S603  fixed commands, and the path of a file that was read
        command, env=english, capture_output=True, text=True, errors="replace", timeout=_PATIENCE, check=False
    )


# -- The tables ------------------------------------------------------------------------------------------------------

GATE: tuple[Engine, ...] = tuple(
    Engine(
        code="pdf-conformance",
        name="page-validation",
        says=claim.says,
        rule=f"{claim.name} ({claim.rule})",
        formats=("pdf",),
        version=partial(installed, "page-validation"),
        remedy="“make briefs” installs it",
        run=partial(_ask_page_validation, claim),
    )
    for claim in CLAIMS
)
"""Those that every file passes before it is published: what a file says of itself has been checked."""

ENGINES: tuple[Engine, ...] = (
    *GATE,
    *(
        Engine(
            code="pdf-conformance",
            name="veraPDF",
            says=claim.says,
            rule=f"{claim.name} ({claim.rule})",
            formats=("pdf",),
            version=verapdf.version,
            remedy=verapdf.REMEDY,
            run=partial(_ask_verapdf, claim),
            prepare=verapdf.ask,
        )
        for claim in CLAIMS
    ),
    Engine(
        code="pdf-syntax",
        name="qpdf",
        says="the file is well-formed: every object and stream can be read",
        rule="ISO 32000-1, 7",
        formats=("pdf",),
        version=_qpdf_version,
        remedy=f"install qpdf: {_QPDF}",
        run=_ask_qpdf,
    ),
)


def refusals(file: Finished) -> Iterator[Problem]:
    """Why a file may not be published: what is found by the validators of its format that are always there."""
    for engine in GATE:
        if file.format in engine.formats:
            yield from engine.run(file)
