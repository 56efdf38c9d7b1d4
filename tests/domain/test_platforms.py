"""What must hold where a platform lacks something: a compiled library, threads, whole numbers of 64 bits."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from funnelbook.domain.similar import MOST_APART, distance
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


# What int64 is to numpy on a platform of 32 bits, uint64 is to it here: too wide to be cast silently to what it counts in
@pytest.mark.parametrize("kind", [np.int8, np.int32, np.int64, np.uint64])
def test_sums_over_people_take_whole_numbers_of_any_size(kind):
    team = TeamData()
    team.__dict__["people"] = ["小张", "小李"]
    who = pd.Series(np.array([1, 2, 2], dtype=kind))
    assert team.per_person(who).tolist() == [3, 1, 2]
    days = pd.Series(pd.to_datetime(["2026-05-01", "2026-05-02", None]))
    assert team.per_day(who, days, pd.Timestamp("2026-05-01").date(), 2).tolist() == [[1, 1], [1, 0], [0, 1]]
