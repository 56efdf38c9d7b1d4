"""FB_RATES over the columns of the activities: the rates a refresh shows, from the rows a refresh can use."""

from __future__ import annotations

import numpy as np
import pytest

from funnelbook import sample
from funnelbook.book.locate import locate
from funnelbook.book.ports import CellError
from funnelbook.formulas.catalogue import call
from funnelbook.refresh import compute
from support.teams import book_of_team

SHOWN = ["reached", "cases", "rate_raw", "rate", "rate_low", "rate_high"]
CODES = ["E", "D", "C", "B", "A"]
TALKS = [("K1", "E", 46023.0), ("K1", "D", 46030.0), ("K2", "E", 46023.0)]


def rates(talks: list[tuple[object, ...]], codes: list[str], as_of: object) -> list[list[object]]:
    columns = [[[v] for v in column] for column in zip(*talks, strict=True)]
    return call("FB_RATES", (*columns[:3], codes, as_of, *columns[3:]), "zh")


def test_rates_are_those_of_a_refresh_when_customers_were_entered_at_their_first_activity():
    team = sample.team(1, dirt=False)
    activities = team.rows["Activities"]
    first = {row["id"]: row["at"].date() for row in reversed(activities)}
    team.rows["Customers"][:] = [
        row | {"created": first[row["id"]]} for row in team.rows["Customers"] if row["id"] in first
    ]
    book = book_of_team(team)
    funnel = compute(book, locate(book), {}, team.as_of, "zh")[0]["Funnel"].rows
    funnel = funnel[funnel["tier"].isin(CODES)]
    talks = [(row["id"], row["tier_after"], row["at"], row["owner"]) for row in activities]

    of_team = rates([talk[:3] for talk in talks], CODES, team.as_of)
    wanted = funnel.loc[funnel["person"].isna(), SHOWN].astype(float).to_numpy()
    np.testing.assert_allclose(of_team, wanted, rtol=1e-12)  # the weights of cases are summed in another order
    people = {(row[0], row[1]): row[2:] for row in rates(talks, CODES, team.as_of)}
    wanted = funnel[funnel["person"].notna()].set_index(["person", "tier"])[SHOWN].astype(float)
    assert set(people) == set(wanted.index)
    for key, row in people.items():  # the people's likelihood is summed in another order
        assert row == pytest.approx(wanted.loc[key].tolist(), abs=1e-4), key


def test_a_customer_starts_in_the_lowest_tier_with_his_first_activity_whatever_came_of_it():
    # 60 days before D, 50 after the call without a tier, so later than h = 42: not converted in time
    late = [("K1", None, 46010.0), ("K1", "D", 46060.0)]
    assert rates(late, ["E", "D"], 46143.0)[0][:4] == [1.0, 1.0, 1.0, pytest.approx(10 / 21)]
    # the rows need not be in order of time
    assert rates(late[::-1], ["E", "D"], 46143.0) == rates(late, ["E", "D"], 46143.0)
    # K2 was called without result: he is in E and did not go on, 1 of 2
    assert rates([*TALKS[:2], ("K2", None, 46023.0)], ["E", "D"], 46143.0)[0][:3] == [2.0, 2.0, 0.5]


def test_a_customer_first_called_after_the_day_is_not_there_yet():
    assert rates([*TALKS, ("K3", None, 46150.0)], ["E", "D"], 46143.0) == rates(TALKS, ["E", "D"], 46143.0)


@pytest.mark.parametrize(
    "unusable",
    [
        ("客户编号", "级别", "时间"),
        ("K1", "D", "2月30日"),
        ("K1", "D", None),
        (None, "D", 46024.0),
        (CellError("#N/A"), "D", 46024.0),
        ("K1", "D", CellError("#REF!")),
        ("K1", "D", "待定"),
        ("K1", CellError("#N/A"), 46023.0),
        ("K1", "D", True),
    ],
)
def test_rows_without_a_usable_id_or_day_are_left_out(unusable):
    assert rates([unusable, *TALKS], ["E", "D"], 46143.0) == rates(TALKS, ["E", "D"], 46143.0)
    owned = [(*talk, "王芳") for talk in TALKS]
    header = (*unusable, CellError("#N/A"))
    assert rates([header, *owned], ["E", "D"], 46143.0) == rates(owned, ["E", "D"], 46143.0)


def test_without_a_usable_row_there_is_no_data():
    given = ([["客户编号"], ["K1"]], [["级别"], ["E"]], [["时间"], ["2月30日"]], ["E", "D"], 46143.0)
    assert call("FB_RATES", given, "zh") == [[CellError("#N/A")]]
    assert call("FB_WHY", ("FB_RATES", *given), "zh") == [["没有可用的数据行。"]]
