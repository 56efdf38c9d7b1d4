"""The What-if sheet, but for its first lines."""

from __future__ import annotations

WORDS: dict[str, str | tuple[str, ...]] = {
    # label, hint
    "target": ("订单目标", "本期要做成的订单数"),
    "won": ("已成交", "本期已经做成的订单数"),
    "arrivals": ("新客户带来", "预计新客户在期内带来的订单数"),
    "from": ("开始日期", "计划从哪天起"),
    "to": ("结束日期", "到哪天止，含当天"),
    "gap": ("还差", "目标减去已成交"),
    # label
    "shape": "漏斗形态",
    "advice": "建议",
    "chance": "达成概率",
    # sections
    "section_inputs": "目标",
    "section_tiers": "各级别客户与转化率",
    "section_answers": "漏斗怎么样",
    "section_weeks": "每周计划",
    # headers
    "head_tier": "级别",
    "head_stock": "现有客户",
    "head_rate": "转化率",
    "head_chance": "成交概率",
    "head_needed": "需要",
    "head_missing": "缺口",
    "head_week": "周",
    "head_workdays": "工作日",
    "head_planned": "计划订单",
    "note": "显示 #NAME? 说明这台电脑还没有安装 Excel 插件：funnelbook install。",
}
