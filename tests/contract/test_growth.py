"""What every host promises when rows are added to a user's table: what stands below moves down whole, references go along."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import xlsxwriter
from test_edits import memory, ooxml

from funnelbook.book.ports import Area, Book, BookError, TableEdit

HOSTS = [memory, ooxml, pytest.param("libreoffice", marks=pytest.mark.live)]
HEADS, BODY = ["客户编号", "业务员", "预计金额"], [["K1", "小李", 1000], ["K2", "小张", 20.5]]
NEW = [{1: "K3", 2: "小王", 3: 5}, {1: "K4", 3: 6}, {1: "K5"}]
ADDED = [["K3", "小王", 5], ["K4", None, 6], ["K5", None, None]]
EDIT = TableEdit("客户", 3, 5, {}, NEW)


@pytest.fixture(params=HOSTS)
def book_of(request, tmp_path: Path):
    if request.param != "libreoffice":
        return lambda data: request.param(tmp_path, data, ["客户"])
    in_libreoffice, path = request.getfixturevalue("in_libreoffice"), tmp_path / "book.xlsx"
    return lambda data: (path.write_bytes(data), in_libreoffice(path))[1]


def package(
    cells: dict[str, object], *, listed: bool = True, totals: bool = False, others: tuple[str, ...] = ()
) -> bytes:
    """Customers in A3:C5, a ListObject or a plain range, with what `cells` says elsewhere; `others`: ListObjects of two rows."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as workbook:
        sheet = workbook.add_worksheet("客户")
        for row, line in enumerate([HEADS, *BODY], 2):
            sheet.write_row(row, 0, line)
        if listed:
            columns = [{"header": head} for head in HEADS]
            if totals:
                columns[0]["total_string"], columns[2]["total_function"] = "合计", "sum"
            sheet.add_table(
                2, 0, 4 + totals, 2, {"name": "Liste", "columns": columns, "total_row": totals, "data": BODY}
            )
        for number, place in enumerate(others, 1):
            sheet.add_table(place, {"name": f"Other{number}"})
        for place, value in cells.items():
            sheet.write(place, value)
    return out.getvalue()


def rows(book: Book, first: int, last: int, width: int = 3) -> list[list[object]]:
    grid = book.grid("客户")
    lines = [grid[r - 1] if r <= len(grid) else [] for r in range(first, last + 1)]
    return [[None if v == "" else v for v in [*line, *[None] * width][:width]] for line in lines]


def tables(book: Book) -> dict[str, Area]:
    """Where the ListObjects are, header and body."""
    found = {lo.name: (lo.area, lo.totals_rows) for lo in book.list_objects()}
    return {name: Area(a.top, a.left, a.bottom - totals, a.right) for name, (a, totals) in found.items()}


def test_a_totals_row_moves_down_and_stays_the_last(book_of):
    book = book_of(package({}, totals=True))
    assert book.write([], [EDIT])
    assert rows(book, 4, 8) == [*BODY, *ADDED]
    assert rows(book, 9, 9, 2) == [["合计", None]]
    assert tables(book)["Liste"] == Area(3, 1, 8, 3)


@pytest.mark.parametrize("listed", [True, False], ids=["ListObject", "plain"])
@pytest.mark.parametrize("gap", [0, 1, 2, 3, 6])
def test_a_total_below_moves_down_and_keeps_its_distance_up_to_two_rows(book_of, listed, gap):
    book = book_of(package({f"A{6 + gap}": "合计", f"C{6 + gap}": 1020.5, f"A{8 + gap}": "备注：含税"}, listed=listed))
    assert book.write([], [EDIT])
    assert rows(book, 4, 8) == [*BODY, *ADDED]
    at = max(9 + min(gap, 2), 6 + gap)
    assert rows(book, 9, at + 2) == [
        *[[None] * 3] * (at - 9), ["合计", None, 1020.5], [None] * 3, ["备注：含税", None, None]
    ]  # fmt: skip
    if listed:
        assert tables(book)["Liste"] == Area(3, 1, 8, 3)


def test_a_total_typed_into_the_last_row_of_a_list_object_stays_its_last(book_of):
    book = book_of(package({"A5": "合计", "B5": None, "C5": 1000}))
    assert book.write([], [TableEdit("客户", 3, 4, {}, NEW)])
    assert rows(book, 4, 9) == [BODY[0], *ADDED, ["合计", "小张", 1000], [None] * 3]
    assert tables(book)["Liste"] == Area(3, 1, 8, 3)


def test_a_table_below_moves_down_whole_though_it_is_wider(book_of):
    book = book_of(package({"A8": "区域", "E8": "负责人", "E10": "老周"}, others=("A8:E10",)))
    assert book.write([], [EDIT])
    assert rows(book, 4, 8) == [*BODY, *ADDED]
    assert rows(book, 11, 13, 5)[0][0] == "区域"
    assert rows(book, 13, 13, 5)[0][4] == "老周"
    assert tables(book) == {"Liste": Area(3, 1, 8, 3), "Other1": Area(11, 1, 13, 5)}


@pytest.mark.parametrize("other", [("E3:F9",), ()], ids=["ListObject", "plain"])
def test_what_stands_beside_stays_where_it_is(book_of, other):
    beside = {f"{column}{row}": f"{column}{row}" for column in "EF" for row in range(3, 10)}
    book = book_of(package({"A6": "合计", **beside}, others=other))
    assert book.write([], [EDIT])
    assert rows(book, 4, 9) == [*BODY, *ADDED, ["合计", None, None]]
    assert [row[4:] for row in rows(book, 3, 10, 6)] == [*([f"E{r}", f"F{r}"] for r in range(3, 10)), [None, None]]
    assert tables(book) == {"Liste": Area(3, 1, 8, 3)} | ({"Other1": Area(3, 5, 9, 6)} if other else {})


@pytest.mark.parametrize("below", ["B8:E10", "A8:D9"])
def test_a_table_that_would_be_torn_is_refused_and_nothing_is_written(book_of, below):
    book = book_of(package({"A6": "合计"}, others=("E3:F6", below)))
    before, placed = book.grid("客户"), tables(book)
    with pytest.raises(BookError) as caught:
        book.write([], [TableEdit("客户", 3, 5, {(4, 2): "小王"}, NEW)])
    assert caught.value.code == "no_room"
    assert (book.grid("客户"), tables(book)) == (before, placed)
    assert not book.write([])


def test_nothing_moves_where_there_is_room(book_of):
    book = book_of(package({"A14": "备注", "E6": "旁注"}))
    assert book.write([], [EDIT])
    assert rows(book, 4, 14, 5) == [
        *([*row, None, None] for row in BODY), [*ADDED[0], None, "旁注"], *([*row, None, None] for row in ADDED[1:]),
        *[[None] * 5] * 5, ["备注", *[None] * 4],
    ]  # fmt: skip
