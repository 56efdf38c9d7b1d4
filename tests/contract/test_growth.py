"""What every host promises when rows are added to a user's table: what stands below moves down whole, references go along."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from funnelbook.book.ports import Area, Book, BookError, TableEdit
from funnelbook.hosts.excel import ExcelBook
from support.fake_excel import App
from support.opened import memory, ooxml


def excel(_folder: Path, data: bytes, _sheets: list[str]) -> Book:
    return ExcelBook(App().new(data, formulas=True))


HOSTS = [memory, ooxml, excel, pytest.param("libreoffice", marks=pytest.mark.live)]
HEADS, BODY = ["客户编号", "业务员", "预计金额"], [["K1", "小李", 1000], ["K2", "小张", 20.5]]
NEW = [{1: "K3", 2: "小王", 3: 5}, {1: "K4", 3: 6}, {1: "K5"}]
ADDED = [["K3", "小王", 5], ["K4", None, 6], ["K5", None, None]]
EDIT = TableEdit("客户", 3, 5, {}, NEW)


@pytest.fixture(params=HOSTS)
def book_of(request, tmp_path: Path):
    if request.param != "libreoffice":
        return lambda data: request.param(tmp_path, data, ["客户"])
    in_libreoffice, path = request.getfixturevalue("in_libreoffice"), tmp_path / "book.xlsx"
    return lambda data: (path.write_bytes(data), in_libreoffice(path))[1]


def package(
    cells: dict[str, object],
    *,
    listed: bool = True,
    totals: bool = False,
    others: tuple[str, ...] = (),
    merged: str = "",
    array: str = "",
) -> bytes:
    """Customers in A3:C5, a ListObject or a plain range, with what `cells` says elsewhere; `others`: ListObjects of two rows."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as workbook:
        sheet = workbook.add_worksheet("客户")
        for row, line in enumerate([HEADS, *BODY], 2):
            sheet.write_row(row, 0, line)
        if listed:
            columns = [{"header": head} for head in HEADS]
            if totals:
                columns[0]["total_string"], columns[2]["total_function"] = "合计", "sum"
            sheet.add_table(
                2, 0, 4 + totals, 2, {"name": "Liste", "columns": columns, "total_row": totals, "data": BODY}
            )
        for number, place in enumerate(others, 1):
            sheet.add_table(place, {"name": f"Other{number}"})
        for place, value in cells.items():
            sheet.write(place, value)
        if merged:
            sheet.merge_range(merged, "合并")
        if array:
            sheet.write_array_formula(array, "{=LEN(H1:H9)}")
    return out.getvalue()


def rows(book: Book, first: int, last: int, width: int = 3) -> list[list[object]]:
    grid = book.grid("客户")
    lines = [grid[r - 1] if r <= len(grid) else [] for r in range(first, last + 1)]
    return [[None if v == "" else v for v in [*line, *[None] * width][:width]] for line in lines]


def tables(book: Book) -> dict[str, Area]:
    """Where the ListObjects are, header and body."""
    found = {lo.name: (lo.area, lo.totals_rows) for lo in book.list_objects()}
    return {name: Area(a.top, a.left, a.bottom - totals, a.right) for name, (a, totals) in found.items()}


def test_a_totals_row_moves_down_and_stays_the_last(book_of):
    book = book_of(package({}, totals=True))
    assert book.write([], [EDIT])
    assert rows(book, 4, 8) == [*BODY, *ADDED]
    assert rows(book, 9, 9, 2) == [["合计", None]]
    assert tables(book)["Liste"] == Area(3, 1, 8, 3)


@pytest.mark.parametrize("listed", [True, False], ids=["ListObject", "plain"])
@pytest.mark.parametrize("gap", [0, 1, 2, 3, 6])
def test_a_total_below_moves_down_and_keeps_its_distance_up_to_two_rows(book_of, listed, gap):
    book = book_of(package({f"A{6 + gap}": "合计", f"C{6 + gap}": 1020.5, f"A{8 + gap}": "备注：含税"}, listed=listed))
    assert book.write([], [EDIT])
    assert rows(book, 4, 8) == [*BODY, *ADDED]
    at = max(9 + min(gap, 2), 6 + gap)
    assert rows(book, 9, at + 2) == [
        *[[None] * 3] * (at - 9), ["合计", None, 1020.5], [None] * 3, ["备注：含税", None, None]
    ]  # fmt: skip
    if listed:
        assert tables(book)["Liste"] == Area(3, 1, 8, 3)


def test_a_total_typed_into_the_last_row_of_a_list_object_stays_its_last(book_of):
    book = book_of(package({"A5": "合计", "B5": None, "C5": 1000}))
    assert book.write([], [TableEdit("客户", 3, 4, {}, NEW)])
    assert rows(book, 4, 9) == [BODY[0], *ADDED, ["合计", "小张", 1000], [None] * 3]
    assert tables(book)["Liste"] == Area(3, 1, 8, 3)


def test_a_table_below_moves_down_whole_though_it_is_wider(book_of):
    book = book_of(package({"A8": "区域", "E8": "负责人", "E10": "老周"}, others=("A8:E10",)))
    assert book.write([], [EDIT])
    assert rows(book, 4, 8) == [*BODY, *ADDED]
    assert rows(book, 11, 13, 5)[0][0] == "区域"
    assert rows(book, 13, 13, 5)[0][4] == "老周"
    assert tables(book) == {"Liste": Area(3, 1, 8, 3), "Other1": Area(11, 1, 13, 5)}


@pytest.mark.parametrize("other", [("E3:F9",), ()], ids=["ListObject", "plain"])
def test_what_stands_beside_stays_where_it_is(book_of, other):
    beside = {f"{column}{row}": f"{column}{row}" for column in "EF" for row in range(3, 10)}
    book = book_of(package({"A6": "合计", **beside}, others=other))
    assert book.write([], [EDIT])
    assert rows(book, 4, 9) == [*BODY, *ADDED, ["合计", None, None]]
    assert [row[4:] for row in rows(book, 3, 10, 6)] == [*([f"E{r}", f"F{r}"] for r in range(3, 10)), [None, None]]
    assert tables(book) == {"Liste": Area(3, 1, 8, 3)} | ({"Other1": Area(3, 5, 9, 6)} if other else {})


@pytest.mark.parametrize("below", ["B8:E10", "A8:D9"])
def test_a_table_that_would_be_torn_is_refused_and_nothing_is_written(book_of, below):
    book = book_of(package({"A6": "合计"}, others=("E3:F6", below)))
    before, placed = book.grid("客户"), tables(book)
    with pytest.raises(BookError) as caught:
        book.write([], [TableEdit("客户", 3, 5, {(4, 2): "小王"}, NEW)])
    assert caught.value.code == "no_room"
    assert (book.grid("客户"), tables(book)) == (before, placed)
    assert not book.write([])


@pytest.mark.parametrize("book_of", HOSTS[1:], indirect=True)  # a workbook in memory has neither
@pytest.mark.parametrize("kind", ["merged", "array"])
@pytest.mark.parametrize("place", ["A4:A6", "C7:D8"])
def test_merged_cells_and_arrays_that_would_be_torn_are_refused(book_of, kind, place):
    beside = {f"F{row}": f"F{row}" for row in range(3, 10)}  # else whole rows would go down
    book = book_of(package(beside, listed=False, **{kind: place}))
    before = book.grid("客户")
    with pytest.raises(BookError) as caught:
        book.write([], [TableEdit("客户", 3, 4, {}, [{1: "K3"}, {1: "K4"}, {1: "K5"}])])
    assert caught.value.code == "no_room"
    assert book.grid("客户") == before


def test_merged_cells_below_move_down_with_whole_rows(book_of):
    book = book_of(package({"C8": "合计"}, merged="A7:F7"))
    assert book.write([], [EDIT])
    assert rows(book, 4, 8) == [*BODY, *ADDED]
    assert rows(book, 10, 11) == [["合并", None, None], [None, None, "合计"]]


def test_two_tables_of_a_sheet_grow_at_once(book_of):
    below = {"A9": "订单", "B9": "金额", "A10": "o1", "B10": 5, "A11": "合计"}
    book = book_of(package(below))
    orders = TableEdit("客户", 9, 10, {(10, 2): 7}, [{1: "o2"}, {1: "o3"}])
    assert book.write([], [EDIT, orders])
    assert rows(book, 4, 8) == [*BODY, *ADDED]
    assert rows(book, 10, 15, 2) == [
        [None, None], ["订单", "金额"], ["o1", 7], ["o2", None], ["o3", None], ["合计", None]
    ]  # fmt: skip


def test_rows_typed_right_below_a_list_object_are_in_it_once_it_is_edited(book_of):
    book = book_of(package({"A6": "K3", "B6": "小王", "C6": 5, "A8": "合计"}))
    taken_in = TableEdit("客户", 3, 6, column=1)
    assert book.write([], [taken_in])
    assert tables(book)["Liste"] == Area(3, 1, 6, 3)
    assert not book.write([], [taken_in])
    assert book.write([], [TableEdit("客户", 3, 6, {}, NEW[1:])])
    assert rows(book, 4, 8) == [*BODY, *ADDED]
    assert rows(book, 10, 10, 1) == [["合计"]]
    assert tables(book)["Liste"] == Area(3, 1, 8, 3)


def test_a_row_typed_below_and_rows_added_go_in_at_once(book_of):
    book = book_of(package({"A6": "K3", "B6": "小张", "C6": 5, "A8": "合计"}))
    assert book.write([], [TableEdit("客户", 3, 6, {(6, 2): "小王"}, NEW[1:])])
    assert rows(book, 4, 8) == [*BODY, *ADDED]
    assert tables(book)["Liste"] == Area(3, 1, 8, 3)


def test_nothing_moves_where_there_is_room(book_of):
    book = book_of(package({"A14": "备注", "E6": "旁注"}))
    assert book.write([], [EDIT])
    assert rows(book, 4, 14, 5) == [
        *([*row, None, None] for row in BODY), [*ADDED[0], None, "旁注"], *([*row, None, None] for row in ADDED[1:]),
        *[[None] * 5] * 5, ["备注", *[None] * 4],
    ]  # fmt: skip


GROWN = {  # on another sheet: before, and with three rows more in C4:C5
    "A1": ("=SUM(客户!C4:C5)", "=SUM(客户!C4:C8)"),
    "A2": ("=SUM(客户!$C$4:$C$5)/COUNTA(客户!A$4:A5)", "=SUM(客户!$C$4:$C$8)/COUNTA(客户!A$4:A8)"),
    "A3": ('="C4:C5"&SUM(客户!C3:C5)', '="C4:C5"&SUM(客户!C3:C8)'),
    "A4": ("=COUNTA(客户!A3:C5)", "=COUNTA(客户!A3:C8)"),
    "A5": ("=客户!C5", "=客户!C5"),
    "A6": ("=SUM(客户!C5:C5)", "=SUM(客户!C5:C5)"),
    "A7": ("=SUM(客户!H4:H5)", "=SUM(客户!H4:H5)"),
    "A8": ("=SUM(C4:C5)", "=SUM(C4:C5)"),
    "A9": ("=COUNTA(客户!4:5)+COUNTA(客户!$3:$5)+SUM(客户!C:C)", "=COUNTA(客户!4:8)+COUNTA(客户!$3:$8)+SUM(客户!C:C)"),
}
INSIDE = {  # in the table itself: what runs along runs along
    "D4": ("=SUM(C$4:C4)", "=SUM(C$4:C4)"),
    "D5": ("=SUM(C$4:C5)", "=SUM(C$4:C5)"),
    "E4": ("=C4/SUM(C$4:C$5)", "=C4/SUM(C$4:C$8)"),
    "E5": ("=C5/SUM(C$4:C$5)", "=C5/SUM(C$4:C$8)"),
    "F5": ("=C5/SUM(C4:C5)", "=C5/SUM(C4:C8)"),
}


def referring(below: dict[str, str]) -> bytes:
    """Customers in A3:F5, a plain range, with formulas; `below` it others, by cell; a name over its last column."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as workbook:
        sheet, other = workbook.add_worksheet("客户"), workbook.add_worksheet("汇总")
        sheet.write_row(2, 0, [*HEADS, "累计", "占比", "份额"])
        for row, line in enumerate(BODY, 3):
            sheet.write_row(row, 0, line)
        for place, formula in {place: before for place, (before, _) in INSIDE.items()}.items():
            sheet.write_formula(place, formula)
        for place, text in below.items():
            sheet.write(place, text)
        for place, (before, _) in GROWN.items():
            other.write_formula(place, before)
        workbook.define_name("金额", "=客户!$C$4:$C$5")
        chart = workbook.add_chart({"type": "column"})
        chart.add_series({"categories": "=客户!$A$4:$A$5", "values": "=客户!$C$4:$C$5"})
        other.insert_chart("D2", chart)
    return out.getvalue()


@pytest.mark.parametrize("book_of", HOSTS[1:], indirect=True)  # a workbook in memory has no formulas
@pytest.mark.parametrize(
    "gap", [None, 0, 1, 8], ids=["nothing below", "a total below", "after a blank row", "far below"]
)
def test_what_covered_the_table_covers_the_new_rows(book_of, gap):
    below = {} if gap is None else {f"A{6 + gap}": "合计", f"C{6 + gap}": f"=SUM(C4:C{5 + gap})"}
    book = book_of(referring(below))
    assert book.write([], [EDIT])
    seen = Formulas(book)
    assert {place: seen.cell("汇总", place) for place in GROWN} == {place: after for place, (_, after) in GROWN.items()}
    assert {place: seen.cell("客户", place) for place in INSIDE} == {
        place: after for place, (_, after) in INSIDE.items()
    }
    new = {"D6": "=SUM(C$4:C6)", "D8": "=SUM(C$4:C8)", "E8": "=C8/SUM(C$4:C$8)"}
    assert {place: seen.cell("客户", place) for place in new} == new
    assert (seen.name("金额"), seen.drawn()) == ("客户!$C$4:$C$8", ["客户!$A$4:$A$8", "客户!$C$4:$C$8"])
    if gap is not None:
        at = max(9 + min(gap, 2), 6 + gap)
        assert rows(book, at, at, 1) == [["合计"]]
        assert seen.cell("客户", f"C{at}") == f"=SUM(C4:C{at - 1})"


@pytest.mark.parametrize("book_of", HOSTS[1:], indirect=True)
def test_what_covered_the_data_of_a_table_with_blank_rows_covers_the_new_data(book_of):
    book = book_of(summed(listed="A3:C12", formula="=SUM(客户!C4:C5)+SUM(客户!C4:C12)"))
    assert book.write([], [EDIT])
    assert Formulas(book).cell("汇总", "A1") == "=SUM(客户!C4:C8)+SUM(客户!C4:C12)"


@pytest.mark.parametrize("book_of", HOSTS[1:], indirect=True)
def test_a_reference_of_which_only_a_part_would_move_is_refused_and_nothing_is_written(book_of):
    book = book_of(summed(listed="A3:C5", formula="=SUM(客户!B4:F9)", beside=True))
    before = book.grid("客户")
    with pytest.raises(BookError) as caught:
        book.write([], [EDIT])
    assert caught.value.code == "cannot_follow"
    assert "B4:F9" in caught.value.text("zh")
    assert (book.grid("客户"), tables(book)) == (before, {"Liste": Area(3, 1, 5, 3)})
    assert Formulas(book).cell("汇总", "A1") == "=SUM(客户!B4:F9)"


def summed(*, listed: str, formula: str, beside: bool = False) -> bytes:
    """Customers with data in A4:C5 of a ListObject, and a formula in A1 of another sheet; `beside`: a total below and a list."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as workbook:
        sheet, other = workbook.add_worksheet("客户"), workbook.add_worksheet("汇总")
        sheet.add_table(listed, {"name": "Liste", "columns": [{"header": head} for head in HEADS], "data": BODY})
        if beside:
            sheet.write("A6", "合计")
            sheet.write_column("E3", ["旁", "a", "b", "c", "d"])
        other.write_formula("A1", formula)
    return out.getvalue()


class Formulas:
    """Formulas, names and what charts draw, as Excel writes them, in whatever host."""

    def __init__(self, book: Book) -> None:
        self.book, self.host = book, type(book).__name__
        if self.host == "OoxmlBook":
            self.file = openpyxl.load_workbook(book.path)

    def cell(self, sheet: str, place: str) -> str:
        match self.host:
            case "OoxmlBook":
                return str(self.file[sheet][place].value)
            case "ExcelBook":
                return str(self.book._book.sheets[sheet].range(place).formula)
            case _:
                return _excel(self.book._document.Sheets.getByName(sheet).getCellRangeByName(place).Formula)

    def name(self, name: str) -> str:
        match self.host:
            case "OoxmlBook":
                return self.file.defined_names[name].attr_text
            case "ExcelBook":
                return self.book._book.names[name].refers_to.removeprefix("=")
            case _:
                return _excel(self.book._document.NamedRanges.getByName(name).Content)

    def drawn(self) -> list[str]:
        match self.host:
            case "OoxmlBook":
                series = self.file["汇总"]._charts[0].series[0]
                return [series.cat.strRef.f, series.val.numRef.f]
            case "ExcelBook":
                chart = self.book._book.sheets["汇总"].charts[0]
                return chart.api[1].SeriesCollection()[0].Formula.removeprefix("=SERIES(,").split(",")[:2]
            case _:
                from funnelbook.hosts import libreoffice_charts as charts  # noqa: PLC0415 - imports `uno`

                (ranges,) = charts.ranges(self.book._document.Sheets.getByName("汇总")).values()
                return sorted(map(_excel, ranges))


def _excel(text: str) -> str:
    """A formula of LibreOffice as Excel has it."""
    return re.sub(r"\$?(\w+)\.", r"\1!", text).replace(";", ",")
