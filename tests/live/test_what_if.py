"""What-if in LibreOffice, numbers typed into its yellow cells, against the functions that Funnelbook itself works by."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pytest

from funnelbook.book.labels import sheet_name
from funnelbook.domain import backplan, chance, shape
from funnelbook.formulas.catalogue import FORMULAS
from funnelbook.template import what_if_cells as at
from funnelbook.template.build import build

pytestmark = pytest.mark.live
DRAWS = {5: 160, 12: 40}
DWELL = (14.0, 10.0, 10.0, 7.0, 5.0)
EPOCH = date(1899, 12, 30)
EXACT = {"rel": 1e-9, "abs": 1e-12}


class Page:
    """A document's page What-if and its sums."""

    def __init__(self, document: object, language: str = "zh") -> None:
        sheets = document.getSheets()
        self.document = document
        self.page, self.sums = (sheets.getByName(sheet_name(key, language)) for key in ("what_if", "what_if_sums"))
        document.enableAutomaticCalculation(False)

    def type(self, inputs: Sequence[object], tiers: dict[str, Sequence[object]]) -> None:
        """Types into all yellow cells; None empties one."""
        top, column = at.INPUT_TOP, at.TRY
        self._put(top, column, [[value] for value in inputs])
        for key, row in at.TYPED_ROWS.items():
            values = [*tiers[key], *[None] * (at.MOST_TIERS - len(tiers[key]))]
            self._put(row, at.TIER_LEFT, [values])
        self.document.calculate()

    def _put(self, top: int, left: int, rows: list[list[object]]) -> None:
        cells = self.page.getCellRangeByPosition(left, top, left + len(rows[0]) - 1, top + len(rows) - 1)
        cells.setDataArray(tuple(tuple("" if v is None else v for v in row) for row in rows))

    def answer(self, key: str) -> object:
        row = at.GOALS_TOP + at.ANSWERS.index(key)
        return self._read(row, at.ANSWER_COLUMN, row, at.ANSWER_COLUMN)[0][0]

    def of_tiers(self, column: str, count: int) -> list[object]:
        j = at.TIER_COLUMNS.index(column)
        return [row[0] for row in self._read(at.TIERS_TOP, j, at.TIERS_TOP + count - 1, j)]

    def weeks(self) -> list[tuple[float, float]]:
        rows = self._read(at.WEEKS_TOP, 0, at.WEEKS_TOP + at.WEEKS - 1, 7)
        return [(row[2], row[7]) for row in rows if row[0] != ""]

    def _read(self, top: int, left: int, bottom: int, right: int) -> Sequence[Sequence[object]]:
        return self.sums.getCellRangeByPosition(left, top, right, bottom).getDataArray()

    def shown(self) -> list[str]:
        """What each cell of the page shows."""
        cells = self.page.getCellRangeByPosition(0, 0, 20, 100)
        return [
            str(cells.getCellByPosition(j, i).getString())
            for i, row in enumerate(cells.getDataArray())
            for j, value in enumerate(row)
            if value != ""
        ]


@pytest.fixture(scope="module", params=sorted(DRAWS))
def tried(request, tmp_path_factory, office) -> tuple[Page, int]:
    count = request.param
    path = tmp_path_factory.mktemp("tried") / "new.xlsx"
    tiers = [
        {
            "order": k + 1,
            "code": f"T{k}",
            "name": "x",
            "rate": 0.5,
            "dwell_days": 5.0 + k,
            "cadence_days": 7,
            "minutes": 5,
        }
        for k in range(count)
    ]
    path.write_bytes(build("zh", rows=None if count == 5 else {"Tiers": tiers}))
    document = office.open(path)
    yield Page(document), count
    document.close(True)


def drawn(rng: np.random.Generator, n: int) -> tuple[list[float], dict[str, list[object]]]:
    """Numbers somebody might type, from a handful of customers to thousands."""
    size = rng.choice([3.0, 20.0, 200.0, 1500.0])
    stock = rng.poisson(size * rng.uniform(0, 1, n)).astype(float)
    rate = np.where(rng.random(n) < 0.05, rng.choice([0.0, 1.0], n), rng.uniform(0.05, 1, n))
    p = np.where(rng.random(n) < 0.05, rng.choice([0.0, 1.0], n), rng.uniform(0, 1, n) ** 2)
    spread = rng.choice([0.0, 0.01, 0.1, rng.uniform(0.02, 0.5), rng.uniform(0.5, 2)])
    arrivals = rng.choice([0.0, rng.uniform(0, 30)])
    mean = stock @ p + arrivals
    won = float(rng.integers(0, 20))
    target = np.round(won + max(0.0, mean * rng.uniform(0.4, 1.6)) + rng.choice([0, 0.5]), 3)
    first = date(2026, 1, 1) + timedelta(days=int(rng.integers(0, 500)))
    last = first + timedelta(days=int(rng.integers(0, 300)))
    inputs = [target, won, arrivals, spread, *(float((day - EPOCH).days) for day in (first, last))]
    typed_p = p.tolist() if rng.random() < 0.7 else [None] * n
    return inputs, {"stock": stock.tolist(), "rate": rate.tolist(), "p": typed_p}


def test_numbers_typed_give_what_the_functions_give(tried):
    page, n = tried
    rng, seen = np.random.default_rng(16), []
    for _ in range(DRAWS[n]):
        inputs, tiers = drawn(rng, n)
        page.type(inputs, tiers)
        target, won, arrivals, spread, first, last = inputs
        stock, rate = np.array(tiers["stock"]), np.array(tiers["rate"])
        gap = max(0.0, target - won)
        wanted = backplan.need(np.array(gap), stock, rate)
        for column, values in (("needed", wanted.needed), ("missing", wanted.missing)):
            known = [np.nan if v == "-" else v for v in page.of_tiers(column, n)]
            assert known == pytest.approx(values.tolist(), nan_ok=True, **EXACT), (inputs, tiers)
        if tiers["p"][0] is None:
            p = np.cumprod(rate[::-1])[::-1]
            assert page.of_tiers("p", n) == pytest.approx(p.tolist(), **EXACT)
        else:
            p = np.array(tiers["p"])
        expected = chance.chance_of_orders(gap, stock, p, arrivals, spread)
        assert page.answer("chance") == pytest.approx(expected, rel=1e-9, abs=1e-9), (inputs, tiers)
        seen.append(expected)
        dwell = np.array(DWELL if n == 5 else [5.0 + k for k in range(n)])
        assert page.answer("shape") == shape.shape(stock, rate, dwell).name
        days = [EPOCH + timedelta(days=int(day)) for day in (first, last)]
        weeks = FORMULAS["FB_WEEKS"].call([gap, *days], "zh")
        assert page.weeks() == [(days, planned) for _, days, planned in weeks]
    assert sum(0.001 < p < 0.999 for p in seen) > DRAWS[n] // 3, "chances that say something"


def test_what_cannot_be_meant_or_worked_out_is_told(tried):
    page, n = tried
    plain = {"stock": [40.0] * n, "rate": [0.5] * n, "p": [0.1] * n}
    goal = [15.0, 0.0, 0.0, 0.0, None, None]
    page.type(goal, plain | {"stock": ["许多", *[40.0] * (n - 1)]})
    assert any(text.startswith("有 1 个黄格看不懂") for text in page.shown())
    page.type(goal, plain | {"rate": [1.5] * n})
    assert any(text.startswith(f"有 {n} 个黄格看不懂") for text in page.shown())
    page.type([900_000.0, *goal[1:]], plain | {"stock": [900_000.0] * n})
    assert any(text.startswith("数目太大") for text in page.shown())
    assert page.answer("chance") == ""
    page.type([*goal[:4], 46000.0, 47000.0], plain)
    assert any(text.startswith("期间太长") for text in page.shown())
    page.type([None] * 6, {key: [None] * n for key in plain})
    assert any(text.startswith("还没有数据") for text in page.shown())
    assert not [text for text in page.shown() if text.startswith(("#", "Err:"))]
