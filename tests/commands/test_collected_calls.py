"""Calls that people bring back: typed into the call list, logged by themselves, corrected since."""

from __future__ import annotations

import re
import shutil
import zipfile
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from funnelbook.book import result_tables
from funnelbook.book.handout_copy import read_base
from funnelbook.book.schema import TABLES
from funnelbook.commands.collect import collect
from funnelbook.commands.handout import handout
from funnelbook.commands.open import open_book
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.commands.show import show
from funnelbook.results.call_entries import CALL_ENTRIES
from support.exchanged import CUSTOMERS, DAY, USED, add, change, retype, rows, team, type_into_list


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    due = [CUSTOMERS[0] | {"next_contact": DAY}, CUSTOMERS[1] | {"next_contact": DAY}, CUSTOMERS[2]]
    path = team(folder / "team.xlsx", [*USED, "CallList"], Customers=due, Activities=[])
    assert refresh_file(path, DAY).status == "done"
    handout(path, folder / "out", as_of=DAY)
    return folder


@pytest.fixture
def handed(made, tmp_path):
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "team.xlsx", tmp_path / "out"


def test_a_second_handout_of_the_day_brings_a_second_call(handed, tmp_path):
    path, out = handed
    type_into_list(out / "小李.xlsx", "K1", outcome="无人接听", next_contact=DAY)
    assert collect(path, out, as_of=DAY).activities == 1
    refresh_file(path, DAY)
    handout(path, tmp_path / "second", as_of=DAY)
    type_into_list(tmp_path / "second" / "小李.xlsx", "K1", outcome="无人接听")
    for folder, new in (("second", 1), ("second", 0), ("out", 0)):
        report = collect(path, tmp_path / folder, as_of=DAY)
        assert (report.activities, report.cells, len(report.problems)) == (new, 0, 0)
        assert [file.status for file in report.files] == ["done"] * 2
    ids = rows(path, "Activities")["activity_id"].dropna().tolist()
    assert [key for key in ids if key.startswith("l")] == ["l20260520-K1", "l20260520-K1-2"]


def test_a_file_that_cannot_be_taken_in_is_named_and_the_others_collected(handed, monkeypatch):
    path, out = handed
    change(out / "小张.xlsx", "Customers", "K3", tier="B")
    (out / "乱.xlsx").write_bytes((out / "小李.xlsx").read_bytes())

    def odd(book, *rest):
        if book.name == "乱.xlsx":
            raise IndexError("odd")
        return read_base(book, *rest)

    monkeypatch.setattr("funnelbook.commands.collect.read_base", odd)
    report = collect(path, out, as_of=DAY)
    assert {file.file.rsplit("/")[-1]: file.status for file in report.files} == {
        "乱.xlsx": "refused",
        "小张.xlsx": "done",
        "小李.xlsx": "done",
    }
    assert report.cells == 1


def test_what_is_typed_into_the_list_is_read_as_a_refresh_reads_it(handed):
    path, out = handed
    type_into_list(out / "小李.xlsx", "K1", outcome="已报价", next_contact="6月9日", tier_after="b")
    assert collect(path, out, as_of=date(2026, 5, 22)).activities == 1
    call = rows(path, "Activities").iloc[-1]
    assert (call["next_contact"], call["tier_after"], call["at"]) == (
        pd.Timestamp("2026-06-09"),
        "B",
        pd.Timestamp("2026-05-20"),
    )


def test_what_cannot_be_read_in_the_list_is_listed_and_nothing_of_it_lost(handed):
    path, out = handed
    type_into_list(out / "小李.xlsx", "K1", next_contact="改天", remark="再打")
    type_into_list(out / "小李.xlsx", "K2", tier_after="Z", outcome="没有这个结果")
    report = collect(path, out, as_of=DAY)
    assert report.activities == 0
    told = report.problems[["table", "column", "value"]].values.tolist()
    assert sorted(told) == [
        ["CallList", "next_contact", "改天"],
        ["CallList", "outcome", "没有这个结果"],
        ["CallList", "tier_after", "Z"],
    ]
    assert report.problems["problem"].str.startswith("小李.xlsx: K").all()
    type_into_list(out / "小李.xlsx", "K1", next_contact="2026-05-28")
    assert collect(path, out, as_of=DAY).activities == 1
    assert rows(path, "Activities").iloc[-1]["note"] == "再打"


def test_a_list_refreshed_since_is_of_that_day(handed):
    path, out = handed
    mine = out / "小李.xlsx"
    type_into_list(mine, "K1", outcome="无人接听", next_contact=date(2026, 5, 25))
    assert collect(path, out, as_of=DAY).activities == 1
    later = date(2026, 5, 25)
    assert refresh_file(mine, later).status == "done"
    assert collect(path, out, as_of=later).activities == 0
    type_into_list(mine, "K1", outcome="已报价")
    assert collect(path, out, as_of=later).activities == 1
    call = rows(path, "Activities").iloc[-1]
    assert (call["outcome"], call["at"]) == ("已报价", pd.Timestamp(later))


def test_the_list_handed_out_is_that_of_the_day(handed, tmp_path):
    path, _ = handed
    type_into_list(path, "K1", outcome="已报价")
    type_into_list(path, "K3", next_contact="改天")
    change(path, "Customers", "K2", owner="小张")
    change(path, "Customers", "K3", do_not_call=True)
    handout(path, tmp_path / "second", as_of=DAY)
    listed = {
        person: show(tmp_path / "second" / f"{person}.xlsx", TABLES["CallList"], as_of=DAY)
        for person in ("小李", "小张")
    }
    assert {person: frame["id"].tolist() for person, frame in listed.items()} == {"小李": [], "小张": ["K2"]}
    assert listed["小张"][list(CALL_ENTRIES)].isna().all(axis=None)


def test_a_call_corrected_after_it_was_collected_is_one_call(handed):
    path, out = handed
    mine = out / "小李.xlsx"
    add(mine, "Activities", at=datetime(2026, 5, 20, 9), id="K1", outcome="已报价", note="abc")
    add(mine, "Activities", at=datetime(2026, 5, 20, 9), id="K2", note="另一个")
    assert collect(path, out, as_of=DAY).activities == 2
    for note in ("abcd", "abcde"):
        sheet = rows(mine, "Activities")
        retype(mine, "Activities", sheet.index[sheet["id"] == "K1"][0], note=note)
        for cells in (2, 0):
            report = collect(path, out, as_of=DAY)
            assert (report.activities, report.cells, len(report.problems)) == (0, cells, 0), "the note, and its number"
        assert rows(path, "Activities")["note"].tolist() == [note, "另一个"]


def test_a_collected_call_changed_here_and_there_is_listed(handed):
    path, out = handed
    mine = out / "小李.xlsx"
    add(mine, "Activities", at=datetime(2026, 5, 20, 9), id="K1", note="abc")
    collect(path, out, as_of=DAY)
    retype(path, "Activities", 0, note="经理写的")
    retype(mine, "Activities", 0, note="abcd")
    for _ in range(2):
        report = collect(path, out, as_of=DAY)
        assert (report.activities, report.cells) == (0, 0)
        assert report.problems[["column", "value"]].values.tolist() == [["note", "abcd"]]
    assert rows(path, "Activities")["note"].tolist() == ["经理写的"]


def drafted(path) -> list[tuple[object, ...]]:
    orders = rows(path, "Orders")
    return list(orders[["order_id", "id", "owner", "amount"]].iloc[1:].itertuples(index=False, name=None))


def test_an_order_typed_into_the_list_handed_out_comes_home_once(handed):
    path, out = handed
    mine = out / "小李.xlsx"
    type_into_list(mine, "K1", outcome="成交", amount="8千")
    said = [("20260520-K1-1", "K1", "小李", 8000.0)]
    for new in (1, 0):
        report = collect(path, out, as_of=DAY)
        assert (report.activities, report.orders, len(report.problems)) == (new, new, 0)
        assert drafted(path) == said
    # the person's own refresh drafts it too, a day later: it is the same order
    refresh_file(mine, date(2026, 5, 21))
    assert drafted(mine) == [("20260521-K1-1", "K1", "小李", 8000.0)]
    refresh_file(path, date(2026, 5, 21))
    assert (collect(path, out, as_of=DAY).orders, drafted(path)) == (0, said)


def test_an_order_that_a_person_drafted_comes_home_and_goes_out_again(handed, tmp_path):
    path, out = handed
    mine = out / "小李.xlsx"
    type_into_list(mine, "K1", outcome="成交", amount="8千")
    refresh_file(mine, DAY)
    assert [collect(path, out, as_of=DAY).orders for _ in range(2)] == [1, 0]
    assert drafted(path) == [("20260520-K1-1", "K1", "小李", 8000.0)]
    refresh_file(path, DAY)
    handout(path, tmp_path / "second", as_of=DAY)
    before = rows(path, "Orders"), rows(path, "Activities"), rows(path, "Customers")
    report = collect(path, tmp_path / "second", as_of=DAY)
    assert (report.orders, report.activities, report.cells, len(report.problems)) == (0, 0, 0, 0)
    for was, name in zip(before, ("Orders", "Activities", "Customers"), strict=True):
        pd.testing.assert_frame_equal(rows(path, name), was)
    at = np.flatnonzero(rows(mine, "Orders")["order_id"] == "20260520-K1-1")[0]
    retype(mine, "Orders", int(at), amount=9000.0)
    report = collect(path, out, as_of=DAY)
    assert (report.orders, drafted(path)[0][3]) == (0, 8000.0)
    assert report.problems["problem"].tolist() == ["小李.xlsx：订单 20260520-K1-1 的金额和团队表不同，没有改"]


def test_a_tier_that_the_persons_refresh_wrote_is_no_move_of_anybodys(handed):
    path, out = handed
    mine = out / "小李.xlsx"
    type_into_list(mine, "K1", outcome="已报价")
    refresh_file(mine, DAY)
    assert rows(mine, "Customers").set_index("id")["tier"]["K1"] == "B"
    assert collect(path, out, as_of=DAY).activities == 1
    refresh_file(path, date(2026, 5, 22))
    assert rows(path, "Customers").set_index("id")["tier"]["K1"] == "B"
    history = result_tables.read_all(open_book(path))["History"].frame
    assert history[history["source"] == "manual"].empty


def test_what_was_typed_and_saved_days_later_is_of_that_day_and_stays_so(handed):
    """A list of the 20th, filled and saved on the 22nd: the call, the order and "tomorrow" are the 22nd's, whenever it is collected."""
    path, out = handed
    mine = out / "小李.xlsx"
    type_into_list(mine, "K1", outcome="已报价", next_contact="明天")
    saved(mine, "2026-05-22T04:00:00Z")
    assert collect(path, out, as_of=date(2026, 5, 25)).activities == 1
    call = rows(path, "Activities").iloc[-1]
    said = ("l20260520-K1", pd.Timestamp("2026-05-22"), pd.Timestamp("2026-05-23"))
    assert (call["activity_id"], call["at"], call["next_contact"]) == said
    saved(mine, "2026-05-25T04:00:00Z")  # saved again with nothing new
    report = collect(path, out, as_of=date(2026, 5, 26))
    assert (report.activities, report.cells, len(report.problems)) == (0, 0, 0)


def saved(path: Path, modified: str) -> None:
    """Has a file say when a program saved it."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    core = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + modified.encode(), parts["docProps/core.xml"])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (parts | {"docProps/core.xml": core}).items():
            archive.writestr(name, content)
