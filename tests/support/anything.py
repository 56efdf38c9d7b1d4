"""Arguments of formulas as chance makes them: cells of any kind, in any shape, and examples gone wrong in places."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from funnelbook.formulas.formula import MISSING, Formula
from funnelbook.formulas.syntax import Call, Constant, Rows, parsed

ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")
COM_ERRORS = dict(
    zip(
        ERRORS,
        (-2146826288, -2146826281, -2146826273, -2146826265, -2146826259, -2146826252, -2146826246),
        strict=True,
    )
)
WORDS = (
    "E",
    "D",
    "C",
    "B",
    "A",
    "Won",
    "流失",
    "K1",
    "王芳",
    "已报价",
    "理想",
    "Bulge",
    "是",
    "1,200",
    "３０％",
    "45%",
    "２０２６-06-03",
)
HEADERS = ("客户编号", "Customer ID", "级别", "日期", "时间", "code", "date", "workday", "生日", "结果")
FLOATS = (0.0, 1.0, 0.5, -1.0, 3.0, 40.0, 20260603.0, 46143.0, 46176.5, 1e15, 1e16, 1e300, -1e300, 1e-300)

days = st.datetimes(datetime(1899, 1, 1), datetime(2299, 1, 1)) | st.sampled_from(
    [datetime(2026, 6, 3), datetime(2026, 6, 6, 14, 30), datetime(1901, 1, 1), datetime(2099, 12, 31)]
)
com_cells = st.one_of(
    st.none(),
    st.sampled_from(FLOATS),
    st.floats(0, 60).map(lambda v: round(v, 2)),
    st.sampled_from([*WORDS, *HEADERS, "", " "]),
    st.text(max_size=6),
    st.booleans(),
    days.map(lambda d: d.replace(microsecond=0)),
    st.decimals(-1000, 1000, places=2),
)
cells = st.one_of(
    com_cells,
    st.floats(),
    st.integers(),
    st.sampled_from(ERRORS),
    days.map(datetime.date),
    days.map(lambda d: d.replace(tzinfo=UTC)),
    st.timedeltas(timedelta(0), timedelta(days=3)),
    st.complex_numbers(),
)


def blocks(each: st.SearchStrategy, most: int = 6) -> st.SearchStrategy:
    """Rows of cells, one as wide as the other."""
    return st.integers(1, 4).flatmap(
        lambda width: st.lists(st.lists(each, min_size=width, max_size=width), min_size=1, max_size=most)
    )


anything = st.one_of(
    cells,
    st.lists(cells, max_size=5),
    st.lists(st.lists(cells, max_size=3), max_size=4),
    blocks(cells).map(lambda rows: tuple(map(tuple, rows))),
    st.just(MISSING),
)


@st.composite
def damaged(draw: st.DrawFn, value: object, each: st.SearchStrategy) -> object:
    """A constant of an example with some cells replaced, rows repeated, left out or turned into columns."""
    rows = [list(row) for row in value] if isinstance(value, list) else [[value]]
    for _ in range(draw(st.integers(0, 3))):
        if rows and rows[0]:
            i, j = draw(st.integers(0, len(rows) - 1)), draw(st.integers(0, len(rows[0]) - 1))
            rows[i][j] = draw(each)
    match draw(st.sampled_from(["same", "same", "repeat", "less", "turn"])):
        case "repeat":
            rows = rows + rows[-1:] * draw(st.integers(1, 3))
        case "less":
            rows = rows[: draw(st.integers(1, len(rows)))]
        case "turn":
            rows = [list(row) for row in zip(*rows, strict=True)]
    return rows


# optional arguments as people fill them, by argument name
OPTIONAL: dict[str, object] = {
    "spread": 0.2,
    "country": "CN",
    "arrivals": 1.5,
    "calendar": [["日期", "工作日", "名称"], [46192.0, "否", "端午"], [46193.0, "是", ""]],
    "done": [[3.0], [4.0]],
    "dwell": [[14.0], [10.0], [10.0], [7.0], [5.0]],
    "fairness": 0.5,
    "level": 0.9,
    "limit": 1.0,
    "locked": [[10.0], [""], [""]],
    "owners": [["王芳"], ["李强"], ["王芳"]],
    "rules": [["事项", "天数", "客户价值", "模板"], ["使用指导", 7.0, "", "您好"], ["回访", 30.0, "低", ""], ["节日问候", "", "", ""]],
    "won": 2.0,
}  # fmt: skip


def constants(formula: str) -> tuple[str, list[object]]:
    """The name and the arguments of a formula that is one function of constants."""
    node = parsed(formula)
    assert isinstance(node, Call) and all(isinstance(a, Constant | Rows) for a in node.arguments)
    given = [a.value if isinstance(a, Constant) else [list(row) for row in a.rows] for a in node.arguments]
    return node.name, given


def example(formula: Formula) -> list[object]:
    """Constants of a formula's example, optional arguments filled in."""
    given = constants(formula.example)[1]
    return given + [OPTIONAL[a.name] for a in formula.arguments[len(given) :] if a.optional]


@st.composite
def arguments(draw: st.DrawFn, formula: Formula, each: st.SearchStrategy, free: st.SearchStrategy) -> list[object]:
    """Arguments near those of the example, fewer of them, or anything at all."""
    mixed = []
    for value in example(formula):
        odd = draw(st.integers(0, 9))
        mixed.append(draw(free) if odd == 0 else None if odd == 1 else draw(damaged(value, each)))
    return mixed if draw(st.integers(0, 9)) else mixed[: draw(st.integers(0, len(mixed)))]
