"""What people and COM pass as arguments, read as they mean it; what cannot be, with a real error and its reason."""

from __future__ import annotations

import ast
import re
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import funnelbook
from funnelbook.book.ports import CellError
from funnelbook.formulas.catalogue import FORMULAS, call
from funnelbook.words import LANGUAGES, subject

NA, VALUE, NUM = CellError("#N/A"), CellError("#VALUE!"), CellError("#NUM!")
TIERS = [["A", 2.0], ["B", 3.0]]
CUSTOMERS = [["客户编号", "客户名称", "业务员", "级别", "下次联系"], ["K1", "大地公司", "王芳", "B", 46143.0]]
TALKS = [["时间", "客户编号"], [46140.0, "K1"]]
ORDERS = [["日期", "客户编号", "金额"], [46143.0, "K1", 8000.0]]


def of(name: str, *arguments: object) -> list[list[object]]:
    return call(name, arguments, "zh")


def why(name: str, *arguments: object, language: str = "zh") -> str:
    return call("FB_WHY", (name, *arguments), language)[0][0]


@pytest.mark.parametrize(
    "hundred",
    [
        100,
        100.0,
        "100",
        " 100 ",
        "１００",
        "0.01万",
        "￥100.00元",
        Decimal("100.00"),
        np.int64(100),
        np.float32(100),
        [100.0],
        [[100.0]],
        ((100.0,),),
        [[None, 100.0]],
        np.array([[100.0]]),
        pd.Series([100.0]),
    ],
)
def test_a_number_as_people_write_it(hundred):
    assert of("FB_SPLIT", hundred, [3, 3, 1]) == [[43.0], [43.0], [14.0]]


def test_thousands_and_percent_as_text():
    assert of("FB_NEED", "1,200", 0, "３０％") == [[4000.0, 4000.0]]
    assert of("FB_NEED", 9, 0, "45%") == [[20.0, 20.0]]


@pytest.mark.parametrize(
    "weights",
    [
        [3, 3, 1],
        [[3], [3], [1]],
        (3.0, 3.0, 1.0),
        ((3.0,), (3.0,), (1.0,)),
        ((Decimal(3), "3", "１"),),
        np.array([3, 3, 1]),
        np.array([[3], [3], [1]]),
        pd.DataFrame({"w": [3, 3, 1]}),
    ],
)
def test_a_row_a_column_and_a_block_of_numbers(weights):
    assert [row[0] for row in of("FB_SPLIT", 100, weights)] == [43.0, 43.0, 14.0]


@pytest.mark.parametrize("code", ["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"])
def test_an_error_passes_through_as_itself(code):
    for error in (code, CellError(code)):
        assert of("FB_NEED", 15, [[40], [error]], [[0.5], [0.4]]) == [[CellError(code)]]
        assert of("FB_NEED", error, 40, 0.5) == [[CellError(code)]]
        assert of("FB_MASK", [["张三丰"], [error]]) == [["张***"], [CellError(code)]]
        assert of("FB_NEXT", [["A"], [error]], "2026-06-03", TIERS)[1] == [CellError(code)]
        assert of("FB_COUNTS", [["E"], [error]], ["E"]) == [[CellError(code)]]


@pytest.mark.parametrize("nothing", [None, "", "  ", float("nan"), [], [[None, ""]], np.nan, pd.NaT])
def test_no_data_is_not_available(nothing):
    assert of("FB_NEED", nothing, 40, 0.5) == [[NA]]
    assert of("FB_CHANCE", 8, nothing, 0.5) == [[NA]]
    assert of("FB_COUNTS", nothing, ["E"]) == [[NA]]
    assert of("FB_WORKDAYS", nothing, "2026-06-05")[0][0] == NA
    assert of("FB_PACE", 6, 10, nothing, "2026-06-12", "2026-06-05") == [[NA]]
    # an optional argument that is blank is as if left out
    assert of("FB_SPLIT", 10, [1, 1, 1], nothing, nothing) == [[4.0], [3.0], [3.0]]


def test_a_blank_cell_is_a_stock_of_zero_but_no_rate():
    assert of("FB_NEED", 15, [[None], [12]], [[0.5], [0.4]]) == [[51.0, 51.0], [37.5, 25.5]]
    assert of("FB_NEED", 15, [[40], [12]], [[None], [0.4]]) == [[NA]]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("FB_NEED", (15, [[40], [12]], [[0.5]])),
        ("FB_SPLIT", (10, [1, 1, 1], [1, None])),
        ("FB_GAP", ([1, 2], [1, 2, 3])),
        ("FB_LIMITS", ([1, 2], [20])),
        ("FB_PACE", ([1, 2], [1, 2, 3], "2026-06-01", "2026-06-12", "2026-06-05")),
        ("FB_COUNTS", (["E", "D"], ["E"], ["王芳"])),
        ("FB_RATES", (["K1"], ["E", "D"], [46023], ["E", "D"], 46143)),
        ("FB_NEXT", ([["A"], ["B"]], [[46143], [46143], [46143]], TIERS)),
        ("FB_WORKDAYS", ([[46143, 46144]], [[46150, 46151, 46152]])),
        ("FB_TIER", ([["x"], ["y"]], [["A"], ["B"], ["C"]], [["x", "A"]])),
        ("FB_SHAPE", ([1, 2], [0.5, 0.4, 0.3])),
        ("FB_SHAPE", ([20, 20], [0.5, 0.4], [10])),
    ],
)
def test_sizes_that_do_not_fit(name, arguments):
    assert of(name, *arguments) == [[VALUE]]


def test_an_optional_argument_left_out_in_the_middle():
    done = [["2026-W23", 5.0, 3.0], ["2026-W24", 5.0, 6.0]]
    assert of("FB_WEEKS", 9, "2026-06-01", "2026-06-14", None, [[3]]) == done
    assert of("FB_WEEKS", 9, "2026-06-01", "2026-06-14", "", 3) == done


@pytest.mark.parametrize(
    "calendar",
    [
        [["日期", "名称", "工作日"], [46192, "端午节", "否"], [46193, "调休", "是"]],
        [["Remark", "Date", "Workday"], ["", "2026-06-19", "no"], ["", "2026-06-20", "yes"]],
        [[46192, "否"], [46193, "是"]],
        [["2026-06-19", False], ["2026-06-20", True]],
    ],
)
def test_a_calendar_as_a_table_or_as_two_columns(calendar):
    assert of("FB_WORKDAYS", "2026-06-15", "2026-06-21", calendar) == [[5.0]]
    assert of("FB_NEXT", "A", "2026-06-17", TIERS, calendar) == [[datetime(2026, 6, 20)]]


@pytest.mark.parametrize("off", [46192, "2026-06-19", [[46192], [46189]], [46192, 46189, None], [[46189, 46192]]])
def test_days_off_as_for_workday_of_excel(off):
    assert of("FB_WORKDAYS", "2026-06-19", "2026-06-22", off) == [[1.0]]


@pytest.mark.parametrize(
    ("customers", "talks"),
    [
        (CUSTOMERS, TALKS),
        (
            [["Region", "Customer ID", "Owner", "Tier", "Next contact"], ["North", "K1", "王芳", "B", "2026-05-01"]],
            [["When?", "At", "ID", "Minutes"], [None, "2026-04-28 10:00", "K1", 5]],
        ),
    ],
)
def test_whole_tables_with_headers_in_either_language_and_more_columns(customers, talks):
    got = of("FB_CALLS", customers, talks, "王芳", "2026-05-01")
    assert got[0][:2] == ["名次", "客户编号"]
    assert [row[1] for row in got[1:]] == ["K1"]
    assert call("FB_CALLS", (customers, talks, "王芳", "2026-05-01"), "en")[1][6] == "Promised"


def test_tables_of_tiers_and_outcomes():
    table = [["Order", "Code", "Note", "Cadence days"], [2, "A", "", 2], [1, "B", "", 3]]
    assert of("FB_NEXT", ["a", "Ｂ"], "2026-06-03", table) == [[datetime(2026, 6, 5), datetime(2026, 6, 8)]]
    outcomes = [["备注", "级别", "结果"], ["", "B", "已报价"]]
    assert of("FB_TIER", " 已报价", "C", outcomes) == [["B"]]


# a call that gives each reason; the text only it can give, in Chinese and in English
SAID = [
    ("tiers_count", "FB_NEXT", ("A", 46143, [["A"]]), "有 1 个级别，要 2 到 12 个", "there are 1 tiers"),
    ("tier_twice", "FB_NEXT", ("A", 46143, [["A"], ["A"]]), "级别 A 出现了两次", "tier A stands twice"),
    ("book", "FB_NEXT", ("A", 46143, [["代码", "跟进间隔天"], ["A", 2]]), "2", "a funnel has 2 to 12"),
    ("blank", "FB_WORKDAYS", ([[None, 46143]], 46143), "没有数据", "there is no data"),
    ("blank_argument", "FB_NEED", ("", 40, 0.5), "参数 target 是空的", "target is blank"),
    ("blank_at", "FB_NEED", (1, [1, 1], [0.5, None]), "参数 rates：第 1 行第 2 列是空的", "rates: row 1, column 2 is blank"),
    ("ends_before", "FB_WEEKS", (1, 46150, 46143), "早于开始日期", "precedes the first"),
    ("error_cell", "FB_NEED", ("#REF!", 40, 0.5), "本身是错误 #REF!", "holds the error #REF!"),
    ("error_given", "FB_PHONE", ([["#REF!"]],), "结果第 1 行第 1 列（#REF!）：数据里本身有错误", "the data hold the error #REF!"),
    ("lunar_years", "FB_CARE", (CUSTOMERS, ORDERS, "2099-12-20", 10), "1901 到 2099 年", "1901 to 2099"),
    ("fine", "FB_NEED", (15, 40, 0.5), "没有出错", "no error"),
    ("lengths", "FB_NEXT", ([["A"], ["B"]], [[1], [2], [3]], TIERS), "行列数不一致", "same rows and columns"),
    ("lengths_of", "FB_NEED", (15, [40, 12], [0.5]), "个数不一致：2, 1", "number of cells: 2, 1"),
    ("locked_total", "FB_SPLIT", (10, [1, 1], [11, None]), "已锁定的合计 11", "add up to 11"),
    ("locked_whole", "FB_SPLIT", (10, [1, 1], [1.5, None]), "0 或正整数", "whole and not negative"),
    ("missing", "FB_NEED", (15, 40), "缺少参数 rates", "argument rates is missing"),
    ("more_done", "FB_WEEKS", (1, 46143, 46144, None, [1, 1]), "一共只有 1 周", "only 1 weeks"),
    ("more_successes", "FB_LIMITS", ([1, 5], [9, 4]), "第 2 行的成功次数多于", "row 2 there are more successes"),
    ("negative", "FB_NEED", (15, [1, -1], [0.5, 0.5]), "第 1 行第 2 列是负数", "column 2 is negative"),
    ("no_column", "FB_CALLS", ([["a"], ["b"]], TALKS, "王芳", 46143), "没有“客户编号”这一列", "no column Customer ID"),
    ("no_customers_of", "FB_CALLS", (CUSTOMERS, TALKS, "李强", 46143), "没有业务员“李强”", "李强 has no customers"),
    ("no_data", "FB_RATES", ([None, "K1"], ["E", "E"], [46143, None], ["E", "D"], 46143), "没有可用的数据行", "no row"),
    ("no_country", "FB_PHONE", ("13800138000", "中国"), "“中国”不是国家代码", "中国 is no country code"),
    ("no_phone", "FB_PHONE", ("电话",), "“电话”不是电话号码", "电话 is not a phone number"),
    ("no_such", "FB_NEEDS", (), "没有叫“FB_NEEDS”的公式", "no formula named FB_NEEDS"),
    ("no_value", "FB_NEED", (15, [0, 0], [0.5, 0]), "结果第 1 行第 1 列（#N/A）：这里没有数据", "rate of 0"),
    ("not_date", "FB_WEEKS", (1, "五一", 46143), "参数 from_day：第 1 行第 1 列“五一”不是日期", "五一 is not a date"),
    ("not_number", "FB_NEED", ("许多", 40, 0.5), "“许多”不是数字", "许多 is not a number"),
    ("not_share", "FB_NEED", (15, 40, 1.5), "要在 0 到 1 之间：1.5", "not between 0 and 1: 1.5"),
    ("not_whole", "FB_CHANCE", (1, 1.5, 0.5), "参数 stock：第 1 行第 1 列要是整数：1.5", "not a whole number: 1.5"),
    ("one_cell", "FB_NEED", ([1, 2], 40, 0.5), "只要一个单元格", "a single cell"),
    ("part_of_date", "FB_WEEKS", (1, "6月1日", 46143), "“6月1日”请写上年份和日期，如 2026-06-01", "write it with year and day"),
    ("too_large", "FB_CARE", (CUSTOMERS, ORDERS, 46143, 1e6), "数字太大", "too large"),
    ("too_large", "FB_CHANCE", (8, 40, 0.5, 0, 2.5), "数字太大", "too large"),
    ("too_many", "FB_MASK", ("a", "CN", "b"), "最多 2 个", "at most 2"),
    ("too_large", "FB_GAP", ([1e300, 0.3, 2000], [800, 1e300, 2100]), "数字太大", "too large"),
    ("too_many_factors", "FB_GAP", ([1] * 11, [1] * 11), "最多 10 个", "at most 10"),
    ("two_columns", "FB_TIER", ("x", "A", [["x"]]), "要两列", "two columns"),
    ("two_tiers", "FB_SHAPE", (20, 0.5), "至少要两个级别", "at least two tiers"),
    ("unknown_outcome", "FB_TIER", ("y", "A", [["x", "B"]]), "通话结果表里没有“y”", "y is not one of the outcomes"),
    ("unknown_shape", "FB_ADVICE", ("圆形",), "“圆形”不是漏斗形态", "圆形 is not a shape"),
    ("unknown_tier", "FB_NEXT", ("Z", 46143, TIERS), "级别表里没有“Z”", "Z is not one of the tiers"),
]  # fmt: skip
WRAPPERS = {"argument", "cell"}  # they hold the reasons above, with where it was met
NEVER = {"unexpected"}  # the laws show that it does not come


@pytest.mark.parametrize(("code", "name", "arguments", "zh", "en"), SAID, ids=[row[0] for row in SAID])
def test_why_says_the_reason_in_both_languages(code, name, arguments, zh, en):
    for language, fragment in zip(LANGUAGES, (zh, en), strict=True):
        template = subject("reasons", language)[code]
        said = why(name, *arguments, language=language)
        assert fragment in said
        assert re.search(re.sub(r"\\{\w+\\}", ".*", re.escape(template)), said)
    if name in FORMULAS:
        errors = [v for row in of(name, *arguments) for v in row if isinstance(v, CellError)]
        assert bool(errors) == (code != "fine")


def test_every_reason_is_reached():
    assert {row[0] for row in SAID} | WRAPPERS | NEVER == set(subject("reasons", "en"))


@pytest.mark.parametrize("name", ["FB_NEED", "fb_need", "NEED", "=FB_NEED(15,A1:A5)", "FB.NEED", [["FB_NEED"]]])
def test_why_takes_the_name_as_people_write_it(name):
    assert why(name, 15, [40, 12], 0.5) == "几个参数的个数不一致：2, 1。"


def test_no_formula_reads_the_clock():
    folder = Path(funnelbook.__file__).parent
    for source in [*folder.glob("formulas/**/*.py"), *folder.glob("domain/*.py")]:
        tree = ast.parse(source.read_text(encoding="utf-8"))
        called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert not called & {"now", "today", "utcnow", "time_ns", "perf_counter", "monotonic", "localtime"}, source


def test_tiers_are_known_as_people_write_them():
    """A类, a, Ａ and 成交 are what a refresh knows too."""
    assert call("FB_COUNTS", [[["A类"], ["a"], ["Ａ"], ["成交"], ["x"]], [["A", "Won", "A"]]], "zh") == [
        [3.0, 1.0, 3.0]
    ]
    day = call("FB_NEXT", ["b类", "2026-06-03", [["B", 3.0], ["A", 2.0]]], "zh")
    assert day == [[datetime(2026, 6, 8)]]


def test_calls_of_others_take_nobody_off_the_list():
    customers = [
        ["客户编号", "业务员", "级别", "下次联系"],
        ["a", "王芳", "A", "2026-06-03"],
        ["b", "王芳", "A", "2026-06-03"],
        ["z", "李明", "A", None],
    ]
    activities = [["时间", "客户编号"], ["2026-06-03 09:00", "z"], ["2026-06-03 10:00", "z"]]
    listed = call("FB_CALLS", [customers, activities, "王芳", "2026-06-03"], "zh")
    assert [row[1] for row in listed[1:]] == ["a", "b"]
