"""Whether a text says that a customer must not be called again, however it is put: 再打就投诉, 以后别联系, take me off your list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from funnelbook.book import values
from funnelbook.book.codes import says_do_not_call
from funnelbook.words import typed

_BETWEEN = "\x00"
_NOT_TO = (  # 要不要 and 特别 are none
    r"(?:(?<![要需用想])不(?:要|用|必|需要?|许|准|让|想|愿意?|希望|接受|允许|得)|(?<![特分区级个识差类性告辨道离鉴派])别|(?<!切)勿|切勿"
    r"|请勿|莫"
    r"|禁止|停止|无需|无须|(?<!暂)不再)"
)
_TO = (
    r"(?:再次?|又|继续|随便|随意|总是?|老是?|老|一直|经常|乱|这样|任何|给[我他她咱客对]?[们户方]?|跟[我他她]们?|和[我他她]们?|向[我他她]们?"
    r"|往[我他她]这|被|接[到听]?|来|去|让?[你咱我]们?|任何人|有人|公司|贵司|主动|通过|用|的|类|此类|这种|这类|营销|推销|广告|销售"
    r"|骚扰){0,4}"
)
_ENDS = (
    r"(?=$|[，,、;；。.!！?？\s\x00)）】”\"'~～的啦吧呢啊哦]|了|过?来|电|手机|座机|我|他|她|咱|给|客户|对方|扰|搅|报|投|否|就|因|这|那"
    r"|前台|办公|公司)"
)
_CONTACT = (
    rf"(?:打(?:电话|扰|搅)|打{_ENDS}|拨(?:打|{_ENDS})|联[系络](?!人|方式|不上|电话|单)|来电|去电|致电|电话(?!号|不通|没)|骚扰|烦(?:我"
    rf"|他|她|人|了|{_ENDS})|找(?:我|他|她)"
    r"|跟进(?!表|记)|回访|推销|call|扰)"
)
_CHINESE = (
    rf"{_NOT_TO}{_TO}{_CONTACT}"
    r"|(?:再|继续)(?:来|给[我他她]们?|敢|这样)?(?:打|联系|来电|骚扰|致电"
    r"|拨)[^，,;；。!！?？\n\x00]{0,6}[，,]?[^，,;；。!！?？\n\x00]{0,6}?(?:投诉|报警|举报|拉黑|曝光|起诉|报工信|12315|12321|骂人)"
    r"|(?:投诉|举报|报警)[^，,;；。!！?？\n\x00]{0,8}(?:骚扰|打扰|再打|来电|打电话)|(?:骚扰|打扰|再打"
    r"|来电)[^，,;；。!！?？\n\x00]{0,5}(?:投诉|举报|报警)"
    r"|拉黑|拉进?了?黑|黑名单|免打扰|不胜其扰"
    r"|拒绝(?:再次?|任何|一切|所有|我们|继续|被|我司|任何形式的?)*(?:打(?:扰|电话)|打(?=$|[，,;；。.!！\s\x00])|联[系络]|来电|致电|骚扰"
    r"|回访|推销|营销|电销|电话(?:推销|营销|销售|联系|打扰))"
    r"|(?:不再|不想再?|拒绝再?|不愿再?)接(?:听|到|受)?(?:[我你]们|公司|任何|销售|推销|营销|我司|的)*(?:电话|来电|推销|营销)"
    r"|(?:删除?|移除|去掉|注销)掉?(?:我|他|她|客户|对方)?们?的?(?:号码|电话|信息|资料|联系方式|手机号)"
    r"|(?:把|将)(?:我|他|她|客户)们?(?:的?号码|电话)?(?:删|移除|移出)|移出名单|退订|永不(?:再)?(?:打|联系)"
)
_CALL = r"(?:call|contact|ring|phone|telephone|bother|disturb|harass|reach out|dial)"
_CALLING = r"(?:calling|contacting|ringing|phoning|bothering|disturbing|harassing|dialling|dialing)"
_CALLED = r"(?:called|contacted|rung|phoned|telephoned|bothered|disturbed|harassed|dialled)"
_WHOM = r"(?:me|us|him|her|them|my|our|his|their|name|number|details|customer|client|contact)"
_ENGLISH = (
    rf"(?<!they )(?<!she )(?<!he )(?<!who )(?<!we )(?<!i )(?:do not|do ?n['’]?t|never|must ?n['’]?t|must not|should not|shouldn['’]?t"
    rf"|not to)"
    rf" (?:please |ever |you ever )?(?:try to |be )?(?:{_CALL}|{_CALLED})\b"
    rf"|\b(?:stop|stopped|quit|cease|no more|no further|enough) (?:us |all |the |any |with |from |these |those |your )*(?:{_CALLING}"
    rf"|calls|contact|phone calls)\b"
    rf"|(?:\bnot|n['’]t|\bnever|\bno longer|\bstop) (?:wants?|wish(?:es)?|like|appreciate|accept|being|wanting|want(?:ing)?)?(?: ?(?:to"
    rf"|you|us|you to|being))?"
    rf" ?(?:be |being )(?:{_CALLED})\b"
    rf"|(?:\bnot|n['’]t|\bno longer|\bnever) (?:wants?|wish|like|accept|take)s? (?:(?:any|more|further|our|your|these|sales|phone"
    rf"|marketing|to get|to receive|cold)+ )*(?:calls|contact)\b"
    rf"|(?:\bnot|n['’]t|\bno longer|\bnever) (?:wants?|wish|like)s? (?:us|me|you|anyone|anybody|any of us) (?:to )?{_CALL}\b|(?:\bnot"
    rf"|n['’]t|\bnever|\bno longer) (?:wants?|wish)s? to hear from\b"
    r"|\b(?:asked|asks|wants?|wanted|like|likes|requests?|requested|demands?|demanded|please|to be|be) (?:us |me |to |be |have |get "
    r"|(?:his|her|their|my|our) |(?:name|number|details) )*removed?\b"
    rf"|\bremove(?:d)? (?:{_WHOM} )+|\bremov\w+ (?:\w+ ){{0,4}}from (?:\w+ ){{0,3}}(?:list|database|system|records)\b"
    rf"|\brequest\w* (?:for )?removal\b"
    r"|\b(?:take|took|taken|get|strike|cross|keep) (?:\w+ ){1,3}off (?:\w+ ){0,3}(?:list|database|system|records)\b|\boff (?:the|our"
    r"|your) (?:\w+ )?(?:list|database)\b"
    rf"|\b(?:delete|erase|lose|forget) (?:my|our|his|her|their) (?:phone |contact )?(?:number|details|data|contact)\b"
    r"|\bunsubscrib\w*|\bopt(?:ed|s|ing)?[ -]?out\b|\bdnc[lc]?\b|\bblack-?list\w*|\bblocked (?:us|me|our|my|the number)\b"
    r"|\bcease and desist\b|\bleave (?:me|us|him|her|them) alone\b"
    rf"|\b(?:call|calling|ring|phone|contact) (?:\w+ )?again\b[^.;!?\n\x00]{{0,30}}\b(?:report|complain\w*|sue|police|lawyer|legal"
    rf"|complaint)\b"
    rf"|\b(?:report|complain\w*|sue|police|lawyer|legal|complaint)\b[^.;!?\n\x00]{{0,25}}\b(?:call|ring|phone|contact)s? (?:\w+ )?again\b"
)
_ONCE_BEFORE = re.compile(  # not to be called at some time or place, which is not for good
    r"(?:(?:[上中下]午|[早晚]上|早晨|凌晨|午休|(?<!上)(?:周|星期|礼拜)[一二三四五六日天末]|[这本下]个?(?:周|星期|月)|[今明后]天|最近"
    r"|这[几两]天"
    r"|这段时间|近期|短期|工作日|节假日|周末|假期|国庆|春节|过年|月底|年底|过完年|\d点|[点月号日年节周天会底完](?=时|期|之|间|[以前内中]))"
    r"(?:时间|时候|期间|之?间|[之以]?[前内]|时|中|的时候)?|\b(?:before|until|till|during|while)(?: [\w:]+){1,3}|\bfor now"
    r"|\bat the moment|\bright now"
    r"|\bin the (?:morning|afternoon|evening)|\bat (?:work|home|night))"
    r"[，,]?\s?(?:请|都|就|也|他|她|我|们|please)*\s?$"
)
_FOR_NOW = re.compile(r"(?:暂时?|目前|先)(?:请|都|就)*$")
_BUSY_BEFORE = re.compile(  # nor while something goes on, unless it is said of calling again
    r"(?:暂时?|目前|现在|此刻|刚刚?|先|这会儿?|上班|下班|休息|开会|开车|吃饭|睡觉|忙|出差)(?:时间|时候|期间|时|中"
    r"|的时候)?[，,]?\s?(?:请|都|就|也|他|她|我|们)*$"
)
_FOR_GOOD_BEFORE = re.compile(
    r"(?:从|自|打)(?:今天|现在|此|今)|(?:今天|现在|刚刚?|最近)(?:客户|他|她|对方)?(?:说|来电|打来|投诉|要求|打电话)|以后|今后|永远|永久"
)
_ONCE_AFTER = re.compile(
    r"\s?(?:过来|给|到|他|她)?(?:的)?(?:这个(?!(?:电话|号码?|手机号?)了?(?:$|[。！!；;\s]|[，,](?!打|换|用|改|请打)))|那个|座机|前台"
    r"|办公室|公司|老板|财务|采购|秘书|助理|旧|老号|之前|以前|原来)(?!说|们|要|已)"
    r"|(?:太|那么|这么)(?:早|晚|勤|频|急|多)|\s(?:(?:him|her|them|us|me|again|back|in|at all) )*(?:before|until|till|after|next|during"
    r"|between|while|when|right now|now\b(?!,? (?:on|or))|too|so (?:early|late|often)|yet"
    r"|for (?:a|an|one|two|three|the next|another|\d+)|to(?:day|morrow)|at (?:\d|work|home|night|lunch)|on (?:mon|tue|wed|thu|fri|sat"
    r"|sun|his|her|the|weekend|week)\w*"
    r"|(?:the|his|her|their|this|that|my) (?:office|mobile|landline|reception|cell|desk|home|old|work|boss|accountant|secretary|number)"
    r"|(?:in the|this) (?:morning|afternoon|evening|week|month|year))"
)
_DENIED = re.compile(
    r"(?:[没未](?:有|人|说过?|让|要求|表示|被|再|明确)*|不(?:是|会|能|至于|想|怕)(?:要|被|说|要求)?|并非(?:要求)?|避免(?:被|客户)?"
    r"|以免(?:被|客户)?|防止(?:被|客户)?|[差险]点被?)$"
    r"|(?:\bnot|\bnever|n['’]t|\bno (?=\w)|\bnobody)(?: ?\b(?:ask|asked|want|wanted|yet|say|said|to|be|been|request|requested|us|have"
    r"|has|formally)){1,3} $"
    r"|(?:\bnot|\bnever|n['’]t) $"
)
_LIFTED_BEFORE = re.compile(
    r"(?:不在|没在|未进|不是|怕被?|也别|微信被[他她]?|取消|解除|撤销|移出|移除)了?"
    r"(?:对?[我他她客]?[户们]?的)?$|\bno longer (?:on )?(?:the )?$"
)
_LIFTED_AFTER = re.compile(  # who came back by himself, hours, words in other names
    r"了?(?:短信|邮件|催款)|[^\n]{0,12}(?:解除|已核|已查|查过|正常|重新同意)|(?:时段|时间|期间|模式|企业|午休|休息|上课|睡觉|开会)"
    r"|[^\n]{0,10}(?:又|主动|自己)[^\n，,。;；]{0,6}(?:打来|打过来|来电|找来|找我|加我|咨询|问价|要报价"
    r"|下单|联系(?:我|你|咱))|[^\n.;]{0,20}\b(?:called|came|rang|wrote|reached out) (?:us )?(?:back|himself|herself|again)"
)
# a look that is cheap, for what may say so in Chinese and in English
_CUES = (
    re.compile(
        r"[不别勿莫止需须拒][^，,。;；\n]{0,12}?(?:打(?![了过折包样])|打了?$|打了?[，,。;；！!\s]|[联拨来去致]|电话"
        r"|[扰搅烦找推访跟c发])|[黑扰移删退订曝注]|诉|举报|报警"
    ),
    re.compile(
        r"n['’o]t (?!in|an|re|av|su|th|so|ye|qu)|dont|never|must|stop|quit|cease|more|further|enough|remov|off|need to|unsub|opt|black"
        r"|block"
        r"|alone|again|delete|erase|lose|forget|dnc|no longer"
    ),
)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = sorted(map(str.casefold, typed("note_do_not_call")), key=len, reverse=True)
    chinese, other = ("|".join(re.escape(word) for word in words if word.isascii() == plain) for plain in (False, True))
    return re.compile(rf"{_CHINESE}|(?<![要需用想])(?:{chinese})(?![折价收量率额包听款])"), re.compile(
        rf"{_ENGLISH}|\b(?:{other})\b"
    )


def found(plain: str) -> Iterator[re.Match[str]]:
    """Where a text in small letters says so; what holds at some time or place only, or is denied, too: `holds` tells."""
    for cue, pattern in zip(_CUES, _patterns(), strict=True):
        if cue.search(plain):
            yield from pattern.finditer(plain)


def holds(plain: str, match: re.Match[str]) -> bool:
    """Whether the customer is not to be called for good: not at some time or place only, and not denied."""
    before = plain[max(match.start() - 40, 0) : match.start()].rpartition("\n")[2]
    if _DENIED.search(before) or _LIFTED_BEFORE.search(before) or _LIFTED_AFTER.match(plain, match.end()):
        return False
    once = (
        _ONCE_BEFORE.search(before) or ("再" not in match[0] and _BUSY_BEFORE.search(before)) or _FOR_NOW.search(before)
    )
    once = once and not _FOR_GOOD_BEFORE.search(before)
    return not once and _ONCE_AFTER.match(plain, match.end()) is None


def refuses(cell: object) -> bool:
    """Whether a text says that the customer must not be called again; anything else says nothing."""
    if not isinstance(cell, str):
        return False
    plain = values.fold(cell).casefold()
    return any(holds(plain, match) for match in found(plain))


def forbids(said: object) -> bool:
    """Whether an outcome or a tier says that the customer must not be called again: by a word for it, or however it is put."""
    return says_do_not_call(said) or refuses(said)
