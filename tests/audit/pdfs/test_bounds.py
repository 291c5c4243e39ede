"""A small PDF that asks for much is refused in little time."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from kzpub.audit.checking import Finished
from kzpub.audit.pdfs import structure
from kzpub.audit.verification import verify
from kzpub.errors import KzpubError
from tests.audit.damage import damaged, finished
from tests.conftest import Built, quiet

SECONDS = 5


def stream(pdf: Any, data: bytes, **entries: Any) -> Any:
    """A stream as it is written, its data not touched."""
    made = pikepdf.Stream(pdf, b"")
    made.write(data, **entries)
    return made


def bursting(pdf: Any) -> None:
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(bytes(10_000_000)) for _ in range(50)) + packer.flush()
    pdf.pages[0].Contents = stream(pdf, data, filter=Name.FlateDecode)


def twice(pdf: Any) -> None:
    data = zlib.compress(zlib.compress(bytes(500_000_000), 9), 9)
    pdf.pages[0].Contents = stream(pdf, data, filter=Array([Name.FlateDecode, Name.FlateDecode]))


def many(pdf: Any) -> None:
    data = zlib.compress(bytes(20_000_000), 9)
    pdf.pages[0].Contents = Array([pdf.make_indirect(stream(pdf, data, filter=Name.FlateDecode)) for _ in range(9)])


def drawn(pdf: Any) -> None:
    pdf.pages[0].Contents = stream(pdf, zlib.compress(b"q Q " * 8_000_000, 9), filter=Name.FlateDecode)


def run_lengths(pdf: Any) -> None:
    pdf.pages[0].Contents = stream(pdf, b"\x81 " * 1_000_000, filter=Name.RunLengthDecode)


def wide(pdf: Any) -> None:
    parameters = Dictionary(Predictor=12, Columns=2_000_000_000)
    pdf.pages[0].Contents = stream(pdf, zlib.compress(b"q"), filter=Name.FlateDecode, decode_parms=parameters)


def form(pdf: Any, inner: Any = None) -> Any:
    """A drawing that shows another four times."""
    made = pdf.make_indirect(stream(pdf, b"/F Do " * 4))
    made.Type, made.Subtype, made.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    made.Resources = Dictionary(XObject=Dictionary(F=inner or made))
    return made


def shown(pdf: Any, whole: Any) -> None:
    pdf.pages[0].Resources.XObject = Dictionary(F=whole)
    pdf.pages[0].Contents = stream(pdf, b"/F Do")


def of_itself(pdf: Any) -> None:
    shown(pdf, form(pdf))


def laughing(pdf: Any) -> None:
    whole = form(pdf)
    for _ in range(40):
        whole = form(pdf, whole)
    shown(pdf, whole)


@pytest.mark.parametrize("change", [bursting, twice, many, drawn, run_lengths, wide, laughing])
def test_a_file_that_asks_for_much_is_refused(change: Callable[[Any], None], sampler: Built) -> None:
    file = damaged(finished(sampler, "en", "pdf"), change)
    began = time.process_time()
    with pytest.raises(KzpubError, match="file-unreadable"):
        structure.of(file)
    assert time.process_time() - began < SECONDS


def test_a_drawing_that_shows_itself_is_read_once(sampler: Built) -> None:
    assert structure.of(damaged(finished(sampler, "en", "pdf"), of_itself)).pages


def test_a_table_of_objects_without_an_end_is_refused(sampler: Built) -> None:
    data = finished(sampler, "en", "pdf").data
    assert structure.read(data, "a-en.pdf").pages
    counted = (
        b"%PDF-1.7\n1 0 obj<</Type/XRef/Size 9000000000/W[0 0 1]/Root 2 0 R/Length 0>>stream\n\nendstream endobj\n"
    )
    file = counted + b"2 0 obj<</Type/Catalog/Pages 3 0 R>>endobj 3 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    began = time.process_time()
    with pytest.raises(KzpubError, match="file-unreadable"):
        structure.read(file + b"startxref\n9\n%%EOF\n", "a-en.pdf")
    assert time.process_time() - began < SECONDS


def test_a_bad_file_costs_its_own_results_and_no_others(sampler: Built) -> None:
    good = finished(sampler, "kk", "html")
    bad = damaged(finished(sampler, "en", "pdf"), bursting)
    word = Finished(Path("sampler-ru.docx"), "sampler", "ru", "docx", b"PK\3\4")
    results = {each.file.path.name: each for each in verify([good, bad, word], quiet, fast=True)}
    assert {name: each.results[0].state for name, each in results.items()} == {
        good.path.name: "passed", bad.path.name: "failed", "sampler-ru.docx": "failed",
    }  # fmt: skip
