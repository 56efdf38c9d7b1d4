"""The workbook contract: every table, its columns, their kinds and keys. Names here are used in code and in `--json`."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """How a column's cells are read and written."""

    ID = "id"  # text that keeps its zeros
    TEXT = "text"
    PHONE = "phone"  # text that keeps its zeros
    PERSON = "person"  # the team row has none
    TIER = "tier"  # a code of the Tiers table
    CODE = "code"  # one of a fixed list of words, see words.py
    COUNT = "count"  # whole number
    NUMBER = "number"
    MONEY = "money"
    RATE = "rate"  # 0 .. 1, shown as per cent
    DATE = "date"
    MOMENT = "moment"  # date with time of day
    FLAG = "flag"  # yes / no


class Role(StrEnum):
    """Who owns a table's cells."""

    INPUT = "input"  # users type here
    RESULT = "result"  # rewritten on refresh
    LOG = "log"  # appended on refresh


@dataclass(frozen=True)
class Column:
    name: str
    kind: Kind
    key: bool = False
    words: str | None = None  # the list in words.py a CODE column takes its values from
    required: bool = False
    entry: bool = False  # of a result table: users type here too


@dataclass(frozen=True, eq=False)
class Table:
    name: str  # also the ListObject's name
    sheet: str  # key into labels.SHEETS
    role: Role
    columns: tuple[Column, ...]
    by_name: dict[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {c.name: c for c in self.columns})

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(c.name for c in self.columns)

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(c.name for c in self.columns if c.key)


def _table(name: str, sheet: str, role: Role, columns: str) -> Table:
    """A table from its columns, a comma between them: `name kind[:words] [key] [required] [entry]`."""
    parsed = []
    for text in columns.split(","):
        column, kind, *marks = text.split()
        kind, _, words = kind.partition(":")
        parsed.append(Column(column, Kind(kind), "key" in marks, words or None, "required" in marks, "entry" in marks))
    return Table(name, sheet, role, tuple(parsed))


_ALL = (
    _table(
        "Customers",
        "customers",
        Role.INPUT,
        """
        id id key required, name text, contact text, phone phone, email text, source text, owner person, tier tier,
        expected_value money, created date, closed date, next_contact date, next_purpose text, next_channel text,
        objection text, do_not_call flag, birthday date, note text
        """,
    ),
    _table(
        "Activities",
        "activities",
        Role.INPUT,
        """
        activity_id id key, at moment required, id id required, owner person, channel text, connected flag,
        minutes number, outcome text, tier_after tier, quote money, next_contact date, next_purpose text,
        objection text, note text
        """,
    ),
    _table(
        "Orders",
        "orders",
        Role.INPUT,
        """
        order_id id key, date date required, id id, owner person, amount money required, margin money, paid money,
        status code:order_status
        """,
    ),
    _table(
        "People",
        "people",
        Role.INPUT,
        """
        person person key required, start date, active flag, daily_calls count, capacity number, note text
        """,
    ),
    _table(
        "Leave",
        "leave",
        Role.INPUT,
        """
        person person required, from date required, to date
        """,
    ),
    _table(
        "Targets",
        "targets",
        Role.INPUT,
        """
        period text key required, person person key, revision count key, orders_proposed number, amount_proposed money,
        margin_proposed money, orders number, amount money, margin money, agreed_on date, agreed_by text, locked flag,
        reason code:revision_reason, author text
        """,
    ),
    _table(
        "Tiers",
        "settings",
        Role.INPUT,
        """
        order count, code tier key required, name text, definition text, rate rate, dwell_days number,
        cadence_days number, minutes number, advice text
        """,
    ),
    _table(
        "Outcomes",
        "settings",
        Role.INPUT,
        """
        outcome text key required, tier_after tier, connected flag, quoted flag
        """,
    ),
    _table(
        "Channels",
        "settings",
        Role.INPUT,
        """
        channel text key required, from text, to text, max_chars count, confirm_by text, confirm_days count, advice text
        """,
    ),
    _table(
        "Objections",
        "settings",
        Role.INPUT,
        """
        objection text key required, next_step text
        """,
    ),
    _table(
        "Ramp",
        "settings",
        Role.INPUT,
        """
        month count key required, factor number required
        """,
    ),
    _table(
        "CareRules",
        "settings",
        Role.INPUT,
        """
        event code:care_event required, days count, value_class code:value_class, template text
        """,
    ),
    _table(
        "RewardRules",
        "settings",
        Role.INPUT,
        """
        rule text key required, metric text, from number, to number, amount money, percent rate, cap money,
        granted_by text
        """,
    ),
    _table(
        "Calendar",
        "calendar",
        Role.INPUT,
        """
        date date key required, workday flag, weight number, name text, greeting text
        """,
    ),
    _table(
        "Settings",
        "settings",
        Role.INPUT,
        """
        key text key required, value text, meaning text
        """,
    ),
    _table(
        "Shapes",
        "funnel",
        Role.RESULT,
        """
        person person key, open count, shape code:shape, advice text, target number, won count, gap number,
        new_in_time count, first_calls count, chance rate, target_amount money, amount_p10 money, amount_p50 money,
        amount_p90 money, chance_amount rate, dry_tier tier, dry_week text
        """,
    ),
    _table(
        "Funnel",
        "funnel",
        Role.RESULT,
        """
        person person key, tier tier key, stock count, expected number, ratio rate, reached count, cases count,
        rate_raw rate, rate rate, rate_low rate, rate_high rate, estimate flag, lead_days number, needed count,
        missing count, p_in_time rate, note text
        """,
    ),
    _table(
        "WeekPlan",
        "week_plan",
        Role.RESULT,
        """
        person person key, week text key, tier tier key, workdays number, planned count, done count, completion rate,
        status code:week_status, late flag, amount money, margin money
        """,
    ),
    _table(
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
    _table(
        "Board",
        "board",
        Role.RESULT,
        """
        rank count, person person key, orders count, amount money, margin money, target number, completion rate,
        time_progress rate, ahead rate, forecast number, star flag
        """,
    ),
    _table(
        "Diagnosis",
        "diagnosis",
        Role.RESULT,
        """
        person person key, question code:question key, value number, benchmark number, cases count, low number,
        high number, verdict code:verdict, advice text
        """,
    ),
    _table(
        "Causes",
        "causes",
        Role.RESULT,
        """
        person person key, driver code:driver key, target number, actual number, contribution number
        """,
    ),
    _table(
        "Summary",
        "summary",
        Role.RESULT,
        """
        person person key, tier tier key, average_rate rate, first_plan count, done count, completion rate
        """,
    ),
    _table(
        "Effort",
        "care",
        Role.RESULT,
        """
        person person key, kind code:customer_kind key, calls count, orders count, amount money, calls_per_order number,
        amount_per_call money
        """,
    ),
    _table(
        "Care",
        "care",
        Role.RESULT,
        """
        id id key, name text, owner person, event code:care_event key, due date key, message text, last_done date,
        repeat_orders count
        """,
    ),
    _table(
        "Problems",
        "problems",
        Role.RESULT,
        """
        table text key, row count key, column text key, value text, problem text key, remedy text,
        severity code:severity
        """,
    ),
    _table(
        "History",
        "history",
        Role.LOG,
        """
        at date key, id id key, from_tier tier, to_tier tier key, owner person, source code:history_source key
        """,
    ),
    _table(
        "PlanHistory",
        "plan_history",
        Role.LOG,
        """
        as_of date key, person person key, week text key, tier tier key, planned count
        """,
    ),
    _table(
        "Matched",
        "bookkeeping",
        Role.RESULT,
        """
        table text key, column text key, sheet text, header text
        """,
    ),
    _table(
        "Kept",
        "bookkeeping",
        Role.RESULT,
        """
        table text key, row_key text key, column text key, value text
        """,
    ),
)

TABLES: dict[str, Table] = {t.name: t for t in _ALL}
INPUTS: tuple[Table, ...] = tuple(t for t in _ALL if t.role is Role.INPUT)
RESULTS: tuple[Table, ...] = tuple(t for t in _ALL if t.role is not Role.INPUT)
