"""What each setting means."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "period": "Planning period, e.g. 2026-05 or 2026-Q2; blank: the current month",
    "language": "Language of the results: zh or en",
    "min_cases": "Below so many cases a rate is marked as an estimate",
    "prior_cases": "How many cases the prior is worth",
    "interval": "Coverage of the rates' interval",
    "rate_window_days": "Rates look back so many days",
    "half_life": "What is so many days old counts half",
    "mature_weeks": "Weeks to go on in, for a rate; blank: 3 x dwell",
    "shape_tau": "How far from the ideal is too many or too few",
    "fairness": "Splitting targets: 0 by capacity, 1 equally",
    "pace_weeks": "The forecast uses the pace of so many weeks",
    "max_tries_per_day": "Most tries of a number in a day",
    "email_wait_days": "Days an e-mail may stay unanswered",
    "visit_days_high": "Days between visits, high value",
    "visit_days_mid": "Days between visits, middle value",
    "visit_days_low": "Days between visits, low value",
    "value_high": "Amount from which a customer is of high value",
    "value_mid": "Amount from which a customer is of middle value",
    "stale_days": "Days without contact until a customer is stale",
    "reward_days": "Days after the period within which rewards are paid",
    "read_notes": "Put dated entries of customers' notes (5/12 called, again next Wed) into Activities: yes or no",
    "write_tiers": "Write the latest tier, next contact and objection back into Customers: yes or no",
    "country": "Country by which phone numbers are read (two letters: CN, US, DE ...)",
    "timezone": "Time zone of all times (such as Asia/Shanghai or +08:00); blank: the main one of the country",
    "seed": "Seed of the simulations",
}
