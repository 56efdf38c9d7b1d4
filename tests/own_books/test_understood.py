"""A list as people keep it is understood by its headers and by what stands below them, and what was guessed is said."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter

from funnelbook.book.guess import guessed
from funnelbook.book.locate import locate
from funnelbook.book.schema import TABLES
from funnelbook.commands.adopt import adopt
from funnelbook.commands.adopt_told import told
from funnelbook.commands.check import check
from funnelbook.commands.open import open_book, read_inputs
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.commands.show import show
from funnelbook.commands.undo import undo
from funnelbook.domain import periods
from support.sheets import book_of

DAY = date(2026, 12, 2)
HEADS = [
    "序号", "公司名称", "联系人", "手机/电话", "微信", "客户来源", "客户等级", "跟进人", "首次联系", "跟进情况", "下次回访", "报价金额",
]  # fmt: skip
ROWS = [  # of own-list-zh.xlsx
    [1, "苏州达信食品有限公司", "郑小姐", "138 8804 7506", None,
     "百度", "C", "陈刚", "9.19", "9/19 加了微信", None, "9800元"],
    [2, "上海盛兴电子有限公司", "金先生", "13900004555/0512-65370512", None,
     "扫楼", "C", "马强", "2026/11/2", "11/6 已报价", "12月7日", "8千"],
    [3, "苏州博源建材有限公司", "秦总", "13900003038/0512-65166543", None,
     "转介绍", "死单", "刘芳", "10.18", "10/18 说不需要", "12月6日", 12800],
    [4, "苏州盛远物流有限公司", "朱经理", 13804833561, "同手机",
     "阿里", "已成交", "刘芳", "2026/9/1", "9/2 已签单", "下周", "1.2万"],
    [5, "无锡博发食品有限公司", "魏先生", 13858712975, "同手机",
     "展会", "D", "刘芳", "2026/10/11", "10/11 加了微信", "月底", None],
]  # fmt: skip


def made(
    path: Path, heads: list[str], rows: list[list[object]], more: dict[str, list[list[object]]] | None = None
) -> Path:
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("客户跟进表")
        sheet.merge_range(0, 0, 0, len(heads) - 1, "电销一部客户跟进表（2026年）")
        sheet.write_row(2, 0, heads)
        for i, row in enumerate(rows, 3):
            sheet.write_row(i, 0, row)
        sheet.write(3 + len(rows), 0, "合计")
        sheet.write_formula(3 + len(rows), 1, f"=COUNTA(B4:B{3 + len(rows)})", None, len(rows))
        for name, body in (more or {}).items():
            other = workbook.add_worksheet(name)
            for i, row in enumerate(body):
                other.write_row(i, 0, row)
    return path


def customers(path: Path, as_of: date = DAY) -> pd.DataFrame:
    return read_inputs(open_book(path), as_of).frames["Customers"]


def test_notes_are_told_before_they_are_taken_and_go_with_one_undo(tmp_path):
    path = made(tmp_path / "k.xlsx", HEADS, ROWS)
    before = path.read_bytes()
    report = adopt(path, as_of=DAY, dry_run=True)
    assert (report.noted.count, report.noted.orders, report.noted.unpriced) == (
        5,
        0,
        1,
    )  # sold, and nobody says for how much
    line = next(line for line in told(report, "zh") if "备注" in line)
    assert "5 条" in line
    assert "“11/6 已报价” → 2026-11-06" in line
    assert path.read_bytes() == before
    assert adopt(path, as_of=DAY).noted.count == 5
    log = read_inputs(open_book(path), DAY).frames["Activities"]
    assert log["note"].tolist() == ["9/2 已签单", "9/19 加了微信", "10/11 加了微信", "10/18 说不需要", "11/6 已报价"]
    assert log["at"].dt.strftime("%Y-%m-%d").tolist()[0] == "2026-09-02"
    assert log["outcome"].tolist() == ["成交", None, None, "暂无需求", "已报价"]
    assert set(log["source"]) == {"note"}
    assert refresh_file(path, DAY).message == ""  # known: none is taken again
    undo(path, 2)
    assert path.read_bytes() == before


def test_a_list_made_by_hand_needs_no_word_from_its_user(tmp_path):
    path = made(tmp_path / "k.xlsx", HEADS, ROWS, {"11月业绩": [["姓名", "任务", "合计"], ["刘芳", 50000, 8000]]})
    report = adopt(path, as_of=DAY)
    assert (report.numbered, report.proposed) == (5, {"People": ["刘芳", "陈刚", "马强"]})
    frame = customers(path)
    assert frame["name"].tolist() == [row[1] for row in ROWS]  # and no row of totals
    assert frame["owner"].tolist() == ["陈刚", "马强", "刘芳", "刘芳", "刘芳"]
    assert frame["tier"].tolist() == ["C", "C", "Lost", "Won", "D"]
    assert frame["expected_value"].tolist()[:4] == [9800, 8000, 12800, 12000]
    assert frame["created"].dt.strftime("%m-%d").tolist() == ["09-19", "11-02", "10-18", "09-01", "10-11"]
    assert frame["next_contact"].dropna().dt.strftime("%m-%d").tolist() == ["12-07", "12-06", "12-07", "12-31"]
    assert refresh_file(path, DAY).status == "done"
    assert show(path, TABLES["People"], as_of=DAY)["person"].tolist() == ["刘芳", "陈刚", "马强"]
    assert len(show(path, TABLES["CallList"], as_of=DAY))
    problems = check(path, as_of=DAY)
    assert "next_contact" in problems["column"].tolist()
    assert not problems["problem"].str.contains("无效").any()  # two phones in a cell are two phones


def test_what_was_read_by_meaning_and_taken_from_the_data_is_told(tmp_path):
    path = made(tmp_path / "k.xlsx", HEADS, ROWS)
    lines = [*told(adopt(path, as_of=DAY, dry_run=True), "zh", None)]
    assert any("跟进人 → 客户.业务员" in line and "报价金额 → 客户.预计金额" in line for line in lines)
    assert "从数据里整理到“业务员”表，请核对：刘芳、陈刚、马强" in lines


@pytest.mark.parametrize(
    ("theirs", "column"),
    [
        ("单位", "name"), ("公司", "name"), ("联系电话", "phone"), ("联系方式", "phone"), ("负责人", "owner"), ("意向程度", "tier"),
        ("客户级别", "tier"), ("Deal owner", "owner"), ("Deal stage", "tier"), ("Company name", "name"), ("Mobile", "phone"),
        ("Create date", "created"), ("Next activity date", "next_contact"), ("Amount", "expected_value"),
    ],
)  # fmt: skip
def test_headers_of_other_programs_and_hands_are_known(theirs, column):
    book = book_of(名单=[["客户编号", theirs, "邮箱"], ["K1", "x", "a@b.cn"]])
    assert locate(book).places["Customers"].headers[column] == theirs


def guesses(text: str, people: tuple[str, ...] = ()) -> dict[str, str]:
    book = book_of(名单=text)
    place = locate(book).places["Customers"]
    return {column: header for (_, column), header in guessed(book, place, people, {}).items()}


def test_the_close_date_of_an_open_deal_is_when_it_is_expected_to_close(tmp_path):
    deals = [  # as HubSpot exports them
        ["K1", "Open, calls since", "B", "2026-11-20"],
        ["K2", "Open, expected", "B", "2027-01-31"],
        ["K3", "Lost, a call since", "Closed lost", "2026-11-20"],
    ]
    calls = [["Customer ID", "Time"], *([key, "2026-11-25"] for key in ("K1", "K2", "K3"))]
    path = made(tmp_path / "deals.xlsx", ["Record ID", "Deal name", "Deal stage", "Close date"], deals, {"Log": calls})
    adopt(path, {("Customers", "id"): "Record ID"}, as_of=DAY)
    told = check(path, as_of=DAY)
    assert told.loc[told["column"] == "at", "row"].tolist() == [4]


def test_headers_that_hold_a_known_one_are_guessed_and_their_opposites_are_not():
    assert guesses("客户编号 | 意向客户等级 | 电话号码1 | 备注\nK1 | x | y | z") == {
        "tier": "意向客户等级",
        "phone": "电话号码1",
    }
    assert guesses("客户编号 | 上次联系 | 微信名称 | 备注\nK1 | x | y | z") == {}


def test_what_stands_in_a_column_tells_phones_people_tiers_and_companies():
    text = """
客户编号 | 来源 | 邮箱 | 备注 | 甲 | 乙 | 丙 | 丁 | 戊
K1 | x | - | x | 甲有限公司 | 13800138001 | 小李 | A | 20261101001
K2 | x | - | y | 乙有限公司 | 010-62345678 | 小张 | B类 | 20261101002
K3 | x | - | z | 丙商行 | +86 13900139002 | 小李 | 已成交 | 20261101003
"""
    assert guesses(text, ("小李", "小张")) == {"name": "甲", "phone": "乙", "owner": "丙", "tier": "丁"}
    assert "owner" not in guesses(text)  # few names that nobody knows may be towns as well


def test_of_two_columns_of_phones_none_is_guessed():
    text = "客户编号 | 甲 | 乙 | 备注\n" + "\n".join(f"K{i} | 1380013800{i} | 1390013900{i} | x" for i in range(4))
    assert guesses(text) == {}


def test_a_guess_is_remembered(tmp_path):
    path = made(
        tmp_path / "k.xlsx", ["公司名称", "意向客户等级", "联系电话", "甲"], [["甲公司", "A", "13800138001", "x"]]
    )
    adopt(path, as_of=DAY)
    refresh_file(path, DAY)
    assert customers(path)["tier"].tolist() == ["A"]


def test_stages_of_their_own_become_tiers_in_the_order_of_a_sale(tmp_path):
    stages = ["谈判", "初次沟通", "报价", "需求确认", "死单", "已签"]
    rows = [[f"{i}公司", f"1380013800{i}", stage] for i, stage in enumerate(stages)]
    path = made(tmp_path / "k.xlsx", ["公司名称", "电话", "客户阶段"], rows)
    report = adopt(path, as_of=DAY)
    assert report.proposed["Tiers"] == ["初次沟通", "需求确认", "报价", "谈判"]
    assert refresh_file(path, DAY).status == "done"
    assert customers(path)["tier"].tolist() == ["谈判", "初次沟通", "报价", "需求确认", "Lost", "Won"]


def test_a_slip_among_the_usual_tiers_makes_no_tier(tmp_path):
    rows = [[f"{i}公司", f"1380013800{i}", tier] for i, tier in enumerate("AABBX")]
    path = made(tmp_path / "k.xlsx", ["公司名称", "电话", "等级"], rows)
    assert "Tiers" not in adopt(path, as_of=DAY).proposed


def test_settings_of_their_own_are_left_alone(tmp_path):
    """As k11c-own-settings-sheet.xlsx."""
    own = [["Setting", "Value"], ["DefaultOwner", "Vi"], ["FollowUpAlertDays", 0]]
    log = [["ActivityID", "LeadID", "ActivityDate", "ActivityType", "Summary", "Owner", "Outcome"],
           ["A1", "LD-1", "2026-05-19", "Call", "Discovery", "Vi", "Positive"]]  # fmt: skip
    heads = ["LeadID", "CreatedDate", "CompanyName", "Phone", "AssignedTo", "NextFollowUp"]
    rows = [["LD-1", "2026-05-01", "North", "13800138001", "Vi", "2026-05-21"]]
    path = made(tmp_path / "k.xlsx", heads, rows, {"Settings": own, "Activities": log})
    report = adopt(path, as_of=DAY, language="en")
    assert report.proposed == {"People": ["Vi"], "Outcomes": ["Positive"]}
    refresh_file(path, DAY)
    assert open_book(path).grid("Settings") == [
        ["Setting", "Value"],
        ["DefaultOwner", "Vi"],
        ["FollowUpAlertDays", 0.0],
    ]
    settings = show(path, TABLES["Settings"], as_of=DAY)
    assert dict(zip(settings["key"], settings["value"], strict=True))["language"] == "en"


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("5月", "2026-05"), ("5月份", "2026-05"), ("五月", "2026-05"), ("十二月", "2026-12"), ("May", "2026-05"), ("Q2", "2026-Q2"),
        ("二季度", "2026-Q2"), ("第三季度", "2026-Q3"), ("1月", "2026-01"), ("13月", "13月"), ("五", "五"), ("2026-05", "2026-05"),
    ],
)  # fmt: skip
def test_a_period_without_a_year_is_one_of_this_year(said, label):
    assert periods.with_year(said, date(2026, 5, 20)) == label


def test_a_target_of_a_month_without_its_year_counts_and_that_is_said(tmp_path):
    """As k15a-target-months.xlsx."""
    more = {
        "People": [["Person"], ["Ann"], ["Ben"]],
        "Targets": [["Period", "Person", "Orders"], ["May 2026", "Ann", 10], ["5月", "Ben", 8]],
    }
    path = made(tmp_path / "k.xlsx", ["Customer ID", "Customer", "Owner"], [["C1", "Acme", "Ann"]], more)
    day = date(2026, 5, 20)
    adopt(path, as_of=day, language="en")
    refresh_file(path, day)
    board = show(path, TABLES["Board"], as_of=day)
    assert dict(zip(board["person"], board["target"], strict=True))["Ben"] == 8
    assert "Without a year; read as 2026-05" in check(path, as_of=day, language="en")["problem"].tolist()


def test_tiers_days_and_people_as_lists_have_them(tmp_path):
    rows = [
        ["意向B", "李娜(lina)", "9.19"],
        ["B-意向", "李娜", "5.2"],
        ["C档", "李 娜", "5.25"],
        ["意向D级", "王强", "4.1"],
    ]
    heads = ["客户名称", "手机", "意向", "跟进人", "首次联系"]
    path = made(tmp_path / "list.xlsx", heads, [[f"{i}公司", f"1380013800{i}", *row] for i, row in enumerate(rows)])
    report = adopt(path, as_of=date(2026, 5, 20))
    customers = show(path, TABLES["Customers"], as_of=date(2026, 5, 20))
    assert customers["tier"].tolist() == ["B", "B", "C", "D"]
    assert customers["owner"].tolist() == ["李娜", "李娜", "李娜", "王强"]
    assert list(report.proposed["People"]) == ["李娜", "王强"]
    days = [
        "2025-09-19",
        "2026-05-02",
        "2026-05-25",
        "2026-04-01",
    ]  # the first lies months ahead, a slip of days is told
    assert customers["created"].dt.strftime("%Y-%m-%d").tolist() == days


def test_two_of_one_name_stay_two(tmp_path):
    rows = [
        ["甲公司", "13800138001", "张伟(一部)"],
        ["乙公司", "13800138002", "张伟(二部)"],
        ["丙公司", "13800138003", "张伟"],
    ]
    path = made(tmp_path / "list.xlsx", ["客户名称", "手机", "跟进人"], rows)
    adopt(path, as_of=DAY)
    assert show(path, TABLES["Customers"], as_of=DAY)["owner"].tolist() == ["张伟(一部)", "张伟(二部)", "张伟"]


def test_stages_of_their_own_bring_no_errors_on_our_sheets(tmp_path):
    stages_said = ["重点", "一般", "意向", "潜在"] * 3
    rows = [[f"{i}公司", f"138001380{i:02d}", "李娜", stage] for i, stage in enumerate(stages_said)]
    path = made(tmp_path / "list.xlsx", ["客户名称", "手机", "跟进人", "客户等级"], rows)
    adopt(path, as_of=DAY)
    problems = check(path, as_of=DAY)
    assert problems.loc[problems["severity"] == "error"].empty
    assert "已报价" in show(path, TABLES["Outcomes"], as_of=DAY)["outcome"].tolist()


def test_outcomes_of_a_log_say_whether_somebody_spoke(tmp_path):
    log = [
        ["客户编号", "时间", "业务员", "结果"],
        *(["C1", "2026-05-12", "李娜", said] for said in ("接通", "未接", "已报价", "加微信")),
    ]
    path = made(
        tmp_path / "list.xlsx", ["客户编号", "客户名称", "手机"], [["C1", "甲公司", "13800138001"]], {"通话": log}
    )
    adopt(path, as_of=DAY)
    outcomes = show(path, TABLES["Outcomes"], as_of=DAY).set_index("outcome")
    assert outcomes["connected"].reindex(["接通", "未接", "已报价", "加微信"]).tolist() == [True, False, True, False]
    assert outcomes.loc["已报价", ["tier_after", "quoted"]].tolist() == ["B", True]


def test_a_second_column_of_one_name_is_named(tmp_path):
    rows = [["甲公司", "13800138001", "0757-88880001"], ["乙公司", "13800138002", "0757-88880002"]]
    rows = [[*row, "展会", "官网"] for row in rows]
    path = made(tmp_path / "list.xlsx", ["客户名称", "电话", "电话", "来源", "来源"], rows)
    said = "\n".join(told(adopt(path, as_of=DAY, dry_run=True), "zh"))
    assert "表头重复，只读第一列，这些没有读（改个名字就能选）：客户跟进表!E 来源" in said
    assert "另外的号码列，也都认（查重、导入通话、勿扰）：客户跟进表!C 电话" in said


def test_what_stands_across_a_blank_column_is_told(tmp_path):
    heads = ["客户编号", "客户名称", "联系电话", "跟进人", "意向度", "", "邮箱", "", "员工", "电话"]
    row = ["K1", "甲厂", "13800138000", "小李", "A", None, "a@b.cn", None, "小李", "13900139000"]
    path = made(tmp_path / "k.xlsx", heads, [row])
    report = adopt(path, as_of=DAY, dry_run=True)
    lines = [line for line in told(report, "zh") if "隔着空列" in line]
    assert len(lines) == 2
    assert "客户跟进表!G 邮箱" in lines[0]
    assert "客户跟进表!I 员工、客户跟进表!J 电话" in lines[1]
    adopt(path, as_of=DAY)
    assert customers(path)["phone"].tolist() == ["13800138000"]


def test_the_number_column_in_the_gap_leaves_the_neighbour_another_list(tmp_path):
    """Number made in the blank column, the two stand side by side without one."""
    heads = ["客户", "联系方式", "意向", "跟单", "金额", "", "姓名", "电话", "负责人"]
    rows = [
        [f"{n}厂", f"1380013800{i}", "A", "小李", 100, None, "小李", "13900139000", "王总"]
        for i, n in enumerate("甲乙丙丁")
    ]
    path = made(tmp_path / "k.xlsx", heads, rows)
    for _ in range(2):
        adopt(path, as_of=DAY)
        got = customers(path)
        assert got["phone"].tolist() == ["13800138000", "13800138001", "13800138002", "13800138003"]
        assert got["owner"].tolist() == ["小李"] * 4
        assert got["id"].notna().all()
        refresh_file(path, DAY)


@pytest.mark.parametrize(
    "dead", ["空号 停机 黑名单 拒绝 不需要 暂不考虑", "Dead|Do not contact|Not interested|Junk|DNC|Invalid"]
)
def test_words_for_customers_that_are_lost_become_no_tiers(tmp_path, dead):
    said = dead.split("|") if "|" in dead else dead.split()
    tiers = ["A", "A", "B", "C", *said, "B"]
    rows = [[f"{i}公司", f"138001380{i:02d}", tier] for i, tier in enumerate(tiers)]
    path = made(tmp_path / "k.xlsx", ["公司名称", "电话", "意向度"], rows)
    assert "Tiers" not in adopt(path, as_of=DAY).proposed
    got = customers(path)
    assert got["tier"].tolist() == ["A", "A", "B", "C", *["Lost"] * len(said), "B"]
    spared = [word in ("黑名单", "Do not contact", "DNC") for word in tiers]
    assert got["do_not_call"].tolist() == spared


def test_unknown_words_beside_the_usual_tiers_are_asked_about_and_become_none(tmp_path):
    tiers = ["A", "A", "B", "C", "老板出差", "老板出差", "在开会", "再看看", "没钱", "B"]
    rows = [[f"{i}公司", f"138001380{i:02d}", tier] for i, tier in enumerate(tiers)]
    path = made(tmp_path / "k.xlsx", ["公司名称", "电话", "意向度"], rows)
    assert "Tiers" not in adopt(path, as_of=DAY).proposed
    inputs = read_inputs(open_book(path), DAY)
    assert len(inputs.problems.rows("Customers", "tier")) == 5


@pytest.mark.parametrize(
    ("head", "won", "open_"), [("状态", "已成交", "跟进中"), ("是否成交", "是", "否"), ("Status", "Won", "Open")]
)
def test_a_state_beside_the_tier_that_says_sold_or_lost_beats_it(tmp_path, head, won, open_):
    """They were called on as A."""
    rows = [
        ["甲公司", "13800138000", "A", won],
        ["乙公司", "13800138001", "A", open_],
        ["丙公司", "13800138002", "B", "无效"],
    ]
    path = made(tmp_path / "k.xlsx", ["公司名称", "电话", "级别", head], rows)
    adopt(path, as_of=DAY)
    inputs = read_inputs(open_book(path), DAY)
    assert inputs.frames["Customers"]["tier"].tolist() == ["Won", "A", "Lost"]
    (found,) = [of for of in inputs.problems.found if of.code == "state_not_tier"]
    assert (found.fields["count"], found.fields["header"]) == (2, head)
    assert f"“{head}”里的字" in inputs.problems.lines("zh")["remedy"].iloc[0]
    assert refresh_file(path, DAY).status == "done"
    assert customers(path)["tier"].tolist() == ["Won", "A", "Lost"]


@pytest.mark.parametrize("ends", [("100%", "0%"), (1, 0)])
def test_chances_in_percent_go_by_their_number_and_the_ends_are_won_and_lost(tmp_path, ends):
    """They came in the order in which they stood, and those at 100% were called."""
    said = ["50%", "10%", "100%", "30%", "80%", "0%"] if ends[0] == "100%" else [0.5, 0.1, 1, 0.3, 0.8, 0]
    rows = [[f"{'甲乙丙丁戊己'[i]}公司", f"1380013800{i}", of] for i, of in enumerate(said)]
    path = made(tmp_path / "k.xlsx", ["公司名称", "电话", "意向度"], rows)
    assert adopt(path, as_of=DAY).proposed["Tiers"] == [str(of) for of in (said[1], said[3], said[0], said[4])]
    inputs = read_inputs(open_book(path), DAY)
    tiers = inputs.frames["Customers"]["tier"].tolist()
    assert [tiers[2], tiers[5]] == ["Won", "Lost"]
    (found,) = [of for of in inputs.problems.found if of.code == "share_ends"]
    assert found.fields["count"] == 2


@pytest.mark.parametrize(
    ("head", "said", "order"),
    [
        (
            "Deal Stage",
            [
                "Contract Sent",
                "Closed Won",
                "Decision Maker Bought-In",
                "Appointment Scheduled",
                "Closed Lost",
                "Qualified To Buy",
            ],
            ["Appointment Scheduled", "Qualified To Buy", "Decision Maker Bought-In", "Contract Sent"],
        ),
        (
            "Lead Status",
            ["Working - Contacted", "Closed - Converted", "Open - Not Contacted", "Closed - Not Converted"],
            ["Open - Not Contacted", "Working - Contacted"],
        ),
    ],
)
def test_stages_of_a_system_are_in_its_order(tmp_path, head, said, order):
    rows = [[f"Firm {i} Ltd", f"+4420790012{i:02}", of] for i, of in enumerate(said)]
    path = made(tmp_path / "k.xlsx", ["Company", "Phone", head], rows)
    assert adopt(path, as_of=DAY).proposed["Tiers"] == order
    tiers = read_inputs(open_book(path), DAY).frames["Customers"]["tier"].tolist()
    closed = ["Lost" if "Lost" in of or "Not Converted" in of else "Won" for of in said if of.startswith("Closed")]
    assert [tier for tier in tiers if tier in ("Won", "Lost")] == closed


def test_a_header_row_repeated_further_down_is_no_customer(tmp_path):
    heads = ["客户", "联系电话", "意向", "跟单", "金额"]
    rows = [
        ["甲厂", "13800138000", "A", "小李", 100],
        ["老客户", "电话", "意向", "跟单", "金额"],
        ["乙厂", "13800138001", "B", "小李", 200],
    ]
    path = made(tmp_path / "k.xlsx", heads, [*rows, heads])
    adopt(path, as_of=DAY)
    inputs = read_inputs(open_book(path), DAY)
    assert inputs.frames["Customers"]["name"].tolist() == ["甲厂", "乙厂"]
    assert not [of.code for of in inputs.problems.found if of.table == "Customers"]
    assert "跟单" not in inputs.frames["People"]["person"].tolist()
