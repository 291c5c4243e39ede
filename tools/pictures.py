"""Make the pictures of the documentation from freshly built files: ``python tools/pictures.py`` (needs poppler)."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from PIL import Image

from kzpub.cli import main

ROOT = Path(__file__).resolve().parent.parent
PAGES, WIDTH, GAP = (1, 2, 6), 520, 16


def pages(pdf: Path, folder: Path) -> list[Image.Image]:
    """The chosen pages of a file, as pictures of one width."""
    found = []
    for page in PAGES:
        stem = folder / f"page-{page}"
        numbers = ["-f", str(page), "-l", str(page)]
        subprocess.run(
            ["pdftoppm", "-png", "-singlefile", *numbers, "-scale-to-x", str(WIDTH), "-scale-to-y", "-1", pdf, stem],
            check=True,
        )
        found.append(Image.open(stem.with_suffix(".png")).convert("RGB"))
    return found


def side_by_side(pictures: list[Image.Image]) -> Image.Image:
    """Pictures in a row on a grey ground."""
    height = max(picture.height for picture in pictures)
    sheet = Image.new("RGB", (GAP + len(pictures) * (WIDTH + GAP), height + 2 * GAP), "#d5dbde")
    for position, picture in enumerate(pictures):
        sheet.paste(picture, (GAP + position * (WIDTH + GAP), GAP))
    return sheet


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        main(["--format", "pdf", "--quiet", "--out", name], ROOT)
        for language in ("en", "kk", "ru"):
            pdf = folder / "human-rights-factsheet" / f"human-rights-factsheet-{language}.pdf"
            sheet = side_by_side(pages(pdf, folder)).quantize(64)
            sheet.save(ROOT / "docs" / "pictures" / f"factsheet-{language}.png", optimize=True)
