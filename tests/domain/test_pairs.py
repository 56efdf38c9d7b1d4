import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import fisher_exact

from funnelbook.domain.pairs import CHANCE, pairs


def test_worked_sheet():
    # 10 of 60 against 65 of 130 of the others; the one with 35 of 60 leads, the one with 10 of 10 has too few cases
    got = pairs(np.array([10, 30, 35, 10]), np.array([60, 60, 60, 10]), 20)
    assert got.to_dict("records") == [
        {"weak": 0, "helper": 2, "rate": pytest.approx(1 / 6), "benchmark": pytest.approx(75 / 130), "helper_value": pytest.approx(35 / 60)}
    ]  # fmt: skip


def test_equals_have_nobody_to_help():
    assert pairs(np.array([30, 29, 31]), np.array([60, 60, 60]), 20).empty


def test_one_person_alone_and_a_team_without_cases():
    assert pairs(np.array([3]), np.array([60]), 20).empty
    assert pairs(np.array([0, 0]), np.array([0, 0]), 20).empty
    assert pairs(np.array([]), np.array([]), 20).empty


_PEOPLE = st.lists(
    st.integers(0, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=2, max_size=6
)


@settings(deadline=None, max_examples=60)
@given(_PEOPLE)
def test_a_helper_leads_by_fishers_test_and_nobody_else_by_more(people):
    x, n = (np.array(column) for column in zip(*people, strict=True))
    for row in pairs(x, n, 20).itertuples():
        chances = [
            fisher_exact([[x[i], n[i] - x[i]], [x[row.weak], n[row.weak] - x[row.weak]]], alternative="greater").pvalue
            if n[i] >= 20
            else 1.0
            for i in range(len(n))
        ]
        if row.helper < 0:
            assert min(chances) > CHANCE - 1e-9
        else:
            assert chances[row.helper] <= min(chances) * (1 + 1e-6) + 1e-12
            assert chances[row.helper] <= CHANCE + 1e-9
