"""The customers a team works on: one row each, with what was agreed for the next contact."""

from __future__ import annotations

from funnelbook.book.schema import Column, Kind, Role, Table

CUSTOMERS = Table(
    "Customers",
    Role.INPUT,
    sheet="customers",
    order=100,
    columns=(
        Column("id", Kind.ID, key=True, required=True),
        Column("name", Kind.TEXT, width=31),
        Column("contact", Kind.TEXT),
        Column("phone", Kind.PHONE),
        Column("email", Kind.TEXT, width=22),
        Column("source", Kind.TEXT, width=13),
        Column("owner", Kind.PERSON, chosen_from="People.person"),
        Column("tier", Kind.TIER, shaded=True),
        Column("expected_value", Kind.MONEY),
        Column("created", Kind.DATE),
        Column("closed", Kind.DATE),
        Column("next_contact", Kind.DATE),
        Column("next_purpose", Kind.TEXT, width=20),
        Column("next_channel", Kind.TEXT, chosen_from="Channels.channel"),
        Column("objection", Kind.TEXT, chosen_from="Objections.objection", width=20),
        Column("do_not_call", Kind.FLAG),
        Column("birthday", Kind.DATE),
        Column("note", Kind.TEXT, width=31),
    ),
)
