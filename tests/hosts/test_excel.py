"""The live host: what it promises beyond the contract of every host."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter

from funnelbook import template
from funnelbook.book.labels import header, sheet_name
from funnelbook.book.locate import locate
from funnelbook.book.ports import BookError, CellError, TableEdit, TableWrite
from funnelbook.book.result_tables import present, read
from funnelbook.book.schema import TABLES
from funnelbook.commands.refresh_files import refresh_book, refresh_file
from funnelbook.commands.show import show
from funnelbook.hosts.excel import ExcelBook
from funnelbook.hosts.excel_tables import set_formulas
from funnelbook.hosts.ooxml.host import OoxmlBook
from funnelbook.sample.team import team
from support import small_team
from support.fake_excel import App, Chart

AS_OF = date(2026, 5, 20)
ROWS = team(1).rows
USED = ["Shapes", "Funnel", "Board"]


@pytest.fixture
def app() -> App:
    return App()


@pytest.fixture
def workbook(app):
    return app.new(template.build("zh", tables=USED))


def write_of(table: str, rows: int) -> TableWrite:
    names = TABLES[table].names
    return TableWrite(
        table, [header(TABLES[table], n, "zh") for n in names], [[f"{n}{i}" for i in range(rows)] for n in names]
    )


def everything(workbook) -> dict[str, object]:
    """What every cell shows and holds, and where the tables stand."""
    return {
        sheet.name: (
            {at: (sheet.impl.value(*at), sheet.impl.formula_of(*at)) for at in sheet.impl.cells_},
            [(t.name, t.range.address) for t in sheet.tables],
        )
        for sheet in workbook.sheets
    }


@pytest.mark.slow
def test_a_refresh_in_excel_gives_what_a_refresh_of_the_file_gives(app, tmp_path):
    package = template.build("zh", rows=small_team.rows())
    path = tmp_path / "team.xlsx"
    path.write_bytes(package)
    assert refresh_file(path, AS_OF).status == "done"
    live = ExcelBook(app.new(package))
    assert refresh_book(live, AS_OF).written
    file = OoxmlBook(path)
    for name, place in present(file).items():
        of_file = read(file, TABLES[name], place).frame
        of_live = read(live, TABLES[name], present(live)[name]).frame
        assert of_live.equals(of_file), name
    assert not refresh_book(live, AS_OF).written


def test_when_excel_refuses_in_the_middle_every_sheet_is_as_before(app, workbook):
    book = ExcelBook(workbook)
    book.write([write_of("Shapes", 2), write_of("Funnel", 3), write_of("Board", 2)])
    funnel = workbook.sheets[sheet_name("funnel", "zh")]
    funnel.range("T3").formula = "=SUM(A1:A9)"
    funnel.range("T4").value = "'007"
    before = everything(workbook)
    workbook.sheets[sheet_name("board", "zh")].impl.refusing = True
    with pytest.raises(BookError) as refused:
        book.write([write_of("Shapes", 9), write_of("Funnel", 1), write_of("Board", 5)])
    workbook.sheets[sheet_name("board", "zh")].impl.refusing = False
    assert refused.value.code == "excel_refused"
    assert everything(workbook) == before


@pytest.mark.parametrize("refusing", [False, True])
def test_drawing_and_calculation_are_as_before_whatever_happened(app, workbook, refusing):
    workbook.app.calculation = "semiautomatic"
    workbook.sheets[0].impl.refusing = refusing
    app.log.clear()
    try:
        ExcelBook(workbook).write([write_of("Shapes", 3)])
    except BookError:
        assert refusing
    quiet = [("screen_updating", False), ("calculation", "manual"), ("display_alerts", False), ("enable_events", False)]
    assert app.log[:4] == quiet
    switches = (app.screen_updating, app.calculation, app.display_alerts, app.enable_events)
    assert switches == (True, "semiautomatic", True, True)


def test_nothing_is_switched_when_nothing_is_to_be_written(app, workbook):
    book = ExcelBook(workbook)
    book.write([write_of("Board", 2)])
    app.log.clear()
    assert not book.write([write_of("Board", 2)])
    assert app.log == []


def test_a_column_of_formulas_that_a_user_added_stays_one(workbook):
    book = ExcelBook(workbook)
    write = write_of("Board", 2)
    heads, columns = [*write.headers, "差额"], [*write.columns, [None, None]]
    book.write([TableWrite("Board", heads, columns)])
    place = present(book)["Board"]
    sheet, at = workbook.sheets[place.sheet], place.area.right
    sheet.range((place.area.top + 1, at), (place.area.top + 2, at)).formula = "=C9-F9"
    grown = write_of("Board", 4)
    book.write([TableWrite("Board", heads, [*grown.columns, [0.0, 0.0, None, None]])])
    shown = [sheet.range((place.area.top + i, at)).formula for i in range(1, 5)]
    assert shown == ["=C9-F9", "=C10-F10", "=C11-F11", "=C12-F12"]


def test_a_table_is_not_written_over_what_stands_beside_it(workbook):
    book = ExcelBook(workbook)
    place = present(book)["Board"]
    workbook.sheets[place.sheet].range((place.area.top + 1, place.area.right + 1)).value = "我的备注"
    write = write_of("Board", 2)
    with pytest.raises(BookError) as refused:
        book.write([TableWrite("Board", [*write.headers, "新列"], [*write.columns, [1, 2]])])
    assert refused.value.code == "no_room"


@pytest.mark.parametrize("change", [{"cells": {(3, 2): "小王"}}, {"rows": [{2: "小王"}]}], ids=["a cell", "a row"])
def test_a_table_that_a_query_fills_is_not_written_into(app, workbook, change):
    place = present(ExcelBook(workbook))["Board"]
    table = next(t for t in workbook.sheets[place.sheet].tables if t.name == "Board")
    before = everything(workbook)
    table.impl.SourceType = 3
    edit = TableEdit(place.sheet, place.area.top, place.area.top, **change)
    with pytest.raises(BookError) as refused:
        ExcelBook(workbook).write([], [edit])
    assert refused.value.code == "fed_table"
    assert everything(workbook) == before


def test_the_inputs_are_found_in_a_workbook_that_is_open(app, tmp_path):
    package = template.build("zh", rows=small_team.rows())
    path = tmp_path / "team.xlsx"
    path.write_bytes(package)
    assert locate(ExcelBook(app.new(package))).places == locate(OoxmlBook(path)).places
    assert not show(path, TABLES["Customers"], as_of=AS_OF).empty


def test_a_formula_typed_over_one_of_our_cells_is_written_over(workbook):
    book = ExcelBook(workbook)
    book.write([write_of("Board", 2)])
    place = present(book)["Board"]
    cell = workbook.sheets[place.sheet].range((place.area.top + 1, place.area.left + 2))
    cell.formula = "=1+1"
    assert book.write([write_of("Board", 2)])
    assert cell.formula == "orders0"


def test_what_a_user_typed_below_a_formula_stays(workbook):
    book = ExcelBook(workbook)
    write = write_of("Board", 3)
    heads = [*write.headers, "备注"]
    book.write([TableWrite("Board", heads, [*write.columns, ["好", "中", "差"]])])
    place = present(book)["Board"]
    sheet, at = workbook.sheets[place.sheet], place.area.right
    sheet.range((place.area.top + 1, at)).formula = "=C9-F9"
    changed = [list(c) for c in write.columns]
    changed[0][0] = "x"
    book.write([TableWrite("Board", heads, [*changed, [0.0, "中", "差"]])])
    assert [sheet.range((place.area.top + i, at)).value for i in (2, 3)] == ["中", "差"]


def test_a_totals_row_that_a_user_switched_on_holds_no_data(workbook):
    book = ExcelBook(workbook)
    book.write([write_of("Board", 2)])
    table = next(t for s in workbook.sheets for t in s.tables if t.name == "Board")
    table.impl.show_totals = True
    assert book.write([write_of("Board", 3)])
    assert read(book, TABLES["Board"], present(book)["Board"]).frame["person"].tolist() == [
        "person0",
        "person1",
        "person2",
    ]
    assert table.show_totals
    assert not book.write([write_of("Board", 3)])


def test_a_filter_is_lifted_so_that_every_row_shows(workbook):
    book = ExcelBook(workbook)
    table = next(t for s in workbook.sheets for t in s.tables if t.name == "Board")
    table.impl.filtered = True
    book.write([write_of("Board", 2)])
    assert not table.impl.filtered


def test_rows_are_hidden_and_shown_where_excel_lets_it(app, workbook):
    book, sheet = ExcelBook(workbook), workbook.sheets[0]
    assert book.selected() is None
    app.selection = sheet.range((7, 2)).impl
    assert book.selected() == (sheet.name, 7)
    book.hide(sheet.name, 5, 9, hidden=True)
    book.hide(sheet.name, 7, 8, hidden=False)
    assert [row for row in range(4, 11) if book.is_hidden(sheet.name, row)] == [5, 6, 9]
    sheet.impl.protected = True
    with pytest.raises(BookError) as refused:
        book.hide(sheet.name, 5, 9, hidden=False)
    assert refused.value.code == "protected_sheet"


def test_growing_and_shrinking_leaves_what_stands_below_where_it_is(workbook):
    book = ExcelBook(workbook)
    tops = []
    for rows in (9, 3, 9, 1, 9):
        book.write([write_of("Shapes", rows), write_of("Funnel", 4)])
        tops.append(present(book)["Funnel"].area.top)
    assert len(set(tops)) == 1
    assert read(book, TABLES["Funnel"], present(book)["Funnel"]).frame["person"].tolist() == [
        f"person{i}" for i in range(4)
    ]


def test_a_table_beside_is_not_torn_apart(app):
    book = ExcelBook(app.new(template.build("zh", tables=["Matched", "Kept"])))
    book.write([write_of("Matched", 8), write_of("Kept", 2)])
    book.write([write_of("Matched", 8), write_of("Kept", 5)])
    book.write([write_of("Matched", 12), write_of("Kept", 30)])
    for name, rows in (("Matched", 12), ("Kept", 30)):
        frame = read(book, TABLES[name], present(book)[name]).frame
        assert frame["table"].tolist() == [f"table{i}" for i in range(rows)]


class _Refusing:
    """A series that has nothing to draw: Excel takes no formula of it."""

    def __init__(self, formula: str) -> None:
        object.__setattr__(self, "Formula", formula)

    def __setattr__(self, name: str, value: object) -> None:
        raise OSError("Unable to set the Formula property of the Series class")


def test_a_series_that_takes_no_formula_keeps_nobody_from_writing(workbook):
    sheet, formula = workbook.sheets[sheet_name("funnel", "zh")], "=SERIES('漏斗'!$C$20,,'漏斗'!$C$21:$C$25,1)"
    ExcelBook(workbook).write([write_of("Shapes", 5)])
    chart = Chart(formula)
    chart.only = _Refusing(formula)
    sheet.impl.drawn.append(chart)
    assert ExcelBook(workbook).write([write_of("Shapes", 3)])
    assert chart.only.Formula == formula


class _Excel2019:
    """Cells of an Excel without dynamic arrays; asked to set what it has not, xlwings tries for ever."""

    formula = None

    def __getitem__(self, _: object) -> _Excel2019:
        return self

    @property
    def formula2(self) -> object:
        raise AttributeError("Formula2")

    @formula2.setter
    def formula2(self, _: object) -> None:
        pytest.fail("it would never end")


def test_an_excel_without_dynamic_arrays_gets_formulas_as_it_knows_them():
    cells = _Excel2019()
    set_formulas(cells, "=1+1")
    assert cells.formula == "=1+1"


@pytest.mark.parametrize("drawn", ["'漏斗'!$C$21", "'漏斗'!$C$21:$C$25"])
def test_charts_follow_the_rows_they_draw(workbook, drawn):
    sheet = workbook.sheets[sheet_name("funnel", "zh")]
    assert present(ExcelBook(workbook))["Shapes"].area.top == 20
    elsewhere = "龙虎榜!$C$21:$C$22"
    sheet.impl.drawn.append(Chart(f"=SERIES('漏斗'!$C$20,{elsewhere},{drawn},1)"))
    ExcelBook(workbook).write([write_of("Shapes", 7)])
    assert (
        sheet.charts[0].api[1].SeriesCollection()[0].Formula
        == f"=SERIES('漏斗'!$C$20,{elsewhere},'漏斗'!$C$21:$C$27,1)"
    )


def test_money_that_excel_gives_as_currency_is_the_same_money(workbook):
    book = ExcelBook(workbook)
    write = TableWrite("Board", write_of("Board", 1).headers, [[12.34]] * len(TABLES["Board"].names))
    book.write([write])
    place = present(book)["Board"]
    cells = workbook.sheets[place.sheet].impl.cells_
    at = (place.area.top + 1, place.area.left)
    cells[at] = Decimal("12.34")
    assert not book.write([write])


def test_lists_are_of_this_workbook_and_not_of_the_template(app):
    workbook = app.new(template.build("zh", tables=["Customers"]))
    book = ExcelBook(workbook)
    book.graft(template.build("zh", tables=["People", "Outcomes"]), ["业务员", "设置"])
    assert {n.name: n.refers_to for n in workbook.names if n.name.startswith("fb_")} == {
        "fb_people": "=People[姓名]",
        "fb_outcomes": "=Outcomes[结果]",
    }


def test_sheets_of_a_set_up_that_is_refused_go_again(app):
    workbook = app.new(template.build("zh", tables=["Customers"]))
    book = ExcelBook(workbook)
    workbook.names.add("fb_people", "=#REF!")
    workbook.names.add("_funnelbook_fb_people", "=fb_people")
    before, names = list(book.sheets()), dict(workbook.impl.defined)
    workbook.impl.front = before[0]
    book.graft(template.build("zh", tables=["People", "Outcomes"]), ["业务员", "设置"])
    assert workbook.impl.front == before[0]
    book.abandon()
    assert list(book.sheets()) == before
    assert workbook.impl.defined == names


def test_rows_that_could_not_be_put_in_are_not_taken_out(workbook):
    book = ExcelBook(workbook)
    book.write([write_of("Shapes", 2), write_of("Funnel", 3)])
    workbook.sheets[sheet_name("funnel", "zh")].impl.full = True
    before = everything(workbook)
    with pytest.raises(BookError):
        book.write([write_of("Shapes", 30)])
    assert everything(workbook) == before


def test_errors_newer_than_xlwings_are_errors_and_no_numbers(workbook):
    sheet = workbook.sheets[0]
    sheet.impl.cells_[3, 30], sheet.impl.cells_[3, 31] = -2146826238, -2146826246
    row = ExcelBook(workbook).grid(sheet.name)[2]
    assert row[29:31] == [CellError("#VALUE!"), CellError("#N/A")]
    assert ExcelBook(workbook).head(sheet.name, 3)[2][29:31] == [None, None]


def test_different_formulas_in_a_users_column_are_not_made_one(workbook):
    book = ExcelBook(workbook)
    write = write_of("Board", 2)
    heads = [*write.headers, "差额"]
    book.write([TableWrite("Board", heads, [*write.columns, [1.0, 2.0]])])
    place = present(book)["Board"]
    sheet, at = workbook.sheets[place.sheet], place.area.right
    sheet.range((place.area.top + 1, at)).formula = "=C9-F9"
    sheet.range((place.area.top + 2, at)).formula = "=C3*2"
    grown = write_of("Board", 3)
    book.write([TableWrite("Board", heads, [*grown.columns, [0.0, 0.0, None]])])
    assert [sheet.range((place.area.top + i, at)).formula for i in (1, 2)] == [0.0, 0.0]


@pytest.fixture
def summed(app):
    """Customers in A3:C5 with a total and a list beside; summed, named and drawn on another sheet."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        sheet, other = made.add_worksheet("客户"), made.add_worksheet("汇总")
        heads = [{"header": head} for head in ("客户编号", "业务员", "预计金额")]
        body = [["K1", "小李", 1000], ["K2", "小张", 20.5]]
        sheet.add_table("A3:C6", {"name": "Liste", "columns": heads, "data": body, "total_row": True})
        sheet.write_row("A6", ["合计", None, "=SUBTOTAL(109,[预计金额])"])
        sheet.write("A8", "备注")
        sheet.write_formula("B9", "=COUNTA(A4:A5)")
        sheet.write_column("E3", ["旁", "a", "b", "c", "d", "e"])
        other.write_formula("A1", "=SUM(客户!C4:C5)")
        made.define_name("金额", "=客户!$C$4:$C$5")
        chart = made.add_chart({"type": "column"})
        chart.add_series({"categories": "=客户!$A$4:$A$5", "values": "=客户!$C$4:$C$5"})
        other.insert_chart("D2", chart)
    return app.new(out.getvalue(), formulas=True)


ADDED = TableEdit("客户", 3, 5, {(4, 2): "小王"}, [{1: "K3", 3: 5.0}, {1: "K4"}])


def told(workbook) -> dict[str, object]:
    """What is said of the customers elsewhere."""
    cells, other = workbook.sheets["客户"], workbook.sheets["汇总"]
    return {
        "sum": other.range("A1").formula,
        "name": workbook.names["金额"].refers_to,
        "chart": other.charts[0].api[1].SeriesCollection()[0].Formula,
        "table": cells.tables["Liste"].range.address,
        "column": [cells.range((row, 1)).value for row in range(3, 12)],
        "beside": [cells.range((row, 5)).value for row in range(3, 12)],
    }


def test_rows_added_above_the_totals_of_a_list_object_are_in_every_total(summed):
    assert ExcelBook(summed).write([], [ADDED])
    assert told(summed) == {
        "sum": "=SUM(客户!C4:C7)",
        "name": "=客户!$C$4:$C$7",
        "chart": "=SERIES(,客户!$A$4:$A$7,客户!$C$4:$C$7,1)",
        "table": "$A$3:$C$8",
        "column": ["客户编号", "K1", "K2", "K3", "K4", "合计", None, "备注", None],
        "beside": ["旁", "a", "b", "c", "d", "e", None, None, None],
    }
    assert summed.sheets["客户"].range("B11").formula == "=COUNTA(A4:A7)"


@pytest.mark.parametrize("where", ["客户", "汇总"])
def test_rows_that_excel_refuses_in_the_middle_leave_everything_as_it_was(summed, where):
    before, said = everything(summed), told(summed)
    sheet = summed.sheets[where].impl
    if where == "客户":  # the rows are in and the references longer when the last cell is refused
        sheet.refusing_at = (6, 1)
    else:
        sheet.refusing = True
    with pytest.raises(BookError) as refused:
        ExcelBook(summed).write([], [ADDED])
    assert refused.value.code == "excel_refused"
    sheet.refusing, sheet.refusing_at = False, None
    assert told(summed) == said
    assert everything(summed) == before


def test_a_new_column_reaches_the_rows_that_a_filter_hides(summed):
    summed.sheets["客户"].impl.hidden = frozenset({4})
    cells = {(3, 4): "编号", (4, 4): "1", (5, 4): "2"}
    ExcelBook(summed).write([], [TableEdit("客户", 3, 5, cells, column=3, new_column=4)])
    assert summed.sheets["客户"].range("D3:D5").value == ["编号", "1", "2"]
