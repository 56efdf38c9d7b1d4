"""The sentence above a result table answers what it is opened for."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from funnelbook.results import headlines
from support.adopted import adopted, refreshed
from support.sheets import DAY

NAN = np.nan


def board(team: tuple[float, float], **people: float) -> pd.DataFrame:
    """The Board's rows of people with 10 orders each to make, by how far ahead each is at half the time, and the team's."""
    rows = [(who, 1.0, ahead, 10.0, 10 * (0.5 + ahead), 0.5) for who, ahead in people.items()]
    columns = ["person", "completion", "ahead", "target", "orders", "time_progress"]
    return pd.DataFrame([*rows, (None, *team, NAN, NAN, 0.5)], columns=columns)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (board((0.92, -0.04)), "团队完成 92%，比时间进度落后 4 个百分点。"),
        (board((1.36, 0.41), 李娜=0.2), "团队完成 136%，比时间进度领先 41 个百分点。"),
        (board((0.5, 0.004), 李娜=0.0), "团队完成 50%，和时间进度持平。"),
        (board((0.5, 0.0), 李娜=-0.1, 张伟=-0.3), "团队完成 50%，和时间进度持平。 落后的是张伟、李娜。"),
        (
            board((0.5, 0.0), 甲=-0.1, 乙=-0.4, 丙=-0.2, 丁=-0.3),
            "团队完成 50%，和时间进度持平。 4 人落后，差得最多的是乙、丁、丙。",
        ),
        (board((0.5, 0.0), 甲=-0.2, 乙=-0.2, 丙=-0.2, 丁=-0.2), "团队完成 50%，和时间进度持平。 4 人落后。"),
        (board((NAN, NAN), 甲=NAN), ""),
        (
            board((0.0, -0.05), 甲=-0.05, 乙=-0.09),
            "团队完成 0%，比时间进度落后 5 个百分点。",
        ),  # less than an order each
    ],
)
def test_the_board_says_how_far_the_team_is_and_who_is_behind(rows, said):
    assert " ".join(headlines.of_board(rows, "zh")) == said


@pytest.mark.parametrize(
    ("gap", "tier", "short", "said"),
    [
        (3.0, "A", 13.0, ["最缺 A 级，还差 13 个客户。"]),
        (3.0, None, NAN, ["还差 3 单，各级别的客户都够。"]),
        (0.0, None, NAN, ["目标已经完成。"]),
        (NAN, None, NAN, []),
    ],
)
def test_the_funnel_names_the_tier_that_is_shortest(gap, tier, short, said):
    assert headlines.of_tiers(gap, tier, short, "zh") == said


def test_without_a_working_day_left_no_tier_is_missing():
    assert headlines.of_tiers(8.0, None, NAN, "zh", over=True) == ["本期没有工作日了，还差 8 单。"]
    assert headlines.of_tiers(0.0, None, NAN, "zh", over=True) == ["目标已经完成。"]


def test_the_week_says_what_is_done_and_what_is_left():
    rows = pd.DataFrame(
        [
            (None, "5/18–5/24", "current", "order", 3.0, 1.0),
            (None, "5/18–5/24", "current", "E", 12.0, 7.0),
            ("李娜", "5/18–5/24", "current", "order", 9.0, 9.0),
            (None, "5/25–5/31", "future", "order", 4.0, NAN),
        ],
        columns=["person", "week_days", "status", "tier", "planned", "done"],
    )
    assert headlines.of_week(rows, "E", "zh") == [
        "本周（5/18–5/24）已成交 1 单、新增 E 级 7 个；剩下的日子还要成交 3 单、新增 12 个。"
    ]
    assert headlines.of_week(rows.assign(planned=NAN), "E", "zh") == []
    assert headlines.of_week(rows[rows["status"] == "future"], "E", "zh") == []


def test_the_diagnosis_counts_people_and_names_the_commonest_problem():
    rows = pd.DataFrame(
        [
            ("李娜", "B2", "problem"), ("李娜", "B5", "problem"), ("张伟", "B5", "problem"), ("王磊", "B2", "ok"),
        ],
        columns=["person", "question", "verdict"],
    )  # fmt: skip
    assert headlines.of_questions(rows, "zh") == ["2 人有问题，最多的是“B5 报价成功率是否低”（2 人）。"]
    assert headlines.of_questions(rows.assign(verdict="ok"), "zh") == ["没有人有确定的问题。"]


def test_the_causes_name_who_is_furthest_behind_and_by_what():
    rows = pd.DataFrame(
        [("张伟", "calls", -1200.0), ("张伟", "close", 200.0), ("李娜", "calls", -5.0)],
        columns=["person", "driver", "contribution"],
    )
    assert headlines.of_causes(rows, "zh") == ["差得最多的是张伟，主要差在电话量（影响 -1,200）。"]
    assert headlines.of_causes(rows.assign(contribution=5.0), "zh") == ["没有人低于目标。"]


def test_without_anything_to_answer_nothing_is_said():
    book = adopted(customers="客户编号 | 客户名称\n1 | 甲")
    refreshed(book)
    heads = {name: book.grids[f"result {name}"][1][0] for name in ("Shapes", "Funnel", "WeekPlan", "Board", "Summary")}
    assert all(str(head).startswith(f"截至 {DAY} 下班") and "nan" not in str(head) for head in heads.values()), heads
    assert not any("单，已做" in str(head) for head in heads.values())
