"""What stands twice, in one file or in one given twice, is taken once, and so it is said."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from funnelbook.book.read_otherwise import short
from funnelbook.commands.import_calls import import_calls
from funnelbook.commands.import_customers import stage_customers
from funnelbook.commands.open import open_book
from support.exchanged import rows
from support.phone_systems import CUSTOMERS, phone_book

DAY = date(2026, 5, 20)
HEAD = "call time,phone,agent,disposition,duration\n"


def calls(tmp_path: Path, log: str, times: int = 1):
    path, file = phone_book(tmp_path / "team.xlsx"), tmp_path / "log.csv"
    file.write_text(log, "utf-8")
    return path, import_calls(path, [file] * times, as_of=DAY)


@pytest.mark.parametrize(
    ("time", "taken"),
    [
        ("2026-05-19 09:00:00", 1),
        ("2026-05-19 09:00:07", 1),
        ("2026-05-19 09:00", 2),  # two tries in a minute are two
        ("2026-05-19", 2),
    ],
)
def test_the_same_line_is_one_call_where_its_time_says_the_second(tmp_path, time, taken):
    path, report = calls(tmp_path, HEAD + f"{time},13800138001,Ann,No answer,0:30\n" * 2)
    assert (report.added, len(rows(path, "Activities"))) == (taken, taken)
    assert report.problems["problem"].str.startswith("The same row stands in the file before").sum() == 2 - taken
    assert import_calls(path, [tmp_path / "log.csv"], as_of=DAY).added == 0


def test_lines_that_differ_in_any_cell_are_two_calls(tmp_path):
    _, report = calls(tmp_path, HEAD + "".join(f"2026-05-19 09:00:00,13800138001,Ann,No answer,0:3{i}\n" for i in "01"))
    assert report.added == 2


def test_times_that_all_end_in_full_minutes_do_not_say_the_second(tmp_path):
    lines = [f"2026-05-19 09:{i:02}:00,13800138001,Ann,No answer,0:30\n" for i in range(30)]
    _, report = calls(tmp_path, HEAD + "".join(lines) + lines[0])
    assert report.added == 31


def test_one_line_says_how_many_rows_name_a_person_nobody_knows(tmp_path):
    lines = [f"2026-05-19 09:{i:02}:07,13800138001,Zoe,No answer,0:30\n" for i in range(16)]
    _, report = calls(tmp_path, HEAD + "".join(lines))
    (told,) = report.problems["problem"][report.problems["column"] == "owner"]
    assert "Not in People" in told
    assert "16 in all" in told


def test_a_file_given_twice_counts_its_cells_once(tmp_path):
    log = HEAD + "5月19日 9点07分,13800138001,Ann,CBX,3分25秒\n"
    _, once = calls(tmp_path, log)
    _, twice = calls(tmp_path, log, times=2)
    assert once.otherwise
    assert (twice.otherwise, twice.unread) == (once.otherwise, once.unread)
    assert (twice.added, twice.known) == (1, 1)


def test_an_example_shows_its_end():
    assert short("2026-05-19 09:00:00 +0800") == "2026-05-19 0…00:00 +0800"
    assert short("19.05.2026 09:00 +08:00") == "19.05.2026 09:00 +08:00"


LIST = """姓名,手机,客户等级,备注,邮箱
张三,,B,无电话,
张三,,B,另一个,
李四,,B,,li@x.cn
李四,,B,,li@x.cn
大同,,C,,LI@x.cn
"""


def test_a_row_without_a_phone_is_there_already_the_second_time(tmp_path):
    known = [CUSTOMERS[0] | {"email": "a@x.cn"}]
    path, file = phone_book(tmp_path / "team.xlsx", Customers=known), tmp_path / "list.csv"
    file.write_text(LIST, "utf-8")

    def taken():
        return stage_customers(open_book(path), [file], {}, as_of=DAY).write()

    first = taken()
    assert (first.added, first.same_phone, first.alike) == (3, 2, 0)
    assert first.problems["problem"].str.contains("row 4").any()
    assert rows(path, "Customers")["name"].tolist() == ["Acme", "张三", "张三", "李四"]
    before = path.read_bytes()
    again = taken()
    assert (again.added, again.same_phone, again.alike) == (0, 3, 2)
    assert path.read_bytes() == before


def test_rows_that_are_equal_are_added_once(tmp_path):
    path, file = phone_book(tmp_path / "team.xlsx"), tmp_path / "list.csv"
    file.write_text("姓名,手机,备注\n张三,,无电话\n 张三,,无电话\n张三,13600001111,\n张三,13600002222,\n", "utf-8")
    report = stage_customers(open_book(path), [file], {}, as_of=DAY).write()
    assert (report.added, report.same_phone, report.alike) == (3, 0, 1)
    assert pd.notna(report.problems["row"]).all()
