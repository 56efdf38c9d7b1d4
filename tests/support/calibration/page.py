"""The tables of docs/calibration.md, in both languages, and the command that makes them."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import click

from funnelbook.domain.tiers import Tiers
from funnelbook.sample import World
from support.calibration import forecasts, judge, rates
from support.calibration.forecasts import Model
from support.calibration.judge import CUTS, ENOUGH, INTERVALS, Judged

PAGE = Path(__file__).parents[3] / "docs" / "calibration.md"
TRUTH, OLD, NOW = "truth", "0.1.0", "now"
NAMES = {TRUTH: "真实规律 / the law itself", OLD: "0.1.0", NOW: "现在 / now"}

_INTRODUCTION = (
    "{seeds} 个示例团队，各在 2026 年的 8 天切断（{days}），期间为当月；",
    "目标是上一季度月均订单的 0.6 到 1.6 倍，与预测无关。停下来的客户约一半没人标“流失”，有淡旺季、节假日，",
    "新客户的起点级别不同，每人的本事不同，2.5% 的订单后来退掉。“真实规律”知道这个团队按什么规律走（但不知道结果），是所能做到的最好。",
    "允许的误差是 5 个百分点或两倍标准误（按团队聚类），取大者。",
    "",
    "{seeds} sample teams, each cut on 8 days of 2026 ({days}), the period being the month; the targets are .6 to 1.6 of a",
    "month's orders in the last quarter, whatever the forecast. About half of the cases that stop are never marked Lost; there are",
    "seasons and festivals, prospects begin at several tiers, people differ in skill, 2.5 % of the orders are taken back later.",
    '"The law itself" knows how the team works (not what comes) and is the best that can be had. Allowed is a difference of 5',
    "points or two standard errors clustered by team, whichever is larger.",
)


def models(after: World) -> dict[str, Model]:
    """The forecasts that are judged; the first knows the law the team follows and shows what can be had at all."""
    return {TRUTH: forecasts.truth(after), OLD: forecasts.version_0_1, NOW: forecasts.now}


def of_seed(seed: int, names: tuple[str, ...]) -> dict[str, Judged]:
    chosen = {name: model for name, model in models(judge.world(seed)).items() if name in names}
    return judge.of_seed(seed, chosen)


def run(seeds: Iterable[int], names: tuple[str, ...] = tuple(NAMES), workers: int = 1) -> dict[str, Judged]:
    """What came of each forecast over all cuts of the seeds' teams."""
    if workers == 1:
        parts = [of_seed(seed, names) for seed in seeds]
    else:
        with ProcessPoolExecutor(workers) as pool:
            parts = list(pool.map(partial(of_seed, names=names), seeds))
    return {name: Judged.of(part[name] for part in parts) for name in names}


def section(found: dict[str, Judged], seeds: int) -> str:
    """The section of the sample teams."""
    days = ", ".join(f"{cut:%m-%d}" for cut in CUTS)
    lines = [
        "## 示例团队 / Sample teams",
        "",
        *(line.format(seeds=seeds, days=days) for line in _INTRODUCTION),
        "",
        "| | 预计 / expected | 实际 / came | 之比 / ratio | 80 % 区间 / interval | 95 % | Brier | 订单 log loss / of cases | AUC |",
        "|---|" + "---:|" * 8,
    ]
    for name, judged in found.items():
        team = judged.totals[judged.totals["row"] == 0]
        held = " | ".join(f"{judged.held(level):.1%}" for level in INTERVALS)
        lines.append(
            f"| {NAMES[name]} | {team['expected'].sum():,.0f} | {team['came'].sum():,.0f} | {judged.ratio:.2f} | {held} "
            f"| {judged.brier:.3f} | {judged.log_loss:.4f} | {judged.auc:.3f} |"
        )
    lines += ["", "按切断的日子，预计 / 实际 / By cut, expected over what came:", ""]
    lines += ["| | " + " | ".join(f"{cut:%m-%d}" for cut in CUTS) + " |", "|---|" + "---:|" * len(CUTS)]
    for name, judged in found.items():
        lines.append(f"| {NAMES[name]} | " + " | ".join(f"{ratio:.2f}" for ratio in judged.by_cut) + " |")
    for name, judged in found.items():
        lines += ["", f"**{NAMES[name]}**: {len(judged.chances):,} 个概率 / chances", "", *_bins(judged)]
    return "\n".join(lines) + "\n"


def _bins(judged: Judged) -> list[str]:
    lines = [
        "| 说的概率 / told | 个数 / cases | 平均概率 / mean chance | 实际达成 / came true | 允许的误差 / allowed | |",
        "|---|---:|---:|---:|---:|---|",
    ]
    off = set(judged.off.index)
    for tenth, row in judged.bins.iterrows():
        allowed = f"{max(0.05, row['error']):.1%}" if row["chances"] >= ENOUGH else "–"
        mark = "✗" if tenth in off else ""
        lines.append(
            f"| {tenth * 10}–{tenth * 10 + 10} % | {row['chances']:,.0f} | {row['told']:.1%} | {row['happened']:.1%} | {allowed} | {mark} |"
        )
    return lines


def with_section(page: str, name: str, text: str) -> str:
    """The page with `text` between the marks of that name."""
    start, end = f"<!-- {name}: made by `uv run python tests/calibration --write` -->", f"<!-- end of {name} -->"
    pattern = re.compile(re.escape(start) + ".*?" + re.escape(end), re.DOTALL)
    if not pattern.search(page):
        raise ValueError(f"{PAGE.name} has no place for {name}")
    return pattern.sub(lambda _: f"{start}\n\n{text}\n{end}", page)


@click.command()
@click.option("--seeds", default=len(judge.SEEDS), show_default=True, help="So many teams.")
@click.option("--model", "names", multiple=True, type=click.Choice(list(NAMES)), help="Only this forecast.")
@click.option("--write", is_flag=True, help="Put the tables into docs/calibration.md.")
@click.option("--workers", default=min(2, os.cpu_count() or 1), show_default=True)
def main(seeds: int, names: tuple[str, ...], write: bool, workers: int) -> None:
    """Judges the forecast by what came after it: on the sample teams, whose truth is known."""
    found = run(range(1, seeds + 1), names or tuple(NAMES), workers)
    text = section(found, seeds)
    table = rates.of_seeds(range(1, seeds + 1))
    text += "\n" + rates.section(table, Tiers.default().codes, seeds)
    click.echo(text)
    for name, judged in found.items():
        click.echo(f"{name}: {'; '.join(judged.faults) or 'as it should be'}")
    if write:
        PAGE.write_text(with_section(PAGE.read_text(encoding="utf-8"), "sample teams", text), encoding="utf-8")
    raise SystemExit(bool(NOW in found and found[NOW].faults))
