"""The sample team's forecast is the one worked out anew in plain steps over its cases and days (support/forecast_by_hand.py)."""

from __future__ import annotations

import calendar
import math
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from funnelbook import sample
from funnelbook.book.decode import Inputs
from funnelbook.book.locate import locate
from funnelbook.refresh import compute, situation_of
from support import forecast_by_hand as by_hand
from support.teams import book_of_team

CODES = ("E", "D", "C", "B", "A", "Won", "Lost")
DAYS = [
    pytest.param(4, date(2026, 2, 18), id="a holiday"),
    pytest.param(7, date(2026, 3, 1), id="a Sunday, the first", marks=pytest.mark.slow),
    pytest.param(9, date(2026, 1, 31), id="the last day of a month", marks=pytest.mark.slow),
    pytest.param(1, date(2026, 5, 20), id="the day of the demo", marks=pytest.mark.slow),
]


def made_and_by_hand(seed: int, day: date) -> tuple[dict[str, pd.DataFrame], Inputs, by_hand.Model]:
    book = book_of_team(sample.team(seed, "zh", as_of=day))
    located = locate(book)
    made, _ = compute(book, located, {}, day)
    inputs = situation_of(book, located, {}, day).inputs
    tables = {name: one.rows.astype(object).where(one.rows.notna(), None) for name, one in made.items()}
    customers = inputs.frames["Customers"]
    entered = zip(customers["id"], customers["created"], strict=True)
    created = {id_: at.date() for id_, at in entered if not pd.isna(at) and at.date() <= day}
    owner = dict(zip(customers["id"], customers["owner"].where(customers["owner"].notna(), None), strict=True))
    columns = ["id", "from_tier", "to_tier", "owner", "source"]
    log = [
        (at.date(), *row) for at, row in zip(made["History"].rows["at"], tables["History"][columns].values, strict=True)
    ]
    known = inputs.frames["Calendar"].dropna(subset=["workday"])
    world = by_hand.World(
        5,
        by_hand.stays_of(log, created, 5, {code: i for i, code in enumerate(CODES)}, day),
        created,
        owner,
        list(inputs.tiers.rate),
        list(inputs.tiers.dwell_days),
        {at.date(): bool(works) for at, works in zip(known["date"], known["workday"], strict=True)},
    )
    return tables, inputs, by_hand.Model(world, day)


def rows_of(table: pd.DataFrame, person: str | None) -> pd.DataFrame:
    return table[table["person"].isna() if person is None else table["person"] == person]


@pytest.mark.parametrize(("seed", "day"), DAYS)
def test_the_forecast_of_the_sample_team_is_the_one_worked_out_anew(seed, day):
    tables, _, model = made_and_by_hand(seed, day)
    end = date(day.year, day.month, calendar.monthrange(day.year, day.month)[1])
    p, cases, owner, entry = model.chances(end), model.open(), model.world.owner, model.entry()
    shapes = tables["Shapes"]
    people = [person for person in shapes["person"] if person is not None]
    arrivals = {who: model.arrivals(end, model.pace(who), entry, model.rows(who)) for who in people}
    for row in shapes.itertuples():
        own = [case for case in cases if row.person is None or owner[case.id] == row.person]
        for tier in rows_of(tables["Funnel"], row.person).itertuples():
            there = [p[case.id] for case in own if case.tier == CODES.index(tier.tier)]
            if tier.tier in CODES[:5]:
                assert tier.stock == len(there), (row.person, tier.tier)
                assert not there or tier.p_in_time == pytest.approx(np.mean(there), abs=2e-4), (row.person, tier.tier)
        new = sum(arrivals.values()) if row.person is None else arrivals[row.person]
        expected = row.won + sum(p[case.id] for case in own) + new
        assert row.expected == pytest.approx(expected, abs=0.051 + (0.02 if row.person is None else 0)), row.person
        if row.new_in_time is not None and end > day:  # None: more than can be called
            each = model.orders_of_one_more(end, entry, model.rows(row.person))
            short = max(0.0, row.gap - sum(p[case.id] for case in own))
            assert row.new_in_time == pytest.approx(math.ceil(short / each), abs=0.01 * short / each), row.person


@pytest.mark.parametrize(("seed", "day"), DAYS)
def test_the_rates_of_the_sample_team_are_those_counted_case_by_case(seed, day):
    tables, inputs, model = made_and_by_hand(seed, day)
    people = [person for person in tables["Shapes"]["person"] if person is not None]
    for tier, code in enumerate(CODES[:5]):
        found = {who: by_hand.incidence(model.world, day, tier, who) for who in people}
        for who, (share, n) in {None: by_hand.incidence(model.world, day, tier), **found}.items():
            default = inputs.tiers.rate[tier]
            x = share * n if n else 0.0
            a, b = (
                (default * 20, (1 - default) * 20)
                if who is None
                else by_hand.beta_prior([(s * m if m else 0.0, m) for s, m in found.values()], default, 20.0)
            )
            row = rows_of(tables["Funnel"], who).set_index("tier").loc[code]
            low, high = stats.beta.ppf([0.025, 0.975], x + a, n - x + b)
            assert [row["rate"], row["rate_low"], row["rate_high"]] == pytest.approx(
                [(x + a) / (n + a + b), low, high], abs=1e-3
            ), (who, code)
            assert (
                abs(row["cases"] - math.floor(n + 1e-9)) <= 1
            )  # a case entered a year ago to the day counts or does not


@pytest.mark.slow
def test_the_look_back_of_the_sample_team_is_the_one_worked_out_anew():
    day = date(2026, 3, 1)
    tables, inputs, model = made_and_by_hand(7, day)
    orders = inputs.frames["Orders"]
    won = [at.date() for at in orders.loc[(orders["status"] == "valid") & ~(orders["amount"] < 0), "date"].dropna()]
    weeks = []
    for row in tables["ForecastCheck"].itertuples():
        cut, until = row._1.date() - timedelta(days=1), row.to.date()
        known = by_hand.Model(by_hand.until(model.world, cut), cut)
        p = list(known.chances(until).values())
        new = known.arrivals(until, known.pace(), known.entry())
        weeks.append((row, p, new, sum(cut < at <= until for at in won)))
    assert len(weeks) == 8
    means, variances = ([sum(f(q) for q in p) + new for _, p, new, _ in weeks] for f in (float, lambda q: q * (1 - q)))
    cv = by_hand.spread(means, variances, [came for *_, came in weeks])
    for (row, p, new, came), mean in zip(weeks, means, strict=True):
        dist = by_hand.mixture(p, new, cv)
        assert row.came == came
        assert row.expected == pytest.approx(mean, abs=0.06)
        # where a quantile is met to the last digit either side will do
        assert abs(row.low - by_hand.quantile(dist, 0.1)) <= 1 and abs(row.high - by_hand.quantile(dist, 0.9)) <= 1
