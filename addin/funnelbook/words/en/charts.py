"""Titles of the charts."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "funnel_ideal": "{who} funnel: stock against ideal",
    "funnel_need": "{who}: stock against needed",
    "plan_done": "{who} orders: first plan and done",
    "daily_calls": "{who} by day: calls, and orders",
    "objections": "Why customers do not buy",
    "target_done": "Orders: target and done",
    "completion": "Completion against time gone",
    "contributions": "{behind}: what each driver adds",
    "old_new_amount": "{who}: amount per call",
    "old_new_calls": "{who}: calls per order",
    "average_rates": "{who} average conversion",
    "forecast_check": "{who}, orders a week: forecast and what came",
}
