import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnelbook.book.locate import explain, locate
from funnelbook.book.ports import Area
from support.sheets import book_of, mark, read

PLAIN = """
客户编号 | 客户名称 | 业务员 | 级别
K1      | 华东机电 | 小李   | C
"""


def places(book, mapping=None) -> dict[str, tuple]:
    return {name: (p.sheet, p.header_row, p.columns) for name, p in locate(book, mapping).places.items()}


def test_a_plain_header_row():
    assert places(book_of(customers=PLAIN)) == {"Customers": ("客户", 1, {"id": 1, "name": 2, "owner": 3, "tier": 4})}


def test_titles_above_and_columns_to_the_left_and_between():
    book = book_of(
        Sheet1="""
        -  | 2026年客户一览
        -
        -  | 客户编号 | - | 客户名称 | 业务员 | - | 级别
        -  | K1      | - | 华东机电 | 小李   | - | C
    """
    )
    assert places(book) == {"Customers": ("Sheet1", 3, {"id": 2, "name": 4, "owner": 5, "tier": 7})}


def test_a_header_of_two_rows_with_merged_cells():
    book = book_of(
        客户="""
        客户编号 | 客户名称 | 联系方式 | -    | 级别
        -       | -       | 电话    | 邮箱 | -
        K1      | 华东机电 | 138001380001 | a@b.cn | C
    """
    )
    assert places(book)["Customers"] == ("客户", 2, {"id": 1, "name": 2, "phone": 3, "email": 4, "tier": 5})
    assert len(read(book).frames["Customers"]) == 1


def test_english_headers_in_any_case_and_width():
    book = book_of(data="Ｃustomer id | CUSTOMER NAME | Sales Agent | stage\n1 | x | y | A")
    assert places(book)["Customers"][2] == {"id": 1, "name": 2, "owner": 3, "tier": 4}


def test_each_table_gets_the_sheet_it_knows_most_columns_of():
    book = book_of(
        a=PLAIN,
        b="时间 | 客户编号 | 业务员 | 方式 | 接通 | 结果 | 级别 | 内容\n2026-05-04 | K1 | 小李 | 电话 | 是 | 已报价 | B | 谈价",
        c="订单号 | 日期 | 客户编号 | 业务员 | 金额 | 状态\n1 | 2026-05-05 | K1 | 小李 | 100 | 有效",
    )
    assert {name: place[0] for name, place in places(book).items()} == {
        "Customers": "a",
        "Activities": "b",
        "Orders": "c",
    }


def test_two_lists_side_by_side_are_never_read_as_one():
    """Each names its customer: read as one, a call logged would be written among the customers."""
    book = book_of(
        一张表="""
        客户   | -       | -     | -   | - | 跟进
        客户编号 | 客户名称 | 业务员 | 级别 | - | 日期       | 客户编号 | 业务员 | 结果 | 内容
        K1     | 华东机电 | 小李   | C   | - | 2026-05-10 | K1     | 小李   | 成交 | 聊了
    """
    )
    assert places(book) == {
        "Customers": ("一张表", 2, {"id": 1, "name": 2, "owner": 3, "tier": 4}),
        "Activities": ("一张表", 2, {"at": 6, "id": 7, "owner": 8, "outcome": 9, "note": 10}),
    }


def test_side_by_side_and_one_below_the_other():
    book = book_of(
        设置="""
        顺序 | 代码 | 名称 | 默认转化率 | - | 结果   | 接通 | 报价
        1   | X   | 冷   | 0.2       | - | 无人接 | 否   | 否
        2   | Y   | 热   | 0.5       | - | 已报价 | 是   | 是
        -
        项目      | 值
        min_cases | 5
    """
    )
    assert {name: place[1:2] for name, place in places(book).items()} == {
        "Tiers": (1,),
        "Outcomes": (1,),
        "Settings": (5,),
    }
    got = read(book)
    assert got.tiers.codes == ("X", "Y")
    assert got.settings.min_cases == 5
    assert got.frames["Outcomes"]["outcome"].tolist() == ["无人接", "已报价"]


def test_a_table_that_is_ours_is_taken_before_one_that_looks_like_it():
    book = book_of(x="甲 | 客户编号\n1 | K1", 客户=PLAIN)
    mark(book, "Customers", "x", Area(1, 1, 2, 2), called="Liste")
    got = locate(book)
    assert got.places["Customers"].sheet == "x"
    assert [(r.sheet, r.header_row) for r in got.rivals] == [("客户", 1)]


def test_what_the_user_matched_goes_first():
    book = book_of(pipeline="record_key | sales_agent | deal_stage | account\n1 | Ann | Won | Acme")
    mapping = {("Customers", "id"): "record_key"}
    assert "id" not in places(book)["Customers"][2]
    assert places(book, mapping)["Customers"] == ("pipeline", 1, {"id": 1, "name": 4, "owner": 2, "tier": 3})
    assert explain(locate(book, mapping))[0] == {
        "table": "Customers",
        "column": "id",
        "sheet": "pipeline",
        "header": "record_key",
    }


def test_a_title_that_repeats_the_name_of_the_sheet_is_no_rival():
    book = book_of(业务员="业务员\n-\n姓名 | 入职日期\n小李 | 2025-01-01")
    got = locate(book)
    assert (got.places["People"].header_row, got.rivals) == (3, ())


def test_result_tables_are_never_inputs():
    book = book_of(级别变动="日期 | 客户编号 | 业务员 | 级别 | 客户名称\n2026-05-01 | 1 | a | C | x")
    mark(book, "History", "级别变动", Area(1, 1, 2, 5))
    assert places(book) == {}


@pytest.mark.parametrize("text", ["", "甲 | 乙\n1 | 2", "客户\n一", "日期\n2026-05-01"])
def test_nothing_to_find(text):
    assert places(book_of(Sheet1=text)) == {}


HEADERS = {"id": "客户编号", "name": "客户名称", "owner": "业务员", "tier": "级别", "phone": "电话"}


@given(
    order=st.permutations(list(HEADERS)), titles=st.integers(0, 5), gaps=st.lists(st.booleans(), min_size=5, max_size=5)
)
def test_order_of_columns_blank_columns_and_titles_do_not_matter(order, titles, gaps):
    header: list[object] = []
    for name, gap in zip(order, gaps, strict=True):
        header += [None, HEADERS[name]] if gap else [HEADERS[name]]
    row = [
        {"客户编号": "K1", "客户名称": "甲", "业务员": "小李", "级别": "b类", "电话": "021-55667788"}.get(h)
        for h in header
    ]
    book = book_of(**{"表": [["客户资料"]] * titles + [header, row]})
    got = read(book).frames["Customers"].iloc[0]
    assert (got["id"], got["name"], got["owner"], got["tier"], got["phone"]) == (
        "K1",
        "甲",
        "小李",
        "B",
        "021-55667788",
    )


def test_a_first_row_whose_dates_and_amounts_hide_no_header_does_not_end_the_table():
    orders = """
        订单号 | 日期 | 客户编号 | 业务员 | 金额 | 状态
        D1 | 2026-05-15d | K1 | 小李 | 1000n | 有效
        D2 | 2026-05-16d | K1 | 小李 | 500n | 有效
    """
    frame = read(book_of(customers=PLAIN, orders=orders)).frames["Orders"]
    assert frame["order_id"].tolist() == ["D1", "D2"]


def test_keys_and_values_of_the_users_are_no_settings_of_ours():
    theirs = "Setting | Value\nDefaultOwner | Vi\nFollowUpAlertDays | 0n"
    assert "Settings" not in places(book_of(customers=PLAIN, settings=theirs))
    both = places(book_of(customers=PLAIN, settings=theirs, Mine=theirs.replace("DefaultOwner", "Min_Cases")))
    assert both["Settings"][0] == "Mine"
    by_hand = places(book_of(customers=PLAIN, settings=theirs), {("Settings", "key"): "Setting"})
    assert by_hand["Settings"][0] == "设置"


def test_settings_that_are_marked_are_ours_whatever_they_say():
    book = book_of(customers=PLAIN, settings="项目 | 值\n期间 | 2026-05")
    mark(book, "Settings", "设置", Area(1, 1, 2, 2))
    assert places(book)["Settings"][0] == "设置"


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        (
            "客户编号 | 客户名称 | 联系电话 | 跟进人 | 意向度 | - | 员工 | 电话",
            {"id": 1, "name": 2, "phone": 3, "owner": 4, "tier": 5},
        ),
        (
            "客户 | 联系方式 | 意向 | 跟单 | 金额 | - | 姓名 | 电话 | 负责人",
            {"name": 1, "phone": 2, "owner": 4, "tier": 3, "expected_value": 5},
        ),
        ("员工 | 电话 | - | 客户编号 | 客户名称 | 跟进人 | 意向", {"id": 4, "name": 5, "owner": 6, "tier": 7}),
        ("客户编号 | 客户名称 | 级别 | - | 电话 | 邮箱", {"id": 1, "name": 2, "phone": 5, "email": 6, "tier": 3}),
    ],
)
def test_what_stands_beyond_a_blank_column_never_goes_before_the_lists_own(text: str, columns: dict[str, int]):
    """It is taken for what the list lacks, and only where it does not look like a list of its own."""
    got = places(book_of(客户=text + "\n" + " | ".join("-" if head == "-" else "甲" for head in text.split(" | "))))[
        "Customers"
    ][2]
    assert got == columns


def test_a_column_without_a_header_that_is_not_blank_is_no_gap():
    book = book_of(客户="客户编号 | 联系方式 | -    | 级别 | 邮箱\nK1 | 13800138000 | 老板 | A | a@b.cn")
    place = locate(book).places["Customers"]
    assert not place.across
    assert place.columns["email"] == 5


def test_what_is_taken_from_beyond_a_blank_column_and_what_is_not_can_be_told():
    book = book_of(
        客户="客户编号 | 客户名称 | 级别 | - | 邮箱 | - | 员工 | 电话\nK1 | 甲 | A | - | a@b.cn | - | 小李 | 800"
    )
    place = locate(book).places["Customers"]
    assert (place.across, place.elsewhere) == ({"email"}, {7, 8})
