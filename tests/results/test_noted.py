"""Dated entries of customers' notes are in the log once, whatever becomes of the cell, and never beat what the list itself says."""

from __future__ import annotations

import pytest

from funnelbook.book.labels import sheet_name
from funnelbook.commands.notes_told import notes_told
from funnelbook.commands.open import read_inputs
from support.adopted import adopted, lines, refreshed, table
from support.sheets import DAY

HEAD = "客户编号 | 客户名称 | 业务员 | 级别 | 下次联系 | 备注 | 跟进情况"
TALK = "5.12 电话，意向不错，下周三再联系"


def book(*customers: str, log: str = "", orders: str = "", settings: str = ""):
    head = "流水号 | 时间 | 客户编号 | 业务员 | 方式 | 结果 | 级别 | 报价 | 下次联系 | 内容 | 记录来源"
    more = {"settings": f"项目 | 值\n{settings}"} if settings else {}
    return adopted(
        customers="\n".join([HEAD, *customers]),
        activities=f"{head}\n{log}",
        orders=f"订单号 | 日期 | 客户编号 | 金额 | 状态\n{orders}",
        Outcomes="结果 | 级别\n已报价 | B\n愿意了解 | D\n成交 | 成交",
        Channels="方式\n电话",
        **more,
    )


def log(of, *columns: str) -> list[str]:
    return lines(read_inputs(of, DAY).frames["Activities"].assign(at=lambda f: f["at"].dt.date), *columns)


def orders(of) -> list[str]:
    return lines(read_inputs(of, DAY).frames["Orders"].assign(date=lambda f: f["date"].dt.date), "date", "id", "amount")


def note(of, text: str) -> None:
    of.grids[sheet_name("customers", "zh")][1][5] = text


def test_an_entry_is_taken_once_and_grows_with_its_cell():
    of = book(f"K1 | 甲 | 李娜 | C | - | {TALK}")
    report = refreshed(of)
    assert (report.noted.count, report.logged) == (1, 0)
    first = "2026-05-12 K1 李娜 电话 愿意了解 note"
    assert log(of, "at", "id", "owner", "channel", "outcome", "source") == [first]
    assert str(read_inputs(of, DAY).frames["Activities"]["next_contact"].iloc[0].date()) == "2026-05-20"
    assert not refreshed(of).written
    note(of, f"{TALK}；5.19 已报价 9800，下周五回复")
    assert refreshed(of).noted.count == 1
    assert log(of, "at", "outcome", "quote") == ["2026-05-12 愿意了解 -", "2026-05-19 已报价 9800"]
    assert not refreshed(of).written
    note(of, f"5.19 已报价 9800，下周五回复，老板同意\n{TALK}")  # the other way round, and longer
    assert refreshed(of).noted.count == 0
    assert log(of, "note") == [TALK, "5.19 已报价 9800，下周五回复，老板同意"]
    note(of, "5.19 报价已发")  # written anew, and the rest gone
    assert refreshed(of).noted.count == 0
    assert len(log(of, "id")) == 2


def test_what_an_entry_gets_to_say_later_fills_blanks():
    of = book("K1 | 甲 | 李娜 | C | - | 5.12 电话")
    refreshed(of)
    note(of, TALK)
    assert refreshed(of).written
    assert log(of, "outcome", "next_contact") == ["愿意了解 2026-05-20 00:00:00"]


def test_the_list_goes_before_its_notes():
    """Its tier is no less the present one for a quote in a note, and a day still to come in its cell stays the next contact."""
    of = book("K1 | 甲 | 李娜 | D | 2026-06-03 | 5.12 已报价，下周三再联系")
    refreshed(of)
    assert lines(table(of, "Found"), "id") == []
    assert lines(table(of, "History"), "to_tier") == ["D", "D"]
    assert log(of, "outcome", "next_contact") == ["已报价 NaT"]


def test_a_sale_is_one_order():
    of = book(
        "K1 | 甲 | 李娜 | - | - | 3/4 已签单 3.2万；3/9 已签单 3.2万 款到",
        "K2 | 乙 | 李娜 | - | - | 3/4 已签单 3.2万",
        "K3 | 丙 | 李娜 | - | - | 3/4 已签单",
        orders="D1 | 2026-03-20 | K2 | 32000",
    )
    report = refreshed(of)
    assert (report.noted.count, report.noted.orders, report.noted.unpriced) == (4, 1, 1)
    assert sorted(orders(of)) == ["2026-03-04 K1 32000", "2026-03-20 K2 32000"]
    assert not refreshed(of).written


def test_a_contact_the_log_has_is_not_taken_again():
    of = book(f"K1 | 甲 | 李娜 | C | - | {TALK}", log="A1 | 2026-05-12 | K1 | 李娜 | 电话 | 愿意了解")
    assert refreshed(of).noted.count == 0


def test_a_second_column_of_notes_is_read_too():
    of = book(f"K1 | 甲 | 李娜 | C | - | 老客户 | {TALK}")
    report = refreshed(of)
    assert (report.noted.count, report.noted.left) == (1, 1)


def test_notes_are_no_calls_and_can_be_left_alone():
    of = book(f"K1 | 甲 | 李娜 | C | - | {TALK}")
    refreshed(of)
    assert table(of, "DailyReport")["calls"].sum() == 0
    of = book(f"K1 | 甲 | 李娜 | C | - | {TALK}", settings="read_notes | 否")
    assert refreshed(of).noted.count == 0


def asked(of) -> list[str]:
    found = table(of, "Problems")
    return lines(found[found["problem"].str.contains("备注")], "problem")


def test_a_sale_beside_an_order_that_may_be_the_same_is_asked_about():
    """5/3 成交 9800 and an order of 9600 three days later: one sale or two, only people know."""
    of = book(
        "K1 | 甲 | 李娜 | - | - | 5/3 成交 9800",
        "K2 | 乙 | 李娜 | - | - | 5/3 成交 9800；5/6 成交 9600",
        orders="D1 | 2026-05-06 | K1 | 9600\nD2 | 2026-05-06 | K2 | 9600",
    )
    report = refreshed(of)
    assert (report.noted.count, report.noted.orders) == (3, 1)
    assert sorted(orders(of)) == ["2026-05-03 K2 9800", "2026-05-06 K1 9600", "2026-05-06 K2 9600"]
    assert asked(of) == ["备注里写着成交 9,800，订单表里 2026-05-06 有一单 9,600，可能是同一单，没有另记"]
    assert not refreshed(of).written  # and asked as long as it stands so
    note(of, "5/3 成交 9600")  # it was the same
    refreshed(of)
    assert asked(of) == []
    note(of, "5/3 成交 9800")
    of.grids[sheet_name("orders", "zh")].append(["D3", "2026-05-03", "K1", 9800])  # it was another
    refreshed(of)
    assert asked(of) == []


def test_a_sale_that_is_told_otherwise_later_is_said_until_its_order_follows():
    of = book("K1 | 甲 | 李娜 | - | - | 5/8 成交 9800")
    refreshed(of)
    note(of, "5/8 成交 8900")
    assert refreshed(of).noted.count == 0
    assert orders(of) == ["2026-05-08 K1 9800"]
    assert [text.split("（")[0] for text in asked(of)] == ["备注里的成交金额后来改成了 8,900，订单没有跟着改"]
    sheet = of.grids[sheet_name("orders", "zh")]
    sheet[-1][sheet[0].index("金额")] = 8900
    refreshed(of)
    assert asked(of) == []


def test_a_sale_copied_to_other_customers_is_asked_about():
    copied, short = "5/8 已成交 9800，下周安排安装调试", "5/8 成交 9800"
    of = book(*(f"K{i} | 客{i} | 李娜 | - | - | {copied if i < 4 else short}" for i in range(1, 6)))
    assert refreshed(of).noted.orders == 5
    [text] = asked(of)
    assert "同一句成交写在好几位客户的备注里" in text
    assert "3" in text


def test_a_day_in_brackets_begins_an_entry_wherever_it_stands():
    of = book("K1 | 甲 | 李娜 | - | - | [5/3] 电话，愿意了解 [5/8] 成交 9800")
    assert refreshed(of).noted.count == 2
    assert orders(of) == ["2026-05-08 K1 9800"]


@pytest.mark.parametrize(
    "text",
    [
        "5.6 签单3万；5.9 退款",
        "5.6 签单3万\n5.9 退单了",
        "5.6 签单3万，5.9全款退了",
        "5/6 signed $30k. 5/10 refunded",
        "5/6 signed $30k; 5/10 order cancelled",
        "5/6 signed $30k\n5/10 cancelled the order",
        "5.9 取消订单\n5.6 签单3万",
        "5.6 签单3万；5.8 发货；5.9 客户退货",
    ],
)
def test_no_order_is_made_of_a_sale_that_was_taken_back(text):
    of = book("K1 | 甲 | 李娜 | - | - | -")
    note(of, text)
    report = refreshed(of)
    assert (report.noted.orders, report.noted.unpriced, report.noted.undone) == (0, 0, 1)
    assert orders(of) == []
    assert any("退款或取消" in line for line in notes_told(report.noted, "zh", "k.xlsx"))
    assert not refreshed(of).written


@pytest.mark.parametrize(
    "text",
    [
        "5.6 签单3万；5.9 问退款政策",
        "5.6 签单3万；5.9 说不退款",
        "5.6 签单3万；5.9 取消拜访",
        "5.6 签单3万；5.9 押金已退",
        "5.6 签单3万；5.9 退了押金",
        "5.6 signed $30k; 5.9 no refund",
        "5.6 signed $30k; 5.9 demo cancelled",
        "5.6 签单3万；5.9 没退款",
        "4.9 退单；5.6 签单3万",  # of one before
    ],
)
def test_what_else_is_called_off_undoes_no_sale(text):
    of = book(f"K1 | 甲 | 李娜 | - | - | {text}")
    assert refreshed(of).noted.undone == 0
    assert orders(of) == ["2026-05-06 K1 30000"]


def test_only_the_latest_sale_before_it_is_taken_back():
    of = book("K1 | 甲 | 李娜 | - | - | 4.2 签单1万；5.6 签单3万；5.9 退款；5.15 重新签单2万")
    assert refreshed(of).noted.undone == 1
    assert orders(of) == ["2026-04-02 K1 10000", "2026-05-15 K1 20000"]


@pytest.mark.parametrize("later", ["5.6 签单3万；5.9 退款", "5.6 签单3万，后来退款了"])
def test_an_order_whose_sale_is_taken_back_later_is_asked_about_until_its_status_follows(later):
    of = book("K1 | 甲 | 李娜 | - | - | 5.6 签单3万", "K2 | 乙 | 李娜 | - | - | 5.6 签单2万")
    refreshed(of)
    note(of, later)
    refreshed(of)
    assert sorted(orders(of)) == ["2026-05-06 K1 30000", "2026-05-06 K2 20000"]
    [text] = asked(of)
    assert text.startswith("备注里写着成交 30,000，后来又写了退款或取消，订单还记着这一单")
    sheet = of.grids[sheet_name("orders", "zh")]
    [row] = [row for row in sheet if "K1" in row]
    row[sheet[0].index("状态")] = "退款"
    refreshed(of)
    assert asked(of) == []
