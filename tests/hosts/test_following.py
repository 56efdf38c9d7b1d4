"""Whatever refers to a table's rows, or stands below them, goes along when rows come in: each kind of part, as Excel would have it."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from funnelbook.book.ports import BookError, TableEdit
from funnelbook.hosts.ooxml.host import OoxmlBook
from support.external import validate
from support.lint import lint
from support.packages import bend, members, packed

HEADS = ["编号", "日期", "金额", "两倍"]
EDIT = TableEdit("名单", 1, 4, {}, [{1: "N1", 3: 100.0}, {1: "N2", 3: 200.0}])


DRAWING = (
    '<wsDr xmlns="u" xmlns:a="a"><twoCellAnchor><from><col>0</col><row>9</row></from><to><col>2</col><row>12</row></to>'
    '<sp textlink="$C$5"/></twoCellAnchor></wsDr>'
)
VML = (
    "<xml><x:ClientData ObjectType='List'><x:Anchor>1, 0, 9, 0, 3, 0, 12, 0</x:Anchor><x:FmlaRange>$A$2:$A$4</x:FmlaRange>"
    "<br></x:ClientData></xml>"  # not XML, as Excel writes it
)
CHART = (
    '<c:chartSpace xmlns:c="c"><c:ser><c:tx><c:strRef><c:f>名单!$C$5</c:f></c:strRef></c:tx>'
    '<c:cat><c:multiLvlStrRef><c:f>名单!$A$2:$B$4</c:f><c:multiLvlStrCache><c:ptCount val="3"/>'
    '<c:lvl><c:pt idx="0"><c:v>b</c:v></c:pt></c:lvl><c:lvl><c:pt idx="0"><c:v>K2</c:v></c:pt></c:lvl>'
    "</c:multiLvlStrCache></c:multiLvlStrRef></c:cat>"
    '<c:val><c:numRef><c:f>(名单!$C$2:$C$4,名单!$C$9)</c:f><c:numCache><c:ptCount val="4"/></c:numCache></c:numRef></c:val>'
    "</c:ser></c:chartSpace>"
)
CHART_EX = (
    '<cx:chartSpace xmlns:cx="cx"><cx:data id="0"><cx:numDim type="val"><cx:f>名单!$C$2:$C$4</cx:f>'
    '<cx:lvl ptCount="3" formatCode="General"><cx:pt idx="0">20</cx:pt><cx:pt idx="1">30</cx:pt><cx:pt idx="2">40</cx:pt>'
    "</cx:lvl></cx:numDim></cx:data></cx:chartSpace>"
)
PIVOT_CACHE = (
    '<pivotCacheDefinition xmlns="u"><cacheSource type="worksheet"><worksheetSource ref="A1:D4" sheet="名单"/></cacheSource>'
    "</pivotCacheDefinition>"
)


def book(path: Path, *, totals: bool = True) -> Path:
    """A plain list in A1:D4 with a total in row 5 and more below, and a board that looks at it."""
    with xlsxwriter.Workbook(path) as workbook:
        sheet, board = workbook.add_worksheet("名单"), workbook.add_worksheet("看板")
        sheet.write_row("A1", HEADS)
        for row in (2, 3, 4):
            sheet.write_row(f"A{row}", [f"K{row}", 46_000 + row, row * 10.0])
            sheet.write_formula(f"D{row}", f"=C{row}*2")
        if totals:
            sheet.write("A5", "合计")
            sheet.write_formula("C5", "=SUM(C2:C4)")
            sheet.write_formula("D5", "=C5/$C$5")
        board.write_formula("A1", "=名单!C5+SUM(名单!$C$2:C$4)")
    return path


def grown(path: Path) -> dict[str, str]:
    """The parts, as text, once two rows came in; the file is sound."""
    assert OoxmlBook(path).write([], [EDIT])
    assert not lint(path)
    return {name: xml.decode() for name, xml in members(path).items() if name.endswith((".xml", ".vml"))}


def add(path: Path, before: str, xml: str, sheet: str = "sheet1_xml") -> None:
    """Puts XML into a sheet, before another element."""
    bend(path, **{sheet: lambda old: old.replace(before.encode(), (xml + before).encode(), 1)})


def found(pattern: str, text: str) -> list[str]:
    return re.findall(pattern, text)


def test_rows_below_keep_heights_looks_and_comments(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("名单")
        bold = workbook.add_format({"bold": True})
        for row in range(4):
            sheet.write_row(row, 0, HEADS if not row else [f"K{row + 1}", 46_000, 10.0, 20.0])
        sheet.set_row(4, 33, bold)
        sheet.write("A5", "合计", bold)
        sheet.write_comment("A5", "老板看这里")
        sheet.write_url("B7", "internal:名单!A5", string="到合计")
        sheet.merge_range("A8:C9", "备注")
        sheet.insert_textbox("A12", "说明")
        sheet.insert_textbox("F2", "边上", {"height": 200, "object_position": 1})
        sheet.insert_textbox("F2", "不变大", {"height": 200, "object_position": 2})
        sheet.set_h_pagebreaks([5, 2])
        sheet.print_area("A1:D9")
        sheet.ignore_errors({"number_stored_as_text": "A2:A4 A5:A7"})
    parts = grown(path)
    sheet = openpyxl.load_workbook(path)["名单"]
    assert (sheet["A7"].value, sheet["A7"].font.b, sheet.row_dimensions[7].height) == ("合计", True, 33)
    assert sheet["A7"].comment.text == "老板看这里"
    assert sheet["A5"].comment is None
    assert (sheet["B9"].hyperlink.ref, sheet["B9"].hyperlink.location) == ("B9", "名单!A7")
    assert [str(r) for r in sheet.merged_cells.ranges] == ["A10:C11"]
    assert [b.id for b in sheet.row_breaks.brk] == [2, 7]
    assert sheet.print_area == "'名单'!$A$1:$D$11"
    assert found(r'sqref="([^"]+)"', parts["xl/worksheets/sheet1.xml"])[-1] == "A2:A6 A7:A9"
    rows = found(r"<xdr:from>.*?<xdr:row>(\d+)<.*?<xdr:to>.*?<xdr:row>(\d+)<", parts["xl/drawings/drawing1.xml"])
    before = [("11", None), ("1", None), ("1", None)]
    assert [first for first, _ in rows] == ["13", "1", "1"], before
    assert int(rows[1][1]) - int(rows[2][1]) == 2, "one is stretched, the other only moves with its cells"
    vml = parts["xl/drawings/vmlDrawing1.vml"]
    assert found(r"<x:Row>(\d+)<", vml) == ["6"]
    assert validate([path]) == {path: []}


def test_formulas_shared_arrays_and_what_if_tables(tmp_path):
    path = book(tmp_path / "a.xlsx")
    rows = (
        '<row r="8"><c r="A8"><f t="shared" ref="A8:A9" si="0">C4+C$5</f><v>0</v></c></row>'
        '<row r="9"><c r="A9"><f t="shared" si="0"/><v>0</v></c><c r="B9"><f t="array" ref="B9:C9">C2:C4*2</f><v>0</v></c>'
        '<c r="C9"><v>0</v></c></row><row r="11"><c r="B11"><f t="dataTable" ref="B11:B12" dt2D="0" dtr="0" r1="C5"/><v>1</v></c></row>'
        '<row r="12"><c r="B12"><v>1</v></c></row>'
    )
    add(path, "</sheetData>", rows)
    text = grown(path)["xl/worksheets/sheet1.xml"]
    cells = dict(found(r'<c r="(\w+)"[^>]*>(<f.*?)(?:<v>|</c>)', text))
    assert cells["A10"] == "<f>C4+C$7</f>"
    assert cells["A11"] == "<f>C7+C$7</f>"
    assert cells["B11"] == '<f t="array" ref="B11:C11">C2:C6*2</f>'
    assert cells["B13"] == '<f t="dataTable" ref="B13:B14" dt2D="0" dtr="0" r1="C7"/>'
    assert (cells["C7"], cells["D7"]) == ("<f>SUM(C2:C6)</f>", "<f>C7/$C$7</f>")
    assert [cells[c] for c in ("D5", "D6")] == ["<f>C5*2</f>", "<f>C6*2</f>"]


def test_a_shared_formula_of_the_table_itself_stays_shared(tmp_path):
    path = book(tmp_path / "a.xlsx")

    def share(xml: bytes) -> bytes:
        xml = xml.replace(b"<f>C2*2</f>", b'<f t="shared" ref="D2:D4" si="3">C2/SUM(C$2:C$4)</f>')
        return re.sub(rb"<f>C[34]\*2</f>", b'<f t="shared" si="3"/>', xml)

    bend(path, sheet1_xml=share)
    text = grown(path)["xl/worksheets/sheet1.xml"]
    assert '<f t="shared" ref="D2:D4" si="3">C2/SUM(C$2:C$6)</f>' in text
    assert "<f>C5/SUM(C$2:C$6)</f>" in text


def test_rules_sparklines_and_the_rest_of_a_sheet(tmp_path):
    path = book(tmp_path / "a.xlsx")
    x14 = (
        '<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" uri="{CCE6A557-97BC-4b89}">'
        '<x14:dataValidations xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" count="1">'
        '<x14:dataValidation type="list"><x14:formula1><xm:f>名单!$A$2:$A$4</xm:f></x14:formula1><xm:sqref>B2:B3</xm:sqref>'
        "</x14:dataValidation></x14:dataValidations></ext></extLst>"
    )
    add(path, "</worksheet>", x14, "sheet2_xml")
    board = (
        '<conditionalFormatting sqref="A1:A3"><cfRule type="expression" priority="1"><formula>A1&gt;名单!$C$5</formula></cfRule>'
        '</conditionalFormatting><dataValidations count="1"><dataValidation type="list" sqref="C1"><formula1>名单!A2:A4</formula1>'
        '</dataValidation></dataValidations><hyperlinks><hyperlink ref="A1" location="\'名单\'!A5"/></hyperlinks>'
    )
    add(path, "<pageMargins", board, "sheet2_xml")
    own = (
        '<sheetCalcPr/><protectedRanges><protectedRange sqref="C2:C4" name="r"/></protectedRanges>'
        '<scenarios><scenario name="s" count="1"><inputCells r="C5" val="1"/></scenario></scenarios>'
        '<conditionalFormatting sqref="A5:D6"><cfRule type="expression" priority="2"><formula>$C5&gt;SUM($C$2:$C$4)</formula></cfRule>'
        "</conditionalFormatting>"
    )
    add(path, "<pageMargins", own)
    parts = grown(path)
    board, sheet = parts["xl/worksheets/sheet2.xml"], parts["xl/worksheets/sheet1.xml"]
    assert "<xm:f>名单!$A$2:$A$6</xm:f>" in board
    assert "<xm:sqref>B2:B3</xm:sqref>" in board
    assert found(r"<formula1?>([^<]+)<", board) == ["A1&gt;名单!$C$7", "名单!A2:A6"]
    assert "location=\"'名单'!A7\"" in board
    assert "<f>名单!C7+SUM(名单!$C$2:C$6)</f>" in board
    assert '<protectedRange sqref="C2:C6"' in sheet
    assert 'inputCells r="C7"' in sheet
    assert 'sqref="A7:D8"' in sheet
    assert "$C7&gt;SUM($C$2:$C$6)" in sheet


def test_controls_pivot_sources_charts_and_threaded_comments(tmp_path):
    path = book(tmp_path / "a.xlsx")
    parts = members(path)
    rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kinds = {
        "drawing": ("drawings/d1.xml", DRAWING),
        "ctrlProp": ("ctrlProps/c1.xml", '<formControlPr xmlns="u" fmlaLink="$C$5" fmlaRange="$A$2:$A$4"/>'),
        "vmlDrawing": ("drawings/v1.vml", VML),
        "threadedComment": (
            "threadedComments/t1.xml",
            '<ThreadedComments xmlns="u"><threadedComment ref="C5" id="1"/></ThreadedComments>',
        ),
        "pivotTable": (
            "pivotTables/p1.xml",
            '<pivotTableDefinition xmlns="u"><location ref="A20:B24" firstDataRow="1"/></pivotTableDefinition>',
        ),
    }
    kinds_of_board = {"drawing": ("drawings/d2.xml", '<wsDr xmlns="u"/>')}
    charts = {"chart": ("charts/c1.xml", CHART), "chartEx": ("charts/cx1.xml", CHART_EX)}
    cache = ("pivotCache/pc1.xml", PIVOT_CACHE)

    def listed(which: dict[str, tuple[str, str]], up: str) -> bytes:
        links = "".join(
            f'<Relationship Id="r{i}" Type="{rels}/{kind}" Target="{up}{where}"/>'
            for i, (kind, (where, _)) in enumerate(which.items())
        )
        return f'<Relationships xmlns="x">{links}</Relationships>'.encode()

    parts["xl/worksheets/_rels/sheet1.xml.rels"] = listed(kinds, "../")
    parts["xl/worksheets/_rels/sheet2.xml.rels"] = listed(kinds_of_board, "../")
    parts["xl/drawings/_rels/d2.xml.rels"] = listed(charts, "../")
    link = f'<Relationship Id="rp" Type="{rels}/pivotCacheDefinition" Target="{cache[0]}"/></Relationships>'
    parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>", link.encode()
    )
    for where, xml in (*kinds.values(), *kinds_of_board.values(), *charts.values(), cache):
        parts[f"xl/{where}"] = xml.encode()
    path.write_bytes(packed(parts))
    assert OoxmlBook(path).write([], [EDIT])
    now = {name: xml.decode() for name, xml in members(path).items()}
    assert now["xl/drawings/d1.xml"] == kinds["drawing"][1].replace("<row>9<", "<row>11<").replace(
        "<row>12<", "<row>14<"
    ).replace('textlink="$C$5"', 'textlink="$C$7"')
    assert 'fmlaLink="$C$7" fmlaRange="$A$2:$A$6"' in now["xl/ctrlProps/c1.xml"]
    assert "<x:Anchor>1, 0, 11, 0, 3, 0, 14, 0<" in now["xl/drawings/v1.vml"]
    assert "<x:FmlaRange>$A$2:$A$6<" in now["xl/drawings/v1.vml"]
    assert 'ref="C7"' in now["xl/threadedComments/t1.xml"]
    assert 'location ref="A22:B26"' in now["xl/pivotTables/p1.xml"]
    assert 'ref="A1:D6" sheet="名单"' in now["xl/pivotCache/pc1.xml"]
    chart = now["xl/charts/c1.xml"]
    assert found("<c:f>([^<]+)<", chart) == ["名单!$C$7", "名单!$A$2:$B$6", "(名单!$C$2:$C$6,名单!$C$11)"]
    assert '<c:ptCount val="5"/>' in chart
    assert found(r'<c:pt idx="(\d)"><c:v>(\w+)<', chart) == [("0", "b"), ("0", "K2"), ("3", "N1"), ("4", "N2")]
    assert "numCache" not in chart, "several ranges: Excel makes the cache anew"
    assert found(r'<cx:pt idx="(\d)">(\w+)<', now["xl/charts/cx1.xml"])[-2:] == [("3", "100"), ("4", "200")]
    assert 'ptCount="5"' in now["xl/charts/cx1.xml"]


def test_two_tables_on_a_sheet_that_both_grow(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("名单")
        for top in (0, 6):
            rows = [["K1", 1.0], ["K2", 2.0]]
            columns = [{"header": "编号"}, {"header": "金额"}]
            sheet.add_table(top, 0, top + 2, 1, {"name": f"T_{top}", "columns": columns, "data": rows})
        sheet.write_formula("F1", "=SUM(B2:B3)+SUM(B8:B9)")
    new = [{1: "N", 2: 10.0}] * 3
    edits = [TableEdit("名单", 1, 3, {}, new), TableEdit("名单", 7, 9, {(8, 2): 5.0}, new)]
    assert OoxmlBook(path).write([], edits)
    sheet = openpyxl.load_workbook(path)["名单"]
    assert dict(sheet.tables.items()) == {"T_0": "A1:B6", "T_6": "A9:B14"}
    assert [sheet[c].value for c in ("B4", "B10", "B12", "B14")] == [10, 5, 10, 10]
    assert sheet["F1"].value == "=SUM(B2:B6)+SUM(B10:B14)"
    assert not lint(path)


@pytest.mark.parametrize("formula", ["SUM(名单:看板!C2:C4)", "名单:看板!C5"])
def test_what_cannot_follow_is_refused_before_anything_is_written(tmp_path, formula):
    path = book(tmp_path / "a.xlsx")
    row = f'<row r="5"><c r="C5"><f>{formula}</f><v>1</v></c></row>'
    add(path, "</sheetData>", row, "sheet2_xml")
    before = path.read_bytes()
    with pytest.raises(BookError) as caught:
        OoxmlBook(path).write([], [EDIT])
    assert caught.value.code == "cannot_follow"
    assert formula in caught.value.text("zh")
    assert path.read_bytes() == before


def test_rows_typed_below_a_list_object_are_taken_in(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("名单")
        columns = [{"header": head} for head in HEADS[:3]]
        sheet.add_table("A1:C3", {"name": "T_1", "columns": columns, "data": [["K1", 1, 1.0], ["K2", 2, 2.0]]})
        sheet.write_row("A4", ["K3", 3, 4.0])
        workbook.add_worksheet("看板").write_formula("A1", "=SUM(名单!C2:C3)")
    alone = path.with_name("b.xlsx")
    alone.write_bytes(path.read_bytes())
    assert OoxmlBook(path).write([], [TableEdit("名单", 1, 4, {}, [{1: "N1", 3: 8.0}])])
    assert openpyxl.load_workbook(path)["名单"].tables["T_1"].ref == "A1:C5"
    assert openpyxl.load_workbook(path)["看板"]["A1"].value == "=SUM(名单!C2:C5)"
    assert OoxmlBook(alone).write([], [TableEdit("名单", 1, 4, column=1)])
    assert openpyxl.load_workbook(alone)["名单"].tables["T_1"].ref == "A1:C4"
    assert openpyxl.load_workbook(alone)["看板"]["A1"].value == "=SUM(名单!C2:C4)"
    assert not OoxmlBook(alone).write([], [TableEdit("名单", 1, 4, column=1)])
