"""Where the user has our names, ours are called otherwise, and nothing of theirs is touched."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest
from openpyxl import load_workbook

from funnelbook.book import result_tables
from funnelbook.book.schema import TABLES
from funnelbook.commands.adopt import adopt
from funnelbook.commands.buttons import press_button
from funnelbook.commands.check import check
from funnelbook.commands.log_call import log_call
from funnelbook.commands.open import open_book
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.commands.show import show
from funnelbook.menu import BY_NAME, Does
from support.cases import first
from support.packages import CUSTOMERS
from support.rivals import CUSTOMER_SHEET, KINDS, NAMES, SHEET_NAMES, defined, parts, taken

DAY = date(2026, 5, 20)
LANGUAGES = ("zh", "en")
CASES = [("tables", "zh"), ("tables", "en"), ("names", "zh"), ("local names", "en")]


@pytest.mark.parametrize("kind", KINDS)
def test_a_workbook_that_was_never_adopted_is_left_alone(tmp_path, kind):
    path = taken(tmp_path / "book.xlsx", kind)
    before = path.read_bytes()
    report = refresh_file(path, DAY)
    assert (report.status, path.read_bytes()) == ("left_out", before)
    assert "启用漏斗" in report.message
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(("kind", "language"), first(1, CASES))
def test_everything_of_the_users_stays_byte_for_byte(tmp_path, kind, language):
    path = taken(tmp_path / "book.xlsx", kind)
    theirs, names = parts(path), defined(path)
    assert len(names) == (0 if kind == "tables" else len(NAMES))
    adopt(path, as_of=DAY, language=language)
    assert (parts(path), defined(path)) == (theirs, names)
    assert refresh_file(path, DAY, language).status == "done"
    log_call(path, "K1", {"tier": "B", "note": "谈过"}, as_of=DAY)
    assert (parts(path), defined(path)) == (theirs, names)
    assert refresh_file(path, DAY, language, again=True).status == "unchanged"
    book = open_book(path)
    places = result_tables.present(book)
    for table in TABLES.results:
        assert list(result_tables.read(book, table, places[table.name]).frame.columns) == list(table.names)
    assert show(path, TABLES["Customers"], as_of=DAY)["id"].tolist() == ["K1", "K2"]
    assert show(path, TABLES["Activities"], as_of=DAY)["note"].tolist() == ["谈过"]


@pytest.mark.parametrize("kind", first(1, KINDS))
def test_names_are_used_once_and_ours_refer_to_ours(tmp_path, kind):
    path = taken(tmp_path / "book.xlsx", kind)
    adopt(path, as_of=DAY, language="zh")
    book = load_workbook(path)
    tables = {table.name: sheet.title for sheet in book for table in sheet.tables.values()}
    used = Counter(name.casefold() for name in (*tables, *book.defined_names))
    assert not [name for name, count in used.items() if count > 1]
    read = 0
    for name, found in book.defined_names.items():
        for table in re.findall(r"(\w+)\[", found.attr_text):
            assert tables[table] not in SHEET_NAMES, f"{name} reads a table of the user's"
            read += 1
    assert read > 100
    ours = [sheet for sheet in book.worksheets if sheet.title not in (*SHEET_NAMES, CUSTOMER_SHEET)]
    lists = {
        v.formula1
        for sheet in ours
        for v in sheet.data_validations.dataValidation
        if v.type == "list" and not v.formula1.startswith('"')
    }
    assert len(lists) == 7
    assert all(text in book.defined_names for text in lists)
    formulas = [
        str(c.value.text if hasattr(c.value, "text") else c.value)
        for s in ours
        for row in s
        for c in row
        if c.data_type == "f"
    ]
    track = {name for text in formulas for name in re.findall(r"(?:today|track|guide)_\w+", text)}
    assert len(track) > 30
    assert all(name in book.defined_names and "[" in book.defined_names[name].attr_text for name in track)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_button_leads_to_our_sheet_and_never_to_the_users(tmp_path, language):
    path = taken(tmp_path / "book.xlsx", "tables")
    shows = [name for name, command in BY_NAME.items() if command.does is Does.SHEET]
    assert len(shows) > 6
    adopt(path, as_of=DAY, language=language)
    book = open_book(path)
    for name in shows:
        assert press_button(name, book, DAY, language=language).sheet not in SHEET_NAMES


def test_what_is_not_set_up_can_still_be_checked(tmp_path):
    path = taken(tmp_path / "book.xlsx", "tables")
    assert check(path, as_of=DAY)["table"].eq("Customers").all()
    assert len(CUSTOMERS) == 3
