"""What a refresh writes back into the Customers sheet of a file: said, undone byte for byte, and never where it may not write."""

from __future__ import annotations

import openpyxl
import pytest
from click.testing import CliRunner

from funnelbook.book.labels import sheet_name
from funnelbook.cli import main
from funnelbook.commands.open import open_book
from funnelbook.commands.refresh_files import refresh_book, refresh_file
from funnelbook.words import LANGUAGES, say
from support.exchanged import CUSTOMERS, DAY, USED, rows, team, type_into_list
from support.packages import members, packed, sheet_part

PROTECTED = b'<sheetProtection sheet="1"/>'


@pytest.fixture
def called(tmp_path):
    """A team's workbook after a call was typed into the list."""
    due = [CUSTOMERS[0] | {"next_contact": DAY}, *CUSTOMERS[1:]]
    path = team(tmp_path / "team.xlsx", [*USED, "CallList"], Customers=due, Activities=[])
    assert refresh_file(path, DAY).status == "done"
    type_into_list(path, "K1", outcome="已报价")
    return path


def run(*arguments: object) -> str:
    return CliRunner().invoke(main, [str(a) for a in arguments]).output


def tier(path) -> object:
    return rows(path, "Customers").set_index("id")["tier"]["K1"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_said_and_undone_byte_for_byte(called, language):
    before = called.read_bytes()
    told = run("refresh", called, "--as-of", DAY, "--lang", language)
    assert say("done_told", language, customers=1) in told
    assert tier(called) == "B"
    assert refresh_file(called, DAY, language, again=True).status == "unchanged"
    run("undo", called)
    assert called.read_bytes() == before


def test_a_protected_sheet_stops_the_writing_back_alone(called):
    parts, part = members(called), sheet_part(called, sheet_name("customers", "zh"))
    parts[part] = parts[part].replace(b"</sheetData>", b"</sheetData>" + PROTECTED)
    called.write_bytes(packed(parts))
    before = tier(called)
    told = run("refresh", called, "--as-of", DAY)
    assert "客户表受保护，1 个客户没有更新" in told
    assert tier(called) == before
    assert members(called)[part] == parts[part]
    assert len(rows(called, "Activities").dropna(subset="id")) == 1
    assert refresh_file(called, DAY, again=True).status == "unchanged"


@pytest.mark.slow
def test_a_formula_is_left_alone(called):
    workbook = openpyxl.load_workbook(called)
    sheet = workbook[sheet_name("customers", "zh")]
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == tier(called))
    cell.value = f'="{cell.value}"'
    workbook.save(called)
    assert refresh_book(open_book(called), DAY).logged == 1
    kept = openpyxl.load_workbook(called)[sheet_name("customers", "zh")][cell.coordinate]
    assert kept.value == cell.value


def test_whose_tier_falls_is_named(tmp_path):
    due = [CUSTOMERS[0] | {"tier": "A", "name": "甲厂", "next_contact": DAY}, *CUSTOMERS[1:]]
    path = team(tmp_path / "team.xlsx", [*USED, "CallList"], Customers=due, Activities=[])
    assert refresh_file(path, DAY).status == "done"
    type_into_list(path, "K1", outcome="暂无需求")
    told = run("refresh", path, "--as-of", DAY)
    assert tier(path) == "E"
    assert "其中 1 个按通话结果降了级别，请核对：甲厂 A→E。" in told
