"""Names, notes and mistakes of the sample team."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

WORDS: dict[str, str | tuple[str, ...]] = {
    # Names
    "people": (
        "Anna Brown",
        "Ben Clark",
        "Carl Davis",
        "Dan Evans",
        "Emma Ford",
        "Fred Green",
        "Gina Hall",
        "Holly King",
    ),
    "cities": (
        "Leeds",
        "Bristol",
        "Dover",
        "York",
        "Oxford",
        "Derby",
        "Kent",
        "Bath",
        "Luton",
        "Exeter",
        "Poole",
        "Hull",
    ),
    "brands": (
        "Bright",
        "Northern",
        "Golden",
        "River",
        "Summit",
        "Noble",
        "Horizon",
        "Grand",
        "United",
        "Crown",
        "Prime",
        "Harbour",
        "Trust",
        "Vertex",
        "Pioneer",
        "Galaxy",
    ),
    "trades": (
        "Machinery",
        "Trading",
        "Technology",
        "Packaging",
        "Foods",
        "Logistics",
        "Building",
        "Apparel",
        "Hardware",
        "Printing",
        "Electronics",
        "Recycling",
    ),
    "contacts": (
        "Mr Adams",
        "Mrs Baker",
        "Ms Cooper",
        "Mr Dixon",
        "Mrs Ellis",
        "Ms Foster",
        "Mr Gray",
        "Mrs Hughes",
        "Ms Irwin",
        "Mr Jones",
        "Mrs Kelly",
        "Ms Lewis",
        "Mr Mason",
        "Mrs Nash",
    ),
    "sources": ("Web", "Trade fair", "Referral", "Old customer", "Directory"),
    # A company's name, and that of another one that is almost the same
    "company": "{city} {brand} {trade}",
    "legal_form": " Ltd",
    "other_legal_form": " Limited",
    # How to get in touch
    "channel": "Phone",
    "channel_sent": "SMS",
    # What comes of a call, by the tier it leads to; none changes nothing
    "outcomes.D": ("Willing to hear more", "Material sent"),
    "outcomes.C": ("Sees the need", "Demo agreed"),
    "outcomes.B": ("Quoted", "Negotiating terms"),
    "outcomes.A": ("Decided to buy",),
    "outcomes.Won": ("Won",),
    "outcomes.Lost": ("Refused",),
    "outcomes.none": (
        "No answer",
        "No answer",
        "No answer",
        "Busy",
        "Phone switched off",
        "Bad moment",
        "Call back later",
        "Call back later",
    ),
    "not_reached": ("Busy", "No answer", "Phone switched off"),
    # What was said, by tier
    "notes.D": ("Friendly, wants the material first", "Interested, call next week", "Put through to purchasing"),
    "notes.C": ("Has the need, decides by month end", "Liked the demo, asked the price", "Compares two, prefers us"),
    "notes.B": ("Quoted, waits for the boss", "Too expensive, asks 5 % off", "Asks for 30 days"),
    "notes.A": ("Agreed, contract to follow", "Asked for the contract"),
    "notes.Won": ("Contract came back", "Paid"),
    "notes.Lost": ("Signed elsewhere", "Not this year", "No need"),
    "notes.none": ("", "", "In a meeting", "Driving", "Call in the afternoon"),
    "notes.talk": (
        "Works well, no questions",
        "Went through the new functions",
        "Content with the result",
        "Asked about the invoice, answered",
        "May need more in autumn",
        "",
    ),
    "notes.sent": ("Greeting sent",),
    # What the next call is for, by tier
    "purpose.E": "Ask for the need",
    "purpose.D": "Check the material",
    "purpose.C": "Agree on a demo",
    "purpose.B": "Follow up the quote",
    "purpose.A": "Get the contract signed",
    # Other
    "expected_holiday": "{holiday} (expected)",
    "objections": ("Too expensive", "Will think about it", "Has a supplier", "No budget", "Must ask the boss"),
    "reward_rules": ("Commission", "First of the month", "Target made", "Below 60 %"),
    # The mistakes people make
    "dirt.day": "{year}.{month:02}.{day:02}",
    "dirt.amount": "18,000",
    "dirt.phone": "０２０７９４６０９５８",
    "dirt.tier": "F",
    "dirt.twice": "{name} (again)",
    "dirt.no_day": "2026-02-30",
}

# What is off in a year of which nobody said it yet
holidays = (
    ("New Year's Day", "new_year", 0, 0),
    ("May Day", "labour_day", 0, 0),
    ("Christmas", (12, 25), 0, 1),
)


def phone(rng: np.random.Generator) -> str:
    """A number that might be somebody's."""
    town = f"0{rng.integers(20, 30) * 10}{rng.integers(0, 10)}"
    return f"{town} {rng.integers(1000, 9999)} {rng.integers(1000, 9999)}"
