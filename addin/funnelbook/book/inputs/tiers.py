"""The tiers a customer goes through, from the lowest."""

from __future__ import annotations

from funnelbook.book.schema import Column, Kind, Role, Table, Unit

TIERS = Table(
    "Tiers",
    Role.INPUT,
    sheet="settings",
    order=160,
    columns=(
        Column("order", Kind.COUNT, number="0"),
        Column("code", Kind.TIER, key=True, required=True),
        Column("name", Kind.TEXT, width=30),
        Column("definition", Kind.TEXT, width=36, wrap=True),
        Column("rate", Kind.RATE),
        Column("dwell_days", Kind.NUMBER, unit=Unit.DAYS, number="0"),
        Column("cadence_days", Kind.NUMBER, unit=Unit.DAYS, number="0"),
        Column("minutes", Kind.NUMBER, unit=Unit.MINUTES, number="0"),
        Column("advice", Kind.TEXT, width=42, wrap=True),
    ),
)
