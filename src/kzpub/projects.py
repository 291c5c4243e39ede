"""What a project has to offer, and what can be asked of it. Light, since every command begins with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kzpub.errors import Place, fail

CONFIGURATION = "publication.yaml"
LABELS_DOMAIN = "kzpub"
"""The domain of the words in templates; every publication is a domain of its own."""
_NAME = re.compile(r"[a-z](?:[a-z0-9]|-(?=[a-z0-9])){0,59}")
_RESERVED = {"all", "con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
"""“all” is a word of the commands; the others are devices of Windows."""
FORMATS = ("pdf", "docx", "html")
"""The formats of every edition, in the order in which they are listed."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for: publications, language tags and formats, empty meaning all; a release is done and clean."""

    publications: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    release: bool = False


Say = Callable[[str], None]
"""Is told, line by line, of findings that refuse nothing."""


def unheard(line: str) -> None:
    """What is said where nobody listens."""


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
