"""The Tracking sheet, but for its first lines."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "person": "Person",
    "tier": "Tier",
    "choose": "Choose a person to see where the gap comes from",
    "bar": "Orders: ■ done □ to do",
    # sections
    "section_results": "Results against time",
    "section_causes": "Where the gap comes from",
    "section_tiers": "Tiers: customers, conversion, plan done",
    "section_weeks": "Week by week: planned and done",
}
