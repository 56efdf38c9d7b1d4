"""What becomes of a row or cell that has a problem: where it counts and where not; the words are in `consequences.py` of each language."""

from __future__ import annotations

from collections.abc import Iterator

from funnelbook.book.schema import TABLES, Column, Kind, Table

ROW, CELL, WAITS, GRID_WAITS, POOL_WAITS = "row", "cell", "waits", "grid_waits", "pool_waits"

# of cells that cannot be read
_READING = frozenset(
    (
        "bad_number",
        "too_large",
        "team_as_person",
        "bad_date",
        "bad_flag",
        "unknown_tier",
        "unknown_word",
        "error_cell",
        "negative",
    )
)
_NUMBERS = (Kind.COUNT, Kind.NUMBER, Kind.MONEY)
# Columns in which blank would say something that nobody wrote: without them the row is not used
BLANK_SPEAKS = frozenset(
    (("Targets", "person"), ("RewardRules", "from"), ("RewardRules", "to"), ("RewardRules", "cap")),
)
_OF_CELL = {
    ("Orders", "amount"): "order_only",
    ("Orders", "status"): "valid_order",
    ("People", "active"): "at_work",
    ("Leave", "to"): "one_day",
    ("Rewards", "paid_on"): "unpaid",
    ("Activities", "tier_after"): "tier_of_outcome",
}
_OF_ROW = {
    ("Customers", "unknown_person"): "no_calls",
    ("Orders", "unknown_customer"): "order_alone",
    ("Orders", "name_of_several"): "order_alone",
    ("Activities", "unknown_customer"): "call_alone",
    ("Orders", "negative"): ROW,
    ("Targets", "no_such_person"): "no_target",
    ("Leave", "no_such_person"): ROW,
}
# Others say it in their own words
_OF_CODE = {
    "missing_column": "table",
    "blank_cell": ROW,
    "unknown_setting": ROW,
    "unknown_person": "own_row",
    "unknown_outcome": "no_move",
    "future": "later",
    "closed_early": "as_usual",
    "bad_phone": "as_usual",
    "same_phone": "both",
    "similar_name": "both",
    "ordered_early": "as_usual",
    "after_closed": "as_usual",
    "next_before": "as_usual",
    "stale": "as_usual",
    "cold": "no_stock",
    "no_next_contact": "as_usual",
    "no_purpose": "as_usual",
    "target_unassigned": "each",
    "target_overassigned": "each",
    "not_granted": "as_usual",
}


def consequence(table: str, column: str | None, code: str) -> str | None:
    """What becomes of a row of `table` with this problem in `column`, as a key of the words; None where the problem says it itself."""
    if (table, code) in _OF_ROW:
        return _OF_ROW[table, code]
    if code not in _READING:
        return _OF_CODE.get(code)
    if table == "CallList":
        return WAITS
    if table == "TargetGrid":
        return GRID_WAITS
    if table == "Pool":
        return POOL_WAITS
    schema = TABLES.get(table)
    if schema and column in schema.by_name and needed(schema, schema.by_name[column]):
        return ROW
    return _OF_CELL.get((table, column or ""), CELL)


def needed(table: Table, column: Column) -> bool:
    """Whether a row of an input table is left out where this cell cannot be read."""
    return (column.required and column.kind not in _NUMBERS) or (table.name, column.name) in BLANK_SPEAKS


def consequences(code: str) -> Iterator[str]:
    """All that becomes of rows with this problem, whichever table it is in."""
    if code in _READING:
        yield from (CELL, ROW)
    else:
        alone = [said for (_, of), said in _OF_ROW.items() if of == code]
        yield from alone or filter(None, [_OF_CODE.get(code)])


def every() -> set[str]:
    """The keys of all words there must be."""
    return {ROW, CELL, WAITS, GRID_WAITS, POOL_WAITS, *_OF_CELL.values(), *_OF_ROW.values(), *_OF_CODE.values()}
