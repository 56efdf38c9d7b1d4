"""What a new workbook starts with."""

from __future__ import annotations

WORDS: dict[str, str | tuple[str, ...]] = {
    # name, definition, advice
    "tier_E": ("潜在客户", "名单上的客户，还没联系上", "尽快打第一个电话，问清有没有需求"),
    "tier_D": ("联系客户", "已联系上，愿意继续谈", "约好下次时间和话题，找到决策人"),
    "tier_C": ("认同客户", "认同产品，有需求", "帮客户算账，推进到报价"),
    "tier_B": ("意向客户", "有购买意向，已报价或在谈条件", "盯住异议，大胆要求签约"),
    "tier_A": ("准备购买", "决定购买，手续未办", "当天跟手续，防止变卦"),
    # outcomes of calls
    "outcome_no_answer": "无人接听",
    "outcome_busy": "占线",
    "outcome_switched_off": "关机停机",
    "outcome_wrong_number": "空号错号",
    "outcome_bad_moment": "不方便接听",
    "outcome_later": "稍后再打",
    "outcome_no_need": "暂无需求",
    "outcome_willing": "愿意了解",
    "outcome_material_sent": "已发资料",
    "outcome_sees_need": "认同有需求",
    "outcome_demo": "约好演示",
    "outcome_quoted": "已报价",
    "outcome_terms": "谈价格条件",
    "outcome_decided": "决定购买",
    "outcome_cared": "已关怀",
    "outcome_won": "成交",
    "outcome_refused": "明确拒绝",
    "outcome_do_not_call": "要求勿扰",
    # name, advice; two blanks where nobody uses the channel
    "channel_phone": ("电话", "打之前想好目的，挂之前约好下次"),
    "channel_sms": ("短信", "短、准、不含糊，注意时间"),
    "channel_wechat": ("微信", "不发语音，重要的事打电话"),
    "channel_email": ("邮件", "谈两分钟就发方案没有用；没回要打电话"),
    "channel_fax": ("传真", "简短，发完一定打电话确认"),
    # objection, next step
    "objection_price": ("价格高", "算投入产出，给分期或小套餐"),
    "objection_wavering": ("再考虑", "问清顾虑，约定答复日期"),
    "objection_supplier": ("已有供应商", "找差异点，先做补充供应商"),
    "objection_budget": ("没有预算", "问预算周期，约到下个周期"),
    "objection_boss": ("要请示领导", "请求与决策人通话"),
    "objection_trust": ("不信任", "发同行案例，安排试用"),
    "objection_need": ("暂不需要", "了解业务变化，按间隔跟进"),
    # what to say to customers; {{fields}} are filled in for each
    "care_guidance_1": "{{联系人}}您好，产品已开通，使用中有问题随时找我。",
    "care_guidance_7": "用了一周，感觉怎么样？有什么需要我协助的？",
    "care_guidance_30": "使用满月回访：效果和当初预期比如何？",
    "care_visit": "例行回访，了解近况和新需求。",
    "care_festival": "{{联系人}}您好，祝您{{节日}}快乐，感谢一直以来的支持！{{业务员}}",
    "care_birthday": "{{联系人}}您好，祝您生日快乐，万事顺心！{{业务员}}",
    # a weekend day worked for a holiday
    "make_up_day": "{holiday}调休上班",
}
