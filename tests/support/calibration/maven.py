"""Finished deals in the form of a real CRM (Maven Analytics, "CRM Sales Opportunities"), cut in the middle of each month and quarter."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from funnelbook.domain.periods import Period, parse
from funnelbook.domain.tiers import Tiers
from funnelbook.domain.workdays import WorkCalendar
from support.calibration.forecasts import Model
from support.calibration.judge import Judged, judged
from support.calibration.known import Known
from support.external import SHARED

# the months and quarters with enough before them, and how many days before the end they are cut
PERIODS = {
    "months": ([parse(f"2017-{month:02d}") for month in range(6, 13)], 20),
    "quarters": ([parse("2017-Q2"), parse("2017-Q3"), parse("2017-Q4")], 41),
}


def deals() -> pd.DataFrame:
    """The deals with an engage date: id, owner, engaged, closed, won."""
    frame = pd.read_csv(SHARED / "data" / "maven_sales_pipeline.csv", parse_dates=["engage_date", "close_date"])
    frame = frame[frame["engage_date"].notna()]
    return pd.DataFrame({
        "id": frame["opportunity_id"].astype(object), "owner": frame["sales_agent"].astype(object),
        "engaged": frame["engage_date"], "closed": frame["close_date"], "won": frame["deal_stage"] == "Won",
    })  # fmt: skip


def known_of(frame: pd.DataFrame, as_of: date, period: Period) -> Known:
    """The deals as they stood at the end of a day. A deal with an engage date begins as Engaging."""
    tiers = Tiers.from_frame(
        pd.DataFrame({"code": ["Prospecting", "Engaging"], "rate": [0.99, 0.6], "dwell_days": [1.0, 45.0]})
    )
    frame = frame[frame["engaged"] <= pd.Timestamp(as_of)]
    past = frame[frame["closed"] <= pd.Timestamp(as_of)]
    lost, won = past[~past["won"]], past[past["won"]]
    activities = pd.DataFrame({
        "at": [*frame["engaged"], *lost["closed"]], "id": [*frame["id"], *lost["id"]],
        "owner": [*frame["owner"], *lost["owner"]],
        "tier_after": np.repeat([1, tiers.lost], [len(frame), len(lost)]).astype(np.int8),
    })  # fmt: skip
    customers = frame[["id", "owner"]].assign(
        tier=np.full(len(frame), -1, dtype=np.int8), created=frame["engaged"], closed=pd.NaT
    )
    return Known(
        customers.reset_index(drop=True),
        activities,
        won[["id", "owner"]].assign(date=won["closed"]).reset_index(drop=True),
        sorted(set(frame["owner"])),
        tiers,
        WorkCalendar.plain(),
        as_of,
        period,
    )


def run(kind: str, models: dict[str, Model]) -> dict[str, Judged]:
    """What came of each forecast over all months or quarters."""
    frame, (periods, before) = deals(), PERIODS[kind]
    parts: dict[str, list[Judged]] = {name: [] for name in models}
    for number, period in enumerate(periods):
        cut = period.end - timedelta(days=before)
        known = known_of(frame, cut, period)
        closed = frame["closed"]
        came = frame[frame["won"] & (closed > pd.Timestamp(cut)) & (closed <= pd.Timestamp(period.end))]
        for name, model in models.items():
            parts[name].append(judged(model(known), known, came, number))
    return {name: Judged.of(of) for name, of in parts.items()}
