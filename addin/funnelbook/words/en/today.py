"""The page Today, but for its first lines. A text in braces is filled by what cells hold."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "who": "Look at",
    "data_of": "Data up to {as_of}, period {period}",
    # the unit of large money
    "money_unit": "m",
    # the head
    "head": "{period}: {won} of {target} orders done, chance of the target {chance}{short}.",
    "head_short": "; shortest of tier {tier}, {count} missing",
    "head_no_target": "{period}: {won} orders, no target yet. Fill it in on the sheet Targets and refresh.",
    "head_empty": "No data yet: fill in People, Customers and Targets, then press Refresh.",
    "head_nobody": "There is nobody of this name: choose the team or a person in the yellow cell.",
    # tiles
    "orders": "Orders",
    "amount": "Amount",
    "paid": "Paid (of the period's orders)",
    "chance": "Chance of the target",
    "left": "Working days left",
    "number_orders": "{number}",
    "days": "{days} days",
    "behind": "{points} points behind time",
    "ahead": "{points} points ahead of time",
    "no_target": "No target yet",
    "owed": "{money} still to come in",
    "all_paid": "All of it has come in",
    "no_orders": "No orders in the period yet",
    "range": "{expected} orders expected ({low} to {high})",
    "gap": "{gap} orders to go, {each} a day",
    "gap_no_day": "{gap} orders to go, no day left",
    "no_gap": "The target is made",
    # the funnel
    "funnel": "Funnel: open (cold ones aside) / needed",
    "funnel_key": "■ open  □ missing",
    "tier": "{name}\u00a0{code}\u00a0\u00a0\u00a0{stock}{needed}",
    "tier_needed": "\u00a0/\u00a0{needed}",
    "funnel_empty": "No open customers yet: put them on the sheet Customers and refresh.",
    # whom to talk to
    "talk": "Three people to talk to today, most behind first",
    "talk_customers": "Three customers to call first today",
    "talk_nobody": "Nobody needs a talk: all keep up.",
    "talk_empty": "After a refresh this says whom to talk to, and about what.",
    "talk_no_calls": "There are no calls to make today.",
    # calls by person
    "calls": "Today's calls",
    "calls_of": "Today's calls: {left} to make, {done} done",
    "call_person": "Person",
    "call_left": "To make",
    "call_overdue": "Overdue",
    "call_done": "Done",
    "call_missed": "Missed",
    "call_rest": "{count} more",
    "call_nobody": "No people yet",
    # risks
    "risks": "Risks",
    "dry": "Runs dry",
    "dry_tier": "Tier {tier} from week of {month}/{day}",
    "cold": "Cold customers",
    "cold_count": "{count}: close each, or hand it over",
    "errors": "Errors in data",
    "error_count": "{errors} errors, {warnings} warnings",
    "targets": "Targets",
    "waiting": "{count} not agreed",
    "unassigned": "{count} orders assigned to nobody",
    "overassigned": "{count} orders assigned twice",
    "between": "; ",
    "none": "None",
    # what changed
    "changes": "What changed",
    "changes_since": "Changed after {month}/{day}",
    "new_orders": "Orders",
    "up": "Tier up",
    "down": "Tier down",
    "lost": "Lost",
    # all sheets
    "sheets": "All sheets (one you cannot see: right-click any tab, Unhide; hidden ones work all the same)",
}
