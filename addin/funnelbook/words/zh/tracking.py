"""The Tracking sheet, but for its first lines."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "person": "业务员",
    "tier": "看哪一级",
    "choose": "选一名业务员，看差距从哪来",
    "bar": "订单：■ 完成 □ 未完成",
    # sections
    "section_results": "业绩与时间进度",
    "section_causes": "差距从哪来",
    "section_tiers": "各级别：客户、转化率、计划完成",
    "section_weeks": "每周：计划与完成",
}
