"""Every call, message and visit: what came of it and what was agreed."""

from __future__ import annotations

from funnelbook.book.schema import Column, Kind, Role, Table, Unit

ACTIVITIES = Table(
    "Activities",
    Role.INPUT,
    sheet="activities",
    order=110,
    columns=(
        Column("activity_id", Kind.ID, key=True),
        Column("at", Kind.MOMENT, required=True),
        Column("id", Kind.ID, required=True),
        Column("owner", Kind.PERSON, chosen_from="People.person"),
        Column("channel", Kind.TEXT, chosen_from="Channels.channel"),
        Column("connected", Kind.FLAG),
        Column("minutes", Kind.NUMBER, unit=Unit.MINUTES, number="0"),
        Column("outcome", Kind.TEXT, chosen_from="Outcomes.outcome", width=20),
        Column("tier_after", Kind.TIER, shaded=True),
        Column("quote", Kind.MONEY),
        Column("next_contact", Kind.DATE),
        Column("next_purpose", Kind.TEXT, width=20),
        Column("objection", Kind.TEXT, chosen_from="Objections.objection", width=20),
        Column("note", Kind.TEXT, width=31),
        Column("source", Kind.CODE, codes="activity_source"),
    ),
)
