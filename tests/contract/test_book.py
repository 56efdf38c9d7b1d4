"""What every host promises of a Book, on the same workbook."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from funnelbook import template
from funnelbook.book.labels import header, sheet_name
from funnelbook.book.ports import Book, Link, TableWrite
from funnelbook.book.result_tables import present
from funnelbook.book.schema import TABLES
from funnelbook.hosts.excel import ExcelBook
from funnelbook.hosts.memory import MemoryBook
from funnelbook.hosts.ooxml.host import OoxmlBook
from support.examples import examples
from support.fake_excel import App

TABLES_USED = ["Shapes", "Funnel", "Board", "Problems"]


def memory(_folder: Path) -> Book:
    book = MemoryBook()
    book.graft(_package(), [name for _, name in template.sheets("zh", TABLES_USED)])
    return book


def ooxml(folder: Path) -> Book:
    path = folder / "book.xlsx"
    path.write_bytes(_package())
    return OoxmlBook(path)


def excel(_folder: Path) -> Book:
    return ExcelBook(App().new(_package()))


def _package() -> bytes:
    return template.build("zh", tables=TABLES_USED)


HOSTS = [memory, ooxml, excel, pytest.param("libreoffice", marks=pytest.mark.live)]


@pytest.fixture(params=HOSTS, ids=["memory", "ooxml", "excel", "libreoffice"])
def book(request, tmp_path) -> Book:
    if request.param == "libreoffice":
        path = tmp_path / "book.xlsx"
        path.write_bytes(_package())
        return request.getfixturevalue("in_libreoffice")(path)
    return request.param(tmp_path)


def cells(book: Book, table: str) -> list[list[object]]:
    """Header and body of a table as they stand."""
    place = present(book)[table]
    area, grid = place.area, book.grid(place.sheet)
    grid = [[*row, *[None] * (area.right - len(row))] for row in [*grid, *[[]] * (area.bottom - len(grid))]]
    rows = [row[area.left - 1 : area.right] for row in grid[area.top - 1 : area.bottom]]
    return [
        [None if v == "" else float(v) if isinstance(v, int) and not isinstance(v, bool) else v for v in row]
        for row in rows
    ]


def write_of(table: str, rows: int, note: str = "") -> TableWrite:
    names = TABLES[table].names
    columns = [[f"{name}{i}" for i in range(rows)] for name in names]
    return TableWrite(table, [header(TABLES[table], n, "zh") for n in names], columns, note)


def test_what_is_written_is_read_back(book):
    write = TableWrite(
        "Problems",
        ["表", "行", "列", "值", "问题", "处理办法", "程度"],
        [
            ["客户", "007", "=1+1", "+44", "-3", "@x", "a<b>&\"c'"],
            np.array([1.0, 2.5, np.nan, 1e15, -4.0, 0.1, 3]),
            [True, False, None, "是", 12, 0.5, "x"],
            np.array(
                ["2026-05-03", "NaT", "1999-12-31T13:14:15", "2026-01-01", "2026-01-02", "NaT", "NaT"],
                dtype="datetime64[s]",
            ),
            ["line\nbreak", " lead", "trail ", "tab\tin", "", None, "𠮷野家"],
            [datetime(2026, 5, 3, 14, 5), None, None, None, None, None, None],
            ["_x0041_", "\x01", "ok", None, None, None, None],
        ],
    )
    assert book.write([write])
    got = cells(book, "Problems")
    assert got[0] == ["表", "行", "列", "值", "问题", "处理办法", "程度"]
    columns = list(zip(*got[1:], strict=True))
    assert columns[0] == ("客户", "007", "=1+1", "+44", "-3", "@x", "a<b>&\"c'")
    assert columns[1] == (1.0, 2.5, None, 1e15, -4.0, 0.1, 3.0)
    assert columns[2] == (True, False, None, "是", 12.0, 0.5, "x")
    assert columns[4][:4] == ("line\nbreak", " lead", "trail ", "tab\tin")
    assert columns[4][6] == "𠮷野家"


def test_writing_the_same_again_changes_nothing(book):
    writes = [write_of("Board", 5, "一行说明"), write_of("Problems", 3)]
    assert book.write(writes)
    assert not book.write(writes)


def test_a_link_is_read_back_as_its_number(book):
    write = write_of("Problems", 3)
    write.columns[1] = [Link(12, "老王's 客户", "B12"), 7.0, None]
    assert book.write([write])
    assert [row[1] for row in cells(book, "Problems")[1:]] == [12.0, 7.0, None]
    assert not book.write([write])


def test_a_table_without_rows_has_one_blank_row(book):
    book.write([write_of("Board", 4)])
    book.write([write_of("Board", 0)])
    assert cells(book, "Board")[1:] == [[None] * len(TABLES["Board"].names)]


def test_the_note_stands_above_the_header(book):
    book.write([write_of("Board", 2, "截至 2026-05-20。")])
    place = present(book)["Board"]
    assert book.grid(place.sheet)[place.area.top - 2][place.area.left - 1] == "截至 2026-05-20。"


def test_a_table_that_grows_pushes_the_one_below_it_down(book):
    book.write([write_of("Shapes", 3), write_of("Funnel", 2)])
    low = present(book)["Funnel"].area.top
    book.write([write_of("Shapes", 40), write_of("Funnel", 7)])
    assert len(cells(book, "Shapes")) == 41
    assert cells(book, "Funnel")[1][0] == "person0"
    assert len(cells(book, "Funnel")) == 8
    place = present(book)["Funnel"]
    assert place.area.top > low
    assert place.area.top > present(book)["Shapes"].area.bottom
    assert next(v for v in book.grid(place.sheet)[place.area.top - 3] if v) == "各级别客户数、转化率与缺口"


def test_a_table_that_shrinks_leaves_nothing_behind(book):
    book.write([write_of("Shapes", 9), write_of("Funnel", 30)])
    book.write([write_of("Shapes", 2), write_of("Funnel", 4)])
    texts = [v for row in book.grid(sheet_name("funnel", "zh")) for v in row if isinstance(v, str)]
    assert "person3" in texts
    assert "person4" not in texts


def test_columns_can_be_added_and_named_anew(book):
    write = write_of("Board", 2)
    book.write([TableWrite("Board", [*write.headers, "评语"], [*write.columns, ["好", "很好"]])])
    assert cells(book, "Board")[0][-1] == "评语"
    assert cells(book, "Board")[2][-1] == "很好"
    english = [header(TABLES["Board"], n, "en") for n in TABLES["Board"].names]
    book.write([TableWrite("Board", [*english, "评语"], [*write.columns, ["好", "很好"]])])
    assert cells(book, "Board")[0][:2] == ["Rank", "Person"]


def test_grafting_adds_sheets_at_the_end_and_is_saved_by_a_write(book):
    names = book.graft(template.build("zh", tables=["Summary"]), [sheet_name("summary", "zh")])
    assert names == {"期末总结": "期末总结"}
    assert list(book.sheets())[-1] == "期末总结"
    assert "Summary" in present(book)
    assert cells(book, "Summary")[0][0] == "业务员"
    assert book.write([])
    assert not book.write([])


def test_a_grafted_sheet_may_go_before_all_others(book):
    before, placed = list(book.sheets()), [(lo.name, lo.sheet) for lo in book.list_objects()]
    made = template.build("zh", tables=["Summary", "WeekPlan"])
    names = book.graft(made, ["周计划", "期末总结"], "期末总结")
    assert list(book.sheets()) == [names["期末总结"], *before, names["周计划"]]
    assert set(placed) <= {(lo.name, lo.sheet) for lo in book.list_objects()}
    assert "Summary" in present(book)


def test_a_grafted_sheet_whose_name_is_taken_gets_another(book):
    names = book.graft(template.build("zh", tables=["Summary"]), [sheet_name("summary", "zh")])
    again = book.graft(template.build("zh", tables=["WeekPlan"]), [sheet_name("week_plan", "zh")])
    assert len(set(book.sheets())) == len(list(book.sheets()))
    assert {*names.values(), *again.values()} <= set(book.sheets())


def test_every_result_table_is_a_list_object_of_the_template(tmp_path):
    path = tmp_path / "all.xlsx"
    path.write_bytes(template.build("en"))
    assert set(present(OoxmlBook(path))) == {t.name for t in TABLES.results}


values = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.text(max_size=20),
    st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1)).map(lambda d: d.replace(microsecond=0)),
)


ROWS = st.lists(st.lists(values, min_size=3, max_size=3), min_size=1, max_size=6)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(25))
@given(rows=ROWS)
def test_hosts_agree_on_any_values(rows, tmp_path):
    got = [_written(host(tmp_path), rows) for host in (memory, ooxml, excel)]
    assert got[0] == got[1]
    assert got[0] == got[2]


@pytest.mark.live
def test_libreoffice_agrees_on_any_values(in_libreoffice, tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(_package())
    book = in_libreoffice(path)

    @settings(max_examples=examples(25))
    @given(rows=ROWS)
    def agrees(rows):
        assert _written(book, rows) == _written(memory(tmp_path), rows)

    agrees()


def _written(book: Book, rows: list[list[object]]) -> list[list[object]]:
    """What stands in a table after these rows were written to it."""
    columns = [*zip(*rows, strict=True), *[[None] * len(rows)] * 4]
    heads = [header(TABLES["Problems"], n, "zh") for n in TABLES["Problems"].names]
    book.write([TableWrite("Problems", heads, columns)])
    return [[_plain(v) for v in row] for row in cells(book, "Problems")]


def _plain(value: object) -> object:
    """Times and texts as both hosts can say them: moments as serials, texts without what XML cannot hold."""
    if isinstance(value, datetime):
        return round((value - datetime(1899, 12, 30)).total_seconds() / 86_400, 5)
    if isinstance(value, str):
        return value.strip() or None if value.isprintable() else "?"
    return round(value, 5) if isinstance(value, float) else value
