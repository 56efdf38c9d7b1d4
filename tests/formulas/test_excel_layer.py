"""Every formula as the engine answers Excel's cells."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from funnelbook.book.ports import CellError
from funnelbook.engine.excel_cells import LEFT_OUT, answer, self_test
from funnelbook.formulas.catalogue import FORMULAS
from funnelbook.formulas.formula import MISSING
from support import anything as a
from support.com_values import brought
from support.examples import examples


def call(name: str, *arguments: object) -> list[list[object]]:
    return [list(row) for row in answer(name, tuple(map(brought, arguments)))]


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
def test_examples_through_the_layer_are_the_registrys_own_results(name):
    formula = FORMULAS[name]
    for arguments in (a.constants(formula.example)[1], a.example(formula)):
        assert naive(call(name, *arguments)) == carried(formula.call(arguments, "zh"))


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
        ("FB_MASK", MISSING, [["\x01#VALUE!"]]),
    ],
)
def test_cells_as_com_brings_them(name, arguments, wanted):
    more = [datetime(2026, 6, 5)] * (name == "FB_WORKDAYS")
    assert call(name, arguments, *more) == wanted


@pytest.mark.parametrize("weights", [(3.0, 3.0, 1.0), ((3.0, 3.0, 1.0),), ((3.0,), (3.0,), (1.0,)), (3, 3, 1)])
def test_array_constants_come_without_a_range_and_a_row_as_one_tuple(weights):
    assert list(answer("FB_SPLIT", (100, weights, LEFT_OUT, LEFT_OUT))) == [[43.0], [43.0], [14.0]]


def test_every_error_of_excel_passes_through():
    for text in a.ERRORS:
        assert call("FB_NEED", text, [[40.0]], [[0.5]]) == [["\x01" + text]]


def test_a_missing_argument_in_the_middle():
    first, last = datetime(2026, 6, 1), datetime(2026, 6, 14)
    assert call("FB_WEEKS", 9.0, first, last, MISSING, [[3.0]]) == [["2026-W23", 5.0, 3.0], ["2026-W24", 5.0, 6.0]]


def test_dates_go_back_with_the_zone_com_wants():
    got = call("FB_NEXT", "A", datetime(2026, 6, 3), [["A", 2.0], ["B", 3.0]])
    assert got[0][0].tzinfo is not None
    assert naive(got) == [[datetime(2026, 6, 5)]]


def test_a_formula_there_is_not_is_told_as_excel_tells_it():
    """An add-in newer than the engine may ask for one."""
    assert call("FB_OF_NEXT_YEAR", 1.0) == [["\x01#NAME?"]]


def test_the_engine_tests_itself():
    assert self_test().startswith("funnelbook ")


@pytest.mark.parametrize("name", [n for n, f in FORMULAS.items() if f.arguments])
def test_nothing_is_ever_raised_to_excel(name):
    formula = FORMULAS[name]
    shapes = st.one_of(a.com_cells, a.blocks(a.com_cells | st.sampled_from(a.ERRORS)))

    @settings(max_examples=examples(40), suppress_health_check=list(HealthCheck))
    @given(a.arguments(formula, a.com_cells | st.sampled_from(a.ERRORS), shapes))
    def tried(arguments):
        rows = call(name, *arguments)
        check(rows)
        assert naive(rows) == carried(formula.call(arguments, "zh"))

    tried()
