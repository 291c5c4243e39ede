"""Findings that a person has let stand, ``waivers.yaml``: each with a reason, each dead when its text changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from kzpub.errors import WARNINGS, Place, Problem, fail
from kzpub.languages import LANGUAGES
from kzpub.model import Waiver
from kzpub.yamlfile import Mapping, Tree, read_entries

WAIVERS = "waivers.yaml"
WAIVABLE = (
    *(
        "fact-differs",
        "figure-typed",
        "figure-qualifier",
        "figure-frame",
        "name-differs",
        "translation-same",
        "translation-partly",
    ),
    *("language-other", "language-left", "language-letter"),
    *sorted(WARNINGS - {"catalogue-stranger", "page-unfilled"}),
)
"""Findings that a person may let stand: warnings about texts, and errors that a text may have good reason for."""


def read_waivers(folder: Path, root: Path) -> tuple[Waiver, ...]:
    """The waivers of a publication, none if it has no such file. Raises ``KzpubError`` if it is malformed."""
    return read_entries(folder / WAIVERS, root, _waiver)


def _waiver(key: str, tree: Tree, place: Place) -> Waiver:
    if not isinstance(tree, Mapping):
        raise fail("yaml-type", f"the waiver “{key}” has no fields", place, "write finding, language and reason")
    if not re.fullmatch(r"[0-9a-f]{10}", key):
        raise fail("waiver-key", f"“{key}” is no key", place, "write the key that the finding’s hint names")
    tree.only(("finding", "language", "reason"), ("finding", "language", "reason"))
    tree.text("reason")
    if (finding := tree.text("finding")).text not in WAIVABLE:
        cause = f"“{finding.text}” cannot be waived"
        raise fail("waiver-finding", cause, finding.place, f"known: {', '.join(WAIVABLE)}")
    if (language := tree.text("language")).text not in LANGUAGES:
        raise fail("language-unknown", f"“{language.text}”", language.place, f"known: {', '.join(LANGUAGES)}")
    return Waiver(key, finding.text, language.text, place)


@dataclass(slots=True)
class Judged:
    """The waivers of one language, and which of them were needed."""

    language: str
    waivers: Iterable[Waiver]
    needed: set[str] = field(default_factory=set)

    def standing(self, problems: Iterable[Problem], *texts: str) -> Iterator[Problem]:
        """The problems of some texts that nobody has let stand, those that may be with the key that would do so.

        The key is made of the finding with its cause, of the language and of the texts as printed: whatever changes in
        any of them, a person has to look again.
        """
        for problem in problems:
            if problem.code not in WAIVABLE:
                yield problem
                continue
            signed = problem.code, self.language
            key = sha256("\0".join((*signed, problem.cause, *texts)).encode()).hexdigest()[:10]
            if any((waiver.key, waiver.finding, waiver.language) == (key, *signed) for waiver in self.waivers):
                self.needed.add(key)
            else:
                way_out = f", or waive it with a reason: “{key}” in {WAIVERS}"
                yield replace(problem, hint=problem.hint + way_out)

    def dead(self) -> Iterator[Problem]:
        """Waivers of this language that no finding needs: the text has changed, or the finding is gone."""
        for waiver in self.waivers:
            if waiver.language == self.language and waiver.key not in self.needed:
                cause = f"nothing needs the waiver {waiver.key}: its text has changed, or what was found in it"
                yield Problem("waiver-dead", cause, waiver.place, "judge the new text, and take this entry out")
