"""What would move the chance (怎么补): a few things a person can do today, and how much more likely the target gets by each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from funnelbook.domain import arrivals, clock
from funnelbook.domain.chance import orders
from funnelbook.domain.dtypes import At, Counts, Flags, Numbers
from funnelbook.domain.forecast import Expected, Learned
from funnelbook.domain.outlook import Outlook, outlook
from funnelbook.domain.stays import day_number

PUSH, MORE_UP, MORE_NEW, TAKE_OVER = "push", "conversion", "prospects", "take_over"
A_FIFTH = 1.2
TAKEN = 2
SHOWN = 3
LEAST_GAIN = 0.005  # of the chance: less helps nobody
LEAST_CHANCE = 0.01  # a target still less likely than this is not to be saved by it
NO_TIER = -1


@dataclass(frozen=True)
class Lever:
    """One thing to do: `row` whose (0 the team), `kind`, `tier` (or `NO_TIER`), the `customers` named, whose they are (`source`,
    for those taken over), and the chance of the target now and after.
    """

    row: int
    kind: str
    tier: int
    customers: tuple[int, ...]
    source: int
    chance: float
    chance_after: float

    @property
    def gain(self) -> float:
        """What it adds to the chance."""
        return self.chance_after - self.chance


@dataclass(frozen=True)
class _Change:
    kind: str
    tier: int
    p: Numbers
    new: float
    customers: tuple[int, ...] = ()
    source: int = 0

    @property
    def mean(self) -> float:
        return float(self.p.sum()) + self.new


@dataclass(frozen=True)
class Ground:
    """What levers are looked for on: the open cases of a day (`customer`, `who`, `tier`, `age`, `gain` a working day), what is
    expected of them, and the same under a fifth more moves up from each tier.
    """

    customer: At
    tier: At
    age: Counts
    gain: Numbers
    warm: Flags
    expected: Expected
    seen: Outlook
    stronger: list[Expected]
    one_more: Numbers  # orders one more new prospect each working day brings, a value a row


def ground(learned: Learned, days: int, owner: At, cold: Flags) -> Ground:
    """The Ground of the next `days`; `owner`: the row of each customer's present owner; `cold`: which open stays nobody pushes."""
    stays, day = learned.past.stays, day_number(learned.as_of)
    rows = stays.at(day)
    who = np.maximum(owner[stays.customer[rows]], 0)
    tier, age = stays.tier[rows], day - stays.entered[rows]
    seen = learned.outlook(days)

    def expected(at: Outlook) -> Expected:
        return Expected(at.of(who, tier, age), who, learned.arrivals(at))

    stronger = [expected(outlook(learned.hazards.stronger(i, A_FIFTH), seen.weights)) for i in range(stays.tiers)]
    works = clock.day_weights(learned.past.calendar, learned.tomorrow, days, 0.0)
    one_more = works @ arrivals.orders_each(seen, learned.entry)
    gain = seen.gain(learned.hazards, who, tier, age)
    return Ground(stays.customer[rows], tier, age, gain, ~cold, expected(seen), seen, stronger, one_more)


def levers(
    found: Ground, row: int, gap: float, cv: float, *, has_calls_left: bool, most_ahead: int | None, shown: int = SHOWN
) -> list[Lever]:
    """The best levers of a person (or of the team, row 0), those that raise the chance most first. Source: forecast.md 6.

    None without a gap or without days left, none that adds less than `LEAST_GAIN`, and none after which the target is still less
    likely than `LEAST_CHANCE`. `has_calls_left`: whether he calls fewer than his daily_calls; `most_ahead`: the row of the colleague
    to take cases over from. The case named in a tier is the one a working day adds most orders to: of those that a push would add
    most to, hardly any would move.
    """
    if not gap > 0 or not len(found.seen.weights):
        return []
    p, new = found.expected.of(row)
    chance = orders(p, None, new, cv).at_least(gap)
    changes = [*_pushes(found, row), *_more_up(found, row)]
    if has_calls_left:
        changes.append(_Change(MORE_NEW, NO_TIER, p, new + float(found.one_more[row])))
    if most_ahead is not None and row not in (0, most_ahead):
        changes += _taken_over(found, row, most_ahead)
    now = float(p.sum()) + new
    after = [
        Lever(row, c.kind, c.tier, c.customers, c.source, chance, orders(c.p, None, c.new, cv).at_least(gap))
        for c in changes
        if c.mean - now >= LEAST_GAIN / 2  # the chance grows by no more than the orders do, a little for theta aside
    ]
    helps = [lever for lever in after if lever.gain >= LEAST_GAIN and lever.chance_after >= LEAST_CHANCE]
    return sorted(helps, key=lambda lever: -lever.gain)[:shown]


def _pushes(found: Ground, row: int) -> list[_Change]:
    """The warmest case of each tier, one tier up now."""
    p, new = found.expected.of(row)
    his = np.arange(len(found.tier)) if row == 0 else np.flatnonzero(found.expected.who == row)
    n, changes = found.seen.won.shape[1], []
    for i in range(n):
        there = np.flatnonzero((found.tier[his] == i) & found.warm[his])
        if not len(there):
            continue
        best = there[found.gain[his[there]].argmax()]
        who = found.expected.who[his[best]]
        raised = p.copy()
        raised[best] = found.seen.won[who, i + 1, 0] if i + 1 < n else 1.0
        changes.append(_Change(PUSH, i, raised, new, (int(found.customer[his[best]]),)))
    return changes


def _more_up(found: Ground, row: int) -> list[_Change]:
    return [_Change(MORE_UP, i, *stronger.of(row)) for i, stronger in enumerate(found.stronger)]


def _taken_over(found: Ground, row: int, most_ahead: int) -> list[_Change]:
    """The two warmest cases of the tier below the top, in his hands."""
    below = found.seen.won.shape[1] - 2
    theirs = np.flatnonzero((found.expected.who == most_ahead) & (found.tier == below) & found.warm)
    if not len(theirs):
        return []
    best = theirs[np.argsort(-found.gain[theirs], kind="stable")[:TAKEN]]
    p, new = found.expected.of(row)
    own = found.seen.of(np.full(len(best), row), found.tier[best], found.age[best])
    named = tuple(int(customer) for customer in found.customer[best])
    return [_Change(TAKE_OVER, below, np.append(p, own), new, named, most_ahead)]


def in_time(gap: Numbers, expected: Numbers, each: Numbers, most: Numbers) -> tuple[Numbers, Flags]:
    """New prospects of the next working day that would still make the target, and where they come too late.

    `expected` orders without them, `each`: orders one of them brings, `most`: how many can still be called and reached. NaN where
    they would have to be more than that, or no number would do. Source: forecast.md 6.
    """
    short = np.maximum(0.0, np.asarray(gap, dtype=float) - expected)
    with np.errstate(divide="ignore", invalid="ignore"):
        wanted = np.where(short == 0, 0.0, np.where(np.isnan(short), np.nan, short / each))
    late = wanted > np.maximum(0.0, most)
    return np.where(late, np.nan, wanted), late
