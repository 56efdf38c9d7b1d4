"""FB_ formulas in the cells of a running LibreOffice: loaded as Excel writes them, worked out, worked out anew when their cells change."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from funnelbook import sample
from funnelbook.book.ports import CellError
from funnelbook.formulas.catalogue import FORMULAS, call
from funnelbook.formulas.formula import Formula

pytestmark = pytest.mark.live
NA, VALUE, NAME = 32767, 519, 525


@pytest.fixture
def sheet(tmp_path, opened) -> Callable[[Callable[[object], None]], object]:
    """The sheet of a workbook that a test writes and LibreOffice then opens."""

    def run(write: Callable[[object], None]) -> object:
        path = tmp_path / "book.xlsx"
        with Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
            write(book.add_worksheet("S"))
        return opened(path).Sheets[0]

    return run


def shown(value: object) -> object:
    """A worked value as a cell of LibreOffice holds it."""
    match value:
        case bool() | int():
            return float(value)
        case datetime() | date():
            return float((datetime(value.year, value.month, value.day) - datetime(1899, 12, 30)).days)
        case str() if len(value) == 10 and value[4] == value[7] == "-":
            return shown(date.fromisoformat(value))
        case _:
            return value


@pytest.mark.parametrize("formula", FORMULAS.values(), ids=FORMULAS)
def test_every_example_gives_what_its_page_says(sheet, formula: Formula):
    rows, width = len(formula.gives), len(formula.gives[0])
    got = sheet(lambda s: s.write_array_formula(0, 0, rows - 1, width - 1, formula.example, None, -1))
    cells = got.getCellRangeByPosition(0, 0, width - 1, rows - 1).getDataArray()
    for line, wanted in zip(cells, formula.gives, strict=True):
        for value, worked in zip(line, map(shown, wanted), strict=True):
            assert value == (pytest.approx(worked, abs=1e-6) if isinstance(worked, float) else worked)


ERRORS = {
    '=FB_WORKDAYS("",1)': NA,
    "=FB_SPLIT(1,{1;-1})": VALUE,
    "=FB_NEED(15,{40;12},{0.5})": VALUE,
    "=FB_TIER(A1,B1)": VALUE,  # an argument is missing
    "=FB_NEED(15,Z1:Z2,{0.5;0.4})": NA,  # blank cells
    "=FB_NONE(1)": NAME,
}


def test_errors_are_real_ones(sheet):
    def write(s):
        for i, formula in enumerate(ERRORS):
            s.write_formula(i, 3, formula, None, 0)
            s.write_formula(i, 4, f"=ISERROR(D{i + 1})", None, 0)

    got = sheet(write)
    for i, (formula, code) in enumerate(ERRORS.items()):
        assert got.getCellByPosition(3, i).getError() == code, formula
        assert got.getCellByPosition(4, i).getValue() == 1.0


def test_why_says_in_words_what_is_wrong(sheet):
    got = sheet(lambda s: s.write_formula("A1", '=FB_WHY("FB_NEED",15,{40;12},{0.5})', None, ""))
    assert got.getCellRangeByName("A1").String == "几个参数的个数不一致：2, 1。"


def test_blank_cells_texts_of_numbers_and_days_are_taken_as_meant(sheet):
    def write(s):
        s.write_column(0, 0, ["3", 3, "１"])  # a number typed as text, one in full width
        s.write_datetime(0, 1, datetime(2026, 6, 1))
        s.write_string(0, 2, "2026年6月30日")
        s.write_formula("E1", "=FB_SPLIT(100,A1:A3)", None, 0)
        s.write_formula("F1", "=FB_WORKDAYS(B1,C1)", None, 0)
        s.write_formula("G1", "=FB_SPLIT(10,A1:A2,B5:B6)", None, 0)  # nothing locked

    got = sheet(write)
    assert [got.getCellRangeByName(c).Value for c in ("E1", "F1", "G1")] == [43.0, 22.0, 5.0]


def test_an_error_among_the_cells_given_is_an_error(sheet):
    """LibreOffice itself answers for a formula one of whose cells holds an error, and asks us nothing."""

    def write(s):
        s.write_column(0, 0, ["13800138000", None, "abc"])
        s.write_formula("A2", "=1/0", None, "#DIV/0!")
        s.write_array_formula("C1:C3", "=FB_PHONE(A1:A3)", None, "")
        s.write_formula("D1", "=FB_PHONE(A2)", None, 0)

    got = sheet(write)
    assert all(got.getCellRangeByName(cell).getError() for cell in ("C1", "C2", "C3", "D1"))


def test_days_count_from_1904_in_a_workbook_that_does_so(tmp_path, opened):
    path = tmp_path / "mac.xlsx"
    with Workbook(path, {"date_1904": True, "default_date_format": "yyyy-mm-dd"}) as book:
        s = book.add_worksheet()
        s.write_datetime(0, 0, datetime(2026, 6, 1))
        s.write_formula(0, 1, '=FB_WORKDAYS(A1,"2026-06-30")', None, 0)
        s.write_formula(0, 2, '=FB_NEXT("A",A1,{"B",3;"A",2})', None, 0)
    got = opened(path).Sheets[0]
    assert got.getCellByPosition(1, 0).Value == 22.0
    assert got.getCellByPosition(2, 0).Value - got.getCellByPosition(0, 0).Value == 2.0


class Demo:
    """The sample team's workbook with a sheet of formulas over its tables."""

    def __init__(self, office, document) -> None:
        self.document, self.book = document, office.book(document)
        document.Sheets.insertNewByName("公式", document.Sheets.Count)
        self.sheet = document.Sheets.getByName("公式")
        self.places = {lo.name: lo for lo in self.book.list_objects()}

    def column(self, table: str, at: int) -> tuple[str, list[object]]:
        """A column of a table as a reference, and its cells; `at` counts from 0."""
        area, sheet = self.places[table].area, self.places[table].sheet
        cells = self.document.Sheets.getByName(sheet).getCellRangeByPosition(
            area.left - 1 + at, area.top, area.left - 1 + at, area.bottom - 1
        )
        grid = self.book.grid(sheet)
        return cells.AbsoluteName, [[row[area.left - 1 + at]] for row in grid[area.top : area.bottom]]

    def cell(self, table: str, row: int, at: int) -> object:
        """A cell of a table's body; both count from 0."""
        area = self.places[table].area
        return self.document.Sheets.getByName(self.places[table].sheet).getCellByPosition(
            area.left - 1 + at, area.top + row
        )

    def put(self, formula: str, rows: int, width: int, top: int) -> object:
        cells = self.sheet.getCellRangeByPosition(0, top, width - 1, top + rows - 1)
        cells.setArrayFormula(formula)
        return cells


def test_values_follow_the_cells_they_come_from(office, opened, tmp_path, demo_book):
    path = tmp_path / "demo.xlsx"
    team = sample.team(1, "zh")
    path.write_bytes(demo_book("zh", refreshed=False))
    demo = Demo(office, opened(path))
    as_of = (datetime.combine(team.as_of, datetime.min.time()) - datetime(1899, 12, 30)).days
    made = {}

    def watch(name: str, *arguments: object, rows: int, width: int) -> None:
        """A formula of these columns and numbers, and what the function itself gives for their cells."""
        texts = [demo.column(*a)[0] if isinstance(a, tuple) else f"{a}" for a in arguments]
        cells = demo.put(
            f"={name.replace('_', '.')}({';'.join(texts)})",
            rows,
            width,
            sum(len(c.getDataArray()) for c, _ in made.values()),
        )
        made[name] = (
            cells,
            lambda: call(name, [demo.column(*a)[1] if isinstance(a, tuple) else a for a in arguments], "zh"),
        )

    customers, tiers = [("Customers", k) for k in range(18)], ("Tiers", 1)
    n = 5
    watch("FB_COUNTS", customers[7], tiers, rows=n, width=1)
    watch("FB_RATES", ("Activities", 2), ("Activities", 8), ("Activities", 1), tiers, float(as_of), rows=n, width=6)
    watch("FB_NEXT", customers[7], customers[9], ("Tiers", 1), rows=40, width=1)
    watch("FB_PHONE", customers[3], rows=40, width=1)
    watch("FB_MASK", customers[1], rows=40, width=1)

    def check() -> None:
        demo.document.calculate()
        for name, (cells, function) in made.items():
            rows = function()
            for line, wanted in zip(cells.getDataArray(), rows, strict=False):
                for value, worked in zip(line, wanted, strict=False):
                    assert _alike(value, worked), name

    check()
    before = made["FB_COUNTS"][0].getDataArray()
    demo.cell("Customers", 0, 7).String = "A"
    demo.cell("Customers", 1, 7).String = "A"
    demo.cell("Activities", 5, 8).String = "B"
    demo.cell("Customers", 2, 3).String = "０１０－６２３４５６７８"
    check()
    assert made["FB_COUNTS"][0].getDataArray() != before


def _alike(value: object, worked: object) -> bool:
    if isinstance(worked, CellError):
        return value is None
    worked = shown(worked)
    if isinstance(worked, float):
        return isinstance(value, float) and math.isclose(value, worked, rel_tol=1e-9, abs_tol=1e-9)
    return value == worked


def test_a_workbook_made_for_excel_goes_back_as_it_came(office, tmp_path):
    path = tmp_path / "book.xlsx"
    with Workbook(path) as book:
        s = book.add_worksheet("S")
        s.write_formula("A1", "=FB_SPLIT(100,{3;3;1})+1", None, 0)
        s.write_array_formula("B1:B3", "=FB_SPLIT(100,{3;3;1})", None, 0)
        s.write_formula("C1", '=IF(A1>0,"FB_SPLIT(" & FB_VERSION(),"FB.NEED(")', None, "")
        book.define_name("Parts", "=FB_SPLIT(100,{3;3;1})")
    document = office.open(path)
    assert document.Sheets[0].getCellRangeByName("A1").Value == 44.0
    assert not document.isModified()
    assert document.getUndoManager().getAllUndoActionTitles() == ()
    document.Sheets[0].getCellRangeByName("E1").Value = 1.0
    document.store()
    document.Sheets[0].getCellRangeByName("E1").Value = 2.0
    document.store()  # LibreOffice knows the file as its own: nobody is asked whether to overwrite it
    assert document.Sheets[0].getCellRangeByName("A1").Value == 44.0
    document.close(True)
    kept, values = _read(path)
    assert kept["A1"] == "FB_SPLIT(100,{3;3;1})+1"
    assert kept["B1"] == "FB_SPLIT(100,{3;3;1})"
    assert kept["C1"] == 'IF(A1>0,"FB_SPLIT(" & FB_VERSION(),"FB.NEED(")'
    assert kept["Parts"] == "FB_SPLIT(100,{3;3;1})"
    assert (values["A1"], values["B1"], values["B3"], values["E1"]) == (44, 43, 14, 2)


def _read(path: Path) -> tuple[dict[str, str], dict[str, object]]:
    """Formulas by cell or name, and the values that are kept beside them, by an independent reader."""
    import openpyxl  # noqa: PLC0415

    book = openpyxl.load_workbook(path)
    formulas = {name: defined.attr_text for name, defined in book.defined_names.items()}
    for row in book["S"].iter_rows():
        for cell in row:
            text = getattr(cell.value, "text", cell.value)
            if isinstance(text, str) and text.startswith("="):
                formulas[cell.coordinate] = text[1:]
    values = openpyxl.load_workbook(path, data_only=True)["S"]
    return formulas, {cell.coordinate: cell.value for row in values.iter_rows() for cell in row}
