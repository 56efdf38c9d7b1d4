"""What a header says its numbers count is believed in reading and writing: 万元, k USD, seconds; what it does not say is told."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import numpy as np
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from funnelbook.book import counted, durations
from funnelbook.book.schema import TABLES
from funnelbook.commands.adopt import adopt
from funnelbook.commands.adopt_told import told
from funnelbook.commands.check import check
from funnelbook.commands.fix import fix
from funnelbook.commands.import_calls import stage
from funnelbook.commands.log_call import log_call
from funnelbook.commands.open import open_book
from funnelbook.commands.show import show

DAY = date(2026, 5, 20)
PEOPLE = [
    ["客户编号", "客户名称", "电话", "业务员"],
    ["C1", "甲公司", "13800138001", "李娜"],
    ["C2", "乙公司", "13900139002", "王强"],
]


def made(path: Path, **sheets: list[list[object]]) -> Path:
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm"}) as workbook:
        form = workbook.add_format({"num_format": "h:mm:ss"})
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for i, row in enumerate(rows):
                for j, cell in enumerate(row):
                    sheet.write(i, j, cell, *([form] if isinstance(cell, time) else []))
    return path


def of_money(tmp_path: Path, head: str, *cells: object) -> Path:
    rows = [
        [*PEOPLE[0], head],
        *([f"K{i}", f"{i}号公司", f"1380013800{i}", "李娜", cell] for i, cell in enumerate(cells)),
    ]
    return made(tmp_path / "book.xlsx", 客户=rows)


def values_of(path: Path, table: str, column: str) -> list[object]:
    return show(path, TABLES[table], as_of=DAY)[column].tolist()


@pytest.mark.parametrize(
    ("head", "cell", "yuan"),
    [
        ("报价金额(万元)", 1.5, 15_000), ("预计金额（万）", 0.57, 5_700), ("金额（千元）", 1.5, 1_500), ("金额/万元", 3, 30_000),
        ("金额万元", 2, 20_000), ("报价（单位：百万元）", 1.2, 1_200_000), ("Amount (k USD)", 12.5, 12_500), ("Amount ('000)", 3, 3_000),
        ("Amount in USD m", 1.1, 1_100_000), ("金额(元)", 9_800, 9_800), ("Amount (EUR)", 9_800, 9_800),
        ("金额(万元)", "8千", 8_000), ("金额(万元)", "9800元", 9_800), ("金额(万元)", "1.2", 12_000),
    ],
)  # fmt: skip
def test_an_amount_is_read_in_the_unit_of_its_header_unless_it_names_its_own(tmp_path, head, cell, yuan):
    path = of_money(tmp_path, head, cell)
    adopt(path, as_of=DAY)
    assert values_of(path, "Customers", "expected_value") == [yuan]


def test_that_it_is_read_so_is_told_with_a_count(tmp_path):
    report = adopt(of_money(tmp_path, "报价金额(万元)", 1.5, 2, "3"), as_of=DAY, dry_run=True)
    assert "读法和写法不同的：报价金额(万元) 3 处，如“1.5” → 15000" in "\n".join(told(report, "zh"))


def test_a_number_that_is_probably_in_another_unit_is_asked_about(tmp_path):
    path = of_money(tmp_path, "报价金额(万元)", 1.5, 2, 3, 15_000)
    adopt(path, as_of=DAY)
    problems = check(path, as_of=DAY)
    assert problems.loc[problems["column"] == "expected_value", "value"].tolist() == ["15000"]


def test_among_numbers_of_another_unit_those_are_asked_about_too(tmp_path):
    path = of_money(tmp_path, "Amount (k USD)", 1.5, 9.8, "$9,800", "3,200.50")
    adopt(path, as_of=DAY)
    problems = check(path, as_of=DAY)
    assert problems.loc[problems["column"] == "expected_value", "problem"].str.contains("2 个").tolist() == [True]


def test_amounts_in_several_currencies_are_told_with_a_count(tmp_path):
    path = of_money(tmp_path, "报价金额", "￥9,800", "9800元", "$1,200", "HK$5000", "€1.200,50", 300)
    adopt(path, as_of=DAY)
    problems = check(path, as_of=DAY)
    assert problems.loc[problems["problem"].str.contains("货币"), "problem"].str.contains("3 个").tolist() == [True]


def test_a_share_is_no_amount(tmp_path):
    path = of_money(tmp_path, "报价金额", 9_800, "30%")
    adopt(path, as_of=DAY)
    assert check(path, as_of=DAY).loc[lambda told: told["column"] == "expected_value", "value"].tolist() == ["30%"]


@pytest.mark.parametrize(("head", "yuan"), [("成交金额", 12_000), ("成交金额(元)", 1.2)])
def test_a_unit_in_the_title_is_that_of_all_amounts_but_those_that_name_their_own(tmp_path, head, yuan):
    orders = [
        ["5月成交明细 单位：万元"],
        [],
        ["订单编号", "日期", "客户编号", "业务员", head],
        ["D1", date(2026, 5, 3), "C1", "李娜", 1.2],
    ]
    path = made(tmp_path / "book.xlsx", 客户=PEOPLE, 订单=orders)
    adopt(path, as_of=DAY)
    assert values_of(path, "Orders", "amount") == [yuan]


def test_orders_are_written_in_the_unit_of_their_column(tmp_path):
    orders = [["订单编号", "日期", "客户编号", "业务员", "成交金额(万元)"], ["D1", date(2026, 5, 3), "C1", "李娜", 1.5]]
    path = made(tmp_path / "book.xlsx", 客户=PEOPLE, 订单=orders)
    adopt(path, as_of=DAY)
    log_call(path, "C2", {"outcome": "成交", "amount": "9800"}, as_of=DAY)
    assert open_book(path).grid("订单")[2][4] == pytest.approx(0.98)
    assert values_of(path, "Orders", "amount") == [15_000, 9_800]


def test_a_correction_is_written_in_the_unit_of_its_column(tmp_path):
    path = of_money(tmp_path, "报价金额(万元)", 1.5, "8千", "9800元")
    adopt(path, as_of=DAY)
    fix(path, as_of=DAY)
    assert [row[4] for row in open_book(path).grid("客户")[1:4]] == [1.5, 0.8, 0.98]
    assert values_of(path, "Customers", "expected_value") == [15_000, 8_000, 9_800]


LOG = ["客户编号", "通话时间", "业务员"]


def of_calls(tmp_path: Path, head: str, *cells: object) -> Path:
    rows = [
        [*LOG, head, "是否接通"],
        *(["C1", datetime(2026, 5, 12, 9, i), "李娜", cell] for i, cell in enumerate(cells)),
    ]
    path = made(tmp_path / "book.xlsx", 客户=PEOPLE, 通话=rows)
    adopt(path, as_of=DAY)
    return path


@pytest.mark.parametrize(
    ("head", "cells", "minutes"),
    [
        ("通话时长(秒)", [180, 95], [3, 95 / 60]),
        ("通话秒数", [12, 6], [0.2, 0.1]),
        ("通话时长", [180, 95], [3, 95 / 60]),  # nobody talks for three hours
        ("通话时长", [3, 12], [3, 12]),
        ("分钟", [180, 95], [180, 95]),  # it says so
        ("通话时长", ["3分25秒", "0:02:30"], [3 + 25 / 60, 2.5]),
        ("Duration (s)", ["180", "2m 30s"], [3, 2.5]),
        ("通话时长", [time(0, 3, 25), time(0, 2, 30)], [3 + 25 / 60, 2.5]),
        ("通话时长", [time(3, 25), time(12, 30)], [3 + 25 / 60, 12.5]),  # what a sheet makes of 3:25 and 12:30
        ("通话时长", [time(3, 25), "3:25", time(0, 2, 30)], [3 + 25 / 60, 3 + 25 / 60, 2.5]),
    ],
)
def test_durations_of_a_log_of_their_own_are_read_as_those_of_a_phone_system(tmp_path, head, cells, minutes):
    assert values_of(of_calls(tmp_path, head, *cells), "Activities", "minutes") == pytest.approx(minutes)


@pytest.mark.parametrize(("cells", "code"), [([180, 95], "按秒"), ([time(3, 25), time(12, 30)], "3 分 25 秒")])
def test_a_duration_read_by_what_is_plausible_is_said(tmp_path, cells, code):
    problems = check(of_calls(tmp_path, "通话时长", *cells), as_of=DAY)
    said = problems.loc[problems["column"] == "minutes", "problem"].tolist()
    assert len(said) == 1
    assert code in said[0]


def test_imported_calls_are_written_in_the_unit_of_the_column(tmp_path):
    path = of_calls(tmp_path, "通话时长", 180, 95)
    calls = tmp_path / "log.csv"
    calls.write_text(
        "客户号码,呼叫时间,坐席,通话时长(秒)\n13900139002,2026-05-19 10:00:00,王强,151\n", encoding="utf-8"
    )
    stage(open_book(path), [calls], {}, as_of=DAY).write()
    assert [row[3] for row in open_book(path).grid("通话")[1:4]] == [180, 95, 151]
    assert values_of(path, "Activities", "minutes") == pytest.approx([3, 95 / 60, 151 / 60])


def test_an_import_says_what_it_reads_otherwise_than_written(tmp_path):
    path = made(tmp_path / "book.xlsx", 客户=PEOPLE)
    adopt(path, as_of=DAY)
    calls = tmp_path / "log.csv"
    calls.write_text(
        "客户号码,呼叫时间,坐席,通话时长(秒),报价（万元）\n13900139002,05/07/2026 10:00,王强,151,1.2\n"
        "13800138001,05/08/2026 11:00,李娜,60,\n",
        encoding="utf-8",
    )
    report = stage(open_book(path), [calls], {}, as_of=DAY).report
    assert report.text("zh").splitlines()[1] == (
        "读法和写法不同的：呼叫时间 2 处，如“05/07/2026 10:00” → 2026-05-07 10:00:00、"
        "通话时长(秒) 2 处，如“151” → 2.52 分钟、报价（万元） 1 处，如“1.2” → 12000"
    )


@given(
    st.sampled_from(
        [
            ("万元", 4),
            ("千元", 3),
            ("百万", 6),
            ("亿元", 8),
            ("元", 0),
            ("k", 3),
            ("USD k", 3),
            ("€m", 6),
            ("in thousands", 3),
        ]
    ),
    st.sampled_from(
        ["{head}({unit})", "{head}（{unit}）", "{head} ({unit})", "{head}[{unit}]", "{head}/{unit}", "{head}_{unit}"]
    ),
    st.sampled_from(["金额", "报价", "Amount"]),
)
def test_a_unit_is_told_from_its_header(unit, form, head):
    text = form.format(head=head, unit=unit[0])
    assert (counted.power(text), counted.without_money_unit(text).strip()) == (unit[1], head)


@given(
    st.lists(st.integers(1, 3_600), min_size=1),
    st.sampled_from(
        [("时长(秒)", 60), ("通话时长（毫秒）", 60_000), ("Duration (ms)", 60_000), ("duration_ms", 60_000)]
    ),
)
def test_a_column_of_a_unit_stays_one_when_it_is_written(sizes, head):
    written = durations.writing([float(one) for one in sizes], counted.time_unit(head[0]))
    minutes = [written.minutes(float(one)) for one in sizes]
    assert minutes == pytest.approx([one / head[1] for one in sizes])
    stand = counted.in_unit(np.array(minutes), TABLES["Activities"].by_name["minutes"], head[0], ())
    assert stand.tolist() == sizes
