"""The direction of imports, one home for each library, and the size of functions."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

SOURCE = ROOT / "src" / "kzpub"

# fmt: off
LAYERS = (  # a module imports from lines below its own only
    ("__main__",),
    ("cli",),
    ("builds.pipeline",),
    ("builds.making", "workers.cluster"),
    ("builds.teams", "workers.outpost"),
    ("commands", "builds.tasks"),
    ("status", "builds.editing"),
    ("assessment", "beginning", "trace", "audit.report", "writers.docx"),
    ("extraction", "localise", "audit.verification", "writers.html", "writers.pdf", "writers.wordml"),
    (
        "checks", "content", "audit.pdfs.checks", "builds.listing", "judges.completeness", "judges.references",
        "writers.drawings", "writers.markup", "writers.wordchart",
    ),
    (
        "charts", "consistency", "proofreading", "sources", "audit.manifest", "audit.parity",
        "audit.pdfs.painted", "audit.word.checks", "audit.word.engines", "builds.digests", "builds.requests",
        "po.catalogues", "po.updating", "publishing.releases", "writers.ooxml", "writers.pages",
        "writers.plots", "writers.wordtemplate",
    ),
    (
        "configuration", "edition", "register", "typography", "waivers", "audit.outlines", "audit.pdfs.engines",
        "audit.pdfs.tagged", "audit.web.checks", "audit.word.colours", "audit.word.languages",
        "audit.word.package", "audit.word.roundtrip", "audit.word.structure", "builds.keys",
        "judges.surroundings", "judges.terms", "po.cosmetic", "po.reviews", "publishing.switching",
        "writers.svgfile",
    ),
    (
        "console", "figures", "fonts", "markdown", "pictures", "traversal", "yamlfile", "audit.pdfs.pagemap",
        "audit.pdfs.structure", "audit.pdfs.typesetting", "audit.pdfs.verapdf", "audit.tongues",
        "audit.web.engines", "audit.word.file", "builds.snapshot", "judges.active", "judges.frames",
        "judges.letters", "po.gate", "po.pofiles", "po.secondopinion", "publishing.generations", "workers.pool",
        "writers.renderer",
    ),
    (
        "inputs", "model", "pieces", "projects", "audit.checking", "audit.pdfs.breaks", "audit.pdfs.spacing",
        "judges.alphabets", "judges.comparison", "judges.endings", "judges.spelling", "judges.wording",
        "po.grammar", "po.provisional", "publishing.manifests", "publishing.together", "workers.worker",
        "writers.startup",
    ),
    ("errors", "hyphenation", "audit.pdfs.geometry", "judges.facts", "workers.sandbox", "writers.passes"),
    (
        "arithmetic", "characters", "inlines", "kazakh", "languages", "packages", "readback", "suffixes",
        "tongues", "audit.pdfs.bounds", "audit.pdfs.lineends", "audit.pdfs.lines", "audit.pdfs.portable",
        "audit.phrases", "audit.web.browser", "audit.web.stylesheet", "builds.store", "builds.toolchain",
        "judges.signs", "judges.stems", "publishing.locks", "workers.kernel", "workers.refusals",
        "writers.declarations", "writers.draughtsman", "writers.finishing", "writers.tags",
    ),
    (
        "__init__", "audit.__init__", "audit.pdfs.__init__", "audit.web.__init__", "audit.word.__init__",
        "builds.__init__", "judges.__init__", "po.__init__", "publishing.__init__", "workers.__init__",
        "writers.__init__",
    ),
)
# fmt: on
WITHIN_A_LINE: set[tuple[str, str]] = set()  # … but for these

HOMES = {  # third-party library: the only modules that may import it
    "markdown_it": {"markdown"},
    "mdit_py_plugins": {"markdown"},
    "yaml": {"yamlfile"},
    "babel": {"po.catalogues", "figures", "po.pofiles", "po.provisional", "po.updating"},
    "polib": {"po.secondopinion"},
    "jinja2": {"writers.pages"},
    "markupsafe": {"writers.html", "writers.markup", "writers.drawings", "writers.pdf", "writers.renderer"},
    "weasyprint": {"writers.startup"},
    "cffi": {"writers.startup"},
    "pydyf": {"writers.tags"},
    "docx": {"writers.docx", "writers.wordml", "writers.ooxml"},
    "lxml": {
        "readback",
        "writers.docx",
        "writers.ooxml",
        "writers.svgfile",
        "audit.word.file",
        "audit.word.package",
        "audit.word.structure",
        "audit.pdfs.structure",
        "audit.outlines",
        "audit.web.checks",
        "audit.web.stylesheet",
    },
    "openxml_audit": {"audit.word.engines"},
    "ooxml_integrity": {"audit.word.engines"},
    "pypdfium2": {"readback", "audit.pdfs.painted"},
    "pdfplumber": {"audit.pdfs.lines"},
    "pdfminer": {"audit.pdfs.portable", "audit.pdfs.structure", "audit.pdfs.painted", "audit.pdfs.lines"},
    "pyphen": {"hyphenation"},
    "page": {"audit.pdfs.engines"},
    "matplotlib": {"writers.draughtsman"},
    "pptx": {"writers.wordchart"},
    "uharfbuzz": {"fonts"},
    "brotli": {"fonts"},
    "fontTools": {"fonts"},
    "distributed": {"workers.cluster"},
    "dask": {"workers.cluster"},
    "playwright": {"audit.web.browser"},
    "axe_playwright_python": {"audit.web.browser"},
}

MODULES = {
    ".".join(path.relative_to(SOURCE).with_suffix("").parts): ast.parse(path.read_text("utf-8"))
    for path in SOURCE.rglob("*.py")
}


def imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names):
                yield from (name.name for name in names)
            case ast.ImportFrom(module=str(module), names=names):
                yield from (f"{module}.{name.name}" for name in names)


def own_imports(tree: ast.Module) -> set[str]:
    """Modules of ours that a module imports."""
    names = {name.removeprefix("kzpub.") for name in imports(tree) if name.startswith("kzpub.")}
    return {name if name in MODULES else name.rpartition(".")[0] for name in names} - {""}


def line_of(module: str) -> int:
    return next(n for n, layer in enumerate(LAYERS) if module in layer)


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_module_imports_from_lines_below_its_own(module: str) -> None:
    upwards = [
        other
        for other in own_imports(MODULES[module])
        if line_of(other) <= line_of(module) and (module, other) not in WITHIN_A_LINE and other != "writers"
    ]
    assert upwards == []


def test_the_rule_would_catch_an_upward_import() -> None:
    assert own_imports(ast.parse("from kzpub.builds.pipeline import build")) == {"builds.pipeline"}
    assert line_of("builds.pipeline") < line_of("model")


def test_each_library_has_one_home() -> None:
    found = {
        (library, module)
        for module, tree in MODULES.items()
        for name in imports(tree)
        if (library := name.partition(".")[0]) in HOMES
    }
    assert {(library, module) for library, module in found if module not in HOMES[library]} == set()


def test_no_function_is_longer_than_a_glance() -> None:
    lengths = {
        f"{module}.{node.name}": body_length(node)
        for module, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    }
    assert {name: length for name, length in lengths.items() if length > 40} == {}
    assert sorted(lengths.values())[len(lengths) // 2] <= 8


def body_length(function: ast.FunctionDef) -> int:
    """Lines of a function's body without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def test_every_module_says_in_a_sentence_what_it_is_for() -> None:
    assert [module for module, tree in MODULES.items() if not ast.get_docstring(tree)] == []


def test_the_documentation_names_every_module() -> None:
    page = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    named = set(re.findall(r"`([\w/]+)`", page))
    modules = {module.replace(".", "/") for module in MODULES if not module.endswith("__")}
    assert modules <= named, modules - named


PAGES = [path.relative_to(ROOT).as_posix() for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"))]


@pytest.mark.parametrize("path", PAGES)
def test_links_of_the_documentation_lead_somewhere(path: str) -> None:
    text = re.sub(r"```.*?```|`[^`]*`", "", (ROOT / path).read_text("utf-8"), flags=re.DOTALL)
    targets = [target for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text) if not target.startswith("http")]
    assert [target for target in targets if not ((ROOT / path).parent / Path(target)).exists()] == []
