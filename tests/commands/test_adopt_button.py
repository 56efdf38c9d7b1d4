"""Set up is pressed twice: once it shows what it would do on a sheet, where that can be changed, and then it does what stands there."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, datetime

import pytest

from funnelbook.book import marks
from funnelbook.book.labels import column_called, header, table_called, title
from funnelbook.book.locate import locate
from funnelbook.book.ports import BookError, Screen
from funnelbook.book.schema import TABLES
from funnelbook.commands.adopt import adopt_book, looked_at
from funnelbook.commands.buttons import ButtonResult, press_button
from funnelbook.commands.open import read_inputs
from funnelbook.hosts.memory import MemoryBook
from funnelbook.words import LANGUAGES
from support.looked import Looked
from support.sheets import book_of

DAY = date(2026, 12, 2)
SHEET, EN = "启用预览", "Set-up preview"
OWN = """
序号 | 公司名称 | 手机/电话 | 意向客户等级 | 跟进人 | 首次联系 | 跟进情况 | 报价金额 | 微信
1n | 达信公司 | 13888047506 | C | 陈刚 | 2026/9/19 | 9/19 加了微信 | 9800元 | wx1
2n | 盛兴公司 | 13900004555 | 死单 | 马强 | 2026/11/2 | 11/6 已报价 | 8千 | wx2
3n | 博源公司 | 13900003038 | B类 | 陈刚 | 2026/10/18 | 老板不在 | 12800n | wx3
"""


def looked(text: str = OWN, **more: str) -> Looked:
    return Looked(**vars(book_of(**{"客户跟进表": text}, **more)))


def press(book: MemoryBook, language: str = "zh") -> ButtonResult:
    return press_button("adopt", book, DAY, language=language)


def lines(book: MemoryBook, sheet: str = SHEET) -> dict[str, list[str]]:
    """By header of the user's: the column it is read as, how it was matched, examples, what is read otherwise."""
    at = marks.preview_of(book.names(), book.sheets())[1].top
    return {str(row[2]): [str(cell) for cell in row[3:7]] for row in book.grid(sheet)[at:] if row[2]}


def choose(book: MemoryBook, header: str, column: str, sheet: str = SHEET) -> str:
    """The cell in which another column was chosen for a header."""
    at, row = next((i, row) for i, row in enumerate(book.grids[sheet], 1) if len(row) > 2 and row[2] == header)
    row[3] = column
    return f"D{at}"


def customers(book: MemoryBook):
    return read_inputs(book, DAY).frames["Customers"]


def test_the_first_press_shows_what_would_be_done_and_touches_nothing_else():
    book = looked(**{"11月业绩": "姓名 | 任务\n陈刚 | 50000n"})
    before = deepcopy(book.grids)
    done = press(book)
    assert (done.sheet, done.line) == (
        SHEET,
        "还没有改动：请看“启用预览”，不对的改一下，再点一次“启用漏斗”。",
    )
    assert {name: grid for name, grid in book.grids.items() if name != SHEET} == before
    assert [name for name in book.names() if name != marks.PREVIEW] == []
    assert lines(book) == {
        "序号": ["不用", "没有认出", "1、2", ""],
        "公司名称": ["客户名称", "常见叫法", "达信公司、盛兴公司", ""],
        "手机/电话": ["电话", "常见叫法", "13888047506、13900004555", ""],
        "意向客户等级": ["级别", "相近，请核对", "C、死单", "2 处，如“死单” → 流失"],
        "跟进人": ["业务员", "常见叫法", "陈刚、马强", ""],
        "首次联系": ["录入日期", "常见叫法", "2026/9/19、2026/11/2", ""],
        "跟进情况": ["备注", "常见叫法", "9/19 加了微信、11/6 已报价", ""],
        "报价金额": ["预计金额", "常见叫法", "9800元、8千", "2 处，如“9800元” → 9800"],
        "微信": ["不用", "没有认出", "wx1、wx2", ""],
    }
    said = "\n".join(str(row[0]) for row in book.grid(SHEET))
    for fact in (
        "的 J 列编上 K0001 起的客户编号（3 个）",
        "整理到“业务员”表，请核对：陈刚、马强",
        "备注里带日期的 2 条跟进将记入跟进记录",
        "盛兴公司“11/6 已报价” → 2026-11-06",
        "不读的工作表：11月业绩（没有“期间”）",
    ):
        assert fact in said


def test_the_second_press_takes_it_as_it_stands():
    book, alone = looked(), book_of(**{"客户跟进表": OWN})
    press(book)
    assert press(book).line.startswith("已启用漏斗：认出 8 列")
    press(alone)  # nobody looks: set up at once
    assert SHEET not in book.sheets()
    assert marks.PREVIEW not in book.names()
    assert customers(book).equals(customers(alone))
    assert book.sheets() == alone.sheets()


def test_a_choice_is_what_is_read_from_then_on():
    book = looked()
    press(book)
    choose(book, "公司名称", "联系人")
    choose(book, "微信", "客户名称")
    choose(book, "序号", "客户编号")
    press(book)
    frame = customers(book)
    assert frame["id"].tolist() == ["1", "2", "3"]
    assert frame["name"].tolist() == ["wx1", "wx2", "wx3"]
    assert frame["contact"].tolist() == ["达信公司", "盛兴公司", "博源公司"]


@pytest.mark.parametrize("word", ["不用", "not used", ""])
def test_a_header_that_is_not_used_is_read_as_nothing_and_guessed_as_nothing_else(word):
    book = looked()
    press(book)
    for theirs in ("报价金额", "意向客户等级", "跟进情况"):
        choose(book, theirs, word)
    press(book)
    inputs = read_inputs(book, DAY)
    frame = inputs.frames["Customers"]
    assert frame[["expected_value", "tier", "note"]].isna().all(axis=None)
    assert frame["name"].tolist() == ["达信公司", "盛兴公司", "博源公司"]
    assert inputs.frames["Activities"].empty  # nor are its dated entries taken
    press_button("refresh", book, DAY, language="zh")
    assert read_inputs(book, DAY).frames["Activities"].empty


def test_a_second_column_of_notes_can_be_left_out():
    text = "客户编号 | 客户名称 | 跟进情况 | 备注\nK1 | 甲 | 11/6 电话 | 11/5 电话\nK2 | 乙 | - | 11/7 电话"
    taken = []
    for word in ("备注", "不用"):
        book = looked(text)
        press(book)
        assert lines(book)["跟进情况"][:2] == ["备注", "只读带日期的"]
        choose(book, "跟进情况", word)
        press(book)
        assert customers(book)["note"].tolist() == ["11/5 电话", "11/7 电话"]
        taken.append(read_inputs(book, DAY).frames["Activities"]["at"].dt.day.tolist())
    assert taken == [[5, 6, 7], [5, 7]]


def test_a_column_of_states_beside_the_tier_is_shown_and_can_be_left_out():
    text = (
        "客户编号 | 客户名称 | 电话 | 级别 | 状态\nK1 | 甲 | 13888047506 | A | 已成交\nK2 | 乙 | 13900004555 | B | 在谈"
    )
    tiers = []
    for word in ("级别", "不用"):
        book = looked(text)
        press(book)
        assert lines(book)["状态"] == ["级别", "成交、流失先看它", "已成交、在谈", "1 处，如“已成交” → 成交"]
        assert lines(book)["级别"][3] == "", "its own cells are read as they stand"
        choose(book, "状态", word)
        press(book)
        tiers.append(customers(book)["tier"].tolist())
        grid = next(grid for grid in book.grids.values() if grid[0][:2] == ["客户编号", "客户名称"])
        assert [row[3] for row in grid[1:3]] == ["A", "B"], "what was typed stays"
    assert tiers == [["Won", "B"], ["A", "B"]]


def test_first_and_last_names_are_one_contact_unless_that_is_not_wanted():
    heads = "First Name | Last Name | Company | Phone"
    text = f"{heads}\nJane | Doe | Acme | 13888047506\nBob | Roe | - | 13900004555\n- | Poe | - | 13900004556"
    found = []
    for word in ("Contact", "Not used"):
        book = looked(text)
        press(book, "en")
        assert lines(book, EN)["First Name"][:2] == ["Contact", "first and last name together"]
        choose(book, "First Name", word, EN)
        press(book, "en")
        found.append(customers(book)[["name", "contact"]].astype(object).to_numpy().tolist())
    assert found[0] == [["Acme", "Jane Doe"], ["Bob Roe", "Bob Roe"], ["Poe", "Poe"]]
    assert [name for name, _ in found[1]] == ["Acme", None, None]


def test_orders_name_their_customers_unless_that_is_not_wanted():
    ids = []
    for word in ("客户编号", "不用"):
        book = looked(订单="客户名称 | 订单日期 | 订单金额\n盛兴公司 | 2026/11/20 | 9800n")
        press(book)
        told = {row[2]: row[3] for row in book.grid(SHEET) if len(row) > 3 and row[1] == "订单"}
        assert told["客户名称"] == "客户编号"
        at = next(i for i, row in enumerate(book.grids[SHEET]) if row[1:3] == ["订单", "客户名称"])
        book.grids[SHEET][at][3] = word
        press(book)
        ids.append(read_inputs(book, DAY).frames["Orders"]["id"].tolist())
    assert ids == [["K0002"], [None]]


def refused(book: Looked, code: str) -> dict[str, object]:
    before = deepcopy(book.grids)
    with pytest.raises(BookError) as error:
        press(book)
    assert error.value.code == code
    assert book.grids == before
    return error.value.fields


def test_one_column_for_two_headers_is_refused_with_both_cells():
    book = looked()
    press(book)
    first, second = choose(book, "微信", "客户名称"), choose(book, "公司名称", "客户名称")
    fields = refused(book, "preview_twice")
    assert (fields["sheet"], fields["cells"]) == (SHEET, f"{second}, {first}")
    choose(book, "微信", "不用")
    assert press(book).line.startswith("已启用漏斗")


def test_what_is_no_column_is_refused_with_its_cell():
    book = looked()
    press(book)
    cell = choose(book, "微信", "QQ")
    assert refused(book, "preview_no_column") == {"file": "memory", "sheet": SHEET, "cell": cell, "text": "QQ"}


def test_nothing_to_tell_customers_apart_by_is_refused():
    book = looked()
    press(book)
    for theirs in ("公司名称", "手机/电话"):
        choose(book, theirs, "不用")
    assert refused(book, "preview_nameless")["sheet"] == SHEET


def test_a_header_renamed_meanwhile_is_refused_with_its_cell():
    book = looked()
    press(book)
    book.grids["客户跟进表"][0][7] = "价格多少"
    assert refused(book, "preview_gone")["text"] == "报价金额"


def test_a_preview_that_was_deleted_is_shown_anew():
    book = looked()
    press(book)
    del book.grids[SHEET]
    assert press(book).sheet == SHEET
    assert press(book).line.startswith("已启用漏斗")


def test_sheets_of_one_salesperson_each_are_one_list():
    one = "客户 | 电话 | 金额\n甲公司 | 13885818111 | 9000n\n乙公司 | 13879528629 | -"
    two = "客户 | 电话 | 金额\n丙公司 | 13839429811 | 6000n\n丁公司 | 13892861272 | -"
    book = Looked(**vars(book_of(刘芳=one, 陈刚=two)))
    press(book)
    grid = book.grid(SHEET)
    assert [row[1] for row in grid if row[2] in ("客户", "电话", "金额")] == ["刘芳、陈刚"] * 3
    choose(book, "金额", "不用")
    press(book)
    assert customers(book)["owner"].tolist() == ["刘芳", "刘芳", "陈刚", "陈刚"]
    assert customers(book)["expected_value"].isna().all()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_headers_of_ours_with_nothing_guessed_made_or_taken_need_no_look(language):
    text = {
        "zh": "客户编号 | 客户名称 | 电话 | 去处\nK1 | 甲 | 13800138001 | x",
        "en": "Customer ID | Customer | Phone | Where\nK1 | A | 13800138001 | x",
    }
    book = looked(text[language])
    assert press(book, language).sheet != {"zh": SHEET, "en": EN}[language]
    assert customers(book)["id"].tolist() == ["K1"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_lists_offer_is_read_back_as_the_column_it_names(language):
    for table in TABLES.inputs:
        assert table_called(title(table, language), TABLES.inputs) is table
        assert [column_called(header(table, name, language), table) for name in table.names] == [*table.names]


def test_a_workbook_that_is_set_up_is_not_shown_again():
    book = looked()
    press(book)
    press(book)
    assert press(book).line.startswith("已启用漏斗")
    assert SHEET not in book.sheets()


def test_english_is_english_and_either_language_is_read_back():
    book = looked()
    assert press(book, "en").sheet == EN
    assert lines(book, EN)["报价金额"] == [
        "Expected value",
        "a usual name",
        "9800元, 8千",
        "2 cells, e.g. “9800元” → 9800",
    ]
    choose(book, "报价金额", "不用", EN)
    choose(book, "微信", "客户来源", EN)
    press(book, "en")
    assert customers(book)["source"].tolist() == ["wx1", "wx2", "wx3"]
    assert customers(book)["expected_value"].isna().all()


def test_the_sheet_is_no_list_and_what_was_chosen_counts_for_whoever_sets_up():
    book = looked()
    before = locate(book)
    press(book)
    assert locate(book) == before
    assert looked_at(book, as_of=DAY).look.unread == ()
    choose(book, "微信", "客户来源")
    adopt_book(book, as_of=DAY)  # as the command line does with the file
    assert customers(book)["created"].tolist() == [datetime(2026, 9, 19), datetime(2026, 11, 2), datetime(2026, 10, 18)]
    assert customers(book)["source"].tolist() == ["wx1", "wx2", "wx3"]


def test_a_looked_at_workbook_is_a_screen():
    assert isinstance(looked(), Screen)
