"""The Rewards ledger (奖惩): who is due what by the rules, by when, and what was paid."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from funnelbook.book.problems import Problems
from funnelbook.book.schema import Colour, Column, Kind, Role, Table, Tone
from funnelbook.domain import pace, periods
from funnelbook.domain import rewards as domain
from funnelbook.domain.periods import Period
from funnelbook.results import notes
from funnelbook.results.board import ranks
from funnelbook.results.goals import Goals, goals
from funnelbook.results.making import Made, makes
from funnelbook.results.situation import Situation
from funnelbook.words import say

REWARDS = Table(
    "Rewards",
    Role.RESULT,
    sheet="rewards",
    order=330,
    columns=(
        Column("period", Kind.TEXT, key=True, width=22),
        Column("person", Kind.PERSON, key=True),
        Column("rule", Kind.TEXT, key=True, width=18),
        Column("measured", Kind.NUMBER),
        Column("amount", Kind.MONEY),
        Column("due", Kind.DATE, key=True),
        Column("paid_on", Kind.DATE, entry=True),
        Column("status", Kind.CODE, codes="reward_status"),
    ),
    colours=(
        Colour("{status}={words[reward_status][overdue]}", ("due", "status"), Tone.WARM, bold=True),
        Colour("AND(ISNUMBER({amount}),{amount}<0)", ("amount",), Tone.WARM),
        Colour("OR({status}={words[reward_status][paid]},{status}={words[reward_status][expected]})", (), Tone.FAINT),
    ),
)

_HIGHEST_RATE = 10  # 1000 %: above it a per cent was written as a plain number


@makes(REWARDS, goals)
def rewards(situation: Situation, aims: Goals) -> Made:
    """The Rewards, the latest period first; rules and days that cannot be used are problems.

    Looked at are the period, the one before it and those of the ledger. One that is over is closed once something of it was paid
    or its due day is past: from then on only the rules its rows name count. Source: method A11, numbers.md 11.
    """
    rules, unusable = _rules(situation)
    standing, unread = _standing(situation)
    earned = [pd.DataFrame(columns=[*domain.KEY, "measured", "amount", "due"])]
    gone = np.zeros(len(standing), dtype=bool)
    for period in _periods(situation, standing):
        rows = (standing["period"] == period.label).to_numpy()
        closed = _closed(situation, period, standing[rows])
        counted = rules[rules["rule"].isin(standing["rule"][rows])] if closed else rules
        if not closed:
            gone |= rows & ~standing["rule"].isin(rules["rule"]).to_numpy()
        if counted.empty:
            continue  # nothing to measure anybody by
        over = situation.as_of >= period.end
        given = domain.granted(counted, _measured(situation, aims, period), ended=over)
        earned.append(given.assign(period=period.label, due=pd.Timestamp(_due(situation, period.end))))
    looked_at = pd.concat([part for part in earned if len(part)] or earned[:1], ignore_index=True)
    kept = standing[standing["paid_on"].notna() | ~gone]
    named = pd.unique(pd.concat([kept["period"], looked_at["period"]]).dropna())
    running = {text for text in named if _runs(situation, text)}
    rows = domain.ledger(kept, looked_at, situation.as_of, _due(situation, situation.as_of), running)
    rows = _with_what_was_typed(situation, _sorted(situation, rules, rows))
    note = notes.line(notes.as_of(situation), *_lines(situation, rows))
    return Made(rows, Problems.joined([unusable, unread]), note)


def _runs(situation: Situation, text: str) -> bool:
    """Whether a period ends after `as_of`."""
    return periods.is_period(text) and periods.parse(text).end > situation.as_of


def _lines(situation: Situation, rows: pd.DataFrame) -> list[str]:
    rules = situation.frames["RewardRules"]
    said = [say("no_rules_line", situation.language)] * rules.empty
    if len(rules) and situation.as_of < situation.period.end:
        said.append(say("penalties_wait_line", situation.language))
    if _are_shared(situation, rows):
        said.append(say("shared_prize_line", situation.language))
    late = rows.loc[(rows["status"] == domain.OVERDUE).to_numpy(), "amount"]
    if len(late):
        said.append(say("overdue_line", situation.language, count=len(late), sum=f"{late.sum():,.0f}"))
    return said


def _are_shared(situation: Situation, rows: pd.DataFrame) -> bool:
    """Whether equals of a rank got something by the same rule."""
    rules = situation.frames["RewardRules"]
    of_rank = rows[rows["rule"].isin(rules["rule"][rules["metric"] == domain.RANK])].drop_duplicates(domain.KEY)
    return bool(of_rank.duplicated(["period", "rule", "measured"]).any())


def _rules(situation: Situation) -> tuple[pd.DataFrame, Problems]:
    """The rules that can be used, and what is wrong with others."""
    problems = Problems()
    rules = situation.frames["RewardRules"]
    rate, edges = rules["metric"].isin(domain.RATES), rules[["from", "to"]].abs().max(axis=1)
    faults = (
        ("amount", "rule_gives_nothing", rules["amount"].isna() & rules["percent"].isna()),
        ("from", "from_above_to", rules["from"] > rules["to"]),
        ("from", "not_a_rate", rate & (edges > _HIGHEST_RATE)),
    )
    usable = np.ones(len(rules), dtype=bool)
    for column, code, wrong in faults:
        problems.add("RewardRules", column, code, rules["row"][wrong], rules[column][wrong])
        usable &= ~wrong.to_numpy(bool)
    unsigned = rules["granted_by"].isna()
    problems.add("RewardRules", "granted_by", "not_granted", rules["row"][unsigned], rules["rule"][unsigned])
    return rules[usable].reset_index(drop=True), problems


def _standing(situation: Situation) -> tuple[pd.DataFrame, Problems]:
    """The ledger so far; what was typed for a day and is none is a problem, and the row not paid."""
    problems = Problems()
    ledger = situation.ledger
    unread = ledger["paid_on"].map(lambda v: isinstance(v, str)).to_numpy(bool)
    problems.add("Rewards", "paid_on", "bad_date", ledger["row"][unread], ledger["paid_on"][unread])
    return ledger.assign(paid_on=pd.to_datetime(ledger["paid_on"].where(~unread, None))), problems


def _with_what_was_typed(situation: Situation, rows: pd.DataFrame) -> pd.DataFrame:
    """Days that could not be read go back into their cells, to be mended."""
    ledger = situation.ledger[situation.ledger["paid_on"].map(lambda v: isinstance(v, str)).to_numpy(bool)]
    if ledger.empty:
        return rows
    named = [*domain.KEY, "due"]
    typed = pd.Series(ledger["paid_on"].to_numpy(object), index=pd.MultiIndex.from_frame(ledger[named]))
    again = typed[~typed.index.duplicated()].reindex(pd.MultiIndex.from_frame(rows[named])).to_numpy(object)
    return rows.assign(paid_on=np.where(pd.isna(again), rows["paid_on"].astype(object), again))


def _periods(situation: Situation, standing: pd.DataFrame) -> list[Period]:
    """Periods to look at that have begun."""
    named = [periods.parse(text) for text in pd.unique(standing["period"].dropna()) if periods.is_period(text)]
    known = {p.label: p for p in (situation.period, periods.before(situation.period), *named)}
    return [period for period in known.values() if period.start <= situation.as_of]


def _closed(situation: Situation, period: Period, rows: pd.DataFrame) -> bool:
    if period == situation.period or period.end >= situation.as_of:
        return False
    return bool(rows["paid_on"].notna().any()) or situation.as_of > _due(situation, period.end)


def _due(situation: Situation, day: date) -> date:
    return day + timedelta(days=situation.settings.reward_days)


def _measured(situation: Situation, aims: Goals, period: Period) -> pd.DataFrame:
    """What each person (the index) did in a period, by metric; one that is over is seen from its last day."""
    if period != situation.period or situation.as_of > period.end:
        situation = situation.during(period, min(situation.as_of, period.end))
        aims = goals(situation)
    calls = _inside(situation.activities, "at", period)
    calls = calls[calls["is_call"].to_numpy(bool)]
    orders, new = _inside(situation.orders, "date", period), _inside(situation.found, "created", period)
    sums = {
        "paid": situation.per_person(orders["who"], orders["paid"]),
        "calls": situation.per_person(calls["who"]),
        "connects": situation.per_person(calls["who"], calls["connected"]),
        "new_customers": situation.per_person(new["who"]),
        **aims.won,
        "margin_rate": pace.completion(aims.won["margin"], aims.won["amount"]),
        "completion": pace.completion(aims.won["orders"], aims.target["orders"]),
        "completion_amount": pace.completion(aims.won["amount"], aims.target["amount"]),
        "completion_margin": pace.completion(aims.won["margin"], aims.target["margin"]),
    }
    # where nobody has an order, nobody is first
    rank = np.where(aims.won["orders"][1:].max(initial=0.0) > 0, ranks(aims), np.nan)
    people = {name: values[1:] for name, values in sums.items()} | {"rank": rank}
    return pd.DataFrame(people, index=pd.Index(situation.people, dtype=object))


def _inside(frame: pd.DataFrame, day: str, period: Period) -> pd.DataFrame:
    after = pd.Timestamp(period.end) + pd.Timedelta(days=1)
    return frame[(frame[day] >= pd.Timestamp(period.start)) & (frame[day] < after)]


def _sorted(situation: Situation, rules: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The latest period first, then people and rules as they stand in their tables, then the day due."""
    starts = {
        text: periods.parse(text).start.toordinal() for text in pd.unique(rows["period"]) if periods.is_period(text)
    }
    order = np.lexsort(
        (
            rows["due"].to_numpy("datetime64[D]"),
            rows["rule"].astype(str),
            pd.Index(rules["rule"]).get_indexer(pd.Index(rows["rule"])) % (len(rules) + 1),
            rows["person"].astype(str),
            pd.Index(situation.people).get_indexer(pd.Index(rows["person"])) % (len(situation.people) + 1),
            -rows["period"].map(starts).fillna(0).to_numpy(float),
        )
    )
    return rows.iloc[order].reset_index(drop=True)
