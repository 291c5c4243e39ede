"""What a project has to offer: its publications, their languages, the formats. Light, for ``--list``."""

from __future__ import annotations

import re
from pathlib import Path

from kzpub.errors import Place, fail, near
from kzpub.languages import LANGUAGES, SOURCE
from kzpub.yamlfile import Mapping, Scalar, Tree, read_mapping

CONFIGURATION = "publication.yaml"
LABELS_DOMAIN = "kzpub"
"""The domain of the words in templates; every publication is a domain of its own."""
_NAME = re.compile(r"[a-z](?:[a-z0-9]|-(?=[a-z0-9])){0,59}")
_RESERVED = {"all", "con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
"""“all” is a word of the commands; the others are devices of Windows."""
FORMATS = ("pdf", "docx", "html")
"""The formats of every edition, in the order in which they are listed."""
POLICIES = {
    "open": "a draft while its translation is not done; the default",
    "complete": "never a draft: refused while its translation is not done",
    "draft": "for work only: no release has it",
}
"""What ``editions`` in a configuration may say of a language, or of one format of it."""


def publications(root: Path) -> tuple[str, ...]:
    """Identifiers of all publications, the folders under ``content/`` that have a configuration, sorted.

    All files that are made are named by them. Raises ``KzpubError`` for one that not every machine and every command
    takes for a name, and for one whose catalogues would be those of the words in templates.
    """
    found = tuple(sorted(path.parent.name for path in (root / "content").glob(f"*/{CONFIGURATION}")))
    for name in found:
        place = Place(f"content/{name}/{CONFIGURATION}")
        if name == LABELS_DOMAIN:
            raise fail("publication-name", "the words of the templates have this name", place, "rename the folder")
        if not _NAME.fullmatch(name) or name in _RESERVED:
            hint = "rename the folder: small letters, digits and hyphens, a letter first, 60 at most"
            raise fail("publication-name", f"“{name}” cannot name files on every machine", place, hint)
    return found


def publication_languages(root: Path, publication: str) -> tuple[str, ...]:
    """Tags of the languages that a publication appears in. Raises ``KzpubError`` if its configuration is wrong."""
    return listed_languages(read_mapping(root / "content" / publication / CONFIGURATION, root))


def listed_languages(settings: Mapping) -> tuple[str, ...]:
    """The languages of a configuration. Raises ``KzpubError`` for one that is unknown or stands there twice."""
    settings.require("languages")
    tags = settings.names("languages")
    for tag in tags:
        if tag.text not in LANGUAGES:
            hint = f"known languages: {', '.join(LANGUAGES)}; CONTRIBUTING.md says how to add one"
            raise fail("language-unknown", f"unknown language “{tag.text}”", tag.place, hint)
    if SOURCE.tag not in (chosen := tuple(tag.text for tag in tags)):
        raise fail("language-source", "the source language is missing", tags[0].place, f"add {SOURCE.tag} to the list")
    return chosen


def read_policy(settings: Mapping) -> dict[tuple[str, str], str]:
    """The policy of each language and format that a configuration names. Raises ``KzpubError`` for a wrong one."""
    if "editions" not in settings.items:
        return {}
    languages = listed_languages(settings)
    chosen: dict[tuple[str, str], str] = {}
    for tag, rules in _named("editions", settings.items["editions"], languages).items():
        if isinstance(rules, Scalar):
            chosen |= {(tag, format): _policy(rules, rules.place) for format in FORMATS}
        else:
            formats = _named(tag, rules, FORMATS)
            chosen |= {(tag, format): _policy(rule, rule.place) for format, rule in formats.items()}
    return chosen


def _named(key: str, tree: Tree, known: tuple[str, ...]) -> dict[str, Tree]:
    """What stands at a key, its own keys among those that are known."""
    if not isinstance(tree, Mapping):
        hint = f"write lines of “name: word” under it; names: {', '.join(known)}"
        raise fail("edition-policy", f"“{key}” has no names under it", tree.place, hint)
    for name, place in tree.keys.items():
        if name not in known:
            raise fail(
                "edition-policy", f"“{key}” has no “{name}”{near(name, known)}", place, f"known: {', '.join(known)}"
            )
    return tree.items


def _policy(rule: Tree, place: Place) -> str:
    word = rule.text if isinstance(rule, Scalar) else ""
    if word not in POLICIES:
        raise fail("edition-policy", f"“{word}” is no policy", place, f"known: {', '.join(POLICIES)}")
    return word
