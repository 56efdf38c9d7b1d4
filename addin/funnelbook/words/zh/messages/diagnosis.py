"""What the Diagnosis and the Causes say."""

from __future__ import annotations

WORDS: dict[str, str] = {
    # Advice
    "diagnose_no_evidence": "样本太少，先不下结论。",
    "diagnose_B1": "按团队的转化率也很难达成：核对预测和内外部变化，需要时修订目标，并记下原因。",
    "diagnose_B2": "每天的电话比同事少：一起看每日电话计划，先把电话打够。",
    "diagnose_B3": "按团队的来源结构算，愿意联系的客户仍偏少：更换或筛选名单，练好开场白。",
    "diagnose_B3_numbers": "无效号码比同事多：先清洗名单，再分给他。",
    "diagnose_B4": "手上的客户不够完成目标：按周计划补充新客户。",
    "diagnose_B5": "报价后成交偏少：复盘丢掉的报价，先确认需求和决策人再报价。",
    "diagnose_B6": "成交偏少：陪听通话，练习处理异议和要求签单。",
    "diagnose_B7": "毛利率偏低：检查让价，规定让价权限。",
    "diagnose_B8": "已落后于时间进度：看归因，从影响最大的一项入手。",
    "diagnose_B9": "最近两周电话在减少：单独谈一次，了解原因。",
    "diagnose_B9_promises": "最近两周约好的跟进做得少了：单独谈一次，每天检查约定的跟进。",
    "diagnosis_line": "参照是团队其他人；只有超出控制限才下结论，样本少时不下结论。",
    "causes_alone_line": "只有一个人，没有团队可比，不做归因。",
    "causes_none_line": "本期间还没有可比的业绩或目标，暂不归因。",
    "causes_line": "各因素的影响加起来等于差额（业绩减目标）；期末之前，还没打的电话也算在电话量里。",
}
