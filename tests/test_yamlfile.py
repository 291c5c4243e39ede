"""YAML is read as it is written, with its lines; what it would silently reinterpret is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kzpub.yamlfile
from kzpub.errors import KzpubError, Place
from kzpub.yamlfile import Mapping, Scalar, Sequence, read_mapping, read_text

ROOT = Path(__file__).parent.parent


def parsed(folder: Path, source: str) -> Mapping:
    (folder / "a.yaml").write_bytes(source.encode())
    return read_mapping(folder / "a.yaml", folder)


def finding(work: Callable[[], object]) -> tuple[str, str]:
    with pytest.raises(KzpubError) as caught:
        work()
    (problem,) = caught.value.problems
    return problem.code, str(problem.place)


def test_a_mapping_remembers_its_lines(tmp_path: Path) -> None:
    tree = parsed(tmp_path, "# comment\ntitle: A title\nlist:\n  - one\n  - two\n")
    assert tree.text("title") == Scalar("A title", Place("a.yaml", 2))
    assert tree.items["list"] == Sequence(tree.texts("list"), Place("a.yaml", 4))
    assert [item.place.line for item in tree.texts("list")] == [4, 5]


@pytest.mark.parametrize("written", ["no", "0123", "1e3", "2026-03-05", "~", "12:30", "null", "1_000", ".inf"])
def test_a_text_is_what_is_written(written: str, tmp_path: Path) -> None:
    assert parsed(tmp_path, f"key: {written}\n").text("key").text == written


def test_a_byte_order_mark_and_windows_line_ends_are_no_part_of_a_text(tmp_path: Path) -> None:
    assert parsed(tmp_path, "\ufefftitle: A\r\nnote: B\r\n").items == {
        "title": Scalar("A", Place("a.yaml", 1)),
        "note": Scalar("B", Place("a.yaml", 2)),
    }


@pytest.mark.parametrize(
    ("source", "code", "line"),
    [
        pytest.param("a: [1, 2\nb: 3\n", "yaml-syntax", 2, id="a bracket that is not closed"),
        pytest.param("a: 1\n\tb: 2\n", "yaml-syntax", 2, id="a tab"),
        pytest.param("a: 1\nb: c: d\n", "yaml-syntax", 2, id="two colons"),
        pytest.param("a: 1\n---\nb: 2\n", "yaml-syntax", 2, id="a second document"),
        pytest.param("a: 1\nb: 2\na: 3\n", "yaml-duplicate", 3, id="a key twice"),
        pytest.param("a:\n  b: 1\n  b: 2\n", "yaml-duplicate", 3, id="a key twice further in"),
        pytest.param("a: &x 1\nb: *x\n", "yaml-alias", 1, id="an alias"),
        pytest.param("a: &x 1\n", "yaml-alias", 1, id="what an alias would name"),
        pytest.param("a: 1\nb: !!binary aGk=\n", "yaml-tag", 2, id="a tag"),
        pytest.param("%YAML 1.1\n---\na: 1\n", "yaml-syntax", 1, id="a directive"),
        pytest.param("a: 1\nb: " + "[" * 13 + "]" * 13, "yaml-syntax", 2, id="lists in lists"),
        pytest.param('a: 1\nb: "\\u202e"\n', "character-unseen", 2, id="an escape for what nobody sees"),
        pytest.param("a: 1\nb: " + "x" * 5_001, "text-length", 2, id="a text without an end"),
        pytest.param("a: &x [*x]\n", "yaml-alias", 1, id="an alias of itself"),
        pytest.param("b: 2\na: &x 1\n", "yaml-alias", 2, id="an anchor that nothing leads to"),
        pytest.param("- a\n- b\n", "yaml-type", 1, id="a list for a file"),
        pytest.param("", "yaml-type", 1, id="an empty file"),
        pytest.param("# only a comment\n", "yaml-type", 1, id="a file of comments"),
        pytest.param("a: 1\n? [b, c]\n: 2\n", "yaml-type", 2, id="a list for a key"),
        pytest.param("a: 1\n? {b: c}\n: 2\n", "yaml-type", 2, id="a mapping for a key"),
    ],
)
def test_what_yaml_may_not_hold_is_refused(source: str, code: str, line: int, tmp_path: Path) -> None:
    assert finding(lambda: parsed(tmp_path, source)) == (code, f"a.yaml:{line}")


def test_a_control_character_is_refused(tmp_path: Path) -> None:
    code, place = finding(lambda: parsed(tmp_path, "a: 1\nb: \a\n"))
    assert (code, place) == ("character-unseen", "a.yaml:2")


@pytest.mark.parametrize(
    ("source", "code", "line"),
    [
        pytest.param("a: 1\nb: 2\nd: 3\n", "yaml-key", 3, id="an unknown key"),
        pytest.param("a: 1\n", "yaml-key", 1, id="a missing key"),
    ],
)
def test_only_known_keys_and_all_that_are_required(source: str, code: str, line: int, tmp_path: Path) -> None:
    tree = parsed(tmp_path, source)
    assert finding(lambda: tree.only(("a", "b", "c"), ("a", "b"))) == (code, f"a.yaml:{line}")


def test_known_keys_are_in_order(tmp_path: Path) -> None:
    parsed(tmp_path, "a: 1\nb: 2\n").only(("a", "b", "c"), ("a", "b"))


@pytest.mark.parametrize("source", ["a: [x]\n", "a: {x: y}\n", "a:\n", "a: '  '\n"])
def test_what_is_not_a_text_is_refused(source: str, tmp_path: Path) -> None:
    tree = parsed(tmp_path, source)
    assert finding(lambda: tree.text("a")) == ("yaml-type", "a.yaml:1")


@pytest.mark.parametrize("source", ["a: x\n", "a: {x: y}\n", "a: []\n", "a: [x, [y]]\n", "a: [x, '']\n"])
def test_what_is_not_a_list_of_texts_is_refused(source: str, tmp_path: Path) -> None:
    tree = parsed(tmp_path, source)
    assert finding(lambda: tree.texts("a")) == ("yaml-type", "a.yaml:1")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert finding(lambda: read_text(tmp_path / "in" / "a.md", tmp_path)) == ("file-missing", "in/a.md")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert finding(lambda: read_text(tmp_path, tmp_path.parent)) == ("file-unreadable", tmp_path.name)


def test_other_encodings_than_utf8_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes("Қазақ".encode("utf-16"))
    assert finding(lambda: read_text(tmp_path / "a.md", tmp_path)) == ("not-utf8", "a.md:1")


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn", "Mn", "Zl", "Zp"))))
def test_any_quoted_text_comes_back_letter_by_letter(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    quoted = text.replace("'", "''")
    tree = parsed(tmp_path_factory.mktemp("yaml"), f"a: '{quoted}'\n")
    assert tree.items == {"a": Scalar(text, Place("a.yaml", 1))}


# -- Two parsers -----------------------------------------------------------------------------------------------------

_PIECES = (
    *("a", "b: ", ": ", "- ", "\n", "\n  ", "\n    ", " ", "[", "]", "{", "}", ", ", "# c", "'", '"', "|", ">-", "|2"),
    *("? ", "!t ", "&x ", "*x", "---\n", "...", "%", "\t", "\\", "қ", "“", "1", "a: [b, c]", "\n- {x: y}"),
)


def outcome(folder: Path, source: str) -> object:
    try:
        return parsed(folder, source)
    except KzpubError as error:
        return error.problems


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("parsers")


@settings(max_examples=400)
@given(st.lists(st.sampled_from(_PIECES), max_size=14).map("".join))
def test_a_file_is_the_same_with_libyaml_and_without(folder: Path, source: str) -> None:
    assert kzpub.yamlfile._LIBYAML is not None
    read = outcome(folder, source)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kzpub.yamlfile, "_LIBYAML", None)
        assert outcome(folder, source) == read


@pytest.mark.parametrize("path", sorted(ROOT.glob("**/content/*/*.yaml")), ids=lambda path: path.name)
def test_our_files_are_the_same_with_libyaml_and_without(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not kzpub.yamlfile._READ_OTHERWISE.search(path.read_text("utf-8"))
    read = read_mapping(path, ROOT)
    monkeypatch.setattr(kzpub.yamlfile, "_LIBYAML", None)
    assert read_mapping(path, ROOT) == read


@pytest.mark.parametrize("piece", ["- ", "[", "{a: "])
def test_what_is_nested_without_end_is_refused(piece: str, tmp_path: Path) -> None:
    assert finding(lambda: parsed(tmp_path, f"a:\n {piece * 5_000}"))[0] == "yaml-syntax"
