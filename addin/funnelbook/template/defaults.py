"""The rows a new workbook starts with: tiers, call outcomes, channels, rules, the year's holidays."""

from __future__ import annotations

from datetime import date, time, timedelta

from funnelbook.book.settings import MEANINGS, Settings

Rows = list[dict[str, object]]

_TIERS = (  # order, code, rate, dwell_days, cadence_days, minutes: workbook.md
    (1, "E", 0.5, 14, 14, 5), (2, "D", 0.4, 10, 7, 6), (3, "C", 0.5, 10, 5, 8), (4, "B", 0.6, 7, 3, 10), (5, "A", 0.8, 5, 2, 8),
)  # fmt: skip
_TIER_WORDS = {  # name, definition, advice
    "zh": {
        "E": ("潜在客户", "名单上的客户，还没联系上", "尽快打第一个电话，问清有没有需求"),
        "D": ("联系客户", "已联系上，愿意继续谈", "约好下次时间和话题，找到决策人"),
        "C": ("认同客户", "认同产品，有需求", "帮客户算账，推进到报价"),
        "B": ("意向客户", "有购买意向，已报价或在谈条件", "盯住异议，大胆要求签约"),
        "A": ("准备购买", "决定购买，手续未办", "当天跟手续，防止变卦"),
    },
    "en": {
        "E": ("Potential", "On the list, not reached yet", "Make the first call and ask for the need"),
        "D": ("Contacted", "Reached, willing to talk again", "Agree time and topic of the next call, find who decides"),
        "C": ("Acknowledged", "Sees the value, has the need", "Work out the benefit together, move to a quote"),
        "B": ("Interested", "Wants to buy, quoted or negotiating", "Settle objections and ask for the signature"),
        "A": ("Ready to buy", "Has decided, paperwork open", "Do the paperwork the same day"),
    },
}
_OUTCOMES = (  # zh, en, tier after, connected, quoted
    ("无人接听", "No answer", None, False, False),
    ("占线", "Busy", None, False, False),
    ("关机停机", "Phone switched off", None, False, False),
    ("空号错号", "Wrong number", None, False, False),
    ("不方便接听", "Bad moment", None, True, False),
    ("稍后再打", "Call back later", None, True, False),
    ("暂无需求", "No need now", "E", True, False),
    ("愿意了解", "Willing to hear more", "D", True, False),
    ("已发资料", "Material sent", "D", True, False),
    ("认同有需求", "Sees the need", "C", True, False),
    ("约好演示", "Demo agreed", "C", True, False),
    ("已报价", "Quoted", "B", True, True),
    ("谈价格条件", "Negotiating terms", "B", True, False),
    ("决定购买", "Decided to buy", "A", True, False),
    ("成交", "Won", "Won", True, False),
    ("明确拒绝", "Refused", "Lost", True, False),
)
_CHANNELS = {  # channel, from, to, max_chars, confirm_by, confirm_days, advice
    "zh": (
        ("电话", time(8, 30), time(20, 0), None, None, None, "打之前想好目的，挂之前约好下次"),
        ("短信", time(9, 0), time(20, 0), 70, None, None, "短、准、不含糊，注意时间"),
        ("微信", time(9, 0), time(21, 0), None, None, None, "不发语音，重要的事打电话"),
        ("邮件", None, None, None, "电话", None, "谈两分钟就发方案没有用；没回要打电话"),
        ("传真", time(9, 0), time(17, 30), None, "电话", 1, "简短，发完一定打电话确认"),
    ),
    "en": (
        ("Phone", time(8, 30), time(20, 0), None, None, None, "Know the purpose before, agree the next call after"),
        ("SMS", time(9, 0), time(20, 0), 160, None, None, "Short, exact, unambiguous; mind the hour"),
        (
            "E-mail",
            None,
            None,
            None,
            "Phone",
            None,
            "No proposal after two minutes of talk; call when there is no answer",
        ),
        ("Fax", time(9, 0), time(17, 30), None, "Phone", 1, "Short; always confirm by phone"),
    ),
}
_OBJECTIONS = {
    "zh": (
        ("价格高", "算投入产出，给分期或小套餐"), ("再考虑", "问清顾虑，约定答复日期"), ("已有供应商", "找差异点，先做补充供应商"),
        ("没有预算", "问预算周期，约到下个周期"), ("要请示领导", "请求与决策人通话"), ("不信任", "发同行案例，安排试用"), ("暂不需要", "了解业务变化，按间隔跟进"),
    ),
    "en": (
        ("Too expensive", "Show the return, offer instalments or a smaller package"), ("Will think about it", "Ask what holds them, agree a date"),
        ("Has a supplier", "Find the difference, start as second source"), ("No budget", "Ask for the budget cycle, agree the next one"),
        ("Must ask the boss", "Ask to speak to who decides"), ("No trust", "Send a case of their trade, offer a trial"), ("No need now", "Follow at the cadence"),
    ),
}  # fmt: skip
_CARE = {
    "zh": (
        ("guidance", 1, None, "{联系人}您好，产品已开通，使用中有问题随时找我。"), ("guidance", 7, None, "用了一周，感觉怎么样？有什么需要我协助的？"),
        ("guidance", 30, None, "使用满月回访：效果和当初预期比如何？"), ("visit", 30, "high", "例行回访，了解近况和新需求。"),
        ("visit", 60, "mid", "例行回访，了解近况和新需求。"), ("visit", 90, "low", "例行回访，了解近况和新需求。"),
        ("festival", None, None, "{联系人}您好，祝您{节日}快乐，感谢一直以来的支持！{业务员}"), ("birthday", None, None, "{联系人}您好，祝您生日快乐，万事顺心！{业务员}"),
    ),
    "en": (
        ("guidance", 1, None, "{contact}, all is set up; call me whenever something is unclear."), ("guidance", 7, None, "One week in: how is it going?"),
        ("guidance", 30, None, "One month in: does it do what you hoped for?"), ("visit", 30, "high", "Regular call: news and needs."),
        ("visit", 60, "mid", "Regular call: news and needs."), ("visit", 90, "low", "Regular call: news and needs."),
        ("festival", None, None, "{contact}, all the best for {festival}, and thank you. {owner}"), ("birthday", None, None, "{contact}, happy birthday! {owner}"),
    ),
}  # fmt: skip
_RAMP = ((1, 0.3), (2, 0.6), (3, 0.8))
# The State Council's notice for 2026: name, first day off, last day off, weekend days worked
_HOLIDAYS_2026 = (
    ("元旦", (1, 1), (1, 3), ((1, 4),)),
    ("春节", (2, 15), (2, 23), ((2, 14), (2, 28))),
    ("清明节", (4, 4), (4, 6), ()),
    ("劳动节", (5, 1), (5, 5), ((5, 9),)),
    ("端午节", (6, 19), (6, 21), ()),
    ("中秋节", (9, 25), (9, 27), ()),
    ("国庆节", (10, 1), (10, 7), ((9, 20), (10, 10))),
)


def default_rows(language: str) -> dict[str, Rows]:
    """Rows by table and schema name that a new workbook starts with; other input tables start empty."""
    tiers = [
        dict(zip(("order", "code", "rate", "dwell_days", "cadence_days", "minutes"), row, strict=True))
        | dict(zip(("name", "definition", "advice"), _TIER_WORDS[language][row[1]], strict=True))
        for row in _TIERS
    ]
    place = 0 if language == "zh" else 1
    return {
        "Tiers": tiers,
        "Outcomes": _rows(("outcome", "tier_after", "connected", "quoted"), [(o[place], *o[2:]) for o in _OUTCOMES]),
        "Channels": _rows(
            ("channel", "from", "to", "max_chars", "confirm_by", "confirm_days", "advice"), _CHANNELS[language]
        ),
        "Objections": _rows(("objection", "next_step"), _OBJECTIONS[language]),
        "Ramp": _rows(("month", "factor"), _RAMP),
        "CareRules": _rows(("event", "days", "value_class", "template"), _CARE[language]),
        "Calendar": _calendar() if language == "zh" else [],
        "Settings": _settings(language),
    }


def _rows(names: tuple[str, ...], rows: object) -> Rows:
    return [dict(zip(names, row, strict=True)) for row in rows]


def _settings(language: str) -> Rows:
    place = 0 if language == "zh" else 1
    values = {key: getattr(Settings(), key) for key in MEANINGS} | {"language": language}
    return [{"key": key, "value": values[key], "meaning": MEANINGS[key][place]} for key in MEANINGS]


def _calendar() -> Rows:
    rows = []
    for name, first, last, worked in _HOLIDAYS_2026:
        start, end = date(2026, *first), date(2026, *last)
        days = [start + timedelta(days=i) for i in range((end - start).days + 1)]
        rows += [{"date": day, "workday": False, "name": name} for day in days]
        rows += [{"date": date(2026, *day), "workday": True, "weight": 1, "name": f"{name}调休上班"} for day in worked]
    return sorted(rows, key=lambda row: row["date"])
