"""What says nothing to who hears it alone: words of links, and the names of files in the place of alternative texts."""

from __future__ import annotations

import re

_SAYS_NOTHING = frozenset(
    (
        *("here", "click here", "more", "read more", "link", "this link", "page"),
        *("мұнда", "осында", "осы сілтеме", "толығырақ", "сілтеме", "бет"),
        *("здесь", "тут", "по ссылке", "подробнее", "ссылка", "страница"),
    )
)
_FILE_NAME = re.compile(r"\S+\.(?:png|jpe?g|svg|gif|webp|ya?ml)", re.IGNORECASE)


def says_nothing(link: str) -> bool:
    """Whether the words of a link do not tell where it leads (WCAG 2.2, 2.4.4)."""
    return not any(map(str.isalpha, link)) or link.casefold().strip(" .…→»>") in _SAYS_NOTHING


def is_file_name(alternative: str) -> bool:
    """Whether an alternative text is just what its picture is called on a disk."""
    return _FILE_NAME.fullmatch(alternative) is not None
