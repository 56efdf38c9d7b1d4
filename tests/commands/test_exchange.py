"""The team exchange: workbooks handed out and collected, customers handed over, call logs taken in, teams rolled up."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from funnelbook.book.ports import BookError
from funnelbook.book.schema import TABLES
from funnelbook.commands.collect import collect
from funnelbook.commands.handout import handout
from funnelbook.commands.import_calls import import_calls
from funnelbook.commands.open import open_book
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.commands.show import show
from funnelbook.commands.transfer import parse_where, transfer, transfer_leavers
from funnelbook.domain.merge import merge
from support.examples import examples
from support.exchanged import CUSTOMERS, DAY, USED, add, change, rows, team, type_into_list
from support.external import validate
from support.lint import lint
from support.packages import bend


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    handout(team(folder / "team.xlsx"), folder / "out", as_of=DAY)
    return folder


@pytest.fixture
def handed(made, tmp_path) -> tuple[Path, Path]:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "team.xlsx", tmp_path / "out"


def test_each_person_gets_their_own_and_a_hidden_copy(handed):
    _, out = handed
    assert sorted(file.name for file in out.iterdir()) == ["小张.xlsx", "小李.xlsx"]
    mine = out / "小李.xlsx"
    assert rows(mine, "Customers")["id"].tolist() == ["K1", "K2"]
    assert rows(mine, "Activities")["id"].tolist() == ["K1", "K1"]
    assert rows(mine, "Activities")["activity_id"].nunique() == 2
    assert rows(mine, "Orders")["order_id"].tolist() == ["O1"]
    assert "Handout base" in open_book(mine).sheets()
    assert not lint(mine)
    assert validate([mine]) == {mine: []}


def test_whatever_people_are_called_each_gets_a_file_that_collect_finds(tmp_path):
    called = [
        "CON",
        "aux",
        "../../evil",
        ".hidden",
        "~$lock",
        "b (3)",
        "b (2)",
        "b",
        "B",
        "名" * 300,
        "Ann\u202e\x1b[1m",
    ]
    customers = [{"id": f"K{i}", "name": f"C{i}", "owner": person} for i, person in enumerate(called)]
    path = team(tmp_path / "team.xlsx", People=[{"person": p, "active": True} for p in called], Customers=customers)
    handed = handout(path, tmp_path / "out", as_of=DAY)
    assert [one.person for one in handed] == rows(path, "People")["person"].tolist()
    files = sorted(file.name for file in (tmp_path / "out").iterdir())
    assert files == sorted(Path(one.file).name for one in handed)
    assert len({name.casefold() for name in files}) == len(called)
    assert {"_CON.xlsx", "_aux.xlsx", "__.._evil.xlsx", "_hidden.xlsx", "_$lock.xlsx", "Ann.xlsx"} <= set(files)
    assert [one.status for one in collect(path, tmp_path / "out", as_of=DAY).files] == ["done"] * len(called)


def test_collecting_what_nobody_changed_touches_nothing(handed):
    path, out = handed
    before = path.read_bytes()
    report = collect(path, out, as_of=DAY)
    assert (report.written, report.cells, report.activities, len(report.problems)) == (False, 0, 0, 0)
    assert path.read_bytes() == before


def test_what_people_did_comes_back_once(handed):
    path, out = handed
    change(out / "小李.xlsx", "Customers", "K1", tier="B", next_contact=pd.Timestamp("2026-05-25"), do_not_call=True)
    add(out / "小李.xlsx", "Activities", at=pd.Timestamp("2026-05-20 10:00:00"), id="K2", outcome="已签约", minutes=3.0)
    add(out / "小张.xlsx", "Customers", id="K9", name="新公司", owner="小张", tier="E")
    report = collect(path, out, as_of=DAY)
    assert (report.cells, report.customers, report.activities, len(report.problems)) == (3, 1, 1, 0)
    customers = rows(path, "Customers").set_index("id")
    assert customers.loc["K1", ["tier", "do_not_call"]].tolist() == ["B", True]
    assert customers.loc["K1", "next_contact"] == pd.Timestamp("2026-05-25")
    assert customers.loc["K9", "name"] == "新公司"
    call = rows(path, "Activities").iloc[-1]
    assert (call["id"], call["owner"], call["minutes"]) == ("K2", "小李", 3.0), "who logged it owns it"
    assert call["activity_id"]
    before = path.read_bytes()
    again = collect(path, out, as_of=DAY)
    assert (again.cells, again.customers, again.activities, again.written) == (0, 0, 0, False)
    assert path.read_bytes() == before


def test_a_cell_changed_here_and_there_stays_and_is_listed(handed):
    path, out = handed
    change(path, "Customers", "K1", note="经理写的", tier="D")
    change(out / "小李.xlsx", "Customers", "K1", note="业务员写的", tier="D", contact="王先生")
    report = collect(path, out, as_of=DAY)
    assert report.problems[["table", "row", "column", "value"]].values.tolist() == [
        ["Customers", 5.0, "note", "业务员写的"]
    ]
    customer = rows(path, "Customers").iloc[0]
    assert (customer["note"], customer["contact"], customer["tier"]) == ("经理写的", "王先生", "D")
    listed = show(path, TABLES["Problems"], as_of=DAY)
    assert listed["column"].tolist() == ["note"]
    assert listed["problem"][0].startswith("小李.xlsx：")
    before = path.read_bytes()
    assert len(collect(path, out, as_of=DAY).problems) == 1
    assert path.read_bytes() == before


def test_a_call_without_a_number_of_its_own_is_known_when_it_comes_back_changed(handed):
    path, out = handed
    mine = rows(out / "小李.xlsx", "Activities")
    change(out / "小李.xlsx", "Activities", mine["activity_id"][1], note="补记")
    assert collect(path, out, as_of=DAY).cells == 2, "the note, and its number"
    assert rows(path, "Activities")["note"].tolist() == [None, "补记", None]
    again = collect(path, out, as_of=DAY)
    assert (again.activities, again.cells, len(again.problems)) == (0, 0, 0)


def test_what_is_typed_into_the_call_list_becomes_an_activity_once(tmp_path):
    path = team(tmp_path / "team.xlsx", [*USED, "CallList"])
    assert refresh_file(path, DAY).status == "done"
    handout(path, tmp_path / "out", as_of=DAY)
    type_into_list(tmp_path / "out" / "小李.xlsx", "K2", outcome="已报价", remark="下周签")
    assert collect(path, tmp_path / "out", as_of=DAY).activities == 1
    call = rows(path, "Activities").iloc[-1]
    assert call[["id", "owner", "outcome", "note"]].tolist() == ["K2", "小李", "已报价", "下周签"]
    assert call["at"] == pd.Timestamp(DAY)
    assert collect(path, tmp_path / "out", as_of=date(2026, 5, 22)).activities == 0
    theirs = tmp_path / "out" / "小李.xlsx"
    assert refresh_file(theirs, date(2026, 5, 22)).status == "done"
    assert "20260522-K2" in rows(theirs, "Activities")["activity_id"].tolist(), "their own refresh logs it too"
    assert collect(path, tmp_path / "out", as_of=date(2026, 5, 22)).activities == 0
    add(theirs, "Activities", at=datetime(2026, 5, 25, 9), id="K2", outcome="已报价", note="下周签")
    assert collect(path, tmp_path / "out", as_of=date(2026, 5, 25)).activities == 1, "the same again is another call"


def test_what_cannot_be_read_is_told_and_changes_nothing(handed):
    path, out = handed
    add(out / "小李.xlsx", "Activities", at=pd.Timestamp("2026-05-20"), id="K1", tier_after="Z")
    change(out / "小李.xlsx", "Customers", "K2", tier="Z")
    report = collect(path, out, as_of=DAY)
    assert rows(path, "Customers")["tier"].tolist() == ["C", "A", "D"]
    assert set(report.problems["table"]) == {"Customers", "Activities"}
    assert all(report.problems["problem"].str.startswith("小李.xlsx"))


def test_two_customers_under_one_number_are_not_mixed(handed):
    path, out = handed
    add(path, "Customers", id="K50", name="经理的客户", owner="小李")
    add(out / "小张.xlsx", "Customers", id="K50", name="丁公司", owner="小张", contact="丁先生")
    add(out / "小张.xlsx", "Activities", at=pd.Timestamp("2026-05-20"), id="K50", outcome="已报价")
    for person, name in (("小李", "戊公司"), ("小张", "己公司")):
        add(out / f"{person}.xlsx", "Customers", id="K60", name=name, owner=person)
    for customers in (1, 0):
        report = collect(path, out, as_of=DAY)
        assert [file.status for file in report.files] == ["done"] * 2
        assert (report.customers, report.activities, report.cells) == (customers, 0, 0)
        told = report.problems[["table", "column", "value"]].values.tolist()
        assert sorted(told) == [["Customers", "id", "K50"], ["Customers", "id", "K60"]]
    after = rows(path, "Customers").set_index("id")
    assert after.loc["K50", ["name", "contact"]].tolist() == ["经理的客户", None]
    assert after.loc["K60", "name"] == "己公司", "of the file that was read first"


def test_damaged_and_strange_files_are_named_and_the_others_collected(handed, tmp_path):
    path, out = handed
    (out / "坏.xlsx").write_bytes(b"PK\x03\x04 nothing")
    team(out / "别的.xlsx")
    other = team(tmp_path / "other.xlsx", Customers=[{"id": "K1", "name": "别家", "owner": "老王"}], Activities=[])
    handout(other, tmp_path / "other", as_of=DAY)
    (out / "老王.xlsx").write_bytes((tmp_path / "other" / "老王.xlsx").read_bytes())
    change(out / "小李.xlsx", "Customers", "K1", tier="B")
    report = collect(path, out, as_of=DAY)
    refused = {Path(f.file).name: f.message for f in report.files if f.status == "refused"}
    assert set(refused) == {"坏.xlsx", "别的.xlsx", "老王.xlsx"}
    assert all(name in message for name, message in refused.items())
    assert report.cells == 1


def test_nothing_stays_of_a_file_that_fails_in_the_middle(handed, monkeypatch):
    path, out = handed
    change(path, "Customers", "K3", note="经理写的")
    change(out / "小张.xlsx", "Customers", "K3", tier="B", note="业务员写的")
    for person, name in (("小张", "丁公司"), ("小李", "戊公司")):
        add(out / f"{person}.xlsx", "Customers", id="K9", name=name, owner=person)
        add(out / f"{person}.xlsx", "Activities", at=pd.Timestamp("2026-05-20 10:00:00"), id="K9", outcome="已报价")
    merged = []

    def fails_at_the_second(*copies: pd.DataFrame):
        merged.append(copies)
        if len(merged) == 2:
            raise KeyError("K3")
        return merge(*copies)

    monkeypatch.setattr("funnelbook.commands.collect.merge", fails_at_the_second)
    report = collect(path, out, as_of=DAY)
    assert [(Path(f.file).name, f.status) for f in report.files] == [("小张.xlsx", "refused"), ("小李.xlsx", "done")]
    assert (report.cells, report.customers, report.activities, len(report.problems)) == (0, 1, 1, 0)
    customers = rows(path, "Customers").set_index("id")
    assert customers.loc["K3", ["tier", "note"]].tolist() == ["D", "经理写的"]
    assert customers["name"].to_dict().get("K9") == "戊公司"
    assert rows(path, "Activities")["owner"].tolist()[3:] == ["小李"]
    assert show(path, TABLES["Problems"], as_of=DAY).empty


def test_a_column_the_team_lacks_is_named(handed, tmp_path):
    path, out = handed
    plain = tmp_path / "plain.xlsx"
    path.rename(plain)
    changed = lambda xml: xml.replace("未购原因".encode(), "随便".encode())  # noqa: E731
    bend(plain, xl_sharedStrings_xml=changed, tables_table1_xml=changed)
    change(out / "小李.xlsx", "Customers", "K1", objection="太贵")
    report = collect(plain, out, as_of=DAY)
    assert "没有这一列" in report.problems["problem"][0]


def test_files_that_are_there_are_not_handed_over(handed):
    path, out = handed
    change(out / "小李.xlsx", "Customers", "K1", tier="B")
    before = (out / "小李.xlsx").read_bytes()
    with pytest.raises(BookError) as caught:
        handout(path, out, as_of=DAY)
    assert caught.value.code == "handout_there"
    assert (out / "小李.xlsx").read_bytes() == before


def test_a_link_prepared_for_a_handout_leads_nowhere(handed, tmp_path):
    path, _ = handed
    shared, victim = tmp_path / "shared", tmp_path / "victim"
    shared.mkdir()
    victim.write_text("mine")
    (shared / ".~funnelbook-小李.xlsx.tmp").symlink_to(victim)
    handout(path, shared, as_of=DAY)
    assert victim.read_text() == "mine"


@pytest.mark.parametrize("taken", ["小张", "小李"])
def test_a_link_that_leads_nowhere_is_in_the_way_of_all_handouts(handed, tmp_path, taken):
    path, _ = handed
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / f"{taken}.xlsx").symlink_to(tmp_path / "nowhere")
    with pytest.raises(BookError) as caught:
        handout(path, shared, as_of=DAY)
    assert caught.value.code == "exists"
    assert [file.name for file in shared.iterdir()] == [f"{taken}.xlsx"], "all are handed out or none"
    assert not (tmp_path / "nowhere").exists()


def test_a_handout_is_as_readable_as_the_teams_workbook(handed, tmp_path):
    path, _ = handed
    path.chmod(0o600)
    handout(path, tmp_path / "private", as_of=DAY)
    assert {file.stat().st_mode & 0o777 for file in (tmp_path / "private").iterdir()} == {0o600}


words = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=8)
days = st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1)).map(lambda d: d.replace(microsecond=0))
customer = st.fixed_dictionaries(
    {
        "name": words,
        "owner": st.sampled_from(["小李", "小张", None]),
        "phone": words,
        "tier": st.sampled_from(["E", "A", "Won", None]),
        "expected_value": st.none() | st.floats(0, 1e9),
        "created": st.none() | days,
        "do_not_call": st.booleans(),
        "note": words,
    }
)
call = st.fixed_dictionaries(
    {
        "activity_id": st.none() | st.integers(1, 10**6).map(str),
        "at": days,
        "id": st.sampled_from(["K0", "K1", "K2"]),
        "minutes": st.none() | st.floats(0, 1e4),
        "connected": st.booleans(),
        "note": words,
    }
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(12))
@given(customers=st.lists(customer, min_size=1, max_size=3), calls=st.lists(call, max_size=4))
def test_collecting_a_handout_is_no_change(customers, calls, tmp_path_factory):
    folder = tmp_path_factory.mktemp("law")
    numbered = [{"id": f"K{i}", **values} for i, values in enumerate(customers)]
    path = team(folder / "team.xlsx", ["Customers", "Activities", "People"], Customers=numbered, Activities=calls)
    before = path.read_bytes()
    handout(path, folder / "out", as_of=DAY)
    report = collect(path, folder / "out", as_of=DAY)
    assert [file.status for file in report.files] == ["done"] * 2
    assert (report.cells, report.customers, report.activities) == (0, 0, 0)
    assert path.read_bytes() == before or len(report.problems)


def test_a_leavers_customers_go_and_the_results_stay(tmp_path):
    path = team(tmp_path / "team.xlsx", [*USED, "Board"])
    assert refresh_file(path, DAY).status == "done"
    board = show(path, TABLES["Board"], as_of=DAY).set_index("person")["amount"]
    report = transfer(path, "小李", "小张", as_of=DAY)
    assert (report.customers, report.filled) == (2, 3)
    assert rows(path, "Customers")["owner"].tolist() == ["小张"] * 3
    assert rows(path, "Activities")["owner"].tolist() == ["小李", "小李", "小张"]
    assert rows(path, "Orders")["owner"].tolist() == ["小李"]
    refresh_file(path, DAY)
    after = show(path, TABLES["Board"], as_of=DAY).set_index("person")["amount"]
    assert board["小李"] == after["小李"] == 500.0


def test_new_customers_stay_with_who_found_them(tmp_path):
    path = team(tmp_path / "team.xlsx", Customers=[row | {"created": date(2026, 5, 4)} for row in CUSTOMERS])
    refresh_file(path, DAY)
    found, funnel = new_customers(path), reached(path)
    assert found["小李"] == 2
    transfer(path, "小李", "小张", as_of=DAY)
    refresh_file(path, DAY)
    assert new_customers(path) == found
    assert reached(path) == funnel


def new_customers(path: Path) -> dict[str, float]:
    report = show(path, TABLES["DailyReport"], as_of=DAY)
    return report.groupby("person")["new_customers"].sum().to_dict()


def reached(path: Path) -> dict[tuple[str, str], float]:
    funnel = show(path, TABLES["Funnel"], as_of=DAY).dropna(subset=["person", "reached"])
    return funnel.set_index(["person", "tier"])["reached"].to_dict()


def test_only_some_customers_are_handed_over(tmp_path):
    path = team(tmp_path / "team.xlsx")
    assert transfer(path, "小李", "小张", dict([parse_where("级别=A，B")]), as_of=DAY).customers == 1
    assert rows(path, "Customers")["owner"].tolist() == ["小李", "小张", "小张"]
    assert rows(path, "Activities")["owner"].tolist() == [None, None, "小张"]


def test_the_tier_is_that_of_today_whatever_was_typed_once(tmp_path):
    moved = [
        {"at": datetime(2026, 5, 18), "id": "K1", "tier_after": "A"},
        {"at": datetime(2026, 5, 25), "id": "K1", "tier_after": "B"},
    ]
    path = team(tmp_path / "team.xlsx", Activities=moved)
    with pytest.raises(BookError) as caught:
        transfer(path, "小李", "小张", {"tier": ["C"]}, as_of=DAY)
    assert caught.value.text("zh") == "team.xlsx：“小李”名下的客户没有一个符合 级别=C，没有移交。"
    assert caught.value.text("en") == "team.xlsx: none of 小李's customers fits Tier=C; nothing was handed over."
    assert transfer(path, "小李", "小张", {"tier": ["A"]}, as_of=DAY).customers == 2


@pytest.mark.parametrize(
    ("source", "to", "where", "code"),
    [
        ("小李", "老王", "", "no_such_person"),
        ("老王", "小张", "", "no_such_owner"),
        ("小李", "小李", "", "same_person"),
        ("小李", "小张", "tier=E", "none_fits"),
        ("老王", "小张", "tier=E", "no_such_owner"),
    ],
)
def test_a_transfer_that_cannot_be_is_refused(tmp_path, source, to, where, code):
    path = team(tmp_path / "team.xlsx")
    before = path.read_bytes()
    with pytest.raises(BookError) as caught:
        transfer(path, source, to, dict([parse_where(where)]) if where else {}, as_of=DAY)
    assert caught.value.code == code
    assert path.read_bytes() == before


@pytest.mark.parametrize("text", ["tier", "没有=1", "tier="])
def test_a_condition_that_says_nothing_is_refused(text):
    with pytest.raises(BookError) as caught:
        parse_where(text)
    assert caught.value.code == "bad_where"


def test_the_button_hands_over_for_those_who_have_left(tmp_path):
    people = [{"person": "小李", "active": False, "note": "移交 小张"}, {"person": "小张", "active": True}]
    path = team(tmp_path / "team.xlsx", People=people)
    assert [(r.source, r.to, r.customers) for r in transfer_leavers(open_book(path), as_of=DAY)] == [
        ("小李", "小张", 2)
    ]
    with pytest.raises(BookError) as caught:
        transfer_leavers(open_book(path), as_of=DAY)
    assert caught.value.code == "no_leaver"


LOG = """时间,被叫号码,座席,通话时长(秒),结果,备注
2026-05-19 09:00:00,138-0013-8000,小李,90,已报价,"要, 报价"
2026-05-19 09:05:00,02155667788,小李,0:02:30,未接,
2026-05-19 09:06:00,13999999999,小李,5,未接,
昨天,13800138000,小李,5,未接,
"""
MAP = {("Activities", "owner"): "座席"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_a_call_log_is_taken_in_once(tmp_path, encoding):
    path, log = team(tmp_path / "team.xlsx"), tmp_path / "log.csv"
    log.write_bytes(LOG.encode(encoding))
    report = import_calls(path, [log], MAP, as_of=DAY)
    assert (report.added, report.known) == (2, 0)
    told = report.problems[["row", "column", "value"]].values.tolist()
    assert [5.0, "at", "昨天"] in told
    assert [4.0, "id", "13999999999"] in told
    new = rows(path, "Activities").iloc[3:]
    assert new[["id", "owner", "minutes", "outcome", "note"]].values.tolist() == [
        ["K2", "小李", 1.5, "已报价", "要, 报价"],
        ["K1", "小李", 2.5, "未接", None],
    ]
    before = path.read_bytes()
    again = import_calls(path, [log], MAP, as_of=DAY)
    assert (again.added, again.known, again.written) == (0, 2, False)
    assert path.read_bytes() == before


def test_a_logs_own_numbers_are_kept_and_equal_calls_are_two(tmp_path):
    path, log = team(tmp_path / "team.xlsx"), tmp_path / "log.csv"
    log.write_text(
        "流水号;时间;客户编号\n007;2026-05-19;K1\n;2026-05-19;K1\n;2026-05-19;K1\nA3;2026-05-19;K3\n", "utf-8"
    )
    report = import_calls(path, [log], as_of=DAY)
    assert (report.added, report.known) == (3, 1)
    ids = rows(path, "Activities")["activity_id"][3:].tolist()
    assert ids[0] == "007"
    assert len(set(ids)) == 3


def test_a_phone_system_that_numbers_anew_loses_no_call(tmp_path):
    path, log = team(tmp_path / "team.xlsx"), tmp_path / "log.csv"
    log.write_text("流水号,时间,客户编号\n1,2026-05-19 09:00,K1\n2,2026-05-19 09:05,K2\n", "utf-8")
    assert import_calls(path, [log], as_of=DAY).added == 2
    log.write_text(
        "流水号,时间,客户编号\n1,2026-05-20 09:00,K1\n2,2026-05-19 09:05,K3\n2,2026-05-19 09:05,K2\n1,2026-05-20 11:00,K3\n",
        "utf-8",
    )
    for added, known in ((3, 1), (0, 4)):
        report = import_calls(path, [log], as_of=DAY)
        assert (report.added, report.known, len(report.problems)) == (added, known, 0)
    assert rows(path, "Activities")["activity_id"].nunique() == len(rows(path, "Activities")) - 2


def test_a_file_that_is_no_call_log_is_refused(tmp_path):
    path, log = team(tmp_path / "team.xlsx"), tmp_path / "log.csv"
    for content, code in ((b"a,b\n1,2\n", "no_log"), (b"", "no_log"), (b"\xff\xff\x81", "not_text")):
        log.write_bytes(content)
        with pytest.raises(BookError) as caught:
            import_calls(path, [log], as_of=DAY)
        assert caught.value.code == code
