"""Files that no editor writes: links, pipes, packages and pictures that are not what they say."""

from __future__ import annotations

import io
import os
import shutil
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from tests.hostile.bank import WORD, Change, put


def gone(path: str) -> Change:
    """A file that is not there."""
    return lambda root: (root / path).unlink()


def folder(path: str) -> Change:
    return lambda root: (root / path).mkdir()


def fifo(path: str) -> Change:
    """A named pipe, on which a reader would wait for ever."""
    return lambda root: os.mkfifo(root / path)


def link(path: str, target: str) -> Change:
    """A symbolic link in the place of a file."""

    def change(root: Path) -> None:
        (root / path).unlink(missing_ok=True)
        (root / path).symlink_to(target)

    return change


def moved(old: str, new: str) -> Change:
    """A file or folder under another name."""
    return lambda root: shutil.move(root / old, root / new)


def grown(path: str, line: str, times: int) -> Change:
    """A file with a line more, again and again."""
    more = "".join(line.format(n) for n in range(times))
    return lambda root: put(path, (root / path).read_text("utf-8") + more)(root)


# -- Pictures --------------------------------------------------------------------------------------------------------


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(
    width: int = 8, height: int = 8, *, rows: int | None = None, more: tuple[tuple[bytes, bytes], ...] = ()
) -> bytes:
    """A grey PNG of one bit a pixel, with as many rows as are said, and other chunks before its data."""
    packer = zlib.compressobj(9)
    line = bytes(1 + (width + 7) // 8)
    data = b"".join(packer.compress(line) for _ in range(height if rows is None else rows)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = [(b"IHDR", header), *more, (b"IDAT", data), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*each) for each in chunks)


# -- Packages --------------------------------------------------------------------------------------------------------

Parts = dict[str, bytes]


def repacked(change: Callable[[Parts], object], path: str = WORD) -> Change:
    """The Word template with other parts."""

    def repack(root: Path) -> None:
        with zipfile.ZipFile(root / path) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        change(parts)
        put(path, packed(parts))(root)

    return repack


def packed(parts: Parts) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def part(name: str, old: str, new: str) -> Callable[[Parts], object]:
    """Another text in a part."""

    def change(parts: Parts) -> None:
        assert old.encode() in parts[name], (name, old)
        parts[name] = parts[name].replace(old.encode(), new.encode(), 1)

    return change


def with_part(name: str, data: bytes) -> Callable[[Parts], object]:
    """One part more, or another in its place."""
    return lambda parts: parts.update({name: data})


def related(kind: str, target: str, *, outside: bool = True, of: str = "document") -> Callable[[Parts], object]:
    """A part refers to something more."""
    namespace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    mode = ' TargetMode="External"' if outside else ""
    more = f'<Relationship Id="rIdBad" Type="{namespace}/{kind}" Target="{target}"{mode}/></Relationships>'

    def change(parts: Parts) -> None:
        name = f"word/_rels/{of}.xml.rels"
        empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
        parts[name] = parts.get(name, empty).replace(b"</Relationships>", more.encode())

    return change


def together(*changes: Callable[[Parts], object]) -> Callable[[Parts], object]:
    return lambda parts: [change(parts) for change in changes]
