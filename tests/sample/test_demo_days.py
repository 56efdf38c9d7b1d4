"""The demo is sensible on whatever day it is made, and so is a refresh later."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from funnelbook import sample
from funnelbook.book.schema import TABLES
from funnelbook.commands.demo import workbook
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.commands.show import show
from funnelbook.domain.workdays import WorkCalendar
from funnelbook.sample.days_off import calendar_of

FIRST, HOLIDAY, LAST, LEAP, WEEKEND = (
    date(2026, 6, 1), date(2026, 10, 3), date(2026, 12, 31), date(2028, 2, 29), date(2026, 11, 29),
)  # fmt: skip


def rows(day: date) -> dict[str, pd.DataFrame]:
    team = sample.team(1, "zh", as_of=day, noon=True, dirt=False)
    return {name: pd.DataFrame(found) for name, found in team.rows.items()}


@pytest.mark.parametrize("day", [FIRST, HOLIDAY, LAST, LEAP, WEEKEND])
def test_nothing_in_the_team_is_later_than_its_day(day):
    team = rows(day)
    assert team["Activities"]["at"].max() < pd.Timestamp(day) + pd.Timedelta(hours=12)
    assert max(team["Orders"]["date"]) <= day
    assert max(team["Customers"]["created"]) <= day
    assert max(team["Targets"]["agreed_on"].dropna()) <= day


@pytest.mark.parametrize("day", [FIRST, HOLIDAY, LAST, LEAP, WEEKEND])
def test_promises_are_kept_but_for_a_few_of_the_last_days(day):
    calls = rows(day)["Activities"].sort_values("at", kind="stable")
    last = calls.drop_duplicates("id", keep="last")
    overdue = last[last["next_contact"].map(lambda promised: promised is not None and promised < day)]
    assert len(overdue) <= 25
    assert min(overdue["next_contact"], default=day) >= day - timedelta(days=21)  # a long holiday counts as a day
    assert (last["next_contact"].map(lambda promised: promised is not None and promised >= day)).sum() > 30


def test_people_agree_on_what_adds_up_to_the_teams_target():
    targets = rows(date(2026, 6, 28))["Targets"]
    for _, of in targets[targets["orders"].notna()].groupby("period"):
        now = of.sort_values("revision").drop_duplicates("person", keep="last").set_index("person")
        for measure in ("orders", "amount", "margin"):
            assert now[measure].drop("team").sum() == pytest.approx(now.at["team", measure])


def test_a_year_without_announced_holidays_has_those_to_be_expected():
    first, last = date(2028, 1, 1), date(2028, 12, 31)
    off = WorkCalendar.plain().count(first, last) - calendar_of("zh", first, last).count(first, last)
    assert 10 <= off <= 20
    eve, festival = date(2028, 1, 25), date(2028, 1, 26)  # the Hong Kong Observatory's table
    assert calendar_of("zh", eve, festival).count(eve, festival) == 0
    calls = rows(LEAP)["Activities"]["at"].dt.date
    assert (calls == festival).sum() <= 5 < (calls == date(2028, 2, 9)).sum()


@pytest.fixture(scope="module", params=[WEEKEND])
def book(request, tmp_path_factory):
    path = tmp_path_factory.mktemp("demo") / "book.xlsx"
    path.write_bytes(workbook("en", as_of=request.param))
    assert refresh_file(path, request.param, "en").status == "done"
    return path, request.param


@pytest.mark.slow
def test_the_sheets_of_the_past_have_something_to_show(book):
    path, day = book
    read = {name: show(path, TABLES[name], as_of=day) for name in ("ForecastCheck", "Rewards", "Care", "Effort")}
    assert (read["ForecastCheck"]["source"] == "said").sum() == 2
    assert {"paid", "expected"} <= set(read["Rewards"]["status"])
    assert (
        0
        < ((read["Care"]["due"] <= pd.Timestamp(day)) & ~(read["Care"]["last_done"] >= read["Care"]["due"])).sum()
        < 40
    )
    assert read["Effort"].query("kind == 'old'")["orders"].iloc[0] > 5


@pytest.mark.slow
@pytest.mark.parametrize("days", [1, 7, 40])
def test_a_later_refresh_gives_a_sensible_book(book, days, tmp_path):
    path, day = book
    later = tmp_path / "later.xlsx"
    later.write_bytes(path.read_bytes())
    as_of = day + timedelta(days=days)
    report = refresh_file(later, as_of, "en")
    assert (report.status, report.message) == ("done", "")
    problems = show(later, TABLES["Problems"], as_of=as_of)
    assert (problems["severity"] == "error").sum() <= 8, "the usual dirt"
    shapes = show(later, TABLES["Shapes"], as_of=as_of)
    assert np.isfinite(shapes["expected"]).all()
    calls = show(later, TABLES["CallList"], as_of=as_of)
    assert set(calls["person"]) == set(shapes["person"].dropna())
