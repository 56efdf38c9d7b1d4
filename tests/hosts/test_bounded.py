"""Cells far away, sheets nobody needs and values no reader knows: the tables are read all the same, in bounded memory."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from funnelbook.book.ports import BookError, CellError
from funnelbook.commands.adopt import adopt
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.hosts.ooxml import mended
from funnelbook.hosts.ooxml.host import OoxmlBook
from support.cases import first
from support.dialects import Dialect, respelled
from support.packages import bend, members, packed, plain

DAY, SHEET = date(2026, 5, 20), "客户名单"
ROWS = (
    ("客户编号", "客户名称", "业务员", "级别", "录入日期"),
    ("K1", "甲公司", "小李", "C", 46_143),
    ("K2", "乙公司", "小张", "A", 46_144),
)
READ = [list(ROWS[0]), ["K1", "甲公司", "小李", "C", 46_143.0], ["K2", "乙公司", "小张", "A", 46_144.0]]
MEMORY = 3 << 28  # three quarters of what is promised
SHEET_PART, WORKBOOK, RELS = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
ERRORS = ("#SPILL!", "#CALC!", "#FIELD!", "#BUSY!", "#GETTING_DATA", "#CONNECT!", "Err:502")

Parts = dict[str, bytes]


def cell(address: str, content: str = "<v>1</v>", kind: str = "") -> Callable[[bytes], bytes]:
    """Puts a cell into its row, at the end."""
    row = re.sub(r"\D", "", address)
    xml = f'<c r="{address}"{kind}>{content}</c>'.encode()

    def put(sheet: bytes) -> bytes:
        new = re.sub(
            rb'(<row r="%s".*?)(</row>)' % row.encode(), rb"\1" + xml + rb"\2", sheet, count=1, flags=re.DOTALL
        )
        return (
            new
            if new != sheet
            else sheet.replace(b"</sheetData>", b'<row r="%s">%s</row></sheetData>' % (row.encode(), xml))
        )

    return put


def after_data(xml: str) -> Callable[[bytes], bytes]:
    return lambda sheet: sheet.replace(b"</sheetData>", b"</sheetData>" + xml.encode())


def dimension(ref: str) -> Callable[[bytes], bytes]:
    return lambda sheet: re.sub(rb'<dimension ref="[^"]*"', f'<dimension ref="{ref}"'.encode(), sheet)


def second_sheet(
    content: bytes, kind: str = "worksheet", part: str = "worksheets/other.xml"
) -> Callable[[Parts], Parts]:
    """Adds a sheet that holds no table of ours, before the others."""
    space = (
        "http://schemas.microsoft.com/office/2006"
        if kind == "xlMacrosheet"
        else "http://schemas.openxmlformats.org/officeDocument/2006"
    )

    def added(parts: Parts) -> Parts:
        rel = f'<Relationship Id="rId99" Type="{space}/relationships/{kind}" Target="{part}"/>'
        tab = '<sheets><sheet name="别的" sheetId="99" r:id="rId99"/>'
        return parts | {
            f"xl/{part}": content,
            WORKBOOK: parts[WORKBOOK].replace(b"<sheets>", tab.encode()),
            RELS: parts[RELS].replace(b"</Relationships>", rel.encode() + b"</Relationships>"),
        }  # fmt: skip

    return added


def many_rows(content: bytes) -> bytes:
    return b"".join(b'<row r="%d"><c r="B%d"%b</row>' % (n, n, content) for n in range(9, 60_000))


def sheet(data: bytes) -> bytes:
    return (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%b</sheetData></worksheet>'
        % data
    )


def backslashes(parts: Parts) -> Parts:
    return {name.replace("/", "\\") if name.startswith("xl/") else name: xml for name, xml in parts.items()}


def shared(count: int) -> Callable[[Parts], Parts]:
    """A sheet whose shared strings say another number, and hold what no reader expects."""

    def changed(parts: Parts) -> Parts:
        strings = re.sub(
            rb'count="\d+" uniqueCount="\d+"',
            b'count="%d" uniqueCount="%d"' % (count, count),
            parts["xl/sharedStrings.xml"],
        )
        return parts | {"xl/sharedStrings.xml": strings.replace(b"<si>", b"<!-- <si> --><si>")}

    return changed


BORNE = {  # what may stand in a workbook whose table is read all the same
    "far corner": cell("XFD1048576"),
    "far right": cell("XFD2"),
    "far down, far right": lambda xml: cell("ZZ1048576")(cell("AMJ1")(xml)),
    "far by many rows": lambda xml: cell("XFC3")(xml.replace(b"</sheetData>", many_rows(b"/>") + b"</sheetData>")),
    "far under another root": lambda xml: cell("XFD1048576")(xml).replace(b"worksheet", b"chartsheet"),
    "far, namespaces by number": lambda xml: cell("XFD1048576")(xml).replace(b"sheetml", b"sheet&#109;l").replace(b"ships", b"shi&#112;s"),
    "far in another dialect": lambda xml: respelled(cell("XFD1048576")(xml), Dialect(quote="'", noise=True)),
    "far within what is usual": cell("DF99999"),
    "declared": dimension("A1:XFD1048576"),
    "declared columns": dimension("A:J"),
    "declared nonsense": dimension("nonsense"),
    "merged columns": after_data('<mergeCells count="2"><mergeCell ref="H:I"/><mergeCell ref="2:3"/></mergeCells>'),
    "merged nonsense": after_data('<mergeCells count="1"><mergeCell ref="#REF!"/></mergeCells>'),
    **{f"error {code}": cell("G2", f"<v>{code}</v>", ' t="e"') for code in ERRORS},
    "no number": cell("G2", "<v>abc</v>"),
    "no boolean": cell("G2", "<v>7</v>", ' t="b"'),
    "no type": cell("G2", "<v>x</v>", ' t="zz"'),
    "no such string": cell("G2", "<v>99999</v>", ' t="s"'),
    "no number of a string": cell("G2", "<v>x</v>", ' t="s"'),
    "empty": cell("G2", "<v/>", ' t="e"'),
    "macro sheet": second_sheet(sheet(b"<row><c><f>HALT()</f></c></row>"), "xlMacrosheet", "macrosheets/1.xml"),
    "broken sheet": second_sheet(b"<worksheet><sheetData><row r='1'><c r='A1'>"),
    "empty sheet": second_sheet(b""),
    "sheet of bytes": second_sheet(bytes(range(256))),
    "sheet without data": second_sheet(b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'),
    "far cell elsewhere": second_sheet(sheet(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
    "backslashes": backslashes,
    "shared strings": shared(4_000_000_000),
    "one row twice elsewhere": second_sheet(sheet(b'<row r="1"><c r="A1"><v>1</v></c></row>' * 9)),
}  # fmt: skip
NAMED = {  # what cannot be read, and is refused in words that name the sheet or the part
    "row beyond all": (cell("A99999999999"), SHEET),
    "column beyond all": (cell("ZZZZ2"), SHEET),
    "no address": (cell("2"), SHEET),
    "cell in a foreign row": (lambda xml: xml.replace(b'r="B2"', b'r="B3000000"'), SHEET),
    "no end": (lambda xml: xml[: xml.index(b"</sheetData>")], SHEET),
    "far apart, many rows": (lambda xml: cell("ALA3")(xml.replace(b"</sheetData>", many_rows(b"><v>1</v></c>") + b"</sheetData>")), SHEET),
}  # fmt: skip


def made(path: Path, change: Callable) -> Path:
    plain(path, *ROWS, sheet=SHEET)
    if change in (backslashes,) or change.__qualname__.startswith(("second_sheet", "shared")):
        path.write_bytes(packed(change(members(path))))
        return path
    return bend(path, sheet1_xml=change)


@pytest.mark.parametrize("kind", BORNE)
def test_a_table_is_read_whatever_stands_beside_it(tmp_path, kind):
    book = OoxmlBook(made(tmp_path / "a.xlsx", BORNE[kind]))
    assert [row[:5] for row in book.head(SHEET, 3)] == READ
    assert [row[:5] for row in book.grid(SHEET)[:3]] == READ


@pytest.mark.parametrize("kind", NAMED)
def test_what_cannot_be_read_is_refused_by_name(tmp_path, kind):
    change, name = NAMED[kind]
    with pytest.raises(BookError) as refused:
        OoxmlBook(made(tmp_path / "a.xlsx", change)).grid(SHEET)
    assert name in refused.value.text("zh")


@pytest.mark.parametrize("code", ERRORS)
def test_errors_nobody_knew_are_errors(tmp_path, code):
    book = OoxmlBook(made(tmp_path / "a.xlsx", BORNE[f"error {code}"]))
    assert book.grid(SHEET)[1][6] == CellError(code)


def test_values_no_reader_knows_are_the_text_they_are(tmp_path):
    def grid(kind: str) -> object:
        return OoxmlBook(made(tmp_path / "a.xlsx", BORNE[kind])).grid(SHEET)[1][6]

    assert [grid(kind) for kind in ("no number", "no boolean", "no type")] == ["abc", "7", "x"]
    assert [grid(kind) for kind in ("no such string", "no number of a string")] == [CellError("#VALUE!")] * 2


def test_days_are_days_on_a_sheet_with_cells_far_away(tmp_path):
    path = made(tmp_path / "a.xlsx", BORNE["far corner"])
    xf = '<xf numFmtId="{}" fontId="0" fillId="0" borderId="0" xfId="0"/>'.format
    styled = f'<cellXfs count="2">{xf(0)}{xf(14)}</cellXfs>'.encode()
    bend(
        path,
        styles_xml=lambda xml: re.sub(rb"<cellXfs.*</cellXfs>", styled, xml),
        sheet1_xml=lambda xml: xml.replace(b'r="E2"', b'r="E2" s="1"'),
    )
    assert OoxmlBook(path).grid(SHEET)[1][4] == date(2026, 5, 1)


@pytest.mark.parametrize(
    "kind", first(2, ["far corner", "error #SPILL!", "merged columns", "macro sheet", "broken sheet", "backslashes"])
)
def test_such_workbooks_are_adopted_and_refreshed_and_keep_what_is_odd(tmp_path, kind):
    path = made(tmp_path / "a.xlsx", BORNE[kind])
    before = members(path)
    adopt(path, as_of=DAY)
    report = refresh_file(path, DAY)
    assert report.status in ("done", "unchanged"), report.message
    after = members(path)
    ours = {WORKBOOK, RELS, "xl/styles.xml", "[Content_Types].xml"}
    assert {n for n in before if after.get(n) != before[n]} <= {*ours, *(n.replace("/", "\\") for n in ours)}


def test_texts_that_stand_in_many_cells_are_read_in_the_usual_way(tmp_path, monkeypatch):
    """xlsxwriter counts every use of a shared string, as Excel does; here there are more than its part has room for."""
    path = plain(tmp_path / "a.xlsx", *ROWS, *(["K", "甲", "小李", "C", 46_143] for _ in range(500)))
    assert b'count="2013" uniqueCount="15"' in members(path)["xl/sharedStrings.xml"]
    monkeypatch.setattr(mended, "read", None)
    grid = OoxmlBook(path).grid(SHEET)
    assert (len(grid), grid[1], grid[-1]) == (503, READ[1], ["K", "甲", "小李", "C", 46_143.0])


def test_memory_is_bounded(tmp_path):
    """All of them in one process that may take three quarters of a gigabyte; an abort would end it."""
    kinds = [*BORNE, *NAMED]
    for i, kind in enumerate(kinds):
        made(tmp_path / f"{i}.xlsx", BORNE.get(kind) or NAMED[kind][0])
    code = (
        "import json, resource, sys; from pathlib import Path\n"
        "from funnelbook.book.ports import BookError\n"
        "from funnelbook.hosts.ooxml.host import OoxmlBook\n"
        f"resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))\n"
        "def read(path):\n"
        "    try: return len(OoxmlBook(path).grid(sys.argv[2]))\n"
        "    except BookError as refused: return refused.code\n"
        "print(json.dumps([read(Path(sys.argv[1]) / f'{i}.xlsx') for i in range(int(sys.argv[3]))]))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path), SHEET, str(len(kinds))],
        capture_output=True, text=True, check=False, env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-2000:]
    told = dict(zip(kinds, json.loads(run.stdout), strict=True))
    assert all(isinstance(told[kind], int) and told[kind] >= 3 for kind in BORNE), told
    assert {told[kind] for kind in NAMED} <= {"broken", "too_wide"}
