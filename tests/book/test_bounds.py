"""Numbers that cannot be are told and not used: in Tiers, Leave, Settings, a target."""

from __future__ import annotations

import numpy as np
import pytest

from funnelbook.book.checks import check
from support.adopted import adopted, lines
from support.sheets import DAY, read

CUSTOMERS = "客户编号 | 客户名称 | 业务员 | 级别\n1 | 甲 | 小李 | D"


def problems(**tables: str) -> list[str]:
    found = check(read(adopted(customers=CUSTOMERS, **tables)), DAY).frame("zh")
    return lines(found, "table", "column", "value", "severity")


def test_numbers_of_tiers_that_cannot_be_take_the_default():
    given = "级别 | 转化率 | 停留天数 | 跟进间隔 | 每通分钟\nD | 1.5n | 0n | -2n | 0n\nC | 0n | 0.5n | 3n | -\nB | -0.1n | 7n | 3n | 4n"
    tiers = read(adopted(customers=CUSTOMERS, Tiers=given)).tiers
    usual = read(adopted(customers=CUSTOMERS, Tiers="级别\nD\nC\nB")).tiers
    assert tiers.rate == pytest.approx([usual.rate[0], 0, usual.rate[2]])
    assert tiers.dwell_days == pytest.approx([usual.dwell_days[0], 0.5, 7])
    assert tiers.cadence_days == pytest.approx([usual.cadence_days[0], 3, 3])
    assert np.isfinite(tiers.minutes).all()
    assert sorted(text for text in problems(Tiers=given) if text.startswith("Tiers")) == sorted([
        "Tiers rate 1.5 error",
        "Tiers dwell_days 0 error",
        "Tiers cadence_days -2 error",
        "Tiers rate -0.1 error",
        "Tiers minutes 0 error",
    ])  # fmt: skip


def test_leave_that_ends_before_it_begins_is_told():
    leave = "姓名 | 开始 | 结束\n小李 | 2026-05-29 | 2026-05-22\n小李 | 2026-06-01 | 2026-06-01\n小李 | 2026-06-05 | -"
    assert [text for text in problems(leave=leave) if text.startswith("Leave to")] == ["Leave to 2026-05-22 error"]


@pytest.mark.parametrize(
    ("key", "value", "used"),
    [
        ("max_tries_per_day", "0n", False),
        ("max_tries_per_day", "1n", True),
        ("period", "2026-05-25", False),  # a cell with a day: neither its month nor the day alone
        ("period", "2026-05-01", True),  # what Excel makes of 2026-05
    ],
)
def test_settings_that_would_be_read_otherwise_are_refused(key, value, used):
    found = [text for text in problems(settings=f"项目 | 值\n{key} | {value}") if text.startswith("Settings")]
    assert (found == []) == used
