"""A workbook of another country: its phones, and times told in its zone."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from funnelbook import template
from funnelbook.book.checks import check as check_inputs
from funnelbook.cli import main
from funnelbook.commands.check import check
from funnelbook.commands.fix import fix
from funnelbook.commands.import_calls import stage
from funnelbook.commands.open import open_book, read_inputs
from funnelbook.domain import zones
from support.sheets import book_of

DAY = date(2026, 5, 20)
CUSTOMERS = [
    {"id": "K1", "name": "Acme", "owner": "Ann", "phone": "(415) 555-0132"},
    {"id": "K2", "name": "Beta", "owner": "Ann", "phone": "+1 415-555-0132"},
    {"id": "K3", "name": "Gamma", "owner": "Ann", "phone": "212 555 0123"},
]


def book(path: Path, **settings: str) -> Path:
    rows = {"Customers": CUSTOMERS, "People": [{"person": "Ann", "active": True}], "Activities": [],
            "Settings": [{"key": key, "value": value} for key, value in settings.items()]}  # fmt: skip
    path.write_bytes(template.build("en", rows=rows))
    return path


def times(path: Path, text: str, **given: object) -> list[datetime]:
    log = path.with_suffix(".csv")
    log.write_text(f"call time,phone,agent\n{text}\n", "utf-8")
    stage(open_book(path), [log], {}, as_of=DAY, **given).write()
    return [at.to_pydatetime() for at in read_inputs(open_book(path), DAY).frames["Activities"]["at"]]


def test_phones_are_read_by_the_country_of_the_workbook(tmp_path):
    path = book(tmp_path / "us.xlsx", country="us", timezone="America/New_York")
    problems = check(path, as_of=DAY)
    phones = problems[problems["column"] == "phone"]
    assert phones["row"].tolist() == [read_inputs(open_book(path), DAY).frames["Customers"]["row"][1]], (
        "K2 has the phone of K1"
    )
    assert times(path, "2026-05-19 09:00,14155550132,Ann") == [datetime(2026, 5, 19, 9)]
    assert read_inputs(open_book(path), DAY).frames["Activities"]["id"].tolist() == ["K1"]
    assert fix(path, as_of=DAY, dry_run=True).rows["new"].tolist() == ["4155550132", "4155550132", "2125550123"]


def test_in_china_they_are_no_numbers(tmp_path):
    path = book(tmp_path / "cn.xlsx")
    assert read_inputs(open_book(path), DAY).settings.country == "CN"
    assert fix(path, as_of=DAY, dry_run=True).rows["old"].tolist() == ["+1 415-555-0132"]


@pytest.mark.parametrize(
    ("said", "meant"),
    [("2026-05-19T09:00+08:00", datetime(2026, 5, 18, 21)), ("2026-05-19T13:00Z", datetime(2026, 5, 19, 9)),
     ("2026-01-19 13:00 UTC", datetime(2026, 1, 19, 8)), ("2026-05-19 09:00", datetime(2026, 5, 19, 9))],
)  # fmt: skip
def test_a_time_with_an_offset_is_told_in_the_zone_of_the_workbook(tmp_path, said, meant):
    path = book(tmp_path / "us.xlsx", country="US", timezone="America/New_York")
    assert times(path, f"{said},4155550132,Ann") == [meant]


def test_a_log_of_another_zone_is_told_in_that_of_the_workbook(tmp_path):
    path = book(tmp_path / "cn.xlsx")
    both = "2026-05-18 21:00,+14155550132,Ann\n2026-05-18T21:00Z,+14155550132,Ann"
    assert times(path, both, zone=zones.named("America/New_York")) == [
        datetime(2026, 5, 19, 9),
        datetime(2026, 5, 19, 5),
    ]


def test_the_command_line_takes_the_zone_and_refuses_one_there_is_not(tmp_path):
    path, log = book(tmp_path / "cn.xlsx"), tmp_path / "log.csv"
    log.write_text("call time,phone,agent\n2026-05-18 21:00,+14155550132,Ann\n", "utf-8")
    run = CliRunner().invoke(main, ["import", str(log), "--to", str(path), "--timezone", "Mars/Base", "--lang", "en"])
    assert (run.exit_code, "no such time zone" in run.output) == (2, True)
    CliRunner().invoke(main, ["import", str(log), "--to", str(path), "--timezone", "+02:00", "--as-of", "2026-05-20"])
    assert read_inputs(open_book(path), DAY).frames["Activities"]["at"].tolist() == [pd.Timestamp(2026, 5, 19, 3)]


def test_a_setting_that_is_none_is_told(tmp_path):
    path = book(tmp_path / "bad.xlsx", country="中国", timezone="Asia/Beijing")
    problems = check(path, as_of=DAY)
    assert problems[problems["table"] == "Settings"]["value"].tolist() == ["中国、Asia/Beijing"]


DMY = ["19/05/2026", "20/05/2026"]


@pytest.mark.parametrize(
    ("real", "read"),
    [
        ([datetime(2026, 7, 5), datetime(2026, 8, 5)], ["2026-05-07", "2026-05-08"]),
        (
            [datetime(2026, 7, 5), datetime(2026, 4, 30)],
            ["2026-07-05", "2026-04-30"],
        ),  # no month has 30: it was not exchanged
        ([datetime(2026, 3, 5), datetime(2026, 4, 5)], ["2026-03-05", "2026-04-05"]),  # nothing lies ahead
    ],
)
def test_days_that_a_program_exchanged_are_read_the_other_way_round_and_that_is_said(real, read):
    rows = [[f"K{i}", "甲", "李娜", day] for i, day in enumerate([*DMY, *real])]
    inputs = read_inputs(book_of(名单=[["客户编号", "客户名称", "业务员", "录入日期"], *rows]), date(2026, 5, 20))
    assert inputs.frames["Customers"]["created"].dt.strftime("%Y-%m-%d").tolist() == ["2026-05-19", "2026-05-20", *read]
    told = {found.code: found.fields["count"] for found in inputs.problems.found}
    assert told.get("flipped_day") == (2 if read[0] == "2026-05-07" else None)


@pytest.mark.parametrize(
    ("numbers", "country"),
    [
        (["07700 900123", "07700 900456", "020 7946 0958", "0161 496 0000", "07911 123456"], "GB"),
        (["(415) 555-0132", "212 555 0123", "312-555-0199"], "US"),
        (["0412 345 678", "0423 456 789", "02 9876 5432"], "AU"),
    ],
)
def test_numbers_of_another_country_are_told_once_with_the_setting_to_change(numbers, country):
    text = "Customer ID | Name | Phone | Owner\n" + "\n".join(
        f"K{i} | Firm {i} | {number} | Ann" for i, number in enumerate(numbers)
    )
    found = [of for of in check_inputs(read_inputs(book_of(customers=text), DAY), DAY).found if of.column == "phone"]
    assert [(of.code, len(of.rows), of.fields["other"]) for of in found] == [("other_country", 1, country)]
    frame = check_inputs(read_inputs(book_of(customers=text), DAY), DAY).lines("en")
    assert sum(f"(Settings: country = {country})" in text for text in frame["problem"]) == 1
    settings = f"key | value\ncountry | {country}"
    after = check_inputs(read_inputs(book_of(customers=text, settings=settings), DAY), DAY).found
    assert [of.code for of in after if of.column == "phone"] in ([], ["bad_phone"])


def test_numbers_of_china_are_none_of_another_country():
    text = "Customer ID | Name | Phone | Owner\n" + "\n".join(
        f"K{i} | Firm {i} | {number} | Ann"
        for i, number in enumerate(["13800138001", "0755-82345678", "0770-2345678", "010 6234 5678", "4008001234"])
    )
    assert [
        of for of in check_inputs(read_inputs(book_of(customers=text), DAY), DAY).found if of.column == "phone"
    ] == []
