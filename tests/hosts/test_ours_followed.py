"""What a user's own sheet says about our result tables goes on covering them when a refresh gives them other rows."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils import range_boundaries

from funnelbook.book.ports import TableEdit
from funnelbook.commands.adopt import adopt
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.hosts.ooxml.host import OoxmlBook
from support.lint import lint
from support.packages import bend, members, packed, sheet_part
from support.recalculated import values_of
from support.sheets import write_of

DAY = date(2026, 5, 20)
pytestmark = pytest.mark.filterwarnings("ignore:(Unknown worksheet reference|Sparkline Group)")
HEADS = ["客户编号", "客户名称", "业务员", "级别", "录入日期"]
TWO_MORE = [
    {1: "K3", 2: "丙公司", 3: "小王", 4: "C", 5: date(2026, 5, 3)},
    {1: "K4", 2: "丁公司", 3: "小赵", 4: "B", 5: date(2026, 5, 4)},
]
FORMULAS = {
    "A1": "SUM('龙虎榜'!K21:K23)",
    "A2": "COUNTA(龙虎榜!$B$20:$B$23)",
    "A3": "SUM(漏斗!$C$29:$C$49)",  # a table that moves as well as grows
    "A4": "客户关怀!A31",  # a header further below
    "A5": "龙虎榜!K22",  # one cell: which row of the body stands there means nothing
    "A6": "SUM(龙虎榜!K21:K22)",
    "A7": "COUNTA(周计划:龙虎榜!B21:B23)",  # below the people of one sheet the other has rows
    "A8": 'LEN("龙虎榜!K21:K23")+SUM([1]龙虎榜!K21:K23)',
}
FOLLOWED = FORMULAS | {
    "A1": "SUM('龙虎榜'!K21:K25)",
    "A2": "COUNTA(龙虎榜!$B$20:$B$25)",
    "A3": "SUM(漏斗!$C$31:$C$65)",
    "A4": "客户关怀!A35",
}
PIVOT = (
    '<pivotCacheDefinition xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cacheSource type="worksheet">'
    '<worksheetSource ref="A20:L23" sheet="龙虎榜"/></cacheSource></pivotCacheDefinition>'
)


def book(path: Path) -> Path:
    """Customers of two people, set up and refreshed, then a sheet of the manager's that looks at the result tables."""
    ours = {
        "龙虎榜": "BOARD",
        "漏斗": "FUNNEL",
        "客户关怀": "CARE",
        "周计划": "WEEKS",
    }  # as it was not there yet at the first refresh

    def later(formula: str) -> str:
        return re.sub("|".join(ours), lambda found: ours[found[0]], formula)

    with xlsxwriter.Workbook(path) as workbook:
        customers, mine = workbook.add_worksheet("客户名单"), workbook.add_worksheet("我的")
        for row, line in enumerate(
            [HEADS, ["K1", "甲公司", "小李", "C", 46_143], ["K2", "乙公司", "小张", "A", 46_144]]
        ):
            customers.write_row(row, 0, line)
        for cell, formula in FORMULAS.items():
            mine.write_formula(cell, f"={later(formula)}")
        mine.write_formula("D1", "=0")
        mine.write_formula("E1", "=0")
        mine.write_formula("F1", "=COUNTA(人员)")
        workbook.define_name("人员", "=BOARD!$B$21:$B$23")
        mine.data_validation("G1", {"validate": "list", "source": "=BOARD!$B$21:$B$23"})
        mine.conditional_format(
            "A1:A2", {"type": "formula", "criteria": "=A1>SUM(BOARD!$K$21:$K$23)", "format": workbook.add_format()}
        )
        mine.add_sparkline("H1", {"range": "BOARD!K21:K23"})
        chart = workbook.add_chart({"type": "column"})
        ends = {"categories": "=BOARD!$B$21:$B$23", "values": "=BOARD!$K$21:$K$23", "values_data": [1, 2, 3]}
        chart.add_series(ends | {"name": "=BOARD!$K$20"})
        mine.insert_chart("J2", chart)
    adopt(path, as_of=DAY)
    assert refresh_file(path, DAY).status == "done"
    bend(path, **{re.sub(r"\W", "_", sheet_part(path, "我的")): shared})
    parts = members(path)
    for name, placeholder in ours.items():
        parts = {part: xml.replace(placeholder.encode(), name.encode()) for part, xml in parts.items()}
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/pivotCacheDefinition"
    rels = "xl/_rels/workbook.xml.rels"
    rel = f'<Relationship Id="rId99" Type="{kind}" Target="pivotCache/mine.xml"/></Relationships>'.encode()
    parts |= {"xl/pivotCache/mine.xml": PIVOT.encode(), rels: parts[rels].replace(b"</Relationships>", rel)}
    path.write_bytes(packed(parts))
    return path


def shared(xml: bytes) -> bytes:
    """D1 and E1 as one formula that was drawn to the right."""
    first = '<f t="shared" ref="D1:E1" si="0">COUNT(龙虎榜!H21:H23)</f>'.encode()
    return xml.replace(b"<f>0</f>", first, 1).replace(b"<f>0</f>", b'<f t="shared" si="0"/>', 1)


def mine(path: Path) -> dict[str, str]:
    """The formulas of the manager's sheet."""
    xml = members(path)[sheet_part(path, "我的")].decode()
    return dict(re.findall(r'<c r="(\w+)"[^>]*><f[^>]*>([^<]+)</f>', xml))


def column(path: Path, sheet: str, table: str, letter: str) -> list[object]:
    """The body of a table's column, as openpyxl reads it."""
    page = openpyxl.load_workbook(path)[sheet]
    _, top, _, bottom = range_boundaries(page.tables[table].ref)
    return [page[f"{letter}{row}"].value for row in range(top + 1, bottom + 1)]


@pytest.mark.live
def test_sums_charts_names_and_rules_of_a_users_sheet_cover_the_people_who_came(tmp_path):
    path = book(tmp_path / "a.xlsx")
    assert {k: v for k, v in mine(path).items() if k in FORMULAS} == FORMULAS
    OoxmlBook(path).write([], [TableEdit("客户名单", 1, 3, {}, TWO_MORE)])
    assert refresh_file(path, DAY).status == "done"
    assert not lint(path)
    assert {k: v for k, v in mine(path).items() if k in FORMULAS} == FOLLOWED
    parts = members(path)
    sheet = parts[sheet_part(path, "我的")].decode()
    chart = next(x for x in parts.values() if b"<c:f>" in x and "龙虎榜!$K$20".encode() in x).decode()
    refs = re.findall(r"<c:(?:cat|val)>.*?<c:f>([^<]+)</c:f>", chart)
    spark, rule, choice = (
        re.search(pattern, sheet)[1] for pattern in (r"<xm:f>([^<]+)<", r"A1&gt;SUM\(([^<]+)\)<", r"<formula1>([^<]+)<")
    )
    source = re.search(r'ref="([^"]+)" sheet', parts["xl/pivotCache/mine.xml"].decode())[1]
    forecast = [v for v in column(path, "龙虎榜", "Board", "K") if isinstance(v, int | float)]
    tiers = [v for v in column(path, "漏斗", "Funnel", "C") if isinstance(v, int | float)]
    people = len({"小李", "小张", "小王", "小赵", "团队"})
    wanted = {
        "我的!A1": sum(forecast), "我的!A2": people + 1, "我的!A3": sum(tiers), "我的!D1": 0,
        "我的!E1": people, "我的!F1": people, "COUNTA(人员)": people, f"COUNTA({choice})": people,
        f"SUM({rule})": sum(forecast), f"SUM({spark})": sum(forecast), f"COUNTA({refs[0]})": people,
        f"SUM({refs[1]})": sum(forecast), f"ROWS(龙虎榜!{source})": people + 1,
    }  # fmt: skip
    assert len(forecast) == people
    assert sum(tiers)
    given = values_of({path: list(wanted)}, tmp_path)[path]
    for (formula, value), told in zip(wanted.items(), given, strict=True):
        assert float(told) == pytest.approx(value), formula
    assert "Cache>" not in re.search(r"<c:val>.*?</c:val>", chart)[0], "no value that stands there no longer"
    before = path.read_bytes()
    assert refresh_file(path, DAY, again=True).status == "unchanged"
    assert path.read_bytes() == before


def test_a_table_that_gets_shorter_or_empty_and_longer_again_stays_covered(tmp_path):
    path = book(tmp_path / "a.xlsx")
    found = []
    for rows in (2, 0, 5):
        OoxmlBook(path).write([write_of("Board", rows)])
        found.append((mine(path)["A1"], mine(path)["D1"], openpyxl.load_workbook(path).defined_names["人员"].attr_text))
    assert [ends for ends, _, _ in found] == [f"SUM('龙虎榜'!K21:K{row})" for row in (22, 21, 25)]
    assert [ends for _, ends, _ in found] == [f"COUNT(龙虎榜!H21:H{row})" for row in (22, 21, 25)]
    assert [ends for _, _, ends in found] == [f"龙虎榜!$B$21:$B${row}" for row in (22, 21, 25)]


def test_a_formula_beside_our_table_covers_its_new_rows(tmp_path):
    path = book(tmp_path / "a.xlsx")
    cell = "<c r=\"Z21\"><f>SUM(K21:K23)+SUM('龙虎榜'!$K$21:$K$23)+SUM(C21:F21)+K22</f></c></row>"

    def put(xml: bytes) -> bytes:
        return re.sub(rb'(<row r="21".*?)</row>', lambda m: m[1] + cell.encode(), xml, count=1, flags=re.DOTALL)

    bend(path, **{re.sub(r"\W", "_", sheet_part(path, "龙虎榜")): put})
    OoxmlBook(path).write([write_of("Board", 7)])
    sheet = members(path)[sheet_part(path, "龙虎榜")].decode()
    assert re.search(r'r="Z21"[^>]*><f>([^<]+)<', sheet)[1] == "SUM(K21:K27)+SUM('龙虎榜'!$K$21:$K$27)+SUM(C21:F21)+K22"


def test_a_part_nobody_can_read_stays_and_stops_no_refresh(tmp_path):
    path = book(tmp_path / "a.xlsx")
    broken = "<pivotCacheDefinition><worksheetSource ref='A20:L23' sheet='龙虎榜'>".encode()
    bend(path, xl_pivotCache_mine_xml=lambda _: broken)
    OoxmlBook(path).write([write_of("Board", 7)])
    assert members(path)["xl/pivotCache/mine.xml"] == broken
    assert mine(path)["A1"] == "SUM('龙虎榜'!K21:K27)"
