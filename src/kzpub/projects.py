"""What a project has to offer, and what can be asked of it. Light, since every command begins with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kzpub.errors import Place, fail

CONFIGURATION = "publication.yaml"
LABELS_DOMAIN = "kzpub"
"""The domain of the words in templates; every publication is a domain of its own."""
FORMATS = ("pdf", "docx", "html")
"""The formats of every edition, in the order in which they are listed."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for: publications, language tags and formats, empty meaning all; a release is done and clean."""

    publications: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    release: bool = False


def publications(root: Path) -> tuple[str, ...]:
    """Identifiers of all publications, the folders under ``content/`` that have a configuration, sorted.

    Raises ``KzpubError`` for one whose catalogues would be those of the words in templates.
    """
    found = tuple(sorted(path.parent.name for path in (root / "content").glob(f"*/{CONFIGURATION}")))
    if LABELS_DOMAIN in found:
        place = Place(f"content/{LABELS_DOMAIN}/{CONFIGURATION}")
        raise fail("publication-name", "the words of the templates have this name", place, "rename the folder")
    return found
