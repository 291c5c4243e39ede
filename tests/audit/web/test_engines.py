"""axe-core and the Nu checker, asked about every finished page, and about pages that were damaged."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kzpub.audit.checking import Engine, Finished
from kzpub.audit.web.browser import SCHEMES, WIDTHS
from kzpub.audit.web.engines import ENGINES, REVIEWED, findings, reviewed
from tests.audit.conftest import finished
from tests.conftest import tool

AXE, NU = ENGINES


def installed(engine: Engine) -> None:
    """The engine is there; or the test is skipped, and fails in CI."""
    if engine.version() is None:
        tool(f"{engine.name} ({engine.remedy})")


@pytest.fixture(params=ENGINES, ids=lambda engine: engine.name)
def engine(request: pytest.FixtureRequest) -> Engine:
    installed(request.param)
    given: Engine = request.param
    return given


def ruined(file: Finished, folder: Path, *damages: tuple[str, str], name: str = "sampler-en.html") -> Finished:
    """A page with damages, in another folder."""
    text = file.data.decode()
    for old, new in damages:
        text, count = re.subn(old, new, text, count=1, flags=re.DOTALL)
        assert count, f"the page has no {old}"
    path = folder / name
    path.write_text(text, "utf-8")
    return finished(path)


# -- Every finished page ---------------------------------------------------------------------------------------------


def test_every_finished_page_passes(engine: Engine, pages: dict[str, Finished]) -> None:
    assert len(pages) == 9
    assert [str(problem) for page in pages.values() for problem in engine.run(page)] == []


def test_what_axe_leaves_to_people_still_occurs(pages: dict[str, Finished]) -> None:
    installed(AXE)
    left = [each for each in findings(pages["sampler-en.html"].path) if each["kind"] == "incomplete"]
    assert {reviewed(each) for each in left} == {*REVIEWED}
    assert all(each.reason for each in REVIEWED)


# -- Damaged ones ----------------------------------------------------------------------------------------------------

FOR_AXE = {
    "image-alt": (' alt="[^"]+"', ""),
    "svg-img-alt": (r' aria-label="[^"]+"><title>[^<]*</title>', ">"),
    "html-has-lang": ('<html lang="en"', "<html"),
    "document-title": ("<title>.*?</title>", ""),
    "meta-viewport": ("initial-scale=1", "initial-scale=1, user-scalable=no"),
    "heading-order": ("<h3 id=(.*?)</h3>", r"<h5 id=\1</h5>"),
    "page-has-heading-one": ("<h1>(.*?)</h1>", r"<p>\1</p>"),
    "link-name": ("(<a href=.#lists.>)[^<]*</a>", r"\1</a>"),
    "landmark-unique": ('<nav class="formats" aria-label="[^"]*"', '<nav class="formats" aria-label="Languages"'),
    "skip-link": ('href="#_text"', 'href="#lost"'),
    "scope-attr-valid": (' scope="col"', ' scope="column"'),
    "valid-lang": ('hreflang="ru" lang="ru"', 'hreflang="ru" lang="russian"'),
    "list": ("<ul>", "<ul><p>A paragraph among items.</p>"),
    "color-contrast": ("--soft: #4a5560", "--soft: #8a959f"),
    "target-size": (r"\.contents a \{", ".contents a { font-size: 6px; line-height: 1; padding: 0 !important; "),
    "scrollable-region-focusable": (
        "<pre>",
        "<pre style='width: 9rem; height: 1rem; overflow: auto; white-space: pre'>A line that is long and longer.\n\n",
    ),
}


def test_axe_finds_what_was_planted(pages: dict[str, Finished], tmp_path: Path) -> None:
    installed(AXE)
    page = ruined(pages["sampler-en.html"], tmp_path, *FOR_AXE.values())
    found = {match[1] for problem in AXE.run(page) if (match := re.search(r"\(([a-z-]+); ", problem.cause))}
    assert FOR_AXE.keys() - found == set()


def test_axe_looks_at_each_width_in_each_scheme(pages: dict[str, Finished], tmp_path: Path) -> None:
    installed(AXE)
    rules, words = "", ""
    for width in WIDTHS:
        for scheme in SCHEMES:
            ground = "#000" if scheme == "dark" else "#fff"
            query = f"@media (width: {width}px) and (prefers-color-scheme: {scheme})"
            rules += f"{query} {{ .x{width}-{scheme} {{ color: {ground}; background: {ground} }} }}\n"
            words += f'<p class="x{width}-{scheme}">Nobody can read this.</p>'
    damages = ("</style>", f"{rules}</style>"), ("</article>", f"{words}</article>")
    page = ruined(pages["sampler-en.html"], tmp_path, *damages)
    causes = " ".join(problem.cause for problem in AXE.run(page))
    assert sorted(re.findall(r"contrast; (\d+ px, \w+)\): <p class=.x(\d+-\w+)", causes)) == sorted(
        (f"{width} px, {scheme}", f"{width}-{scheme}") for width in WIDTHS for scheme in SCHEMES
    )


def test_what_nobody_reviewed_is_a_problem(pages: dict[str, Finished], tmp_path: Path) -> None:
    installed(AXE)
    ground = '<p style="background: linear-gradient(#fff, #000)">'
    page = ruined(pages["sampler-en.html"], tmp_path, ("<p>A ", f"{ground}A "))
    assert [re.findall("cannot decide|color-contrast", each.cause) for each in AXE.run(page)][:1] == [
        ["cannot decide", "color-contrast"]
    ]


FOR_NU = {
    "id": ('id="lists"', 'id="table"', "Duplicate ID"),
    "title": ("<title>.*?</title>", "", "title"),
    "nesting": ("<p>A ", "<p><div>A ", "No “p” element in scope"),
    "attribute": ("<h1>", '<h1 size="7">', "Attribute “size” not allowed"),
    "scope": (' scope="col"', ' scope="column"', "Bad value “column”"),
    "style": (r"body \{", "body { colour: red;", "Property “colour” doesn't exist"),
    "name": (' id="_contents"', "", "must point to an element in the same document"),
    "list": ("<ul>", "<ul><p>A paragraph among items.</p>", "Element “p” not allowed as child of element “ul”"),
}


@pytest.fixture(scope="module")
def for_nu(pages: dict[str, Finished], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Finished]:
    """A page with each of the damages, in one folder."""
    folder = tmp_path_factory.mktemp("for-nu")
    return {
        name: ruined(pages["sampler-en.html"], folder, (old, new), name=f"{name}-en.html")
        for name, (old, new, _) in FOR_NU.items()
    }


@pytest.mark.parametrize("name", FOR_NU)
def test_the_nu_checker_finds_what_was_planted(name: str, for_nu: dict[str, Finished]) -> None:
    installed(NU)
    found = [problem.cause for problem in NU.run(for_nu[name])]
    assert any(FOR_NU[name][2] in cause and cause.startswith("[en] line ") for cause in found), found


# -- Asked without being there ---------------------------------------------------------------------------------------


def test_an_engine_that_is_not_installed_has_no_version(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    assert re.fullmatch(r"[\d.]+", engine.version() or "")
    monkeypatch.setenv("PATH", "")
    assert engine.version() is None
