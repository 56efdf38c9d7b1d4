"""The grid of targets: what it shows adds up, what is typed there is in Targets once, what cannot be waits and says why."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import openpyxl
import pytest
import xlwings as xw
from hypothesis import given, settings
from hypothesis import strategies as st

from funnelbook import ribbon, template
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.commands.targets import Asked, targets_book
from funnelbook.commands.undo import undo
from funnelbook.domain import targets
from funnelbook.hosts.memory import MemoryBook
from support import small_team
from support.adopted import adopted, lines, refreshed, table
from support.examples import examples
from support.fake_excel import App
from support.sheets import read

DAY = date(2026, 5, 20)
HEAD = "期间 | 业务员 | 版本 | 拟定订单 | 拟定金额 | 拟定回款 | 订单 | 金额 | 回款 | 确认日期 | 确认人 | 锁定 | 修订原因 | 编制人\n"
TEAM = {
    "customers": "客户编号 | 客户名称 | 业务员 | 级别 | 录入日期\n1 | 甲 | 小李 | - | 2026-03-02",
    "people": "姓名 | 入职日期\n小李 | 2024-01-01\n小张 | 2024-01-02\n老王 | 2024-01-03",
    "orders": "订单号 | 日期 | 客户编号 | 业务员 | 金额 | 回款\nD1 | 2026-04-08 | 1 | 小李 | 1000n | 600n",
}
WHOLE = "2026-05 | 团队 | 1 | - | - | - | 30n | - | - | 2026-04-29 | 王总 | - | - | -"
LI = "2026-05 | 小李 | 1 | 9n | 5000n | - | - | - | - | - | - | - | - | -"
LOGGED = ("person", "revision", "orders_proposed", "amount_proposed", "orders", "amount", "paid", "agreed_by", "reason")
SHOWN = ("person", "state", "orders", "amount", "paid")


def grid(*rows: str, as_of: date = DAY) -> MemoryBook:
    book = adopted(**TEAM, targets=HEAD + "\n".join(rows))
    refreshed(book, as_of)
    return book


def enter(book: MemoryBook, who: str, **cells: object) -> None:
    sheet = book.grids["result TargetGrid"]
    row = next(row for row in sheet[3:] if row[0] == who)
    for name, value in cells.items():
        row[sheet[2].index(name)] = value


def typed(book: MemoryBook) -> list[tuple[object, ...]]:
    """(person, entries) of the rows that have some."""
    sheet = book.grids["result TargetGrid"]
    at = [sheet[2].index(name) for name in ("订单改为", "金额改为", "回款改为", "操作", "修订原因")]
    return [(row[0], *(row[j] for j in at)) for row in sheet[3:] if any(row[j] is not None for j in at)]


def log(book: MemoryBook) -> list[str]:
    return lines(read(book).frames["Targets"], *LOGGED)


def told(book: MemoryBook) -> list[str]:
    found = table(book, "Problems")
    return lines(found[found["table"] == "TargetGrid"], "row", "column", "problem")


def test_the_grid_shows_who_is_to_reach_what_and_how_far_it_is_settled():
    book = grid(WHOLE, LI, "2026-05 | 小张 | 1 | 12n | - | - | 12n | - | - | 2026-04-30 | 小张 | - | - | -",
                "2026-05 | 小张 | 2 | 8n | - | - | - | - | - | - | - | - | 内部变化 | -")  # fmt: skip
    shown = table(book, "TargetGrid")
    assert lines(shown, *SHOWN) == [
        "- agreed 30 5000 -",
        "小李 proposed 9 5000 -",
        "小张 pending 12 - -",
        "老王 derived 9 - -",  # what is left of the team's 30
        "total - 30 5000 -",
        "unassigned - 0 0 -",
    ]
    assert lines(shown, "agreed_by", "pending")[:3] == ["王总 -", "- -", "小张 订单 12 → 8"]
    assert lines(shown, "last_orders", "last_amount", "last_paid")[:3] == ["1 1000 600", "1 1000 600", "0 0 0"]
    assert shown["agreed_on"][0] == datetime(2026, 4, 29)


def test_a_number_is_proposed_and_agreed_in_the_same_step():
    book = grid(WHOLE)
    enter(book, "小李", 订单改为=8.0, 金额改为="1.2万", 操作="确认")
    enter(book, "小张", 订单改为="10")
    report = refreshed(book, DAY)
    assert report.targets.taken == 2
    assert log(book)[1:] == ["小李 1 8 12000 8 12000 - 小李 -", "小张 1 10 - - - - - -"]
    assert typed(book) == []
    assert lines(table(book, "TargetGrid"), *SHOWN)[1:3] == ["小李 agreed 8 12000 -", "小张 proposed 10 - -"]
    assert not refreshed(book, DAY).written


def test_agreeing_one_measure_says_what_becomes_of_the_others():
    book = grid(WHOLE, LI)
    enter(book, "小李", 订单改为=8.0, 操作="✓")
    assert refreshed(book, DAY).targets.told == ["小李：金额按拟定数一并确认。", "小李：毛利、回款还没有目标。"]
    # what was proposed first stays as it was
    assert log(book)[1:] == ["小李 1 9 5000 - - - - -", "小李 2 8 5000 8 5000 - 小李 -"]


def test_what_is_agreed_is_revised_with_a_reason_and_stands_until_the_revision_is_agreed():
    book = grid(WHOLE)
    enter(book, "团队", 订单改为=24.0)
    enter(book, "团队", 修订原因="外部变化")
    refreshed(book, DAY)
    assert lines(table(book, "TargetGrid"), *SHOWN, "pending")[0] == "- pending 30 - - 订单 30 → 24"
    enter(book, "团队", 操作="确认")
    refreshed(book, DAY)
    assert log(book) == ["- 1 - - 30 - - 王总 -", "- 2 24 - 24 - - 团队会议 external"]
    assert lines(table(book, "TargetGrid"), *SHOWN)[0] == "- agreed 24 - -"


def test_what_is_agreed_is_not_revised_without_a_reason():
    won = TEAM["orders"] + "\nD2 | 2026-05-08 | 1 | 小李 | 1000n | -"
    book = adopted(
        **TEAM | {"orders": won}, targets=HEAD + WHOLE.replace("30n", "1n")
    )  # reached: the numbers give none
    refreshed(book, DAY)
    enter(book, "团队", 订单改为=24.0)
    refreshed(book, DAY)
    assert typed(book) == [("团队", 24.0, None, None, None, None)]
    assert told(book)[0].endswith("：2026-05 的目标已经确认，要改请在这一行选“修订原因”。")


def test_half_an_order_is_no_target():
    book = grid(WHOLE, LI)
    enter(book, "小李", 订单改为=3.5)
    refreshed(book, DAY)
    assert typed(book) == [("小李", 3.5, None, None, None, None)]
    assert "订单目标不是整数" in told(book)[0]


@pytest.mark.parametrize(
    ("who", "cells", "problem"),
    [
        ("小李", {"订单改为": "八单"}, "5 orders_new 不是数字；这一行还没有记入目标"),
        ("小李", {"订单改为": -3.0}, "5 orders_new 目标是负数，没有使用"),
        ("小李", {"订单改为": 3.0, "操作": "同意吗"}, "5 decision "),
        ("小李", {"操作": "确认"}, "5 - 这一行没有记入目标：2026-05：没有等待确认的目标。"),
        ("小李", {"操作": "分解"}, "5 - 这一行没有记入目标：分解是把团队目标分到每个人"),
        ("小李", {"订单改为": 3.0, "操作": "拟定"}, "5 - 这一行没有记入目标：填了数字"),
        ("小李", {"修订原因": "外部变化"}, "5 - 这一行没有记入目标：只填了修订原因"),
        ("个人合计", {"订单改为": 3.0}, "8 person 这一行不是谁的目标"),
        ("未分配", {"订单改为": 3.0}, "9 person 这一行不是谁的目标"),
    ],
)
def test_what_cannot_be_taken_waits_whole_and_says_why(who, cells, problem):
    book = grid(WHOLE)
    before = log(book)
    enter(book, who, **cells)
    refreshed(book, DAY)
    assert log(book) == before
    assert [row[0] for row in typed(book)] == [who]
    assert set(cells.values()) <= set(typed(book)[0])
    assert [line for line in told(book) if line.startswith(problem)]
    assert not refreshed(book, DAY).written


def test_an_emptied_cell_is_no_entry():
    book = grid(WHOLE, LI)
    before = log(book)
    enter(book, "小李", 订单改为="  ", 操作="")
    refreshed(book, DAY)
    assert (log(book), told(book), typed(book)) == (before, [], [])


def test_the_split_comes_after_what_people_were_given():
    book = grid(WHOLE)
    enter(book, "团队", 操作="分解")
    enter(book, "小张", 订单改为=20.0, 操作="确认")
    refreshed(book, DAY)
    shown = table(book, "TargetGrid").set_index("person")
    assert shown["state"][["小李", "小张", "老王"]].tolist() == ["proposed", "agreed", "proposed"]
    assert shown["orders"][["小李", "老王"]].sum() == 10


def test_what_was_typed_for_a_month_stays_in_it():
    book = grid(WHOLE)
    enter(book, "小李", 订单改为=7.0)
    refreshed(book, date(2026, 6, 1))
    assert read(book).frames["Targets"]["period"].tolist() == ["2026-05", "2026-05"]
    assert set(table(book, "TargetGrid")["period"]) == {"2026-06"}


def test_before_what_is_logged_entries_wait():
    book = grid(WHOLE)
    enter(book, "小李", 订单改为=7.0)
    refreshed(book, date(2026, 5, 19))
    assert typed(book) == [("小李", 7.0, None, None, None, None)]
    assert len(log(book)) == 1


def test_a_targets_table_without_a_column_for_what_is_paid_says_so():
    book = adopted(**TEAM, targets="期间 | 业务员 | 版本 | 订单\n2026-05 | 团队 | 1 | 30n")
    refreshed(book, DAY)
    enter(book, "小李", 回款改为=900.0, 订单改为=3.0)
    refreshed(book, DAY)
    assert len(log(book)) == 1
    assert [line.split()[:2] for line in told(book)] == [["5", "orders_new"], ["5", "paid_new"]]


def test_a_button_takes_in_what_was_typed_and_does_its_own():
    book = grid(WHOLE, LI)
    enter(book, "小李", 订单改为=8.0)
    said = targets_book(book, "agree", Asked(), as_of=DAY).line
    assert log(book)[2:] == ["小李 2 8 5000 8 5000 - 小李 -"]
    assert typed(book) == []
    assert "已确认 1 行" in said
    assert lines(table(book, "TargetGrid"), *SHOWN)[1] == "小李 agreed 8 5000 -"
    # what was agreed in the grid leaves the button nothing to do, which is no refusal
    enter(book, "小张", 订单改为=3.0, 操作="确认")
    assert "1 行已记入目标" in targets_book(book, "agree", Asked(), as_of=DAY).line


def test_history_has_each_change_once():
    book = grid(WHOLE)
    enter(book, "小李", 订单改为=8.0, 回款改为=900.0, 操作="确认")
    refreshed(book, DAY)
    refreshed(book, DAY)
    own = table(book, "TargetHistory").query("person == '小李'")
    assert lines(own, "measure", "old", "new", "by") == ["orders - 8 小李", "paid - 900 小李"]


@settings(max_examples=examples(8))
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["团队", "小李", "小张", "老王"]),
            st.sampled_from([None, 0.0, 3.0, 12.0, "1万", "多", " "]),
            st.sampled_from([None, "确认", "分解", "拟定", "不"]),
            st.sampled_from([None, "外部变化"]),
        ),
        max_size=4,
        unique_by=lambda row: row[0],
    )
)
def test_sum_and_unassigned_are_the_teams_and_an_entry_is_taken_or_waits(entries):
    book = grid(WHOLE, LI)
    for who, orders, decision, reason in entries:
        enter(book, who, 订单改为=orders, 操作=decision, 修订原因=reason)
    before = read(book).frames["Targets"]
    there = {row[0] for row in typed(book) if any(cell is not None and str(cell).strip() for cell in row[1:])}
    report = refreshed(book, DAY)
    shown, after = (
        table(book, "TargetGrid").fillna({"person": "team"}).set_index("person"),
        read(book).frames["Targets"],
    )
    assert report.targets.taken + len(typed(book)) == len(there)
    # nothing that was there is changed but blank agreements filled
    for name in ("period", "revision", "orders_proposed", "amount_proposed", "reason"):
        assert after[name][: len(before)].equals(before[name])
    assert not after.duplicated(["person", "revision"]).any()
    for name in ("orders", "amount"):
        team, total, rest = shown[name][["team", "total", "unassigned"]]
        assert np.isnan(team) or total + rest == pytest.approx(team)
    weeks = shown[[f"week_{number}" for number in range(1, 6)]]
    assert weeks.sum(axis=1).tolist() == shown["orders"].fillna(0).tolist()
    count = len(after)
    refreshed(book, DAY)
    assert len(read(book).frames["Targets"]) == count


@settings(max_examples=examples(50))
@given(
    st.lists(st.integers(0, 40), min_size=1, max_size=8),
    st.lists(st.floats(0, 5), min_size=1, max_size=6).filter(lambda week: sum(week) > 0.01),
)
def test_parts_of_weeks_add_up_each_a_share_rounded_and_all_rows_stay_even(totals, week):
    weights = np.tile(week, (len(totals), 1))
    parts = targets.by_week(np.array(totals, dtype=float), weights)
    exact = np.outer(totals, np.array(week) / sum(week))
    assert parts.sum(axis=1).tolist() == totals
    assert (np.abs(parts - exact) < 1 + 1e-6).all()
    assert (np.abs((parts - exact).sum(axis=0)) < len(week)).all()


def without_target_of(person: str) -> dict[str, list[dict[str, object]]]:
    """A team's rows, of which one has no target."""
    rows = small_team.rows()
    return {**rows, "Targets": [row for row in rows["Targets"] if row["person"] != person]}


def test_in_a_file_it_is_taken_once_and_undone(tmp_path):
    path = tmp_path / "team.xlsx"
    path.write_bytes(template.build("zh", rows=without_target_of("李娜")))
    assert refresh_file(path, DAY).status == "done"
    book = openpyxl.load_workbook(path)
    heads = {cell.value: cell.column for cell in book["目标分解"][5]}
    row = next(r for r in range(6, 30) if book["目标分解"].cell(r, 1).value == "李娜")
    book["目标分解"].cell(row, heads["订单改为"]).value = 5
    book["目标分解"].cell(row, heads["操作"]).value = "确认"
    book.save(path)

    def rows_of_li() -> list[tuple[object, ...]]:
        sheet = openpyxl.load_workbook(path)["目标"]
        return [cells for cells in sheet.iter_rows(min_row=4, values_only=True) if cells[1] == "李娜"]

    report = refresh_file(path, DAY)
    assert report.message == "“目标分解”里填的 1 行已记入目标。 李娜：金额、毛利、回款还没有目标。"
    assert [(cells[3], cells[7], cells[12]) for cells in rows_of_li()] == [(5, 5, "李娜")]
    assert refresh_file(path, DAY, again=True).status == "unchanged"
    undo(path)
    assert rows_of_li() == []


def test_in_excel_the_button_takes_it_in(monkeypatch):
    monkeypatch.delenv("FUNNELBOOK_LANG", raising=False)
    app = App()
    workbook = app.new(template.build("zh", rows=without_target_of("李娜")))
    monkeypatch.setattr(xw.Book, "_mock_caller", workbook, raising=False)
    ribbon.press("refresh", "2026-05-20")
    sheet = workbook.sheets["目标分解"]
    heads = sheet.range("A5:W5").value
    row = 6 + sheet.range("A6:A20").value.index("李娜")
    sheet.range((row, 1 + heads.index("订单改为"))).value = 5
    sheet.range((row, 1 + heads.index("操作"))).value = "确认"
    ribbon.press("refresh", "2026-05-20")
    assert app.alerts == []
    assert "1 行已记入目标" in app.status_bar
    assert sheet.range((row, 2)).value == "已确认"
    assert sheet.range((row, 1 + heads.index("订单改为"))).value is None
