"""docs/calibration.md: its tables, in both languages, and the command that makes them."""

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
from support.calibration import forecasts, judge, maven, memoryless, offers, rates, words
from support.calibration.forecasts import Model
from support.calibration.judge import CUTS, ENOUGH, INTERVALS, Cases, Judged
from support.calibration.words import NAMES, NOW, OLD, TRUTH

PAGE = Path(__file__).parents[3] / "docs" / "calibration.md"
_START, _END = "<!-- tables: made by `uv run python tests/calibration --write` -->", "<!-- end of tables -->"


def models(after: World) -> dict[str, Model]:
    """The forecasts that are judged on a sample team; one knows the law the team follows and shows what can be had at all."""
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


def of_samples(found: dict[str, Judged], seeds: int) -> str:
    """The section of the sample teams."""
    days = ", ".join(f"{cut:%m-%d}" for cut in CUTS)
    lines = [*words.section("samples", seeds=seeds, days=days), *_summary(found)]
    lines += ["", "按切断的日子，预计 / 实际 / By cut, expected over what came:", ""]
    lines += ["| | " + " | ".join(f"{cut:%m-%d}" for cut in CUTS) + " |", "|---|" + "---:|" * len(CUTS)]
    for name, judged in found.items():
        lines.append(f"| {NAMES[name]} | " + " | ".join(f"{ratio:.2f}" for ratio in judged.by_cut) + " |")
    return "\n".join([*lines, *_all_bins(found)])


def of_rates(seeds: int) -> str:
    """The section of the conversion rates."""
    table = rates.of_seeds(range(1, seeds + 1))
    lines = [
        *words.section("rates", seeds=seeds),
        "| 级别 / tier | 转化率 / rate | 区间 / interval | 真值 / true | 含真值 / held |",
        "|---|---:|---:|---:|---:|",
    ]
    for code, row in zip(Tiers.default().codes, table.itertuples(), strict=True):
        interval = f"{row.rate_low:.1%} – {row.rate_high:.1%}"
        lines.append(f"| {code} | {row.rate:.1%} | {interval} | {row.true:.1%} | {row.held:.1%} |")
    return "\n".join([*lines, f"| 合计 / all | | | | {table['held'].mean():.1%} |"])


def of_offers(found: dict[int, dict[str, Cases]]) -> str:
    """The section of the loan offers."""
    lines = [
        *words.section("offers", cases=f"{len(found[offers.WITHIN[0]][NOW].rows):,}"),
        "| | 天内 / within days | log loss | AUC | ECE |",
        "|---|---:|---:|---:|---:|",
    ]
    for days, by_model in found.items():
        lines += [
            f"| {NAMES[name]} | {days} | {cases.log_loss:.4f} | {cases.auc:.4f} | {cases.ece:.4f} |"
            for name, cases in by_model.items()
        ]
    return "\n".join(lines)


def of_others(kind: str, found: dict[str, Judged]) -> str:
    """A section of finished data of another kind."""
    return "\n".join([*words.section(kind), *_summary(found), *_all_bins(found)])


def _summary(found: dict[str, Judged]) -> list[str]:
    lines = [
        "| | 预计 / expected | 实际 / came | 之比 / ratio | 80% 区间 / interval | 95% | Brier | 单个客户 / of a case: log loss | AUC |",
        "|---|" + "---:|" * 8,
    ]
    for name, judged in found.items():
        team = judged.totals[judged.totals["row"] == 0]
        held = " | ".join(f"{judged.held(level):.1%}" for level in INTERVALS)
        lines.append(
            f"| {NAMES[name]} | {team['expected'].sum():,.0f} | {team['came'].sum():,.0f} | {judged.ratio:.2f} | {held} "
            f"| {judged.brier:.3f} | {judged.cases.log_loss:.4f} | {judged.cases.auc:.3f} |"
        )
    return lines


def _all_bins(found: dict[str, Judged]) -> list[str]:
    return [line for name, judged in found.items() for line in _bins(NAMES[name], judged)]


def _bins(name: str, judged: Judged) -> list[str]:
    lines = [
        "",
        f"**{name}**: {len(judged.chances):,} 个概率 / chances",
        "",
        "| 说的概率 / told | 个数 / cases | 平均概率 / mean chance | 实际达成 / came true | 允许相差 / allowed | |",
        "|---|---:|---:|---:|---:|---|",
    ]
    off = set(judged.off.index)
    for tenth, row in judged.bins.iterrows():
        allowed = f"{max(0.05, row['error']):.1%}" if row["chances"] >= ENOUGH else "–"
        lines.append(
            f"| {tenth * 10}–{tenth * 10 + 10}% | {row['chances']:,.0f} | {row['told']:.1%} | {row['happened']:.1%} | {allowed} "
            f"| {'✗' if tenth in off else ''} |"
        )
    return lines


def with_tables(page: str, text: str) -> str:
    """The page with `text` where its tables stand."""
    pattern = re.compile(re.escape(_START) + ".*?" + re.escape(_END), re.DOTALL)
    if not pattern.search(page):
        raise ValueError(f"{PAGE.name} has no place for the tables")
    return pattern.sub(lambda _: f"{_START}\n\n{text}\n\n{_END}", page)


def faults(samples: Judged, of_cases: dict[int, dict[str, Cases]]) -> list[str]:
    """What of the forecast of now is not as it should be."""
    found = list(samples.faults)
    for days, (most, least) in offers.ASKED.items():
        now, old = of_cases[days][NOW], of_cases[days][OLD]
        if now.log_loss > most or now.auc < least or now.ece >= old.ece:
            found.append(f"offers within {days} days: {now.log_loss:.4f}, {now.auc:.4f}, {now.ece:.4f}")
    return found


@click.command()
@click.option("--seeds", default=len(judge.SEEDS), show_default=True, help="So many sample teams.")
@click.option("--write", is_flag=True, help="Put the tables into docs/calibration.md.")
@click.option("--workers", default=min(2, os.cpu_count() or 1), show_default=True)
def main(seeds: int, write: bool, workers: int) -> None:
    """Judges the forecast by what came after it: on sample teams, whose truth is known, and on logs of others."""
    both: dict[str, Model] = {OLD: forecasts.version_0_1, NOW: forecasts.now}
    samples, of_cases = run(range(1, seeds + 1), workers=workers), offers.run(old_and_now)
    sections = [
        of_samples(samples, seeds),
        of_rates(seeds),
        of_others("memoryless", memoryless.run(both)),
        of_offers(of_cases),
    ]
    sections += [of_others(kind, maven.run(kind, both)) for kind in maven.PERIODS]
    text, wrong = "\n\n".join(sections), faults(samples[NOW], of_cases)
    click.echo(text)
    click.echo("; ".join(wrong) or "as it should be")
    if write:
        PAGE.write_text(with_tables(PAGE.read_text(encoding="utf-8"), text), encoding="utf-8")
    raise SystemExit(bool(wrong))


def old_and_now(days: int) -> dict[str, Model]:
    """The forecasts for so many days; that of 0.1.0 for as many whole weeks, which is kind to it."""
    return {OLD: partial(forecasts.version_0_1, weeks=days // 7), NOW: forecasts.now}
