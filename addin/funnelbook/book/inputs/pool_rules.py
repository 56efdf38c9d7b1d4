"""After how long without contact, or how many calls in vain, a customer is proposed for the pool. It ships empty."""

from __future__ import annotations

from funnelbook.book.schema import Column, Kind, Role, Table, Unit

POOL_RULES = Table(
    "PoolRules",
    Role.INPUT,
    sheet="settings",
    order=168,
    columns=(
        Column("tier", Kind.TIER, key=True, required=True, shaded=True),
        Column("days", Kind.COUNT, unit=Unit.DAYS),
        Column("tries", Kind.COUNT, unit=Unit.CALLS),
    ),
)
