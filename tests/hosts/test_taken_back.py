"""An engine killed while it writes into a workbook open in Excel: another one takes back what was half written, and no more."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import pytest
import xlsxwriter
import xlwings as xw
from hypothesis import given, settings
from hypothesis import strategies as st

from funnelbook import ribbon, template
from funnelbook.book import marks
from funnelbook.book.labels import header, sheet_name
from funnelbook.book.ports import Area, BookError, TableEdit, TableWrite
from funnelbook.book.schema import TABLES
from funnelbook.files import half_done
from funnelbook.files.half_done import Unfinished
from funnelbook.hosts import excel_steps as steps
from funnelbook.hosts.excel import ExcelBook
from funnelbook.hosts.excel_tables import contents
from funnelbook.hosts.excel_unfinished import take_back
from funnelbook.setup import last_errors
from support.examples import examples
from support.fake_excel import App, Chart, Range, Refused, Sheet
from support.killed import killed_at

ENDED = 2**22 + 1  # no process has such a number


def looks(workbook: xw.Book) -> dict[str, object]:
    """All that a workbook holds: cells, formats, tables, charts, names, sheets."""
    sheets = {
        sheet.name: (
            {at: (sheet.impl.value(*at), sheet.impl.formula_of(*at)) for at in sheet.impl.cells_},
            dict(sheet.impl.formats),
            [(t.title, t.area, t.totals) for t in sheet.impl.listed],
            [chart.only.Formula for chart in sheet.impl.drawn],
        )
        for sheet in workbook.sheets
    }
    return {"sheets": sheets, "names": dict(workbook.impl.defined), "open": [b.name for b in workbook.app.books]}


def write_of(table: str, rows: int) -> TableWrite:
    names = TABLES[table].names
    return TableWrite(
        table, [header(TABLES[table], n, "zh") for n in names], [[f"{n}{i}" for i in range(rows)] for n in names]
    )


@cache
def customers() -> bytes:
    """Customers in A3:C5 with a total and a list beside; summed, named and drawn on another sheet."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        sheet, other = made.add_worksheet("客户"), made.add_worksheet("汇总")
        heads = [{"header": head} for head in ("客户编号", "业务员", "预计金额")]
        body = [["K1", "小李", 1000], ["007", "小张", 20.5]]
        sheet.add_table("A3:C6", {"name": "Liste", "columns": heads, "data": body, "total_row": True})
        sheet.write_row("A6", ["合计", None, "=SUBTOTAL(109,[预计金额])"])
        sheet.write("A8", "备注")
        sheet.write_formula("B9", "=COUNTA(A4:A5)")
        sheet.write_column("E3", ["旁", "a", "b", "c", "d", "e"])
        sheet.write("A12", "订单")
        sheet.write("B12", "金额")
        sheet.write_row("A13", ["o1", 5])
        other.write_formula("A1", "=SUM(客户!C4:C5)")
        made.define_name("金额", "=客户!$C$4:$C$5")
        chart = made.add_chart({"type": "column"})
        chart.add_series({"categories": "=客户!$A$4:$A$5", "values": "=客户!$C$4:$C$5"})
        other.insert_chart("D2", chart)
    return out.getvalue()


def rows_added(app: App) -> tuple[xw.Book, Callable[[ExcelBook], object]]:
    workbook = app.new(customers(), formulas=True)
    workbook.sheets["客户"].impl.formats[4, 3] = "@"
    edit = TableEdit("客户", 3, 5, {(4, 2): "小王", (4, 3): 7.5}, [{1: "K3", 3: 5.0}, {1: "K4"}])
    orders = TableEdit("客户", 12, 13, {(13, 2): date(2026, 5, 20)}, [{1: "o2"}])
    return workbook, lambda book: book.write([], [edit, orders])


def column_added(app: App) -> tuple[xw.Book, Callable[[ExcelBook], object]]:
    workbook = app.new(customers(), formulas=True)
    cells = {(3, 4): "编号", (4, 4): "1", (5, 4): "2", (5, 2): "小王"}
    return workbook, lambda book: book.write([], [TableEdit("客户", 3, 5, cells, column=3, new_column=4)])


@cache
def results() -> bytes:
    return template.build("zh", tables=["Shapes", "Funnel", "Board"])


def tables_written(app: App) -> tuple[xw.Book, Callable[[ExcelBook], object]]:
    workbook = app.new(results())
    ExcelBook(workbook).write([write_of("Shapes", 2), write_of("Funnel", 3), write_of("Board", 2)])
    funnel = workbook.sheets[sheet_name("funnel", "zh")]
    funnel.range("T3").formula = "=SUM(A1:A9)"
    funnel.impl.drawn.append(Chart("=SERIES('漏斗'!$C$20,,'漏斗'!$C$21:$C$22,1)"))
    next(t for sheet in workbook.sheets for t in sheet.tables if t.name == "Board").impl.show_totals = True
    return workbook, lambda book: book.write([write_of("Shapes", 9), write_of("Funnel", 1), write_of("Board", 5)])


@cache
def added_sheets() -> tuple[bytes, bytes]:
    return template.build("zh", tables=["Customers"]), template.build("zh", tables=["People", "Outcomes"])


def sheets_added(app: App) -> tuple[xw.Book, Callable[[ExcelBook], object]]:
    workbook = app.new(added_sheets()[0])
    workbook.names.add("fb_people", "=#REF!")
    workbook.names.add("_funnelbook_fb_people", "=fb_people")

    def run(book: ExcelBook) -> None:
        book.graft(added_sheets()[1], ["业务员", "设置"])
        book.define({marks.NEXT_NUMBER: '"7"'})
        book.write([], [TableEdit("客户", 5, 5, {}, [{1: "K1"}])])

    return workbook, run


@cache
def with_a_calculated_column() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        sheet = made.add_worksheet("客户")
        heads = [{"header": "客户编号"}, {"header": "预计金额"}, {"header": "提成"}]
        body = [["K1", 1000], ["K2", 20.5]]
        sheet.add_table("A3:C6", {"name": "Liste", "columns": heads, "data": body, "total_row": True})
        sheet.write_column("C4", ["=B4*0.1", "=B5*0.1"])
        sheet.write_row("A6", ["合计", "=SUBTOTAL(109,[预计金额])"])
    return out.getvalue()


def formulas_continued(app: App) -> tuple[xw.Book, Callable[[ExcelBook], object]]:
    """Excel itself puts formulas into the rows that are put in above the totals."""
    workbook = app.new(with_a_calculated_column(), formulas=True)
    edit = TableEdit("客户", 3, 5, {}, [{1: "K3", 2: 5.0}, {1: "K4"}])
    return workbook, lambda book: book.write([], [edit])


def formulas_taken_in(app: App) -> tuple[xw.Book, Callable[[ExcelBook], object]]:
    """So it does into rows that a table without totals takes in; there is a row that was typed below it."""
    workbook = app.new(with_a_calculated_column(), formulas=True)
    sheet = workbook.sheets["客户"].impl
    sheet.listed[0].totals, sheet.listed[0].area = False, (3, 1, 5, 3)
    sheet.range((6, 1), (6, 3)).clear_contents()
    sheet.put(6, 1, "K9")
    edit = TableEdit("客户", 3, 6, {(4, 2): 7.0}, [{1: "K3", 2: 5.0}, {1: "K4"}])
    return workbook, lambda book: book.write([], [edit])


WRITES = [rows_added, column_added, tables_written, sheets_added, formulas_continued, formulas_taken_in]


@pytest.mark.parametrize("begin", WRITES)
def test_a_write_that_is_done_leaves_nothing_behind_but_what_it_wrote(begin, tmp_path):
    without, write = begin(App())
    write(ExcelBook(without))
    with_folder, write = begin(App())
    write(ExcelBook(with_folder, tmp_path))
    assert looks(with_folder) == looks(without)
    assert list(tmp_path.iterdir()) == []
    assert take_back(with_folder.app, tmp_path).whole is None


@cache
def as_written(begin) -> dict[str, object]:
    workbook, write = begin(App())
    write(ExcelBook(workbook))
    return looks(workbook)


@settings(max_examples=examples(40), deadline=None)
@given(st.sampled_from(WRITES), st.integers(0, 60), st.booleans(), st.integers(0, 30), st.booleans())
def test_killed_at_any_change_all_is_as_before(begin, change, done, again, done_again):
    """The second one may be killed while it takes back: then the third does."""
    with TemporaryDirectory() as home:
        folder = Path(home)
        workbook, write = begin(App())
        before = looks(workbook)
        with killed_at(change, done=done):
            write(ExcelBook(workbook, folder))
            return  # it was done before
        if marks.UNFINISHED not in workbook.impl.defined:  # nothing was begun, or all is written
            before = as_written(begin) if change else before
        with killed_at(again, done=done_again):
            take_back(workbook.app, folder)
        assert take_back(workbook.app, folder).whole is not False
        assert looks(workbook) == before
        assert half_done.files(folder) == []


@pytest.mark.parametrize("begin", WRITES)
def test_killed_in_the_middle_the_screen_shows_it_until_it_is_taken_back(begin, tmp_path):
    workbook, write = begin(App())
    before = looks(workbook)
    with killed_at(3, done=True) as changes:
        write(ExcelBook(workbook, tmp_path))
    assert len(changes) >= 4
    assert looks(workbook) != before
    assert marks.UNFINISHED in workbook.impl.hidden
    (path,) = half_done.files(tmp_path)
    assert os.name != "posix" or stat.S_IMODE(path.stat().st_mode) == 0o600
    assert take_back(workbook.app, tmp_path).whole is True
    assert looks(workbook) == before


def half_written(app: App, folder: Path) -> tuple[xw.Book, dict[str, object]]:
    workbook, write = rows_added(app)
    before = looks(workbook)
    with killed_at(6, done=True):
        write(ExcelBook(workbook, folder))
    return workbook, before


def test_the_file_opened_again_is_not_touched(tmp_path):
    closed, _ = half_written(App(), tmp_path)
    app = closed.app
    closed.close()
    opened, _ = rows_added(app.impl)
    opened.sheets["客户"].range("B4").value = "没有存过的"
    before = looks(opened)
    assert take_back(app, tmp_path).whole is None
    assert looks(opened) == before
    assert half_done.files(tmp_path) == [], "nobody needs it any more"


def test_what_an_excel_that_has_ended_left_is_removed_and_that_of_another_one_stays(tmp_path):
    workbook, before = half_written(App(), tmp_path)
    app = workbook.app
    kept = half_done.place(tmp_path, os.getppid(), "other")
    for path in (half_done.place(tmp_path, ENDED, "a"), tmp_path / "unfinished-x-b.jsonl", kept):
        path.write_bytes(b"")
    half_done.drop(tmp_path)
    assert {path.name.split("-")[1] for path in half_done.files(tmp_path)} == {str(app.pid), str(os.getppid())}
    assert take_back(app, tmp_path).whole is True
    assert looks(workbook) == before
    assert half_done.files(tmp_path) == [kept]


@pytest.mark.parametrize("torn", [b'["Cells", {"she', b'["Cells", {}'])
def test_a_record_that_was_cut_short_is_none(tmp_path, torn):
    workbook, before = half_written(App(), tmp_path)
    (path,) = half_done.files(tmp_path)
    with path.open("ab") as file:
        file.write(torn)
    assert take_back(workbook.app, tmp_path).whole is True
    assert looks(workbook) == before


def test_without_its_file_it_is_said_that_it_is_not_taken_back(tmp_path):
    workbook, _ = half_written(App(), tmp_path)
    (path,) = half_done.files(tmp_path)
    path.unlink()
    assert take_back(workbook.app, tmp_path).whole is False
    assert take_back(workbook.app, tmp_path).whole is None
    assert marks.UNFINISHED not in workbook.impl.defined


def test_what_excel_refuses_to_take_back_is_said_and_the_rest_is_taken_back(tmp_path):
    workbook, write = rows_added(App())
    before = looks(workbook)["sheets"]["客户"]
    with killed_at(99, done=True) as changes:
        write(ExcelBook(workbook))
    workbook, write = rows_added(App())
    with killed_at(len(changes) - 1, done=False):  # the last one but for what it would tell
        write(ExcelBook(workbook, tmp_path))
    assert workbook.sheets["汇总"].range("A1").formula == "=SUM(客户!C4:C7)"
    workbook.sheets["汇总"].impl.protected = True
    assert take_back(workbook.app, tmp_path).whole is False
    assert looks(workbook)["sheets"]["客户"] == before
    assert take_back(workbook.app, tmp_path).whole is None


class _Full(Unfinished):
    """On a disk that is full after three records."""

    def add(self, record: bytes) -> None:
        if len(self.records) == 3:
            raise OSError(28, "No space left on device")
        super().add(record)


@pytest.mark.parametrize("full", ["from the start", "later"])
def test_a_disk_that_takes_nothing_keeps_nobody_from_writing(tmp_path, monkeypatch, full):
    without, write = rows_added(App())
    write(ExcelBook(without))
    workbook, write = rows_added(App())
    if full == "later":
        monkeypatch.setattr("funnelbook.hosts.excel_unfinished.Unfinished", _Full)
    write(ExcelBook(workbook, tmp_path if full == "later" else tmp_path / "no folder" / "here"))
    assert looks(workbook) == looks(without)
    assert list(tmp_path.iterdir()) == []


def test_killed_where_nothing_could_be_kept_it_is_said_that_it_is_half_written(tmp_path):
    workbook, write = rows_added(App())
    with killed_at(6, done=True):
        write(ExcelBook(workbook, tmp_path / "no folder" / "here"))
    assert take_back(workbook.app, tmp_path).lost == [workbook.name]


def test_a_file_of_a_disk_that_is_full_goes_all_the_same(tmp_path):
    path = half_done.place(tmp_path, 1, "a")
    file = Unfinished(path)

    def full() -> None:
        raise OSError(28, "No space left on device")

    file._file = SimpleNamespace(close=full)
    file.remove()
    assert not path.exists()


def test_rows_that_were_never_put_in_are_not_taken_out(tmp_path):
    """Killed between the note and the rows; then somebody wrote below."""
    workbook, _ = rows_added(App())
    sheet = workbook.sheets["客户"]
    step = steps.Inserted.of(sheet, Area(6, 1, 7, 3))
    last = sheet.used_range.last_cell.row
    sheet.range((last + 2, 1)).value = "后来写的"
    before = looks(workbook)
    step.undo(workbook)
    assert looks(workbook) == before


@pytest.mark.parametrize("change", range(3, 9))
def test_rows_that_a_filter_hides_are_taken_back_too(tmp_path, change):
    """Blank rows at the end of a table, as a filter hides them: the first new ones go there."""
    workbook = App().new(customers(), formulas=True)
    sheet = workbook.sheets["客户"].impl
    sheet.listed[0].totals, sheet.listed[0].area = False, (3, 1, 8, 3)
    sheet.range((6, 1), (6, 3)).clear_contents()
    sheet.range((8, 1)).clear_contents()
    sheet.hidden = frozenset({5, 6, 7, 8})
    before = looks(workbook)
    with killed_at(change, done=True) as changes:
        ExcelBook(workbook, tmp_path).write([], [TableEdit("客户", 3, 5, {}, [{1: f"K{i}", 3: 5.0} for i in range(4)])])
    assert len(changes) == change + 1
    assert take_back(workbook.app, tmp_path).whole is True
    assert looks(workbook) == before


def test_where_rows_are_cannot_be_told_the_rest_stays_and_that_is_said(tmp_path):
    """The orders further down were written first, then rows were put in above them; somebody wrote on below."""
    workbook, write = rows_added(App())
    with killed_at(99, done=True) as changes:
        write(ExcelBook(workbook, tmp_path))
    workbook, write = rows_added(App())
    with killed_at(changes.index("insert"), done=True):
        write(ExcelBook(workbook, tmp_path))
    sheet = workbook.sheets["客户"]
    sheet.range("A30").value = "后来写的"
    before = looks(workbook)["sheets"]
    assert take_back(workbook.app, tmp_path).failed == [workbook.name]
    assert looks(workbook)["sheets"] == before


def test_a_refused_write_leaves_nothing_behind(tmp_path):
    workbook, write = rows_added(App())
    before = looks(workbook)
    workbook.sheets["客户"].impl.refusing_at = (6, 1)
    with pytest.raises(BookError):
        write(ExcelBook(workbook, tmp_path))
    assert looks(workbook) == before
    assert list(tmp_path.iterdir()) == []


def test_a_refused_write_that_excel_does_not_take_back_either_is_told_so(monkeypatch):
    workbook, write = rows_added(App())
    workbook.sheets["客户"].impl.refusing_at = (6, 1)

    def refused(*_: object) -> None:
        raise Refused("not these rows")

    monkeypatch.setattr(Range, "delete", refused)
    with pytest.raises(BookError) as told:
        write(ExcelBook(workbook))
    assert told.value.code == "excel_refused_back"


def test_an_error_somebody_typed_comes_back_as_an_error():
    cells = SimpleNamespace(
        formula2=(("#N/A", "=1/0", "x"),), options=lambda **_: SimpleNamespace(value=[["#N/A", "#DIV/0!", "x"]])
    )
    assert contents(cells) == [["#N/A", "=1/0", "x"]]


@pytest.mark.parametrize(("text", "held"), [("333.333333333333", 333.333333333333), ("", Decimal("333.3333"))])
def test_money_comes_back_with_all_its_digits(text, held):
    """COM rounds it to four; what a cell holds stands in its formula."""
    cells = SimpleNamespace(formula2=((text,),), options=lambda **_: SimpleNamespace(value=[[Decimal("333.3333")]]))
    assert contents(cells) == [[held]]


def test_steps_are_the_same_when_read_again():
    rows = [["'007", 1.5, None, True], ["=SUM(A1:A2)", datetime(2026, 5, 20, 9, 30), Decimal("12.34"), "\ud83d客户\n"]]
    for step in (
        steps.Cells("客户", 3, 1, rows),
        steps.AllNames({"$day": "1", "名字": "客户!$A$1"}),
        steps.Inserted("客户", 1, 1, 2, 16384, 9, rows),
    ):
        line = steps.encoded(step)
        assert b"\n" not in line
        assert steps.decoded(line) == step


@pytest.fixture
def pressed(monkeypatch):
    """A workbook half written by a button whose engine was killed, and how it was before."""
    monkeypatch.setenv("FUNNELBOOK_LANG", "zh")
    app = App()
    workbook, before = half_written(app, half_done.folder_of(last_errors.of_user()))
    monkeypatch.setattr(xw.Book, "_mock_caller", workbook, raising=False)
    return app, workbook, before


def test_the_engine_started_anew_takes_back_and_says_so(pressed):
    app, workbook, before = pressed
    ribbon.press(ribbon.TAKE_BACK)
    assert looks(workbook) == before
    assert len(app.alerts) == 1 and "已经退回" in app.alerts[0]
    ribbon.press(ribbon.TAKE_BACK)
    assert len(app.alerts) == 2 and "没有写到一半的内容" in app.alerts[1]


def test_the_next_button_begins_by_taking_back_if_one_says_yes(pressed):
    app, workbook, before = pressed
    app.answer = "yes"
    ribbon.press("funnel")
    assert looks(workbook) == before
    assert workbook.name in app.alerts[0] and "退回吗" in app.alerts[0]


def test_what_somebody_wants_to_keep_stays_and_is_not_asked_about_again(pressed):
    app, workbook, _ = pressed
    app.answer = "no"
    half = looks(workbook)
    ribbon.press("funnel")
    assert looks(workbook)["sheets"] == half["sheets"]
    asked = [alert for alert in app.alerts if "退回吗" in alert]
    ribbon.press("funnel")
    assert [alert for alert in app.alerts if "退回吗" in alert] == asked != []
    assert half_done.files(half_done.folder_of(last_errors.of_user())) == []


def test_what_cannot_be_taken_back_is_said(pressed):
    app, workbook, _ = pressed
    for path in half_done.files(half_done.folder_of(last_errors.of_user())):
        path.unlink()
    ribbon.press(ribbon.TAKE_BACK)
    assert len(app.alerts) == 1
    assert "请不要保存" in app.alerts[0] and workbook.name in app.alerts[0]


def test_a_mark_saved_with_the_file_is_told_once_and_keeps_no_button_from_its_work(pressed):
    app, workbook, _ = pressed
    for path in half_done.files(half_done.folder_of(last_errors.of_user())):
        path.unlink()
    ribbon.press("funnel")
    told = [alert for alert in app.alerts if "以前有一次写到一半" in alert]
    ribbon.press("funnel")
    assert [alert for alert in app.alerts if "以前有一次写到一半" in alert] == told
    assert len(told) == 1
    assert marks.UNFINISHED not in workbook.impl.defined


def test_a_button_that_needs_no_workbook_looks_at_none(pressed):
    app, workbook, before = pressed
    ribbon.press("about")
    assert looks(workbook) != before
    assert len(app.alerts) == 1
    ribbon.press(ribbon.TAKE_BACK)


def test_added_sheets_that_do_not_go_again_are_told(monkeypatch):
    monkeypatch.setenv("FUNNELBOOK_LANG", "zh")
    app = App()
    workbook = app.new(added_sheets()[0])
    monkeypatch.setattr(xw.Book, "_mock_caller", workbook, raising=False)

    def refused(*_: object, **__: object) -> None:
        raise Refused("not this sheet")

    monkeypatch.setattr(Sheet, "delete", refused)
    monkeypatch.setattr(ExcelBook, "write", refused)
    ribbon.press("adopt")
    assert len(app.alerts) == 1
    assert "没能全部退回" in app.alerts[0]
