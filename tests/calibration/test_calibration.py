"""The forecast comes true as often as it says; and the harness that says so sees the faults it looks for and no future."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from funnelbook import sample
from funnelbook.sample.truth import open_cases
from support import reliability
from support.calibration import forecasts, judge, memoryless, offers, page, rates
from support.calibration.judge import CUTS, Cases, Judged
from support.calibration.known import came, known_of
from support.external import need
from support.teams import book_of_team

CUT = CUTS[3]


@pytest.fixture(scope="module")
def world():
    return judge.world(1)


@pytest.fixture(scope="module")
def few():
    return page.run(range(1, 4), (page.TRUTH, page.NOW, page.OLD))


def test_what_is_known_is_what_a_refresh_knows(world):
    team = sample.team(1, as_of=CUT, dirt=False, story=sample.Story(world, repeats=False))
    situation = reliability.situation_of(book_of_team(team), CUT, "2026-04")
    known = known_of(world, CUT)
    read, ours = situation.timeline.stays, known.timeline.stays
    columns = ["customer", "case", "tier", "entered", "left", "from_tier", "source"]
    pd.testing.assert_frame_equal(read[columns], ours[columns])
    people = dict(zip(known.people, (row["person"] for row in team.rows["People"]), strict=True))
    assert read["owner"].tolist() == ours["owner"].map(people).tolist()
    assert sorted(situation.orders["date"]) == sorted(known.orders["date"])
    days = date(2025, 1, 1), date(2026, 11, 30)
    for ours, read in zip(known.calendar.working(*days), situation.calendar.working(*days), strict=True):
        np.testing.assert_array_equal(ours, read)


def test_nothing_known_depends_on_what_comes(world):
    today = int(world.clock.number(CUT))
    moves = world.moves[world.moves["day"] <= today].reset_index(drop=True)
    there = world.created <= today
    blind = replace(
        world, moves=moves, owner=world.owner[there], created=world.created[there], began=world.began[there]
    )
    known, same = known_of(world, CUT), known_of(blind, CUT)
    for name in ("customers", "activities"):
        pd.testing.assert_frame_equal(getattr(known, name), getattr(same, name))
    assert known.activities["at"].max() <= pd.Timestamp(CUT)
    assert known.orders["date"].max() <= pd.Timestamp(CUT) < came(world, known)["date"].min()


def test_the_truth_is_about_the_cases_that_are_open(world):
    known, cases = known_of(world, CUT), open_cases(world, CUT)
    assert cases["case"].tolist() == known.open.tolist()
    current = known.timeline.current.iloc[known.open]
    assert cases["tier"].tolist() == current["tier"].tolist()
    entered = world.clock.days(cases["entered"].to_numpy())
    np.testing.assert_array_equal(entered, current["since"].to_numpy("datetime64[D]"))


def test_who_knows_the_law_tells_chances_that_come_true(few):
    told = few[page.TRUTH]
    team = told.totals[told.totals["row"] == 0]
    assert abs(team["expected"].sum() - team["came"].sum()) < 3.3 * np.sqrt(team["came"].sum())
    bins = told.bins[told.bins["chances"] >= 50]
    spread = np.sqrt(bins["told"] * (1 - bins["told"]) / bins["chances"])  # were they independent; they are not quite
    assert ((bins["told"] - bins["happened"]).abs() < 5 * spread).all()
    assert len(told.chances) > 400


def test_the_faults_of_0_1_0_are_seen(few):
    old, truth = few[page.OLD], few[page.TRUTH]
    assert old.ratio > 1.5, "too hopeful"
    assert sum("intervals" in fault for fault in old.faults) == 2
    assert old.brier > 1.5 * truth.brier
    assert old.brier > few[page.NOW].brier > truth.brier
    assert old.cases.log_loss > truth.cases.log_loss
    assert old.cases.auc < truth.cases.auc
    assert old.cases.ece > truth.cases.ece


def _told(told: float, came_true: float, chances: int = 1_000, seeds: int = 40) -> Judged:
    happened = np.arange(chances) % 100 < 100 * came_true
    rows = pd.DataFrame({"seed": np.arange(chances) // 100 % seeds, "told": told, "happened": happened})
    place = (np.arange(200) + 0.5) / 200
    totals = pd.DataFrame({"cut": CUT, "row": 0, "expected": 10.0, "came": 10, "place": place})
    return Judged(rows, totals, Cases(rows))


@pytest.mark.parametrize(
    ("told", "came_true", "wrong"),
    [(0.83, 0.83, False), (0.83, 0.79, False), (0.83, 0.77, True), (0.15, 0.25, True), (0.97, 0.89, True)],
)
def test_a_bin_that_is_off_is_said(told, came_true, wrong):
    assert bool(_told(told, came_true).faults) == wrong
    assert not _told(told, came_true, chances=300).faults, "too few to say"


def test_teams_that_are_lucky_as_a_whole_prove_less():
    """Ten teams of a hundred chances each, all of a team's the same: half of them come true where .65 was told."""
    lucky = _told(0.65, 0.5)
    together = lucky.chances.assign(happened=lucky.chances["seed"] % 2 == 0)
    assert lucky.faults
    assert not replace(lucky, chances=together).faults


def test_intervals_too_wide_or_too_narrow_are_said():
    right = _told(0.5, 0.5)
    assert right.held(0.8) == 0.8
    assert not right.faults
    for squeezed in (0.5, 1.6):
        place = np.clip(0.5 + (right.totals["place"] - 0.5) * squeezed, 0, 1)
        assert any("80%" in fault for fault in replace(right, totals=right.totals.assign(place=place)).faults)


def test_the_tables_stand_where_the_page_has_a_place_for_them(few):
    text, now = page.of_samples(few, 3), page.PAGE.read_text(encoding="utf-8")
    after = page.with_tables(now, text)
    assert text in after
    assert page.with_tables(after, "x") == page.with_tables(now, "x")


@pytest.mark.parametrize("seeds", [3, pytest.param(40, marks=pytest.mark.slow)])
def test_true_rates_lie_inside_the_95_percent_intervals_at_about_that_share(seeds):
    table = rates.of_seeds(range(1, seeds + 1))
    trials = seeds * len(table)
    assert table["held"].mean() * trials >= stats.binom.ppf(0.0005, trials, rates.HELD[0])
    assert ((table["rate_high"] - table["rate_low"]).to_numpy() < 0.15).all(), "not so wide as to hold anything"
    if seeds == len(judge.SEEDS):
        assert rates.HELD[0] <= table["held"].mean() <= rates.HELD[1]


@pytest.fixture(scope="module")
def all_seeds():
    return page.run(judge.SEEDS, (page.TRUTH, page.NOW), workers=2)


@pytest.mark.slow
def test_the_forecast_comes_true_over_all_seeds(all_seeds):
    assert all_seeds[page.NOW].faults == []


def test_single_offers_of_a_real_log_are_told_better_than_by_0_1_0():
    need("shared")
    found = offers.run(page.old_and_now)
    for days, (log_loss, auc) in offers.ASKED.items():
        now, old = found[days][page.NOW], found[days][page.OLD]
        assert len(now.rows) == 14_729
        assert now.log_loss <= log_loss < old.log_loss
        assert now.auc >= auc > old.auc
        assert now.ece < old.ece


def test_teams_without_a_memory_bring_as_many_orders_as_expected():
    found = memoryless.run({page.NOW: forecasts.now}, range(8))[page.NOW]
    team = found.totals[found.totals["row"] == 0]
    # the rates are estimates too, from about as many cases again
    assert abs(team["expected"].sum() - team["came"].sum()) <= 3.3 * np.sqrt(2 * team["came"].sum())


@pytest.mark.slow
def test_the_truth_comes_true_over_all_seeds(all_seeds):
    assert all_seeds[page.TRUTH].faults == []


def test_forecasts_of_a_day_without_open_cases(world):
    known = known_of(world, CUT)
    none = forecasts.independent(known, np.zeros(len(known.open)), np.zeros(1 + len(known.people)))
    assert none.chance(np.ones(1 + len(known.people), dtype=int)).max() == 0
    assert none.expected.sum() == 0
