"""What docs/calibration.md says above each of its tables."""

from __future__ import annotations

TRUTH, OLD, NOW = "truth", "0.1.0", "now"
NAMES = {TRUTH: "真实规律 / the law itself", OLD: "0.1.0", NOW: "现在 / now"}

_SECTIONS = {
    "samples": (
        "示例团队 / Sample teams",
        "{seeds} 个示例团队，各在 2026 年的 8 天切断（{days}），期间为当月；目标是上一季度同样长时间订单的 0.5 到 1.7 倍，与预测无关。"
        "停下来的客户约一半没人标“流失”，有淡旺季和节假日，新客户的起点级别不同，每人的本事不同，2.5% 的订单后来退掉。"
        "“真实规律”知道这个团队按什么规律走（但不知道结果），是所能做到的最好。允许相差 5 个百分点或两倍标准误（按团队聚类），取大者；"
        "不到 400 个概率的一格不判断；✗ 表示超出。",
        "{seeds} sample teams, each cut on 8 days of 2026 ({days}), the period being the month; the targets are .5 to 1.7 of what so long a time "
        "of the last quarter brought, whatever the forecast. About half of the cases that stop are never marked Lost; there are seasons and festivals, "
        "prospects begin at several tiers, people differ in skill, 2.5 % of the orders are taken back later. \"The law itself\" knows how the team works "
        "(not what comes) and is the best that can be had. Allowed is a difference of 5 points or two standard errors clustered by team, whichever is "
        "larger; a row of fewer than 400 chances is not judged; ✗ marks what is beyond.",
    ),
    "rates": (
        "转化率和它的区间 / Rates and their intervals",
        "同样的 {seeds} 个团队，最后一个切断日：团队转化率的平均、95% 区间和真实的转化率；应有 90–98% 的区间含真值。",
        "The same {seeds} teams on the last cut: the team's mean rate, its 95 % interval and the true rate; 90 to 98 % of the intervals should hold it.",
    ),
    "memoryless": (
        "没有记忆的团队 / Teams without a memory",
        "32 个生成的团队，每个八人：每天都一样，客户没有记忆，不会卡住；期末前 52 天切断。",
        "32 generated teams of eight people: every day alike, no customer has a memory or gets stuck; cut 52 days before the end.",
    ),
    "offers": (
        "贷款报价 / Loan offers",
        "荷兰一家银行 2016 年的 5,000 个真实贷款报价（BPI Challenge 2017, van Dongen, 4TU.ResearchData），在 8 天切断，看每个未结束的报价在 7 天和 "
        "14 天内是否被接受；各 {cases} 个概率。ECE 是说的和实现的平均相差。",
        "5,000 real loan offers of a Dutch bank in 2016 (BPI Challenge 2017, van Dongen, 4TU.ResearchData), cut on 8 days: whether each open one is accepted "
        "within 7 and within 14 days; {cases} chances each. ECE is the mean difference of told and come true.",
    ),
    "months": (
        "Maven CRM Sales Opportunities，按月 / by month",
        "真实格式的 CRM 数据（虚构公司，公有领域），8,300 个有开始日期的商机、30 名业务员；2017 年 6 月到 12 月，每月还剩 20 天时切断。"
        "成交有公司自己的淡旺月，只有 7 个切断日。",
        "8,300 deals with an engage date in the form of a real CRM (a fictitious company, public domain), 30 agents; June to December 2017, cut 20 days before "
        "the end of each month. The company has high and low months of its own, and there are only 7 cuts.",
    ),
    "quarters": (
        "Maven CRM Sales Opportunities，按季度 / by quarter",
        "同样的数据，每季度还剩 41 天时切断。",
        "The same data, cut 41 days before the end of each quarter.",
    ),
}  # fmt: skip


def section(name: str, **fields: object) -> list[str]:
    """Lines: the heading and what is said below it, in Chinese and English."""
    heading, *told = _SECTIONS[name]
    return [f"## {heading}", "", *(line for text in told for line in (text.format(**fields), ""))]
