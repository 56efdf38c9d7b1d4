"""The look back, what helps, and the log of what was forecast: from a workbook's rows, poor and odd ones too."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from funnelbook.domain import weekplan
from support.adopted import adopted, lines, refreshed, table

PEOPLE = "姓名 | 入职日期 | 每日电话量\n小李 | 2025-01-01 | 40n\n小张 | 2025-01-01 | 40n"
TARGETS = "期间 | 业务员 | 版本 | 订单\n2026-05 | 小李 | 1 | 6n\n2026-05 | 小张 | 1 | 1n"
MONDAY = date(2026, 3, 2)


def _team(customers: int = 120) -> dict[str, str]:
    """Customers who enter day by day from 2 March; every third buys 12 days later, the others stay in B or A."""
    heads = ["客户编号 | 客户名称 | 业务员 | 录入日期"], ["时间 | 客户编号 | 业务员 | 方式 | 接通 | 级别"], []
    for i in range(customers):
        entered = MONDAY + timedelta(days=i * 76 // customers)
        owner = "小李" if i % 2 else "小张"
        heads[0].append(f"c{i} | 客户{i} | {owner} | {entered}")
        heads[1].append(f"{entered} 10:00 | c{i} | {owner} | 电话 | 是 | B")
        if i % 3 and entered + timedelta(days=5) <= date(2026, 5, 20):
            heads[1].append(f"{entered + timedelta(days=5)} 10:00 | c{i} | {owner} | 电话 | 是 | A")
        if i % 3 == 1 and entered + timedelta(days=12) <= date(2026, 5, 20):
            heads[2].append(f"D{i} | {entered + timedelta(days=12)}d | c{i} | {owner} | 1000n | 有效")
    orders = ["订单号 | 日期 | 客户编号 | 业务员 | 金额 | 状态", *heads[2]]
    return {
        "customers": "\n".join(heads[0]),
        "activities": "\n".join(heads[1]),
        "orders": "\n".join(orders),
        "people": PEOPLE,
        "targets": TARGETS,
    }


@pytest.fixture(scope="module")
def team():
    book = adopted(**_team())
    refreshed(book)
    return book


def note(book, name: str) -> str:
    """The line above a table."""
    return str(book.grids[f"result {name}"][1][0])


def test_without_a_connected_call_the_sheet_says_why_there_are_no_first_calls(team):
    silent = _team()["activities"].replace("是", "否")
    book = adopted(**_team() | {"activities": silent, "targets": TARGETS.replace("6n", "600n")})
    refreshed(book)
    assert lines(table(book, "Shapes"), "person", "first_calls") == ["- -", "小张 0", "小李 -"]
    assert "没有接通记录，还要打多少首通电话算不出。" in note(book, "Shapes")
    assert "没有接通记录" not in note(team, "Shapes")


def test_what_is_said_of_the_end_is_said_alike_everywhere(team):
    shapes = table(team, "Shapes").set_index("person")
    log = table(team, "ForecastHistory").set_index("person")
    board = table(team, "Board").set_index("person")
    assert shapes["expected"].to_dict() == board["forecast"][shapes.index].to_dict()
    for column in ("target", "won", "expected", "low", "high", "chance"):
        assert log[column].to_list() == shapes[column].to_list()
    assert (shapes["won"] <= shapes["low"]).all()
    assert (shapes["low"] <= shapes["high"]).all()
    assert (shapes["reachable_80"] <= shapes["reachable"]).all()
    sure = shapes["reachable_80"] >= shapes["target"]
    assert ((shapes["chance"] >= 0.8) == sure).all()


def test_levers_raise_the_chance_of_who_is_behind(team):
    found, shapes = table(team, "Levers"), table(team, "Shapes").set_index("person")
    assert len(found)
    behind = set(shapes.index[shapes["gap"] > 0])
    assert set(found["person"]) <= behind
    assert found.groupby(found["person"].fillna("")).size().max() <= 3
    assert (found["gain"] >= 0.005).all()
    assert found["gain"].to_list() == pytest.approx((found["chance_after"] - found["chance"]).to_list())
    names = dict(zip(table_of_customers(team)["id"], table_of_customers(team)["name"], strict=True))
    for row in found[found["id"].notna()].itertuples():
        assert names[row.id] in row.what


def table_of_customers(book) -> pd.DataFrame:
    rows = [row[:2] for row in book.grids["客户"][1:]]
    return pd.DataFrame(rows, columns=["id", "name"])


def test_who_must_not_be_called_is_not_pushed():
    sheets = _team()
    head, *rows = sheets["customers"].splitlines()
    sheets["customers"] = "\n".join([head + " | 勿扰", *(row + " | 是" for row in rows)])
    book = adopted(**sheets)
    refreshed(book)
    assert not set(table(book, "Levers")["lever"]) & {"push", "take_over"}


@pytest.mark.parametrize(
    ("li", "zhang", "told"),
    [
        (
            60,
            12,
            "团队、小李：没有哪一步能把达成概率提高半个百分点",
        ),  # 小张 needs 6 more, which is hard and can be helped
        (60, 6, "团队、小李：没有哪一步能把达成概率提高半个百分点"),  # nobody else is behind
        (6, 6, "团队：把握已在八成以上"),  # one more order of the team, of 17 expected
        (8, 8, ""),
    ],
)
def test_who_is_behind_and_has_no_lever_is_told_why(li, zhang, told):
    targets = f"期间 | 业务员 | 版本 | 订单\n2026-05 | 小李 | 1 | {li}n\n2026-05 | 小张 | 1 | {zhang}n"
    book = adopted(**_team() | {"targets": targets})
    refreshed(book)
    assert told in note(book, "Levers")
    assert ("：没有哪一步" in note(book, "Levers"), "八成" in note(book, "Levers")) == ("没有" in told, "八成" in told)


def test_past_weeks_are_held_against_what_came(team):
    check = table(team, "ForecastCheck")
    assert set(check["source"]) == {"recomputed"}
    # 2026-05-20 is a Wednesday: the last whole week ended on 17 May; the first cut has 14 days of history before it
    assert str(check["to"].iloc[-1].date()) == "2026-05-17"
    orders = pd.to_datetime([row[1] for row in team.grids["订单"][1:]])
    for row in check.itertuples():
        came = ((orders >= row[1]) & (orders < row.to + pd.Timedelta(days=1))).sum()
        assert (row.came, row.inside) == (came, row.low <= came <= row.high)
    n, off = len(check), check["expected"].sum() / check["came"].sum() - 1
    side = "高" if off > 0 else "低"
    said = f"过去 {n} 周，预测比实际平均{side} {abs(off):.0%}，{n} 周里 {check['inside'].sum()} 周落在区间内。"
    assert abs(off) >= 0.005
    assert said in note(team, "ForecastCheck")


def test_a_period_that_is_over_is_held_against_what_was_said_first():
    sheets = _team() | {"targets": "期间 | 业务员 | 版本 | 订单\n2026-04 | 团队 | 1 | 9n"}
    book = adopted(**sheets)
    refreshed(book, date(2026, 4, 8))
    first = table(book, "ForecastHistory")
    refreshed(book, date(2026, 4, 20))
    refreshed(book, date(2026, 5, 4))
    check = table(book, "ForecastCheck")
    said = check[check["source"] == "said"]
    assert [(str(row[1].date()), str(row.to.date())) for row in said.itertuples()] == [("2026-04-01", "2026-04-30")]
    team = first[first["person"].isna()]
    assert (
        said[["low", "expected", "high"]].to_numpy().tolist() == team[["low", "expected", "high"]].to_numpy().tolist()
    )
    orders = pd.to_datetime([row[1] for row in book.grids["订单"][1:]])
    assert said["came"].to_list() == [((orders >= "2026-04-01") & (orders < "2026-05-01")).sum()]


def test_the_last_day_expects_nothing_more():
    book = adopted(**_team())
    refreshed(book, date(2026, 5, 31))
    shapes = table(book, "Shapes")
    for column in ("low", "expected", "high", "reachable", "reachable_80"):
        assert shapes[column].to_list() == shapes["won"].to_list()
    assert set(shapes["chance"]) <= {0.0, 1.0}
    assert table(book, "Levers").empty
    assert "没有剩下的日子" in note(book, "Levers")


def test_a_day_before_the_last_logged_one_logs_no_forecast():
    book = adopted(**_team())
    refreshed(book, date(2026, 5, 20))
    before = table(book, "ForecastHistory")
    refreshed(book, date(2026, 5, 13))
    pd.testing.assert_frame_equal(table(book, "ForecastHistory"), before)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 9), st.integers(0, 5)), min_size=1, max_size=12))
def test_what_was_said_never_changes_once_a_later_day_is_logged(said):
    """Days in any order, each with what is said on it: the log holds the last word of each day up to the next later one."""
    log = pd.DataFrame({"as_of": pd.to_datetime([]), "person": [], "expected": []})
    frozen: dict[int, list[float]] = {}
    for day, expected in said:
        new = pd.DataFrame({"person": [None], "expected": [float(expected)]})
        log = weekplan.replace_same_day(log, new, date(2026, 5, day))
        if day >= max(frozen, default=0):
            frozen[day] = [float(expected)]
        assert {at.day: rows["expected"].to_list() for at, rows in log.groupby("as_of")} == frozen


ONE = "客户编号 | 客户名称 | 业务员 | 级别 | 录入日期\n1 | 甲 | 小李 | B | 2026-05-04"
POOR = {
    "one customer, nothing else": {"customers": ONE},
    "no orders, no log, one person": {"customers": ONE, "people": "姓名 | 入职日期\n小李 | 2025-01-01"},
    "a target of nothing": {"customers": ONE, "targets": "期间 | 业务员 | 版本 | 订单\n2026-05 | 小李 | 1 | 0n"},
    "a target and one customer": {"customers": ONE, "targets": "期间 | 业务员 | 版本 | 订单\n2026-05 | 小李 | 1 | 5n"},
    "a year": {
        "customers": ONE,
        "targets": "期间 | 业务员 | 版本 | 订单\n2026 | 小李 | 1 | 5n",
        "settings": "key | value\nperiod | 2026",
    },
    "a day": {
        "customers": ONE,
        "targets": "期间 | 业务员 | 版本 | 订单\n2026-05-20/2026-05-20 | 小李 | 1 | 5n",
        "settings": "key | value\nperiod | 2026-05-20/2026-05-20",
    },
    "a period to come": {
        "customers": ONE,
        "targets": "期间 | 业务员 | 版本 | 订单\n2026-07 | 小李 | 1 | 5n",
        "settings": "key | value\nperiod | 2026-07",
    },
    "all lost": {
        "customers": ONE.replace("| B |", "| 流失 |"),
        "targets": "期间 | 业务员 | 版本 | 订单\n2026-05 | 小李 | 1 | 5n",
    },
}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("sheets", POOR.values(), ids=POOR.keys())
def test_poor_data_gives_a_sentence_and_no_nonsense(sheets, language):
    book = adopted(**sheets)
    refreshed(book, language=language)
    for name in ("Levers", "ForecastCheck", "Shapes", "ForecastHistory"):
        for row in lines(table(book, name), *table(book, name).columns):
            assert "nan" not in row.casefold()
            assert "inf" not in row.casefold().split()
    shapes = table(book, "Shapes")
    chance = shapes["chance"].dropna()
    assert chance.between(0, 1).all()
    assert np.isfinite(shapes[["low", "expected", "high", "reachable"]].to_numpy(float)).all()
    assert table(book, "ForecastCheck").empty
    told = {"zh": "还没有可以回看的整周", "en": "no whole week to look back to"}[language]
    assert told in note(book, "ForecastCheck")
    assert note(book, "Levers")


SIXTY = "客户编号 | 客户名称 | 业务员 | 级别 | 录入日期\n" + "\n".join(
    f"c{i} | 客户{i} | {'小李' if i % 2 else '小张'} | {'EDCBA'[i % 5]} | 2026-05-01" for i in range(60)
)


def test_sixty_customers_entered_without_a_log_have_the_default_rates_and_say_so():
    book = adopted(customers=SIXTY, people=PEOPLE, targets=TARGETS)
    refreshed(book)
    funnel = table(book, "Funnel").query("tier not in ['Won', 'Lost']")
    assert funnel["rate"].tolist() == [0.5, 0.4, 0.5, 0.6, 0.8] * 3
    assert funnel["estimate"].all() and (funnel["cases"] == 0).all()
    assert funnel["note"].str.contains("还没有样本，用默认转化率。").all()


def test_they_still_have_them_days_later_where_nobody_said_when_they_came():
    book = adopted(customers=SIXTY.replace("2026-05-01", "-"), people=PEOPLE, targets=TARGETS)
    for day in (date(2026, 5, 20), date(2026, 5, 29)):
        refreshed(book, as_of=day)
    funnel = table(book, "Funnel").query("tier not in ['Won', 'Lost']")
    assert funnel["rate"].tolist() == [0.5, 0.4, 0.5, 0.6, 0.8] * 3
    assert funnel["note"].str.contains("还没有样本，用默认转化率。").all()


def test_who_has_no_case_of_his_own_is_said_to_have_the_rate_of_the_others():
    team = _team()
    team["people"] += "\n" + "\n".join(f"{who} | 2026-05-18 | 40n" for who in ("小王", "小赵"))
    team["activities"] = team["activities"].replace("小李", "小赵", 60).replace("小赵", "小李", 20)
    book = adopted(**team)
    refreshed(book)
    notes = table(book, "Funnel").query("tier == 'B'").set_index("person")["note"]
    assert "本人还没有样本" in notes["小王"] or "默认转化率" in notes["小王"]
    assert notes.isna()["小张"]


def test_a_default_worth_nothing_still_stands_where_there_is_no_case():
    book = adopted(customers=SIXTY, people=PEOPLE, targets=TARGETS, settings="key | value\nprior_cases | 0n")
    refreshed(book)
    funnel = table(book, "Funnel").query("tier not in ['Won', 'Lost']")
    assert funnel["rate"].tolist() == pytest.approx([0.5, 0.4, 0.5, 0.6, 0.8] * 3)
    assert funnel["rate_low"].between(0, funnel["rate"]).all() and funnel["rate_high"].between(funnel["rate"], 1).all()
    assert funnel["note"].str.contains("用默认转化率").all()


@pytest.mark.parametrize("key", ["rate_window_days", "pace_weeks", "reward_days", "mature_weeks"])
def test_a_span_longer_than_there_are_dates_is_a_problem_and_the_default_stands(key):
    sixty = {"customers": SIXTY, "people": PEOPLE, "targets": TARGETS}
    plain, odd = adopted(**sixty), adopted(**sixty, settings=f"key | value\n{key} | 1000000000000n")
    for book in (plain, odd):
        refreshed(book)
    assert lines(table(odd, "Problems"), "table", "column", "value") == ["Settings value 1000000000000"]
    assert table(odd, "Shapes")["chance"].tolist() == table(plain, "Shapes")["chance"].tolist()
