"""Teams whose cases have no memory, every day alike and nobody stuck: what a model of days is right about, if anything."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np
import pandas as pd

from funnelbook.domain.periods import parse
from funnelbook.domain.tiers import Tiers
from funnelbook.domain.workdays import WorkCalendar
from support import memoryless
from support.calibration.forecasts import Model
from support.calibration.judge import Judged, judged
from support.calibration.known import Known

AS_OF, DAYS, TEAMS = date(2026, 6, 30), 52, 32
FIRST, NEW_PER_WEEK = date(2026, 1, 5), 5.0


def of_team(seed: int, models: dict[str, Model]) -> dict[str, Judged]:
    """One team, cut once."""
    last, tiers = AS_OF + timedelta(days=DAYS), Tiers.default()
    rows = {name: pd.DataFrame(of) for name, of in memoryless.team(seed, FIRST, last, NEW_PER_WEEK).rows.items()}
    orders = rows["Orders"].assign(date=pd.to_datetime(rows["Orders"]["date"]))
    customers = rows["Customers"].assign(
        created=pd.to_datetime(rows["Customers"]["created"]),
        tier=np.int8(-1),
        closed=pd.Series(pd.NaT, index=rows["Customers"].index, dtype="datetime64[s]"),
    )
    calls = rows["Activities"]
    calls = calls.assign(tier_after=tiers.encode(calls["tier_after"]))
    today = pd.Timestamp(AS_OF)
    known = Known(
        customers[customers["created"] <= today].reset_index(drop=True),
        calls[calls["at"].dt.normalize() <= today],
        orders[orders["date"] <= today],
        sorted(set(customers["owner"])),
        tiers,
        WorkCalendar.plain(),
        AS_OF,
        parse(f"{AS_OF}/{last}"),
    )
    return {name: judged(model(known), known, orders[orders["date"] > today], seed) for name, model in models.items()}


def run(models: dict[str, Model], seeds: Iterable[int] = range(TEAMS)) -> dict[str, Judged]:
    """What came of each forecast over the teams."""
    parts = [of_team(seed, models) for seed in seeds]
    return {name: Judged.of(part[name] for part in parts) for name in models}
