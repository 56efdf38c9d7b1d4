"""Titles of the charts."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "funnel_ideal": "团队漏斗：现有与理想",
    "funnel_need": "团队：现有与需要",
    "plan_done": "团队订单：计划与完成",
    "daily_calls": "团队每天：电话量与订单",
    "objections": "客户为什么不买",
    "target_done": "订单：目标与完成",
    "completion": "完成率与时间进度",
    "contributions": "落后最多的人：各因素的影响",
    "old_new_amount": "团队：每通电话带来的金额",
    "old_new_calls": "团队：每单要打的电话",
    "average_rates": "团队平均转化率",
    "forecast_check": "团队每周订单：预测区间与实际",
}
