"""A release after a build: what is new, what stays of the one before, and what its manifest says of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

import pytest

from kzpub.builds.listing import INDEX, Made, composed, from_record, index, same, to_record, with_index
from kzpub.publishing.manifests import Entry, Release
from tests.conftest import ROOT

BOTH = ("en", "kk")


def entry(publication: str, tag: str, format: str, digest: str = "a", *, draft: bool = False) -> Entry:
    name = f"{publication}-{tag}{'-draft' * draft}.{format}"
    return Entry(f"{publication}/{name}", digest * 64, 1, publication, tag, format, None, draft, "key")


def made(
    *entries: Entry,
    languages: dict[str, Sequence[str]] | None = None,
    withheld: Sequence[tuple[str, str, str]] = (),
    digest: str = "1",
) -> Made:
    """What a build made of some publications, all of which appear in two languages unless it is said otherwise."""
    ids = {each.publication for each in entries}
    return Made(
        entries=entries,
        languages=languages or dict.fromkeys(sorted(ids), BOTH),
        withheld=frozenset(withheld),
        headings={each.language: (f"List {each.language}", "Draft") for each in entries},
        titles={id: f"Title of {id}" for id in sorted(ids)},
        facts={
            "sources": dict.fromkeys(sorted(ids), digest),
            "catalogues": {f"locales/kk/LC_MESSAGES/{id}.po": digest for id in (*sorted(ids), "kzpub")},
            "templates": digest,
        },
    )


def paths(release: Release) -> list[str]:
    return [each.path for each in release.entries]


A = (entry("a", "en", "html"), entry("a", "kk", "html"))
B = (entry("b", "en", "html"), entry("b", "kk", "html"))
BEFORE = composed(None, made(*A, *B), ("a", "b"))


def test_the_first_release_is_what_was_made() -> None:
    assert BEFORE.entries == (*A, *B)
    assert BEFORE.facts["headings"] == {"en": ["List en", "Draft"], "kk": ["List kk", "Draft"]}
    assert BEFORE.facts["titles"] == {"a": "Title of a", "b": "Title of b"}


@pytest.mark.parametrize(
    ("now", "there", "left"),
    [
        pytest.param(made(A[1]), ("a", "b"), "a-en a-kk b-en b-kk", id="a build of a part leaves the others"),
        pytest.param(made(*A), ("a",), "a-en a-kk", id="a publication that is gone goes"),
        pytest.param(made(A[0], languages={"a": ("en",)}), ("a", "b"), "a-en b-en b-kk", id="so does a language"),
        pytest.param(
            made(A[0], withheld=[("a", "kk", "html")]), ("a", "b"), "a-en b-en b-kk", id="and what a release has not"
        ),
    ],
)
def test_what_this_project_can_still_make_stays(now: Made, there: tuple[str, ...], left: str) -> None:
    found = [path.partition("/")[2].removesuffix(".html") for path in paths(composed(BEFORE, now, there))]
    assert found == left.split()


def test_what_is_made_takes_the_place_of_what_was_there_under_another_name_too() -> None:
    draft = entry("a", "kk", "html", "b", draft=True)
    assert paths(composed(BEFORE, made(draft), ("a", "b"))) == [A[0].path, draft.path, B[0].path, B[1].path]


def test_a_list_of_files_is_never_taken_for_a_publication() -> None:
    listed = with_index(BEFORE, b"<html>")
    assert paths(listed)[-1] == INDEX
    assert composed(listed, made(*A, *B), ("a", "b")) == BEFORE


def test_a_build_of_all_leaves_nothing_of_what_was_there() -> None:
    """Whatever was there before, the release is that of a clean build."""
    now = made(A[0], languages={"a": ("en",)}, digest="2")
    assert composed(BEFORE, now, ("a",)) == composed(None, now, ("a",))
    assert "kk" not in composed(BEFORE, now, ("a",)).facts["headings"]


def test_the_manifest_says_of_each_publication_what_its_last_build_said() -> None:
    facts = composed(BEFORE, made(*A, digest="2"), ("a", "b")).facts
    assert facts["sources"] == {"a": "2", "b": "1"}
    assert facts["catalogues"] == {
        "locales/kk/LC_MESSAGES/a.po": "2",
        "locales/kk/LC_MESSAGES/b.po": "1",
        "locales/kk/LC_MESSAGES/kzpub.po": "2",
    }
    assert facts["templates"] == "2"
    assert facts["titles"] == {"a": "Title of a", "b": "Title of b"}


def test_the_order_of_building_changes_nothing() -> None:
    backwards = composed(composed(None, made(*B[::-1]), ("a", "b")), made(*A[::-1]), ("a", "b"))
    assert backwards == BEFORE
    assert index(backwards, ROOT / "templates") == index(BEFORE, ROOT / "templates")


def test_the_list_names_every_file_and_calls_a_draft_a_draft() -> None:
    draft = entry("a", "kk", "html", draft=True)
    page = index(composed(BEFORE, made(draft), ("a", "b")), ROOT / "templates").decode()
    assert all(f'href="{path}"' in page for path in ("a/a-en.html", "a/a-kk-draft.html", "b/b-en.html", "b/b-kk.html"))
    assert 'href="a/a-kk.html"' not in page
    assert page.index("Title of a") < page.index("Title of b")


def test_what_is_on_record_comes_back() -> None:
    known = made(*A, withheld=[("a", "kk", "pdf"), ("a", "en", "pdf")])
    again = from_record(json.loads(json.dumps(to_record(known))))
    assert (again.entries, again.withheld) == (known.entries, known.withheld)
    assert same(composed(BEFORE, again, ("a", "b")), composed(BEFORE, known, ("a", "b")))


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        pytest.param(with_index(BEFORE, b"<html>"), True, id="with its list"),
        pytest.param(replace(BEFORE, entries=BEFORE.entries[:-1]), False, id="a file less"),
        pytest.param(
            replace(BEFORE, entries=(entry("a", "en", "html", "b"), *BEFORE.entries[1:])), False, id="another"
        ),
        pytest.param(replace(BEFORE, facts={**BEFORE.facts, "templates": "2"}), False, id="of other templates"),
        pytest.param(replace(BEFORE, facts=json.loads(json.dumps(BEFORE.facts))), True, id="read from a manifest"),
    ],
)
def test_releases_are_the_same_with_the_same_files_and_facts(other: Release, alike: bool) -> None:
    assert same(BEFORE, other) == alike
