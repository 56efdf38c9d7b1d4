"""Two copies of a table that both went on from a common base, brought together cell by cell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from funnelbook.domain.dtypes import Flags


@dataclass(frozen=True)
class Merge:
    """What bringing `theirs` into `ours` comes to.

    `take`, `conflicts`: (key, column) of cells only they changed, and of cells both changed to different values; `added`: keys
    new in theirs; `gone`: keys they changed that are no more in ours.
    """

    take: list[tuple[str, str]]
    conflicts: list[tuple[str, str]]
    added: list[str]
    gone: list[str]


def merge(base: pd.DataFrame, ours: pd.DataFrame, theirs: pd.DataFrame) -> Merge:
    """The Merge of three copies: frames of texts ("" for blank) with unique keys as index and the same columns.

    A row that only one side added or removed is that side's affair: what they removed stays in ours.
    """
    known = theirs.index.intersection(base.index)
    new = theirs.index.difference(base.index, sort=False)
    blank = pd.DataFrame("", index=new, columns=base.columns)  # a row both sides added started from nothing
    before = pd.concat([base.loc[known], blank])
    after = theirs.loc[before.index, base.columns]
    now = ours.reindex(before.index)[base.columns]
    there = before.index.isin(ours.index)
    b, t, o = (frame.to_numpy(object) for frame in (before, after, now))
    changed = (t != b) & there[:, None]
    differs = changed & (o != b) & (o != t)
    gone = before.index[(t != b).any(axis=1) & ~there & before.index.isin(known)]
    return Merge(
        _cells(before, changed & (o == b)), _cells(before, differs), list(new[~new.isin(ours.index)]), list(gone)
    )


def _cells(frame: pd.DataFrame, mask: Flags) -> list[tuple[str, str]]:
    rows, columns = frame.index.tolist(), frame.columns.tolist()
    return [(rows[i], columns[j]) for i, j in np.argwhere(mask)]
