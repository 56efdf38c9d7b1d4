"""What is put into cells because it is certain: what is read stays as it was, a second time finds nothing, formulas stay."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from funnelbook.book.certain import corrections
from funnelbook.book.locate import locate
from funnelbook.commands.adopt import adopt
from funnelbook.commands.check import check
from funnelbook.commands.fix import fix
from funnelbook.commands.open import read_inputs
from funnelbook.commands.undo import undo
from funnelbook.domain import phone
from funnelbook.hosts.memory import MemoryBook
from support import spelt
from support.examples import examples

DAY = date(2026, 5, 20)
HEADS = ["客户编号", "业务员", "电话", "录入日期", "下次联系", "预计金额"]


def book_of(rows: list[list[object]]) -> MemoryBook:
    return MemoryBook(grids={"客户": [HEADS, *rows]})


def found(book: MemoryBook) -> list[tuple[str, object, object]]:
    rows = corrections(book, locate(book), DAY)
    return list(zip(rows["column"], rows["old"], rows["new"], strict=True))


def corrected(book: MemoryBook) -> MemoryBook:
    rows = corrections(book, locate(book), DAY)
    grid = [list(line) for line in book.grids["客户"]]
    columns = locate(book).places["Customers"].columns
    for column, row, new in zip(rows["column"], rows["row"], rows["new"], strict=True):
        grid[row - 1][columns[column] - 1] = datetime(new.year, new.month, new.day) if type(new) is date else new
    return MemoryBook(grids={"客户": grid})


SIGN, NUMBER = st.sampled_from("/.-"), st.integers(1, 31)
AMBIGUOUS = st.builds("{}{}{}{}{}".format, st.integers(1, 12), SIGN, NUMBER, SIGN, st.sampled_from([2026, 26]))
ODD_DAYS = ["5.3", "3月5日", "下周三", "月底", 46146.0, 20260504.0, datetime(2026, 5, 4, 9), "无", None]
ODD_SIZES = ["1.250", "1,250", "2,5", "约1万", "50%", 9800.0, "-", None]
ODD_PHONES = ["王总 13700137000", "13800138000", "010-62345678", "138****8000", 13800138000.0, None]
OWNERS = st.sampled_from(["李娜", " 李娜", "李娜　", None])


def spelt_or(spellings: st.SearchStrategy, odd: list[object]) -> st.SearchStrategy:
    return st.one_of(spellings.map(lambda spelling: spelling[0]), st.sampled_from(odd))


DAYS = st.one_of(spelt_or(spelt.days(), ODD_DAYS), spelt_or(spelt.moments(), ODD_DAYS), AMBIGUOUS)
SIZES, PHONES = spelt_or(spelt.amounts(), ODD_SIZES), spelt_or(spelt.phones(), ODD_PHONES)
ROWS = st.lists(st.tuples(OWNERS, PHONES, DAYS, DAYS, SIZES), min_size=1, max_size=6)


@settings(max_examples=examples(40))
@given(ROWS)
def test_what_is_read_stays_as_it_was_and_a_second_time_finds_nothing(rows):
    book = book_of([[f"K{i}", *row] for i, row in enumerate(rows)])
    after = corrected(book)
    one, other = (read_inputs(b, DAY).frames["Customers"] for b in (book, after))
    assert one.drop(columns="phone").equals(other.drop(columns="phone"))
    assert phone.one_spelling(one["phone"]).equals(phone.one_spelling(other["phone"]))
    assert found(after) == []


@settings(max_examples=examples(40))
@given(spelt.amounts(), spelt.days())
def test_a_sure_amount_and_a_sure_day_are_put_in(amount, day):
    said, size = amount
    (told, meant) = day
    there = {column: new for column, _, new in found(book_of([["K1", None, None, None, told, said]]))}
    foreign = any(mark in said for mark in ("USD", "EUR", "$", "€"))
    assert there.get("expected_value") == (None if foreign else pytest.approx(size))
    assert there["next_contact"] == meant


@settings(max_examples=examples(40))
@given(spelt.phones())
def test_a_number_written_with_spaces_or_wide_digits_is_put_in_one_spelling(spelling):
    said, meant = spelling
    there = {column: new for column, _, new in found(book_of([["K1", None, said, None, None, None]]))}
    assert there.get("phone", said) in (said, meant)
    plain = said.isascii() and " " not in said
    if not plain and "," not in meant and not any(map(str.isalpha, said)):
        assert there["phone"] == meant


def test_a_day_that_tells_how_to_read_others_stays_with_them():
    """5.3 is read as 5 March because 13.5.2026 stands above it: without that it would be 3 May."""
    days = ["13.5.2026", "5.3"]
    assert found(book_of([[f"K{i}", None, None, None, day, None] for i, day in enumerate(days)])) == []


@pytest.mark.parametrize(
    "column, said", [(2, "王总 13700137000"), (2, "13800138001 / 13900139001"), (2, "010-62345678转801"), (2, "1.38E+10"),
                     (2, "138****8000"), (4, "5.3"), (4, "下周三"), (4, "3/5/2026"), (5, "1.250"), (5, "50%"), (5, "$1,200"), (5, "约1万")],
)  # fmt: skip
def test_what_is_not_certain_is_left(column, said):
    row = ["K1", None, None, None, None, None]
    row[column] = said
    assert found(book_of([row])) == []


def own(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as workbook:
        sheet, text = workbook.add_worksheet("客户"), workbook.add_format({"num_format": "@"})
        sheet.write_row(0, 0, HEADS)
        for i, said in enumerate(["8千", "1.2万"], 1):
            sheet.write_row(i, 0, [f"K{i}", "李娜", f"1380013800{i}"])
            sheet.write(i, 3, f"2026年5月{i}日", text)
            sheet.write(i, 5, said, text)
        sheet.write_row(3, 0, ["K3", "李娜"])
        sheet.write_formula(3, 5, '="3"&"千"', None, "3千")
        sheet.write_formula(3, 2, '="139 0013"&" 8000"', text, "139 0013 8000")
    adopt(path, as_of=DAY)
    return path


def test_formulas_stay_and_formats_show_what_the_cells_hold(tmp_path):
    path = own(tmp_path / "own.xlsx")
    report = fix(path, as_of=DAY)
    assert (len(report.rows), report.left, report.written) == (4, 2, True)
    sheet = openpyxl.load_workbook(path)["客户"]
    assert [sheet.cell(4, c).value for c in (3, 6)] == ['="139 0013"&" 8000"', '="3"&"千"']
    assert [(sheet.cell(r, 6).value, sheet.cell(r, 6).number_format) for r in (2, 3)] == [
        (8000, "General"),
        (12000, "General"),
    ]
    assert [(sheet.cell(r, 4).value, sheet.cell(r, 4).is_date) for r in (2, 3)] == [
        (datetime(2026, 5, 1), True),
        (datetime(2026, 5, 2), True),
    ]


def test_one_step_takes_it_back(tmp_path):
    path = own(tmp_path / "own.xlsx")
    before = path.read_bytes()
    problems = check(path, as_of=DAY)
    fix(path, as_of=DAY)
    assert path.read_bytes() != before
    assert check(path, as_of=DAY).equals(problems)
    undo(path)
    assert path.read_bytes() == before


def test_each_salesperson_s_sheet_is_corrected_where_the_row_is(tmp_path):
    path = tmp_path / "team.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        for name, said in (("刘芳", "138 8581 8111"), ("陈刚", "１３８３９４２９８１１")):
            sheet = workbook.add_worksheet(name)
            sheet.write_row(0, 0, ["客户编号", "客户名称", "电话", "级别", "预计金额"])
            sheet.write_row(1, 0, [f"K-{name}", f"{name}的客户", said, "B", "9千"])
    adopt(path, as_of=DAY)
    report = fix(path, as_of=DAY)
    assert report.rows["cell"].tolist() == ["刘芳!C2", "陈刚!C2", "刘芳!E2", "陈刚!E2"]
    found = openpyxl.load_workbook(path)
    assert [found[name].cell(2, 3).value for name in ("刘芳", "陈刚")] == ["13885818111", "13839429811"]
    assert [found[name].cell(2, 5).value for name in ("刘芳", "陈刚")] == [9000, 9000]
