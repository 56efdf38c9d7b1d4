import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx
from scipy.stats import fisher_exact

from funnelbook.domain.pairs import CHANCE, pairs
from support.examples import examples


def test_worked_sheet():
    # 10 of 60 against 65 of 130 of the others; 35 of 60 leads, the one with 10 of 10 has too few cases to be compared
    got = pairs(np.array([10, 30, 35, 10]), np.array([60, 60, 60, 10]), 20)
    assert got.to_dict("records") == [
        {
            "behind": 0,
            "helper": 2,
            "rate": approx(10 / 60),
            "benchmark": approx(75 / 130),
            "helper_rate": approx(35 / 60),
        }
    ]


def test_equals_have_nobody_to_help():
    assert pairs(np.array([30, 29, 31]), np.array([60, 60, 60]), 20).empty


def test_one_person_alone_and_a_team_without_cases():
    assert pairs(np.array([3]), np.array([60]), 20).empty
    assert pairs(np.array([0, 0]), np.array([0, 0]), 20).empty
    assert pairs(np.array([]), np.array([]), 20).empty


_PEOPLE = st.lists(
    st.integers(0, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=2, max_size=6
)


@settings(max_examples=examples(60))
@given(_PEOPLE)
def test_a_helper_leads_by_fishers_test_and_who_has_none_is_led_by_nobody(people):
    x, n = (np.array(column) for column in zip(*people, strict=True))
    found = {row.behind: row.helper for row in pairs(x, n, 20).itertuples()}
    able = [i for i in range(len(n)) if n[i] >= 20]
    level = CHANCE / max(1, len(able) - 1)
    for one in able:
        chance = {
            other: fisher_exact([[x[other], n[other] - x[other]], [x[one], n[one] - x[one]]], "greater").pvalue
            for other in able
            if other != one
        }
        if one in found:
            assert chance[found[one]] <= min(chance.values()) * (1 + 1e-6) + 1e-12
        assert (one in found) == (bool(chance) and min(chance.values()) <= level)
