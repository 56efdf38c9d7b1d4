"""Customers who must not be called again by what stands beside them: their tier, their notes, the day of the next contact."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import NamedTuple

import numpy as np
import pandas as pd

from funnelbook.book import codes, values
from funnelbook.book.arrays import through
from funnelbook.book.labels import normalise
from funnelbook.book.note_columns import Column
from funnelbook.book.problems import Problems
from funnelbook.book.refusals import forbids, refuses
from funnelbook.book.state_columns import SPARED
from funnelbook.domain.dtypes import At, Flags, Objects
from funnelbook.words import typed


class Spared(NamedTuple):
    """Who is not to be called by anything but do_not_call itself, and who by his next contact."""

    every: Flags
    by_next: Flags


def spared(raw: dict[str, Objects], row: At, further: Iterable[Column], header: str, problems: Problems) -> Spared:
    """The Spared of customers; what notes and next contacts say of them is told with how many they are.

    `raw`: cells by column; `further`: columns of notes beside the note; `header`: that of do_not_call, where only
    words that one may call answer what a note says: exports fill a plain No everywhere. Source: ownbooks.md 1.
    """
    none = np.zeros(len(row), dtype=bool)
    tier = _saying(raw.get("tier"), forbids, none) | (raw.get(SPARED, none) == True)  # noqa: E712 (elementwise)
    noted = _saying(raw.get("note"), refuses, none)
    for column in further:
        said = _saying(column.texts, refuses, np.zeros(len(column.rows), dtype=bool))
        noted = noted | np.isin(row, column.rows[said])
    if noted.any() and (asked := raw.get("do_not_call")) is not None:
        flag = through(asked, says_spared(header))[0]
        noted &= ~through(asked, codes.says_may_call)[0].astype(bool) & (flag != True)  # noqa: E712 (elementwise)
    following = _saying(raw.get("next_contact"), never_next, none)
    for code, name, at in (("note_spares", "note", noted), ("next_spares", "next_contact", following)):
        cells = raw.get(name)
        problems.add("Customers", name, code, row[at], None if cells is None else cells[at], count=int(at.sum()))
    return Spared(tier | noted | following, following)


def note_forbids(calls: pd.DataFrame) -> Flags:
    """Which calls (note, source) say in their own note that the customer must not be called again.

    An entry of the customer's note does not count: its outcome says so, and may have been corrected.
    """
    notes = calls["note"].mask((calls["source"] == codes.NOTE).to_numpy(bool))
    return notes.isin([text for text in pd.unique(notes.dropna()) if refuses(text)]).to_numpy(bool)


def says_spared(header: str) -> Callable[[object], object]:
    """How the cells below a header are read that say who is not to be called, or who may be."""
    asks = normalise(header) in codes.MAY_CALL_COLUMNS
    return _may_not_call if asks else partial(values.flag, yes=codes.DO_NOT_CALL, no=codes.MAY_CALL)


def _may_not_call(cell: object) -> object:
    """Whether a customer is not to be called, by a cell that says whether one may."""
    said = values.flag(cell, yes=codes.CAN_CALL, no=codes.CANNOT_CALL)
    return not said if isinstance(said, bool) else said


def never_next(cell: object) -> bool:
    """Whether a cell says of the next contact that there is to be none."""
    return codes.says_do_not_call(cell) or (
        isinstance(cell, str) and (normalise(cell) in _spelt("no_next") or refuses(cell))
    )


def is_open(text: str) -> bool:
    """Whether a text says of the next contact only that its day is not known yet."""
    return normalise(text) in _spelt("no_day_yet")


def _saying(cells: Objects | None, says: Callable[[object], bool], none: Flags) -> Flags:
    return none if cells is None else through(cells, says)[0].astype(bool)


@cache
def _spelt(key: str) -> frozenset[str]:
    return frozenset(map(normalise, typed(key)))
