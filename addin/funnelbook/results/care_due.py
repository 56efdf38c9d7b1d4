"""Care of existing customers (客户关怀): what is due, what to say, what was done, and the orders it brought."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from funnelbook.book import codes
from funnelbook.book.schema import Colour, Column, Kind, Role, Table, Tone, Unit
from funnelbook.domain import care, repeat
from funnelbook.domain.dtypes import Flags
from funnelbook.domain.festivals import FIRST_YEAR, LAST_YEAR, UnknownYears
from funnelbook.results import notes
from funnelbook.results.effort import at_and_day, before, orders_of_customers
from funnelbook.results.greetings import messages, own_greetings
from funnelbook.results.making import Made, makes
from funnelbook.results.situation import Situation
from funnelbook.words import say

CARE = Table(
    "Care",
    Role.RESULT,
    sheet="care",
    order=291,
    columns=(
        Column("id", Kind.ID, key=True),
        Column("name", Kind.TEXT, width=30),
        Column("owner", Kind.PERSON),
        Column("event", Kind.CODE, codes="care_event", key=True, width=12),
        Column("due", Kind.DATE, key=True),
        Column("message", Kind.TEXT, width=46, wrap=True),
        Column("last_done", Kind.DATE),
        Column("repeat_orders", Kind.COUNT, unit=Unit.ORDERS),
    ),
    row_lines=2,
    colours=(Colour("AND(ISNUMBER({last_done}),{last_done}>={due})", (), Tone.FAINT),),
)

BACK_DAYS, AHEAD_DAYS = 14, 14  # the window shown, both ends included


@makes(CARE, orders_of_customers)
def care_due(situation: Situation, bought: pd.DataFrame) -> Made:
    """The Care due from two weeks before `as_of` to two weeks after it, what is not done first; templates with faults are problems.

    An event is done by a contact (a connected call, or a message) on its day or later. `repeat_orders` counts a customer's
    orders at most 60 days after a care contact, one made while no new case was open. Source: method F1 to F4, C2, numbers.md 10.
    """
    contacts = _contacts(situation)
    cared = contacts[repeat.care_contacts(*at_and_day(contacts), situation.timeline.stays, situation.tiers.won)]
    brought = bought[repeat.brought(*at_and_day(bought), *at_and_day(cared))]
    last_done = contacts[before(contacts, bought)].groupby("at")["day"].max()
    start, end = (situation.as_of + timedelta(days=days) for days in (-BACK_DAYS, AHEAD_DAYS))
    near = _festivals(start, end)
    rows = _due(situation, bought, start, end, near)
    texts, problems = messages(situation, rows)
    customers = situation.customers.iloc[rows["at"]].reset_index(drop=True)
    listed = customers[["id", "name", "owner"]].assign(
        event=rows["event"],
        due=rows["due"],
        message=texts,
        last_done=last_done.reindex(rows["at"]).to_numpy("datetime64[s]"),
        repeat_orders=brought.groupby("at").size().reindex(rows["at"], fill_value=0).to_numpy(),
    )
    done = (listed["last_done"] >= listed["due"]).to_numpy()
    open_now = int(waits(situation, listed).sum())
    language = situation.language
    lines = [
        say("care_line", language, start=start, end=end, open=open_now),
        say("care_brought_line", language, days=repeat.WITHIN_DAYS, orders=len(brought)),
        *_unknown_days(situation, start, end, near),
    ]
    order = np.lexsort((listed["id"].to_numpy(str), listed["due"].to_numpy(), done))
    rows = listed.iloc[order].reset_index(drop=True)
    return Made(rows, problems, notes.line(notes.as_of(situation), *lines))


def waits(situation: Situation, care: pd.DataFrame) -> Flags:
    """Which rows of Care are due by now and not done."""
    return ((care["due"] <= pd.Timestamp(situation.as_of)) & ~(care["last_done"] >= care["due"])).to_numpy(bool)


def _contacts(situation: Situation) -> pd.DataFrame:
    """What reached a customer, at (customer row) and day: connected calls, and messages, which are done once sent."""
    activities = situation.activities
    reached = activities[activities["connected"].to_numpy(bool) | ~activities["is_call"].to_numpy(bool)]
    frame = pd.DataFrame({"at": reached["customer"], "day": reached["at"].dt.normalize()})
    return frame[frame["at"] >= 0].reset_index(drop=True)


def _due(
    situation: Situation, bought: pd.DataFrame, start: date, end: date, near: list[tuple[date, str]] | None
) -> pd.DataFrame:
    """Care due: at (customer row), event, due, festival (text), template, greeting (template of the Calendar), last_order.

    Festivals that fall due on one day are one greeting. Who must not be disturbed is left out.
    """
    customers, rules, settings = situation.customers, situation.frames["CareRules"], situation.settings
    if near is None:
        rules = rules[rules["event"] != care.FESTIVAL]
    greetings, own_days = own_greetings(situation, near or [])
    wanted = np.flatnonzero(~customers["do_not_call"].to_numpy(bool))
    events = care.due_events(
        customers.iloc[wanted],
        bought.assign(id=customers["id"].to_numpy(object)[bought["at"]], date=bought["day"]),
        rules,
        start,
        end,
        situation.calendar,
        value_high=settings.value_high,
        value_mid=settings.value_mid,
        visit_days={value: getattr(settings, f"visit_days_{value}") for value in (care.HIGH, care.MID, care.LOW)},
        own_days=own_days,
    )
    own = events["detail"].map(greetings).to_numpy(object)
    greeted = pd.notna(own)
    events = events.assign(
        at=wanted[events["customer"]],
        festival=[codes.word_or_own("festival", detail, situation.language) for detail in events["detail"]],
        greeting=greeted,
        template=np.where(greeted, own, rules["template"].to_numpy(object)[events["rule"]]),
    )
    keys = ["at", "event", "due"]
    first = events.sort_values("greeting", ascending=False, kind="stable").drop_duplicates(keys)
    names = events[events["festival"] != ""].drop_duplicates([*keys, "festival"])
    joined = names.groupby(keys)["festival"].agg(say("listed", situation.language).join).rename("festivals")
    first = first.join(joined, on=keys)
    last = bought.groupby("at")["day"].max().reindex(first["at"]).to_numpy("datetime64[s]")
    return first.assign(festival=first["festivals"].astype(object).fillna(""), last_order=last).reset_index(drop=True)


def _festivals(start: date, end: date) -> list[tuple[date, str]] | None:
    """Festivals near the window; None when the lunar tables do not cover it."""
    try:
        return care.festivals_near(start, end)
    except UnknownYears:
        return None


def _unknown_days(situation: Situation, start: date, end: date, near: list[tuple[date, str]] | None) -> list[str]:
    """What is not known of the days: years without holidays in the Calendar, lunar days beyond the tables."""
    calendar = situation.frames["Calendar"]
    known = set(calendar.loc[calendar["workday"].notna(), "date"].dt.year)
    years = [str(year) for year in range(start.year, end.year + 1) if year not in known]
    language = situation.language
    lines = [say("no_holidays_line", language, years=say("listed", language).join(years))] if years else []
    return [*lines, *([say("no_festivals_line", language, first=FIRST_YEAR, last=LAST_YEAR)] if near is None else [])]
