"""Whether a word of a note holds: not denied, hedged, planned, undone or of somebody else, as told by what stands around it."""

from __future__ import annotations

import re

from funnelbook.book import values

WEEKDAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*"
_CLAUSE = re.compile(r"[，,；;。.!！?？\n]")
_REST = r"[^，,；;。.!！?\n]"  # of a clause
_NOT = re.compile(  # 不错 and 没问题 are none, nor is what is more than one thing: not only
    r"(?:[没未不别无]|(?<!除)非)(?:有|是|会|想|能|要|太|大|很|那么|这么|怎么|什么|多么?|特别|非常|十分|真的?|真正|再|算|够|见得|一定|必"
    r"|觉得|认为|表示|表达|说过?|讲"
    r"|明确|完全|目前|现在|对[^，,；;。\s]{1,6}|谈|感到|看出|看到|发现|显得){0,3}$"
    r"|(?:\b(?:not|no|never|nobody|without|hardly|barely|isn|wasn|doesn|didn|don|aren|hasn|won)(?:['’]?t)?(?! (?:only|just|merely"
    r"|problem|issue|doubt)))"
    r"(?: (?!but\b|and\b|though\b|yet\b|however\b|still\b|now\b|then\b|so\b|is\b|answer\b)[\w'’]+){0,3} $"
)
_NOT_BESIDE = re.compile(
    r"(?:[没未不别非]|没有|不(?:是|会|想|能|太|大)|不是?很|不是太|\b(?:not|no|never|hasn't|isn't|didn't) )$"
)
_CLAIMS = ("quoted", "demo", "sees_need", "material_sent", "willing", "decided", "terms")  # what is good to hear
_UNREACHED = ("wrong_number", "switched_off", "busy", "no_answer")
_REACHED = re.compile(
    r"[^;；。\n]{0,24}?(?<![没未不])(?:打通|接通|通了|联系上|接了|\bspoke\b|\bgot through\b|\bthen reached\b)"
)
_OTHERS = (  # whose doing it is
    r"别家|别的|竞品|竞争|对手|友商|(?:朋友|同行|别人|邻居|亲戚|同学|老乡|隔壁)(?!介绍|推荐)|同事(?:的|那边?|家|朋友|单位|公司)"
    r"|(?:其[他它]|另外?(?:的|[一那])?|某|兄弟|姐妹)(?:公司|客户|单位|供应商|厂|家)"
)
_RIVALS = (
    r"\b(?:competitors?|competing|rivals?|someone else|somebody else|another (?:vendor|supplier|company|firm|agency)|other (?:vendor"
    r"|supplier|company|firm)s?)\b"
)
_HEDGED = re.compile(
    r"[没未不待等要想若谈催差]|准备|预[计期]|期望|可能|答应|如果|争取|有望|希望|计划|下周|下+个?(?:月|周|星期|礼拜|季度?)|明[天年]|后天|打算"
    r"|马上|后再|目标(?!客户)|曾经|假如|除非|一旦|只要|力争|估计|应该|或许|也许|大概率"
    rf"|(?<![开展年聚机商协学工社晚宴例周])会(?![员计议面上后场])[^\s]{{0,3}}$|去年|前年|(?:上[次回]|[以之]前)(?![的报谈])|{_OTHERS}"
    r"|\b(?:not|no|never|will|hope|if|unless|may|maybe|might|perhaps|going to|to be|please|almost|nearly|last year|would have|could|can be"
    r"|expect\w*|forecast\w*|anticipat\w*|project(?:ed|ion)|potential\w*|probabl[ey]|likely|tentativ\w*|subject to|provided|assuming|trying"
    r"|tomorrow|next (?:week|month|quarter|year))\b"
    rf"|{_RIVALS}"
    r"|\b(?:should|must|wants?|would|shall|needs?|plans?|promis\w+)\b(?!.*\band\b)|\b(?:once|when|before|until|till)(?: \w+){0,3} $"
)
_TAKEN_BACK = (
    r"退款(?!政策|条款|流程|率)|退货(?!政策|条款|流程|率)|退单|退[了掉订](?![押定差税样资])|又退|毁约|解约|违约|悔单|毁单|撤[单销了回]|跑单|飞单|反悔|变卦"
    r"|黄了|泡汤|不(?:买|要|做|签|合作)了|终止合[同作]"
    r"|\brefund(?! polic)|\bfell through|\b(?:backed|pulled|bailed) out|\bchanged (?:his|her|their) minds?|\brescind|\bcharge-?back"
    r"|\bcalled off|\bterminated|\breturned (?:it|them|the goods|everything)|\bbounced"
)
_THE_SALE = r"(?:订单|合同|合作|单子?|这单|交易)"
_SALE = r"(?:order|deal|contract|sale|purchase)"
_UNDONE = re.compile(  # of a sale that stands elsewhere; a demo may be called off too
    rf"(?<![不未没无能可否金])(?:{_TAKEN_BACK}|全[款额]退|{_THE_SALE}(?:已|被|又|也|给|全)*(?:取消|作废|终止)|取消(?:了|掉)?{_THE_SALE})"
    rf"(?<!\bno refund)(?<!\bnot refund)|\b{_SALE}(?: (?:was|is|got|has|been))* (?:cancel|void|withdrawn|returned)"
    rf"|\b(?:cancel\w*|voided|withdrew) (?:\w+ )?{_SALE}|^\s*(?:已?取消了?|cancel\w*)\W*$"
)
_UNSOLD = re.compile(  # behind the word: not yet, long ago, somebody else's, undone
    r"\s?(?:失败|[概几]率|机会|可能|希望|目标|条件|周期|过(?![来户节年])|的(?:话|事|时候))"
    r"|(?:仪式|链接|地址|页面?|入口|方法|平台|系统|渠道|时间|日期|方式|流程|事宜|字|名|[吗嘛么没](?=$|[，,;；。?\s]))"
    r"|(?<!已签约)(?<!已签单)(?<!已成交)(?<!了)[之以]?[前后](?!天)"
    r"|(?:(?<=签了)|(?<=签约)|(?<=已签)).{0,2}(?:保密|意向|试用|名片)"
    r"|\s?的?(?:老?客户|老板|学员|会员|公司|企业|朋友)(?:介绍|推荐|转介)"
    rf"| (?:in|off|out|over(?! [￥¥$€£]?\d))\b| up(?!,? (?:for )?[￥¥$€£]?0)| by (?:{WEEKDAY}|tomorrow|next|the end|end)\b"
    r"|(?: (?:for|a|an|the|some|our)\b)* (?:brochures?|samples?|info|trial|demo|webinar|nda)\b"
    # of somebody else than us
    r"|(?: \w+){0,3} (?:from|with)(?= [a-z])(?! (?:us|me|our|ours|you|an?|the|no|some|full|extra|discounts?|docusign|thanks|pleasure"
    r"|conditions?|notes?|changes?|minor|payment|delivery|installation|training|support|stock|catalogu?e|web\w*|online|price|my|this"
    r"|today|mon|tue|wed|thu|fri"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|warranty|installments?|instalments?)\b)"
    rf"|{_REST}*(?:\?|{_OTHERS}|{_RIVALS}|\b(?:elsewhere|others)\b)"
    rf"|{_REST}{{0,24}}\b(?:expected(?! (?:delivery|start|install|go|to (?:start|go|begin|pay)))|forecast|projected|anticipated|likely"
    rf"|probabl[ey]|possibl[ey]|targeted|estimated|planned"
    r"|potential|hopefully|maybe|subject to|provided|assuming|if|unless|once|pending (?:approval|signature|review|budget|board|sign)"
    r"|tbc|tbd)\b"
    rf"|.{{0,60}}(?<![不未没无能可])(?:{_TAKEN_BACK}|取消|作废|没成|退[了掉回出订]|\bcancel|\bwithdr[ae]w|\bvoided)",
    re.DOTALL,
)
_SOLD = {  # words of anybody's sales, or of none: what must stand behind them
    "sold": re.compile(r"[!.]*\s*$|[!.,:;]?\s?(?:(?:it|them)\s)?(?:(?:for|at) )?(?:usd |rmb |cny )?[￥¥$€£]?\s?\d"),
    "closed": re.compile(
        r"(?: (?:the|a|an|this|our) (?:deal|sale|order|contract))?[!.,:;]?\s?(?:(?:for|at) )?(?:(?:usd|rmb|cny) \d|[￥¥$€£]\s?\d|\d_\d)"
    ),
}
_THEIR_SALE = re.compile(
    r"\b(?:he|she|they|who|customer|client|company|shop|store|office|owner)(?: \w+){0,2} $|\b(?:told|says?|said|heard|claims?)\b"
)
_DONE = re.compile(r"[已了a-z]")  # in a word of a sale: other words may as well be of one that is planned
_PLANNED = re.compile(
    r"(?:考虑|犹豫|(?<!如)愿意?|尽快|尽早|近期|可以|(?<![智功性节])能|催|促|引导|劝|(?<!邀)请|让(?![利价步])|怎么|如何|(?<![顾访])问|安排)[^\s]{0,3}$"
    r"|(?:[去来]|推动|参考|市场|平均|历史|最低|心理|同款|我们的|咱们?的|一般|通常|正常)的?$|"
    r"(?<!签)约|(?<!上)(?:周|星期)[一二三四五六日天]|(?<![上这本])(?:月[底末]|年[底后]|季度末|节后)|回头|改天|到时|过几天"
    r"|(?:(?<!小)说|表示|口头|声称|承诺|保证)(?![明服])[^\s]{0,8}$"
    r"|(?:同意|批准|审批|批复|批|通过|商量|考虑|确认|答复|请示|汇报|研究|讨论|决定|回来|到位|到货|到账|验收|试用|测试|满意|谈妥|下来"
    r"|没问题)(?:完|好|了)*[之以]?后[^\s]{0,3}$"
)
_OPEN_AFTER = re.compile(  # 下单立减500 is an offer
    rf"(?:就|即|立|可|再|有)?(?:[减享送赠]|优惠)|{_REST}{{0,14}}(?:预计|可能|待定|估计|要等|还[要需]等?|需[要等]|看情况|前提|才能|没定|未定|计划|争取)"
)
_OTHER_DAY = re.compile(r"(?<!\d)\d{1,2}\s?[/.月]\s?\d{1,2}(?!\d|\s?[千万百元块折%kw])[^，,；;。!！?\n]*$")
# an offer, or information, that is not made yet, or by somebody else
_THEIRS = re.compile(
    rf"{_OTHERS}|(?<![给向跟为对])(?:对方|人家|[他她]们?|供应商)(?:自己?|现在|那边|今天|昨天|又|发来|出|给|的|[我咱]们?)*$|{_RIVALS}"
    rf"|\bthey $"
)
_BY_OTHERS = re.compile(
    rf"{_REST}{{0,14}}(?:{_OTHERS}|{_RIVALS})|(?: \w+)? by (?!us\b|me\b|our\b|e-?mail|mail|phone|post|wechat|sms|fax|hand|letter"
    rf"|{WEEKDAY}|0|an?\b|the (?:hour|day|unit))"
)
_TO_COME = re.compile(
    r"(?:(?<!需)要(?!求[^，]{0,8}$)|想|等(?![级])|需要|索[要取]|催|希望|准备|打算|计划|预计|可能|待|如果|若|明[天日]|后天|下+个?(?:周"
    r"|月|星期|礼拜)|回头|改天|晚点|答应|稍后"
    r"|要求(?:我们?|发|给|重新)?)(?:(?!看|对比|比较|考虑|讨论|研究|[了已])[^，,\s]){0,6}$"
    r"|(?:问|(?<![需要])求|请|让|安排|约|帮|看看?|谈|先)(?:我们?|一?下|给|发|个|一?份|详细|正式|最新|重新)*$"
    r"|\b(?:will|to|be|wants?|wanted|needs?|await\w*|waiting|should|must|if|once|when|until|before|asks?|asked|request\w*|expects?"
    r"|tomorrow|next week|going)\b(?: \w+){0,4} $"
)
_MADE = re.compile(r"(?:已经?|刚刚?|又|重新|[给向](?:他|她|客户|对方|老板)们?|微信|邮件|电话|短信|现场|当面)$")
_NOT_MADE = re.compile(
    r"(?:单|表|书|方案)?\s?(?:还|又|暂|被|已|也|都|仍|一直)*(?:[没未](?:有|能)?(?:通过|出|做|批|过(?!来)|准备|报|下来|定|写|完成|弄|给)"
    r"|[没未](?:有|能)?发(?!资料|样)|待[定批审发]?(?=$|[，,；;。\s])|失败|取消|作废|撤回|失效"
    r"|被[拒否驳]|(?:明天|下周|改天|回头|稍后|晚点)(?:发|给|出|报|再))"
    r"| (?:\w+ ){0,2}(?:cancel\w*|withdrawn|expired|declined by (?:boss|manager)|not (?:sent|approved|ready|yet)|pending|tomorrow"
    r"|next week|later)\b"
)
_NO_DEMO_BEFORE = re.compile(
    r"(?:[没未不无别]|拒绝|谢绝)(?:需要?|用|想|要|愿意?|必|时间|空|看|做|约|参加|同意|肯|安排|接受|能|方便|考虑|来|有|到|去|再|了|给"
    r"|进行|成功?|[他我她]|线上|产品|远程|现场){0,4}$|取消(?:了|掉)?(?:约|本次|这次|的|原定|昨天|今天|明天|线上|产品|远程|周.)*$"
    r"|(?:\b(?:not|no|never|without|cancel\w*|declin\w*|refus\w*|skip\w*|missed|postpon\w*)|n['’]t)(?: (?!but\b|and\b|problem\b|only\b"
    r"|just\b|answer\b)[\w'’]+){0,4} $"
)
_NO_DEMO_AFTER = re.compile(
    rf"{_REST}{{0,8}}?(?:取消|爽约|放鸽子|失败|作废|不(?:做|看|需|用|要|来|约)了?|没(?:来|做|成|看|约|时间|去|空)|未(?:做|成|约|进行))"
    r"| (?:\w+ ){0,3}?(?:cancel\w*|called off|declined|refused|rejected|no[ -]?show|fell through|scrapped|not (?:needed|wanted"
    r"|interested|required|possible|happening|agreed|done)|off)\b"
)


def holds(key: str, plain: str, match: re.Match[str]) -> bool:
    """Whether a word found in a text in small letters, which says the outcome `key`, holds there."""
    before, at = plain[: match.start()], match.end()
    if key == "won":
        if (sold := _SOLD.get(match[0])) and (not sold.match(plain, at) or _THEIR_SALE.search(before)):
            return False
        return not (_planned(match[0], before, plain, at) or _UNSOLD.match(plain, at))
    if key in _UNREACHED and _REACHED.match(plain, at):
        return False
    clause = _CLAUSE.split(before)[-1]
    if (_NOT if key in _CLAIMS else _NOT_BESIDE).search(clause):
        return False
    if key in ("quoted", "terms") and (_THEIRS.search(clause) or _BY_OTHERS.match(plain, at)):
        return False
    if key in ("quoted", "material_sent"):
        made = _MADE.search(clause) or match[0].startswith("已")
        return not (not made and _TO_COME.search(clause)) and _NOT_MADE.match(plain, at) is None
    return key != "demo" or not (_NO_DEMO_BEFORE.search(clause) or _NO_DEMO_AFTER.match(plain, at))


def undone(said: str) -> bool:
    """Whether an entry says that a sale told before was taken back."""
    return _UNDONE.search(values.fold(said).casefold()) is not None


def of_other_day(before: str) -> bool:
    """Whether another day stands before a sale in its clause."""
    return _OTHER_DAY.search(before) is not None


def _planned(word: str, before: str, plain: str, at: int) -> bool:
    """Whether a word of a sale tells of one to come, or of one that is not theirs."""
    clause = _CLAUSE.split(before)[-1]
    open_word = not _DONE.search(word) and (
        of_other_day(before) or _PLANNED.search(clause) or _OPEN_AFTER.match(plain, at)
    )
    return _HEDGED.search(clause) is not None or bool(open_word)
