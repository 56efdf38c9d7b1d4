"""Targets of the period for the team and each person, and what they have won so far."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

MEASURES = ("orders", "amount", "margin")


@dataclass(frozen=True)
class Goals:
    """Per measure (orders, amount, margin) an array over the team and the people; NaN where there is no target."""

    target: dict[str, np.ndarray]
    won: dict[str, np.ndarray]
    agreed: np.ndarray  # whether the row's target is agreed (True where there is none)
    problems: pd.DataFrame

    @property
    def gap(self) -> np.ndarray:
        """Orders still to win, never below 0; NaN without a target."""
        return np.maximum(self.target["orders"] - self.won["orders"], 0.0)
