"""Numbers that were left beside other rows, as by a sort that did not take their column along, given back to their customers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from funnelbook.book import values
from funnelbook.book.arrays import through
from funnelbook.domain.dtypes import Flags, Objects

GIVEN = ("id", "name", "phone")  # a number and whom it was given to
_SAYING = {"name": ("name", "contact"), "phone": ("phone", "email")}  # by what a customer is known again


@dataclass(frozen=True)
class Returned:
    """`ids`: of each row, None where one is to be made. `moved`: which rows have another than stood beside them; `strangers`: which
    of these are nobody's who had one."""

    ids: Objects
    moved: Flags
    strangers: Flags = field(default_factory=lambda: np.zeros(0, dtype=bool))


def whom(raw: dict[str, Objects], ids: Objects) -> pd.DataFrame:
    """GIVEN of rows as they stand: texts, "" where blank."""
    said = {name: _first(raw, of, len(ids)) for name, of in _SAYING.items()}
    return pd.DataFrame({"id": through(ids, values.identifier)[0], **said})


def returned(rows: pd.DataFrame, given: pd.DataFrame) -> Returned:
    """The Returned of `rows` (GIVEN), by whom the numbers were `given` to (GIVEN).

    A row is known again by name and phone, then by one of them where it tells only one customer; one that was corrected keeps its
    number, so does one that says somebody new as long as no other row moved. One without a number, as one that was cut from elsewhere,
    is not known by its name if it has a phone. Rows that say the same share their numbers in order.
    """
    ids = rows["id"].to_numpy(object)
    was = given.drop_duplicates("id").set_index("id").reindex(ids)
    same = {name: (rows[name].to_numpy(object) == was[name].to_numpy(object)) for name in _SAYING}
    settled = same["name"] & same["phone"]
    known = pd.notna(ids) & np.isin(ids, given["id"].to_numpy(object))
    blank = pd.isna(ids)
    if not ((known & ~settled) | blank).any():
        return Returned(ids, np.zeros(len(ids), dtype=bool))
    found = ids.copy()
    open_ = (known | blank) & ~settled
    found[open_] = None
    for names in (["name", "phone"], ["phone"], ["name"]):
        if names == ["phone"]:  # what was corrected where it stands
            kept = open_ & known & (_said(rows, "name", same) | _said(rows, "phone", same))
            kept &= pd.isna(found) & ~np.isin(ids, found[pd.notna(found)])
            found[kept] = ids[kept]
        new = blank & (rows["phone"] != "").to_numpy() & (names == ["name"])  # of the same name, and has another phone
        _find(found, rows[~new], given, names)
    others = open_ & known & np.isin(ids, ids[settled])  # typed beside a number that went elsewhere
    if not (open_ & pd.notna(found) & (found != ids)).any() and not others.any():
        return Returned(ids, np.zeros(len(ids), dtype=bool))
    changed = found != ids
    return Returned(found, changed, changed & pd.isna(found))


def remembered(given: pd.DataFrame) -> pd.DataFrame:
    """GIVEN as it was read back, blanks as texts."""
    texts = {name: through(given[name].to_numpy(object), values.text)[0] for name in GIVEN}
    return pd.DataFrame(texts).fillna("")


def _find(found: Objects, rows: pd.DataFrame, given: pd.DataFrame, names: list[str]) -> None:
    """Puts into `found`, at the index of rows, the free numbers of those whom rows without one say, by all `names`."""
    left = rows[pd.isna(found[rows.index]) & (rows[names] != "").any(axis=1).to_numpy()]
    free = given[~given["id"].isin(found[pd.notna(found)]).to_numpy() & (given[names] != "").any(axis=1).to_numpy()]
    if len(names) == 1:
        left, free = (of[~of.duplicated(names, keep=False).to_numpy()] for of in (left, free))
    there, here = (of.assign(nth=of.groupby(names).cumcount()) for of in (free, left))
    keys = [*names, "nth"]
    met = here[keys].reset_index(names="at").merge(there[["id", *keys]], on=keys)
    found[met["at"].to_numpy(np.intp)] = met["id"].to_numpy(object)


def _said(rows: pd.DataFrame, name: str, same: dict[str, Flags]) -> Flags:
    return same[name] & (rows[name] != "").to_numpy()


def _first(raw: dict[str, Objects], names: Sequence[str], size: int) -> Objects:
    """The texts of the first of some columns that is there."""
    name = next((name for name in names if name in raw), None)
    if name is None:
        return np.full(size, "", dtype=object)
    texts = through(raw[name], values.text)[0]
    return np.where(pd.isna(texts), "", texts)
