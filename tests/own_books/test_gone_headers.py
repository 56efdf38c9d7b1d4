"""A header that is renamed after a list was set up takes its column with it: that is told, and setting up again finds the new one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from funnelbook.commands.adopt import adopt
from funnelbook.commands.check import check
from funnelbook.commands.open import open_book, read_inputs
from funnelbook.commands.refresh_files import refresh_file

DAY = date(2026, 5, 20)
HEADS = ["客户", "电话", "负责人", "等级", "备注"]


@pytest.fixture
def path(tmp_path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        HEADS,
        ["甲公司", "13800138001", "李娜", "A", "说别再打电话了"],
        ["乙公司", "13912345678", "王伟", "B", ""],
    ):
        sheet.append(row)
    book.save(file := tmp_path / "k.xlsx")
    adopt(file, as_of=DAY)
    return file


def rename(path: Path, before: str, after: str) -> None:
    book = openpyxl.load_workbook(path)
    cell = next(cell for cell in book["Sheet"][1] if cell.value == before)
    cell.value = after
    book.save(path)


def gone(path: Path) -> list[object]:
    found = check(path, as_of=DAY)
    return found.loc[found["problem"].str.contains("这个表头，现在不见了"), "value"].tolist()


@pytest.mark.parametrize("header", ["备注", "电话", "等级"])
def test_it_is_told_until_it_is_back(path, header):
    assert gone(path) == []
    rename(path, header, "号码1号")
    assert gone(path) == [header]
    assert refresh_file(path, DAY).problems > 0
    refresh_file(path, date(2026, 5, 21))
    assert gone(path) == [header], "still"
    rename(path, "号码1号", header)
    assert gone(path) == []


def test_setting_up_again_finds_the_new_one(path):
    rename(path, "等级", "客户等级")
    rename(path, "备注", "没有的列")
    adopt(path, as_of=DAY)
    assert gone(path) == []
    assert read_inputs(open_book(path), DAY).frames["Customers"]["tier"].tolist() == ["A", "B"]
