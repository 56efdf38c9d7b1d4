"""Cells of Customers that a refresh brings up to date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class Told:
    """`cells`: by column of Customers the new values, by position of the customer (tiers as codes); `locked`: how many customers
    have cells that a protected sheet does not let be set."""

    cells: Mapping[str, pd.Series] = field(default_factory=dict)
    locked: int = 0

    @property
    def customers(self) -> int:
        """How many have a cell that is set."""
        parts = [of.index.to_numpy() for of in self.cells.values()]
        return len(np.unique(np.concatenate(parts))) if parts else 0
