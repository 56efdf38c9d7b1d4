"""What the page Today holds, as a phone or a preview shows it, where words follow numbers, or nothing can be said."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
from python_calamine import load_workbook

from funnelbook import template
from funnelbook.book.labels import sheet_name
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.template import today

DAY = date(2026, 5, 28)  # a Thursday; one working day of May comes after it


def book(path: Path, language: str, **rows: list[dict[str, object]]) -> Path:
    inputs = ["People", "Customers", "Activities", "Orders", "Targets", "Tiers", "Settings", "PoolRules"]
    path.write_bytes(template.build(language, tables=[*inputs, *today.READ, "today"], rows=rows))
    return path


def said(path: Path, language: str) -> list[str]:
    assert refresh_file(path, DAY, language).status == "done"
    with load_workbook(str(path)) as workbook:
        rows = workbook.get_sheet_by_name(sheet_name("today", language)).to_python(skip_empty_area=False)
    return [cell for row in rows for cell in row[1:16] if isinstance(cell, str) and cell]


def target(orders: float, amount: float) -> dict[str, object]:
    return {"period": "2026-05", "person": "team", "revision": 1, "orders": orders, "amount": amount, "agreed_on": DAY}


def test_words_go_with_their_numbers(tmp_path):
    rows = {
        "People": [{"person": "Ann", "active": True}],
        "Customers": [{"id": "K1", "name": "Alpha", "owner": "Ann", "tier": "E"}],
        "Orders": [{"order_id": "O1", "date": DAY, "id": "K1", "owner": "Ann", "amount": -1.0}],
        "Targets": [target(1.0, 3e9)],
    }
    found = said(book(tmp_path / "team.xlsx", "en", **rows), "en")
    wanted = {"1 day", "1 order to go, 1.0 a day", "1 error, 0 warnings", "0 / 3.0bn"}
    assert wanted <= set(found), found
    assert found.count("□" * 14) == 1, "no second chance, rounded otherwise, beside the bar"


def test_nothing_is_said_of_somebody_unknown(tmp_path):
    path = book(tmp_path / "team.xlsx", "zh", People=[{"person": "小李", "active": True}])
    before = said(path, "zh")
    assert "还没有目标，看不出谁落后。" in before, "and not that all keep up"
    workbook = openpyxl.load_workbook(path)
    workbook.worksheets[0]["E1"] = "没有这个人"
    workbook.save(path)
    found = said(path, "zh")
    assert "没有这个人：在黄色的格子里选团队或一名业务员。" in found
    assert not [text for text in found if text.startswith(("还没有", "今天没有"))]


def test_without_people_nobody_is_said_to_keep_up(tmp_path):
    customers = [{"id": "K1", "name": "甲", "tier": "A"}]
    found = said(book(tmp_path / "team.xlsx", "zh", Customers=customers, Targets=[target(2.0, 1e4)]), "zh")
    assert found.count("还没有业务员") == 2, "whom to talk to, who calls"
    assert not [text for text in found if text.startswith("没有人要单独谈")]


def test_the_pool_is_told_of_when_somebody_falls_due(tmp_path):
    rows = {
        "People": [{"person": "小李", "active": True}],
        "Customers": [
            {"id": f"K{i}", "name": f"{name}公司", "owner": "小李", "tier": "B", "created": day}
            for i, (name, day) in enumerate([("甲", date(2026, 5, 1)), ("乙", date(2026, 5, 10)), ("丙", DAY)])
        ],
    }
    silent = said(book(tmp_path / "without.xlsx", "zh", **rows), "zh")
    assert not [text for text in silent if "收回" in text or "到期" in text]
    found = said(book(tmp_path / "team.xlsx", "zh", **rows, PoolRules=[{"tier": "B", "days": 20}]), "zh")
    assert "1 个客户该收回；1 个 7 天内到期" in found
