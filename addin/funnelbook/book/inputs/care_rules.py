"""When customers who bought are greeted or visited, and with which words."""

from __future__ import annotations

from funnelbook.book.schema import Column, Kind, Role, Table, Unit

CARE_RULES = Table(
    "CareRules",
    Role.INPUT,
    sheet="settings",
    order=165,
    columns=(
        Column("event", Kind.CODE, codes="care_event", required=True, width=12),
        Column("days", Kind.COUNT, unit=Unit.DAYS),
        Column("value_class", Kind.CODE, codes="value_class"),
        Column("template", Kind.TEXT, width=44, wrap=True),
    ),
)
