"""What becomes of a row or cell that has a problem."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "joined": "{problem}; {consequence}",
    "table": "the whole table is not read",
    "row": "the row is not counted",
    "cell": "this cell counts as blank, the rest as usual",
    "waits": "the row is not in Activities yet",
    "grid_waits": "the row is not in Targets yet",
    "pool_waits": "the row was not carried out",
    "as_usual": "counted as usual",
    "both": "both are counted",
    "each": "team and people count as they stand",
    "later": "not counted until that day",
    "order_only": "counts as an order, its amount is not counted",
    "order_alone": "counts as sales; tiers, rates and Care lack it",
    "call_alone": "counts as a call, changes no customer's tier",
    "valid_order": "counts as a valid order",
    "at_work": "counts as active",
    "one_day": "only the day in From is counted",
    "unpaid": "counts as unpaid",
    "tier_of_outcome": "the tier follows from the outcome",
    "own_row": "counted as usual, with a row of their own on the Board",
    "no_calls": "counted as usual, with a row of their own on the Board, but the customer is in nobody's list of calls",
    "no_move": "counts as a call, changes no tier",
    "no_target": "the Board and the split leave this target out",
    "no_stock": "counted as customers, not as stock of the plan",
}
