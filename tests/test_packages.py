"""A package from outside is unpacked within bounds, and holds nothing that leads out of it."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress

import pytest

from kzpub import packages
from tests.hostile.make import packed


def test_a_package_is_its_parts() -> None:
    parts = {"a.xml": b"<a/>", "b/c.png": bytes(1000)}
    entries, found = packages.unpacked(packed(parts))
    assert (found, [entry.filename for entry in entries]) == (parts, list(parts))


@pytest.mark.parametrize(
    ("parts", "cause"),
    [
        pytest.param({"a": bytes(50_000_001)}, "would have 50,000,001 bytes", id="a part that bursts"),
        pytest.param({f"{n}": bytes(40_000_000) for n in range(4)}, "it would have 160,000,000", id="all that burst"),
        pytest.param({f"{n}": b"" for n in range(1001)}, "it has 1,001 parts", id="many parts"),
        pytest.param({"../a": b""}, "leads out", id="a folder above"),
        pytest.param({"a/../../b": b""}, "leads out", id="a folder above, further in"),
        pytest.param({"/a": b""}, "leads out", id="a whole path"),
        pytest.param({"C:/a": b""}, "leads out", id="a drive"),
        pytest.param({"a.xml": b"<!DOCTYPE a><a/>"}, "a.xml has a DOCTYPE", id="a DOCTYPE"),
        pytest.param({"a.rels": "<a/>".encode("utf-16")}, "is not UTF-8", id="another encoding"),
    ],
)
def test_what_is_no_sound_package_is_refused(parts: dict[str, bytes], cause: str) -> None:
    with pytest.raises(ValueError, match=cause):
        packages.unpacked(packed(parts))


def test_a_package_of_any_damaged_byte_is_read_or_refused() -> None:
    data = packed({"[Content_Types].xml": b"<a/>" * 20, "b.xml": b"<b/>"})
    for position in range(len(data)):
        for value in (0, 0xFF, data[position] ^ 1):
            changed = data[:position] + bytes([value]) + data[position + 1 :]
            with suppress(ValueError):
                packages.unpacked(changed)


def test_a_part_in_another_way_of_packing_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as package:
        package.writestr("a", b"a")
    with pytest.raises(ValueError, match="in a way that Word does not use"):
        packages.unpacked(buffer.getvalue())
