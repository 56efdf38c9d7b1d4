"""The Board (龙虎榜): who has done how much of the target, against the time gone."""

from __future__ import annotations

import numpy as np
import pandas as pd

from funnelbook.domain import pace
from funnelbook.results.goals import Goals
from funnelbook.results.situation import Situation


def board(situation: Situation, goals: Goals) -> pd.DataFrame:
    """Rows of Board: people by completion (without targets by orders), then the team. Source: method A4 and A5, numbers.md 7."""
    done, target = goals.won["orders"], goals.target["orders"]
    completion = pace.completion(done, target)
    progress = pace.time_progress(situation.period, situation.as_of, situation.calendar)
    frame = pd.DataFrame(
        {
            "person": np.array(situation.rows, dtype=object),
            "orders": done,
            "amount": goals.won["amount"],
            "margin": goals.won["margin"],
            "target": target,
            "completion": completion,
            "time_progress": progress,
            "ahead": completion - progress,
            "forecast": forecast(situation, goals).round(1),
        }
    )
    people = frame.iloc[1:]
    merit = (
        people["completion"].fillna(-1.0) * 1e6 + people["orders"]
        if (~np.isnan(completion[1:])).any()
        else people["orders"]
    )
    people = people.assign(rank=merit.rank(ascending=False, method="min")).sort_values("rank", kind="stable")
    return pd.concat([people, frame.iloc[:1]], ignore_index=True)


def forecast(situation: Situation, goals: Goals) -> np.ndarray:
    """Orders the period will end with at this pace, over the team and the people. Source: numbers.md 7."""
    return goals.won["orders"] + (situation.open_stock * situation.p_win).sum(axis=1) + situation.arrivals
