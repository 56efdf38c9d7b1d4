"""The fixed words in CODE columns: code -> (zh, en, further spellings)."""

from __future__ import annotations

from funnelbook.book.labels import LANGUAGES, normalise

WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "order_status": {
        "valid": ("有效", "Valid", "正常", "已成交", "ok"),
        "cancelled": ("取消", "Cancelled", "已取消", "作废", "canceled"),
        "refunded": ("退款", "Refunded", "已退款", "退货"),
    },
    "revision_reason": {
        "forecast": ("预测不准", "Forecast was wrong"),
        "external": ("外部变化", "External change"),
        "internal": ("内部变化", "Internal change"),
    },
    "care_event": {
        "guidance": ("使用指导", "Guidance"),
        "visit": ("回访", "Return visit"),
        "festival": ("节日问候", "Festival"),
        "birthday": ("生日祝福", "Birthday"),
    },
    "customer_kind": {"new": ("新客户", "New"), "old": ("老客户", "Existing")},
    "value_class": {"high": ("高", "High"), "mid": ("中", "Mid"), "low": ("低", "Low")},
    "shape": {
        "too_few": ("数量不足", "Too few"),
        "ideal": ("理想", "Ideal"),
        "top_heavy": ("头重脚轻", "Top-heavy"),
        "bulge": ("中部堆积", "Bulge"),
        "hour_glass": ("中部断层", "Hour-glass"),
        "bottom_heavy": ("底部堆积", "Bottom-heavy"),
        "mixed": ("混合", "Mixed"),
    },
    "festival": {
        "new_year": ("元旦", "New Year"),
        "spring_festival": ("春节", "Spring Festival"),
        "lantern": ("元宵节", "Lantern Festival"),
        "labour_day": ("劳动节", "Labour Day"),
        "dragon_boat": ("端午节", "Dragon Boat Festival"),
        "mid_autumn": ("中秋节", "Mid-Autumn Festival"),
        "national_day": ("国庆节", "National Day"),
    },
    "question": {
        "B1": ("B1 目标是否过高", "B1 Is the target too high?"),
        "B2": ("B2 呼出量是否太少", "B2 Too few calls?"),
        "B3": ("B3 资料整体性是否差", "B3 Is the lead data poor?"),
        "B4": ("B4 客户积累是否不够", "B4 Too few customers?"),
        "B5": ("B5 报价成功率是否低", "B5 Do quotes fail?"),
        "B6": ("B6 销售成功率是否低", "B6 Is the closing rate low?"),
        "B7": ("B7 利润控制是否弱", "B7 Is the margin weak?"),
        "B8": ("B8 是否落后时间进度", "B8 Behind the time gone?"),
        "B9": ("B9 态度：活动是否下降", "B9 Is activity falling?"),
    },
    "driver": {
        "calls": ("电话量", "Calls"),
        "connect": ("接通率", "Connects per call"),
        "progress": ("推进率", "Moves up per connect"),
        "quote": ("报价率", "Quotes per move up"),
        "close": ("报价成交率", "Orders per quote"),
        "value": ("每单金额", "Amount per order"),
        "margin": ("毛利率", "Margin rate"),
        "target_level": ("目标高于团队水平", "Target beyond the team's level"),
    },
    "verdict": {
        "ok": ("正常", "OK"),
        "watch": ("关注", "Watch"),
        "problem": ("有问题", "Problem"),
        "no_evidence": ("数据不足", "No evidence"),
    },
    "why": {
        "promised": ("约定", "Promised"),
        "overdue": ("已过约定日", "Overdue"),
        "cadence": ("到跟进日", "Cadence"),
        "new": ("新客户", "New"),
    },
    "call_flag": {
        "no_purpose": ("没有目的", "No purpose"),
        "sms_too_long": ("短信过长", "SMS too long"),
        "confirm_due": ("该电话确认", "Confirm now"),
        "too_many_tries": ("拨打过多", "Too many tries"),
    },
    "found_kind": {
        "customer": ("客户资料", "Customer"),
        "activity": ("跟进", "Activity"),
        "order": ("订单", "Order"),
        "move": ("级别变动", "Move"),
    },
    "week_status": {"past": ("已过", "Past"), "current": ("本周", "Current"), "future": ("未到", "Future")},
    "measure": {"orders": ("订单", "Orders"), "amount": ("金额", "Amount"), "margin": ("毛利", "Margin")},
    "reward_metric": {
        "orders": ("订单数", "Orders", "订单"),
        "amount": ("金额", "Amount", "订单金额", "销售额"),
        "margin": ("毛利", "Margin", "毛利额"),
        "paid": ("回款", "Paid", "回款额"),
        "margin_rate": ("毛利率", "Margin rate"),
        "completion": ("订单完成率", "Order completion", "完成率", "completion"),
        "completion_amount": ("金额完成率", "Amount completion"),
        "completion_margin": ("毛利完成率", "Margin completion"),
        "rank": ("龙虎榜名次", "Rank", "名次", "排名"),
        "calls": ("电话量", "Calls", "呼出量", "电话数"),
        "connects": ("接通量", "Connects", "接通数"),
        "new_customers": ("新客户数", "New customers", "新增客户"),
    },
    "reward_status": {
        "due": ("待兑现", "Due"),
        "paid": ("已兑现", "Paid"),
        "overdue": ("逾期未兑现", "Overdue"),
        "corrected": ("更正", "Corrected"),
    },
    "severity": {"error": ("错误", "Error"), "warning": ("提醒", "Warning"), "info": ("说明", "Info")},
    "history_source": {
        "activity": ("跟进", "Activity"),
        "order": ("订单", "Order"),
        "manual": ("手工", "Manual"),
        "initial": ("初始", "Initial"),
        "seen": ("已见", "Seen"),
    },
}

# Words of their own inside TIER and PERSON columns
WON, LOST, ORDER, TEAM = "Won", "Lost", "order", "team"
SPECIAL: dict[str, tuple[str, ...]] = {
    WON: ("成交", "Won", "已成交", "签约", "赢单", "closed won"),
    LOST: ("流失", "Lost", "已流失", "丢单", "输单", "closed lost"),
    ORDER: ("订单", "Order"),
    TEAM: ("团队", "Team", "全队", "合计", "total"),
}

YES = frozenset(
    map(normalise, ("是", "y", "yes", "1", "true", "√", "✓", "✔", "有", "对", "在岗", "在职", "接通", "已接通"))
)
NO = frozenset(map(normalise, ("否", "n", "no", "0", "false", "×", "✗", "x", "无", "不", "离职", "未接通")))

# Beside a customer who must not be called any mark means yes, a letter x too; × may mean either, so it is asked about
DO_NOT_CALL = YES | frozenset(
    map(
        normalise,
        ("x", "勿扰", "请勿打扰", "免打扰", "永久", "请勿致电", "勿打", "禁呼", "DNC", "do not call", "don't call"),
    )
)
MAY_CALL = NO - frozenset(map(normalise, ("x", "×", "✗")))


def word(words: str, code: str, language: str) -> str:
    """How a code is shown; a code the list does not know stays itself."""
    spellings = WORDS[words].get(code)
    return spellings[LANGUAGES.index(language)] if spellings else code


def code_of(words: str) -> dict[str, str]:
    """Normalised spelling -> code, for reading a CODE column."""
    return {normalise(s): code for code, spellings in WORDS[words].items() for s in (*spellings, code)}


def special(code: str, language: str) -> str:
    """How Won, Lost, order and the team are shown."""
    return SPECIAL[code][LANGUAGES.index(language)]


def special_of() -> dict[str, str]:
    """Normalised spelling -> Won, Lost, order or team."""
    return {normalise(s): code for code, spellings in SPECIAL.items() for s in (*spellings, code)}
