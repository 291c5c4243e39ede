"""The register of figures: every kind and field read, every fault found with its line, arithmetic that is exact."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzpub.errors import KzpubError, Place
from kzpub.model import Figure, Message
from kzpub.register import read_register, unused

REGISTER = "content/x/figures.yaml"


def register(folder: Path, source: str) -> tuple[Figure[Message], ...]:
    """The figures of a publication with this register."""
    path = folder / REGISTER
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, "utf-8")
    return read_register(path.parent, folder)


def faults(folder: Path, source: str) -> list[tuple[str, int]]:
    """What is wrong with a register: codes and lines."""
    with pytest.raises(KzpubError) as caught:
        register(folder, source)
    places = [problem.place or Place("") for problem in caught.value.problems]
    assert {place.path for place in places} == {REGISTER}
    return [(problem.code, place.line) for problem, place in zip(caught.value.problems, places, strict=True)]


def counts(**values: str) -> str:
    """A register of counts, five lines each."""
    return "".join(
        f"{id}:\n  label: Some\n  kind: count\n  value: {value}\n  source: 1\n" for id, value in values.items()
    )


def derived(kind: str, arithmetic: str) -> str:
    """An entry with arithmetic, on its fourth line."""
    currency = "  currency: USD\n" if kind == "money" else ""
    return f'sum:\n  label: Some\n  kind: {kind}\n  derived: "{arithmetic}"\n{currency}  source: 1\n'


# -- What is read ----------------------------------------------------------------------------------------------------


def test_a_publication_without_a_register_has_no_figures(tmp_path: Path) -> None:
    assert read_register(tmp_path, tmp_path) == ()


def test_every_field_is_read(tmp_path: Path) -> None:
    source = (
        "# Recovered assets\n"
        "assets:\n"
        "  label: Assets recovered\n"
        "    and *used*\n"
        "  kind: money\n"
        "  currency: USD\n"
        "  value: 4000000000\n"
        "  qualifier: more than\n"
        "  as_of: 2022–2024\n"
        "  source: 5.4\n"
        '  alone: "{assets} in all"\n'
        "  note: Another ministry says less\n"
        "  independent: The [World Bank](https://example.org)\n"
    )

    def text(words: str, line: int, role: str) -> Message:
        return Message(words, "figures/assets", Place(REGISTER, line), role)

    assert register(tmp_path, source) == (
        Figure(
            id="assets",
            kind="money",
            values=(Decimal(4000000000),),
            label=text("Assets recovered and *used*", 3, "What the figure is: a noun phrase for tiles and tables"),
            source="5.4",
            place=Place(REGISTER, 2),
            as_of="2022-2024",
            qualifier="more than",
            currency="USD",
            alone=text("{assets} in all", 11, "How the figure reads where it stands alone"),
            note=text("Another ministry says less", 12, "Note on the figure for readers"),
            independent=text("The [World Bank](https://example.org)", 13, "Another source of the figure"),
        ),
    )


@pytest.mark.parametrize(
    ("kind", "written", "values"),
    [
        ("count", "46", ["46"]),
        ("count", "0", ["0"]),
        ("count", "-3", ["-3"]),
        ("count", "12.5", ["12.5"]),
        ("count", '"22000"', ["22000"]),
        ("percent", "0.05", ["0.05"]),
        ("money", "4000000000", ["4000000000"]),
        ("rank", "24", ["24"]),
        ("ordinal", "144", ["144"]),
        ("year", "2019", ["2019"]),
        ("years", "2022–2024", ["2022", "2024"]),
        ("years", "2022-2024", ["2022", "2024"]),
        ("ratio", "1:30", ["1", "30"]),
        ("date", "2024-02-29", ["2024", "2", "29"]),
    ],
)
def test_every_kind_is_read(kind: str, written: str, values: list[str], tmp_path: Path) -> None:
    more = {"money": "  currency: EUR\n"}.get(kind, '  alone: "no. {it}"\n')
    (figure,) = register(tmp_path, f"it:\n  label: It\n  kind: {kind}\n  value: {written}\n  source: 1\n{more}")
    assert figure.kind == kind
    assert figure.values == tuple(map(Decimal, values))


def test_what_is_not_written_has_its_default(tmp_path: Path) -> None:
    (figure,) = register(tmp_path, counts(it="46"))
    assert (figure.qualifier, figure.as_of, figure.currency, figure.derived) == ("exactly", "", "", ())
    assert (figure.alone, figure.note, figure.independent) == (None, None, None)


@pytest.mark.parametrize("written", ["2024", "2022–2024", "2022-2024", "2024-07-15"])
def test_the_time_of_a_figure_is_a_year_years_or_a_day(written: str, tmp_path: Path) -> None:
    (figure,) = register(tmp_path, f"{counts(it='46')}  as_of: {written}\n")
    assert figure.as_of == written.replace("–", "-")


def test_figures_come_in_the_order_of_the_file(tmp_path: Path) -> None:
    assert [figure.id for figure in register(tmp_path, counts(b="1", a="2", c="3"))] == ["b", "a", "c"]


# -- What is refused -------------------------------------------------------------------------------------------------

CENTRES = 'centres:\n  label: Crisis centres\n  kind: count\n  value: 46\n  source: "3.1"\n'
MONEY = "assets:\n  label: Assets\n  kind: money\n  currency: USD\n  value: 21\n  source: 5.4\n"
RANK = 'place:\n  label: Place\n  kind: rank\n  value: 24\n  alone: "{place} place"\n  source: 5.1\n'


@pytest.mark.parametrize(
    ("clean", "old", "new", "fault"),
    [
        # the file
        pytest.param(CENTRES, CENTRES, "- centres\n", ("yaml-type", 1), id="a list for a file"),
        pytest.param(CENTRES, CENTRES, "", ("yaml-type", 1), id="an empty file"),
        pytest.param(CENTRES, CENTRES, "centres: 46\n", ("yaml-type", 1), id="a value for an entry"),
        pytest.param(CENTRES, CENTRES, f"{MONEY}centres:\n", ("yaml-type", 7), id="an entry without fields"),
        pytest.param(CENTRES, CENTRES, CENTRES * 2, ("yaml-duplicate", 6), id="a figure twice"),
        pytest.param(CENTRES, "  value", "  kind: count\n  value", ("yaml-duplicate", 4), id="a field twice"),
        pytest.param(CENTRES, "46", "&n 46\n  note: *n", ("yaml-alias", 4), id="an alias"),
        pytest.param(CENTRES, CENTRES, f"a: &n\n{CENTRES}b: *n\n", ("yaml-alias", 1), id="an alias of an entry"),
        pytest.param(
            CENTRES, CENTRES, f"a: &n {{kind: count}}\n{CENTRES}  <<: *n\n", ("yaml-alias", 1), id="a merged alias"
        ),
        # names
        pytest.param(CENTRES, "centres:", "Centres:", ("figure-id", 1), id="a capital"),
        pytest.param(CENTRES, "centres:", "1centres:", ("figure-id", 1), id="a digit first"),
        pytest.param(CENTRES, "centres:", "_centres:", ("figure-id", 1), id="a line first"),
        pytest.param(CENTRES, "centres:", "crisis-centres:", ("figure-id", 1), id="a hyphen"),
        pytest.param(CENTRES, "centres:", "орталықтар:", ("figure-id", 1), id="letters that are not Latin"),
        pytest.param(CENTRES, "centres:", "date:", ("figure-id", 1), id="the name of the date"),
        pytest.param(CENTRES, "centres:", "period:", ("figure-id", 1), id="the name of the period"),
        pytest.param(CENTRES, "centres:", "value:", ("figure-id", 1), id="the name of a value in templates"),
        pytest.param(CENTRES, "centres:", "centres_as_of:", ("figure-id", 1), id="the name of a figure's time"),
        # fields
        pytest.param(CENTRES, "kind: count", "kind: number", ("figure-field", 3), id="an unknown kind"),
        pytest.param(CENTRES, "  kind", "  unit: km\n  kind", ("yaml-key", 3), id="an unknown field"),
        pytest.param(CENTRES, "  label: Crisis centres\n", "", ("yaml-key", 2), id="no label"),
        pytest.param(CENTRES, '  source: "3.1"\n', "", ("yaml-key", 2), id="no source"),
        pytest.param(CENTRES, "  kind: count\n", "", ("yaml-key", 2), id="no kind"),
        pytest.param(CENTRES, "Crisis centres", "", ("yaml-type", 2), id="a label without words"),
        pytest.param(CENTRES, "Crisis centres", "[a, b]", ("yaml-type", 2), id="a list for a label"),
        pytest.param(CENTRES, '"3.1"', "section 3.1", ("figure-field", 5), id="a source in words"),
        pytest.param(CENTRES, '"3.1"', "3.", ("figure-field", 5), id="a source cut off"),
        pytest.param(CENTRES, '"3.1"', '"3.1"\n  qualifier: over', ("figure-field", 6), id="an unknown qualifier"),
        pytest.param(CENTRES, '"3.1"', '"3.1"\n  as_of: last year', ("figure-field", 6), id="a time in words"),
        pytest.param(CENTRES, '"3.1"', '"3.1"\n  as_of: 24', ("figure-field", 6), id="a year cut short"),
        pytest.param(CENTRES, '"3.1"', '"3.1"\n  as_of: 2024–2022', ("figure-field", 6), id="its years reversed"),
        pytest.param(CENTRES, '"3.1"', '"3.1"\n  as_of: 2024-02-31', ("figure-field", 6), id="its 31 February"),
        pytest.param(CENTRES, '"3.1"', '"3.1"\n  as_of: 15.07.2024', ("figure-field", 6), id="its day in another form"),
        pytest.param(CENTRES, '"3.1"', '"3.1"\n  as_of:', ("yaml-type", 6), id="its time left empty"),
        # money
        pytest.param(MONEY, "  currency: USD\n", "", ("figure-unit", 2), id="money without a currency"),
        pytest.param(CENTRES, "  value", "  currency: USD\n  value", ("figure-unit", 2), id="a count with a currency"),
        pytest.param(MONEY, "USD", "GBP", ("figure-field", 4), id="an unknown currency"),
        pytest.param(MONEY, "USD", "usd", ("figure-field", 4), id="a currency in small letters"),
        # what stands alone
        pytest.param(RANK, '  alone: "{place} place"\n', "", ("figure-alone", 1), id="a rank without words"),
        pytest.param(RANK, "{place} place", "top place", ("figure-alone", 5), id="words without the value"),
        pytest.param(RANK, "{place} place", "{egov} place", ("figure-alone", 5), id="words with another value"),
        pytest.param(RANK, "{place} place", "{place} of {place}", ("figure-alone", 5), id="words with the value twice"),
        # value and arithmetic
        pytest.param(CENTRES, "  value: 46\n", "", ("figure-value", 1), id="no value"),
        pytest.param(CENTRES, "46", '46\n  derived: "46"', ("figure-value", 1), id="a value and arithmetic"),
    ],
)
def test_a_fault_of_a_register_is_found_with_its_line(
    clean: str, old: str, new: str, fault: tuple[str, int], tmp_path: Path
) -> None:
    assert len(register(tmp_path, clean)) == 1
    assert old in clean
    assert faults(tmp_path, clean.replace(old, new, 1)) == [fault]


NO_NUMBERS = (
    *("many", "22,000", "22 000", "22\u00a0000", "1_000", "0123", "1e3", "1:30", "no", ".5", "5.", "+5", "0x1F"),
    *("1/2", "30%", "$5", "--5", "٤٦", ".inf", "2024-01-01", "|\n    46"),
)


@pytest.mark.parametrize("kind", ["count", "percent", "money"])
@pytest.mark.parametrize("written", NO_NUMBERS)
def test_a_value_that_is_no_number_as_written_is_refused(written: str, kind: str, tmp_path: Path) -> None:
    currency = "  currency: USD\n" if kind == "money" else ""
    source = f"it:\n  label: It\n  kind: {kind}\n  value: {written}\n  source: 1\n{currency}"
    assert faults(tmp_path, source) == [("figure-value", 4)]


@pytest.mark.parametrize("written", ["", '""', "[46]", "{a: 46}", '"  "'])
def test_a_value_that_is_no_text_is_refused(written: str, tmp_path: Path) -> None:
    assert faults(tmp_path, counts(it=written)) == [("yaml-type", 4)]


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("rank", "0"),
        ("rank", "24th"),
        ("rank", "2.5"),
        ("ordinal", "-1"),
        ("year", "24"),
        ("year", "20245"),
        ("year", "3024"),
        ("years", "2024"),
        ("years", "2024–2022"),
        ("years", "2024–2024"),
        ("years", "2022–24"),
        ("ratio", "1"),
        ("ratio", "0:3"),
        ("ratio", "1:3:5"),
        ("ratio", "1 to 3"),
        ("date", "2024"),
        ("date", "2024-02-31"),
        ("date", "2023-02-29"),
        ("date", "2024-13-01"),
        ("date", "0000-01-01"),
        ("date", "2024-2-1"),
        ("date", "5 March 2026"),
    ],
)
def test_a_value_in_no_form_of_its_kind_is_refused(kind: str, written: str, tmp_path: Path) -> None:
    source = f'it:\n  label: It\n  kind: {kind}\n  value: {written}\n  source: 1\n  alone: "no. {{it}}"\n'
    assert faults(tmp_path, source) == [("figure-value", 4)]


def test_all_faults_of_a_register_are_found_at_once(tmp_path: Path) -> None:
    source = counts(a="1", B="2", c="many", d="4") + CENTRES.replace("count", "number") + derived("count", "a + c")
    assert faults(tmp_path, source) == [
        ("figure-id", 6),
        ("figure-value", 14),
        ("figure-field", 23),
    ]  # and nothing of what is derived from a figure that was refused


# -- Arithmetic ------------------------------------------------------------------------------------------------------

OPERANDS = (
    "base:\n  label: Index\n  kind: count\n  value: 100\n  source: 1\n"
    "fall:\n  label: Fall\n  kind: percent\n  value: 12.5\n  source: 1\n"
    "assets:\n  label: Assets\n  kind: money\n  currency: USD\n  value: 4000000000\n  source: 1\n"
    "treaties:\n  label: Treaties\n  kind: count\n  value: 70\n  qualifier: more than\n  source: 1\n"
    "year:\n  label: Year\n  kind: year\n  value: 2024\n  source: 1\n"
)
LINE = OPERANDS.count("\n") + 4
VALUES = {"base": Fraction(100), "fall": Fraction(125, 1000)}


@pytest.mark.parametrize(
    ("kind", "arithmetic", "value"),
    [
        pytest.param("count", "100", "100", id="a number alone"),
        pytest.param("count", "base * (1 - fall)", "87.5", id="an index after a fall"),
        pytest.param("count", "100*(1-fall)", "87.5", id="without spaces"),
        pytest.param("percent", "fall", "12.5", id="a percentage stays one"),
        pytest.param("percent", "fall + 0.3", "42.5", id="percentage and number"),
        pytest.param("percent", "46 / base", "46", id="a share"),
        pytest.param("percent", "1 - (1 - fall) * (1 - 0.3)", "38.75", id="two falls in a row"),
        pytest.param("money", "assets / 2", "2000000000", id="half an amount"),
        pytest.param("count", "1 + 2 * 3 - 4 / 8", "6.5", id="products before sums"),
        pytest.param("count", "10 - 3 - 2", "5", id="from left to right"),
        pytest.param("count", "-base + 1", "-99", id="a sign"),
        pytest.param("count", "0.1 + 0.2", "0.3", id="no error of binary fractions"),
        pytest.param("count", "0.000001 * 1", "0.000001", id="a very small number"),
        pytest.param("count", "1 / 512", "0.001953125", id="many digits, all of them"),
        pytest.param("money", "assets * (1 - fall)", "3500000000", id="an amount after a fall"),
        pytest.param("count", "assets / assets", "1", id="how many times an amount"),
        pytest.param("percent", "assets / (2 * assets)", "50", id="a share of an amount"),
    ],
)
def test_a_derived_figure_is_reckoned(kind: str, arithmetic: str, value: str, tmp_path: Path) -> None:
    figure = register(tmp_path, OPERANDS + derived(kind, arithmetic))[-1]
    assert figure.value == Decimal(value)
    assert "".join(figure.derived) == arithmetic.replace(" ", "")


@pytest.mark.parametrize(("fall", "rest"), [("50", "50"), ("12.5", "87.5"), ("100", "0"), ("0.1", "99.9")])
def test_what_a_fall_leaves_of_a_hundred(fall: str, rest: str, tmp_path: Path) -> None:
    source = OPERANDS.replace("12.5", fall) + derived("count", "100 * (1 - fall)")
    assert register(tmp_path, source)[-1].value == Decimal(rest)


def test_a_figure_may_be_derived_from_a_derived_one(tmp_path: Path) -> None:
    again = derived("count", "sum * (1 - fall)").replace("sum:", "again:")
    assert register(tmp_path, OPERANDS + derived("count", "base / 2") + again)[-1].value == Decimal("43.75")


@pytest.mark.parametrize(
    "arithmetic",
    [
        pytest.param("later + 1", id="of a figure that is not there"),
        pytest.param("sum + 1", id="of itself"),
        pytest.param("year + 1", id="of a year"),
        pytest.param("1 / 3", id="without end of digits"),
        pytest.param("fall / 0", id="divided by nothing"),
        pytest.param("base / (fall - 0.125)", id="divided by a difference of nothing"),
        pytest.param("__import__('os')", id="a call of the interpreter"),
        pytest.param("base(1)", id="a call"),
        pytest.param("base.real", id="an attribute"),
        pytest.param("base[0]", id="an element"),
        pytest.param("2 ** 3", id="a power"),
        pytest.param("7 // 2", id="a division without remainder"),
        pytest.param("7 % 2", id="a remainder"),
        pytest.param("1 < 2", id="a comparison"),
        pytest.param("1 if 1 else 2", id="a condition"),
        pytest.param("base or fall", id="a word of Python"),
        pytest.param("lambda: 1", id="a function"),
        pytest.param("(1, 2)", id="a pair"),
        pytest.param("1_000", id="digits in groups"),
        pytest.param("1,000", id="digits with a comma"),
        pytest.param("1e3", id="a power of ten"),
        pytest.param("0123", id="a nought first"),
        pytest.param("assets", id="an amount that is no number"),
        pytest.param("assets + 1", id="an amount and a number"),
        pytest.param("assets * assets", id="an amount times an amount"),
        pytest.param("base / assets", id="a number divided by an amount"),
        pytest.param("1 / 1024", id="more than nine decimals"),
        pytest.param("treaties + 1", id="made of a value that is not exact"),
        pytest.param("1 2", id="two numbers"),
        pytest.param("base fall", id="two figures"),
        pytest.param("12345678901", id="more digits than fit"),
        pytest.param("50%", id="a sign of percent"),
        pytest.param("{base} + 1", id="braces"),
        pytest.param("1 +", id="broken off"),
        pytest.param("(1", id="a bracket left open"),
        pytest.param("+1", id="a plus for a sign"),
        pytest.param("-" * 4_000 + "1", id="nested too deep"),
        pytest.param("(" * 300 + "1" + ")" * 300, id="too many brackets"),
        pytest.param("1" + " + 1" * 1_200, id="too long"),
    ],
)
def test_what_cannot_be_reckoned_is_refused(arithmetic: str, tmp_path: Path) -> None:
    assert faults(tmp_path, OPERANDS + derived("count", arithmetic)) == [("figure-derived", LINE)]


def test_a_figure_that_stands_below_cannot_be_an_operand(tmp_path: Path) -> None:
    assert faults(tmp_path, derived("count", "base / 2") + OPERANDS) == [("figure-derived", 4)]


def test_a_year_is_never_reckoned(tmp_path: Path) -> None:
    assert faults(tmp_path, OPERANDS + derived("year", "2023 + 1")) == [("figure-derived", LINE)]


NUMBERS = st.integers(0, 999).map(str) | st.decimals(0, 99, places=2).map(str)
EXPRESSIONS = st.recursive(
    NUMBERS | st.sampled_from(sorted(VALUES)),
    lambda inner: (
        st.builds("{} {} {}".format, inner, st.sampled_from("+-*/"), inner)
        | inner.map("({})".format)
        | inner.map("-{}".format)
    ),
    max_leaves=6,
)


def fraction(expression: str) -> Fraction:
    """What Python makes of an expression when all its numbers are fractions."""
    exact = re.sub(r"[0-9.]+", lambda number: f"Fraction('{number[0]}')", expression)
    return Fraction(eval(exact, {"Fraction": Fraction, **VALUES}))


@given(EXPRESSIONS, st.sampled_from(["count", "percent"]))
def test_arithmetic_is_exact_or_refused(tmp_path_factory: pytest.TempPathFactory, expression: str, kind: str) -> None:
    folder, source = tmp_path_factory.mktemp("register"), OPERANDS + derived(kind, expression)
    try:
        expected = fraction(expression) * (100 if kind == "percent" else 1)
    except ZeroDivisionError:
        assert faults(folder, source) == [("figure-derived", LINE)]
        return
    if 10**9 % expected.denominator or abs(expected) >= 10**18:
        assert faults(folder, source) == [("figure-derived", LINE)]
    else:
        assert Fraction(register(folder, source)[-1].value) == expected


# -- What the whole publication shows --------------------------------------------------------------------------------


def test_a_figure_that_nothing_uses_is_found(tmp_path: Path) -> None:
    found = list(unused(register(tmp_path, counts(a="1", b="2", c="3")), {"a", "c"}))
    assert [(problem.code, problem.place) for problem in found] == [("figure-unused", Place(REGISTER, 6))]


def test_a_figure_that_another_is_derived_from_is_used(tmp_path: Path) -> None:
    figures = register(tmp_path, OPERANDS + derived("count", "base * (1 - fall)"))
    assert [problem.cause for problem in unused(figures, {"sum", "year"})] == [
        "the figure “assets” is used nowhere",
        "the figure “treaties” is used nowhere",
    ]


def test_a_register_of_used_figures_is_clean(tmp_path: Path) -> None:
    assert list(unused(register(tmp_path, counts(a="1", b="2")), {"a", "b", "date"})) == []
