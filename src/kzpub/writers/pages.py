"""Jinja2 templates of ``templates/``: names that are not there are errors, every value is escaped."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateSyntaxError

from kzpub.errors import Place, fail
from kzpub.inlines import plain


@cache
def _environment(folder: Path) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(folder, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["plain"] = plain
    environment.globals["drawing"] = partial(_drawing, folder)
    return environment


def _drawing(folder: Path, name: str) -> str:
    """An SVG file of the templates as an address that a stylesheet can use; a finished file opens no other."""
    return f"data:image/svg+xml,{quote(' '.join((folder / name).read_text('utf-8').split()))}"


def render(folder: Path, name: str, **values: Any) -> str:
    """A template filled. Raises ``KzpubError`` for one that is missing, malformed or asks for what is not there."""
    try:
        return _environment(folder).get_template(name).render(values)
    except TemplateSyntaxError as error:
        place = Place(f"templates/{error.name or name}", error.lineno)
        raise fail("template-syntax", error.message or "malformed template", place, "see docs/designers.md") from None
    except Exception as error:  # a template can run into anything
        cause = f"the template cannot be filled: {type(error).__name__}: {error}"
        raise fail(
            "template-fill", cause, Place(f"templates/{name}"), "see docs/designers.md for the names it may use"
        ) from None
