"""What the team and each person are to reach in a period, revision by revision."""

from __future__ import annotations

from funnelbook.book.schema import Column, Kind, Role, Table, Unit

TARGETS = Table(
    "Targets",
    Role.INPUT,
    sheet="targets",
    order=150,
    columns=(
        Column("period", Kind.TEXT, key=True, required=True, width=22),
        Column("person", Kind.PERSON, key=True, chosen_from="People.person"),
        Column("revision", Kind.COUNT, key=True),
        Column("orders_proposed", Kind.NUMBER, unit=Unit.ORDERS),
        Column("amount_proposed", Kind.MONEY),
        Column("margin_proposed", Kind.MONEY),
        Column("paid_proposed", Kind.MONEY),
        Column("orders", Kind.NUMBER, unit=Unit.ORDERS),
        Column("amount", Kind.MONEY),
        Column("margin", Kind.MONEY),
        Column("paid", Kind.MONEY),
        Column("agreed_on", Kind.DATE),
        Column("agreed_by", Kind.TEXT),
        Column("locked", Kind.FLAG),
        Column("reason", Kind.CODE, codes="revision_reason", width=18),
        Column("author", Kind.TEXT),
    ),
)
