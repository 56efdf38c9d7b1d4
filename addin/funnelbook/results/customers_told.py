"""Cells of Customers that a refresh brings up to date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pandas as pd


class Lower(NamedTuple):
    """A customer whose tier is set lower, or to Lost: the tiers as codes."""

    name: str
    was: str
    now: str


@dataclass(frozen=True)
class Told:
    """`cells`: by column of Customers the new values, by position of the customer (tiers as codes); `locked`: how many customers
    have cells that a protected sheet does not let be set; `lower`: whose tiers fall."""

    cells: Mapping[str, pd.Series] = field(default_factory=dict)
    locked: int = 0
    lower: Sequence[Lower] = ()

    @property
    def customers(self) -> int:
        """How many have a cell that is set."""
        parts = [of.index.to_numpy() for of in self.cells.values()]
        return len(np.unique(np.concatenate(parts))) if parts else 0
