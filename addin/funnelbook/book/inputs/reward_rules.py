"""Who is due what for which result."""

from __future__ import annotations

from funnelbook.book.schema import Column, Kind, Role, Table

REWARD_RULES = Table(
    "RewardRules",
    Role.INPUT,
    sheet="settings",
    order=166,
    columns=(
        Column("rule", Kind.TEXT, key=True, required=True, width=18),
        Column("metric", Kind.CODE, codes="reward_metric", required=True, width=14),
        Column("from", Kind.NUMBER),
        Column("to", Kind.NUMBER),
        Column("amount", Kind.MONEY),
        Column("percent", Kind.RATE),
        Column("cap", Kind.MONEY),
        Column("granted_by", Kind.TEXT),
    ),
)
