"""A large sheet, whose distinct cells are read once, has the same values as one read cell by cell, however it is written."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from funnelbook.book.column_grid import ColumnGrid
from funnelbook.book.column_letters import column_letters
from funnelbook.book.ports import BookError
from funnelbook.hosts.ooxml import distinct_cells, read
from funnelbook.hosts.ooxml.host import OoxmlBook
from support.dialects import respelled
from support.examples import examples
from support.packages import bend

from .test_dialects import ALONE

# s="1" is a day, s="2" a time; shared texts 0 and 1
CELLS = [
    "/>",
    ' s="1"/>',
    "></c>",
    "><v>1.2.3</v></c>",
    "><v></v></c>",
    "><v>12</v></c>",
    "><v>-0.30000000000000004</v></c>",
    ' t="n"><v>1E+25</v></c>',
    ' s="1"><v>45803</v></c>',
    ' s="1"><v>45803.40646090847</v></c>',
    ' s="2"><v>0.75</v></c>',
    ' t="s"><v>0</v></c>',
    ' s="1" t="s"><v>1</v></c>',
    ' t="inlineStr"><is><t>业务员&amp;01</t></is></c>',
    ' t="inlineStr"><is><t xml:space="preserve"> K_x0041_ &#10;</t></is></c>',
    ' t="inlineStr"><is><t></t></is></c>',
    ' t="b"><v>1</v></c>',
    ' t="str"><f>A1&amp;"x"</f><v>a&lt;b</v></c>',
    ' t="str"><v></v></c>',
    "><f>1+1</f><v>2</v></c>",
    ' t="e"><v>#N/A</v></c>',
    ' t="e"><f>1/0</f><v>#DIV/0!</v></c>',
    f' t="inlineStr"><is><t>{"很长的备注" * 40}</t></is></c>',
    f' t="inlineStr"><is><t>{"很长的备注" * 40}。</t></is></c>',
]
ODD = [
    ' t="s"/>',
    ' t="s"><v/></c>',
    ' t="e"><v></v></c>',
    ' t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>',
    ' t="d"><v>2026-05-20</v></c>',
    ' t="inlineStr"><v>3</v></c>',
    "\n><v>4</v></c>",
]
GRIDS = st.dictionaries(
    st.integers(1, 40), st.dictionaries(st.integers(1, 30), st.sampled_from(CELLS), max_size=6), min_size=1, max_size=12
)


@pytest.fixture(scope="module")
def book(tmp_path_factory) -> Path:
    """A workbook with two shared texts and formats of days and times, and one sheet."""
    path = tmp_path_factory.mktemp("large") / "a.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("跟进记录")
        for column, text in enumerate(("张三", "a <b>")):
            sheet.write_string(0, column, text)
        for row, form in enumerate(("yyyy-mm-dd", "hh:mm"), 1):
            sheet.write_number(row, 0, 1, made.add_format({"num_format": form}))
    return path


def rows_of(cells: dict[int, dict[int, str]]) -> str:
    return "".join(
        f'<row r="{row}" spans="1:9">'
        + "".join(f'<c r="{column_letters(column)}{row}"{cell}' for column, cell in sorted(line.items()))
        + "</row>"
        for row, line in sorted(cells.items())
    )


def both_ways(book: Path, folder: Path, rows: str, dialect=None) -> tuple[object, list[list[object]]]:
    """The grid of a sheet with these rows when it counts as large, and when it does not."""

    def put(xml: bytes) -> bytes:
        told = re.sub(
            rb"<sheetData>.*</sheetData>", lambda _: f"<sheetData>{rows}</sheetData>".encode(), xml, flags=re.DOTALL
        )
        return respelled(told, dialect) if dialect else told

    path = folder / "b.xlsx"
    path.write_bytes(book.read_bytes())
    bend(path, sheet1_xml=put)
    found = []
    for least in (-1, 1 << 40):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(read, "_LARGE", least)
            found.append(OoxmlBook(path).grid("跟进记录"))
    return found[0], [list(row) for row in found[1]]


def told(grid) -> list[list[tuple[type, object]]]:
    """Values with their kinds, blank ones alike."""
    return [[(type(cell), cell) if cell not in (None, "") else (str, "") for cell in row] for row in grid]


@settings(max_examples=examples(150), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(GRIDS, st.sampled_from([1, 300, 1 << 22]))
def test_it_reads_as_cell_by_cell_whatever_pieces_it_comes_in(book, tmp_path, cells, piece):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(distinct_cells, "_PIECE", piece)
        large, each = both_ways(book, tmp_path, rows_of(cells))
    assert isinstance(large, ColumnGrid)
    assert told(large) == told(each)


@pytest.mark.parametrize("cell", ODD)
def test_a_cell_that_is_written_otherwise_is_read_as_before(book, tmp_path, cell):
    large, each = both_ways(book, tmp_path, rows_of({1: {1: CELLS[4], 2: cell}, 2: {2: CELLS[10]}}))
    assert not isinstance(large, ColumnGrid)
    assert told(large) == told(each)


A1, B1, A2 = '<c r="A1"><v>1</v></c>', '<c r="B1"><v>2</v></c>', '<c r="A2"><v>3</v></c>'


@pytest.mark.parametrize(
    "rows",
    [
        f'<row r="2">{A2}</row><row r="1">{A1}</row>',
        f'<row r="1">{A1}</row><row r="1">{B1}</row>',
        f'<row r="1">{B1}{A1}</row>',
        f'<row r="1">{A1}{A1}</row>',
        f'<row r="1">{A1}{A2}</row>',
        f"<row>{A1}</row>",
        f'<row spans="1:1" r="1">{A1}</row>',
        '<row r="1"><c><v>1</v></c></row>',
        '<row r="1"><c s="1" r="A1"><v>1</v></c></row>',
        "<row r='1'><c r='A1'><v>1</v></c></row>",
        '<row r="1"><c r="AAA1"><v>1</v></c></row>',
        f'<row r="1">{A1}</row>\n<row r="2">{A2}</row>',
        f'<row r="1">{A1}<x/></row>',
        f'<row r="1"><x/>{A1}</row>',
        f'<row r="1" a="&lt;">{A1}</row><y/>',
    ],
)
def test_rows_that_are_written_otherwise_are_read_as_before(book, tmp_path, rows):
    large, each = both_ways(book, tmp_path, rows)
    assert not isinstance(large, ColumnGrid)
    assert told(large) == told(each)


@pytest.mark.parametrize("dialect", ALONE, ids=str)
def test_a_sheet_in_another_dialect_reads_the_same(book, tmp_path, dialect):
    cells = {row: {column: CELLS[(row * 7 + column) % len(CELLS)] for column in range(1, 6)} for row in range(1, 30)}
    large, each = both_ways(book, tmp_path, rows_of(cells), dialect)
    assert told(large) == told(each)


def test_many_rows_of_one_kind_are_told_apart(book, tmp_path):
    """Numbers and texts that differ in their last characters only, more of them than one piece holds."""
    cells = {n: {1: f"><v>{45_000 + n / 7}</v></c>", 2: f' s="1"><v>{45_000 + n % 50 / 16}</v></c>',
                 3: f' t="inlineStr"><is><t>K{n % 700:06d}</t></is></c>'} for n in range(1, 5_000)}  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(distinct_cells, "_PIECE", 1 << 16)
        large, each = both_ways(book, tmp_path, rows_of(cells))
    assert isinstance(large, ColumnGrid)
    assert told(large) == told(each)
    assert isinstance(large[0][1], datetime)


def test_no_more_places_than_can_be_held(book, tmp_path, monkeypatch):
    monkeypatch.setattr(read, "_MOST_CELLS", 5)
    large, _ = both_ways(book, tmp_path, rows_of({1: {1: CELLS[4]}, 3: {2: CELLS[4]}}))
    assert not isinstance(large, ColumnGrid)


@settings(max_examples=examples(100), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.text("aK甲 \u3000\xa0\t\n_x04&<", max_size=9), min_size=1, max_size=40, unique=True),
    st.sampled_from(["", ' s="1"']),
)
def test_a_column_of_texts_reads_as_cell_by_cell(book, tmp_path, texts, look):
    cells = {row: {1: f'{look} t="inlineStr"><is><t>{escape(text)}</t></is></c>'} for row, text in enumerate(texts, 1)}
    large, each = both_ways(book, tmp_path, rows_of(cells))
    assert isinstance(large, ColumnGrid)
    assert told(large) == told(each)


def test_texts_in_no_encoding_of_the_sheet_are_read_as_before(book, tmp_path):
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>@</t></is></c></row>'
    found = []
    for least in (-1, 1 << 40):
        path = tmp_path / f"{least}.xlsx"
        path.write_bytes(book.read_bytes())
        bend(
            path,
            sheet1_xml=lambda xml: re.sub(b"<row.*</row>", rows.encode(), xml, flags=re.DOTALL).replace(
                b"@", b"\xbc\xd7"
            ),
        )
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(read, "_LARGE", least)
            try:
                found.append(told(OoxmlBook(path).grid("跟进记录")))
            except BookError as error:
                found.append(error.code)
    assert found[0] == found[1]
