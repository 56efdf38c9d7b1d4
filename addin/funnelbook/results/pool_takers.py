"""Who could take customers on: by the calls that people have left, and fairly."""

from __future__ import annotations

import numpy as np
import pandas as pd

from funnelbook.domain import pool
from funnelbook.domain.dtypes import At, Flags, Objects
from funnelbook.results.pool_entries import TAKE
from funnelbook.results.situation import Situation


def takers(situation: Situation, at: At, promised: Objects) -> Objects:
    """The person each of some customers (positions) could go to, None where nobody has room; whom a manager `promised` one keeps him.

    Who can take calls: who is active, has begun and makes calls. A person has room for daily_calls x 5 calls a week, less those
    that the tiers' cadence asks of the open customers, cold ones aside. Of those who have room who has fewest open customers is
    first, cold ones too; nobody gets back whom he has or had last.
    """
    people = pd.Index(situation.people, dtype=object)
    tier = situation.timeline.current["tier"].to_numpy()
    load = np.append(pool.calls_a_week(situation.tiers.cadence_days), [0.0, 0.0, 0.0])[tier]
    who = situation.customers["who"].to_numpy() - 1
    owned = _is_open(situation) & (who >= 0)
    held = owned & _takes_calls(situation)
    cases = np.bincount(who[owned], minlength=len(people)).astype(float)
    room = pool.WORKED_A_WEEK * situation.daily_calls - np.bincount(who[held], load[held], len(people))
    room = np.where(can_take(situation), room, 0.0).astype(float)
    given = people.get_indexer(pd.Index(promised))
    has = given >= 0
    np.add.at(cases, given[has], 1.0)
    np.add.at(room, given[has], -load[at[has]])
    given[~has] = pool.takers(load[at[~has]], _last_owner(situation, at[~has]), cases, room)
    found = np.append(people.to_numpy(object), np.array([None]))[given]
    return np.where(pd.isna(promised), found, promised)


def can_take(situation: Situation) -> Flags:
    """Which of the people can take calls: who is active, has begun and makes any."""
    listed = situation.frames["People"]
    later = listed.loc[listed["start"] > pd.Timestamp(situation.as_of), "person"]
    begun = ~np.isin(np.array(situation.people, dtype=object), later.to_numpy(object))
    return situation.active & begun & (situation.daily_calls > 0)


def _is_open(situation: Situation) -> Flags:
    """Which customers are open and may be called."""
    tier = situation.timeline.current["tier"].to_numpy()
    return (tier >= 0) & (tier < situation.tiers.n) & ~situation.customers["do_not_call"].to_numpy(bool)


def _takes_calls(situation: Situation) -> Flags:
    """Which customers are called at their tier's cadence: cold ones only once they were handed over, until the next contact."""
    history, last = situation.pool_history, situation.latest["at"].to_numpy("datetime64[D]")
    handed = history[history["decision"] != TAKE].groupby("id")["at"].max()
    since = handed.reindex(situation.customers["id"].to_numpy(object)).to_numpy("datetime64[D]")
    return ~situation.cold | (~np.isnat(since) & ~(last > since))


def _last_owner(situation: Situation, at: At) -> At:
    """The place among the people of who has each customer; of whom nobody has, who had him last or worked on him last."""
    owner = situation.customers["owner"].to_numpy(object)[at]
    ids = situation.customers["id"].to_numpy(object)[at]
    before = situation.pool_history.dropna(subset="owner").drop_duplicates("id", keep="last").set_index("id")["owner"]
    had = before.reindex(ids).to_numpy(object)
    worked = situation.latest["owner"].to_numpy(object)[at]
    last = np.where(pd.isna(owner), np.where(pd.isna(had), worked, had), owner)
    return pd.Index(situation.people, dtype=object).get_indexer(pd.Index(last))
