"""Titles of the charts."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "funnel_ideal": "{who}漏斗：现有与理想",
    "funnel_need": "{who}：现有与需要",
    "plan_done": "{who}订单：最初计划与完成",
    "daily_calls": "{who}每天：电话量与订单",
    "objections": "客户为什么不买",
    "target_done": "订单：目标与完成",
    "completion": "完成率与时间进度",
    "contributions": "{behind}：各因素的影响",
    "old_new_amount": "{who}：每通电话带来的金额",
    "old_new_calls": "{who}：每单要打的电话",
    "average_rates": "{who}平均转化率",
    "forecast_check": "{who}每周订单：预测区间与实际",
}
