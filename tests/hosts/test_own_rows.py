"""Rows of a large table of ours that are not walked one by one: the part written is the one that walking them gives."""

from __future__ import annotations

import re

import numpy as np
import pytest

from funnelbook.book.column_letters import column_letters
from funnelbook.book.ports import Area, TableWrite
from funnelbook.hosts.ooxml import own_rows, styles
from funnelbook.hosts.ooxml.sheet import OwnTable, SheetPatch
from funnelbook.hosts.ooxml.styles import CellStyles

TOP, LEFT, ROWS, NEW = 3, 2, 1_500, 1_502
AREA = Area(TOP, LEFT, TOP + ROWS, LEFT + 1)


def _cell(column: int, row: int, more: str = "") -> str:
    return f'<c r="{column_letters(column)}{row}" s="1"{more}><v>{row}</v></c>'


def sheet(**rows: str) -> bytes:
    """A sheet with our table of B3:C1503, a note in A1 and one below; `rows` by number (`r700`) are written as given."""
    lines = ['<row r="1"><c r="A1"><v>1</v></c></row>']
    lines += [
        rows.get(f"r{n}", f'<row r="{n}" spans="2:3">{_cell(LEFT, n)}{_cell(LEFT + 1, n)}</row>')
        for n in range(TOP, TOP + ROWS + 1)
    ]
    lines.append(f'<row r="{TOP + ROWS + 3}"><c r="B{TOP + ROWS + 3}"><v>7</v></c></row>')
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{main}"><sheetData>{"".join(lines)}</sheetData></worksheet>'.encode()


def patch_of(xml: bytes) -> SheetPatch:
    write = TableWrite("Funnel", ["a", "b"], [["x"] * NEW, [1.0] * NEW], "")
    return SheetPatch(xml, "漏斗", [OwnTable(AREA, write, [None] * 2)], False, CellStyles(styles.EMPTY, "a.xlsx"))


def outcome(xml: bytes) -> object:
    """The part written and what was found on the way, or what is wrong."""
    try:
        patch = patch_of(xml)
        return b"".join(patch.chunks()), patch.had_formulas, patch.crowded(), patch.torn(), dict(patch.foreign)
    except ValueError as error:
        return str(error)


ODD = {
    "nothing else": {},
    "a cell beside": {"r700": f'<row r="700">{_cell(2, 700)}{_cell(3, 700)}<c r="F700"><v>5</v></c></row>'},
    "a cell before": {"r700": f'<row r="700"><c r="A700"><v>5</v></c>{_cell(2, 700)}</row>'},
    "a cell without address": {"r700": f'<row r="700">{_cell(2, 700)}{_cell(3, 700)}<c><v>5</v></c></row>'},
    "a formula": {"r700": f'<row r="700">{_cell(2, 700)}<c r="C700"><f>B700*2</f><v>5</v></c></row>'},
    "a row lacking": {"r700": ""},
    "a row without number": {"r700": f"<row>{_cell(2, 700)}</row>"},
    "rows in another order": {
        "r700": f'<row r="701">{_cell(2, 701)}</row>', "r701": f'<row r="700">{_cell(2, 700)}</row>'
    },
    "a row twice": {"r700": f'<row r="699">{_cell(2, 699)}</row>'},
    "an empty row": {"r700": '<row r="700"/>'},
    "a comment": {"r700": f'<row r="700"><!-- <row r="1"> -->{_cell(2, 700)}</row>'},
    "a hidden row": {"r700": f'<row r="700" hidden="1">{_cell(2, 700)}</row>'},
    "no last row": {f"r{TOP + ROWS}": ""},
    "no first row": {f"r{TOP + 2}": ""},
}  # fmt: skip


@pytest.mark.parametrize("rows", ODD.values(), ids=ODD.keys())
def test_what_is_written_is_the_same_as_when_every_row_is_walked(rows, monkeypatch):
    xml = sheet(**rows)
    quick = outcome(xml)
    monkeypatch.setattr(own_rows, "_FEW", 10**9)
    assert quick == outcome(xml)


def test_rows_of_nothing_but_our_cells_are_not_walked_and_others_are():
    def walked(**rows: str) -> int:
        return len(patch_of(sheet(**rows))._data.rows)

    assert walked() == 5  # the note, the header, the first rows above and of the body, what stands below
    every = len(re.findall(rb"<row", sheet()))
    assert all(walked(**ODD[name]) == every for name in ("a cell beside", "a formula"))


def grown(standing: int, **rows: str) -> bytes:
    """The sheet of a log whose rows say what they said, and two more."""
    numbers = np.arange(TOP + 1, TOP + ROWS + 3, dtype=float)
    write = TableWrite("History", ["a", "b"], [numbers, numbers], standing=standing)
    table = OwnTable(AREA, write, [None] * 2)
    return b"".join(SheetPatch(sheet(**rows), "漏斗", [table], False, CellStyles(styles.EMPTY, "a.xlsx")).chunks())


def test_rows_of_a_log_that_stand_already_stay_the_bytes_they_are():
    marked = f'<row r="700" spans="2:3">{_cell(2, 700)}<c r="C700" s="9"><v>700.0</v></c></row>'
    new = grown(ROWS, r700=marked)
    assert marked.encode() in new
    assert marked.encode() not in grown(0, r700=marked)
    assert re.findall(rb'<row r="(\d+)"', new) == re.findall(rb'<row r="(\d+)"', grown(0))
    assert new.replace(b' spans="2:3"', b"") == grown(0).replace(
        f'<row r="700">{_cell(2, 700)}{_cell(3, 700)}</row>'.encode(), marked.replace(' spans="2:3"', "").encode()
    )


_AS_SAID = (
    "nothing else",
    "an empty row",
)  # the last says nothing of what stands: no log holds it then


@pytest.mark.parametrize("rows", [rows for name, rows in ODD.items() if name not in _AS_SAID])
def test_where_anything_else_stands_every_row_is_written(rows):
    try:
        written = grown(0, **rows)
    except ValueError as error:
        with pytest.raises(ValueError, match=re.escape(str(error))):
            grown(ROWS, **rows)
    else:
        assert grown(ROWS, **rows) == written
