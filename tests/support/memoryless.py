"""A team whose cases follow the daily chain of numbers.md 2 to the letter: what its chances are right about, if anything."""

from __future__ import annotations

from datetime import date, datetime, time

import numpy as np

from funnelbook.domain.tiers import Tiers
from funnelbook.sample import Sample

_PEOPLE = tuple("ABCDEFGH")
_RATES = (0.6, 0.5, 0.5, 0.6, 0.8)  # of those who leave a tier, the share that goes up, lowest tier first
_LEAVE = (1 / 12, 1 / 9, 1 / 9, 1 / 8, 1 / 5)  # chance to leave it on a day


def team(seed: int, first: date, last: date, new_per_week: float) -> Sample:
    """Eight people alike, each with Poisson arrivals from `first` to `last`; every case may move once a day, none has a memory.

    Won cases bring one valid order each.
    """
    rng, tiers = np.random.default_rng(seed), Tiers.default()
    days = (last - first).days + 1
    counts = rng.poisson(new_per_week / 7, (len(_PEOPLE), days))
    who, at = (np.repeat(axis.ravel(), counts.ravel()) for axis in np.indices(counts.shape))
    created, owner = np.datetime64(first, "D") + at, np.array(_PEOPLE)[who]
    rows: dict[str, list[dict[str, object]]] = {
        "People": [{"person": name, "start": first, "active": True} for name in _PEOPLE],
        "Customers": [
            {"id": f"K{i}", "name": f"N{i}", "owner": owner[i], "created": created[i].astype(object)}
            for i in range(len(owner))
        ],
        "Activities": [],
        "Orders": [],
    }
    case, day = np.arange(len(owner)), created
    for tier, (rate, leave) in enumerate(zip(_RATES, _LEAVE, strict=True)):
        day = day + rng.geometric(leave, len(case))
        up = rng.random(len(case)) < rate
        known = day <= np.datetime64(last, "D")
        rows["Activities"] += [
            {"at": _noon(d), "id": f"K{i}", "owner": owner[i], "tier_after": tiers.labels[tier + 1 if rises else -1]}
            for i, d, rises in zip(case[known], day[known], up[known], strict=True)
        ]
        case, day = case[up & known], day[up & known]
    rows["Orders"] = [
        {
            "order_id": f"O{i}",
            "date": d.astype(object),
            "id": f"K{i}",
            "owner": owner[i],
            "amount": float(np.round(rng.lognormal(9.5, 0.5), -2)),
            "status": "valid",
        }
        for i, d in zip(case, day, strict=True)
    ]
    return Sample(rows, last)


def _noon(day: np.datetime64) -> datetime:
    return datetime.combine(day.astype(object), time(12))
