"""A sheet written in any way XML allows reads and is edited as the same sheet written by Excel; expat is the judge."""

from __future__ import annotations

import re
from datetime import date

import pytest
import xlsxwriter
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from funnelbook.book.ports import Area, CellError, TableEdit, TableWrite
from funnelbook.commands.adopt import adopt
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.hosts.ooxml import cached, styles
from funnelbook.hosts.ooxml.host import OoxmlBook
from funnelbook.hosts.ooxml.scanner import SheetData
from funnelbook.hosts.ooxml.sheet import OwnTable, SheetPatch
from funnelbook.hosts.ooxml.standing_cells import StandingCells
from funnelbook.hosts.ooxml.styles import CellStyles
from funnelbook.hosts.ooxml.user_table import Around, EditedSheet
from funnelbook.hosts.ooxml.xmlscan import splice
from support.dialects import Dialect, read, respelled
from support.examples import examples
from support.packages import bend, members, plain, sheet_part

DAY = date(2026, 5, 20)
ALONE = [
    Dialect(quote="'"),
    Dialect(spaced=True),
    Dialect(prefix="x"),
    Dialect(shuffled=True),
    Dialect(noise=True),
    Dialect(cdata=True),
    Dialect(references=True),
    Dialect(breaks=True),
    Dialect(implied=True),
    Dialect(sharp=True),
    Dialect(sharp=True, quote="'"),
]
DIALECTS = st.builds(
    Dialect, st.integers(0, 9999), st.sampled_from("'\""), st.booleans(), st.sampled_from(["", "x", "row"]),
    *[st.booleans()] * 7,
)  # fmt: skip


@pytest.fixture(scope="module")
def sheet(tmp_path_factory) -> bytes:
    """A worksheet with two tables of ours, B3:D6 and B12:C14, and what its user put beside, between and below them."""
    path = tmp_path_factory.mktemp("sheet") / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page, bold = book.add_worksheet("漏斗"), book.add_format({"bold": True})
        page.set_row(2, 30)
        for top, bottom, left, right in ((2, 5, 1, 3), (11, 13, 1, 2)):
            for i in range(top, bottom + 1):
                for j in range(left, right + 1):
                    page.write(i, j, f"{i}.{j}" if i == top else i * j, bold if i == top else None)
        page.write_string("A4", '我的 <备注> & "更多"')
        page.write_formula("F5", '=IF(B4<B13,"a < b & c",SUM(B13:B14))', bold, 7)
        page.write_formula("G5", "=1/0", None, "#DIV/0!")
        page.write_formula("G6", "=FB_SPLIT(100,{3;3;1})", None, -1)
        page.write_dynamic_array_formula("H4:H6", "=FB_SPLIT(100,{3;3;1})", None, -1)
        page.write_string("B9", "中间")
        page.write_blank("D9", None, bold)
        page.write_string("C20", "下面")
        page.write_formula("D20", "=B13*2", None, 1)
        page.data_validation("E12:E14", {"validate": "custom", "value": '=B13<>"<"'})
        page.conditional_format("B4:D6", {"type": "formula", "criteria": "=$B13>2", "format": bold})
        page.merge_range("A21:B21", "合并")
    parts = members(path)
    strings = [m.decode() for m in re.findall(rb"<si>(.*?)</si>", parts["xl/sharedStrings.xml"])]
    return re.sub(
        r't="s"><v>(\d+)</v>',
        lambda m: f't="inlineStr"><is>{strings[int(m[1])]}</is>',
        parts["xl/worksheets/sheet1.xml"].decode(),
    ).encode()


def patched(xml: bytes) -> dict[str, object]:
    """What stands there when both tables got two rows more and the first a note."""
    one = TableWrite("Funnel", ["a", "b", "c"], [["x<y", "&", "'", '"', "e"], [1.0] * 5, [None] * 5], "记 <事>")
    two = TableWrite("Care", ["a", "b"], [[1.0] * 4, ["p", "q", "r", "s"]], "")
    patch = SheetPatch(
        xml,
        "漏斗",
        [OwnTable(Area(3, 2, 6, 4), one, [None, None, "B4*2"]), OwnTable(Area(12, 2, 14, 3), two, [None] * 2)],
        False,
        CellStyles(styles.EMPTY, "a.xlsx"),
    )
    assert patch.crowded() is None
    return read(b"".join(patch.chunks()))


def edited(xml: bytes) -> dict[str, object]:
    """What stands there when the user's list B12:C14 got two rows and a cell."""
    edit = TableEdit("漏斗", 12, 14, {(13, 2): "新 <值>"}, [{2: "k", 3: 5.0}, {2: "l", 3: 6.0}])
    return read(EditedSheet(StandingCells(xml), edit, Around(), CellStyles(styles.EMPTY, "a.xlsx"), False).xml)


def worked_out(xml: bytes) -> dict[str, object]:
    """What stands there when the FB_ formulas hold what they give."""
    sheets = cached.Sheets(["漏斗"], lambda _: [], [], False, lambda _: xml, marked=["漏斗"])
    return read(splice(xml, dict(cached.edits(sheets, "zh"))["漏斗"]))


def cells(xml: bytes) -> dict[tuple[int, int], tuple[str, int, str]]:
    """Format, formula and whether there is a value, by place, as the scanner sees them."""
    data = SheetData(xml)
    return {
        (row.number, column): (cell.style, cell.formula and cell.formula[1], cell.filled)
        for at, row in enumerate(data.rows)
        for column, cell in data.cells(at)
    }


def agrees(sheet: bytes, other: bytes) -> None:
    assert read(sheet) == read(other)  # the writer of dialects says the same in other words
    assert cells(sheet) == cells(other)
    assert patched(sheet) == patched(other)
    assert edited(sheet) == edited(other)
    assert worked_out(sheet) == worked_out(other)


@pytest.mark.parametrize("dialect", ALONE, ids=str)
def test_each_way_of_writing_a_sheet_is_read_and_edited_as_any_other(sheet, dialect):
    agrees(sheet, respelled(sheet, dialect))


@seed(1)
@settings(max_examples=examples(40))
@given(DIALECTS)
def test_ways_of_writing_a_sheet_may_come_together(sheet, dialect):
    agrees(sheet, respelled(sheet, dialect))


def test_what_is_patched_stands_where_it_is_said(sheet):
    """The judge judges: values told by hand, not by comparison."""
    found = patched(respelled(sheet, Dialect(quote="'", noise=True, sharp=True, prefix="x")))["cells"]
    assert found[2, 2]["v"] == "记 <事>"
    assert [found[i, 2]["v"] for i in range(3, 9)] == ["a", "x<y", "&", "'", '"', "e"]
    assert found[4, 1]["v"] == '我的 <备注> & "更多"'
    assert found[4, 4]["f"] == "B4*2"


def test_cells_beside_an_area_are_found_without_walking_it(sheet):
    data = SheetData(respelled(sheet, Dialect(sharp=True, shuffled=True)))
    assert [(r, c) for r, c, _ in data.beside(Area(4, 2, 6, 4))] == [
        (4, 1),
        (4, 8),
        (5, 6),
        (5, 7),
        (5, 8),
        (6, 7),
        (6, 8),
    ]
    assert [(r, c) for r, c, _ in data.formulas(Area(4, 6, 6, 7))] == [(5, 6), (5, 7), (6, 7)]


@pytest.mark.parametrize("dialect", [Dialect(quote="'"), Dialect(spaced=True, noise=True, implied=True)], ids=str)
def test_a_diagnosis_sheet_in_another_dialect_keeps_its_note_and_its_attributes(tmp_path, dialect):
    """`done` was said, and <row r="1" r='1'> and a note at B2 with r='T2' stood in the file."""
    path = plain(tmp_path / "a.xlsx")
    adopt(path, as_of=DAY)
    assert refresh_file(path, DAY).status in ("done", "unchanged")
    part = sheet_part(path, "诊断")

    def noted(xml: bytes) -> bytes:
        text = '<c r="T2" t="inlineStr"><is><t>我的记录</t></is></c>'.encode()
        return respelled(
            re.sub(rb'(<row r="2"[^>]*>.*?)(</row>)', rb"\1" + text + rb"\2", xml, count=1, flags=re.S), dialect
        )

    bend(path, **{re.sub(r"\W", "_", part): noted})
    before = read(members(path)[part])["cells"]
    assert before[2, 20]["v"] == "我的记录"
    report = refresh_file(path, date(2026, 5, 21))
    assert report.status == "done", report.message
    after = read(members(path)[part])["cells"]
    assert after[2, 20]["v"] == "我的记录"
    assert {place for place in before if place[1] > 15} == {place for place in after if place[1] > 15}


@pytest.mark.parametrize("dialect", ALONE, ids=str)
def test_errors_in_cells_are_read_whatever_the_dialect(tmp_path, dialect):
    path = plain(tmp_path / "a.xlsx", ("客户编号", "客户名称"), ("K1", "甲"), ("K2", "乙"))
    part = sheet_part(path, "客户名单")
    error = b'<c r="B3" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    bend(path, **{re.sub(r"\W", "_", part): lambda xml: respelled(re.sub(rb'<c r="B3".*?</c>', error, xml), dialect)})
    assert OoxmlBook(path).grid("客户名单")[2] == ["K2", CellError("#DIV/0!")]
