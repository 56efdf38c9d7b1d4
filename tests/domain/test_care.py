from datetime import date

import pandas as pd
import pytest

from funnelbook.domain import care
from funnelbook.domain.festivals import UnknownYears, festivals
from funnelbook.domain.workdays import WorkCalendar
from support.worked import rows

PUBLISHED = {
    "spring_festival": "2024-02-10 2025-01-29 2026-02-17 2027-02-06 2028-01-26 2029-02-13 2030-02-03",
    "dragon_boat": "2024-06-10 2025-05-31 2026-06-19 2027-06-09 2028-05-28 2029-06-16 2030-06-05",
    "mid_autumn": "2024-09-17 2025-10-06 2026-09-25 2027-09-15 2028-10-03 2029-09-22 2030-09-12",
}
CUSTOMERS = """
    id | birthday
    K1 | 1980-02-29
    K2 | 1990-06-10
    K3 | -
"""
HOLIDAY = WorkCalendar.from_frame(rows("date | workday | weight\n2026-06-19 | 否 | -").assign(workday=False))


def due(orders: str, rules: str, start: str, end: str, calendar: WorkCalendar | None = None) -> list[tuple[str, ...]]:
    """(customer, event, day, festival) of the care due."""
    known = rows(CUSTOMERS).assign(birthday=lambda f: pd.to_datetime(f["birthday"]))
    table = rows(rules, "days value_class").assign(days=lambda f: pd.to_numeric(f["days"]))
    bought = rows(orders)
    found = care.due_events(
        known,
        bought,
        table,
        date.fromisoformat(start),
        date.fromisoformat(end),
        calendar or WorkCalendar.plain(),
        visit_days={"high": 30, "mid": 60, "low": 90},
    )
    return [
        (known["id"][c], event, str(day.date()), detail)
        for c, event, day, detail in zip(found["customer"], found["event"], found["due"], found["detail"], strict=True)
    ]


def test_guidance_one_seven_and_thirty_days_after_each_order():
    orders = "date | id | amount\n2026-05-01 | K1 | 100\n2026-05-05 | K1 | 100"
    rules = "event | days\nguidance | 1\nguidance | 7\nguidance | 30"
    assert due(orders, rules, "2026-05-01", "2026-05-31") == [
        ("K1", "guidance", "2026-05-02", ""),
        ("K1", "guidance", "2026-05-06", ""),
        ("K1", "guidance", "2026-05-08", ""),
        ("K1", "guidance", "2026-05-12", ""),
        ("K1", "guidance", "2026-05-31", ""),
    ]


def test_visits_by_value_class_after_the_last_order():
    orders = """
        date       | id | amount
        2026-01-01 | K1 | 40000
        2026-03-01 | K1 | 10000
        2026-03-01 | K2 | 10000
        2026-03-01 | K3 | 9999
    """
    rules = "event | value_class\nvisit | high\nvisit | mid\nvisit | low"
    assert due(orders, rules, "2026-03-02", "2026-06-01") == [
        ("K1", "visit", "2026-03-31", ""),
        ("K1", "visit", "2026-04-30", ""),
        ("K2", "visit", "2026-04-30", ""),
        ("K1", "visit", "2026-05-30", ""),
        ("K3", "visit", "2026-05-30", ""),
    ]


def test_a_rule_for_everybody_without_days_uses_the_days_of_each_class():
    orders = "date | id | amount\n2026-01-01 | K1 | 60000\n2026-01-01 | K2 | 20000\n2026-01-01 | K3 | 10"
    rules = "event | days | value_class\nvisit | - | -"
    assert [(who, day) for who, _, day, _ in due(orders, rules, "2026-01-02", "2026-04-02")] == [
        ("K1", "2026-01-31"),
        ("K1", "2026-03-02"),
        ("K2", "2026-03-02"),
        ("K1", "2026-04-01"),
        ("K3", "2026-04-01"),
    ]


def test_a_rule_of_its_own_days_goes_before_the_settings():
    orders = "date | id | amount\n2026-03-01 | K3 | 500"
    assert due(orders, "event | days | value_class\nvisit | 10 | low", "2026-03-01", "2026-03-22") == [
        ("K3", "visit", "2026-03-11", ""),
        ("K3", "visit", "2026-03-21", ""),
    ]


@pytest.mark.parametrize(
    ("amount", "kind"), [(50_000, "high"), (49_999, "mid"), (10_000, "mid"), (9_999, "low"), (0, "low")]
)
def test_value_classes(amount, kind):
    assert care.value_class([amount], 50_000, 10_000).tolist() == [kind]


def test_a_greeting_on_a_holiday_is_due_on_the_last_working_day_before():
    orders = "date | id | amount\n2026-05-01 | K2 | 100"
    # Dragon Boat 2026 is Friday 19 June; Labour Day 2027 a Saturday
    assert due(orders, "event\nfestival", "2026-06-15", "2026-06-25") == [
        ("K2", "festival", "2026-06-19", "dragon_boat")
    ]
    assert due(orders, "event\nfestival", "2026-06-15", "2026-06-25", HOLIDAY) == [
        ("K2", "festival", "2026-06-18", "dragon_boat")
    ]
    assert due(orders, "event\nfestival", "2027-04-30", "2027-04-30") == [
        ("K2", "festival", "2027-04-30", "labour_day")
    ]
    assert due(orders, "event\nfestival", "2027-05-01", "2027-05-02") == []


def test_birthdays_of_leap_days_are_kept_on_the_28th():
    orders = "date | id | amount\n2024-01-05 | K1 | 100"
    assert due(orders, "event\nbirthday", "2026-02-01", "2028-03-31") == [
        ("K1", "birthday", "2026-02-28", ""),
        ("K1", "birthday", "2027-02-28", ""),
        ("K1", "birthday", "2028-02-29", ""),
    ]


def test_who_never_bought_is_no_existing_customer():
    assert (
        due("date | id | amount\n2026-05-01 | K9 | 100", "event\nbirthday\nfestival", "2026-01-01", "2026-12-31") == []
    )
    assert due("date | id | amount", "event\nbirthday\nfestival", "2026-01-01", "2026-12-31") == []


def test_a_rule_a_century_away_is_a_slip_and_no_reason_to_fail():
    orders = "date | id | amount\n2026-05-01 | K1 | 100"
    assert (
        due(orders, "event | days\nguidance | 1e15\nguidance | -1e15\nvisit | 1e15", "2026-05-01", "2026-05-31") == []
    )


@pytest.mark.parametrize(
    ("code", "day"), [(code, day) for code, published in PUBLISHED.items() for day in published.split()]
)
def test_lunar_festivals_fall_on_the_published_days(code, day):
    when = date.fromisoformat(day)
    assert (when, code) in festivals(when, when)
    assert [d for d, c in festivals(date(when.year, 1, 1), date(when.year, 12, 31)) if c == code] == [when]


def test_festivals_of_a_year_in_order():
    assert [code for _, code in festivals(date(2026, 1, 1), date(2026, 12, 31))] == [
        "new_year",
        "spring_festival",
        "lantern",
        "labour_day",
        "dragon_boat",
        "mid_autumn",
        "national_day",
    ]
    with pytest.raises(UnknownYears, match="1901"):
        festivals(date(2099, 1, 1), date(2100, 1, 1))
