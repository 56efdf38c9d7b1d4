"""What a refresh changes in the input tables, as edits of the workbook: calls, orders, targets, owners, customers' cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from funnelbook.book import codes
from funnelbook.book.column_edits import column_edits
from funnelbook.book.edit import table_edit
from funnelbook.book.locate import Located
from funnelbook.book.ports import Book, TableEdit

if TYPE_CHECKING:  # modules of results find each other by name: the first of them is not to be imported from here
    from funnelbook.results.situation import Situation
    from funnelbook.results.targeting import Change


def logged_edits(book: Book, located: Located, situation: Situation, new: pd.DataFrame) -> list[TableEdit]:
    """The edit that puts new rows below Activities, what has no column left out, and completes those that notes say more of."""
    log, longer = located.places["Activities"], situation.noted.completed
    cells: dict[tuple[int, int], object] = {}
    for name in (name for name in map(str, longer) if name != "row" and name in log.columns):
        there = longer.loc[longer[name].notna(), ["row", name]]
        typed = pd.DataFrame({"row": there["row"], name: pd.Series(there[name].tolist(), index=there.index)})
        cells |= table_edit(book, log, situation.language, changed=typed).cells
    edit = table_edit(book, log, situation.language, added=new[[name for name in new if name in log.columns]])
    return [replace(edit, cells=cells)]


def ordered_edits(book: Book, located: Located, situation: Situation, new: pd.DataFrame) -> list[TableEdit]:
    """The edit that puts drafted orders below Orders."""
    orders = located.places["Orders"]
    return [table_edit(book, orders, situation.language, added=new[[name for name in new if name in orders.columns]])]


def told_edits(book: Book, located: Located, situation: Situation) -> list[TableEdit]:
    """The edit that brings cells of Customers up to date."""
    rows = situation.customers["row"].to_numpy()
    edits = [
        table_edit(
            book,
            located.places["Customers"],
            situation.language,
            changed=pd.DataFrame({"row": rows[of.index], name: of.to_numpy()}),
        )
        for name, of in situation.told.cells.items()
    ]
    return [replace(edits[0], cells={at: v for edit in edits for at, v in edit.cells.items()})] if edits else []


def owner_edits(book: Book, located: Located, changes: Mapping[str, pd.DataFrame], language: str) -> list[TableEdit]:
    """The edits by which rows of input tables get another owner; where a sheet says whose customers are, nobody's are told in a word."""
    edits: list[TableEdit] = []
    for name, rows in changes.items():
        place = located.places.get(name)
        if place is None or rows.empty:
            continue
        nobody = codes.nobody(language) if place.parts else None
        said = rows.assign(owner=rows["owner"].where(rows["owner"].notna(), nobody))
        edits += column_edits(book, place, "owner", said, language)
    return edits


def target_edits(book: Book, located: Located, change: Change, language: str) -> list[TableEdit]:
    """The edit that makes a change of the Targets table, if there is any."""
    if change.changed.empty and change.added.empty:
        return []
    return [table_edit(book, located.places["Targets"], language, changed=change.changed, added=change.added)]
