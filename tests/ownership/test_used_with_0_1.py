"""Workbooks that were set up and used with 0.1.0 are refreshed by this version: what is the user's is as it was, byte for byte."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from funnelbook.book import result_tables
from funnelbook.book.encode import row_keys
from funnelbook.book.labels import sheet_name
from funnelbook.book.locate import locate
from funnelbook.book.schema import TABLES
from funnelbook.commands.open import open_book
from funnelbook.commands.refresh_files import refresh_book
from support.packages import members

MADE = Path(__file__).parents[1] / "made_by_0_1"
LATER = date(2026, 5, 21)
LOGS = ("History", "PlanHistory", "TargetHistory")
# The user's: own sheets with a note, a chart and columns of his own, a hidden one; then tabs renamed, hidden and moved
THEIRS = {"zh": ("客户名单", "打电话", "我的笔记"), "en": ("My list", "Calls made", "My notes")}
RENAMED = {"zh": "老板看的差距", "en": "Gap for the boss"}
OWN_COLUMN = {"zh": "我的评语", "en": "My comment"}
HIDDEN = {"zh": ("我的笔记", "日历"), "en": ("My notes", "Calendar")}
MOVED = {"zh": "龙虎榜", "en": "Board"}


def states(path: Path) -> dict[str, str]:
    workbook = openpyxl.load_workbook(path, read_only=True)
    return {sheet.title: sheet.sheet_state for sheet in workbook.worksheets}


def own_values(path: Path, language: str) -> dict[str, object]:
    board = result_tables.read_all(open_book(path))["Board"]
    values = dict(board.user.added[OWN_COLUMN[language]])
    assert set(values) <= set(row_keys(TABLES["Board"], board.frame))
    return values


@pytest.mark.parametrize("language", ["zh", "en"])
def test_all_that_is_the_users_is_as_it_was(tmp_path, language):
    path = tmp_path / "used.xlsx"
    path.write_bytes((MADE / f"used.{language}.xlsx").read_bytes())
    before, tabs, parts, mine = (
        result_tables.read_all(open_book(path)),
        states(path),
        members(path),
        own_values(path, language),
    )
    logged = {name: before[name].frame for name in LOGS}
    assert len(mine) >= 3
    assert len(logged["History"])
    assert list(tabs)[1] == MOVED[language]
    assert [tabs[name] for name in HIDDEN[language]] == ["hidden", "hidden"]

    assert refresh_book(open_book(path), LATER).written

    now = states(path)
    assert [name for name in now if name in tabs] == list(tabs)
    assert {name: now[name] for name in tabs} == tabs
    assert RENAMED[language] in now
    assert own_values(path, language) == mine
    rules = locate(open_book(path)).places["PoolRules"]  # came later, and stands with the other rules
    assert (rules.sheet, rules.header_row) == (sheet_name("settings", language), 5)
    after = result_tables.read_all(open_book(path))
    for name in LOGS:
        assert after[name].frame.head(len(logged[name])).equals(logged[name])
    kept = members(path)
    theirs = [name for name in parts if "comment" in name or "/charts/chart1.xml" in name or "vmlDrawing" in name]
    assert theirs
    assert [name for name in theirs if kept[name] != parts[name]] == []
    old, new = openpyxl.load_workbook(MADE / f"used.{language}.xlsx"), openpyxl.load_workbook(path)
    if (
        language == "en"
    ):  # 0.1.0 knew no column of times called When: its calls are read since, and tiers say the same as the log
        told = {row[1]: row[5] for row in old["Calls made"].iter_rows(min_row=2, values_only=True) if row[5]}
        followed = [row for row in old["My list"].iter_rows(min_row=2) if row[0].value in told]
        assert len(followed) > 10
        for row in followed:
            row[3].value = told[row[0].value]
    for title in THEIRS[language]:
        assert [[cell.value for cell in row] for row in new[title]] == [
            [cell.value for cell in row] for row in old[title]
        ]
    assert not refresh_book(open_book(path), LATER).written
