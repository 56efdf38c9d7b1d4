"""The CallList (今日电话): whom each person calls today, in which order, why, and what to mind."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

import numpy as np
import pandas as pd

from funnelbook.book import codes
from funnelbook.book.problems import Problems
from funnelbook.book.schema import Colour, Column, Kind, Role, Table, Tone, Unit
from funnelbook.book.told_chance import CHANCE
from funnelbook.domain import followup, periods, weekplan
from funnelbook.domain.dtypes import Flags, Numbers, Objects
from funnelbook.results import notes
from funnelbook.results.call_entries import ENTRIES, with_waiting
from funnelbook.results.care_due import CARE, waits
from funnelbook.results.channel_rules import ChannelRules
from funnelbook.results.greetings import SENT
from funnelbook.results.making import Made, makes
from funnelbook.results.objection_counts import objections
from funnelbook.results.situation import Situation
from funnelbook.results.week_plan import WEEK_PLAN
from funnelbook.words import say

CALL_LIST = Table(
    "CallList",
    Role.RESULT,
    sheet="calls",
    order=220,
    columns=(
        Column("rank", Kind.COUNT, width=5, centred=True),
        Column("name", Kind.TEXT, width=15, wrap=True),
        Column("contact", Kind.TEXT, width=8),
        Column("phone", Kind.PHONE, width=15),
        Column("outcome", Kind.TEXT, chosen_from="Outcomes.outcome", entry=True, width=11),
        Column("tier_after", Kind.TIER, entry=True),
        Column("next_contact", Kind.DATE, entry=True),
        Column("next_purpose", Kind.TEXT, entry=True, width=12, wrap=True),
        Column("objection_entry", Kind.TEXT, chosen_from="Objections.objection", entry=True, width=12),
        Column("amount", Kind.MONEY, entry=True, width=11),
        Column("remark", Kind.TEXT, entry=True, width=12, wrap=True),
        Column("tier", Kind.TIER, shaded=True),
        Column("why", Kind.CODE, codes="why"),
        Column("purpose", Kind.TEXT, width=34, wrap=True),
        Column("last_note", Kind.TEXT, width=20, wrap=True),
        Column("next_step", Kind.TEXT, width=22, wrap=True),
        Column("objection", Kind.TEXT, width=17),
        Column("due", Kind.DATE),
        Column("channel", Kind.TEXT, width=8),
        Column("hours", Kind.TEXT, width=12),
        Column("flag", Kind.CODE, codes="call_flag", width=11),
        Column("cold", Kind.FLAG),
        Column("tries", Kind.COUNT, unit=Unit.CALLS, number="0;;"),
        Column("last_contact", Kind.DATE),
        Column("expected_value", Kind.MONEY),
        Column("chance", Kind.RATE, number=CHANCE),
        Column("person", Kind.PERSON, key=True),
        Column("id", Kind.ID, key=True),
    ),
    row_lines=2,
    frozen="phone",
    printed="tier",
    page_by="person",
    colours=(
        Colour("{why}={words[why][overdue]}", ("why", "due"), Tone.WARM, bold=True),
        Colour('{flag}<>""', ("flag",), Tone.WARM, bold=True),
        Colour("{rank}=1", line_above=True),  # a person's list begins
    ),
)

NO_PURPOSE, SMS_TOO_LONG, CONFIRM_DUE, TOO_MANY_TRIES = "no_purpose", "sms_too_long", "confirm_due", "too_many_tries"


@makes(CALL_LIST, WEEK_PLAN, CARE)
def call_list(situation: Situation, week_plan: Made, care: Made) -> Made:
    """The CallList: each active person's calls of the day, then what was typed and waits; what is wrong with it are problems."""
    listed = calls_of_the_day(situation, week_plan.rows, care.rows)
    note = notes.line(notes.as_of(situation), _counted(listed, situation.language), *_short(situation, listed))
    typed = situation.entered
    rows, stands = with_waiting(listed[list(CALL_LIST.names)], _in_tiers_of_now(situation, typed.waiting))
    problems = Problems()
    for fault in typed.faults:
        row = typed.header_row + 1 + stands[fault.at]
        problems.add("CallList", fault.column, fault.code, [row], [fault.value], why=fault.why)
    return Made(rows, problems, note)


def _in_tiers_of_now(situation: Situation, waiting: pd.DataFrame) -> pd.DataFrame:
    """Entries that wait, in the rows they were typed into; the tier is the customer's of now."""
    if waiting.empty:
        return waiting
    at = pd.Index(situation.customers["id"]).get_indexer(pd.Index(waiting["id"]))
    tier = situation.tiers.decode(situation.timeline.current["tier"].to_numpy()[at])
    return waiting.assign(tier=np.where(at >= 0, tier, waiting["tier"]))


def calls_of_the_day(situation: Situation, week_plan: pd.DataFrame, care: pd.DataFrame) -> pd.DataFrame:
    """Rows of CallList: each active person's calls of the day, best first, in the order of the people; entry columns blank.

    New prospects are as many as the first week of `week_plan` in which calls are left wants; without a plan as many as there is
    room for. Then the list is filled with who is not due yet, as far as calls of the day are left.
    What must be confirmed counts as promised for that day, in the channel to confirm by.
    Of `care` (rows of Care) what is due and not done stands with its customer: behind the purpose of who is due anyway, else in a
    row of its own. A talk comes right after the promises, whether or not another day is agreed; a greeting, which is sent and may
    be to all on one day, after the new prospects, so that no call waits for it. Who bought and was lost since gets neither.
    Source: method E2 and E5 to E8, F1 to F4, numbers.md 9, forecast.md 8.
    """
    customers, rules, done = _customers(situation), ChannelRules(situation), situation.activities
    until, by = rules.confirmations
    confirm = until <= np.datetime64(situation.as_of, "D")
    channel = pd.Series(np.where(confirm, by, customers["next_channel"].fillna(rules.phone)), dtype=object)
    due = _care_due(situation, care)
    tries = followup.tries_of_the_day(customers.assign(phone=customers["number"]), done, situation.as_of)
    listed = followup.call_list(
        # a channel that is closed all day is as good as a customer who must not be called
        customers.assign(do_not_call=customers["do_not_call"].to_numpy() | rules.closed(channel)),
        situation.latest,
        situation.tiers,
        situation.as_of,
        promise=np.fmin(followup.promises(customers, situation.latest, situation.next_contacts.edited), until),
        tries=tries,
        chance=situation.p_customer,
        median_amount=1.0,
        calendar=situation.calendar,
        limit=situation.daily_calls,
        new=_new_prospects(situation, week_plan),
        max_tries=situation.settings.max_tries_per_day,
        who=customers["who"].to_numpy(),
        filling=followup.Filling(situation.cold, situation.gain_a_minute, calls_left(situation)),
        care=due.days,
    )
    at = listed["customer"].to_numpy()
    rows = customers.iloc[at].reset_index(drop=True)
    listed = listed.assign(
        person=np.array(situation.people, dtype=object)[rows["who"]],
        rank=listed.groupby("who").cumcount() + 1,
        **{name: rows[name] for name in ("id", "name", "contact", "phone", "expected_value")},
        tier=situation.tiers.decode(rows["tier"]),
        channel=channel.to_numpy()[at],
        hours=rules.hours(channel)[at],
        cold=situation.cold[at],
        last_note=situation.last_said("note")[at],
        objection=objections(situation)[at],
        chance=situation.p_customer[at],
    )
    said = np.where(
        listed["why"] == followup.CARE,
        due.texts[at],
        followup.purposes(customers, situation.latest, situation.next_contacts.edited)[at],
    )
    again = listed["tries"] + rows.groupby("number").cumcount() >= situation.settings.max_tries_per_day
    too_long = rules.too_long(listed["channel"], pd.Series(said, dtype=object))
    listed = listed.assign(purpose=_with_care(listed["why"], said, due.texts[at], situation.language))
    return listed.assign(
        next_step=_next_step(situation, listed["objection"]),
        flag=_flag(listed, again, confirm[at], too_long),
        **dict.fromkeys(ENTRIES),
    )


class _Care(NamedTuple):
    """Care that is due and not done, by customer: the days, as followup takes them, and what to say or send (None: nothing)."""

    days: followup.CareDue
    texts: Objects


def _care_due(situation: Situation, care: pd.DataFrame) -> _Care:
    """What is due of the rows of Care; of several texts for one customer the latest, the others stand on the sheet of care."""
    rows = care[waits(situation, care)]
    events = [codes.word("care_event", event, situation.language) for event in rows["event"]]
    rows = rows.assign(
        at=pd.Index(situation.customers["id"]).get_indexer(pd.Index(rows["id"])),
        talk=~rows["event"].isin(SENT),
        text=rows["message"].where(rows["message"].notna(), events),
    )
    n = len(situation.customers)
    since, talk = np.full(n, np.datetime64("NaT"), dtype="datetime64[D]"), np.zeros(n, dtype=bool)
    texts = np.full(n, None, dtype=object)
    of_each = rows.groupby("at")
    at = np.unique(rows["at"])
    since[at] = of_each["due"].min().to_numpy("datetime64[D]")
    talk[at] = of_each["talk"].any().to_numpy(bool)
    latest = rows.sort_values("due", kind="stable").drop_duplicates("at", keep="last")
    texts[latest["at"].to_numpy()] = latest["text"].to_numpy(object)
    return _Care(followup.CareDue(since, talk), texts)


def _with_care(why: pd.Series, said: Objects, care: Objects, language: str) -> Objects:
    """Purposes, behind them the care that is due of who is called for something else."""
    both = said.copy()
    for row in np.flatnonzero((why != followup.CARE) & pd.notna(care)):
        key = "care_joined" if said[row] else "care_alone"
        both[row] = say(key, language, purpose=said[row], text=care[row])
    return both


def _counted(listed: pd.DataFrame, language: str) -> str:
    """How many calls there are, and why; parts without a call are left out."""
    counts = listed["why"].value_counts()
    promised = listed["why"].isin((followup.PROMISED, followup.OVERDUE))
    said = []
    if promised.any():
        cold = int((promised & listed["cold"]).sum())
        said.append(say("calls_promised", language, calls=int(promised.sum())))
        said[0] += say("calls_promised_cold", language, cold=cold) if cold else ""
    said += [
        say(f"calls_{why}", language, calls=int(counts[why]))
        for why in (followup.CARE, followup.CADENCE, followup.NEW, followup.WARM, followup.COLD)
        if why in counts
    ]
    if not said:
        return say("calls_none_line", language)
    return say("calls_line", language, calls=len(listed), what=say("listed", language).join(said))


def calls_left(situation: Situation) -> Numbers:
    """Calls of the day that each of the people has left."""
    day = situation.activities["at"].to_numpy("datetime64[D]") == np.datetime64(situation.as_of, "D")
    made = situation.activities.loc[day & situation.activities["is_call"].to_numpy(), "who"]
    return np.maximum(0.0, situation.daily_calls - situation.per_person(made)[1:])


def _short(situation: Situation, listed: pd.DataFrame) -> list[str]:
    """Whose list holds fewer calls than he makes a day, and why; who makes none, and who is not there to make them."""
    names = np.array(situation.people, dtype=object)
    length = listed["who"].value_counts().reindex(range(len(names)), fill_value=0).to_numpy(float)
    room = situation.daily_calls - length
    made = situation.daily_calls - calls_left(situation)
    short = situation.active & (room > 0)
    lines = []
    for code, whose in (("calls_made_line", short & (room <= made)), ("calls_short_line", short & (room > made))):
        if whose.any():
            told = [f"{name} {count:.0f}" for name, count in zip(names[whose], room[whose], strict=True)]
            lines.append(say(code, situation.language, who=say("listed", situation.language).join(told)))
    works = situation.working(None, situation.as_of, situation.as_of).works.any()
    away = situation.active & works & (situation.available_days(situation.as_of, situation.as_of) == 0) & (length > 0)
    for code, whose in (
        ("calls_away_line", away),
        ("calls_zero_line", situation.active & (situation.daily_calls == 0)),
    ):
        if whose.any():
            lines.append(say(code, situation.language, who=say("listed", situation.language).join(names[whose])))
    return lines


def _customers(situation: Situation) -> pd.DataFrame:
    """Customers with their tier now, the number to try (else the id), a value, and `who` calls them (-1: nobody)."""
    customers = situation.customers
    tier = situation.timeline.current["tier"].to_numpy()
    owner = customers["who"].to_numpy()  # from 1 on; -1: nobody, also where there are no people at all
    calls = (tier >= 0) & np.r_[False, situation.active, False][owner]
    usual = situation.orders["amount"].median()
    return customers.assign(
        tier=tier,
        who=np.where(calls, owner - 1, -1),
        number=customers["number"].fillna(customers["id"]),
        expected_value=customers["expected_value"].fillna(
            customers["expected_value"].median() if np.isnan(usual) else usual
        ),
    )


def _new_prospects(situation: Situation, week_plan: pd.DataFrame) -> Numbers:
    """New prospects wanted in the first week in which calls are left, by person; without limit where nothing is planned."""
    lowest = week_plan[(week_plan["status"] != weekplan.PAST) & (week_plan["tier"] == situation.tiers.codes[0])]
    current = lowest["status"] == weekplan.CURRENT
    over = situation.calendar.next_working(np.array([situation.as_of + timedelta(days=1)], dtype="datetime64[D]"))
    if current.any() and periods.week_of(over[0].item()) != lowest["week"][current].iloc[0]:
        lowest = lowest[~current]  # its last working day is the one the list is for: the next week's may begin
    first = lowest.drop_duplicates("person")
    return first.set_index("person")["planned"].reindex(situation.people).fillna(np.inf).to_numpy(float)


def _flag(listed: pd.DataFrame, again: pd.Series, confirm: Flags, too_long: Flags) -> Objects:
    """The gravest thing to mind of each row. `again`: the rows above leave no try of the number."""
    silent = listed["purpose"].isna() & (listed["why"] != followup.NEW)  # the first call has its purpose
    found = [again, confirm, too_long, silent]
    return np.select(found, [TOO_MANY_TRIES, CONFIRM_DUE, SMS_TOO_LONG, NO_PURPOSE], default=np.array(None))


def _next_step(situation: Situation, objection: pd.Series) -> Objects:
    """What the Objections table has one do about each objection."""
    steps = situation.frames["Objections"].drop_duplicates("objection").set_index("objection")["next_step"]
    return steps.reindex(objection.to_numpy(object)).to_numpy(object)
