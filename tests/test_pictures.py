"""A picture is published as it is: so it is whole, within bounds, and tells of nobody. The bank has what is refused."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PIL import Image, ImageFile

from kzpub import pictures
from kzpub.errors import KzpubError, Place
from tests.hostile.make import png

PLACE = Place("a.md", 3)


def read(data: bytes, folder: Path) -> str:
    (folder / "a.png").write_bytes(data)
    return pictures.read(folder / "a.png", folder, "a.png", PLACE).media_type


def photograph(**more: object) -> bytes:
    buffer = io.BytesIO()
    Image.effect_noise((64, 64), 50).save(buffer, "JPEG", **more)
    return buffer.getvalue()


def test_plain_pictures_are_taken(tmp_path: Path) -> None:
    assert read(png(), tmp_path) == "image/png"
    for more in ({}, {"progressive": True}, {"quality": 95}):
        assert read(photograph(**more), tmp_path) == "image/jpeg"


def test_what_says_only_how_it_is_to_be_held_is_taken(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert read(photograph(exif=exif), tmp_path) == "image/jpeg"


@pytest.mark.parametrize("make", [png, photograph], ids=["PNG", "JPEG"])
@pytest.mark.parametrize("lenient", [False, True])
def test_half_a_picture_is_none_whatever_other_libraries_have_set(make: object, lenient: bool, tmp_path: Path) -> None:
    assert callable(make)
    data, before = make(), ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = lenient  # as WeasyPrint does
    try:
        for end in range(12, len(data), 7):
            with pytest.raises(KzpubError, match=re.compile(r"a.md:3: error: .*\[image-(?:damaged|format)\]")):
                read(data[:end], tmp_path)
        assert ImageFile.LOAD_TRUNCATED_IMAGES is lenient
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before
