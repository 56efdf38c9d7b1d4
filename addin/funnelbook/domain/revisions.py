"""Revisions of targets (目标修订): every change of a target, and when the numbers justify another."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from scipy import special

from funnelbook.domain import fisher
from funnelbook.domain.dtypes import Numbers
from funnelbook.domain.targets import MEASURES

FORECAST, EXTERNAL, INTERNAL = "forecast", "external", "internal"
COLUMNS = ["at", "period", "person", "measure", "old", "new", "reason", "by"]
KEY = ["period", "person", "measure"]
UNLIKELY = 0.2  # a chance of making the target below this is no target any more
CHANCE = 0.025  # a change this likely without a cause is none
CAPACITY_LOST = 0.1  # share of the working days from which a team is another one
_NOISE = 1e-9
_KEPT = 1e-14  # a cell keeps fifteen digits: a number read back may differ by this share


def standing(targets: pd.DataFrame) -> pd.DataFrame:
    """What was asked last in every period: period, person (None: the team), measure, new, reason, by.

    `targets`: the Targets table with `label`, its period as written by domain.periods (None: unreadable). A person's highest
    revision, agreed yet or not (what counts is domain.rulings'), agreed values before proposed ones; `by` is who agreed, before
    that the author. Source: numbers.md 7, method A9.
    """
    rows = targets[targets["label"].notna()].sort_values("revision", kind="stable", na_position="first")
    rows = rows.drop_duplicates(["label", "person"], keep="last")
    by = rows["agreed_by"].where(rows["agreed_by"].notna(), rows["author"])
    parts = [
        pd.DataFrame(
            {
                "period": rows["label"],
                "person": rows["person"],
                "measure": measure,
                "new": rows[measure].astype(float).fillna(rows[f"{measure}_proposed"].astype(float)),
                "reason": rows["reason"],
                "by": by,
            }
        )
        for measure in MEASURES
    ]
    frame = pd.concat(parts).sort_index(kind="stable")
    return frame[frame["new"].notna()].reset_index(drop=True)


def changes(log: pd.DataFrame, targets: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """Rows TargetHistory lacks (COLUMNS, `at` = `as_of`): targets that differ from what was logged last.

    `log`: TargetHistory so far; `targets` as for `standing`. `old` is NaN for a first target, `new` for one that is gone.
    Source: method A9, numbers.md 7.
    """
    last = log.drop_duplicates(KEY, keep="last")[[*KEY, "new"]].rename(columns={"new": "old"})
    now, last = _keyed(standing(targets)), _keyed(last)
    gone = last[~pd.MultiIndex.from_frame(last[KEY]).isin(pd.MultiIndex.from_frame(now[KEY]))]
    both = pd.concat([part for part in (now.merge(last, how="left", on=KEY), gone) if len(part)] or [last])
    both = both.reindex(columns=[*KEY, "old", "new", "reason", "by"])
    both["person"] = both["person"].astype(object).where(both["person"] != "", None)
    old, new = both["old"].astype(float), both["new"].astype(float)
    same = (old - new).abs() <= np.maximum(_NOISE, _KEPT * new.abs())
    differs = (old.isna() != new.isna()) | (new.notna() & ~same)
    return both[differs].assign(at=pd.Timestamp(as_of))[COLUMNS].reset_index(drop=True)


def _keyed(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.assign(person=frame["person"].astype(object).where(frame["person"].notna(), ""))


def fell(recent: Numbers, recent_of: Numbers, before: Numbers, before_of: Numbers) -> bool:
    """Whether any of several shares fell by more than chance: Fisher's exact test, one-sided, Bonferroni over the shares.

    `recent` of `recent_of` against `before` of `before_of`, whole counts of the same length.
    """
    x, n, y, m = (np.asarray(v, dtype=float) for v in (recent, recent_of, before, before_of))
    some = (n > 0) & (m > 0)
    chance = fisher.at_least(y[some], m[some], x[some], n[some])
    return bool((chance <= CHANCE / max(1, len(x))).any())


def fewer(recent: float, recent_days: float, before: float, before_days: float) -> bool:
    """Whether events came more slowly of late by more than chance: two Poisson counts, conditional binomial test, one-sided."""
    if recent + before == 0 or min(recent_days, before_days) <= 0:
        return False
    share = recent_days / (recent_days + before_days)
    return bool(special.bdtr(recent, recent + before, share) <= CHANCE)


def reason_for(chance: float, days_lost: float, *, market_fell: bool) -> str | None:
    """Which reason a revision has: internal, external, forecast; None while the numbers justify none.

    `chance` of making the team's target (NaN: unknown); `days_lost`: share of the period's working days lost to leave and
    leavers; `market_fell`: the whole team's leads or conversion fell. Source: method A9.
    """
    if not chance < UNLIKELY:
        return None
    if days_lost >= CAPACITY_LOST:
        return INTERNAL
    return EXTERNAL if market_fell else FORECAST
