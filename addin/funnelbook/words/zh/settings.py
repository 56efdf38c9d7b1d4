"""What each setting means."""

from __future__ import annotations

WORDS: dict[str, str] = {
    "period": "统计期间，如 2026-05、2026-Q2；不填为当月",
    "language": "结果的语言：zh 中文，en 英文",
    "min_cases": "样本少于此数时标为“样本少，仅供参考”",
    "prior_cases": "经验值相当于多少个样本",
    "interval": "转化率区间的把握程度",
    "rate_window_days": "转化率只看最近多少天",
    "half_life": "多少天前的情况只算一半的分量",
    "mature_weeks": "几周内升上去才算转化；不填为停留天的 3 倍",
    "shape_tau": "偏离理想多少才算过多或过少",
    "fairness": "分解目标：0 按产能，1 平均",
    "pace_weeks": "按最近几周的速度预测",
    "max_tries_per_day": "同一号码每天最多拨几次",
    "email_wait_days": "邮件几天没回就打电话",
    "visit_days_high": "高价值客户回访间隔天",
    "visit_days_mid": "中价值客户回访间隔天",
    "visit_days_low": "低价值客户回访间隔天",
    "value_high": "高价值客户的金额下限",
    "value_mid": "中价值客户的金额下限",
    "stale_days": "多少天没联系算沉睡",
    "reward_days": "期末后多少天内兑现奖惩",
    "read_notes": "把客户备注里带日期的跟进（如“5/12 电话，下周三再联系”）记进跟进记录：是 或 否",
    "write_tiers": "把跟进记录里的最新级别、下次联系、未购原因写回客户表：是 或 否",
    "country": "号码按哪个国家或地区读（两个字母：CN、HK、US、DE……）",
    "timezone": "时间按哪个时区（如 +08:00）；不填为该国的主要时区",
    "seed": "模拟用的随机种子",
}
