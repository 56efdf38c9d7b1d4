"""A closed workbook sent to Funnelbook from Explorer: what its user is shown and asked, and what becomes of the file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from funnelbook.commands import setup as commands
from funnelbook.hosts.ooxml.host import OoxmlBook
from funnelbook.windows import sent_to, setup
from funnelbook.windows.common_dialogs import picked
from funnelbook.words import say

DAY = date(2026, 5, 20)


class Watched:
    """A screen with somebody before it: what they are shown, and what they open."""

    def __init__(self, *answers: bool, picks: tuple[Path, ...] = ()) -> None:
        self.answers, self.picks = [*answers], picks
        self.shown: list[str] = []
        self.opened: list[Path] = []

    def tell(self, text: str) -> None:
        self.shown.append(text)

    def asks(self, text: str) -> bool:
        self.shown.append(text)
        return self.answers.pop(0)

    def choose(self) -> list[Path]:
        return [*self.picks]

    def working(self, text: str, work: Callable[[], object]) -> object:
        self.shown.append(text)
        return work()

    def open(self, path: Path) -> None:
        self.opened.append(path)


@pytest.fixture(autouse=True)
def spoken(monkeypatch) -> None:
    """What a link chooses to speak ends with the test."""
    monkeypatch.setenv("FUNNELBOOK_LANG", "zh")


@pytest.fixture
def team(demo_book, tmp_path) -> Path:
    path = tmp_path / "漏斗.xlsx"
    path.write_bytes(demo_book(refreshed=False))
    return path


def own_list(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet("客户")
        sheet.write_row(0, 0, ("客户编号", "客户名称", "电话", "级别"))
        sheet.write_row(1, 0, ("C1", "东方贸易", "13800138000", "B"))
    return path


def test_a_workbook_is_refreshed_and_opened_again(team):
    screen, before = Watched(True), team.read_bytes()
    sent_to.refresh([team], DAY, "zh", screen)
    working, done = screen.shown
    assert "正在刷新 漏斗.xlsx" in working
    assert "漏斗.xlsx" in done and "现在打开吗" in done
    assert screen.opened == [team] and team.read_bytes() != before


def test_where_no_program_opens_it_that_is_told(team, monkeypatch):
    screen = Watched(True)

    def no_program(path: Path) -> None:
        raise OSError(1155, "no application is associated", str(path))

    monkeypatch.setattr(screen, "open", no_program)
    sent_to.refresh([team], DAY, "zh", screen)
    assert "没有打开它的程序" in screen.shown[-1] and "已经刷新好" in screen.shown[-1]


def test_double_clicked_it_asks_which_workbook(team):
    screen = Watched(False, picks=(team,))
    sent_to.refresh([], DAY, "zh", screen)
    assert len(screen.shown) == 2 and not screen.opened
    nobody = Watched()
    sent_to.refresh([], DAY, "zh", nobody)
    assert not nobody.shown, "who thinks better of it hears nothing"


@pytest.mark.parametrize("wanted", [True, False])
def test_a_list_of_ones_own_is_set_up_only_when_that_is_wanted(tmp_path, wanted):
    path = own_list(tmp_path / "客户.xlsx")
    screen, before = Watched(wanted, False), path.read_bytes()
    sent_to.refresh([path], DAY, "zh", screen)
    assert "还没有启用漏斗" in screen.shown[1]
    assert (path.read_bytes() != before) is wanted
    assert (say("sheets.today", "zh") in OoxmlBook(path).sheets()) is wanted
    assert ("现在打开吗" in screen.shown[-1]) is wanted


def test_what_is_refused_is_told_and_stays_as_it_is(tmp_path):
    path = tmp_path / "坏.xlsx"
    path.write_bytes(b"no workbook")
    screen = Watched()
    sent_to.refresh([path], DAY, "zh", screen)
    assert "坏.xlsx" in screen.shown[-1] and len(screen.shown) == 2
    assert path.read_bytes() == b"no workbook"


def test_a_folder_is_refreshed_and_each_workbook_told_of(team, tmp_path):
    own_list(tmp_path / "客户.xlsx")
    screen = Watched()
    sent_to.refresh([tmp_path], DAY, "zh", screen)
    told = screen.shown[-1].splitlines()
    assert len(told) == 2 and "客户.xlsx" in told[0] and "漏斗.xlsx" in told[1]
    empty = tmp_path / "空"
    empty.mkdir()
    sent_to.refresh([empty], DAY, "zh", screen)
    assert "没有找到" in screen.shown[-1]


@pytest.mark.parametrize("broken", ["a list without customers", "an error nobody thought of"])
def test_whatever_goes_wrong_is_a_sentence(tmp_path, monkeypatch, broken):
    path = own_list(tmp_path / "客户.xlsx")
    if broken == "a list without customers":
        with xlsxwriter.Workbook(path) as made:
            made.add_worksheet().write(0, 0, "空")
    else:
        monkeypatch.setattr(sent_to, "refresh", lambda *_: 1 / 0)
    screen, before = Watched(True), path.read_bytes()
    sent_to.main("en", str(path), screen=screen)
    assert screen.shown[-1] and "Traceback" not in screen.shown[-1]
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("C:/用户/a.xlsx\0\0\0", [Path("C:/用户/a.xlsx")]),
        ("C:/用户\0a.xlsx\0b c.xlsm\0\0junk\0\0", [Path("C:/用户/a.xlsx"), Path("C:/用户/b c.xlsm")]),
    ],
)
def test_what_the_dialog_of_windows_gives_back(given, wanted):
    assert picked(given) == wanted


def test_a_step_of_setup_exe_tells_in_a_file_why_not(tmp_path):
    told = tmp_path / "said.txt"
    assert setup.main("ready", "zh", str(told)) == setup.REFUSED, "there is no Excel on Linux"
    assert told.read_text("utf-16") == say("no_excel_here", "zh")
    assert told.read_bytes()[:2] == b"\xff\xfe", "as NSIS reads it"


def test_a_step_of_setup_exe_that_breaks_tells_too(tmp_path, monkeypatch):
    monkeypatch.setattr(commands, "make_way", lambda: 1 / 0)
    told = tmp_path / "said.txt"
    assert setup.main("ready", "en", str(told)) == setup.REFUSED
    assert "ZeroDivisionError" in told.read_text("utf-16")
    monkeypatch.setattr(commands, "make_way", lambda: None)
    assert (setup.main("ready", "en", str(told)), told.read_text("utf-16")) == (setup.DONE, "")
