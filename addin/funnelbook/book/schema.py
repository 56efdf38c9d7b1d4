"""The workbook contract: every table, its columns, their kinds and keys. Names here are used in code and in `--json`."""

from __future__ import annotations

from funnelbook.book.input_tables import INPUTS
from funnelbook.book.table import Column, Kind, Role, Table, table

__all__ = ["CALL_ENTRIES", "INPUTS", "RESULTS", "TABLES", "Column", "Kind", "Role", "Table"]

RESULTS: tuple[Table, ...] = (
    table(
        "Shapes",
        "funnel",
        Role.RESULT,
        """
        person person key, open count, shape code:shape, advice text, target number, won count, gap number,
        new_in_time count, first_calls count, chance rate, target_amount money, amount_p10 money, amount_p50 money,
        amount_p90 money, chance_amount rate, dry_tier tier, dry_week text
        """,
    ),
    table(
        "Funnel",
        "funnel",
        Role.RESULT,
        """
        person person key, tier tier key, stock count, expected number, ratio rate, reached count, cases count,
        rate_raw rate, rate rate, rate_low rate, rate_high rate, estimate flag, lead_days number, needed count,
        missing count, p_in_time rate, note text
        """,
    ),
    table(
        "WeekPlan",
        "week_plan",
        Role.RESULT,
        """
        person person key, week text key, tier tier key, workdays number, planned count, done count, completion rate,
        status code:week_status, late flag, amount money, margin money
        """,
    ),
    table(
        "CallList",
        "calls",
        Role.RESULT,
        """
        person person key, rank count, id id key, name text, contact text, phone phone, tier tier, why code:why, due date,
        channel text, hours text, purpose text, flag code:call_flag, tries count, last_contact date, last_note text,
        objection text, next_step text, expected_value money, chance rate, outcome text entry, tier_after tier entry,
        next_contact date entry, next_purpose text entry, remark text entry
        """,
    ),
    table(
        "Found",
        "find",
        Role.RESULT,
        """
        search text entry, id id key, name text, at moment key, kind code:found_kind key, owner person, channel text, outcome text,
        tier tier, amount money, next_contact date, next_purpose text, objection text, note text key
        """,
    ),
    table(
        "Efficiency",
        "daily_report",
        Role.RESULT,
        """
        person person key, calls_per_day number, minutes_per_call number, connects_per_order number,
        calls_per_order number, amount_per_call money
        """,
    ),
    table(
        "ObjectionCounts",
        "daily_report",
        Role.RESULT,
        """
        objection text key, open count, lost count, share rate, next_step text
        """,
    ),
    table(
        "DailyReport",
        "daily_report",
        Role.RESULT,
        """
        date date key, person person key, calls count, connects count, connect_rate rate, minutes number,
        new_customers count, moves_up count, quotes count, orders count, amount money, margin money,
        followups_due count, followups_done count
        """,
    ),
    table(
        "Board",
        "board",
        Role.RESULT,
        """
        rank count, person person key, orders count, amount money, margin money, target number, completion rate,
        time_progress rate, ahead rate, forecast number, star flag
        """,
    ),
    table(
        "Diagnosis",
        "diagnosis",
        Role.RESULT,
        """
        person person key, question code:question key, value number, benchmark number, cases count, low number,
        high number, verdict code:verdict, advice text
        """,
    ),
    table(
        "Causes",
        "causes",
        Role.RESULT,
        """
        person person key, driver code:driver key, target number, actual number, contribution number
        """,
    ),
    table(
        "Summary",
        "summary",
        Role.RESULT,
        """
        person person key, tier tier key, average_rate rate, first_plan count, done count, completion rate
        """,
    ),
    table(
        "Effort",
        "care",
        Role.RESULT,
        """
        person person key, kind code:customer_kind key, calls count, orders count, amount money, calls_per_order number,
        amount_per_call money
        """,
    ),
    table(
        "Care",
        "care",
        Role.RESULT,
        """
        id id key, name text, owner person, event code:care_event key, due date key, message text, last_done date,
        repeat_orders count
        """,
    ),
    table(
        "Meeting",
        "meeting",
        Role.RESULT,
        """
        person person key, proposed number, target number, agreed_on date, orders count, completion rate,
        time_progress rate, ahead rate, forecast number, shape code:shape, advice text, cause text, helper person
        """,
    ),
    table(
        "Pairs",
        "meeting",
        Role.RESULT,
        """
        person person key, topic text key, rate rate, benchmark rate, cases count, helper person, helper_rate rate,
        helper_cases count
        """,
    ),
    table(
        "Rewards",
        "rewards",
        Role.RESULT,
        """
        period text key, person person key, rule text key, measured number, amount money, due date key,
        paid_on date entry, status code:reward_status
        """,
    ),
    table(
        "Problems",
        "problems",
        Role.RESULT,
        """
        table text key, row count key, column text key, value text, problem text key, remedy text,
        severity code:severity
        """,
    ),
    table(
        "History",
        "history",
        Role.LOG,
        """
        at date key, id id key, from_tier tier, to_tier tier key, owner person, source code:history_source key
        """,
    ),
    table(
        "PlanHistory",
        "plan_history",
        Role.LOG,
        """
        as_of date key, person person key, week text key, tier tier key, planned count
        """,
    ),
    table(
        "TargetHistory",
        "target_history",
        Role.LOG,
        """
        at date key, period text key, person person key, measure code:measure key, old number, new number key,
        reason code:revision_reason, by text
        """,
    ),
    table(
        "Matched",
        "bookkeeping",
        Role.RESULT,
        """
        table text key, column text key, sheet text, header text
        """,
    ),
    table(
        "Kept",
        "bookkeeping",
        Role.RESULT,
        """
        table text key, row_key text key, column text key, value text
        """,
    ),
    table(
        "Seen",
        "seen",
        Role.RESULT,
        """
        id id key, next_contact date, at moment
        """,
    ),
)

TABLES: dict[str, Table] = {t.name: t for t in (*INPUTS, *RESULTS)}

# entry column of CallList -> column of Activities
CALL_ENTRIES = {
    "outcome": "outcome",
    "tier_after": "tier_after",
    "next_contact": "next_contact",
    "next_purpose": "next_purpose",
    "remark": "note",
}
