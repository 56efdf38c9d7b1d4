"""Marks: what they prove, what voids them, in every host."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnelbook import template
from funnelbook.book import marks
from funnelbook.book.heads_0_1 import HEADS
from funnelbook.book.labels import header, sheet_name
from funnelbook.book.ownership import free_names, owned
from funnelbook.book.ports import Area, Book, BookError, ListObject, TableWrite
from funnelbook.book.result_tables import present
from funnelbook.book.schema import TABLES
from funnelbook.commands.open import open_book
from funnelbook.commands.refresh_files import refresh_book, refresh_file
from funnelbook.hosts.excel import ExcelBook
from funnelbook.hosts.memory import MemoryBook
from funnelbook.hosts.ooxml.host import OoxmlBook
from funnelbook.template import today, what_if_cells
from support.fake_excel import App
from support.packages import bend, members, team

DAY = date(2026, 5, 20)
MADE = Path(__file__).parents[1] / "made_by_0_1"
USED = ["Shapes", "Funnel", "Summary"]


def package(**options: object) -> bytes:
    return template.build("zh", tables=USED, **options)


def memory(_folder: Path) -> Book:
    book = MemoryBook()
    book.graft(package(), [name for _, name in template.sheets("zh", USED)])
    book.write([])
    return book


def ooxml(folder: Path) -> Book:
    (folder / "book.xlsx").write_bytes(package())
    return OoxmlBook(folder / "book.xlsx")


def excel(_folder: Path) -> Book:
    return ExcelBook(App().new(package()))


@pytest.fixture(params=[memory, ooxml, excel, pytest.param("libreoffice", marks=pytest.mark.live)])
def book(request, tmp_path) -> Book:
    if request.param != "libreoffice":
        return request.param(tmp_path)
    (tmp_path / "book.xlsx").write_bytes(package())
    return request.getfixturevalue("in_libreoffice")(tmp_path / "book.xlsx")


def write_of(table: str, rows: int) -> TableWrite:
    names = TABLES[table].names
    heads = [header(TABLES[table], name, "zh") for name in names]
    return TableWrite(table, heads, [[f"{name}{i}" for i in range(rows)] for name in names])


def row_of(book: Book, table: str) -> Area:
    area = present(book)[table].area
    return replace(area, bottom=area.top)


def part(name: str) -> str:
    return name.rsplit("/", 1)[-1].replace(".", "_")


sheets = st.text(st.characters(codec="utf-8", exclude_characters="[]:*?/\\", exclude_categories=["C"]), min_size=1)
rows, columns = st.integers(1, 1_048_576), st.integers(1, 16_384)


@given(sheets, rows, rows, columns, columns)
def test_cells_are_read_as_they_are_written(sheet, top, bottom, left, right):
    area = Area(top, left, bottom, right)
    assert marks.cells_of(marks.formula_of(sheet, area)) == (sheet, area)


@pytest.mark.parametrize("text", ["#REF!", "#REF!$A$1", "#ref!$a$1:$b$2", '"x"', "fb_people", "[1]A!$A$1", "A:B!$A$1"])
def test_void_and_other_formulas_refer_to_no_cells(text):
    assert marks.cells_of(text) is None


def test_a_mark_goes_with_the_table_when_one_above_it_grows(book):
    before = row_of(book, "Funnel")
    book.write([write_of("Shapes", 40), write_of("Funnel", 2)])
    after = row_of(book, "Funnel")
    assert after.top > before.top
    assert marks.cells_of(book.names()["_funnelbook_Funnel"]) == (sheet_name("funnel", "zh"), after)


def test_names_are_defined_once_and_told(book):
    new = {"_funnelbook_Kept": marks.formula_of("期末总结", Area(1, 2, 1, 4)), "_funnelbook_book": '"again"'}
    book.define(new)
    assert book.names().items() >= new.items()
    assert book.write([])
    assert book.names().items() >= new.items()
    assert not book.write([])


def test_a_table_of_the_users_is_not_written_whatever_it_is_called(book):
    """The mark of Summary leads nowhere; its table keeps its name."""
    book.define({"_funnelbook_Summary": "#REF!"})
    assert set(present(book)) == {"Shapes", "Funnel"}
    assert free_names(book, ["Summary", "Shapes", "Board"]) == {
        "Summary": "Summary_2",
        "Shapes": "Shapes_2",
        "Board": "Board",
    }


def test_sheets_are_grafted_beside_tables_of_the_same_name(book):
    book.define({"_funnelbook_Summary": "#REF!"})
    called = free_names(book, template.names())
    names = book.graft(template.build("zh", tables=["Summary"], called=called, id_=""), ["期末总结"])
    assert names == {"期末总结": "期末总结 (2)"}
    assert (present(book)["Summary"].name, present(book)["Summary"].sheet) == ("Summary_2", "期末总结 (2)")
    assert owned(book).book == "template"


def test_a_name_of_the_users_is_never_defined_anew(book):
    book.define({"fb_people": "'期末总结'!$A$1:$A$2"})
    with pytest.raises(BookError) as caught:
        book.graft(template.build("zh", tables=["People"], id_=""), ["业务员"])
    assert caught.value.code == "name_taken"


def with_names(**names: str) -> MemoryBook:
    """Two tables side by side, a Summary and one with headers of the user's, and these names."""
    heads = [header(TABLES["Summary"], n, "zh") for n in TABLES["Summary"].names]
    book = MemoryBook(grids={"x": [[*heads, None, "门店", "租金"], [None] * 9]})
    book.objects += [ListObject("Zus", "x", Area(1, 1, 2, 6)), ListObject("Summary", "x", Area(1, 8, 2, 9))]
    book.defined = dict(names)
    return book


OURS, THEIRS, ID = "'x'!$A$1:$F$1", "'x'!$H$1:$I$1", '"id"'


@pytest.mark.parametrize(
    ("names", "found"),
    [
        ({"_funnelbook_book": ID, "_funnelbook_Summary": OURS}, "Zus"),
        ({"_funnelbook_book": ID, "_funnelbook_Summary": "'x'!$E$1:$F$1"}, "Zus"),  # columns were deleted
        ({"_funnelbook_book": ID, "_funnelbook_Summary": THEIRS}, None),  # forged
        ({"_funnelbook_book": ID, "_funnelbook_Summary": "'x'!$A$1:$I$1"}, "Zus"),
        ({"_funnelbook_book": ID, "_funnelbook_Summary": "'x'!$A$2:$F$2"}, None),
        ({"_funnelbook_book": ID, "_funnelbook_Summary": "'y'!$A$1:$F$1"}, None),
        ({"_funnelbook_book": ID, "_funnelbook_Summary": OURS, "_funnelbook_Board": OURS}, "Zus"),  # two of one
        ({"_funnelbook_Summary": OURS}, None),  # came with a sheet from another workbook
        ({"_funnelbook_book": ID, "x!_funnelbook_Summary": OURS}, None),  # of a sheet that was copied
        ({}, None),
    ],
)
def test_only_a_mark_of_the_workbook_on_fitting_headers_proves(names, found):
    there = {key: lo.name for key, lo in owned(with_names(**names)).tables.items()}
    assert there == ({"Summary": found} if found else {})


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", ["adopted", "template"])
def test_a_workbook_of_0_1_0_is_known_and_marked_once(tmp_path, kind, language):
    path = tmp_path / "book.xlsx"
    path.write_bytes((MADE / f"{kind}.{language}.xlsx").read_bytes())
    before = owned(OoxmlBook(path))
    since = {
        "ForecastCheck",
        "ForecastHistory",
        "Levers",
        "TargetGrid",
        "Pool",
        "PoolHistory",
        "Numbered",
        "Fixes",
        "Desk",
        "DeskFunnel",
        "Trial",
        "TrialFunnel",
        "TrialDays",
    }
    assert set(before.results) == {table.name for table in TABLES.results} - since
    assert set(before.pages) == {"guide", "what_if", "tracking"}
    book = open_book(path)
    sheets = list(book.sheets())
    if kind == "adopted":
        assert refresh_file(path, DAY).status == "done"
        assert refresh_file(path, DAY, again=True).status == "unchanged"
    else:
        refresh_book(book, DAY)
    after = owned(OoxmlBook(path))
    assert not after.unmarked
    assert (set(after.tables), set(after.names), set(after.pages)) == (
        set(before.tables) | since,
        {*before.names, *today.names(), *what_if_cells.names()},
        {*before.pages, "today", "what_if_sums"},
    )
    assert before.pages["what_if"] in sheets, "the old What-if stays"
    assert after.pages["what_if"] not in sheets, "and the new one stands beside it"
    first, *others = OoxmlBook(path).sheets()
    assert first == after.pages["today"], "the page Today comes before all others"
    assert others[: len(sheets)] == sheets, "nothing is added a second time"
    assert len(others) == len(sheets) + len({TABLES[name].sheet for name in since}) + len(("what_if", "what_if_sums"))
    assert b'name="_funnelbook_Shapes" hidden="1"' in members(path)["xl/workbook.xml"]


def test_what_0_1_0_made_is_known_when_sheets_were_renamed_and_heads_moved(tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes((MADE / "adopted.zh.xlsx").read_bytes())
    bend(path, xl_workbook_xml=lambda xml: xml.replace("龙虎榜".encode(), "排行".encode()))
    assert owned(OoxmlBook(path)).tables["Board"].sheet == "排行"


def test_a_table_called_like_ours_in_a_workbook_of_0_1_0_without_our_head_is_the_users(tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes((MADE / "adopted.zh.xlsx").read_bytes())
    head = "整个期间的平均转化率，以及最初计划完成了多少。".encode()
    parts = members(path)
    sheet = next(name for name, xml in parts.items() if name.startswith("xl/worksheets/") and head in xml)
    table = next(name for name, xml in parts.items() if name.startswith("xl/tables/") and b'name="Summary"' in xml)
    ours, theirs = ["平均转化率", "首次计划", "完成率"], ["门店", "租金", "面积"]

    def renamed(xml: bytes) -> bytes:
        for old, new in zip(ours, theirs, strict=True):
            xml = xml.replace(f'name="{old}"'.encode(), f'name="{new}"'.encode())
        return xml

    bend(path, **{part(sheet): lambda xml: xml.replace(head, b"-"), part(table): renamed})
    assert "Summary" not in owned(OoxmlBook(path)).tables


def test_a_table_of_the_users_that_0_1_0_wrote_its_columns_into_is_given_back():
    """As it left them: three columns of the user's, then its own of the same name."""
    heads = [header(TABLES["Summary"], name, "zh") for name in TABLES["Summary"].names]
    board = [header(TABLES["Board"], name, "zh") for name in TABLES["Board"].names]
    book = MemoryBook(grids={"我的表": [["月份", "收入", "说明", *heads], [None] * 9]})
    book.grids["龙虎榜"] = [[HEADS["board"][0]], [None], board, [None] * len(board)]
    book.objects = [
        ListObject("Summary", "我的表", Area(1, 1, 2, 9)),
        ListObject("Board", "龙虎榜", Area(3, 1, 4, len(board))),
    ]
    assert set(owned(book).tables) == {"Board"}
    book.objects[0] = replace(book.objects[0], area=Area(1, 4, 2, 9))
    assert set(owned(book).tables) == {"Board", "Summary"}


def test_a_refresh_that_changes_nothing_writes_nothing(tmp_path):
    path = team(tmp_path / "book.xlsx", Customers=[{"id": "K1", "name": "甲", "owner": "小李", "tier": "C"}])
    assert refresh_file(path, DAY).status == "done"
    before = path.read_bytes()
    assert refresh_file(path, DAY, again=True).status == "unchanged"
    assert path.read_bytes() == before
