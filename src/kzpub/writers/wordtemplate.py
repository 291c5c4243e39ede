"""What a Word template from outside may hold, judged before it is filled: styles, placeholders, pictures, page fields.

Section numbers are those of ECMA-376, part 1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from kzpub import inputs
from kzpub.audit.checking import Finished
from kzpub.audit.word import package
from kzpub.audit.word.file import WordFile, find, opened, tag
from kzpub.errors import KzpubError, Place, fail
from kzpub.languages import SOURCE
from kzpub.markdown import may_be_linked

FIELDS = ("PAGE", "NUMPAGES", "SECTIONPAGES", "STYLEREF", "TOC", "PAGEREF", "REF", "SEQ")
"""Fields (§17.16.5) that count pages or repeat what is in the document."""
_STRANGE = ("altChunk", "subDoc", "object", "control", "vanish", "specVanish", "mailMerge", "commentReference")
_CHANGES = " | ".join(f".//w:{name}" for name in package.REVISIONS if name != "proofErr")
_OBJECTS = ("word/embeddings/", "customXml/", "word/comments", "word/people")
_HINT = "take it out in Word, and save the template as .docx"


def read(path: Path) -> bytes:
    """The template. Raises ``KzpubError`` if it is no Word file, or with the first thing that it may not hold."""
    data = inputs.read(path, path.parent.parent)
    place = Place(f"templates/{path.name}")
    try:
        word = opened(Finished(path, "", SOURCE.tag, "docx", data))
    except KzpubError as error:
        cause = error.problems[0].cause
        raise fail("template-docx", cause, place, "save it from Word as .docx") from None
    for cause in _faults(word):
        raise fail("template-docx", cause, place, _HINT)
    return data


def _faults(word: WordFile) -> Iterator[str]:
    names = Counter(entry.filename.lower() for entry in word.entries)
    yield from (f"{name} is in it {times} times" for name, times in names.items() if times > 1)
    yield from (f"it has {name}" for name in word.parts if name.startswith(_OBJECTS))
    yield from package.without_macros(word)
    yield from _leading_out(word)
    for name, tree in word.trees.items():
        yield from (f"{name} has <{each}>" for each in _STRANGE if find(tree, f".//w:{each}"))
        yield from (f"{name} has a mark of a change" for _ in find(tree, _CHANGES)[:1])
        yield from (f"{name} has the field “{code.strip()}”" for code in _fields(tree) if not _is_known(code))


def _leading_out(word: WordFile) -> Iterator[str]:
    for part in ("", *word.parts):
        for relation in word.relations(part).values():
            if relation.external and (relation.kind != "hyperlink" or not may_be_linked(relation.target)):
                yield f"{part or 'the package'} takes a {relation.kind} from {relation.target}"


def _fields(tree: Iterable[object]) -> Iterator[str]:
    """The instructions of fields, each from its beginning on (§17.16.18): runs and paragraphs may part its letters."""
    codes: list[str] = []
    for each in find(tree, ".//w:fldChar | .//w:instrText | .//w:fldSimple"):  # type: ignore[arg-type]
        if each.tag == tag("w:fldSimple"):
            yield each.get(tag("w:instr")) or ""
        elif each.tag == tag("w:instrText"):
            codes[-1:] = ["".join((*codes[-1:], each.text or ""))]
        elif each.get(tag("w:fldCharType")) == "begin":
            codes.append("")
    yield from codes


def _is_known(code: str) -> bool:
    return (code.split() or [""])[0].upper() in FIELDS
