"""The same in a running LibreOffice: refused, adopted, refreshed, undone, with every cell of the user's as it was."""

from __future__ import annotations

from datetime import date

import pytest

from funnelbook.book.ownership import owned
from funnelbook.book.schema import TABLES
from support.rivals import SHEET_NAMES, taken

DAY = date(2026, 5, 20)


@pytest.mark.live
@pytest.mark.parametrize("kind", ["tables", "names"])
def test_a_workbook_with_all_our_names_taken(opened, office, tmp_path, kind):
    document = opened(taken(tmp_path / "book.xlsx", kind))
    book = office.book(document)
    before = [document.Sheets.getByName(name).createCursor() for name in SHEET_NAMES]
    for cursor in before:
        cursor.gotoEndOfUsedArea(True)
    theirs = [cursor.getFormulaArray() for cursor in before]
    names, tables = book.names(), book.list_objects()
    assert office.press(document, "refresh", AsOf=DAY.isoformat())[0] is False
    assert (book.names(), book.list_objects()) == (names, tables)
    for button in ["adopt", "adopt", "refresh"]:  # the first only shows what the second does
        done, line = office.press(document, button, AsOf=DAY.isoformat())
        assert done, line
    own = owned(book)
    assert set(own.results) == {table.name for table in TABLES.results}
    assert not {lo.sheet for lo in own.tables.values()} & set(SHEET_NAMES)
    assert [cursor.getFormulaArray() for cursor in before] == theirs
    assert book.names().items() >= names.items()
    assert [lo for lo in book.list_objects() if lo in tables] == tables
    tracking = document.Sheets.getByName(own.pages["tracking"])
    assert tracking.getCellRangeByName("C4").String == "团队"
    shown = {cell for row in tracking.getCellRangeByName("A1:L90").getDataArray() for cell in row}
    assert not any(str(cell).startswith(("#", "Err:")) for cell in shown)
    assert {"数量不足", 0.5} <= shown, "its formulas read the tables of ours"
    today = document.Sheets.getByName(own.pages["today"])
    shown = {cell for row in today.getCellRangeByName("B1:P30").getDataArray() for cell in row}
    assert not any(str(cell).startswith(("#", "Err:")) for cell in shown)
    assert document.Sheets.ElementNames[0] == own.pages["today"]
    while document.getUndoManager().isUndoPossible():
        document.getUndoManager().undo()
    assert list(book.sheets())[: len(SHEET_NAMES)] == SHEET_NAMES
    assert [cursor.getFormulaArray() for cursor in before] == theirs
    assert {name: text for name, text in book.names().items() if name in names} == names
