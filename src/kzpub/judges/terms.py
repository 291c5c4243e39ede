"""The term base of a publication, ``terms.yaml``: names and terms, and whether a translation has them as agreed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from kzpub.errors import Place, Problem, fail, raise_if_any
from kzpub.judges.alphabets import mixed
from kzpub.judges.stems import occurrences, words
from kzpub.languages import LANGUAGES, SOURCE, Language
from kzpub.model import Term
from kzpub.yamlfile import Mapping as Fields
from kzpub.yamlfile import Scalar, Tree, read_entries

TERMS = "terms.yaml"
_KINDS = ("term", "name")
_TAGS = tuple(tag for tag in LANGUAGES if tag != SOURCE.tag)
_ID = re.compile(r"[a-z][a-z0-9_]*")


# -- Reading ---------------------------------------------------------------------------------------------------------


def read_terms(folder: Path, root: Path) -> tuple[Term, ...]:
    """The terms of a publication, none if it has no such file. Raises ``KzpubError`` with everything that is wrong."""
    found = read_entries(folder / TERMS, root, _term)
    raise_if_any(_twice(found))
    return found


def _term(id: str, tree: Tree, place: Place) -> Term:
    if not _ID.fullmatch(id):
        raise fail("term-id", f"“{id}” is no name of a term", place, "small letters, digits and _, a letter first")
    if not isinstance(tree, Fields):
        raise fail("yaml-type", f"the term “{id}” has no fields", place, "write source, kind and a list for a language")
    tree.only(("source", "kind", *_TAGS, "forbidden", "note"), ("source", "kind"))
    if "note" in tree.items:
        tree.text("note")
    if (kind := tree.text("kind")).text not in _KINDS:
        raise fail("term-kind", f"unknown kind “{kind.text}”", kind.place, f"known: {', '.join(_KINDS)}")
    source = (
        _phrases(tree, "source") if not isinstance(tree.items["source"], Scalar) else (_phrase(tree.text("source")),)
    )
    forms = _by_language(tree, " ".join(source))
    if not forms:
        raise fail("term-forms", f"“{id}” is said in no language", place, f"add a list: {', '.join(_TAGS)}")
    term = Term(id, kind.text, source, forms, _forbidden(tree, " ".join(source)), place)
    raise_if_any(_contradictions(term))
    return term


def _forbidden(tree: Fields, source: str) -> dict[str, tuple[str, ...]]:
    if "forbidden" not in tree.items:
        return {}
    forbidden = tree.items["forbidden"]
    if not isinstance(forbidden, Fields):
        hint = "write a list for a language under it: “kk: [one, two]”"
        raise fail("yaml-type", "“forbidden” has no languages", forbidden.place, hint)
    forbidden.only(_TAGS, ())
    return _by_language(forbidden, source)


def _by_language(fields: Fields, source: str) -> dict[str, tuple[str, ...]]:
    """What each language says; a letter typed in another alphabet would make the check demand the slip."""
    given = {tag: fields.texts(tag) for tag in _TAGS if tag in fields.items}
    raise_if_any(
        replace(problem, code="term-letters")
        for tag, texts in given.items()
        for text in texts
        for problem in mixed(source, text.text, LANGUAGES[tag], text.place)
    )
    return {tag: tuple(map(_phrase, texts)) for tag, texts in given.items()}


def _phrases(fields: Fields, key: str) -> tuple[str, ...]:
    return tuple(map(_phrase, fields.texts(key)))


def _phrase(given: Scalar) -> str:
    if not words(given.text):
        raise fail("term-empty", f"“{given.text}” has no word", given.place, "write what is said, in words")
    return given.text


def _contradictions(term: Term) -> Iterator[Problem]:
    for tag, variants in term.forbidden.items():
        for variant in variants:
            if any(occurrences(variant, words(form), tag) for form in term.forms.get(tag, ())):
                cause = f"“{variant}” of {term.id} is forbidden, and an accepted form has it"
                yield Problem("term-contradiction", cause, term.place, "take one of them out")


def _twice(terms: Iterable[Term]) -> Iterator[Problem]:
    """Two terms that English says alike: nobody could know which is meant."""
    known: dict[str, str] = {}
    for term in terms:
        for variant in term.source:
            other = known.setdefault(variant.lower(), term.id)
            if other != term.id:
                cause = f"“{variant}” is of {other} and of {term.id}"
                yield Problem("term-twice", cause, term.place, "keep one of them")


# -- Checking --------------------------------------------------------------------------------------------------------


def problems(
    source: str, translation: str, terms: Iterable[Term], language: Language, place: Place
) -> Iterator[Problem]:
    """What a translation does with the terms of its source; both are plain texts as printed."""
    tag, said = language.tag, words(translation)
    present = [term for term in _present(source, terms) if tag in term.forms or tag in term.forbidden]
    standing = {term.id: _standing(term.forms.get(tag, ()), said, tag) for term in present}
    rightly = set().union(*standing.values())
    for term in present:
        wrong = [form for form in term.forbidden.get(tag, ()) if _standing((form,), said, tag) - rightly]
        hint = (
            f"write {' or '.join(f'“{form}”' for form in term.forms.get(tag, ()))}" if tag in term.forms else "reword"
        )
        if wrong:
            yield Problem("term-forbidden", f"[{tag}] “{wrong[0]}” for “{term.source[0]}”", place, hint)
        elif tag in term.forms and not standing[term.id]:
            code = "name-differs" if term.kind == "name" else "term-differs"
            cause = f"[{tag}] “{term.source[0]}” is not said as the term base has it"
            yield Problem(code, cause, place, f"{hint}, as {term.place} has it")


def _standing(forms: Iterable[str], said: tuple[str, ...], tag: str) -> set[int]:
    """The positions of the words that say one of the forms."""
    return {position for form in forms for found in occurrences(form, said, tag) for position in found}


def _present(source: str, terms: Iterable[Term]) -> list[Term]:
    """The terms of an English text; where one lies within another, the longer one."""
    folded = _folded(source)
    spans = [
        (match.start(), match.end(), term)
        for term in terms
        for variant in term.source
        if _core(variant) in folded
        for match in _pattern(variant, term.kind).finditer(source)
    ]
    kept: list[tuple[int, int, Term]] = []
    for start, end, term in sorted(spans, key=lambda span: span[0] - span[1]):
        if all(end <= other_start or start >= other_end for other_start, other_end, _ in kept):
            kept.append((start, end, term))
    return list({term.id: term for _, _, term in sorted(kept, key=lambda span: span[0])}.values())


@cache
def _core(variant: str) -> str:
    """Letters that stand wherever a term does, in any form: its longest piece without what changes at its end."""
    return max(map(_folded, re.split(r"['’\s]", variant[:-1])), key=len)


def _folded(text: str) -> str:
    """A text without the differences that IGNORECASE overlooks; to it, the Turkish letters are i as well."""
    return text.translate({0x130: "i", 0x131: "i"}).casefold()


@cache
def _pattern(variant: str, kind: str) -> re.Pattern[str]:
    """How a term stands in an English text: in the plural or the possessive too."""
    *others, last = map(_either_mark, variant.split())
    plural = f"(?:{last}(?:e?s)?|{last[:-1]}ies)" if last.endswith("y") else f"{last}(?:e?s)?"
    expression = r"\s+".join((*others, plural))
    return re.compile(rf"(?<!\w){expression}(?:['’]s?)?(?!\w)", re.IGNORECASE if kind == "term" else 0)


def _either_mark(word: str) -> str:
    return re.sub("['’]", "['’]", re.escape(word))


def names(terms: Iterable[Term], language: Language) -> tuple[str, ...]:
    """The accepted forms of names: they may be in letters that are not the language's (Human Rights Watch)."""
    return tuple(form for term in terms if term.kind == "name" for form in term.forms.get(language.tag, ()))


def allowed_words(terms: Iterable[Term], language: Language) -> Collection[str]:
    """The words that the accepted forms of a language are made of, for ``spelling.advice``."""
    return {word for term in terms for form in term.forms.get(language.tag, ()) for word in words(form)}
