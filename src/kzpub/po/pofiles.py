"""Templates and catalogues as text; entries in which nothing changed stay as their translator's tool wrote them.

Files are written without line wrapping and with file names but no line numbers, so that an update changes only what the
source changed.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import unescape, write_po

from kzpub.languages import Language
from kzpub.model import Message

_STRING = r'"(?:[^"\\]|\\.)*"'
_NO_WRAP = 1_000_000  # at width 0 Babel still wraps “#|” lines, in the middle of their strings
_VOLATILE = ('"POT-Creation-Date:', '"PO-Revision-Date:')
_MACHINES = ("#.", "#:", "#,", "#|")
_PREVIOUS = "| "  # Babel reads “#| msgid …” as a translator's comment
_BEGINS = re.compile(r"#(?!~ )|(?:#~ )?(?:msgctxt|msgid) ")
_ENDS = re.compile(r"(?:#~ )?msgstr")


def template(domain: str, messages: Iterable[Message]) -> Catalog:
    """The template (``.pot``) of a domain: messages in order, equal ones joined; a line of comment for each line."""
    catalog = empty(domain)
    for message in messages:
        place = (message.place.path, 0)
        id = message.forms if message.counted else message.text
        comments = message.comment.splitlines()
        catalog.add(id, context=message.context or None, auto_comments=comments, locations=[place])
    return catalog


def empty(domain: str, language: Language | None = None) -> Catalog:
    """A catalogue of a language, or a template, without messages."""
    catalog = Catalog(
        language.locale if language else None,
        header_comment=f"# Messages of {domain}. docs/translators.md says how to work with this file.",
        project=domain,
        version="1",
        msgid_bugs_address="the editors",
        language_team=f"{language.name} <LL@li.org>" if language else None,
        charset="utf-8",
        fuzzy=False,
    )
    if language:
        rule = f"nplurals={len(language.plurals)}; plural={language.plural_rules[0]};"
        given = dict(catalog.mime_headers) | {"Language": language.tag, "Plural-Forms": rule}
        catalog.mime_headers = list(given.items())
    return catalog


def entries(catalog: Catalog) -> list[Entry]:
    """All entries but the header and the obsolete ones."""
    return [entry for entry in catalog if entry.id]


def take_previous(entry: Entry) -> list[str]:
    """Move the previous source of an entry from its comments to its place; the comments that it was in."""
    lines = [comment for comment in entry.user_comments if comment.startswith(_PREVIOUS)]
    entry.user_comments = [comment for comment in entry.user_comments if comment not in lines]
    parts: dict[str, str] = {}
    word = ""
    for keyword, string in re.findall(rf"(?:(msg\w+) )?({_STRING})", " ".join(line[2:] for line in lines)):
        word = keyword or word
        parts[word] = parts.get(word, "") + unescape(string)
    entry.previous_id = [parts[word] for word in ("msgid", "msgid_plural") if word in parts]
    return lines


# -- Files -----------------------------------------------------------------------------------------------------------


def written(catalog: Catalog) -> str:
    """A catalogue as the text of a ``.po`` file; a template is without dates."""
    for entry in catalog:
        entry.flags.discard("python-format")  # Babel takes prose such as “100% of” for printf
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=_NO_WRAP, include_lineno=False, include_previous=True)
    identifier = str(catalog.locale_identifier)
    text = buffer.getvalue().decode("utf-8")
    text = text.replace(f'"Language: {identifier}\\n"', f'"Language: {identifier.replace("_", "-")}\\n"', 1)
    if catalog.locale is None:
        lines = text.splitlines(keepends=True)
        text = "".join(line for line in lines if not line.startswith(_VOLATILE))
    return text


def blocks(text: str) -> list[str]:
    """The entries of a file as they are written: header, live ones, obsolete ones; at last comments of none."""
    found: list[list[str]] = [[]]
    for line in filter(str.strip, text.split("\n")):
        if _BEGINS.match(line) and any(map(_ENDS.match, found[-1])):
            found.append([])
        found[-1].append(line)
    return sorted(("\n".join(lines) for lines in found if lines), key=_rank)


def _rank(block: str) -> int:
    """Babel puts obsolete entries behind all others."""
    ends = [line for line in block.split("\n") if _ENDS.match(line)]
    return 2 if not ends else int(ends[0].startswith("#~"))


def as_it_was(original: str, before: str, after: str) -> Iterator[str]:
    """The entries of ``after``, those that are the same in ``before`` as they are in the original file.

    ``before`` is what we would write of that file. Comments that machines made are ours to write anew.
    """
    ours, theirs = blocks(before), blocks(original)
    kept = {}
    if len(ours) == sum(_rank(block) < 2 for block in theirs):
        kept = {
            our: their for our, their in zip(ours, theirs, strict=False) if _by_machines(our) == _by_machines(their)
        }
    yield from (kept.get(block, block) for block in blocks(after))
    yield from (block for block in theirs if _rank(block) == 2)


def _by_machines(block: str) -> list[str]:
    return [line for line in block.split("\n") if line.startswith(_MACHINES)]
