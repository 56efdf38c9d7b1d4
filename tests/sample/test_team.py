"""The sample is what the issue of it asks for, and the same for the same seed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import pytest

from funnelbook import sample
from funnelbook.book.checks import check
from funnelbook.book.decode import decode
from funnelbook.book.locate import locate
from funnelbook.domain.tiers import Tiers
from funnelbook.sample.days_off import calendar_of
from funnelbook.sample.law import Law
from funnelbook.sample.truth import true_rates
from support.teams import book_of_team


def calls(team: sample.Sample) -> list[dict[str, object]]:
    return [row for row in team.rows["Activities"] if isinstance(row["at"], datetime)]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_size_and_days(language):
    team = sample.team(1, language)
    assert len(team.rows["People"]) == 8
    assert 900 <= len(team.rows["Customers"]) <= 1_100
    assert 9_000 <= len(team.rows["Activities"]) <= 12_500
    assert 150 <= len(team.rows["Orders"]) <= 260
    days = [row["at"].date() for row in calls(team)]
    assert min(days) >= team.as_of - timedelta(days=365)
    assert max(days) == team.as_of
    worked, _ = calendar_of(language, min(days), max(days)).working(min(days), max(days))
    share = np.mean([worked[(day - min(days)).days] for day in days])
    assert 0.95 < share < 1, "few calls on days off, but some"


def test_the_festival_is_off_and_the_months_after_it_are_high():
    orders = [row["date"] for row in sample.team(1, dirt=False).rows["Orders"]]
    months = {m: sum((d.year, d.month) == m for d in orders) for m in [(2026, 2), (2026, 3), (2026, 4)]}
    assert months[2026, 2] < 0.75 * min(months[2026, 3], months[2026, 4])
    assert not [d for d in orders if date(2026, 2, 16) <= d <= date(2026, 2, 18)], "the days of the festival itself"


def test_the_same_seed_gives_the_same_team_and_another_another():
    assert sample.team(3).rows == sample.team(3).rows
    assert sample.team(3).rows != sample.team(4).rows


def test_a_later_day_changes_nothing_that_an_earlier_one_knew():
    later = sample.team(1, dirt=False)
    earlier = sample.team(1, as_of=date(2026, 3, 31), dirt=False, story=later.story)
    count = len(earlier.rows["Activities"])
    assert 1_000 < count < len(later.rows["Activities"])
    assert later.rows["Activities"][:count] == earlier.rows["Activities"]
    assert max(row["at"].date() for row in earlier.rows["Activities"]) <= earlier.as_of
    known = [(row["order_id"], row["date"], row["amount"]) for row in earlier.rows["Orders"]]
    assert [(row["order_id"], row["date"], row["amount"]) for row in later.rows["Orders"]][: len(known)] == known
    same = ("id", "name", "phone", "owner", "created", "expected_value")
    for before, after in zip(earlier.rows["Customers"], later.rows["Customers"], strict=False):
        assert [before[name] for name in same] == [after[name] for name in same]


def test_dead_cases_stay_open():
    team = sample.team(1, dirt=False)
    moved = team.world.moves
    ends = dict(zip(moved["case"], moved["tier"], strict=True))  # of several the last stays
    bought = {row["id"] for row in team.rows["Orders"]}  # who came back has a case of his own
    open_ = [i for i, row in enumerate(team.rows["Customers"]) if row["tier"] in "EDCBA" and row["id"] not in bought]
    old = [i for i in open_ if team.rows["Customers"][i]["created"] < team.as_of - timedelta(days=90)]
    silent = [i for i in old if ends.get(i, 0) < 5]
    assert len(old) > 150
    assert len(silent) > 0.95 * len(old), "hardly any of the old ones will ever end"


def test_whoever_waited_long_is_less_likely_to_go_on():
    world = sample.world_of(1, "zh", date(2020, 1, 1), date(2026, 12, 31), date(2020, 1, 1))
    moved = world.moves
    up = moved[(moved["tier"] == 1) & (world.began[moved["case"]] == 0)].drop_duplicates("case")
    took = up["day"].to_numpy() - world.created[up["case"]]
    cases = (world.began == 0) & (world.created < len(world.clock) - 200)
    stayed = [cases.sum() - (took <= age).sum() for age in (0, 7, 21, 60)]
    hazard = [((took > age) & (took <= age + 7)).sum() / left for age, left in zip((0, 7, 21, 60), stayed, strict=True)]
    assert hazard[1] > hazard[2] > hazard[3]
    assert hazard[3] < 0.1 * hazard[1]


def test_people_differ():
    world = sample.world_of(1, "zh", date(2016, 1, 1), date(2026, 12, 31), date(2016, 1, 1))
    won = np.isin(np.arange(len(world.owner)), world.won["case"])
    share = [won[world.owner == i].mean() for i in range(8)]
    assert share[0] > share[1] > share[3]
    assert share[7] < share[1], "the newcomer"


def test_without_dirt_every_row_is_sound():
    team = sample.team(1, dirt=False)
    book = book_of_team(team)
    found = check(decode(book, locate(book), team.as_of), team.as_of).frame("en")
    assert found[found["severity"] == "error"].empty


def test_true_rates_are_those_of_the_law():
    tiers, go_on = Tiers.default(), (0.5, 0.4, 0.3, 0.2, 0.1)
    # waits of a day, h of weeks; nobody is better than another
    certain = Law(enter=(1.0, 0, 0, 0, 0), go_on=go_on, lost=(0.0,) * 5, back=(0.0,) * 5, wait_days=(0.5,) * 5)
    world = sample.world_of(1, "en", date(2025, 1, 1), date(2026, 1, 1), date(2025, 1, 1), law=certain)
    world.skills[:] = 1
    np.testing.assert_allclose(true_rates(world, tiers), go_on, atol=0.02)
