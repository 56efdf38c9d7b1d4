"""Call logs that could be taken wrongly: numbers that only count, other customers' ids, later exports, legs, agents, files."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from funnelbook.book.person_names import Staff, paired
from funnelbook.book.ports import BookError
from funnelbook.book.schema import TABLES
from funnelbook.commands.adopt import adopt
from funnelbook.commands.import_calls import import_calls, stage
from funnelbook.commands.open import open_book
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.commands.show import show
from funnelbook.domain import phone
from support.cases import first
from support.examples import examples
from support.exchanged import rows
from support.phone_systems import phone_book

DAY = date(2026, 5, 20)
NUMBERED = [
    {"id": "1", "name": "Acme", "phone": "13800138001", "owner": "Ann", "tier": "E"},
    {"id": "2", "name": "Borea", "phone": "13900139002", "owner": "Ben", "tier": "D"},
    {"id": "4", "name": "Cairn", "phone": "13711112222", "owner": "Ben", "tier": "D"},
]


def taken(path: Path, log: str, name: str = "log.csv", **mapped: str) -> list[str]:
    """The problems told of a log that is taken into a workbook."""
    file = path.with_name(name)
    file.write_text(log, "utf-8")
    mapping = {("Customers" if column == "phone" else "Activities", column): head for column, head in mapped.items()}
    return import_calls(path, [file], mapping, as_of=DAY).problems["problem"].tolist()


@pytest.mark.parametrize("head", ["编号", "ID", "No.", "序号", "Customer no"])
@pytest.mark.parametrize("number", ["客户号码", "phone", "被叫号码", "Number Dialled"])
def test_the_number_of_a_row_is_nobodys_id(tmp_path, head, number):
    path = phone_book(tmp_path / "team.xlsx", Customers=NUMBERED)
    told = taken(
        path,
        f"{head},call time,{number},agent\n1,2026-05-19 09:00,13711112222,Ben\n2,2026-05-19 09:10,13800138001,Ann\n",
    )
    assert rows(path, "Activities")["id"].tolist() == ["4", "1"]
    assert bool(told) == (head == "Customer no"), "a customer's number that names another customer is told"


def test_a_number_of_the_row_alone_is_refused(tmp_path):
    path = phone_book(tmp_path / "team.xlsx", Customers=NUMBERED)
    before = path.read_bytes()
    for log in ("编号,call time,agent\n1,2026-05-19,Ann\n2,2026-05-19,Ben\n", "ID,call time\n4,2026-05-19\n"):
        with pytest.raises(BookError) as caught:
            taken(path, log)
        assert caught.value.code == "no_log"
    assert path.read_bytes() == before


def test_a_number_of_two_customers_goes_to_who_spoke_or_is_told(tmp_path):
    both = [{**NUMBERED[0]}, {**NUMBERED[1], "phone": "13800138001"}]
    path = phone_book(tmp_path / "team.xlsx", Customers=both)
    log = "call time,phone,agent\n2026-05-19 09:00,13800138001,Ben\n2026-05-19 09:10,13800138001,\n"
    assert [text for text in taken(path, log) if "Several customers" in text]
    assert rows(path, "Activities")["id"].tolist() == ["2", "1"]


NOON = "call time,phone,agent,disposition,duration,note\n2026-05-19 09:00:05,13800138001,Ann,,0:00:30,\n"
EVENING = "call time,phone,agent,disposition,duration,note\n2026-05-19 09:00:05,13800138001,Ben,Quoted,0:00:31,asked for a price\n"


@pytest.mark.parametrize(("with_id", "to_the_minute"), [(False, False), (True, False), (False, True)])
def test_a_later_export_completes_a_call_and_changes_nothing(tmp_path, with_id, to_the_minute):
    def export(log: str) -> str:
        head, line = log.splitlines()
        return f"{head},call id\n{line},pbx-20260519-1\n" if with_id else log

    path = phone_book(tmp_path / "team.xlsx")
    taken(path, export(NOON))
    number = rows(path, "Activities")["activity_id"].tolist()
    taken(path, export(EVENING.replace("09:00:05", "09:00") if to_the_minute else EVENING))
    taken(path, export(NOON))
    call = rows(path, "Activities")
    assert call[["owner", "outcome", "minutes", "note"]].values.tolist() == [
        ["Ann", "Quoted", 0.5, "asked for a price"]
    ]
    assert call["activity_id"].tolist() == number, "ids stay as they are"


def test_a_no_that_somebody_typed_stays(tmp_path):
    typed = [{"at": datetime(2026, 5, 19, 9), "id": "C1", "owner": "Ann", "connected": False}]
    path = phone_book(tmp_path / "team.xlsx", Activities=typed)
    taken(path, "call time,phone,connected,duration\n2026-05-19 09:00,13800138001,Yes,0:01:00\n")
    assert rows(path, "Activities")[["connected", "minutes"]].values.tolist() == [[False, 1.0]]


def test_the_same_file_under_three_names_counts_once(tmp_path):
    path = phone_book(tmp_path / "team.xlsx")
    files = [tmp_path / f"{name}.csv" for name in "abc"]
    for file in files:
        file.write_text(EVENING, "utf-8")
    report = import_calls(path, files, as_of=DAY)
    assert (report.added, report.known) == (1, 2)


LEGS = [
    "2026-05-19 09:10:00,13655556666,Ben,Busy,0:00:00,177.3",
    "2026-05-19 09:10:01,13655556666,Ben,Busy,0:00:00,177.3",
    "2026-05-19 09:10:01,13655556666,Ben,Quoted,0:01:30,177.3",
]


@settings(max_examples=examples(10), deadline=None)
@given(st.permutations(LEGS))
def test_legs_of_a_call_are_one_call_in_any_order(tmp_path_factory, legs):
    path = phone_book(tmp_path_factory.mktemp("legs") / "team.xlsx")
    taken(path, "\n".join(["call time,phone,agent,disposition,duration,uniqueid", *legs]))
    assert rows(path, "Activities")[["activity_id", "at", "minutes", "outcome"]].values.tolist() == [
        ["177.3", datetime(2026, 5, 19, 9, 10), 1.5, "Quoted"]
    ]


@pytest.mark.parametrize("outcome", first(1, ["要求勿扰", "DNC", "DNCL", "Do not call", "黑名单", "opt out"]))
@pytest.mark.parametrize("listed", [True, False])
def test_who_asked_not_to_be_called_never_is_again(tmp_path, outcome, listed):
    given = {} if listed else {"Outcomes": [{"outcome": "Quoted", "tier_after": "B", "connected": True}]}
    path = phone_book(tmp_path / "team.xlsx", ["CallList"], **given)
    told = taken(path, f"call time,phone,agent,disposition\n2026-05-19 09:00,13800138001,Ann,{outcome}\n")
    assert told == []
    taken(path, "call time,phone,agent,disposition\n2026-05-19 17:00,13800138001,Ann,Quoted\n", "later.csv")
    refresh_file(path, date(2026, 6, 5))
    assert "C1" not in show(path, TABLES["CallList"], as_of=date(2026, 6, 5))["id"].tolist()


@pytest.mark.parametrize(
    "agent",
    [
        "Ann",
        "ann",
        " ANN ",
        "Ａｎｎ",
        "Ann (201)",
        "201 - Ann",
        "Ann <201>",
        "Ann/201",
        "ann@firm.example",
        "201",
        "8201",
    ],
)
def test_whoever_spoke_is_known_by_name_account_or_extension(tmp_path, agent):
    people = [
        {"person": "Ann", "active": True, "extension": "201、8201"},
        {"person": "Ben", "active": True, "extension": "202"},
    ]
    path = phone_book(tmp_path / "team.xlsx", People=people)
    assert taken(path, f'call time,phone,agent\n2026-05-19 09:00,13800138001,"{agent}"\n') == []
    assert rows(path, "Activities")["owner"].tolist() == ["Ann"]


def test_nobody_is_taken_for_another():
    staff = Staff(["李娜(lina)", "Ann", "Ann Lee"], {"201": "Ann"})
    assert [staff.who(said) for said in ("李娜", "lina", "Ann", "ann lee (201)", "Anna", "202", None)] == [
        *["李娜(lina)"] * 2, "Ann", "Ann Lee", None, None, None,
    ]  # fmt: skip
    assert paired(['"Ann" <201>', "202 - Ben", '"13800138001" <13800138001>', "Ben"]) == {"201": "Ann", "202": "Ben"}


def test_a_workbook_is_a_log_too(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Calls of May"],
        [],
        ["call time", "phone", "agent", "duration"],
        [datetime(2026, 5, 19, 9), 13800138001, "Ann", "0:03:00"],
    ):
        sheet.append(row)
    held = io.BytesIO()
    book.save(held)
    path, log = phone_book(tmp_path / "team.xlsx"), tmp_path / "log.csv"  # called what it is not
    log.write_bytes(held.getvalue())
    assert import_calls(path, [log], as_of=DAY).added == 1
    assert rows(path, "Activities")[["at", "id", "minutes"]].values.tolist() == [[datetime(2026, 5, 19, 9), "C1", 3.0]]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("cp1252", "Renée"),
        ("gb18030", "李娜"),
        ("utf-8", "李娜"),
        ("utf-16", "Pérez"),
        ("gb18030", "镕"),
        ("big5", "陳靜"),
    ],
)
def test_names_are_read_in_the_encoding_that_spells_the_teams(tmp_path, encoding, name):
    path, log = phone_book(tmp_path / "team.xlsx", People=[{"person": name, "active": True}]), tmp_path / "log.csv"
    log.write_bytes(f"call time,phone,agent\n2026-05-19 09:00,13800138001,{name}\n".encode(encoding))
    import_calls(path, [log], as_of=DAY)
    assert rows(path, "Activities")["owner"].tolist() == [name]


def test_what_looks_odd_is_asked_about_in_one_line_each(tmp_path):
    lines = [f"2026-05-19 09:{i:02d},13800138001,Ann,No answer,{150 if i else 3}:00" for i in range(12)]
    path = phone_book(tmp_path / "team.xlsx")
    told = taken(path, "\n".join(["call time,phone,agent,disposition,duration", *lines, ""]))
    assert sorted(text.split(";")[0] for text in told) == [
        "11 calls took longer than 2 hours", "None of the 12 calls was answered, so says the log",
    ]  # fmt: skip


def test_nothing_is_written_before_somebody_says_yes(tmp_path):
    path, log = phone_book(tmp_path / "team.xlsx"), tmp_path / "log.csv"
    log.write_text(EVENING + "2026-05-19 10:00:05,13999999999,Ann,,0:00:30,\n", "utf-8")
    before = path.read_bytes()
    staged = stage(open_book(path), [log], {}, as_of=DAY)
    assert (
        staged.report.text("en")
        == "1 call, 0.5 min on average, 100% connected, 1 unknown number, 0 calls there already completed."
    )
    assert path.read_bytes() == before
    assert staged.write().written
    assert path.read_bytes() != before


@pytest.mark.parametrize(
    ("text", "can"),
    [
        ("13800138001", True), ("021-55667788", True), ("13711112222/13733334444", True), ("+1 415 555 0132", True),
        ("QQ 13800138001", True),
        ("1380013800", False), ("138001380012", False), ("12345678901", False), ("1.38001E+10", False), ("QQ 12345678", False),
        ("1.3800138001E+10", True), ("00000000", False), ("12345", False), ("微信 abc12345", False), ("010-62345678 转 8001", True),
    ],
)  # fmt: skip
def test_which_phones_can_be_somebodys(text, can):
    assert phone.can_be(text) == can


def test_what_was_named_once_need_not_be_named_again(tmp_path):
    path = phone_book(tmp_path / "team.xlsx")
    log = "rung up at,rang whom\n2026-05-{day} 09:00,13800138001\n"
    taken(path, log.format(day=18), at="rung up at", phone="rang whom")
    taken(path, "begun,whom\n2026-05-17 09:00,13800138001\n", at="begun", phone="whom")
    assert taken(path, log.format(day=19)) == []
    assert rows(path, "Activities")["at"].dt.day.tolist() == [18, 17, 19]
    before = path.read_bytes()
    taken(path, log.format(day=19))
    assert path.read_bytes() == before
    adopt(path, {("Customers", "note"): "Note"}, as_of=DAY)
    assert taken(path, log.format(day=20)) == [], "adopting anew forgets nothing"


def test_a_log_of_ones_own_without_ids_takes_calls_in_once(tmp_path):
    path = tmp_path / "own.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        for name, body in {
            "Customers": [
                ["Customer ID", "Customer", "Phone", "Owner", "Tier"],
                ["C1", "Acme", "13800138001", "Ann", "E"],
            ],
            "Calls": [
                ["At", "Customer ID", "Owner", "Outcome", "Minutes", "Connected"],
                ["2026-05-18 10:00", "C1", "Ann", "Quoted", 2, "Yes"],
            ],
        }.items():
            sheet = workbook.add_worksheet(name)
            for i, row in enumerate(body):
                sheet.write_row(i, 0, row)
    adopt(path, as_of=DAY, language="en")
    for name in ("noon", "again"):
        log = "call time,phone,agent,disposition,duration,call id\n2026-05-19 09:00:05,13800138001,Ann,Quoted,0:01:30,pbx-20260519-1\n"
        assert taken(path, log, f"{name}.csv") == []
    assert rows(path, "Activities")["minutes"].tolist() == [2.0, 1.5]


def test_nothing_is_said_of_minutes_where_a_log_has_none(tmp_path):
    path, log = phone_book(tmp_path / "team.xlsx"), tmp_path / "log.csv"
    log.write_text("call time,phone,agent,disposition\n2026-05-19 09:00,13800138001,Ann,Quoted\n", "utf-8")
    report = import_calls(path, [log], as_of=DAY)
    assert report.text("en") == "1 call, 100% connected, 0 unknown numbers, 0 calls there already completed."
    assert report.text("zh") == "通话 1 条，接通 100%，陌生号码 0 个，补全已有记录 0 条。"
