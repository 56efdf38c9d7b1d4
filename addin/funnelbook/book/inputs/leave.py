"""Days people are away."""

from __future__ import annotations

from funnelbook.book.schema import Column, Kind, Role, Table

LEAVE = Table(
    "Leave",
    Role.INPUT,
    sheet="leave",
    order=140,
    columns=(
        Column("person", Kind.PERSON, required=True, chosen_from="People.person"),
        Column("from", Kind.DATE, required=True, width=10),
        Column("to", Kind.DATE, width=10),
    ),
)
