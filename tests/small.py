"""A small project of two publications in three languages, as files in memory, and a writer that costs nothing."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path

from kzpub.edition import Edition, File
from kzpub.errors import Place, fail
from kzpub.fonts import faces, subset
from tests.conftest import ROOT

Files = dict[str, bytes]
"""A project: bytes by path."""

SAID = {
    "First part": ("Бірінші бөлім", "Первая часть"),
    "Second part": ("Екінші бөлім", "Вторая часть"),
    "The rivers are clean.": ("Өзендер таза.", "Реки чистые."),
    "The lakes are deep.": ("Көлдер терең.", "Болота глубокие."),
    "The mountains are high.": ("Таулар биік.", "Горы высокие."),
    "The steppe is wide.": ("Дала кең.", "Степь широкая."),
    "Water and land": ("Су және жер", "Вода и земля"),
    "What is known": ("Не белгілі", "Что известно"),
    "A small publication.": ("Шағын басылым.", "Небольшая публикация."),
    "It rests on reports.": ("Ол есептерге негізделген.", "Она основана на докладах."),
    "water": ("су", "вода"),
    "A blue square": ("Көк шаршы", "Синий квадрат"),
    "share of clean rivers": ("таза өзендердің үлесі", "доля чистых рек"),
    "Clean rivers make up {clean}.": ("Таза өзендер {clean} құрайды.", "Чистые реки составляют {clean}."),
}
"""Everything that the project says, in English, and as Kazakh and Russian say it."""
OTHERWISE = {
    "The rivers are clean.": ("Өзендердің суы таза.", "Вода в реках чистая."),
    "The lakes are deep.": ("Көлдеріміз терең.", "Болота очень глубокие."),
    "First part": ("Бірінші тарау", "Первый раздел"),
}
"""How a translator may say it on another day."""
_HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: small 1\\n"
"Language: {tag}\\n"
"Plural-Forms: nplurals={plurals};\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""
_PLURALS = {
    "kk": "2; plural=(n != 1)",
    "ru": "3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)",
}
_CONFIGURATION = """\
title: Water and land
subtitle: What is known
description: A small publication.
keywords: [water]
date: 2026-03-05
period: 2021–2023
source_note: It rests on reports.
languages: [en, kk, ru]
chapters: [01.md, 02.md]
"""
_FIRST = "# First part {#first}\n\nThe rivers are clean.\n\nClean rivers make up {clean}.\n"
_SECOND = "# Second part {#second}\n\nThe lakes are deep.\n\n![A blue square](blue.png)\n"
_FIGURES = 'clean:\n  kind: percent\n  value: 40\n  label: share of clean rivers\n  source: "1.1"\n'
_CONTEXTS = {
    "publication": ("Water and land", "What is known", "A small publication.", "It rests on reports.", "water"),
    "first": ("First part", "The rivers are clean.", "Clean rivers make up {clean}."),
    "second": ("Second part", "The lakes are deep.", "A blue square"),
    "figures/clean": ("share of clean rivers",),
}


def project() -> Files:
    """The project as it is before anybody edits it."""
    return {**_templates(), **publication("alpha"), **publication("beta")}


def publication(id: str) -> Files:
    """The content and the catalogues of a publication."""
    content = {
        "publication.yaml": _CONFIGURATION.encode(),
        "01.md": _FIRST.encode(),
        "02.md": _SECOND.encode(),
        "figures.yaml": _FIGURES.encode(),
        "blue.png": (ROOT / "tests/project/content/sampler/squares.png").read_bytes(),
    }
    files = {f"content/{id}/{name}": data for name, data in content.items()}
    return files | {f"locales/{tag}/LC_MESSAGES/{id}.po": catalogue(tag) for tag in ("kk", "ru")}


def catalogue(tag: str) -> bytes:
    header = _HEADER.format(tag=tag, plurals=_PLURALS[tag])
    texts = [(context, text) for context, texts in _CONTEXTS.items() for text in texts]
    return (header + "".join(entry(tag, *each) for each in texts)).encode()


def entry(tag: str, context: str, text: str) -> str:
    """An entry of a catalogue."""
    translation = SAID[text][("kk", "ru").index(tag)]
    noted = "# figures: clean=40\n" if "{clean}" in text else ""
    return f'\n{noted}msgctxt "{context}"\nmsgid "{text}"\nmsgstr "{translation}"\n'


@cache
def _templates() -> Mapping[str, bytes]:
    """Our own, with typefaces that have no more letters than are used."""
    names = [path for path in (ROOT / "templates").iterdir() if path.is_file()]
    words = [ROOT / "locales" / tag / "LC_MESSAGES/kzpub.po" for tag in ("kk", "ru")]
    files = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in (*names, *words)}
    letters = set(map(ord, "".join(data.decode() for name, data in files.items() if not name.endswith(".docx"))))
    letters |= {*range(0x20, 0x7F), *range(0x400, 0x460), *map(ord, "ҚқҒғӘәҮүҰұӨөІіҢңҺһ\u00a0\u2011–—“”‘’«»„§№↑")}
    return files | {
        f"templates/fonts/{face.path.name}": subset(face, letters) for face in faces(ROOT / "templates/fonts")
    }


def put(files: Files, root: Path, before: Files | None = None) -> None:
    """Make a folder hold these files, given those that it holds."""
    for name in (before or {}).keys() - files.keys():
        (root / name).unlink()
    for name, data in files.items():
        if before is None or before.get(name) != data:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(data)


# -- A writer that costs nothing -------------------------------------------------------------------------------------

_ROOTS = {"pdf": ("print.html",), "docx": ("word.docx",), "html": ("web.html",)}
_LEADS = re.compile(rb"""(?:\{%-? *include|drawing\() *["']([\w.-]+)["']""")


def written(edition: Edition, format: str) -> File:
    """All that a writer may see of an edition, and the templates that it would read."""
    named = f"{edition.document.id}-{edition.language.tag}.{format}\n"
    shown = "\n".join(_shown(edition)) + f"\n{sorted(edition.withheld)}\n"
    read = b"".join(_read(edition.templates, [*_ROOTS[format], "charts.css"]))
    return File((named + shown).encode() + read, 1 if format == "pdf" else None)


def _read(templates: Path, waiting: list[str]) -> Iterator[bytes]:
    seen = set()
    while waiting:
        if (name := waiting.pop()) not in seen:
            seen.add(name)
            if not (templates / name).is_file():
                raise fail("template-fill", f"there is no {name}", Place(f"templates/{name}"), "put it there")
            data = (templates / name).read_bytes()
            yield _digest(name, data)
            waiting += [each.decode() for each in _LEADS.findall(data)]
    for face in faces(templates / "fonts"):
        yield _digest(face.path.name, face.path.read_bytes())


def _digest(name: str, data: bytes) -> bytes:
    return f"{name} {hashlib.sha256(data).hexdigest()}\n".encode()


def _shown(value: object, name: str = "") -> Iterator[str]:
    """Every value with its name; not where it was written, nor what was let stand."""
    match value:
        case Place() | Path():
            pass
        case Mapping():
            for key in sorted(value):
                yield from _shown(value[key], f"{name}.{key}")
        case tuple():
            yield f"{name} {len(value)}"
            for each in value:
                yield from _shown(each, name)
        case frozenset():
            pass
        case _ if is_dataclass(value):
            yield f"{name} {type(value).__name__}"
            for field in fields(value):
                if field.name not in ("waivers", "terms", "warnings"):
                    yield from _shown(getattr(value, field.name), field.name)
        case _:
            yield f"{name} {value!r}"
