"""The week plan: what every week has to bring, for the orders of the period and of the next one."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from funnelbook.book.schema import TABLES
from funnelbook.commands.show import show
from support import demo
from support.adopted import adopted, lines, refreshed, table
from support.examples import examples

SUNDAY = date(2026, 5, 3)
# Tiers B and A at .5 each, a week in each: two weeks from B to the order, one from A. May 13 to 15 are holidays: of the two
# weeks left of the period one has 5 working days, one 2, so 3 orders are 2 and 1. The next period wants 6 in 15 days, 2 a week.
TEAM = {
    "customers": """
        客户编号 | 客户名称 | 业务员 | 级别 | 录入日期
        1 | 甲 | 小李 | B | 2026-05-01
        2 | 乙 | 小李 | B | 2026-05-01
        3 | 丙 | 小李 | B | 2026-05-01
        4 | 丁 | 小李 | B | 2026-05-01
        5 | 戊 | 小李 | A | 2026-05-01
        6 | 己 | 小李 | A | 2026-05-01
    """,
    "people": "姓名 | 入职日期 | 每日电话量\n小李 | 2025-01-01 | 40n",
    "targets": """
        期间 | 业务员 | 版本 | 订单
        2026-04-27/2026-05-17 | 小李 | 1 | 3n
        2026-05-18/2026-06-07 | 小李 | 1 | 6n
    """,
    "settings": "key | value\nperiod | 2026-04-27/2026-05-17",
    "级别表": """
        代码 | 名称 | 顺序 | 默认转化率 | 默认停留天 | 跟进间隔
        B | 意向 | 1n | 0.5n | 7n | 7n
        A | 热 | 2n | 0.5n | 7n | 3n
    """,
    "日历": "日期 | 是否工作日\n2026-05-13 | 否\n2026-05-14 | 否\n2026-05-15 | 否",
}


def plan(as_of: date = SUNDAY, person: str = "小李", **changed: str | None) -> list[str]:
    book = adopted(**{name: text for name, text in (TEAM | changed).items() if text is not None})
    refreshed(book, as_of)
    rows = table(book, "WeekPlan")
    rows = rows[(rows["person"] == person) & (rows["status"] != "past")]
    return lines(rows, "week", "tier", "planned", "late", "status")


def test_the_worked_plan_from_the_tables_to_the_sheet():
    assert plan() == [
        "2026-W18 order 0 False current",  # its Sunday is over
        "2026-W19 order 2 False future",
        "2026-W20 order 1 False future",
        "2026-W18 A 0 False current",
        "2026-W19 A 4 True future",
        "2026-W20 A 4 False future",
        "2026-W18 B 0 False current",
        "2026-W19 B 12 True future",
        "2026-W20 B 8 False future",
    ]


def test_nobody_is_planned_to_find_more_than_he_can_call():
    # two calls a day, nobody called yet: 5 days can bring 10 of the 12, the two days after 4
    assert [row for row in plan(people="姓名 | 入职日期 | 每日电话量\n小李 | 2025-01-01 | 2n") if " B " in row] == [
        "2026-W18 B 0 False current",
        "2026-W19 B 10 True future",
        "2026-W20 B 4 False future",
    ]


def test_days_off_and_days_before_the_start_are_no_days_to_call():
    away = "业务员 | 开始 | 结束\n小李 | 2026-05-04 | 2026-05-06"
    few = "姓名 | 入职日期 | 每日电话量\n小李 | 2025-01-01 | 2n"
    assert [row for row in plan(people=few, 请假=away) if " B " in row][1:] == [
        "2026-W19 B 4 True future",
        "2026-W20 B 4 False future",
    ]
    new = "姓名 | 入职日期 | 每日电话量\n小李 | 2026-05-07 | 2n"
    assert [row for row in plan(people=new) if " B " in row][1:] == [
        "2026-W19 B 4 True future",
        "2026-W20 B 4 False future",
    ]


def test_without_a_next_target_the_pace_of_this_one_goes_on():
    # 3 orders in the 12 working days of the period: 1.25 a week, after 2 and 1: A 4, then 2.5; B 4 x 2 - 4 + 2.5 x 2 = 9 and 5
    this = "期间 | 业务员 | 版本 | 订单\n2026-04-27/2026-05-17 | 小李 | 1 | 3n"
    assert [row.split()[2] for row in plan(targets=this) if "W19 B" in row or "W20 B" in row] == ["9", "5"]


def test_a_period_made_still_sows_for_the_next():
    won = "订单号 | 日期 | 客户编号 | 业务员 | 金额\n" + "\n".join(
        f"D{i} | 2026-04-30 | 9 | 小李 | 1n" for i in range(3)
    )
    rows = plan(orders=won)
    assert [row.split()[2] for row in rows if " order " in row] == ["0", "0", "0"]
    # 2 orders a week from May 18: A 4 due a week before less the 2 there, B 4 a week for 2 of A two weeks before, less 4; then 8
    assert [row.split()[2] for row in rows if " A " in row] == ["0", "0", "2"]
    assert [row.split()[2] for row in rows if " B " in row] == ["0", "0", "8"]


def test_a_week_the_period_ends_in_has_its_part_of_what_is_due():
    # The period ends on Tuesday of W21: 3 orders over 5, 5 and 2 days are 1, 1, 1; 12 in the 12 days after are one a day, so W21
    # wants 4 in all, W22 and W23 5. A: 2, 2, 8, 10, 10 less the 2 there, a week earlier: 2, 8, 10, of which two days of five;
    # B: twice 0, 2, 8, 10, 10 less the 4 there, two weeks earlier: 16, 20, 20, of which two days of five.
    rows = plan(
        settings="key | value\nperiod | 2026-05-04/2026-05-19",
        targets="""
            期间 | 业务员 | 版本 | 订单
            2026-05-04/2026-05-19 | 小李 | 1 | 3n
            2026-05-20/2026-06-04 | 小李 | 1 | 12n
        """,
        日历=None,
    )
    assert [row.rsplit(" ", 1)[0] for row in rows] == [
        "2026-W19 order 1 False",
        "2026-W20 order 1 False",
        "2026-W21 order 1 False",
        "2026-W19 A 2 False",
        "2026-W20 A 8 False",
        "2026-W21 A 4 False",
        "2026-W19 B 16 False",
        "2026-W20 B 20 False",
        "2026-W21 B 8 False",
    ]


def test_what_is_due_is_due_when_somebody_works_again():
    # on Tuesday evening nobody works before Monday: the period ends without a day for it
    assert [row.split()[2] for row in plan(date(2026, 5, 12))] == ["0", "0", "0"]


def test_of_the_current_week_only_the_days_after_today_count():
    # Thursday evening: Friday is left of this week, Monday and Tuesday of the next; whole weeks would make it 2 and 1
    assert [row for row in plan(date(2026, 5, 7)) if " order " in row] == [
        "2026-W19 order 1 False current",
        "2026-W20 order 2 False future",
    ]


def test_on_the_last_day_nothing_is_planned():
    assert [row.split()[2] for row in plan(date(2026, 5, 17))] == ["0", "0", "0"]


def test_the_plan_of_the_sample_team_worked_out_anew(demo_book, tmp_path):
    book = tmp_path / "demo.xlsx"
    book.write_bytes(demo_book("zh"))
    shapes, funnel, weeks = (show(book, TABLES[n], as_of=demo.DAY) for n in ("Shapes", "Funnel", "WeekPlan"))
    for person, target, gap in zip(shapes["person"], shapes["target"], shapes["gap"], strict=True):
        own, rows = (t[t["person"].isna() if person is None else t["person"] == person] for t in (funnel, weeks))
        own, days = own.set_index("tier"), rows[rows["tier"] == "order"]["workdays"].tolist()
        planned = rows[rows["status"] != "past"].set_index(["tier", "week"])["planned"]
        # Thursday, Friday and the last week are to come; of the weeks after May one holds a holiday, June 19
        parts = [gap * left / (2 + days[-1]) for left in (2, days[-1])]
        orders = [math.floor(part) for part in parts]
        if sum(orders) < gap:
            orders[parts[1] - orders[1] > parts[0] - orders[0]] += 1
        # June has 21 working days; a target is proposed for the team, everybody else goes on as in May
        a_day = 24 / 21 if person is None else target / sum(days)
        wanted = orders + [after * a_day for after in (5, 5, 4, 5, 5, 5, 5)]
        assert planned["order"].tolist() == orders
        for tier in "ABCDE":
            left, due = own["stock"][tier] - own["cold"][tier], [0.0, 0.0]
            for week, needed in enumerate([orders / own["rate"][tier] for orders in wanted]):
                served = min(left, needed)
                left, wanted[week] = left - served, needed - served
                at = max(0, week - math.floor(own["lead_days"][tier] / 7 + 0.5))
                if at < 2:
                    due[at] += wanted[week]
            first, both = (math.ceil(total - 1e-9) for total in (due[0], sum(due)))
            assert planned[tier].tolist() == [first, both - first], (person, tier)


def test_a_week_is_kept_as_it_began():
    book = adopted(**TEAM)
    for day in (SUNDAY, date(2026, 5, 5), date(2026, 5, 8)):
        refreshed(book, day)
    refreshed(book, date(2026, 5, 11))
    rows = table(book, "WeekPlan")
    rows = rows[(rows["person"] == "小李") & (rows["week"] == "2026-W19")]
    assert lines(rows, "tier", "planned", "status") == ["order 2 past", "A 4 past", "B 12 past"]


@pytest.mark.parametrize(
    "changed",
    [
        {"日历": None},
        {"targets": None},
        {"targets": "期间 | 业务员 | 版本 | 订单\n2026-04-27/2026-05-17 | 小李 | 1 | 0n"},
        {"people": None},
        {"customers": "客户编号 | 客户名称 | 业务员 | 级别"},
        {"settings": "key | value\nperiod | 2026-05-03/2026-05-03"},
        {"settings": "key | value\nperiod | 2026"},
        {"级别表": "代码 | 名称 | 顺序 | 默认转化率 | 默认停留天\nB | 意向 | 1n | 0n | 9999n\nA | 热 | 2n | 0n | 0n"},
    ],
)
def test_a_plan_of_anything_is_whole_numbers_or_blank(changed):
    book = adopted(**{name: text for name, text in (TEAM | changed).items() if text is not None})
    refreshed(book, SUNDAY)
    planned = table(book, "WeekPlan")["planned"].to_numpy(float)
    known = planned[~np.isnan(planned)]
    assert (known >= 0).all() and np.isfinite(known).all() and (known == known.round()).all()


@settings(max_examples=examples(20), deadline=None, derandomize=True)
@given(calls=st.integers(0, 9), target=st.integers(0, 60), day=st.integers(0, 16))
def test_never_more_than_can_be_called_and_above_nothing_while_the_lowest_tier_is_empty(calls, target, day):
    as_of = date(2026, 4, 30 - 3) if day == 0 else date.fromordinal(date(2026, 4, 27).toordinal() + day)
    changed = {
        "customers": "客户编号 | 客户名称 | 业务员 | 级别\n1 | 甲 | 小李 | 流失",
        "people": f"姓名 | 入职日期 | 每日电话量\n小李 | 2025-01-01 | {calls}n",
        "targets": f"期间 | 业务员 | 版本 | 订单\n2026-04-27/2026-05-17 | 小李 | 1 | {target}n",
    }
    book = adopted(**TEAM | changed)
    refreshed(book, as_of)
    rows = table(book, "WeekPlan")
    rows = rows[(rows["person"] == "小李") & (rows["tier"] == "B") & (rows["status"] != "past")]
    holidays = {date(2026, 5, d) for d in (13, 14, 15)}
    for week, planned in zip(rows["week"], rows["planned"], strict=True):
        monday = date.fromisocalendar(int(week[:4]), int(week[6:]), 1)
        left = [date.fromordinal(monday.toordinal() + i) for i in range(5)]
        most = calls * sum(d > as_of and d not in holidays for d in left)
        assert planned <= most
        if most and target:
            assert planned > 0
