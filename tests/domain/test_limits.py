from math import comb, exp, factorial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from funnelbook.domain.limits import (
    Limits,
    expected_limits,
    mean_limits,
    overdispersion,
    proportion_limits,
    rate_limits,
    reweighted_limits,
    trend_limits,
)
from support.examples import examples


def quantile(q, n, p):
    """The smallest count whose cumulated chance reaches q, summed by hand."""
    total = 0.0
    for k in range(n + 1):
        total += comb(n, k) * p**k * (1 - p) ** (n - k)
        if total >= q:
            return k
    return n


def test_a_calm_team_by_hand():
    # z = 0, +0.99, -0.97, 0, 0: the median is 0, nothing is widened
    got = proportion_limits([30, 33, 27, 30, 30], [100] * 5)
    assert isinstance(got, Limits)
    assert got.benchmark == pytest.approx([0.30, 0.2925, 0.3075, 0.30, 0.30])
    assert got.low[0] == quantile(0.025, 100, 0.30) / 100 == 0.21
    assert got.high[0] == quantile(0.975, 100, 0.30) / 100 == 0.39
    assert got.low == pytest.approx([quantile(0.025, 100, b) / 100 for b in (0.30, 0.2925, 0.3075, 0.3, 0.3)])
    assert got.high == pytest.approx(stats.binom.ppf(0.975, 100, [0.30, 0.2925, 0.3075, 0.3, 0.3]) / 100)
    assert got.verdict.dtype == object
    assert got.verdict.tolist() == ["ok"] * 5


def test_worked_overdispersion():
    # the middle of .1 .3 .4 .5 .8 1.2 5 6 is .65: two outliers do not silence eight
    assert overdispersion(np.array([0.3, -0.5, 1.2, -0.8, 6, 0.1, -0.4, -5])) == 1
    assert overdispersion(np.array([2.0, -2, np.nan, np.inf])) == pytest.approx((2 / 0.67449) ** 2)
    assert overdispersion(np.array([])) == 1


@pytest.mark.parametrize(
    ("orders", "verdict"), [(50, "ok"), (40, "ok"), (39, "watch"), (35, "watch"), (34, "problem"), (70, "ok")]
)
def test_one_of_twelve_against_a_half(orders, verdict):
    # of 100 at one half: 40 .. 60 at 95 %, 35 .. 65 at 99.8 %; a single outlier of twelve does not move the median
    assert (quantile(0.025, 100, 0.5), quantile(0.001, 100, 0.5)) == (40, 35)
    got = proportion_limits([50] * 11 + [orders], [100] * 12)
    assert (got.benchmark[-1], got.low[-1], got.high[-1]) == (0.5, 0.40, 0.60)
    assert got.verdict[-1] == verdict


def test_a_team_that_differs_widely_widens_the_limits():
    # z = -.15 / sqrt(.2475 / 100), 0 and the same up: the middle of the three is the first's
    got = proportion_limits([40, 50, 60], [100] * 3)
    z = 0.15 / np.sqrt(0.55 * 0.45 / 100)
    assert (got.low[1], got.high[1]) == pytest.approx((0.5 - z / 0.67449 * 0.1, 0.5 + z / 0.67449 * 0.1))
    assert got.verdict.tolist() == ["no_evidence"] * 3
    # 450 of 1000 against .525 is z = -4.75, yet no further off than people of this team are
    got = proportion_limits([450, 500, 550], [1000] * 3)
    width = 0.075 / np.sqrt(0.525 * 0.475 / 1000) / 0.67449
    assert got.low[0] == pytest.approx(0.525 - width * (0.525 - quantile(0.025, 1000, 0.525) / 1000))
    assert got.verdict.tolist() == ["ok"] * 3


def test_limits_never_leave_what_a_proportion_can_be():
    got = proportion_limits([2, 50, 98], [100] * 3)
    assert (got.low >= 0).all()
    assert (got.high <= 1).all()


def test_no_evidence():
    # fewer cases than min_cases
    others = [60] * 11, [100] * 11
    assert proportion_limits([0, *others[0]], [19, *others[1]]).verdict[0] == "no_evidence"
    assert proportion_limits([0, *others[0]], [20, *others[1]]).verdict[0] == "problem"
    assert proportion_limits([0, *others[0]], [20, *others[1]], min_cases=21).verdict[0] == "no_evidence"
    # 100 at .1: 5 .. 16, half of that width is .055, above half the benchmark .05; 200 at .1: 12 .. 29, .0425
    calm = [100] * 10
    assert proportion_limits([10, *calm], [100, *[1000] * 10]).verdict[0] == "no_evidence"
    assert proportion_limits([20, *calm], [200, *[1000] * 10]).verdict[0] == "ok"
    # nobody to compare with, or nothing done
    alone = proportion_limits([30], [100])
    assert np.isnan([alone.benchmark, alone.low, alone.high]).all()
    assert alone.verdict.tolist() == ["no_evidence"]
    idle = proportion_limits([0, 30, 30], [0, 100, 100], min_cases=0)
    assert idle.benchmark[0] == 0.3
    assert np.isnan(idle.low[0])
    assert idle.verdict.tolist() == ["no_evidence", "ok", "ok"]
    others_idle = proportion_limits([30, 0], [100, 0])
    assert np.isnan(others_idle.benchmark[0])
    assert others_idle.verdict.tolist() == ["no_evidence", "no_evidence"]


def test_nobody_and_scalars():
    assert [len(part) for part in proportion_limits([], [])] == [0, 0, 0, 0]
    assert proportion_limits(3, 10).verdict.tolist() == ["no_evidence"]


def test_none_at_all_is_nobody_s_fault():
    assert proportion_limits([0, 0, 0], [50] * 3).verdict.tolist() == ["ok"] * 3


def test_a_lower_level_watches_earlier_and_never_moves_the_problem():
    rows = [50] * 11 + [42], [100] * 12
    assert proportion_limits(*rows).verdict[-1] == "ok"
    assert proportion_limits(*rows, level=0.8).verdict[-1] == "watch"
    rows = [50] * 11 + [34], [100] * 12
    assert proportion_limits(*rows, level=0.8).verdict[-1] == "problem"
    assert proportion_limits(*rows, level=0.9999).verdict[-1] == "ok"


@pytest.mark.parametrize(
    ("successes", "trials", "level", "says"),
    [
        ([-1, 3], [5, 5], 0.95, "whole numbers"),
        ([1, 3], [5, -5], 0.95, "whole numbers"),
        ([1.5, 3], [5, 5], 0.95, "whole numbers"),
        ([1.4, 3], [5, 5], 0.95, "whole numbers"),
        ([1, 3], [5, 5.5], 0.95, "whole numbers"),
        ([1, np.nan], [5, 5], 0.95, "whole numbers"),
        ([1, 3], [5, np.inf], 0.95, "whole numbers"),
        ([1, 6], [5, 5], 0.95, "more successes than trials"),
        ([1, 3], [5], 0.95, "same length"),
        ([[1, 3]], [[5, 5]], 0.95, "same length"),
        ([1, 3], [5, 5], 1.0, "level"),
        ([1, 3], [5, 5], np.nan, "level"),
    ],
)
def test_what_cannot_be_meant_is_refused(successes, trials, level, says):
    with pytest.raises(ValueError, match=says):
        proportion_limits(successes, trials, level)


people = st.lists(
    st.integers(0, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1, max_size=12
)


@given(rows=people, data=st.data())
def test_the_order_of_the_rows_does_not_matter(rows, data):
    order = list(data.draw(st.permutations(range(len(rows)))))
    x, n = np.array(rows).T
    for got, want in zip(proportion_limits(x[order], n[order]), proportion_limits(x, n), strict=True):
        np.testing.assert_array_equal(got, want[order])


@given(rows=people, level=st.floats(0.5, 0.997))
def test_laws_of_a_verdict(rows, level):
    x, n = np.array(rows).T
    got = proportion_limits(x, n, level)
    known = ~np.isnan(got.low)
    assert (got.low <= got.benchmark)[known].all()
    assert (got.benchmark <= got.high)[known].all()
    assert (got.verdict[~known | (n < 20)] == "no_evidence").all()
    rate = np.divide(x, n, out=np.full(len(n), np.nan), where=n > 0)
    assert set(got.verdict[rate >= got.low]) <= {"ok", "no_evidence"}
    assert set(got.verdict[rate < got.low]) <= {"watch", "problem", "no_evidence"}


@given(rows=people)
def test_a_higher_level_is_never_narrower(rows):
    x, n = np.array(rows).T
    near, far = proportion_limits(x, n, 0.8), proportion_limits(x, n, 0.95)
    assert not (far.low > near.low).any()
    assert not (far.high < near.high).any()


def poisson_quantile(q, mean):
    """The smallest count whose cumulated chance reaches q, summed by hand."""
    total, k = 0.0, 0
    while True:
        total += exp(-mean) * mean**k / factorial(k)
        if total >= q:
            return k
        k += 1


@pytest.mark.parametrize(("calls", "verdict"), [(70, "ok"), (30, "ok"), (20, "ok"), (19, "watch"), (14, "problem")])
def test_calls_a_day_against_the_others(calls, verdict):
    # ten others with 30 calls in 10 days: 30 expected, 20 .. 41 at 95 %, 15 .. at 99.8 %
    assert (poisson_quantile(0.025, 30), poisson_quantile(0.975, 30), poisson_quantile(0.001, 30)) == (20, 41, 15)
    got = rate_limits([30] * 11 + [calls], [10] * 12)
    assert (got.benchmark[-1], got.low[-1], got.high[-1]) == (3.0, 2.0, 4.1)
    assert got.verdict[-1] == verdict


def test_too_little_is_expected_to_judge():
    calls, days = [30] * 11 + [0], [10] * 12  # 30 expected of each
    assert rate_limits(calls, days, min_cases=31).verdict[-1] == "no_evidence"
    assert rate_limits(calls, days, min_cases=30).verdict[-1] == "problem"
    assert rate_limits([5], [5]).verdict.tolist() == ["no_evidence"]
    assert rate_limits([30, 0], [10, 0]).verdict[1] == "no_evidence"


def test_against_a_plan_a_team_short_as_a_whole_is_short():
    got = expected_limits([60, 60, 60, 100, 3], [100, 100, 100, 100, np.nan])
    assert got.low[0] == poisson_quantile(0.025, 100)
    assert got.verdict.tolist() == ["problem"] * 3 + ["ok", "no_evidence"]


def test_a_trend_is_the_binomial_law_of_the_recent_part():
    # 200 calls in 20 days; of 10 of them 100 are due: 86 .. 114 at 95 %
    low = quantile(0.025, 200, 0.5)
    calm = [100] * 5
    got = trend_limits([low, low - 1, 60, 5, *calm], [200, 200, 200, 19, *[200] * 5], [10] * 9, [20] * 9)
    assert got.low[0] == low / 10
    assert got.benchmark[0] == 10
    assert got.verdict.tolist()[:4] == ["ok", "watch", "problem", "no_evidence"]
    # where all went down alike, one alone is not to blame
    slack = trend_limits([low - 1] * 6, [200] * 6, [10] * 6, [20] * 6)
    assert slack.verdict.tolist() == ["ok"] * 6
    # nothing recent, and nothing before
    assert trend_limits([50], [100], [0], [10]).verdict.tolist() == ["no_evidence"]
    assert trend_limits([50], [100], [10], [10]).verdict.tolist() == ["no_evidence"]


def test_margins_by_student_t():
    # two people of 25 orders each at 20 % and 30 % by turns: mean .25, deviation .05 x sqrt(50 / 49), 49 degrees
    others = np.tile([0.2, 0.3], 25)
    values, who = np.concatenate([others, [0.24] * 20]), np.repeat([0, 1, 2], [25, 25, 20])
    got, mean, n = mean_limits(values, who, 3)
    deviation = 0.05 * np.sqrt(50 / 49)
    far = max(1.0, 0.01 / (deviation / np.sqrt(20)) / 0.67449)  # of the three the last is the one in the middle
    assert mean[2] == pytest.approx(0.24)
    assert n.tolist() == [25, 25, 20]
    assert got.benchmark[2] == pytest.approx(0.25)
    assert got.low[2] == pytest.approx(0.25 - far * stats.t.ppf(0.975, 49) * deviation / np.sqrt(20))
    assert got.verdict[2] == "ok"
    assert mean_limits(values, who, 3, min_cases=21)[0].verdict[2] == "no_evidence"
    # three alike: nothing is widened
    calm = mean_limits(np.tile([0.2, 0.3], 35), who, 3)[0]
    assert calm.low[2] == pytest.approx(0.25 - stats.t.ppf(0.975, 49) * deviation / np.sqrt(20))
    # of twelve, one at 20 % lies 4.5 errors down and does not move the median
    low = mean_limits(np.concatenate([np.tile([0.2, 0.3], 110), [0.2] * 20]), np.repeat(np.arange(12), 20), 12)[0]
    assert low.verdict[-1] == "problem"
    assert mean_limits(np.array([0.2]), np.array([0]), 1)[0].verdict.tolist() == ["no_evidence"]


def test_a_poor_mix_of_sources_is_not_held_against_a_person():
    # everybody wins 60 % of the good source and 20 % of the poor one; the last person got mostly poor ones
    trials = np.array([[80, 20]] * 5 + [[20, 80]])
    successes = trials * [0.6, 0.2]
    got, rate, cases = reweighted_limits(successes, trials)
    assert rate == pytest.approx([0.6 * 0.7 + 0.2 * 0.3] * 6)
    assert got.benchmark == pytest.approx(rate)
    # weights .7 and .3: 1 / (.49 / 20 + .09 / 80) = 39.02
    assert cases[-1] == 39
    assert set(got.verdict) == {"ok"}
    assert reweighted_limits(successes, trials, min_cases=39)[0].verdict[-1] == "ok"
    assert reweighted_limits(successes, trials, min_cases=40)[0].verdict[-1] == "no_evidence"
    assert proportion_limits(successes.sum(axis=1), trials.sum(axis=1)).verdict[-1] == "problem"


@pytest.mark.parametrize("unit", [1, 100, 1e6])
def test_others_with_equal_margins_widen_nobodys_limits(unit):
    # the others of the last one have the same margin: their sums differ by rounding only, more or less by their number
    for margin, each in ((0.0025, 1), (0.1, 5), (0.07, 2), (0.013, 3)):
        values, who = np.repeat([margin, margin, 2 * margin], [each, each, 2]), np.repeat([0, 1, 2], [each, each, 2])
        found, _, _ = mean_limits(values * unit, who, 3)
        assert found.low[2] == found.high[2] == pytest.approx(margin * unit)
        assert np.nanmax(np.abs(found.low)) < unit


@given(rows=people)
def test_one_source_is_the_plain_proportion(rows):
    x, n = np.array(rows).T
    got, _, cases = reweighted_limits(x[:, None], n[:, None])
    want = proportion_limits(x, n)
    known = cases > 0
    for mine, plain in zip(got[:3], want[:3], strict=True):
        np.testing.assert_allclose(mine[known], plain[known], atol=1e-12)
    assert (got.verdict[known] == want.verdict[known]).all()
    assert (cases[known] == n[known]).all()


@settings(max_examples=examples(40))
@given(rows=people, data=st.data())
def test_nobody_is_called_weak_on_few_cases_and_rows_come_in_any_order(rows, data):
    x, n = np.array(rows).T
    order = list(data.draw(st.permutations(range(len(rows)))))
    values = np.repeat(x / 400, n % 30)
    who = np.repeat(np.arange(len(n)), n % 30)
    place = np.argsort(order)
    for found, expected, permuted in (
        (rate_limits(x, n), None, rate_limits(x[order], n[order])),
        (expected_limits(x, n), n, expected_limits(x[order], n[order])),
        (trend_limits(x, n, n, 2 * n), n, trend_limits(x[order], n[order], n[order], 2 * n[order])),
        (mean_limits(values, who, len(n))[0], n % 30, mean_limits(values, place[who], len(n))[0]),
    ):
        np.testing.assert_allclose(found.low[order], permuted.low)
        if expected is not None:
            assert set(found.verdict[expected < 20]) <= {"no_evidence"}
