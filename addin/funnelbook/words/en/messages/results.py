"""What results say: advice for a shape of the funnel, lines above the tables, notes in them."""

from __future__ import annotations

WORDS: dict[str, str] = {
    # Advice for a shape
    "advice_too_few": "Too few customers: find prospects first.",
    "advice_ideal": "Ideal: replenish in proportion to the conversion rates.",
    "advice_top_heavy": "Good orders now, but the lower tiers run dry: add many prospects and move the lowest tiers up.",
    "advice_bulge": "Many are stuck in the middle: turn them into orders, and add prospects.",
    "advice_hour_glass": "Too few in the middle, a gap in orders is coming: move prospects up now.",
    "advice_bottom_heavy": "Many unworked prospects: call and qualify what you have before adding more.",
    "advice_mixed": "Uneven: look at the tiers that are off, the largest gap first.",
    # Lines above result tables and notes in them
    "rate_zero": "Cannot be reached: the rate is 0",
    "not_in_time": "New prospects cannot arrive in time.",
    "as_of_line": "As of {as_of}, period {period}.",
    "no_target_line": "Targets has no order target for this period, so needed, missing and plan are not computed.",
    "no_activities_line": "There are no activities, so conversion rates and dwell are the defaults in Settings.",
    "no_orders_line": "There are no orders, so moves to Won count as orders; amount and margin are not computed.",
    "proposed_line": "The target is not agreed yet; the proposed one is used.",
    "no_calls_line": "No connected call is recorded, so first calls are not computed.",
    "split_line": "People without a target of their own get a share of the team's by capacity.",
    "daily_report_line": "Working days of the period so far, and other days on which something happened: the team day by day, then each person, the latest day first.",
    "efficiency_line": "The period so far; the team's calls a day are those of an average person.",
    "no_log_line": "There are no activities, so calls, connects and follow-ups are not counted.",
    "past_as_of_line": "This day precedes the last one logged: computed and shown, not logged.",
    "find_line": "Type an ID, or a part of a name, contact or phone, in the yellow cell of the first row and click Find a customer.",
    "found_line": "Customers that fit {text}: {customers}.",
    "found_many_line": "Too many for their whole history; type an ID to see it.",
    "between": "; ",
    "listed": ", ",
    "phone_channel": "Phone",
    "calls_line": "{calls:call|calls}: {promised} promised or overdue, {cadence} past their cadence, {new} new. Type what came of a call in the yellow columns; the next refresh puts it into Activities.",
    "no_problems_line": "No problems found.",
    "problems_line": "{errors:error|errors}, {warnings:warning|warnings}, {notes:note|notes}.",
}
