"""The What-if sheet, but for its first lines."""

from __future__ import annotations

WORDS: dict[str, str | tuple[str, ...]] = {
    # label, hint
    "target": ("Order target", "Orders wanted in the period"),
    "won": ("Won", "Orders won in it so far"),
    "arrivals": ("From new prospects", "Orders expected from prospects yet to come"),
    "from": ("From", "First day of the plan"),
    "to": ("To", "Last day, included"),
    "gap": ("Still to win", "Target less won"),
    # label
    "shape": "Shape",
    "advice": "Advice",
    "chance": "Chance",
    # sections
    "section_inputs": "Target",
    "section_tiers": "Customers and conversion by tier",
    "section_answers": "How the funnel stands",
    "section_weeks": "Plan by week",
    # headers
    "head_tier": "Tier",
    "head_stock": "Stock",
    "head_rate": "Rate",
    "head_chance": "Chance of an order",
    "head_needed": "Needed",
    "head_missing": "Missing",
    "head_week": "Week",
    "head_workdays": "Working days",
    "head_planned": "Orders planned",
    "note": "#NAME? means that the Excel add-in is not installed on this computer: funnelbook install.",
}
