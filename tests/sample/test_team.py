"""The sample is what the issue of it asks for, and the same for the same seed."""

from __future__ import annotations

import numpy as np
import pytest

from funnelbook import sample
from funnelbook.book.checks import check
from funnelbook.book.decode import decode
from funnelbook.book.locate import locate
from funnelbook.domain.tiers import Tiers
from funnelbook.sample.law import Law, true_rates
from support.teams import book_of_team


@pytest.mark.parametrize("language", ["zh", "en"])
def test_size_and_days(language):
    team = sample.team(1, language)
    assert len(team.rows["People"]) == 8
    assert 590 <= len(team.rows["Customers"]) <= 610
    assert 5_500 <= len(team.rows["Activities"]) <= 6_500
    days = [row["at"].date() for row in team.rows["Activities"] if hasattr(row["at"], "date")]
    assert (max(days) - min(days)).days <= 70
    assert max(days) <= team.as_of
    assert all(day.weekday() < 5 for day in days)


def test_the_same_seed_gives_the_same_team_and_another_another():
    assert sample.team(3).rows == sample.team(3).rows
    assert sample.team(3).rows != sample.team(4).rows


def test_without_dirt_every_row_is_sound():
    team = sample.team(1, dirt=False)
    book = book_of_team(team)
    found = check(decode(book, locate(book), team.as_of), team.as_of).frame("en")
    assert found[found["severity"] == "error"].empty


def test_true_rates_are_those_of_the_law():
    tiers = Tiers.default()
    certain = Law(go_on=(0.5, 0.4, 0.3, 0.2, 0.1), lost=(0,) * 5, wait_days=(0.5,) * 5)  # waits of days, h of weeks
    np.testing.assert_allclose(true_rates(tiers, np.ones((1, 5)), certain), certain.go_on, atol=0.02)
