"""Jinja2 templates of ``templates/``: names that are not there are errors, every value is escaped.

They are filled in Jinja's sandbox: a template reaches what it is given, nothing of Python's, and no file but those of
its folder. What it is given is data of the edition; no text of it is ever read as a template.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path, PurePath
from traceback import extract_tb
from typing import Any
from urllib.parse import quote

from jinja2 import FunctionLoader, StrictUndefined, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from kzpub.errors import KzpubError, Place, fail
from kzpub.inlines import plain
from kzpub.writers import svgfile
from kzpub.yamlfile import read_text

_NAME = re.compile(r"[a-z][a-z0-9-]*\.(?:html|css|svg)")


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox without the file system: an edition knows its folder."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return (attr == "as_posix" or not isinstance(obj, PurePath)) and super().is_safe_attribute(obj, attr, value)


@cache
def _environment(folder: Path) -> _Sandbox:
    environment = _Sandbox(
        loader=FunctionLoader(partial(_source, folder)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["plain"] = plain
    environment.globals["drawing"] = partial(drawing_address, folder)
    return environment


def _source(folder: Path, name: str) -> tuple[str, str, Callable[[], bool]] | None:
    """A template's text, where it is, and whether it is still that."""
    path = folder / name
    if not _NAME.fullmatch(name) or not path.exists():
        return None
    written, changed = read_text(path, folder.parent), path.stat().st_mtime_ns
    return written, str(path), lambda: path.exists() and path.stat().st_mtime_ns == changed


def drawing_address(folder: Path, name: str) -> str:
    """An SVG file of the templates as an address that a stylesheet can use; a finished file opens no other."""
    if not re.fullmatch(r"[a-z][a-z0-9-]*\.svg", name):
        raise ValueError(f"“{name}” is no SVG file of the templates")
    return f"data:image/svg+xml,{quote(svgfile.read(folder, name))}"


def render(folder: Path, name: str, **values: Any) -> str:
    """A template filled. Raises ``KzpubError`` for one that is missing, malformed or asks for what is not there."""
    try:
        return _environment(folder).get_template(name).render(values)
    except TemplateSyntaxError as error:
        place = Place(f"templates/{error.name or name}", error.lineno)
        raise fail("template-syntax", error.message or "malformed template", place, "see docs/designers.md") from None
    except KzpubError:
        raise
    except Exception as error:  # a template can run into anything
        cause = f"the template cannot be filled: {type(error).__name__}: {error}".replace(str(folder), "templates")
        hint = "see docs/designers.md for the names it may use"
        raise fail("template-fill", cause, _place(error, folder, name), hint) from None


def _place(error: Exception, folder: Path, name: str) -> Place:
    """The line of a template that an error came from."""
    frames = [frame for frame in extract_tb(error.__traceback__) if Path(frame.filename).parent == folder]
    if not frames:
        return Place(f"templates/{name}")
    return Place(f"templates/{Path(frames[-1].filename).name}", frames[-1].lineno or 0)
