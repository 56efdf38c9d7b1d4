"""A workbook as large as a big team's year, made once and kept in the temporary folder."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import xlsxwriter

from funnelbook.domain.tiers import Tiers
from funnelbook.domain.workdays import WorkCalendar
from funnelbook.sample.law import moves
from funnelbook.sample.work_clock import Clock

AS_OF = date(2026, 5, 20)
PEOPLE = 30
CUSTOMERS, ACTIVITIES, ORDERS = 100_000, 500_000, 20_000
_DAYS = 360
_OUTCOMES = ("无人接听", "占线", "稍后再打", "不方便接听", "关机停机")


def large(scale: float = 1.0, seed: int = 1, *, shared: bool = False, people: int = PEOPLE) -> Path:
    """The path of a workbook with 100,000 customers, 500,000 activities and 20,000 orders, times `scale`, of so many people, on plain
    sheets.

    `shared`: with shared texts, as Excel writes them, else each text in its cell.
    """
    customers, activities, orders = (int(n * scale) for n in (CUSTOMERS, ACTIVITIES, ORDERS))
    path = (
        Path(tempfile.gettempdir())
        / f"funnelbook-bench-{customers}-{activities}-{orders}-{seed}{'s' * shared}b{people}.xlsx"
    )
    if not path.exists():
        partial = path.with_suffix(".part")
        _write(partial, customers, activities, orders, np.random.default_rng(seed), shared, people)
        partial.replace(path)
    return path


def _write(
    path: Path, customers: int, activities: int, orders: int, rng: np.random.Generator, shared: bool, many: int
) -> None:
    tiers = Tiers.default()
    people = [f"业务员{i + 1:02d}" for i in range(many)]
    owner = rng.integers(0, many, customers)
    created = np.datetime64(AS_OF) - rng.integers(5, _DAYS, customers)
    clock = Clock.of(WorkCalendar.plain(), AS_OF - timedelta(days=_DAYS), AS_OF)
    moved = moves(rng, clock.number(created), np.zeros(customers, dtype=int), np.ones((customers, tiers.n)), clock)
    moved["day"] = clock.days(moved["day"].to_numpy())
    idle = max(0, activities - len(moved))
    who = np.concatenate([moved["case"].to_numpy(), rng.integers(0, customers, idle)])
    day = np.concatenate([moved["day"].to_numpy("datetime64[D]"), created[who[len(moved) :]]])
    day[len(moved) :] += (rng.random(idle) * (np.datetime64(AS_OF) - day[len(moved) :]).astype(int)).astype(int)
    tier = np.concatenate([moved["tier"].to_numpy(), np.full(idle, -1)])
    order = np.argsort(day, kind="stable")[:activities]
    serial = (day - np.datetime64("1899-12-30")).astype(float)
    born = (created - np.datetime64("1899-12-30")).astype(float)
    labels = [*tiers.codes, "成交", "流失"]
    with xlsxwriter.Workbook(path, {"constant_memory": not shared, "strings_to_urls": False}) as workbook:
        dated, timed = (workbook.add_format({"num_format": f}) for f in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm"))
        sheet = workbook.add_worksheet("客户")
        sheet.write_row(
            0, 0, ["客户编号", "客户名称", "联系人", "电话", "来源", "业务员", "级别", "预计金额", "录入日期"]
        )
        phone = rng.integers(10_000_000, 99_999_999, customers)
        value = rng.integers(20, 900, customers) * 100
        for i in range(customers):
            texts = (f"K{i:06d}", f"客户公司{i}", "王经理", f"138{phone[i]}", "网络", people[owner[i]], "E")
            for j, text in enumerate(texts):
                sheet.write_string(i + 1, j, text)
            sheet.write_number(i + 1, 7, value[i])
            sheet.write_number(i + 1, 8, born[i], dated)
        sheet = workbook.add_worksheet("跟进记录")
        sheet.write_row(0, 0, ["时间", "客户编号", "业务员", "方式", "接通", "分钟", "结果", "级别", "内容", "流水号"])
        clock = rng.uniform(9, 18, activities) / 24
        word = rng.integers(0, len(_OUTCOMES), activities)
        minutes = rng.integers(1, 20, activities)
        for i, at in enumerate(order):
            moving = tier[at] >= 0
            sheet.write_number(i + 1, 0, serial[at] + clock[i], timed)
            sheet.write_string(i + 1, 1, f"K{who[at]:06d}")
            sheet.write_string(i + 1, 2, people[owner[who[at]]])
            sheet.write_string(i + 1, 3, "电话")
            sheet.write_string(i + 1, 4, "是" if moving or word[i] > 1 else "否")
            sheet.write_number(i + 1, 5, minutes[i])
            sheet.write_string(i + 1, 6, _OUTCOMES[word[i]])
            if moving:
                sheet.write_string(i + 1, 7, labels[tier[at]])
            sheet.write_string(i + 1, 8, "约好下次再谈" if moving else "")
        sheet = workbook.add_worksheet("订单")
        sheet.write_row(0, 0, ["订单号", "日期", "客户编号", "业务员", "金额", "毛利", "状态"])
        won = np.flatnonzero(tier[: len(moved)] == tiers.won)
        won = won[rng.integers(0, len(won), orders)]
        amount = rng.integers(20, 900, orders) * 100
        for i, at in enumerate(won):
            sheet.write_string(i + 1, 0, f"D{i:06d}")
            sheet.write_number(i + 1, 1, serial[at], dated)
            sheet.write_string(i + 1, 2, f"K{who[at]:06d}")
            sheet.write_string(i + 1, 3, people[owner[who[at]]])
            sheet.write_number(i + 1, 4, amount[i])
            sheet.write_number(i + 1, 5, amount[i] * 0.25)
            sheet.write_string(i + 1, 6, "有效")
        sheet = workbook.add_worksheet("目标")
        sheet.write_row(0, 0, ["期间", "业务员", "版本", "订单", "金额"])
        sheet.write_row(1, 0, ["2026-05", "团队", 1, orders // 8, orders * 6000])
