"""The live host: what it promises beyond the contract of every host."""

from __future__ import annotations

from datetime import date

import pytest
from fake_excel import App

from funnelbook import template
from funnelbook.book.labels import header, sheet_name
from funnelbook.book.locate import locate
from funnelbook.book.ports import BookError, TableWrite
from funnelbook.book.results import present, read
from funnelbook.book.schema import TABLES
from funnelbook.commands.refresh_files import refresh_book, refresh_file
from funnelbook.commands.show import show
from funnelbook.hosts.excel import ExcelBook
from funnelbook.hosts.ooxml.host import OoxmlBook
from funnelbook.sample.team import team

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


def test_a_refresh_in_excel_gives_what_a_refresh_of_the_file_gives(app, tmp_path):
    package = template.build("zh", rows=ROWS)
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
    workbook.sheets[sheet_name("board", "zh")].impl.protected = True
    with pytest.raises(BookError) as refused:
        book.write([write_of("Shapes", 9), write_of("Funnel", 1), write_of("Board", 5)])
    workbook.sheets[sheet_name("board", "zh")].impl.protected = False
    assert refused.value.code == "excel_refused"
    assert everything(workbook) == before


@pytest.mark.parametrize("protected", [False, True])
def test_drawing_and_calculation_are_as_before_whatever_happened(app, workbook, protected):
    workbook.app.calculation = "semiautomatic"
    workbook.sheets[0].impl.protected = protected
    app.log.clear()
    try:
        ExcelBook(workbook).write([write_of("Shapes", 3)])
    except BookError:
        assert protected
    assert app.log[:3] == [("screen_updating", False), ("calculation", "manual"), ("display_alerts", False)]
    assert (app.screen_updating, app.calculation, app.display_alerts) == (True, "semiautomatic", True)


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
    sheet.range((place.area.top + 1, at)).formula = "=C9-F9"
    grown = write_of("Board", 4)
    book.write([TableWrite("Board", heads, [*grown.columns, [0.0, 0.0, None, None]])])
    shown = [sheet.range((place.area.top + i, at)).formula for i in range(1, 5)]
    assert shown == ["=C9-F9"] * 4


def test_a_table_is_not_written_over_what_stands_beside_it(workbook):
    book = ExcelBook(workbook)
    place = present(book)["Board"]
    workbook.sheets[place.sheet].range((place.area.top + 1, place.area.right + 1)).value = "我的备注"
    write = write_of("Board", 2)
    with pytest.raises(BookError) as refused:
        book.write([TableWrite("Board", [*write.headers, "新列"], [*write.columns, [1, 2]])])
    assert refused.value.code == "no_room"


def test_the_inputs_are_found_in_a_workbook_that_is_open(app, tmp_path):
    package = template.build("zh", rows=ROWS)
    path = tmp_path / "team.xlsx"
    path.write_bytes(package)
    assert locate(ExcelBook(app.new(package))).places == locate(OoxmlBook(path)).places
    assert not show(path, TABLES["Customers"], as_of=AS_OF).empty
