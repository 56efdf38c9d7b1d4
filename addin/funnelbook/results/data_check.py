"""The Problems (数据检查): what is wrong in the workbook's data, and what to do about it."""

from __future__ import annotations

from funnelbook.book.schema import Column, Kind, Role, Table

PROBLEMS = Table(
    "Problems",
    Role.RESULT,
    sheet="problems",
    order=340,
    columns=(
        Column("table", Kind.TEXT, key=True),
        Column("row", Kind.COUNT, key=True, centred=True, link=True),
        Column("column", Kind.TEXT, key=True),
        Column("value", Kind.TEXT, width=28),
        Column("problem", Kind.TEXT, key=True, width=62, wrap=True),
        Column("remedy", Kind.TEXT, width=52, wrap=True),
        Column("severity", Kind.CODE, codes="severity"),
    ),
)
