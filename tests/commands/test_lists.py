"""Lists taken into a workbook: new prospects, nobody twice, and numbers never to be called again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner

from funnelbook.book.ports import BookError
from funnelbook.cli import main
from funnelbook.commands.adopt import adopt
from funnelbook.commands.import_calls import stage
from funnelbook.commands.import_customers import stage_customers
from funnelbook.commands.open import open_book
from funnelbook.commands.spare import stage_spared
from support.exchanged import rows
from support.phone_systems import phone_book

DAY = date(2026, 5, 20)
LIST = """展会名单
公司名称,手机/电话,跟进人,备注,微信
北辰机械有限公司,138 0013 8001,Ann,电话已有,a
新光电子有限公司,13600001111,Ben,新的,b
新光电子,0136-0000 1111,Ben,名单里重复,c
Delta,13600002222,Ben,新的,d
"""


def taken(path: Path, text: str, name: str = "名单.csv"):
    file = path.with_name(name)
    file.write_text(text, "utf-8")
    return stage_customers(open_book(path), [file], {}, as_of=DAY).write()


def test_new_prospects_are_added_and_nobody_twice(tmp_path):
    path = phone_book(tmp_path / "team.xlsx")
    report = taken(path, LIST)
    assert (report.added, report.same_phone, report.alike) == (2, 2, 0)
    assert "C1" in report.problems["problem"].iloc[0]
    new = rows(path, "Customers").iloc[4:]
    assert new[["id", "name", "phone", "owner", "note"]].values.tolist() == [
        ["K0001", "新光电子有限公司", "13600001111", "Ben", "新的"],
        ["K0002", "Delta", "13600002222", "Ben", "新的"],
    ]
    assert new["created"].dt.date.tolist() == [DAY, DAY]
    before = path.read_bytes()
    again = taken(path, LIST, "again.csv")
    assert (again.added, again.same_phone) == (0, 4)
    assert path.read_bytes() == before


def test_a_name_that_is_alike_is_shown_and_not_added(tmp_path):
    path = phone_book(tmp_path / "team.xlsx", Customers=[{"id": "C1", "name": "常州宏信食品有限公司", "owner": "Ann"}])
    report = taken(path, "公司名称,电话\n常州宏信食品公司,13600001111\n")
    assert (report.added, report.alike) == (0, 1)
    assert "常州宏信食品有限公司" in report.problems["problem"].iloc[0]


def test_a_file_that_is_no_list_is_refused(tmp_path):
    path = phone_book(tmp_path / "team.xlsx")
    before = path.read_bytes()
    for take, code in ((stage_customers, "no_list"), (stage_spared, "no_numbers")):
        file = tmp_path / "log.csv"
        file.write_text("a,b\n1,2\n", "utf-8")
        with pytest.raises(BookError) as caught:
            take(open_book(path), [file], **({"mapping": {}} if take is stage_customers else {}), as_of=DAY).write()
        assert caught.value.code == code
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "text",
    [
        "13800138001\n0138 3333 4444\n13733334444\n",
        "序号,号码,日期\n1,13800138001,2026-05-01\n2,13733334444,2026-05-02\n3,13812345670,\n",
    ],
)
def test_whoever_is_in_a_do_not_call_list_is_marked_by_any_number(tmp_path, text):
    path, file = phone_book(tmp_path / "team.xlsx"), tmp_path / "dnc.txt"
    file.write_text(text, "utf-8")
    report = stage_spared(open_book(path), [file], as_of=DAY).write()
    assert (report.marked, report.before, report.unknown) == (2, 0, 1)
    customers = rows(path, "Customers")
    assert customers["id"][customers["do_not_call"]].tolist() == ["C1", "C5"]  # C5 has it as its second
    assert stage_spared(open_book(path), [file], as_of=DAY).report.before == 2


@pytest.mark.parametrize(
    ("text", "marked", "unknown"),
    [
        ("C1\nC6\nC9\n", ["C1", "C6"], 1),
        ("客户编号,电话\nC1,13900139002\nC5,\n", ["C1", "C2", "C5"], 0),  # a row may name two: both are spared
        ("13800138001\nC6\n13900139002\n13733334444\n13655556666\n", ["C1", "C2", "C5", "C6"], 0),
    ],
)
def test_a_do_not_call_list_may_name_customers_by_their_ids(tmp_path, text, marked, unknown):
    path, file = phone_book(tmp_path / "team.xlsx"), tmp_path / "dnc.csv"
    file.write_text(text, "utf-8")
    report = stage_spared(open_book(path), [file], as_of=DAY).write()
    customers = rows(path, "Customers")
    assert (customers["id"][customers["do_not_call"]].tolist(), report.unknown) == (marked, unknown)


def test_a_column_that_counts_the_rows_marks_nobody_by_its_numbers(tmp_path):
    numbered = [{"id": str(i), "name": f"N{i}", "phone": f"1380013800{i}", "owner": "Ann"} for i in range(1, 5)]
    path, file = phone_book(tmp_path / "team.xlsx", Customers=numbered), tmp_path / "dnc.csv"
    file.write_text("序号,号码\n1,13800138004\n2,13800138003\n", "utf-8")
    stage_spared(open_book(path), [file], as_of=DAY).write()
    customers = rows(path, "Customers")
    assert customers["id"][customers["do_not_call"]].tolist() == ["3", "4"]
    file.write_text("1\n2\n", "utf-8")
    with pytest.raises(BookError, match="no column of phone numbers or customer IDs"):
        stage_spared(open_book(path), [file], as_of=DAY)
    file.write_text("Customer ID\n1\n2\n", "utf-8")
    assert stage_spared(open_book(path), [file], as_of=DAY).report.marked == 2


def test_a_list_without_a_column_for_it_gets_one(tmp_path):
    path, file = tmp_path / "own.xlsx", tmp_path / "勿扰.txt"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("客户")
        for i, row in enumerate(
            [["公司名称", "电话", "跟进人"], ["甲", "13800138001", "张三"], ["乙", "13900139002", "李四"]]
        ):
            sheet.write_row(i, 0, row)
    adopt(path, as_of=DAY)
    file.write_text("13900139002", "utf-8")
    run = CliRunner().invoke(
        main, ["import", "--do-not-call", str(file), "--to", str(path), "--lang", "zh", "--as-of", "2026-05-20"]
    )
    assert (run.exit_code, run.output) == (
        0,
        "标为勿扰的客户 1 个，原来就是的 0 个；0 个号码或编号客户表里没有。\n已标为勿扰，以后不会取消。\n",
    )
    customers = rows(path, "Customers")
    assert customers[["name", "do_not_call"]].values.tolist() == [["甲", False], ["乙", True]]


def test_unknown_callers_become_customers_with_their_calls(tmp_path):
    path, log = phone_book(tmp_path / "team.xlsx"), tmp_path / "log.csv"
    log.write_text(
        "call time,phone,agent\n2026-05-19 09:00,13600001111,Ben\n"
        "2026-05-18 09:00,+86 136 0000 1111,Ann\n2026-05-19 09:05,13800138001,Ann\n",
        "utf-8",
    )
    assert stage(open_book(path), [log], {}, as_of=DAY).report.unknown == 2  # as they are written
    report = stage(open_book(path), [log], {}, as_of=DAY, add_customers=True).write()
    assert (report.added, report.unknown) == (3, 0)
    new = rows(path, "Customers").iloc[4:]
    assert new[["id", "phone", "owner"]].values.tolist() == [["K0001", "13600001111", "Ann"]]
    assert new["created"].dt.date.tolist() == [date(2026, 5, 18)]
    assert rows(path, "Activities")["id"].tolist() == ["K0001", "K0001", "C1"]
    before = path.read_bytes()
    stage(open_book(path), [log], {}, as_of=DAY, add_customers=True).write()
    assert path.read_bytes() == before


def test_rows_of_a_list_with_only_a_number_become_no_customer(tmp_path):
    path = phone_book(tmp_path / "team.xlsx")
    text = "客户编号,公司名称,电话,跟进人,勿扰\nN1,北方机械有限公司,13600001111,Ben,\n"
    text += "N2,,,,\nN3,,,,否\n,,,,\nN4, ,　,,\nN5,Delta,13600002222,Ben,"
    report = taken(path, text)
    assert report.added == 2
    assert not len(report.problems)


def test_rows_of_a_list_with_only_borders_become_no_customer(tmp_path):
    path, file = phone_book(tmp_path / "team.xlsx"), tmp_path / "名单.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        sheet, boxed = book.add_worksheet(), book.add_format({"border": 1})
        for row, cells in enumerate(
            [["编号", "公司名称", "电话"], ["K0001", "北方机械", "13600001111"], ["K0002", "", ""], ["", "", ""]]
        ):
            for column, cell in enumerate(cells):
                sheet.write(row, column, cell, boxed)
    report = stage_customers(open_book(path), [file], {}, as_of=DAY).write()
    assert report.added == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_wrong_with_a_list_is_told_in_the_language_asked_for(tmp_path, lang):
    path, file = phone_book(tmp_path / "team.xlsx"), tmp_path / "名单.csv"
    file.write_text(LIST, "utf-8")
    report = stage_customers(open_book(path), [file], {}, as_of=DAY, told_in=lang).report
    chinese = [any("一" <= sign <= "鿿" for sign in text) for text in report.problems["remedy"]]
    assert set(chinese) == {lang == "zh"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_wrong_with_a_log_is_told_in_the_language_asked_for(tmp_path, lang):
    path, file = phone_book(tmp_path / "team.xlsx"), tmp_path / "log.csv"
    file.write_text("call time,phone,agent\n2026-05-19 09:00:00,13099998888,Ann\n", "utf-8")
    problems = stage(open_book(path), [file], {}, as_of=DAY, told_in=lang).report.problems
    assert [any("一" <= sign <= "鿿" for sign in text) for text in problems["remedy"]] == [lang == "zh"] * len(problems)
    assert len(problems)


def test_a_list_taken_again_says_that_nobody_is_new(tmp_path):
    path = phone_book(tmp_path / "team.xlsx", [])
    prospects = tmp_path / "展会.csv"
    prospects.write_text("公司,电话\n新公司,13300001111\n", "utf-8")
    said = [stage_customers(open_book(path), [prospects], {}, as_of=DAY).write().done("zh") for _ in range(2)]
    assert said == ["已加入客户表。", "没有新客户，客户表没有变。"]
