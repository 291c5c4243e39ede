"""What people do to a small project, one edit each: files in memory to files in memory."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from tests.small import OTHERWISE, SAID, Files, publication

Edit = Callable[[Files, Random], Files]
"""Gives a project after an edit: another dictionary, or the same where there is nothing to edit."""


def _some(files: Files, random: Random, pattern: str) -> str:
    """One of the files whose paths match; empty if there is none."""
    found = sorted(name for name in files if re.fullmatch(pattern, name))
    return random.choice(found) if found else ""


def _turned(pattern: str, one: str, other: str) -> Edit:
    """In one of the files, a text becomes another, or that the first."""

    def edit(files: Files, random: Random) -> Files:
        name = _some(files, random, pattern)
        text = files.get(name, b"").decode("utf-8", "replace")
        old, new = (one, other) if one in text else (other, one)
        return {**files, name: text.replace(old, new, 1).encode()} if old in text else files

    return edit


def _longer(pattern: str, *texts: str) -> Edit:
    """A file ends with one of these texts, or with none."""

    def edit(files: Files, random: Random) -> Files:
        name = _some(files, random, pattern)
        if not name:
            return files
        data = files[name]
        for text in texts:
            data = data.removesuffix(text.encode())
        return {**files, name: data + random.choice(("", *texts)).encode()}

    return edit


def _there(name: str, text: str) -> Edit:
    """A file is there, or not."""

    def edit(files: Files, random: Random) -> Files:
        left = {each: data for each, data in files.items() if each != name}
        return left if name in files else {**left, name: text.encode()}

    return edit


def translation(files: Files, random: Random) -> Files:
    """A translator says the same otherwise."""
    tag, text = random.choice(("kk", "ru")), random.choice(list(OTHERWISE))
    said, otherwise = (each[text][("kk", "ru").index(tag)] for each in (SAID, OTHERWISE))
    return _turned(rf"locales/{tag}/LC_MESSAGES/(?!kzpub).*", f'"{said}"', f'"{otherwise}"')(files, random)


def source_and_translations(files: Files, random: Random) -> Files:
    """An author writes another sentence, and translators follow."""
    one, other = "The rivers are clean.", "The mountains are high."
    name = _some(files, random, r"content/\w+/(01|one)\.md")
    if not name:
        return files
    if one.encode() not in files[name]:
        one, other = other, one
    pairs = [(one, other), *((f'"{a}"', f'"{b}"') for a, b in zip(SAID[one], SAID[other], strict=True))]
    changed = dict(files)
    for path in (name, *(f"locales/{tag}/LC_MESSAGES/{name.split('/')[1]}.po" for tag in ("kk", "ru"))):
        for old, new in pairs if path in files else ():
            changed[path] = changed[path].replace(old.encode(), new.encode())
    return changed


def chapter_renamed(files: Files, random: Random) -> Files:
    return _renamed(files, random, ("01.md", "one.md"), "publication.yaml")


def picture_renamed(files: Files, random: Random) -> Files:
    return _renamed(files, random, ("blue.png", "sea.png"), "02.md")


def _renamed(files: Files, random: Random, names: tuple[str, str], told: str) -> Files:
    """A file of a publication has another name, and another file is told."""
    folder = _some(files, random, r"content/\w+/publication\.yaml").rpartition("/")[0]
    old, new = (names if f"{folder}/{names[0]}" in files else reversed(names)) if folder else names
    if not {f"{folder}/{old}", f"{folder}/{told}"} <= files.keys():
        return files
    moved = {f"{folder}/{new}" if name == f"{folder}/{old}" else name: data for name, data in files.items()}
    return {**moved, f"{folder}/{told}": files[f"{folder}/{told}"].replace(old.encode(), new.encode())}


def chapter_removed(files: Files, random: Random) -> Files:
    """The second chapter goes, or comes back."""
    settings = _some(files, random, r"content/\w+/publication\.yaml")
    if not settings:
        return files
    id = settings.split("/")[1]
    listed, gone = files[settings], f"content/{id}/02.md"
    if gone in files:
        left = {name: data for name, data in files.items() if name != gone}
        return {**left, settings: listed.replace(b", 02.md", b"")}
    again = (
        listed if b", 02.md" in listed else listed.replace(b"1.md]", b"1.md, 02.md]").replace(b"e.md]", b"e.md, 02.md]")
    )
    return {**files, gone: publication(id)[gone], settings: again}


def publication_removed(files: Files, random: Random) -> Files:
    """The second publication goes, with its catalogues or without, or comes back as it once was."""
    if "content/beta/publication.yaml" in files:
        gone = ("content/beta/", "locales/kk/LC_MESSAGES/beta", "locales/ru/LC_MESSAGES/beta")[: random.choice((1, 3))]
        return {name: data for name, data in files.items() if not name.startswith(gone)}
    return {**files, **publication("beta")}


def publication_renamed(files: Files, random: Random) -> Files:
    old, new = ("alpha", "gamma") if any("/alpha/" in name for name in files) else ("gamma", "alpha")
    return {re.sub(rf"/{old}\b", f"/{new}", name): data for name, data in files.items()}


def fonts_swapped(files: Files, random: Random) -> Files:
    one, other = (f"templates/fonts/SourceSans3-{style}.ttf" for style in ("Bold", "It"))
    return {**files, one: files[other], other: files[one]}


_CATALOGUE = r"locales/(kk|ru)/LC_MESSAGES/(?!kzpub).*"
_STRANGER = '\nmsgctxt "gone"\nmsgid "Gone {0}"\nmsgstr "Жоқ {0}"\n'
_OBSOLETE = '\n#~ msgid "Gone {0}"\n#~ msgstr "Жоқ"\n'
_LAKES = 'msgctxt "second"\nmsgid "The lakes are deep."\n'
_TERM = "rivers:\n  kind: term\n  source: rivers\n  kk: [{}]\n  ru: [река]\n"
_SETTINGS = r"content/\w+/publication\.yaml"

EDITS: dict[str, Edit] = {
    "a translation": translation,
    "a translation to be reviewed": _turned(_CATALOGUE, f"\n{_LAKES}", f"\n#, fuzzy\n{_LAKES}"),
    "a translation of nothing": _longer(_CATALOGUE, _STRANGER.format(1), _STRANGER.format(2)),
    "an obsolete translation": _longer(_CATALOGUE, _OBSOLETE.format(1), _OBSOLETE.format(2)),
    "a translator’s note": _turned(_CATALOGUE, f"\n{_LAKES}", f"\n# thought about\n{_LAKES}"),
    "an empty translation": _turned(_CATALOGUE, 'msgstr "Су және жер"', 'msgstr ""'),
    "a damaged catalogue": _turned(_CATALOGUE, 'msgid "Second part"', 'msgid "Second part'),
    "a word of the templates": _turned("locales/kk/.*/kzpub.po", '"Мазмұны"', '"Мазмұн"'),
    "a comment on a word": _turned("templates/labels.yaml", "Footer of every page", "In the footer"),
    "a sentence and its translations": source_and_translations,
    "a sentence": _turned(r"content/\w+/(01|one)\.md", "The rivers are clean.", "The steppe is wide."),
    "a line further down": _turned(r"content/\w+/01\.md", "\n\nThe", "\n\n\nThe"),
    "a figure": _turned(r"content/\w+/figures\.yaml", "value: 40", "value: 41"),
    "a figure’s section": _turned(r"content/\w+/figures\.yaml", '"1.1"', '"1.2"'),
    "a comment on a figure": _longer(r"content/\w+/figures\.yaml", "# a comment\n"),
    "a term": _longer(r"content/\w+/terms\.yaml", "# checked\n"),
    "terms": _there("content/alpha/terms.yaml", _TERM.format("өзен")),
    "other terms": _there("content/beta/terms.yaml", _TERM.format("теңіз")),
    "terms of the templates": _longer("templates/terms.yaml", "# checked\n"),
    "a language": _turned(_SETTINGS, "[en, kk, ru]", "[en, ru]"),
    "another language": _turned(_SETTINGS, "[en, kk, ru]", "[en, kk]"),
    "a language for work only": _longer(_SETTINGS, "editions:\n  kk: draft\n"),
    "a format that must be complete": _longer(_SETTINGS, "editions:\n  kk:\n    pdf: complete\n"),
    "a format for work only": _longer(_SETTINGS, "editions:\n  ru:\n    docx: draft\n"),
    "the day": _turned(_SETTINGS, "2026-03-05", "2026-03-06"),
    "the title, not translated": _turned(_SETTINGS, "title: Water and land", "title: Land and water"),
    "a chapter’s name": chapter_renamed,
    "a chapter": chapter_removed,
    "a picture’s name": picture_renamed,
    "a picture": _longer(r"content/\w+/blue\.png", "other"),
    "a picture of nothing": _there("content/alpha/spare.png", "spare"),
    "a publication": publication_removed,
    "a publication’s name": publication_renamed,
    "the typefaces": fonts_swapped,
    "the style in print": _longer("templates/print.css", "/* 1 */\n", "/* 2 */\n"),
    "the style of pages": _longer("templates/web.css", "/* 1 */\n", "/* 2 */\n"),
    "the colours of all": _longer("templates/charts.css", "/* 1 */\n", "/* 2 */\n"),
    "an ornament": _longer("templates/ornament.svg", "<!-- 1 -->"),
    "the list of files": _longer("templates/index.html", "<!-- 1 -->\n", "<!-- 2 -->\n"),
    "a report’s style": _longer("templates/report.css", "/* 1 */\n"),
    "a template of nothing": _there("templates/spare.html", "spare"),
    "a part of a page": _turned("templates/web.html", '{% include "web.css" %}', '{% include "both.css" %}'),
    "its file": _there("templates/both.css", '{% include "web.css" %}\n/* both */\n'),
}
