"""Team workbooks rolled up into one."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner

from funnelbook import template
from funnelbook.book.locate import locate
from funnelbook.book.ports import BookError
from funnelbook.book.schema import TABLES
from funnelbook.cli import main
from funnelbook.cli.common import DONE, SOME_FAILED
from funnelbook.commands.company import CompanyReport, company
from funnelbook.commands.handout import handout
from funnelbook.commands.hands import Hands
from funnelbook.commands.open import open_book
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.commands.show import show
from funnelbook.refresh import situation_of
from support.exchanged import CUSTOMERS, DAY, ORDERS, USED, rows, team
from support.external import validate
from support.packages import members


def test_a_company_is_the_sum_of_its_teams(tmp_path):
    (tmp_path / "teams").mkdir()
    goal = [{"period": "2026-05", "person": "team", "revision": 1, "orders": 10.0}]
    own = [{"period": "2026-05", "person": p, "revision": 1, "orders": 3.0} for p in ("小李", "小张")]
    tables = [*USED, "Targets", "Tiers", "History"]
    team(tmp_path / "teams" / "北京.xlsx", tables, Targets=goal)
    team(tmp_path / "teams" / "上海.xlsx", tables, Targets=own, Orders=[ORDERS[0] | {"amount": 700.0}])
    other = [{"order": i, "code": code} for i, code in enumerate("XYZ", 1)]
    team(tmp_path / "teams" / "另类.xlsx", tables, Tiers=other, Customers=[], Activities=[])
    (tmp_path / "teams" / "坏.xlsx").write_bytes(b"PK")
    report = company(tmp_path / "teams", tmp_path / "company.xlsx", as_of=DAY)
    assert {Path(f.file).name for f in report.files if f.status == "refused"} == {"另类.xlsx", "坏.xlsx"}
    board = show(tmp_path / "company.xlsx", TABLES["Board"], as_of=DAY)
    board = board.assign(person=board["person"].fillna("-")).set_index("person")
    assert board[["orders", "amount", "target"]].to_dict("index") == {
        "上海": {"orders": 1, "amount": 700.0, "target": 6.0},
        "北京": {"orders": 1, "amount": 500.0, "target": 10.0},
        "-": {"orders": 2, "amount": 1200.0, "target": 16.0},
    }
    assert rows(tmp_path / "company.xlsx", "Customers")["phone"].isna().all()
    assert validate([tmp_path / "company.xlsx"]) == {tmp_path / "company.xlsx": []}
    with pytest.raises(BookError) as caught:
        company(tmp_path / "teams", tmp_path / "company.xlsx", as_of=DAY)
    assert caught.value.code == "exists"
    assert "改名" in caught.value.text("zh")


@pytest.mark.slow
def test_contacts_call_notes_and_what_was_agreed_stay_with_the_teams(tmp_path):
    (tmp_path / "teams").mkdir()
    secret = {
        "contact": "密一", "phone": "13800138777", "email": "mi2@example.com", "birthday": date(1971, 3, 7), "note": "密三",
        "next_contact": date(2026, 6, 17), "next_purpose": "密四", "next_channel": "密五",
    }  # fmt: skip
    agreed = {"note": "密六", "next_contact": date(2026, 6, 18), "next_purpose": "密七"}
    call = {"at": datetime(2026, 5, 19, 9), "id": "K1", "outcome": "已报价", "objection": "太贵"}
    path = team(
        tmp_path / "teams" / "北京.xlsx", list(TABLES), Customers=[CUSTOMERS[0] | secret], Activities=[call | agreed]
    )
    assert refresh_file(path, DAY).status == "done"
    company(tmp_path / "teams", tmp_path / "company.xlsx", as_of=DAY)
    told = b"".join(members(tmp_path / "company.xlsx").values()).decode(errors="replace")
    for hidden in ("密", "13800138777", "mi2@"):
        assert hidden not in told
    dates = {cell.value for sheet in openpyxl.load_workbook(tmp_path / "company.xlsx") for row in sheet for cell in row}
    assert not dates & {datetime(1971, 3, 7), datetime(2026, 6, 17), datetime(2026, 6, 18)}
    assert rows(tmp_path / "company.xlsx", "Activities")["objection"].tolist() == ["太贵"]


@pytest.mark.slow
def test_earlier_roll_ups_and_handed_out_books_are_no_teams(tmp_path):
    folder = tmp_path / "teams"
    folder.mkdir()
    handout(team(folder / "北京.xlsx"), tmp_path / "out", as_of=DAY)
    (folder / "小李.xlsx").write_bytes((tmp_path / "out" / "小李.xlsx").read_bytes())
    for month, earlier in (("5月", []), ("6月", ["5月.xlsx"])):
        report = company(folder, folder / f"{month}.xlsx", as_of=DAY)
        assert report.teams == 1
        assert named(report, "refused") == ["小李.xlsx"]
        assert named(report, "left_out") == earlier
        assert all("没有汇总" in file.message for file in report.files if file.status != "done")
        assert len(rows(folder / f"{month}.xlsx", "Customers")) == len(CUSTOMERS)
        assert rows(folder / f"{month}.xlsx", "Orders")["amount"].sum() == 500.0
    assert refresh_file(folder / "5月.xlsx", DAY, again=True).status == "unchanged"


@pytest.mark.slow
def test_an_earlier_roll_up_is_left_out_and_is_no_failure(tmp_path, monkeypatch):
    monkeypatch.delenv("FUNNELBOOK_LANG", raising=False)
    folder = tmp_path / "teams"
    folder.mkdir()
    team(folder / "北京.xlsx")
    company(folder, folder / "5月.xlsx", as_of=DAY)
    done = CliRunner().invoke(main, ["company", str(folder), "--to", str(folder / "6月.xlsx"), "--as-of", str(DAY)])
    assert done.exit_code == DONE
    assert "5月.xlsx：本身就是汇总出来的工作簿，没有汇总。" in done.output
    assert "未能汇总 0 个" in done.output
    (folder / "北京.xlsx").unlink()
    with pytest.raises(BookError) as caught:
        company(folder, tmp_path / "none.xlsx", as_of=DAY)
    assert caught.value.code == "no_team_read"


def named(report: CompanyReport, status: str) -> list[str]:
    """The files of a status."""
    return [Path(file.file).name for file in report.files if file.status == status]


def test_every_teams_outcomes_mean_what_they_mean_there(tmp_path):
    (tmp_path / "teams").mkdir()
    tables = [*USED, "Outcomes", "History"]
    rules = {
        "A": [{"outcome": "通了", "connected": True}, {"outcome": "报价", "quoted": True, "tier_after": "B"}],
        "B": [{"outcome": "通了", "connected": False}, {"outcome": "签约", "connected": True, "tier_after": "A"}],
    }
    calls = [
        {"at": datetime(2026, 5, 19, 9 + i), "id": "K3", "owner": "小张", "outcome": outcome}
        for i, outcome in enumerate(("通了", "报价", "签约"))
    ]
    for name, outcomes in rules.items():
        team(tmp_path / "teams" / f"{name}.xlsx", tables, Outcomes=outcomes, Activities=calls)
    company(tmp_path / "teams", tmp_path / "company.xlsx", as_of=DAY)
    book = open_book(tmp_path / "company.xlsx")
    done = situation_of(book, locate(book), {}, DAY).activities
    told = done[["owner", "connected", "quoted", "tier_after"]].sort_values("owner", kind="stable")
    codes = {"": -1, "B": 3, "A": 4}  # E, D, C, B, A from 0
    assert told.values.tolist() == [
        ["A", True, False, codes[""]],
        ["A", False, True, codes["B"]],
        ["A", False, False, codes[""]],
        ["B", False, False, codes[""]],
        ["B", False, False, codes[""]],
        ["B", True, False, codes["A"]],
    ]


def test_why_a_team_was_left_out_is_told_in_the_teams_language(tmp_path):
    (tmp_path / "teams").mkdir()
    (tmp_path / "teams" / "a.xlsx").write_bytes(b"PK")
    with pytest.raises(BookError) as caught:
        company(tmp_path / "teams", tmp_path / "company.xlsx", as_of=DAY, language="en")
    assert caught.value.text("en").isascii()
    (tmp_path / "teams" / "b.xlsx").write_bytes(template.build("en", rows={"Customers": [{"id": "K1", "owner": "Li"}]}))
    report = company(tmp_path / "teams", tmp_path / "company.xlsx", as_of=DAY)
    assert [file.status for file in report.files] == ["refused", "done"]
    assert report.files[0].message.isascii()


class Contrary(Hands):
    """Hands that read the last file first, and die of one."""

    def each(self, paths, work):
        for path in reversed(paths):
            yield path, None if path.stem == "致命" else work(path)


def test_the_order_they_are_read_in_makes_no_difference_and_one_that_kills_is_named(tmp_path):
    (tmp_path / "teams").mkdir()
    other = [{"order": i, "code": code} for i, code in enumerate("XYZ", 1)]
    team(tmp_path / "teams" / "a.xlsx")
    team(tmp_path / "teams" / "b.xlsx", [*USED, "Tiers"], Tiers=other, Customers=[], Activities=[])
    team(tmp_path / "teams" / "致命.xlsx")
    heard: list[int] = []
    report = company(
        tmp_path / "teams", tmp_path / "company.xlsx", Contrary(), as_of=DAY, begins=heard.append,
        progress=lambda _team: heard.append(1),
    )  # fmt: skip
    assert [(Path(file.file).name, file.status) for file in report.files] == [
        ("a.xlsx", "done"), ("b.xlsx", "refused"), ("致命.xlsx", "refused"),
    ]  # fmt: skip
    assert "处理进程意外结束" in report.files[2].message
    assert heard == [3, 1, 1, 1]


@pytest.mark.slow
@pytest.mark.parametrize("options", [("--workers", "2"), ("--workers", "2", "--cluster", "local")], ids=" ".join)
def test_several_processes_and_a_cluster_make_the_same_of_the_teams(tmp_path, options):
    (tmp_path / "teams").mkdir()
    for number, name in enumerate(("上海", "北京", "广州")):
        team(tmp_path / "teams" / f"{name}.xlsx", Orders=[ORDERS[0] | {"amount": 100.0 + number}])
    (tmp_path / "teams" / "坏.xlsx").write_bytes(b"PK")
    company(tmp_path / "teams", tmp_path / "alone.xlsx", as_of=DAY)
    given = [str(tmp_path / "teams"), "--to", str(tmp_path / "shared.xlsx"), "--as-of", str(DAY), *options]
    done = CliRunner().invoke(main, ["company", *given, "--json"])
    assert done.exit_code == SOME_FAILED, done.output
    assert json.loads(done.stdout)["teams"] == 3
    shared, alone = tmp_path / "shared.xlsx", tmp_path / "alone.xlsx"
    for name in ("Customers", "Activities", "Orders", "People"):
        pd.testing.assert_frame_equal(rows(shared, name), rows(alone, name))
    for name in ("Board", "Funnel"):
        pd.testing.assert_frame_equal(show(shared, TABLES[name], as_of=DAY), show(alone, TABLES[name], as_of=DAY))
