"""The configuration of a publication, as far as it says what is made: its languages, and what may become of each."""

from __future__ import annotations

from collections.abc import Mapping as Pairs
from dataclasses import dataclass, field
from pathlib import Path

from kzpub.errors import KzpubError, Place, fail, near
from kzpub.languages import LANGUAGES, SOURCE
from kzpub.projects import CONFIGURATION, FORMATS
from kzpub.yamlfile import Mapping, Scalar, Tree, read_mapping

POLICIES = {
    "open": "a draft while its translation is not done; the default",
    "complete": "never a draft: refused while its translation is not done",
    "draft": "for work only: no release has it",
}
"""What ``editions`` in a configuration may say of a language, or of one format of it."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """A publication, the languages that it appears in, and the policy of each language and format that has one."""

    id: str
    languages: tuple[str, ...]
    policy: Pairs[tuple[str, str], str] = field(default_factory=dict)


def read_configuration(root: Path, publication: str) -> Configuration:
    """What is made of a publication. Raises ``KzpubError`` if its configuration is wrong."""
    settings = read_mapping(root / "content" / publication / CONFIGURATION, root)
    return Configuration(publication, listed_languages(settings), read_policy(settings))


def title(root: Path, publication: str) -> str:
    """The title of a publication in the source language, or its identifier where its configuration cannot be read."""
    try:
        return read_mapping(root / "content" / publication / CONFIGURATION, root).text("title").text
    except (KzpubError, KeyError):
        return publication


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
