"""Who asked never to be called again is not called, wherever the list says it; nobody else is left out for it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from funnelbook.book.schema import TABLES
from funnelbook.commands.adopt import adopt
from funnelbook.commands.check import check
from funnelbook.commands.open import open_book, read_inputs
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.commands.show import show
from support.exchanged import USED, team

DAY = date(2026, 5, 20)
HEADS = ["公司名称", "电话", "级别", "下次联系", "备注", "跟进情况"]


def read(path: Path, rows: list[tuple[str | None, str | None, str | None]], *flags: str | None):
    """The Inputs of a list of A customers with their next contact, note and record of calls."""
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("客户")
        sheet.write_row(0, 0, [*HEADS, *(["勿扰"] if flags else [])])
        for i, row in enumerate(rows):
            sheet.write_row(i + 1, 0, [f"{'甲乙丙丁戊己庚辛'[i]}公司", f"1380013800{i}", "A", *row, *flags[i : i + 1]])
    adopt(path, as_of=DAY)
    return read_inputs(open_book(path), DAY)


def told(inputs, code: str) -> list[int]:
    return [found.fields["count"] for found in inputs.problems.found if found.code == code]


def test_a_note_without_a_day_that_asks_for_no_more_calls(tmp_path):
    notes = [
        "不要再打电话了",
        "已投诉，勿扰",
        "别再打电话了",
        "客户要求以后别再联系",
        "上午不要打电话",
        "不要发票，再联系",
    ]
    inputs = read(tmp_path / "k.xlsx", [(None, note, None) for note in notes])
    assert inputs.frames["Customers"]["do_not_call"].tolist() == [True] * 4 + [False] * 2
    assert told(inputs, "note_spares") == [4]


def test_a_further_column_of_notes_says_it_too(tmp_path):
    inputs = read(tmp_path / "k.xlsx", [(None, "老客户", "不要再打电话了"), (None, "老客户", "5.6 有意向")])
    assert inputs.frames["Customers"]["do_not_call"].tolist() == [True, False]
    assert told(inputs, "note_spares") == [1]


@pytest.mark.parametrize("flags", [["否", None, None], ["否", "否", "否"], ["否", "否", None], [None, None, None]])
def test_a_plain_no_is_no_answer_to_what_the_note_says(tmp_path, flags):
    rows = [(None, "不要再打电话了", None)] * 2 + [(None, "老客户", None)]
    inputs = read(tmp_path / "k.xlsx", rows, *flags)
    assert inputs.frames["Customers"]["do_not_call"].tolist() == [True, True, False]
    assert told(inputs, "note_spares") == [2]


@pytest.mark.parametrize("header", ["勿扰", "是否勿扰", "能否拨打", "Do not call"])
@pytest.mark.parametrize("word", ["可以打", "可打", "may call"])
def test_that_one_may_call_is_an_answer_whatever_the_column_asks(tmp_path, header, word):
    plain = "是" if header == "能否拨打" else "否"
    with xlsxwriter.Workbook(path := tmp_path / "k.xlsx") as workbook:
        sheet = workbook.add_worksheet("客户")
        sheet.write_row(0, 0, ["公司名称", "电话", "级别", "备注", header])
        sheet.write_row(1, 0, ["甲公司", "13800138000", "A", "不要再打电话了", word])
        sheet.write_row(2, 0, ["乙公司", "13800138001", "A", "不要再打电话了", plain])
        sheet.write_row(3, 0, ["丙公司", "13800138002", "A", "老客户", plain])
    adopt(path, as_of=DAY)
    assert read_inputs(open_book(path), DAY).frames["Customers"]["do_not_call"].tolist() == [False, True, False]


def test_a_next_contact_that_is_none(tmp_path):
    cells = ["不用联系了", "不用联系", "勿打", "不要再打", "待定", "TBD", "2026/6/1"]
    inputs = read(tmp_path / "k.xlsx", [(cell, None, None) for cell in cells])
    customers = inputs.frames["Customers"]
    assert customers["do_not_call"].tolist() == [True] * 4 + [False] * 3
    assert customers["next_contact"].isna().tolist() == [True] * 6 + [False]
    assert told(inputs, "next_spares") == [4]
    assert not [found for found in inputs.problems.found if found.code == "bad_date"]


@pytest.mark.parametrize("note", ["5.6 不要再联系", "5/6 take me off your list"])
def test_a_dated_note_says_it(tmp_path, note):
    assert read(tmp_path / "k.xlsx", [(None, note, None), (None, None, None)]).frames["Customers"][
        "do_not_call"
    ].tolist() == [True, False]


def test_the_remedy_brings_back_whom_a_dated_note_spares(tmp_path):
    """That word alone does not: the note's refusal is an outcome in the log by then."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["客户", "电话", "业务员", "级别", "勿扰", "跟进情况"])
    sheet.append(["甲厂", "13800138001", "李娜", "B", "可以打", "5/18 说不要再打了"])
    sheet.append(["乙厂", "13800138002", "李娜", "B", None, "5/18 电话，有意向"])
    book.save(path := tmp_path / "k.xlsx")
    adopt(path, as_of=DAY)
    listed = []
    for outcome in (None, "愿意了解"):
        book = openpyxl.load_workbook(path)
        for cell in (
            cell for row in book["跟进记录"].iter_rows() for cell in row if outcome and cell.value == "要求勿扰"
        ):
            cell.value = outcome
        book.save(path)
        refresh_file(path, DAY)
        listed.append("甲厂" in show(path, TABLES["CallList"], as_of=DAY)["name"].tolist())
    assert listed == [False, True]


def listed(path: Path, day: date) -> list[str]:
    """Who is on the call list of a day, which somebody is."""
    refresh_file(path, day)
    names = show(path, TABLES["CallList"], as_of=day)["name"].tolist()
    assert names
    return names


def test_an_outcome_in_their_own_words_is_told(tmp_path):
    calls = [{"at": datetime(2026, 5, 18, 9), "id": "K1", "outcome": said} for said in ("以后别联系", "要求勿扰")]
    path = team(tmp_path / "team.xlsx", [*USED, "CallList"], Activities=calls)
    told = check(path, as_of=DAY).set_index("problem")
    assert told.index.tolist().count("结果里说不要再打（1 条），按勿扰处理，以后不会拨打") == 1
    assert "甲公司" not in listed(path, date(2026, 6, 20))


@pytest.mark.parametrize(
    "note", ["别打了，再打投诉", "客户要求不要再打电话", "asked us to stop calling", "please don't call again"]
)
def test_the_note_of_a_call_says_it_too(tmp_path, note):
    call = {"at": datetime(2026, 5, 18, 9), "id": "K1", "outcome": "已报价", "note": note}
    path = team(tmp_path / "team.xlsx", [*USED, "CallList"], Activities=[call])
    assert "跟进的备注里说不要再打（1 条），按勿扰处理，以后不会拨打" in check(path, as_of=DAY)["problem"].tolist()
    assert "甲公司" not in listed(path, date(2026, 6, 20))
    call["note"] = "聊得好"
    path = team(tmp_path / "corrected.xlsx", [*USED, "CallList"], Activities=[call])
    assert "甲公司" in listed(path, date(2026, 6, 20))


def test_a_no_that_the_note_beats_is_told_as_that_and_not_as_read_otherwise(tmp_path):
    with xlsxwriter.Workbook(path := tmp_path / "k.xlsx") as workbook:
        sheet = workbook.add_worksheet("客户")
        sheet.write_row(0, 0, ["公司名称", "电话", "级别", "备注", "是否勿扰"])
        sheet.write_row(1, 0, ["甲公司", "13800138000", "A", "不要再打电话了", "否"])
        sheet.write_row(2, 0, ["乙公司", "13800138001", "A", "老客户", "永久"])
    report = adopt(path, as_of=DAY)
    assert {head.text: head.otherwise.cells for head in report.look.heads if head.otherwise} in ({}, {"是否勿扰": 1})
    assert "备注说不要再打（1 位客户），按勿扰处理，不会拨打" in check(path, as_of=DAY)["problem"].tolist()
