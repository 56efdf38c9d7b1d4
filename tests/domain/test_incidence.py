from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from lifelines import AalenJohansenFitter
from scipy import special, stats

from funnelbook.domain import conversion, incidence
from funnelbook.domain.history import LOG_COLUMNS, timeline
from support.worked import TIERS, activities, customers

DAY = date(2026, 5, 20)
NO_LOG = pd.DataFrame(columns=list(LOG_COLUMNS))


def cohorts(people, calls):
    return conversion.cohorts(timeline(people, calls, None, NO_LOG, TIERS, DAY), TIERS)


def shares(rows, people, half_life):
    return incidence.of_people(incidence.watched(rows, TIERS, DAY, half_life=half_life), rows, people, TIERS.n)


def rates(rows, people, half_life=120.0):
    return incidence.rates(incidence.watched(rows, TIERS, DAY, half_life=half_life), rows, TIERS, people)


def test_worked_posterior():
    rate, low, high = incidence.posterior(3, 4, 8, 12, 0.8)
    assert (round(rate, 6), round(float(low), 6), round(float(high), 6)) == (0.458333, 0.329713, 0.588531)


PEOPLE = customers("""
    id | owner | created
    1  | 小李  | 2026-03-02
    2  | 小李  | 2026-03-02
    3  | 小张  | 2026-03-02
    4  | 小张  | 2026-05-13
    5  | -     | 2024-01-01
""")
CALLS = activities("""
    at         | id | owner | tier_after
    2026-03-10 | 1  | 小李  | D
    2026-05-04 | 2  | 小李  | D
    2026-03-05 | 3  | 小张  | Lost
    2026-05-13 | 4  | 小张  | E
    2024-01-05 | 5  | 小张  | D
""")


def test_by_hand():
    # E, h = 42: of four watched, the third was lost on day 3 (1/4), the first went up on day 8 when three were left but the
    # fourth was censored on day 7: 3/4 x 1/2; the second went up later than h and counts as one that did not; the fifth is older
    # than the window
    got = shares(cohorts(PEOPLE, CALLS), ["小李", "小张"], np.inf)
    assert got.share[0, 0] == pytest.approx(3 / 4 * 1 / 2)
    assert got.cases[0, 0] == pytest.approx(3 + 7 / 42)
    assert got.share[1, 0] == pytest.approx(1 / 2)
    assert got.cases[1:, 0] == pytest.approx([2, 1 + 7 / 42])
    shown = rates(cohorts(PEOPLE, CALLS), ["小李", "小张"], np.inf)
    team = shown[shown["person"].isna()].set_index("tier")
    n, x = 3 + 7 / 42, 3 / 8 * (3 + 7 / 42)
    assert (team["cases"][0], team["reached"][0]) == (3, 5)
    assert team["rate"][0] == pytest.approx((x + 10) / (n + 20))
    assert team["rate_low"][0] == pytest.approx(stats.beta.ppf(0.025, x + 10, n - x + 10))
    assert team["rate_raw"][0] == pytest.approx(3 / 5)
    assert team["default"].tolist() == [False, False, True, True, True]
    own = shown[shown["person"] == "小李"]
    assert own["reached"].tolist() == [2, 2, 0, 0, 0]
    assert own["rate_raw"].tolist() == pytest.approx([1, 0, np.nan, np.nan, np.nan], nan_ok=True)


@pytest.mark.parametrize(("lost", "estimate"), [(19, True), (20, False)])
def test_fewer_than_twenty_cases_are_an_estimate(lost, estimate):
    people = customers("id | owner | created\n" + "\n".join(f"{i} | 小李 | 2026-03-02" for i in range(lost)))
    calls = activities(
        "at | id | owner | tier_after\n" + "\n".join(f"2026-03-10 | {i} | 小李 | Lost" for i in range(lost))
    )
    team = rates(cohorts(people, calls), [], np.inf)
    assert (team["cases"][0], team["estimate"][0], team["rate_raw"][0]) == (lost, estimate, 0)
    assert team["estimate"][1:].all()


def test_going_on_counts_within_three_dwells_or_the_weeks_set():
    assert incidence.horizons(TIERS, None).tolist() == [int(3 * days) for days in TIERS.dwell_days]
    assert incidence.horizons(TIERS, 2).tolist() == [14] * 5
    assert incidence.horizons(TIERS, 0.5).tolist() == [3] * 5
    assert incidence.horizons(TIERS, 0.01).tolist() == [1] * 5


def test_whole_cases_say_as_much_as_the_parts():
    # 3.7 cases are three, of which .25 is nearly one; 40 but for rounding are 40
    x, n = incidence.Incidence(np.array([0.25, 0.5, 0.0]), np.array([3.7, 40 - 1e-12, 0.0])).whole()
    assert (x.tolist(), n.tolist()) == ([1, 20, 0], [3, 40, 0])


def test_a_case_that_goes_on_the_day_it_came_counts():
    people = customers("id | owner | created\n1 | 小李 | 2026-05-20")
    calls = activities("at | id | owner | tier_after\n2026-05-20 | 1 | 小李 | D")
    got = shares(cohorts(people, calls), [], np.inf)
    assert (got.share[0, 0], got.cases[0, 0]) == (1, 1)


def test_older_cases_weigh_less():
    # entered 79 and 7 days ago, half a weight for 36 days: the young one was censored on day 7
    got = shares(cohorts(PEOPLE, CALLS), ["小张"], 36.0)
    w, f = 0.5 ** (np.array([79, 7]) / 36), np.array([1, 7 / 42])
    assert got.cases[1, 0] == pytest.approx((w @ f) ** 2 / (w**2 @ f))
    assert got.share[1, 0] == 0


def test_sixty_customers_entered_without_a_log_leave_every_rate_the_default():
    lines = [f"{i} | 小李 | {'EDCBA'[i % 5]} | 2026-03-{i % 28 + 1:02d}" for i in range(60)]
    people = customers("\n".join(["id | owner | tier | created", *lines]))
    got = rates(cohorts(people, None), ["小李"])
    assert got["rate"].tolist() == pytest.approx(TIERS.rate.tolist() * 2)
    assert got["default"].all()
    assert got["cases"].sum() == 0
    assert got["reached"].sum() > 0


def test_young_cases_none_of_which_went_on_yet_leave_people_near_the_team():
    # entered two days ago: a tenth of a case together, which says next to nothing
    people = customers(
        "id | owner | created\n" + "\n".join(f"{i} | {who} | 2026-05-18" for i, who in enumerate("甲乙丙"))
    )
    calls = activities(
        "at | id | owner | tier_after\n" + "\n".join(f"2026-05-18 | {i} | {who} | E" for i, who in enumerate("甲乙丙"))
    )
    got = rates(cohorts(people, calls), list("甲乙丙")).query("tier == 0")
    team, own = got["rate"].iloc[0], got["rate"].iloc[1:]
    assert team == pytest.approx(0.5, abs=0.01)
    assert (own > 0.95 * got["rate_low"].iloc[0]).all()


def _calls(seed: int, count: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Customers made within a year; each goes up, is lost or stays after random waits."""
    rng = np.random.default_rng(seed)
    born = [DAY - timedelta(days=int(d)) for d in rng.integers(1, 360, count)]
    rows = []
    for i, start in enumerate(born):
        at = start
        for tier in (1, 2, 3, 4, 5):
            at += timedelta(days=int(rng.integers(1, 40)))
            u = rng.random()
            if at > DAY or u > 0.8:
                break
            rows.append((pd.Timestamp(at), str(i), "a", tier if u < 0.6 else TIERS.lost))
            if u >= 0.6:
                break
    frame = pd.DataFrame(
        {"id": [str(i) for i in range(count)], "owner": "a", "tier": -1, "created": pd.to_datetime(born)}
    )
    return frame.assign(closed=pd.NaT), pd.DataFrame(rows, columns=["at", "id", "owner", "tier_after"])


@pytest.mark.parametrize("half_life", [np.inf, 120.0])
def test_it_is_the_aalen_johansen_curve_of_lifelines(half_life):
    people, calls = _calls(1, 400)
    rows = cohorts(people, calls)
    got = shares(rows, [], half_life)
    for tier in range(TIERS.n):
        of = rows[(rows["tier"] == tier)]
        age = (pd.Timestamp(DAY) - of["entered"]).dt.days
        up, lost = ((of[c] - of["entered"]).dt.days for c in ("next_day", "lost_day"))
        kind = np.where(up.notna(), 1, np.where(lost.notna(), 2, 0))
        waited = np.where(kind == 1, up, np.where(kind == 2, lost, age)).astype(float)
        fitter = AalenJohansenFitter(jitter_level=1e-9, seed=1, calculate_variance=False)
        curve = fitter.fit(waited, kind, event_of_interest=1, weights=0.5 ** (age.to_numpy() / half_life))
        h = 3 * TIERS.dwell_days[tier]
        at = curve.cumulative_density_
        judge = float(at[at.index <= h + 1e-6].iloc[-1, 0])
        assert got.share[0, tier] == pytest.approx(judge, abs=0.004)  # it breaks ties at random


def test_people_as_alike_as_can_be_get_the_largest_prior():
    a, b = incidence.prior_of_people(np.array([5, 5, 5, 5]), np.array([10, 10, 10, 10]), 20)
    assert a + b == pytest.approx(200)
    assert a / (a + b) == pytest.approx(0.5, abs=1e-3)


def test_people_who_differ_get_a_prior_as_likely_as_a_fine_search_finds():
    x, n = np.array([1, 9, 4, 8, 2]), np.array([10, 10, 12, 9, 11])
    a, b = incidence.prior_of_people(x, n, 20)
    m, s = np.meshgrid(np.linspace(0.01, 0.99, 197), np.exp(np.linspace(np.log(2), np.log(200), 200)))
    best = stats.betabinom.logpmf(x[:, None, None], n[:, None, None], m * s, (1 - m) * s).sum(axis=0).max()
    assert stats.betabinom.logpmf(x, n, a, b).sum() >= best - 1e-4


def test_a_prior_on_a_long_ridge_is_the_likeliest_whatever_its_mean():
    # what the cases of eight people told: the likelihood rises ever more slowly with the size, its mean going along
    n = np.array([53.655, 22.514, 22.739, 7.706, 26.778, 14.407, 16.614, 1.981])
    x = n * np.array([0.8971, 1, 0.9027, 0.5689, 0.9318, 0.8212, 0.8543, 1])
    a, b = incidence.prior_of_people(x, n, 20)
    assert a + b == pytest.approx(200)
    m = np.linspace(0.01, 0.99, 981)[:, None]
    likelihood = (special.betaln(x + 200 * m, n - x + 200 * (1 - m)) - special.betaln(200 * m, 200 * (1 - m))).sum(
        axis=1
    )
    assert a / 200 == pytest.approx(m[likelihood.argmax(), 0], abs=1e-3)
