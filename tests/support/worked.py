"""Tiny tables as text, so that a test shows its input."""

from __future__ import annotations

import pandas as pd

from funnelbook.domain.tiers import Tiers

TIERS = Tiers.default()
_DATES = {"at", "date", "created", "closed", "as_of", "from", "to", "start"}
_NUMBERS = {"planned", "weight", "month", "factor", "capacity", "revision", "orders", "amount", "margin"}


def rows(text: str, columns: str = "") -> pd.DataFrame:
    """A frame from `a | b` lines, the first one the header; `-` is blank. `columns` adds blank ones."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    head, body = lines[0], lines[1:]
    frame = pd.DataFrame([[None if c in ("-", "") else c for c in row] for row in body], columns=head, dtype=object)
    for name in columns.split():
        if name not in frame:
            frame[name] = None
    for name in frame:
        if name in _DATES:
            frame[name] = pd.to_datetime(frame[name], format="ISO8601")
        elif name in _NUMBERS:
            frame[name] = pd.to_numeric(frame[name])
    return frame


def customers(text: str) -> pd.DataFrame:
    frame = rows(text, "id owner tier created closed")
    return frame.assign(tier=TIERS.encode(frame["tier"]))


def activities(text: str) -> pd.DataFrame:
    frame = rows(text, "at id owner tier_after")
    return frame.assign(tier_after=TIERS.encode(frame["tier_after"]))


def orders(text: str) -> pd.DataFrame:
    return rows(text, "date id owner")
