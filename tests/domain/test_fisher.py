import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy import stats

from funnelbook.domain.fisher import at_least
from support.examples import examples

_COUNTS = st.integers(0, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_worked():
    # tea tasting: 3 or 4 of the 4 cups told right, 17 of 70 draws
    assert at_least(3, 4, 1, 4) == pytest.approx(17 / 70)
    assert at_least(4, 4, 0, 4) == pytest.approx(1 / 70)
    assert at_least(0, 4, 4, 4) == pytest.approx(1)


@settings(max_examples=examples(80))
@given(_COUNTS, _COUNTS)
@example((0, 0), (0, 0))
@example((3, 3), (0, 0))
@example((7000, 16_000), (6000, 17_000))
@example((6000, 17_000), (7000, 16_000))
def test_it_is_fishers_exact_test_of_scipy(one, other):
    (x, n), (y, m) = one, other
    judge = stats.fisher_exact([[x, n - x], [y, m - y]], "greater").pvalue
    assert float(at_least(x, n, y, m)) == pytest.approx(judge, rel=1e-8, abs=1e-12)


def test_element_by_element():
    x, n, y, m = np.array([[10, 40, 50, 60], [22, 28, 60, 60], [0, 5, 3, 9]]).T
    assert at_least(x, n, y, m).tolist() == [float(at_least(*row)) for row in zip(x, n, y, m, strict=True)]
