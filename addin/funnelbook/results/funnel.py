"""The Funnel table: stock, rates and need at every tier, for the team and each person."""

from __future__ import annotations

import numpy as np
import pandas as pd

from funnelbook.book import words
from funnelbook.book.messages import say
from funnelbook.book.schema import ONE_DECIMAL, WHOLE, Chart, Column, Kind, Role, Series, Table, Tone, Unit
from funnelbook.domain import backplan, shape
from funnelbook.results.goals import Goals
from funnelbook.results.situation import Situation

SHAPES = Table(
    "Shapes",
    Role.RESULT,
    sheet="funnel",
    order=200,
    columns=(
        Column("person", Kind.PERSON, key=True),
        Column("open", Kind.COUNT, unit=Unit.CUSTOMERS),
        Column("shape", Kind.CODE, codes="shape"),
        Column("advice", Kind.TEXT, width=42, wrap=True),
        Column("target", Kind.NUMBER, unit=Unit.ORDERS, number=WHOLE),
        Column("won", Kind.COUNT, unit=Unit.ORDERS),
        Column("gap", Kind.NUMBER, unit=Unit.ORDERS, number=WHOLE),
        Column("new_in_time", Kind.COUNT, unit=Unit.CUSTOMERS),
        Column("first_calls", Kind.COUNT, unit=Unit.CALLS),
        Column("chance", Kind.RATE),
        Column("target_amount", Kind.MONEY),
        Column("amount_p10", Kind.MONEY),
        Column("amount_p50", Kind.MONEY),
        Column("amount_p90", Kind.MONEY),
        Column("chance_amount", Kind.RATE),
        Column("dry_tier", Kind.TIER),
        Column("dry_week", Kind.TEXT),
    ),
    row_lines=2,
)
FUNNEL = Table(
    "Funnel",
    Role.RESULT,
    sheet="funnel",
    order=201,
    columns=(
        Column("person", Kind.PERSON, key=True),
        Column("tier", Kind.TIER, key=True),
        Column("stock", Kind.COUNT, unit=Unit.CUSTOMERS),
        Column("expected", Kind.NUMBER, unit=Unit.CUSTOMERS, number=ONE_DECIMAL),
        Column("ratio", Kind.RATE),
        Column("reached", Kind.COUNT, unit=Unit.CUSTOMERS),
        Column("cases", Kind.COUNT, unit=Unit.CUSTOMERS),
        Column("rate_raw", Kind.RATE),
        Column("rate", Kind.RATE),
        Column("rate_low", Kind.RATE),
        Column("rate_high", Kind.RATE),
        Column("estimate", Kind.FLAG),
        Column("lead_days", Kind.NUMBER, unit=Unit.DAYS, number=ONE_DECIMAL),
        Column("needed", Kind.COUNT, unit=Unit.CUSTOMERS),
        Column("missing", Kind.COUNT, unit=Unit.CUSTOMERS),
        Column("p_in_time", Kind.RATE),
        Column("note", Kind.TEXT, width=31),
    ),
    charts=(
        Chart("funnel_ideal", "bar", "tier", (Series("stock"), Series("expected", Tone.PALE))),
        Chart("funnel_need", "column", "tier", (Series("stock"), Series("needed", Tone.WARM))),
    ),
)


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
    open_tiers = pd.DataFrame(
        {
            "person": np.repeat(np.array(situation.rows, dtype=object), n),
            "tier": np.tile(np.array(situation.tiers.codes, dtype=object), people),
            "stock": situation.open_stock.ravel(),
            "expected": expected.ravel().round(1),
            "ratio": ratio.ravel(),
            **{
                name: rates[name].to_numpy()
                for name in ("reached", "cases", "rate_raw", "rate", "rate_low", "rate_high", "estimate")
            },
            "lead_days": np.tile(situation.lead_days, people),
            "needed": backplan.ceil_shown(wanted.needed).ravel(),
            "missing": backplan.ceil_shown(wanted.missing).ravel(),
            "p_in_time": situation.p_win.ravel(),
            "note": _notes(situation, goals, wanted).ravel(),
        }
    )
    ended = pd.DataFrame(
        {
            "person": np.repeat(np.array(situation.rows, dtype=object), 2),
            "tier": np.tile(np.array([words.WON, words.LOST], dtype=object), people),
            "stock": situation.stock[:, n:].ravel(),
        }
    )
    rows = pd.concat([open_tiers, ended], ignore_index=True)
    position = np.concatenate([np.repeat(np.arange(people), n), np.repeat(np.arange(people), 2)])
    return rows.iloc[np.argsort(position, kind="stable")].reset_index(drop=True)


def _notes(situation: Situation, goals: Goals, wanted: backplan.Need) -> np.ndarray:
    """What a number alone does not say, (1 + people) x tiers."""
    notes = np.full(wanted.needed.shape, None, dtype=object)
    late = np.isnan(new_in_time(situation, goals)) & (goals.gap > 0)
    notes[late, 0] = say("not_in_time", situation.language)
    notes[~wanted.reachable] = say("rate_zero", situation.language)
    return notes


def new_in_time(situation: Situation, goals: Goals) -> np.ndarray:
    """New prospects that would still make the target, over the team and the people. numbers.md 3."""
    expected_orders = (situation.open_stock * situation.p_win).sum(axis=1)
    return backplan.new_in_time(goals.gap, expected_orders, situation.p_win[:, 0])


def shapes(situation: Situation, goals: Goals) -> pd.DataFrame:
    """Rows of Shapes: the shape of the team's and each person's funnel, what to do, and what is still to win."""
    wanted, stock = need(situation, goals), situation.open_stock
    tau = situation.settings.shape_tau
    named = [shape.shape(row, situation.rate[0], situation.dwell_days, tau).name for row in stock]
    first = backplan.first_calls(wanted.missing[:, 0] + never_connected(situation), connect_rate(situation))
    return pd.DataFrame(
        {
            "person": np.array(situation.rows, dtype=object),
            "open": stock.sum(axis=1),
            "shape": named,
            "advice": [say(f"advice_{name}", situation.language) for name in named],
            "target": goals.target["orders"],
            "won": goals.won["orders"],
            "gap": goals.gap,
            "new_in_time": backplan.ceil_shown(new_in_time(situation, goals)),
            "first_calls": backplan.ceil_shown(first),
            "target_amount": goals.target["amount"],
        }
    )


def never_connected(situation: Situation) -> np.ndarray:
    """Customers in the lowest tier whom no call ever reached, over the team and the people."""
    reached = situation.activities.loc[situation.activities["connected"].to_numpy(), "id"]
    waiting = (situation.timeline.current["tier"].to_numpy() == 0) & ~situation.customers["id"].isin(reached).to_numpy()
    return situation.per_person(situation.customers["who"][waiting])


def connect_rate(situation: Situation) -> np.ndarray:
    """Connected calls over calls, the team's for a person without calls; NaN when nobody called."""
    calls = situation.activities[situation.activities["is_call"].to_numpy()]
    made = situation.per_person(calls["who"])
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = situation.per_person(calls["who"], calls["connected"]) / made
    return np.where(made > 0, rate, rate[0])
