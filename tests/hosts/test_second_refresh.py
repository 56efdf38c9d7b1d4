"""A refresh that has nothing new to say writes nothing, whatever saved the workbook before."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from funnelbook.book.labels import sheet_name
from funnelbook.commands.adopt import adopt
from funnelbook.commands.refresh_files import refresh_file
from support.cases import first
from support.external import SHARED, need
from support.packages import bend, members, packed, plain, sheet_part

DAY, NEXT = date(2026, 5, 20), date(2026, 5, 21)
CHAIN = "xl/calcChain.xml"
_CHAIN_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
_RELATION = f'<Relationship Id="rId999" Type="{_CHAIN_TYPE}" Target="calcChain.xml"/>'
_TYPE = (
    '<Override PartName="/xl/calcChain.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"/>'
)


def as_excel_saves(path: Path) -> Path:
    """The workbook with the calculation chain Excel writes when it saves: every cell that holds a formula."""
    parts = members(path)
    sheets = re.findall(r'<sheet [^>]*name="([^"]*)"[^>]*sheetId="(\d+)"', parts["xl/workbook.xml"].decode())
    cells = [
        f'<c r="{cell}" i="{number}"/>'
        for name, number in sheets
        for cell in re.findall(r'<c r="([A-Z]+\d+)"[^>]*><f', parts[sheet_part(path, re.escape(name))].decode())
    ]
    assert cells
    chain = f'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{"".join(cells)}</calcChain>'
    parts[CHAIN] = chain.encode()
    for part, more, before in (
        ("xl/_rels/workbook.xml.rels", _RELATION, "</Relationships>"),
        ("[Content_Types].xml", _TYPE, "</Types>"),
    ):
        parts[part] = parts[part].replace(before.encode(), (more + before).encode())
    path.write_bytes(packed(parts))
    return path


@pytest.fixture
def saved_by_excel(tmp_path) -> Path:
    """A workbook with a row in Problems, whose number leads there by a formula, refreshed and then saved by Excel."""
    path = plain(
        tmp_path / "book.xlsx",
        ("客户编号", "客户名称", "业务员", "级别", "录入日期"),
        ("K1", "甲公司", "小李", "Z", "2026-05-01"),
        ("K2", "乙公司", "小张", "A", "2026-05-02"),
    )
    adopt(path, as_of=DAY)
    assert refresh_file(path, DAY).status == "done"
    assert b"HYPERLINK" in members(path)[sheet_part(path, sheet_name("problems", "zh"))]
    return as_excel_saves(path)


def test_a_calculation_chain_is_no_reason_to_write(saved_by_excel):
    before = saved_by_excel.read_bytes()
    assert refresh_file(saved_by_excel, DAY, again=True).status == "unchanged"
    assert saved_by_excel.read_bytes() == before


@pytest.mark.parametrize("name", first(1, ["host/t_tab_calc.xlsx", "team-numbers.xlsx"]))
def test_books_of_managers_are_not_written_twice_for_one_day_whoever_saved_them_between(tmp_path, name):
    need("shared")
    path = tmp_path / "book.xlsx"
    path.write_bytes((SHARED / "cases" / name).read_bytes())
    adopt(path, as_of=DAY)
    fared = [refresh_file(path, day, again=True).status for day in (DAY, DAY, NEXT, NEXT)]
    assert fared == ["done", "unchanged", "done", "unchanged"]
    as_excel_saves(path)
    assert refresh_file(path, NEXT, again=True).status == "unchanged"


def test_the_chain_goes_when_what_it_names_may_have_moved(saved_by_excel):
    parts = members(saved_by_excel)
    part = sheet_part(saved_by_excel, "客户名单")
    assert b"<v>" in parts[part]
    strings = parts["xl/sharedStrings.xml"]
    parts["xl/sharedStrings.xml"] = strings.replace(b"<t>Z</t>", b"<t>B</t>")  # nothing to mend any more
    assert parts["xl/sharedStrings.xml"] != strings
    saved_by_excel.write_bytes(packed(parts))
    assert refresh_file(saved_by_excel, DAY).status == "done"
    assert CHAIN not in members(saved_by_excel)
    assert refresh_file(saved_by_excel, DAY, again=True).status == "unchanged"


def test_a_log_to_which_nothing_comes_is_left_as_it_stands_and_one_with_another_value_is_written(tmp_path):
    """What somebody coloured in the history of tiers stays so; a text somebody spoilt there is put right as ever."""
    path = plain(
        tmp_path / "book.xlsx",
        ("客户编号", "客户名称", "业务员", "级别", "录入日期"),
        ("K1", "甲公司", "小李", "B", "2026-05-01"),
        ("K2", "乙公司", "小张", "A", "2026-05-02"),
    )
    adopt(path, as_of=DAY)
    assert refresh_file(path, DAY).status == "done"
    part = sheet_part(path, sheet_name("history", "zh"))
    name = re.sub(r"\W", "_", part)
    row = re.compile(rb'(<c r="B7")[^>]*?( t="inlineStr"><is><t>)(K\d)(</t>)')
    bend(path, **{name: lambda xml: row.sub(rb'\1 s="1"\2\3\4', xml)})
    before = members(path)[part]
    assert refresh_file(path, NEXT).status == "done"
    assert members(path)[part] == before
    bend(
        path, **{name: lambda xml: row.sub(lambda at: at[1] + at[2] + at[3].replace(b"K", "Ｋ".encode()) + at[4], xml)}
    )
    assert refresh_file(path, NEXT).status == "done"
    assert "Ｋ" not in members(path)[part].decode()
