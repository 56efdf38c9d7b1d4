"""Texts that look like formulas: they stay texts, also when somebody presses F2 and Enter in their cells in Excel."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from funnelbook import template
from funnelbook.book.ports import TableWrite
from funnelbook.book.schema import TABLES
from funnelbook.commands.open import open_book
from funnelbook.commands.pictures import convert
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.domain.plain import looks_like_formula
from support.exchanged import DAY, add, change, rows, team
from support.external import need, validate

ARMED = ["=1+1", "+86 138", "-", "@SUM(A1)", "\t=1", "＝1+1", '=HYPERLINK("http://evil.example")']
HARMLESS = ["王芳", "1+1", "'=1", " =1", "a=b", "10-20"]


def told(path: Path) -> dict[str, bool]:
    """Whether Excel takes each text for a text only, by what it says; as openpyxl reads it."""
    cells = [
        cell for sheet in openpyxl.load_workbook(path) for row in sheet for cell in row if isinstance(cell.value, str)
    ]
    assert not any(cell.data_type == "f" for cell in cells if cell.value in ARMED)
    return {cell.value: bool(cell.quotePrefix) for cell in cells if cell.data_type != "f"}


def formats(path: Path) -> int:
    return len(openpyxl.load_workbook(path)._cell_styles)


def test_a_template_marks_them(tmp_path):
    customers = [{"id": f"K{i}", "name": text, "note": text} for i, text in enumerate(ARMED + HARMLESS)]
    path = team(tmp_path / "team.xlsx", ["Customers"], Customers=customers)
    found = told(path)
    assert {text: found[text] for text in ARMED + HARMLESS} == dict.fromkeys(ARMED, True) | dict.fromkeys(
        HARMLESS, False
    )
    assert rows(path, "Customers")["note"].tolist() == [text.strip() for text in ARMED + HARMLESS]


def test_a_users_table_marks_them_and_takes_the_mark_from_numbers(tmp_path):
    path = team(tmp_path / "team.xlsx", ["Customers", "Activities"])
    before = formats(path)
    for number, text in enumerate(ARMED):
        add(path, "Activities", at=pd.Timestamp(DAY), id="K1", note=text, minutes=1.0)
        change(path, "Customers", "K1", note=f"{text} {number}")
    found = told(path)
    assert all(found[text] for text in ARMED)
    assert formats(path) - before <= 3, "one format for each column, not one for each cell"
    assert rows(path, "Activities")["note"].tolist()[-len(ARMED) :] == [text.strip() for text in ARMED]
    sheet = openpyxl.load_workbook(path)["跟进记录"]
    assert not any(cell.quotePrefix for row in sheet for cell in row if isinstance(cell.value, int | float))


def written(path: Path, names: list[str]) -> bool:
    columns = [names, *[[float(i) for i in range(len(names))]] * 7]
    heads = ["客户编号", "客户名称", "业务员", "事项", "到期日", "内容", "上次关怀", "带来订单"]
    return open_book(path).write([TableWrite("Care", heads, columns, "=1+1 先做")])


def test_a_result_marks_them_cell_by_cell_and_a_second_time_nothing_is_written(tmp_path):
    path = tmp_path / "team.xlsx"
    path.write_bytes(template.build("zh", tables=["Customers", "Care", "Effort"]))
    before = formats(path)
    names = [*ARMED, *HARMLESS] * 20
    assert written(path, names)
    found = told(path)
    assert found["=1+1 先做"]
    assert {text: found[text] for text in names} == dict.fromkeys(ARMED, True) | dict.fromkeys(HARMLESS, False)
    assert formats(path) - before <= 2
    assert not written(path, names)
    assert written(path, [*HARMLESS, *ARMED] * 20)
    assert all(told(path)[text] for text in ARMED)
    assert formats(path) - before <= 3
    assert validate([path]) == {path: []}


def test_a_refresh_of_a_book_with_such_people_is_done_once(tmp_path):
    people = [{"person": text, "active": True} for text in ARMED]
    customers = [{"id": f"K{i}", "name": text, "owner": text, "tier": "A"} for i, text in enumerate(ARMED)]
    path = team(tmp_path / "team.xlsx", list(TABLES), People=people, Customers=customers)
    assert refresh_file(path, DAY).status == "done"
    found = told(path)
    assert [text for text, marked in found.items() if looks_like_formula(text) and not marked] == []
    assert refresh_file(path, DAY, again=True).status == "unchanged"


def test_formats_that_say_they_are_not_marked_are_left_alone(tmp_path):
    people = [{"person": text, "active": True} for text in ["=1+1", "王芳"]]
    customers = [{"id": f"K{i}", "name": p["person"], "owner": p["person"], "tier": "A"} for i, p in enumerate(people)]
    path = team(tmp_path / "team.xlsx", list(TABLES), People=people, Customers=customers)
    assert refresh_file(path, DAY).status == "done"
    openpyxl.load_workbook(path).save(path)  # writes quotePrefix="0" into every format
    refresh_file(path, DAY)
    before = formats(path)
    assert refresh_file(path, DAY, again=True).status == "unchanged"
    assert formats(path) == before


@pytest.mark.live
def test_libreoffice_reads_the_same_texts(tmp_path):
    need("libreoffice")
    customers = [{"id": f"K{i}", "name": text} for i, text in enumerate(ARMED)]
    path = team(tmp_path / "team.xlsx", ["Customers"], Customers=customers)
    convert([path], "xlsx", tmp_path / "saved")
    assert rows(tmp_path / "saved" / "team.xlsx", "Customers")["name"].tolist() == [text.strip() for text in ARMED]
