"""Targets proposed, split, agreed and revised in the workbook: rows are added, nothing is overwritten."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pytest
import xlwings as xw
from click.testing import CliRunner

from funnelbook import ribbon, template
from funnelbook.book.labels import sheet_name
from funnelbook.book.ports import BookError
from funnelbook.book.schema import TABLES
from funnelbook.cli import main
from funnelbook.commands.show import show
from funnelbook.commands.targets import Asked, targets_book
from support import small_team
from support.adopted import adopted, lines, refreshed, table
from support.fake_excel import App
from support.sheets import read

DAY = date(2026, 5, 20)
HEAD = "期间 | 业务员 | 版本 | 拟定订单 | 拟定金额 | 拟定毛利 | 订单 | 金额 | 毛利 | 确认日期 | 确认人 | 锁定 | 修订原因 | 编制人\n"
TEAM = {
    "customers": "客户编号 | 客户名称 | 业务员 | 级别 | 录入日期\n1 | 甲 | 小李 | - | 2026-03-02",
    "people": "姓名 | 入职日期 | 产能系数\n小李 | 2024-01-01 | 3n\n小张 | 2024-01-02 | 3n\n老王 | 2024-01-03 | 1n",
    # one order each in the same days: everybody is as productive
    "orders": "订单号 | 日期 | 客户编号 | 业务员 | 金额\n"
    + "\n".join(f"D{who} | 2026-05-04 | 1 | {who} | 1000n" for who in ("小李", "小张", "老王")),
    "settings": "项目 | 值\nfairness | 0n",
}
SHOWN = ("person", "revision", "orders_proposed", "orders", "agreed_by", "reason", "author")


def book_with(*rows: str):
    return adopted(**TEAM, targets=HEAD + "\n".join(rows))


def rows(book) -> list[str]:
    return lines(read(book).frames["Targets"], *SHOWN)


def history(book) -> list[str]:
    return lines(table(book, "TargetHistory"), "person", "measure", "old", "new", "reason", "by")


def run(book, action: str, **asked):
    return targets_book(book, action, Asked(**asked), as_of=DAY)


def refused(do) -> str:
    """The code of the refusal."""
    with pytest.raises(BookError) as error:
        do()
    return error.value.code


def test_split_agree_revise_by_hand():
    # 100 over capacities 3, 3, 1: 43, 43, 14 (numbers.md 7)
    book = book_with("2026-05 | 团队 | 1 | - | - | - | 100n | - | - | 2026-04-29 | 王总 | - | - | -")
    run(book, "split", by="王总")
    team = "- 1 - 100 王总 - -"
    assert rows(book) == [team, "小李 1 43 - - - 王总", "小张 1 43 - - - 王总", "老王 1 14 - - - 王总"]
    assert "没有改动" in run(book, "split").line
    run(book, "agree", person="小李", orders=40)
    assert rows(book)[1] == "小李 1 43 40 小李 - 王总"
    assert read(book).frames["Targets"]["agreed_on"][1].date() == DAY
    # 小李 keeps the 40 he agreed to; 60 over 3, 1: 45, 15
    run(book, "split")
    assert rows(book)[4:] == ["小张 2 45 - - - -", "老王 2 15 - - - -"]
    assert rows(book)[2] == "小张 1 43 - - - 王总"
    run(book, "agree")
    assert [row.split()[-3] for row in rows(book)[4:]] == ["小张", "老王"]
    run(book, "revise", person="老王", orders=10, reason="internal", by="王总")
    assert rows(book)[6:] == ["老王 3 10 - - internal 王总"]
    assert history(book) == [
        "- orders - 100 - 王总",
        "小李 orders - 43 - 王总",
        "小张 orders - 43 - 王总",
        "老王 orders - 14 - 王总",
        "小李 orders 43 40 - 小李",
        "小张 orders 43 45 - -",
        "老王 orders 14 15 - -",
        "老王 orders 15 10 internal 王总",
    ]
    refreshed(book)
    assert len(history(book)) == 8


def test_a_locked_target_stays_and_one_who_left_gives_his_back():
    book = book_with(
        "2026-05 | 团队 | 1 | - | - | - | 20n | - | - | - | - | - | - | -",
        "2026-05 | 小李 | 1 | - | - | - | 12n | - | - | - | - | 是 | - | -",
        "2026-05 | 小陈 | 1 | - | - | - | 5n | - | - | - | - | - | - | -",
    )
    run(book, "split")
    # 8 over capacities 3 and 1
    assert rows(book)[3:] == ["小张 1 6 - - - -", "老王 1 2 - - - -", "小陈 2 0 - - - -"]


@pytest.mark.parametrize("action", ["propose", "split"])
@pytest.mark.parametrize("left_with", [(), ("2026-05 | 小李 | 1 | - | - | - | 5n | - | - | - | - | - | - | -",)])
def test_where_everybody_has_left_it_says_so(action, left_with):
    left = "姓名 | 在岗\n" + "\n".join(f"{who} | 否" for who in ("小李", "小张", "老王"))
    goal = "2026-06 | 团队 | 1 | - | - | - | 20n | - | - | - | - | - | - | -"
    goals = {"propose": [], "split": [goal.replace("06", "05")]}[action]
    book = adopted(**TEAM | {"people": left}, targets=HEAD + "\n".join([goal, *goals, *left_with]))
    before = rows(book)
    with pytest.raises(BookError) as error:
        run(book, action)
    assert error.value.text("zh").startswith("2026-05：没有在岗的业务员，")
    assert error.value.text("en").startswith("2026-05: nobody in People is active, ")
    assert rows(book) == before


@pytest.mark.parametrize(
    "targets",
    [
        # what is kept is more than the total
        (
            "2026-05 | 团队 | 1 | - | - | - | 10n | - | - | - | - | - | - | -",
            "2026-05 | 小李 | 1 | - | - | - | 12n | - | - | - | - | 是 | - | -",
        ),
        # those who work keep theirs, and who left takes no share
        (
            "2026-05 | 团队 | 1 | - | - | - | 20n | - | - | - | - | - | - | -",
            *(f"2026-05 | {who} | 1 | - | - | - | 5n | - | - | - | - | 是 | - | -" for who in ("小李", "小张", "老王")),
            "2026-05 | 小陈 | 1 | - | - | - | 4n | - | - | - | - | - | - | -",
        ),
    ],
    ids=["too much is kept", "nobody takes the rest"],
)
def test_a_split_that_cannot_add_up_is_refused_and_changes_nothing(targets):
    book = book_with(*targets)
    before = rows(book)
    assert refused(lambda: run(book, "split")) == "cannot_split"
    assert rows(book) == before


def test_proposed_by_productivity_and_pipeline():
    orders = [f"D{who}{i} | 2026-05-{1 + i:02d} | 1 | {who} | 1000n" for who in ("小李", "小张") for i in range(20)]
    book = adopted(
        **TEAM
        | {
            "people": "姓名 | 入职日期\n小李 | 2024-01-01\n小张 | 2024-01-02",
            "orders": "订单号 | 日期 | 客户编号 | 业务员 | 金额\n" + "\n".join(orders),
        },
        targets=HEAD,
    )
    run(book, "propose", by="王总")
    # 20 orders in the 14 working days to the 20th: 10/7 a day, 30 in the 21 days of May; the pipeline: 20 won and nothing
    # to come; 25 the mean
    assert rows(book) == ["- 1 50 - - - 王总", "小李 1 25 - - - 王总", "小张 1 25 - - - 王总"]
    assert read(book).frames["Targets"]["amount_proposed"].tolist() == [50000, 25000, 25000]
    assert refused(lambda: run(book, "propose")) == "targets_there"


def test_a_target_is_proposed_for_one_person_or_the_team_alone():
    book = book_with()
    run(book, "propose", person="小李")
    assert [row.split()[0] for row in rows(book)] == ["小李"]
    alone = rows(book)[0]
    run(book, "propose", person="团队")
    assert [row.split()[0] for row in rows(book)] == ["小李", "-"]
    run(book, "propose")
    assert [row.split()[0] for row in rows(book)] == ["小李", "-", "小张", "老王"]
    everybody = book_with()
    run(everybody, "propose")
    assert sorted(rows(everybody)) == sorted(rows(book)), "the same as all at once"
    assert alone in rows(everybody)


def test_the_teams_proposal_is_the_sum_to_the_last_yuan():
    # 1,050 an order: each person's money is rounded to hundreds before it is added
    book = adopted(
        **TEAM
        | {
            "orders": "订单号 | 日期 | 客户编号 | 业务员 | 金额\n"
            + "\n".join(f"D{who} | 2026-05-04 | 1 | {who} | 1050n" for who in ("小李", "小张", "老王"))
        },
        targets=HEAD + "2026-05 | 小李 | 1 | 4n | 4130n | - | - | - | - | - | - | - | - | -",
    )
    run(book, "propose")
    rows = read(book).frames["Targets"]
    team, own = rows[rows["person"].isna()], rows[rows["person"].notna()]
    for column in ("orders_proposed", "amount_proposed"):
        assert team[column].tolist() == [own[column].sum()]


@pytest.mark.parametrize(
    ("action", "asked", "code"),
    [
        ("propose", {"person": "小陈"}, "no_such_worker"),
        ("split", {}, "no_team_target"),
        ("split", {"person": "小李"}, "split_for_all"),
        ("split", {"person": "团队"}, "no_team_target"),
        ("agree", {}, "nothing_to_agree"),
        ("agree", {"orders": 3.0}, "whose_target"),
        ("revise", {"reason": "forecast"}, "no_target_of"),
        ("propose", {"period": "下周"}, "bad_period_asked"),
    ],
)
def test_what_cannot_be_done_says_why(action, asked, code):
    assert refused(lambda: run(book_with(), action, **asked)) == code


@pytest.mark.parametrize("person", ["小李", "团队"])
def test_who_has_a_target_is_proposed_none(person):
    book = book_with(
        "2026-05 | 团队 | 1 | - | - | - | 20n | - | - | - | - | - | - | -",
        "2026-05 | 小李 | 1 | - | - | - | 12n | - | - | - | - | - | - | -",
    )
    before = rows(book)
    with pytest.raises(BookError) as error:
        run(book, "propose", person=person)
    assert error.value.text("zh") == f"2026-05：{person} 已有目标，要改请用“修订”。"
    assert rows(book) == before


def test_the_numbers_give_the_reason_of_a_revision():
    book = book_with("2026-05 | 团队 | 1 | - | - | - | 50n | - | - | - | - | - | - | -")
    refreshed(book)
    assert "原因：预测不准" in book.grid("result Meeting")[1][0]
    run(book, "revise")
    assert rows(book)[1] == "- 2 3 - - forecast -"


GOAL = "2026-05 | 团队 | 1 | - | - | - | 50n | 100000n | - | - | - | - | - | -"


@pytest.mark.parametrize(
    ("given", "proposed", "told"),
    [
        ({"orders": 40}, [40, 100_000], "金额仍是原来的目标"),
        ({"amount": 80_000}, [50, 80_000], "订单仍是原来的目标"),
        ({"orders": 40, "amount": 80_000}, [40, 80_000], "旧版本保留"),
        ({}, [3, 6_000], "旧版本保留"),  # 3 orders to come at 100,000 / 50 an order
    ],
)
def test_a_measure_that_is_not_revised_stays_and_is_named(given, proposed, told):
    book = book_with(GOAL)
    line = run(book, "revise", reason="forecast", **given).line
    new = read(book).frames["Targets"].iloc[1]
    assert new[["orders_proposed", "amount_proposed"]].tolist() == proposed
    assert told in line
    assert ("仍是" in line) == (len(given) == 1)
    assert "毛利" not in line, "there is no target of it"


def test_the_numbers_give_no_reason_while_the_target_can_be_made():
    book = adopted(
        **TEAM,
        targets=HEAD + "2026-05 | 团队 | 1 | - | - | - | 1n | - | - | - | - | - | - | -",
    )
    refreshed(book)
    assert "修订" not in book.grid("result Meeting")[1][0]
    assert refused(lambda: run(book, "revise")) == "no_reason"


# a team, its people still without a target
TEAM_TARGET = small_team.rows() | {
    "Targets": [
        {"period": "2026-05", "person": "team", "revision": 1, "orders": 20, "amount": 320_000.0, "margin": 80_000.0}
        | {"agreed_on": date(2026, 4, 29), "agreed_by": "王磊"}
    ]
}


def test_on_the_command_line_and_in_the_file(tmp_path):
    path = tmp_path / "团队.xlsx"
    path.write_bytes(template.build("zh", rows=TEAM_TARGET))

    def cli(*words: str):
        return CliRunner().invoke(main, ["targets", str(path), *words, "--as-of", "2026-05-20", "--json"])

    split = json.loads(cli("split", "--by", "王总").stdout)
    assert len(split) == len(small_team.PEOPLE)
    assert sum(row["orders_proposed"] for row in split) == 20
    assert round(sum(row["amount_proposed"] for row in split), 2) == 320_000
    written = path.read_bytes()
    assert json.loads(cli("split").stdout) == []
    assert path.read_bytes() == written
    agreed = json.loads(cli("agree", "--person", split[0]["person"], "--orders", "7").stdout)
    assert [(row["orders"], row["agreed_on"]) for row in agreed] == [(7, "2026-05-20")]
    refusal = cli("propose")
    assert refusal.exit_code == 2
    assert "都已有目标" in refusal.stderr
    log = show(path, TABLES["TargetHistory"], as_of=DAY)
    assert len(log) == 3 + len(split) * 3 + 1


def test_the_button_splits_the_targets_of_the_workbook_in_front(monkeypatch):
    monkeypatch.delenv("FUNNELBOOK_LANG", raising=False)
    app = App()
    workbook = app.new(template.build("zh", rows=TEAM_TARGET))
    monkeypatch.setattr(xw.Book, "_mock_caller", workbook, raising=False)
    ribbon.press("targets_split", "2026-05-20")
    assert app.alerts == []
    assert app.status_bar == "已分解：新增 2 行，合计与团队目标一致。"
    assert workbook.impl.front == sheet_name("target_grid", "zh")


def test_a_negative_target_is_not_used_and_said():
    book = adopted(
        customers="客户编号 | 业务员\n1 | 小李",
        people="姓名 | 入职日期\n小李 | 2025-01-01",
        targets="期间 | 业务员 | 版本 | 订单 | 金额\n2026-05 | 团队 | 1 | -5n | -300n\n2026-05 | 小李 | 1 | 4n | -",
    )
    refreshed(book)
    board = table(book, "Board")
    assert lines(board, "person", "target") == ["小李 4", "- 4"]
    found = table(book, "Problems")
    assert lines(found[found["table"] == "Targets"], "row", "column", "value", "problem") == [
        "2 orders -5 目标是负数，没有使用",
        "2 amount -300 目标是负数，没有使用",
    ]


@pytest.mark.parametrize("period", ["2026-06", "2026-07", "2026-12"])
def test_a_period_to_come_is_proposed_what_is_expected_in_its_own_days(period):
    """What comes before it begins is left out once: to take it off again gave targets below 0 for periods farther away."""
    book = book_with()
    run(book, "propose", period=period)
    proposed = read(book).frames["Targets"]["orders_proposed"]
    expected = adopted(**TEAM | {"settings": f"项目 | 值\nfairness | 0n\nperiod | {period}"})
    refreshed(expected, DAY)
    shapes = table(expected, "Shapes").set_index("person")["expected"]
    assert (proposed >= 0).all()
    # every new hand's productivity is at least what the pipeline does here; the mean is no less than half of the latter
    assert (proposed.iloc[1:].to_numpy() >= np.floor(shapes[["小李", "小张", "老王"]].to_numpy() / 2)).all()
