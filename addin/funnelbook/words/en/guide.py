"""The guide sheet: what to do when, how to read tiers and shapes."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "title": "Funnel workbook",
    "lead": "You fill in the input sheets; the result sheets are worked out by Funnelbook and rewritten at each refresh. Add columns, rename, sort and filter as you like.",
    "day_one": "Day one",
    "day_one_people": "Enter the team and their start dates",
    "day_one_customers": "Paste your customers: ID, name and owner matter most",
    "day_one_targets": "Enter the team's target of orders and amount for the month",
    "day_one_settings": "Go through tiers and outcomes and make them yours",
    "daily": "Every day",
    "daily_calls": "Call from the top of the list down; type what came of it in the yellow cells beside the phone",
    "daily_activities": "Written from the list at each refresh; a call that is not on the list gets a row here",
    "daily_orders": "Enter orders on the day they are won",
    "daily_refresh": "Refresh the workbook and look at the board",
    "daily_daily_report": "Look at the daily report: whose calls fall, whose promises were not kept",
    "weekly": "Every week",
    "weekly_funnel": "Look at the shape and the gaps: which tier runs dry, which is stuck",
    "weekly_week_plan": "Look at the week's plan; do what is late first",
    "weekly_problems": "Mend what is listed there",
    "period_end": "At the end of the period",
    "period_end_summary": "Look at average conversion and what was done, and set the next target",
    "problems": "Problems in the data",
    "severity_error": "Numbers lack something or do not agree: mend these first; Problem says what is not counted",
    "severity_warning": "Check it or fill it in; Problem says how it counts",
    "severity_info": "For information",
    "tiers": "Tiers, from the lowest",
    "shapes": "How to read the shape",
}
