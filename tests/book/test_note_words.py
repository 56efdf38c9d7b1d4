"""What an entry of a note says: the outcome, the channel, a sale, a quote, the day of the next contact."""

from __future__ import annotations

from datetime import date

import pytest

from funnelbook.book.note_words import channels_said, next_day, outcomes_said, quote, sales, sold_for
from funnelbook.template.defaults import default_rows
from funnelbook.words import LANGUAGES, say

DAY = date(2026, 5, 12)  # a Tuesday


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ("电话不通", "no_answer"),
        ("加了微信，发了资料", "material_sent"),
        ("已报价 9800，下周三回复", "quoted"),
        ("周三来过，没兴趣", "no_need"),
        ("没有需求", "no_need"),
        ("已签单，12800，款到", "won"),
        ("not interested", "no_need"),
        ("signed $12,000", "won"),
        ("老板不在", None),
        ("还没签单", None),
        ("答应这周签单", None),
        ("资料已签收", "material_sent"),
        ("won't buy", None),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_outcome_is_one_of_the_workbook(body, outcome, language):
    known = [row["outcome"] for row in default_rows(language)["Outcomes"]]
    assert outcomes_said([body], known) == [outcome and say(f"start.outcome_{outcome}", language)]
    assert outcomes_said([body], []) == [None]


def test_the_channel_that_is_named_first():
    known = ["电话", "微信", "上门"]
    assert channels_said(["加微信，电话不通", "打过去前台接的", "上门，认可产品", "老板不在"], known) == [
        "微信",
        "电话",
        "上门",
        None,
    ]


@pytest.mark.parametrize(
    ("body", "amount"),
    [
        ("已签单 3.2万", 32000),
        ("已签单，12800，款到", 12800),
        ("签单 100000", 100000),
        ("已成交￥9,800元，5/20付款", 9800),
        ("下午打13800138000 已成交", None),
        ("已签单3.2万，首付1万", None),
        ("准备签单 3万", None),
        ("成交价谈不拢 3万", None),
        ("已报价 9800", None),
        ("已签单 20台", None),
    ],
)
def test_a_sale_has_one_amount(body, amount):
    assert (sold_for(body) if sales([body])[0] else None) == amount


def test_a_sale_without_an_amount_is_one():
    assert sales(["已签单", "已签单3.2万，首付1万", "未成交"]) == [True, True, False]


def test_of_several_quotes_the_last():
    assert [quote(body) for body in ("报价8000，降到7500", "quoted 9,800", "报价单已发", "预算 8000")] == [
        7500,
        9800,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ("意向不错，下周三再联系", date(2026, 5, 20)),
        ("说月底再联系", date(2026, 5, 31)),
        ("5/20再联系", date(2026, 5, 20)),
        ("三天后回访", date(2026, 5, 15)),
        ("约下周二演示", date(2026, 5, 19)),
        ("明天上午给答复", date(2026, 5, 13)),
        ("interested, call back next Wed", date(2026, 5, 20)),
        ("周三来过", None),
        ("上周三联系过", None),
        ("答应这周签", None),
    ],
)
def test_the_next_contact_counts_from_the_day_of_the_entry(body, day):
    assert next_day(body, DAY) == day
