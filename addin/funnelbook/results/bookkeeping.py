"""What Funnelbook notes of a workbook: which column is which, values of added columns whose row is gone, cells it corrected."""

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
FIXES = Table(
    "Fixes",
    Role.LOG,
    sheet="fixes",
    order=440,
    columns=(
        Column("at", Kind.DATE, key=True),
        Column("table", Kind.TEXT, key=True),
        Column("row_key", Kind.TEXT, key=True, width=18),
        Column("column", Kind.TEXT, key=True),
        Column("old", Kind.TEXT, width=28),
        Column("new", Kind.TEXT, width=28),
    ),
)
