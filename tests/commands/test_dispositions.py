"""The table Dispositions: the words of a phone system as the team says they are to be read."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from funnelbook.book.checks import check
from funnelbook.book.locate import locate
from funnelbook.book.schema import TABLES
from funnelbook.book.table_reader import frame_of
from funnelbook.commands.call_log.dispositions import said
from funnelbook.commands.call_log.own_words import OwnWords
from funnelbook.commands.call_log.report import ImportReport
from funnelbook.commands.call_log.systems import system_of
from funnelbook.commands.import_calls import import_calls
from funnelbook.commands.open import open_book, read_inputs
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.template.defaults import default_rows
from funnelbook.words import LANGUAGES
from support.exchanged import add, rows
from support.phone_systems import EXPORTS, phone_book

DAY = date(2026, 5, 20)
LOG = """call time,phone,agent,disposition
2026-05-19 09:00:00,13800138001,Ann,CBX
2026-05-19 09:10:00,13900139002,Ben,CBX
2026-05-19 09:20:00,13655556666,Ben,客户挂断
2026-05-19 09:30:00,13711112222,Ann,Quoted
"""
NONE = OwnWords(frame_of(TABLES["Dispositions"], []), None)


def row(disposition: str, outcome: str | None = None, connected: bool | None = None, profile: str | None = None):
    return {"profile": profile, "disposition": disposition, "outcome": outcome, "connected": connected}


def taken(path: Path, log: str = LOG) -> ImportReport:
    file = path.with_name("log.csv")
    file.write_text(log, "utf-8")
    return import_calls(path, [file], as_of=DAY)


def results(path: Path) -> list[list[object]]:
    calls = rows(path, "Activities").sort_values("at")[["outcome", "connected"]]
    return calls.astype(object).where(calls.notna(), None).values.tolist()


def test_a_word_nobody_knows_is_told_once_with_its_count_and_where_to_write_it(tmp_path):
    path = phone_book(tmp_path / "team.xlsx", ["Dispositions"])
    report = taken(path)
    assert report.unread == {"CBX": 2}
    assert report.as_dict()["unread"] == {"CBX": 2}
    assert report.text("en").splitlines()[0].endswith("Nobody knows what these stand for: CBX (2 calls).")
    assert report.text("zh").splitlines()[0].endswith("不知道是什么结果的：“CBX”2 条。")
    (line,) = report.problems[report.problems["value"] == "CBX"].itertuples()
    assert (line.row, "2 calls" in line.problem, "Dispositions" in line.remedy) == (2, True, True)
    assert not report.problems["problem"].str.startswith("Not one of the outcomes").any()


def test_what_the_team_writes_is_read_and_mends_what_was_imported_before(tmp_path):
    path = phone_book(tmp_path / "team.xlsx", ["Dispositions"])
    taken(path)
    assert results(path)[:3] == [["CBX", False], ["CBX", False], [None, False]]
    add(path, "Dispositions", **row("CBX", "Call back later", True))
    add(path, "Dispositions", **row("客户挂断", "Refused", True))
    again = taken(path)
    assert (again.added, again.completed, again.unread) == (0, 3, {})
    assert results(path) == [
        ["Call back later", True],
        ["Call back later", True],
        ["Refused", True],
        ["Quoted", False],
    ]
    before = path.read_bytes()
    assert taken(path).completed == 0
    assert path.read_bytes() == before


def test_what_somebody_typed_himself_is_no_word_of_a_phone_system(tmp_path):
    typed = [{"at": pd.Timestamp("2026-05-19 09:00"), "id": "C1", "owner": "Ann", "outcome": "CBX"}]
    own = [row("CBX", "Call back later", True)]
    path = phone_book(tmp_path / "team.xlsx", ["Dispositions"], Activities=typed, Dispositions=own)
    taken(path)
    assert results(path)[0][0] == "CBX"


def test_a_word_may_say_that_nobody_is_to_be_called_again_or_nothing_at_all(tmp_path):
    own = [row("CBX", "Do not call"), row("Quoted")]
    path = phone_book(tmp_path / "team.xlsx", ["Dispositions"], Dispositions=own)
    assert taken(path).unread == {}
    assert [outcome for outcome, _ in results(path)] == ["Do not call", "Do not call", None, None]


def test_an_outcome_of_the_team_stays_one_though_a_phone_system_has_the_word_too(tmp_path):
    mine = [{"outcome": "Voicemail"}, {"outcome": "No answer"}]
    path = phone_book(tmp_path / "team.xlsx", ["Dispositions"], Outcomes=mine)
    taken(path, "call time,phone,agent,disposition\n2026-05-19 09:00:00,13800138001,Ann,Voicemail\n")
    assert results(path)[0][0] == "Voicemail"


def test_a_row_goes_for_its_system_and_the_teams_own_before_those_that_came_along():
    own = [row("NA", "Switched", None, "VICIdial"), row("NA", "Anywhere"), row("NA", "Elsewhere", None, "Asterisk")]
    own += [row("Gone mad", "Ours", None, "Our box")]
    each = [*default_rows("en")["Dispositions"], *own]
    for seed in range(3):
        random.Random(seed).shuffle(each)  # a user may sort the table
        frame = frame_of(TABLES["Dispositions"], each)
        read = {system: OwnWords(frame, system) for system in ("VICIdial", "Asterisk", "3CX", None)}
        assert [read[system].of("NA").outcome for system in ("VICIdial", "Asterisk", "3CX")] == [
            "Switched", "Elsewhere", "Anywhere",
        ]  # fmt: skip
        assert read[None].of("Gone mad").outcome == read["3CX"].of("GONE_MAD").outcome == "Ours"
        assert read[None].of("na") is None, "a short code is read as it is written"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rows_a_workbook_starts_with_say_what_is_read_without_them(language):
    outcomes = [one["outcome"] for one in default_rows(language)["Outcomes"]]
    for one in default_rows(language)["Dispositions"]:
        (told,) = said([one["disposition"]], outcomes, NONE).values()
        assert (told.outcome, told.connected) == (one["outcome"], one["connected"]), one


def test_the_systems_are_told_by_their_headers():
    told = {}
    for export in EXPORTS:
        text = export.data.decode("gb18030" if b"\xba\xc5" in export.data else "utf-8")
        lines = [line.replace('"', "").replace("\t", ",").split(",") for line in text.splitlines()]
        told[export.name] = next(filter(None, map(system_of, lines)), None)
    assert told == {
        "vicidial.txt": "VICIdial", "cdr.csv": "Asterisk", "CallReport.csv": "3CX", "aircall.csv": "Aircall",
        "CallLog.csv": "RingCentral", "xml_cdr.csv": "FreeSWITCH", "容联七陌.csv": "容联", "天润融通.csv": "天润",
        "通话记录.csv": None,
    }  # fmt: skip


def test_a_workbook_made_before_reads_as_before_and_gets_the_table_on_the_sheet_it_has(tmp_path):
    mine = [{"outcome": "Nobody there"}, {"outcome": "Busy"}, {"outcome": "占线过"}]
    path = phone_book(tmp_path / "team.xlsx", Outcomes=mine)
    settings = locate(open_book(path)).places["Outcomes"].sheet
    assert refresh_file(path, DAY).status == "done"
    book = open_book(path)
    assert locate(book).places["Dispositions"].sheet == settings
    inputs = read_inputs(book, DAY)
    assert inputs.frames["Dispositions"].empty
    assert not [found for found in check(inputs, DAY).found if found.table == "Dispositions"]
    assert taken(path).unread == {"CBX": 2, "Quoted": 1}


def test_a_row_that_names_no_outcome_of_the_workbook_is_told(tmp_path):
    own = [row("CBX", "Call backk"), row("QX", "Call back later")]
    path = phone_book(tmp_path / "team.xlsx", ["Dispositions"], Dispositions=own)
    told = check(read_inputs(open_book(path), DAY), DAY).of("Dispositions")
    assert told.frame("en")["value"].tolist() == ["Call backk"]


@pytest.mark.parametrize(
    ("word", "outcome"),
    [
        ("Not interested - do not call", "要求勿扰"),
        ("Not interested, DNC", "要求勿扰"),
        ("请勿再打", "要求勿扰"),
        ("不要再打了", "要求勿扰"),
        ("没兴趣，不要再打了", "要求勿扰"),
        ("有意向", "有意向"),
        ("有兴趣", "有兴趣"),
        ("Interested", "Interested"),
        ("拒绝", "明确拒绝"),
        ("客户拒绝", "明确拒绝"),
        ("没人接", "无人接听"),
        ("拒接", "占线"),
        ("Not interested", "暂无需求"),
        ("Do not call before 5", "Do not call before 5"),
    ],
)
def test_the_words_people_write_for_what_came_of_a_call(word, outcome):
    outcomes = [of["outcome"] for of in default_rows("zh")["Outcomes"]]
    assert said([word], outcomes, NONE)[word].outcome == outcome
