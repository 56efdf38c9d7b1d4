"""Problems as they are shown and read back."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from funnelbook.book.problems import Problems, schema_names, shown


def test_a_row_that_a_user_typed_into_problems_stays_as_it_is():
    read = schema_names(pd.DataFrame({"table": ["客户", None, "别的"], "column": ["级别", None, "级别"]}, dtype=object))
    assert read.to_numpy().tolist() == [["Customers", "tier"], [None, None], ["别的", "级别"]]
    assert shown(read, "en").to_numpy().tolist() == [["Customers", "Tier"], [None, None], ["别的", "级别"]]


@pytest.mark.parametrize(
    ("language", "of_all", "example"),
    [
        ("zh", "联系过，但没有约好下次联系；照常计入（共 2 行：第 3、5 行）",
         "例如第 2 行：沉睡：74 天没有联系，今后也没有约好；照常计入（这样的共 3 行：第 2、4、6 行）"),
        ("en", "Contacted, but no next contact is agreed; counted as usual (rows 3, 5; 2 in all)",
         "For example, row 2: Stale: no contact for 74 days and none to come; counted as usual (rows like it: 2, 4, 6; 3 in all)"),
    ],
)  # fmt: skip
def test_what_only_one_row_of_many_says_is_said_as_an_example(language, of_all, example):
    problems = Problems()
    problems.add("Customers", "next_contact", "stale", [2, 4, 6], None, days=np.array([74, 31, 74]))
    problems.add("Customers", "next_contact", "no_next_contact", [3, 5], None)
    assert problems.lines(language)["problem"].tolist() == [example, of_all]


def test_what_keeps_entries_waiting_is_a_line_each():
    problems = Problems()
    for row, why in ((2, "甲"), (3, "乙"), (4, "甲")):
        problems.add("CallList", "outcome", "entry_refused", [row], [None], why=why)
    said = problems.lines("zh")["problem"].tolist()
    assert ["甲" in line and "第 2、4 行" in line for line in said] == [True, False]
    assert "乙" in said[1] and "行：" not in said[1].replace("这一行", "")


def test_channels_that_are_none_are_a_line_each():
    problems = Problems()
    for row, channel in ((2, "旱烟"), (5, "飞鸽")):
        problems.add("Activities", "channel", "unknown_channel", [row], [channel], count=3, channel=channel)
    assert problems.lines("zh")[["row", "value"]].to_numpy().tolist() == [[2, "旱烟"], [5, "飞鸽"]]
