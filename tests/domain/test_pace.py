from datetime import date

import numpy as np
import pandas as pd
import pytest

from funnelbook.domain import pace, periods
from funnelbook.domain.workdays import WorkCalendar

MAY = periods.parse("2026-05")  # from a Friday, with 21 weekdays
DAYS_OFF = pd.DataFrame({"date": pd.to_datetime(["2026-05-01", "2026-05-09"]), "workday": [False, True], "weight": 1.0})


@pytest.mark.parametrize(
    ("day", "elapsed"),
    [("2026-04-30", 0), ("2026-05-01", 1), ("2026-05-03", 1), ("2026-05-04", 2), ("2026-05-20", 14), ("2026-05-29", 21),
     ("2026-05-31", 21), ("2026-06-10", 21)],
)  # fmt: skip
def test_working_days_elapsed_the_day_itself_included(day, elapsed):
    assert pace.time_progress(MAY, date.fromisoformat(day), WorkCalendar.plain()) == elapsed / 21


def test_holidays_and_saturdays_worked_count_as_the_calendar_says():
    calendar = WorkCalendar.from_frame(DAYS_OFF)
    got = [pace.time_progress(MAY, date(2026, 5, day), calendar) for day in (1, 4, 9)]
    assert got == [0, 1 / 21, 6 / 21]


def test_a_period_without_a_working_day_is_over_with_its_last_day():
    weekend = periods.parse("2026-05-02/2026-05-03")
    got = [pace.time_progress(weekend, date(2026, 5, day), WorkCalendar.plain()) for day in (1, 2, 3, 4)]
    assert got == [0, 0, 1, 1]


@pytest.mark.filterwarnings("error")
def test_completion_is_done_over_target_and_blank_without_one():
    got = pace.completion(np.array([3, 0, 5, 0, 2]), np.array([4, 2, 0, 0, np.nan]))
    assert got.tolist() == pytest.approx([0.75, 0, np.nan, np.nan, np.nan], nan_ok=True)
    assert pace.completion(pd.Series([1.0]), pd.Series([0.5])).tolist() == [2]
    assert np.isnan(pace.completion(np.array([3]), np.array([-1]))).all()


def test_the_last_weeks_are_seven_days_each_and_end_today():
    assert pace.recent_days(date(2026, 5, 20), 1) == (date(2026, 5, 14), date(2026, 5, 20))
    assert pace.recent_days(date(2026, 5, 20), 4) == (date(2026, 4, 23), date(2026, 5, 20))
