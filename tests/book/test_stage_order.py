"""Which tiers of a list come before which, where they are words."""

from __future__ import annotations

import pytest

from funnelbook.book.stage_order import in_order


@pytest.mark.parametrize(
    ("found", "ordered"),
    [
        (["高", "中", "低"], ["低", "中", "高"]),
        (["中意向", "高意向", "低意向"], ["低意向", "中意向", "高意向"]),
        (["热", "冷", "温"], ["冷", "温", "热"]),
        (["High", "Low", "Medium"], ["Low", "Medium", "High"]),
        (["Hot", "Cold", "Warm"], ["Cold", "Warm", "Hot"]),
        (["A", "C", "B"], ["C", "B", "A"]),
        (["报价", "初次沟通", "谈判", "需求确认"], ["初次沟通", "需求确认", "报价", "谈判"]),
    ],
)
def test_the_lowest_comes_first(found, ordered):
    assert in_order(found) == ordered
