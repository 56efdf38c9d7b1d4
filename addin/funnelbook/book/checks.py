"""Checks across tables: rows that can be read but cannot be right."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from funnelbook.book import codes, values
from funnelbook.book.channel_words import is_known
from funnelbook.book.dates import clock
from funnelbook.book.decode import Inputs
from funnelbook.book.problems import Problems
from funnelbook.book.refusals import forbids
from funnelbook.book.spared import note_forbids
from funnelbook.domain import phone, phone_lists, similar
from funnelbook.domain.dtypes import Flags, Moments

_MOST_NAMES = 0.5


def check(inputs: Inputs, as_of: date) -> Problems:
    """All problems of a workbook's data: those of reading it and those of its rows taken together. Source: method C3."""
    problems = Problems.joined([inputs.problems])
    _customers(inputs, as_of, problems)
    _activities(inputs, as_of, problems)
    _orders(inputs, as_of, problems)
    _leave(inputs, problems)
    _channels(inputs, problems)
    _dispositions(inputs, problems)
    return problems


def _customers(inputs: Inputs, as_of: date, problems: Problems) -> None:
    frame = inputs.frames["Customers"]
    note = _Noter("Customers", frame, problems)
    note("owner", "no_owner", frame["owner"].isna())
    note("owner", "unknown_person", _unknown(frame["owner"], inputs, "People", "person"))
    note("created", "future", frame["created"] >= _after(as_of))
    shut = frame["tier"].isna() | frame["tier"].isin([codes.WON, codes.LOST])
    note("closed", "closed_early", shut & (frame["closed"] < frame["created"]))
    note("expected_value", "negative", frame["expected_value"] < 0)
    country = inputs.settings.country
    there, valid = frame["phone"].notna(), valid_phone(frame["phone"], country)
    abroad = np.zeros(len(frame), dtype=bool)
    if country == phone.HOME and (found := phone_lists.other_country(frame["phone"], _are_chinese(frame["name"]))):
        other, abroad = found
        row, text = frame["row"].to_numpy()[abroad][:1], frame["phone"].to_numpy(object)[abroad][:1]
        of = {"count": int(abroad.sum()), "country": country, "other": other}
        problems.add("Customers", "phone", "other_country", row, text, **of)
    note("phone", "bad_phone", there & ~valid & ~abroad)
    at, number = phone_lists.each(frame["phone"].where(there & valid, None), country)
    which = pd.factorize(number)[0]
    first = at[np.unique(which, return_index=True)[1]][which]
    earlier = pd.Series(first[first < at]).groupby(at[first < at]).first()
    again = np.isin(np.arange(len(frame)), earlier.index)
    note("phone", "same_phone", again, row=inputs.said_rows("Customers", frame["row"].to_numpy()[earlier.to_numpy()]))
    twin = similar.repeats(frame["name"])
    known = twin[twin >= 0]
    at_row, name = frame["row"].to_numpy()[known], frame["name"].to_numpy(object)[known]
    note("name", "similar_name", twin >= 0, row=inputs.said_rows("Customers", at_row), name=name)


def _are_chinese(names: pd.Series) -> bool:
    """Whether most names have a Chinese character, or none has any."""
    return bool(
        names.dropna().astype(str).str.contains(r"[\u4e00-\u9fff]").mean() >= _MOST_NAMES or not names.notna().any()
    )


def valid_phone(phones: pd.Series, country: str = phone.HOME) -> pd.Series:
    """Which phones can be numbers, one at least of several in a cell."""
    codes, texts = pd.factorize(phones)
    can_be = [phone.can_be(str(text), country) for text in texts]
    return pd.Series(np.array([*can_be, False])[codes], index=phones.index)


def _activities(inputs: Inputs, as_of: date, problems: Problems) -> None:
    frame = inputs.frames["Activities"]
    note = _Noter("Activities", frame, problems)
    note("id", "unknown_customer", _of_nobody(inputs, "Activities"))
    note("owner", "unknown_person", _unknown(frame["owner"], inputs, "People", "person"))
    said = [outcome for outcome in frame["outcome"].unique() if forbids(outcome)]
    speaks = frame["outcome"].isin(said).to_numpy()  # listed or not, it is heeded
    note("outcome", "unknown_outcome", _unknown(frame["outcome"], inputs, "Outcomes", "outcome") & ~speaks)
    plain = {*inputs.frames["Outcomes"]["outcome"], *filter(codes.says_do_not_call, said)}
    meant = speaks & ~frame["outcome"].isin(plain).to_numpy()
    rows, texts = frame["row"].to_numpy()[meant], frame["outcome"].to_numpy(object)[meant]
    problems.add("Activities", "outcome", "outcome_spares", rows, texts, count=int(meant.sum()))
    meant = note_forbids(frame) & ~speaks
    rows, texts = frame["row"].to_numpy()[meant], frame["note"].to_numpy(object)[meant]
    problems.add("Activities", "note", "call_note_spares", rows, texts, count=int(meant.sum()))
    note("at", "future", frame["at"] >= _after(as_of))
    strange = _unknown(frame["channel"], inputs, "Channels", "channel") & ~is_known(frame["channel"])
    for channel, rows in frame[strange].groupby("channel", sort=False)["row"]:
        of_all = {"count": len(rows), "channel": channel}
        problems.add("Activities", "channel", "unknown_channel", rows.to_numpy()[:1], [channel], **of_all)
    note("quote", "negative", frame["quote"] < 0)
    note("next_contact", "next_before", frame["next_contact"] < frame["at"].dt.normalize())
    closed = _of_customer(inputs, "Activities", "closed")
    tier = inputs.frames["Customers"]["tier"]
    # who bought is cared for, and of an open deal a CRM gives the day it is expected to close
    over = (tier.isna() | (tier == codes.LOST)).to_numpy(bool)
    late = (frame["at"].to_numpy() >= closed + np.timedelta64(1, "D")) & np.append(over, False)[
        inputs.customer_at["Activities"]
    ]
    note("at", "after_closed", late, closed=np.datetime_as_string(closed[late], unit="D"))


def _orders(inputs: Inputs, as_of: date, problems: Problems) -> None:
    frame = inputs.frames["Orders"]
    note = _Noter("Orders", frame, problems)
    note("id", "unknown_customer", _of_nobody(inputs, "Orders"))
    note("owner", "unknown_person", _unknown(frame["owner"], inputs, "People", "person"))
    note("date", "future", frame["date"] >= _after(as_of))
    note("amount", "negative", frame["amount"] < 0)
    note("date", "ordered_early", frame["date"].to_numpy() < _of_customer(inputs, "Orders", "created"))


def _leave(inputs: Inputs, problems: Problems) -> None:
    frame = inputs.frames["Leave"]
    if not len(frame):
        return
    owners = (pd.unique(inputs.frames[name]["owner"]) for name in ("Customers", "Activities", "Orders"))
    known = {*inputs.frames["People"]["person"], *(name for column in owners for name in column)}
    note = _Noter("Leave", frame, problems)
    note("person", "no_such_person", ~frame["person"].isin(known))
    note("to", "leave_backwards", frame["to"] < frame["from"])


def _channels(inputs: Inputs, problems: Problems) -> None:
    frame = inputs.frames["Channels"]
    note = _Noter("Channels", frame, problems)
    for column in ("from", "to"):
        note(column, "bad_time", frame[column].map(lambda said: clock(said) is values.BAD))


def _dispositions(inputs: Inputs, problems: Problems) -> None:
    frame = inputs.frames["Dispositions"]
    unknown = _unknown(frame["outcome"], inputs, "Outcomes", "outcome")
    _Noter("Dispositions", frame, problems)("outcome", "disposition_outcome", unknown)


class _Noter:
    """Adds the rows of one table a mask picks."""

    def __init__(self, table: str, frame: pd.DataFrame, problems: Problems) -> None:
        self.table, self.frame, self.problems = table, frame, problems

    def __call__(self, column: str, code: str, mask: Flags | pd.Series, **fields: object) -> None:
        at = np.flatnonzero(np.asarray(mask))
        rows, values = self.frame["row"].to_numpy()[at], self.frame[column].iloc[at]
        if pd.api.types.is_datetime64_any_dtype(values):
            values = values.dt.strftime("%Y-%m-%d")
        self.problems.add(self.table, column, code, rows, values.to_numpy(object), **fields)


def _unknown(values: pd.Series, inputs: Inputs, table: str, column: str) -> Flags:
    """Filled cells that do not stand in a table's column; none when that table has no rows to look in."""
    known = inputs.frames[table][column]
    return (values.notna() & ~values.isin(known)).to_numpy(bool) if len(known) else np.zeros(len(values), dtype=bool)


def _of_nobody(inputs: Inputs, table: str) -> Flags:
    """Rows of a customer who is not listed; none when there is no list."""
    rows = inputs.frames[table]
    listed = len(inputs.frames["Customers"]) > 0
    return rows["id"].notna().to_numpy() & (inputs.customer_at[table] < 0) & listed


def _of_customer(inputs: Inputs, table: str, column: str) -> Moments:
    """A day of each row's customer (datetime64[s]); NaT of an unknown one."""
    days = inputs.frames["Customers"][column].to_numpy("datetime64[s]")
    return np.append(days, np.datetime64("NaT", "s"))[inputs.customer_at[table]]


def _after(as_of: date) -> pd.Timestamp:
    return pd.Timestamp(as_of) + pd.Timedelta(days=1)
