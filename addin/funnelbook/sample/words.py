"""Names, notes and purposes of the sample, in Chinese and English."""

from __future__ import annotations

PEOPLE = {
    "zh": ("李娜", "王磊", "张伟", "刘洋", "陈静", "杨帆", "赵敏", "周婷"),
    "en": ("Anna Brown", "Ben Clark", "Carl Davis", "Dan Evans", "Emma Ford", "Fred Green", "Gina Hall", "Holly King"),
}
CITIES = {
    "zh": ("上海", "苏州", "杭州", "宁波", "南京", "无锡", "合肥", "武汉", "广州", "深圳", "佛山", "青岛"),
    "en": ("Leeds", "Bristol", "Dover", "York", "Oxford", "Derby", "Kent", "Bath", "Luton", "Exeter", "Poole", "Hull"),
}
BRANDS = {
    "zh": (
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
    "en": (
        "Bright",
        "Northern",
        "Golden",
        "River",
        "Summit",
        "Noble",
        "Horizon",
        "Grand",
        "United",
        "Crown",
        "Prime",
        "Harbour",
        "Trust",
        "Vertex",
        "Pioneer",
        "Galaxy",
    ),
}
TRADES = {
    "zh": ("机电", "贸易", "科技", "包装", "食品", "物流", "建材", "服饰", "五金", "印务", "电子", "环保"),
    "en": (
        "Machinery",
        "Trading",
        "Technology",
        "Packaging",
        "Foods",
        "Logistics",
        "Building",
        "Apparel",
        "Hardware",
        "Printing",
        "Electronics",
        "Recycling",
    ),
}
SUFFIX = {"zh": "有限公司", "en": " Ltd"}
CONTACTS = {
    "zh": (
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
    "en": (
        "Mr Adams",
        "Mrs Baker",
        "Ms Cooper",
        "Mr Dixon",
        "Mrs Ellis",
        "Ms Foster",
        "Mr Gray",
        "Mrs Hughes",
        "Ms Irwin",
        "Mr Jones",
        "Mrs Kelly",
        "Ms Lewis",
        "Mr Mason",
        "Mrs Nash",
    ),
}
SOURCES = {
    "zh": ("网络", "展会", "转介绍", "老客户", "黄页"),
    "en": ("Web", "Trade fair", "Referral", "Old customer", "Directory"),
}
PHONE_CHANNEL = {"zh": "电话", "en": "Phone"}
# outcome by the tier a call leads to (see template/defaults.py), and those that change nothing
OUTCOMES = {
    "zh": {
        "D": ("愿意了解", "已发资料"), "C": ("认同有需求", "约好演示"), "B": ("已报价", "谈价格条件"), "A": ("决定购买",), "Won": ("成交",),
        "Lost": ("明确拒绝",), None: ("无人接听", "无人接听", "无人接听", "占线", "关机停机", "不方便接听", "稍后再打", "稍后再打"),
    },
    "en": {
        "D": ("Willing to hear more", "Material sent"), "C": ("Sees the need", "Demo agreed"), "B": ("Quoted", "Negotiating terms"),
        "A": ("Decided to buy",), "Won": ("Won",), "Lost": ("Refused",),
        None: ("No answer", "No answer", "No answer", "Busy", "Phone switched off", "Bad moment", "Call back later", "Call back later"),
    },
}  # fmt: skip
UNREACHED = {"无人接听", "占线", "关机停机", "No answer", "Busy", "Phone switched off"}
NOTES = {
    "zh": {
        "D": ("接待热情，想先看资料", "有兴趣，让下周再联系", "前台转到采购，愿意了解"), "C": ("确认有需求，月底前要定", "演示效果好，问了价格", "对比两家，倾向我们"),
        "B": ("已报价，等老板拍板", "嫌贵，要求九五折", "要求账期 30 天"), "A": ("口头答应，等走合同", "让发合同和开票信息"), "Won": ("合同已回传", "款已到账"),
        "Lost": ("已和别家签约", "今年不做了", "明确说不需要"), None: ("", "", "前台说在开会", "说在开车", "下午再打"),
    },
    "en": {
        "D": ("Friendly, wants the material first", "Interested, call next week", "Put through to purchasing"),
        "C": ("Has the need, decides by month end", "Liked the demo, asked the price", "Compares two, prefers us"),
        "B": ("Quoted, waits for the boss", "Too expensive, asks 5 % off", "Asks for 30 days"), "A": ("Agreed, contract to follow", "Asked for the contract"),
        "Won": ("Contract came back", "Paid"), "Lost": ("Signed elsewhere", "Not this year", "No need"), None: ("", "", "In a meeting", "Driving", "Call in the afternoon"),
    },
}  # fmt: skip
PURPOSES = {
    "zh": {"E": "了解需求", "D": "确认资料收到", "C": "约演示时间", "B": "跟进报价", "A": "催签合同"},
    "en": {
        "E": "Ask for the need",
        "D": "Check the material",
        "C": "Agree on a demo",
        "B": "Follow up the quote",
        "A": "Get the contract signed",
    },
}
OBJECTIONS = {
    "zh": ("价格高", "再考虑", "已有供应商", "没有预算", "要请示领导"),
    "en": ("Too expensive", "Will think about it", "Has a supplier", "No budget", "Must ask the boss"),
}
REWARD_RULES = {
    "zh": ("销售提成", "月度冠军", "达标奖", "未达六成"),
    "en": ("Commission", "First of the month", "Target made", "Below 60 %"),
}
