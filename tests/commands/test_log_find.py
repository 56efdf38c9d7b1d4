"""Logging a call and finding a customer, on files and from the command line."""

from __future__ import annotations

import json
import shutil
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner

from funnelbook import template
from funnelbook.book.labels import header, sheet_name
from funnelbook.book.schema import TABLES
from funnelbook.cli import main
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.commands.show import show

DAY = date(2026, 6, 3)
ROWS = {
    "Customers": [
        {"id": "K01", "name": "大地公司", "contact": "王经理", "phone": "13800138000", "owner": "小李", "tier": "D",
         "created": date(2026, 5, 1), "next_contact": date(2026, 6, 3)},
        {"id": "K010", "name": "大海公司", "phone": "010-62345678", "owner": "小张", "created": date(2026, 5, 2)},
    ],
    "Activities": [
        {"activity_id": "H1", "at": datetime(2026, 5, 20, 10), "id": "K01", "owner": "小李", "channel": "电话",
         "outcome": "愿意了解", "note": "要资料"},
    ],
    "Orders": [{"order_id": "D1", "date": date(2026, 5, 25), "id": "K010", "owner": "小张", "amount": 900.0, "status": "cancelled"}],
    "People": [{"person": "小李", "start": date(2025, 1, 1)}, {"person": "小张", "start": date(2025, 1, 2)}],
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    made = tmp_path_factory.mktemp("made") / "团队.xlsx"
    made.write_bytes(template.build("zh", rows=ROWS))
    assert refresh_file(made, DAY).status == "done"
    return made


@pytest.fixture
def path(made, tmp_path) -> Path:
    return Path(shutil.copy(made, tmp_path))


def run(*arguments: object):
    return CliRunner().invoke(main, [*map(str, arguments), "--as-of", DAY.isoformat()])


def activities(path: Path) -> list[dict[str, object]]:
    frame = show(path, TABLES["Activities"], as_of=DAY)
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


def test_a_call_is_logged_and_the_list_moves_on(path):
    assert show(path, TABLES["CallList"], as_of=DAY)["id"].tolist() == ["K01", "K010"]
    done = run(
        "log", path, "大地", "--outcome", "已报价", "--next", "2026-06-08", "--purpose", "签约", "--objection", "价格高"
    )
    assert (done.exit_code, done.output) == (0, "已记入 1 条跟进记录，0 条未记入、留在名单里。名单已更新。\n")
    new = activities(path)[-1]
    assert {name: new[name] for name in ("activity_id", "id", "owner", "outcome", "next_purpose", "objection")} == {
        "activity_id": "20260603-K01", "id": "K01", "owner": "小李", "outcome": "已报价", "next_purpose": "签约", "objection": "价格高",
    }  # fmt: skip
    assert (new["at"].date(), new["next_contact"].date()) == (DAY, date(2026, 6, 8))
    assert show(path, TABLES["CallList"], as_of=DAY)["id"].tolist() == ["K010"]
    agreed = show(path, TABLES["Customers"], as_of=DAY).set_index("id").loc["K01"]
    assert agreed[["next_contact", "next_purpose"]].tolist() == [pd.Timestamp("2026-06-08"), "签约"]


def test_what_stands_in_the_list_is_logged_too(path):
    book = openpyxl.load_workbook(path)  # the test's own way in; a user's workbook is never saved like this
    sheet = book[sheet_name("calls", "zh")]
    at = sheet.tables["CallList"].ref.split(":")[0]
    heads = {cell.value: cell.column for cell in sheet[sheet[at].row]}
    sheet.cell(sheet[at].row + 2, heads[header(TABLES["CallList"], "outcome", "zh")]).value = "无人接听"
    book.save(path)
    report = json.loads(run("log", path, "K01", "--note", "来电", "--json").output)
    assert (report["customer"], report["logged"], report["waiting"]) == ("K01", 2, 0)
    assert [row["activity_id"] for row in activities(path)] == ["H1", "20260603-K01", "20260603-K010"]
    assert refresh_file(path, DAY, again=True).status == "unchanged"


def test_a_sheet_of_calls_is_added_where_there_is_none(tmp_path):
    made = tmp_path / "无跟进.xlsx"
    tables = ["Customers", "People", "Tiers", "Outcomes", "Settings", "Problems", "Matched"]
    made.write_bytes(template.build("zh", tables=tables, rows={name: ROWS[name] for name in ("Customers", "People")}))
    done = run("log", made, "K01", "--outcome", "已报价")
    assert (done.exit_code, done.stderr) == (0, "")
    assert [(row["id"], row["outcome"]) for row in activities(made)] == [("K01", "已报价")]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("没有", "--note", "x"), "没有找到客户“没有”"),
        (("公司", "--note", "x"), "对应 2 个客户（K01, K010）"),
        (("K01",), "没有要记的内容"),
        (("K01", "--outcome", "报过价了"), "结果“报过价了”没有记入"),
        (("K01", "--next", "改天再说"), "下次联系“改天再说”没有记入：看不懂是哪一天"),
    ],
)
def test_a_call_that_cannot_be_logged_is_refused_and_nothing_written(path, arguments, told):
    before = path.read_bytes()
    done = run("log", path, *arguments)
    assert done.exit_code == 2
    assert told in done.stderr
    assert path.read_bytes() == before


def test_a_whole_history_is_found_by_id_name_or_number(path):
    before = path.read_bytes()
    for text in ("k01", "大地", "王经理", "138 0013", "+8613800138000", "0086-138-0013-8000"):
        rows = json.loads(run("find", path, text, "--json").output)
        assert [(row["kind"], row["id"], row["at"][:10]) for row in rows] == [
            ("customer", "K01", "2026-05-01"),
            ("activity", "K01", "2026-05-20"),
            ("move", "K01", "2026-05-20"),
        ]
    assert "13800138000" in rows[0]["note"]
    assert (rows[1]["outcome"], rows[1]["tier"], rows[2]["tier"], rows[2]["note"]) == ("愿意了解", "D", "D", "E → D")
    abroad = json.loads(run("find", path, "+86 10 6234 5678", "--json").output)
    other = json.loads(run("find", path, "62345", "--json").output)
    assert abroad == [row | {"search": abroad[0]["search"]} if i == 0 else row for i, row in enumerate(other)]
    assert [(row["kind"], row["outcome"], row["amount"]) for row in other] == [
        ("customer", None, None),
        ("order", "取消", 900.0),
    ]
    nobody = run("find", path, "没有")
    assert (nobody.exit_code, path.read_bytes() == before) == (2, True)
