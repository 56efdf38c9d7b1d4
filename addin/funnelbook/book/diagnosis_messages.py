"""What the Diagnosis and the Causes say, in Chinese and English."""

from __future__ import annotations

DIAGNOSIS_MESSAGES: dict[str, tuple[str, str]] = {
    # Advice (method B1 to B9, A9, A10)
    "diagnose_no_evidence": ("样本太少，先不下结论。", "Too little data to judge."),
    "diagnose_B1": (
        "按团队的转化率也很难达成：核对预测和内外部变化，需要时修订目标，并记下原因。",
        "Even at the team's rates it is hardly possible: check the forecast and what has changed; revise the target if need be, "
        "with the reason.",
    ),
    "diagnose_B2": (
        "每天的电话比同事少：一起看每日电话计划，先把电话打够。",
        "Fewer calls a day than the others: go through the daily phone plan and get the calls made first.",
    ),
    "diagnose_B3": (
        "按团队的来源结构算，愿意联系的客户仍偏少：更换或筛选名单，练好开场白。",
        "Few prospects go on, even at the team's mix of sources: replace or screen the list, and train the opening.",
    ),
    "diagnose_B3_numbers": (
        "无效号码比同事多：先清洗名单，再分给他。",
        "More invalid numbers than the others: clean the list before handing it out.",
    ),
    "diagnose_B4": (
        "手上的客户不够完成目标：按周计划补充新客户。",
        "Too few customers for the target: add prospects as the week plan says.",
    ),
    "diagnose_B5": (
        "报价后成交偏少：复盘丢掉的报价，先确认需求和决策人再报价。",
        "Few quotes become orders: go through those lost; quote only once need and decision maker are clear.",
    ),
    "diagnose_B6": (
        "成交偏少：陪听通话，练习处理异议和要求签单。",
        "Few cases are won: listen in, and train answering objections and asking for the order.",
    ),
    "diagnose_B7": (
        "毛利率偏低：检查让价，规定让价权限。",
        "The margin is low: look at the discounts and who may give them.",
    ),
    "diagnose_B8": (
        "已落后于时间进度：看归因，从影响最大的一项入手。",
        "Behind the time gone: see Causes and start with the largest one.",
    ),
    "diagnose_B9": (
        "最近两周电话在减少：单独谈一次，了解原因。",
        "Fewer calls in the last two weeks: talk in private and find out why.",
    ),
    "diagnose_B9_promises": (
        "最近两周约好的跟进做得少了：单独谈一次，每天检查约定的跟进。",
        "Fewer promises kept in the last two weeks: talk in private and check the promises every day.",
    ),
    # Lines above the tables
    "diagnosis_line": (
        "参照是团队其他人；只有超出控制限才下结论，样本少时不下结论。",
        "The benchmark is the rest of the team; only what is beyond the control limits is judged, and never few cases.",
    ),
    "causes_alone_line": (
        "只有一个人，没有团队可比，不做归因。",
        "There is one person only and no team to compare with: no causes.",
    ),
    "causes_none_line": (
        "本期间还没有可比的业绩或目标，暂不归因。",
        "There is no result or target to compare in this period yet: no causes.",
    ),
    "causes_line": (
        "各因素的影响加起来等于差额（业绩减目标）；期末之前，还没打的电话也算在电话量里。",
        "The contributions add up to the gap (result less target); before the end of the period calls not made yet count too.",
    ),
}
