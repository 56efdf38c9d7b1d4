"""The History (级别变动): every move of a customer from tier to tier, as it was found."""

from __future__ import annotations

from funnelbook.book.schema import Column, Kind, Role, Table

HISTORY = Table(
    "History",
    Role.LOG,
    sheet="history",
    order=400,
    columns=(
        Column("at", Kind.DATE, key=True),
        Column("id", Kind.ID, key=True),
        Column("from_tier", Kind.TIER),
        Column("to_tier", Kind.TIER, key=True),
        Column("owner", Kind.PERSON),
        Column("source", Kind.CODE, codes="history_source", key=True, width=13),
    ),
)
