"""5,000 real loan offers with the day of each stage (BPI Challenge 2017): whether single cases end as told within a week or two."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pandas as pd

from funnelbook.domain.periods import parse
from funnelbook.domain.tiers import Tiers
from funnelbook.domain.workdays import WorkCalendar
from support.calibration.forecasts import Model
from support.calibration.judge import Cases
from support.calibration.known import Known
from support.external import SHARED

CUTS = tuple(date(2016, *day) for day in ((1, 21), (1, 24), (1, 28), (1, 31), (2, 4), (2, 7), (2, 11), (2, 14)))
WITHIN = (7, 14)  # days
# what the forecast has to do at least: log loss at most, area under the curve at least
ASKED = {7: (0.306, 0.78), 14: (0.445, 0.745)}


def events() -> pd.DataFrame:
    """case, at, tier (a code), owner."""
    frame = pd.read_csv(SHARED / "data" / "offers_2017.csv.gz", parse_dates=["at"])
    return frame.astype({"case": object, "tier": object, "owner": object})


def known_of(frame: pd.DataFrame, as_of: date, days: int) -> Known:
    """The offers as they stood at the end of a day: what is created that day begins, later ones are not there."""
    tiers = Tiers.from_frame(pd.DataFrame({"code": list("EDBA")}))
    frame = frame[frame["at"] < pd.Timestamp(as_of + timedelta(days=1))]
    first = frame.drop_duplicates("case")
    tier = tiers.encode(frame["tier"])
    customers = pd.DataFrame({
        "id": first["case"].to_numpy(object), "owner": first["owner"].to_numpy(object),
        "tier": np.full(len(first), -1, dtype=np.int8), "created": first["at"].dt.normalize().to_numpy("datetime64[s]"),
        "closed": np.full(len(first), np.datetime64("NaT", "D"), dtype="datetime64[s]"),
    })  # fmt: skip
    won = frame[frame["tier"] == "Won"]
    return Known(
        customers,
        pd.DataFrame({"at": frame["at"], "id": frame["case"], "owner": frame["owner"], "tier_after": tier}),
        pd.DataFrame({"date": won["at"].dt.normalize(), "id": won["case"], "owner": won["owner"]}),
        sorted(set(first["owner"])),
        tiers,
        WorkCalendar.plain(),
        as_of,
        parse(f"{as_of}/{as_of + timedelta(days=days)}"),
    )


def run(models: Callable[[int], dict[str, Model]]) -> dict[int, dict[str, Cases]]:
    """By days within which an offer is accepted or not, and by forecast: what was told of every open case of all cuts.

    `models`: the forecasts for so many days.
    """
    frame = events()
    won = frame[frame["tier"] == "Won"].drop_duplicates("case").set_index("case")["at"]
    found: dict[int, dict[str, Cases]] = {}
    for days in WITHIN:
        parts: dict[str, list[pd.DataFrame]] = {name: [] for name in models(days)}
        for cut in CUTS:
            known = known_of(frame, cut, days)
            day = won.reindex(known.customers["id"].iloc[known.open])
            happened = (day < pd.Timestamp(cut + timedelta(days=days + 1))).to_numpy()
            for name, model in models(days).items():
                parts[name].append(pd.DataFrame({"told": model(known).p, "happened": happened}))
        found[days] = {name: Cases(pd.concat(rows, ignore_index=True)) for name, rows in parts.items()}
    return found
