"""What an entry of a note says: the outcome, the channel, a sale, a quote, the day of the next contact."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
        ("老板说不要再打折了", None),
        ("上午不要再打", None),
        ("don't call before 9am", None),
        ("前台周姐下午说以后不要再打", "do_not_call"),
        ("do not call us at all", "do_not_call"),
        ("没有拒绝，有意向", "willing"),
        # an intention is no sale, nor is somebody else's
        ("should be signed by Friday for 9,800", None),
        ("must be signed this week", None),
        ("wants the order signed by 3 June", None),
        ("说5.28签单9800", None),
        ("5.28签单9800", None),
        ("已成交客户介绍来的", None),
        ("成交客户推荐", None),
        ("signed up for the webinar", None),
        ("signed in at reception", None),
        ("不是空号", None),
        ("并非空号，有人接", None),
        ("不会拒绝", None),
        ("确实是空号", "wrong_number"),
        ("会签约", None),
        ("没签约", None),
        ("签约时间待定", None),
        ("签约了同行", None),
        ("等他付款了再发货", None),
        ("他付款了吗？", None),
        ("还没付款", None),
        ("signed", "won"),
        ("签约12800", "won"),
        ("签了12800", "won"),
        ("签约", "won"),
        ("付款了", "won"),
        ("已付款12800", "won"),
        # a denial may stand some words before
        ("no longer interested", "no_need"),
        ("not that interested", None),
        ("isn't very interested", None),
        ("没那么感兴趣", None),
        ("对产品不太感兴趣", None),
        ("not only interested, wants it", "willing"),
        ("产品不错感兴趣", "willing"),
        ("没问题有意向", "willing"),
        ("没接，感兴趣", "willing"),
        ("no problem, interested", "willing"),
        # nor is it to be called later
        ("客户说再打就投诉", "do_not_call"),
        ("不要再联系", "do_not_call"),
        ("暂时不要再联系", None),
        ("take me off your list", "do_not_call"),
        # hedged, on a condition, undone, somebody else's
        ("同事公司已成交5万，他想了解", None),
        ("bought from X for $5k", None),
        ("closed won expected $7k", None),
        ("signed with us", "won"),
        # an offer or a demo to come, called off, or somebody else's
        ("竞品报价9800", None),
        ("对方报价9000", None),
        ("给对方报价9000", "quoted"),
        ("quoted by rival $900", None),
        ("quoted by email", "quoted"),
        ("想要报价", None),
        ("等报价", None),
        ("报价没通过", None),
        ("报价没回", "quoted"),
        ("按要求已报价", "quoted"),
        ("演示取消", None),
        ("暂不需要演示", "no_need"),
        ("不想看演示", None),
        ("约好下周三演示", "demo"),
        ("demo cancelled", None),
        ("cancel the demo", None),
        ("demo on Friday", "demo"),
        ("签了保密协议", None),
        ("签了字", None),
        ("签了名片", None),
        ("签约仪式邀请", None),
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
        ("已签单3.2万，合同4万", None),
        ("已签单3.2万，首付1万", 32000),
        ("签约12800", 12800),
        ("签了12800", 12800),
        ("签约 3.2万", 32000),
        ("付款了 9800", 9800),
        ("signed for 9,800", 9800),
        # what else may stand around a sale
        ("已签单 9800 后天付款", 9800),
        ("已签单没付款 9800", 9800),
        ("已签单 9800 有意向再买", 9800),
        ("商会介绍 已签单 9800", 9800),
        ("展会上签单 9800", 9800),
        ("needs it soon and signed for 9,800", 9800),
        ("周五开会签约 9800", None),
        ("会尽快签约 9800", None),
        ("签约后付款 9800", None),
        ("签了没 9800", None),
        ("call when it is signed, 9,800", None),
        ("准备签单 3万", None),
        ("should be signed by Friday for 9,800", None),
        ("说5.28签单9800", None),
        ("加了微信 5.8 报价 5.10 已成交 9800", None),
        ("成交价谈不拢 3万", None),
        ("已报价 9800", None),
        ("已签单 20台", None),
        # another number than the price
        ("已成交，合同号 20260503", None),
        ("已成交，订单号10086", None),
        ("签了合同HT2026001", None),
        ("签了合同5万", 50000),
        ("成交，单价 98 元 x 100", None),
        ("成交 9千8", 9800),
        ("成交 3千万", None),
        ("成交 100亿", None),
        ("成交，定金2000", None),
        ("成交 9800，定金2000", 9800),
        ("已签单 9800，送500元礼品", 9800),
        ("朋友介绍，按之前的报价已签单 9800", 9800),
        # of a day that is not the entry's
        ("加了微信 5.8 报价 9800 5.10 成交 9800", None),
        ("客户 6/1 签单 9800", None),
        # long ago, of others, not yet, undone
        ("去年成交过一单 9800", None),
        ("老客户，之前已签单3.2万", None),
        ("他朋友已签单 9800", None),
        ("签约了同行，28000", None),
        ("已签约别家 9800", None),
        ("competitor signed them for 9800", None),
        ("成交失败，9800太贵", None),
        ("成交概率大，9800", None),
        ("本月成交目标 10万", None),
        ("已签单？再考虑 9800", None),
        ("说 6/1 之后再签单 9800", None),
        ("成交9800，客户要退款", None),
        ("签单3万后又退了", None),
        # hedged, on a condition, somebody else's
        ("说下个月签单3万", None),
        ("老板同意后签单2万", None),
        ("老板同意后签了2万", 20000),
        ("见面后签单3万", 30000),
        ("同事公司已成交5万，他想了解", None),
        ("bought from X for $5k", None),
        ("ordered from us $5k", 5000),
        ("closed won expected $7k", None),
        ("closed won $7k", 7000),
        ("signed and returned, $5k", 5000),
        ("signed with 10% discount $5k", 5000),
        *(
            (f"{hedge}签单3万", None)
            for hedge in ("准备", "预计", "可能", "争取", "希望", "计划", "等年底", "去年", "还没", "下个月", "估计")
        ),
        *((f"{true}", 30000) for true in ("已签单3万", "签了3万", "成交3万", "已签单3万，预计下周发货", "signed $30k")),
    ],
)
def test_a_sale_has_one_amount(body, amount):
    assert (sold_for(body) if sales([body])[0] else None) == amount


def test_a_sale_without_an_amount_is_one():
    assert sales(["已签单", "已签单3.2万，合同4万", "未成交"]) == [True, True, False]
    assert sales(["老板批准后下单了 9800", "老板批准后签单 9800"]) == [True, False], "done; planned"
    assert sales(["加了微信 5.8 报价 5.10 已成交 9800", "客户 6/1 签单 9800"]) == [True, False], (
        "done, on another day; planned"
    )


@pytest.mark.parametrize(
    "body", ["竞品报价9800", "对方报价9000", "competitor quoted 900", "还没报价9800", "下周报价9800", "竞品降到8000"]
)
def test_an_offer_of_others_or_to_come_is_no_quote(body):
    assert quote(body) is None


@given(
    st.sampled_from(
        ["准备", "预计下周", "如果便宜就", "说明天", "同事公司", "竞品", "等老板批准后", "去年", "还没", "力争月底"]
    ),
    st.sampled_from(["签单", "签约", "成交", "下单了"]),
    st.sampled_from([" 9800", "3万", "￥9,800元", ""]),
)
def test_no_hedge_makes_a_sale(hedge, word, amount):
    assert sales([hedge + word + amount]) == [False]


@given(
    st.sampled_from(["没", "没那么", "不太", "不怎么", "不是很", "不是特别", "没有那么", "不再", "并不", "暂时不"]),
    st.sampled_from(["感兴趣", "认可", "有意向"]),
)
def test_no_denial_is_interest(denial, word):
    assert outcomes_said(
        [denial + word], [say("start.outcome_willing", "zh"), say("start.outcome_sees_need", "zh")]
    ) == [None]


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


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ("停机，换备用电话打通了，有意向", "愿意了解"),
        ("没接，晚上打通了", None),
        ("no answer, then got through", None),
        ("没接，没打通", "无人接听"),
        ("停机，没联系上", "关机停机"),
    ],
)
def test_who_was_reached_in_the_end_was_reached(body, outcome):
    assert outcomes_said([body], ["关机停机", "无人接听", "愿意了解"]) == [outcome]


@pytest.mark.parametrize(
    ("body", "channel"),
    [
        ("客户说不要发短信，打电话可以", "电话"),
        ("别打电话，微信聊", "微信"),
        ("do not email, call him", "电话"),
        ("发了短信", "短信"),
    ],
)
def test_a_channel_that_is_not_to_be_used_is_none(body, channel):
    assert channels_said([body], ["电话", "微信", "短信", "邮件"]) == [channel]
