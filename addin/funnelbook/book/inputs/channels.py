"""How customers are contacted, when, and what must be confirmed."""

from __future__ import annotations

from funnelbook.book.schema import Column, Kind, Role, Table, Unit

CHANNELS = Table(
    "Channels",
    Role.INPUT,
    sheet="settings",
    order=162,
    columns=(
        Column("channel", Kind.TEXT, key=True, required=True, list_name="fb_channels"),
        Column("from", Kind.TEXT, width=10),
        Column("to", Kind.TEXT, width=10),
        Column("max_chars", Kind.COUNT, unit=Unit.CHARACTERS),
        Column("confirm_by", Kind.TEXT),
        Column("confirm_days", Kind.COUNT, unit=Unit.DAYS),
        Column("advice", Kind.TEXT, width=42, wrap=True),
    ),
)
