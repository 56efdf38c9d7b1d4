"""The orders customers placed."""

from __future__ import annotations

from funnelbook.book.schema import Column, Kind, Role, Table

ORDERS = Table(
    "Orders",
    Role.INPUT,
    sheet="orders",
    order=120,
    columns=(
        Column("order_id", Kind.ID, key=True),
        Column("date", Kind.DATE, required=True),
        Column("id", Kind.ID),
        Column("owner", Kind.PERSON, chosen_from="People.person"),
        Column("amount", Kind.MONEY, required=True),
        Column("margin", Kind.MONEY),
        Column("paid", Kind.MONEY),
        Column("status", Kind.CODE, codes="order_status"),
    ),
)
