"""A language begun: its catalogues, empty, and what else kzpub and the project lack for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from kzpub import figures, hyphenation, languages, tongues, typography
from kzpub.audit.pdfs import lineends
from kzpub.configuration import listed_languages
from kzpub.errors import KzpubError, Place, Problem, raise_if_any
from kzpub.extraction import targets
from kzpub.fonts import faces
from kzpub.judges import endings, frames, signs, spelling, stems, surroundings
from kzpub.languages import SOURCE, Language
from kzpub.po.catalogues import catalogue_path
from kzpub.po.provisional import language_of
from kzpub.po.provisional import letters as letters_of
from kzpub.po.updating import begin
from kzpub.projects import CONFIGURATION, LABELS_DOMAIN
from kzpub.publishing.together import publish
from kzpub.yamlfile import read_mapping


def begin_language(root: Path, tag: str, publications: Iterable[str]) -> tuple[list[Path], Path | None]:
    """Write the empty catalogues of a language; what was made, and the words of the templates if they were there.

    Raises ``KzpubError``, and writes nothing, where the language is unknown or a publication has its catalogue.
    """
    language = language_of(tag)
    if language == SOURCE:
        cause = f"{SOURCE.name} is the language of the content"
        raise KzpubError(Problem("usage", cause, None, "name a language to translate into"))
    paths = {id: catalogue_path(root, id, language) for id in publications}
    raise_if_any(_already(id, path, root) for id, path in paths.items() if path.exists())
    words = catalogue_path(root, LABELS_DOMAIN, language)
    missing = paths if words.exists() else {**paths, LABELS_DOMAIN: words}
    texts = {path: begin(targets(root, domain)(language)).text for domain, path in missing.items()}
    publish({path: text.encode("utf-8") for path, text in texts.items()})
    return list(texts), words if words not in texts else None


def _already(id: str, path: Path, root: Path) -> Problem:
    cause = f"{id} has a catalogue of this language already"
    hint = "“kzpub catalogue update” brings it up to the content; --publication begins those of others"
    return Problem("catalogue-exists", cause, Place(path.relative_to(root).as_posix()), hint)


# -- What else a language needs --------------------------------------------------------------------------------------

TABLES: Mapping[str, tuple[Mapping[str, object], str]] = {
    "languages.LANGUAGES": (languages.LANGUAGES, "its record: names, date, quotation marks, plural forms"),
    "tongues.TONGUES": (tongues.TONGUES, "how it writes numbers, dates, amounts and ranges"),
    "judges.surroundings.QUALIFIERS": (surroundings.QUALIFIERS, "its words for “at least”, “more than”, “about”"),
    "judges.surroundings.QUALIFIERS_AFTER": (surroundings.QUALIFIERS_AFTER, "the same behind a figure"),
    "judges.surroundings.ALTERED": (surroundings.ALTERED, "its words that change these: “not”, “slightly”"),
    "judges.surroundings.SIGNS": (surroundings.SIGNS, "its word for “minus”"),
    "judges.surroundings.MULTIPLIERS": (surroundings.MULTIPLIERS, "its words for “hundreds” and “dozens”"),
    "judges.endings.MISFITS": (endings.MISFITS, "endings that make another thing of a figure"),
    "judges.frames.UNITS": (frames.UNITS, "its units of time"),
    "judges.frames.FRAMES": (frames.FRAMES, "its words for “from”, “until” and “after” a year"),
    "typography.RULES_BY_LANGUAGE": (typography.RULES_BY_LANGUAGE, "where its spaces must not break"),
    "audit.pdfs.lineends.PAIRS": (lineends.PAIRS, "what its lines do not end between, beside numbers and their units"),
    "judges.signs.ALPHABETS": (signs.ALPHABETS, "its letters, in the script that it is written in"),
    "judges.signs.SIGNS": (signs.SIGNS, "words and endings that no other of our languages has"),
    "judges.signs.NAMES_OF": (signs.NAMES_OF, "its English name"),
    "judges.stems.ENDINGS": (stems.ENDINGS, "endings of its words, for the term base"),
    "judges.spelling.DICTIONARIES": (spelling.DICTIONARIES, "its dictionary of Hunspell, if there is one"),
    "figures.SCALE_STYLE": (figures.SCALE_STYLE, "whether it writes “million” in full"),
}
"""The tables that have a row for each language: name, table, and what the row says."""


def needs(root: Path, tag: str, publications: Iterable[str]) -> Iterator[str]:
    """What is missing before a language can be published, in the code and in the project; a line for each."""
    language = language_of(tag)
    for name, (table, what) in TABLES.items():
        if tag not in table and language != SOURCE:
            yield f"{name}: {what}"
    if not any(tag in row for row in figures.CURRENCIES.values()):
        yield "figures.CURRENCIES: the words of amounts of money, where CLDR's are not the official ones"
    if not hyphenation.known(tag):
        yield "hyphenation.PATTERNS: where words are divided, since Pyphen has none (kazakh.py shows how)"
    if lacking := _lacking(language, root):
        yield f"templates/fonts: letters that the typefaces lack: {lacking}"
    for id in publications:
        settings = read_mapping(root / "content" / id / CONFIGURATION, root)
        if tag not in listed_languages(settings):
            yield f"content/{id}/{CONFIGURATION}: {tag} in the list “languages”"


def _lacking(language: Language, root: Path) -> str:
    """The letters of CLDR's own words in a language, as far as one of the typefaces has no glyph for them."""
    typefaces = faces(root / "templates" / "fonts")
    common = frozenset[int].intersection(*(face.characters for face in typefaces))
    found = [letter for letter in letters_of(language) if ord(letter) not in common]
    return " ".join(found[:_SHOWN]) + (f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else "")


_SHOWN = 20
