"""Lists as untidy as people keep them: totals in between, months a sheet, words for nobody, headers of targets and orders of their own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from funnelbook.book import values
from funnelbook.book.edit import last_filled
from funnelbook.book.locate import locate
from funnelbook.book.parts import owner_of
from funnelbook.book.totals import says_total
from funnelbook.commands.adopt import adopt_book, looked_at
from funnelbook.commands.adopt_told import told
from funnelbook.commands.fix import fix_book
from funnelbook.commands.open import read_inputs
from funnelbook.commands.refresh_files import refresh_book
from support.sheets import book_of

DAY = date(2026, 5, 20)
HEADS = "客户编号 | 客户名称 | 电话 | 业务员"


def customers(text: str, **more: str):
    return read_inputs(book_of(客户=text, **more), DAY).frames["Customers"]


def test_one_person_in_two_spellings_beside_nobody_and_somebody_new():
    text = f"{HEADS}\nK1 | 甲 | - | 李娜\nK2 | 乙 | - | 李娜(lina)\nK3 | 丙 | - | 公海\nK4 | 丁 | - | 新人"
    book = book_of(客户=text, 业务员="姓名\n李娜")
    assert read_inputs(book, DAY).frames["Customers"]["owner"].tolist() == ["李娜", "李娜", None, "新人"]
    adopt_book(book, as_of=DAY)
    refresh_book(book, DAY)


@pytest.mark.parametrize("word", ["无", "待分配", "未分配", "已离职", "Unassigned", "None", "TBC", "-", "n/a"])
def test_words_for_nobody_are_no_person(word):
    text = f"{HEADS}\nK1 | 甲 | 13800138001 | {word}\nK2 | 乙 | 13800138002 | 李娜"
    assert customers(text)["owner"].tolist() == [None, "李娜"]


@pytest.mark.parametrize(
    "name", ["合计", "合 计", "总数", "3月合计", "本页合计", "本月合计（元）", "Subtotal April", "李娜小计"]
)
@pytest.mark.parametrize("column", [1, 3])
def test_totals_between_the_customers_are_none(name, column):
    total = ["-", "-", "-", "-", "1000n"]
    total[column] = name
    text = "序号 | 客户名称 | 电话 | 业务员 | 金额\n1n | 甲 | 13800138001 | 李娜 | 400n\n"
    text += " | ".join(total) + "\n2n | 乙 | 13800138002 | 王强 | 600n"
    book = book_of(客户=text)
    adopt_book(book, as_of=DAY)
    assert read_inputs(book, DAY).frames["Customers"]["name"].tolist() == ["甲", "乙"]


def test_who_has_a_phone_is_a_customer_whatever_it_is_called():
    text = f"{HEADS}\nK1 | Total | 13800138001 | 李娜\nK2 | 乙 | 13800138002 | 李娜"
    assert customers(text)["name"].tolist() == ["Total", "乙"]
    assert not says_total("Capital")


def test_months_of_one_list_are_read_all_and_the_sheet_is_nobody():
    heads = "客户名称 | 电话 | 业务员 | 意向度"
    book = book_of(
        **{
            "1月": f"{heads}\n甲 | 13800138001 | 李娜 | B\n乙 | 13800138002 | 王强 | C",
            "2月": f"{heads}\n丙 | 13800138003 | 李娜 | B\n丁 | 13800138004 | - | C",
            "老客户": f"{heads}\n戊 | 13800138005 | - | A",
        }
    )
    adopt_book(book, as_of=DAY)
    frame = read_inputs(book, DAY).frames["Customers"]
    assert frame["name"].tolist() == ["甲", "乙", "丙", "丁", "戊"]
    assert frame["owner"].tolist() == ["李娜", "王强", "李娜", None, None]


@pytest.mark.parametrize(
    "head", ["目标", "目标金额", "业绩目标", "销售目标(万元)", "目标业绩", "任务", "Target", "Sales target"]
)
def test_targets_are_read_by_what_they_are_called(head):
    size = "3n" if "万" in head else "30000n"
    book = book_of(客户=f"{HEADS}\nK1 | 甲 | - | 李娜", 任务表=f"姓名 | 月份 | {head}\n李娜 | 2026-05 | {size}")
    assert read_inputs(book, DAY).frames["Targets"]["amount"].tolist() == [30_000]


def test_a_list_of_people_and_months_alone_holds_no_targets():
    book = book_of(客户=f"{HEADS}\nK1 | 甲 | - | 李娜", 排班="业务员 | 月份 | 备注\n李娜 | 2026-05 | 早班")
    assert "Targets" not in locate(book).places
    assert "目标" in looked_at(book, as_of=DAY).added


@pytest.mark.parametrize("head", ["签单日期", "签约日期", "下单时间", "收款日期", "Sale date"])
def test_orders_are_found_by_their_day_whatever_it_is_called(head):
    book = book_of(客户=f"{HEADS}\nK1 | 甲 | - | 李娜", 成交表=f"客户名称 | {head} | 合同金额\n甲 | 2026-05-08 | 9800n")
    orders = read_inputs(book, DAY).frames["Orders"]
    assert orders[["id", "amount"]].to_numpy().tolist() == [["K1", 9800]]


def test_a_duration_is_told_as_people_write_it():
    assert values.text(timedelta(minutes=3, seconds=25)) == "0:03:25"


@pytest.mark.parametrize("heads", [HEADS, "Customer ID | Name | Phone | Owner", "客户名称 | 电话 | 业务员 | 备注"])
def test_a_printed_list_goes_on_below_its_headers_again_and_what_is_left_out_is_said(heads):
    rows = [f"K{i} | 客{i}公司 | 1380013800{i} | 李娜" for i in range(1, 8)]
    if heads.startswith("客户名称"):
        rows = [f"客{i}公司 | 1380013800{i} | 李娜 | -" for i in range(1, 8)]
    text = "\n".join([heads, *rows[:3], heads, *rows[3:5], "合计 | - | - | -", heads, *rows[5:]])
    book = book_of(客户=text)
    report = looked_at(book, as_of=DAY)
    adopt_book(book, as_of=DAY)
    inputs = read_inputs(book, DAY)
    assert inputs.frames["Customers"]["name"].tolist() == [f"客{i}公司" for i in range(1, 8)]
    assert "two_tables" not in [found.code for found in inputs.problems.found]
    lines = list(told(report, "en"))
    assert "Left out: 客户: 2 repeated header rows, first row 5; 客户: 1 row of totals, first row 8" in lines
    assert any("重复的表头 2 行，第一处在第 5 行" in line for line in told(report, "zh"))


def test_two_lists_below_each_other_with_other_headers_are_still_two():
    text = f"{HEADS}\nK1 | 甲 | 13800138001 | 李娜\n- | - | - | -\n客户编号 | 电话 | 客户名称 | 业务员\nK2 | 13800138002 | 乙 | 李娜"
    assert "two_tables" in [found.code for found in read_inputs(book_of(客户=text), DAY).problems.found]


@pytest.mark.parametrize(
    ("text", "total"),
    [("合计源贸易公司", False), ("总计算机公司", False), ("Total Fortune Ltd", False), ("Grand Totally Ltd", False),
     ("合计：3500元", True), ("合 计: 12", True), ("合计", True), ("总计：", True), ("Total for May", True), ("Grand total: 5", True)],
)  # fmt: skip
def test_a_name_that_begins_as_a_total_does_is_a_name(text, total):
    assert says_total(text) == total
    there = customers(f"{HEADS}\nK1 | {text} | - | 李娜\nK2 | 乙 | 13800138002 | 李娜")["name"].tolist()
    assert there == (["乙"] if total else [text, "乙"])


def test_who_is_not_to_be_called_by_the_state_beside_the_tier_is_not():
    text = (
        "客户编号 | 客户名称 | 电话 | 业务员 | 级别 | 状态\nK1 | 甲 | 13800138001 | 李娜 | B | Not interested - do not call\n"
        "K2 | 乙 | 13800138002 | 李娜 | C | 跟进中\nK3 | 丙 | 13800138003 | 李娜 | C | 不要再打了\nK4 | 丁 | 13800138004 | 李娜 | C | 拒绝"
    )
    frame = customers(text)
    assert frame["do_not_call"].tolist() == [True, False, True, False]
    assert frame["tier"].tolist() == ["Lost", "C", "Lost", "Lost"]


def test_a_tier_that_says_in_other_words_not_to_call_is_lost():
    text = "客户编号 | 客户名称 | 电话 | 业务员 | 级别\nK1 | 甲 | 13800138001 | 李娜 | Not interested - do not call\nK2 | 乙 | - | 李娜 | C"
    frame = customers(text)
    assert frame[["do_not_call", "tier"]].values.tolist() == [[True, "Lost"], [False, "C"]]


def test_outcomes_proposed_from_a_log_know_that_somebody_spoke():
    log = "客户编号 | 时间 | 业务员 | 结果\n" + "\n".join(
        f"K1 | 2026-05-1{i} 09:00 | 李娜 | {word}" for i, word in enumerate(["有意向", "拒绝", "没人接", "不要再打了"])
    )
    book = book_of(客户=f"{HEADS}\nK1 | 甲 | 13800138001 | 李娜", 通话=log)
    adopt_book(book, as_of=DAY)
    outcomes = read_inputs(book, DAY).frames["Outcomes"].set_index("outcome")["connected"]
    assert outcomes[["有意向", "拒绝", "没人接", "不要再打了"]].tolist() == [True, True, False, True]


def test_amounts_that_are_about_right_are_read_and_counted():
    text = "客户编号 | 客户名称 | 电话 | 业务员 | 预计金额\n" + "\n".join(
        f"K{i} | 客{i}公司 | 1380013800{i} | 李娜 | {said}"
        for i, said in enumerate(["约3万", "三万", "大概5千", "3万左右", "400n"])
    )
    book = book_of(客户=text)
    inputs = read_inputs(book, DAY)
    assert inputs.frames["Customers"]["expected_value"].tolist() == [30_000, 30_000, 5_000, 30_000, 400]
    assert "bad_number" not in [found.code for found in inputs.problems.found]
    (head,) = [head for head in looked_at(book, as_of=DAY).look.heads if head.column == "expected_value"]
    assert head.otherwise.text("zh") == "4 处，如“约3万” → 30000"


def test_headers_broken_into_lines_are_told_in_one():
    heads = ["客户\n编号", "客户\n名称", "联系\n手机号", "业务\r\n员", "预计\n金额", "别的\n列", "别的\n列"]
    rows = [["K1", "甲", "13800138001", "李娜", "3万", "x", "y"], ["K2", "乙", "13800138002", "李娜", 1.0, "y", "z"]]
    report = looked_at(book_of(客户=[heads, *rows]), as_of=DAY)
    lines = list(told(report, "zh"))
    assert not any("\n" in line or "\r" in line for line in lines)
    assert "没有用到的列：别的 列" in lines
    assert [head.text for head in report.look.heads if head.table == "Customers"][:3] == [
        "客户 编号",
        "客户 名称",
        "联系 手机号",
    ]


def test_a_day_that_stands_as_a_number_is_told_as_the_day_it_is():
    text = "客户编号 | 客户名称 | 电话 | 业务员 | 录入日期\nK1 | 甲 | 13800138001 | 李娜 | 46150n\n"
    text += "K2 | 乙 | 13800138002 | 李娜 | 2026-05-03d"
    book = book_of(客户=text)
    adopt_book(book, as_of=DAY)
    lines = "\n".join(fix_book(book, as_of=DAY, dry_run=True).lines("zh"))
    assert "46150 " in lines.replace("”", " ")
    assert "2026-05-08" in lines  # 46150 days from 1899-12-30
    assert "46150.0" not in lines


@pytest.mark.parametrize("more", [{}, {"业务员": "姓名\nTom\nSue\n张三\n李四\n李娜"}])
def test_of_several_owners_the_first_known_is_and_it_is_told_once(more):
    names = ["Tom / Sue", "张三、李四", "李娜/lina", "Sue/Tom", "张三", "李娜"]
    text = f"{HEADS}\n" + "\n".join(f"K{i} | 客{i}公司 | 1380013800{i} | {name}" for i, name in enumerate(names))
    book = book_of(客户=text, **more)
    adopt_book(book, as_of=DAY)
    inputs = read_inputs(book, DAY)
    assert inputs.frames["Customers"]["owner"].tolist() == ["Tom", "张三", "李娜", "Sue", "张三", "李娜"]
    assert set(inputs.frames["People"]["person"]) >= {"Tom", "Sue", "张三", "李娜"}
    (found,) = [of for of in inputs.problems.found if of.code == "several_owners"]
    assert (found.rows.tolist(), found.fields["count"], found.fields["person"]) == ([2], 3, "Tom")


def test_a_name_with_a_comma_is_one_person():
    text = f"{HEADS}\nK1 | 甲 | - | Smith, John\nK2 | 乙 | - | Jones, Ann"
    assert customers(text)["owner"].tolist() == ["Smith, John", "Jones, Ann"]


@pytest.mark.parametrize(
    ("sheet", "owner"),
    [("离职张三", "张三"), ("张三(离职)", "张三"), ("张三（已离职）", "张三"), ("张三-5月", "张三"), 
     ("张三 2026年5月", "张三"), ("5月-李四", "李四"),
     ("Ann 2026-05", "Ann"), ("张三", "张三"), ("5月", None), ("展会-5月", None), ("5月客户", None), ("离职", None), ("离职人员", None)],
)  # fmt: skip
def test_the_person_in_the_name_of_a_sheet(sheet, owner):
    assert owner_of(sheet) == owner


@pytest.mark.parametrize("group", ["华东区", "销售一组", "重点客户", "5月份", "A类客户", "North region"])
def test_a_row_that_only_names_a_group_is_no_customer_and_is_told(group):
    text = f"客户名称 | 手机 | 业务员 | 级别\n{group} | - | - | -\n甲 | 13800138001 | 李娜 | A\n乙 | 13800138002 | 王强 | B"
    book = book_of(客户名单=text)
    assert "“客户名单”只写分组名的 1 行，第一处在第 2 行" in "\n".join(
        told(looked_at(book, as_of=DAY, language="zh"), "zh")
    )
    adopt_book(book, as_of=DAY)
    assert read_inputs(book, DAY).frames["Customers"]["name"].tolist() == ["甲", "乙"]


@pytest.mark.parametrize("name", ["阳光小区", "新世纪超市", "城南建材经营部", "高新园区", "赵先生"])
def test_somebody_of_whom_only_the_name_is_known_stays_a_customer(name):
    text = (
        f"客户名称 | 手机 | 业务员 | 级别\n甲 | 13800138001 | 李娜 | A\n{name} | - | - | -\n乙 | 13800138002 | 王强 | B"
    )
    book = book_of(客户名单=text)
    adopt_book(book, as_of=DAY)
    assert read_inputs(book, DAY).frames["Customers"]["name"].tolist() == ["甲", name, "乙"]


@pytest.mark.parametrize(("phone", "mail"), [("13800138002", "-"), ("-", "a@b.cn")])
def test_the_last_one_of_whom_only_a_number_is_known_is_a_customer_and_new_ones_go_below(phone, mail):
    """Whoever stood last with a phone alone was taken for a remark below the list, and written over."""
    book = book_of(客户名单=f"客户名称 | 手机 | 邮箱\n甲 | 13800138001 | -\n- | {phone} | {mail}")
    adopt_book(book, as_of=DAY)
    located = locate(book)
    assert read_inputs(book, DAY).frames["Customers"]["id"].tolist() == ["K0001", "K0002"]
    assert last_filled(book, located.places["Customers"]) == 3


def test_commas_every_four_digits_are_asked_about():
    """1,2000 may be 12000, written as Chinese say it, and is never 1.2."""
    text = f"{HEADS} | 预计金额\nK1 | 甲 | 13800138001 | 李娜 | 1,2000\nK2 | 乙 | 13800138002 | 李娜 | 18,500"
    inputs = read_inputs(book_of(客户=text), DAY)
    assert inputs.frames["Customers"]["expected_value"].fillna(-1).tolist() == [-1, 18500]
    assert [
        (found.code, list(found.values)) for found in inputs.problems.found if found.column == "expected_value"
    ] == [("bad_number", ["1,2000"])]


def test_a_month_and_a_day_are_no_words_that_shift():
    text = f"{HEADS} | 下次联系\nK1 | 甲 | 13800138001 | 李娜 | 5-26\nK2 | 乙 | 13800138002 | 李娜 | 下周三"
    inputs = read_inputs(book_of(客户=text), DAY)
    assert inputs.frames["Customers"]["next_contact"].dt.strftime("%m-%d").tolist() == ["05-26", "05-27"]
    assert [list(found.values) for found in inputs.problems.found if found.code == "spoken_day"] == [["下周三"]]
