"""The chance of making the target, what money to expect, and which tier runs dry: the right half of Shapes."""

from __future__ import annotations

import numpy as np
import pandas as pd

from funnelbook.domain import periods, simulation, warning, weekplan
from funnelbook.domain.chance import LIKELY, Orders
from funnelbook.domain.dtypes import Moments, Numbers, Objects
from funnelbook.results.goals import Goals
from funnelbook.results.situation import Situation

_LOW, _MIDDLE, _HIGH = 0.1, 0.5, 0.9


def chances(situation: Situation, goals: Goals, week_plan: pd.DataFrame) -> dict[str, Numbers | Objects | Moments]:
    """Columns chance, amount_p10/p50/p90, chance_amount, dry_tier and dry_week of Shapes, the team first, then each person.

    Amounts are those the period will end with, what is won included; NaN where no order was ever seen. Source: numbers.md 6.
    """
    amounts = simulated_ends(situation, goals)
    low, middle, high = np.quantile(amounts, (_LOW, _MIDDLE, _HIGH), axis=1)
    target = goals.target["amount"]
    enough = (amounts >= target[:, None]).mean(axis=1)
    chance = chance_of_target(situation, goals.gap)
    tier, week, first = _dry(situation, week_plan, chance)
    return {
        "chance": chance,
        "amount_p10": low,
        "amount_p50": middle,
        "amount_p90": high,
        "chance_amount": np.where(np.isnan(target) | np.isnan(middle), np.nan, enough),
        "dry_tier": tier,
        "dry_week": week,
        "dry_from": first,
    }


def forecast(situation: Situation, goals: Goals) -> Numbers:
    """Orders the period will end with at this pace, over the team and the people. Source: numbers.md 7."""
    return goals.won["orders"] + situation.expected_orders


def ends(situation: Situation, goals: Goals) -> dict[str, Numbers]:
    """Orders the period will end with, what is won included, the team first, then each person: low, expected and high.

    low and high are not undercut, and not exceeded, in nine futures of ten. Source: forecast.md 4.
    """
    won = goals.won["orders"]
    low, high = (won + [float(orders.quantile(level)) for orders in situation.to_come] for level in (_LOW, _HIGH))
    return {"low": low, "expected": forecast(situation, goals).round(1), "high": high}


def reachable(situation: Situation, goals: Goals, level: float) -> Numbers:
    """The most orders the period will end with at a chance of `level` or more, the team first. Source: forecast.md 6."""
    return goals.won["orders"] + [float(orders.reachable(level)) for orders in situation.to_come]


def chance_of_target(situation: Situation, gap: Numbers) -> Numbers:
    """Chance that the orders still to come fill each row's gap; NaN without a target. forecast.md 4."""
    return np.array([orders.at_least(wanted) for orders, wanted in zip(situation.to_come, gap, strict=True)])


def simulated_ends(situation: Situation, goals: Goals) -> Numbers:
    """Amounts the period may end with, what is won included: the team first, then people, by draw. Source: numbers.md 6."""
    since = pd.Timestamp(situation.as_of) - pd.Timedelta(days=situation.settings.rate_window_days)
    recent = situation.orders[(situation.orders["date"] >= since) & situation.orders["amount"].notna()]
    of, amounts = recent["who"].to_numpy(), recent["amount"].to_numpy(float)
    few = max(1, situation.settings.min_cases)

    def past(who: int) -> Numbers:
        """Amounts of the orders in the window of the rates: the person's own, the team's while they are few."""
        own = amounts[of == who]
        return np.sort(own if who > 0 and len(own) >= few else amounts)

    own = [past(who) for who in range(len(situation.rows))]
    seed = situation.settings.seed
    to_come = [_still_to_come(orders, amounts, seed) for orders, amounts in zip(situation.to_come, own, strict=True)]
    return goals.won["amount"][:, None] + np.array(to_come)


def _still_to_come(orders: Orders, past: Numbers, seed: int) -> Numbers:
    """The amount still to come in each simulated future.

    Every row starts from the same seed: who else is in the team changes nobody's numbers.
    """
    rng = np.random.default_rng(seed)
    drawn = orders.draw(rng, simulation.DRAWS) if len(past) else np.zeros(simulation.DRAWS, dtype=np.int64)
    return simulation.simulated_amounts(drawn, past, rng)


def _dry(situation: Situation, week_plan: pd.DataFrame, chance: Numbers) -> tuple[Objects, Objects, Moments]:
    """Code of the tier, name and first day of the week, from the next on, whose moves the stock first falls short of.

    Cold cases are no stock. Nothing runs dry while the target is likely enough. Source: forecast.md 8.
    """
    people, n = situation.shape
    weeks = periods.weeks(situation.period)
    ahead = weekplan.status(weeks, situation.as_of) == weekplan.FUTURE
    # rows of WeekPlan: orders, then the tiers from the top; what is planned for a tier takes customers of the one below
    moves = week_plan["planned"].to_numpy(float).reshape(people, n + 1, len(weeks))[:, :n][:, ::-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        needed = np.where(moves > 0, moves / situation.rate[:, :, None], 0.0).transpose(0, 2, 1)
    days = np.maximum(0, (weeks["from"][ahead] - pd.Timestamp(situation.as_of)).dt.days.to_numpy())
    warm = situation.open_rows[~situation.cold[situation.past.stays.customer[situation.open_rows]]]
    expected = warning.expected_stock(situation.learned, warm, situation.customers["who"].to_numpy(), days)
    needed[chance >= LIKELY] = 0.0
    dry = warning.first_dry(expected, needed[:, ahead])
    names = np.append(weeks["week"].to_numpy(object)[ahead], np.array([None]))
    first = np.append(weeks["from"].to_numpy("datetime64[s]")[ahead], np.datetime64("NaT"))
    return situation.tiers.decode(dry.tier), names[dry.moment], first[dry.moment]
