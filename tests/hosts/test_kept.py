"""What people add on and around our sheets is theirs: it stays, moves along, or the write is refused."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from funnelbook import template
from funnelbook.book.labels import header
from funnelbook.book.ports import BookError, TableWrite
from funnelbook.book.result_tables import present
from funnelbook.book.schema import TABLES
from funnelbook.commands.adopt import adopt
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.commands.show import show
from funnelbook.hosts.ooxml.host import OoxmlBook
from support.cases import first
from support.lint import lint
from support.odd_packages import ODD
from support.packages import bend, members, packed, plain, raw_members, sheet_part, team
from support.sheets import write_of

DAY = date(2026, 5, 20)


def put(path: Path, sheet: str, row: int, cells: str) -> None:
    """Adds cells (XML) to a row of a sheet, the row made where there is none."""
    part = re.sub(r"\W", "_", sheet_part(path, sheet))

    def change(xml: bytes) -> bytes:
        text = xml.decode()
        found = re.search(rf'<row r="{row}"[^>]*?(/>|>.*?</row>)', text, re.DOTALL)
        if found and found[0].endswith("</row>"):
            return text.replace(found[0], found[0].removesuffix("</row>") + cells + "</row>").encode()
        if found:
            return text.replace(found[0], f'<row r="{row}">{cells}</row>').encode()
        return text.replace("</sheetData>", f'<row r="{row}">{cells}</row></sheetData>').encode()

    bend(path, **{part: change})


def text(address: str, value: str) -> str:
    return f'<c r="{address}" t="inlineStr"><is><t>{value}</t></is></c>'


def values(path: Path, sheet: str) -> dict[str, object]:
    page = openpyxl.load_workbook(path)[sheet]
    return {c.coordinate: c.value for row in page.iter_rows() for c in row if c.value is not None}


def area(path: Path, table: str):
    return present(OoxmlBook(path))[table].area


def test_notes_beside_and_below_a_table_stay_with_it(tmp_path):
    path = team(tmp_path / "a.xlsx")
    board = area(path, "Board")
    right, below = "Z", board.bottom + 3
    put(path, "龙虎榜", board.top + 1, text(f"{right}{board.top + 1}", "旁注"))
    put(path, "龙虎榜", below, text(f"B{below}", "下面的话"))
    OoxmlBook(path).write([write_of("Board", 9)])
    found = values(path, "龙虎榜")
    assert found[f"{right}{board.top + 1}"] == "旁注"
    moved = next(int(k[1:]) for k, v in found.items() if v == "下面的话")
    assert moved > area(path, "Board").bottom
    OoxmlBook(path).write([write_of("Board", 2)])
    assert "下面的话" in values(path, "龙虎榜").values()
    assert not lint(path)


def test_a_formula_below_a_table_follows_what_it_points_to(tmp_path):
    path = team(tmp_path / "a.xlsx")
    board = area(path, "Board")
    low = board.bottom + 3
    put(path, "龙虎榜", low, f'<c r="B{low}"><f>SUM(C{low + 1}:C{low + 2})+A1+LEN("B{low + 1}")</f><v>0</v></c>')
    OoxmlBook(path).write([write_of("Board", 12)])
    formula = next(v for v in values(path, "龙虎榜").values() if isinstance(v, str) and v.startswith("=SUM"))
    by = area(path, "Board").bottom - board.bottom
    moved = int(re.search(r"SUM\(C(\d+)", formula)[1]) - low - 1
    assert 0 < moved <= by
    assert formula == f'=SUM(C{low + 1 + moved}:C{low + 2 + moved})+A1+LEN("B{low + 1}")'


def test_a_hidden_sheet_that_is_added_later_is_hidden(tmp_path):
    path = tmp_path / "old.xlsx"
    tables = [name for name in TABLES if name != "Seen"]
    path.write_bytes(template.build("zh", tables=tables, rows={"Customers": [{"id": "K1"}]}))
    assert refresh_file(path, DAY).status == "done"
    shown = {sheet.title: sheet.sheet_state for sheet in openpyxl.load_workbook(path)}
    assert {shown["Funnelbook"], shown["上次所见"]} == {"hidden"}
    assert "-" not in shown


def test_names_and_print_titles_follow_what_they_refer_to(tmp_path):
    path = team(tmp_path / "a.xlsx")
    care, effort = area(path, "Care"), area(path, "Effort")
    low = care.bottom + 3
    put(path, "客户关怀", low, text(f"B{low}", "税率"))
    put(path, "客户关怀", effort.bottom + 2, text(f"Z{effort.bottom + 2}", "旁注"))
    names = (
        f'<definedName name="above">客户关怀!$A$1</definedName><definedName name="below">\'客户关怀\'!$B${low}</definedName>'
        f'<definedName name="text">"客户关怀!$B${low}"</definedName>'
        f'<definedName name="effort">SUM(客户关怀!$C${effort.top + 1}:$C${effort.bottom})</definedName>'
    )
    bend(path, **{"xl_workbook_xml": lambda xml: xml.replace(b"</definedNames>", names.encode() + b"</definedNames>")})
    OoxmlBook(path).write([write_of("Effort", 15), write_of("Care", 4)])
    workbook = openpyxl.load_workbook(path)
    found = {name: defined.attr_text for name, defined in workbook.defined_names.items()}
    assert found["above"] == "客户关怀!$A$1"
    assert found["text"] == f'"客户关怀!$B${low}"'
    at = next(int(k[1:]) for k, v in values(path, "客户关怀").items() if v == "税率")
    assert at > low
    assert found["below"] == f"'客户关怀'!$B${at}"
    now = area(path, "Effort")
    assert now.bottom > effort.bottom
    assert found["effort"] == f"SUM(客户关怀!$C${now.top + 1}:$C${now.bottom})"
    assert workbook["客户关怀"].print_title_rows == f"${area(path, 'Care').top}:${area(path, 'Care').top}"


def test_an_array_formula_across_the_edge_is_refused(tmp_path):
    path = team(tmp_path / "a.xlsx")
    board = area(path, "Board")
    put(
        path,
        "龙虎榜",
        board.top + 1,
        f'<c r="Z{board.top + 1}"><f t="array" ref="Z{board.top + 1}:Z{board.bottom + 9}">1</f></c>',
    )
    put(path, "龙虎榜", board.bottom + 4, text(f"B{board.bottom + 4}", "下面"))
    before = path.read_bytes()
    with pytest.raises(BookError) as caught:
        OoxmlBook(path).write([write_of("Board", 30)])
    assert caught.value.code == "formula_in_way"
    assert path.read_bytes() == before


def test_a_new_column_never_runs_over_a_neighbour(tmp_path):
    path = team(tmp_path / "a.xlsx")
    board = area(path, "Board")
    letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[board.right]
    put(path, "龙虎榜", board.top, text(f"{letter}{board.top}", "邻居"))
    with pytest.raises(BookError) as caught:
        OoxmlBook(path).write([write_of("Board", 2, "新列")])
    assert caught.value.code == "no_room"


def test_a_calculated_column_of_the_users_goes_on_down_the_rows(tmp_path):
    path = team(tmp_path / "a.xlsx")
    board = area(path, "Board")
    OoxmlBook(path).write([write_of("Board", 2, "每单金额")])
    table = re.sub(r"\W", "_", next(n for n, x in members(path).items() if b'displayName="Board"' in x))
    column = b'name="\xe6\xaf\x8f\xe5\x8d\x95\xe9\x87\x91\xe9\xa2\x9d"'
    bend(
        path,
        **{
            table: lambda x: re.sub(
                column + rb"\s*/>",
                column
                + b"><calculatedColumnFormula>LEN(Board[[#This Row],[a]])</calculatedColumnFormula></tableColumn>",
                x,
            )
        },
    )
    OoxmlBook(path).write([write_of("Board", 5, "每单金额")])
    letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[board.right]
    found = values(path, "龙虎榜")
    for row in range(board.top + 1, board.top + 6):
        assert str(found[f"{letter}{row}"]).startswith("=LEN(")


def test_a_user_column_follows_its_row_and_comes_back_when_the_row_does(tmp_path):
    names = ("甲", "乙", "丙")
    people = [{"person": p, "start": date(2025, 1, i + 1), "active": True} for i, p in enumerate(names)]
    customers = [{"id": f"K{i}", "name": f"公司{i}", "owner": p, "tier": "C"} for i, p in enumerate(names)]
    path = team(tmp_path / "a.xlsx", People=people, Customers=customers)
    assert refresh_file(path, DAY).status == "done"
    board = TABLES["Board"]
    columns = [names if n == "person" else [None] * 3 for n in board.names]
    heads = [*(header(board, n, "zh") for n in board.names), "口号"]
    OoxmlBook(path).write([TableWrite("Board", heads, [*columns, [f"{p}加油" for p in names]], "")])

    def slogans() -> dict[str, str]:
        found = values(path, "龙虎榜")
        return {found[f"B{k[1:]}"]: v for k, v in found.items() if str(v).endswith("加油")}

    def rename(old: str, new: str) -> None:
        bend(path, xl_sharedStrings_xml=lambda xml: xml.replace(old.encode(), new.encode()))
        assert refresh_file(path, DAY).status == "done"

    assert refresh_file(path, DAY).status == "done"
    assert slogans() == {p: f"{p}加油" for p in names}
    rename("<t>丙</t>", "<t>丁</t>")
    assert slogans() == {p: f"{p}加油" for p in names[:2]}
    rename("<t>丁</t>", "<t>丙</t>")
    assert slogans() == {p: f"{p}加油" for p in names}


@pytest.mark.parametrize("kind", first(1, ODD))
def test_odd_packages_are_adopted_with_every_other_member_as_it_was(tmp_path, kind):
    path = plain(
        tmp_path / "a.xlsx",
        ("客户编号", "客户名称", "业务员", "级别", "录入日期"),
        ("K1", "甲公司", "小李", "C", 44_000),
    )
    path.write_bytes(packed(ODD[kind](members(path))))
    before = raw_members(path)
    adopt(path, as_of=DAY)
    assert refresh_file(path, DAY).status == "done"
    after = raw_members(path)
    ours = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}
    assert {n for n in before if after.get(n) != before[n]} <= ours
    assert not lint(path)
    day = show(path, TABLES["Customers"], as_of=DAY)["created"][0]
    assert day == (datetime(2024, 6, 19) if kind == "1904" else datetime(2020, 6, 18))
    logged = show(path, TABLES["History"], as_of=DAY)
    assert logged["at"][0] == day, "what is written honours the date system it is read with"
    assert show(path, TABLES["Board"], as_of=DAY)["person"].tolist()[:1] == ["小李"]
    assert refresh_file(path, DAY, again=True).status == "unchanged"


def test_a_tab_that_leads_nowhere_does_not_lead_to_a_sheet_of_ours(tmp_path):
    """A relationship that a repair tool took out leaves its id free in name only."""
    path = plain(tmp_path / "book.xlsx")
    bend(
        path,
        workbook_xml=lambda x: x.replace(b"</sheets>", b'<sheet name="Lost" sheetId="9" r:id="rId5"/></sheets>'),
    )
    adopt(path, as_of=date(2026, 5, 20))
    parts = members(path)
    assert b'r:id="rId5"' in parts["xl/workbook.xml"]
    assert b'Id="rId5"' not in parts["xl/_rels/workbook.xml.rels"]


def test_a_tab_whose_sheet_is_lost_does_not_show_a_sheet_of_ours(tmp_path):
    path = plain(tmp_path / "book.xlsx")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    lost = f'<Relationship Id="rId99" Type="{kind}" Target="worksheets/sheet2.xml"/></Relationships>'.encode()
    bend(
        path,
        workbook_xml=lambda x: x.replace(b"</sheets>", b'<sheet name="Lost" sheetId="9" r:id="rId99"/></sheets>'),
        workbook_xml_rels=lambda x: x.replace(b"</Relationships>", lost),
    )
    adopt(path, as_of=date(2026, 5, 20))
    assert "xl/worksheets/sheet2.xml" not in members(path)
