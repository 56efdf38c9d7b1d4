"""The Funnel table: stock, rates and need at every tier, for the team and each person."""

from __future__ import annotations

import numpy as np
import pandas as pd

from funnelbook.book import words
from funnelbook.book.messages import say
from funnelbook.domain import backplan, shape
from funnelbook.results.goals import Goals
from funnelbook.results.situation import Situation


def need(situation: Situation, goals: Goals) -> backplan.Need:
    """Customers needed and missing at every tier, (1 + people) x tiers; NaN without a target. numbers.md 3."""
    return backplan.need(goals.gap, situation.open_stock, situation.rate)


def ideal(situation: Situation) -> np.ndarray:
    """Customers each tier would hold in the ideal shape, (1 + people) x tiers. numbers.md 5."""
    share = shape.ideal_share(situation.rate[0], situation.dwell_days)
    return situation.open_stock.sum(axis=1, keepdims=True) * share


def funnel(situation: Situation, goals: Goals) -> pd.DataFrame:
    """Rows of Funnel: the team first, each person's tiers from the lowest, then Won and Lost (stock only)."""
    people, n = situation.shape
    wanted, expected = need(situation, goals), ideal(situation)
    rates = situation.rates
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(expected > 0, situation.open_stock / expected, np.nan)
    unreachable = say("rate_zero", situation.language)
    open_tiers = pd.DataFrame({
        "person": np.repeat(np.array(situation.rows, dtype=object), n),
        "tier": np.tile(np.array(situation.tiers.codes, dtype=object), people),
        "stock": situation.open_stock.ravel(),
        "expected": expected.ravel().round(1),
        "ratio": ratio.ravel(),
        **{name: rates[name].to_numpy() for name in ("reached", "cases", "rate_raw", "rate", "rate_low", "rate_high", "estimate")},
        "lead_days": np.tile(situation.lead_days, people),
        "needed": backplan.ceil_shown(wanted.needed).ravel(),
        "missing": backplan.ceil_shown(wanted.missing).ravel(),
        "p_in_time": situation.p_win.ravel(),
        "note": np.where(wanted.reachable | np.isnan(goals.gap)[:, None], None, unreachable).ravel(),
    })
    ended = pd.DataFrame({
        "person": np.repeat(np.array(situation.rows, dtype=object), 2),
        "tier": np.tile(np.array([words.WON, words.LOST], dtype=object), people),
        "stock": situation.stock[:, n:].ravel(),
    })
    rows = pd.concat([open_tiers, ended], ignore_index=True)
    position = np.concatenate([np.repeat(np.arange(people), n), np.repeat(np.arange(people), 2)])
    return rows.iloc[np.argsort(position, kind="stable")].reset_index(drop=True)


def shapes(situation: Situation, goals: Goals) -> pd.DataFrame:
    """Rows of Shapes: the shape of the team's and each person's funnel, what to do, and what is still to win."""
    wanted = need(situation, goals)
    stock, p_win = situation.open_stock, situation.p_win
    expected_orders = (stock * p_win).sum(axis=1)
    named = [shape.name(row, situation.rate[0], situation.dwell_days, situation.settings.shape_tau) for row in stock]
    first_missing = backplan.ceil_shown(wanted.missing)[:, 0]
    return pd.DataFrame({
        "person": np.array(situation.rows, dtype=object),
        "open": stock.sum(axis=1),
        "shape": [s.name for s in named],
        "advice": [say(f"advice_{s.name}", situation.language) for s in named],
        "target": goals.target["orders"],
        "won": goals.won["orders"],
        "gap": goals.gap,
        "new_in_time": backplan.new_in_time(goals.gap, expected_orders, p_win[:, 0]),
        "first_calls": backplan.first_calls(first_missing + never_connected(situation), connect_rate(situation)),
        "target_amount": goals.target["amount"],
    })


def never_connected(situation: Situation) -> np.ndarray:
    """Customers in the lowest tier whom no call ever reached, over the team and the people."""
    reached = situation.activities.loc[situation.activities["connected"], "id"]
    waiting = (situation.timeline.current["tier"].to_numpy() == 0) & ~situation.customers["id"].isin(reached).to_numpy()
    return per_person(situation, situation.customers["owner"][waiting])


def connect_rate(situation: Situation) -> np.ndarray:
    """Connected calls over calls, the team's for a person without calls; NaN when nobody called."""
    calls = situation.activities[situation.activities["is_call"]]
    made = per_person(situation, calls["owner"])
    connected = per_person(situation, calls.loc[calls["connected"], "owner"])
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = connected / made
    return np.where(made > 0, rate, rate[0])


def per_person(situation: Situation, owners: pd.Series, values: np.ndarray | None = None) -> np.ndarray:
    """Rows (or the sum of `values`) of the team and of each person; a row without owner counts in the team only."""
    code = pd.Categorical(owners, categories=situation.people).codes
    weights = np.ones(len(code)) if values is None else np.nan_to_num(np.asarray(values, dtype=float))
    sums = np.bincount(code[code >= 0], weights=weights[code >= 0], minlength=len(situation.people))
    return np.concatenate([[weights.sum()], sums])
