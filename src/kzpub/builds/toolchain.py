"""What finished files owe to the machine: this program, the libraries that make them, the system's text layout.

It is part of every key: with another version of any of these a file may differ, and is made again.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

LIBRARIES = (
    "babel", "brotli", "cffi", "charset_normalizer", "click", "contourpy", "cryptography", "cssselect2", "cycler",
    "fonttools", "jinja2", "kiwisolver", "lxml", "markdown_it_py", "markupsafe", "matplotlib", "mdit_py_plugins",
    "mdurl", "numpy", "ooxml_integrity", "openxml_audit", "packaging", "page_validation", "pdfminer_six",
    "pdfplumber", "pillow", "polib", "pycparser", "pydyf", "pygments", "pyparsing", "pypdfium2", "pyphen",
    "python_dateutil", "python_docx", "python_pptx", "pyyaml", "rich", "tinycss2", "tinyhtml5",
    "typing_extensions", "tzdata", "uharfbuzz", "weasyprint", "webencodings", "xlsxwriter", "zopfli",
)  # fmt: skip
"""The distributions that kzpub installs, as their folders of metadata are called; a test holds the list."""

_SYSTEM = (
    "libfontconfig.so.1", "libfreetype.so.6", "libglib-2.0.so.0", "libharfbuzz.so.0", "libharfbuzz-subset.so.0",
    "libpango-1.0.so.0", "libpangoft2-1.0.so.0",
)  # fmt: skip
_SYSTEM_FOLDERS = ("/usr/local/lib", "/usr/lib/{triplet}", "/lib/{triplet}", "/usr/lib64", "/usr/lib", "/lib")


@cache
def versions() -> dict[str, str]:
    """Each tool with its version, as far as the files on this machine tell; sorted by name."""
    python = ".".join(map(str, sys.version_info[:3])) + " -O" * bool(sys.flags.optimize)  # it leaves out assertions
    found = {"python": python, "machine": f"{sys.platform} {_machine()}"}
    return dict(sorted((found | dict(_installed()) | dict(_of_the_system()) | {"kzpub": _own()}).items()))


def _machine() -> str:
    return os.uname().machine if hasattr(os, "uname") else os.environ.get("PROCESSOR_ARCHITECTURE", "")


def _installed() -> Iterator[tuple[str, str]]:
    """Versions by the names of metadata folders: reading the metadata itself would take ten times as long."""
    for folder in reversed(sys.path):  # the first that is found on the path is the one that is imported
        for name in os.listdir(folder) if os.path.isdir(folder) else ():
            if name.endswith(".dist-info"):
                library, _, version = name.removesuffix(".dist-info").partition("-")
                if (known := library.lower().replace(".", "_")) in LIBRARIES:
                    yield known, version


def _of_the_system() -> Iterator[tuple[str, str]]:
    """Libraries of the system by what their names stand for: libpango-1.0.so.0 is a link to one with its version."""
    triplet = getattr(sys.implementation, "_multiarch", "")
    for folder in reversed(_SYSTEM_FOLDERS):
        for library in _SYSTEM:
            path = f"{folder.format(triplet=triplet)}/{library}"
            if os.path.exists(path):
                yield library.partition(".so")[0], os.path.realpath(path).rpartition(".so.")[2]


def has(program: str) -> bool:
    """Whether a program can be started by its name."""
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep)
    return any(os.access(os.path.join(folder, program), os.X_OK) for folder in folders)


def _own() -> str:
    """A digest of this program: a change of any module may change what is made."""
    digest = hashlib.sha256()
    here = Path(__file__).parent.parent
    for folder, _, names in sorted(os.walk(here)):
        for name in sorted(names):
            if name.endswith((".py", ".java")):
                path = os.path.join(folder, name)
                with open(path, "rb") as file:
                    digest.update(f"{os.path.relpath(path, here)}\n".encode() + file.read())
    return digest.hexdigest()[:16]
