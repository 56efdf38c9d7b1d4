"""Numbers and choices the calculation goes by."""

from __future__ import annotations

from funnelbook.book.schema import Column, Kind, Role, Table

SETTINGS = Table(
    "Settings",
    Role.INPUT,
    sheet="settings",
    order=167,
    columns=(
        Column("key", Kind.TEXT, key=True, required=True, width=18),
        Column("value", Kind.TEXT, width=18),
        Column("meaning", Kind.TEXT, width=58, wrap=True),
    ),
)
