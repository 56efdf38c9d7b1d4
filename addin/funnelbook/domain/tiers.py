"""The tiers of the funnel, lowest first, and the codes the calculation uses for them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from funnelbook.domain.dtypes import Numbers, Objects

WON, LOST = "Won", "Lost"
NONE = -1
FEWEST, MOST = 2, 12

_DEFAULTS: dict[str, tuple[str, str, float, float, float]] = {
    # code: name, definition, rate, dwell_days, cadence_days (method D1, workbook.md Tiers)
    "E": ("潜在客户", "符合目标客户条件，还没有联系上", 0.5, 14, 14),
    "D": ("联系客户", "已接通，愿意继续沟通", 0.4, 10, 7),
    "C": ("认同客户", "认同产品，需求和决策人已明确", 0.5, 10, 5),
    "B": ("意向客户", "有购买意向，已报价或在谈条件", 0.6, 7, 3),
    "A": ("准备购买", "决定购买，只差办手续", 0.8, 5, 2),
}
_MINUTES = 5.0
_FALLBACK_RATE, _FALLBACK_DWELL, _FALLBACK_CADENCE = 0.5, 10.0, 7.0


class BadTiers(ValueError):
    """Why tiers cannot make a funnel: `code` tiers_count (fields count, fewest, most) or tier_twice (field tier)."""

    def __init__(self, code: str, **fields: object) -> None:
        super().__init__(code, fields)
        self.code, self.fields = code, fields


@dataclass(frozen=True)
class Tiers:
    """The funnel's tiers from the least to the most likely to buy. Source: numbers.md 1.

    Everywhere in the calculation a tier is an int8: 0 .. n-1 from the lowest, n is Won, n+1 is Lost, -1 is none.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    definitions: tuple[str, ...]
    advice: tuple[str, ...]
    rate: Numbers = field(compare=False)
    dwell_days: Numbers = field(compare=False)
    cadence_days: Numbers = field(compare=False)
    minutes: Numbers = field(compare=False)

    @property
    def n(self) -> int:
        return len(self.codes)

    @property
    def won(self) -> int:
        return self.n

    @property
    def lost(self) -> int:
        return self.n + 1

    @property
    def labels(self) -> tuple[str, ...]:
        """Codes by number: the tiers, then Won and Lost."""
        return (*self.codes, WON, LOST)

    def encode(self, values: Objects | pd.Series) -> NDArray[np.int8]:
        """int8 numbers of tier codes; -1 for blanks and for what is not a code."""
        number = {label: i for i, label in enumerate(self.labels)}
        codes, uniques = pd.factorize(pd.Series(values, dtype=object))
        table = np.array([*(number.get(value, NONE) for value in uniques), NONE], dtype=np.int8)
        return table[codes]

    def decode(self, numbers: object) -> Objects:
        """Tier codes (object array) of numbers; None for -1."""
        return np.array([*self.labels, None], dtype=object)[np.asarray(numbers, dtype=np.intp)]

    @classmethod
    def default(cls) -> Tiers:
        """The five tiers of the method: E D C B A."""
        return cls.from_frame(pd.DataFrame({"code": list(_DEFAULTS)}))

    @classmethod
    def from_frame(cls, frame: pd.DataFrame) -> Tiers:
        """Tiers of a Tiers table (columns code; order, name, definition, rate, dwell_days, cadence_days, minutes, advice optional).

        Sorted by `order`, rows without one last and as they stand. Blank cells take the default of that code.
        BadTiers says what is wrong when there are fewer than 2 or more than 12 tiers or a code stands twice.
        """
        frame = frame[frame["code"].notna()].reset_index(drop=True)
        if "order" in frame:
            frame = frame.sort_values("order", kind="stable", na_position="last")
        codes = tuple(map(str, frame["code"]))
        if not FEWEST <= len(codes) <= MOST:
            raise BadTiers("tiers_count", count=len(codes), fewest=FEWEST, most=MOST)
        if len(set(codes)) < len(codes):
            twice = next(code for code in codes if codes.count(code) > 1)
            raise BadTiers("tier_twice", tier=twice)
        known = [_DEFAULTS.get(code, (code, "", _FALLBACK_RATE, _FALLBACK_DWELL, _FALLBACK_CADENCE)) for code in codes]

        def numbers(column: str, default: list[float]) -> Numbers:
            given = pd.to_numeric(frame[column]).to_numpy(float) if column in frame else np.full(len(codes), np.nan)
            return np.where(np.isnan(given), default, given)

        def texts(column: str, default: list[str]) -> tuple[str, ...]:
            given = frame[column] if column in frame else [None] * len(codes)
            return tuple(d if v is None or pd.isna(v) else str(v) for v, d in zip(given, default, strict=True))

        return cls(
            codes=codes,
            names=texts("name", [row[0] for row in known]),
            definitions=texts("definition", [row[1] for row in known]),
            advice=texts("advice", [""] * len(codes)),
            rate=numbers("rate", [row[2] for row in known]).clip(0.0, 1.0),
            dwell_days=numbers("dwell_days", [row[3] for row in known]).clip(0.0),
            cadence_days=numbers("cadence_days", [row[4] for row in known]),
            minutes=numbers("minutes", [_MINUTES] * len(codes)),
        )
