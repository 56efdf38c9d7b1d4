"""Numbers made beside a list belong to customers, not to rows: whoever sorts the list without them finds them back where they belong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnelbook.book.returned_numbers import GIVEN, returned
from funnelbook.book.schema import TABLES
from funnelbook.commands.adopt import adopt
from funnelbook.commands.open import open_book, read_inputs
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.commands.show import show

DAY, NEXT = date(2026, 5, 20), date(2026, 5, 21)
LIST = [
    ["客户", "电话", "等级", "跟进人", "跟进情况"],
    ["丙超市", "13800138003", "B", "李娜", "5/3 电话，有意向"],
    ["甲物业", "13800138001", "C", "王强", "5/4 已签单 9800元"],
    ["乙建材", "13800138002", "A", "李娜", ""],
    ["丁酒店", "13800138004", "D", "王强", ""],
]
COLUMNS = len(LIST[0])


def listed(path: Path) -> Path:
    """The list with the arrows of a filter, as most lists have them."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in LIST:
        sheet.append(row)
    sheet.auto_filter.ref = f"A1:E{len(LIST)}"
    book.save(path)
    return path


def rewritten(path: Path, rows: list[list[object]]) -> None:
    """The list's own columns hold other rows, the column right of them stays: what the arrows of a filter do when one sorts."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[[s.cell(1, 1).value for s in book.worksheets].index("客户")]
    for i in range(2, 12):
        for j in range(1, COLUMNS + 1):
            sheet.cell(i, j).value = rows[i - 2][j - 1] if i - 2 < len(rows) else None
    book.save(path)


def numbers(path: Path) -> dict[str, str]:
    frame = read_inputs(open_book(path), NEXT).frames["Customers"]
    return dict(zip(frame["name"], frame["id"], strict=True))


def beside(path: Path) -> dict[str, object]:
    """What stands beside each name in the sheet."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[[s.cell(1, 1).value for s in book.worksheets].index("客户")]
    return {str(row[0]): row[COLUMNS] for row in sheet.iter_rows(min_row=2, values_only=True) if row[0]}


@pytest.mark.parametrize("refreshed", [False, True], ids=["before the first refresh", "after it"])
def test_numbers_follow_their_customers_when_the_list_is_sorted_without_them(tmp_path: Path, refreshed: bool) -> None:
    path = listed(tmp_path / "名单.xlsx")
    adopt(path, as_of=DAY, language="zh")
    if refreshed:
        refresh_file(path, DAY)
    before = numbers(path)
    rewritten(path, sorted(LIST[1:]))
    assert numbers(path) == before, "every command reads them so, not only a refresh"
    assert refresh_file(path, NEXT).status == "done"
    assert beside(path) == before
    (told,) = [text for text in show(path, TABLES["Problems"], as_of=NEXT)["problem"] if "排过序" in text]
    assert "3 位客户" in told, "the third row stays the third"
    orders = show(path, TABLES["Orders"], as_of=NEXT)
    assert orders["id"].tolist() == [before["甲物业"]], "the sale that a note tells is one and the same"
    refresh_file(path, NEXT)
    assert not [text for text in show(path, TABLES["Problems"], as_of=NEXT)["problem"] if "排过序" in text]


def back(rows: list[tuple[str | None, str, str]], was: list[tuple[str, str, str]]) -> list[str | None]:
    """The numbers of rows, as they stand: (number beside it, name, phone)."""
    stands, given_to = (pd.DataFrame(each, columns=list(GIVEN), dtype=object) for each in (rows, was))
    return returned(stands, given_to).ids.tolist()


ZHANG, LI, WANG = ("K1", "张先生", "138"), ("K2", "李总", "139"), ("K3", "王店", "137")
TWO = ("K4", "张先生", "136")  # of the same name


@pytest.mark.parametrize(
    ("rows", "right"),
    [
        ([ZHANG, LI, WANG, TWO], ["K1", "K2", "K3", "K4"]),
        ([("K1", "张先生", "136"), ("K4", "张先生", "138")], ["K4", "K1"]),
        ([("K1", "李总", "139"), ("K2", "王店", "137"), ("K3", "张先生", "138")], ["K2", "K3", "K1"]),
        (
            [("K1", "李总", "139"), (None, "张先生", "138")],
            ["K2", "K1"],
        ),  # typed last, sorted to the top, numbered before
        ([("K1", "新客户", "135"), ("K2", "张先生", "138"), (None, "李总", "139")], [None, "K1", "K2"]),
        (
            [("K1", "李总", "139"), ("K2", "张先生", "138"), ("K3", "王店", "133")],
            ["K2", "K1", "K3"],
        ),  # and a new phone
        ([("K1", "李总", "133"), ("K2", "张先生", "138")], ["K2", "K1"]),  # the phone of one who moved corrected
        ([("K1", "某某", "135"), LI], ["K1", "K2"]),  # typed over, nobody moved
        ([("K1", "张老板", "138"), ("K2", "李总", "131")], ["K1", "K2"]),  # corrected where they stand
        ([(None, "张先生", "138"), LI, WANG, TWO], ["K1", "K2", "K3", "K4"]),  # cut from elsewhere, without its number
        ([(None, "李总", "131"), WANG], [None, "K3"]),  # somebody new of that name
        ([(None, "李总", ""), WANG], ["K2", "K3"]),
        ([("K1", "王店", "137"), LI, ("K3", "王店", "137")], ["K1", "K2", "K3"]),  # copied over another
    ],
)
def test_whose_a_number_is_follows_from_name_and_phone(rows, right) -> None:
    assert back(rows, [ZHANG, LI, WANG, TWO]) == right


PEOPLE = [(f"K{i}", f"客户{i % 7}", f"1380000{i:04d}") for i in range(1, 21)]


@given(order=st.permutations(range(20)), lacking=st.sets(st.integers(0, 19), max_size=5), typed=st.integers(0, 3))
def test_however_a_list_is_sorted_each_has_the_number_of_before(
    order: list[int], lacking: set[int], typed: int
) -> None:
    """Some are deleted before, some typed at the end and not numbered yet, then all is sorted but the numbers."""
    rows = [PEOPLE[i] for i in order if i not in lacking] + [(None, f"新{i}", f"1390000{i:04d}") for i in range(typed)]
    column = [number for number, *_ in PEOPLE if number not in {PEOPLE[i][0] for i in lacking}] + [None] * typed
    now = [(beside, name, phone) for beside, (_, name, phone) in zip(column, rows, strict=True)]
    assert back(now, PEOPLE) == [number for number, *_ in rows]


def test_a_row_moved_to_the_sheet_of_another_salesperson_keeps_its_number(tmp_path: Path) -> None:
    """It got a new one, and its calls were of a customer that there is not."""
    path = tmp_path / "k.xlsx"
    book = openpyxl.Workbook()
    for sheet, people in ((book.worksheets[0], "甲乙"), (book.create_sheet(), "丙丁")):
        sheet.title = {"甲乙": "李娜", "丙丁": "王强"}[people]
        sheet.append(["客户", "电话", "级别"])
        for one in people:
            sheet.append([f"{one}厂", f"1380013800{'甲乙丙丁'.index(one)}", "B"])
    book.save(path)
    adopt(path, as_of=DAY)
    refresh_file(path, DAY)
    before = numbers(path)
    book = openpyxl.load_workbook(path)
    for column in (1, 2, 3):
        book["王强"].cell(4, column).value = book["李娜"].cell(3, column).value
        book["李娜"].cell(3, column).value = None
    book.save(path)
    refresh_file(path, NEXT)
    assert numbers(path) == before
    book = openpyxl.load_workbook(path)
    for column, cell in enumerate(["新厂", "13900139000", "C"], 1):
        book["李娜"].cell(3, column).value = cell  # where the number still stands
    book.save(path)
    refresh_file(path, NEXT)
    assert numbers(path) == before | {"新厂": "K0005"}
    assert read_inputs(open_book(path), NEXT).frames["Customers"].set_index("name")["owner"]["乙厂"] == "王强"
