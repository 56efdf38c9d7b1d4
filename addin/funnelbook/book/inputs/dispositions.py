"""What the words of phone systems come to: a row for a word, of one system or of any."""

from __future__ import annotations

from funnelbook.book.schema import Column, Kind, Role, Table

DISPOSITIONS = Table(
    "Dispositions",
    Role.INPUT,
    sheet="settings",
    order=169,
    columns=(
        Column("profile", Kind.TEXT, key=True, width=14),
        Column("disposition", Kind.TEXT, key=True, required=True, width=22),
        Column("outcome", Kind.TEXT, chosen_from="Outcomes.outcome", width=20),
        Column("connected", Kind.FLAG, blank=None),
    ),
)
