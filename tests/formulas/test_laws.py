"""What holds for every formula, whatever is passed."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from funnelbook.book.ports import CellError
from funnelbook.domain.workdays import WorkCalendar
from funnelbook.formulas.catalogue import FORMULAS, call
from funnelbook.formulas.errors import FormulaError
from support import anything as a
from support.examples import examples

TIERS = [["E", 14.0], ["D", 7.0], ["C", 5.0], ["B", 3.0], ["A", 2.0]]
STAYS_BLANK = {"FB_PHONE", "FB_MASK"}
whole = st.integers(0, 200).map(float)
days = st.datetimes(datetime(1930, 1, 1), datetime(2190, 1, 1))


def column(values) -> list[list[object]]:
    return [[v] for v in values]


def of(name: str, *arguments: object) -> list[list[object]]:
    return call(name, arguments, "zh")


def check(rows: object) -> None:
    assert isinstance(rows, list)
    assert rows
    assert {(type(row), len(row)) for row in rows} == {(list, len(rows[0]))}
    assert rows[0]
    for value in (v for row in rows for v in row):
        assert isinstance(value, str | float | bool | datetime | CellError), repr(value)
        assert not isinstance(value, float) or math.isfinite(value)


@pytest.mark.parametrize("name", FORMULAS)
def test_any_arguments_give_plain_cells_and_a_reason_we_know(name):
    formula = FORMULAS[name]

    @settings(max_examples=examples(120), suppress_health_check=list(HealthCheck))
    @given(a.arguments(formula, a.cells, a.anything), st.sampled_from(["zh", "en"]))
    def tried(given_, language):
        rows = formula.call(given_, language)
        check(rows)
        if name not in STAYS_BLANK:
            assert {v for row in rows for v in row if not isinstance(v, CellError)} != {""}
        check(FORMULAS["FB_WHY"].call([name, *given_], language))
        try:
            formula.result(given_, language)
        except FormulaError as error:
            assert error.code != "unexpected", error.fields
            assert error.text(language)

    tried()


@settings(max_examples=examples(150), suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(FORMULAS)), st.lists(a.anything, max_size=8))
def test_any_number_of_arguments_of_any_kind(name, arguments):
    check(call(name, arguments, "zh"))


@given(
    st.integers(0, 10_000),
    st.lists(st.floats(0, 1e6) | whole, min_size=1, max_size=30),
    st.floats(0, 1),
)
def test_a_split_adds_up_to_the_total(total, weights, fairness):
    got = [row[0] for row in of("FB_SPLIT", float(total), column(weights), None, fairness)]
    assert sum(got) == total
    assert all(part == round(part) >= 0 for part in got)
    if any(weights):
        assert all(part == 0 for part, weight in zip(got, weights, strict=True) if weight == 0)


@pytest.mark.filterwarnings("error::RuntimeWarning")
@pytest.mark.parametrize("stock", [1e9, 1e15, 1e300, 1.7e308])
def test_a_slip_of_the_finger_does_not_keep_excel_busy(stock):
    rates = [[0.5], [0.4]]
    assert of("FB_SHAPE", [[stock], [stock]], rates) == [[CellError("#NUM!")]]
    assert of("FB_CHANCE", 8, [[stock], [stock]], rates) == [[CellError("#NUM!")]]
    assert len(of("FB_LIMITS", [[stock], [0]], [[stock], [stock]])) == 2


@pytest.mark.parametrize(("total", "weights"), [(1e13, [3, 3, 1]), (100, [1.5e308, 0.5e308])])
def test_a_split_too_large_to_be_exact_is_an_error(total, weights):
    assert of("FB_SPLIT", total, weights) == [[CellError("#NUM!")]]


@given(st.lists(st.tuples(whole, st.none() | whole), min_size=2, max_size=12), st.integers(0, 500))
def test_a_split_keeps_what_is_locked(people, more):
    weights, locked = zip(*people, strict=True)
    total = sum(v or 0.0 for v in locked) + more * (None in locked)
    got = [row[0] for row in of("FB_SPLIT", total, column(weights), column(locked))]
    assert sum(got) == total
    assert all(said is None or part == said for part, said in zip(got, locked, strict=True))


factors = st.floats(-1e3, 1e3) | st.just(0.0)


@given(st.lists(st.tuples(factors, factors), min_size=1, max_size=10))
def test_the_parts_of_a_gap_sum_to_it(pairs):
    target, actual = zip(*pairs, strict=True)
    got = [row[0] for row in of("FB_GAP", column(target), column(actual))]
    size = math.prod(max(abs(t), abs(v), 1.0) for t, v in pairs)
    assert sum(got) == pytest.approx(math.prod(actual) - math.prod(target), abs=1e-9 * size)
    assert all(part == 0 for part, t, v in zip(got, target, actual, strict=True) if t == v)


@given(
    st.lists(st.tuples(st.sampled_from("EDCBAX") | st.none(), st.sampled_from(["王芳", "李强", None]))), st.randoms()
)
def test_counts_do_not_depend_on_the_order_of_rows(rows, random):
    mixed = random.sample(rows, len(rows))
    for owners in (False, True):
        found = [
            of("FB_COUNTS", column(t for t, _ in r), [list("EDCBA")], *[column(o for _, o in r)] * owners)
            for r in (rows, mixed)
        ]
        assert sorted(map(str, found[0])) == sorted(map(str, found[1]))
    if rows and any(t for t, _ in rows):
        total = sum(of("FB_COUNTS", column(t for t, _ in rows), [list("EDCBA")])[0])
        assert total == sum(t in tuple("EDCBA") for t, _ in rows)


@given(
    st.floats(0, 1e6),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(0, 200),
    st.lists(st.dates(date(2020, 1, 1), date(2030, 1, 1)).map(str), max_size=5),
)
def test_the_planned_weeks_sum_to_the_total_rounded_up(total, first, length, off):
    got = of("FB_WEEKS", total, str(first), str(first + timedelta(days=length)), column(off) if off else None)
    assert sum(row[2] for row in got) == math.ceil(total - 1e-9)
    assert (
        sum(row[1] for row in got)
        == of("FB_WORKDAYS", str(first), str(first + timedelta(days=length)), off or None)[0][0]
    )


@given(st.text(max_size=20) | st.from_regex(r"[+（(]?[0-9０-９ ()*x-]{5,16}([转x,-]\d{1,5})?", fullmatch=True))
def test_a_phone_number_in_its_spelling_stays_so(text):
    once = of("FB_PHONE", text)
    if not isinstance(once[0][0], CellError):
        assert of("FB_PHONE", once) == once


@given(a.cells | st.from_regex(r"[+(]?[0-9０-９ -]{3,25}([转x,、/和-]\d{1,12})?", fullmatch=True))
def test_a_masked_number_shows_at_most_seven_digits(value):
    shown = of("FB_MASK", value)[0][0]
    parts = [] if isinstance(shown, CellError) else re.split("[、，,/;；和]", shown)
    assert all(sum(c.isdigit() for c in part) <= 7 for part in parts)


@given(
    st.sampled_from("EDCBA"),
    days,
    st.lists(st.floats(-1e5, 1e5), min_size=5, max_size=5),
    st.lists(
        st.datetimes(datetime(1930, 1, 1), datetime(2190, 1, 1)).map(lambda d: datetime(d.year, d.month, d.day)),
        max_size=6,
    ),
)
def test_the_next_contact_is_never_before_the_last_and_on_a_working_day(tier, last, cadence, off):
    tiers = [[code, days] for code, days in zip("EDCBA", cadence, strict=True)]
    got = of("FB_NEXT", tier, last, tiers, column(off) if off else None)[0][0]
    assert got.date() >= last.date()
    assert got not in off
    assert WorkCalendar.plain().count(got.date(), got.date()) == 1


ONE_BY_ONE = {
    "FB_TIER": ((0, 1), [["已报价", "B"], ["占线", ""]]),
    "FB_NEXT": ((0, 1), TIERS),
    "FB_WORKDAYS": ((0, 1), None),
    "FB_PHONE": ((0,), None),
    "FB_MASK": ((0,), None),
    "FB_ADVICE": ((0,), None),
}


@pytest.mark.parametrize("name", ONE_BY_ONE)
@settings(max_examples=examples(80))
@given(data=st.data())
def test_an_array_is_answered_as_its_cells_are_one_by_one(name, data):
    varying, table = ONE_BY_ONE[name]
    height, width = data.draw(st.integers(1, 4)), data.draw(st.integers(1, 3))
    block = st.lists(st.lists(a.cells, min_size=width, max_size=width), min_size=height, max_size=height)
    arrays = [data.draw(block) for _ in varying]
    rest = [] if table is None else [table]
    at_once = of(name, *arrays, *rest)
    for i in range(height):
        for j in range(width):
            assert [[at_once[i][j]]] == of(name, *[block[i][j] for block in arrays], *rest)
