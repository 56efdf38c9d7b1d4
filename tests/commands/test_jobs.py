"""What the ten jobs of the day, week and month cost in cells typed and clicks: done, counted, and held against docs/jobs.md."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from funnelbook import template
from funnelbook.book.labels import header, sheet_name
from funnelbook.book.schema import SEEN_AT_FIRST, TABLES
from funnelbook.commands.buttons import ButtonResult, press_button
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.commands.show import show
from funnelbook.hosts.ooxml.host import OoxmlBook
from support.external import ROOT

DAY = date(2026, 6, 3)
CUSTOMERS = [
    {"id": f"K{i:02}", "name": f"{name}公司", "phone": f"1380013{i:04}", "owner": owner, "tier": "D", "created": date(2026, 5, 1),
     "next_contact": None if i == 3 else DAY}
    for i, (name, owner) in enumerate([("大地", "小李"), ("大海", "小李"), ("高山", "小张"), ("长江", "小张")])
]  # fmt: skip
CALLS = [
    {"activity_id": f"H{i}", "at": datetime(2026, 5, 20 + i, 10), "id": row["id"], "owner": row["owner"], "channel": "电话",
     "outcome": "愿意了解", "note": "要资料"}
    for i, row in enumerate(CUSTOMERS)
]  # fmt: skip
ROWS = {
    "Customers": CUSTOMERS,
    "Activities": CALLS,
    "Orders": [{"order_id": "D1", "date": date(2026, 5, 20), "id": "K03", "owner": "小张", "amount": 900.0}],
    "People": [{"person": "小李", "start": date(2025, 1, 1)}, {"person": "小张", "start": date(2025, 1, 2)}],
    "Targets": [
        {"period": "2026-06", "person": "团队", "orders": 8, "agreed_on": date(2026, 6, 1), "agreed_by": "团队会议"},
        *({"period": "2026-06", "person": who, "proposed_orders": 4} for who in ("小李", "小张")),
    ],
}  # fmt: skip


class Manager:
    """Somebody before an open workbook, whose every cell typed and click counts."""

    def __init__(self, path: Path) -> None:
        self.path, self.cells, self.clicks = path, 0, 0

    def types(self, table: str, key: str, **entries: object) -> None:
        """Types into the row whose key column holds `key`; the first row of the table for none."""
        schema = TABLES[table]
        book = openpyxl.load_workbook(self.path)  # the test's own way in; a user's workbook is never saved like this
        sheet, found = next((s, s.tables[table]) for s in book if table in s.tables)
        top = sheet[found.ref.split(":")[0]].row
        heads = {cell.value: cell.column for cell in sheet[top]}
        columns = {name: heads[header(schema, name, "zh")] for name in ("id" if key else schema.names[0], *entries)}
        row = next(r for r in range(top + 1, sheet.max_row + 1) if not key or sheet.cell(r, columns["id"]).value == key)
        for name, value in entries.items():
            sheet.cell(row, columns[name]).value = value
            self.cells += 1
        book.save(self.path)

    def presses(self, button: str, folder: Path | None = None) -> ButtonResult:
        """Clicks a button of the ribbon, and OK where it asks for a folder."""
        self.clicks += 1 + (folder is not None)
        return press_button(button, OoxmlBook(self.path), DAY, path=str(folder or ""), language="zh")

    def sees(self, key: str) -> list[str]:
        """What stands on a sheet; one that is not in front takes a click on its tab."""
        book = OoxmlBook(self.path)
        name = sheet_name(key, "zh")
        assert key in SEEN_AT_FIRST
        self.clicks += book.sheets()[0] != name
        return [str(cell) for row in book.grid(name) for cell in row if cell not in (None, "")]

    def reads(self, table: str) -> pd.DataFrame:
        """A table as it stands, to see that the job is done; no part of it."""
        return show(self.path, TABLES[table], as_of=DAY)


def log_a_call(manager: Manager) -> None:
    manager.types("CallList", "K00", outcome="已报价", next_contact=date(2026, 6, 8), next_purpose="签约")
    manager.presses("log")
    assert manager.reads("Activities").iloc[-1][["id", "outcome", "next_purpose"]].tolist() == ["K00", "已报价", "签约"]


def log_an_order(manager: Manager) -> None:
    agreed = {"outcome": "成交", "next_contact": "下周三", "next_purpose": "回访", "amount": "1.2万"}
    manager.types("CallList", "K00", **agreed)
    manager.presses("log")
    assert manager.reads("Orders").iloc[-1][["id", "owner", "amount"]].tolist() == ["K00", "小李", 12_000.0]


def tick_off_care(manager: Manager) -> None:
    assert "关怀" in manager.reads("CallList").set_index("id")["purpose"]["K03"]
    manager.types("CallList", "K03", outcome="✓")
    manager.presses("log")
    assert manager.reads("Activities").iloc[-1][["id", "outcome"]].tolist() == ["K03", "已关怀"]


def see_whom_to_talk_to(manager: Manager) -> None:
    seen = manager.sees("today")
    after = iter(seen)
    next(text for text in after if "今天要谈的" in text)
    assert next(text for text in after if text in ("小李", "小张"))
    assert len(next(text for text in after if not text[0].isdigit())) > 10, "one sentence with the cause and the action"


def see_the_chance(manager: Manager) -> None:
    assert re.search(r"达成把握 ?\d+%", "".join(manager.sees("today")[:7]))


def agree_a_target(manager: Manager) -> None:
    manager.presses("targets_agree")
    assert manager.reads("Targets")["agreed_on"].notna().sum() == 3


def hand_over_a_customer(manager: Manager) -> None:
    manager.types("Customers", "K00", owner="小张")
    manager.presses("refresh")
    calls = manager.reads("CallList").set_index("id")["person"]
    assert calls["K00"] == "小张"


def find_a_history(manager: Manager) -> None:
    shown = manager.presses("find")
    assert shown.sheet == sheet_name("find", "zh")
    manager.types("Found", "", search="大地")
    manager.presses("find")
    assert "activity" in set(manager.reads("Found")["kind"])


def publish_the_board(manager: Manager) -> None:
    folder = manager.path.parent / "board"
    folder.mkdir()
    manager.presses("publish", folder)
    assert [page.suffix for page in folder.iterdir()] == [".html"]


def print_the_meeting(manager: Manager) -> None:
    shown = manager.presses("meeting")
    manager.clicks += 1  # Ctrl+P
    sheet = openpyxl.load_workbook(manager.path)[shown.sheet]
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("landscape", None)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


JOBS: dict[str, tuple[Callable[[Manager], None], int, int]] = {  # the most cells and clicks; None: not told
    "登记电话": (log_a_call, 3, 1),
    "登记订单": (log_an_order, 4, 1),
    "看今天找谁谈": (see_whom_to_talk_to, 0, 2),
    "看达成把握": (see_the_chance, 0, 2),
    "确认目标": (agree_a_target, 0, 2),
    "换业务员": (hand_over_a_customer, 1, 2),
    "查客户往来": (find_a_history, 1, 2),
    "发龙虎榜": (publish_the_board, 0, 2),
    "打印会议材料": (print_the_meeting, 0, 2),
    "关怀做完": (tick_off_care, 1, 2),
}


@pytest.fixture(scope="module")
def refreshed(tmp_path_factory) -> bytes:
    made = tmp_path_factory.mktemp("jobs") / "团队.xlsx"
    made.write_bytes(template.build("zh", rows=ROWS))
    assert refresh_file(made, DAY).status == "done"
    return made.read_bytes()


@pytest.mark.parametrize("name", JOBS)
def test_a_job_takes_as_many_cells_and_clicks_as_the_page_says(name, refreshed, tmp_path):
    path = tmp_path / "团队.xlsx"
    path.write_bytes(refreshed)
    manager = Manager(path)
    job, most_cells, most_clicks = JOBS[name]
    job(manager)
    assert (manager.cells, manager.clicks) == told()[name]
    assert manager.cells <= most_cells
    assert manager.clicks <= most_clicks


def test_the_page_tells_of_these_jobs():
    assert list(told()) == list(JOBS)


def told() -> dict[str, tuple[int, int]]:
    """By job, the cells and clicks of the first table of the page."""
    page = (ROOT / "docs" / "jobs.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\S+) / [^|]+\| (\d+) \| (\d+) \|", page, re.MULTILINE)
    return {name: (int(cells), int(clicks)) for name, cells, clicks in rows}
