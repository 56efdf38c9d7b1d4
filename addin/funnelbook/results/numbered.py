"""The Numbered (编号对照): whom the numbers made beside a list were given to, by which they are found again when it is sorted."""

from __future__ import annotations

from funnelbook.book.schema import Column, Kind, Role, Table
from funnelbook.results.making import Made, makes
from funnelbook.results.situation import Situation

NUMBERED = Table(
    "Numbered",
    Role.RESULT,
    sheet="numbered",
    order=501,
    columns=(
        Column("id", Kind.ID, key=True),
        Column("name", Kind.TEXT),
        Column("phone", Kind.PHONE),
    ),
    hidden=True,
)


@makes(NUMBERED)
def numbered(situation: Situation) -> Made:
    """The Numbered; empty where people number their customers themselves."""
    return Made(situation.inputs.numbers.given)
