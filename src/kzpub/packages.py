"""A package (ZIP) from outside, such as a Word file, unpacked within bounds before anything else reads it."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

MOST, LARGEST, ALTOGETHER = 1_000, 50_000_000, 150_000_000
"""Parts of a package, and unpacked bytes of one and of all: twenty times what is here."""
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_NAME = re.compile(r"(?!/)(?!.*(?:^|/)\.\.?(?:/|$))[^\\:\0]+")
_XML = (".xml", ".rels")


def unpacked(data: bytes) -> tuple[tuple[zipfile.ZipInfo, ...], dict[str, bytes]]:
    """The entries of a package and the bytes of its parts. Raises ``ValueError`` with what is wrong with it.

    Python unpacks no more of a part than its entry says, and then finds that its checksum is another.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = tuple(package.infolist())
            _require_bounded(entries)
            parts = {entry.filename: package.read(entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError) as error:
        raise ValueError(f"it is no whole package: {str(error) or type(error).__name__}") from None
    for name, part in parts.items():
        if name.endswith(_XML) and (b"<!DOCTYPE" in part or b"\0" in part):
            raise ValueError(f"{name} has a DOCTYPE, or is not UTF-8")
    return entries, parts


def _require_bounded(entries: tuple[zipfile.ZipInfo, ...]) -> None:
    if len(entries) > MOST:
        raise ValueError(f"it has {len(entries):,} parts")
    for entry in entries:
        if entry.file_size > LARGEST:
            raise ValueError(f"{entry.filename} would have {entry.file_size:,} bytes")
        if entry.flag_bits & 1 or entry.compress_type not in _PACKED:
            raise ValueError(f"{entry.filename} is encrypted, or packed in a way that Word does not use")
        if not _NAME.fullmatch(entry.filename):
            raise ValueError(f"{entry.filename} leads out of the package")
    if (whole := sum(entry.file_size for entry in entries)) > ALTOGETHER:
        raise ValueError(f"it would have {whole:,} bytes")
