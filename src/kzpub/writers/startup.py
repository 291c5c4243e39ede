"""WeasyPrint imported for a third of what it costs: nothing searched for, nothing parsed, nothing for other typefaces.

What is done here touches names that WeasyPrint does not promise to keep; therefore its version is asserted.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import io
import sys
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stdout
from hashlib import sha256
from importlib import import_module
from types import ModuleType
from typing import Any

from kzpub.errors import KzpubError, fail
from kzpub.writers import declarations

VERSION = "70.0"


def imported() -> Any:
    """The module ``weasyprint``. Raises ``OSError`` if a system library is missing, ``KzpubError`` for another version.

    Only on Linux is this quick: there the libraries load by name.
    """
    if sys.flags.optimize:  # it does work in assertions, without which backgrounds lie elsewhere
        raise fail("environment", "WeasyPrint needs assertions", None, "run Python without -O and PYTHONOPTIMIZE")
    with ExitStack() as during:
        during.enter_context(redirect_stdout(io.StringIO()))  # where a library is missing, it prints a page of advice
        during.enter_context(warnings.catch_warnings())
        warnings.filterwarnings("ignore", "No fonts configured")  # those of the machine are no matter
        if sys.platform == "linux":
            during.enter_context(_instead(ctypes.util, "find_library", _find_nothing))
            during.enter_context(_instead(import_module("cffi"), "FFI", _ready))
            during.enter_context(_font_tools_later())
        weasyprint = import_module("weasyprint")
    if weasyprint.__version__ != VERSION:
        raise _refused(f"WeasyPrint is {weasyprint.__version__}, and kzpub is made for {VERSION}")
    return weasyprint


@contextmanager
def _instead(owner: Any, name: str, value: Any) -> Iterator[None]:
    usual = getattr(owner, name)
    setattr(owner, name, value)
    try:
        yield
    finally:
        setattr(owner, name, usual)


def _find_nothing(name: str) -> str | None:  # noqa: ARG001
    """Each of 22 searches for other names of the libraries would start a compiler."""
    return None


def _refused(cause: str) -> KzpubError:
    return fail("environment", cause, None, "run “make briefs”, which installs the locked versions")


# -- Declarations ----------------------------------------------------------------------------------------------------


def _ready() -> Any:
    """A ``cffi.FFI`` that knows the declarations already. Its calls are quicker, too: they are made in C."""
    base: Any = import_module("_cffi_backend").FFI

    class Ready(base):  # type: ignore[misc]
        def cdef(self, text: str) -> None:
            if sha256(text.encode()).hexdigest() != declarations.DIGEST:
                raise _refused(f"WeasyPrint declares other functions than version {VERSION}")

    return Ready("kzpub.writers.declarations", **declarations.MADE)


# -- fontTools -------------------------------------------------------------------------------------------------------

_NEEDED_BY = ("weasyprint.pdf.fonts", "weasyprint.text.fonts")
_FONT_TOOLS = {
    "fontTools": ("subset",),
    "fontTools.ttLib": ("TTFont", "TTLibError", "ttFont", "woff2"),
    "fontTools.varLib": (),
    "fontTools.varLib.instancer": ("instantiateVariableFont",),
}
"""What WeasyPrint imports of it, for typefaces of other kinds than ours, and where HarfBuzz cannot make subsets."""


@contextmanager
def _font_tools_later() -> Iterator[None]:
    """Stand-ins for fontTools while WeasyPrint is imported, if it will not need it."""
    if "fontTools.ttLib" in sys.modules or not _harfbuzz_makes_subsets():
        yield
        return
    before = {name: sys.modules.get(name) for name in _FONT_TOOLS}
    for name, wanted in _FONT_TOOLS.items():
        stand_in = sys.modules[name] = ModuleType(name)
        vars(stand_in).update({each: _Later(name, each) for each in wanted})
    try:
        yield
    finally:
        for name, usual in before.items():
            del sys.modules[name]
            if usual:
                sys.modules[name] = usual


def _harfbuzz_makes_subsets() -> bool:
    try:
        ctypes.CDLL("libharfbuzz-subset.so.0")
    except OSError:
        return False
    return True


class _Later:
    """A part of fontTools that is imported when it is used, and then put where WeasyPrint looks for it."""

    def __init__(self, module: str, name: str) -> None:
        self._place = module, name

    def __call__(self, *values: Any, **named: Any) -> Any:
        return self._itself()(*values, **named)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._itself(), name)

    def _itself(self) -> Any:
        for user in map(import_module, _NEEDED_BY):
            for name, value in list(vars(user).items()):
                if isinstance(value, _Later):
                    setattr(user, name, value._found())
        return self._found()

    def _found(self) -> Any:
        module, name = self._place
        found = import_module(module)
        return getattr(found, name) if hasattr(found, name) else import_module(f"{module}.{name}")
