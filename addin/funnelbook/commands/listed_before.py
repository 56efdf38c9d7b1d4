"""Who in a list is a customer already, or stands in it before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from funnelbook.book.labels import normalise
from funnelbook.book.schema import TABLES
from funnelbook.domain import phone, similar
from funnelbook.domain.dtypes import At

_NOT_SAID = ("id", "row")  # what a list need not say of a customer


def same_phone(known: pd.DataFrame, listed: pd.DataFrame, country: str) -> At:
    """By row of a list, the position of the first known customer with one of its phones, -1 for none."""
    of: dict[str, int] = {}
    for at, said in enumerate(known["phone"]):
        for one in _numbers(said, country):
            of.setdefault(one, at)
    first = [min((of[one] for one in _numbers(said, country) if one in of), default=-1) for said in listed["phone"]]
    return np.array(first, dtype=np.intp)


def same_email(known: pd.DataFrame, listed: pd.DataFrame) -> At:
    """By row of a list, the position of the first known customer with its e-mail, -1 for none."""
    return _first(_folded(known["email"]).to_frame(), _folded(listed["email"]).to_frame())


def same_name(known: pd.DataFrame, listed: pd.DataFrame) -> At:
    """By row of a list, the position of the known customer whose name it repeats, nearly or wholly; -1 for none."""
    names = pd.concat([known["name"], listed["name"]], ignore_index=True)
    same = similar.repeats(names)[len(known) :]
    return np.where(same < len(known), same, -1)


def same_in_all(known: pd.DataFrame, listed: pd.DataFrame, columns: Iterable[str]) -> At:
    """By row of a list, the position of the first known customer of whom all is true that it says, its name first; -1 for none.

    `columns`: those that the customers have; a name is too short to say alone who is meant, so the rest has to be the same.
    """
    known, listed = _plain(known, columns), _plain(listed, columns)
    said = listed.notna().to_numpy()
    found = np.full(len(listed), -1, dtype=np.intp)
    patterns, of = np.unique(said, axis=0, return_inverse=True)
    for i, pattern in enumerate(patterns):
        names = listed.columns[pattern]
        if "name" in names:
            rows = np.flatnonzero(of.ravel() == i)
            found[rows] = _first(known[names], listed[names].iloc[rows])
    return found


def equal(listed: pd.DataFrame) -> At:
    """By row of a list, the position of an earlier one that says the same in all columns; -1 for none."""
    plain = _plain(listed, TABLES["Customers"].names)
    return _earlier(_first(plain, plain))


def earlier(listed: pd.DataFrame, country: str) -> tuple[At, At]:
    """By row of a list, the position of an earlier one with its phone or e-mail, and of one that says the same in all; -1 for none."""
    by_phone = _earlier(same_phone(listed, listed, country))
    by_email = _earlier(same_email(listed, listed))
    return np.where(by_phone >= 0, by_phone, by_email), equal(listed)


def _earlier(same: At) -> At:
    return np.where(same < np.arange(len(same)), same, -1)


def _first(known: pd.DataFrame, listed: pd.DataFrame) -> At:
    """By row, the first known row that is the same in each column; -1 for none, and for rows of blanks."""
    names = [*listed.columns]
    both = pd.concat([known[names], listed[names]], ignore_index=True)
    codes = pd.DataFrame({name: pd.factorize(both[name].to_numpy(object))[0] for name in names})
    whole = codes.groupby(names, sort=False).ngroup().to_numpy()
    first = pd.Series(np.arange(len(known))).groupby(whole[: len(known)]).first()
    found = pd.Series(whole[len(known) :]).map(first).fillna(-1).to_numpy(np.intp)
    return np.where(listed.notna().any(axis=1).to_numpy(), found, -1)


def _plain(frame: pd.DataFrame, columns: Iterable[str]) -> pd.DataFrame:
    """Columns of customers as they are compared; a flag that is not set says nothing."""
    names: Sequence[str] = [
        name for name in TABLES["Customers"].names if name in set(columns) and name not in _NOT_SAID
    ]
    cells = {name: frame[name].astype(object).where(frame[name].notna(), None) for name in names}
    cells = {
        name: column.where(~column.isin([False]), None) if frame[name].dtype == bool else column
        for name, column in cells.items()
    }
    return pd.DataFrame(cells | {"name": frame["name"].map(normalise, na_action="ignore").astype(object)}, dtype=object)


def _folded(column: pd.Series) -> pd.Series:
    return (
        column.astype(object)
        .where(column.notna(), None)
        .map(lambda text: str(text).strip().casefold(), na_action="ignore")
    )


def _numbers(said: object, country: str) -> list[str]:
    return phone.every(said, country) if isinstance(said, str) else []
