"""How much a newcomer is expected to bring in each month."""

from __future__ import annotations

from funnelbook.book.schema import Column, Kind, Role, Table, Unit

RAMP = Table(
    "Ramp",
    Role.INPUT,
    sheet="settings",
    order=164,
    columns=(
        Column("month", Kind.COUNT, unit=Unit.MONTHS, key=True, required=True),
        Column("factor", Kind.NUMBER, required=True),
    ),
)
