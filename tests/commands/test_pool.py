"""The pool in a file and in a stand-in for Excel: decisions typed there are carried out in one write, which can be undone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import xlwings as xw
from click.testing import CliRunner

from funnelbook import ribbon
from funnelbook.book.schema import TABLES
from funnelbook.cli import main
from funnelbook.commands.handout import handout
from funnelbook.commands.open import open_book
from funnelbook.commands.pool import pool
from funnelbook.commands.refresh_files import refresh_book
from funnelbook.commands.show import show
from funnelbook.commands.transfer import transfer
from funnelbook.commands.undo import undo
from funnelbook.hosts.excel import ExcelBook
from support.compare import assert_same, tables
from support.exchanged import rows
from support.fake_excel import App
from support.pooled import DAY, SAID, built, decide

OWNERS = ["小李", "小李", "小李", "小张", None]
AFTER = [None, "小张", "小李", "小张", "小王"]  # 小王 has nobody and is first, then 小张 has as few


@pytest.fixture(scope="module")
def decided(tmp_path_factory) -> bytes:
    path = tmp_path_factory.mktemp("pool") / "team.xlsx"
    path.write_bytes(built())
    refresh_book(open_book(path), DAY)
    decide(open_book(path), SAID)
    return path.read_bytes()


@pytest.fixture
def path(tmp_path, decided) -> Path:
    path = tmp_path / "team.xlsx"
    path.write_bytes(decided)
    return path


def owners(path: Path, table: str = "Customers") -> list[str | None]:
    return rows(path, table)["owner"].tolist()


def test_all_at_once_past_results_stay_and_one_step_puts_it_back(path):
    data = path.read_bytes()
    assert owners(path) == OWNERS
    report = pool(path, as_of=DAY)
    assert report.text("zh") == "公海已办理：收回 1 个、分出 2 个（小张 1、小王 1）、保留 1 个。"
    assert owners(path) == AFTER
    assert (owners(path, "Activities"), owners(path, "Orders")) == (["小李", "小张"], ["小李"])
    done = path.read_bytes()
    assert pool(path, as_of=DAY).text("zh") == "公海里没有要办理的决定。"
    assert path.read_bytes() == done
    undo(path)
    assert path.read_bytes() == data


def test_on_the_command_line(path):
    told = CliRunner().invoke(main, ["pool", str(path), "--as-of", DAY.isoformat(), "--json"], catch_exceptions=False)
    assert (told.exit_code, json.loads(told.output)) == (
        0,
        {"taken": 1, "given": {"小张": 1, "小王": 1}, "kept": 1, "waiting": 0},
    )
    decide(open_book(path), {"K1": "再想想"})
    told = CliRunner().invoke(main, ["pool", str(path), "--as-of", DAY.isoformat(), "--lang", "en"])
    assert told.exit_code == 1
    assert "1 decision was not carried out; Problems says why." in told.output


def test_in_excel_the_button_does_what_the_file_host_does(path, monkeypatch):
    monkeypatch.delenv("FUNNELBOOK_LANG", raising=False)
    app = App()
    workbook = app.new(path.read_bytes())
    monkeypatch.setattr(xw.Book, "_mock_caller", workbook, raising=False)
    ribbon.press("pool", DAY.isoformat())
    assert app.alerts == []
    assert app.status_bar == "公海已办理：收回 1 个、分出 2 个（小张 1、小王 1）、保留 1 个。"
    pool(path, as_of=DAY)
    assert_same(tables(ExcelBook(workbook)), tables(open_book(path)))


def test_who_is_handed_over_has_the_whole_time_of_the_rules(path):
    transfer(path, "小李", "小张", as_of=DAY)
    assert show(path, TABLES["PoolHistory"], as_of=DAY)["reason"].tolist() == ["移交"] * 3
    refresh_book(open_book(path), DAY)
    assert set(show(path, TABLES["Pool"], as_of=DAY)["owner"].dropna()) == {"小李"}  # what was decided before


def test_nobody_is_handed_the_rules_of_the_pool(path, tmp_path):
    handout(path, tmp_path / "out", as_of=DAY)
    mine = open_book(tmp_path / "out" / "小李.xlsx")
    assert "PoolRules" not in {place.name for place in mine.list_objects()}
