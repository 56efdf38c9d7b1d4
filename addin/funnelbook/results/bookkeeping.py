"""What Funnelbook notes for itself: which column is which, and values of added columns whose row is gone."""

from __future__ import annotations

from funnelbook.book.schema import Column, Kind, Role, Table

MATCHED = Table(
    "Matched",
    Role.RESULT,
    sheet="bookkeeping",
    order=510,
    columns=(
        Column("table", Kind.TEXT, key=True),
        Column("column", Kind.TEXT, key=True),
        Column("sheet", Kind.TEXT),
        Column("header", Kind.TEXT),
    ),
    hidden=True,
)
KEPT = Table(
    "Kept",
    Role.RESULT,
    sheet="bookkeeping",
    order=511,
    columns=(
        Column("table", Kind.TEXT, key=True),
        Column("row_key", Kind.TEXT, key=True),
        Column("column", Kind.TEXT, key=True),
        Column("value", Kind.TEXT, width=18),
    ),
    hidden=True,
)
