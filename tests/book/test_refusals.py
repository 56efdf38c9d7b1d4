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

NEVER += tuple(
    """
on do-not-call list
do-not-call list
prefers email only, no calls
no calls, email only
no phone calls
asked us to stop calling
please don't call again
只接受微信联系，不接电话
家人接的，说他去世了
客户已去世
passed away
customer deceased
要求从名单删除
投诉到12321，不能再打
不可再打
不能再联系了，已报工信部
客户要求从系统里删掉他
别再打这个号码
请从你们名单中移除
让我们把他从名单里去掉
没兴趣别打了
没需求，别再打了
没意向不要再联系
不要再打了，已经用别家了
不用打了，买了别家的
以后都不用打了
不要老是骚扰我
别总来烦我
客户很生气，说再打就投诉12315
别再打了，再打投诉
以后别联系，再联系就拉黑
已投诉至工信部
已投诉12300
客户明确要求不再接收任何电话
不希望再被打扰
别再给我打电话了
他老公说以后别打了
家人接的，说人已去世，不要再打了
去世了，别打了
公司倒闭，不用再打
老板说别打了，不需要
永远不要打
这个号以后别打了
不要再打他电话了
要求加黑
申请加入黑名单
不让打了
不让再打
不准再打电话
拒接推销电话，要求不要再打
不想再听到我们的电话
请勿再致电
请不要继续联系
别再联系我，谢谢
做了勿扰登记
客户已登记谢绝来电
谢绝推销
谢绝来电
让别再打了
call again and I will sue
He said never to call him again
please remove from list
remove number
wants off the list
pls dont call
asked that we not call
asked us not to call
complained to ICO, no further calls
registered with TPS, do not call
no calls please
no cold calls
GDPR erasure request
asked to be deleted from our database
do not contact - legal threat
no contact!
told never to ring again
not to be contacted
stop contacting us
Lose my number
requests no contact
DO NOT CALL
wife said don't call any more
don't call me again
please don't call here anymore
不要再打了，有需要我会联系你们
别打了，有需要会联系
说了不要打电话来，烦死了
接通就骂，让别打了
对方要求撤掉号码
对方要求停止拨打
要求停打
让停止打电话
要求取消电话回访
强烈要求不再打
说以后不用打电话了，不做这行了
客户说退休了，以后别打了
换人了，别再打这个电话
机主换了，说别再打了
打错了，不是本人，让别再打
号主不是本人，要求不要再打
非本人，勿扰
不是本人，说再打报警
已离职，不要再打
说我们是骗子，再打举报
警告不要再打
客户发火，要求永久删除号码
不愿意接电话，让以后别打
不要再推销了
不考虑，以后不要打电话了
不感兴趣，请不要再来电
明确拒绝，要求不再拨打
客户拒绝再接电话
已列入禁呼名单
禁止拨打
禁止营销
禁拨
要起诉我们骚扰
客户表示再打就找律师
表示会去投诉，别再联系
投诉过，勿打
投诉升级，停止联系
勿再致电，已投诉
不要打了！！
别打啦
甭打了
甭再联系
千万别打
千万不要再打给他
谁都别打
这家别打
此客户勿联系
该客户不要联系
不许打
严禁拨打
暂停，以后都别打
永久勿扰
取消合作，不再联系
绝对不能打
客户不让打电话
不允许打电话
他说的，别再打来
hung up, said dont call again
Told us not to call anymore
wants no further contact
Please take our number off
asked to come off the list
wants to be taken off
has asked for no contact
said never contact them again
do not phone
DO NOT RING - complaint
complaint about calls, do not call
doesn't want calls
do not want to be called
not interested, don't call back
fu** off don't call
requested DNC
on do not call list
on TPS
added to DNC list
stop ringing me
stop phoning
stop all contact
customer deceased do not call
said he'd report us if we call again
threatened legal action if contacted again
please remove me
requested to be unsubscribed
don't want you to call
leave me alone
not to ring
""".strip().splitlines()
)
NOT_SO += tuple(
    """
no calls made yet
no calls since May
made 3 calls, no contact, try again
his mother passed away, call after the funeral
父亲去世，过一个月再联系
不接电话
说话算数，去世界杯了
follow-up call, not-so-keen
别总打电话催
客户说别老打电话，一周一次就行
有货再联系，没货别打
孩子高考前不要打，6/10后再打
不用打了，已签合同
别打给他老公
不要打扰家人，打手机
别打电话打扰他开会
前台说不要推销电话
没优惠就别打
没事别打，有新品再说
签约前不要再联系，等财务
不用打电话了，他明天自己来店里
不用再打了，已下单
不用联系了，已经付款
不需要打电话，微信已确认
别打给前台，直接找张总
别打他公司电话
别打公司，打手机
不要打座机，打手机13900000000
别打电话给财务
不要打扰他休息，晚上再打
别打了，等通知，下周三再联系
别打，他下周会联系我们
先别打，等他电话
等消息，不要打
不要天天打
不要一天打三次
别打太频繁，一个月一次
不要频繁联系
别频繁打电话
不要每天打电话
晚上别打，白天打
晚上8点以后不要打
周末不要打电话
别在上班时间打
不要在周末打电话
不要中午打
下午别打，上午10点打
过年前别打
月底前不要打扰
出差，别打，月底回
出差中，不要打电话，微信联系
开会别打，下午打
客户在国外，别打，漫游
怀孕了，生完再联系，先不要打
不要打错号码了
不要打广告
不要联系不上就放弃
别忘了打电话
不打算买
不要打印，发电子版
不要打款，先发货
不要打欠条
不能打折就算了
不再打折
能不能别涨价
别的部门联系
不要联系他老婆
不要联系门店，联系总部
不再联系旧供应商，想换
不想再和原供应商联系，问我们价格
他拉黑了竞品
被老婆骂了，别告诉她
上次投诉已处理，满意
投诉物流慢，已解决
投诉质量，要求换货
客户投诉别家打电话骚扰，我们不会
问是不是骚扰电话，说明后愿意听
以为是推销电话，挂了
以为骚扰电话
被标记为骚扰电话，换号打通了
手机显示骚扰电话，没接
拒接
拒绝来访
不要退订
不用打样，直接做货
没必要打电话，发微信就行，周五下单
别急着打，等他看完资料
先不打电话，发资料
不要打扰，正在考虑，下周一回复
让我别催，他会打给我
don't call his wife
don't call the office, use mobile
no need to call, he'll come by Friday
no need to call again, signed
don't call too often, once a month is enough
don't call every day
stop calling twice a day, once a week is fine
don't call unless there is a discount
do not call when in meeting
don't call until stock arrives
don't call after 6
call him, not his assistant
don't call it a discount
not calling today
he doesn't want me to call at lunch
never calls back
will not call before Monday
can't call him at work
contact again in June
he asked not to be called on weekends
did not call
don't contact accounting, contact him directly
wants to stop using competitor
said remove item 3 from the quote
please remove the delivery fee
delete line 2
cannot take calls while driving
receptionist blocked me
gatekeeper says no calls
no calls between 12 and 2
no more calls needed, order placed
no contact yet
no contact made
no contact details
couldn't contact
don't call back yet, waiting on board
客户说最近别打，忙搬家
月结期间别打扰财务
暂缓，不用天天打
让不要着急，下周打款
不用打过来，他会打过去
先别联系，等合同寄到
不用催，周五付
不要只打电话，也发微信
别光打电话，发报价
不要总打，有消息会说
约周三，别提前打
早上别打，下午3点后
9点前勿扰
午休勿扰，14:00后联系
12-14点勿扰
周日勿扰
休假中，勿扰，6/1上班
会议中勿扰
晚上勿扰
请勿在午休时间来电
他不要电话报价，要书面
不要电话沟通，要见面谈，约了周四
不要语音，打字
不用电话，邮件发即可
先别报价，再联系
不要找他，找他老板
不要跟进旧项目，跟进新项目
别跟他说是代理
不要和他老婆说
别让他知道底价
不要给他打折
不要再降价
不需要再演示，直接签
不用再发资料，约面谈
不要再等，马上下单
不要停，继续跟进
不能停止跟进
停止合作后重新联系
电话停机，换号联系
联系不上，不要放弃
不接电话，短信联系
没打通，再打
再打一次没人接
多次拨打不接
拒接两次，再打通了
挂断，再打关机
说再考虑，不要逼太紧
客户嫌贵，别家便宜
投诉售后慢，已安抚，可继续跟
投诉快递，已退款
曾投诉，现已和解，继续合作
举报竞争对手的事情
原来拉黑的，现在加回来了
微信删了，电话还能通
把微信删了，电话联系
删了旧资料，更新地址
客户删了报价邮件，要重发
让删掉报价单第三项
要求删除合同第5条
信息有误，删除重录
名单里找到他
从名单里挑出来的
从系统里导出，待联系
别墅客户，再联系
个别产品打算买
特别想联系我们老板
不打不相识，聊得好
告别电话
区别对待
不得不打电话催款
不是不要联系，是没时间
想打电话又怕打扰
怕打扰他，发了短信
不好意思打扰了，聊了5分钟
打扰了三次终于约上
打扰他吃饭，改约晚上
不方便，晚点打
不方便，说晚上打给我
没兴趣
拒绝
挂了
不需要
暂时不需要
无意向
please call after 5
please don't hesitate to call
do not forget to call
don't forget to contact him
don't bother with brochure, send quote
not to worry, will call
never called before
never answered
he never rings back
no contact number for boss
must contact before Friday
must call Tuesday
don't call mornings
don't ring before ten
do not disturb until 2pm
don't call this number, use 07700 900123
stopped working there, call new manager
stop by the office Tuesday
removed from board, new director is Jane
blocked by procurement
block booking wanted
opted for the larger package
opted out of option B
quit his job, new contact Anna
cannot call abroad
won't call until June
further calls next week
no further questions
more calls next week
call again Monday
complained about delivery, fixed
complaint resolved, call again in May
legal department reviewing, call again next week
report sent, call again
he will report to boss, call again Monday
police station client, call again
forget the old quote
lost the file
delete the old quote and send new
""".strip().splitlines()
)


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
