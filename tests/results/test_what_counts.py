"""What Problems says of a row is what happens to it: what is said not to count counts nowhere, what is said to count is there."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import Any

import pytest

from funnelbook.book.consequences import consequences, every
from funnelbook.book.ports import CellError
from funnelbook.book.schema import TABLES, Kind
from funnelbook.book.severities import ERROR, SEVERITIES, WARNING
from funnelbook.commands.publish import publish_book
from funnelbook.words import LANGUAGES, subject
from support.cases import first
from support.every_table import Rows, book_with, day, differing, results, team
from support.sheets import DAY

NOT_COUNTED = "；这一行没有计入"
AS_BLANK = "；这一格按空白算，其余照常"
NUMBERS, DAYS = (Kind.COUNT, Kind.NUMBER, Kind.MONEY, Kind.RATE), (Kind.DATE, Kind.MOMENT)
# One more row of each table, which would count if it could be read; {} is the number of the row
MORE: dict[str, dict[str, Any]] = {
    "Customers": {"id": "K{}", "name": "{}", "phone": None},
    "Activities": {"activity_id": "C{}"},
    "Orders": {"order_id": "O{}"},
    "Leave": {"from": day("2026-05-28"), "to": day("2026-05-29")},
    "Targets": {"period": "2026-05", "person": "小张", "orders": 20.0, "amount": 9000.0, "margin": 900.0},
    "RewardRules": {"rule": "奖{}", "percent": 0.01, "cap": 50.0},
    "CareRules": {"days": 9.0},
    "Calendar": {"workday": None, "weight": 0.5},
    "People": {"person": "小{}", "daily_calls": 5.0, "start": day("2026-05-04")},
}
# These say themselves what becomes of the row; a new problem belongs here or has a consequence
IN_ITS_OWN_WORDS = {
    "two_tables", "rows_below", "entry_refused", "duplicate", "tier_special", "tier_special_name", "date_order", "flipped_day", "no_year",
    "as_seconds", "as_minutes_seconds", "unit_doubt", "currencies", "bad_time",
    "as_minutes", "long_calls", "nobody_reached", "id_differs", "shared_phone", "all_unknown", "unknown_channel", "unknown_disposition",
    "disposition_outcome",
    "bad_do_not_call", "bad_setting", "no_owner", "several_owners", "other_country", "entry_outcome", "entry_customer", "entry_no_column",
    "entry_date", "entry_amount", "entry_not_won", "entry_no_orders", "order_differs", "won_without_order", "owner_left",
    "target_not_whole", "tier_number", "leave_backwards", "note_sale_near", "note_sale_copied", "note_sale_changed", "note_sale_undone",
    "both_changed", "owner_change", "number_point", "spoken_day", "state_not_tier", "listed_phone", "listed_name", "numbers_returned",
    "numbers_anew", "note_spares", "next_spares", "outcome_spares", "call_note_spares", "header_gone", "open_sale", "share_ends",
    "no_number", "line_twice", "cut_off", "no_line_end", "listed_email", "listed_twice",
    "call_again", "unsigned", "other_key", "row_gone", "other_customer", "no_column_for", "unknown_phone", "bad_period", "unknown_field",
    "sms_too_long", "negative_target", "target_refused", "target_no_column",
    "target_of_nobody", "rule_gives_nothing", "from_above_to", "not_a_rate", "locks_above_total",
    "pool_soon", "pool_changed", "pool_nobody", "pool_rule_closed", "pool_rule_empty", "pool_rule_zero",
}  # fmt: skip


def unreadable(kind: Kind) -> list[object]:
    """What may stand in a cell of this kind and cannot be read."""
    error = CellError("#N/A")
    if kind in NUMBERS:
        return ["很多", error, 1e300]
    typed: object = {Kind.FLAG: "也许", Kind.TIER: "ZZ", Kind.CODE: "乱写"}.get(kind, "哪天" if kind in DAYS else error)
    return [typed, error, error]


UNREADABLE = ("text", "error", "too large")


@cache
def sound() -> tuple[dict[str, Any], Any]:
    return results(team())


def spoilt(table: str, which: str) -> tuple[Rows, Rows]:
    """The team with one more row for each column, unreadable there; and with what Problems says becomes of these rows."""
    bad, said = team(), team()
    for i, column in enumerate(TABLES[table].columns, start=len(bad[table])):
        row = bad[table][0] | {k: v.format(i) if isinstance(v, str) else v for k, v in MORE[table].items()}
        row |= {"Targets": {"revision": float(i)}, "Calendar": {"date": day("2026-05-10") + timedelta(i)}}.get(
            table, {}
        )
        bad[table].append(row | {column.name: unreadable(column.kind)[UNREADABLE.index(which)]})
    problems = results(bad)[1]
    told = problems[problems["table"] == table].groupby(["row", "column"])["problem"].first()
    for i, column in enumerate(TABLES[table].columns, start=len(said[table])):
        text = told[i + 2, column.name]  # below the header
        if not text.endswith(NOT_COUNTED):
            said[table].append(bad[table][i] | {column.name: True if column.name == "do_not_call" else None})
    return bad, said


@pytest.mark.parametrize("which", first(1, UNREADABLE))
@pytest.mark.parametrize("table", MORE)
def test_what_cannot_be_read_counts_as_it_is_said(table, which):
    bad, said = spoilt(table, which)
    assert len(bad[table]) > len(said[table]) > len(team()[table])
    made, expected = results(bad)[0], results(said)[0]
    assert differing(made, expected) == set()
    assert differing(made, sound()[0]), "the rows would change nothing anyway"


OF_CALLS = {"DailyReport", "Efficiency", "Effort"}
ALL = {table.name for table in TABLES.results} - {
    "Problems",
    "Seen",
    "Numbered",
}  # these two: the customers as they stand
NONE: set[str] = set()
SALES = {"Board", "DailyReport", "Summary", "Meeting", "Rewards"}
OF_CUSTOMERS = {"History", "Care", "CallList", "ObjectionCounts"}
NO_CUSTOMER, NOBODY = "没有这个编号", "老王"
NEW = {"id": "K99", "name": "欧阳修远", "phone": "13911112222"}


def case(
    table: str,
    row: dict[str, Any],
    column: str,
    said: str,
    counts: set[str] = NONE,
    not_in: set[str] = NONE,
    error: bool = False,
):
    marks = () if table in ("Orders", "Activities") else (pytest.mark.slow,)  # a refresh or two each
    return pytest.param(
        table,
        row,
        column,
        said,
        counts,
        not_in or (NONE if counts else ALL),
        error,
        id=f"{table} {column}",
        marks=marks,
    )


@pytest.mark.parametrize(
    ("table", "row", "column", "said", "counts", "not_in", "error"),
    [
        case("Orders", {"id": NO_CUSTOMER}, "id", "业绩照算，客户级别、转化率和客户关怀里没有这一单", SALES, OF_CUSTOMERS),
        case("Orders", {"id": "K19", "owner": NOBODY}, "owner", "照常计入，在龙虎榜上单独一行", SALES | {"History", "Care"}),
        case("Orders", {"id": "K19", "status": "乱写"}, "status", "按有效订单计入", SALES | {"History", "Care"}),
        case("Orders", {"id": "K19", "amount": "很多"}, "amount", "算一单，金额没有计入", SALES | {"History"}, error=True),
        case("Orders", {"id": "K19", "date": day("2026-03-05")}, "date", "下单日期早于客户的录入日期；照常计入", {"History", "Care"}),
        case("Orders", {"id": "K19", "amount": -5.0}, "amount", "金额是负数；这一行没有计入", error=True),
        case("Orders", {"id": "K19", "date": day("2026-05-21")}, "date", "到那天才计入"),
        case("Orders", {"id": "K19", "order_id": "O1"}, "order_id", "重复，只读取了第一行", error=True),
        case("Orders", {"id": "K19", "date": None}, "date", "必填的单元格是空的；这一行没有计入", error=True),
        case("Activities", {"id": NO_CUSTOMER}, "id", "电话量照算，不改变任何客户的级别", OF_CALLS, {"Funnel", "Board", *OF_CUSTOMERS}),
        case("Activities", {"owner": NOBODY}, "owner", "照常计入，在龙虎榜上单独一行", OF_CALLS | {"Board"}),
        case("Activities", {"outcome": "瞎聊", "tier_after": None}, "outcome", "电话量照算，不改变级别", OF_CALLS, {"History"}),
        case("Activities", {"next_contact": day("2026-05-01")}, "next_contact", "下次联系早于这次联系；照常计入", OF_CALLS),
        case("Activities", {"at": day("2026-05-21")}, "at", "到那天才计入"),
        case("Activities", {"activity_id": "C1"}, "activity_id", "重复，只读取了第一行", error=True),
        case("Customers", {"owner": NOBODY}, "owner", "但谁的今日电话里都没有这位客户", {"Funnel", "Board", "History", "Shapes"}),
        case("Customers", {"owner": None}, "owner", "客户没有业务员，只计入团队", {"Funnel", "History"}, {"Efficiency"}),
        case("Customers", {"phone": "123"}, "phone", "电话号码无效；照常计入", {"Funnel", "History"}),
        case("Customers", {"phone": "13800130000"}, "phone", "两个都计入", {"Funnel", "History"}),
        case("Customers", {"name": "广州白云科技公司"}, "name", "两个都计入", {"Funnel", "History"}),
        case("Customers", {"created": day("2026-05-21")}, "created", "到那天才计入"),
        case("Customers", {"id": "K1"}, "id", "重复，只读取了第一行", error=True),
        case("Customers", {"id": None}, "id", "必填的单元格是空的；这一行没有计入", error=True),
        case("Leave", {"person": NOBODY}, "person", "这一行没有计入"),
        case("Targets", {"person": NOBODY}, "person", "龙虎榜和目标分解里没有这个目标", {"TargetHistory"}, {"Board", "WeekPlan", "Funnel"}),
        case("Targets", {"period": "春天"}, "period", "看不懂这个期间，这一行没有使用", error=True),
        case("RewardRules", {"rule": "又奖", "amount": None}, "amount", "没有使用", error=True),
        case("RewardRules", {"rule": "又奖", "from": 9.0, "to": 1.0}, "from", "规则没有使用", error=True),
        case("RewardRules", {"rule": "又奖", "granted_by": None}, "granted_by", "规则没有批准人；照常计入", {"Rewards"}),
    ],
)  # fmt: skip
def test_a_row_counts_where_it_is_said_and_nowhere_else(table, row, column, said, counts, not_in, error):
    rows = team()
    last = rows[table][-1] | (NEW if table == "Customers" else {"order_id": "O99"} if table == "Orders" else {})
    rows[table].append(last | ({"activity_id": "C99", "at": day("2026-05-19")} if table == "Activities" else {}) | row)
    made, problems = results(rows)
    line = problems[(problems["table"] == table) & (problems["column"] == column)].iloc[-1]
    assert line["problem"].endswith(said)
    assert (line["severity"] == ERROR) == error
    changed = differing(made, sound()[0])
    assert counts - changed == set()
    assert not_in & changed == set()


def board(tmp_path, rows: Rows) -> str:
    page = tmp_path / "board.html"
    page.unlink(missing_ok=True)
    publish_book(book_with(rows), page, as_of=DAY, language="zh")
    return page.read_text(encoding="utf-8")


def test_what_is_published_is_what_counts(tmp_path):
    today = {"order_id": "O99", "date": day("2026-05-20"), "amount": 8765.0}
    without = board(tmp_path, team())
    for row, is_there in (({"id": NO_CUSTOMER}, True), ({"amount": -5.0}, False), ({"date": None}, False)):
        rows = team()
        rows["Orders"].append(rows["Orders"][-1] | today | row)
        assert (board(tmp_path, rows) != without) == is_there


def test_a_negative_amount_of_a_customer_or_a_call_is_used_nowhere():
    rows, blank = team(), team()
    for table, column in (("Customers", "expected_value"), ("Activities", "quote")):
        rows[table][-1][column], blank[table][-1][column] = -3.0, None
    made, problems = results(rows)
    assert problems["problem"].tolist() == [f"金额是负数{AS_BLANK}"] * 2
    assert differing(made, results(blank)[0]) == set()


def test_every_problem_says_what_becomes_of_the_row():
    assert {code for code in SEVERITIES if not list(consequences(code))} == IN_ITS_OWN_WORDS
    for language in LANGUAGES:
        assert set(subject("consequences", language)) == {*every(), "joined"}
    assert SEVERITIES["unknown_customer"] == WARNING, "it is money, and it counts"
