"""Write ``writers/declarations.py`` anew, for another WeasyPrint: ``python tools/declarations.py``.

cffi calls this its out-of-line mode: what it makes of declarations of C is kept, and not made in every process.
"""

from __future__ import annotations

import ast
import hashlib
import io
import tempfile
from contextlib import redirect_stdout
from importlib.util import find_spec
from pathlib import Path
from pprint import pformat

import cffi

MODULE = Path(__file__).resolve().parent.parent / "src" / "kzpub" / "writers" / "declarations.py"

_HEAD = '''\
"""What cffi makes of the declarations of C in WeasyPrint, so that no process parses them; made by a program.

``python tools/declarations.py`` writes this module. It is for declarations of one digest, and for no other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

'''


def declared() -> str:
    """The declarations that WeasyPrint gives to cffi, read from its source, which is not run."""
    package = find_spec("weasyprint")
    assert package is not None
    assert package.origin is not None
    source = (Path(package.origin).parent / "text" / "ffi.py").read_text("utf-8")
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    (text,) = (ast.literal_eval(call.args[0]) for call in calls if ast.unparse(call.func) == "ffi.cdef")
    return str(text)


def made(text: str) -> dict[str, object]:
    """What cffi makes of declarations, by the names that its out-of-line modules have for it."""
    ffi = cffi.FFI()
    ffi.cdef(text)
    ffi.set_source("declarations", None)
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(io.StringIO()):
        path = Path(folder) / "declarations.py"
        ffi.emit_python_code(str(path))
        call = next(node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))
    return {str(each.arg): ast.literal_eval(each.value) for each in call.keywords}


def module() -> str:
    """The text of the module."""
    text = declared()
    digest = hashlib.sha256(text.encode()).hexdigest()
    data = pformat(made(text), width=118, compact=True, sort_dicts=False)
    return f'{_HEAD}DIGEST = "{digest}"\n\n# fmt: off\n# ruff: noqa: ISC004\nMADE: Mapping[str, Any] = {data}\n'


if __name__ == "__main__":
    MODULE.write_text(module(), "utf-8")
