"""Lists with two columns of phones: the numbers of both are the customer's."""

from __future__ import annotations

from datetime import date

import pytest

from funnelbook.book.checks import check
from funnelbook.commands.adopt import looked_at
from funnelbook.commands.adopt_told import told
from funnelbook.commands.open import read_inputs
from funnelbook.domain import phone
from funnelbook.domain.phone_lists import sharing
from support.sheets import book_of

DAY = date(2026, 5, 20)


@pytest.mark.parametrize(
    ("first", "second"),
    [("电话", "备用电话"), ("电话", "电话2"), ("手机", "其他电话"), ("手机", "座机"), ("电话1", "电话2"), ("Phone", "Phone 2"),
     ("Phone", "Other phone"), ("Mobile", "Office phone"), ("电话", "电话")],
)  # fmt: skip
def test_the_numbers_of_a_second_column_are_known(first, second):
    text = (
        f"客户编号 | 客户名称 | {first} | {second} | 业务员\n"
        "K1 | 甲甲公司 | 13800138001 | 139 0013 9001 | 李娜\n"
        "K2 | 乙乙公司 | - | 13900139002 | 李娜\n"
        "K3 | 丙丙公司 | 13800138003n | 无 | 李娜\n"
        "K4 | 丁丁公司 | 13800138004 | 13800138001 | 李娜"
    )
    book = book_of(客户=text)
    inputs = read_inputs(book, DAY)
    numbers = [phone.every(str(said)) for said in inputs.frames["Customers"]["phone"]]
    assert numbers == [["13800138001", "13900139001"], ["13900139002"], ["13800138003"], ["13800138004", "13800138001"]]
    again = [found for found in check(inputs, DAY).found if found.code == "same_phone"]
    assert [found.rows.tolist() for found in again] == [[5]]
    lines = list(told(looked_at(book, as_of=DAY), "zh"))
    assert f"另外的号码列，也都认（查重、导入通话、勿扰）：客户!D {second}" in lines
    assert not any("没有用到的列" in line and second in line for line in lines)


def test_two_desks_of_one_switchboard_are_no_duplicates():
    text = "客户编号 | 客户名称 | 电话 | 业务员\nK1 | 甲甲公司 | 010-62345678转801 | 李娜\nK2 | 乙乙公司 | 010-62345678转802 | 李娜"
    assert "same_phone" not in [found.code for found in check(read_inputs(book_of(客户=text), DAY), DAY).found]


def test_who_must_not_be_called_is_not_by_the_second_number_either():
    text = (
        "客户编号 | 客户名称 | 电话 | 备用电话 | 业务员 | 勿扰\nK1 | 甲甲公司 | 13800138001 | 13900139001 | 李娜 | 是\n"
        "K2 | 乙乙公司 | 13900139001 | - | 李娜 | -\nK3 | 丙丙公司 | 13800138003 | 138 0013 8001 | 李娜 | -\n"
        "K4 | 丁 | 13800138004 | - | 李娜 | -"
    )
    frame = read_inputs(book_of(客户=text), DAY).frames["Customers"]
    assert sharing(frame["phone"], frame["do_not_call"].to_numpy(bool), "CN").tolist() == [True, True, True, False]
