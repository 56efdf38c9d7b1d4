"""Who works in the team."""

from __future__ import annotations

from funnelbook.book.schema import Column, Kind, Role, Table, Unit

PEOPLE = Table(
    "People",
    Role.INPUT,
    sheet="people",
    order=130,
    columns=(
        Column("person", Kind.PERSON, key=True, required=True, list_name="fb_people"),
        Column("start", Kind.DATE),
        Column("active", Kind.FLAG, blank=True),
        Column("daily_calls", Kind.COUNT, unit=Unit.CALLS),
        Column("capacity", Kind.NUMBER),
        Column("note", Kind.TEXT, width=31),
        Column("extension", Kind.TEXT, width=18),
    ),
)
