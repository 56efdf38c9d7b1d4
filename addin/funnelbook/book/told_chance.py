"""How a chance is told: in whole per cent, and only what is certain as 0 or 100 %."""

from __future__ import annotations

from funnelbook.book.schema import Colour

SCARCELY, NEARLY_SURE = 0.01, 0.995
CHANCE = '[=0]0%;[<0.01]"<1%";0%'  # number format of a column of chances; Excel takes two conditions, `nearly_sure` is the third


def nearly_sure(column: str) -> Colour:
    """How a column's cells look that CHANCE would show as 100 % and that are less."""
    return Colour(f"AND({{{column}}}>={NEARLY_SURE},{{{column}}}<1)", (column,), number='">99%"')


def chance_text(chance: float) -> str:
    """A chance in a sentence, as the cells of a sheet show it."""
    if 0 < chance < SCARCELY:
        return "<1%"
    return ">99%" if NEARLY_SURE <= chance < 1 else f"{chance:.0%}"
