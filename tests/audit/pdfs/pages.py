"""Small finished PDFs, set by the renderer that sets ours, from a few lines of HTML."""

from __future__ import annotations

from pathlib import Path

from kzpub.audit.checking import Finished
from kzpub.audit.pdfs.typesetting import CHECKS
from kzpub.errors import Problem
from kzpub.writers.finishing import say_text_areas
from kzpub.writers.renderer import renderer
from tests.conftest import ROOT

SHEET = """
@page { size: 100mm 60mm; margin: 10mm }
html { font: 10pt/1.4 "Source Serif 4" }
body { margin: 0; hyphenate-character: "-" }
h2, h3, p, ul, table, figure { margin: 0; padding: 0 }
td { padding: 0 2mm }
.kept { white-space: nowrap }
.note { float: footnote; footnote-policy: line }
"""


def finished(body: str, language: str = "en", name: str = "small") -> Finished:
    """The PDF of a piece of HTML on pages of 80 × 40 mm between their margins, nine lines each."""
    page = f'<html lang="{language}"><title>Small</title><style>{SHEET}</style><main>{body}</main></html>'
    with renderer(ROOT / "templates" / "fonts") as weasyprint:
        source = weasyprint.HTML(string=page, base_url="kzpub:")
        data = source.write_pdf(pdf_tags=True, presentational_hints=True, finisher=say_text_areas)
    return Finished(Path(f"{name}-{language}.pdf"), name, language, "pdf", data)


def problems(file: Finished) -> list[Problem]:
    """All that the checks of typesetting find in a file."""
    return [problem for check in CHECKS for problem in check.run(file)]
