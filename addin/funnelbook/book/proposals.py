"""Rows that a workbook's own data propose for tables it does not have yet: its people, its stages, its outcomes of calls."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import pandas as pd

from funnelbook.book import values
from funnelbook.book.cell_readers import tier_words
from funnelbook.book.decode import Inputs
from funnelbook.book.labels import normalise
from funnelbook.book.refusals import forbids
from funnelbook.book.stage_order import in_order
from funnelbook.book.table_reader import Rows
from funnelbook.domain.dtypes import Objects
from funnelbook.domain.tiers import FEWEST, MOST, Tiers
from funnelbook.words import spellings

_SPOKEN = ("answered", "later", "no_need", "willing", "refused", "won")
_OURS = 2  # tiers of ours in a column, by which it is one of ours
_LARGEST_TEAM, _MOST_OUTCOMES = 200, 40
_OWNED = ("Customers", "Activities", "Orders")


def proposed(inputs: Inputs) -> dict[str, Rows]:
    """Rows by table that are empty so far, for the manager to confirm; tables about which the data say nothing are left out."""
    rows = {
        "People": [{"person": person} for person in _people(inputs)] if inputs.frames["People"].empty else [],
        "Tiers": inputs.stages,
        "Outcomes": [*map(_outcome, _outcomes(inputs))] if inputs.frames["Outcomes"].empty else [],
    }
    return {name: of for name, of in rows.items() if of}


def stages(said: Objects) -> Rows:
    """Rows of Tiers by what customers' tiers say, lowest first, with the defaults of a tier that nothing is known of.

    None where two of the usual codes or more stand among them, which a status beside them is no tier of, where they are mostly the
    usual tiers, or cannot make a funnel.
    """
    counts: dict[str, int] = {}
    spelt: dict[str, str] = {}
    special, usual = tier_words(()), tier_words(Tiers.default().codes, Tiers.default().names)
    for value, count in _counted(said):
        text = values.text(value)
        if text and (word := normalise(text)) not in special:
            counts[word] = counts.get(word, 0) + count
            spelt.setdefault(word, text)
    letters = tier_words(Tiers.default().codes)
    if len({letters[word] for word in counts if word in letters}) >= _OURS:
        return []
    strange = sum(count for word, count in counts.items() if word not in usual)
    codes = in_order([*spelt.values()])
    if 2 * strange <= sum(counts.values()) or not FEWEST <= len(codes) <= MOST:
        return []
    tiers = Tiers.from_frame(pd.DataFrame({"code": codes}))
    numbers = {name: getattr(tiers, name) for name in ("rate", "dwell_days", "cadence_days", "minutes")}
    return [
        {"order": i + 1, "code": code, "name": tiers.names[i]} | {name: float(of[i]) for name, of in numbers.items()}
        for i, code in enumerate(codes)
    ]


def _people(inputs: Inputs) -> list[object]:
    """Who owns anything, whoever has most first; nobody where it is no column of a few people."""
    counted = _counted(pd.concat([inputs.frames[name]["owner"] for name in _OWNED]).to_numpy(object))
    return _by_count(counted) if len(counted) <= _LARGEST_TEAM else []


def _outcome(said: object) -> dict[str, object]:
    """A row of Outcomes; words that everybody uses say whether somebody spoke."""
    return {"outcome": said, "connected": normalise(said) in _spoken() or forbids(said)}


@cache
def _spoken() -> frozenset[str]:
    return frozenset(normalise(word) for meaning in _SPOKEN for word in spellings(f"logs.is_{meaning}"))


def _outcomes(inputs: Inputs) -> list[object]:
    """What calls ended in, the most frequent first."""
    counted = _counted(inputs.frames["Activities"]["outcome"].to_numpy(object))
    return _by_count(counted) if len(counted) <= _MOST_OUTCOMES else []


def _counted(cells: Objects) -> list[tuple[object, int]]:
    """Each distinct value but blanks, as they come, and how often it stands there."""
    codes, distinct = pd.factorize(cells)
    return list(zip(distinct, np.bincount(codes[codes >= 0], minlength=len(distinct)).tolist(), strict=True))


def _by_count(counted: Sequence[tuple[object, int]]) -> list[object]:
    return [value for value, _ in sorted(counted, key=lambda pair: -pair[1])]
