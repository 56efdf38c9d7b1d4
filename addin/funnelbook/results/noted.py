"""What notes of customers tell that the log does not know yet: rows of Activities to be, and orders where something was sold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from funnelbook.book import codes
from funnelbook.book.decode import Inputs
from funnelbook.book.note_columns import Column, is_last_contact
from funnelbook.book.note_entries import body, notes, tells_days
from funnelbook.book.note_words import channels_said, next_day, outcomes_said, quote, sales, sold_for
from funnelbook.domain.dtypes import Flags, Objects
from funnelbook.results.call_entries import DRAFTED, Columns, Entered, nothing_entered, numbered, with_entered
from funnelbook.results.note_sales import SOURCE, drafted, in_log, taken_back

TAKEN = ("activity_id", "at", "id", "owner", "channel", "outcome", "quote", "next_contact", "note", "source")
COMPLETED = ("outcome", "quote", "next_contact")
_NEEDED = {"at", "id", "note", "source"}  # what the Activities table must have a column for
_OF_ORDER = {"date", "id", "amount"}
_EXAMPLES = 2
_DAY = "datetime64[D]"
_LETTER = r"[^\W\d_]"
_NUMBER, _WORD = re.compile(r"\d"), re.compile(r"[^\W_]")


class Example(NamedTuple):
    """An entry that is taken, to be shown."""

    customer: str
    day: date
    text: str


@dataclass(frozen=True)
class Noted:
    """`entered`: rows of Activities (TAKEN) and Orders (DRAFTED) that notes tell. `completed`: row, note and COMPLETED of activities taken
    earlier whose entry got longer, None for what stays. `left`: pieces of notes without a day that can be told, in cells with something
    new; `unpriced`: sales without one amount, `undone`: sales that a later entry says were taken back, none of which are orders;
    `examples`: the latest entries; `sales_now`: by row of the log the amount for which an entry of it sells now that was written anew
    since it was taken."""

    entered: Entered = field(default_factory=nothing_entered)
    completed: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=["row", "note", *COMPLETED]))
    left: int = 0
    unpriced: int = 0
    undone: int = 0
    examples: Sequence[Example] = ()
    sales_now: pd.Series = field(default_factory=lambda: pd.Series(dtype=float))

    @property
    def count(self) -> int:
        return len(self.entered.activities)

    @property
    def orders(self) -> int:
        return len(self.entered.orders)


def noted(inputs: Inputs, columns: Columns, more: Iterable[Column], last_seen: pd.DataFrame, as_of: date) -> Noted:
    """The Noted of a workbook; nothing where its Activities cannot hold where they come from. Source: ownbooks.md 1.

    An entry is taken once: one whose text the log has for the customer is known, so is one of a day of which the log has an entry
    that stands in the note no more (it was written anew), or any contact from elsewhere. `more`: further columns of
    notes. The next contact of the latest entry goes behind a day still to come in the customer's cell, unless that cell is as
    `last_seen`: then the note is newer. An order is drafted of a sale with one amount, unless a later entry says that it was undone,
    there is one that day or of that amount within a month, or another one of that month that may be it.
    """
    if not (inputs.settings.read_notes and set(columns.activities) >= _NEEDED):
        return Noted()
    customers, log = inputs.frames["Customers"], inputs.frames["Activities"]
    taken = log[(log["source"] == SOURCE).to_numpy(bool)]
    at, texts, read, dayless = _cells(customers, more, taken)
    if not texts or not tells_days(texts):
        return Noted()
    found = notes(texts, customers["created"].to_numpy(_DAY)[at], as_of, read)
    every = found.entries.assign(customer=at[found.entries["cell"].to_numpy(np.intp)])
    every = every.assign(id=customers["id"].to_numpy(object)[every["customer"]])
    told = every[every["day"].notna().to_numpy() & every["body"].str.contains(_LETTER).to_numpy(bool)]
    told = told[~_said_better(told, taken)]
    new, old, anew = _unknown(told, taken)
    sales_now = pd.Series([sold_for(body) for body in anew["body"]], index=anew["row"], dtype=float)
    elsewhere = log[~log.index.isin(taken.index)]
    new = new[~_same_day(new, elsewhere)]
    left = dayless + int(found.silent.sum()) + len(every) - len(told)
    if new.empty and old.empty:
        return Noted(left=left, sales_now=sales_now)
    said = _said(pd.concat([new, old]), inputs)
    said = _with_next(said, customers, log, last_seen)
    fresh = said[said["row"].isna().to_numpy()].sort_values("at", kind="stable")
    activities = _activities(fresh, inputs)[[name for name in TAKEN if name in columns.activities]]
    buyers = said["id"][said["sold"].to_numpy(bool)]
    here = told[told["id"].isin(buyers)]
    here = here.assign(day=here["day"].to_numpy("datetime64[s]"))[["id", "day", "body"]]
    entries = pd.concat([here, in_log(taken[taken["id"].isin(buyers)])])
    undone = pd.MultiIndex.from_arrays([said["id"], said["day"].to_numpy("datetime64[s]")]).isin(taken_back(entries))
    sold = said["amount"].notna().to_numpy(bool) & ~undone
    orders = (
        drafted(said[sold], inputs) if columns.orders >= _OF_ORDER else said.iloc[:0].reindex(columns=list(DRAFTED))
    )
    names = customers["name"].fillna(customers["id"]).to_numpy(object)
    last = fresh.iloc[-_EXAMPLES:]
    examples = [
        Example(str(names[who]), day.date(), str(text))
        for who, day, text in zip(last["customer"], last["at"], last["text"], strict=True)
    ]
    entered = replace(nothing_entered(), activities=activities, orders=orders)
    sells = said["sold"].to_numpy(bool)
    unpriced, back = int((sells & ~sold & ~undone).sum()), int((sells & undone).sum())
    return Noted(entered, _completed(said, log), left, unpriced, back, examples, sales_now)


def with_noted(inputs: Inputs, found: Noted) -> Inputs:
    """The inputs once what notes tell stands in the log."""
    inputs = with_entered(inputs, found.entered)
    if found.completed.empty:
        return inputs
    log = inputs.frames["Activities"].copy()
    at = pd.Index(log["row"]).get_indexer(pd.Index(found.completed["row"]))
    for name in ("note", *COMPLETED):
        values, given = log[name].to_numpy(copy=True), found.completed[name].notna().to_numpy(bool)
        values[at[given]] = found.completed[name].to_numpy(object)[given]
        log[name] = values
    return replace(inputs, frames=inputs.frames | {"Activities": log})


def _cells(
    customers: pd.DataFrame, more: Iterable[Column], taken: pd.DataFrame
) -> tuple[np.ndarray, list[str], list[str], int]:
    """The customer's position and the text of each cell of notes that may say more than was taken from it; the other texts with
    numbers; how many have no number."""
    where = pd.Index(customers["row"])
    open_tier = where[~customers["tier"].isin([codes.WON, None]).to_numpy()]
    parts = [(np.arange(len(customers)), customers["note"].to_numpy(object))]
    for column in more:
        rows = pd.Index(column.rows)
        at = where.get_indexer(rows)
        parts.append((np.where(column.sales & rows.isin(open_tier), -1, at), column.texts))
    at, texts = np.concatenate([at for at, _ in parts]), np.concatenate([of for _, of in parts])
    filled = ~pd.isna(texts) & (at >= 0)
    at, texts = at[filled], texts[filled]
    numbers = np.array([_NUMBER.search(text) is not None for text in texts], dtype=bool)
    known = taken.groupby("id", sort=False)["note"].agg(list)
    said = known.reindex(customers["id"].to_numpy(object)).to_numpy(object)[at]
    fresh = numbers & np.array([_says_more(text, of) for text, of in zip(texts, said, strict=True)], dtype=bool)
    return at[fresh], texts[fresh].tolist(), texts[numbers & ~fresh].tolist(), int((~numbers).sum())


def _says_more(text: str, taken: object) -> bool:
    """Whether a note says anything beyond the entries that were taken from it."""
    if not isinstance(taken, list):
        return True
    for entry in taken:
        text = text.replace(str(entry), "", 1)
    return _WORD.search(text) is not None


def _unknown(told: pd.DataFrame, taken: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Entries that the log lacks (row NaN), those that say more than they did when they were taken (row: of the log), and those
    that say something else."""
    key, was = _numbered(told["id"], told["text"]), _numbered(taken["id"], taken["note"])
    new = told[~key.isin(was).to_numpy()].assign(row=np.nan)
    gone = taken[~was.isin(key).to_numpy() & taken["id"].isin(told["id"]).to_numpy()]
    here, there = (
        _numbered(frame["id"], frame[name].to_numpy(_DAY).astype(str)) for frame, name in ((new, "day"), (gone, "at"))
    )
    place = pd.Index(there).get_indexer(pd.Index(here))
    again = place >= 0
    old = new[again].assign(row=gone["row"].to_numpy(float)[place[again]])
    before = gone["note"].to_numpy(object)[place[again]]
    longer = np.array([str(now).startswith(str(was)) for now, was in zip(old["text"], before, strict=True)], dtype=bool)
    return new[~again], old[longer], old[~longer]


def _said_better(told: pd.DataFrame, taken: pd.DataFrame) -> Flags:
    """Which entries only say that there was a contact, on a day that another one tells of."""
    plain = told["body"].map(is_last_contact).to_numpy(bool)
    if not plain.any():
        return plain
    better = taken[np.array([not is_last_contact(body(str(note))) for note in taken["note"]], dtype=bool)]
    return plain & (_same_day(told, told[~plain].assign(at=told["day"])) | _same_day(told, better))


def _numbered(ids: pd.Series, of: Iterable[object]) -> pd.Series:
    """A text for each (id, other) and how often the pair stood before."""
    pair = pd.Series([f"{one}\x1f{other}" for one, other in zip(ids, of, strict=True)], index=ids.index, dtype=object)
    return pair + "\x1f" + pair.groupby(pair).cumcount().astype(str)


def _same_day(new: pd.DataFrame, log: pd.DataFrame) -> Flags:
    """Which entries are of a day on which the log has a contact of the customer."""
    days = pd.MultiIndex.from_arrays([log["id"], log["at"].to_numpy(_DAY).astype("datetime64[s]")])
    mine = pd.MultiIndex.from_arrays([new["id"], new["day"].to_numpy("datetime64[s]")])
    return mine.isin(days)


def _said(new: pd.DataFrame, inputs: Inputs) -> pd.DataFrame:
    """Entries with what they say."""
    codes, bodies = pd.factorize(new["body"])
    distinct = [str(body) for body in bodies]

    def each(values: Sequence[object]) -> Objects:
        found = np.empty(len(values), dtype=object)
        found[:] = values
        return found[codes]

    day = new["day"].to_numpy("datetime64[s]")
    agreed = [
        next_day(body, then) if body is not None else None
        for body, then in zip(new["body"], day.astype(_DAY).tolist(), strict=True)
    ]
    sold = sales(distinct)
    return new.assign(
        at=day + new["minutes"].to_numpy(np.int64) * np.timedelta64(60, "s"),
        channel=each(channels_said(distinct, inputs.frames["Channels"]["channel"].dropna())),
        outcome=each(outcomes_said(distinct, inputs.frames["Outcomes"]["outcome"].dropna())),
        quote=each([quote(body) for body in distinct]).astype(float),
        amount=each([sold_for(body) if is_one else None for body, is_one in zip(distinct, sold, strict=True)]).astype(
            float
        ),
        sold=each(sold).astype(bool),
        next_contact=pd.to_datetime(pd.Series(agreed, index=new.index, dtype=object)).astype("datetime64[s]"),
    )


def _with_next(said: pd.DataFrame, customers: pd.DataFrame, log: pd.DataFrame, last_seen: pd.DataFrame) -> pd.DataFrame:
    """The same, the next contact of a customer's latest entry only where the customer's cell leaves it room."""
    ids = customers["id"].to_numpy(object)
    cell = customers["next_contact"].to_numpy(_DAY)[said["customer"]]
    then = last_seen.drop_duplicates("id").set_index("id")["next_contact"].reindex(ids).to_numpy(_DAY)[said["customer"]]
    before = log.groupby("id")["at"].max().reindex(said["id"]).to_numpy("datetime64[s]")
    at = said["at"].to_numpy("datetime64[s]")
    latest = (at == said.groupby("id")["at"].transform("max").to_numpy("datetime64[s]")) & ~(before > at)
    rules = latest & (cell > at.astype(_DAY)) & ~(cell == then)
    return said.assign(next_contact=said["next_contact"].mask(rules))


def _activities(fresh: pd.DataFrame, inputs: Inputs) -> pd.DataFrame:
    owner = inputs.frames["Customers"]["owner"].to_numpy(object)[fresh["customer"]]
    days = fresh["at"].dt.strftime("%Y%m%d")
    ids = numbered(days + "-" + fresh["id"], inputs.frames["Activities"]["activity_id"])
    made = fresh.assign(activity_id=ids, owner=owner, note=fresh["text"], source=SOURCE)
    return made[list(TAKEN)].reset_index(drop=True)


def _completed(said: pd.DataFrame, log: pd.DataFrame) -> pd.DataFrame:
    """Of entries that got longer: the row of the log, the note and what that row leaves blank."""
    old = said[said["row"].notna().to_numpy()]
    was = log.set_index("row").reindex(old["row"].to_numpy(np.int64))
    told = {
        name: old[name].astype(object).where(was[name].isna().to_numpy() & old[name].notna().to_numpy(), None)
        for name in COMPLETED
    }
    made = pd.DataFrame({"row": old["row"].astype(np.int64), "note": old["text"], **told})
    return made.reset_index(drop=True)
