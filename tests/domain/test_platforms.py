"""What must hold where a platform lacks something: a compiled library, threads, whole numbers of 64 bits."""

from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from funnelbook.domain.similar import MOST_APART, distance
from funnelbook.results import chances
from funnelbook.results.team_data import TeamData

NAMES = (
    "上海鼎盛机电有限公司",
    "上海鼎盛机电公司",
    "上海鼎盛机电厂",
    "Northwind Traders",
    "Northwind Tradars Inc.",
    "Northwind Limited",
)
TEXTS = st.text("ab甲乙", max_size=9)


@given(TEXTS, TEXTS)
def test_texts_are_as_far_apart_without_rapidfuzz(one, other):
    assert distance(one, other) == Indel.distance(one, other, score_cutoff=MOST_APART)


def test_names_repeat_alike_without_rapidfuzz():
    hidden = "import sys; sys.modules['rapidfuzz'] = None\n"
    asked = f"import pandas as pd; from funnelbook.domain.similar import repeats; print(repeats(pd.Series({NAMES})).tolist())"
    there, without = (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        for code in (asked, hidden + asked)
    )
    assert there == without == "[-1, 0, 0, -1, 3, -1]\n"


def test_amounts_are_simulated_alike_without_threads(monkeypatch):
    situation = SimpleNamespace(
        as_of=pd.Timestamp("2026-05-20"),
        settings=SimpleNamespace(rate_window_days=365.0, min_cases=1, seed=1),
        orders=pd.DataFrame(
            {"date": pd.to_datetime(["2026-05-01"] * 3), "who": [1, 1, 2], "amount": [100.0, 300.0, 50.0]}
        ),
        evidence=np.array([[[8.0, 1.0, 1.0]]] * 3),
        open_stock=np.array([[6], [4], [2]]),
        new_per_week=np.zeros(3),
        weeks_left=2,
    )
    goals = SimpleNamespace(won={"amount": np.array([450.0, 400.0, 50.0])})
    threaded = chances.simulated_ends(situation, goals)

    def refused(_pool, *_task):
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(chances.ThreadPoolExecutor, "submit", refused)
    np.testing.assert_array_equal(chances.simulated_ends(situation, goals), threaded)


# What int64 is to numpy on a platform of 32 bits, uint64 is to it here: too wide to be cast silently to what it counts in
@pytest.mark.parametrize("kind", [np.int8, np.int32, np.int64, np.uint64])
def test_sums_over_people_take_whole_numbers_of_any_size(kind):
    team = TeamData()
    team.__dict__["people"] = ["小张", "小李"]
    who = pd.Series(np.array([1, 2, 2], dtype=kind))
    assert team.per_person(who).tolist() == [3, 1, 2]
    days = pd.Series(pd.to_datetime(["2026-05-01", "2026-05-02", None]))
    assert team.per_day(who, days, pd.Timestamp("2026-05-01").date(), 2).tolist() == [[1, 1], [1, 0], [0, 1]]
