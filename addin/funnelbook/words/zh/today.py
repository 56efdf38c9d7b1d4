"""The page Today, but for its first lines. A text in braces is filled by what cells hold."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "who": "看谁",
    "data_of": "数据到 {as_of}　期间 {period}",
    # the unit of large money
    "money_unit": "万",
    # the head
    "head": "{period} 目标 {target} 单，已做 {won} 单，达成把握 {chance}{short}。",
    "head_short": "；最缺 {tier} 级，还差 {count} 个",
    "head_no_target": "{period} 已做 {won} 单，还没有目标：在“目标”表里填上，再刷新。",
    "head_empty": "还没有数据：先填“业务员”“客户”“目标”，再点“刷新”。",
    "head_nobody": "没有这个人：在黄色的格子里选团队或一名业务员。",
    # tiles
    "orders": "订单",
    "amount": "金额",
    "paid": "回款（占本期成交）",
    "chance": "达成把握",
    "left": "还剩的工作日",
    "number_orders": "{number} 单",
    "days": "{days} 天",
    "behind": "比时间进度落后 {points} 个百分点",
    "ahead": "比时间进度领先 {points} 个百分点",
    "no_target": "还没有目标",
    "owed": "还有 {money} 没有收回",
    "all_paid": "全部收回",
    "no_orders": "本期还没有成交",
    "range": "预计 {expected} 单（保守 {low}，乐观 {high}）",
    "gap": "还差 {gap} 单，每天要 {each} 单",
    "gap_no_day": "还差 {gap} 单，没有工作日了",
    "no_gap": "目标已经完成",
    # the funnel
    "funnel": "漏斗：在跟（不含不活跃）/ 需要",
    "funnel_key": "■ 在跟　□ 还缺",
    "tier": "{name}\u00a0{code}\u00a0\u00a0\u00a0{stock}{needed}",
    "tier_needed": "\u00a0/\u00a0{needed}",
    "funnel_empty": "还没有在跟的客户：把客户填进“客户”表，再刷新。",
    # whom to talk to
    "talk": "今天要谈的三个人：谁最落后谁在前",
    "talk_customers": "今天先打的三个客户",
    "talk_nobody": "没有人要单独谈：都跟得上。",
    "talk_empty": "刷新以后，这里说今天该找谁谈、谈什么。",
    "talk_no_calls": "今天没有要打的电话。",
    # calls by person
    "calls": "今日电话",
    "calls_of": "今日电话：还要打 {left}，已打 {done}",
    "call_person": "业务员",
    "call_left": "还要打",
    "call_overdue": "其中过期",
    "call_done": "已打",
    "call_missed": "本期失约",
    "call_rest": "其余 {count} 人",
    "call_nobody": "还没有业务员",
    # risks
    "risks": "风险",
    "dry": "快要断档",
    "dry_tier": "{tier} 级，{month}/{day} 那周起不够",
    "cold": "不活跃客户",
    "cold_count": "{count} 个：逐个结案，或转给别人",
    "errors": "数据错误",
    "error_count": "{errors} 条错误，{warnings} 条提醒",
    "targets": "目标",
    "waiting": "{count} 个还没有确认",
    "unassigned": "未分配 {count} 单",
    "overassigned": "多分了 {count} 单",
    "between": "；",
    "none": "没有",
    # what changed
    "changes": "最近变化",
    "changes_since": "{month}/{day} 之后的变化",
    "new_orders": "成交",
    "up": "升级",
    "down": "降级",
    "lost": "流失",
    # all sheets
    "sheets": "全部表（看不到的：右键点任一标签，选“取消隐藏”；先藏着，不影响计算）",
}
