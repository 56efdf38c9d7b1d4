"""The guide sheet: what to do when, how to read tiers and shapes."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "title": "漏斗管理工作簿",
    "lead": "白底表由你填写，漏斗、周计划、龙虎榜等结果表由 Funnelbook 计算，刷新时重写。可以加列、改名、排序、筛选。",
    "day_one": "第一天",
    "day_one_people": "填上团队成员和入职日期",
    "day_one_customers": "把客户名单粘贴进来：客户编号、名称、业务员最要紧",
    "day_one_targets": "填本月团队的订单和金额目标",
    "day_one_settings": "看一遍级别和通话结果，改成你们自己的说法",
    "daily": "每天",
    "daily_calls": "照名单从上往下打，结果填在电话旁边的黄色列里",
    "daily_activities": "不用另填：刷新时由名单记入；名单外的电话在这里加一行",
    "daily_orders": "成交当天登记订单",
    "daily_refresh": "刷新工作簿，看龙虎榜",
    "daily_daily_report": "看日报：谁的电话少了、谁的约定没跟进",
    "weekly": "每周",
    "weekly_funnel": "看漏斗形态和缺口：哪个级别断了、哪个级别堵了",
    "weekly_week_plan": "看本周计划，标“滞后”的先做",
    "weekly_problems": "把数据问题改完",
    "period_end": "期末",
    "period_end_summary": "看平均转化率和计划完成情况，定下期目标",
    "problems": "数据问题有几条",
    "severity_error": "数字不全或对不上，先改这些；哪里没有计入，“问题”一栏写明",
    "severity_warning": "请核对或补上；怎么计入，“问题”一栏写明",
    "severity_info": "供参考",
    "tiers": "客户级别（从低到高）",
    "shapes": "漏斗形态怎么看",
}
