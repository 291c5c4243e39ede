"""What a translation was written for, as translators' tools leave it."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from hypothesis import given
from hypothesis import strategies as st

from kzpub.errors import Place
from kzpub.languages import LANGUAGES
from kzpub.model import Figure, Message
from kzpub.po.reviews import note, seen_values

HERE = Place("a.po", 1)

NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,30}", fullmatch=True)
VALUES = st.decimals(allow_nan=False, allow_infinity=False, places=1, min_value=-(10**9), max_value=10**9)


def wrapped(*comments: str) -> Catalog:
    """A catalogue with one message, written and read by Babel, which breaks long comments."""
    catalogue = Catalog(locale="ru")
    catalogue.add("{a_figure_with_a_name} and {another_figure_with_a_name}", "да", user_comments=comments)
    file = BytesIO()
    write_po(file, catalogue)
    return read_po(BytesIO(file.getvalue()), locale="ru")


def only(catalogue: Catalog) -> Any:
    return next(message for message in catalogue if message.id)


@given(st.dictionaries(NAMES, VALUES, max_size=12))
def test_values_are_read_from_a_comment_that_was_broken(values: dict[str, Decimal]) -> None:
    comment = "figures: " + ", ".join(f"{name}={value:f}" for name, value in values.items())
    assert seen_values(only(wrapped("a word of the translator", comment, "plural: 1f2e3d4c"))) == values


@pytest.mark.parametrize("mark", ["kept as it is", "kept, too,"])
def test_a_broken_comment_is_written_in_one_line_again_and_other_words_are_kept(mark: str) -> None:
    names = ["a_figure_with_a_name", "another_figure_with_a_name"]
    figures = {
        name: Figure(name, "count", (Decimal(10**9),), Message("x", "figures/x", HERE), "1", HERE) for name in names
    }
    comment = f"figures: {', '.join(f'{name}=1000000000' for name in names)}"
    message = only(wrapped(mark, comment))
    assert comment not in message.user_comments
    note(message, LANGUAGES["ru"], "", figures)
    assert message.user_comments == [mark, comment]
    assert not message.fuzzy
