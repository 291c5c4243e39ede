"""The translators' round trip: our own commands and gettext's standard tools agree on every file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kzpub.builds.editing import editions
from kzpub.errors import KzpubError
from kzpub.extraction import domain_files, extract, file_messages, update_catalogues
from kzpub.inlines import plain
from kzpub.languages import LANGUAGES
from kzpub.po.catalogues import catalogue_path, load
from kzpub.projects import LABELS_DOMAIN, Request, publications
from kzpub.traversal import texts
from tests.conftest import ROOT, tool

FACTSHEET = "human-rights-factsheet"
MAPPING = (ROOT / "babel.cfg").read_text("utf-8")
SOURCES = {"sampler": "content/sampler", FACTSHEET: f"content/{FACTSHEET}", LABELS_DOMAIN: "templates"}
TRANSLATIONS = ("kk", "ru")
Edit = Callable[[str, str, str], None]


def run(folder: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    """A program in a folder, its messages in English."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "en"}
    return subprocess.run(
        list(map(str, command)), cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def pybabel(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The real command, from the environment that runs the tests."""
    return run(folder, Path(sys.executable).parent / "pybabel", *arguments)


def extracted(project: Path, domain: str) -> subprocess.CompletedProcess[str]:
    """``pybabel extract`` of one domain to ``<domain>.pot`` beside the project's folders."""
    (project / "babel.cfg").write_text(MAPPING, "utf-8")
    files = sorted(str(path.relative_to(project)) for path in (project / SOURCES[domain]).iterdir() if path.is_file())
    options = ("-F", "babel.cfg", "-w", "1000000", "--add-location=file", "-o", f"{domain}.pot")
    return pybabel(project, "extract", *options, *files)


def updated(project: Path, domain: str, template: str) -> subprocess.CompletedProcess[str]:
    options = ("-w", "1000000", "--previous", "--ignore-pot-creation-date")
    return pybabel(project, "update", "-i", template, "-d", "locales", "-D", domain, *options)


def files_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def messages_of(template: Path) -> str:
    """A template without its header."""
    return template.read_text("utf-8").partition("\n\n")[2]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A copy of what this repository has for translators."""
    for folder in ("content", "locales"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    (tmp_path / "templates").mkdir()
    shutil.copy(ROOT / "templates" / "labels.yaml", tmp_path / "templates")
    return tmp_path


# -- Our own command -------------------------------------------------------------------------------------------------


def test_an_update_of_the_repository_changes_nothing(repository: Path) -> None:
    before = files_of(repository)
    assert update_catalogues(repository) == []
    assert files_of(repository) == before


def test_a_second_update_of_a_changed_project_changes_nothing(project: Path, edit: Edit) -> None:
    edit("content/sampler/01-text.md", "Under a heading of the third level.", "Under a third heading, 5% of all.")
    assert len(update_catalogues(project)) >= 3
    before = files_of(project)
    assert update_catalogues(project) == []
    assert files_of(project) == before


def test_a_changed_text_needs_review_and_is_not_published(project: Path, edit: Edit) -> None:
    edit("content/sampler/01-text.md", "Under a heading of the third level.", "Under any heading of the third level.")
    changed = {str(each.path.relative_to(project)) for each in update_catalogues(project)}
    assert {"locales/sampler.pot", *(f"locales/{tag}/LC_MESSAGES/sampler.po" for tag in TRANSLATIONS)} <= changed
    catalogue = (project / "locales/kk/LC_MESSAGES/sampler.po").read_text("utf-8")
    assert '#| msgid "Under a heading of the third level."\n' in catalogue
    with pytest.raises(KzpubError) as caught:
        editions(project, Request(languages=("kk",), release=True))
    assert [problem.code for problem in caught.value.problems] == ["translation-fuzzy"]


def test_a_new_text_is_asked_for(project: Path, edit: Edit) -> None:
    edit("content/sampler/02-blocks.md", "The last paragraph.", "The last paragraph.\n\nZwölf Boxkämpfer jagen Eva.")
    update_catalogues(project)
    with pytest.raises(KzpubError) as caught:
        editions(project, Request(languages=("kk",), release=True))
    assert [problem.code for problem in caught.value.problems] == ["translation-empty"]


def test_a_new_language_gets_its_catalogues(project: Path) -> None:
    shutil.rmtree(project / "locales" / "ru")
    changed = {str(each.path.relative_to(project)) for each in update_catalogues(project)}
    assert {"locales/ru/LC_MESSAGES/sampler.po", "locales/ru/LC_MESSAGES/kzpub.po"} <= changed
    assert '"Language: ru\\n"' in (project / "locales/ru/LC_MESSAGES/sampler.po").read_text("utf-8")


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        pytest.param(
            lambda data: data.replace(b'msgid "Blocks"', b'<<<<<<< HEAD\nmsgid "Blocks"'),
            "catalogue-conflict",
            id="merge",
        ),
        pytest.param(
            lambda data: data.replace('ктер"'.encode(), "ктер".encode(), 1), "catalogue-syntax", id="open string"
        ),
        pytest.param(lambda data: data.decode().encode("utf-16"), "catalogue-encoding", id="encoding"),
        pytest.param(lambda data: b"\xef\xbb\xbf" + data, "catalogue-bom", id="byte order mark"),
    ],
)
def test_a_damaged_catalogue_is_refused_and_left_as_it_is(
    damage: Callable[[bytes], bytes], code: str, project: Path
) -> None:
    path = project / "locales/kk/LC_MESSAGES/sampler.po"
    path.write_bytes(damage(path.read_bytes()))
    damaged = path.read_bytes()
    with pytest.raises(KzpubError) as caught:
        update_catalogues(project)
    assert [problem.code for problem in caught.value.problems] == [code]
    assert path.read_bytes() == damaged


def test_a_flag_that_a_build_refuses_is_taken_off(project: Path, edit: Edit) -> None:
    path = "locales/kk/LC_MESSAGES/sampler.po"
    clean = (project / path).read_bytes()
    edit(path, "#: content/sampler/01-text.md\nmsg", "#: content/sampler/01-text.md\n#, python-format\nmsg")
    with pytest.raises(KzpubError) as caught:
        editions(project, Request(languages=("kk",)))
    assert [problem.code for problem in caught.value.problems] == ["catalogue-format"]
    update_catalogues(project)
    assert (project / path).read_bytes() == clean


def test_an_entry_of_no_message_is_found_until_an_update(project: Path, edit: Edit) -> None:
    for tag in TRANSLATIONS:
        for domain in ("sampler", LABELS_DOMAIN):
            with (project / f"locales/{tag}/LC_MESSAGES/{domain}.po").open("a", encoding="utf-8") as file:
                file.write('\nmsgid "Stranger"\nmsgstr "?"\n')
    with pytest.raises(KzpubError) as caught:
        editions(project, Request(release=True))
    assert [problem.code for problem in caught.value.problems] == ["catalogue-stranger"] * 4
    update_catalogues(project)
    assert len(editions(project, Request())) == 3


def test_findings_of_all_catalogues_come_in_one_run(project: Path) -> None:
    paths = [f"locales/{tag}/LC_MESSAGES/{domain}.po" for tag in TRANSLATIONS for domain in (LABELS_DOMAIN, "sampler")]
    for path in paths:
        (project / path).write_bytes((project / path).read_bytes() + b"words\n")
    with pytest.raises(KzpubError) as caught:
        editions(project, Request())
    assert [problem.place.path for problem in caught.value.problems if problem.place] == paths


def test_messages_come_file_by_file_in_reading_order(project: Path) -> None:
    files = domain_files(project, "sampler")
    assert [path.name for path in files] == [
        "01-text.md",
        "02-blocks.md",
        "complaints.chart.yaml",
        "figures.yaml",
        "publication.yaml",
        "shares.chart.yaml",
    ]
    first, *_, last = file_messages(files[0], project)
    assert (first.text, last.text) == ("Text and marks", "The second note.")
    assert [path.name for path in domain_files(project, LABELS_DOMAIN)] == ["labels.yaml"]


# -- No churn --------------------------------------------------------------------------------------------------------

CHAPTERS = f"content/{FACTSHEET}"
CHANGES = [
    pytest.param("00-overview.md", "# Overview", "# An overview", id="the first message, a heading"),
    pytest.param("00-overview.md", "political, legal and", "political, social and", id="a wrapped paragraph"),
    pytest.param("01-political-reforms.md", "and gives the office", "and leaves the office", id="a plural message"),
    pytest.param("03-vulnerable-groups.md", "## Protection of children", "## Protecting children", id="a heading"),
    pytest.param("03-vulnerable-groups.md", "Women are sent as", "Women serve as", id="an item in the middle"),
    pytest.param("07-religion.md", "peace, tolerance and", "peace, patience and", id="the last text"),
    pytest.param("03-vulnerable-groups.md", "## Protection of children", "## Minors", id="quite another heading"),
    pytest.param("women.chart.yaml", "As stated in the", "As told in the", id="the last message of all"),
]


def entries_of(catalogue: str) -> list[str]:
    return catalogue.rstrip("\n").split("\n\n")


def lines_of_a_diff(folder: Path, before: Path, after: Path) -> list[str]:
    """What diff, the real one, says of two files: the lines that were taken out and put in."""
    done = run(folder, tool("diff"), "-U0", before, after).stdout
    return [line for line in done.splitlines()[2:] if line[0] in "+-"]


@pytest.mark.parametrize(("name", "old", "new"), CHANGES)
@pytest.mark.parametrize("tag", TRANSLATIONS)
def test_one_changed_sentence_changes_the_lines_of_its_message_alone(
    tag: str, name: str, old: str, new: str, repository: Path
) -> None:
    source, path = repository / CHAPTERS / name, repository / f"locales/{tag}/LC_MESSAGES/{FACTSHEET}.po"
    kept = shutil.copy(path, repository / "before.po")
    text = source.read_text("utf-8")
    assert text.count(old) == 1
    source.write_text(text.replace(old, new), "utf-8")
    (changed,) = [each for each in update_catalogues(repository) if each.path == path]
    assert changed.update.counts == {"review": 1}
    before, after = (entries_of(file.read_text("utf-8")) for file in (Path(kept), path))
    (position,) = [n for n, pair in enumerate(zip(before, after, strict=True)) if len(set(pair)) > 1]
    lines = lines_of_a_diff(repository, Path(kept), path)
    assert {line[1:] for line in lines} <= {*before[position].split("\n"), *after[position].split("\n")}
    assert not [line for line in lines if line[1:].startswith("msgstr")]
    assert [line[:2] for line in lines if "#, fuzzy" in line or "#| msgid " in line] == ["+#", "+#"]
    assert run(repository, tool("msgfmt"), "-c", "-o", os.devnull, path).returncode == 0
    assert update_catalogues(repository) == []


@pytest.mark.parametrize("tag", TRANSLATIONS)
def test_a_changed_label_changes_its_message_and_what_is_told_of_its_figure(tag: str, repository: Path) -> None:
    source, path = repository / CHAPTERS / "figures.yaml", repository / f"locales/{tag}/LC_MESSAGES/{FACTSHEET}.po"
    kept = Path(shutil.copy(path, repository / "before.po"))
    source.write_text(source.read_text("utf-8").replace("label: Ethnic groups", "label: Peoples"), "utf-8")
    (changed,) = [each for each in update_catalogues(repository) if each.path == path]
    assert changed.update.counts == {"review": 1}
    lines = lines_of_a_diff(repository, kept, path)
    told = [line for line in lines if line[1:3] == "#."]
    assert told
    assert all("{ethnic_groups} = 100: " in line for line in told)
    assert [line for line in lines if line not in told] == [
        "+#, fuzzy",
        '+#| msgid "Ethnic groups"',
        '-msgid "Ethnic groups"',
        '+msgid "Peoples"',
    ]


@pytest.mark.parametrize("tag", TRANSLATIONS)
def test_a_message_that_is_added_moved_and_removed_leaves_no_trace(tag: str, repository: Path) -> None:
    source, path = (
        repository / CHAPTERS / "03-vulnerable-groups.md",
        repository / f"locales/{tag}/LC_MESSAGES/{FACTSHEET}.po",
    )
    text, before = source.read_text("utf-8"), path.read_text("utf-8")
    item = "- Women are sent as UN peacekeepers to Lebanon, the Golan Heights and Western Sahara.\n"
    heading = "## Protection of children {#children}\n"
    added = text.replace(heading, heading + "\nBrand new words, quite unlike others.\n")
    moved = text.replace(item, "").replace("- A {violence", f"{item}- A {{violence")
    removed = text.replace(item, "")
    entry = next(each for each in entries_of(before) if "UN peacekeepers" in each)

    source.write_text(added, "utf-8")
    update_catalogues(repository)
    new = set(entries_of(path.read_text("utf-8"))) - set(entries_of(before))
    assert [each.rpartition("\n")[2] for each in new] == ['msgstr ""']

    source.write_text(moved, "utf-8")
    update_catalogues(repository)
    assert sorted(entries_of(path.read_text("utf-8"))) == sorted(entries_of(before))
    assert path.read_text("utf-8") != before

    source.write_text(removed, "utf-8")
    (changed,) = [each for each in update_catalogues(repository) if each.path == path]
    assert changed.update.counts == {"obsolete": 1}
    left = entries_of(path.read_text("utf-8"))
    assert set(entries_of(before)) - set(left) == {entry}
    assert run(repository, tool("msgfmt"), "-c", "-o", os.devnull, path).returncode == 0

    source.write_text(text, "utf-8")
    update_catalogues(repository)
    assert path.read_text("utf-8") == before


def test_pybabel_then_our_update_leaves_no_format_in_prose(repository: Path) -> None:
    source, path = repository / CHAPTERS / "00-overview.md", repository / f"locales/kk/LC_MESSAGES/{FACTSHEET}.po"
    text = source.read_text("utf-8")
    source.write_text(f"{text}\n6.1% of it, 100 % of that, 77%-i.\n", "utf-8")
    assert extracted(repository, FACTSHEET).returncode == 0
    assert updated(repository, FACTSHEET, f"{FACTSHEET}.pot").returncode == 0
    assert "#, python-format" in path.read_text("utf-8")
    update_catalogues(repository)
    source_text = 'msgid "6.1% of it, 100 % of that, 77%-i."\n'
    done = path.read_text("utf-8").replace(f'{source_text}msgstr ""', f'{source_text}msgstr "100 % of, 6,1%-ы, 77%-i"')
    path.write_text(done, "utf-8")
    assert update_catalogues(repository) == []
    assert "python-format" not in "".join(file.read_text("utf-8") for file in (repository / "locales").rglob("*.po*"))
    assert run(repository, tool("msgfmt"), "-c", "-o", os.devnull, path).returncode == 0


def test_a_damaged_catalogue_leaves_all_others_as_they_are(repository: Path) -> None:
    (repository / CHAPTERS / "00-overview.md").write_text("# New {#overview}\n", "utf-8")
    damaged = repository / f"locales/ru/LC_MESSAGES/{LABELS_DOMAIN}.po"
    damaged.write_bytes(damaged.read_bytes() + b"words\n")
    before = files_of(repository / "locales")
    with pytest.raises(KzpubError):
        update_catalogues(repository)
    assert files_of(repository / "locales") == before


def test_a_catalogue_of_a_language_that_is_not_listed_does_not_go_stale(repository: Path) -> None:
    template = f"locales/{FACTSHEET}.pot"
    pybabel(repository, "init", "-i", template, "-d", "locales", "-D", FACTSHEET, "-l", "uz", "-w", "1000000")
    source = repository / CHAPTERS / "00-overview.md"
    source.write_text(source.read_text("utf-8") + "\nMore words.\n", "utf-8")
    update_catalogues(repository)
    assert 'msgid "More words."' in (repository / f"locales/uz/LC_MESSAGES/{FACTSHEET}.po").read_text("utf-8")


def test_a_folder_that_is_no_language_is_refused(repository: Path) -> None:
    shutil.copytree(repository / "locales/kk", repository / "locales/kazakh")
    with pytest.raises(KzpubError) as caught:
        update_catalogues(repository)
    assert "kazakh is kk" in str(caught.value)


# -- Plural messages and figures -------------------------------------------------------------------------------------

BLOCKS, REGISTER = "content/sampler/02-blocks.md", "content/sampler/figures.yaml"
LAST = "The last paragraph."
LABELS = {
    "kk": {"Crisis centres": "Дағдарыс орталықтары", "Towns with a centre": "Орталығы бар қалалар"},
    "ru": {"Crisis centres": "Кризисные центры", "Towns with a centre": "Города с центром"},
}
ONE, MORE = (f"**{{centres}} centre{s}** in {{towns}} towns, {{towns_as_of}}" for s in ("", "s"))
FIGURES = "".join(
    f"{id}:\n  label: {label}\n  kind: count\n  value: {value}\n  as_of: 2024\n  source: 1\n"
    for id, label, value in (("centres", "Crisis centres", 46), ("towns", "Towns with a centre", 87))
)
TRANSLATED = {
    "kk": ("**{centres} орталық** {towns} қалада, {towns_as_of}",) * 2,
    "ru": tuple(f"**{{centres}} центр{ending}** в {{towns}} городах, {{towns_as_of}}" for ending in ("", "а", "ов")),
}


def translate(path: Path, *translations: tuple[str, tuple[str, ...]]) -> None:
    """Fill in a catalogue as a translator does: each source text and the forms of its translation."""
    text = path.read_text("utf-8")
    for source, forms in translations:
        plain = len(forms) == 1
        empty = "".join(f'msgstr{"" if plain else f"[{n}]"} ""\n' for n in range(len(forms)))
        filled = "".join(f'msgstr{"" if plain else f"[{n}]"} "{form}"\n' for n, form in enumerate(forms))
        assert f'"{source}"\n{empty}' in text
        text = text.replace(f'"{source}"\n{empty}', f'"{source}"\n{filled}')
    path.write_text(text, "utf-8")


def catalogue_of(project: Path, tag: str) -> Path:
    return project / f"locales/{tag}/LC_MESSAGES/sampler.po"


def accepted(project: Path, tag: str) -> str:
    """What msgfmt says of a catalogue that it accepts."""
    result = run(project, tool("msgfmt"), "-c", "--statistics", "-o", os.devnull, catalogue_of(project, tag))
    assert result.returncode == 0, result.stderr
    return result.stderr


@pytest.fixture
def counting(project: Path, edit: Edit) -> Path:
    """The sampler with a register and a text that counts one figure of it beside another, translated."""
    register = project / REGISTER
    register.write_text(FIGURES + register.read_text("utf-8"), "utf-8")
    edit(BLOCKS, LAST, f"{LAST}\n\n<!-- one centres: {ONE} -->\n{MORE}")
    update_catalogues(project)
    for tag, forms in TRANSLATED.items():
        labels = [(label, (words,)) for label, words in LABELS[tag].items()]
        translate(catalogue_of(project, tag), (MORE, forms), *labels)
    return project


def test_a_plural_message_is_extracted_with_both_forms(counting: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(counting)
    with (counting / BLOCKS).open("rb") as file:
        *_, before, found = extract(file, (), (), {})
    assert before[1:3] == ("pgettext", ("blocks/quote", LAST))
    explained = [
        "{centres} = 46: Crisis centres",
        "{towns} = 87: Towns with a centre",
        "{towns_as_of} = 2024: the time of “Towns with a centre”",
    ]
    assert found == (65, "npgettext", ("blocks/quote", ONE, MORE), explained)


def test_figures_are_extracted_from_the_register(counting: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(counting)
    with (counting / REGISTER).open("rb") as file:
        found = list(extract(file, (), (), {}))
    told = ["What the figure is: a noun phrase for tiles and tables"]
    assert found[:2] == [
        (2, "pgettext", ("figures/centres", "Crisis centres"), told),
        (8, "pgettext", ("figures/towns", "Towns with a centre"), told),
    ]


@pytest.mark.parametrize("tag", TRANSLATIONS)
def test_an_update_of_a_translated_plural_message_changes_nothing(tag: str, counting: Path) -> None:
    before = files_of(counting)
    assert update_catalogues(counting) == []
    assert files_of(counting) == before
    assert "fuzzy" not in accepted(counting, tag)
    assert "untranslated" not in accepted(counting, tag)


@pytest.mark.parametrize("tag", TRANSLATIONS)
def test_msgfmt_accepts_a_plural_message_that_nobody_has_translated(tag: str, counting: Path) -> None:
    catalogue_of(counting, tag).unlink()
    update_catalogues(counting)
    assert "untranslated" in accepted(counting, tag)


@pytest.mark.parametrize(
    ("value", "english", "russian"),
    [
        ("1", "1 centre in", "1 центр в"),
        ("52", "52 centres in", "52 центра в"),
        ("46", "46 centres in", "46 центров в"),
        ("51", "51 centres in", "51 центр в"),
    ],
)
def test_a_new_value_needs_no_translator(value: str, english: str, russian: str, counting: Path, edit: Edit) -> None:
    edit(REGISTER, "46", value)
    update_catalogues(counting)
    shown = {
        edition.language.tag: " ".join(plain(text).replace("\u00a0", " ") for text in texts(edition.document))
        for edition in editions(counting, Request(publications=("sampler",)))
    }
    assert english in shown["en"]
    assert russian in shown["ru"]
    assert f"{value} орталық" in shown["kk"]


def test_a_new_value_of_a_figure_beside_the_counted_one_needs_review(counting: Path, edit: Edit) -> None:
    edit(REGISTER, "87", "81")
    update_catalogues(counting)
    russian, kazakh = (catalogue_of(counting, tag).read_text("utf-8") for tag in ("ru", "kk"))
    assert "# review: towns was 87 (many) and is 81 (one)\n# figures: centres=46, towns=81\n" in russian
    assert "# figures: centres=46, towns=81\n" in kazakh
    assert "review" not in kazakh
    assert "1 fuzzy" in accepted(counting, "ru")
    assert "fuzzy" not in accepted(counting, "kk")
    with pytest.raises(KzpubError) as caught:
        editions(counting, Request(languages=("kk", "ru"), release=True))
    assert [problem.code for problem in caught.value.problems] == ["translation-fuzzy"]


def test_a_new_value_without_an_update_is_not_published(counting: Path, edit: Edit) -> None:
    edit(REGISTER, "87", "81")
    with pytest.raises(KzpubError) as caught:
        editions(counting, Request(languages=("kk", "ru"), release=True))
    assert [problem.code for problem in caught.value.problems] == ["figure-review"]


@pytest.mark.parametrize(("old", "new"), [("centre**", "large centre**"), ("centres**", "large centres**")])
def test_a_changed_form_of_a_plural_message_is_not_published(old: str, new: str, counting: Path, edit: Edit) -> None:
    edit(BLOCKS, old, new)
    for codes in (["translation-missing", "catalogue-stranger"] * 2, ["translation-fuzzy"] * 2):
        with pytest.raises(KzpubError) as caught:
            editions(counting, Request(languages=("kk", "ru"), release=True))
        assert [problem.code for problem in caught.value.problems] == codes
        update_catalogues(counting)
    for tag in TRANSLATIONS:
        assert f'#| msgid "{ONE}"\n#| msgid_plural "{MORE}"\n' in catalogue_of(counting, tag).read_text("utf-8")
        assert "1 fuzzy" in accepted(counting, tag)
    assert update_catalogues(counting) == []


def test_pybabel_extracts_plural_messages_and_figures_as_we_do(counting: Path) -> None:
    result = extracted(counting, "sampler")
    assert result.returncode == 0, result.stderr
    assert messages_of(counting / "sampler.pot") == messages_of(counting / "locales" / "sampler.pot")


def test_pybabel_updates_plural_messages_without_a_change(counting: Path) -> None:
    before = files_of(counting / "locales")
    result = updated(counting, "sampler", "locales/sampler.pot")
    assert result.returncode == 0, result.stderr
    assert files_of(counting / "locales") == before


# -- pybabel ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("domain", [FACTSHEET, LABELS_DOMAIN])
def test_pybabel_extracts_the_template_that_is_in_the_repository(domain: str, repository: Path) -> None:
    result = extracted(repository, domain)
    assert result.returncode == 0, result.stderr
    assert messages_of(repository / f"{domain}.pot") == messages_of(repository / "locales" / f"{domain}.pot")


def test_pybabel_extracts_every_kind_of_text(project: Path) -> None:
    result = extracted(project, "sampler")
    assert result.returncode == 0, result.stderr
    update_catalogues(project)
    assert messages_of(project / "sampler.pot") == messages_of(project / "locales" / "sampler.pot")


@pytest.mark.parametrize("domain", [FACTSHEET, LABELS_DOMAIN])
@pytest.mark.parametrize("template", ["locales/{domain}.pot", "{domain}.pot"], ids=["ours", "pybabels"])
def test_pybabel_updates_the_repositorys_catalogues_without_a_change(
    domain: str, template: str, repository: Path
) -> None:
    before = files_of(repository / "locales")
    assert extracted(repository, domain).returncode == 0
    result = updated(repository, domain, template.format(domain=domain))
    assert result.returncode == 0, result.stderr
    assert files_of(repository / "locales") == before


def test_pybabel_marks_a_changed_text_for_review_as_we_do(project: Path, edit: Edit) -> None:
    edit("content/sampler/01-text.md", "Under a heading of the third level.", "Under any heading of the third level.")
    assert extracted(project, "sampler").returncode == 0
    assert updated(project, "sampler", "sampler.pot").returncode == 0
    by_pybabel = files_of(project / "locales")
    update_catalogues(project)
    ours = files_of(project / "locales")
    for tag in TRANSLATIONS:
        path = f"{tag}/LC_MESSAGES/sampler.po"
        assert b"#, fuzzy\n#| msgid" in by_pybabel[path]
        assert ours[path] == by_pybabel[path]


def test_pybabel_begins_a_new_language(repository: Path) -> None:
    template = f"locales/{FACTSHEET}.pot"
    result = pybabel(repository, "init", "-i", template, "-d", "locales", "-D", FACTSHEET, "-l", "uz", "-w", "1000000")
    assert result.returncode == 0, result.stderr
    checked = run(repository, tool("msgfmt"), "-c", "-o", os.devnull, f"locales/uz/LC_MESSAGES/{FACTSHEET}.po")
    assert checked.returncode == 0, checked.stderr
    assert updated(repository, FACTSHEET, template).returncode == 0


def test_pybabel_stops_at_a_malformed_chapter(project: Path, edit: Edit) -> None:
    edit("content/sampler/02-blocks.md", "The last paragraph.", "<div>")
    result = extracted(project, "sampler")
    assert result.returncode != 0
    assert "content/sampler/02-blocks.md:62: error: raw HTML [raw-html]" in result.stderr


# -- The repository's catalogues -------------------------------------------------------------------------------------

CATALOGUES = [
    pytest.param(domain, tag, id=f"{domain}-{tag}")
    for domain in (*publications(ROOT), LABELS_DOMAIN)
    for tag in TRANSLATIONS
]


@pytest.mark.parametrize(("domain", "tag"), CATALOGUES)
def test_every_message_of_the_repository_is_translated_and_reviewed(domain: str, tag: str) -> None:
    catalogue = load(ROOT, domain, LANGUAGES[tag])
    for path in domain_files(ROOT, domain):
        for message in file_messages(path, ROOT):
            entry = catalogue.find(message)
            assert entry is not None, message
            assert all(text.strip() for text in entry.texts), message
            assert not entry.fuzzy, message


@pytest.mark.parametrize(("domain", "tag"), CATALOGUES)
def test_msgfmt_finds_the_repositorys_catalogues_correct_and_complete(domain: str, tag: str) -> None:
    path = catalogue_path(ROOT, domain, LANGUAGES[tag])
    result = run(ROOT, tool("msgfmt"), "-c", "--statistics", "-o", os.devnull, path)
    assert result.returncode == 0, result.stderr
    messages = {
        (found.context, found.text) for source in domain_files(ROOT, domain) for found in file_messages(source, ROOT)
    }
    assert result.stderr == f"{len(messages)} translated messages.\n"


def test_msgfmt_accepts_the_old_text_beside_a_long_text_that_changed(project: Path, edit: Edit) -> None:
    edit("content/sampler/01-text.md", "A paragraph with", "One paragraph with")
    update_catalogues(project)
    for tag in TRANSLATIONS:
        path = project / f"locales/{tag}/LC_MESSAGES/sampler.po"
        assert "#| msgid " in path.read_text("utf-8")
        result = run(project, tool("msgfmt"), "-c", "-o", os.devnull, path)
        assert result.returncode == 0, result.stderr


def test_msgfmt_accepts_what_an_update_writes(project: Path, edit: Edit) -> None:
    edit(
        "content/sampler/02-blocks.md",
        "The last paragraph.",
        "6.1% of all, 5% die: {period}, [{date}](#blocks), {a} \\{ `%s`",
    )
    update_catalogues(project)
    for tag in TRANSLATIONS:
        path = project / f"locales/{tag}/LC_MESSAGES/sampler.po"
        result = run(project, tool("msgfmt"), "-c", "-o", os.devnull, path)
        assert result.returncode == 0, result.stderr
        assert "python-format" not in path.read_text("utf-8")
