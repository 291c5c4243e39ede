"""Files put in place all together, or none of them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from errno import EISDIR
from pathlib import Path

from kzpub.errors import Place, fail


def publish(files: Mapping[Path, bytes]) -> None:
    """Write every file beside its place, then put all in place; if one cannot be, what was there before comes back.

    Raises ``KzpubError`` with the place that could not be written.
    """
    waiting = {path: path.with_name(f".{path.name}.{os.getpid()}") for path in files}
    try:
        for final, data in zip(waiting, files.values(), strict=True):
            if final.is_dir():
                raise IsADirectoryError(EISDIR, "a folder where a file should be", str(final))
            final.parent.mkdir(parents=True, exist_ok=True)
            waiting[final].write_bytes(data)
        _put_in_place(waiting)
    except OSError as error:
        shown = Place(str(error.filename2 or error.filename or next(iter(files))))
        raise fail(
            "output", error.strerror or str(error), shown, "check the folder’s rights and the free space"
        ) from None
    finally:
        for temporary in waiting.values():
            with suppress(OSError):  # where a folder should be there may be a file
                temporary.unlink()


def _put_in_place(waiting: dict[Path, Path]) -> None:
    """Rename each file to its final name; on an error, undo the renames that were done."""
    kept: dict[Path, Path] = {}
    try:
        for final, temporary in waiting.items():
            old = temporary.with_name(f"{temporary.name}.old")
            if final.exists():
                final.replace(old)
            kept[final] = old
            temporary.replace(final)
    except BaseException:
        for final, old in kept.items():
            final.unlink(missing_ok=True)
            if old.exists():
                old.replace(final)
        raise
    for old in kept.values():
        old.unlink(missing_ok=True)
