"""The first lines of each sheet: its title and one line on what it is for, by the sheet's key."""

from __future__ import annotations

WORDS: dict[str, tuple[str, ...]] = {
    "today": (
        "Today",
        "Where we stand, whom to talk to, the calls of the day. Choose the team or a person in the yellow cell.",
    ),
    "customers": (
        "Customers",
        "One row a customer. The tier follows from the activities; type over it to set it by hand.",
    ),
    "activities": ("Activities", "One row a call or message. Fill in the outcome; the tier follows from it."),
    "orders": ("Orders", "Orders won. Cancelled and refunded ones do not count."),
    "people": ("People", "The team. Set Active to No for leavers rather than deleting the row."),
    "leave": ("Leave", "Days of leave do not count as working days."),
    "targets": (
        "Targets",
        "One row for the team and period; people without a row get a share by capacity. To revise, add a row with the next revision.",
    ),
    "settings": ("Settings", "Tiers, outcomes and rules. Change them to fit; the next refresh uses them."),
    "calendar": (
        "Calendar",
        "Exceptions only: No for a holiday, Yes for a working weekend day. Monday to Friday are working days.",
    ),
    "funnel": (
        "Funnel",
        "How many customers stand at each tier, how many go on, and how many are missing for the target.",
    ),
    "levers": (
        "What helps",
        "How to make up for what is missing: the three things that help each person most, and by how much.",
    ),
    "week_plan": (
        "Week plan",
        "What each week must bring at every tier, planned anew from what happened at each refresh.",
    ),
    "calls": (
        "Today's calls",
        "Whom each person calls today, why and what about, from the top down. Type what came of a call in the yellow columns; the next refresh puts it into Activities.",
    ),
    "daily_report": (
        "Daily report",
        "What each person did each day, which promises were kept, and why customers do not buy: filled from the log, no retyping.",
    ),
    "find": ("Find a customer", "All there is about a customer: master data, activities, orders, moves."),
    "board": ("Board", "Who has done how much, ahead of or behind the time gone."),
    "diagnosis": (
        "Diagnosis",
        "Why each person misses the target: nine questions answered from data, or left open where it is too little.",
    ),
    "causes": ("Causes", "Where the gap comes from: what each driver adds, summing to the gap."),
    "tracking": (
        "Tracking",
        "Choose a person in the yellow cell and all below follows: target, gap, tiers, the plan week by week.",
    ),
    "care": (
        "Care",
        "Which customers to look after and what to say; and what existing customers bring against new ones.",
    ),
    "pool": (
        "Pool",
        "Whom the pool rules in Settings would take from their owner, whom nobody owns, and who could have them. Type take, give or keep in the yellow cells and click Pool: all is done at once.",
    ),
    "summary": ("Summary", "Average conversion over the period, and how much of the first plan was done."),
    "target_grid": (
        "Target grid",
        "Type new targets into yellow cells, or choose agree as the decision, and refresh: it goes into Targets, what was there stays. Agreeing a row agrees its orders, amount, margin and paid together, those nobody typed as proposed.",
    ),
    "forecast_check": (
        "Forecast check",
        "How true the forecast was: past weeks worked out again and finished periods as said at the time, against what came.",
    ),
    "what_if": (
        "What-if",
        "It opens with the real numbers. Type what to try into a yellow cell; empty it to return to the real number.",
    ),
    "what_if_sums": ("What-if sums", "How the sheet What-if works its results out. Nothing to change here."),
    "meeting": (
        "Meeting",
        "To print for the team meeting: each person's target, results, shape and main cause, and who helps whom.",
    ),
    "rewards": (
        "Rewards",
        "What each person is due by the reward rules in Settings, and by when. Enter Paid on when it is paid; such rows never change again.",
    ),
    "problems": ("Problems", "What is wrong in the data: where it is and what to do. Mend it and refresh."),
    "history": ("Tier history", "Every move of every customer; rows are added, never changed."),
    "plan_history": ("Plan history", "Every plan ever made; rows are added, never changed."),
    "target_history": (
        "Target history",
        "Every change of a target: old, new, reason and by whom; rows are added, never changed.",
    ),
    "forecast_history": ("Forecast history", "What was forecast at each refresh; rows are added, never changed."),
    "fixes": ("Fixes", "Cells that were corrected: what stood there and what stands there now. Rows are only added."),
    "pool_history": (
        "Pool history",
        "Every customer taken, given, kept or handed over: when, and from whom to whom; rows are added, never changed.",
    ),
    "seen": ("Last seen", ""),
    "numbered": ("Numbers given", ""),
    "desk": ("Today, data", ""),
    "bookkeeping": ("Funnelbook", ""),
}
