"""Days worked or not against the week's habit, festivals and their greetings."""

from __future__ import annotations

from funnelbook.book.schema import Column, Kind, Role, Table

CALENDAR = Table(
    "Calendar",
    Role.INPUT,
    sheet="calendar",
    order=170,
    columns=(
        Column("date", Kind.DATE, key=True, required=True),
        Column("workday", Kind.FLAG, blank=None),
        Column("weight", Kind.NUMBER),
        Column("name", Kind.TEXT, width=30),
        Column("greeting", Kind.TEXT, width=26),
    ),
)
