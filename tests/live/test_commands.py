"""Every button of the toolbar, pressed as the toolbar presses it, does in LibreOffice what the file host does to the same workbook."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from funnelbook import template
from funnelbook.book.labels import sheet_name
from funnelbook.book.ports import BookError
from funnelbook.book.schema import TABLES
from funnelbook.commands.buttons import ButtonResult, press_button
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.hosts.ooxml.host import OoxmlBook
from funnelbook.menu import BY_NAME, Does, ribbon
from support import small_team
from support.compare import assert_same, tables
from support.office import Office, undone

pytestmark = pytest.mark.live
DAY, NEXT = date(2026, 5, 20), date(2026, 5, 21)
ROWS = small_team.rows()
SHEETS = [c.name for c in ribbon() if c.does is Does.SHEET]
RUNS = [
    # what is wrong differs with who asks; rows are chosen where somebody looks at them: test_only_rows.py
    c.name
    for c in ribbon()
    if c.does in (Does.RUN, Does.TELL) and c.name not in ("doctor", "report", "only_rows")
]


@pytest.fixture(scope="module")
def refreshed(tmp_path_factory) -> bytes:
    """The sample team's workbook, refreshed on the day before the one the tests are for."""
    path = tmp_path_factory.mktemp("refreshed") / "book.xlsx"
    path.write_bytes(template.build("zh", rows=ROWS))
    assert refresh_file(path, DAY).status == "done"
    return path.read_bytes()


@pytest.fixture
def twice(tmp_path, opened, office, refreshed) -> Callable[..., tuple[object, Path]]:
    """The same workbook twice: open in LibreOffice, and as a closed file."""

    def run(data: bytes = refreshed) -> tuple[object, Path]:
        paths = [tmp_path / "office" / "book.xlsx", tmp_path / "file" / "book.xlsx"]
        for path in paths:
            path.parent.mkdir()
            path.write_bytes(data)
        return opened(paths[0]), paths[1]

    return run


@pytest.mark.parametrize("name", RUNS)
def test_a_button_does_what_the_file_host_does(name, twice, office: Office):
    data = template.build("zh", tables=[t.name for t in TABLES.inputs], rows=ROWS)
    document, path = twice(data) if name == "adopt" else twice()
    try:
        told = press_button(name, OoxmlBook(path), NEXT, as_of=NEXT.isoformat(), language="zh")
        wanted = (True, told.line)
    except BookError as error:  # nobody to transfer from
        told, wanted = ButtonResult(), (False, error.text("zh"))
    assert office.press(document, name, AsOf=NEXT.isoformat()) == wanted
    assert_same(tables(office.book(document)), tables(OoxmlBook(path)))
    if told.sheet:
        assert document.getCurrentController().getActiveSheet().Name == told.sheet


@pytest.fixture(scope="module")
def looked_through(tmp_path_factory, office: Office, refreshed) -> Iterator[object]:
    """The workbook opened once for all who only ask for its sheets."""
    path = tmp_path_factory.mktemp("sheets") / "book.xlsx"
    path.write_bytes(refreshed)
    document = office.open(path)
    yield document
    document.close(True)


@pytest.mark.parametrize("name", SHEETS)
def test_a_button_shows_its_sheet_whatever_it_is_called(name, looked_through, office: Office):
    document = looked_through
    usual = shown = sheet_name(BY_NAME[name].sheet, "zh")
    sheet = document.Sheets.getByName(usual)
    if any(table.sheet == BY_NAME[name].sheet for table in TABLES.values()):  # else there is nothing to know it by
        sheet.Name = shown = f"我的{usual}"
        sheet.IsVisible = False
    try:
        assert office.press(document, name) == (True, "")
        assert document.getCurrentController().getActiveSheet().Name == shown
    finally:
        sheet.Name = usual  # another button may show it too


def test_a_folder_is_refreshed_file_by_file(twice, office: Office, tmp_path, refreshed):
    document, _ = twice()
    folder = tmp_path / "team"
    folder.mkdir()
    (folder / "好.xlsx").write_bytes(refreshed)
    (folder / "坏.xlsx").write_bytes(b"no workbook")
    done, line = office.press(document, "refresh_folder", AsOf=NEXT.isoformat(), Path=str(folder))
    assert done
    assert line.startswith("文件夹已刷新：完成 1 个，无变化 0 个，未能刷新 1 个。")


def test_a_list_is_taken_in_as_the_file_host_does(twice, office: Office, tmp_path):
    document, path = twice()
    file = tmp_path / "名单.csv"
    file.write_text("公司名称,电话\n丁公司,13600001111\n", "utf-8")
    told = press_button(
        "import_customers", OoxmlBook(path), NEXT, as_of=NEXT.isoformat(), path=str(file), language="zh"
    )
    assert office.press(document, "import_customers", AsOf=NEXT.isoformat(), Path=str(file)) == (True, told.line)
    assert_same(tables(office.book(document)), tables(OoxmlBook(path)))


def test_the_day_typed_counts_until_another_is_typed(twice, office: Office):
    document, _ = twice()
    assert office.press(document, "as_of", AsOf="2026年5月21日") == (True, "")
    try:
        assert office.press(document, "refresh")[1].startswith("已刷新（截至 2026-05-21）")
        assert office.press(document, "as_of", AsOf="五月的某天")[0] is False
        assert office.press(document, "refresh")[1].startswith("没有变化（截至 2026-05-21）")
    finally:
        office.press(document, "as_of", AsOf="")


def test_one_undo_takes_back_all_of_it_and_redo_does_it_again(twice, office: Office):
    document, _ = twice()
    book = office.book(document)
    before = tables(book)
    assert office.press(document, "refresh", AsOf=NEXT.isoformat())[0]
    after, manager = tables(book), document.getUndoManager()
    assert manager.getAllUndoActionTitles() == ("Funnelbook: 刷新",)
    undone(document)
    assert_same(tables(book), before)
    assert not manager.isUndoPossible()
    undone(document, again=True)
    assert_same(tables(book), after)
    undone(document)
    assert_same(tables(book), before)


def test_set_up_can_be_undone_too(twice, office: Office):
    document, _ = twice(template.build("zh", tables=[t.name for t in TABLES.inputs], rows=ROWS))
    sheets, names = document.Sheets.ElementNames, document.NamedRanges.ElementNames
    before = tables(office.book(document))
    assert office.press(document, "adopt", AsOf=DAY.isoformat())[0]
    assert len(document.Sheets.ElementNames) > len(sheets)
    undone(document)
    assert document.Sheets.ElementNames == sheets
    assert document.NamedRanges.ElementNames == names
    assert_same(tables(office.book(document)), before)
    manager = document.getUndoManager()
    assert manager.getAllUndoActionTitles() == ()
    assert not manager.isRedoPossible(), "it would take LibreOffice down"


def protected(document: object, _book: object) -> None:
    document.Sheets.getByName(sheet_name("problems", "zh")).protect("secret")


def crowded(document: object, book: object) -> None:
    """A list stands beside a table that grows, and a note right below it: found when other tables are written already."""
    place = next(lo for lo in book.list_objects() if lo.name == "PlanHistory")
    sheet, area = document.Sheets.getByName(place.sheet), place.area
    for column, row in ((area.right + 1, area.bottom - 1), (area.right + 1, area.bottom), (area.left - 1, area.bottom)):
        sheet.getCellByPosition(column, row).String = "备注"


@pytest.mark.parametrize(
    ("spoil", "said"), [(protected, "受保护"), (crowded, "加行会拆开")], ids=["protected", "crowded"]
)
def test_a_command_that_fails_leaves_the_document_as_it_was(twice, office: Office, spoil, said):
    document, _ = twice()
    spoil(document, office.book(document))
    manager = document.getUndoManager()
    before, modified, steps = tables(office.book(document)), document.isModified(), manager.getAllUndoActionTitles()
    done, line = office.press(document, "refresh", AsOf=NEXT.isoformat())
    assert not done
    assert said in line
    assert_same(tables(office.book(document)), before)
    assert manager.getAllUndoActionTitles() == steps
    assert not manager.isRedoPossible()
    assert document.isModified() == modified


def test_a_command_that_fails_does_not_take_back_what_the_user_did_before(twice, office: Office):
    document, _ = twice()
    assert office.press(document, "refresh", AsOf=NEXT.isoformat())[0]
    after = tables(office.book(document))
    assert not office.press(document, "refresh", AsOf="五月的某天")[0]
    assert_same(tables(office.book(document)), after)
    assert document.getUndoManager().getAllUndoActionTitles() == ("Funnelbook: 刷新",)


def test_the_looks_of_the_template_are_kept_where_a_table_grows(twice, office: Office):
    document, _ = twice()
    book = office.book(document)
    place = next(lo for lo in book.list_objects() if lo.name == "PlanHistory")
    sheet = document.Sheets.getByName(place.sheet)
    office.press(document, "refresh", AsOf=NEXT.isoformat())
    grown = next(lo for lo in book.list_objects() if lo.name == "PlanHistory")
    assert grown.area.bottom > place.area.bottom
    for column in range(place.area.left - 1, place.area.right):
        first, last = (sheet.getCellByPosition(column, row - 1) for row in (place.area.bottom, grown.area.bottom))
        assert [getattr(first, name) for name in _LOOKS] == [getattr(last, name) for name in _LOOKS]


_LOOKS = ("NumberFormat", "CharHeight", "CharFontName", "CellBackColor", "HoriJustify", "CellStyle")


def test_charts_draw_what_a_table_holds_now(twice, office: Office):
    from funnelbook.hosts import libreoffice_charts as charts  # noqa: PLC0415

    document, _ = twice()
    sheet = document.Sheets.getByName(sheet_name("board", "zh"))
    before = charts.ranges(sheet)
    board = next(lo for lo in office.book(document).list_objects() if lo.name == "Board")
    people = document.Sheets.getByName(sheet_name("customers", "zh"))
    owner = next(lo for lo in office.book(document).list_objects() if lo.name == "Customers").area
    heads = [people.getCellByPosition(cell, owner.top - 1).String for cell in range(owner.right)]
    column = heads.index("业务员")
    people.getCellByPosition(column, owner.top).String = "新来的"  # one more person, one more row
    assert office.press(document, "refresh", AsOf=NEXT.isoformat())[0]
    after = charts.ranges(sheet)
    assert after != before
    top = board.area.top + 1
    rows = len(ROWS["People"]) + 1
    for ranges in after.values():
        assert all(text.endswith(f"${top + rows - 1}") for text in ranges)
    undone(document)
    assert charts.ranges(sheet) == before


def test_killing_it_in_the_middle_of_a_command_loses_nothing_on_the_disk(tmp_path, refreshed):
    folder = tmp_path / "office"
    folder.mkdir()
    path = tmp_path / "book.xlsx"
    path.write_bytes(refreshed)
    running = Office(folder)
    try:
        document = running.open(path)
        failed: list[BaseException] = []

        def pressed() -> None:
            try:
                running.press(document, "refresh", AsOf=NEXT.isoformat())
            except Exception as error:  # the connection breaks, with whatever error UNO has for it
                failed.append(error)

        worker = threading.Thread(target=pressed)
        worker.start()
        time.sleep(0.8)
        assert worker.is_alive(), "the command was done before it could be killed"
        running.kill()
        worker.join(30)
        assert failed
    finally:
        running.kill()
    assert path.read_bytes() == refreshed
    path.with_name(
        f".~lock.{path.name}#"
    ).unlink()  # what a killed LibreOffice leaves; who sees it takes the file for open
    assert refresh_file(path, NEXT).status == "done"
