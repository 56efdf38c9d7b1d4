"""What an import writes: new calls, and blank cells of calls that are there filled with what a later export tells."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

import numpy as np
import pandas as pd

from funnelbook.book.edit import table_edit
from funnelbook.book.place import Place
from funnelbook.book.ports import Book, TableEdit
from funnelbook.commands.call_log.joined_legs import FILLED


def complete(seen: pd.DataFrame, completed: pd.DataFrame, calls: pd.DataFrame, at: np.ndarray) -> None:
    """Notes what calls tell that those of `seen` at `at` leave blank; those that are new themselves are completed there."""
    for name in FILLED:
        told, blank = calls[name].to_numpy(object), seen[name].isna().to_numpy()[at]
        fill = blank & ~pd.isna(told)
        if not fill.any():
            continue
        filled = seen[name].astype(object)
        filled.iloc[at[fill]] = told[fill]
        seen[name] = filled.astype(seen[name].dtype)
        mine = fill & (at < len(completed))
        completed.loc[at[mine], name] = told[mine]


def call_edits(
    book: Book, place: Place, language: str, added: pd.DataFrame, completed: pd.DataFrame, waiting: Set[str]
) -> tuple[list[TableEdit], int]:
    """What adds calls and fills blank cells of those that are there, and how many of these it is. A cell that holds anything stays.

    `waiting`: words of a phone system that stand as outcomes until somebody says what they mean; they are as good as blank.
    """
    grid = book.grid(place.sheet)
    cells: dict[tuple[int, int], object] = {}
    for name in FILLED:
        there = completed[completed[name].notna()][["row", name]]
        if name not in place.columns or not len(there):
            continue
        column = place.columns[name]
        open_ = {None, "", *(waiting if name == "outcome" else ())}
        blank = [len(grid[row - 1]) < column or _plain(grid[row - 1][column - 1]) in open_ for row in there["row"]]
        if len(there := there[blank]):
            typed = there.assign(**{name: pd.Series(there[name].tolist(), index=there.index)})
            cells |= table_edit(book, place, language, changed=typed).cells
    edits = [table_edit(book, place, language, added=_filled(added))] if len(added) else []
    if cells:
        rows = edits[0] if edits else table_edit(book, place, language)
        edits = [replace(rows, cells=cells)]
    return edits, len({row for row, _ in cells})


def _plain(cell: object) -> object:
    return cell.strip() if isinstance(cell, str) else cell


def _filled(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame without the columns that hold nothing: no cell is written for them."""
    empty = [name for name in frame if frame[name].isna().all() or frame[name].map(lambda v: v is False).all()]
    return frame.drop(columns=empty)
