"""What a project has to offer: its publications, their languages, the formats. Light, for ``--list``."""

from __future__ import annotations

from pathlib import Path

from kzpub.errors import fail
from kzpub.languages import LANGUAGES, SOURCE
from kzpub.yamlfile import Mapping, read_mapping

CONFIGURATION = "publication.yaml"
FORMATS = ("pdf", "docx", "html")
"""The formats of every edition, in the order in which they are listed."""


def publications(root: Path) -> tuple[str, ...]:
    """Identifiers of all publications, the folders under ``content/`` that have a configuration, sorted."""
    return tuple(sorted(path.parent.name for path in (root / "content").glob(f"*/{CONFIGURATION}")))


def publication_languages(root: Path, publication: str) -> tuple[str, ...]:
    """Tags of the languages that a publication appears in. Raises ``KzpubError`` if its configuration is wrong."""
    return listed_languages(read_mapping(root / "content" / publication / CONFIGURATION, root))


def listed_languages(settings: Mapping) -> tuple[str, ...]:
    """The languages of a configuration, once each. Raises ``KzpubError`` for an unknown one."""
    settings.require("languages")
    tags = settings.texts("languages")
    for tag in tags:
        if tag.text not in LANGUAGES:
            hint = f"known languages: {', '.join(LANGUAGES)}; CONTRIBUTING.md says how to add one"
            raise fail("language-unknown", f"unknown language “{tag.text}”", tag.place, hint)
    if SOURCE.tag not in (chosen := tuple(dict.fromkeys(tag.text for tag in tags))):
        raise fail("language-source", "the source language is missing", tags[0].place, f"add {SOURCE.tag} to the list")
    return chosen
