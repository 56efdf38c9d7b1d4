"""Call logs as phone systems write them: what their times, durations and numbers are read as."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from funnelbook.commands.call_log.columns import log_columns
from funnelbook.commands.import_calls import import_calls
from support.exchanged import CUSTOMERS, DAY, rows, team
from support.phone_systems import phone_book

TWO_NUMBERS = {"id": "K4", "name": "丁公司", "owner": "小张", "phone": "13711112222/13733334444"}
ABROAD = {"id": "K5", "name": "戊公司", "owner": "小张", "phone": "+1 415 555 0132"}


def taken_in(tmp_path, log: str, column: str, **mapping: str) -> tuple[list[object], list[str]]:
    """What stands in a column of Activities after the import of a log, and the problems told."""
    path, file = team(tmp_path / "team.xlsx", Customers=[*CUSTOMERS, TWO_NUMBERS, ABROAD]), tmp_path / "log.csv"
    file.write_text(log, "utf-8")
    report = import_calls(path, [file], {("Activities", k): v for k, v in mapping.items()}, as_of=DAY)
    assert report.added == log.count("13800138000") + log.count("13733334444") + log.count("4155550132")
    new = rows(path, "Activities").iloc[3:]
    return new[column].astype(object).where(new[column].notna(), None).tolist(), report.problems["problem"].tolist()


def test_a_day_and_its_time_in_two_columns(tmp_path):
    log = "Date,Time,Phone,Agent\n2026-05-19,14:05:00,13800138000,小李\n2026-05-18,下午4:30,13800138000,小李\n"
    assert taken_in(tmp_path, log, "at") == ([datetime(2026, 5, 19, 14, 5), datetime(2026, 5, 18, 16, 30)], [])


def test_days_that_would_lie_ahead_the_other_way_round(tmp_path):
    log = "call time,phone\n07/05/2026 09:00,13800138000\n08/05/2026 09:00,13800138000\n"
    assert taken_in(tmp_path, log, "at") == ([datetime(2026, 5, 7, 9), datetime(2026, 5, 8, 9)], [])


def test_times_of_other_zones_are_told_as_ours(tmp_path):
    log = "call time,phone\n2026-05-19T08:10:21+08:00,13800138000\n2026-05-19T16:30:00Z,13800138000\n"
    assert taken_in(tmp_path, log, "at")[0] == [datetime(2026, 5, 19, 8, 10, 21), datetime(2026, 5, 20, 0, 30)]


@pytest.mark.parametrize(
    ("head", "said", "minutes"),
    [
        ("duration", ["2m 31s", "3分25秒", "151秒", "00:02:31.000", "-"], [2.517, 3.417, 2.517, 2.517, None]),
        ("duration", ["3", "1.5", "21"], [3, 1.5, 21]),
        ("通话时长(秒)", ["180", "95"], [3, 1.583]),
        ("Duration (min)", ["30", "25"], [30, 25]),
        ("billsec", ["180", "95"], [3, 1.583]),
    ],
)
def test_durations(tmp_path, head, said, minutes):
    log = f"call time,phone,{head}\n" + "".join(f"2026-05-19 09:0{i},13800138000,{d}\n" for i, d in enumerate(said))
    mapped = {"minutes": head} if "min" in head else {}
    got, problems = taken_in(tmp_path, log, "minutes", **mapped)
    assert got == [pytest.approx(m, abs=5e-4) if m else None for m in minutes]
    assert problems == []


def test_numbers_too_large_for_minutes_are_seconds_and_it_is_said(tmp_path):
    log = "call time,phone,duration\n2026-05-19 09:00,13800138000,180\n2026-05-19 09:10,13800138000,1260\n"
    assert taken_in(tmp_path, log, "minutes") == ([3, 21], ["时长没有写单位，2 个数按秒读取并计入"])


def test_the_talk_counts_and_not_the_ringing(tmp_path):
    log = "call time,phone,Ringing,Talking\n2026-05-19 09:15:12,13800138000,00:00:12,00:02:30\n"
    assert taken_in(tmp_path, log, "minutes") == ([2.5], [])


def test_every_number_a_customer_has_in_any_spelling(tmp_path):
    dialled = ["1.3800138000E+10", "sip:13800138000@10.0.0.1", "13800138000.0", "13733334444", "14155550132"]
    log = "call time,phone\n" + "".join(f"2026-05-19 09:0{i},{d}\n" for i, d in enumerate(dialled))
    path, file = team(tmp_path / "team.xlsx", Customers=[*CUSTOMERS, TWO_NUMBERS, ABROAD]), tmp_path / "log.csv"
    file.write_text(log, "utf-8")
    report = import_calls(path, [file], as_of=DAY)
    assert rows(path, "Activities")["id"].tolist()[3:] == ["K2", "K2", "K2", "K4", "K5"]
    assert len(report.problems) == 0


@pytest.mark.parametrize("head", ["Number", "Contact", "Customer", "客户"])
def test_a_number_is_the_phone_where_phones_stand_below(tmp_path, head):
    log = f"Date,Time,Agent,{head},Call length\n2026-05-19,09:00,Ann,13800138001,0:03:10\n2026-05-19,09:10,Ann,13900139002,0:00:30\n"
    path = phone_book(tmp_path / "team.xlsx")
    path.with_name("log.csv").write_text(log, "utf-8")
    report = import_calls(path, [path.with_name("log.csv")], as_of=date(2026, 5, 20))
    assert report.added == 2
    calls = rows(path, "Activities")
    assert calls["minutes"].round(4).tolist() == [3.1667, 0.5]
    assert calls["owner"].tolist() == ["Ann", "Ann"]


def test_a_number_that_counts_the_rows_is_no_phone():
    heads = ["Date", "Time", "Agent", "Number", "Call length"]
    grid = [heads, *(["2026-05-19", "09:00", "Ann", number, "0:03:10"] for number in (10000001.0, 10000002.0))]
    assert log_columns(grid, {}) is None
