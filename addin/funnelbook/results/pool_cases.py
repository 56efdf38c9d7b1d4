"""Who falls under a rule of the pool (公海), whom nobody owns, and who is about to fall due: what the Pool rests on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from funnelbook.book.problems import Problems
from funnelbook.domain import followup, pool
from funnelbook.domain.dtypes import A_DAY, NO_DAY, Flags, Moments, Numbers
from funnelbook.domain.pool import SOON
from funnelbook.results.making import step
from funnelbook.results.situation import Situation
from funnelbook.words import say

_NAMED = 5  # customers that a line names
_DAY = "datetime64[D]"


@dataclass(frozen=True)
class PoolCases:
    """`listed`: at (position of the customer), falls (under a rule; else nobody owns him), days without contact (NaN: nobody knows),
    tries in vain, most_days and most_tries of the rule (NaN: none); the highest tier first, then who waits longest.

    `soon`: at, owner's name and left, the days until a customer falls due, of those within a week, the nearest first.
    """

    listed: pd.DataFrame
    soon: pd.DataFrame
    problems: Problems


@step()
def pool_cases(situation: Situation) -> PoolCases:
    """The PoolCases of the day: open customers, but for those who must not be called. Source: ownbooks.md, issue of the pool.

    Days count from the latest contact, from when the customer came, or from the last decision about him, whichever is latest; a day
    agreed that is still to come puts it off. Calls in vain count from the last decision too. Rules that cannot be used are
    problems, and so are, in one line, those who fall due within a week.
    """
    rules, problems = _rules(situation)
    customers, today = situation.customers, np.datetime64(situation.as_of, "D")
    tier = situation.timeline.current["tier"].to_numpy()
    wanted = (tier >= 0) & (tier < situation.tiers.n) & ~customers["do_not_call"].to_numpy(bool)
    owned = customers["owner"].notna().to_numpy()
    since = _last_contact(situation)
    due, falls, tries = np.full(len(customers), NO_DAY), np.zeros(len(customers), dtype=bool), np.zeros(len(customers))
    most_days, most_tries = (_of_tier(situation, rules, name)[tier] for name in ("days", "tries"))
    if len(rules):
        decided = _decided(situation)
        promise = followup.promises(customers, situation.latest, situation.next_contacts.edited)
        due = pool.due(np.fmax(since, decided), promise, most_days)
        tries = _in_vain(situation, decided)
        falls = wanted & owned & ((due <= today) | (tries >= most_tries))
    days = (today - since).astype(float)
    order = np.lexsort((customers["row"].to_numpy(), -np.nan_to_num(days), -tier, ~falls))
    at = order[(falls | (wanted & ~owned))[order]]
    columns = {"falls": falls, "days": days, "tries": tries, "most_days": most_days, "most_tries": most_tries}
    listed = pd.DataFrame({"at": at, **{name: values[at] for name, values in columns.items()}})
    soon = _soon(situation, wanted & owned & ~falls, due)
    _remind(situation, soon, problems)
    return PoolCases(listed, soon, problems)


def _last_contact(situation: Situation) -> Moments:
    """The day of each customer's latest contact; of whom nobody contacted yet the one he came, else was first seen."""
    last, came = situation.latest["at"].to_numpy(_DAY), situation.customers["created"].to_numpy(_DAY)
    seen = situation.timeline.first_seen.astype(_DAY)
    return np.where(np.isnat(last), np.where(np.isnat(came), seen, came), last)


def _decided(situation: Situation) -> Moments:
    """The day of the last decision about each customer; NaT where there was none."""
    days = situation.pool_history.groupby("id")["at"].max()
    return days.reindex(situation.customers["id"].to_numpy(object)).to_numpy(_DAY)


def _in_vain(situation: Situation, since: Moments) -> Numbers:
    done = situation.activities
    tried, reached = done["is_call"].to_numpy(bool), done["connected"].to_numpy(bool)
    return pool.in_vain(done["at"].to_numpy(), done["customer"].to_numpy(np.intp), tried, reached, since).astype(float)


def _soon(situation: Situation, waiting: Flags, due: Moments) -> pd.DataFrame:
    today = np.datetime64(situation.as_of, "D")
    at = np.flatnonzero(waiting & (due <= today + SOON[0] * A_DAY))
    at = at[np.argsort(due[at], kind="stable")]
    return pd.DataFrame({"at": at, "left": (due[at] - today).astype(int)})


def _remind(situation: Situation, soon: pd.DataFrame, problems: Problems) -> None:
    """One line on who falls due within a week."""
    customers = situation.customers.iloc[soon["at"]]
    problems.add(
        "Customers",
        "owner",
        "pool_soon",
        customers["row"].iloc[:1],
        customers["owner"].iloc[:1],
        **{f"within_{days}": int((soon["left"] <= days).sum()) for days in SOON},
        who=nearest(situation, soon, named=_NAMED),
    )


def nearest(situation: Situation, soon: pd.DataFrame, named: int) -> str:
    """The first customers who fall due, each with the owner and the days left."""
    customers, language = situation.customers.iloc[soon["at"].iloc[:named]], situation.language
    names = customers["name"].fillna(customers["id"])
    said = [
        say("pool_nearest", language, name=name, owner=owner, days=left)
        for name, owner, left in zip(names, customers["owner"], soon["left"], strict=False)
    ]
    return say("listed", language).join([*said, *(["…"] if len(soon) > named else [])])


def _rules(situation: Situation) -> tuple[pd.DataFrame, Problems]:
    """The rules that can be used, and what is wrong with others."""
    problems, rules = Problems(), situation.frames["PoolRules"]
    closed = ~rules["tier"].isin(situation.tiers.codes).to_numpy()
    problems.add("PoolRules", "tier", "pool_rule_closed", rules["row"][closed], rules["tier"][closed])
    silent = rules[["days", "tries"]].isna().all(axis=1).to_numpy() & ~closed
    problems.add("PoolRules", "days", "pool_rule_empty", rules["row"][silent], None)
    rules = rules[~closed & ~silent]
    for name in ("days", "tries"):
        bad = (rules[name] <= 0).to_numpy()
        problems.add("PoolRules", name, "pool_rule_zero", rules["row"][bad], rules[name][bad])
        rules = rules.assign(**{name: rules[name].mask(bad)})
    return rules, problems


def _of_tier(situation: Situation, rules: pd.DataFrame, name: str) -> Numbers:
    """A limit of the rules by the number of the tier, NaN without one; of Won, Lost and no tier too."""
    found = np.full(situation.tiers.n + 3, np.nan)
    found[situation.tiers.encode(rules["tier"])] = rules[name].to_numpy(float)
    return found
