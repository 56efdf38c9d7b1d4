"""Who must not be called again, as notes put it: the gravest thing to overhear, since a call too many is what they complain of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funnelbook.book.refusals import refuses

NEVER = (
    *("客户说再打就投诉", "不要再联系", "不要打电话了", "别打了", "以后别联系", "拉黑我们了", "再打报警", "再打电话就报警了"),
    *("不要再打电话了",),
    *("已投诉，勿扰", "别再打电话了", "客户要求以后别再联系", "不要再给我打电话", "请不要再打扰", "别再骚扰我了", "拒绝再联系"),
    *("已被客户拉黑",),
    *("请勿来电", "要求停止联系", "不想再接到推销电话", "投诉我们骚扰", "加入黑名单", "免打扰", "不用联系了", "勿打", "不必再打了"),
    *("以后不用打了",),
    *("今天客户说以后别打了", "再打过来，就举报你们", "让我们别烦他", "要求删除他的号码", "不接受任何推销电话", "别打", "不许再打"),
    *("asked to be removed", "take me off your list", "stop calling", "unsubscribe", "do not ring", "Do not call us at all", "don't call"),
    *("Never call again", "please stop contacting me", "wants to be removed from our list", "asked not to be called again"),
    *("no more calls",),
    *("doesn't want any more calls", "doesn't want to be contacted", "opted out", "do not contact", "told me to leave him alone"),
    *("blocked our number",),
    *("if you call again I will report you", "remove me from the list", "delete my number", "doesn't want us to call"),
    *("said don't phone again",),
    *("unsubscribed", "DNC", "took us off the list", "do not call or email", "asked us to stop ringing"),
)  # fmt: skip
NEVER += (
    *(
        "很忙，别再打了",
        "上周说别打了",
        "5月6日 客户说不要再打",
        "聊天，别打了",
        "不要再打这个电话了",
        "下午客户说别打了",
        "忙，以后别打",
    ),
    *(
        "called today, do not call again",
        "said no do not call again",
        "on Monday said do not call",
        "stop calling every day",
    ),
)
NOT_SO = (
    *("不在黑名单", "黑名单已核，正常", "之前要求勿扰，现已解除", "说不买也别拉黑他", "微信被他拉黑，电话能通", "已退订邮件"),
    *("黑名单查过，不在里面，可以合作", "说不要再打电话催款，已付", "黑名单已查，不在"),
    "没接，晚点再打，别打扰午休",
    "已取消勿扰",
    "已解除黑名单",
    "上次说别再打，今天又主动打来要报价",
    "免打扰时段12点到14点",
    "对手黑名单企业，与我方无关",
    "said do not call again, then called back himself for a quote",
    *("不要发短信，直接打电话", "不要打这个号码，打手机", "月底前别打", "开会时别打", "10点别打", "暂时不要再联系"),
    *("do not email, call instead",),
    *("老板说不要再打折了", "上午不要再打", "要不要再打电话？", "特别联系了老板", "没说不要联系", "暂时不要联系", "这周别打"),
    *("开会，别打电话",),
    *("10点前别打电话", "中午不要打电话", "别忘了联系", "别打座机", "不要打前台电话", "再联系", "再打没接", "打过去没接", "联系不上"),
    *("不要紧，再联系",),
    *("客户投诉质量问题", "月底前不要联系", "下周再打", "电话不通", "没拉黑我们", "分别联系了三家", "个别打电话", "不要报价，先联系"),
    *("不要资料",),
    *("不错，再打", "不要发票", "别人联系他了", "不方便接电话", "不要太早打电话", "过年期间不要打扰", "不要打包"),
    *("don't call before 9am", "do not call until June", "call again", "they never call back", "no call yet", "call back, no answer"),
    *("not called yet",),
    *("do not call on Friday", "don't call his office", "has not opted out", "removed the old printer", "took the sample off the shelf"),
    *("please don't call too early", "he did not ask to be removed", "stopped using it", "no contact yet", "call her again next week"),
    *("do not call this week",),
)  # fmt: skip


@pytest.mark.parametrize("text", NEVER)
def test_who_must_not_be_called_again(text):
    assert refuses(text)


@pytest.mark.parametrize("text", NOT_SO)
def test_what_is_of_some_time_or_place_or_of_something_else(text):
    assert not refuses(text)


@given(
    st.sampled_from(["", "客户说", "要求", "已投诉，", "明确表示", "以后", "老板接的，说"]),
    st.sampled_from(["不要", "别", "请勿", "不许", "不用", "停止", "请不要", "勿"]),
    st.sampled_from(["", "再", "再给我", "再给他"]),
    st.sampled_from(["打电话", "联系", "打扰", "来电", "骚扰", "打", "致电"]),
    st.sampled_from(["", "了", "！", "，态度很差", "了，否则投诉"]),
)
def test_however_it_is_put(who, no, again, contact, end):
    assert refuses(who + no + again + contact + end)


@given(
    st.sampled_from(["", "customer said ", "asked: ", "angry, "]),
    st.sampled_from(["do not", "don't", "never", "please do not", "Do Not"]),
    st.sampled_from(["", "ever "]),
    st.sampled_from(["call", "ring", "contact", "phone", "bother", "disturb"]),
    st.sampled_from(["", " again", " me", " us again", " him any more", "!"]),
)
def test_however_it_is_put_in_english(who, no, ever, contact, end):
    assert refuses(f"{who}{no} {ever}{contact}{end}")
