"""Which tabs are seen: at first twelve, as the day goes; after that it is the user's, and no refresh touches it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlwings as xw

from funnelbook import template
from funnelbook.book.labels import sheet_name
from funnelbook.book.schema import TABLES
from funnelbook.commands.adopt import adopt_book
from funnelbook.commands.buttons import press_button
from funnelbook.commands.open import open_book
from funnelbook.commands.refresh_files import refresh_book
from funnelbook.hosts.excel import ExcelBook
from funnelbook.words import LANGUAGES
from support import small_team
from support.cases import first
from support.fake_excel import App
from support.packages import plain

DAY = date(2026, 5, 20)
MOST = 12
OF_THE_DAY = {
    "zh": ["今日", "今日电话", "客户", "跟进记录", "订单", "漏斗", "周计划", "龙虎榜", "诊断", "客户关怀", "目标", "数据检查"],
    "en": [
        "Today", "Today's calls", "Customers", "Activities", "Orders", "Funnel", "Week plan", "Board", "Diagnosis", "Care", "Targets",
        "Problems",
    ],
}  # fmt: skip
MADE = Path(__file__).parents[1] / "made_by_0_1"


def states(path: Path) -> dict[str, bool]:
    """Whether each sheet of a file is seen, in tab order."""
    return {
        sheet.title: sheet.sheet_state == "visible" for sheet in openpyxl.load_workbook(path, read_only=True).worksheets
    }


def seen(found: Mapping[str, bool]) -> list[str]:
    return [name for name, shown in found.items() if shown]


@pytest.mark.parametrize("kind", ["template", "demo"])
@pytest.mark.parametrize("language", first(1, LANGUAGES))
def test_twelve_at_most_are_seen_in_the_order_of_the_day(tmp_path, demo_book, language, kind):
    path = tmp_path / "book.xlsx"
    path.write_bytes(template.path(language).read_bytes() if kind == "template" else demo_book(language))
    found = states(path)
    assert seen(found) == OF_THE_DAY[language]
    assert list(found)[:MOST] == seen(found), "those hidden stand behind them"


def test_an_adopted_workbook_is_seen_with_those_of_the_day_it_lacked(tmp_path):
    path = plain(tmp_path / "book.xlsx", sheet="客户名单")
    adopt_book(open_book(path), as_of=DAY)
    wanted = [name for name in OF_THE_DAY["zh"] if name != "客户"]
    assert seen(states(path)) == [wanted[0], "客户名单", *wanted[1:]]


def changed(path: Path) -> dict[str, bool]:
    """A user hides the funnel and the list of calls, and has the people and the report of the day seen."""
    book = openpyxl.load_workbook(path)
    for key in ("funnel", "calls"):
        book[sheet_name(key, "zh")].sheet_state = "hidden"
    for key in ("people", "daily_report"):
        book[sheet_name(key, "zh")].sheet_state = "visible"
    book.save(path)
    return states(path)


def test_a_refresh_leaves_what_is_seen_and_what_is_hidden(tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(template.build("zh", rows=small_team.rows()))
    assert refresh_book(open_book(path), DAY).written
    before = changed(path)
    assert refresh_book(open_book(path), date(2026, 5, 21)).written
    assert states(path) == before


@pytest.mark.parametrize("language", first(1, LANGUAGES))
@pytest.mark.parametrize("kind", ["template", "adopted"])
def test_a_workbook_of_0_1_0_keeps_order_and_state_of_its_sheets(tmp_path, kind, language):
    path = tmp_path / "book.xlsx"
    path.write_bytes((MADE / f"{kind}.{language}.xlsx").read_bytes())
    before = states(path)
    refresh_book(open_book(path), DAY)
    after = states(path)
    first, *others = after.items()
    assert first == (sheet_name("today", language), True)
    assert others[: len(before)] == list(before.items())
    assert not any(shown for _, shown in others[len(before) :])


def in_excel(package: bytes) -> ExcelBook:
    return ExcelBook(App().new(package))


def states_in(book: ExcelBook) -> dict[str, bool]:
    workbook: xw.Book = book._book
    return {sheet.name: sheet.visible for sheet in workbook.sheets}


def test_in_excel_the_same_are_seen_and_stay_so(tmp_path):
    book = in_excel(plain(tmp_path / "book.xlsx", sheet="客户名单").read_bytes())
    adopt_book(book, as_of=DAY)
    wanted = [name for name in OF_THE_DAY["zh"] if name != "客户"]
    assert seen(states_in(book)) == [wanted[0], "客户名单", *wanted[1:]]
    book.show(sheet_name("daily_report", "zh"))
    before = states_in(book)
    refresh_book(book, DAY)
    assert states_in(book) == before
    assert before[sheet_name("daily_report", "zh")]


@pytest.mark.parametrize("name", ["daily_report", "causes", "guide", "meeting"])
def test_a_button_shows_a_sheet_that_is_hidden(name):
    book = in_excel(template.path("zh").read_bytes())
    assert not states_in(book)[sheet_name(name, "zh")]
    book.show(press_button(name, book, DAY, as_of="", path="", language="zh").sheet)
    assert states_in(book)[sheet_name(name, "zh")]


@pytest.mark.live
def test_in_libreoffice_the_same_are_seen_and_stay_so(opened, office, tmp_path):
    document = opened(plain(tmp_path / "book.xlsx", sheet="客户名单"))

    def press(name: str) -> None:
        done, line = office.press(document, name, AsOf=DAY.isoformat())
        assert done, line

    def states_now() -> dict[str, bool]:
        return {name: document.Sheets.getByName(name).IsVisible for name in document.Sheets.ElementNames}

    press("adopt")  # what it would do, to look at
    press("adopt")
    wanted = [name for name in OF_THE_DAY["zh"] if name != "客户"]
    assert seen(states_now()) == [wanted[0], "客户名单", *wanted[1:]]
    press("daily_report")
    before = states_now()
    press("refresh")
    assert states_now() == before
    assert before[sheet_name("daily_report", "zh")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_today_names_every_sheet_and_says_how_one_is_shown(language):
    book = openpyxl.load_workbook(template.path(language), data_only=True)
    sheet = book[sheet_name("today", language)]
    texts = {
        cell.value for row in sheet.iter_rows(min_col=2, max_col=16) for cell in row if isinstance(cell.value, str)
    }
    every = {sheet_name(key, language) for key in TABLES.sheets if key not in TABLES.hidden_sheets}
    assert every <= texts
    assert any({"zh": "取消隐藏", "en": "Unhide"}[language] in text for text in texts)


def test_a_workbook_whose_settings_name_a_language_is_set_up_in_it_whatever_is_asked_for(tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(template.build("en", tables=["Customers", "People", "Settings"]))
    adopt_book(open_book(path), as_of=DAY, language="zh")
    assert refresh_book(open_book(path), DAY).language == "en"
    today = openpyxl.load_workbook(path, data_only=True)["Today"]
    assert "Team" in [cell.value for cell in today[1]]
    assert not [cell.value for cell in today[2] if cell.value and "nobody of this name" in str(cell.value)]
