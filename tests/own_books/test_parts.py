"""One sheet a salesperson is one list of customers: read, numbered, worked with and written back where its rows are."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import xlsxwriter

from funnelbook.book.decode import Inputs
from funnelbook.book.edit import table_edit
from funnelbook.book.locate import Located, locate
from funnelbook.book.parts import placed
from funnelbook.book.place import ROWS, Place
from funnelbook.book.ports import BookError, TableEdit
from funnelbook.book.schema import TABLES
from funnelbook.commands.adopt import adopt
from funnelbook.commands.adopt_told import told
from funnelbook.commands.check import check
from funnelbook.commands.import_calls import stage
from funnelbook.commands.import_customers import ProspectsReport, stage_customers
from funnelbook.commands.log_call import log_call
from funnelbook.commands.open import open_book, read_inputs
from funnelbook.commands.pool import pool
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.commands.show import show
from funnelbook.commands.staged import Staged
from funnelbook.commands.transfer import transfer
from funnelbook.commands.undo import undo
from support.pooled import decide

DAY, LATER = date(2026, 12, 2), date(2026, 12, 22)
HEADS = ["序号", "客户", "电话", "级别", "金额", "最近联系", "下次联系", "备注"]  # as of own-one-sheet-each.xlsx
SHEETS = {
    "刘芳": [[1, "上海盛泰建材公司", "13885818111", "B", 9000, datetime(2026, 11, 13), datetime(2026, 12, 3), "要资料"],
             [2, "昆山盛泰食品公司", "13879528629", "D", None, datetime(2026, 11, 23), datetime(2026, 12, 9), "要资料"]],
    "陈刚": [[1, "南通瑞兴建材公司", "13839429811", "B", 9000, datetime(2026, 11, 9), datetime(2026, 12, 1), "老板不在"],
             [2, "上海恒信机械公司", "13892861272", "E", None, datetime(2026, 11, 2), datetime(2026, 12, 6), None]],
}  # fmt: skip


def made(path: Path, more: dict[str, list[list[object]]] | None = None) -> Path:
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as workbook:
        for name, rows in (SHEETS | (more or {})).items():
            sheet = workbook.add_worksheet(name)
            sheet.merge_range(0, 0, 0, len(HEADS) - 1, f"{name} 客户表")
            sheet.write_row(1, 0, HEADS)
            for i, row in enumerate(rows, 2):
                sheet.write_row(i, 0, row)
    return path


@pytest.fixture
def path(tmp_path) -> Path:
    return made(tmp_path / "k.xlsx")


def inputs(path: Path) -> Inputs:
    return read_inputs(open_book(path), DAY)


def customers(path: Path) -> pd.DataFrame:
    return inputs(path).frames["Customers"]


def rows(path: Path) -> list[str]:
    frame = customers(path)
    return [f"{r.id} {r.owner} {r.name}" for r in frame[["id", "owner", "name"]].itertuples(index=False, name="R")]


def edited(path: Path, sheet: str, **values: object) -> None:
    book = openpyxl.load_workbook(path)
    for at, value in values.items():
        book[sheet][at] = value
    book.save(path)


def cell(path: Path, sheet: str, at: str) -> object:
    return openpyxl.load_workbook(path)[sheet][at].value


def test_sheets_of_the_same_headers_are_one_list_and_whose_they_are_is_said(path):
    report = adopt(path, as_of=DAY)
    assert (report.numbered, list(report.owners)) == (4, ["刘芳", "陈刚"])
    assert report.proposed == {"People": ["刘芳", "陈刚"]}
    assert "业务员就是工作表名：刘芳、陈刚" in "\n".join(told(report, "zh"))
    assert rows(path) == [
        "K0001 刘芳 上海盛泰建材公司",
        "K0002 刘芳 昆山盛泰食品公司",
        "K0003 陈刚 南通瑞兴建材公司",
        "K0004 陈刚 上海恒信机械公司",
    ]
    assert [cell(path, "陈刚", at) for at in ("I2", "I3", "I4", "A1")] == ["客户编号", "K0003", "K0004", "陈刚 客户表"]
    assert refresh_file(path, DAY).status == "done"
    assert refresh_file(path, DAY, again=True).status == "unchanged"


def test_a_row_typed_on_one_of_them_gets_its_number_there(path):
    adopt(path, as_of=DAY)
    edited(path, "刘芳", B5="新客户公司", C5="13700137005")
    refresh_file(path, DAY)
    assert cell(path, "刘芳", "I5") == "K0005"
    assert rows(path)[2:4] == ["K0005 刘芳 新客户公司", "K0003 陈刚 南通瑞兴建材公司"]


def test_a_call_is_agreed_where_the_customer_stands(path):
    adopt(path, as_of=DAY)
    refresh_file(path, DAY)
    before = cell(path, "刘芳", "G3")
    log_call(path, "K0003", {"outcome": "已报价", "next_contact": "2026-12-08"}, as_of=DAY)
    assert cell(path, "陈刚", "G3") == datetime(2026, 12, 8)
    assert cell(path, "刘芳", "G3") == before


def test_problems_name_the_sheet_and_lead_there(path):
    edited(path, "陈刚", G4="哪天再说")
    adopt(path, as_of=DAY)
    refresh_file(path, DAY)
    (line,) = check(path, as_of=DAY).query("value == '哪天再说'").itertuples()
    assert (line.row, "陈刚!4" in line.problem) == (4, True)
    page = openpyxl.load_workbook(path)["数据检查"]
    links = [c.value for row in page for c in row if isinstance(c.value, str) and c.value.startswith("=HYPERLINK")]
    assert any("'陈刚'!G4" in link for link in links)


def test_an_owner_column_beats_the_name_of_the_sheet(path):
    adopt(path, as_of=DAY)
    edited(path, "陈刚", J2="业务员", J3="刘芳")
    assert [row[:8] for row in rows(path) if "南通" in row] == ["K0003 刘芳"]
    assert sum("陈刚" in row for row in rows(path)) == 1
    assert sum("刘芳" in row for row in rows(path)) == 3


def test_handing_over_adds_a_column_that_says_whose_the_customers_are(path):
    adopt(path, as_of=DAY)
    assert transfer(path, "陈刚", "刘芳", as_of=DAY).customers == 2
    assert [row.split()[1] for row in rows(path)] == ["刘芳"] * 4
    assert [cell(path, "陈刚", at) for at in ("J2", "J3", "J4")] == ["业务员", "刘芳", "刘芳"]
    assert [cell(path, "刘芳", at) for at in ("J2", "J3", "J4")] == [
        "业务员",
        None,
        None,
    ]  # the name of the sheet says it
    refresh_file(path, DAY)
    assert rows(path)[3] == "K0004 刘芳 上海恒信机械公司"
    undo(path)
    transfer(path, "刘芳", "陈刚", as_of=DAY)
    assert [row.split()[1] for row in rows(path)] == ["陈刚"] * 4


def test_who_is_in_the_pool_is_so_on_the_sheet_of_a_salesperson_too(path):
    adopt(path, as_of=DAY)
    book = open_book(path)
    rules = pd.DataFrame([{"tier": "B", "days": 14.0}])
    book.write([], [table_edit(book, locate(book).places["PoolRules"], "zh", added=rules)])
    refresh_file(path, DAY)  # which sees the customers for the first time
    refresh_file(path, LATER)
    listed = show(path, TABLES["Pool"], as_of=DAY)
    assert listed[["id", "owner", "proposed_owner"]].values.tolist() == [
        ["K0003", "陈刚", "刘芳"],  # contacted last on 9 November, the other on the 13th
        ["K0001", "刘芳", "陈刚"],
    ]
    decide(open_book(path), {"K0003": "收回", "K0001": "分给"})
    report = pool(path, as_of=LATER)
    assert (report.taken, report.given, report.waiting) == (1, {"陈刚": 1}, 0)
    assert [cell(path, "陈刚", at) for at in ("J2", "J3", "J4")] == ["业务员", "公海", None]
    assert [cell(path, "刘芳", at) for at in ("J2", "J3", "J4")] == ["业务员", "陈刚", None]
    assert [row.split()[:2] for row in rows(path)] == [
        ["K0001", "陈刚"],
        ["K0002", "刘芳"],
        ["K0003", "None"],
        ["K0004", "陈刚"],
    ]
    assert pool(path, as_of=LATER).text("zh") == "公海里没有要办理的决定。"


def test_lists_with_numbers_of_their_own_stay_one_once_a_column_says_whose_they_are(tmp_path):
    path = tmp_path / "k.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        for name, lines in SHEETS.items():
            sheet = workbook.add_worksheet(name)
            sheet.write_row(0, 0, ["客户编号", "客户", "电话", "级别"])
            for i, line in enumerate(lines, 1):
                sheet.write_row(i, 0, [f"{name}{i}", *line[1:4]])
    adopt(path, as_of=DAY)
    assert len(rows(path)) == 4
    transfer(path, "陈刚", "刘芳", as_of=DAY)
    assert [row.split()[:2] for row in rows(path)] == [
        ["刘芳1", "刘芳"],
        ["刘芳2", "刘芳"],
        ["陈刚1", "刘芳"],
        ["陈刚2", "刘芳"],
    ]
    refresh_file(path, DAY)
    assert len(rows(path)) == 4


def test_a_copy_of_a_sheet_is_not_read_twice(tmp_path):
    path = made(tmp_path / "k.xlsx", {"备份": SHEETS["刘芳"]})
    assert adopt(path, as_of=DAY).numbered == 4
    refresh_file(path, DAY)
    problems = check(path, as_of=DAY)
    assert "备份" in problems["value"].tolist()


def test_undo_takes_all_of_it_back(path):
    data = path.read_bytes()
    adopt(path, as_of=DAY)
    undo(path)
    assert path.read_bytes() == data


def test_an_edit_is_split_by_sheet():
    def place(sheet: str, column: int, parts: tuple[Place, ...] = ()) -> Place:
        return Place("Customers", sheet, 2, None, {"owner": column}, {"owner": "业务员"}, parts=parts)

    located = Located({"Customers": place("甲", 3, (place("乙", 5),))})
    edit = TableEdit("甲", 2, 9, {(4, 3): "x", (ROWS + 6, 3): "y"})
    assert [(e.sheet, e.cells) for e in placed([edit], located)] == [("甲", {(4, 3): "x"}), ("乙", {(6, 5): "y"})]


def prospects(path: Path, text: str) -> Staged[ProspectsReport]:
    file = path.with_name("list.csv")
    file.write_text(text, "utf-8")
    return stage_customers(open_book(path), [file], {}, as_of=DAY)


def test_new_customers_go_onto_the_sheet_of_their_owner(path):
    adopt(path, as_of=DAY)
    report = prospects(path, "客户,电话,业务员\n无锡新达公司,13911112222,陈刚\n宜兴新远公司,13911113333,刘芳\n").write()
    assert (report.added, report.left_out) == (2, [])
    assert [(sheet, cell(path, sheet, "B5")) for sheet in SHEETS] == [
        ("刘芳", "宜兴新远公司"),
        ("陈刚", "无锡新达公司"),
    ]
    assert rows(path)[2:3] + rows(path)[5:] == ["K0006 刘芳 宜兴新远公司", "K0005 陈刚 无锡新达公司"]


@pytest.mark.parametrize(("owner", "said"), [("马强", "马强"), ("", "–")])
def test_who_has_no_sheet_gets_no_new_customers_of_anybody_else(path, owner, said):
    adopt(path, as_of=DAY)
    with pytest.raises(BookError) as refused:
        prospects(path, f"客户,电话,业务员\n无锡新达公司,13911112222,{owner}\n宜兴新远公司,13911113333,刘芳\n")
    assert refused.value.code == "no_sheet_of"
    assert said in refused.value.text("zh")


def test_an_unknown_caller_goes_onto_the_sheet_of_who_spoke_to_him(path):
    adopt(path, as_of=DAY)
    log = path.with_name("log.csv")
    log.write_text("call time,phone,agent\n2026-12-01 09:00,13600001111,陈刚\n", "utf-8")
    stage(open_book(path), [log], {}, as_of=DAY, add_customers=True).write()
    assert cell(path, "陈刚", "C5") == "13600001111"
    assert customers(path)["owner"].tolist() == ["刘芳", "刘芳", "陈刚", "陈刚", "陈刚"]


def test_sheets_that_call_a_column_otherwise_are_one_list_all_the_same(tmp_path):
    """The sheet of 王强 was left out, with his customers, for 联系电话 instead of 手机."""
    path = tmp_path / "k.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        for name, head, phone in (("李娜", "手机", "13800138001"), ("王强", "联系电话", "13800138002")):
            sheet = workbook.add_worksheet(name)
            sheet.write_row(0, 0, ["公司", head, "级别", "下次回访"])
            sheet.write_row(1, 0, [f"{name}的客户", phone, "B", "2026-12-03"])
    adopt(path, as_of=DAY)
    frame = customers(path)
    assert frame[["name", "phone", "owner"]].to_numpy().tolist() == [
        ["李娜的客户", "13800138001", "李娜"], ["王强的客户", "13800138002", "王强"],
    ]  # fmt: skip


def test_sheets_with_another_unit_in_a_header_are_not_read_by_the_first(tmp_path):
    """8 below 金额（万元） is 80,000, below 金额 it is 8."""
    path = tmp_path / "k.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        for name, head in (("李娜", "预计金额"), ("王强", "预计金额（万元）")):
            sheet = workbook.add_worksheet(name)
            sheet.write_row(0, 0, ["公司", "手机", "级别", head])
            sheet.write_row(1, 0, [f"{name}的客户", "13800138001", "B", 8])
    adopt(path, as_of=DAY)
    assert dict(zip(customers(path)["name"], customers(path)["expected_value"], strict=True)) in (
        {"李娜的客户": 8.0}, {"王强的客户": 80_000.0},
    )  # fmt: skip
