"""What dominates the making of one PDF, in seconds of processor time: ``python benchmarks/profile_pdf.py kk``.

Each run is a process of its own, from cold; of each stage the smallest time counts. A stage is without the stages that
are in it, so that all add up.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RUNS = 7
STAGES = (
    ("kzpub.builds.editing", "editions", "source read, translated, judged"),
    ("kzpub.writers.renderer", "imported", "WeasyPrint imported"),
    ("kzpub.hyphenation", "teach", "Kazakh hyphenation patterns"),
    ("kzpub.writers.pdf", "print_html", "tree to HTML"),
    ("kzpub.writers.drawings", "library", "Matplotlib imported"),
    ("kzpub.writers.drawings", "svg", "charts drawn (and the rest of Matplotlib imported)"),
    ("tinyhtml5", "parse", "HTML parsed"),
    ("weasyprint.document", "get_all_computed_styles", "stylesheet parsed, styles found"),
    ("weasyprint.document", "build_formatting_structure", "boxes made"),
    ("weasyprint.layout.page", "make_page", "blocks and tables laid out"),
    ("weasyprint.layout.inline", "get_next_linebox", "lines laid out"),
    ("weasyprint.layout.inline", "split_first_line", "lines broken (Pango, hyphens)"),
    ("weasyprint.layout", "make_margin_boxes", "running heads and feet"),
    ("weasyprint.layout", "layout_backgrounds", "backgrounds and borders"),
    ("kzpub.writers.pdf", "divided_words", "ends of lines looked at"),
    ("weasyprint.document", "draw_page", "pages drawn"),
    ("weasyprint.draw.text", "draw_first_line", "text drawn"),
    ("weasyprint.pdf", "build_fonts_dictionary", "subsets of typefaces (HarfBuzz)"),
    ("weasyprint.pdf", "add_tags", "tag tree"),
    ("pydyf.PDF", "write", "compressed and written"),
    ("kzpub.proofreading", "file_problems", "file read back and proofread"),
    ("kzpub.audit.pdfs.engines", "refusals", "PDF/A-2a and PDF/UA-1 validated"),
)
"""Where a function is looked for, its name, and what it does."""

spent: dict[str, float] = defaultdict(float)
running: list[str] = []
since = time.process_time()


def switch() -> None:
    """Give the time since the last switch to the stage that was running."""
    global since  # noqa: PLW0603
    now = time.process_time()
    spent[running[-1] if running else "all else, Python started"] += now - since
    since = now


def measured(function: Callable[..., Any], stage: str) -> Callable[..., Any]:
    def call(*values: Any, **named: Any) -> Any:
        switch()
        running.append(stage)
        try:
            result = function(*values, **named)
            return iter(list(result)) if isinstance(result, Iterator) else result
        finally:
            switch()
            running.pop()

    return call


def measure(prefix: str) -> None:
    """Put a stopwatch into every stage whose module begins so."""
    for place, name, stage in STAGES:
        if place.startswith(prefix):
            module, _, attribute = place.rpartition(".") if place[-1].isupper() else (place, "", "")
            owner = getattr(import_module(module), attribute) if attribute else import_module(place)
            setattr(owner, name, measured(getattr(owner, name), stage))


def one_pdf(language: str) -> None:
    """Make it, and print what each stage has taken."""
    global since  # noqa: PLW0603
    since = 0.0
    sys.path.insert(0, str(ROOT / "src"))
    measure("kzpub.")
    editing, pdf, renderer = map(import_module, ("kzpub.builds.editing", "kzpub.writers.pdf", "kzpub.writers.renderer"))
    request = import_module("kzpub.projects").Request
    (edition,) = editing.editions(ROOT, request(languages=(language,)))[:1]
    renderer.load()
    for prefix in ("tinyhtml5", "weasyprint", "pydyf"):
        measure(prefix)
    file = pdf.write(edition)
    name = Path(edition.file_name("pdf"))
    finished = import_module("kzpub.audit.checking").Finished(
        name, edition.document.id, language, "pdf", file.data, bool(edition.untranslated)
    )
    list(import_module("kzpub.proofreading").file_problems(edition, file, "pdf", str(name)))
    list(import_module("kzpub.audit.pdfs.engines").refusals(finished))
    switch()
    print(json.dumps(spent))


def main(language: str) -> None:
    command = [sys.executable, __file__, "--once", language]
    outputs = (subprocess.run(command, capture_output=True, text=True, check=True).stdout for _ in range(RUNS))
    runs: list[dict[str, float]] = [json.loads(output) for output in outputs]
    least = {stage: min(run[stage] for run in runs) for stage in runs[0]}
    total = sum(least.values())
    print("| stage | CPU s | % |\n|---|---:|---:|")
    for stage in sorted(least, key=least.__getitem__, reverse=True):
        print(f"| {stage} | {least[stage]:.3f} | {100 * least[stage] / total:.0f} |")
    print(f"| all | {total:.3f} | 100 |")


if __name__ == "__main__":
    if sys.argv[1] == "--once":
        one_pdf(sys.argv[2])
    else:
        main(sys.argv[1])
