"""Names, notes and mistakes of the sample team."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

WORDS: dict[str, str | tuple[str, ...]] = {
    # Names
    "people": ("李娜", "王磊", "张伟", "刘洋", "陈静", "杨帆", "赵敏", "周婷"),
    "cities": ("上海", "苏州", "杭州", "宁波", "南京", "无锡", "合肥", "武汉", "广州", "深圳", "佛山", "青岛"),
    "brands": (
        "华东",
        "恒通",
        "金源",
        "瑞丰",
        "天成",
        "明德",
        "宏远",
        "博雅",
        "盛世",
        "万和",
        "同创",
        "佳和",
        "安信",
        "鼎新",
        "立达",
        "星河",
    ),
    "trades": ("机电", "贸易", "科技", "包装", "食品", "物流", "建材", "服饰", "五金", "印务", "电子", "环保"),
    "contacts": (
        "王经理",
        "李总",
        "张主任",
        "刘先生",
        "陈女士",
        "杨经理",
        "赵总",
        "黄小姐",
        "周经理",
        "吴总",
        "徐女士",
        "孙先生",
        "马经理",
        "朱总",
    ),
    "sources": ("网络", "展会", "转介绍", "老客户", "黄页"),
    # A company's name, and that of another one that is almost the same
    "company": "{city}{brand}{trade}",
    "legal_form": "有限公司",
    "other_legal_form": "股份有限公司",
    # How to get in touch
    "channel": "电话",
    "channel_sent": "短信",
    # What comes of a call, by the tier it leads to; none changes nothing
    "outcomes.D": ("愿意了解", "已发资料"),
    "outcomes.C": ("认同有需求", "约好演示"),
    "outcomes.B": ("已报价", "谈价格条件"),
    "outcomes.A": ("决定购买",),
    "outcomes.Won": ("成交",),
    "outcomes.Lost": ("明确拒绝",),
    "outcomes.none": ("无人接听", "无人接听", "无人接听", "占线", "关机停机", "不方便接听", "稍后再打", "稍后再打"),
    "not_reached": ("关机停机", "占线", "无人接听"),
    # What was said, by tier
    "notes.D": ("接待热情，想先看资料", "有兴趣，让下周再联系", "前台转到采购，愿意了解"),
    "notes.C": ("确认有需求，月底前要定", "演示效果好，问了价格", "对比两家，倾向我们"),
    "notes.B": ("已报价，等老板拍板", "嫌贵，要求九五折", "要求账期 30 天"),
    "notes.A": ("口头答应，等走合同", "让发合同和开票信息"),
    "notes.Won": ("合同已回传", "款已到账"),
    "notes.Lost": ("已和别家签约", "今年不做了", "明确说不需要"),
    "notes.none": ("", "", "前台说在开会", "说在开车", "下午再打"),
    "notes.talk": (
        "用得不错，没有问题",
        "教了一遍新功能",
        "对效果满意",
        "问了发票的事，已回复",
        "介绍了近况，下半年可能加量",
        "",
    ),
    "notes.sent": ("已发祝福",),
    # What the next call is for, by tier
    "purpose.E": "了解需求",
    "purpose.D": "确认资料收到",
    "purpose.C": "约演示时间",
    "purpose.B": "跟进报价",
    "purpose.A": "催签合同",
    # Other
    "expected_holiday": "{holiday}（预计）",
    "objections": ("价格高", "再考虑", "已有供应商", "没有预算", "要请示领导"),
    "reward_rules": ("销售提成", "月度冠军", "达标奖", "未达六成"),
    # The mistakes people make
    "dirt.day": "{year}年{month}月{day}日",
    "dirt.amount": "1.8万",
    "dirt.phone": "１３８００１３８０００",
    "dirt.tier": "F类",
    "dirt.twice": "{name}（重复）",
    "dirt.no_day": "2月30日",
}

# What is off in a year nobody has announced yet
holidays = (
    ("元旦", "new_year", 0, 0),
    ("春节", "spring_festival", 1, 6),
    ("清明节", (4, 4), 0, 2),
    ("劳动节", "labour_day", 0, 4),
    ("端午节", "dragon_boat", 0, 0),
    ("中秋节", "mid_autumn", 0, 0),
    ("国庆节", "national_day", 0, 6),
)


def phone(rng: np.random.Generator) -> str:
    """A number that might be somebody's: a mobile mostly, else one of a town."""
    if rng.random() < 0.75:
        mobile = ("38", "39", "58", "86", "31", "77", "50")[int(rng.integers(7))]
        return f"1{mobile}{rng.integers(10_000_000, 99_999_999)}"
    town = ("021", "0512", "0571", "025")[int(rng.integers(4))]
    return f"{town}-{rng.integers(50_000_000, 89_999_999)}"
