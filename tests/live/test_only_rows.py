"""The rows that a line of Problems speaks of, shown alone in a real LibreOffice, and all of them again; undone in one step."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from funnelbook import template
from funnelbook.book.labels import sheet_name
from funnelbook.commands.open import open_book
from funnelbook.commands.refresh_files import refresh_book
from support.office import Office, undone

pytestmark = pytest.mark.live
DAY = date(2026, 5, 20)
ORDERS = sheet_name("orders", "zh")


def test_they_are_shown_alone_and_all_again(tmp_path: Path, opened: Callable, office: Office):
    path = tmp_path / "book.xlsx"
    orders = [
        {"order_id": f"D{i}", "date": date(2026, 5, 4), "id": who, "amount": 100.0}
        for i, who in enumerate(["K1", "K7", "K1", "K8", "K9", "K1"])
    ]
    path.write_bytes(template.build("zh", rows={"Customers": [{"id": "K1", "name": "甲"}], "Orders": orders}))
    refresh_book(open_book(path), DAY)
    document = opened(path)
    sheets, controller = document.Sheets, document.getCurrentController()
    problems = sheets.getByName(sheet_name("problems", "zh"))
    line = next(
        row
        for row in range(30)
        if problems.getCellByPosition(0, row).String == "订单" and "K7" in problems.getCellByPosition(3, row).String
    )

    def shown() -> list[int]:
        rows = sheets.getByName(ORDERS).Rows
        return [row + 1 for row in range(4, 10) if rows.getByIndex(row).IsVisible]

    controller.select(problems.getCellByPosition(3, line))
    assert shown() == [5, 6, 7, 8, 9, 10]
    done, told = office.press(document, "only_rows", AsOf=DAY.isoformat())
    assert (done, "3 行" in told, shown()) == (True, True, [6, 8, 9])
    assert controller.getActiveSheet().Name == ORDERS
    office.press(document, "only_rows", AsOf=DAY.isoformat())
    assert shown() == [5, 6, 7, 8, 9, 10]
    undone(document)
    assert shown() == [6, 8, 9]
