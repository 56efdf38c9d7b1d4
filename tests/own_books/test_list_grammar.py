"""Lists made by a grammar: headers of their own in any order, rows typed below a table, words for who must not be called."""

from __future__ import annotations

from datetime import date

import pytest
import xlsxwriter
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from funnelbook.book.schema import TABLES
from funnelbook.commands.adopt import adopt
from funnelbook.commands.check import check
from funnelbook.commands.import_calls import import_calls
from funnelbook.commands.refresh_files import refresh_file
from funnelbook.commands.show import show
from support.examples import examples
from support.phone_systems import phone_book

pytestmark = pytest.mark.slow  # each example sets up a workbook

DAY = date(2026, 5, 20)
HEADS = {  # of ownbooks.md 1
    "name": ["公司名称", "单位名称", "客户", "Company name"],
    "phone": ["手机", "手机号码", "联系电话", "手机/电话", "Mobile"],
    "owner": ["跟进人", "负责人", "归属人", "所属销售", "Deal owner", "Lead owner"],
    "tier": ["客户等级", "客户级别", "意向度", "意向等级", "Stage"],
    "next_contact": ["下次回访", "回访时间", "Next activity date"],
    "expected_value": ["报价金额", "Amount", "金额(元)"],
    "created": ["首次联系", "创建时间", "Create date"],
}
ROWS = [
    ("甲公司", "13800138001", "李娜", "B", "2026-05-25", 9800, "2026-05-01"),
    ("乙公司", "13900139002", "王强", "D", None, 500, "2026-04-01"),
    ("丙公司", "13655556666", "李娜", "C", "2026-05-21", None, "2026-03-01"),
]
CUSTOMERS = [dict(zip(HEADS, row, strict=True)) for row in ROWS]
SPARED = ["DNC", "DNCL", "Do not call", "do-not-call", "黑名单", "要求勿扰", "拒绝来电", "opt out"]


@settings(max_examples=examples(5), deadline=None, phases=[Phase.explicit, Phase.generate])
@given(st.permutations([*HEADS, "序号", "微信"]), st.integers(0, 2), st.data())
def test_a_list_is_read_by_whatever_its_columns_are_called(tmp_path_factory, order, titles, data):
    heads = [data.draw(st.sampled_from(HEADS[name]), name) if name in HEADS else name for name in order]
    path = tmp_path_factory.mktemp("list") / "list.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("跟进表")
        for i in range(titles):
            sheet.write(i, 0, ["电销一部", "2026年5月"][i])
        sheet.write_row(titles, 0, heads)
        for i, row in enumerate(CUSTOMERS, 1):
            sheet.write_row(titles + i, 0, [row.get(name, i) for name in order])
    adopt(path, as_of=DAY)
    read = show(path, TABLES["Customers"], as_of=DAY)
    for name in ("name", "phone", "owner", "tier"):
        assert read[name].tolist() == [row[name] for row in CUSTOMERS]
    for name in ("next_contact", "created"):
        assert read[name].dt.strftime("%Y-%m-%d").fillna("").tolist() == [row[name] or "" for row in CUSTOMERS]
    assert read["expected_value"].fillna(0).tolist() == [9800, 500, 0]


@settings(max_examples=examples(5), deadline=None, phases=[Phase.explicit, Phase.generate])
@given(st.integers(1, 4), st.integers(0, 3), st.integers(0, 2), st.integers(0, 3))
def test_rows_typed_below_a_table_are_read_or_named(tmp_path_factory, listed, below, gap, after):
    path = tmp_path_factory.mktemp("below") / "list.xlsx"
    lines = [[f"C{i}", f"{i}号公司", f"1380013800{i}", "李娜"] for i in range(listed + below + after)]
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("客户")
        heads = [{"header": head} for head in ("客户编号", "客户名称", "电话", "业务员")]
        sheet.add_table(0, 0, listed, 3, {"columns": heads, "data": lines[:listed], "name": "客户表"})
        for i, line in enumerate(lines[listed:], listed + 1):
            sheet.write_row(i + (gap if i > listed + below else 0), 0, line)
    adopt(path, as_of=DAY)
    count = len(show(path, TABLES["Customers"], as_of=DAY))
    told = check(path, as_of=DAY)["problem"].str.contains("下面").any()
    assert count == len(lines) or (count == listed + below and told)


@settings(max_examples=examples(3), deadline=None, phases=[Phase.explicit, Phase.generate])
@given(
    st.sampled_from(SPARED),
    st.sampled_from([str, str.upper, str.lower, str.title]),
    st.sampled_from(["{}", " {} ", "{}\t"]),
)
def test_who_asked_not_to_be_called_is_on_no_list_whatever_the_word(tmp_path_factory, word, case, form):
    folder = tmp_path_factory.mktemp("spared")
    path, log = phone_book(folder / "team.xlsx", ["CallList"]), folder / "log.csv"
    log.write_text(
        f'call time,phone,agent,disposition\n2026-05-19 09:00,13800138001,Ann,"{form.format(case(word))}"\n', "utf-8"
    )
    import_calls(path, [log], as_of=DAY)
    refresh_file(path, DAY)
    assert "C1" not in show(path, TABLES["CallList"], as_of=DAY)["id"].tolist()
    assert "C2" in show(path, TABLES["CallList"], as_of=DAY)["id"].tolist()
