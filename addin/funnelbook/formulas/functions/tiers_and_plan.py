"""Formulas of the funnel: tiers, stock, rates, the customers needed, the weeks, the shape, the chance."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from funnelbook.book.cell_readers import tier_words
from funnelbook.book.codes import code_of, word
from funnelbook.book.frames import rows_of
from funnelbook.book.labels import normalise
from funnelbook.book.values import text as as_text
from funnelbook.domain import backplan, chance, conversion, history, incidence, periods
from funnelbook.domain import shape as shapes
from funnelbook.domain.dtypes import Moments, Numbers, Objects
from funnelbook.domain.spread import LARGEST
from funnelbook.domain.targets import largest_remainder
from funnelbook.domain.tiers import Tiers
from funnelbook.domain.workdays import WorkCalendar
from funnelbook.formulas import cells as c
from funnelbook.formulas import tables as t
from funnelbook.formulas.answers import cell_by_cell
from funnelbook.formulas.cells import Grid
from funnelbook.formulas.errors import NA, NUM, VALUE, FormulaError
from funnelbook.formulas.formula import Argument, Formula
from funnelbook.words import LANGUAGES, say

_DECIMALS = 12


def tier(outcome: Grid, current_tier: Grid, outcomes: dict[str, str | None]) -> Grid:
    """The tier after each call result; without one in the table the customer stays. Source: numbers.md 1."""

    def next_tier(result: object, now: object) -> object:
        if result is None and now is None:
            raise FormulaError(NA, "blank")
        if result is None:
            return now
        if normalise(result) not in outcomes:
            raise FormulaError(NA, "unknown_outcome", value=result)
        after = outcomes[normalise(result)] or now
        if after is None:
            raise FormulaError(NA, "blank")
        return after

    return cell_by_cell(next_tier, outcome, current_tier)


def counts(tiers: Objects, codes: Grid, owners: Objects | None = None) -> object:
    """Customers per tier, as `codes` lie; with owners a row each: owner, customers per tier. Source: method D3."""
    asked = c.texts(codes)
    spelled = tier_words([code for code in asked if code])
    wanted, column = np.unique([spelled.get(normalise(code), "") for code in asked], return_inverse=True)
    place, distinct = pd.factorize(tiers)
    at = pd.Index(wanted).get_indexer(pd.Index([spelled.get(normalise(v)) for v in distinct]))
    found = np.append(at, -1)[place]
    if owners is None:
        total = np.bincount(found[found >= 0], minlength=len(wanted)).astype(float)
        return total[column].reshape(len(codes), len(codes[0]))
    c.same_length(tiers, owners)
    who, names = pd.factorize(owners)
    table = np.zeros((len(names), len(wanted)))
    inside = (found >= 0) & (who >= 0)
    np.add.at(table, (who[inside], found[inside]), 1)
    return [[name, *row] for name, row in zip(names, table[:, column].tolist(), strict=True)] or [[NA]]


def rates(
    ids: Objects,
    tiers: Objects,
    dates: Moments,
    codes: Tiers,
    as_of: date,
    owners: Objects | None = None,
) -> object:
    """Per tier from the lowest: reached, cases, raw, rate, low, high; with owners a row an owner and tier. Source: numbers.md 2.

    Rows without an id or a day are left out, as a refresh leaves them out.
    """
    owners = np.full(len(ids), None, dtype=object) if owners is None else owners
    c.same_length(ids, tiers, dates, owners)
    used = ~pd.isna(ids) & ~np.isnat(dates)
    if not used.any():
        raise FormulaError(NA, "no_data")
    calls = pd.DataFrame(
        {"at": dates.astype("datetime64[s]"), "id": ids, "owner": owners, "tier_after": t.numbers_of(codes, tiers)},
    )[used]
    first = calls.sort_values("at", kind="stable").groupby("id", sort=False)[["at", "owner"]].first().reset_index()
    # who was first called without a result stood in the lowest tier from then on
    customers = first.rename(columns={"at": "created"}).assign(tier=np.int8(-1), closed=np.datetime64("NaT", "s"))
    line = history.timeline(customers, calls, None, None, codes, as_of)
    people = [name for name in pd.unique(calls["owner"]) if name is not None]
    cohorts = conversion.cohorts(line, codes)
    found = incidence.rates(incidence.watched(cohorts, codes, as_of), cohorts, codes, people)
    shown = found[["reached", "cases", "rate_raw", "rate", "rate_low", "rate_high"]].astype(float)
    if not people:
        return shown.to_numpy()
    of_people = found["person"].notna().to_numpy()
    labels = found.loc[of_people, ["person"]].assign(tier=codes.decode(found.loc[of_people, "tier"]))
    return pd.concat([labels, shown[of_people]], axis=1)


def need(target: float, stock: Numbers, rates: Numbers, won: float = 0.0) -> Numbers:
    """Needed and missing customers per tier, exact, a row each in the order of `stock`. Source: method D3, numbers.md 3."""
    c.same_length(stock, rates)
    found = backplan.need(np.array(max(0.0, target - won)), stock, rates)
    # Excel's own ROUNDUP would take the last digit of floating point for a customer more
    return np.round(np.column_stack([found.needed, found.missing]), _DECIMALS)


def weeks(
    total: float,
    from_day: date,
    to_day: date,
    calendar: WorkCalendar | None = None,
    done: Numbers | None = None,
) -> Grid:
    """A row a week: week, working days, planned; weeks that are `done` keep that number. Source: method D5, numbers.md 4."""
    if to_day < from_day:
        raise FormulaError(VALUE, "ends_before", first=from_day, last=to_day)
    calendar = calendar or WorkCalendar.plain()
    c.summable(total, calendar.weight)
    table = periods.weeks(periods.Period(from_day, to_day, ""))
    spans = [(row.week, row._2.date(), row.to.date()) for row in rows_of(table)]
    past = np.zeros(0) if done is None else np.nan_to_num(done[: np.flatnonzero(~np.isnan(done))[-1] + 1])
    if len(past) > len(spans):
        raise FormulaError(VALUE, "more_done", weeks=len(spans), done=len(past))
    left = spans[len(past) :]
    weights = np.array([calendar.weight_of(first, last) for _, first, last in left])
    rest = largest_remainder(float(backplan.ceil_shown(np.array(max(0.0, total - past.sum())))), weights)
    planned = [*past.tolist(), *rest.tolist()]
    return [
        [week, float(calendar.count(first, last)), part]
        for (week, first, last), part in zip(spans, planned, strict=True)
    ]


def shape(stock: Numbers, rates: Numbers, dwell: Numbers | None = None, *, language: str) -> str:
    """The name of the funnel's shape in the language. Source: method D4, numbers.md 5."""
    c.same_length(stock, rates)
    if dwell is None:
        default = Tiers.default()
        dwell = default.dwell_days if len(stock) == default.n else np.ones(len(stock))
    c.same_length(stock, dwell)
    if len(stock) < 2:
        raise FormulaError(VALUE, "two_tiers")
    _refuse_too_many(stock)
    return word("shape", shapes.shape(stock, rates, dwell).name, language)


def _refuse_too_many(customers: Numbers) -> None:
    """A slip of the finger must not keep Excel busy."""
    if customers.max() > chance.MOST_CASES / len(customers):
        raise FormulaError(NUM, "too_large")


def advice(shape: Grid, language: str) -> Grid:
    """The advice for each shape, in the language its name is written in. Source: method D4."""
    known = code_of("shape")

    def of(name: object) -> object:
        code = known.get(normalise(as_text(name) or ""))
        if code is None:
            raise FormulaError(VALUE if name else NA, "unknown_shape", value=name)
        names = {normalise(word("shape", code, each)): each for each in LANGUAGES}
        written = names.get(normalise(name), language)
        return say(f"advice_{code}", written)

    return cell_by_cell(of, shape)


def chance_of(target: float, stock: Numbers, p: Numbers, arrivals: float = 0.0, spread: float = 0.0) -> float:
    """The probability of at least `target` orders. Source: forecast.md 4."""
    c.same_length(stock, p)
    _refuse_too_many(np.append(stock, arrivals))
    if spread > LARGEST:
        raise FormulaError(NUM, "too_large")
    return chance.chance_of_orders(target, stock, p, arrivals, spread)


_STOCK = Argument("stock", c.counts)
_RATES = Argument("rates", c.shares)

FORMULAS = (
    Formula(
        "FB_TIER", tier, "tiers",
        (
            Argument("outcome", c.cells),
            Argument("current_tier", c.cells),
            Argument("outcomes", t.outcomes),
        ),
        '=FB_TIER({"已报价";"占线"}, {"C";"D"}, {"已报价","B";"占线",""})', (("B",), ("D",)),
    ),
    Formula(
        "FB_COUNTS", counts, "tiers",
        (
            Argument("tiers", c.texts),
            Argument("codes", c.cells),
            Argument("owners", c.texts, optional=True),
        ),
        '=FB_COUNTS({"E";"E";"D";"E";"A"}, {"E","D","C","B","A"})', ((3.0, 1.0, 0.0, 0.0, 1.0),),
    ),
    Formula(
        "FB_RATES", rates, "tiers",
        (
            Argument("ids", t.as_texts),
            Argument("tiers", t.as_texts),
            Argument("dates", t.as_days),
            Argument("codes", t.tiers),
            Argument("as_of", c.day),
            Argument("owners", t.as_texts, optional=True),
        ),
        '=FB_RATES({"K1";"K1";"K2"}, {"E";"D";"E"}, {46023;46030;46023}, {"E","D"}, 46143)',
        ((2.0, 2.0, 0.5, 0.5, 0.297807, 0.702193), (1.0, 1.0, 0.0, 0.380952, 0.191190, 0.592189)),
    ),
    Formula(
        "FB_NEED", need, "plan",
        (
            Argument("target", c.amount),
            _STOCK,
            _RATES,
            Argument("won", c.amount, optional=True),
        ),
        "=FB_NEED(15, {40;12;9;6;3}, {0.5;0.4;0.5;0.6;0.8})",
        ((133.5, 93.5), (78.75, 66.75), (40.5, 31.5), (26.25, 20.25), (18.75, 15.75)),
    ),
    Formula(
        "FB_WEEKS", weeks, "plan",
        (
            Argument("total", c.amount),
            Argument("from_day", c.day),
            Argument("to_day", c.day),
            t.CALENDAR,
            Argument("done", c.numbers, optional=True),
        ),
        '=FB_WEEKS(10, "2026-06-01", "2026-06-14")', (("2026-W23", 5.0, 5.0), ("2026-W24", 5.0, 5.0)),
    ),
    Formula(
        "FB_SHAPE", shape, "tiers",
        (_STOCK, _RATES, Argument("dwell", c.counts, optional=True)),
        "=FB_SHAPE({2;1;1;1;1}, {0.5;0.4;0.5;0.6;0.8})", (("数量不足",),), speaks=True,
    ),
    Formula(
        "FB_ADVICE", advice, "tiers",
        (Argument("shape", c.cells),),
        '=FB_ADVICE("中部断层")', (("中部断层，订单即将接不上：抓紧把底部客户往上推进。",),), speaks=True,
    ),
    Formula(
        "FB_CHANCE", chance_of, "plan",
        (
            Argument("target", c.amount),
            replace(_STOCK, read=c.whole),
            Argument("p", c.shares),
            Argument("arrivals", c.amount, optional=True),
            Argument("spread", c.amount, optional=True),
        ),
        "=FB_CHANCE(8, {40;12;9;6;3}, {0.048;0.096;0.24;0.48;0.8})", ((0.885617,),),
    ),
)  # fmt: skip
