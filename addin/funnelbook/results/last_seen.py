"""The Seen (上次所见): the cells of the next contact as the last refresh saw them."""

from __future__ import annotations

from funnelbook.book.schema import Column, Kind, Role, Table

SEEN = Table(
    "Seen",
    Role.RESULT,
    sheet="seen",
    order=500,
    columns=(
        Column("id", Kind.ID, key=True),
        Column("next_contact", Kind.DATE),
        Column("at", Kind.MOMENT),
    ),
    hidden=True,
)
