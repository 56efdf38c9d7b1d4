"""Edits to users' own tables in files: looks, formulas and rules go on, every other byte stays."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from funnelbook.book.ports import BookError, TableEdit
from funnelbook.hosts.ooxml.host import OoxmlBook
from support.external import CORPUS, WHOLE, need, opened_by_libreoffice, validate
from support.lint import lint
from support.odd_packages import ODD
from support.packages import bend, members, packed, raw_members

HEADS = ["编号", "客户", "日期", "金额", "两倍", "备注"]


def book(path: Path, *, listed: bool = True, totals: bool = False, formula: str = "=D{row}*2") -> Path:
    """A list in A1 with looks, a formula column, rules over its body, and a dashboard that looks at it."""
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("名单")
        day = workbook.add_format({"num_format": "yyyy/m/d", "border": 1})
        money = workbook.add_format({"num_format": "0.00", "bg_color": "#FFEEDD"})
        rows = [["001", "甲", 46_000, 10.0], ["002", "乙", 46_001, 20.0]]
        if listed:
            columns: list[dict[str, object]] = [{"header": head} for head in HEADS]
            columns[4]["formula"] = "=List[[#This Row],[金额]]*2"
            if totals:
                columns[3]["total_function"] = "sum"
            options = {"name": "List", "columns": columns, "total_row": totals}
            sheet.add_table(0, 0, 2 + totals, 5, options)
        else:
            sheet.write_row(0, 0, HEADS)
            sheet.autofilter(0, 0, 2, 5)
            for i in (1, 2):
                sheet.write_formula(i, 4, formula.format(row=i + 1, above=i))
        for i, (number, name, at, amount) in enumerate(rows, 1):
            sheet.write_string(i, 0, number)
            sheet.write_string(i, 1, name)
            sheet.write_number(i, 2, at, day)
            sheet.write_number(i, 3, amount, money)
        sheet.conditional_format("D2:D3", {"type": "cell", "criteria": ">", "value": 15, "format": money})
        sheet.data_validation("B2:B3", {"validate": "list", "source": ["甲", "乙", "丙"]})
        board = workbook.add_worksheet("看板")
        board.write_formula("A1", "=SUM(名单!D2:D3)")
        board.insert_image("C3", str(Path(__file__).parents[2] / "docs/pictures/zh-funnel.png"), {"x_scale": 0.1})
    return path


@contextmanager
def refused(code: str):
    with pytest.raises(BookError) as caught:
        yield
    assert caught.value.code == code


def edit(*rows: dict[int, object], cells: dict[tuple[int, int], object] | None = None) -> TableEdit:
    return TableEdit("名单", 1, 3, cells or {}, rows)


NEW = {1: "003", 2: "丙", 3: date(2026, 5, 3), 4: 30.0}


@pytest.mark.parametrize("listed", [True, False], ids=["ListObject", "plain"])
def test_new_rows_look_like_the_row_above_and_go_on_with_its_formula(tmp_path, listed):
    path = book(tmp_path / "a.xlsx", listed=listed)
    assert OoxmlBook(path).write([], [edit(NEW, {1: "004", 4: 40.0, 6: "=1+1"})])
    sheet = openpyxl.load_workbook(path)["名单"]
    assert [c.value for c in sheet[4]][:4] == ["003", "丙", datetime(2026, 5, 3), 30]
    assert sheet["C4"].number_format == "yyyy/m/d"
    assert sheet["C5"].border.left.style == "thin", "blank, but it looks like the others"
    assert sheet["D5"].fill.fgColor.rgb == "FFFFEEDD"
    expected = ["List[[#This Row],[金额]]*2"] * 2 if listed else ["D4*2", "D5*2"]
    assert [str(sheet[c].value).lstrip("=") for c in ("E4", "E5")] == expected
    assert sheet["F5"].value == "=1+1"
    assert sheet["F5"].data_type == "s" or b"=1+1</t>" in members(path)["xl/worksheets/sheet1.xml"]
    assert [str(r.sqref) for r in sheet.data_validations.dataValidation] == ["B2:B5"]
    assert [str(r.sqref) for r in sheet.conditional_formatting] == ["D2:D5"]
    if listed:
        assert (sheet.tables["List"].ref, sheet.tables["List"].autoFilter.ref) == ("A1:F5", "A1:F5")
    else:
        assert sheet.auto_filter.ref == "A1:F5"
        assert "名单!$A$1:$F$5" in members(path)["xl/workbook.xml"].decode()
    assert not lint(path)
    assert validate([path]) == {path: []}


def test_members_of_others_keep_their_compressed_bytes(tmp_path):
    path = book(tmp_path / "a.xlsx")
    before = raw_members(path)
    OoxmlBook(path).write([], [edit(NEW, cells={(2, 2): "改名", (3, 4): 21.0})])
    after = raw_members(path)
    changed = {name for name in before if after[name] != before[name]}
    assert changed == {"xl/worksheets/sheet1.xml", "xl/tables/table1.xml", "xl/worksheets/sheet2.xml"}, (
        "its sum follows"
    )


def test_cells_that_stay_keep_their_bytes(tmp_path):
    path = book(tmp_path / "a.xlsx")
    before = set(re.findall(rb"<c .*?(?:/>|</c>)", members(path)["xl/worksheets/sheet1.xml"]))
    OoxmlBook(path).write([], [edit(cells={(2, 2): "改名"})])
    after = set(re.findall(rb"<c .*?(?:/>|</c>)", members(path)["xl/worksheets/sheet1.xml"]))
    assert {re.search(rb'r="(\w+)"', c)[1] for c in before ^ after} == {b"B2"}


def test_a_day_in_a_column_without_days_is_shown_as_one(tmp_path):
    path = book(tmp_path / "a.xlsx")
    OoxmlBook(path).write(
        [], [edit(cells={(2, 6): date(2026, 5, 3), (3, 6): datetime(2026, 5, 3, 9, 30), (2, 4): date(2026, 1, 1)})]
    )
    sheet = openpyxl.load_workbook(path)["名单"]
    assert (sheet["F2"].value, sheet["F3"].value) == (datetime(2026, 5, 3), datetime(2026, 5, 3, 9, 30))
    assert sheet["D2"].value == datetime(2026, 1, 1)
    assert sheet["D2"].fill.fgColor.rgb == "FFFFEEDD", "its looks stay"
    assert sheet["D3"].number_format == "0.00"
    assert validate([path]) == {path: []}


@pytest.mark.parametrize("listed", [True, False], ids=["ListObject", "plain"])
def test_a_formula_is_never_overwritten(tmp_path, listed):
    path = book(tmp_path / "a.xlsx", listed=listed)
    before = path.read_bytes()
    with pytest.raises(BookError) as caught:
        OoxmlBook(path).write([], [edit(NEW, cells={(2, 2): "改名", (3, 5): 5})])
    assert (caught.value.code, caught.value.fields["cell"]) == ("formula_cell", "E3")
    assert path.read_bytes() == before
    OoxmlBook(path).write([], [edit(NEW | {5: 5})])
    assert str(openpyxl.load_workbook(path)["名单"]["E4"].value).endswith("*2"), "nor given up for a new row's value"


def test_a_spilled_cell_is_a_formula_too(tmp_path):
    path = book(tmp_path / "a.xlsx")
    cell = b'<c r="F2"><f t="array" ref="F2:F3">ROW()</f><v>2</v></c></row>'
    bend(path, sheet1_xml=lambda x: re.sub(rb'(<row r="2".*?)</row>', rb"\1" + cell, x, flags=re.DOTALL))
    with refused("formula_cell"):
        OoxmlBook(path).write([], [edit(cells={(3, 6): 5})])


def test_a_refused_edit_leaves_nothing_staged(tmp_path):
    path = book(tmp_path / "a.xlsx")
    opened = OoxmlBook(path)
    with pytest.raises(BookError):
        opened.write([], [edit(NEW), TableEdit("名单", 1, 3, {(2, 5): 1.0})])
    assert not opened.write([])


def test_a_totals_row_goes_below_the_new_rows(tmp_path):
    path = book(tmp_path / "a.xlsx", totals=True)
    assert OoxmlBook(path).write([], [edit(NEW, NEW)])
    sheet = openpyxl.load_workbook(path)["名单"]
    assert [sheet[c].value for c in ("A4", "A5", "D6")] == ["003", "003", "=SUBTOTAL(109,[金额])"]
    table = sheet.tables["List"]
    assert (table.ref, table.autoFilter.ref, table.totalsRowCount) == ("A1:F6", "A1:F5", 1)
    assert not lint(path)
    assert validate([path]) == {path: []}


def test_formulas_filled_down_ahead_of_the_data_are_no_obstacle(tmp_path):
    path = book(tmp_path / "a.xlsx", listed=False)
    ahead = b'<row r="4"><c r="E4"><f>D4*2</f><v>0</v></c></row><row r="5"><c r="E5"><f>D5*2</f><v>0</v></c></row></sheetData>'
    bend(path, sheet1_xml=lambda x: x.replace(b"</sheetData>", ahead))
    OoxmlBook(path).write([], [edit(NEW, {1: "004"})])
    sheet = openpyxl.load_workbook(path)["名单"]
    assert [sheet[c].value for c in ("A4", "E4", "A5", "E5")] == ["003", "=D4*2", "004", "=D5*2"]
    other = book(tmp_path / "b.xlsx", listed=False)
    bend(other, sheet1_xml=lambda x: x.replace(b"</sheetData>", ahead.replace(b"D4*2", b"SUM(E2:E3)")))
    OoxmlBook(other).write([], [edit(NEW)])
    sheet = openpyxl.load_workbook(other)["名单"]
    assert [sheet[c].value for c in ("A4", "E5", "E6")] == ["003", "=SUM(E2:E4)", "=D6*2"], (
        "a sum is moved, not written over"
    )


def test_a_shared_formula_goes_on_as_its_own(tmp_path):
    path = book(tmp_path / "a.xlsx", listed=False)

    def share(xml: bytes) -> bytes:
        xml = xml.replace(b"<f>D2*2</f>", b'<f t="shared" ref="E2:E3" si="0">D2*$D$2+LEN("D2")</f>')
        return xml.replace(b"<f>D3*2</f>", b'<f t="shared" si="0"/>')

    bend(path, sheet1_xml=share)
    OoxmlBook(path).write([], [edit(NEW)])
    assert openpyxl.load_workbook(path)["名单"]["E4"].value == '=D4*$D$2+LEN("D2")'


def test_a_merged_cell_below_its_first_is_refused(tmp_path):
    path = book(tmp_path / "a.xlsx", listed=False)
    bend(
        path,
        sheet1_xml=lambda x: re.sub(
            rb"(<autoFilter[^>]*/>)", rb'\1<mergeCells count="1"><mergeCell ref="B2:B3"/></mergeCells>', x
        ),
    )
    with refused("merged_cell"):
        OoxmlBook(path).write([], [edit(cells={(3, 2): "丙"})])
    assert OoxmlBook(path).write([], [edit(cells={(2, 2): "丙"})])


def test_a_table_fed_by_a_query_is_refused(tmp_path):
    path = book(tmp_path / "a.xlsx")
    bend(path, table1_xml=lambda x: x.replace(b"<table ", b'<table tableType="queryTable" ', 1))
    with refused("fed_table"):
        OoxmlBook(path).write([], [edit(NEW)])


@pytest.mark.parametrize("kind", [*ODD, "bare", "empty"])
def test_odd_ways_of_writing_a_sheet(tmp_path, kind):
    path = book(tmp_path / "a.xlsx", listed=False)
    if kind == "bare":  # cells and rows without address
        bend(path, sheet1_xml=lambda x: re.sub(rb'(<(?:c|row)) r="\w+"', rb"\1", x))
    elif kind == "empty":
        bend(path, sheet1_xml=lambda x: re.sub(rb"<sheetData>.*</sheetData>", b"<sheetData/>", x, flags=re.DOTALL))
    elif kind == "prefixed":
        parts = members(path)
        sheet = re.sub(rb"<(/?)(?=[a-zA-Z])(?!\w+:)", rb"<\1x:", parts["xl/worksheets/sheet1.xml"])
        path.write_bytes(packed(parts | {"xl/worksheets/sheet1.xml": sheet.replace(b" xmlns=", b" xmlns:x=", 1)}))
    else:
        path.write_bytes(packed(ODD[kind](members(path))))
    last = 1 if kind == "empty" else 3
    cells = {} if kind == "empty" else {(2, 2): "改"}
    assert OoxmlBook(path).write([], [TableEdit("名单", 1, last, cells, [NEW])])
    grid = OoxmlBook(path).grid("名单")
    assert [grid[last][0], grid[last][1], grid[last][3]] == ["003", "丙", 30]
    if kind != "empty":
        assert grid[last][2] in (date(2026, 5, 3), datetime(2026, 5, 3))
        assert grid[1][1] == "改"
    assert not lint(path)


FILES = sorted(CORPUS.glob("*.xls[xm]")) if CORPUS.is_dir() else []


_NUMBER = re.compile(rb"<c:pt .*?</c:pt>|\d+", re.DOTALL)  # and points in the caches of charts
REFUSED = {"formula_cell", "no_room", "merged_cell", "fed_table", "styles_unsafe"}


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(FILES[::18], id="some"),
        pytest.param(sorted({*FILES} - {*FILES[::18]})[:: 1 if WHOLE else 9], id="others", marks=pytest.mark.slow),
    ],
)
def real(request, tmp_path_factory) -> list[tuple[Path, Path, set[str]]]:
    """Real workbooks before and after a row was added to a table or below a plain list, and the parts that may differ."""
    need("shared")
    folder = tmp_path_factory.mktemp("edited")
    done = []
    for original in request.param:
        try:
            opened = OoxmlBook(original)
        except BookError:
            continue
        for number, change in enumerate(changes(opened)):
            copy = folder / f"{number}-{original.name}"
            copy.write_bytes(original.read_bytes())
            try:
                opened = OoxmlBook(copy, allow_protected=True)  # whatever its makers locked
                assert opened.write([], [change])
            except BookError as error:
                assert error.code in REFUSED, error
                continue
            done.append((original, copy, _ours(opened, change.sheet)))
    return done


def changes(opened: OoxmlBook) -> list[TableEdit]:
    """A cell and a new row for every table, and for the first list without one."""
    found = []
    for place in opened.list_objects():
        box, last = place.area, place.area.bottom - place.totals_rows
        row = {box.left: "新", box.right: date(2026, 5, 3)}
        found.append(TableEdit(place.sheet, box.top, last, {(last, box.left): "改"}, [row]))
    plain = [s for s in opened.sheets() if s not in {place.sheet for place in opened.list_objects()}]
    for sheet, grid in ((s, opened.grid(s)) for s in plain):
        if len(grid) > 1:
            row = {1: "新", 2: date(2026, 5, 3), 3: 1.5}
            return [*found, TableEdit(sheet, len(grid) - 1, len(grid), {}, [row, row])]
    return found


def _ours(opened: OoxmlBook, sheet: str) -> set[str]:
    book = opened._workbook
    ours = {book.part, book.worksheets[sheet], *(t.part for t in book.tables if t.listed.sheet == sheet)}
    return ours | {part for _, kind, part in book.relationships(book.part) if kind == "styles"}


def test_real_workbooks_get_rows_and_nothing_else_of_the_file_changes(real):
    print(f"{len(real)} edits in {len({original for original, _, _ in real})} real workbooks")
    assert real
    for original, copy, ours in real:
        before, after = raw_members(original), raw_members(copy)
        lost = {name for name in before if after.get(name) != before[name]}
        chain = {name for name in lost - ours if name not in after and "calcChain" in name}
        told = {"[Content_Types].xml", "xl/_rels/workbook.xml.rels"} if chain else set()
        beside = (
            lost - ours - chain - told
        )  # these refer to the rows of the sheet, and only the rows they say have changed
        one, other = members(original), members(copy)
        assert {name: _NUMBER.sub(b"", one[name]) for name in beside} == {
            name: _NUMBER.sub(b"", other[name]) for name in beside
        }, original.name


def test_real_workbooks_grown_are_as_sound_as_before(real):
    after = validate([copy for _, copy, _ in real])
    faults = {copy: Counter([*after[copy], *lint(copy)]) for _, copy, _ in real}
    wrong = [(original, copy) for original, copy, _ in real if faults[copy]]  # only these need the original looked at
    before = validate(sorted({original for original, _ in wrong}))
    for original, copy in wrong:
        assert not faults[copy] - Counter([*before[original], *lint(original)]), original.name


@pytest.mark.live
def test_real_workbooks_grown_are_opened_as_before(real):
    opened = opened_by_libreoffice([copy for _, copy, _ in real])
    unopened = [original for original, copy, _ in real if copy not in opened]
    assert not unopened or not opened_by_libreoffice(unopened)
