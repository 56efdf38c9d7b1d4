"""The sentence above a result table that answers what it is opened for."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "headline_target": "目标 {target} 单，已做 {won} 单，达成把握 {chance}。",
    "headline_done": "目标已经完成。",
    "headline_over": "本期没有工作日了，还差 {gap} 单。",
    "headline_enough": "还差 {gap} 单，各级别的客户都够。",
    "headline_short": "最缺 {tier} 级，还差 {count} 个客户。",
    "headline_week": "本周（{days}）已成交 {won} 单、新增 {tier} 级 {found} 个；剩下的日子还要成交 {orders} 单、新增 {new} 个。",
    "headline_ahead": "团队完成 {done}，比时间进度领先 {points} 个百分点。",
    "headline_behind": "团队完成 {done}，比时间进度落后 {points} 个百分点。",
    "headline_in_step": "团队完成 {done}，和时间进度持平。",
    "headline_behind_people": "落后的是{who}。",
    "headline_behind_count": "{count} 人落后。",
    "headline_behind_most": "{count} 人落后，差得最多的是{who}。",
    "headline_problem": "{people} 人有问题，最多的是“{question}”（{count} 人）。",
    "headline_no_problem": "没有人有确定的问题。",
    "headline_cause": "差得最多的是{who}，主要差在{driver}（影响 {by}）。",
    "headline_nobody_behind": "没有人低于目标。",
    "headline_summary": "最初计划成交 {planned} 单，到截至日已成交 {done} 单。",
    "headline_objection": "客户最常说“{objection}”，占 {share}。",
    "headline_no_objection": "还没有记过异议。",
}
