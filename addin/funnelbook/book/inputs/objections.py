"""Why customers do not buy, and what to do about it."""

from __future__ import annotations

from funnelbook.book.schema import Column, Kind, Role, Table

OBJECTIONS = Table(
    "Objections",
    Role.INPUT,
    sheet="settings",
    order=163,
    columns=(
        Column("objection", Kind.TEXT, key=True, required=True, list_name="fb_objections", width=20),
        Column("next_step", Kind.TEXT, width=54, wrap=True),
    ),
)
