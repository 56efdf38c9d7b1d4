"""From the Pool (公海) into the tables: every decision that still fits its customer is carried out, the others wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from funnelbook.book import codes, values
from funnelbook.book.labels import normalise
from funnelbook.book.schema import TABLES
from funnelbook.domain.dtypes import Objects
from funnelbook.results.call_entries import Fault
from funnelbook.results.handing_over import handed_over, with_handed_over
from funnelbook.results.pool_cases import PoolCases, pool_cases
from funnelbook.results.pool_entries import DECISION, GIVE, KEEP, TAKE
from funnelbook.results.pool_history import with_decided
from funnelbook.results.pool_takers import can_take
from funnelbook.results.situation import Situation

CHANGED = "pool_changed"


def decisions(rows: pd.DataFrame) -> Objects:
    """The decision of each row of a TypedPool; None where it is not understood."""
    known = codes.code_of(TABLES["Pool"].by_name[DECISION].codes or "")
    return np.array([known.get(normalise(values.text(cell) or "")) for cell in rows[DECISION]], dtype=object)


def faults(situation: Situation, cases: PoolCases, rows: pd.DataFrame) -> Sequence[Fault]:
    """Why decisions cannot be carried out, by their place in `rows`: what was decided is not understood, nobody who works is named
    to give a customer to, or he does not stand in the pool any more as he stood when it was decided; keeping never harms.
    """
    decided = decisions(rows)
    listed = situation.customers.iloc[cases.listed["at"]]
    now = pd.Series(listed["owner"].to_numpy(object), index=listed["id"].to_numpy(object))
    owner = rows["id"].map(now)
    same = rows["id"].isin(now.index) & ((rows["owner"] == owner) | (rows["owner"].isna() & owner.isna()))
    known = rows["id"].isin(situation.customers["id"]) & ~rows["id"].duplicated()
    working = np.array(situation.people, dtype=object)[can_take(situation)]
    to = rows["proposed_owner"]
    unfit = (decided == GIVE) & (~to.isin(working) | (to == rows["owner"])).to_numpy()
    found = {
        "unknown_word": (pd.isna(decided), DECISION),
        CHANGED: (~(known & (same | (decided == KEEP))).to_numpy(bool), DECISION),
        "pool_nobody": (unfit, "proposed_owner"),
    }
    first: dict[int, Fault] = {}
    for code, (wrong, column) in found.items():
        for at in np.flatnonzero(wrong):
            first.setdefault(int(at), Fault(int(at), column, rows[column].iloc[at], code))
    return [first[at] for at in sorted(first)]


def carried_out(situation: Situation) -> Situation:
    """The workbook once what was typed into its Pool is done, as far as it can be; the `typed_pool` says what changes and what waits.

    Taken in: nobody has the customer; given: the proposed owner, as the row says, has; kept: nothing changes, and days and tries count
    anew. Each is a row of PoolHistory. Past results stay with the old owner, as when customers are handed over.
    """
    rows = situation.typed_pool.waiting
    if rows.empty:
        return situation
    wait = np.isin(np.arange(len(rows)), [fault.at for fault in faults(situation, pool_cases(situation), rows)])
    done, decided = rows[~wait].reset_index(drop=True), decisions(rows)[~wait]
    going = decided != KEEP
    to = np.where(decided == GIVE, done["proposed_owner"].to_numpy(object), np.array(None))
    at = pd.Index(situation.customers["id"]).get_indexer(pd.Index(done["id"]))
    changes = handed_over(situation.inputs, at[going], to[going])
    new = pd.DataFrame(
        {
            "at": np.full(len(done), np.datetime64(situation.as_of, "s")),
            "id": done["id"],
            "decision": decided,
            "owner": done["owner"],
            "new_owner": np.where(decided == KEEP, done["owner"].to_numpy(object), to),
            "reason": done["reason"],
        }
    )
    given = pd.Series(to[decided == GIVE], dtype=object).value_counts(sort=False)
    return replace(
        situation,
        inputs=replace(situation.inputs, frames=with_handed_over(situation.inputs, changes)),
        pool_history=with_decided(situation.pool_history, new),
        typed_pool=replace(
            situation.typed_pool,
            waiting=rows[wait].reset_index(drop=True),
            changes=changes,
            taken=int((decided == TAKE).sum()),
            kept=int((decided == KEEP).sum()),
            given={str(person): int(count) for person, count in given.items()},
        ),
    )
