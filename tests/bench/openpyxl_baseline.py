"""What a good analyst would write first: openpyxl to load and save, pandas in between. The yardstick of the speed test.

It does a part of what refresh does (tier history, funnel, rates, back-calculation, weekly moves), and saves with openpyxl,
which loses what openpyxl does not know: never do this to a user's workbook.
"""

from __future__ import annotations

import itertools
import sys
from datetime import datetime, timedelta

import openpyxl
import pandas as pd

TIERS = ["E", "D", "C", "B", "A", "成交"]
DWELL = {"E": 14, "D": 10, "C": 10, "B": 7, "A": 5}
DEFAULT = {"E": 0.5, "D": 0.4, "C": 0.5, "B": 0.6, "A": 0.8}
PRIOR = 20


def main(path: str, as_of: datetime) -> None:
    workbook = openpyxl.load_workbook(path)
    customers, activities, orders = (table(workbook[name]) for name in ("客户", "跟进记录", "订单"))
    activities = activities[activities["时间"] < as_of + timedelta(days=1)]
    history = moves(customers, activities, orders)
    current = history.drop_duplicates("客户编号", keep="last").set_index("客户编号")["级别"]
    customers["现级别"] = customers["客户编号"].map(current).fillna("E")
    funnel, weekly = [], []
    for person in [None, *sorted(customers["业务员"].unique())]:
        mine = history if person is None else history[history["业务员"] == person]
        stock = (customers if person is None else customers[customers["业务员"] == person])["现级别"].value_counts()
        rates = {tier: rate(mine, tier, following, as_of) for tier, following in itertools.pairwise(TIERS)}
        wanted = 400.0 if person is None else 400.0 / 30
        for tier in reversed(TIERS[:-1]):
            needed = wanted / rates[tier]
            wanted = max(0.0, needed - stock.get(tier, 0))
            funnel.append((person or "团队", tier, int(stock.get(tier, 0)), rates[tier], needed, wanted))
        week = mine["日期"].dt.strftime("%G-W%V")
        counts = mine.groupby([week, "级别"]).size()
        weekly += [(person or "团队", week, tier, int(count)) for (week, tier), count in counts.items()]
    put(
        workbook,
        "级别变动",
        ("日期", "客户编号", "原级别", "级别", "业务员"),
        history[["日期", "客户编号", "原级别", "级别", "业务员"]].itertuples(index=False),
    )
    put(workbook, "漏斗", ("业务员", "级别", "现有", "转化率", "需要", "缺口"), funnel)
    put(workbook, "周计划", ("业务员", "周", "级别", "完成"), weekly)
    workbook.save(path)


def table(sheet) -> pd.DataFrame:
    rows = list(sheet.values)
    return pd.DataFrame(rows[1:], columns=rows[0])


def moves(customers: pd.DataFrame, activities: pd.DataFrame, orders: pd.DataFrame) -> pd.DataFrame:
    tiered = activities[activities["级别"].notna()].sort_values("时间")
    sold = set(orders.loc[orders["状态"] == "有效", "客户编号"])
    created = customers.set_index("客户编号")[["录入日期", "业务员"]]
    rows = [(row["录入日期"], number, None, "E", row["业务员"]) for number, row in created.iterrows()]
    for number, group in tiered.groupby("客户编号"):
        before = "E"
        for row in group.itertuples():
            if row.级别 != before:
                rows.append((row.时间.to_pydatetime(), number, before, row.级别, row.业务员))
                before = row.级别
        if number in sold and before != "成交":
            rows.append((group["时间"].iloc[-1].to_pydatetime(), number, before, "成交", group["业务员"].iloc[-1]))
    history = pd.DataFrame(rows, columns=["日期", "客户编号", "原级别", "级别", "业务员"])
    history["日期"] = pd.to_datetime(history["日期"])
    return history.sort_values("日期", kind="stable")


def rate(history: pd.DataFrame, tier: str, following: str, as_of: datetime) -> float:
    entered = history[history["级别"] == tier].groupby("客户编号")["日期"].min()
    later = history[history["级别"] == following].groupby("客户编号")["日期"].min()
    horizon = timedelta(days=3 * DWELL[tier])
    mature = entered[(entered <= as_of - horizon) & (entered >= as_of - timedelta(days=365))]
    gone_on = (later.reindex(mature.index) - mature) <= horizon
    return (gone_on.sum() + PRIOR * DEFAULT[tier]) / (len(mature) + PRIOR)


def put(workbook, name: str, header, rows) -> None:
    sheet = workbook[name] if name in workbook.sheetnames else workbook.create_sheet(name)
    sheet.delete_rows(1, sheet.max_row)
    sheet.append(header)
    for row in rows:
        sheet.append([None if pd.isna(v) else v.to_pydatetime() if isinstance(v, pd.Timestamp) else v for v in row])


if __name__ == "__main__":
    main(sys.argv[1], datetime.fromisoformat(sys.argv[2]))
