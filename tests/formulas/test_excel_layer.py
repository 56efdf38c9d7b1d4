"""Every formula through xlwings' own conversion layer, as Excel calls it."""

from __future__ import annotations

import inspect
from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from funnelbook.book.ports import CellError
from funnelbook.formulas.catalogue import FORMULAS
from funnelbook.formulas.formula import MISSING as LEFT_OUT
from support import anything as a
from support.examples import examples
from support.stubbed import MISSING, ComRange, PyTime, on_windows

MODULE = "funnelbook.udfs"
ZONE = timezone(timedelta(hours=8))  # pywin32 puts one on every time, which means nothing


@pytest.fixture(scope="module")
def layer():
    with on_windows() as udfs:
        yield udfs


@pytest.fixture(scope="module")
def functions(layer):
    return layer.get_udf_module(MODULE, None)


def com_cell(value: object) -> object:
    """A cell as COM hands it over."""
    match value:
        case str() if value in a.COM_ERRORS:
            return a.COM_ERRORS[value]
        case datetime() if not isinstance(value, PyTime):
            return PyTime(*value.timetuple()[:6], tzinfo=ZONE)
    return value


def com(value: object) -> object:
    """An argument as Excel passes it: a range for cells, the value itself for what stands in the formula."""
    if value is None or value is LEFT_OUT:
        return MISSING
    if not isinstance(value, list | tuple):
        return com_cell(value)
    rows = tuple(tuple(map(com_cell, row)) if isinstance(row, list | tuple) else (com_cell(row),) for row in value)
    if not rows or not rows[0]:
        return ComRange(None)
    return ComRange(rows if len(rows) > 1 or len(rows[0]) > 1 else rows[0][0])


def call(layer, name: str, *arguments: object) -> list[list[object]]:
    return layer.call_udf(MODULE, name, tuple(map(com, arguments)))


def carried(rows) -> list[list[object]]:
    """What Excel should be handed for these rows."""
    return [["\x01" + v.code if isinstance(v, CellError) else v for v in row] for row in rows]


def naive(rows) -> list[list[object]]:
    """Rows with the zone dropped that COM needs and nobody chose."""
    return [[v.replace(tzinfo=None) if isinstance(v, datetime) else v for v in row] for row in rows]


def check(rows) -> None:
    assert {len(row) for row in rows} == {len(rows[0])}
    for value in (v for row in rows for v in row):
        assert isinstance(value, str | float | bool | datetime), repr(value)


@pytest.mark.parametrize("name", FORMULAS)
def test_examples_through_the_layer_are_the_registrys_own_results(layer, name):
    formula = FORMULAS[name]
    for arguments in (a.constants(formula.example)[1], a.example(formula)):
        assert naive(call(layer, name, *arguments)) == carried(formula.call(arguments, "zh"))


@pytest.mark.parametrize(
    ("name", "arguments", "wanted"),
    [
        ("FB_PHONE", [["13800138000"], ["#N/A"], ["电话"]], [["13800138000"], ["\x01#N/A"], ["\x01#VALUE!"]]),
        ("FB_PHONE", 13800138000.0, [["13800138000"]]),
        (
            "FB_WORKDAYS",
            [[datetime(2026, 6, 1)], [46174.0], [Decimal("46174")], ["#REF!"]],
            [[5.0], [5.0], [5.0], ["\x01#REF!"]],
        ),
        ("FB_MASK", None, [[""]]),
    ],
)
def test_cells_as_com_brings_them(layer, name, arguments, wanted):
    more = [datetime(2026, 6, 5)] * (name == "FB_WORKDAYS")
    assert call(layer, name, arguments, *more) == wanted


@pytest.mark.parametrize("weights", [(3.0, 3.0, 1.0), ((3.0, 3.0, 1.0),), ((3.0,), (3.0,), (1.0,)), (3, 3, 1)])
def test_array_constants_come_without_a_range_and_a_row_as_one_tuple(layer, weights):
    assert layer.call_udf(MODULE, "FB_SPLIT", (100, weights, MISSING, MISSING)) == [[43.0], [43.0], [14.0]]


def test_every_error_of_excel_passes_through(layer):
    for text in a.ERRORS:
        assert call(layer, "FB_NEED", text, [[40.0]], [[0.5]]) == [["\x01" + text]]


def test_a_missing_argument_in_the_middle(layer):
    first, last = datetime(2026, 6, 1), datetime(2026, 6, 14)
    assert call(layer, "FB_WEEKS", 9.0, first, last, None, [[3.0]]) == [["2026-W23", 5.0, 3.0], ["2026-W24", 5.0, 6.0]]


def test_dates_go_back_with_the_zone_com_wants(layer):
    got = call(layer, "FB_NEXT", "A", datetime(2026, 6, 3), [["A", 2.0], ["B", 3.0]])
    assert got[0][0].tzinfo is not None
    assert naive(got) == [[datetime(2026, 6, 5)]]


def test_signatures_are_those_of_the_registry_and_nothing_is_volatile(functions):
    found = {n for n, f in vars(functions).items() if hasattr(f, "__xlfunc__")}
    assert found == set(FORMULAS)
    for name, formula in FORMULAS.items():
        about = getattr(functions, name).__xlfunc__
        assert (about["name"], about["volatile"], about["sub"]) == (name, False, False)
        assert [(v["name"], "optional" in v, v["vararg"]) for v in about["args"]] == [
            (v.name, v.optional, v.repeats) for v in formula.arguments
        ]
        assert list(inspect.signature(getattr(functions, name)).parameters) == [v.name for v in formula.arguments]


def test_the_server_tests_itself(functions):
    assert functions.self_test().startswith("funnelbook ")


@pytest.mark.parametrize("name", [n for n, f in FORMULAS.items() if f.arguments])
def test_nothing_is_ever_raised_to_excel(layer, name):
    formula = FORMULAS[name]
    shapes = st.one_of(a.com_cells, a.blocks(a.com_cells | st.sampled_from(a.ERRORS)))

    @settings(max_examples=examples(40), suppress_health_check=list(HealthCheck))
    @given(a.arguments(formula, a.com_cells | st.sampled_from(a.ERRORS), shapes))
    def tried(arguments):
        rows = call(layer, name, *arguments)
        check(rows)
        assert naive(rows) == carried(formula.call([None if v is LEFT_OUT else v for v in arguments], "zh"))

    tried()
