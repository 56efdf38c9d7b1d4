"""What callers type into the call list: rows of Activities to be, and what must wait in the list until it is put right."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import NamedTuple

import numpy as np
import pandas as pd

from funnelbook.book import codes, values
from funnelbook.book.decode import Inputs
from funnelbook.book.encode import row_keys
from funnelbook.book.locate import Located
from funnelbook.book.ports import ERROR_CODES
from funnelbook.book.schema import TABLES
from funnelbook.domain.dtypes import At, Objects
from funnelbook.results.call_words import clock_told, reader

# entry column of CallList -> column of Activities
CALL_ENTRIES = {
    "outcome": "outcome",
    "tier_after": "tier_after",
    "next_contact": "next_contact",
    "next_purpose": "next_purpose",
    "objection_entry": "objection",
    "remark": "note",
}
AMOUNT = "amount"  # becomes a row of Orders
ENTRIES = (*CALL_ENTRIES, AMOUNT)
ADDED = ("activity_id", "at", "id", "owner", "channel", *CALL_ENTRIES.values())
DRAFTED = ("order_id", "date", "id", "owner", "amount", "status")
_OF_ORDER = {"date", "id", "amount"}  # what the Orders table must have a column for


@dataclass(frozen=True)
class Fault:
    """Why a row of a call list waits: the cell that cannot be used, and the problem's code."""

    at: int  # position among the rows that wait
    column: str | None
    value: object
    code: str
    why: str = ""  # in words, of entry_refused


@dataclass(frozen=True)
class Entered:
    """Entries of a call list. `activities`: new rows of Activities (ADDED, typed as in Inputs), `orders`: of Orders (DRAFTED).

    `waiting`: rows of CallList that stay, their entries as typed; `faults`: why. `header_row`: where the list stands in its
    sheet, 0: nowhere.
    """

    activities: pd.DataFrame
    waiting: pd.DataFrame
    faults: Sequence[Fault]
    header_row: int = 0
    orders: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(DRAFTED)))


class Columns(NamedTuple):
    """The columns that the tables have which entries go into."""

    activities: Collection[str] = ()
    orders: Set[str] = frozenset()

    @classmethod
    def of(cls, located: Located) -> Columns:
        """Those of a workbook; of a table that cannot be read none."""
        there = {name: place.columns for name, place in located.places.items() if not place.lacks}
        return cls(there.get("Activities", ()), frozenset(there.get("Orders", ())))


def saved_on(saved: datetime | None, first: date, last: date) -> date | None:
    """The day, of this computer's clock as today is, on which what is typed into a list was saved; None where nobody knows or it lies
    outside of two days: when the list was made, and today."""
    day = saved.astimezone().date() if saved else None
    return day if day and first <= day <= last else None


def nothing_entered() -> Entered:
    """The Entered of a workbook without a call list."""
    blank = pd.DataFrame(columns=list(TABLES["CallList"].names))
    return held(blank, blank[list(ENTRIES)])


def held(standing: pd.DataFrame, entries: pd.DataFrame, why: str = "") -> Entered:
    """The Entered of a call list that is only looked back on, or that no table can take (`why`): everything typed waits."""
    rows = _typed(standing, entries)
    faults = [Fault(at, None, None, "entry_refused", why) for at in range(len(rows))] if why else []
    return Entered(pd.DataFrame(columns=list(ADDED)), rows, faults)


def entered(
    standing: pd.DataFrame, entries: pd.DataFrame, inputs: Inputs, columns: Columns, as_of: date, date1904: bool
) -> Entered:
    """The Entered of a call list as it stands: `standing` CallList, `entries` its entry columns as typed.

    A row becomes an activity of `as_of` by the list's person in the list's channel, and with an amount an order of that day too,
    or waits as a whole. Source: workbook.md CallList, desk.md 3, method E3.
    """
    rows = _typed(standing, entries)
    faults: list[Fault] = []  # by position in `rows`
    read: dict[str, list[object]] = {}
    for name, target in CALL_ENTRIES.items():
        parse, code = reader(name, inputs, as_of, date1904)
        cells = rows[name].tolist()
        found = [None if v is None else values.BAD if str(v) in ERROR_CODES else parse(v) for v in cells]
        faults += [Fault(i, name, v, code) for i, v in enumerate(cells) if found[i] is values.BAD]
        if target not in columns.activities:
            faults += [Fault(i, name, v, "entry_no_column") for i, v in enumerate(cells) if v is not None]
        read[target] = found
    amounts = [values.number(v) for v in rows[AMOUNT]]
    won = _won(read, inputs)
    for i, amount in enumerate(amounts):
        if amount is not None:
            code = _amount_fault(amount, won=won[i], columns=columns)
            faults += [Fault(i, AMOUNT, rows[AMOUNT][i], code)] if code else []
    known = rows["id"].isin(inputs.frames["Customers"]["id"])
    faults += [Fault(int(i), "id", rows["id"][i], "entry_customer") for i in np.flatnonzero(~known)]
    good = ~np.isin(np.arange(len(rows)), [fault.at for fault in faults])
    position = np.cumsum(~good) - 1
    if "next_purpose" in columns.activities:
        read["next_contact"], read["next_purpose"] = clock_told(read["next_contact"], read["next_purpose"])
    made = pd.DataFrame(read, dtype=object).assign(**{name: rows[name] for name in ("id", "person", "channel")})[good]
    activities = _activities(made.reset_index(drop=True), inputs, as_of)
    return Entered(
        activities,
        rows[~good].reset_index(drop=True),
        [replace(fault, at=int(position[fault.at])) for fault in faults],
        orders=_orders(activities, pd.Series(amounts, dtype=object)[good].to_numpy(object), inputs, as_of),
    )


def _won(read: Mapping[str, Sequence[object]], inputs: Inputs) -> list[bool]:
    """Which entries say that the customer bought: by the tier typed, else by the outcome."""
    outcomes = inputs.frames["Outcomes"]
    winning = {o for o, tier in zip(outcomes["outcome"], outcomes["tier_after"], strict=True) if tier == codes.WON}
    return [
        tier == codes.WON or (tier is None and outcome in winning)
        for tier, outcome in zip(read["tier_after"], read["outcome"], strict=True)
    ]


def _amount_fault(amount: object, *, won: bool, columns: Columns) -> str | None:
    """What is wrong with an amount typed."""
    if not isinstance(amount, float):
        return "bad_number"
    if amount <= 0:
        return "entry_amount"
    if not won:
        return "entry_not_won"
    return None if columns.orders >= _OF_ORDER else "entry_no_orders"


def _typed(standing: pd.DataFrame, entries: pd.DataFrame) -> pd.DataFrame:
    """Rows of CallList in which something was typed, entry columns as typed."""
    there = entries.notna().any(axis=1).to_numpy()
    return standing.drop(columns=list(ENTRIES)).join(entries)[there].reset_index(drop=True)


def _activities(made: pd.DataFrame, inputs: Inputs, as_of: date) -> pd.DataFrame:
    """Rows of Activities from entries that were read, each after what was done with the customer that day already."""
    customers = inputs.frames["Customers"].drop_duplicates("id").set_index("id")["owner"]
    known = inputs.frames["Activities"]
    today = known[known["at"].to_numpy("datetime64[D]") == np.datetime64(as_of, "D")].groupby("id")["at"].max()
    at = today.reindex(made["id"].to_numpy(object)).fillna(pd.Timestamp(as_of)).to_numpy("datetime64[s]")
    owner = made["person"].fillna(made["id"].map(customers)) if len(made) else made["person"]
    ids = activity_ids(made["id"], as_of, known["activity_id"])
    frame = made.assign(activity_id=ids, at=at, owner=owner, next_contact=pd.to_datetime(made["next_contact"]))
    return frame[list(ADDED)]


def activity_ids(customers: pd.Series, as_of: date, taken: Collection[str]) -> list[str]:
    """A new id for an activity of each customer on a day: 20260603-K0001, the second of that day 20260603-K0001-2."""
    return numbered([f"{as_of:%Y%m%d}-{customer}" for customer in customers], taken)


def numbered(stems: Iterable[str], taken: Collection[str], *, always: bool = False) -> list[str]:
    """Each of the stems, with a number where it is taken or given already; `always`: the first one has its number too."""
    used = set(taken)
    ids: list[str] = []
    for stem in stems:
        number = 1
        name = f"{stem}-1" if always else stem
        while name in used:
            number += 1
            name = f"{stem}-{number}"
        used.add(name)
        ids.append(name)
    return ids


def _orders(activities: pd.DataFrame, amounts: Objects, inputs: Inputs, as_of: date) -> pd.DataFrame:
    """Rows of Orders from activities with an amount."""
    sold = np.array([amount is not None for amount in amounts], dtype=bool)
    made = activities.loc[sold, ["id", "owner"]].reset_index(drop=True)
    frame = made.assign(
        order_id=order_ids(made["id"], as_of, inputs.frames["Orders"]["order_id"].dropna()),
        date=pd.Timestamp(as_of),
        amount=amounts[sold].astype(float),
        status="valid",
    )
    return frame[list(DRAFTED)]


def order_ids(customers: pd.Series, as_of: date, taken: Collection[str]) -> list[str]:
    """A new number for an order of each customer on a day: 20260520-K0001-1, the second of that day 20260520-K0001-2."""
    return numbered([f"{as_of:%Y%m%d}-{customer}" for customer in customers], taken, always=True)


def with_entered(inputs: Inputs, made: Entered) -> Inputs:
    """The inputs as they are once what was entered stands in Activities and Orders."""
    return _with_orders(_with_activities(inputs, made.activities), made.orders)


def _with_activities(inputs: Inputs, added: pd.DataFrame) -> Inputs:
    """The inputs as they are once `added` stands below the Activities table."""
    if added.empty:
        return inputs
    # as the day alone, which is what is read from the cells once it stands there
    added = added.assign(next_contact=pd.to_datetime(added["next_contact"]).dt.normalize())
    table = inputs.frames["Activities"]
    last = table["row"].max() if len(table) else inputs.header_rows.get("Activities", 0)
    below = added.assign(row=last + 1 + np.arange(len(added)))
    flags = {name: False for name in map(str, table) if table[name].dtype == bool}
    new = below.reindex(columns=table.columns).assign(**flags).astype(table.dtypes.to_dict())
    frames = inputs.frames | {"Activities": pd.concat([table, new], ignore_index=True)}
    return replace(inputs, frames=frames, present=inputs.present | {"Activities"})


def _with_orders(inputs: Inputs, added: pd.DataFrame) -> Inputs:
    """The inputs as they are once `added` stands below the Orders table."""
    if added.empty:
        return inputs
    table = inputs.frames["Orders"]
    last = table["row"].max() if len(table) else inputs.header_rows.get("Orders", 0)
    new = added.assign(row=last + 1 + np.arange(len(added))).reindex(columns=table.columns)
    orders = pd.concat([table, new.astype(table.dtypes.to_dict())], ignore_index=True)
    return replace(inputs, frames=inputs.frames | {"Orders": orders}, present=inputs.present | {"Orders"})


def with_waiting(listed: pd.DataFrame, waiting: pd.DataFrame) -> tuple[pd.DataFrame, At]:
    """The new call list with the entries that wait, and the row (from 0) each of them stands in.

    Those of customers no longer listed end their person's list.
    """
    if waiting.empty:
        return listed, np.zeros(0, dtype=int)
    columns, typed = list(listed.columns), list(ENTRIES)
    new = listed.astype(dict.fromkeys(typed, object)).assign(waits=-1)
    place = {key: i for i, key in enumerate(row_keys(TABLES["CallList"], listed))}
    gone: list[int] = []
    for i, key in enumerate(row_keys(TABLES["CallList"], waiting)):
        at = place.pop(key, None)  # a second entry for the same customer is a row of its own
        if at is None:
            gone.append(i)
        else:
            new.loc[at, typed] = waiting[typed].iloc[i].tolist()
            new.loc[at, "waits"] = i
    below = waiting.iloc[gone].assign(rank=np.nan, waits=gone)
    rows = pd.concat([new, below], ignore_index=True) if gone else new
    rows = rows.assign(at=pd.factorize(rows["person"])[0]).sort_values("at", kind="stable", ignore_index=True)
    waits = rows["waits"].to_numpy(int)
    stands = np.flatnonzero(waits >= 0)
    return rows[columns], stands[np.argsort(waits[stands])]
