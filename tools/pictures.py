"""Make the pictures of the documentation from finished files: ``python tools/pictures.py``.

PDF pages are drawn by PDFium, web pages by Chromium, Word files by LibreOffice (through PDF). A test draws each picture
again and compares, so that none goes stale.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Playwright, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
WIDTH, GAP, GROUND = 520, 16, "#d5dbde"
DESKTOP, PHONE = (1180, 1669), (390, 844)
UNHINTED = {"FONTCONFIG_FILE": str(Path(__file__).with_name("pictures.fonts.conf"))}
BLOCK, TOLERANCE = 8, 10
"""Two pictures are alike if no block of 8 × 8 pixels differs by more than this on average, of 255."""


# -- What there is ---------------------------------------------------------------------------------------------------


def pictures(files: Path, browser: Browser, scratch: Path) -> dict[str, Image.Image]:
    """All pictures by name, from a folder of finished files; what LibreOffice leaves goes into ``scratch``."""
    made = {f"factsheet-{tag}": side_by_side(pdf_pages(_file(files, tag, "pdf"), (1, 2, 6))) for tag in _TAGS}
    one_design = (
        *pdf_pages(_file(files, "kk", "pdf"), (1,)),
        *pdf_pages(through_libreoffice(_file(files, "kk", "docx"), scratch), (1,)),
        web_page(_file(files, "kk", "html"), browser, DESKTOP),
    )
    screens = [web_page(_file(files, tag, "html"), browser, PHONE, dark=tag == "kk") for tag in _TAGS]
    return {**made, "formats-kk": side_by_side(one_design), "phones": side_by_side(screens)}


_TAGS = ("en", "kk", "ru")


def _file(files: Path, tag: str, format: str) -> Path:
    return files / f"human-rights-factsheet-{tag}.{format}"


# -- Drawing ---------------------------------------------------------------------------------------------------------


def pdf_pages(path: Path, numbers: Iterable[int]) -> list[Image.Image]:
    """The chosen pages of a file, from 1, as pictures of one width."""
    with pypdfium2.PdfDocument(path) as document:
        pages = [document[number - 1] for number in numbers]
        return [page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB") for page in pages]


def through_libreoffice(path: Path, folder: Path) -> Path:
    """A Word file as LibreOffice prints it."""
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
    unhinted = {**os.environ, **UNHINTED}
    subprocess.run([*command, "--outdir", folder, path], check=True, capture_output=True, timeout=180, env=unhinted)
    return folder / f"{path.stem}.pdf"


def launched(playwright: Playwright, path: str) -> Browser:
    """A browser that draws letters as LibreOffice does here: unhinted."""
    arguments = ["--no-sandbox", "--disable-gpu"]
    return playwright.chromium.launch(executable_path=path, args=arguments, env={**os.environ, **UNHINTED})


def web_page(path: Path, browser: Browser, size: tuple[int, int], *, dark: bool = False) -> Image.Image:
    """The top of a page in a window of a size in CSS pixels, as a picture of the one width."""
    width, height = size
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light")
    page.goto(path.as_uri())
    with tempfile.NamedTemporaryFile(suffix=".png") as file:
        page.screenshot(path=file.name)
        page.close()
        return Image.open(file.name).convert("RGB").resize((WIDTH, WIDTH * height // width), Image.Resampling.LANCZOS)


def side_by_side(parts: Iterable[Image.Image]) -> Image.Image:
    """Pictures in a row on a grey ground, in 64 colours."""
    row = list(parts)
    height = max(picture.height for picture in row)
    sheet = Image.new("RGB", (GAP + len(row) * (WIDTH + GAP), height + 2 * GAP), GROUND)
    for position, picture in enumerate(row):
        sheet.paste(picture, (GAP + position * (WIDTH + GAP), GAP))
    return sheet.quantize(64)


def alike(one: Image.Image, other: Image.Image) -> bool:
    """Whether two pictures show the same, but for what another version of a program draws a shade darker."""
    if one.size != other.size:
        return False
    difference = ImageChops.difference(one.convert("L"), other.convert("L")).reduce(BLOCK)
    return int(difference.getextrema()[1]) <= TOLERANCE  # type: ignore[arg-type]


if __name__ == "__main__":
    from kzpub.cli import main

    with tempfile.TemporaryDirectory() as out, sync_playwright() as playwright:
        if main(["--release", "--quiet", "--publication", "human-rights-factsheet", "--out", out], ROOT):
            sys.exit(1)
        chromium = launched(playwright, "/usr/bin/chromium")
        for name, picture in pictures(Path(out) / "human-rights-factsheet", chromium, Path(out)).items():
            picture.save(FOLDER / f"{name}.png", optimize=True)
        chromium.close()
