"""Holds the conversion rates and their intervals against the rates of the law."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from funnelbook.sample.truth import true_rates
from support.calibration import forecasts, judge
from support.calibration.known import known_of

HELD = (0.90, 0.98)  # what 95 % intervals may hold


def of_seed(seed: int) -> pd.DataFrame:
    """A row a tier on the last cut: tier, rate, rate_low, rate_high, true, held."""
    world, cut = judge.world(seed), judge.CUTS[-1]
    known = known_of(world, cut)
    shown = forecasts.rates(known).assign(true=true_rates(world, known.tiers))
    held = (shown["rate_low"] <= shown["true"]) & (shown["true"] <= shown["rate_high"])
    return shown.assign(held=held).reset_index()


def of_seeds(seeds: Iterable[int]) -> pd.DataFrame:
    """By tier the means over the seeds' teams."""
    return pd.concat(map(of_seed, seeds)).groupby("tier").mean()


def section(table: pd.DataFrame, codes: Iterable[str], seeds: int) -> str:
    """The section of the rates."""
    lines = [
        "## 转化率和它的区间 / Rates and their intervals",
        "",
        f"同样的 {seeds} 个团队，最后一个切断日：团队的转化率（平均）、95% 区间和真实的转化率；区间应有 90–98% 的次数含真值。",
        "",
        f"The same {seeds} teams on the last cut: the team's rate (mean), its 95 % interval and the true rate; 90 to 98 % of the intervals should hold it.",
        "",
        "| 级别 / tier | 转化率 / rate | 区间 / interval | 真值 / true | 含真值 / held |",
        "|---|---:|---:|---:|---:|",
    ]
    for code, row in zip(codes, table.itertuples(), strict=True):
        interval = f"{row.rate_low:.1%} – {row.rate_high:.1%}"
        lines.append(f"| {code} | {row.rate:.1%} | {interval} | {row.true:.1%} | {row.held:.1%} |")
    return "\n".join([*lines, f"| 合计 / all | | | | {table['held'].mean():.1%} |"]) + "\n"
