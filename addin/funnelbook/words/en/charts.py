"""Titles of the charts."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "funnel_ideal": "Team funnel: stock against ideal",
    "funnel_need": "Team: stock against needed",
    "plan_done": "Team orders: planned and done",
    "daily_calls": "Team by day: calls, and orders",
    "objections": "Why customers do not buy",
    "target_done": "Orders: target and done",
    "completion": "Completion against time gone",
    "contributions": "Furthest behind: what each driver adds",
    "old_new_amount": "Team: amount per call",
    "old_new_calls": "Team: calls per order",
    "average_rates": "Team average conversion",
    "forecast_check": "Team, orders a week: forecast and what came",
}
