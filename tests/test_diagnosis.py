"""Diagnosis, Causes and the star of the Board, from a workbook's rows."""

import warnings
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from funnelbook.book import codes
from funnelbook.domain.drivers import shapley
from funnelbook.results.causes import factors
from funnelbook.words import say
from support.adopted import adopted, refreshed, table

DAY = date(2026, 5, 20)
PEOPLE = ("小李", "小张", "小王")
# (calls, connects, moves up, quotes, orders) of each person this month
WORK = {"小李": (60, 30, 12, 8, 6), "小张": (90, 40, 16, 8, 4), "小王": (90, 50, 20, 10, 5)}


def workbook(work=WORK, people=PEOPLE, targets="2026-05 | 小李 | 1 | 10n | 20000n", extra=()):
    """A customer a call; the first ones are connected, go up to B, are quoted and buy for 1,500."""
    customers, calls, orders = [], [], []
    for person in people:
        made, connected, up, quoted, bought = work[person]
        for i in range(made):
            key, day = f"{person}{i}", f"2026-05-{4 + i % 15:02d}"
            tier = "B" if i < up else "-"
            customers.append(f"{key} | {person} | 2026-05-01d | 1380013{i:04d}")
            quote = "1500n" if i < quoted else "-"
            calls.append(
                f"{day} 10:{i % 60:02d} | {key} | {person} | 电话 | {'是' if i < connected else '否'} | {tier} | {quote}"
            )
            if i < bought:
                orders.append(f"D{key} | 2026-05-19d | {key} | {person} | 1500n | 300n")
    return adopted(
        customers="\n".join(["客户编号 | 业务员 | 录入日期 | 电话", *customers]),
        activities="\n".join(["时间 | 客户编号 | 业务员 | 方式 | 接通 | 级别 | 报价", *calls, *extra]),
        orders="\n".join(["订单号 | 日期 | 客户编号 | 业务员 | 金额 | 毛利", *orders]),
        people="\n".join(["姓名 | 入职日期 | 每日电话量", *(f"{p} | 2025-01-01 | 10n" for p in people)]),
        targets=f"期间 | 业务员 | 版本 | 订单 | 金额\n{targets}",
    )


@pytest.fixture(scope="module")
def book():
    made = workbook()
    refreshed(made)
    return made


def test_every_active_person_is_asked_nine_questions(book):
    got = table(book, "Diagnosis")
    assert got.groupby("person", sort=False)["question"].agg(list).to_dict() == {
        person: [f"B{i}" for i in range(1, 10)] for person in PEOPLE
    }
    weak = got["verdict"].isin(("watch", "problem"))
    assert (got.loc[weak, "cases"] >= 20).all()
    assert got.loc[weak, "advice"].notna().all()


def test_the_numbers_are_those_of_the_rows(book):
    got = table(book, "Diagnosis").set_index(["person", "question"])
    # 14 weekdays from May 1 to May 20
    calls = got.loc[("小李", "B2")]
    assert calls["value"] == pytest.approx(60 / 14)
    assert calls["benchmark"] == pytest.approx(180 / 28)
    assert calls["cases"] == 90
    # all six closed cases were quoted and won
    assert got.loc[("小李", "B6"), ["value", "cases", "verdict"]].tolist() == [1.0, 6.0, "no_evidence"]
    assert got.loc[("小张", "B5"), ["value", "cases"]].tolist() == [1.0, 4.0]
    assert got.loc[("小李", "B7"), "value"] == pytest.approx(0.2)
    # the open customers, against them and the new ones that the Funnel says are missing
    funnel = table(book, "Funnel").set_index(["person", "tier"]).loc["小李"]
    stock, missing = funnel.loc[list("EDCBA"), "stock"].sum(), funnel.loc["E", "missing"]
    assert got.loc[("小李", "B4"), "value"] == stock == 54
    assert got.loc[("小李", "B4"), "benchmark"] == pytest.approx(stock + missing, abs=1)  # shown rounded up
    # the chance of the Shapes, at the rates of the team
    assert got.loc[("小李", "B1"), "low"] == 0.2
    assert 0 <= got.loc[("小李", "B1"), "value"] <= 1
    # 6 of 10 orders on the 14th of 21 days
    assert got.loc[("小李", "B8"), "value"] == pytest.approx(6 / 10 - 14 / 21)


def test_the_parts_of_the_gap_by_hand(book):
    got = table(book, "Causes")
    assert got["person"].unique().tolist() == ["小李"]
    got = got.set_index("driver")
    # the others: 180 calls, 90 connects, 36 up, 18 quotes, 9 orders, 13,500; 21 weekdays of 10 calls
    assert got["target"].tolist()[:6] == pytest.approx([210, 0.5, 0.4, 0.5, 0.5, 1500])
    assert got["target"].prod() == pytest.approx(20_000)
    assert got["actual"].tolist() == pytest.approx([60, 0.5, 0.4, 8 / 12, 6 / 8, 1500, 1])
    assert got["contribution"].sum() == pytest.approx(9_000 - 20_000, abs=1e-9)
    assert got.loc[["connect", "progress", "value"], "contribution"].abs().max() < 1e-9
    level = 20_000 / (210 * 0.5 * 0.4 * 0.5 * 0.5 * 1500)
    expected = shapley([210, 0.5, 0.5, level * 300], [60, 8 / 12, 0.75, 300])
    assert got.loc[["calls", "quote", "close", "target_level"], "contribution"].tolist() == pytest.approx(
        list(expected)
    )


def test_one_person_alone_has_no_causes_and_one_line_says_so():
    alone = workbook(people=("小李",))
    refreshed(alone)
    assert table(alone, "Causes").empty
    assert "只有一个人" in alone.grid("result Causes")[1][0]
    verdicts = table(alone, "Diagnosis").set_index("question")["verdict"]
    assert set(verdicts[["B2", "B3", "B5", "B6", "B7"]]) == {"no_evidence"}


def sentence(made, person: str) -> str:
    """The one sentence on a person, on the person's first row."""
    told = table(made, "Diagnosis").query("person == @person")["sentence"].tolist()
    assert [text for text in told if text is not None] == told[:1]
    return told[0]


def test_a_row_without_evidence_says_which_way_it_leans_and_what_is_still_needed():
    made = workbook(targets="2026-05 | 小李 | 1 | 20n | -")
    refreshed(made)
    got = table(made, "Diagnosis").set_index(["person", "question"])
    # 6 of 20 orders on the 14th of 21 days, .952 a day due: 20 / .952 = 21 days, 1.96^2 x .952 / (6 / 14 - .952)^2 = 13.3,
    # 4 x 1.96^2 / .952 = 16.1: 21 - 14
    shown = ["verdict", "needed", "leaning", "advice"]
    assert got.loc[("小李", "B8"), shown].tolist() == [
        "no_evidence",
        7,
        "below",
        "目前偏低，但样本太少；再有 7 个工作日才能下结论。",
    ]
    # everybody's closed cases are won: no number of them would show a difference
    assert got.loc[("小李", "B5"), shown[1:]].tolist() == [
        pytest.approx(np.nan, nan_ok=True),
        "none",
        "样本太少，先不下结论。",
    ]
    judged = got[got["verdict"] != "no_evidence"]
    assert judged[["needed", "leaning"]].isna().all(axis=None)
    unsure = got[got["verdict"] == "no_evidence"]
    assert set(unsure["leaning"]) <= {"above", "below", "none"}
    assert unsure["advice"].notna().all()
    assert not (unsure["needed"] > 500).any()


def test_no_words_promise_a_verdict_that_cannot_come_in_the_period():
    made = workbook({"小李": (20, 10, 4, 2, 0), "小张": (30, 10, 4, 2, 0), "小王": (40, 10, 4, 2, 0)})
    refreshed(made)
    calls = table(made, "Diagnosis").set_index(["person", "question"]).loc[("小李", "B2")]
    # of 21 working days 14 are gone
    assert calls["needed"] > 7
    assert calls["advice"] == "目前偏低，但样本太少，还不能下结论。"


def test_whoever_is_ahead_is_left_alone_in_calls_stock_and_attitude():
    names = [f"业务员{i:02d}" for i in range(12)]
    work = dict.fromkeys(names, (80, 40, 16, 8, 4)) | {names[-1]: (30, 15, 6, 3, 3)}
    idle = workbook(work, names)
    # 3 orders on the 14th of 21 days: of 4 that is ahead (.75 against .67), of 9 behind
    ahead, behind = (workbook(work, names, f"2026-05 | {names[-1]} | 1 | {n}n | -") for n in (4, 9))
    for made in (idle, ahead, behind):
        refreshed(made)
    asked = [table(made, "Diagnosis").set_index("person").loc[names[-1]] for made in (idle, ahead, behind)]
    verdicts = [rows.set_index("question") for rows in asked]
    assert [v["verdict"]["B2"] for v in verdicts] == ["problem", "ok", "problem"]
    assert verdicts[1]["advice"]["B2"] == "业绩好，不必干预。"
    assert {q: verdicts[1]["verdict"][q] for q in ("B2", "B4", "B9")} == dict.fromkeys(("B2", "B4", "B9"), "ok")
    # the others stand
    for question in ("B3", "B5", "B6", "B7"):
        assert verdicts[1]["verdict"][question] == verdicts[2]["verdict"][question]
    assert sentence(ahead, names[-1]) == "业绩好，不必干预。"
    # 30 calls in 14 days against 80
    assert sentence(idle, names[-1]) == "每天只打 2.1 个电话，同事是 5.7 个：一起看每日电话计划，先把电话打够。"


def test_without_proof_the_largest_part_of_the_gap_is_said_as_such(book):
    said = sentence(book, "小李")
    causes = table(book, "Causes").set_index("driver")["contribution"]
    assert causes.idxmin() == "calls"
    assert said.startswith("还没有哪一项够得上定论。差额里最大的一块是电话量")
    assert said.endswith("先把每天的电话打够。")
    # no target, no gap
    assert sentence(book, "小张") == "还看不出问题，照计划做，盯住进度。"


def test_the_sentence_on_a_short_stock_says_what_the_team_has_a_head():
    work = dict.fromkeys(PEOPLE, (60, 40, 16, 8, 0)) | {"小李": (30, 20, 8, 4, 0)}
    made = workbook(work, targets="2026-05 | 小李 | 1 | 8n | -")
    refreshed(made)
    got = table(made, "Diagnosis").set_index(["person", "question"])
    stock = got.loc[("小李", "B4")]
    assert (stock["value"], stock["verdict"]) == (30, "problem")
    # (30 + 60 + 60) / 3
    assert sentence(made, "小李") == (
        f"手上在跟的客户 30 个，完成目标要 {stock['benchmark']:.0f} 个（团队人均 50 个）：按周计划补新客户。"
    )


def test_nobody_is_told_to_find_more_customers_than_he_can_still_call():
    work = dict.fromkeys(PEOPLE, (60, 40, 16, 8, 0)) | {"小李": (30, 20, 8, 4, 0)}
    made = workbook(work, targets="2026-05 | 小李 | 1 | 4000n | -")
    refreshed(made)
    assert sentence(made, "小李") == (
        "手上在跟的客户只有 30 个（团队人均 50 个），本期剩下的电话补不齐：先核对目标，再按周计划补新客户，为下一期打底。"
    )


def test_when_the_period_is_over_nothing_is_said_of_what_its_days_could_bring():
    work = dict.fromkeys(PEOPLE, (60, 40, 16, 8, 0)) | {"小李": (30, 20, 8, 4, 0)}
    made = workbook(work, targets="2026-05 | 小李 | 1 | 40n | -")
    refreshed(made, as_of=date(2026, 5, 31))
    said = table(made, "Diagnosis").query("person == '小李'").set_index("question")["verdict"]
    assert "problem" in (said["B1"], said["B4"])
    assert "核对目标" not in sentence(made, "小李")
    assert "补新客户" not in sentence(made, "小李")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_sentence_can_be_said(language):
    numbers = {"value": "1", "benchmark": "2", "behind": "3", "head": "4", "needed": 5}
    assert "1%" in say("sentence_B1_hopeless", language)
    assert say("sentence_B4_hopeless", language, **numbers)
    for advice in ("B1", "B2", "B3", "B3_numbers", "B4", "B5", "B6", "B7", "B8", "B9", "B9_promises"):
        assert say(f"sentence_{advice}", language, **numbers)
        assert say(f"diagnose_{advice}", language)
        if advice not in ("B4", "B7"):
            assert "5" in say(f"more_{advice}", language, **numbers)
    for driver in codes.lists()["driver"]:
        assert say(f"act_{driver}", language)


def test_too_few_calls_of_one_in_twelve_are_called_a_problem():
    names = [f"业务员{i:02d}" for i in range(12)]
    work = dict.fromkeys(names, (80, 40, 16, 8, 4)) | {names[-1]: (30, 15, 6, 3, 1)}
    made = workbook(work, names)
    refreshed(made)
    got = table(made, "Diagnosis").query("question == 'B2'").set_index("person")["verdict"]
    assert got[names[-1]] == "problem"
    assert set(got[names[:-1]]) == {"ok"}


def test_a_star_has_more_orders_than_chance_and_enough_of_them():
    names = [f"业务员{i:02d}" for i in range(12)]
    work = dict.fromkeys(names, (60, 40, 30, 25, 8)) | {names[0]: (60, 40, 30, 25, 25), names[1]: (60, 40, 30, 25, 15)}
    made = workbook(work, names)
    refreshed(made)
    board = table(made, "Board").set_index("person")["star"]
    assert board[board].index.tolist() == [names[0]]


def test_falling_calls_are_seen_and_a_steady_pace_is_not():
    def calls(person, by_week):
        days = [DAY - timedelta(days=27 - 7 * week - i % 5) for week, n in enumerate(by_week) for i in range(n)]
        return [f"{day} 09:00 | {person}0 | {person} | 电话 | 否 | - | -" for day in days]

    # of five people one falls and one hardly calls: the steady ones say how much calls swing by themselves
    people = (*PEOPLE, "小赵", "小钱")
    by_week = dict.fromkeys(people, (40, 40, 40, 40)) | {"小李": (40, 40, 15, 15), "小王": (4, 4, 1, 0)}
    made = workbook(
        dict.fromkeys(people, (1, 0, 0, 0, 0)),
        people,
        extra=[row for person, weeks in by_week.items() for row in calls(person, weeks)],
    )
    refreshed(made)
    got = table(made, "Diagnosis").query("question == 'B9'").set_index("person")["verdict"]
    assert got.to_dict() == dict.fromkeys(people, "ok") | {"小李": "problem", "小王": "no_evidence"}


def test_the_order_of_the_rows_does_not_matter(book):
    other = workbook()
    for sheet in ("客户", "跟进记录", "订单"):
        head, *rows = other.grids[sheet]
        other.grids[sheet] = [head, *reversed(rows)]
    refreshed(other)
    for name in ("Diagnosis", "Causes"):
        first, second = table(book, name), table(other, name)
        for column in first:
            if first[column].dtype == float:
                np.testing.assert_allclose(first[column], second[column], atol=1e-9)
            else:
                assert first[column].tolist() == second[column].tolist()


counted = st.fixed_dictionaries(
    {name: st.integers(0, 50) for name in ("calls", "connects", "moves_up", "quotes", "orders")}
)
money = st.integers(1, 1000)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    mine=counted, others=counted, each=money, theirs=money, planned=st.integers(1, 500), target=st.integers(1, 10**6)
)
def test_both_products_are_exact_whatever_was_not_logged(mine, others, each, theirs, planned, target):
    mine, others = ({**c, "amount": c["orders"] * x, "margin": 0} for c, x in ((mine, each), (others, theirs)))
    found = factors(mine, others, planned, target, "amount")
    assert (found is None) == (others["amount"] == 0)
    if found:
        names, wanted, actual = found
        assert names == ["calls", "connect", "progress", "quote", "close", "value", "target_level"]
        assert wanted.prod() == pytest.approx(target)
        assert actual.prod() == pytest.approx(mine["amount"])
        assert shapley(wanted, actual).sum() == pytest.approx(mine["amount"] - target, rel=1e-9, abs=1e-3)


def test_who_has_no_available_day_is_planned_no_calls():
    book = adopted(
        customers="客户编号 | 业务员\n1 | 小李\n2 | 小张",
        activities="时间 | 客户编号 | 业务员 | 方式\n2026-05-18 10:00 | 1 | 小李 | 电话\n2026-05-18 10:00 | 2 | 小张 | 电话",
        orders="订单号 | 日期 | 客户编号 | 业务员 | 金额\nD1 | 2026-05-19 | 1 | 小李 | 900n",
        # neither has a day in May: nobody's calls a day are known
        people="姓名 | 入职日期\n小李 | 2026-06-01\n小张 | 2026-06-01",
        targets="期间 | 业务员 | 版本 | 订单 | 金额\n2026-05 | 小李 | 1 | 1n | 1000n\n2026-05 | 小张 | 1 | 1n | 1000n",
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        refreshed(book)
    assert table(book, "Causes").empty
