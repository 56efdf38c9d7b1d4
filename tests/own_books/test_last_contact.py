"""A column of the day of the last contact (最后跟进时间, Last Activity Date) is a contact, so that nobody is called stale who is not."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from funnelbook.book.schema import TABLES
from funnelbook.commands.adopt import adopt
from funnelbook.commands.open import open_book, read_inputs
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.commands.show import show

DAY, NEXT = date(2026, 5, 20), date(2026, 5, 21)


def listed(path: Path, header: str, first: object, second: object, note: str = "") -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["客户", "电话", "跟进人", "录入日期", header, "跟进情况"])
    sheet.append(["甲厂", "13800138001", "李娜", datetime(2026, 1, 5), first, note])
    sheet.append(["乙厂", "13800138002", "李娜", datetime(2026, 1, 5), second, ""])
    book.save(path)
    return path


def contacts(path: Path) -> list[tuple[str, str, object, object]]:
    frame = read_inputs(open_book(path), NEXT).frames["Activities"].sort_values(["id", "at"])
    return [(a.id, f"{a.at:%m-%d}", a.outcome, a.note) for a in frame[["id", "at", "outcome", "note"]].itertuples()]


@pytest.mark.parametrize("header", ["最后跟进时间", "最近联系", "Last Activity Date"])
@pytest.mark.parametrize(("first", "second"), [(datetime(2026, 5, 18), datetime(2026, 5, 6)), ("2026/5/18", "5月6日")])
def test_the_day_of_the_last_contact_is_one(tmp_path, header, first, second):
    path = listed(tmp_path / "k.xlsx", header, first, second)
    adopt(path, as_of=DAY)
    assert [(who, day, outcome) for who, day, outcome, _ in contacts(path)] == [
        ("K0001", "05-18", None),
        ("K0002", "05-06", None),
    ]
    refresh_file(path, DAY)
    problems = show(path, TABLES["Problems"], as_of=DAY)["problem"]
    assert not [text for text in problems if "天没有联系" in text]
    assert len(contacts(path)) == 2, "once is enough"


def test_a_note_of_that_day_says_more(tmp_path):
    path = listed(tmp_path / "k.xlsx", "最后跟进时间", "2026-05-08", "2026-05-06", "5/3 电话，有意向；5/8 已报价 9800")
    adopt(path, as_of=DAY)
    assert [(who, day, note) for who, day, _, note in contacts(path)] == [
        ("K0001", "05-03", "5/3 电话，有意向"), ("K0001", "05-08", "5/8 已报价 9800"), ("K0002", "05-06", "2026-05-06 最后跟进时间"),
    ]  # fmt: skip


def test_a_later_day_is_another_contact_and_a_note_that_comes_later_is_the_same_one(tmp_path):
    path = listed(tmp_path / "k.xlsx", "最后跟进时间", "2026-05-08", "2026-05-06")
    adopt(path, as_of=DAY)
    book = openpyxl.load_workbook(path)
    book["Sheet"]["E2"], book["Sheet"]["F3"] = "2026-05-20", "5/6 电话，没人接"
    book.save(path)
    refresh_file(path, NEXT)
    assert [(who, day) for who, day, *_ in contacts(path)] == [
        ("K0001", "05-08"),
        ("K0001", "05-20"),
        ("K0002", "05-06"),
    ]
