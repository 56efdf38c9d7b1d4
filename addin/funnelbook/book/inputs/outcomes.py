"""What a contact can end in, and what that says about the customer."""

from __future__ import annotations

from funnelbook.book.schema import Column, Kind, Role, Table

OUTCOMES = Table(
    "Outcomes",
    Role.INPUT,
    sheet="settings",
    order=161,
    columns=(
        Column("outcome", Kind.TEXT, key=True, required=True, list_name="fb_outcomes", width=20),
        Column("tier_after", Kind.TIER),
        Column("connected", Kind.FLAG),
        Column("quoted", Kind.FLAG),
        Column("do_not_call", Kind.FLAG),
    ),
)
