"""The texts of care: templates filled for each customer, and what is wrong with a template."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from funnelbook.book.fields import filled, unknown
from funnelbook.book.frames import rows_of
from funnelbook.book.labels import normalise
from funnelbook.book.problems import Problems
from funnelbook.domain import care, sent_messages
from funnelbook.domain.dtypes import Objects
from funnelbook.results.channel_rules import SMS_CHANNELS
from funnelbook.results.situation import Situation
from funnelbook.words import spellings

FIELDS: dict[str, tuple[str, ...]] = {  # what a template can name -> spellings
    **{name: (name, *spellings(f"columns.{name}")) for name in ("name", "contact", "owner", "due")},
    **{name: spellings(f"fields.{name}") for name in ("festival", "last_order")},
}
SENT = (care.FESTIVAL, care.BIRTHDAY)  # these go out as text messages; guidance and visits are talks


def messages(situation: Situation, rows: pd.DataFrame) -> tuple[Objects, Problems]:
    """The text to send or to say, by row; wrong fields and texts too long for a message are problems.

    `rows`: at (customer row), event, due, festival, last_order, template, greeting (whether the template is of the Calendar).
    Source: method F2 to F4, numbers.md 9 and 10.
    """
    known = _values(situation, rows)
    texts = np.full(len(rows), None, dtype=object)
    for template in rows["template"].dropna().unique():
        mine = np.flatnonzero(rows["template"] == template)
        texts[mine] = filled(template, {name: values[mine] for name, values in known.items()})
    return texts, Problems.joined([_wrong_fields(situation, known), _too_long(situation, rows.assign(text=texts))])


def own_greetings(situation: Situation, near: list[tuple[date, str]]) -> tuple[dict[str, str], list[tuple[date, str]]]:
    """Greetings of the Calendar table by festival code or own name, and its days that are none of the festivals `near`."""
    calendar = situation.frames["Calendar"]
    rows = calendar[calendar["greeting"].notna()]
    codes = dict(near)
    texts: dict[str, str] = {}
    days: list[tuple[date, str]] = []
    for day, name, greeting in zip(rows["date"].dt.date, rows["name"], rows["greeting"], strict=True):
        label = codes.get(day) or name or day.isoformat()
        texts[label] = greeting
        if day not in codes:
            days.append((day, label))
    return texts, days


def _values(situation: Situation, rows: pd.DataFrame) -> dict[str, Objects]:
    """Every spelling of a field -> texts by row; who has no contact is called by the customer's name."""
    customers = situation.customers.iloc[rows["at"]]
    name = customers["name"].fillna(customers["id"])
    values = {
        "name": name,
        "contact": customers["contact"].fillna(name),
        "owner": customers["owner"].fillna(""),
        "due": _days(rows["due"]),
        "festival": rows["festival"],
        "last_order": _days(rows["last_order"]),
    }
    return {normalise(s): values[field].to_numpy(object) for field, spellings in FIELDS.items() for s in spellings}


def _days(days: pd.Series) -> pd.Series:
    return pd.to_datetime(days).dt.strftime("%Y-%m-%d").astype(object).fillna("")


def _wrong_fields(situation: Situation, known: dict[str, Objects]) -> Problems:
    problems = Problems()
    for table, column in (("CareRules", "template"), ("Calendar", "greeting")):
        frame = situation.frames[table]
        for row, text in frame.loc[frame[column].notna(), ["row", column]].itertuples(index=False):
            for field in unknown(text, known):
                problems.add(table, column, "unknown_field", [row], [text], field=field)
    return problems


def _too_long(situation: Situation, rows: pd.DataFrame) -> Problems:
    """One problem a template, with its longest text."""
    problems = Problems()
    rules = situation.frames["Channels"]
    own = rules.loc[rules["channel"].map(normalise).isin(SMS_CHANNELS), "max_chars"].min()
    sent = rows[rows["event"].isin(SENT) & rows["text"].notna()]
    length = [sent_messages.sms_length(text)[0] for text in sent["text"]]
    sent = sent.assign(length=length, most=[sent_messages.sms_limit(text, own) for text in sent["text"]])
    long = sent[sent["length"] > sent["most"]].sort_values("length").drop_duplicates("template", keep="last")
    for row in rows_of(long):
        table, column = ("Calendar", "greeting") if row.greeting else ("CareRules", "template")
        there = situation.frames[table]
        at = there.loc[there[column] == row.template, "row"].iloc[:1]
        length, most = f"{row.length:g}", f"{row.most:g}"
        problems.add(table, column, "sms_too_long", at, [row.template], length=length, most=most)
    return problems
