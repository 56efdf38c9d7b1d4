"""The pool: whom rules propose to take back, who could have them, what becomes of decisions; past results stay with the old owner."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from funnelbook.book.locate import locate
from funnelbook.book.ports import BookError
from funnelbook.hosts.memory import MemoryBook
from funnelbook.refresh import RefreshReport, refresh
from support.adopted import adopted, lines, refreshed, table
from support.examples import examples
from support.sheets import DAY, read

PEOPLE = """
    姓名 | 在岗 | 每日电话量
    小李 | 是 | 10n
    小张 | 是 | 10n
    小王 | 是 | 10n
    老赵 | 否 | 10n
"""
RULES = "级别 | 未联系天数 | 未接通次数\nB | 14n | -\nE | 30n | 3n"
# as of 2026-05-20
CUSTOMERS = """
    客户编号 | 客户名称 | 业务员 | 级别 | 录入日期 | 下次联系 | 勿扰
    1 | 甲 | 小李 | B | 2026-03-02 | - | -
    2 | 乙 | 小李 | B | 2026-03-02 | - | -
    3 | 丙 | 小李 | B | 2026-03-02 | 2026-06-01 | -
    4 | 丁 | 小李 | B | 2026-03-02 | - | 是
    5 | 戊 | 小李 | 流失 | 2026-03-02 | - | -
    6 | 己 | 小李 | C | 2026-03-02 | - | -
    7 | 庚 | 小张 | E | 2026-05-18 | - | -
    8 | 辛 | 小张 | E | 2026-04-20 | - | -
    9 | 壬 | - | D | 2026-05-01 | - | -
    10 | 癸 | - | D | 2026-05-01 | - | 是
"""
ACTIVITIES = """
    时间 | 客户编号 | 业务员 | 方式 | 接通
    2026-05-06 10:00 | 1 | - | 电话 | 是
    2026-05-07 10:00 | 2 | 小李 | 电话 | 否
    2026-04-07 10:00 | 3 | 小李 | 电话 | 是
    2026-04-07 10:00 | 4 | 小李 | 电话 | 是
    2026-04-07 10:00 | 5 | 小李 | 电话 | 是
    2026-05-18 10:00 | 7 | 小张 | 电话 | 否
    2026-05-19 10:00 | 7 | 小张 | 电话 | 否
    2026-05-19 15:00 | 7 | 小张 | 电话 | 否
"""
SHOWN = ("id", "owner", "tier", "days", "reason", "proposed_owner")


def book_of(rules: str | None = RULES, customers: str = CUSTOMERS, as_of: date = DAY, **more: str) -> MemoryBook:
    given = {"customers": customers, "activities": ACTIVITIES, "people": PEOPLE} | more
    book = adopted(**given, **({"公海规则": rules} if rules else {}))
    refreshed(book, as_of)
    return book


def decide(book: MemoryBook, **typed: object) -> None:
    """Types decisions beside customers: _1="收回"."""
    sheet = book.grids["result Pool"]
    for row in sheet[3:]:
        if (said := typed.get(f"_{row[0]}")) is not None:
            row[sheet[2].index("决定")] = said


def carried_out(book: MemoryBook, as_of: date = DAY) -> RefreshReport:
    return refresh(book, locate(book), as_of, decide=True)


def pooled(book: MemoryBook) -> list[str]:
    return lines(table(book, "Pool"), *SHOWN)


def owners(book: MemoryBook, name: str = "Customers") -> list[str]:
    return lines(read(book).frames[name], "id", "owner")


def history(book: MemoryBook) -> list[str]:
    return lines(table(book, "PoolHistory"), "id", "decision", "owner", "new_owner", "reason")


def troubles(book: MemoryBook, *codes: str) -> list[str]:
    found = table(book, "Problems")
    return [line for line in lines(found, "table", "column", "value", "problem") if any(c in line for c in codes)]


def test_who_falls_under_a_rule_and_whom_nobody_owns_are_listed_with_the_reason():
    """Agreed for a day to come, do not call, lost, or of a tier without a rule: nobody takes them."""
    assert pooled(book_of()) == [
        "1 小李 B 14 14 天没有联系（规定 14 天） 小王",
        "8 小张 E 30 来了 30 天还没有联系过（规定 30 天） 小王",
        "7 小张 E 1 连打 3 次没接通（规定 3 次） 小王",
        "9 - D 19 没有业务员 小王",
    ]


def test_without_rules_nobody_is_proposed_and_the_sheet_says_how():
    book = book_of(rules=None)
    assert pooled(book) == ["9 - D 19 没有业务员 小王"]
    assert "还没有公海规则" in book.grids["result Pool"][1][0]


def test_one_line_tells_who_falls_due_within_a_week():
    (line,) = troubles(book_of(), "到期进公海")
    assert line == (
        "Customers owner 小李 1 个客户 7 天内到期进公海（5 天内 1 个，3 天内 1 个），最近的：乙（小李，1 天后）"
    )


def test_all_decisions_are_carried_out_at_once_and_past_results_stay():
    book = book_of()
    decide(book, _1="收回", _8="保留", _7="分给", _9="分给")
    done = carried_out(book).pool
    assert (done.taken, done.kept, dict(done.given)) == (1, 1, {"小王": 2})
    assert owners(book)[:2] + owners(book)[6:9] == ["1 -", "2 小李", "7 小王", "8 小张", "9 小王"]
    assert owners(book, "Activities")[0] == "1 小李"
    assert history(book) == [
        "1 take 小李 - 14 天没有联系（规定 14 天）",
        "8 keep 小张 小张 来了 30 天还没有联系过（规定 30 天）",
        "7 give 小张 小王 连打 3 次没接通（规定 3 次）",
        "9 give - 小王 没有业务员",
    ]
    # not back to whom it was taken from, and the nearest to none is first
    assert pooled(book) == ["1 - B 14 没有业务员 小张"]
    assert set(table(book, "CallList")["id"]).isdisjoint({"1"})


def test_done_again_nothing_is_left_to_do():
    book = book_of()
    decide(book, _1="收回", _8="保留", _9="分给")
    carried_out(book)
    again = carried_out(book)
    assert (again.pool.done, again.written) == (0, False)


def test_who_is_kept_has_the_whole_time_again():
    book = book_of()
    decide(book, _1="保留", _7="保留")
    carried_out(book)
    refreshed(book, DAY + timedelta(13))
    assert not [line for line in pooled(book) if line[0] in "17"]
    refreshed(book, DAY + timedelta(14))
    assert [line for line in pooled(book) if line[0] in "17"] == ["1 小李 B 28 28 天没有联系（规定 14 天） 小王"]


def test_a_refresh_leaves_decisions_for_the_manager_to_carry_out():
    book = book_of()
    decide(book, _1="收回", _9="分给")
    sheet = book.grids["result Pool"]
    sheet[6][sheet[2].index("建议业务员")] = "小李"  # by the manager's own choice
    refreshed(book)
    assert lines(table(book, "Pool"), "id", "proposed_owner", "decision") == [
        "1 小王 take",
        "8 小王 -",
        "7 小王 -",
        "9 小李 give",
    ]
    assert history(book) == []
    carried_out(book)
    assert owners(book)[8] == "9 小李"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"业务员": "小张"}, "收回"),  # somebody else has the customer now
        ({"级别": "流失"}, "收回"),
        ({"勿扰": "是"}, "分给"),
        ({"下次联系": "2026-05-30"}, "分给"),
    ],
)
def test_what_has_changed_since_waits_and_says_so(change, said):
    book = book_of()
    decide(book, _1=said)
    sheet = book.grids["客户"]
    for name, value in change.items():
        sheet[1][[cell.strip() for cell in sheet[0]].index(name)] = value
    before = owners(book)
    assert carried_out(book).pool.done == 0
    assert owners(book) == before
    assert lines(table(book, "Pool").tail(1), "id", "owner", "reason", "decision") == [
        f"1 小李 情况已变，没有办理：看“数据检查” {'take' if said == '收回' else 'give'}"
    ]
    assert len(troubles(book, "填了决定以后情况变了")) == 1


@pytest.mark.parametrize("who", [None, "老赵", "小李", "没有这个人"])
def test_a_customer_is_given_only_to_somebody_at_work_who_does_not_have_him(who):
    book = book_of()
    decide(book, _1="分给")
    sheet = book.grids["result Pool"]
    sheet[3][sheet[2].index("建议业务员")] = who
    assert carried_out(book).pool.done == 0
    assert owners(book)[0] == "1 小李"
    assert len(troubles(book, "要分给的人没有填、不在岗")) == 1


def test_what_is_not_understood_stays_and_is_told():
    book = book_of()
    decide(book, _1="再说", _8="收回")
    assert carried_out(book).pool.done == 1
    assert table(book, "Pool")["id"].tolist() == ["1", "7", "9", "8"]
    assert book.grids["result Pool"][3][-1] == "再说"
    assert troubles(book, "再说") == ["Pool decision 再说 不是可选的词；这一行没有办理"]


def test_faulty_rules_are_told_and_the_others_used():
    rules = "级别 | 未联系天数 | 未接通次数\nB | 14n | 0n\nE | - | -\n成交 | 5n | -"
    book = book_of(rules=rules)
    assert [line[:1] for line in pooled(book)] == ["1", "9"]
    assert troubles(book, "公海规则") == [
        "PoolRules tries 0 公海规则的天数和次数要大于 0，这一格没有用",
        "PoolRules days - 公海规则没有天数也没有次数，没有使用",
        "PoolRules tier Won 成交和流失的客户不按公海规则收回，这一行没有用",
    ]


def test_looking_back_decides_nothing():
    book = book_of()
    decide(book, _1="收回")
    with pytest.raises(BookError) as caught:
        carried_out(book, DAY - timedelta(1))
    assert caught.value.code == "pool_looks_back"
    refreshed(book, DAY - timedelta(1))
    assert owners(book)[0] == "1 小李"


def test_an_owner_called_pool_is_nobody():
    book = book_of(customers=CUSTOMERS.replace("9 | 壬 | -", "9 | 壬 | 公海"))
    assert pooled(book)[-1] == "9 - D 19 没有业务员 小王"


def test_calls_typed_into_the_list_come_before_the_decisions():
    log = "\n".join(f"{line} | {'内容' if '时间' in line else '-'}" for line in ACTIVITIES.strip().splitlines())
    book = book_of(activities=log)
    sheet = book.grids["result CallList"]
    row = next(row for row in sheet[3:] if row[-1] == "1")
    row[sheet[2].index("备注")] = "聊过了"
    decide(book, _1="收回")
    done = carried_out(book)
    assert (done.logged, done.pool.done, owners(book)[0]) == (1, 0, "1 小李")


SAID = ("收回", "分给", "保留", None)
TEAM = st.tuples(
    st.sampled_from(["小李", "小张", "小王", "老赵", "-"]),
    st.integers(0, 60),
    st.sampled_from("EDCBA"),
    st.sampled_from(SAID),
)


def counted_for(book: MemoryBook) -> dict[str, int]:
    """Calls of each person: of a row without an owner the customer's."""
    frames = read(book).frames
    whose = frames["Activities"]["id"].map(frames["Customers"].set_index("id")["owner"])
    return frames["Activities"]["owner"].fillna(whose).value_counts().to_dict()


@settings(max_examples=examples(10), deadline=None)
@given(st.lists(TEAM, min_size=1, max_size=12), st.integers(0, 6))
def test_laws_of_decisions(team, calls):
    """Nothing changes without a decision; cases and past results are conserved; nobody calls who is in the pool; twice is once."""
    heads = "客户编号 | 客户名称 | 业务员 | 级别 | 录入日期"
    rows = [f"{i} | 客户{i} | {who} | {tier} | 2026-03-02" for i, (who, _, tier, _) in enumerate(team)]
    log = [f"{DAY - timedelta(days)} 09:00 | {i} | - | 电话 | 是" for i, (w, days, *_) in enumerate(team) if w != "-"]
    book = book_of(
        rules="级别 | 未联系天数 | 未接通次数\n" + "\n".join(f"{tier} | 10n | -" for tier in "EDCB"),
        customers="\n".join([heads, *rows]),
        activities="\n".join(["时间 | 客户编号 | 业务员 | 方式 | 接通", *log]),
        people=PEOPLE.replace("10n", f"{calls}n"),
    )
    shown = table(book, "Pool").set_index("id")
    before, past = owners(book), counted_for(book)
    decide(book, **{f"_{i}": word for i, (*_, word) in enumerate(team)})
    refreshed(book)
    assert owners(book) == before
    carried_out(book)
    now = read(book).frames["Customers"].set_index("id")["owner"]
    for i, (who, _, _, word) in enumerate(team):
        to = shown["proposed_owner"].get(str(i)) if word == "分给" else None
        taken = word == "收回" and str(i) in shown.index
        assert now[str(i)] == (to or (None if who == "-" or taken else who))
    assert set(table(book, "CallList")["id"]).isdisjoint(now.index[now.isna()])
    assert table(book, "Funnel").query("person.isna()")["stock"].sum() == len(team)
    assert counted_for(book) == past
    kept = deepcopy(book.grids)
    assert not carried_out(book).written
    assert book.grids == kept


def test_a_title_on_the_sheet_of_settings_is_no_rule():
    """As 0.1.0 wrote them: the tiers under their title."""
    book = book_of(rules=None, 设置="客户级别\n级别 | 名称\nB | 意向\nE | 潜在")
    assert "PoolRules" not in locate(book).places
