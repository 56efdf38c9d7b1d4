"""Every FB_ formula by late-bound COM, with values as cells bring them, against the registry itself."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest

from funnelbook.book.ports import CellError
from funnelbook.formulas.catalogue import FORMULAS
from funnelbook.formulas.formula import MISSING
from support import anything as a
from support.rig.client import LEFT_OUT, Range

pytestmark = pytest.mark.windows


@pytest.fixture
def engine(excel):
    one = excel()
    assert one.create().ok
    return one


def _sent(value: object) -> object:
    """An argument of an example as cells hold it: rows are lists of lists."""
    match value:
        case None | _ if value is MISSING:
            return LEFT_OUT
        case list() | tuple() if value and not isinstance(value[0], list | tuple):
            return [list(value)]
        case list() | tuple():
            return [list(row) for row in value] if value else None
    return value


def _shown(rows) -> list[list[object]]:
    return [["\x01" + v.code if isinstance(v, CellError) else v for v in row] for row in rows]


def _rounded(value: object) -> object:
    """Another compiler's sums differ in the last digit."""
    return pytest.approx(value, rel=1e-12) if isinstance(value, float) else value


@pytest.mark.parametrize("name", FORMULAS)
def test_every_example_comes_back_as_the_registry_gives_it(engine, name):
    formula = FORMULAS[name]
    for arguments in (a.constants(formula.example)[1], a.example(formula)):
        got = engine.formula(name, *map(_sent, arguments))
        assert got.ok
        assert [list(map(_rounded, row)) for row in got.value] == _shown(formula.call(arguments, "zh"))


NEED = [[51.0, 11.0], [37.5, 25.5]]


@pytest.mark.parametrize(
    ("name", "given", "wanted"),
    [
        ("FB_NEED", [15.0, [[40.0], [12.0]], [[0.5], [0.4]]], NEED),
        ("FB_NEED", [Decimal(15), [[Decimal(40)], [Decimal(12)]], [[0.5], [0.4]]], NEED),  # cells formatted as currency
        ("FB_NEED", ["很多", [[40.0], [12.0]], [[0.5], [0.4]]], [["\x01#VALUE!"]]),
        ("FB_NEED", [None, [[40.0], [12.0]], [[0.5], [0.4]]], [["\x01#N/A"]]),  # an empty cell
        ("FB_NEED", [LEFT_OUT, [[40.0], [12.0]], [[0.5], [0.4]]], [["\x01#VALUE!"]]),
        ("FB_SPLIT", [100.0, (3.0, 3.0, 1.0)], [[43.0], [43.0], [14.0]]),  # {3,3,1} is one row
        ("FB_SPLIT", [100.0, [[3.0], [3.0], [1.0]], LEFT_OUT, LEFT_OUT], [[43.0], [43.0], [14.0]]),
        ("FB_NEXT", ["B", "2026-06-03", [["B", 3.0], ["A", 2.0]]], [[datetime(2026, 6, 8)]]),
        ("FB_NEXT", ["B", datetime(2026, 6, 3), [["B", 3.0], ["A", 2.0]]], [[datetime(2026, 6, 8)]]),
        ("FB_NEXT", ["B", datetime(2026, 6, 3, 23, 59, 59), [["B", 3.0], ["A", 2.0]]], [[datetime(2026, 6, 8)]]),
        ("FB_PHONE", [[["13800138000"], ["#N/A"], ["电话"]]], [["13800138000"], ["\x01#N/A"], ["\x01#VALUE!"]]),
        ("FB_OF_NEXT_YEAR", [1.0], [["\x01#NAME?"]]),
    ],
)
def test_cells_as_excel_brings_them(engine, name, given, wanted):
    assert engine.formula(name, *given).value == wanted


@pytest.mark.parametrize("error", a.ERRORS)
def test_an_error_in_a_cell_stays_that_error(engine, error):
    assert engine.formula("FB_NEED", error, [[40.0]], [[0.5]]).value == [["\x01" + error]]


def test_chinese_goes_there_and_comes_back(engine):
    cells = [["级别"], ["E"], [None], ["意向A"], ["E"], [True], ["#DIV/0!"]]
    counted = engine.formula("FB_COUNTS", cells, ("E", "D", "C", "B", "A")).value
    assert counted == _shown(FORMULAS["FB_COUNTS"].call([cells, [["E", "D", "C", "B", "A"]]], "zh"))
    why = engine.formula("FB_WHY", "FB_NEED", "很多", [[1.0]], [[1.0]]).value
    assert why == _shown(FORMULAS["FB_WHY"].call(["FB_NEED", "很多", [[1.0]], [[1.0]]], "zh"))
    assert "很多" in why[0][0]


def test_a_column_of_100_000_rows(engine):
    tiers = ("E", "D", "C", "B", "A")
    counted = engine.formula("FB_COUNTS", [[tiers[i % 5]] for i in range(100_000)], tiers)
    assert [v for row in counted.value for v in row] == [20_000.0] * 5


def test_three_ranges_cost_no_call_back_into_excel(engine):
    """Counted in VBA's own code too: tests/xlam/test_calls.py."""
    ranges = Range([[15.0]]), Range([[40.0], [12.0]]), Range([[0.5], [0.4]])
    assert engine.formula("FB_NEED", *ranges).value == NEED
    assert engine.reads() == 6, "of each range what Value is, and Value"
    assert engine.calls_back() == 0


def test_three_ranges_take_at_most_twice_the_time_of_arrays(engine):
    given = [[15.0]], [[40.0], [12.0]], [[0.5], [0.4]]
    ranges = tuple(map(Range, given))
    took = {"arrays": [], "ranges": []}
    for _ in range(300):
        for kind, arguments in (("arrays", given), ("ranges", ranges)):
            took[kind].append(engine.formula("FB_NEED", *arguments).took_s)
    arrays, handed = (sorted(seconds)[len(seconds) // 2] for seconds in took.values())
    print(f"arrays {arrays * 1000:.3f} ms, ranges {handed * 1000:.3f} ms")
    assert 0 < handed <= 2 * arrays
